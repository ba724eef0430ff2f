/* Words(firsts, known, always): which words of a text are not known, and where they stand. */
#ifndef NORMALIZE_KERNEL_WORDS_H
#define NORMALIZE_KERNEL_WORDS_H
#include "lists.h"
#include "set.h"

typedef struct {
    PyObject_HEAD
    Set set;      /* the words known; the first of them are `firsts` */
    Set always;   /* words told of wherever they stand, whatever their shape */
    int64_t firsts; /* how many words make a pair with what follows */
} Words;

enum { LOWER = 1, UPPER = 2 };

static const unsigned char *letters(void) {
    static unsigned char table[256];
    if (!table['a'])
        for (int c = 'a'; c <= 'z'; c++) {
            table[c] = LOWER;
            table[c - 'a' + 'A'] = UPPER;
        }
    return table;
}

static int words_init(Words *self, PyObject *args, PyObject *keywords) {
    PyObject *firsts, *known, *always;
    if (!PyArg_ParseTuple(args, "OOO", &firsts, &known, &always)) return -1;
    set_free(&self->set);
    set_free(&self->always);
    if (set_fill(&self->set, firsts) < 0) return -1;
    self->firsts = (int64_t)self->set.count;
    return set_fill(&self->set, known) < 0 || set_fill(&self->always, always) < 0 ? -1 : 0;
}

static void words_dealloc(Words *self) {
    set_free(&self->set);
    set_free(&self->always);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static Py_ssize_t words_length(Words *self) { return (Py_ssize_t)self->set.count; }

static PyObject *words_add(Words *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
    if (!bytes || set_add(&self->set, bytes, (size_t)length) < 0) return NULL;
    Py_RETURN_NONE;
}

/* Whether the set has the capitalised word [start, end) in lower case. */
static int has_lowered(const Set *set, const unsigned char *start, const unsigned char *end) {
    char low[LONGEST_WORD];
    size_t length = (size_t)(end - start);
    if (length > LONGEST_WORD) return 0;
    memcpy(low, start, length);
    low[0] += 'a' - 'A';
    return set_number(set, low, length) >= 0;
}

/* Whether a word at `start` has a word, a number or a comma before it, and thus begins no sentence. */
static int is_inside(const unsigned char *text, const unsigned char *start) {
    if (start - text < 3 || start[-1] != ' ' || start[-3] == '\n') return 0;
    unsigned char left = start[-2];
    return letters()[left] || left == ',' || (left >= '0' && left <= '9');
}

/* Notes in `found` that [start, end) stands at a place. */
static int note(PyObject *found, const unsigned char *start, const unsigned char *end, Py_ssize_t place) {
    return add_place(found, PyUnicode_DecodeASCII((const char *)start, end - start, NULL), place);
}

/* A run of letters in a text. */
struct run {
    const unsigned char *start, *end;
    Py_ssize_t place; /* in code points */
    uint32_t hash;
    unsigned char initial, rest; /* the kinds of its letters */
};

/* What is to be noted of a run; -1 with an exception set. */
static int words_look_at(const Words *self, const struct run *run, const unsigned char *first, const unsigned char *end, PyObject *found) {
    const Set *set = &self->set;
    const unsigned char *start = run->start, *letter = letters();
    size_t length = (size_t)(run->end - start);
    int64_t number = set_find(set, (const char *)start, length, run->hash);
    if (number >= self->firsts) return 0;
    if (number >= 0) { /* it makes a pair with what follows */
        const unsigned char *behind = run->end + 1;
        if (behind >= end || *run->end != ' ' || letter[*behind] != LOWER) return 0;
        while (behind < end && letter[*behind] == LOWER) behind++;
        if (behind < end && letter[*behind]) return 0;
        size_t both = (size_t)(behind - start);
        if (set_number(set, (const char *)start, both) >= 0) return 0;
        return note(found, start, behind, run->place);
    }
    if (set_may_have(&self->always, run->hash) && set_find(&self->always, (const char *)start, length, run->hash) >= 0)
        return note(found, start, run->end, run->place);
    if (length < 3 || run->rest != LOWER || (run->initial == UPPER && (is_inside(first, start) || has_lowered(set, start, run->end))))
        return 0;
    return note(found, start, run->end, run->place);
}

#define AHEAD 32 /* runs whose slots are fetched before they are looked at: else most of the time is waiting for them */

static PyObject *words_suspects(Words *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size, place = 0; /* of `text`, in code points */
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) return NULL;
    PyObject *found = PyDict_New();
    const Set *set = &self->set;
    const unsigned char *letter = letters(), *first = (const unsigned char *)bytes, *text = first, *end = text + size;
    struct run runs[AHEAD];
    while (found && text < end) {
        size_t count = 0;
        for (; text < end && count < AHEAD; count++) {
            while (text < end && !letter[*text]) place += (*text++ & 0xC0) != 0x80;
            if (text == end) break;
            struct run *run = &runs[count];
            run->start = text;
            run->place = place;
            run->initial = letter[*text];
            run->rest = 0;
            uint32_t hash = hash_step(HASH_START, *text++);
            for (unsigned char kind; text < end && (kind = letter[*text]); text++) {
                run->rest |= kind;
                hash = hash_step(hash, *text);
            }
            run->end = text;
            run->hash = hash_end(hash);
            place += text - run->start;
            set_fetch_slot(set, run->hash);
        }
        for (size_t i = 0; i < count; i++) set_fetch_entry(set, runs[i].hash);
        for (size_t i = 0; found && i < count; i++)
            if (words_look_at(self, &runs[i], first, end, found) < 0) Py_CLEAR(found);
    }
    return found;
}

static PyMethodDef words_methods[] = {
    {"add", (PyCFunction)words_add, METH_O, "Add a word, or a pair."},
    {"suspects", (PyCFunction)words_suspects, METH_O, "What is not known in UTF-8, and where: kernel.Words tells more."},
    {NULL}};

static PySequenceMethods words_sequence = {.sq_length = (lenfunc)words_length};

static PyTypeObject WordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Words",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Words(firsts, known, always): sets of words (str).",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)words_init,
    .tp_dealloc = (destructor)words_dealloc,
    .tp_methods = words_methods,
    .tp_as_sequence = &words_sequence,
};

#endif
