/* Literals(groups): in which groups of byte strings one occurs in a text, in one pass: pure.Literals.
 *
 * A deterministic automaton, made as texts are read: a state is the patterns that have begun, and how far each has come; an
 * edge is made when it is first gone along. Of the strings that sets of bytes stand for, most are in no text. A pattern ends
 * on an edge, not in a state. */
#ifndef NORMALIZE_KERNEL_LITERALS_H
#define NORMALIZE_KERNEL_LITERALS_H
#include "module.h"

enum {
    MOST_STATES = INT32_MAX / 256, /* an edge is numbered 256 * state + byte, in 31 bits */
    LONGEST_ROW = 32,              /* kernel.interfaces.LONGEST_PATTERN */
    ROOT = 256                     /* the state in which nothing has begun: 0 stands for an edge not made yet */
};

/* A list of numbers that grows. */
typedef struct {
    int32_t *at;
    size_t count, room;
} Numbers;

typedef struct {
    PyObject_HEAD
    int32_t *next;          /* edge -> 256 * state; the sign bit is set where a pattern ends, 0 where it is not made */
    int32_t *ends;          /* edge -> where the groups that end on it are in `outputs`: how many, and which */
    Numbers places;         /* of all patterns, one after the other: a byte; or below zero, -1 - the number of a set */
    Numbers groups;         /* place -> number of the group whose pattern ends there, -1 for none */
    Numbers starts;         /* places where patterns begin: first those that byte 0 may begin, and so on */
    size_t first[257];      /* byte -> where those that it may begin are in `starts` */
    uint8_t (*sets)[256];   /* 1 for each byte of a set */
    Numbers states, active; /* state -> where what it waits for is in `active`: places, in order */
    Numbers outputs;
    Numbers slots; /* hash -> a state of that, 0 for none */
    size_t room, set_count;
    Py_ssize_t longest; /* bytes of the longest pattern */
    PyObject *always;   /* a byte for each group: 1 for one without patterns, which always counts as found */
} Literals;

static void literals_dealloc(Literals *self) {
    Numbers *lists[] = {&self->places, &self->groups,  &self->starts, &self->states,
                        &self->active, &self->outputs, &self->slots};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) free(lists[i]->at);
    free(self->next);
    free(self->ends);
    free(self->sets);
    Py_XDECREF(self->always);
    object_free((PyObject *)self);
}

/* Adds a number; -1 where there is no memory. */
static int add_number(Numbers *numbers, int32_t number) {
    if (numbers->count == numbers->room) {
        size_t room = numbers->room ? numbers->room * 2 : 64;
        int32_t *grown = room > INT32_MAX ? NULL : realloc(numbers->at, room * sizeof *grown);
        if (!grown) return -1;
        numbers->at = grown;
        numbers->room = room;
    }
    numbers->at[numbers->count++] = number;
    return 0;
}

/* Adds a place of a pattern, a byte or a set of them; -1 with an exception set. */
static int literals_add_place(Literals *self, const char *bytes, Py_ssize_t size, int is_set, Py_ssize_t group) {
    int failed = self->places.count >= INT32_MAX / 2;
    if (is_set && !failed) {
        uint8_t (*sets)[256] = realloc(self->sets, (self->set_count + 1) * sizeof *sets);
        failed = !sets;
        if (sets) {
            self->sets = sets;
            memset(sets[self->set_count], 0, sizeof *sets);
            for (Py_ssize_t i = 0; i < size; i++) sets[self->set_count][(unsigned char)bytes[i]] = 1;
            self->set_count++;
        }
    }
    int32_t what = is_set ? -(int32_t)self->set_count : (unsigned char)*bytes;
    if (failed || add_number(&self->places, what) < 0 || add_number(&self->groups, (int32_t)group) < 0)
        return PyErr_NoMemory(), -1;
    return 0;
}

/* Adds a pattern, bytes or a tuple of sets of bytes; -1 with an exception set. */
static int literals_add(Literals *self, Py_ssize_t group, PyObject *pattern) {
    int is_row = PyTuple_Check(pattern);
    Py_ssize_t size = is_row ? PyTuple_GET_SIZE(pattern) : PyBytes_Check(pattern) ? PyBytes_GET_SIZE(pattern) : 0;
    if (is_row && size > LONGEST_ROW) size = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        PyObject *set = is_row ? PyTuple_GET_ITEM(pattern, i) : pattern;
        Py_ssize_t place_group = i == size - 1 ? group : -1;
        if (!PyBytes_Check(set) || !PyBytes_GET_SIZE(set)) {
            size = 0;
            break;
        }
        const char *bytes = PyBytes_AS_STRING(set) + (is_row ? 0 : i);
        if (literals_add_place(self, bytes, PyBytes_GET_SIZE(set), is_row, place_group) < 0) return -1;
    }
    if (!size)
        return PyErr_Format(PyExc_ValueError, "a group is a tuple of bytes and of sets of bytes, none of them empty"), -1;
    if (size > self->longest) self->longest = size;
    return 0;
}

/* Makes room for so many states in all, and for as many hashes twice; -1 where there is no memory. */
static int literals_make_room(Literals *self, size_t room) {
    int32_t **tables[] = {&self->next, &self->ends};
    for (int i = 0; i < 2; i++) {
        int32_t *grown = room > MOST_STATES ? NULL : realloc(*tables[i], room * 256 * sizeof *grown);
        if (!grown) return -1;
        *tables[i] = grown;
    }
    self->room = room;
    return 0;
}

static uint32_t places_hash(const int32_t *places, size_t count) {
    uint32_t hash = 2166136261u; /* FNV-1a, over numbers rather than bytes */
    for (size_t i = 0; i < count; i++) hash = (hash ^ (uint32_t)places[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Puts the states into twice as many slots; -1 where there is no memory. */
static int literals_rehash(Literals *self) {
    size_t count = self->slots.count ? self->slots.count * 2 : 256;
    int32_t *slots = count > INT32_MAX ? NULL : calloc(count, sizeof *slots);
    if (!slots) return -1;
    for (size_t state = 1; state < self->states.count; state++) {
        const int32_t *list = self->active.at + self->states.at[state];
        size_t slot = places_hash(list + 1, (size_t)*list) & (count - 1);
        while (slots[slot]) slot = (slot + 1) & (count - 1);
        slots[slot] = (int32_t)state;
    }
    free(self->slots.at);
    self->slots = (Numbers){slots, count, count};
    return 0;
}

/* The state that waits for the list of places that ends `active`; -1 where there is no memory for a new one. */
static int32_t literals_state(Literals *self, size_t list) {
    if (self->states.count * 2 > self->slots.count && literals_rehash(self) < 0) return -1;
    const int32_t *places = self->active.at + list;
    size_t size = ((size_t)*places + 1) * sizeof *places, mask = self->slots.count - 1;
    size_t slot = places_hash(places + 1, (size_t)*places) & mask;
    for (int32_t state; (state = self->slots.at[slot]); slot = (slot + 1) & mask) {
        const int32_t *other = self->active.at + self->states.at[state];
        if (*other != *places || memcmp(other, places, size)) continue;
        self->active.count = list;
        return state;
    }
    size_t made = self->states.count;
    if (made == self->room && literals_make_room(self, made * 2) < 0) return -1;
    if (add_number(&self->states, (int32_t)list) < 0) return -1;
    memset(self->next + made * 256, 0, 256 * sizeof *self->next);
    return self->slots.at[slot] = (int32_t)made;
}

static int by_number(const void *one, const void *other) {
    int32_t a = *(const int32_t *)one, b = *(const int32_t *)other;
    return (a > b) - (a < b);
}

/* Goes on from a place of a pattern with a byte, if it has that: to the next place, or the group that it is of. */
static int literals_pass(Literals *self, int32_t place, int byte) {
    int32_t what = self->places.at[place], group = self->groups.at[place];
    if (what >= 0 ? what != byte : !self->sets[-1 - what][byte]) return 0;
    return group >= 0 ? add_number(&self->outputs, group) : add_number(&self->active, place + 1);
}

/* Makes an edge; what stands in `next` for it, or -1 where there is no memory. */
static int32_t literals_edge(Literals *self, size_t edge) {
    size_t state = edge / 256, byte = edge % 256, list = self->active.count, ends = self->outputs.count;
    size_t from = (size_t)self->states.at[state] + 1, to = from + (size_t)self->active.at[from - 1];
    int failed = add_number(&self->active, 0) < 0 || add_number(&self->outputs, 0) < 0;
    for (; !failed && from < to; from++) failed = literals_pass(self, self->active.at[from], (int)byte) < 0;
    for (size_t i = self->first[byte]; !failed && i < self->first[byte + 1]; i++)
        failed = literals_pass(self, self->starts.at[i], (int)byte) < 0;
    if (failed) {
        self->active.count = list;
        self->outputs.count = ends;
        return -1;
    }
    size_t count = self->active.count - list - 1;
    self->active.at[list] = (int32_t)count;
    int32_t *places = self->active.at + list + 1;
    for (size_t i = 1; i < count; i++)
        if (places[i - 1] > places[i]) {
            qsort(places, count, sizeof *places, by_number);
            break;
        }
    int32_t to_state = literals_state(self, list);
    if (to_state < 0) return -1;
    int32_t found = (int32_t)(self->outputs.count - ends - 1);
    self->outputs.at[ends] = found;
    if (found)
        self->ends[edge] = (int32_t)ends;
    else
        self->outputs.count = ends;
    return self->next[edge] = to_state * 256 | (found ? INT32_MIN : 0);
}

/* Lists, for each byte, the places that patterns begin with it at, and makes the first state; -1 with an exception set. */
static int literals_start(Literals *self) {
    int failed = 0;
    for (int byte = 0; byte < 256; byte++) {
        self->first[byte] = self->starts.count;
        for (size_t place = 0; !failed && place < self->places.count; place++) {
            int is_first = !place || self->groups.at[place - 1] >= 0;
            int32_t what = self->places.at[place];
            if (is_first && (what >= 0 ? what == byte : self->sets[-1 - what][byte]))
                failed = add_number(&self->starts, (int32_t)place) < 0;
        }
    }
    self->first[256] = self->starts.count;
    failed = failed || literals_make_room(self, 64) < 0;
    failed = failed || add_number(&self->states, 0) < 0 || add_number(&self->active, 0) < 0;
    if (failed || literals_state(self, 0) < 0) return PyErr_NoMemory(), -1;
    return 0;
}

static int literals_build(Literals *self, PyObject *list) {
    Py_ssize_t groups = PyList_GET_SIZE(list);
    if (groups > INT32_MAX / 2) return PyErr_Format(PyExc_OverflowError, "too many groups of literals"), -1;
    self->always = PyBytes_FromStringAndSize(NULL, groups);
    if (!self->always) return -1;
    self->longest = 1;
    for (Py_ssize_t i = 0; i < groups; i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        if (!PyTuple_Check(group))
            return PyErr_Format(PyExc_ValueError, "a group is a tuple of bytes and of sets of bytes, none of them empty"),
                   -1;
        PyBytes_AS_STRING(self->always)[i] = PyTuple_GET_SIZE(group) == 0;
        for (Py_ssize_t j = 0; j < PyTuple_GET_SIZE(group); j++)
            if (literals_add(self, i, PyTuple_GET_ITEM(group, j)) < 0) return -1;
    }
    return literals_start(self);
}

static PyObject *literals_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"groups", NULL};
    PyObject *list;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!:Literals", names, &PyList_Type, &list)) return NULL;
    Literals *self = (Literals *)type->tp_alloc(type, 0);
    if (self && literals_build(self, list) < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

/* The state behind an edge that is not made yet, or on which patterns end; tells those. Without memory, the first state, and
 * an exception is set. */
static int32_t literals_turn(Literals *self, size_t edge, char *found) {
    int32_t step = self->next[edge];
    if (!step && (step = literals_edge(self, edge)) == -1) {
        PyErr_NoMemory();
        return ROOT;
    }
    if (step < 0) {
        const int32_t *groups = self->outputs.at + self->ends[edge];
        for (int32_t i = 1; i <= *groups; i++) found[groups[i]] = 1;
    }
    return step & INT32_MAX;
}

/* The state behind `state` and `byte`, states being times 256; tells what ends there. */
static inline int32_t literals_step(Literals *self, int32_t state, unsigned char byte, char *found) {
    int32_t step = self->next[state + byte];
    return step > 0 ? step : literals_turn(self, (size_t)state + byte, found);
}

/* found(data, before) -> bytes: a byte for each group, 1 where one of its patterns occurs in `data` between two newlines, or
 * it was 1 in `before`.
 *
 * A step waits for memory to tell where the one before it led. So four parts of the data are walked side by side, all but
 * the first from where a pattern that ends in them may begin. */
static PyObject *literals_found(Literals *self, PyObject *args) {
    char *bytes;
    Py_ssize_t size;
    PyObject *before = Py_None;
    if (!PyArg_ParseTuple(args, "y#|O", &bytes, &size, &before)) return NULL;
    Py_ssize_t count = PyBytes_GET_SIZE(self->always);
    if (before != Py_None && !(PyBytes_Check(before) && PyBytes_GET_SIZE(before) == count))
        return PyErr_Format(PyExc_ValueError, "what was found before is a byte for each group");
    PyObject *result = PyBytes_FromStringAndSize(NULL, count); /* not of a string: one byte would be everyone's */
    if (!result) return NULL;
    char *found = PyBytes_AS_STRING(result);
    memcpy(found, PyBytes_AS_STRING(before == Py_None ? self->always : before), (size_t)count);
    Py_ssize_t part = size / 4, reach = self->longest - 1, at = 0;
    int32_t last = literals_step(self, ROOT, '\n', found);
    if (part > reach) {
        const unsigned char *text = (const unsigned char *)bytes, *second = text + part - reach;
        const unsigned char *third = second + part, *fourth = third + part;
        int32_t state = last, other = ROOT, another = ROOT;
        last = ROOT;
        for (Py_ssize_t i = 0; i < part + reach; i++) {
            state = literals_step(self, state, text[i], found);
            other = literals_step(self, other, second[i], found);
            another = literals_step(self, another, third[i], found);
            last = literals_step(self, last, fourth[i], found);
        }
        at = 4 * part;
    }
    for (; at < size; at++) last = literals_step(self, last, (unsigned char)bytes[at], found);
    literals_step(self, last, '\n', found);
    if (PyErr_Occurred()) Py_CLEAR(result);
    return result;
}

static PyMethodDef literals_methods[] = {
    {"found", (PyCFunction)literals_found, METH_VARARGS, "A byte for each group: 1 where it is in the data, or empty."},
    {NULL, NULL, 0, NULL}};

#endif
