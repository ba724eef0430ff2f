/* Parts(pairs, others, least, last, least_of_last, most): whether a run of letters may be some words side by side, or end in
 * one: pure.Parts. */
#ifndef NORMALIZE_KERNEL_PARTS_H
#define NORMALIZE_KERNEL_PARTS_H
#include "pairs.h"
#include "speller.h"

enum {
    LONGEST_PARTED = 64, /* kernel.interfaces.LONGEST_PARTED */
    MOST_PARTS = 7,      /* kernel.interfaces.MOST_PARTS: bits of a byte less one */
    LONGEST_PART = 32    /* kernel.interfaces.LONGEST_PART */
};

/* Words that are parts: those of a set, and those counted so often, by their length. */
struct part_words {
    Set set;
    double least[LONGEST_PART];
    size_t longest; /* the last of `least` */
};

typedef struct {
    PyObject_HEAD
    Pairs *pairs;
    struct part_words parts, last; /* last: those that may end a run */
    Py_ssize_t most;
} Parts;

/* Takes words and a tuple of counts; -1 with an exception set. */
static int take_part_words(struct part_words *self, PyObject *words, PyObject *least) {
    Py_ssize_t count = PyTuple_GET_SIZE(least);
    if (count < 1 || count > LONGEST_PART)
        return PyErr_Format(PyExc_ValueError, "a count by length, up to %d letters", LONGEST_PART - 1), -1;
    self->longest = (size_t)count - 1;
    return fill_doubles(self->least, count, least, "counts") < 0 || set_fill(&self->set, words) < 0 ? -1 : 0;
}

static void parts_dealloc(Parts *self) {
    Py_XDECREF(self->pairs);
    set_free(&self->parts.set);
    set_free(&self->last.set);
    object_free((PyObject *)self);
}

static PyObject *parts_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"pairs", "others", "least", "last", "least_of_last", "most", NULL};
    const State *state = PyType_GetModuleState(type);
    PyObject *pairs, *others, *least, *last, *least_of_last;
    Py_ssize_t most;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!OO!OO!n:Parts", names, state->pairs, &pairs, &others, &PyTuple_Type,
                                     &least, &last, &PyTuple_Type, &least_of_last, &most))
        return NULL;
    if (most < 1 || most > MOST_PARTS) return PyErr_Format(PyExc_ValueError, "a run has 1 to %d parts", MOST_PARTS);
    Parts *self = (Parts *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->pairs = (Pairs *)Py_NewRef(pairs);
    self->parts.set = self->last.set = set_of(type);
    self->most = most;
    if (take_part_words(&self->parts, others, least) < 0 || take_part_words(&self->last, last, least_of_last) < 0)
        Py_CLEAR(self);
    return (PyObject *)self;
}

/* Whether so many letters, of a hash, are one of the words. */
static int is_part(const Parts *self, const struct part_words *words, const char *bytes, size_t length, uint32_t hash) {
    double least = words->least[length < words->longest ? length : words->longest];
    const Set *counted = &self->pairs->words, *set = &words->set;
    if (set_may_have(set, hash) && set_find(set, bytes, length, hash) >= 0) return 1;
    if (least == INFINITY || !set_may_have(counted, hash)) return 0;
    int64_t number = set_find(counted, bytes, length, hash);
    return pairs_counted(self->pairs, number) >= (least > 1 ? least : 1);
}

/* Whether a word of ASCII letters, at most LONGEST_PARTED, is two parts or more. */
static int is_parted(const Parts *self, const char *word, size_t size) {
    const HashKeys *keys = self->parts.set.keys;
    /* By offset: a bit for each number of parts that lead there. */
    unsigned char ways[LONGEST_PARTED + 1] = {1}, most = (unsigned char)(1 << self->most);
    for (size_t start = 0; start < size; start++) {
        unsigned char fewer = ways[start] & (unsigned char)(most - 1);
        uint64_t sum = 0;
        for (size_t end = start + 1; fewer && end <= size; end++) {
            size_t length = end - start;
            sum = hash_step(keys, sum, length - 1, (unsigned char)word[end - 1]);
            if (is_part(self, &self->parts, word + start, length, hash_end(sum)) ||
                (end == size && set_number(&self->last.set, word + start, length) >= 0))
                ways[end] |= (unsigned char)(fewer << 1);
        }
    }
    return ways[size] > 2; /* more than none and one */
}

/* may_be_parted(word) -> bool */
static PyObject *parts_may_be_parted(Parts *self, PyObject *string) {
    Py_ssize_t size;
    const char *word = utf8_of(string, &size);
    if (!word) return NULL;
    if (size > LONGEST_PARTED || !PyUnicode_IS_ASCII(string)) Py_RETURN_TRUE; /* not looked at */
    return PyBool_FromLong(is_parted(self, word, (size_t)size));
}

/* Whether a word of ASCII letters ends in a last part, behind so many letters or more. */
static int ends_in_last(const Parts *self, const char *word, size_t size, size_t before) {
    for (size_t cut = before; cut < size; cut++) {
        size_t length = size - cut;
        if (length <= LONGEST_WORD &&
            is_part(self, &self->last, word + cut, length, hash_of(self->last.set.keys, word + cut, length)))
            return 1;
    }
    return 0;
}

/* has_last(word, before) -> bool */
static PyObject *parts_has_last(Parts *self, PyObject *args) {
    PyObject *string;
    Py_ssize_t size, before;
    if (!PyArg_ParseTuple(args, "Un", &string, &before)) return NULL;
    const char *word = utf8_of(string, &size);
    if (!word) return NULL;
    if (!PyUnicode_IS_ASCII(string)) Py_RETURN_TRUE; /* not looked at */
    return PyBool_FromLong(ends_in_last(self, word, (size_t)size, before < 0 ? 0 : (size_t)before));
}

static PyMethodDef parts_methods[] = {
    {"may_be_parted", (PyCFunction)parts_may_be_parted, METH_O, "Whether a run of letters may be some parts."},
    {"has_last", (PyCFunction)parts_has_last, METH_VARARGS, "Whether a run of letters may end in a last part."},
    {NULL, NULL, 0, NULL}};

#endif
