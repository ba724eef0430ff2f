/* Affixes(stems, clitics, circumfixes, bound): whether a word is well formed, affixes around a stem (normalize/morphology.py). */
#ifndef NORMALIZE_KERNEL_AFFIXES_H
#define NORMALIZE_KERNEL_AFFIXES_H
#include "set.h"

enum { SHORTEST_STEM = 3, MOST_AFFIXES = 64, MOST_SUFFIXES = 8, LONGEST_FORMED = 128 };

struct affix { char bytes[16]; size_t length; };

typedef struct {
    PyObject_HEAD
    Set stems;
    struct affix clitics[MOST_AFFIXES], bound[MOST_AFFIXES];
    struct circumfix { struct affix prefix, suffixes[MOST_SUFFIXES]; size_t count; } circumfixes[MOST_AFFIXES];
    size_t clitic_count, bound_count, circumfix_count;
} Affixes;

static void affixes_dealloc(Affixes *self) {
    set_free(&self->stems);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Reads a tuple of short strings; how many, or -1 with an exception set. */
static Py_ssize_t affixes_read(PyObject *tuple, struct affix *into, Py_ssize_t most) {
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) > most) {
        PyErr_SetString(PyExc_ValueError, "affixes are a tuple of strings, not too many");
        return -1;
    }
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(tuple); i++) {
        Py_ssize_t length;
        const char *bytes = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(tuple, i), &length);
        if (bytes && length > (Py_ssize_t)sizeof into->bytes) PyErr_SetString(PyExc_ValueError, "too long for an affix");
        if (PyErr_Occurred()) return -1;
        memcpy(into[i].bytes, bytes, (size_t)length);
        into[i].length = (size_t)length;
    }
    return PyTuple_GET_SIZE(tuple);
}

static int affixes_init(Affixes *self, PyObject *args, PyObject *keywords) {
    PyObject *stems, *clitics, *circumfixes, *bound, *prefix, *suffixes;
    if (!PyArg_ParseTuple(args, "OOO!O", &stems, &clitics, &PyDict_Type, &circumfixes, &bound)) return -1;
    self->circumfix_count = self->clitic_count = self->bound_count = 0;
    Py_ssize_t place = 0, count = affixes_read(clitics, self->clitics, MOST_AFFIXES), others = affixes_read(bound, self->bound, MOST_AFFIXES);
    if (count < 0 || others < 0) return -1;
    self->clitic_count = (size_t)count;
    self->bound_count = (size_t)others;
    while (PyDict_Next(circumfixes, &place, &prefix, &suffixes)) {
        struct circumfix *next = &self->circumfixes[self->circumfix_count];
        PyObject *one = self->circumfix_count < MOST_AFFIXES ? PyTuple_Pack(1, prefix) : NULL;
        if (!one && !PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "too many circumfixes");
        Py_ssize_t read = one ? affixes_read(one, &next->prefix, 1) : -1;
        Py_XDECREF(one);
        if (read < 0 || (read = affixes_read(suffixes, next->suffixes, MOST_SUFFIXES)) < 0) return -1;
        next->count = (size_t)read;
        self->circumfix_count++;
    }
    set_free(&self->stems);
    return set_fill(&self->stems, stems);
}

static int begins_with(const char *word, size_t length, const struct affix *affix) {
    return length >= affix->length && !memcmp(word, affix->bytes, affix->length);
}

static int ends_with(const char *word, size_t length, const struct affix *affix) {
    return length >= affix->length && !memcmp(word + length - affix->length, affix->bytes, affix->length);
}

/* Whether `letter`, if there is one, and `rest` are a stem of at least `shortest` letters and one of the suffixes. */
static int is_stem_and_suffix(const Affixes *self, const struct circumfix *around, char letter, const char *rest, size_t length, size_t shortest) {
    char whole[LONGEST_FORMED + 1];
    if (letter) {
        memcpy(whole + 1, rest, length++);
        *whole = letter;
        rest = whole;
    }
    for (size_t i = 0; i < around->count; i++) {
        if (!ends_with(rest, length, &around->suffixes[i])) continue;
        size_t stem = length - around->suffixes[i].length;
        if (stem < shortest) continue;
        if (set_number(&self->stems, rest, stem) >= 0) return 1;
    }
    return 0;
}

static int is_one_of(char letter, const char *letters) { return letter && strchr(letters, letter) != NULL; }

/* The same for what may have stood before me- or pe- made `rest` of it: morphology._without_nasal. */
static int is_nasal_and_suffix(const Affixes *self, const struct circumfix *around, const char *rest, size_t length, size_t shortest) {
    char first = length ? rest[0] : 0, second = length > 1 ? rest[1] : 0, third = length > 2 ? rest[2] : 0;
#define HOLDS(letter, skipped) is_stem_and_suffix(self, around, letter, rest + (skipped), length - (skipped), shortest)
    if (is_one_of(first, "lmnrwy") && HOLDS(0, 0)) return 1;
    if (first == 'n' && second == 'g') {
        if (third == 'e' && HOLDS(0, 3)) return 1;
        if (is_one_of(third, "aeiou")) return HOLDS(0, 2) || HOLDS('k', 2);
        return is_one_of(third, "ghkq") && HOLDS(0, 2);
    }
    if (first == 'n' && second == 'y') return HOLDS('s', 2);
    if (first == 'n' && is_one_of(second, "aeiou")) return HOLDS('t', 1);
    if (first == 'n') return is_one_of(second, "dcjzst") && HOLDS(0, 1);
    if (first == 'm' && is_one_of(second, "aeiou")) return HOLDS('p', 1);
    return first == 'm' && is_one_of(second, "bfvp") && HOLDS(0, 1);
}

static int is_well_formed(const Affixes *self, const char *word, size_t length, size_t shortest) {
    for (size_t c = 0; c < self->clitic_count; c++) {
        if (!ends_with(word, length, &self->clitics[c])) continue;
        size_t base = length - self->clitics[c].length;
        for (size_t i = 0; i < self->circumfix_count; i++) {
            const struct circumfix *around = &self->circumfixes[i];
            const struct affix *prefix = &around->prefix;
            if (!begins_with(word, base, prefix)) continue;
            const char *rest = word + prefix->length;
            size_t left = base - prefix->length;
            if (prefix->length == 2 && prefix->bytes[1] == 'e' && (prefix->bytes[0] == 'm' || prefix->bytes[0] == 'p')) {
                if (is_nasal_and_suffix(self, around, rest, left, shortest)) return 1;
                continue;
            }
            int is_er = prefix->length && prefix->bytes[prefix->length - 1] == 'r';
            if (is_er && left && *rest == 'r') continue; /* ber + r is be-: berambut */
            if (is_stem_and_suffix(self, around, 0, rest, left, shortest)) return 1;
            if (is_er && is_stem_and_suffix(self, around, 'r', rest, left, shortest)) return 1; /* berenang */
        }
    }
    for (size_t i = 0; i < self->bound_count; i++)
        if (begins_with(word, length, &self->bound[i]) &&
            is_well_formed(self, word + self->bound[i].length, length - self->bound[i].length, SHORTEST_STEM + 1))
            return 1;
    return 0;
}

/* well_formed(word) -> bool; None for a word that is overlong, or not of ASCII */
static PyObject *affixes_well_formed(Affixes *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
    if (!bytes) return NULL;
    if (length > LONGEST_FORMED || !PyUnicode_IS_ASCII(word)) Py_RETURN_NONE;
    return PyBool_FromLong(is_well_formed(self, bytes, (size_t)length, SHORTEST_STEM));
}

static PyMethodDef affixes_methods[] = {
    {"well_formed", (PyCFunction)affixes_well_formed, METH_O, "Whether some reading of a word holds; None where that is not told."}, {NULL}};

static PyTypeObject AffixesType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Affixes",
    .tp_basicsize = sizeof(Affixes),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Affixes(stems, clitics, circumfixes, bound): as normalize/morphology.py has them.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)affixes_init,
    .tp_dealloc = (destructor)affixes_dealloc,
    .tp_methods = affixes_methods,
};

#endif
