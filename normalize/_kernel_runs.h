/* Runs of characters of one kind, and where they stand in a text. */
#ifndef NORMALIZE_KERNEL_RUNS_H
#define NORMALIZE_KERNEL_RUNS_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>

/* Puts the next run of characters beyond ASCII, from *end on, at [*start, *end); both are `length` where there is none. */
#define NEXT_RUN(type) \
    do { \
        const type *characters = PyUnicode_DATA(text); \
        while (*end < length && characters[*end] < 0x80) ++*end; \
        *start = *end; \
        while (*end < length && characters[*end] >= 0x80) ++*end; \
    } while (0)

static void next_run(PyObject *text, Py_ssize_t length, Py_ssize_t *start, Py_ssize_t *end) {
    if (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND) NEXT_RUN(Py_UCS1);
    else if (PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND) NEXT_RUN(Py_UCS2);
    else NEXT_RUN(Py_UCS4);
}

/* beyond_ascii(text) -> dict: the runs of characters beyond ASCII -> list of where they start */
static PyObject *runs_beyond_ascii(PyObject *module, PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "not a str");
    if (PyUnicode_READY(text) < 0) return NULL;
    PyObject *found = PyDict_New();
    if (!found || PyUnicode_IS_ASCII(text)) return found;
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start, end = 0;
    while (next_run(text, length, &start, &end), start < length) {
        PyObject *run = PyUnicode_Substring(text, start, end), *place = PyLong_FromSsize_t(start);
        PyObject *places = run && place ? PyDict_GetItemWithError(found, run) : NULL;
        int failed = !run || !place || PyErr_Occurred();
        if (!failed && places) failed = PyList_Append(places, place) < 0;
        else if (!failed) {
            places = PyList_New(1);
            failed = !places;
            if (places) {
                PyList_SET_ITEM(places, 0, Py_NewRef(place));
                failed = PyDict_SetItem(found, run, places) < 0;
                Py_DECREF(places);
            }
        }
        Py_XDECREF(run);
        Py_XDECREF(place);
        if (failed) {
            Py_DECREF(found);
            return NULL;
        }
    }
    return found;
}

static PyMethodDef runs_functions[] = {
    {"beyond_ascii", (PyCFunction)runs_beyond_ascii, METH_O, "The runs of characters beyond ASCII, and where they stand."},
    {NULL}};

#endif
