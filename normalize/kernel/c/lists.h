/* Results put to Python lists: append, and a dict of lists of offsets; and numbers read from them. */
#ifndef NORMALIZE_KERNEL_LISTS_H
#define NORMALIZE_KERNEL_LISTS_H
#include "module.h"

static int append(PyObject *list, PyObject *item) { /* steals `item` */
    int failed = item ? PyList_Append(list, item) : -1;
    Py_XDECREF(item);
    return failed;
}

/* Adds an offset to those of a string in a dict of lists; steals the string. */
static int add_offset(PyObject *found, PyObject *string, Py_ssize_t offset) {
    PyObject *offsets = string ? PyDict_GetItemWithError(found, string) : NULL;
    int failed = string && !PyErr_Occurred() ? 0 : -1;
    if (!failed && !offsets) {
        offsets = PyList_New(0);
        failed = offsets ? PyDict_SetItem(found, string, offsets) : -1;
        Py_XDECREF(offsets); /* the dict has it */
    }
    Py_XDECREF(string);
    return failed < 0 ? -1 : append(offsets, PyLong_FromSsize_t(offset));
}

/* Adds (start, end, row) to a list, `row` being that of a string in a dict, which may fill it when it is asked for; nothing
 * where it is None. Steals the string. */
static int add_row(PyObject *found, PyObject *rows, PyObject *string, Py_ssize_t start, Py_ssize_t end) {
    PyObject *row = string ? Py_XNewRef(PyDict_GetItemWithError(rows, string)) : NULL;
    if (string && !row && !PyErr_Occurred()) row = PyObject_GetItem(rows, string);
    PyObject *one = row && row != Py_None ? PyTuple_New(3) : NULL;
    int failed = row && !PyErr_Occurred() ? 0 : -1;
    if (one) {
        PyTuple_SET_ITEM(one, 0, PyLong_FromSsize_t(start));
        PyTuple_SET_ITEM(one, 1, PyLong_FromSsize_t(end));
        PyTuple_SET_ITEM(one, 2, Py_NewRef(row));
        failed = PyErr_Occurred() ? -1 : PyList_Append(found, one);
        Py_DECREF(one);
    }
    Py_XDECREF(row);
    Py_XDECREF(string);
    return failed;
}

/* Takes the numbers of a sequence, or a buffer of doubles, which are to be so many; -1 with an exception set. */
static int fill_doubles(double *target, Py_ssize_t count, PyObject *sequence, const char *what) {
    Py_buffer flat;
    if (PyObject_CheckBuffer(sequence) && !PyBytes_Check(sequence)) {
        if (PyObject_GetBuffer(sequence, &flat, PyBUF_FORMAT | PyBUF_ND) < 0) return -1;
        int failed = strcmp(flat.format, "d") || flat.len != count * (Py_ssize_t)sizeof *target;
        if (failed)
            PyErr_Format(PyExc_ValueError, "%zd doubles of %s", count, what);
        else
            memcpy(target, flat.buf, (size_t)flat.len);
        PyBuffer_Release(&flat);
        return failed ? -1 : 0;
    }
    PyObject *numbers = PySequence_Tuple(sequence); /* our own: a number may be made by code that changes a list */
    if (!numbers) return -1;
    if (PyTuple_GET_SIZE(numbers) != count)
        PyErr_Format(PyExc_ValueError, "%zd %s, not %zd", PyTuple_GET_SIZE(numbers), what, count);
    for (Py_ssize_t i = 0; i < count && !PyErr_Occurred(); i++) target[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(numbers, i));
    Py_DECREF(numbers);
    return PyErr_Occurred() ? -1 : 0;
}

#endif
