/* The algebra of edits: apply, resolve_overlaps, compose_with, around; and what becomes of proposals.
 *
 * The definitions are Python: edit.py and normalizer.py. An edit is a tuple (start, end, before, after, rule,
 * confidence), of a type that is handed in, or that of another edit. What an edit holds is checked to be
 * plain int and str before it is used, so that no code of the caller's runs while offsets and references are
 * held.
 */
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
    if (!PyTuple_Check(edit) || PyTuple_GET_SIZE(edit) != EDIT_FIELDS ||
        !PyLong_Check(PyTuple_GET_ITEM(edit, START)) || !PyLong_Check(PyTuple_GET_ITEM(edit, END)) ||
        !PyUnicode_Check(PyTuple_GET_ITEM(edit, BEFORE)) || !PyUnicode_Check(PyTuple_GET_ITEM(edit, AFTER))) {
        PyErr_SetString(PyExc_TypeError, "not an edit");
        return -1;
    }
    into->edit = edit;
    into->place = i;
    into->start = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, START));
    into->end = PyLong_AsSsize_t(PyTuple_GET_ITEM(edit, END));
    if (PyErr_Occurred()) return -1;
    Py_ssize_t most = PY_SSIZE_T_MAX / 8; /* so that no sum of offsets overflows */
    if (into->start <= most && into->start >= -most && into->end <= most && into->end >= -most) return 0;
    PyErr_SetString(PyExc_OverflowError, "no text has such an offset");
    return -1;
}

static PyObject *field(const struct edit *edit, int number) { return PyTuple_GET_ITEM(edit->edit, number); }

static Py_ssize_t length_after(const struct edit *edit) { return PyUnicode_GET_LENGTH(field(edit, AFTER)); }

/* A tuple of a named tuple's type; steals the references in `fields`, of which none is NULL unless an
 * exception is set. */
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
    PyErr_SetString(PyExc_TypeError, "not a named tuple");
    return 0;
}

/* Copies [from, to) of a text behind what is written of another, which has room for it; returns the place
 * behind it, or -1. */
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
        PyErr_Format(PyExc_ValueError, "edit of %S does not fit the text: %R at %zd, found %R",
                     field(edit, RULE), field(edit, BEFORE), edit->start, found);
    Py_XDECREF(found);
}

/* The length and the widest character, or one as wide, of a text with edits made; -1 where one does not fit.
 */
static Py_ssize_t applied_size(PyObject *text, PyObject *edits, Py_UCS4 *widest) {
    Py_ssize_t position = 0, length = PyUnicode_GET_LENGTH(text), size = length;
    *widest = PyUnicode_MAX_CHAR_VALUE(text);
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
        Py_ssize_t grown = length_after(&edit) - (edit.end - edit.start);
        if (grown > PY_SSIZE_T_MAX - size) {
            PyErr_NoMemory();
            return -1;
        }
        size += grown;
        position = edit.end;
    }
    return size;
}

/* apply(text, edits) -> str; ValueError where an edit does not fit */
static PyObject *edits_apply(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *edits;
    Py_UCS4 widest;
    if (!PyArg_ParseTuple(args, "UO", &text, &edits)) return NULL;
    PyObject *own = PySequence_List(edits), *into = NULL, *result = NULL;
    Py_ssize_t size = own ? applied_size(text, own, &widest) : -1;
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
    if (at >= 0) /* what took more room than ASCII may be gone */
        result = widest < 0x80 ? Py_NewRef(into)
                               : PyUnicode_FromKindAndData(PyUnicode_KIND(into), PyUnicode_DATA(into), size);
    Py_XDECREF(into);
    Py_XDECREF(own);
    return result;
}

static int by_place(const void *one, const void *other) {
    const struct edit *a = one, *b = other;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    if (a->end != b->end) return a->end > b->end ? -1 : 1;
    return a->place < b->place ? -1 : 1;
}

/* resolve_overlaps(edits) -> list */
static PyObject *edits_resolve_overlaps(PyObject *Py_UNUSED(module), PyObject *edits) {
    PyObject *own = PySequence_List(edits), *kept = own ? PyList_New(0) : NULL;
    Py_ssize_t count = own ? PyList_GET_SIZE(own) : 0, position = 0, open_at = -1;
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
    Py_XDECREF(own);
    return kept;
}

/* around(text, edits, reach) -> list of str: what stands in `text` around the places that `edits` led to */
static PyObject *edits_around(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *edits;
    Py_ssize_t reach, shift = 0;
    if (!PyArg_ParseTuple(args, "UO!n", &text, &PyList_Type, &edits, &reach)) return NULL;
    if (reach < 0) return PyErr_Format(PyExc_ValueError, "no place is less than 0 code points away");
    PyObject *pieces = PyList_New(0);
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    for (Py_ssize_t i = 0; pieces && i < PyList_GET_SIZE(edits); i++) {
        struct edit edit;
        if (read_edit(edits, i, &edit) < 0) {
            Py_CLEAR(pieces);
            break;
        }
        Py_ssize_t size = length_after(&edit), start = edit.start + shift, end = start + size;
        if (edit.start < 0 || edit.end < edit.start || edit.start > length - shift || end > length) {
            PyErr_SetString(PyExc_ValueError, "an edit outside the text");
            Py_CLEAR(pieces);
            break;
        }
        start = start > reach ? start - reach : 0;
        end = length - end > reach ? end + reach : length;
        if (append(pieces, PyUnicode_Substring(text, start, end)) < 0) Py_CLEAR(pieces);
        shift += size - (edit.end - edit.start);
    }
    return pieces;
}

/* Where two lists of edits are, one after the other, as they are composed. */
struct composing {
    PyObject *original, *first, *second, *merge,
        *out; /* first and second are our own lists: `merge` may change others */
    struct edit
        *middle;       /* of `first`: start and end in the text between the two; place is the original end */
    struct edit other; /* the next of `second` */
    Py_ssize_t n, m, i, j;
    Py_ssize_t back; /* original offset minus that in the text between, behind the first edits taken so far */
};

/* Fills `middle`; -1 with an exception set. */
static int compose_start(struct composing *at) {
    Py_ssize_t shift = 0;
    at->middle = PyMem_New(struct edit, at->n + 1);
    if (!at->middle) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t k = 0; k < at->n; k++) {
        struct edit *edit = &at->middle[k];
        if (read_edit(at->first, k, edit) < 0) return -1;
        edit->place = edit->end;
        edit->start += shift;
        edit->end = edit->start + length_after(edit);
        shift = edit->end - edit->place;
    }
    return 0;
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

/* Puts what a cluster of edits of both lists that touch one another makes, [low, high) in the text between,
 * to the result. */
static int compose_cluster(struct composing *at) {
    const struct edit *middle = at->middle;
    Py_ssize_t low = middle[at->i].start < at->other.start ? middle[at->i].start : at->other.start,
               high = low;
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
    PyObject *firsts = PyList_GetSlice(at->first, first_from, at->i);
    PyObject *seconds = firsts ? PyList_GetSlice(at->second, second_from, at->j) : NULL;
    PyObject *merged = seconds ? PyObject_CallFunction(at->merge, "OnnnOO", at->original, low + back_before,
                                                       high + at->back, low, firsts, seconds)
                               : NULL;
    Py_XDECREF(firsts);
    Py_XDECREF(seconds);
    int failed = !merged || (merged != Py_None && PyList_Append(at->out, merged) < 0) ? -1 : 0;
    Py_XDECREF(merged);
    return failed;
}

static int compose_all(struct composing *at) {
    if (compose_start(at) < 0) return -1;
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

/* compose_with(original, first, second, merge) -> list; merge(original, start, end, low, first, second) ->
 * edit or None */
static PyObject *edits_compose_with(PyObject *Py_UNUSED(module), PyObject *args) {
    struct composing at = {0};
    PyObject *first, *second;
    if (!PyArg_ParseTuple(args, "UOOO", &at.original, &first, &second, &at.merge)) return NULL;
    at.first = PySequence_List(first);
    at.second = at.first ? PySequence_List(second) : NULL;
    at.out = at.second ? PyList_New(0) : NULL;
    if (at.out) {
        at.n = PyList_GET_SIZE(at.first);
        at.m = PyList_GET_SIZE(at.second);
        if (compose_all(&at) < 0) Py_CLEAR(at.out);
    }
    PyMem_Free(at.middle);
    Py_XDECREF(at.first);
    Py_XDECREF(at.second);
    return at.out;
}

/* What becomes of proposals. */
struct sorting {
    PyObject *string, *answers, *edits, *findings, *edit_type, *finding_type;
    double least;
};

/* Puts a proposal for a rule to the edits or findings by the answer to it; -1 with an exception set. */
static int sort_proposal(const struct sorting *to, PyObject *proposal, PyObject *answer) {
    int is_made =
        Py_TYPE(proposal) == (PyTypeObject *)to->edit_type; /* an edit already, which has `before` */
    PyObject *after = PyTuple_GET_ITEM(proposal, 2 + is_made),
             *rule = PyTuple_GET_ITEM(proposal, 3 + is_made);
    PyObject *confidence = PyTuple_GET_ITEM(proposal, 4 + is_made),
             *note = is_made ? Py_None : PyTuple_GET_ITEM(proposal, 5);
    Py_ssize_t start = PyLong_AsSsize_t(PyTuple_GET_ITEM(proposal, 0)),
               end = PyLong_AsSsize_t(PyTuple_GET_ITEM(proposal, 1));
    double sure = PyFloat_AsDouble(confidence);
    int has_note = PyErr_Occurred() ? -1 : PyObject_IsTrue(note);
    if (has_note < 0) return -1;
    int is_edit = after != Py_None && PyTuple_GET_ITEM(answer, 0) == Py_True;
    if (is_edit && !(sure >= to->least)) return 0;
    if (is_edit && is_made) return PyList_Append(to->edits, proposal);
    PyObject *fields[6] = {Py_NewRef(PyTuple_GET_ITEM(proposal, 0)), Py_NewRef(PyTuple_GET_ITEM(proposal, 1)),
                           PyUnicode_Substring(to->string, start, end)};
    fields[3] = Py_NewRef(is_edit ? after : rule);
    fields[4] = Py_NewRef(is_edit ? rule : confidence);
    fields[5] = Py_NewRef(is_edit ? confidence : has_note ? note : PyTuple_GET_ITEM(answer, 1));
    return append(is_edit ? to->edits : to->findings,
                  made((PyTypeObject *)(is_edit ? to->edit_type : to->finding_type), fields, 6));
}

/* The same for a proposal of any rule: it is left out where there is no answer to its rule, which is skipped.
 */
static int sort_any(const struct sorting *to, PyObject *proposal) {
    if (!PyTuple_Check(proposal) || PyTuple_GET_SIZE(proposal) != 6) {
        PyErr_SetString(PyExc_TypeError, "not a proposal");
        return -1;
    }
    int is_made = Py_TYPE(proposal) == (PyTypeObject *)to->edit_type;
    PyObject *answer = PyDict_GetItemWithError(to->answers, PyTuple_GET_ITEM(proposal, 3 + is_made));
    if (!answer) return PyErr_Occurred() ? -1 : 0;
    if (!PyTuple_Check(answer) || PyTuple_GET_SIZE(answer) != 2) {
        PyErr_SetString(PyExc_TypeError, "not what becomes of a rule's proposals");
        return -1;
    }
    Py_INCREF(answer);
    int failed = sort_proposal(to, proposal, answer);
    Py_DECREF(answer);
    return failed;
}

/* sort_out(proposals, string, answers, least, edits, findings, Edit, Finding) */
static PyObject *edits_sort_out(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *proposals, *proposal;
    struct sorting to;
    if (!PyArg_ParseTuple(args, "OUO!dO!O!OO", &proposals, &to.string, &PyDict_Type, &to.answers, &to.least,
                          &PyList_Type, &to.edits, &PyList_Type, &to.findings, &to.edit_type,
                          &to.finding_type) ||
        !is_tuple_type(to.edit_type) || !is_tuple_type(to.finding_type))
        return NULL;
    PyObject *iterator = PyObject_GetIter(proposals);
    int failed = 0;
    while (iterator && !failed && (proposal = PyIter_Next(iterator))) {
        failed = sort_any(&to, proposal) < 0;
        Py_DECREF(proposal);
    }
    Py_XDECREF(iterator);
    if (PyErr_Occurred()) return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef edits_functions[] = {
    {"apply", edits_apply, METH_VARARGS, "A text with edits made."},
    {"resolve_overlaps", edits_resolve_overlaps, METH_O, "Edits that do not overlap, out of rival ones."},
    {"around", edits_around, METH_VARARGS, "What stands around the places that edits led to."},
    {"compose_with", edits_compose_with, METH_VARARGS, "One list of edits that does what two do."},
    {"sort_out", edits_sort_out, METH_VARARGS, "Puts proposals to the edits and findings of a text."},
    {NULL, NULL, 0, NULL}};

#endif
