/* Speller(words, priors, frequent, rates, trigrams, unseen): the words one and two edits away from a given one, each with
 * its prior and its cost in the noisy channel. The definition is Python: spelling/speller.py. */
#ifndef NORMALIZE_KERNEL_SPELLER_H
#define NORMALIZE_KERNEL_SPELLER_H
#include "neighbours.h"

static void speller_dealloc(Speller *self) {
    set_free(&self->set);
    free(self->priors);
    free(self->frequent);
    free(self->having);
    object_free((PyObject *)self);
}

/* A place for `count` things of a size, and one more; NULL with an exception set. */
static void *room_for(Py_ssize_t count, size_t size) {
    void *room = malloc(((size_t)count + 1) * size);
    if (!room) PyErr_NoMemory();
    return room;
}

/* Puts a frequent word to the next free place of those of its length. */
static void put_frequent(Speller *self, size_t place, const char *word, size_t length, int64_t number) {
    struct frequent *entry = &self->frequent[place];
    memcpy(entry->word, word, length);
    entry->length = (unsigned char)length;
    entry->number = (uint32_t)number;
    for (uint64_t shape = shape_of(word, length); shape; shape &= shape - 1)
        self->having[place / BLOCK][lowest_bit(shape)] |= (uint64_t)1 << place % BLOCK;
}

/* Takes the frequent words: counted by length and bits of their shapes, then put where those like them are. */
static int fill_frequent(Speller *self, const Set *words) {
    size_t place[LONGEST + 1][SHAPE + 1] = {{0}}; /* how many there are, then the next free place */
    size_t blocks = 0;
    for (const char *entry = NULL; (entry = set_next(words, entry));) {
        size_t length = (unsigned char)*entry;
        uint64_t shape = length <= LONGEST ? shape_of(entry + 1, length) : 0;
        if (!shape || set_number(&self->set, entry + 1, length) < 0)
            return PyErr_Format(PyExc_ValueError, "a frequent word is not among the words, or is too long"), -1;
        place[length][bits_of(shape)]++;
    }
    for (size_t length = 0; length <= LONGEST; length++) {
        for (size_t bits = 0; bits <= SHAPE; bits++) {
            self->first_blocks[length][bits] = (uint32_t)blocks;
            size_t count = place[length][bits];
            place[length][bits] = blocks * BLOCK;
            blocks += (count + BLOCK - 1) / BLOCK;
        }
        self->first_blocks[length][SHAPE + 1] = (uint32_t)blocks;
    }
    self->frequent = calloc(blocks * BLOCK + 1, sizeof *self->frequent);
    self->having = calloc(blocks + 1, sizeof *self->having);
    if (!self->frequent || !self->having) return PyErr_NoMemory(), -1;
    for (const char *entry = NULL; (entry = set_next(words, entry));) {
        size_t length = (unsigned char)*entry, bits = bits_of(shape_of(entry + 1, length));
        put_frequent(self, place[length][bits]++, entry + 1, length, set_number(&self->set, entry + 1, length));
    }
    return 0;
}

/* A word has these trigrams; one with another character than a letter is never found. */
static void note_possible(Speller *self, const char *word, size_t length) {
    int a = LETTERS, b = *word - 'a';
    if (!shape_of(word, length)) return;
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        self->possible.behind[a][b] |= (uint32_t)1 << c;
        self->possible.between[a][c] |= (uint32_t)1 << b;
        self->possible.before[b][c] |= (uint32_t)1 << a;
        a = b;
        b = c;
    }
}

static int speller_fill(Speller *self, PyObject *words, PyObject *priors, PyObject *frequent, PyObject *rates,
                        PyObject *trigrams) {
    Py_ssize_t count = set_fill(&self->set, words);
    if (count < 0) return -1;
    if (self->set.count != (size_t)count) return PyErr_Format(PyExc_ValueError, "a word is given twice, or is too long"), -1;
    self->priors = room_for(count, sizeof *self->priors);
    if (!self->priors || fill_doubles(self->priors, count, priors, "priors") < 0 ||
        fill_doubles((double *)&self->rates, sizeof self->rates / sizeof(double), rates, "rates") < 0 ||
        fill_doubles(&self->trigrams[0][0][0], MARKED * MARKED * MARKED, trigrams, "trigrams") < 0)
        return -1;
    for (const char *entry = NULL; (entry = set_next(&self->set, entry));)
        note_possible(self, entry + 1, (unsigned char)*entry);
    Set most_used = {.keys = self->set.keys};
    int failed = set_fill(&most_used, frequent) < 0 || fill_frequent(self, &most_used) < 0;
    set_free(&most_used);
    return failed ? -1 : 0;
}

static PyObject *speller_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "priors", "frequent", "rates", "trigrams", "unseen", NULL};
    PyObject *words, *priors, *frequent, *rates, *trigrams;
    double unseen;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOOOOd:Speller", names, &words, &priors, &frequent, &rates, &trigrams,
                                     &unseen))
        return NULL;
    Speller *self = (Speller *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->set = set_of(type);
    self->unseen = unseen;
    if (speller_fill(self, words, priors, frequent, rates, trigrams) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

/* What is read of a word given: 0 where there is nothing to be found for it, -1 with an exception set. */
static int read_typed(PyObject *string, const char **word, size_t *length) {
    Py_ssize_t size;
    *word = utf8_of(string, &size);
    if (!*word) return -1;
    *length = (size_t)size;
    return *length <= LONGEST && shape_of(*word, *length);
}

/* The words that a search finds -> (prior, cost, surprisal): a dict. */
static PyObject *neighbours(const Speller *self, PyObject *argument, int (*find)(struct search *)) {
    struct search search = {.speller = self};
    int is_word = read_typed(argument, &search.typed, &search.length);
    PyObject *found = is_word < 0 || (is_word && find(&search) < 0) ? NULL : PyDict_New();
    for (size_t i = 0; found && i < search.count; i++) {
        const struct near *near = &search.found[i];
        PyObject *word = PyUnicode_DecodeASCII(near->word, (Py_ssize_t)near->length, NULL);
        PyObject *facts =
            word ? Py_BuildValue("ddd", self->priors[near->number], near->cost, surprisal(self, near->word, near->length))
                 : NULL;
        if (!facts || PyDict_SetItem(found, word, facts) < 0) Py_CLEAR(found);
        Py_XDECREF(word);
        Py_XDECREF(facts);
    }
    free(search.found);
    return found;
}

/* within_one_edit(typed) -> dict: an insertion, deletion, replacement or swap of neighbours */
static PyObject *speller_within_one_edit(Speller *self, PyObject *argument) {
    return neighbours(self, argument, search_one_edit);
}

/* within_two_edits(typed) -> dict: the frequent words at most so far away */
static PyObject *speller_within_two_edits(Speller *self, PyObject *argument) {
    return neighbours(self, argument, search_two_edits);
}

/* The letters of a str of a to z; NULL with an exception set for another. */
static const char *letters_of(PyObject *string, size_t *length) {
    Py_ssize_t size;
    const char *word = utf8_of(string, &size);
    if (!word) return NULL;
    *length = (size_t)size;
    if (shape_of(word, *length)) return word;
    return PyErr_Format(PyExc_ValueError, "not a word of letters a to z"), NULL;
}

static PyObject *speller_trigram_surprisal(Speller *self, PyObject *argument) {
    size_t length;
    const char *word = letters_of(argument, &length);
    return word ? PyFloat_FromDouble(surprisal(self, word, length)) : NULL;
}

static PyObject *speller_unseen_trigrams(Speller *self, PyObject *argument) {
    size_t length;
    const char *word = letters_of(argument, &length);
    if (!word) return NULL;
    return PyLong_FromSsize_t(unseen_trigrams(self, word, length));
}

static PyObject *speller_is_unpronounceable(Speller *self, PyObject *argument) {
    size_t length;
    const char *word = letters_of(argument, &length);
    return word ? PyBool_FromLong(is_unpronounceable(self, word, length)) : NULL;
}

static PyMethodDef speller_methods[] = {
    {"within_one_edit", (PyCFunction)speller_within_one_edit, METH_O, "Words -> (prior, cost, surprisal)."},
    {"within_two_edits", (PyCFunction)speller_within_two_edits, METH_O, "Frequent words -> (prior, cost, surprisal)."},
    {"trigram_surprisal", (PyCFunction)speller_trigram_surprisal, METH_O, "Mean surprisal of letter trigrams, in nats."},
    {"unseen_trigrams", (PyCFunction)speller_unseen_trigrams, METH_O, "How many of a word's trigrams no word has."},
    {"is_unpronounceable", (PyCFunction)speller_is_unpronounceable, METH_O, "Whether a long word cannot be said."},
    {NULL, NULL, 0, NULL}};

#endif
