/* The algebra of edits: apply, resolve_overlaps, around.
 *
 * The definitions are Python: edit.py. An edit is a tuple (start, end, before, after, rule, confidence), of a type that is
 * handed in, or that of another edit. What an edit holds is checked to be plain int and str before it is used, so that no
 * code of the caller's runs while offsets and references are held. */
#ifndef NORMALIZE_KERNEL_EDITS_H
#define NORMALIZE_KERNEL_EDITS_H
#include "lists.h"

enum { START, END, BEFORE, AFTER, RULE, CONFIDENCE, EDIT_FIELDS };

struct edit {
    Py_ssize_t start, end;
    PyObject *edit; /* borrowed */
    Py_ssize_t place;
};

/* Reads offsets and fields of item i of a list of edits; what is no edit raises. */
static int read_edit(PyObject *list, Py_ssize_t i, struct edit *into) {
    PyObject *edit = PyList_GET_ITEM(list, i);
    if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != EDIT_FIELDS || !PyLong_Check(PyTuple_GET_ITEM(edit, START)) ||
        !PyLong_Check(PyTuple_GET_ITEM(edit, END)) || !PyUnicode_Check(PyTuple_GET_ITEM(edit, BEFORE)) ||
        !PyUnicode_Check(PyTuple_GET_ITEM(edit, AFTER)))
        return PyErr_Format(PyExc_TypeError, "not an edit"), -1;
    into->edit = edit;
    into->place = i;
    into->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, START));
    into->end = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, END));
    if (PyErr_Occurred()) return -1;
    Py_ssize_t most = PY_SSIZE_T_MAX / 8; /* so that no sum of offsets overflows */
    if (into->start <= most && into->start >= -most && into->end <= most && into->end >= -most) return 0;
    return PyErr_Format(PyExc_OverflowError, "no text has such an offset"), -1;
}

static PyObject *field(const struct edit *edit, int number) { return PyTuple_GET_ITEM(edit->edit, number); }

static Py_ssize_t length_after(const struct edit *edit) { return PyUnicode_GET_LENGTH(field(edit, AFTER)); }

/* A tuple of a named tuple's type; steals the references in `fields`, of which none is NULL unless an exception is set. */
static PyObject *made(PyTypeObject *type, PyObject **fields, Py_ssize_t count) {
    PyObject *tuple = type->tp_alloc(type, count);
    for (Py_ssize_t i = 0; i < count; i++)
        if (!fields[i]) Py_CLEAR(tuple);
    for (Py_ssize_t i = 0; i < count; i++) {
        if (tuple)
            PyTuple_SET_ITEM(tuple, i, fields[i]);
        else
            Py_XDECREF(fields[i]);
    }
    return tuple;
}

static int is_tuple_type(PyObject *object) {
    if (PyType_Check(object) && PyType_IsSubtype((PyTypeObject *)object, &PyTuple_Type)) return 1;
    return PyErr_Format(PyExc_TypeError, "not a named tuple"), 0;
}

/* Copies [from, to) of a text behind what is written of another, which has room for it; returns the place behind it, or
 * -1. */
static Py_ssize_t copied(PyObject *into, Py_ssize_t at, PyObject *text, Py_ssize_t from, Py_ssize_t to) {
    if (from == to) return at;
    return PyUnicode_CopyCharacters(into, at, text, from, to - from) < 0 ? -1 : at + to - from;
}

/* Raises that an edit is not of a text. */
static void refuse_edit(PyObject *text, const struct edit *edit) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start = edit->start, end = edit->end;
    start = start < 0 ? 0 : start > length ? length : start;
    end = end < start ? start : end > length ? length : end;
    PyObject *found = PyUnicode_Substring(text, start, end);
    if (found)
        PyErr_Format(PyExc_ValueError, "edit of %S does not fit the text: %R at %zd, found %R", field(edit, RULE),
                     field(edit, BEFORE), edit->start, found);
    Py_XDECREF(found);
}

/* The length and the widest character, or one as wide, of a text with edits made, and whether that may have gone with an
 * edit; -1 where one does not fit. */
static Py_ssize_t applied_size(PyObject *text, PyObject *edits, Py_UCS4 *widest, int *may_be_gone) {
    Py_ssize_t position = 0, length = PyUnicode_GET_LENGTH(text), size = length;
    Py_UCS4 own = *widest = PyUnicode_MAX_CHAR_VALUE(text);
    *may_be_gone = 0;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(edits); i++) {
        struct edit edit;
        if (read_edit(edits, i, &edit) < 0) return -1;
        PyObject *before = field(&edit, BEFORE);
        Py_ssize_t fits = edit.start >= position && edit.end <= length && edit.start <= edit.end &&
                          edit.end - edit.start == PyUnicode_GET_LENGTH(before);
        if (fits) fits = PyUnicode_Tailmatch(text, before, edit.start, edit.end, -1);
        if (fits <= 0) {
            if (!fits) refuse_edit(text, &edit);
            return -1;
        }
        Py_UCS4 width = PyUnicode_MAX_CHAR_VALUE(field(&edit, AFTER));
        if (width > *widest) *widest = width;
        *may_be_gone |= own >= 0x80 && PyUnicode_MAX_CHAR_VALUE(before) >= own;
        Py_ssize_t grown = length_after(&edit) - (edit.end - edit.start);
        if (grown > PY_SSIZE_T_MAX - size) return PyErr_NoMemory(), -1;
        size += grown;
        position = edit.end;
    }
    return size;
}

/* A text with a list of edits made, which is not to change meanwhile; ValueError where one does not fit. */
static PyObject *applied(PyObject *text, PyObject *own) {
    PyObject *into = NULL, *result = NULL;
    Py_UCS4 widest;
    int may_be_gone;
    Py_ssize_t size = applied_size(text, own, &widest, &may_be_gone);
    if (size >= 0) into = PyUnicode_New(size, widest);
    Py_ssize_t at = into ? 0 : -1, position = 0;
    for (Py_ssize_t i = 0; at >= 0 && i < PyList_GET_SIZE(own); i++) {
        struct edit edit;
        if (read_edit(own, i, &edit) < 0) break; /* it was read before */
        at = copied(into, at, text, position, edit.start);
        if (at >= 0) at = copied(into, at, field(&edit, AFTER), 0, length_after(&edit));
        position = edit.end;
    }
    if (at >= 0) at = copied(into, at, text, position, PyUnicode_GET_LENGTH(text));
    if (at >= 0)
        result = may_be_gone ? PyUnicode_FromKindAndData(PyUnicode_KIND(into), PyUnicode_DATA(into), size) : Py_NewRef(into);
    Py_XDECREF(into);
    return result;
}

/* apply(text, edits) -> str */
static PyObject *edits_apply(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *edits;
    if (!PyArg_ParseTuple(args, "UO", &text, &edits)) return NULL;
    PyObject *own = PySequence_List(edits), *result = own ? applied(text, own) : NULL;
    Py_XDECREF(own);
    return result;
}

static int by_place(const void *one, const void *other) {
    const struct edit *a = one, *b = other;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* The edits of a list, which is not to change meanwhile, without those that overlap others, in order. */
static PyObject *resolved(PyObject *own) {
    PyObject *kept = PyList_New(0);
    Py_ssize_t count = PyList_GET_SIZE(own), position = 0, open_at = -1;
    struct edit *ranked = kept ? PyMem_New(struct edit, count + 1) : NULL;
    if (kept && !ranked) {
        Py_CLEAR(kept);
        PyErr_NoMemory();
    }
    int sorted = 1;
    for (Py_ssize_t i = 0; kept && i < count; i++) {
        if (read_edit(own, i, &ranked[i]) < 0)
            Py_CLEAR(kept);
        else if (i && by_place(&ranked[i - 1], &ranked[i]) > 0)
            sorted = 0;
    }
    if (kept && !sorted) qsort(ranked, (size_t)count, sizeof *ranked, by_place);
    for (Py_ssize_t i = 0; kept && i < count; i++) {
        const struct edit *edit = &ranked[i];
        if (edit->start < position || (edit->start == edit->end && edit->start == open_at)) continue;
        if (PyUnicode_Compare(field(edit, BEFORE), field(edit, AFTER)) == 0) continue;
        if (PyList_Append(kept, edit->edit) < 0) Py_CLEAR(kept);
        position = edit->end;
        open_at = edit->start == edit->end ? edit->end : -1;
    }
    PyMem_Free(ranked);
    return kept;
}

/* resolve_overlaps(edits) -> list */
static PyObject *edits_resolve_overlaps(PyObject *Py_UNUSED(module), PyObject *edits) {
    PyObject *own = PySequence_List(edits), *kept = own ? resolved(own) : NULL;
    Py_XDECREF(own);
    return kept;
}

struct span {
    Py_ssize_t start, end;
};

/* The places that a list of edits led to in a text, one for each, with so many code points on both sides; NULL with an
 * exception set. */
static struct span *spans_around(PyObject *text, PyObject *edits, Py_ssize_t reach) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), count = PyList_GET_SIZE(edits), shift = 0;
    struct span *spans = PyMem_New(struct span, count + 1);
    if (!spans) PyErr_NoMemory();
    for (Py_ssize_t i = 0; spans && i < count; i++) {
        struct edit edit;
        if (read_edit(edits, i, &edit) < 0) goto failed;
        Py_ssize_t size = length_after(&edit), start = edit.start + shift, end = start + size;
        if (edit.start < 0 || edit.end < edit.start || edit.start > length - shift || end > length) {
            PyErr_SetString(PyExc_ValueError, "an edit outside the text");
            goto failed;
        }
        spans[i] = (struct span){start > reach ? start - reach : 0, length - end > reach ? end + reach : length};
        shift += size - (edit.end - edit.start);
    }
    return spans;
failed:
    PyMem_Free(spans);
    return NULL;
}

/* around(text, edits, reach) -> list of str */
static PyObject *edits_around(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *edits;
    Py_ssize_t reach;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyList_Type, &edits, &reach)) return NULL;
    if (reach < 0) return PyErr_Format(PyExc_ValueError, "no place is less than 0 code points away");
    struct span *spans = spans_around(text, edits, reach);
    PyObject *pieces = spans ? PyList_New(0) : NULL;
    for (Py_ssize_t i = 0; pieces && i < PyList_GET_SIZE(edits); i++)
        if (append(pieces, PyUnicode_Substring(text, spans[i].start, spans[i].end)) < 0) Py_CLEAR(pieces);
    PyMem_Free(spans);
    return pieces;
}

#endif
