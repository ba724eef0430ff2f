/* company(text, start, end, window, from, to): the words around a place that tell whether it is plain Indonesian. */
#ifndef NORMALIZE_KERNEL_COMPANY_H
#define NORMALIZE_KERNEL_COMPANY_H
#include "lists.h"
#include "text.h"

enum { SHORTEST_CHAT = 2, LONGEST_CHAT = 5 }; /* evidence.VOWELLESS */

static int is_vowelless(Py_UCS4 c) { return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' && c != 'y'; }

/* Adds the words of [start, end) but the first and the last, which may be cut, and those with a capital or digit of ASCII. */
static int company_words(PyObject *list, PyObject *string, const Reader *text, Py_ssize_t start, Py_ssize_t end) {
    Py_ssize_t word = -1, number = 0, last_start = -1, last_end = 0; /* the last word read, which is not added yet */
    for (Py_ssize_t i = start; i <= end; i++) {
        if (i < end && Py_UNICODE_ISALNUM(char_at(text, i))) {
            if (word < 0) word = i;
            continue;
        }
        if (word < 0) continue;
        if (number++ > 1 && last_start >= 0 && append(list, PyUnicode_Substring(string, last_start, last_end)) < 0) return -1;
        last_start = word;
        last_end = i;
        for (Py_ssize_t k = word; k < i; k++) {
            Py_UCS4 c = char_at(text, k);
            if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) last_start = -1;
        }
        word = -1;
    }
    return 0;
}

/* Adds the abbreviations without vowels, each behind a space, that begin and end between `start` and `end`. */
static int company_chat(PyObject *list, PyObject *string, const Reader *text, Py_ssize_t start, Py_ssize_t end) {
    for (Py_ssize_t i = start; i < end; i++) {
        if (char_at(text, i) != ' ') continue;
        Py_ssize_t stop = i + 1;
        while (stop < end && is_vowelless(char_at(text, stop))) stop++;
        if (stop - i - 1 < SHORTEST_CHAT || stop - i - 1 > LONGEST_CHAT) continue;
        Py_UCS4 next = stop < end ? char_at(text, stop) : ' ';
        if (Py_UNICODE_ISALNUM(next) || (next < 0x80 && next && strchr("_.@/:", (int)next))) continue;
        if (append(list, PyUnicode_Substring(string, i + 1, stop)) < 0) return -1;
    }
    return 0;
}

static PyObject *company(PyObject *module, PyObject *args) {
    PyObject *string;
    Py_ssize_t start, end, window, from, to;
    if (!PyArg_ParseTuple(args, "Unnnnn", &string, &start, &end, &window, &from, &to)) return NULL;
    Reader text = reader_of(string);
    if (from < 0 || window < 0 || start < from || end < start || to < end || to > text.size)
        return PyErr_Format(PyExc_ValueError, "a place outside the text");
    PyObject *words = PyList_New(0), *chat = PyList_New(0), *found = NULL;
    Py_ssize_t first = start > window ? start - window : 0, last = text.size - end > window ? end + window : text.size;
    if (words && chat && company_words(words, string, &text, first, start) == 0 && company_words(words, string, &text, end, last) == 0 &&
        company_chat(chat, string, &text, from, to) == 0)
        found = PyTuple_Pack(2, words, chat);
    Py_XDECREF(words);
    Py_XDECREF(chat);
    return found;
}

static PyMethodDef company_functions[] = {
    {"company", (PyCFunction)company, METH_VARARGS, "The small words around a place, and the abbreviations of chat farther around."}, {NULL}};

#endif
