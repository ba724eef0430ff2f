/* The algebra of edits (normalize/edit.py): apply, settle, compose, around; and the edits that a rule proposes.
 *
 * An edit is a tuple (start, end, before, after, rule, confidence) of the type that is handed in.
 */
#ifndef NORMALIZE_KERNEL_EDITS_H
#define NORMALIZE_KERNEL_EDITS_H
#include "lists.h"

enum { START, END, BEFORE, AFTER, RULE, CONFIDENCE, EDIT_FIELDS };

struct edit { Py_ssize_t start, end; PyObject *edit; Py_ssize_t place; };

/* Reads offsets and fields of item i of a list of edits; what is no edit raises. */
static int read_edit(PyObject *list, Py_ssize_t i, struct edit *into) {
    PyObject *edit = PyList_GET_ITEM(list, i);
    if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != EDIT_FIELDS || !PyUnicode_Check(PyTuple_GET_ITEM(edit, BEFORE)) ||
        !PyUnicode_Check(PyTuple_GET_ITEM(edit, AFTER))) {
        PyErr_SetString(PyExc_TypeError, "not an edit");
        return -1;
    }
    into->edit = edit;
    into->place = i;
    into->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, START));
    into->end = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, END));
    return PyErr_Occurred() ? -1 : 0;
}

static PyObject *field(const struct edit *edit, int number) { return PyTuple_GET_ITEM(edit->edit, number); }

static Py_ssize_t length_after(const struct edit *edit) { return PyUnicode_GET_LENGTH(field(edit, AFTER)); }

/* A tuple of a named tuple's type; steals the references in `fields`. */
static PyObject *made(PyTypeObject *type, PyObject **fields, Py_ssize_t count) {
    PyObject *tuple = type->tp_alloc(type, count);
    for (Py_ssize_t i = 0; i < count; i++)
        if (!fields[i]) Py_CLEAR(tuple);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tuple) PyTuple_SET_ITEM(tuple, i, fields[i]);
        else Py_XDECREF(fields[i]);
    }
    return tuple;
}

static int is_type(PyObject *object, Py_ssize_t fields) {
    if (PyType_Check(object) && PyType_IsSubtype((PyTypeObject *)object, &PyTuple_Type)) return 1;
    PyErr_SetString(PyExc_TypeError, "not a named tuple");
    return 0;
}

/* Copies [from, to) of a text behind what is written of another, which has room for it; returns the place behind it, or -1. */
static Py_ssize_t copied(PyObject *into, Py_ssize_t at, PyObject *text, Py_ssize_t from, Py_ssize_t to) {
    if (from == to) return at;
    return PyUnicode_CopyCharacters(into, at, text, from, to - from) < 0 ? -1 : at + to - from;
}

/* apply(text, edits) -> str, None where an edit does not fit */
static PyObject *edits_apply(PyObject *module, PyObject *args) {
    PyObject *text, *edits;
    if (!PyArg_ParseTuple(args, "UO!", &text, &PyList_Type, &edits)) return NULL;
    Py_ssize_t position = 0, length = PyUnicode_GET_LENGTH(text), size = length, count = PyList_GET_SIZE(edits);
    Py_UCS4 widest = PyUnicode_MAX_CHAR_VALUE(text);
    struct edit edit;
    for (Py_ssize_t i = 0; i < count; i++) {
        if (read_edit(edits, i, &edit) < 0) return NULL;
        PyObject *before = field(&edit, BEFORE);
        int fits = edit.start >= position && edit.end <= length && edit.end - edit.start == PyUnicode_GET_LENGTH(before)
                       ? (int)PyUnicode_Tailmatch(text, before, edit.start, edit.end, -1)
                       : 0;
        if (fits < 0) return NULL;
        if (!fits) Py_RETURN_NONE;
        Py_UCS4 width = PyUnicode_MAX_CHAR_VALUE(field(&edit, AFTER));
        if (width > widest) widest = width;
        size += length_after(&edit) - (edit.end - edit.start);
        position = edit.end;
    }
    PyObject *made = PyUnicode_New(size, widest), *result = NULL;
    Py_ssize_t at = made ? position = 0 : -1;
    for (Py_ssize_t i = 0; at >= 0 && i < count; i++) {
        if (read_edit(edits, i, &edit) < 0) break;
        at = copied(made, at, text, position, edit.start);
        if (at >= 0) at = copied(made, at, field(&edit, AFTER), 0, length_after(&edit));
        position = edit.end;
    }
    if (at >= 0) at = copied(made, at, text, position, length);
    if (at >= 0) /* what took more room than ASCII may be gone */
        result = widest < 0x80 ? Py_NewRef(made) : PyUnicode_FromKindAndData(PyUnicode_KIND(made), PyUnicode_DATA(made), size);
    Py_XDECREF(made);
    return result;
}

static int by_place(const void *one, const void *other) {
    const struct edit *a = one, *b = other;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* settle(edits) -> list */
static PyObject *edits_settle(PyObject *module, PyObject *edits) {
    if (!PyList_Check(edits)) {
        PyErr_SetString(PyExc_TypeError, "not a list");
        return NULL;
    }
    Py_ssize_t count = PyList_GET_SIZE(edits), position = 0, open_at = -1;
    struct edit *ranked = PyMem_Malloc((size_t)(count + 1) * sizeof *ranked);
    if (!ranked) return PyErr_NoMemory();
    PyObject *kept = PyList_New(0);
    int sorted = 1;
    for (Py_ssize_t i = 0; kept && i < count; i++) {
        if (read_edit(edits, i, &ranked[i]) < 0) Py_CLEAR(kept);
        else if (i && by_place(&ranked[i - 1], &ranked[i]) > 0) sorted = 0;
    }
    if (kept && !sorted) qsort(ranked, (size_t)count, sizeof *ranked, by_place);
    for (Py_ssize_t i = 0; kept && i < count; i++) {
        const struct edit *edit = &ranked[i];
        int same = edit->start < position || (edit->start == edit->end && edit->start == open_at)
                       ? 1
                       : PyObject_RichCompareBool(field(edit, BEFORE), field(edit, AFTER), Py_EQ);
        if (same < 0 || (!same && PyList_Append(kept, edit->edit) < 0)) Py_CLEAR(kept);
        if (same) continue;
        position = edit->end;
        open_at = edit->start == edit->end ? edit->end : -1;
    }
    PyMem_Free(ranked);
    return kept;
}

/* around(text, edits, reach) -> list of str: what stands in `text` around the places that `edits` led to */
static PyObject *edits_around(PyObject *module, PyObject *args) {
    PyObject *text, *edits;
    Py_ssize_t reach, shift = 0;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyList_Type, &edits, &reach)) return NULL;
    PyObject *pieces = PyList_New(0);
    struct edit edit;
    for (Py_ssize_t i = 0; pieces && i < PyList_GET_SIZE(edits); i++) {
        if (read_edit(edits, i, &edit) < 0) {
            Py_CLEAR(pieces);
            break;
        }
        Py_ssize_t place = edit.start + shift, size = length_after(&edit);
        if (append(pieces, PyUnicode_Substring(text, place > reach ? place - reach : 0, place + size + reach)) < 0) Py_CLEAR(pieces);
        shift += size - (edit.end - edit.start);
    }
    return pieces;
}

/* compose(original, first, second, Edit, cluster) -> list; cluster(original, start, end, low, first, second) -> Edit or None */
static PyObject *edits_compose(PyObject *module, PyObject *args) {
    PyObject *original, *first, *second, *type, *cluster;
    if (!PyArg_ParseTuple(args, "UO!O!OO", &original, &PyList_Type, &first, &PyList_Type, &second, &type, &cluster) ||
        !is_type(type, EDIT_FIELDS))
        return NULL;
    Py_ssize_t n = PyList_GET_SIZE(first), m = PyList_GET_SIZE(second), i = 0, j = 0, shift = 0;
    PyObject *out = PyList_New(0);
    struct edit one, other; /* the next of each list; of `one`, place is where it starts in the text between */
    struct edit *middle = PyMem_Malloc((size_t)(n + 1) * sizeof *middle);
    if (!middle || !out) goto failed;
    for (Py_ssize_t k = 0; k < n; k++) { /* start and end in the text between the two; place: original end */
        if (read_edit(first, k, &one) < 0) goto failed;
        middle[k].edit = one.edit;
        middle[k].place = one.end;
        middle[k].start = one.start + shift;
        middle[k].end = middle[k].start + length_after(&one);
        shift = middle[k].end - one.end;
    }
    Py_ssize_t back = 0; /* original offset minus middle offset, behind the first edits taken so far */
    while (j < m) {
        if (read_edit(second, j, &other) < 0) goto failed;
        while (i < n && middle[i].end < other.start) {
            if (PyList_Append(out, middle[i].edit) < 0) goto failed;
            back = middle[i].place - middle[i].end;
            i++;
        }
        if (i == n || other.end < middle[i].start) {
            if (!back) {
                if (PyList_Append(out, other.edit) < 0) goto failed;
            } else {
                PyObject *fields[EDIT_FIELDS] = {PyLong_FromSsize_t(other.start + back), PyLong_FromSsize_t(other.end + back)};
                for (int k = BEFORE; k < EDIT_FIELDS; k++) fields[k] = Py_NewRef(field(&other, k));
                if (append(out, made((PyTypeObject *)type, fields, EDIT_FIELDS)) < 0) goto failed;
            }
            j++;
            continue;
        }
        /* A cluster of edits of both lists that touch one another, [low, high) in the text between. */
        Py_ssize_t low = middle[i].start < other.start ? middle[i].start : other.start, high = low;
        Py_ssize_t first_from = i, second_from = j, back_before = back;
        for (;;) {
            if (i < n && middle[i].start <= high) {
                if (middle[i].end > high) high = middle[i].end;
                back = middle[i].place - middle[i].end;
                i++;
                continue;
            }
            if (j == m || read_edit(second, j, &other) < 0 || other.start > high) break;
            if (other.end > high) high = other.end;
            j++;
        }
        if (PyErr_Occurred()) goto failed;
        PyObject *firsts = PyList_GetSlice(first, first_from, i), *seconds = PyList_GetSlice(second, second_from, j);
        PyObject *merged = firsts && seconds ? PyObject_CallFunction(cluster, "OnnnOO", original, low + back_before, high + back, low, firsts, seconds)
                                             : NULL;
        Py_XDECREF(firsts);
        Py_XDECREF(seconds);
        if (!merged || (merged != Py_None && PyList_Append(out, merged) < 0)) {
            Py_XDECREF(merged);
            goto failed;
        }
        Py_DECREF(merged);
    }
    for (; i < n; i++)
        if (PyList_Append(out, middle[i].edit) < 0) goto failed;
    PyMem_Free(middle);
    return out;
failed:
    PyMem_Free(middle);
    Py_XDECREF(out);
    if (!PyErr_Occurred()) PyErr_NoMemory();
    return NULL;
}

/* Puts one proposal to the edits and findings; -1 with an exception set where it is none. */
static int put_proposal(PyObject *proposal, PyObject *string, PyObject *rules, double least, PyObject *edit_type,
                        PyObject *finding_type, PyObject *edits, PyObject *findings) {
    int made_already = Py_TYPE(proposal) == (PyTypeObject *)edit_type;
    if (!PyTuple_Check(proposal) || PyTuple_GET_SIZE(proposal) != 6) {
        PyErr_SetString(PyExc_TypeError, "not a proposal");
        return -1;
    }
    PyObject *after = PyTuple_GET_ITEM(proposal, 2 + made_already), *rule = PyTuple_GET_ITEM(proposal, 3 + made_already),
             *confidence = PyTuple_GET_ITEM(proposal, 4 + made_already);
    PyObject *answer = PyDict_GetItemWithError(rules, rule); /* (whether edits are made, tag); none for a rule that is skipped */
    if (!answer) return PyErr_Occurred() ? -1 : 0;
    if (!PyTuple_Check(answer) || PyTuple_GET_SIZE(answer) != 2) {
        PyErr_SetString(PyExc_TypeError, "not what is made of a rule's proposals");
        return -1;
    }
    Py_ssize_t start = PyLong_AsSsize_t(PyTuple_GET_ITEM(proposal, 0)), end = PyLong_AsSsize_t(PyTuple_GET_ITEM(proposal, 1));
    double sure = PyFloat_AsDouble(confidence);
    if (PyErr_Occurred()) return -1;
    int is_edit = after != Py_None && PyTuple_GET_ITEM(answer, 0) == Py_True;
    if (is_edit && sure < least) return 0;
    if (is_edit && made_already) return PyList_Append(edits, proposal);
    PyObject *fields[6] = {Py_NewRef(PyTuple_GET_ITEM(proposal, 0)), Py_NewRef(PyTuple_GET_ITEM(proposal, 1)),
                           PyUnicode_Substring(string, start, end)};
    PyObject *note = made_already ? NULL : PyTuple_GET_ITEM(proposal, 5);
    fields[3] = Py_NewRef(is_edit ? after : rule);
    fields[4] = Py_NewRef(is_edit ? rule : confidence);
    fields[5] = Py_NewRef(is_edit ? confidence : note && PyObject_IsTrue(note) ? note : PyTuple_GET_ITEM(answer, 1));
    return append(is_edit ? edits : findings, made((PyTypeObject *)(is_edit ? edit_type : finding_type), fields, 6));
}

/* proposed(proposals, string, rules, least, Edit, Finding, edits, findings): what a finder proposed, put to the edits and findings */
static PyObject *edits_proposed(PyObject *module, PyObject *args) {
    PyObject *proposals, *string, *rules, *edit_type, *finding_type, *edits, *findings;
    double least;
    if (!PyArg_ParseTuple(args, "OUO!dOOO!O!", &proposals, &string, &PyDict_Type, &rules, &least, &edit_type, &finding_type,
                          &PyList_Type, &edits, &PyList_Type, &findings) ||
        !is_type(edit_type, 6) || !is_type(finding_type, 6))
        return NULL;
    PyObject *iterator = PyObject_GetIter(proposals), *proposal;
    while (iterator && (proposal = PyIter_Next(iterator))) {
        int failed = put_proposal(proposal, string, rules, least, edit_type, finding_type, edits, findings) < 0;
        Py_DECREF(proposal);
        if (failed) Py_CLEAR(iterator);
    }
    Py_XDECREF(iterator);
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

/* commas_and_stops(text) -> how many commas and full stops it has */
static PyObject *edits_commas_and_stops(PyObject *module, PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "not a text");
    int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    Py_ssize_t size = PyUnicode_GET_LENGTH(text), commas = 0, stops = 0;
    if (kind == PyUnicode_1BYTE_KIND) {
        const char *end = (const char *)data + size;
        for (const char *at = data; (at = memchr(at, ',', (size_t)(end - at))); at++) commas++;
        for (const char *at = data; (at = memchr(at, '.', (size_t)(end - at))); at++) stops++;
    } else
        for (Py_ssize_t i = 0; i < size; i++) {
            Py_UCS4 character = PyUnicode_READ(kind, data, i);
            commas += character == ',';
            stops += character == '.';
        }
    return Py_BuildValue("nn", commas, stops);
}

static PyMethodDef edits_functions[] = {
    {"apply", (PyCFunction)edits_apply, METH_VARARGS, "A text with edits made; None where one does not fit."},
    {"settle", (PyCFunction)edits_settle, METH_O, "Non-overlapping edits out of rival ones."},
    {"around", (PyCFunction)edits_around, METH_VARARGS, "What stands around the places that edits led to."},
    {"compose", (PyCFunction)edits_compose, METH_VARARGS, "One list of edits that does what two do."},
    {"proposed", (PyCFunction)edits_proposed, METH_VARARGS, "The edits and findings that proposals make."},
    {"commas_and_stops", (PyCFunction)edits_commas_and_stops, METH_O, "How many commas and full stops a text has."},
    {NULL}};

#endif
