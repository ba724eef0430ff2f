/* Lines, and JSON as it is written in one: where values stand in an object, and whether its escapes tell of a style.
 *
 * The definitions are Python: dumps/formats/lines.py and dumps/formats/json_strings.py. */
#ifndef NORMALIZE_KERNEL_JSON_H
#define NORMALIZE_KERNEL_JSON_H
#include "lists.h"

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

/* The key whose string is at [start, end), by its escapes: a new reference to its UTF-8, which has them decoded. */
static PyObject *json_key(const char *start, const char *end) {
    if (!memchr(start, '\\', (size_t)(end - start))) return PyBytes_FromStringAndSize(start + 1, end - start - 2);
    PyObject *json = PyImport_ImportModule("json"); /* rare: no writer of dumps escapes plain keys */
    PyObject *key = json ? PyObject_CallMethod(json, "loads", "y#", start, (Py_ssize_t)(end - start)) : NULL;
    PyObject *bytes = key ? PyUnicode_AsEncodedString(key, "utf-8", "surrogatepass") : NULL;
    Py_XDECREF(json);
    Py_XDECREF(key);
    return bytes;
}

/* Notes a value's span for the names that its key, a new reference or NULL, is; -1 with an exception set. */
static int json_note(PyObject *spans, PyObject *names, PyObject *key, Py_ssize_t start, Py_ssize_t end) {
    int failed = key ? 0 : -1;
    for (Py_ssize_t i = 0; !failed && i < PyTuple_GET_SIZE(names); i++) {
        PyObject *name = PyTuple_GET_ITEM(names, i);
        if (PyBytes_GET_SIZE(name) != PyBytes_GET_SIZE(key) ||
            memcmp(PyBytes_AS_STRING(name), PyBytes_AS_STRING(key), (size_t)PyBytes_GET_SIZE(key)))
            continue;
        PyObject *span = Py_BuildValue("nn", start, end);
        failed = span ? PyList_SetItem(spans, i, span) : -1; /* of a key given twice, the last counts */
    }
    Py_XDECREF(key);
    return failed;
}

/* spans(line, names) -> list of (start, end); KeyError where a member is missing, ValueError for what is no object */
static PyObject *json_spans(PyObject *Py_UNUSED(module), PyObject *args) {
    const char *line;
    Py_ssize_t size;
    PyObject *names;
    if (!PyArg_ParseTuple(args, "y#O!", &line, &size, &PyTuple_Type, &names)) return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(names);
    for (Py_ssize_t i = 0; i < count; i++)
        if (!PyBytes_Check(PyTuple_GET_ITEM(names, i))) return PyErr_Format(PyExc_TypeError, "names are bytes");
    PyObject *spans = PyList_New(count);
    const char *end = line + size, *at = spans ? memchr(line, '{', (size_t)size) : NULL;
    if (spans && !at) goto invalid;
    while (at && at < end && *at != '}') { /* at the brace, then at each comma */
        const char *key = json_past_space(at + 1, end);
        if (key == end || *key != '"') break; /* an object without members */
        const char *key_end = json_past_string(key, end), *colon = key_end ? json_past_space(key_end, end) : end;
        if (colon == end || *colon != ':') goto invalid;
        const char *value = json_past_space(colon + 1, end), *value_end = json_past_value(value, end);
        if (!value_end) goto invalid;
        if (json_note(spans, names, json_key(key, key_end), value - line, value_end - line) < 0) goto failed;
        at = json_past_space(value_end, end);
    }
    for (Py_ssize_t i = 0; spans && i < count; i++)
        if (!PyList_GET_ITEM(spans, i)) {
            PyErr_SetObject(PyExc_KeyError, PyTuple_GET_ITEM(names, i));
            goto failed;
        }
    return spans;
invalid:
    PyErr_SetString(PyExc_ValueError, "not a JSON object");
failed:
    Py_XDECREF(spans);
    return NULL;
}

/* has_style(line) -> bool: whether an escape in it tells of a style: \u or \/ */
static PyObject *json_has_style(PyObject *Py_UNUSED(module), PyObject *line) {
    char *at;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(line, &at, &size) < 0) return NULL;
    for (const char *end = at + size; (at = memchr(at, '\\', (size_t)(end - at))) && ++at < end;)
        if (*at == 'u' || *at == '/') Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

/* split_lines(data) -> list of bytes: without their ends; what stands behind the last end is a line, too, but nothing is
 * none */
static PyObject *split_lines_of(PyObject *Py_UNUSED(module), PyObject *data) {
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

/* line_count(data) -> int: how many lines split_lines gives */
static PyObject *json_line_count(PyObject *Py_UNUSED(module), PyObject *data) {
    char *at;
    Py_ssize_t size, count = 0;
    if (PyBytes_AsStringAndSize(data, &at, &size) < 0) return NULL;
    for (const char *end = at + size; at < end; count++)
        if ((at = memchr(at, '\n', (size_t)(end - at))))
            at++;
        else
            at = (char *)end;
    return PyLong_FromSsize_t(count);
}

#endif
