/* Literals(list of tuples of bytes): in which groups a string occurs in a text (Aho and Corasick 1975).
 *
 * A literal ends on an edge, not in a state, so that its last byte needs none: many short ones make a small table.
 */
#ifndef NORMALIZE_KERNEL_LITERALS_H
#define NORMALIZE_KERNEL_LITERALS_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

typedef struct {
    PyObject_HEAD
    int32_t *next;     /* edge, 256 * state + byte -> 256 * state, failures built in; the sign bit is set where a literal ends */
    int32_t *ends;     /* edge -> first of `outputs`, 0 for none */
    int32_t *outputs;  /* pairs: number of a group, next pair or 0; the first is not used */
    size_t states, pairs;
    Py_ssize_t longest; /* bytes of the longest literal */
    PyObject *groups;  /* a byte each: 1 for a group without literals, which always counts as found */
} Literals;

static void literals_dealloc(Literals *self) {
    free(self->next);
    free(self->ends);
    free(self->outputs);
    Py_XDECREF(self->groups);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Checks the groups, and counts the states they may need; 0 with an exception set where they are not what they should be. */
static size_t literals_measure(PyObject *list) {
    size_t states = 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        for (Py_ssize_t j = 0; PyTuple_Check(group) && j < PyTuple_GET_SIZE(group); j++) {
            PyObject *literal = PyTuple_GET_ITEM(group, j);
            if (!PyBytes_Check(literal) || !PyBytes_GET_SIZE(literal)) group = Py_None;
            else states += (size_t)PyBytes_GET_SIZE(literal) - 1;
        }
        if (!PyTuple_Check(group)) {
            PyErr_SetString(PyExc_ValueError, "a group is a tuple of bytes, none of them empty");
            return 0;
        }
    }
    return states;
}

static int literals_init(Literals *self, PyObject *args, PyObject *keywords) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return -1;
    size_t states = literals_measure(list);
    if (!states || self->next) return -1;
    Py_ssize_t groups = PyList_GET_SIZE(list);
    self->groups = PyBytes_FromStringAndSize(NULL, groups);
    if (!self->groups) return -1;
    self->next = calloc(states * 256, sizeof *self->next);
    self->ends = calloc(states * 256, sizeof *self->ends);
    int32_t *failure = calloc(states, sizeof *failure), *queue = malloc(states * sizeof *queue);
    size_t most = 64;
    self->outputs = malloc(most * 2 * sizeof *self->outputs);
    if (!self->next || !self->ends || !failure || !queue || !self->outputs) goto memory;
    self->states = self->pairs = 1;
    self->longest = 1;
    for (Py_ssize_t i = 0; i < groups; i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        PyBytes_AS_STRING(self->groups)[i] = PyTuple_GET_SIZE(group) == 0;
        for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(group); k++) {
            PyObject *literal = PyTuple_GET_ITEM(group, k);
            const unsigned char *bytes = (const unsigned char *)PyBytes_AS_STRING(literal);
            if (PyBytes_GET_SIZE(literal) > self->longest) self->longest = PyBytes_GET_SIZE(literal);
            int32_t *edge, *end, state = 0;
            for (Py_ssize_t j = 0; edge = &self->next[state * 256 + bytes[j]], j < PyBytes_GET_SIZE(literal) - 1; j++) {
                if (!*edge) *edge = (int32_t)self->states++;
                state = *edge;
            }
            end = &self->ends[edge - self->next];
            if (self->pairs == most) {
                void *outputs = realloc(self->outputs, (most *= 2) * 2 * sizeof *self->outputs);
                if (!outputs) goto memory;
                self->outputs = outputs;
            }
            self->outputs[self->pairs * 2] = (int32_t)i;
            self->outputs[self->pairs * 2 + 1] = *end;
            *end = (int32_t)self->pairs++;
        }
    }
    size_t head = 0, tail = 0;
    for (int c = 0; c < 256; c++)
        if (self->next[c]) queue[tail++] = self->next[c];
    while (head < tail) {
        int32_t state = queue[head++];
        for (int c = 0; c < 256; c++) {
            int32_t *edge = &self->next[state * 256 + c], *end = &self->ends[state * 256 + c];
            int32_t after_failure = failure[state] * 256 + c, last = *end;
            while (last && self->outputs[last * 2 + 1]) last = self->outputs[last * 2 + 1];
            *(last ? &self->outputs[last * 2 + 1] : end) = self->ends[after_failure]; /* what ends there ends here too */
            if (*edge) {
                failure[*edge] = self->next[after_failure];
                queue[tail++] = *edge;
            } else
                *edge = self->next[after_failure];
        }
    }
    for (size_t i = 0; i < self->states * 256; i++) /* as literals_found walks it */
        self->next[i] = self->next[i] * 256 | (self->ends[i] ? INT32_MIN : 0);
    free(failure);
    free(queue);
    return 0;
memory:
    free(failure);
    free(queue);
    PyErr_NoMemory();
    return -1;
}

/* The state behind `state` and `byte`, states being times 256; tells what ends there. */
static inline int32_t literals_step(const Literals *self, int32_t state, unsigned char byte, char *found) {
    int32_t edge = state + byte, step = self->next[edge];
    if (step < 0)
        for (int32_t pair = self->ends[edge]; pair; pair = self->outputs[pair * 2 + 1]) found[self->outputs[pair * 2]] = 1;
    return step & INT32_MAX;
}

/* A byte for each group: 1 where one of its literals occurs in a newline and `data`, or it was 1 in `before`.
 *
 * A step waits for memory to tell where the one before it led. So parts of the data are walked side by side, all but the first
 * from where a literal that ends in them may begin.
 */
static PyObject *literals_found(Literals *self, PyObject *args) {
    char *bytes;
    Py_ssize_t size;
    PyObject *before = Py_None;
    if (!PyArg_ParseTuple(args, "y#|O", &bytes, &size, &before)) return NULL;
    if (!self->groups) return PyErr_Format(PyExc_ValueError, "not initialised");
    Py_ssize_t count = PyBytes_GET_SIZE(self->groups);
    if (before != Py_None && !(PyBytes_Check(before) && PyBytes_GET_SIZE(before) == count))
        return PyErr_Format(PyExc_ValueError, "what was found before is a byte for each group");
    PyObject *result = PyBytes_FromStringAndSize(NULL, count); /* not of a string: one byte would be everyone's */
    if (!result) return NULL;
    char *found = memcpy(PyBytes_AS_STRING(result), PyBytes_AS_STRING(before == Py_None ? self->groups : before), (size_t)count);
    enum { PARTS = 4 };
    Py_ssize_t part = size / PARTS, reach = self->longest - 1, at = 0;
    int32_t states[PARTS] = {0};
    states[0] = literals_step(self, 0, '\n', found);
    if (part > reach) {
        const char *parts[PARTS] = {bytes};
        for (int k = 1; k < PARTS; k++) parts[k] = bytes + k * part - reach;
        for (Py_ssize_t i = 0; i < part + reach; i++)
#pragma GCC unroll 4
            for (int k = 0; k < PARTS; k++) states[k] = literals_step(self, states[k], (unsigned char)parts[k][i], found);
        at = PARTS * part;
    }
    for (int32_t state = states[at ? PARTS - 1 : 0]; at < size; at++) state = literals_step(self, state, (unsigned char)bytes[at], found);
    return result;
}

static PyMethodDef literals_methods[] = {
    {"found", (PyCFunction)literals_found, METH_VARARGS, "A byte for each group: 1 where one of its literals occurs in the data, or it has none."},
    {NULL}};

static PyTypeObject LiteralsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Literals",
    .tp_basicsize = sizeof(Literals),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Finds which of many literals occur in a text, in one pass.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)literals_init,
    .tp_dealloc = (destructor)literals_dealloc,
    .tp_methods = literals_methods,
};

#endif
