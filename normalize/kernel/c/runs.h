/* Where characters of some kinds stand in a text: pure.beyond_ascii, marks, lost_commas. */
#ifndef NORMALIZE_KERNEL_RUNS_H
#define NORMALIZE_KERNEL_RUNS_H
#include "lists.h"

/* The first offset from `at` on, before `length`, where a condition on `c`, the character there, holds; `length` for
 * none. */
#define FIRST(name, condition)                                                                                              \
    static Py_ssize_t name(PyObject *text, Py_ssize_t at, Py_ssize_t length) {                                              \
        if (PyUnicode_KIND(text) == PyUnicode_1BYTE_KIND) FIRST_OF(Py_UCS1, condition)                                      \
        if (PyUnicode_KIND(text) == PyUnicode_2BYTE_KIND) FIRST_OF(Py_UCS2, condition)                                      \
        FIRST_OF(Py_UCS4, condition)                                                                                        \
    }
#define FIRST_OF(type, condition)                                                                                           \
    {                                                                                                                       \
        for (const type *p = (const type *)PyUnicode_DATA(text) + at; at < length; at++) {                                  \
            const type c = *p++;                                                                                            \
            if (condition) break;                                                                                           \
        }                                                                                                                   \
        return at;                                                                                                          \
    }

FIRST(first_ascii, c < 0x80)
FIRST(first_beyond_ascii, c >= 0x80)
FIRST(first_other, c != ',' && c != '.' && c != ' ')
#undef FIRST
#undef FIRST_OF

/* Lanes of 64 bits that hold a character each: their lowest bits, and so many of them. */
static const uint64_t BYTES = 0x0101010101010101, PAIRS_OF_BYTES = 0x0001000100010001;

/* Whether a comma or a full stop, which differ in one bit, may be in one of the lanes; now and then true where none is. */
static inline uint64_t may_have_mark(uint64_t lanes, uint64_t ones) {
    uint64_t others = (lanes | ones * (',' ^ '.')) ^ ones * '.'; /* 0 where one is */
    return (others - ones) & ~others & ones << (ones == BYTES ? 7 : 15);
}

/* The first offset from `at` on of a comma or a full stop; `length` for none. */
static Py_ssize_t first_mark(PyObject *text, Py_ssize_t at, Py_ssize_t length) {
    int kind = PyUnicode_KIND(text);
    const char *data = PyUnicode_DATA(text);
    uint64_t ones = kind == PyUnicode_1BYTE_KIND ? BYTES : PAIRS_OF_BYTES, lanes;
    Py_ssize_t many = (Py_ssize_t)sizeof lanes / kind; /* characters that are looked at together */
    if (kind <= PyUnicode_2BYTE_KIND)
        for (; length - at >= many; at += many) {
            memcpy(&lanes, data + at * kind, sizeof lanes);
            if (!may_have_mark(lanes, ones)) continue;
            for (Py_ssize_t i = at; i < at + many; i++) {
                Py_UCS4 c = PyUnicode_READ(kind, data, i);
                if (c == ',' || c == '.') return i;
            }
        }
    for (; at < length; at++) {
        Py_UCS4 c = PyUnicode_READ(kind, data, at);
        if (c == ',' || c == '.') break;
    }
    return at;
}

/* beyond_ascii(text) -> dict: the runs of characters beyond ASCII -> list of where they start */
static PyObject *runs_beyond_ascii(PyObject *Py_UNUSED(module), PyObject *text) {
    if (!PyUnicode_Check(text)) return PyErr_Format(PyExc_TypeError, "not a str");
    PyObject *found = PyDict_New();
    Py_ssize_t length = PyUnicode_GET_LENGTH(text), start, end = 0;
    while (found && (start = first_beyond_ascii(text, end, length)) < length) {
        end = first_ascii(text, start, length);
        if (add_offset(found, PyUnicode_Substring(text, start, end), start) < 0) Py_CLEAR(found);
    }
    return found;
}

/* What stands at an offset: of letters and digits in ASCII only the kind, "a", "A" or "0"; NUL outside of the text. */
static Py_UCS4 kind_at(PyObject *text, Py_ssize_t at) {
    Py_UCS4 c = at < 0 || at >= PyUnicode_GET_LENGTH(text) ? 0 : PyUnicode_READ_CHAR(text, at);
    return c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : c >= '0' && c <= '9' ? '0' : c;
}

/* [start, end) of a text, which is ASCII, and the kinds of two characters on both sides. */
static PyObject *with_kinds(PyObject *text, Py_ssize_t start, Py_ssize_t end) {
    Py_UCS4 kinds[4] = {kind_at(text, start - 2), kind_at(text, start - 1), kind_at(text, end), kind_at(text, end + 1)},
            widest = 0;
    for (int i = 0; i < 4; i++)
        if (kinds[i] > widest) widest = kinds[i];
    PyObject *made = PyUnicode_New(end - start + 4, widest);
    if (!made) return NULL;
    int kind = PyUnicode_KIND(made);
    void *data = PyUnicode_DATA(made);
    for (Py_ssize_t at = start; at < end; at++) PyUnicode_WRITE(kind, data, at - start + 2, PyUnicode_READ_CHAR(text, at));
    for (int i = 0; i < 4; i++) PyUnicode_WRITE(kind, data, i < 2 ? i : end - start + i, kinds[i]);
    return made;
}

static int is_mark_or_space(Py_UCS4 c) { return c == ',' || c == '.' || c == ' '; }

/* marks(text, rows) -> list of (start, end, row): the runs of marks, and what `rows` has for each between two characters
 * before and two behind it */
static PyObject *runs_marks(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *text, *rows;
    if (!PyArg_ParseTuple(args, "UO!", &text, &PyDict_Type, &rows)) return NULL;
    PyObject *found = PyList_New(0);
    const Reader reader = reader_of(text);
    Py_ssize_t mark, end = 0;
    while (found && (mark = first_mark(text, end, reader.size)) < reader.size) {
        Py_ssize_t start = mark;
        end = mark + 1;
        if (char_at(&reader, end) == ' ') end++;
        while (char_at(&reader, start - 1) == ' ') start--;
        if (start == mark && !is_mark_or_space(char_at(&reader, end))) continue; /* well set, as most are */
        end = first_other(text, end, reader.size);
        if (add_row(found, rows, with_kinds(text, start, end), start, end) < 0) Py_CLEAR(found);
    }
    return found;
}

static int is_small(char c) { return c >= 'a' && c <= 'z'; }

/* lost_commas(data) -> how many full stops have two small letters before, and a space and one behind them */
static PyObject *runs_lost_commas(PyObject *Py_UNUSED(module), PyObject *data) {
    char *at;
    Py_ssize_t size, found = 0;
    if (PyBytes_AsStringAndSize(data, &at, &size) < 0) return NULL;
    for (const char *end = at + size, *stop; (stop = memchr(at, '.', (size_t)(end - at)));) {
        int is_one = stop - at > 1 && is_small(stop[-1]) && is_small(stop[-2]) && end - stop > 2 && stop[1] == ' ' &&
                     is_small(stop[2]);
        found += is_one;
        at = (char *)stop + (is_one ? 3 : 1);
    }
    return PyLong_FromSsize_t(found);
}

#endif
