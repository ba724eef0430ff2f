/* Results put to Python lists: append, and a dict of lists of offsets. */
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

#endif
