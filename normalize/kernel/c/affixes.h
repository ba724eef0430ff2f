/* Affixes(stems, clitics, circumfixes, bound, shortest): a word as affixes around a stem.
 *
 * The definition is Python: spelling/morphology.py, analyses. A stem is short and most words have none, so each analysis is
 * a look-up in a set; words are UTF-8, of which only ASCII is looked at letter by letter. */
#ifndef NORMALIZE_KERNEL_AFFIXES_H
#define NORMALIZE_KERNEL_AFFIXES_H
#include "letters.h"
#include "table.h"

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
    if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) > most)
        return PyErr_Format(PyExc_ValueError, "affixes are a tuple of strings, not too many"), -1;
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
        if (self->circumfix_count == MOST_AFFIXES) return PyErr_Format(PyExc_ValueError, "too many circumfixes"), -1;
        struct circumfix *next = &self->circumfixes[self->circumfix_count];
        PyObject *one = PyTuple_Pack(1, prefix);
        Py_ssize_t read = one ? affixes_read(one, &next->prefix, 1) : -1;
        Py_XDECREF(one);
        if (read < 0 || (read = affixes_read(suffixes, next->suffixes, MOST_SUFFIXES)) < 0) return -1;
        next->count = (size_t)read;
    }
    return 0;
}

static int affixes_build(Affixes *self, PyObject *clitics, PyObject *circumfixes, PyObject *bound, PyObject *stems) {
    Py_ssize_t count = affixes_read(clitics, self->clitics, MOST_AFFIXES);
    Py_ssize_t others = count < 0 ? -1 : affixes_read(bound, self->bound, MOST_AFFIXES);
    if (others < 0) return -1;
    self->clitic_count = (size_t)count;
    self->bound_count = (size_t)others;
    for (size_t i = 0; i < self->bound_count; i++)
        if (!self->bound[i].length)
            return PyErr_Format(PyExc_ValueError, "a bound prefix is not empty: it may stand before itself"), -1;
    return affixes_read_circumfixes(self, circumfixes) < 0 || set_fill(&self->stems, stems) < 0 ? -1 : 0;
}

static PyObject *affixes_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"stems", "clitics", "circumfixes", "bound", "shortest", NULL};
    PyObject *stems, *clitics, *circumfixes, *bound;
    Py_ssize_t shortest;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "OOO!On:Affixes", names, &stems, &clitics, &PyDict_Type, &circumfixes,
                                     &bound, &shortest))
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

/* The stems of a word's analyses, as many as there is room for. */
enum { MOST_STEMS = 16, LONGEST_STEM = 80 /* bytes */ };
struct stems {
    size_t count;
    struct stem {
        char bytes[LONGEST_STEM];
        size_t length;
        int affixes; /* around it: a prefix, a suffix, a clitic */
    } found[MOST_STEMS];
};

/* What is looked for in a word: whether it has an analysis, all of them, or their stems. */
struct parsing {
    const Affixes *affixes;
    PyObject *found;     /* a list to put the analyses to */
    struct stems *stems; /* what to put stems to; where neither is there, the first analysis is the end */
    const char *word;    /* with the bound prefixes */
    const struct affix *suffix, *clitic;
    size_t shortest; /* code points a stem has at least */
    size_t prefix;   /* bytes of the word that are prefixes, bound ones among them */
};

/* What is left of a word without its prefix. */
struct rest {
    const char *bytes;
    size_t length;
};

/* Takes note of an analysis: 1 to stop, 0 to look on, -1 with an exception set. */
static int parse_hit(const struct parsing *self, const char *stem, size_t length) {
    if (self->stems) {
        if (self->stems->count == MOST_STEMS || length > LONGEST_STEM) return 1;
        struct stem *next = &self->stems->found[self->stems->count++];
        memcpy(next->bytes, stem, length);
        next->length = length;
        next->affixes = (self->prefix > 0) + (self->suffix->length > 0) + (self->clitic->length > 0);
        return 0;
    }
    if (!self->found) return 1;
    PyObject *analysis =
        Py_BuildValue("(s#s#s#s#)", self->word, (Py_ssize_t)self->prefix, stem, (Py_ssize_t)length, self->suffix->bytes,
                      (Py_ssize_t)self->suffix->length, self->clitic->bytes, (Py_ssize_t)self->clitic->length);
    int failed = analysis ? PyList_Append(self->found, analysis) : -1;
    Py_XDECREF(analysis);
    return failed;
}

/* The analyses of `letter`, if there is one, and a rest as a stem and one of the suffixes. */
static int parse_stem(struct parsing *self, const struct circumfix *around, char letter, struct rest rest) {
    char whole[LONGEST_FORMED + 1];
    if (letter) {
        memcpy(whole + 1, rest.bytes, rest.length++);
        *whole = letter;
        rest.bytes = whole;
    }
    for (size_t i = 0; i < around->count; i++) {
        self->suffix = &around->suffixes[i];
        if (!ends_with(rest.bytes, rest.length, self->suffix)) continue;
        size_t stem = rest.length - self->suffix->length;
        const unsigned char *bytes = (const unsigned char *)rest.bytes;
        if (stem >= self->shortest && set_number(&self->affixes->stems, rest.bytes, stem) >= 0 &&
            code_points(bytes, bytes + stem) >= (Py_ssize_t)self->shortest) {
            int status = parse_hit(self, rest.bytes, stem);
            if (status) return status;
        }
    }
    return 0;
}

static int is_one_of(char letter, const char *letters) { return letter && strchr(letters, letter) != NULL; }

/* The same for what may have stood before me- or pe- made `rest` of it: morphology._without_nasal. */
static int parse_nasal(struct parsing *self, const struct circumfix *around, struct rest rest) {
    char first = rest.length ? rest.bytes[0] : 0, second = rest.length > 1 ? rest.bytes[1] : 0;
    char third = rest.length > 2 ? rest.bytes[2] : 0;
    int status = 0;
#define LOOK(letter, skipped)                                                                                               \
    (status = parse_stem(self, around, letter, (struct rest){rest.bytes + (skipped), rest.length - (skipped)}))
    if (is_one_of(first, "lmnrwy") && LOOK(0, 0)) return status;
    if (first == 'n' && second == 'g') {
        if (third == 'e' && LOOK(0, 3)) return status;
        if (is_one_of(third, "aeiou")) return LOOK(0, 2) ? status : LOOK('k', 2);
        return is_one_of(third, "ghkq") ? LOOK(0, 2) : 0;
    }
    if (first == 'n' && second == 'y') return LOOK('s', 2);
    if (first == 'n' && is_one_of(second, "aeiou")) return LOOK('t', 1);
    if (first == 'n') return is_one_of(second, "dcjzst") ? LOOK(0, 1) : 0;
    if (first == 'm' && is_one_of(second, "aeiou")) return LOOK('p', 1);
    return first == 'm' && is_one_of(second, "bfvp") ? LOOK(0, 1) : 0;
#undef LOOK
}

/* The analyses of what stands in a word behind `bound` bytes of bound prefixes, up to its end, as one of the circumfixes
 * around a stem, and a clitic. */
static int parse_circumfixes(struct parsing *self, size_t bound, size_t length) {
    const Affixes *affixes = self->affixes;
    const char *word = self->word + bound;
    length -= bound;
    for (size_t c = 0; c < affixes->clitic_count; c++) {
        self->clitic = &affixes->clitics[c];
        if (!ends_with(word, length, self->clitic)) continue;
        size_t base = length - self->clitic->length;
        for (size_t i = 0; i < affixes->circumfix_count; i++) {
            const struct circumfix *around = &affixes->circumfixes[i];
            const struct affix *prefix = &around->prefix;
            if (!begins_with(word, base, prefix)) continue;
            self->prefix = bound + prefix->length;
            struct rest rest = {word + prefix->length, base - prefix->length};
            int nasal = prefix->length == 2 && prefix->bytes[1] == 'e' && is_one_of(prefix->bytes[0], "mp");
            int is_er = prefix->length && prefix->bytes[prefix->length - 1] == 'r';
            if (is_er && rest.length && *rest.bytes == 'r') continue; /* ber + r is be-: berambut */
            int status = nasal ? parse_nasal(self, around, rest) : parse_stem(self, around, 0, rest);
            if (!status && is_er) status = parse_stem(self, around, 'r', rest); /* berenang */
            if (status) return status;
        }
    }
    return 0;
}

/* The analyses of what stands in a word behind `bound` bytes of bound prefixes, up to its end. */
static int parse_all(struct parsing *self, size_t bound, size_t length) {
    const Affixes *affixes = self->affixes;
    int status = parse_circumfixes(self, bound, length);
    for (size_t i = 0; !status && i < affixes->bound_count; i++) {
        if (!begins_with(self->word + bound, length - bound, &affixes->bound[i])) continue;
        self->shortest = affixes->shortest + 1;
        status = parse_all(self, bound + affixes->bound[i].length, length);
    }
    return status;
}

/* Looks a word through; as parse_all does. An overlong word has no analysis. */
static int affixes_parse(const Affixes *self, PyObject *word, PyObject *found) {
    Py_ssize_t length;
    const char *bytes = utf8_of(word, &length);
    if (!bytes) return -1;
    struct parsing parsing = {.affixes = self, .found = found, .word = bytes, .shortest = self->shortest};
    return length <= LONGEST_FORMED ? parse_all(&parsing, 0, (size_t)length) : 0;
}

/* well_formed(word) -> bool */
static PyObject *affixes_well_formed(Affixes *self, PyObject *word) {
    int status = affixes_parse(self, word, NULL);
    return status < 0 ? NULL : PyBool_FromLong(status);
}

/* analyses(word) -> list of (prefix, stem, suffix, clitic) */
static PyObject *affixes_analyses(Affixes *self, PyObject *word) {
    PyObject *found = PyList_New(0);
    if (found && affixes_parse(self, word, found) < 0) Py_CLEAR(found);
    return found;
}

static PyMethodDef affixes_methods[] = {
    {"well_formed", (PyCFunction)affixes_well_formed, METH_O, "Whether a word has an analysis."},
    {"analyses", (PyCFunction)affixes_analyses, METH_O, "The analyses of a word."},
    {NULL, NULL, 0, NULL}};

#endif
