/* words_and_chat(...): the words around a span that tell whether it is in plain Indonesian:
 * spelling/surroundings.py. elsewhere(...): how often words stand in a text: spelling/place.py.
 */
#ifndef NORMALIZE_KERNEL_SURROUNDINGS_H
#define NORMALIZE_KERNEL_SURROUNDINGS_H
#include "lists.h"

static int is_vowelless(Py_UCS4 c) {
    return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' && c != 'y';
}

/* What is done with a word around a span; below zero ends the search. */
typedef int visit(void *with, const Reader *text, Py_ssize_t start, Py_ssize_t end);

/* Visits the words of [start, end) but the first and the last, which may be cut, and those with a capital or
 * digit of ASCII. */
static int visit_words(const Reader *text, Py_ssize_t start, Py_ssize_t end, visit *visit, void *with) {
    Py_ssize_t word = -1, number = 0, last_start = -1,
               last_end = 0; /* the last word read, which is not visited yet */
    for (Py_ssize_t i = start; i <= end; i++) {
        if (i < end && is_alphanumeric(char_at(text, i))) {
            if (word < 0) word = i;
            continue;
        }
        if (word < 0) continue;
        if (number++ > 1 && last_start >= 0 && visit(with, text, last_start, last_end) < 0) return -1;
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

/* How many letters an abbreviation of chat has. */
struct lengths {
    Py_ssize_t least, most;
};

/* Visits the abbreviations without vowels, each behind a space, that begin and end between `start` and `end`.
 */
static int visit_chat(const Reader *text, Py_ssize_t start, Py_ssize_t end, struct lengths lengths,
                      visit *visit, void *with) {
    for (Py_ssize_t i = start; i < end; i++) {
        if (char_at(text, i) != ' ') continue;
        Py_ssize_t stop = i + 1;
        while (stop < end && is_vowelless(char_at(text, stop))) stop++;
        if (stop - i - 1 < lengths.least || stop - i - 1 > lengths.most) continue;
        Py_UCS4 next = stop < end ? char_at(text, stop) : ' ';
        if (is_alphanumeric(next) || (next < 0x80 && next && strchr("_.@/:", (int)next))) continue;
        if (visit(with, text, i + 1, stop) < 0) return -1;
    }
    return 0;
}

/* Where words and chat around a span are looked for: code points on each side. */
struct windows {
    Py_ssize_t words, chat;
};

/* Visits the small words and the abbreviations of chat around [start, end): surroundings.surroundings. */
static int visit_around(const Reader *text, Py_ssize_t start, Py_ssize_t end, struct windows windows,
                        struct lengths lengths, visit *visit, void *words, void *chat) {
    Py_ssize_t first = start > windows.chat ? start - windows.chat : 0, last = text->size;
    if (last - end > windows.chat)
        for (last = end + windows.chat; --last > end && char_at(text, last) != ' ';) continue;
    Py_ssize_t left = start > windows.words ? start - windows.words : 0,
               right = text->size - end > windows.words ? end + windows.words : text->size;
    return visit_words(text, left, start, visit, words) < 0 ||
                   visit_words(text, end, right, visit, words) < 0 ||
                   visit_chat(text, first, last, lengths, visit, chat) < 0
               ? -1
               : 0;
}

/* Where a list of words is put. */
struct listing {
    PyObject *string, *list;
};

static int list_word(void *with, const Reader *Py_UNUSED(text), Py_ssize_t start, Py_ssize_t end) {
    struct listing *listing = with;
    return append(listing->list, PyUnicode_Substring(listing->string, start, end));
}

/* words_and_chat(text, start, end, window, from, to, least, most) -> (list, list) */
static PyObject *words_and_chat(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *string;
    Py_ssize_t start, end, window, from, to;
    struct lengths lengths;
    if (!PyArg_ParseTuple(args, "Unnnnnnn", &string, &start, &end, &window, &from, &to, &lengths.least,
                          &lengths.most))
        return NULL;
    Reader text = reader_of(string);
    if (from < 0 || window < 0 || start < from || end < start || to < end || to > text.size ||
        lengths.least < 1)
        return PyErr_Format(PyExc_ValueError, "an offset outside the text");
    struct listing words = {string, PyList_New(0)}, chat = {string, PyList_New(0)};
    PyObject *found = NULL;
    Py_ssize_t first = start > window ? start - window : 0,
               last = text.size - end > window ? end + window : text.size;
    if (words.list && chat.list && visit_words(&text, first, start, list_word, &words) == 0 &&
        visit_words(&text, end, last, list_word, &words) == 0 &&
        visit_chat(&text, from, to, lengths, list_word, &chat) == 0)
        found = PyTuple_Pack(2, words.list, chat.list);
    Py_XDECREF(words.list);
    Py_XDECREF(chat.list);
    return found;
}

/* A word that is looked for in a text. */
struct wanted {
    const char *letters; /* a to z */
    Py_ssize_t length, times;
};

/* Counts a run of letters and digits where it is one of the words, capitalised or not. */
static void count_run(struct wanted *words, Py_ssize_t count, const Reader *text, Py_ssize_t start,
                      Py_ssize_t end) {
    Py_UCS4 first = PyUnicode_READ(text->kind, text->data, start);
    if (first >= 'A' && first <= 'Z') first += 'a' - 'A';
    for (Py_ssize_t i = 0; i < count; i++) {
        struct wanted *word = &words[i];
        if (word->length != end - start || (Py_UCS4)word->letters[0] != first) continue;
        Py_ssize_t k = 1;
        while (k < word->length &&
               PyUnicode_READ(text->kind, text->data, start + k) == (Py_UCS4)word->letters[k])
            k++;
        word->times += k == word->length;
    }
}

/* Counts where words, at least one, stand in a text, by its kind, for each of which it is inlined. Most runs
 * begin with another letter than all of them. */
static inline void count_by_kind(int kind, struct wanted *words, Py_ssize_t count, const Reader *text) {
    unsigned char is_first[128] = {0};
    for (Py_ssize_t i = 0; i < count; i++) {
        unsigned char first = (unsigned char)words[i].letters[0];
        is_first[first] = is_first[first - 'a' + 'A'] = 1;
    }
    for (Py_ssize_t start = 0, end; start < text->size; start = end + 1) {
        for (end = start; end < text->size && is_alphanumeric(PyUnicode_READ(kind, text->data, end));) end++;
        if (end == start) continue;
        Py_UCS4 first = PyUnicode_READ(kind, text->data, start);
        if (first < 128 && is_first[first]) count_run(words, count, text, start, end);
    }
}

/* Counts where words stand in a text. */
static void count_words(struct wanted *words, Py_ssize_t count, const Reader *text) {
    switch (text->kind) {
    case PyUnicode_1BYTE_KIND: count_by_kind(PyUnicode_1BYTE_KIND, words, count, text); break;
    case PyUnicode_2BYTE_KIND: count_by_kind(PyUnicode_2BYTE_KIND, words, count, text); break;
    default: count_by_kind(PyUnicode_4BYTE_KIND, words, count, text);
    }
}

/* Reads a word of letters a to z; -1 with an exception set. */
static int read_wanted(PyObject *string, struct wanted *word) {
    word->letters = PyUnicode_Check(string) ? utf8_of(string, &word->length) : NULL;
    Py_ssize_t letters = 0;
    while (word->letters && word->letters[letters] >= 'a' && word->letters[letters] <= 'z') letters++;
    if (letters && letters == word->length) return 0;
    if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "not a word of letters a to z");
    return -1;
}

/* elsewhere(text, words, most) -> dict: word -> how often it stands there, up to `most` */
static PyObject *elsewhere(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *string, *list;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "UO!n", &string, &PyTuple_Type, &list, &most)) return NULL;
    Py_ssize_t count = PyTuple_GET_SIZE(list);
    struct wanted *words = calloc((size_t)count + 1, sizeof *words);
    PyObject *found = words ? PyDict_New() : PyErr_NoMemory();
    for (Py_ssize_t i = 0; found && i < count; i++)
        if (read_wanted(PyTuple_GET_ITEM(list, i), &words[i]) < 0) Py_CLEAR(found);
    Reader text = reader_of(string);
    if (found) count_words(words, count, &text);
    for (Py_ssize_t i = 0; found && i < count; i++) {
        if (!words[i].times) continue;
        PyObject *times = PyLong_FromSsize_t(words[i].times < most ? words[i].times : most);
        if (!times || PyDict_SetItem(found, PyTuple_GET_ITEM(list, i), times) < 0) Py_CLEAR(found);
        Py_XDECREF(times);
    }
    free(words);
    return found;
}

static PyMethodDef surroundings_functions[] = {
    {"elsewhere", elsewhere, METH_VARARGS, "How often words stand in a text."},
    {"words_and_chat", words_and_chat, METH_VARARGS,
     "The small words around a span, and the abbreviations of chat around."},
    {NULL, NULL, 0, NULL}};

#endif
