/* compose(original, first, second): one list of edits that does what two do, one after the other: edit.compose.
 *
 * Edits that touch no other are passed on, moved to where they are in the original; those of both lists that touch one
 * another are a cluster, which becomes one edit. */
#ifndef NORMALIZE_KERNEL_COMPOSE_H
#define NORMALIZE_KERNEL_COMPOSE_H
#include "edits.h"

/* Where two lists of edits are as they are composed. */
struct composing {
    PyObject *original, *first, *second, *out; /* first and second are lists */
    struct edit *middle;                       /* `first`, as edits_led_to has it */
    struct edit other;                         /* the next of `second` */
    Py_ssize_t n, m, i, j;
    Py_ssize_t back; /* original offset minus that in the text between, behind the first edits taken so far */
};

/* A list of edits, each with where it is in the text that they lead to, and its end in the original as its place; NULL with
 * an exception set. */
static struct edit *edits_led_to(PyObject *list) {
    Py_ssize_t count = PyList_GET_SIZE(list), shift = 0;
    struct edit *edits = PyMem_New(struct edit, count + 1);
    if (!edits) return PyErr_NoMemory(), NULL;
    for (Py_ssize_t k = 0; k < count; k++) {
        struct edit *edit = &edits[k];
        if (read_edit(list, k, edit) < 0) {
            PyMem_Free(edits);
            return NULL;
        }
        edit->place = edit->end;
        edit->start += shift;
        edit->end = edit->start + length_after(edit);
        shift = edit->end - edit->place;
    }
    return edits;
}

/* An offset in the text that some edits lead to, of a span's end or its start, in the original: edit.OffsetMap. */
static Py_ssize_t back(const struct edit *edits, Py_ssize_t count, Py_ssize_t offset, int is_end) {
    Py_ssize_t low = 0, high = count; /* the first edit that begins behind it */
    while (low < high) {
        Py_ssize_t middle = low + (high - low) / 2;
        if (edits[middle].start <= offset - is_end)
            low = middle + 1;
        else
            high = middle;
    }
    if (!low) return offset;
    const struct edit *edit = &edits[low - 1];
    if (offset >= edit->end + is_end) return edit->place + offset - edit->end;
    return is_end ? edit->place : PyLong_AsSsize_t(field(edit, START)); /* inside it */
}

/* Puts the next of `second`, which touches no edit of `first`, to the result. */
static int compose_alone(struct composing *at) {
    PyObject *edit = at->other.edit;
    at->j++;
    if (!at->back) return PyList_Append(at->out, edit);
    PyObject *fields[EDIT_FIELDS] = {PyLong_FromSsize_t(at->other.start + at->back),
                                     PyLong_FromSsize_t(at->other.end + at->back)};
    for (int k = BEFORE; k < EDIT_FIELDS; k++) fields[k] = Py_NewRef(field(&at->other, k));
    return append(at->out, made(Py_TYPE(edit), fields, EDIT_FIELDS));
}

/* A text, which begins at `offset` of the text that the edits [from, to) of a list are of, with them made; steals the text,
 * which may be NULL. */
static PyObject *made_inside(PyObject *text, Py_ssize_t offset, PyObject *edits, Py_ssize_t from, Py_ssize_t to) {
    PyObject *parts = text ? PyList_New(0) : NULL, *nothing = parts ? PyUnicode_New(0, 0) : NULL;
    Py_ssize_t position = 0;
    int failed = nothing ? 0 : -1;
    for (Py_ssize_t k = from; !failed && k < to; k++) {
        struct edit edit;
        failed = read_edit(edits, k, &edit);
        if (!failed) failed = append(parts, PyUnicode_Substring(text, position, edit.start - offset));
        if (!failed) failed = PyList_Append(parts, field(&edit, AFTER));
        position = edit.end - offset;
    }
    if (!failed) failed = append(parts, PyUnicode_Substring(text, position, PyUnicode_GET_LENGTH(text)));
    PyObject *joined = failed ? NULL : PyUnicode_Join(nothing, parts);
    Py_XDECREF(nothing);
    Py_XDECREF(parts);
    Py_XDECREF(text);
    return joined;
}

/* Adds the names of an edit's rules, which "+" joins, to a dict's keys, and its confidence to a product; -1 with an
 * exception set. */
static int note_part(const struct edit *edit, PyObject *plus, PyObject *names, double *confidence) {
    PyObject *rule = field(edit, RULE), *parts = PyUnicode_Split(rule, plus, -1);
    int failed = parts ? 0 : -1;
    for (Py_ssize_t k = 0; !failed && k < PyList_GET_SIZE(parts); k++)
        failed = PyDict_SetItem(names, PyList_GET_ITEM(parts, k), Py_None);
    *confidence *= failed ? 1 : PyFloat_AsDouble(field(edit, CONFIDENCE));
    Py_XDECREF(parts);
    return failed || PyErr_Occurred() ? -1 : 0;
}

/* The names of the rules of the edits [i, at->i) and [j, at->j), joined; and their confidences, multiplied. */
static PyObject *cluster_rules(struct composing *at, Py_ssize_t i, Py_ssize_t j, double *confidence) {
    PyObject *names = PyDict_New(), *plus = names ? PyUnicode_FromOrdinal('+') : NULL, *joined = NULL;
    int failed = plus ? 0 : -1;
    struct edit edit;
    *confidence = 1;
    for (; !failed && i < at->i; i++)
        failed = read_edit(at->first, i, &edit) < 0 ? -1 : note_part(&edit, plus, names, confidence);
    for (; !failed && j < at->j; j++)
        failed = read_edit(at->second, j, &edit) < 0 ? -1 : note_part(&edit, plus, names, confidence);
    if (!failed) joined = PyUnicode_Join(plus, names);
    Py_XDECREF(plus);
    Py_XDECREF(names);
    return joined;
}

/* A number with four digits behind the point, as round() has it. */
static PyObject *rounded(double number) {
    char *digits = PyOS_double_to_string(number, 'f', 4, 0, NULL);
    if (!digits) return PyErr_NoMemory();
    number = PyOS_string_to_double(digits, NULL, NULL);
    PyMem_Free(digits);
    return PyErr_Occurred() ? NULL : PyFloat_FromDouble(number);
}

/* Puts the edit from `before`, which begins at `start` of the original, to `after` to the result, without what both have in
 * common at the ends; none where they are the same. Steals them; `rules`, too. */
static int compose_merged(struct composing *at, Py_ssize_t start, PyObject *before, PyObject *after, PyObject *rules,
                          double confidence) {
    PyTypeObject *type = Py_TYPE(at->other.edit);
    int failed = before && after && rules ? 0 : -1;
    if (!failed && PyUnicode_Compare(before, after)) {
        Reader one = reader_of(before), other = reader_of(after);
        Py_ssize_t head = 0, tail = 0, shorter = Py_MIN(one.size, other.size);
        while (head < shorter && char_at(&one, head) == char_at(&other, head)) head++;
        while (tail < shorter - head && char_at(&one, one.size - 1 - tail) == char_at(&other, other.size - 1 - tail)) tail++;
        PyObject *fields[EDIT_FIELDS] = {PyLong_FromSsize_t(start + head),
                                         PyLong_FromSsize_t(start + one.size - tail),
                                         PyUnicode_Substring(before, head, one.size - tail),
                                         PyUnicode_Substring(after, head, other.size - tail),
                                         Py_NewRef(rules),
                                         rounded(confidence)};
        failed = append(at->out, made(type, fields, EDIT_FIELDS));
    }
    Py_XDECREF(before);
    Py_XDECREF(after);
    Py_XDECREF(rules);
    return failed;
}

/* Puts what a cluster of edits of both lists that touch one another makes, [low, high) in the text between, to the
 * result. */
static int compose_cluster(struct composing *at) {
    const struct edit *middle = at->middle;
    Py_ssize_t low = middle[at->i].start < at->other.start ? middle[at->i].start : at->other.start, high = low;
    Py_ssize_t first_from = at->i, second_from = at->j, back_before = at->back;
    for (;;) {
        if (at->i < at->n && middle[at->i].start <= high) {
            if (middle[at->i].end > high) high = middle[at->i].end;
            at->back = middle[at->i].place - middle[at->i].end;
            at->i++;
            continue;
        }
        if (at->j == at->m) break;
        if (read_edit(at->second, at->j, &at->other) < 0) return -1;
        if (at->other.start > high) break;
        if (at->other.end > high) high = at->other.end;
        at->j++;
    }
    Py_ssize_t start = low + back_before;
    double confidence = 1;
    PyObject *before = PyUnicode_Substring(at->original, start, high + at->back);
    PyObject *between = made_inside(Py_XNewRef(before), start, at->first, first_from, at->i);
    PyObject *after = made_inside(between, low, at->second, second_from, at->j);
    PyObject *rules = after ? cluster_rules(at, first_from, second_from, &confidence) : NULL;
    return compose_merged(at, start, before, after, rules, confidence);
}

static int compose_all(struct composing *at) {
    at->middle = edits_led_to(at->first);
    if (!at->middle) return -1;
    while (at->j < at->m) {
        if (read_edit(at->second, at->j, &at->other) < 0) return -1;
        for (; at->i < at->n && at->middle[at->i].end < at->other.start; at->i++) {
            if (PyList_Append(at->out, at->middle[at->i].edit) < 0) return -1;
            at->back = at->middle[at->i].place - at->middle[at->i].end;
        }
        int is_alone = at->i == at->n || at->other.end < at->middle[at->i].start;
        if ((is_alone ? compose_alone(at) : compose_cluster(at)) < 0) return -1;
    }
    for (; at->i < at->n; at->i++)
        if (PyList_Append(at->out, at->middle[at->i].edit) < 0) return -1;
    return 0;
}

/* The list of edits on `original` that does what two lists, which are not to change meanwhile, do one after the other. */
static PyObject *composed(PyObject *original, PyObject *first, PyObject *second) {
    struct composing at = {.original = original, .first = first, .second = second, .out = PyList_New(0)};
    at.n = PyList_GET_SIZE(first);
    at.m = PyList_GET_SIZE(second);
    if (at.out && compose_all(&at) < 0) Py_CLEAR(at.out);
    PyMem_Free(at.middle);
    return at.out;
}

/* compose(original, first, second) -> list */
static PyObject *edits_compose(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *original, *first, *second;
    if (!PyArg_ParseTuple(args, "UOO", &original, &first, &second)) return NULL;
    first = PySequence_List(first);
    second = first ? PySequence_List(second) : NULL;
    PyObject *list = second ? composed(original, first, second) : NULL;
    Py_XDECREF(first);
    Py_XDECREF(second);
    return list;
}

#endif
