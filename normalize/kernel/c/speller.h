/* Speller(words, priors, frequent, rates, trigrams, unseen): the words one and two edits away from a given
 * one, each with its prior and what the noisy channel makes of it: pure.Speller.
 */
#ifndef NORMALIZE_KERNEL_SPELLER_H
#define NORMALIZE_KERNEL_SPELLER_H
#include "channel.h"
#include "set.h"

typedef struct {
    PyObject_HEAD
    Set set;
    double *priors; /* by number of a word */
    struct frequent {
        char word[LONGEST];
        unsigned char length;
        uint32_t number;
    } *frequent;                 /* words that are offered also for one two edits away, in order of length */
    uint64_t *shapes;            /* of the frequent words: apart, as many are gone through */
    size_t shorter[LONGEST + 2]; /* by length: how many of the frequent words are shorter */
    struct rates rates;
    double trigrams[MARKED][MARKED][MARKED];        /* log frequencies */
    double unseen;                                  /* that of a trigram that no word has */
    unsigned char possible[MARKED][MARKED][MARKED]; /* 1 for a trigram that some word has */
} Speller;

static void speller_dealloc(Speller *self) {
    set_free(&self->set);
    free(self->priors);
    free(self->frequent);
    free(self->shapes);
    object_free((PyObject *)self);
}

/* Which letters a word has, and which more than once: an edit changes two of these bits at most. 0 for other
 * characters. */
static uint64_t shape_of(const char *word, size_t length) {
    uint64_t once = 0, twice = 0;
    for (size_t i = 0; i < length; i++) {
        if (word[i] < 'a' || word[i] > 'z') return 0;
        uint64_t bit = (uint64_t)1 << (word[i] - 'a');
        twice |= once & bit;
        once |= bit;
    }
    return once | twice << LETTERS;
}

/* A place for `count` things of a size, and one more; NULL with an exception set. */
static void *room_for(Py_ssize_t count, size_t size) {
    void *room = malloc(((size_t)count + 1) * size);
    if (!room) PyErr_NoMemory();
    return room;
}

/* Takes the frequent words, a tuple: counted by length, then put where those of their length are. */
static int fill_frequent(Speller *self, PyObject *words) {
    Py_ssize_t count = PyTuple_GET_SIZE(words);
    size_t place[LONGEST + 2] = {0};
    self->frequent = room_for(count, sizeof *self->frequent);
    self->shapes = room_for(count, sizeof *self->shapes);
    if (!self->frequent || !self->shapes) return -1;
    for (int placing = 0; placing < 2; placing++) {
        for (Py_ssize_t i = 0; i < count; i++) {
            Py_ssize_t size;
            const char *word = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(words, i), &size);
            if (!word) return -1;
            size_t length = (size_t)size;
            int64_t number = set_number(&self->set, word, length);
            if (number < 0 || length > LONGEST || !shape_of(word, length)) {
                PyErr_SetString(PyExc_ValueError, "a frequent word is not among the words, or is too long");
                return -1;
            }
            if (!placing) {
                self->shorter[length + 1]++;
                continue;
            }
            size_t k = place[length]++;
            self->shapes[k] = shape_of(word, length);
            memcpy(self->frequent[k].word, word, length);
            self->frequent[k].length = (unsigned char)length;
            self->frequent[k].number = (uint32_t)number;
        }
        for (size_t length = 1; !placing && length < LONGEST + 2; length++)
            self->shorter[length] += self->shorter[length - 1];
        memcpy(place, self->shorter, sizeof place);
    }
    return 0;
}

/* Takes the numbers of a sequence, which are to be so many; -1 with an exception set. */
static int fill_doubles(double *target, Py_ssize_t count, PyObject *sequence, const char *what) {
    PyObject *numbers =
        PySequence_Tuple(sequence); /* our own: a number may be made by code that changes a list */
    if (!numbers) return -1;
    if (PyTuple_GET_SIZE(numbers) != count)
        PyErr_Format(PyExc_ValueError, "%zd %s, not %zd", PyTuple_GET_SIZE(numbers), what, count);
    for (Py_ssize_t i = 0; i < count && !PyErr_Occurred(); i++)
        target[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(numbers, i));
    Py_DECREF(numbers);
    return PyErr_Occurred() ? -1 : 0;
}

/* A word has these trigrams; one with another character than a letter is never found. */
static void note_possible(Speller *self, const char *word) {
    int a = LETTERS, b = *word - 'a';
    if (!shape_of(word, strlen(word))) return;
    while (*word) {
        int c = *++word ? *word - 'a' : LETTERS + 1;
        self->possible[a][b][c] = 1;
        a = b;
        b = c;
    }
}

static int speller_fill(Speller *self, PyObject *words, PyObject *priors, PyObject *rates,
                        PyObject *trigrams) {
    Py_ssize_t count = PyTuple_GET_SIZE(words);
    self->priors = room_for(count, sizeof *self->priors);
    if (!self->priors || set_fill(&self->set, words) < 0) return -1;
    if (self->set.count != (size_t)count) {
        PyErr_SetString(PyExc_ValueError, "a word is given twice, or is too long");
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) note_possible(self, PyUnicode_AsUTF8(PyTuple_GET_ITEM(words, i)));
    return fill_doubles(self->priors, count, priors, "priors") < 0 ||
                   fill_doubles((double *)&self->rates, sizeof self->rates / sizeof(double), rates, "rates") <
                       0 ||
                   fill_doubles(&self->trigrams[0][0][0], MARKED * MARKED * MARKED, trigrams, "trigrams") < 0
               ? -1
               : 0;
}

static PyObject *speller_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "priors", "frequent", "rates", "trigrams", "unseen", NULL};
    PyObject *words, *priors, *frequent, *rates, *trigrams;
    double unseen;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOOOOd:Speller", names, &words, &priors, &frequent,
                                     &rates, &trigrams, &unseen))
        return NULL;
    Speller *self = (Speller *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->set = set_of(type);
    self->unseen = unseen;
    words = PySequence_Tuple(words);
    frequent = words ? PySequence_Tuple(frequent) : NULL;
    if (!frequent || speller_fill(self, words, priors, rates, trigrams) < 0 ||
        fill_frequent(self, frequent) < 0)
        Py_CLEAR(self);
    Py_XDECREF(words);
    Py_XDECREF(frequent);
    return (PyObject *)self;
}

/* Minus the mean log frequency of the letter trigrams of a marked word. */
static double surprisal(const Speller *self, const char *word, size_t length) {
    double sum = 0;
    int a = LETTERS, b = word[0] - 'a';
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        sum += self->trigrams[a][b][c];
        a = b;
        b = c;
    }
    return -sum / (double)length;
}

struct search {
    const Speller *speller;
    const char *typed;
    size_t length;
    PyObject *found; /* dict: word -> (prior, cost, surprisal) */
};

/* Notes a word found: its number, and minus the log rate of the slips that lead from it to what was typed. */
static int note_near(struct search *search, const char *bytes, size_t length, int64_t number, double cost) {
    PyObject *word = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
    PyObject *facts = word ? Py_BuildValue("ddd", search->speller->priors[number], cost,
                                           surprisal(search->speller, bytes, length))
                           : NULL;
    int failed = facts ? PyDict_SetItem(search->found, word, facts) : -1;
    Py_XDECREF(word);
    Py_XDECREF(facts);
    return failed;
}

/* Notes typed[0, i) + `letter` (0 for none) + typed[j, n), if it is a word; `hash` is that of the whole. */
static int offer(struct search *search, size_t i, char letter, size_t j, uint32_t hash) {
    const Set *set = &search->speller->set;
    char word[LONGEST + 1];
    size_t length = i, tail = search->length - j;
    memcpy(word, search->typed, i);
    if (letter) word[length++] = letter;
    memcpy(word + length, search->typed + j, tail);
    length += tail;
    int64_t number = length ? set_find(set, word, length, hash) : -1;
    if (number < 0) return 0;
    return note_near(search, word, length, number,
                     -slip_rate(&search->speller->rates, search->typed, search->length, word, length));
}

/* The same for typed[0, i) with the next two letters swapped before the rest. */
static int offer_swapped(struct search *search, size_t i) {
    char word[LONGEST];
    memcpy(word, search->typed, search->length);
    word[i] = search->typed[i + 1];
    word[i + 1] = search->typed[i];
    const Set *set = &search->speller->set;
    int64_t number = set_number(set, word, search->length);
    if (number < 0) return 0;
    const struct rates *rates = &search->speller->rates;
    return note_near(search, word, search->length, number,
                     -slip_rate(rates, search->typed, search->length, word, search->length));
}

/* What is read of a word given: 0 where there is nothing to be found for it, -1 with an exception set. */
static int read_typed(PyObject *string, const char **word, size_t *length) {
    Py_ssize_t size;
    *word = utf8_of(string, &size);
    if (!*word) return -1;
    *length = (size_t)size;
    return *length <= LONGEST && shape_of(*word, *length);
}

/* The hashes of what one edit makes of a word, from those of its parts: heads[i] is that of word[0, i); the
 * others are those of word[i, n) where it stands, one place before that, and one behind. */
struct parts {
    uint32_t heads[LONGEST + 1], tails[LONGEST + 1], earlier[LONGEST + 1], later[LONGEST + 1];
};

static void hash_parts(const HashKeys *keys, const char *word, size_t n, struct parts *parts) {
    parts->heads[0] = parts->tails[n] = parts->earlier[n] = parts->later[n] = 0;
    for (size_t i = 0; i < n; i++)
        parts->heads[i + 1] = hash_step(keys, parts->heads[i], i, (unsigned char)word[i]);
    for (size_t i = n; i-- > 0;) {
        unsigned char letter = (unsigned char)word[i];
        parts->tails[i] = hash_step(keys, parts->tails[i + 1], i, letter);
        parts->earlier[i] =
            i ? hash_step(keys, parts->earlier[i + 1], i - 1, letter) : 0; /* the first is not asked for */
        parts->later[i] = hash_step(keys, parts->later[i + 1], i + 1, letter);
    }
}

/* Notes the words that a letter put in before typed[i], or instead of it, makes. */
static int offer_letters(struct search *search, const struct parts *parts, const unsigned char *marked,
                         size_t i) {
    const Set *set = &search->speller->set;
    size_t n = search->length;
    /* By what stands before, and then the letter: whether a word can go on with the next letter, or the one
     * behind. */
    const unsigned char (*possible)[MARKED] = search->speller->possible[marked[i]];
    unsigned char next = marked[i + 1], behind = marked[i + 2];
    uint32_t later = parts->later[i], rest = i < n ? parts->tails[i + 1] : 0;
    for (char c = 'a'; c <= 'z'; c++) {
        /* Both are asked for before a branch is taken: the processor could not foretell it. */
        uint32_t head = hash_step(set->keys, parts->heads[i], i, (unsigned char)c);
        const unsigned char *known = possible[c - 'a'];
        uint32_t before = head ^ later, instead = head ^ rest;
        if ((known[behind] & set_may_have(set, instead)) && i < n && c != search->typed[i] &&
            offer(search, i, c, i + 1, instead) < 0)
            return -1;
        if ((known[next] & set_may_have(set, before)) && offer(search, i, c, i, before) < 0) return -1;
    }
    return 0;
}

/* within_one_edit(typed) -> dict: an insertion, deletion, replacement or swap of neighbours */
static PyObject *speller_within_one_edit(Speller *self, PyObject *argument) {
    const char *word;
    size_t n;
    int is_word = read_typed(argument, &word, &n);
    PyObject *found = is_word < 0 ? NULL : PyDict_New();
    if (!found || !is_word) return found;
    struct search search = {self, word, n, found};
    struct parts parts;
    hash_parts(self->set.keys, word, n, &parts);
    unsigned char marked[LONGEST + 3]; /* the letters by number, between the marks */
    marked[0] = LETTERS;
    for (size_t i = 0; i < n; i++) marked[i + 1] = (unsigned char)(word[i] - 'a');
    marked[n + 1] = marked[n + 2] = LETTERS + 1;
    for (size_t i = 0; i <= n; i++) {
        uint32_t without = i < n ? parts.heads[i] ^ parts.earlier[i + 1] : 0;
        if (i < n && set_may_have(&self->set, without) && offer(&search, i, 0, i + 1, without) < 0)
            goto failed;
        if (i + 1 < n && word[i] != word[i + 1] && offer_swapped(&search, i) < 0) goto failed;
        if (offer_letters(&search, &parts, marked, i) < 0) goto failed;
    }
    return found;
failed:
    Py_DECREF(found);
    return NULL;
}

/* within_two_edits(typed) -> dict: the frequent words at most so far away */
static PyObject *speller_within_two_edits(Speller *self, PyObject *argument) {
    const char *word;
    size_t n;
    int is_word = read_typed(argument, &word, &n);
    PyObject *found = is_word < 0 ? NULL : PyDict_New();
    if (!found || !is_word) return found;
    struct search search = {self, word, n, found};
    uint64_t shape = shape_of(word, n);
    size_t least = n > LIMIT ? n - LIMIT : 0, most = n + LIMIT < LONGEST ? n + LIMIT : LONGEST;
    for (size_t k = self->shorter[least]; k < self->shorter[most + 1]; k++) {
        uint64_t bits = self->shapes[k] ^ shape;
        for (int i = 0; i < 2 * LIMIT; i++) bits &= bits - 1; /* take out a bit */
        if (bits) continue;
        const struct frequent *entry = &self->frequent[k];
        int edits = distance(word, n, entry->word, entry->length);
        if (edits > LIMIT) continue;
        double cost = edits ? cost_of(&self->rates, word, n, entry->word, entry->length, edits) : 0;
        if (note_near(&search, entry->word, entry->length, entry->number, cost) < 0) {
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

/* The letters of a str of a to z; NULL with an exception set for another. */
static const char *letters_of(PyObject *string, size_t *length) {
    Py_ssize_t size;
    const char *word = utf8_of(string, &size);
    if (!word) return NULL;
    *length = (size_t)size;
    if (shape_of(word, *length)) return word;
    PyErr_SetString(PyExc_ValueError, "not a word of letters a to z");
    return NULL;
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
    int a = LETTERS, b = word[0] - 'a';
    Py_ssize_t unseen = 0;
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        unseen += self->trigrams[a][b][c] == self->unseen;
        a = b;
        b = c;
    }
    return PyLong_FromSsize_t(unseen);
}

static PyMethodDef speller_methods[] = {
    {"within_one_edit", (PyCFunction)speller_within_one_edit, METH_O, "Words -> (prior, cost, surprisal)."},
    {"within_two_edits", (PyCFunction)speller_within_two_edits, METH_O,
     "Frequent words -> (prior, cost, surprisal)."},
    {"trigram_surprisal", (PyCFunction)speller_trigram_surprisal, METH_O,
     "Mean surprisal of letter trigrams, in nats."},
    {"unseen_trigrams", (PyCFunction)speller_unseen_trigrams, METH_O,
     "How many of a word's trigrams no word has."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot speller_slots[] = {{Py_tp_doc, "A search for neighbours: interfaces.Speller."},
                                      {Py_tp_new, speller_new},
                                      {Py_tp_dealloc, speller_dealloc},
                                      {Py_tp_methods, speller_methods},
                                      {0, NULL}};

static PyType_Spec speller_spec = {.name = "normalize.kernel._native.Speller",
                                   .basicsize = sizeof(Speller),
                                   .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                   .slots = speller_slots};

#endif
