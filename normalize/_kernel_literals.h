/* Literals(list of tuples of bytes): in which groups a string occurs in a text.
 *
 * Each literal is known by its rarest two bytes. A bit for every two bytes tells whether they are some literal's; only
 * there literals are compared. Unlike an automaton's, no step waits for the one before.
 */
#ifndef NORMALIZE_KERNEL_LITERALS_H
#define NORMALIZE_KERNEL_LITERALS_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define BYTES 256
#define TELLING (BYTES * BYTES)

typedef struct {
    PyObject_HEAD
    PyObject *groups; /* the tuples, which own the bytes */
    PyObject *empty;  /* a byte each: 1 for a group without literals, which always counts as found */
    struct literal {
        const unsigned char *bytes;
        Py_ssize_t length, group;
        Py_ssize_t telling; /* where its rarest two bytes begin */
        int32_t next;       /* of the same two bytes; -1 */
    } *literals;
    int32_t *firsts;                  /* by two bytes: the first literal; those of one byte by it alone, behind */
    unsigned char told[TELLING / 8];  /* a bit for each two bytes that some literal is known by, or begin with one */
} Literals;

static void literals_dealloc(Literals *self) {
    free(self->literals);
    free(self->firsts);
    Py_XDECREF(self->groups);
    Py_XDECREF(self->empty);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Checks the groups, and counts their literals; -1 with an exception set where they are not what they should be. */
static Py_ssize_t literals_measure(PyObject *list) {
    Py_ssize_t count = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        for (Py_ssize_t j = 0; PyTuple_Check(group) && j < PyTuple_GET_SIZE(group); j++, count++) {
            PyObject *literal = PyTuple_GET_ITEM(group, j);
            if (!PyBytes_Check(literal) || !PyBytes_GET_SIZE(literal)) group = Py_None;
        }
        if (!PyTuple_Check(group)) {
            PyErr_SetString(PyExc_ValueError, "a group is a tuple of bytes, none of them empty");
            return -1;
        }
    }
    return count;
}

static unsigned two_bytes(const unsigned char *bytes) { return bytes[0] | (unsigned)bytes[1] << 8; }

/* How rare a byte is in Indonesian news: its place in the order of how often they occur there. */
static int rarity(unsigned char byte) {
    static const char frequent[] = "a neirtuksmdglpobhy,.jPScKw2MA0\nIBTDf1-RJ\")(Nv/5HGULC93O4EWFY67z:8V'x?q";
    const char *place = byte ? strchr(frequent, byte) : NULL;
    return place ? (int)(place - frequent) : (int)sizeof frequent;
}

static int literals_init(Literals *self, PyObject *args, PyObject *keywords) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return -1;
    Py_ssize_t count = literals_measure(list), groups = PyList_GET_SIZE(list), number = 0;
    if (count < 0 || self->groups) return -1;
    self->groups = PyList_GetSlice(list, 0, groups);
    self->empty = PyBytes_FromStringAndSize(NULL, groups);
    self->literals = malloc((size_t)(count + 1) * sizeof *self->literals);
    self->firsts = malloc((TELLING + BYTES) * sizeof *self->firsts);
    if (!self->groups || !self->empty || !self->literals || !self->firsts) {
        PyErr_NoMemory();
        return -1;
    }
    memset(self->firsts, -1, (TELLING + BYTES) * sizeof *self->firsts);
    for (Py_ssize_t i = 0; i < groups; i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        PyBytes_AS_STRING(self->empty)[i] = PyTuple_GET_SIZE(group) == 0;
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(group); j++, number++) {
            struct literal *literal = &self->literals[number];
            literal->bytes = (const unsigned char *)PyBytes_AS_STRING(PyTuple_GET_ITEM(group, j));
            literal->length = PyBytes_GET_SIZE(PyTuple_GET_ITEM(group, j));
            literal->group = i;
            literal->telling = 0;
            for (Py_ssize_t k = 1; k + 1 < literal->length; k++) {
                const unsigned char *best = literal->bytes + literal->telling, *here = literal->bytes + k;
                if (rarity(here[0]) + rarity(here[1]) > rarity(best[0]) + rarity(best[1])) literal->telling = k;
            }
            int is_single = literal->length == 1;
            unsigned pair = is_single ? literal->bytes[0] : two_bytes(literal->bytes + literal->telling);
            int32_t *first = &self->firsts[is_single ? TELLING + pair : pair];
            literal->next = *first;
            *first = (int32_t)number;
            for (unsigned k = 0; k < (is_single ? BYTES : 1); k++, pair += BYTES) self->told[pair >> 3] |= (unsigned char)(1 << (pair & 7));
        }
    }
    return 0;
}

/* Notes in `found` which of the literals from `number` on stand where their telling bytes are at `place`; whether all are noted. */
static int literals_note(const Literals *self, int32_t number, const unsigned char *bytes, Py_ssize_t size, Py_ssize_t place, char *found) {
    int all = 1;
    for (; number >= 0; number = self->literals[number].next) {
        const struct literal *literal = &self->literals[number];
        Py_ssize_t start = place - literal->telling;
        if (found[literal->group]) continue;
        if (start >= 0 && literal->length <= size - start && !memcmp(bytes + start, literal->bytes, (size_t)literal->length)) found[literal->group] = 1;
        else all = 0;
    }
    return all;
}

/* A byte for each group: 1 where one of its literals occurs in `data`, or it was 1 in `before`. */
static PyObject *literals_found(Literals *self, PyObject *args) {
    const unsigned char *bytes;
    Py_ssize_t size;
    PyObject *before = Py_None;
    if (!PyArg_ParseTuple(args, "y#|O", &bytes, &size, &before)) return NULL;
    if (!self->empty) return PyErr_Format(PyExc_ValueError, "not initialised");
    Py_ssize_t count = PyBytes_GET_SIZE(self->empty);
    if (before != Py_None && !(PyBytes_Check(before) && PyBytes_GET_SIZE(before) == count))
        return PyErr_Format(PyExc_ValueError, "what was found before is a byte for each group");
    PyObject *result = PyBytes_FromStringAndSize(PyBytes_AS_STRING(before == Py_None ? self->empty : before), count);
    if (!result || !size) return result;
    char *found = PyBytes_AS_STRING(result);
    unsigned char told[TELLING / 8]; /* without what is found */
    memcpy(told, self->told, sizeof told);
    for (Py_ssize_t i = 0; i + 1 < size; i++) {
        unsigned pair = two_bytes(bytes + i);
        if (!(told[pair >> 3] >> (pair & 7) & 1)) continue;
        int all = literals_note(self, self->firsts[TELLING + bytes[i]], bytes, size, i, found);
        if (literals_note(self, self->firsts[pair], bytes, size, i, found) && all) told[pair >> 3] &= (unsigned char)~(1 << (pair & 7));
    }
    literals_note(self, self->firsts[TELLING + bytes[size - 1]], bytes, size, size - 1, found);
    return result;
}

static PyMethodDef literals_methods[] = {
    {"found", (PyCFunction)literals_found, METH_VARARGS, "A byte for each group: 1 where one of its literals occurs in the data, or it has none."},
    {NULL}};

static PyTypeObject LiteralsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Literals",
    .tp_basicsize = sizeof(Literals),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Finds which of many literals occur in a text, in one pass.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)literals_init,
    .tp_dealloc = (destructor)literals_dealloc,
    .tp_methods = literals_methods,
};

#endif
