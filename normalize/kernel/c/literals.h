/* Literals(groups): in which groups of byte strings one occurs in a text, in one pass (Aho and Corasick
 * 1975): pure.Literals.
 *
 * A literal ends on an edge, not in a state, so that its last byte needs none: many short ones make a small
 * table. A state takes 2 KB.
 */
#ifndef NORMALIZE_KERNEL_LITERALS_H
#define NORMALIZE_KERNEL_LITERALS_H
#include "module.h"

enum {
    MOST_STATES = INT32_MAX / 256, /* an edge is told by 256 * state + byte, in 31 bits */
    FIRST_STATES = 1
        << 15,       /* that there is room for at first, at the most: 64 MB, which are had page by page */
    LONGEST_ROW = 32 /* sets of bytes: they are gone down by recursion */
};

typedef struct {
    PyObject_HEAD
    int32_t *next;    /* edge -> 256 * state, failures built in; the sign bit is set where a literal ends */
    int32_t *ends;    /* edge -> first of `outputs`, 0 for none */
    int32_t *outputs; /* pairs: number of a group, next pair or 0; the first is not used */
    size_t states, room, pairs, most_pairs;
    Py_ssize_t longest; /* bytes of the longest literal */
    PyObject *groups;   /* a byte each: 1 for a group without literals, which always counts as found */
} Literals;

static void literals_dealloc(Literals *self) {
    free(self->next);
    free(self->ends);
    free(self->outputs);
    Py_XDECREF(self->groups);
    object_free((PyObject *)self);
}

/* Makes room for so many states in all; -1 with an exception set. */
static int literals_make_room(Literals *self, size_t room) {
    int32_t **tables[] = {&self->next, &self->ends};
    for (int i = 0; i < 2; i++) {
        int32_t *grown = realloc(*tables[i], room * 256 * sizeof *grown);
        if (!grown) {
            PyErr_NoMemory();
            return -1;
        }
        *tables[i] = grown;
    }
    self->room = room;
    return 0;
}

/* The number of a new state, without edges; -1 with an exception set. */
static int32_t literals_state(Literals *self) {
    if (self->states == MOST_STATES) {
        PyErr_SetString(PyExc_OverflowError, "the literals are too many, or too long, for one table");
        return -1;
    }
    if (self->states == self->room &&
        literals_make_room(self, self->room < MOST_STATES / 2 ? self->room * 2 : MOST_STATES) < 0)
        return -1;
    memset(self->next + self->states * 256, 0, 256 * sizeof *self->next);
    memset(self->ends + self->states * 256, 0, 256 * sizeof *self->ends);
    return (int32_t)self->states++;
}

/* Notes that a literal of a group ends on an edge; -1 with an exception set. */
static int literals_end(Literals *self, size_t edge, Py_ssize_t group) {
    if (self->pairs == self->most_pairs) {
        size_t most = self->most_pairs * 2;
        int32_t *outputs = most > INT32_MAX / 2 ? NULL : realloc(self->outputs, most * 2 * sizeof *outputs);
        if (!outputs) {
            PyErr_NoMemory();
            return -1;
        }
        self->outputs = outputs;
        self->most_pairs = most;
    }
    self->outputs[self->pairs * 2] = (int32_t)group;
    self->outputs[self->pairs * 2 + 1] = self->ends[edge];
    self->ends[edge] = (int32_t)self->pairs++;
    return 0;
}

/* The state behind an edge of the trie, made where there is none; -1 with an exception set. */
static int32_t literals_behind(Literals *self, size_t edge) {
    if (!self->next[edge]) {
        int32_t made = literals_state(self); /* may move the edges */
        if (made < 0) return -1;
        self->next[edge] = made;
    }
    return self->next[edge];
}

/* Adds a literal of a group to the trie; -1 with an exception set. */
static int literals_add(Literals *self, Py_ssize_t group, PyObject *literal) {
    const unsigned char *bytes = (const unsigned char *)PyBytes_AS_STRING(literal);
    Py_ssize_t last = PyBytes_GET_SIZE(literal) - 1;
    int32_t state = 0;
    for (Py_ssize_t i = 0; i < last; i++) {
        state = literals_behind(self, (size_t)state * 256 + bytes[i]);
        if (state < 0) return -1;
    }
    return literals_end(self, (size_t)state * 256 + bytes[last], group);
}

/* Adds all literals that a row of sets of bytes stands for, from a place in it on, behind a state. */
static int literals_add_row(Literals *self, Py_ssize_t group, PyObject *row, Py_ssize_t place,
                            int32_t state) {
    PyObject *set = PyTuple_GET_ITEM(row, place);
    for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(set); i++) {
        size_t edge = (size_t)state * 256 + (unsigned char)PyBytes_AS_STRING(set)[i];
        if (place == PyTuple_GET_SIZE(row) - 1) {
            if (literals_end(self, edge, group) < 0) return -1;
            continue;
        }
        int32_t behind = literals_behind(self, edge);
        if (behind < 0 || literals_add_row(self, group, row, place + 1, behind) < 0) return -1;
    }
    return 0;
}

/* Adds a pattern, bytes or a tuple of sets of bytes; -1 with an exception set. */
static int literals_add_pattern(Literals *self, Py_ssize_t group, PyObject *pattern) {
    Py_ssize_t size = 0;
    if (PyBytes_Check(pattern))
        size = PyBytes_GET_SIZE(pattern);
    else if (PyTuple_Check(pattern) && PyTuple_GET_SIZE(pattern) <= LONGEST_ROW)
        size = PyTuple_GET_SIZE(pattern);
    for (Py_ssize_t i = 0; size && PyTuple_Check(pattern) && i < PyTuple_GET_SIZE(pattern); i++) {
        PyObject *set = PyTuple_GET_ITEM(pattern, i);
        if (!PyBytes_Check(set) || !PyBytes_GET_SIZE(set)) size = 0;
    }
    if (!size) {
        PyErr_SetString(PyExc_ValueError,
                        "a group is a tuple of bytes and of sets of bytes, none of them empty");
        return -1;
    }
    if (size > self->longest) self->longest = size;
    return PyBytes_Check(pattern) ? literals_add(self, group, pattern)
                                  : literals_add_row(self, group, pattern, 0, 0);
}

/* Makes an automaton of the trie: each edge leads where the longest end of what was read does; -1 with an
 * exception set. */
static int literals_link(Literals *self) {
    int32_t *failure = calloc(self->states, sizeof *failure), *queue = malloc(self->states * sizeof *queue);
    size_t head = 0, tail = 0;
    if (!failure || !queue) {
        free(failure);
        free(queue);
        PyErr_NoMemory();
        return -1;
    }
    for (int c = 0; c < 256; c++)
        if (self->next[c]) queue[tail++] = self->next[c];
    while (head < tail) {
        size_t state = (size_t)queue[head++];
        for (size_t c = 0; c < 256; c++) {
            int32_t *edge = &self->next[state * 256 + c], *end = &self->ends[state * 256 + c], last = *end;
            size_t after_failure = (size_t)failure[state] * 256 + c;
            while (last && self->outputs[last * 2 + 1]) last = self->outputs[last * 2 + 1];
            *(last ? &self->outputs[last * 2 + 1] : end) =
                self->ends[after_failure]; /* what ends there ends here too */
            if (*edge) {
                failure[*edge] = self->next[after_failure];
                queue[tail++] = *edge;
            } else
                *edge = self->next[after_failure];
        }
    }
    free(failure);
    free(queue);
    for (size_t i = 0; i < self->states * 256; i++) /* as literals_found walks it */
        self->next[i] = self->next[i] * 256 | (self->ends[i] ? INT32_MIN : 0);
    return 0;
}

/* How many states a pattern takes where it has no beginning in common with another, up to FIRST_STATES. */
static size_t states_of(PyObject *pattern) {
    if (PyBytes_Check(pattern)) return (size_t)Py_MIN(PyBytes_GET_SIZE(pattern), FIRST_STATES);
    size_t states = 0, behind = 1; /* as many as bytes may stand so far */
    for (Py_ssize_t i = 0; PyTuple_Check(pattern) && i < PyTuple_GET_SIZE(pattern) - 1; i++) {
        PyObject *set = PyTuple_GET_ITEM(pattern, i);
        if (PyBytes_Check(set)) behind = Py_MIN(behind * (size_t)PyBytes_GET_SIZE(set), FIRST_STATES);
        states = Py_MIN(states + behind, FIRST_STATES);
    }
    return states;
}

/* How many the patterns of all groups take so, and the first state, up to FIRST_STATES. */
static size_t states_of_all(PyObject *list) {
    size_t states = 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        for (Py_ssize_t j = 0; PyTuple_Check(group) && j < PyTuple_GET_SIZE(group); j++)
            states = Py_MIN(states + states_of(PyTuple_GET_ITEM(group, j)), FIRST_STATES);
    }
    return states;
}

static int literals_build(Literals *self, PyObject *list) {
    Py_ssize_t groups = PyList_GET_SIZE(list);
    if (groups > INT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many groups of literals");
        return -1;
    }
    self->groups = PyBytes_FromStringAndSize(NULL, groups);
    if (!self->groups) return -1;
    self->most_pairs = 64;
    self->outputs = malloc(self->most_pairs * 2 * sizeof *self->outputs);
    if (!self->outputs) {
        PyErr_NoMemory();
        return -1;
    }
    self->pairs = 1;
    self->longest = 1;
    if (literals_make_room(self, states_of_all(list)) < 0 || literals_state(self) < 0) return -1;
    for (Py_ssize_t i = 0; i < groups; i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        if (!PyTuple_Check(group)) {
            PyErr_SetString(PyExc_ValueError,
                            "a group is a tuple of bytes and of sets of bytes, none of them empty");
            return -1;
        }
        PyBytes_AS_STRING(self->groups)[i] = PyTuple_GET_SIZE(group) == 0;
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(group); j++)
            if (literals_add_pattern(self, i, PyTuple_GET_ITEM(group, j)) < 0) return -1;
    }
    return literals_link(self);
}

static PyObject *literals_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"groups", NULL};
    PyObject *list;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!:Literals", names, &PyList_Type, &list)) return NULL;
    Literals *self = (Literals *)type->tp_alloc(type, 0);
    if (self && literals_build(self, list) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

/* The state behind `state` and `byte`, states being times 256; tells what ends there. */
static inline int32_t literals_step(const Literals *self, int32_t state, unsigned char byte, char *found) {
    int32_t edge = state + byte, step = self->next[edge];
    if (step < 0)
        for (int32_t pair = self->ends[edge]; pair; pair = self->outputs[pair * 2 + 1])
            found[self->outputs[pair * 2]] = 1;
    return step & INT32_MAX;
}

/* found(data, before) -> bytes: a byte for each group, 1 where one of its literals occurs in a newline and
 * `data`, or it was 1 in `before`.
 *
 * A step waits for memory to tell where the one before it led. So four parts of the data are walked side by
 * side, all but the first from where a literal that ends in them may begin.
 */
static PyObject *literals_found(Literals *self, PyObject *args) {
    char *bytes;
    Py_ssize_t size;
    PyObject *before = Py_None;
    if (!PyArg_ParseTuple(args, "y#|O", &bytes, &size, &before)) return NULL;
    Py_ssize_t count = PyBytes_GET_SIZE(self->groups);
    if (before != Py_None && !(PyBytes_Check(before) && PyBytes_GET_SIZE(before) == count))
        return PyErr_Format(PyExc_ValueError, "what was found before is a byte for each group");
    PyObject *result =
        PyBytes_FromStringAndSize(NULL, count); /* not of a string: one byte would be everyone's */
    if (!result) return NULL;
    char *found = PyBytes_AS_STRING(result);
    memcpy(found, PyBytes_AS_STRING(before == Py_None ? self->groups : before), (size_t)count);
    Py_ssize_t part = size / 4, reach = self->longest - 1, at = 0;
    int32_t last = literals_step(self, 0, '\n', found);
    if (part > reach) {
        const unsigned char *text = (const unsigned char *)bytes, *second = text + part - reach;
        const unsigned char *third = second + part, *fourth = third + part;
        int32_t state = last, other = 0, another = 0;
        last = 0;
        for (Py_ssize_t i = 0; i < part + reach; i++) {
            state = literals_step(self, state, text[i], found);
            other = literals_step(self, other, second[i], found);
            another = literals_step(self, another, third[i], found);
            last = literals_step(self, last, fourth[i], found);
        }
        at = 4 * part;
    }
    for (; at < size; at++) last = literals_step(self, last, (unsigned char)bytes[at], found);
    return result;
}

static PyMethodDef literals_methods[] = {{"found", (PyCFunction)literals_found, METH_VARARGS,
                                          "A byte for each group: 1 where it is in the data, or empty."},
                                         {NULL, NULL, 0, NULL}};

static PyType_Slot literals_slots[] = {{Py_tp_doc, "Groups of literals: interfaces.Literals."},
                                       {Py_tp_new, literals_new},
                                       {Py_tp_dealloc, literals_dealloc},
                                       {Py_tp_methods, literals_methods},
                                       {0, NULL}};

static PyType_Spec literals_spec = {.name = "normalize.kernel._native.Literals",
                                    .basicsize = sizeof(Literals),
                                    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                    .slots = literals_slots};

#endif
