/* Places(groups of shapes): where characters of given sets stand side by side, in one pass over a text. */
#ifndef NORMALIZE_KERNEL_PLACES_H
#define NORMALIZE_KERNEL_PLACES_H
#include "lists.h"
#include <stdint.h>

enum { MOST_SHAPES = 64, LATIN = 256 };

typedef struct {
    uint8_t holds[LATIN]; /* 1 for a character of the set */
} Charset;

typedef struct {
    Py_ssize_t group, before, after; /* how many sets stand before the place, and behind it */
    Charset *sets;                   /* those before, then those behind */
} Shape;

typedef struct {
    PyObject_HEAD
    uint64_t at[LATIN + 1];   /* a bit for each shape that may be at a character; the last is for all that are not Latin-1 */
    uint64_t next[LATIN + 1]; /* the same for the character behind the place */
    Shape shapes[MOST_SHAPES];
    Py_ssize_t count, groups;
} Places;

static void places_dealloc(Places *self) {
    for (Py_ssize_t i = 0; i < self->count; i++) free(self->shapes[i].sets);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* The characters of `string` into `set`; -1 with an exception set where they are none, or not all Latin-1. */
static int charset_fill(Charset *set, PyObject *string) {
    Py_ssize_t size = PyUnicode_Check(string) ? PyUnicode_GET_LENGTH(string) : 0;
    if (!size || PyUnicode_READY(string) < 0 || PyUnicode_KIND(string) != PyUnicode_1BYTE_KIND) {
        PyErr_SetString(PyExc_ValueError, "a set is a string of Latin-1 characters, at least one");
        return -1;
    }
    for (Py_ssize_t i = 0; i < size; i++) set->holds[PyUnicode_1BYTE_DATA(string)[i]] = 1;
    return 0;
}

static int places_add(Places *self, Py_ssize_t group, PyObject *shape) {
    PyObject *at, *before, *after;
    if (!PyTuple_Check(shape) || self->count == MOST_SHAPES) {
        PyErr_Format(PyExc_ValueError, "a shape is a tuple, and there are at most %d", MOST_SHAPES);
        return -1;
    }
    if (!PyArg_ParseTuple(shape, "UO!O!", &at, &PyTuple_Type, &before, &PyTuple_Type, &after)) return -1;
    Shape *own = &self->shapes[self->count];
    *own = (Shape){group, PyTuple_GET_SIZE(before), PyTuple_GET_SIZE(after), NULL};
    own->sets = calloc((size_t)(own->before + own->after + 1), sizeof *own->sets);
    if (!own->sets) {
        PyErr_NoMemory();
        return -1;
    }
    self->count++; /* from here on, its sets are freed with it */
    Charset place = {{0}};
    if (charset_fill(&place, at) < 0) return -1;
    for (Py_ssize_t i = 0; i < own->before; i++)
        if (charset_fill(&own->sets[i], PyTuple_GET_ITEM(before, i)) < 0) return -1;
    for (Py_ssize_t i = 0; i < own->after; i++)
        if (charset_fill(&own->sets[own->before + i], PyTuple_GET_ITEM(after, i)) < 0) return -1;
    uint64_t bit = (uint64_t)1 << (self->count - 1);
    for (int c = 0; c <= LATIN; c++) {
        if (c < LATIN && place.holds[c]) self->at[c] |= bit;
        if (!own->after || (c < LATIN && own->sets[own->before].holds[c])) self->next[c] |= bit;
    }
    return 0;
}

static int places_init(Places *self, PyObject *args, PyObject *keywords) {
    PyObject *groups;
    if (self->groups || !PyArg_ParseTuple(args, "O!", &PyList_Type, &groups)) return -1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(groups); i++) {
        PyObject *group = PyList_GET_ITEM(groups, i);
        if (!PyTuple_Check(group)) {
            PyErr_SetString(PyExc_ValueError, "a group is a tuple of shapes");
            return -1;
        }
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(group); j++)
            if (places_add(self, i, PyTuple_GET_ITEM(group, j)) < 0) return -1;
    }
    self->groups = PyList_GET_SIZE(groups);
    return 0;
}

static inline int shape_is_at(const Shape *shape, int kind, const void *data, Py_ssize_t size, Py_ssize_t place) {
    if (place < shape->before || size - place <= shape->after) return 0;
    const Charset *set = shape->sets;
    for (Py_ssize_t i = place - shape->before; i <= place + shape->after; i++) {
        if (i == place) continue;
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c >= LATIN || !set++->holds[c]) return 0;
    }
    return 1;
}

/* The shapes that may be at a place by the two characters from there; the second is one of the text, too. */
static inline uint64_t shapes_at(const Places *self, int kind, const void *data, Py_ssize_t place) {
    Py_UCS4 c = PyUnicode_READ(kind, data, place), next = PyUnicode_READ(kind, data, place + 1);
    return self->at[c < LATIN ? c : LATIN] & self->next[next < LATIN ? next : LATIN];
}

/* Adds a place to the list of a group, which is made where it is needed. */
static int places_note(PyObject *found, Py_ssize_t group, Py_ssize_t place) {
    PyObject *list = PyTuple_GET_ITEM(found, group);
    if (!list) {
        list = PyList_New(0);
        PyTuple_SET_ITEM(found, group, list);
    }
    return list ? append(list, PyLong_FromSsize_t(place)) : -1;
}

/* Notes all places of a text; inlined for each kind of text. In most runs of eight characters there is none. */
static inline int places_scan(const Places *self, int kind, const void *data, Py_ssize_t size, PyObject *found) {
    for (Py_ssize_t place = 0, end; place < size; place = end) {
        end = size - place < 9 ? size : place + 8;
#define AT(i) shapes_at(self, kind, data, place + i)
        if (end < size && !(AT(0) | AT(1) | AT(2) | AT(3) | AT(4) | AT(5) | AT(6) | AT(7))) continue;
#undef AT
        for (; place < end; place++) {
            Py_UCS4 last = PyUnicode_READ(kind, data, place); /* nothing is known of what is not behind the text's last one */
            uint64_t shapes = place + 1 < size ? shapes_at(self, kind, data, place) : self->at[last < LATIN ? last : LATIN];
            Py_ssize_t group = -1; /* the last one that has this place: its shapes stand side by side */
            for (; shapes; shapes &= shapes - 1) {
                const Shape *shape = &self->shapes[__builtin_ctzll(shapes)];
                if (shape->group == group || !shape_is_at(shape, kind, data, size, place)) continue;
                group = shape->group;
                if (places_note(found, group, place) < 0) return -1;
            }
        }
    }
    return 0;
}

static PyObject *places_found(Places *self, PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "a text is a str, not %s", Py_TYPE(text)->tp_name);
    PyObject *found = PyUnicode_READY(text) < 0 ? NULL : PyTuple_New(self->groups);
    if (!found) return NULL;
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    int failed = 0;
    switch (PyUnicode_KIND(text)) {
        case PyUnicode_1BYTE_KIND: failed = places_scan(self, PyUnicode_1BYTE_KIND, data, size, found); break;
        case PyUnicode_2BYTE_KIND: failed = places_scan(self, PyUnicode_2BYTE_KIND, data, size, found); break;
        default: failed = places_scan(self, PyUnicode_4BYTE_KIND, data, size, found);
    }
    for (Py_ssize_t i = 0; !failed && i < self->groups; i++)
        if (!PyTuple_GET_ITEM(found, i)) PyTuple_SET_ITEM(found, i, PyTuple_New(0));
    if (failed) Py_CLEAR(found);
    return found;
}

static PyMethodDef places_methods[] = {
    {"found", (PyCFunction)places_found, METH_O, "For each group, the places in a text where one of its shapes is."},
    {NULL}};

static PyTypeObject PlacesType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Places",
    .tp_basicsize = sizeof(Places),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Finds where characters of given sets stand side by side, in one pass over a text.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)places_init,
    .tp_dealloc = (destructor)places_dealloc,
    .tp_methods = places_methods,
};

#endif
