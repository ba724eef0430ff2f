/* Speller: the words one and two edits away from a given one, with what the noisy channel makes of them. */
#ifndef NORMALIZE_KERNEL_SPELLER_H
#define NORMALIZE_KERNEL_SPELLER_H
#include "set.h"
#include <math.h>

#define LONGEST 64 /* bytes: longer words have no neighbours worth the search */
#define LETTERS 26
#define MARKED 28 /* letters, and the marks of a word's beginning and end */

typedef struct {
    PyObject_HEAD
    Set set;
    double *priors; /* by number of a word */
    struct frequent { /* a word that is offered also for one two edits away */
        char word[LONGEST];
        unsigned char length;
        uint32_t number;
    } *frequent; /* in order of length */
    uint64_t *shapes; /* of the frequent words: apart, as many are gone through */
    size_t shorter[LONGEST + 2]; /* by length: how many of the frequent words are shorter */
    struct rates {  /* log rates of slips, by what was typed and what was meant */
        double omitted[LETTERS], single[LETTERS], doubled[LETTERS], added[LETTERS];
        double swapped[LETTERS][LETTERS], replaced[LETTERS][LETTERS]; /* typed, typed; typed, meant */
    } rates;
    double trigrams[MARKED][MARKED][MARKED]; /* log frequencies */
    double unseen;                           /* that of a trigram that no word has */
    unsigned char possible[MARKED][MARKED][MARKED]; /* 1 for a trigram that some word has */
} Speller;

static void speller_dealloc(Speller *self) {
    set_free(&self->set);
    free(self->priors);
    free(self->frequent);
    free(self->shapes);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Which letters a word has, and which more than once: an edit changes two of these bits at most. 0 for other characters. */
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

static int fill_frequent(Speller *self, PyObject *words) {
    size_t count = (size_t)PyList_GET_SIZE(words), place[LONGEST + 2];
    self->frequent = malloc((count + 1) * sizeof *self->frequent);
    self->shapes = malloc((count + 1) * sizeof *self->shapes);
    if (!self->frequent || !self->shapes) {
        PyErr_NoMemory();
        return -1;
    }
    memset(self->shorter, 0, sizeof self->shorter);
    for (int placing = 0; placing < 2; placing++) { /* they are counted by length, then put where those of their length are */
        for (size_t i = 0; i < count; i++) {
            Py_ssize_t size;
            const char *word = PyUnicode_AsUTF8AndSize(PyList_GET_ITEM(words, (Py_ssize_t)i), &size);
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
        for (size_t length = 1; !placing && length < LONGEST + 2; length++) self->shorter[length] += self->shorter[length - 1];
        memcpy(place, self->shorter, sizeof place);
    }
    return 0;
}

static int fill_doubles(double *target, Py_ssize_t count, PyObject *list, const char *what) {
    if (PyList_GET_SIZE(list) != count) {
        PyErr_Format(PyExc_ValueError, "%zd %s, not %zd", PyList_GET_SIZE(list), what, count);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) target[i] = PyFloat_AsDouble(PyList_GET_ITEM(list, i));
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

static int speller_init(Speller *self, PyObject *args, PyObject *keywords) {
    PyObject *words, *priors, *frequent, *rates, *trigrams;
    if (!PyArg_ParseTuple(args, "O!O!O!O!O!d", &PyList_Type, &words, &PyList_Type, &priors, &PyList_Type, &frequent, &PyList_Type,
                          &rates, &PyList_Type, &trigrams, &self->unseen) ||
        self->priors)
        return -1;
    Py_ssize_t count = PyList_GET_SIZE(words);
    self->priors = malloc((size_t)(count + 1) * sizeof *self->priors);
    if (!self->priors) {
        PyErr_NoMemory();
        return -1;
    }
    if (set_fill(&self->set, words) < 0 || fill_doubles(self->priors, count, priors, "priors") < 0 ||
        fill_doubles((double *)&self->rates, sizeof self->rates / sizeof(double), rates, "rates") < 0 ||
        fill_doubles(&self->trigrams[0][0][0], MARKED * MARKED * MARKED, trigrams, "trigrams") < 0)
        return -1;
    for (Py_ssize_t i = 0; i < count; i++) note_possible(self, PyUnicode_AsUTF8(PyList_GET_ITEM(words, i)));
    if (self->set.count == (size_t)count) return fill_frequent(self, frequent);
    PyErr_SetString(PyExc_ValueError, "a word is given twice, or is too long");
    return -1;
}

/* Minus the mean log frequency of the letter trigrams of a marked word. */
static double oddness(const Speller *self, const char *word, size_t length) {
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

/* log rate of the one slip that makes `typed` of `meant`, which are one edit apart. */
static double slip_rate(const struct rates *rates, const char *typed, size_t n, const char *meant, size_t m) {
    size_t head = 0;
    while (head < n && head < m && typed[head] == meant[head]) head++;
    if (n == m) {
        if (!memcmp(typed + head + 1, meant + head + 1, n - head - 1))
            return rates->replaced[typed[head] - 'a'][meant[head] - 'a'];
        return rates->swapped[typed[head] - 'a'][typed[head + 1] - 'a'];
    }
    if (n > m) {
        int letter = typed[head] - 'a';
        return head && typed[head - 1] == typed[head] ? rates->doubled[letter] : rates->added[letter];
    }
    int letter = meant[head] - 'a';
    return head && meant[head - 1] == meant[head] ? rates->single[letter] : rates->omitted[letter];
}

struct search {
    const Speller *speller;
    const char *typed;
    size_t length;
    PyObject *found; /* dict: word -> (prior, cost, oddness) */
};

/* Notes a word found: its number, and minus the log rate of the slips that lead from it to what was typed. */
static int note_near(struct search *search, const char *bytes, size_t length, int64_t number, double cost) {
    PyObject *word = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
    PyObject *told = word ? Py_BuildValue("ddd", search->speller->priors[number], cost, oddness(search->speller, bytes, length)) : NULL;
    int failed = told ? PyDict_SetItem(search->found, word, told) : -1;
    Py_XDECREF(word);
    Py_XDECREF(told);
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
    return note_near(search, word, length, number, -slip_rate(&search->speller->rates, search->typed, search->length, word, length));
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
    return note_near(search, word, search->length, number, -slip_rate(rates, search->typed, search->length, word, search->length));
}

/* The words one insertion, deletion, replacement or swap of neighbours away from a word of letters a to z. */
static PyObject *speller_near(Speller *self, PyObject *argument) {
    Py_ssize_t size;
    const char *word = PyUnicode_AsUTF8AndSize(argument, &size);
    if (!word) return NULL;
    PyObject *found = PyDict_New();
    size_t n = (size_t)size;
    if (!found || n > LONGEST || !shape_of(word, n)) return found;
    struct search search = {self, word, n, found};
    const Set *set = &self->set;
    uint32_t heads[LONGEST + 1], tails[LONGEST + 1], powers[LONGEST + 1]; /* hashes of word[0, i), of word[i, n); powers of the base */
    heads[0] = HASH_START;
    tails[n] = HASH_START;
    powers[0] = 1;
    for (size_t i = 0; i < n; i++) {
        heads[i + 1] = hash_step(heads[i], (unsigned char)word[i]);
        powers[i + 1] = powers[i] * HASH_BASE;
    }
    for (size_t i = n; i-- > 0;) tails[i] = (unsigned char)word[i] * powers[n - i - 1] + tails[i + 1];
    unsigned char marked[LONGEST + 3]; /* the letters by number, between the marks */
    marked[0] = LETTERS;
    for (size_t i = 0; i < n; i++) marked[i + 1] = (unsigned char)(word[i] - 'a');
    marked[n + 1] = marked[n + 2] = LETTERS + 1;
    for (size_t i = 0; i <= n; i++) {
        /* By what stands before, and then the letter: whether a word can go on with the next letter, or the one behind. */
        const unsigned char(*possible)[MARKED] = self->possible[marked[i]];
        unsigned char next = marked[i + 1], behind = marked[i + 2];
        uint32_t without = i < n ? hash_end(heads[i] * powers[n - i - 1] + tails[i + 1]) : 0;
        if (i < n && set_may_have(set, without) && offer(&search, i, 0, i + 1, without) < 0) goto failed;
        if (i + 1 < n && word[i] != word[i + 1] && offer_swapped(&search, i) < 0) goto failed;
        for (char c = 'a'; c <= 'z'; c++) {
            /* Both are asked for before a branch is taken: the processor could not foretell it. */
            uint32_t head = hash_step(heads[i], (unsigned char)c);
            const unsigned char *known = possible[c - 'a'];
            uint32_t before = hash_end(head * powers[n - i] + tails[i]), instead = i < n ? hash_end(head * powers[n - i - 1] + tails[i + 1]) : 0;
            if ((known[behind] & set_may_have(set, instead)) && i < n && c != word[i] && offer(&search, i, c, i + 1, instead) < 0) goto failed;
            if ((known[next] & set_may_have(set, before)) && offer(&search, i, c, i, before) < 0) goto failed;
        }
    }
    return found;
failed:
    Py_DECREF(found);
    return NULL;
}

/* Optimal string alignment distance, LIMIT + 1 where it is more than LIMIT. */
#define LIMIT 2
static int distance(const char *a, size_t n, const char *b, size_t m) {
    unsigned char rows[3][LONGEST + 1], *above = rows[0], *row = rows[1], *older = rows[2];
    for (size_t j = 0; j <= m; j++) above[j] = (unsigned char)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned char least = row[0] = (unsigned char)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned char best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && older[j - 2] + 1 < best) best = older[j - 2] + 1;
            row[j] = best;
            if (best < least) least = best;
        }
        if (least > LIMIT) return LIMIT + 1;
        unsigned char *next = older;
        older = above;
        above = row;
        row = next;
    }
    return above[m];
}

/* Minus the log rate of the cheapest slips that lead from what was meant to what was typed: Channel.cost for two of them. */
static double cost_of(const struct rates *rates, const char *typed, size_t n, const char *meant, size_t m) {
    size_t shorter = n < m ? n : m, head = 0, tail = 0;
    while (head < shorter && typed[head] == meant[head]) head++;
    if (head) head--; /* keep one letter: doubling looks at what stands before */
    while (tail < shorter - head && typed[n - 1 - tail] == meant[m - 1 - tail]) tail++;
    typed += head, n -= head + tail, meant += head, m -= head + tail;
    double rows[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            double best = i || j ? INFINITY : 0, other;
            int t = i ? typed[i - 1] - 'a' : 0, w = j ? meant[j - 1] - 'a' : 0;
            if (i && j) best = rows[i - 1][j - 1] - (t == w ? 0 : rates->replaced[t][w]);
            if (i && (other = rows[i - 1][j] - (i > 1 && typed[i - 2] == typed[i - 1] ? rates->doubled : rates->added)[t]) < best) best = other;
            if (j && (other = rows[i][j - 1] - (j > 1 && meant[j - 2] == meant[j - 1] ? rates->single : rates->omitted)[w]) < best) best = other;
            if (i > 1 && j > 1 && typed[i - 2] == meant[j - 1] && typed[i - 1] == meant[j - 2] &&
                (other = rows[i - 2][j - 2] - rates->swapped[typed[i - 2] - 'a'][t]) < best)
                best = other;
            rows[i][j] = best;
        }
    return rows[n][m];
}

/* The frequent words at most two edits away from a word of letters a to z. */
static PyObject *speller_far(Speller *self, PyObject *argument) {
    Py_ssize_t size;
    const char *word = PyUnicode_AsUTF8AndSize(argument, &size);
    if (!word) return NULL;
    PyObject *found = PyDict_New();
    size_t n = (size_t)size;
    uint64_t shape = n && n <= LONGEST ? shape_of(word, n) : 0;
    if (!found || !shape) return found;
    struct search search = {self, word, n, found};
    size_t least = n > LIMIT ? n - LIMIT : 0, most = n + LIMIT < LONGEST ? n + LIMIT : LONGEST;
    for (size_t k = self->shorter[least]; k < self->shorter[most + 1]; k++) {
        uint64_t bits = self->shapes[k] ^ shape;
        for (int i = 0; i < 2 * LIMIT; i++) bits &= bits - 1; /* take out a bit */
        if (bits) continue;
        const struct frequent *entry = &self->frequent[k];
        if ( distance(word, n, entry->word, entry->length) > LIMIT) continue;
        double cost = cost_of(&self->rates, word, n, entry->word, entry->length);
        if (note_near(&search, entry->word, entry->length, entry->number, cost) < 0) {
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

/* How odd a word of letters a to z is: minus the mean log frequency of its trigrams, and how many of them no word has. */
static PyObject *speller_oddness(Speller *self, PyObject *argument) {
    Py_ssize_t size;
    const char *word = PyUnicode_AsUTF8AndSize(argument, &size);
    if (!word) return NULL;
    if (!shape_of(word, (size_t)size)) {
        PyErr_SetString(PyExc_ValueError, "not a word of letters a to z");
        return NULL;
    }
    int a = LETTERS, b = word[0] - 'a';
    long alien = 0;
    for (Py_ssize_t i = 1; i <= size; i++) {
        int c = i < size ? word[i] - 'a' : LETTERS + 1;
        alien += self->trigrams[a][b][c] == self->unseen;
        a = b;
        b = c;
    }
    return Py_BuildValue("dl", oddness(self, word, (size_t)size), alien);
}

static PyMethodDef speller_methods[] = {
    {"near", (PyCFunction)speller_near, METH_O, "The words one edit away from a str: {word: (prior, cost, oddness)}."},
    {"far", (PyCFunction)speller_far, METH_O, "The frequent words at most two edits away from a str, in the same form."},
    {"oddness", (PyCFunction)speller_oddness, METH_O, "(mean oddness, number of unseen ones) of the letter trigrams of a str."},
    {NULL}};

static PyTypeObject SpellerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Speller",
    .tp_basicsize = sizeof(Speller),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Speller(words, priors, frequent, rates, trigrams, unseen): lists of str and of floats, as normalize/kernel.py lays them out.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)speller_init,
    .tp_dealloc = (destructor)speller_dealloc,
    .tp_methods = speller_methods,
};

#endif
