/* What is found, put to lists. */
#ifndef NORMALIZE_KERNEL_LISTS_H
#define NORMALIZE_KERNEL_LISTS_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static int append(PyObject *list, PyObject *item) { /* steals `item` */
    int failed = item ? PyList_Append(list, item) : -1;
    Py_XDECREF(item);
    return failed;
}

/* Adds a place to those of a string in a dict of lists; steals the string. */
static int add_place(PyObject *found, PyObject *string, Py_ssize_t place) {
    PyObject *places = string ? PyDict_GetItemWithError(found, string) : NULL;
    int failed = string && !PyErr_Occurred() ? 0 : -1;
    if (!failed && !places) {
        places = PyList_New(0);
        failed = places ? PyDict_SetItem(found, string, places) : -1;
        Py_XDECREF(places); /* the dict has it */
    }
    Py_XDECREF(string);
    return failed < 0 ? -1 : append(places, PyLong_FromSsize_t(place));
}

#endif
