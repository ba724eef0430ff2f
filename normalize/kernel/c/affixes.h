/* Affixes(stems, clitics, circumfixes, bound, shortest): whether a word is affixes around a stem.
 *
 * The definition is Python: spelling/morphology.py, analyses. A stem is short and most words have none, so
 * each reading is a look-up in a set; words are UTF-8, of which only ASCII is looked at letter by letter.
 */
#ifndef NORMALIZE_KERNEL_AFFIXES_H
#define NORMALIZE_KERNEL_AFFIXES_H
#include "set.h"

enum { MOST_AFFIXES = 64, MOST_SUFFIXES = 8, LONGEST_AFFIX = 16, LONGEST_FORMED = LONGEST_WORD };

struct affix {
    char bytes[LONGEST_AFFIX];
    size_t length;
};

typedef struct {
    PyObject_HEAD
    Set stems;
    struct affix clitics[MOST_AFFIXES], bound[MOST_AFFIXES];
    struct circumfix {
        struct affix prefix, suffixes[MOST_SUFFIXES];
        size_t count;
    } circumfixes[MOST_AFFIXES];
    size_t clitic_count, bound_count, circumfix_count;
    size_t shortest; /* code points a stem has at least */
} Affixes;

static void affixes_dealloc(Affixes *self) {
    set_free(&self->stems);
    object_free((PyObject *)self);
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
        if (bytes && length > LONGEST_AFFIX) PyErr_SetString(PyExc_ValueError, "too long for an affix");
        if (PyErr_Occurred()) return -1;
        memcpy(into[i].bytes, bytes, (size_t)length);
        into[i].length = (size_t)length;
    }
    return PyTuple_GET_SIZE(tuple);
}

static int affixes_read_circumfixes(Affixes *self, PyObject *circumfixes) {
    PyObject *prefix, *suffixes;
    for (Py_ssize_t at = 0; PyDict_Next(circumfixes, &at, &prefix, &suffixes); self->circumfix_count++) {
        if (self->circumfix_count == MOST_AFFIXES) {
            PyErr_SetString(PyExc_ValueError, "too many circumfixes");
            return -1;
        }
        struct circumfix *next = &self->circumfixes[self->circumfix_count];
        PyObject *one = PyTuple_Pack(1, prefix);
        Py_ssize_t read = one ? affixes_read(one, &next->prefix, 1) : -1;
        Py_XDECREF(one);
        if (read < 0 || (read = affixes_read(suffixes, next->suffixes, MOST_SUFFIXES)) < 0) return -1;
        next->count = (size_t)read;
    }
    return 0;
}

static int affixes_build(Affixes *self, PyObject *clitics, PyObject *circumfixes, PyObject *bound,
                         PyObject *stems) {
    Py_ssize_t count = affixes_read(clitics, self->clitics, MOST_AFFIXES);
    Py_ssize_t others = count < 0 ? -1 : affixes_read(bound, self->bound, MOST_AFFIXES);
    if (others < 0) return -1;
    self->clitic_count = (size_t)count;
    self->bound_count = (size_t)others;
    for (size_t i = 0; i < self->bound_count; i++)
        if (!self->bound[i].length) {
            PyErr_SetString(PyExc_ValueError, "a bound prefix is not empty: it may stand before itself");
            return -1;
        }
    return affixes_read_circumfixes(self, circumfixes) < 0 ? -1 : set_fill(&self->stems, stems);
}

static PyObject *affixes_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"stems", "clitics", "circumfixes", "bound", "shortest", NULL};
    PyObject *stems, *clitics, *circumfixes, *bound;
    Py_ssize_t shortest;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO!On:Affixes", names, &stems, &clitics, &PyDict_Type,
                                     &circumfixes, &bound, &shortest))
        return NULL;
    if (shortest < 0) return PyErr_Format(PyExc_ValueError, "a stem has no less than 0 letters");
    Affixes *self = (Affixes *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->stems = set_of(type);
    self->shortest = (size_t)shortest;
    if (affixes_build(self, clitics, circumfixes, bound, stems) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static int begins_with(const char *word, size_t length, const struct affix *affix) {
    return length >= affix->length && !memcmp(word, affix->bytes, affix->length);
}

static int ends_with(const char *word, size_t length, const struct affix *affix) {
    return length >= affix->length && !memcmp(word + length - affix->length, affix->bytes, affix->length);
}

/* How many code points UTF-8 has. */
static size_t points_in(const char *bytes, size_t length) {
    size_t points = 0;
    for (size_t i = 0; i < length; i++) points += (bytes[i] & 0xC0) != 0x80;
    return points;
}

/* What is left of a word without its prefix, what it is looked for as, and how short a stem in it may be. */
struct rest {
    const char *bytes;
    size_t length, shortest;
};

/* Whether `letter`, if there is one, and a rest are a stem and one of the suffixes. */
static int is_stem_and_suffix(const Affixes *self, const struct circumfix *around, char letter,
                              struct rest rest) {
    char whole[LONGEST_FORMED + 1];
    if (letter) {
        memcpy(whole + 1, rest.bytes, rest.length++);
        *whole = letter;
        rest.bytes = whole;
    }
    for (size_t i = 0; i < around->count; i++) {
        if (!ends_with(rest.bytes, rest.length, &around->suffixes[i])) continue;
        size_t stem = rest.length - around->suffixes[i].length;
        if (stem >= rest.shortest && set_number(&self->stems, rest.bytes, stem) >= 0 &&
            points_in(rest.bytes, stem) >= rest.shortest)
            return 1;
    }
    return 0;
}

static int is_one_of(char letter, const char *letters) { return letter && strchr(letters, letter) != NULL; }

/* The same for what may have stood before me- or pe- made `rest` of it: morphology._without_nasal. */
static int is_nasal_and_suffix(const Affixes *self, const struct circumfix *around, struct rest rest) {
    char first = rest.length ? rest.bytes[0] : 0, second = rest.length > 1 ? rest.bytes[1] : 0;
    char third = rest.length > 2 ? rest.bytes[2] : 0;
#define HOLDS(letter, skipped)                                                                               \
    is_stem_and_suffix(self, around, letter,                                                                 \
                       (struct rest){rest.bytes + (skipped), rest.length - (skipped), rest.shortest})
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
#undef HOLDS
}

/* Whether a word is one of the circumfixes around a stem of at least `shortest` code points, and a clitic. */
static int is_circumfixed(const Affixes *self, const char *word, size_t length, size_t shortest) {
    for (size_t c = 0; c < self->clitic_count; c++) {
        if (!ends_with(word, length, &self->clitics[c])) continue;
        size_t base = length - self->clitics[c].length;
        for (size_t i = 0; i < self->circumfix_count; i++) {
            const struct circumfix *around = &self->circumfixes[i];
            const struct affix *prefix = &around->prefix;
            if (!begins_with(word, base, prefix)) continue;
            struct rest rest = {word + prefix->length, base - prefix->length, shortest};
            if (prefix->length == 2 && prefix->bytes[1] == 'e' &&
                (prefix->bytes[0] == 'm' || prefix->bytes[0] == 'p')) {
                if (is_nasal_and_suffix(self, around, rest)) return 1;
                continue;
            }
            int is_er = prefix->length && prefix->bytes[prefix->length - 1] == 'r';
            if (is_er && rest.length && *rest.bytes == 'r') continue; /* ber + r is be-: berambut */
            if (is_stem_and_suffix(self, around, 0, rest)) return 1;
            if (is_er && is_stem_and_suffix(self, around, 'r', rest)) return 1; /* berenang */
        }
    }
    return 0;
}

static int is_well_formed(const Affixes *self, const char *word, size_t length, size_t shortest) {
    if (is_circumfixed(self, word, length, shortest)) return 1;
    for (size_t i = 0; i < self->bound_count; i++) {
        size_t prefix = self->bound[i].length;
        if (begins_with(word, length, &self->bound[i]) &&
            is_well_formed(self, word + prefix, length - prefix, self->shortest + 1))
            return 1;
    }
    return 0;
}

/* well_formed(word) -> bool; an overlong word is none */
static PyObject *affixes_well_formed(Affixes *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = utf8_of(word, &length);
    if (!bytes) return NULL;
    return PyBool_FromLong(length <= LONGEST_FORMED &&
                           is_well_formed(self, bytes, (size_t)length, self->shortest));
}

static PyMethodDef affixes_methods[] = {
    {"well_formed", (PyCFunction)affixes_well_formed, METH_O, "Whether some reading of a word holds."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot affixes_slots[] = {{Py_tp_doc, "Affixes around known stems: interfaces.Affixes."},
                                      {Py_tp_new, affixes_new},
                                      {Py_tp_dealloc, affixes_dealloc},
                                      {Py_tp_methods, affixes_methods},
                                      {0, NULL}};

static PyType_Spec affixes_spec = {.name = "normalize.kernel._native.Affixes",
                                   .basicsize = sizeof(Affixes),
                                   .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                   .slots = affixes_slots};

#endif
