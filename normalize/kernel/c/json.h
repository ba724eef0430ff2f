/* Lines (normalize/dumps/lines.py), and JSON as it is written in one (json_text.py beside it): where values stand in an
 * object, and which escapes it has.
 */
#ifndef NORMALIZE_KERNEL_JSON_H
#define NORMALIZE_KERNEL_JSON_H
#include "lists.h"
#include <string.h>

static const char *json_past_space(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r' || *at == '\n')) at++;
    return at;
}

/* Behind the string whose quote is at `at`: its first quote that no backslash escapes; NULL where it has no end. */
static const char *json_past_string(const char *at, const char *end) {
    const char *quote = at;
    while ((quote = memchr(quote + 1, '"', (size_t)(end - quote - 1)))) {
        const char *before = quote;
        while (before[-1] == '\\') before--; /* the opening quote is none */
        if ((quote - before) % 2 == 0) return quote + 1;
    }
    return NULL;
}

/* Behind the value at `at`; NULL where it has no end. */
static const char *json_past_value(const char *at, const char *end) {
    if (at == end) return NULL;
    if (*at == '"') return json_past_string(at, end);
    if (*at != '{' && *at != '[') {
        const char *start = at;
        while (at < end && !strchr(",}] \t\r\n", *at)) at++; /* a NUL ends it, too */
        return at > start ? at : NULL;
    }
    for (Py_ssize_t depth = 0; at && at < end;) {
        if (*at == '"') {
            at = json_past_string(at, end);
            continue;
        }
        depth += *at == '{' || *at == '[' ? 1 : *at == '}' || *at == ']' ? -1 : 0;
        at++;
        if (!depth) return at;
    }
    return NULL;
}

/* spans(line, names) -> list of (start, end), None where a member is missing or a key is written with escapes */
static PyObject *json_spans(PyObject *module, PyObject *args) {
    const char *line;
    Py_ssize_t size;
    PyObject *names;
    if (!PyArg_ParseTuple(args, "y#O!", &line, &size, &PyTuple_Type, &names)) return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < count; i++)
        if (!PyBytes_Check(PyTuple_GET_ITEM(names, i))) return PyErr_Format(PyExc_TypeError, "names are bytes");
    PyObject *spans = PyList_New(count);
    const char *end = line + size, *at = spans ? memchr(line, '{', (size_t)size) : NULL;
    while (at && at < end && *at != '}') { /* at the brace, then at each comma */
        const char *key = json_past_space(at + 1, end);
        if (key == end || *key != '"') break;
        const char *key_end = json_past_string(key, end), *colon = key_end ? json_past_space(key_end, end) : end;
        if (colon == end || *colon != ':' || memchr(key, '\\', (size_t)(key_end - key))) goto odd;
        const char *value = json_past_space(colon + 1, end), *value_end = json_past_value(value, end);
        if (!value_end) goto odd;
        for (Py_ssize_t i = 0; i < count; i++) {
            PyObject *name = PyTuple_GET_ITEM(names, i);
            if (PyBytes_GET_SIZE(name) != key_end - key - 2 || memcmp(PyBytes_AS_STRING(name), key + 1, (size_t)(key_end - key - 2))) continue;
            PyObject *span = Py_BuildValue("nn", (Py_ssize_t)(value - line), (Py_ssize_t)(value_end - line));
            if (!span || PyList_SetItem(spans, i, span) < 0) Py_CLEAR(spans); /* of a key given twice, the last counts */
            if (!spans) return NULL;
        }
        at = json_past_space(value_end, end);
    }
    for (Py_ssize_t i = 0; spans && i < count; i++)
        if (!PyList_GET_ITEM(spans, i)) goto odd;
    return spans;
odd:
    Py_DECREF(spans);
    Py_RETURN_NONE;
}

/* has_style(line) -> bool: whether an escape in it tells of a style: \u or \/ */
static PyObject *json_has_style(PyObject *module, PyObject *line) {
    char *at;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(line, &at, &size) < 0) return NULL;
    for (const char *end = at + size; (at = memchr(at, '\\', (size_t)(end - at))) && ++at < end;)
        if (*at == 'u' || *at == '/') Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

/* lines(data) -> list of bytes: without their ends; what stands behind the last end is a line, too, but nothing is none */
static PyObject *json_lines(PyObject *module, PyObject *data) {
    char *at;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &at, &size) < 0) return NULL;
    PyObject *lines = PyList_New(0);
    for (const char *end = at + size; lines && at < end;) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        if (append(lines, PyBytes_FromStringAndSize(at, (stop ? stop : end) - at)) < 0) Py_CLEAR(lines);
        at = stop ? (char *)stop + 1 : (char *)end;
    }
    return lines;
}

/* line_count(data) -> int: how many lines() gives */
static PyObject *json_line_count(PyObject *module, PyObject *data) {
    char *at;
    Py_ssize_t size, count = 0;
    if (PyBytes_AsStringAndSize(data, &at, &size) < 0) return NULL;
    for (const char *end = at + size; at < end; count++)
        if ((at = memchr(at, '\n', (size_t)(end - at)))) at++;
        else at = (char *)end;
    return PyLong_FromSsize_t(count);
}

static PyMethodDef json_functions[] = {
    {"lines", (PyCFunction)json_lines, METH_O, "The lines of data, without their ends."},
    {"line_count", (PyCFunction)json_line_count, METH_O, "How many lines there are in data."},
    {"spans", (PyCFunction)json_spans, METH_VARARGS, "Where the values of named members of a JSON object stand in it."},
    {"has_style", (PyCFunction)json_has_style, METH_O, "Whether an escape in JSON tells how its writer writes."},
    {NULL}};

#endif
