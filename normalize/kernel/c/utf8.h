/* Texts as UTF-8, in which literals and words are looked for: pure.utf8. Runs of ASCII are copied eight characters at a
 * time. */
#ifndef NORMALIZE_KERNEL_UTF8_H
#define NORMALIZE_KERNEL_UTF8_H
#include "module.h"

enum { LONGEST_IN_UTF8 = 4 }; /* bytes of a character */

/* Writes a character, be it a lone surrogate; returns the place behind it. */
static char *put_character(char *to, Py_UCS4 c) {
    if (c < 0x80) {
        *to++ = (char)c;
        return to;
    }
    if (c < 0x800)
        *to++ = (char)(0xC0 | c >> 6);
    else {
        if (c < 0x10000)
            *to++ = (char)(0xE0 | c >> 12);
        else {
            *to++ = (char)(0xF0 | c >> 18);
            *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *to++ = (char)(0x80 | (c & 0x3F));
    return to;
}

/* Copies eight characters, where they are all ASCII; not those of four bytes each, which are rare. */
static inline int copy_ascii(char *to, const char *from, int kind) {
    uint64_t lanes[2];
    if (kind == 1) {
        memcpy(lanes, from, 8);
        if (lanes[0] & 0x8080808080808080u) return 0;
    } else if (kind == 2 && PY_LITTLE_ENDIAN) {
        memcpy(lanes, from, 16);
        if ((lanes[0] | lanes[1]) & 0xFF80FF80FF80FF80u) return 0;
        for (int i = 0; i < 2; i++) { /* the bytes in between, which are 0, are left out */
            lanes[i] = (lanes[i] | lanes[i] >> 8) & 0x0000FFFF0000FFFFu;
            lanes[i] = (lanes[i] | lanes[i] >> 16) & 0xFFFFFFFFu;
        }
        lanes[0] |= lanes[1] << 32;
    } else
        return 0;
    memcpy(to, lanes, 8);
    return 1;
}

/* Writes [from, end) of a text, for which there is room; returns the place behind it. */
static char *put_utf8(char *to, PyObject *text, Py_ssize_t from, Py_ssize_t end) {
    int kind = PyUnicode_KIND(text);
    const char *data = PyUnicode_DATA(text);
    while (from < end) {
        for (; end - from >= 8 && copy_ascii(to, data + from * kind, kind); from += 8) to += 8;
        for (Py_ssize_t stop = end - from < 8 ? end : from + 8; from < stop; from++)
            to = put_character(to, PyUnicode_READ(kind, data, from));
    }
    return to;
}

/* Bytes for so many characters, to be cut when they are written. */
static PyObject *room_for_utf8(Py_ssize_t length) {
    if (length > PY_SSIZE_T_MAX / 2 / LONGEST_IN_UTF8) return PyErr_NoMemory();
    return PyBytes_FromStringAndSize(NULL, length * LONGEST_IN_UTF8);
}

/* Cuts such bytes at the place behind the last that was written; steals them. */
static PyObject *cut_utf8(PyObject *made, const char *end) {
    _PyBytes_Resize(&made, end - PyBytes_AS_STRING(made));
    return made;
}

/* utf8(text) -> bytes */
static PyObject *utf8_bytes(PyObject *Py_UNUSED(module), PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "not a str");
    Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    if (PyUnicode_IS_ASCII(text)) return PyBytes_FromStringAndSize(PyUnicode_DATA(text), length);
    PyObject *made = room_for_utf8(length);
    return made ? cut_utf8(made, put_utf8(PyBytes_AS_STRING(made), text, 0, length)) : NULL;
}

#endif
