/* Pairs: how often words stand side by side, and how well one fits between two others. */
#ifndef NORMALIZE_KERNEL_PAIRS_H
#define NORMALIZE_KERNEL_PAIRS_H
#include "lists.h"
#include "set.h"
#include <math.h>

typedef struct {
    PyObject_HEAD
    Set words, unlike; /* unlike: words that count as another where they stand beside one */
    double *uses; /* by number of a word; below zero for one that is in pairs only */
    double total, smoothing;
    Py_buffer starts, rights, counts; /* of a left word: its right ones are rights[starts[left] .. starts[left + 1]], in order */
    int64_t lefts;
} Pairs;

static void pairs_dealloc(Pairs *self) {
    set_free(&self->words);
    set_free(&self->unlike);
    free(self->uses);
    PyBuffer_Release(&self->starts);
    PyBuffer_Release(&self->rights);
    PyBuffer_Release(&self->counts);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Takes how often each word of a dict was used; a word that has no number yet gets the next. */
static int pairs_use(Pairs *self, PyObject *uses) {
    PyObject *word, *times;
    Py_ssize_t at = 0, size;
    if (set_grow(&self->words, self->words.count + (size_t)PyDict_GET_SIZE(uses)) < 0) return -1;
    while (PyDict_Next(uses, &at, &word, &times)) {
        const char *bytes = PyUnicode_AsUTF8AndSize(word, &size);
        if (!bytes) return -1;
        int64_t number = set_number(&self->words, bytes, (size_t)size);
        if (number < 0) {
            number = (int64_t)self->words.count;
            if (set_add(&self->words, bytes, (size_t)size) < 0) return -1;
            if ((size_t)number == self->words.count) continue; /* it is too long */
        }
        self->uses[number] = PyFloat_CheckExact(times) ? PyFloat_AS_DOUBLE(times) : PyLong_AsDouble(times);
        if (PyErr_Occurred()) return -1;
    }
    return 0;
}

static int pairs_init(Pairs *self, PyObject *args, PyObject *keywords) {
    PyObject *words, *uses, *unlike;
    if (self->uses) return -1;
    if (!PyArg_ParseTuple(args, "O!O!ddy*y*y*O", &PyList_Type, &words, &PyDict_Type, &uses, &self->total, &self->smoothing, &self->starts,
                          &self->rights, &self->counts, &unlike))
        return -1;
    Py_ssize_t count = PyList_GET_SIZE(words), pairs = self->rights.len / 4;
    const uint32_t *starts = self->starts.buf;
    self->lefts = self->starts.len / 4 - 1;
    self->uses = malloc((size_t)(count + PyDict_GET_SIZE(uses) + 1) * sizeof *self->uses);
    if (!self->uses) {
        PyErr_NoMemory();
        return -1;
    }
    if (self->counts.len != self->rights.len || self->lefts < 0 || self->lefts > count || starts[self->lefts] != (uint32_t)pairs) {
        PyErr_SetString(PyExc_ValueError, "the tables do not belong together");
        return -1;
    }
    for (int64_t i = 0; i < self->lefts; i++)
        if (starts[i] > starts[i + 1]) {
            PyErr_SetString(PyExc_ValueError, "the pairs are not in order");
            return -1;
        }
    for (Py_ssize_t i = 0; i < count; i++) self->uses[i] = -1;
    if (set_fill(&self->words, words) < 0 || set_fill(&self->unlike, unlike) < 0) return -1;
    if (self->words.count == (size_t)count) return pairs_use(self, uses);
    PyErr_SetString(PyExc_ValueError, "a word is given twice, or is too long");
    return -1;
}

/* The number of a word, -1 where it has none, -2 with an exception set. */
static int64_t pairs_number(const Pairs *self, PyObject *word) {
    Py_ssize_t size;
    const char *bytes = PyUnicode_AsUTF8AndSize(word, &size);
    return bytes ? set_number(&self->words, bytes, (size_t)size) : -2;
}

static uint32_t pairs_seen(const Pairs *self, int64_t left, int64_t right) {
    if (left < 0 || right < 0 || left >= self->lefts) return 0;
    const uint32_t *rights = self->rights.buf, *starts = self->starts.buf;
    uint32_t low = starts[left], end = starts[left + 1], high = end;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (rights[middle] < (uint32_t)right) low = middle + 1;
        else high = middle;
    }
    return low < end && rights[low] == (uint32_t)right ? ((const uint32_t *)self->counts.buf)[low] : 0;
}

static PyObject *pairs_count(Pairs *self, PyObject *args) {
    PyObject *left, *right;
    if (!PyArg_ParseTuple(args, "UU", &left, &right)) return NULL;
    int64_t first = pairs_number(self, left), second = pairs_number(self, right);
    return first == -2 || second == -2 ? NULL : PyLong_FromUnsignedLong(pairs_seen(self, first, second));
}

/* cuts(word, least) -> list of int: where a word falls into two that stood side by side at least so often */
static PyObject *pairs_cuts(Pairs *self, PyObject *args) {
    const char *word;
    Py_ssize_t size;
    unsigned least;
    if (!PyArg_ParseTuple(args, "s#I", &word, &size, &least)) return NULL;
    PyObject *cuts = PyList_New(0);
    Py_ssize_t points = 0;
    for (Py_ssize_t i = 1; cuts && i < size; i++) {
        if ((word[i] & 0xC0) == 0x80) continue;
        points++;
        int64_t left = set_number(&self->words, word, (size_t)i);
        if (left < 0) continue;
        int64_t right = set_number(&self->words, word + i, (size_t)(size - i));
        if (right < 0 || pairs_seen(self, left, right) < least) continue;
        if (append(cuts, PyLong_FromSsize_t(points)) < 0) Py_CLEAR(cuts);
    }
    return cuts;
}

static double pairs_uses(const Pairs *self, int64_t number) { return number < 0 || self->uses[number] < 0 ? 0 : self->uses[number]; }

/* How much likelier a word is between two others than anywhere, in nats. */
static double pairs_fit(const Pairs *self, int64_t left, int64_t number, int64_t right) {
    double n = pairs_uses(self, number), before = pairs_uses(self, left), behind = pairs_uses(self, right);
    double expected = (before * n / self->total + self->smoothing) * (n * behind / self->total + self->smoothing);
    double seen = (pairs_seen(self, left, number) + self->smoothing) * (pairs_seen(self, number, right) + self->smoothing);
    return log(seen / expected);
}

static PyObject *pairs_fits(Pairs *self, PyObject *args) {
    PyObject *words, *left, *right;
    if (!PyArg_ParseTuple(args, "O!UU", &PyList_Type, &words, &left, &right)) return NULL;
    int64_t first = pairs_number(self, left), second = pairs_number(self, right);
    if (first == -2 || second == -2) return NULL;
    PyObject *found = PyList_New(PyList_GET_SIZE(words));
    for (Py_ssize_t i = 0; found && i < PyList_GET_SIZE(words); i++) {
        int64_t number = pairs_number(self, PyList_GET_ITEM(words, i));
        PyObject *fit = number == -2 ? NULL : PyFloat_FromDouble(pairs_fit(self, first, number, second));
        if (fit) PyList_SET_ITEM(found, i, fit);
        else Py_CLEAR(found);
    }
    return found;
}

static PyObject *pairs_prospect(Pairs *self, PyObject *args); /* prefilter.h */

static PyMethodDef pairs_methods[] = {
    {"count", (PyCFunction)pairs_count, METH_VARARGS, "How often the second word stood behind the first."},
    {"cuts", (PyCFunction)pairs_cuts, METH_VARARGS, "Where a word falls into two that stood side by side at least so often."},
    {"fits", (PyCFunction)pairs_fits, METH_VARARGS, "For each word of a list, how well it fits between two others."},
    {"prospect", (PyCFunction)pairs_prospect, METH_VARARGS, "A word that may be a slip, prepared to be looked at in its places."},
    {NULL}};

static PyTypeObject PairsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Pairs",
    .tp_basicsize = sizeof(Pairs),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Pairs(words, uses, total, smoothing, starts, rights, counts, unlike): as normalize/kernel.py lays them out.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)pairs_init,
    .tp_dealloc = (destructor)pairs_dealloc,
    .tp_methods = pairs_methods,
};

#endif
