/* words_and_chat(...): the words around a span that tell whether it is in plain Indonesian: spelling/surroundings.py.
 * elsewhere(...): how often words stand in a text: spelling/place.py. */
#ifndef NORMALIZE_KERNEL_SURROUNDINGS_H
#define NORMALIZE_KERNEL_SURROUNDINGS_H
#include "table.h"

static int is_vowelless(Py_UCS4 c) {
    return c >= 'b' && c <= 'z' && c != 'e' && c != 'i' && c != 'o' && c != 'u' && c != 'y';
}

/* What is done with a word around a span; below zero ends the search. */
typedef int visit(void *with, const Reader *text, Py_ssize_t start, Py_ssize_t end);

/* Visits the words of [start, end) but the first and the last, which may be cut, and those with a capital or digit of
 * ASCII. */
static int visit_words(const Reader *text, Py_ssize_t start, Py_ssize_t end, visit *visit, void *with) {
    Py_ssize_t word = -1, number = 0, last_start = -1, last_end = 0; /* the last word read, which is not visited yet */
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

/* Visits the abbreviations without vowels, each behind a space, that begin and end between `start` and `end`. */
static int visit_chat(const Reader *text, Py_ssize_t start, Py_ssize_t end, struct lengths lengths, visit *visit,
                      void *with) {
    for (Py_ssize_t i = start; (i = PyUnicode_FindChar(text->string, ' ', i, end, 1)) >= 0; i++) {
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
static int visit_around(const Reader *text, Py_ssize_t start, Py_ssize_t end, struct windows windows, struct lengths lengths,
                        visit *visit, void *words, void *chat) {
    Py_ssize_t first = start > windows.chat ? start - windows.chat : 0, last = text->size;
    if (last - end > windows.chat)
        for (last = end + windows.chat; --last > end && char_at(text, last) != ' ';) continue;
    Py_ssize_t left = start > windows.words ? start - windows.words : 0,
               right = text->size - end > windows.words ? end + windows.words : text->size;
    return visit_words(text, left, start, visit, words) < 0 || visit_words(text, end, right, visit, words) < 0 ||
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
    if (!PyArg_ParseTuple(args, "Unnnnnnn", &string, &start, &end, &window, &from, &to, &lengths.least, &lengths.most))
        return NULL;
    Reader text = reader_of(string);
    if (from < 0 || window < 0 || start < from || end < start || to < end || to > text.size || lengths.least < 1)
        return PyErr_Format(PyExc_ValueError, "an offset outside the text");
    struct listing words = {string, PyList_New(0)}, chat = {string, PyList_New(0)};
    PyObject *found = NULL;
    Py_ssize_t first = start > window ? start - window : 0, last = text.size - end > window ? end + window : text.size;
    if (words.list && chat.list && visit_words(&text, first, start, list_word, &words) == 0 &&
        visit_words(&text, end, last, list_word, &words) == 0 && visit_chat(&text, from, to, lengths, list_word, &chat) == 0)
        found = PyTuple_Pack(2, words.list, chat.list);
    Py_XDECREF(words.list);
    Py_XDECREF(chat.list);
    return found;
}

static int is_part_of_word(const Reader *text, Py_ssize_t offset) { return is_alphanumeric(char_at(text, offset)); }

/* Whether so many letters at an offset are no part of a longer run of letters and digits. */
static int is_whole(const Reader *text, Py_ssize_t start, size_t length) {
    return !is_part_of_word(text, start - 1) && !is_part_of_word(text, start + (Py_ssize_t)length);
}

/* The place in a word of its letter that is rarest in Indonesian. */
static Py_ssize_t rarest_letter(const Reader *word) {
    static const char letters[] = "qxzvfwcjoyhpblgmsrdktuinea"; /* from the rarest on */
    for (const char *letter = letters; *letter; letter++)
        for (Py_ssize_t i = 0; i < word->size; i++)
            if (char_at(word, i) == (Py_UCS4)*letter) return i;
    return 0;
}

/* Where a string, of one character or more, stands next in a text, from an offset on, as a whole word; below zero where it
 * does not. Its rarest letter is looked for. */
static Py_ssize_t find_whole(const Reader *text, PyObject *string, Py_ssize_t at) {
    Reader word = reader_of(string);
    Py_ssize_t inside = rarest_letter(&word), found;
    Py_UCS4 letter = char_at(&word, inside);
    for (; (found = PyUnicode_FindChar(text->string, letter, at + inside, text->size, 1)) >= 0; at++) {
        at = found - inside;
        Py_ssize_t same = 0;
        while (same < word.size && char_at(text, at + same) == char_at(&word, same)) same++;
        if (same == word.size && is_whole(text, at, (size_t)same)) return at;
    }
    return -1;
}

/* How often a word of letters a to z, at most 255, stands in a text, capitalised or not, up to `most`; -1 with an exception
 * set. */
static Py_ssize_t times_in(const Reader *text, const char *word, size_t length, Py_ssize_t most) {
    char bytes[LONGEST_WORD];
    Py_ssize_t times = 0;
    memcpy(bytes, word, length);
    for (int is_capitalised = 0; is_capitalised < 2 && times < most; is_capitalised++) {
        if (is_capitalised) bytes[0] -= 'a' - 'A';
        PyObject *string = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
        Py_ssize_t at = string ? 0 : -2;
        for (; times < most && at >= 0 && (at = find_whole(text, string, at)) >= 0; at++) times++;
        Py_XDECREF(string);
        if (at < -1) return -1;
    }
    return times;
}

/* elsewhere(text, words, most) -> dict: word -> how often it stands there, up to `most` */
static PyObject *elsewhere(PyObject *Py_UNUSED(module), PyObject *args) {
    PyObject *string, *words;
    Py_ssize_t most;
    if (!PyArg_ParseTuple(args, "UO!n", &string, &PyTuple_Type, &words, &most)) return NULL;
    Reader text = reader_of(string);
    PyObject *found = PyDict_New();
    for (Py_ssize_t i = 0; found && i < PyTuple_GET_SIZE(words); i++) {
        PyObject *word = PyTuple_GET_ITEM(words, i), *number = NULL;
        Py_ssize_t length = 0, letters = 0, times = -1;
        const char *bytes = PyUnicode_Check(word) ? utf8_of(word, &length) : NULL;
        while (bytes && bytes[letters] >= 'a' && bytes[letters] <= 'z') letters++;
        if (letters && letters == length && length <= LONGEST_WORD)
            times = times_in(&text, bytes, (size_t)length, most);
        else if (!PyErr_Occurred())
            PyErr_SetString(PyExc_ValueError, "not a word of letters a to z");
        if (times > 0) number = PyLong_FromSsize_t(times);
        if (times < 0 || (times && (!number || PyDict_SetItem(found, word, number) < 0))) Py_CLEAR(found);
        Py_XDECREF(number);
    }
    return found;
}

#endif
