/* What becomes of proposals: stages.sort_out. */
#ifndef NORMALIZE_KERNEL_PROPOSALS_H
#define NORMALIZE_KERNEL_PROPOSALS_H
#include "edits.h"

/* Where proposals are put. */
struct sorting {
    PyObject *string, *answers, *edits, *findings, *edit_type, *finding_type;
    double least;
};

/* Puts a proposal for a rule to the edits or findings by the answer to it; -1 with an exception set. */
static int sort_proposal(const struct sorting *to, PyObject *proposal, PyObject *answer) {
    int is_made = Py_TYPE(proposal) == (PyTypeObject *)to->edit_type; /* an edit already, which has `before` */
    PyObject *after = PyTuple_GET_ITEM(proposal, 2 + is_made), *rule = PyTuple_GET_ITEM(proposal, 3 + is_made);
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

/* The same for a proposal of any rule: it is left out where there is no answer to its rule, which is skipped. */
static int sort_any(const struct sorting *to, PyObject *proposal) {
    if (!PyTuple_Check(proposal) || PyTuple_GET_SIZE(proposal) != 6)
        return PyErr_Format(PyExc_TypeError, "not a proposal"), -1;
    int is_made = Py_TYPE(proposal) == (PyTypeObject *)to->edit_type;
    PyObject *answer = PyDict_GetItemWithError(to->answers, PyTuple_GET_ITEM(proposal, 3 + is_made));
    if (!answer) return PyErr_Occurred() ? -1 : 0;
    if (!PyTuple_Check(answer) || PyTuple_GET_SIZE(answer) != 2)
        return PyErr_Format(PyExc_TypeError, "not what becomes of a rule's proposals"), -1;
    Py_INCREF(answer);
    int failed = sort_proposal(to, proposal, answer);
    Py_DECREF(answer);
    return failed;
}

/* The same for all proposals of a finder; -1 with an exception set. */
static int sort_all(const struct sorting *to, PyObject *proposals) {
    PyObject *iterator = PyObject_GetIter(proposals), *proposal;
    int failed = iterator ? 0 : -1;
    while (!failed && (proposal = PyIter_Next(iterator))) {
        failed = sort_any(to, proposal);
        Py_DECREF(proposal);
    }
    Py_XDECREF(iterator);
    return failed || PyErr_Occurred() ? -1 : 0;
}

#endif
