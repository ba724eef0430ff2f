/* Words(firsts, known, always): the words of a text that are not known, and where they stand: pure.Words. */
#ifndef NORMALIZE_KERNEL_WORDS_H
#define NORMALIZE_KERNEL_WORDS_H
#include "letters.h"
#include "table.h"

typedef struct {
    PyObject_HEAD
    Set set;        /* the words known; the first of them are `firsts` */
    Set always;     /* words always reported, whatever their length, casing and place */
    int64_t firsts; /* how many words make a pair with what follows */
    int64_t given;  /* how many words it was made with: the others were added */
} Words;

enum { LONG_NAME = 9 /* kernel.interfaces.LONG_NAME */ };

/* Fills the set with `firsts`, and behind them `known`; -1 with an exception set. Packed words that begin so are taken as
 * they lie. */
static int words_fill(Words *self, PyObject *firsts, PyObject *known) {
    Set first = {.keys = self->set.keys};
    int takes = set_fill_but(&first, firsts, &self->always) < 0 ? -1 : set_take(&self->set, known, &self->always);
    int begins_so = takes > 0;
    for (const char *entry = NULL; begins_so && (entry = set_next(&first, entry));)
        begins_so = set_number(&self->set, entry + 1, (unsigned char)*entry) == entry_number(entry);
    self->firsts = (int64_t)first.count;
    set_free(&first);
    if (takes < 0 || begins_so) return takes < 0 ? -1 : 0;
    set_free(&self->set);
    self->set = (Set){.keys = self->set.keys};
    if (set_fill_but(&self->set, firsts, &self->always) < 0) return -1;
    return set_fill_but(&self->set, known, &self->always) < 0 ? -1 : 0;
}

static PyObject *words_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"firsts", "known", "always", NULL};
    PyObject *firsts, *known, *always;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO:Words", names, &firsts, &known, &always)) return NULL;
    Words *self = (Words *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->set = self->always = set_of(type);
    if (set_fill(&self->always, always) < 0 || words_fill(self, firsts, known) < 0) Py_CLEAR(self);
    if (self) self->given = (int64_t)self->set.count;
    return (PyObject *)self;
}

static void words_dealloc(Words *self) {
    set_free(&self->set);
    set_free(&self->always);
    object_free((PyObject *)self);
}

static Py_ssize_t words_length(Words *self) { return (Py_ssize_t)self->set.count; }

static PyObject *words_add(Words *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
    if (!bytes || set_add(&self->set, bytes, (size_t)length) < 0) return NULL;
    Py_RETURN_NONE;
}

/* Whether the set has the capitalised word [start, end), of a sum, in lower case. */
static int has_lowered(const Set *set, const unsigned char *start, const unsigned char *end, uint64_t sum) {
    char low[LONGEST_WORD];
    size_t length = (size_t)(end - start);
    uint32_t hash = hash_end(lowered_sum(set->keys, sum));
    if (length > LONGEST_WORD || !set_may_have(set, hash)) return 0;
    memcpy(low, start, length);
    low[0] += 'a' - 'A';
    return set_find(set, low, length, hash) >= 0;
}

/* Whether a word of a hash, in itself or as one of `always`, is one of those that `self` was made with. */
static int words_gave(const Words *self, const char *word, size_t length, uint32_t hash) {
    int64_t number = set_may_have(&self->set, hash) ? set_find(&self->set, word, length, hash) : -1;
    if (number >= 0) return number < self->given;
    return set_may_have(&self->always, hash) && set_find(&self->always, word, length, hash) >= 0;
}

/* was_given(word) -> bool */
static PyObject *words_was_given(Words *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = utf8_of(word, &length);
    if (!bytes) return NULL;
    uint32_t hash = length <= LONGEST_WORD ? hash_of(self->set.keys, bytes, (size_t)length) : 0;
    return PyBool_FromLong(length <= LONGEST_WORD && words_gave(self, bytes, (size_t)length, hash));
}

/* Whether a word at `start` has a word, a number or a comma before it, and thus begins no sentence. */
static int is_inside(const unsigned char *text, const unsigned char *start) {
    if (start - text < 3 || start[-1] != ' ' || start[-3] == '\n') return 0;
    unsigned char left = start[-2];
    return LETTER_CASE[left] || left == ',' || (left >= '0' && left <= '9');
}

/* Where words that are not known stand in a text. */
struct sightings {
    struct sighting {
        const char *word;
        size_t length;
        Py_ssize_t offset; /* in code points */
        /* ALWAYS: one of `always`, or what stands twice; PAIR: one of `firsts` and what follows */
        enum { LOWERED, CAPITALISED, ALWAYS, PAIR } kind;
    } *found;
    size_t count, room;
    const unsigned char *counted; /* where the last one begins, and its offset */
    Py_ssize_t offset;
};

/* Notes [start, end), which begins no earlier than the last one, or in ASCII that holds its beginning; -1 with an exception
 * set. */
static int note(struct sightings *sightings, const unsigned char *start, const unsigned char *end, int kind) {
    struct sighting *found = grown(sightings->found, sightings->count, &sightings->room, sizeof *found);
    if (!found) return -1;
    sightings->found = found;
    sightings->offset += code_points(sightings->counted, start);
    sightings->counted = start;
    found[sightings->count++] = (struct sighting){(const char *)start, (size_t)(end - start), sightings->offset, kind};
    return 0;
}

/* Puts a sighting to a dict of words and their offsets. */
static int add_sighting(PyObject *found, const struct sighting *sighting) {
    PyObject *word = PyUnicode_DecodeASCII(sighting->word, (Py_ssize_t)sighting->length, NULL);
    return add_offset(found, word, sighting->offset);
}

enum { FEWEST = 2, MOST = 3 /* words of a phrase that stands twice: pure.PHRASE */ };

/* A run of letters in a text; the MOST runs before it lie before it, of zeros where there are none. */
struct run {
    const unsigned char *start, *end;
    uint64_t sum; /* that its hash is of */
    struct letters letters;
    int repeats;        /* whether it is the run before it again, one space between, itself in lower case */
    int may_end_phrase; /* whether the run two or three before it has the same letters */
};

/* Whether a run is in lower case, has two letters or more, and those of the run before it, one space between. */
static int repeats(const struct run *run) {
    const unsigned char *start = run[-1].start, *end = run[-1].end;
    ptrdiff_t length = run->end - run->start;
    return start && length == end - start && run->start == end + 1 && *end == ' ' && length > 1 &&
           LETTER_CASE[*run->start] == LOWER && (*start | 0x20) == *run->start &&
           memcmp(start + 1, run->start + 1, (size_t)(length - 1)) == 0;
}

/* Where a text that begins at `first` has the same words twice, the second time [start, end): all in lower case, one space
 * between; else NULL. */
static const unsigned char *stands_twice(const unsigned char *first, const unsigned char *start, const unsigned char *end) {
    ptrdiff_t length = end - start;
    if (start - first <= length || start[-1] != ' ') return NULL;
    const unsigned char *twice = start - length - 1;
    if ((twice > first && LETTER_CASE[twice[-1]]) || memcmp(twice, start, (size_t)length) != 0) return NULL;
    for (const unsigned char *at = start; at < end; at++)
        if (LETTER_CASE[*at] != LOWER && (*at != ' ' || at[1] == ' ')) return NULL;
    return twice;
}

/* Notes the phrases of two or three words that end with a run in a text that begins at `first`, and stand twice, but those
 * that are known; -1 with an exception set. */
static int note_phrases(const Words *self, const struct run *run, const unsigned char *first, struct sightings *found) {
    for (int words = FEWEST; run->may_end_phrase && words <= MOST; words++) {
        if (!run[-words].start || run[-words].sum != run->sum) continue;
        const unsigned char *phrase = stands_twice(first, run[1 - words].start, run->end);
        if (phrase && set_number(&self->set, (const char *)phrase, (size_t)(run->end - phrase)) < 0 &&
            note(found, phrase, run->end, ALWAYS) < 0)
            return -1;
    }
    return 0;
}

/* set_find for a run. */
static inline int64_t find_run(const Set *set, const struct run *run, size_t length, uint32_t hash) {
    const char *bytes = (const char *)run->start;
    if (!run->letters.low || !set->packed.offsets) return set_find(set, bytes, length, hash);
    int64_t number = packed_find_short(&set->packed, run->letters, length, hash);
    return number < 0 && set->slots ? set_find_added(set, bytes, length, hash) : number;
}

/* Notes what is to be noted of a run in a text of [first, end); -1 with an exception set. */
static int words_look_at(const Words *self, const struct run *run, const unsigned char *first, const unsigned char *end,
                         struct sightings *found) {
    const Set *set = &self->set;
    const unsigned char *start = run->start;
    size_t length = (size_t)(run->end - start);
    uint32_t hash = hash_end(run->sum);
    int64_t number = find_run(set, run, length, hash);
    if (number >= self->firsts && !run->repeats)
        return run->may_end_phrase ? note_phrases(self, run, first, found) : 0; /* as nearly always */
    if (number >= 0 && number < self->firsts) {                                 /* it makes a pair with what follows */
        if (note_phrases(self, run, first, found) < 0) return -1;
        const unsigned char *behind = run->end + 1;
        if (behind >= end || *run->end != ' ' || LETTER_CASE[*behind] != LOWER) return 0;
        while (behind < end && LETTER_CASE[*behind] == LOWER) behind++;
        if (behind < end && LETTER_CASE[*behind]) return 0;
        if (set_number(set, (const char *)start, (size_t)(behind - start)) >= 0) return 0;
        return note(found, start, behind, PAIR);
    }
    if (run->repeats) {
        const unsigned char *pair = start - length - 1;
        if (set_number(set, (const char *)pair, 2 * length + 1) < 0 && note(found, pair, run->end, ALWAYS) < 0) return -1;
    }
    if (note_phrases(self, run, first, found) < 0) return -1;
    if (number >= 0) return 0;
    if (set_may_have(&self->always, hash) && set_find(&self->always, (const char *)start, length, hash) >= 0)
        return note(found, start, run->end, ALWAYS);
    if (length < 3 || !is_lower(start + 1, run->end)) return 0;
    if (LETTER_CASE[*start] == LOWER) return note(found, start, run->end, LOWERED);
    if (length < LONG_NAME && is_inside(first, start)) return 0;
    return has_lowered(set, start, run->end, run->sum) ? 0 : note(found, start, run->end, CAPITALISED);
}

/* Notes the unknown words of UTF-8; -1 with an exception set. */
static int words_scan(const Words *self, const char *bytes, Py_ssize_t size, struct sightings *found) {
    const Set *set = &self->set;
    const unsigned char *first = (const unsigned char *)bytes, *end = first + size;
    struct run all[MOST + STRETCH / 2 + 1], *runs = all + MOST; /* those of a stretch lie behind the last ones */
    Letters letters;
    memset(all, 0, MOST * sizeof *all);
    letters_begin(&letters, bytes, size);
    found->counted = first;
    /* What is looked at of all runs of a stretch is fetched first: else most of the time is waiting. */
    for (Py_ssize_t count; (count = letters_next(&letters)) >= 0;) {
        for (Py_ssize_t i = 0; i < count; i++) {
            struct run *run = &runs[i];
            run->start = letters.bounds[2 * i];
            run->end = letters.bounds[2 * i + 1];
            run->sum = hash_run(set->keys, run->start, (size_t)(run->end - run->start), end, &run->letters);
            set_fetch_slot(set, hash_end(run->sum));
            run->repeats = repeats(run);
            run->may_end_phrase = run[-FEWEST].sum == run->sum || run[-MOST].sum == run->sum;
        }
        for (Py_ssize_t i = 0; i < count; i++) set_fetch_entry(set, hash_end(runs[i].sum));
        for (Py_ssize_t i = 0; i < count; i++)
            if (words_look_at(self, &runs[i], first, end, found) < 0) return -1;
        memmove(all, all + count, MOST * sizeof *all);
    }
    return 0;
}

/* unknown_words(data) -> dict: word -> list of offsets */
static PyObject *words_unknown(Words *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) return NULL;
    struct sightings sightings = {0};
    PyObject *found = words_scan(self, bytes, size, &sightings) < 0 ? NULL : PyDict_New();
    for (size_t i = 0; found && i < sightings.count; i++)
        if (add_sighting(found, &sightings.found[i]) < 0) Py_CLEAR(found);
    free(sightings.found);
    return found;
}

static PyMethodDef words_methods[] = {
    {"add", (PyCFunction)words_add, METH_O, "Add a word, or a pair."},
    {"was_given", (PyCFunction)words_was_given, METH_O, "Whether a word was there from the start."},
    {"unknown_words", (PyCFunction)words_unknown, METH_O, "The words of UTF-8 that are not known -> their offsets."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot words_slots[] = {{Py_sq_length, words_length}, {0, NULL}};

#endif
