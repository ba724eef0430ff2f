/* A str, read by place. */
#ifndef NORMALIZE_KERNEL_TEXT_H
#define NORMALIZE_KERNEL_TEXT_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t size;
} Reader;

static Reader reader_of(PyObject *string) {
    return (Reader){PyUnicode_KIND(string), PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string)};
}

/* The character at a place, 0 outside of the text: that stands for nothing that is looked for. */
static Py_UCS4 char_at(const Reader *text, Py_ssize_t i) {
    return i >= 0 && i < text->size ? PyUnicode_READ(text->kind, text->data, i) : 0;
}

#endif
