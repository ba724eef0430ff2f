/* PatternFinder(groups): where characters of given sets stand side by side, in one pass over a text: pure.PatternFinder. */
#ifndef NORMALIZE_KERNEL_PATTERNS_H
#define NORMALIZE_KERNEL_PATTERNS_H
#include "lists.h"

enum { MOST_PATTERNS = 64 /* kernel.interfaces.MOST_PATTERNS */, LATIN = 256 };

typedef struct {
    uint8_t holds[LATIN]; /* 1 for a character of the set */
} Charset;

typedef struct {
    Py_ssize_t group, before, after; /* how many sets stand before the offset, and behind it */
    Charset *sets;                   /* those before, then those behind */
} CharPattern;

typedef struct {
    PyObject_HEAD
    uint64_t at[LATIN + 1];   /* a bit for each pattern that may be at a character; the last is
                                 for all that are not Latin-1 */
    uint64_t next[LATIN + 1]; /* the same for the character behind */
    CharPattern patterns[MOST_PATTERNS];
    Py_ssize_t count, groups;
} PatternFinder;

static void patterns_dealloc(PatternFinder *self) {
    for (Py_ssize_t i = 0; i < self->count; i++) free(self->patterns[i].sets);
    object_free((PyObject *)self);
}

/* The characters of `string` into `set`; -1 with an exception set where they are none, or not all Latin-1. */
static int charset_fill(Charset *set, PyObject *string) {
    Py_ssize_t size = PyUnicode_Check(string) ? PyUnicode_GET_LENGTH(string) : 0;
    if (!size || PyUnicode_KIND(string) != PyUnicode_1BYTE_KIND)
        return PyErr_Format(PyExc_ValueError, "a set is a string of Latin-1 characters, at least one"), -1;
    for (Py_ssize_t i = 0; i < size; i++) set->holds[PyUnicode_1BYTE_DATA(string)[i]] = 1;
    return 0;
}

static int patterns_add(PatternFinder *self, Py_ssize_t group, PyObject *pattern) {
    PyObject *at, *before, *after;
    if (!PyTuple_Check(pattern) || self->count == MOST_PATTERNS)
        return PyErr_Format(PyExc_ValueError, "a pattern is a tuple, and there are at most %d", MOST_PATTERNS), -1;
    if (!PyArg_ParseTuple(pattern, "UO!O!", &at, &PyTuple_Type, &before, &PyTuple_Type, &after)) return -1;
    CharPattern *own = &self->patterns[self->count];
    *own = (CharPattern){group, PyTuple_GET_SIZE(before), PyTuple_GET_SIZE(after), NULL};
    own->sets = calloc((size_t)(own->before + own->after + 1), sizeof *own->sets);
    if (!own->sets) return PyErr_NoMemory(), -1;
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

static int patterns_build(PatternFinder *self, PyObject *groups) {
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(groups); i++) {
        PyObject *group = PyList_GET_ITEM(groups, i);
        if (!PyTuple_Check(group)) return PyErr_Format(PyExc_ValueError, "a group is a tuple of patterns"), -1;
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(group); j++)
            if (patterns_add(self, i, PyTuple_GET_ITEM(group, j)) < 0) return -1;
    }
    self->groups = PyList_GET_SIZE(groups);
    return 0;
}

static PyObject *patterns_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"groups", NULL};
    PyObject *groups;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!:PatternFinder", names, &PyList_Type, &groups)) return NULL;
    PatternFinder *self = (PatternFinder *)type->tp_alloc(type, 0);
    if (self && patterns_build(self, groups) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static inline int pattern_is_at(const CharPattern *pattern, int kind, const void *data, Py_ssize_t size, Py_ssize_t offset) {
    if (offset < pattern->before || size - offset <= pattern->after) return 0;
    const Charset *set = pattern->sets;
    for (Py_ssize_t i = offset - pattern->before; i <= offset + pattern->after; i++) {
        if (i == offset) continue;
        Py_UCS4 c = PyUnicode_READ(kind, data, i);
        if (c >= LATIN || !set++->holds[c]) return 0;
    }
    return 1;
}

/* The patterns that may be at an offset by the two characters from there; the second is one of the text, too. */
static inline uint64_t patterns_at(const PatternFinder *self, int kind, const void *data, Py_ssize_t offset) {
    Py_UCS4 c = PyUnicode_READ(kind, data, offset), next = PyUnicode_READ(kind, data, offset + 1);
    return self->at[c < LATIN ? c : LATIN] & self->next[next < LATIN ? next : LATIN];
}

/* Adds an offset to the list of a group, which is made where it is needed. */
static int patterns_note(PyObject *found, Py_ssize_t group, Py_ssize_t offset) {
    PyObject *list = PyTuple_GET_ITEM(found, group);
    if (!list) {
        list = PyList_New(0);
        PyTuple_SET_ITEM(found, group, list);
    }
    return list ? append(list, PyLong_FromSsize_t(offset)) : -1;
}

/* Notes all offsets in a text, by its kind, for each of which it is inlined. In most runs of eight characters there is
 * none. */
static inline int patterns_scan(const PatternFinder *self, int kind, const void *data, Py_ssize_t size, PyObject *found) {
    for (Py_ssize_t offset = 0, end; offset < size; offset = end) {
        end = size - offset < 9 ? size : offset + 8;
#define AT(i) patterns_at(self, kind, data, offset + i)
        if (end < size && !(AT(0) | AT(1) | AT(2) | AT(3) | AT(4) | AT(5) | AT(6) | AT(7))) continue;
#undef AT
        for (; offset < end; offset++) {
            Py_UCS4 last =
                PyUnicode_READ(kind, data, offset); /* nothing is known of what is not behind the text's last one */
            uint64_t patterns =
                offset + 1 < size ? patterns_at(self, kind, data, offset) : self->at[last < LATIN ? last : LATIN];
            Py_ssize_t group = -1; /* the last one that is at this offset: its patterns stand side by side */
            for (; patterns; patterns &= patterns - 1) {
                const CharPattern *pattern = &self->patterns[lowest_bit(patterns)];
                if (pattern->group == group || !pattern_is_at(pattern, kind, data, size, offset)) continue;
                group = pattern->group;
                if (patterns_note(found, group, offset) < 0) return -1;
            }
        }
    }
    return 0;
}

static PyObject *patterns_offsets(PatternFinder *self, PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "a text is a str, not %s", Py_TYPE(text)->tp_name);
    PyObject *found = PyTuple_New(self->groups);
    if (!found) return NULL;
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text);
    int failed = 0;
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND: failed = patterns_scan(self, PyUnicode_1BYTE_KIND, data, size, found); break;
    case PyUnicode_2BYTE_KIND: failed = patterns_scan(self, PyUnicode_2BYTE_KIND, data, size, found); break;
    default: failed = patterns_scan(self, PyUnicode_4BYTE_KIND, data, size, found);
    }
    for (Py_ssize_t i = 0; !failed && i < self->groups; i++)
        if (!PyTuple_GET_ITEM(found, i)) PyTuple_SET_ITEM(found, i, PyTuple_New(0));
    if (failed) Py_CLEAR(found);
    return found;
}

static PyMethodDef patterns_methods[] = {
    {"offsets", (PyCFunction)patterns_offsets, METH_O, "For each group, the offsets where one of its patterns is."},
    {NULL, NULL, 0, NULL}};

#endif
