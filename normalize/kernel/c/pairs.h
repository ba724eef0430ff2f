/* Pairs(...): how often words stand side by side, and how well one fits between two others: pure.Pairs. */
#ifndef NORMALIZE_KERNEL_PAIRS_H
#define NORMALIZE_KERNEL_PAIRS_H
#include "table.h"
#include <math.h>

enum { TIMES_BITS = 8, OFTEN = 255 /* kernel.interfaces.OFTEN */, MOST_PAIRED = 1 << 24 };

typedef struct {
    PyObject_HEAD
    Set words, unlike; /* unlike: words that count as another where they stand beside one */
    double *counts;    /* by number of a word; below zero for one that is in pairs only */
    double total, smoothing;
    int64_t edge, number; /* what stands for a mark or an unknown word beside another, and for a number */
    /* Of a left word: its right ones are rights[starts[left] .. starts[left + 1]], in order, each its number and how often
     * it stood there; that is in `often`, where it is OFTEN or more, behind its place in `rights`. */
    Py_buffer starts, rights, often;
    int64_t lefts;
} Pairs;

static void pairs_dealloc(Pairs *self) {
    set_free(&self->words);
    set_free(&self->unlike);
    free(self->counts);
    PyBuffer_Release(&self->starts);
    PyBuffer_Release(&self->rights);
    PyBuffer_Release(&self->often);
    object_free((PyObject *)self);
}

/* Checks that the tables are of 32-bit integers, and belong together; -1 with an exception set. */
static int pairs_check(const Pairs *self, Py_ssize_t words) {
    const uint32_t *starts = self->starts.buf;
    const Py_buffer *tables[] = {&self->starts, &self->rights, &self->often};
    Py_ssize_t pairs = self->rights.len / (Py_ssize_t)sizeof *starts;
    for (int i = 0; i < 3; i++)
        if (tables[i]->len && (uintptr_t)tables[i]->buf % sizeof *starts)
            return PyErr_Format(PyExc_ValueError, "a table does not begin where a 32-bit integer can"), -1;
    if (self->often.len % 8 || words > MOST_PAIRED || self->lefts < 0 || self->lefts > words ||
        (uint64_t)pairs > UINT32_MAX || starts[self->lefts] != (uint32_t)pairs)
        return PyErr_Format(PyExc_ValueError, "the tables do not belong together"), -1;
    for (int64_t i = 0; i < self->lefts; i++)
        if (starts[i] > starts[i + 1]) return PyErr_Format(PyExc_ValueError, "the pairs are not in order"), -1;
    return 0;
}

static int pairs_build(Pairs *self, PyObject *words, PyObject *counts, PyObject *unlike) {
    Py_ssize_t count = set_fill(&self->words, words);
    if (count < 0 || set_fill(&self->unlike, unlike) < 0) return -1;
    self->lefts = self->starts.len / 4 - 1;
    if (pairs_check(self, count) < 0) return -1;
    if (self->words.count != (size_t)count)
        return PyErr_Format(PyExc_ValueError, "a word is given twice, or is too long"), -1;
    self->counts = malloc((size_t)(count + 1) * sizeof *self->counts);
    if (!self->counts) return PyErr_NoMemory(), -1;
    return fill_doubles(self->counts, count, counts, "counts");
}

/* The number of a word, -1 where it has none, -2 with an exception set. */
static int64_t pairs_number(const Pairs *self, PyObject *word) {
    Py_ssize_t size;
    const char *bytes = utf8_of(word, &size);
    return bytes ? set_number(&self->words, bytes, (size_t)size) : -2;
}

static PyObject *pairs_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "counts", "total", "smoothing", "starts", "rights",
                            "often", "unlike", "edge",  "number",    NULL};
    PyObject *words, *counts, *unlike, *edge, *number;
    Pairs *self = (Pairs *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->words = self->unlike = set_of(type);
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOddy*y*y*OUU:Pairs", names, &words, &counts, &self->total,
                                     &self->smoothing, &self->starts, &self->rights, &self->often, &unlike, &edge,
                                     &number)) {
        Py_DECREF(self);
        return NULL;
    }
    if (pairs_build(self, words, counts, unlike) < 0) {
        Py_DECREF(self);
        return NULL;
    }
    self->edge = pairs_number(self, edge);
    self->number = pairs_number(self, number);
    return (PyObject *)self;
}

/* How often a pair stood that has a place in `rights`, and is in `often`. */
static uint32_t pairs_often(const Pairs *self, uint32_t place) {
    const uint32_t *often = self->often.buf;
    size_t low = 0, high = (size_t)self->often.len / (2 * sizeof *often), count = high;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (often[2 * middle] < place)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && often[2 * low] == place ? often[2 * low + 1] : OFTEN;
}

static uint32_t pairs_seen(const Pairs *self, int64_t left, int64_t right) {
    if (left < 0 || right < 0 || left >= self->lefts) return 0;
    const uint32_t *rights = self->rights.buf, *starts = self->starts.buf;
    uint32_t low = starts[left], end = starts[left + 1], high = end;
    if (end > (size_t)self->rights.len / sizeof *rights) return 0; /* the tables were changed */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rights[middle] >> TIMES_BITS < (uint32_t)right)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == end || rights[low] >> TIMES_BITS != (uint32_t)right) return 0;
    uint32_t times = rights[low] & OFTEN;
    return times < OFTEN ? times : pairs_often(self, low);
}

/* count(left, right) -> int */
static PyObject *pairs_count(Pairs *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "UU", &left, &right)) return NULL;
    int64_t first = pairs_number(self, left), second = pairs_number(self, right);
    return first == -2 || second == -2 ? NULL : PyLong_FromUnsignedLong(pairs_seen(self, first, second));
}

static double pairs_counted(const Pairs *self, int64_t number) {
    return number < 0 || self->counts[number] < 0 ? 0 : self->counts[number];
}

/* uses(word) -> float */
static PyObject *pairs_uses(Pairs *self, PyObject *word) {
    int64_t number = pairs_number(self, word);
    return number == -2 ? NULL : PyFloat_FromDouble(pairs_counted(self, number));
}

/* splits(word, least) -> list of int: where a word falls into two that stood side by side at least so often, once or more */
static PyObject *pairs_splits(Pairs *self, PyObject *args) {
    PyObject *string;
    Py_ssize_t size, least, points = 0;
    if (!PyArg_ParseTuple(args, "Un", &string, &least)) return NULL;
    if (least < 1) least = 1;
    const char *word = utf8_of(string, &size);
    PyObject *splits = word ? PyList_New(0) : NULL;
    for (Py_ssize_t i = 1; splits && i < size; i++) {
        if ((word[i] & 0xC0) == 0x80) continue;
        points++;
        int64_t left = set_number(&self->words, word, (size_t)i);
        if (left < 0) continue;
        int64_t right = set_number(&self->words, word + i, (size_t)(size - i));
        if (right < 0 || (int64_t)pairs_seen(self, left, right) < least) continue;
        if (append(splits, PyLong_FromSsize_t(points)) < 0) Py_CLEAR(splits);
    }
    return splits;
}

/* Whether a word of ASCII letters falls into two that stood side by side: behind two letters at least `two` times, elsewhere
 * `least`; each is one or more. */
static int is_split(const Pairs *self, const char *word, size_t size, int64_t two, int64_t least) {
    for (size_t i = 1; i < size; i++) {
        int64_t left = set_number(&self->words, word, i);
        if (left < 0 || left >= self->lefts) continue;
        int64_t right = set_number(&self->words, word + i, size - i);
        if (right >= 0 && (int64_t)pairs_seen(self, left, right) >= (i == 2 ? two : least)) return 1;
    }
    return 0;
}

/* How much likelier a word is between two others than anywhere, in nats. */
static double pairs_pmi_of(const Pairs *self, int64_t left, int64_t number, int64_t right) {
    double n = pairs_counted(self, number), before = pairs_counted(self, left), behind = pairs_counted(self, right);
    double expected = (before * n / self->total + self->smoothing) * (n * behind / self->total + self->smoothing);
    double seen = (pairs_seen(self, left, number) + self->smoothing) * (pairs_seen(self, number, right) + self->smoothing);
    return log(seen / expected);
}

/* pmi(words, left, right) -> list of float */
static PyObject *pairs_pmi(Pairs *self, PyObject *args) {
    PyObject *words, *left, *right;
    if (!PyArg_ParseTuple(args, "O!UU", &PyList_Type, &words, &left, &right)) return NULL;
    int64_t first = pairs_number(self, left), second = pairs_number(self, right);
    if (first == -2 || second == -2) return NULL;
    PyObject *found = PyList_New(PyList_GET_SIZE(words));
    for (Py_ssize_t i = 0; found && i < PyList_GET_SIZE(words); i++) {
        int64_t number = pairs_number(self, PyList_GET_ITEM(words, i));
        PyObject *fit = number == -2 ? NULL : PyFloat_FromDouble(pairs_pmi_of(self, first, number, second));
        if (fit)
            PyList_SET_ITEM(found, i, fit);
        else
            Py_CLEAR(found);
    }
    return found;
}

static PyMethodDef pairs_methods[] = {
    {"count", (PyCFunction)pairs_count, METH_VARARGS, "How often the second word stood behind the first."},
    {"uses", (PyCFunction)pairs_uses, METH_O, "How often a word was counted."},
    {"splits", (PyCFunction)pairs_splits, METH_VARARGS, "Where a word falls into two that stood side by side."},
    {"pmi", (PyCFunction)pairs_pmi, METH_VARARGS, "How much likelier words are between two others, in nats."},
    {NULL, NULL, 0, NULL}};

#endif
