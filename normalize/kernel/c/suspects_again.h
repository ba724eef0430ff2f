/* Suspects.again: the words of a text to be looked at again, as something was changed in it.
 *
 * The definition is Python: Corrector._looked_at_again, by pure.Suspects. */
#ifndef NORMALIZE_KERNEL_SUSPECTS_AGAIN_H
#define NORMALIZE_KERNEL_SUSPECTS_AGAIN_H
#include "suspects.h"

/* Adds the runs of letters and digits of a text that are words of a to z, but overlong ones; -1 with an exception set. */
static int add_runs(Set *set, const Reader *text) {
    char word[LONGEST_MEANT];
    for (Py_ssize_t start = 0, end; start < text->size; start = end + 1) {
        int is_word = 1;
        for (end = start; end < text->size && is_alphanumeric(char_at(text, end)); end++) {
            Py_UCS4 c = char_at(text, end);
            is_word &= c >= 'a' && c <= 'z' && end - start < LONGEST_MEANT;
            if (is_word) word[end - start] = (char)c;
        }
        if (is_word && end > start && set_add(set, word, (size_t)(end - start)) < 0) return -1;
    }
    return 0;
}

/* Whether one of some words may be meant by a slip; UNSURE where a candidate is another word, or overlong. */
static enum answer may_be_near(const SlipWord *slip, const Set *words) {
    enum answer answer = NEVER;
    for (size_t i = 0; i < slip->count; i++) {
        const struct candidate *meant = &slip->candidates[i];
        if (!meant->length) return UNSURE;
        if (set_number(words, meant->word, meant->length) >= 0) answer = MAYBE;
    }
    return answer;
}

/* What a text in which something was changed is looked through for again. */
struct second_look {
    Suspects *suspects;
    Reader text;
    double needed;   /* logit of a slip */
    int is_long;     /* then only the words are listed, not their offsets */
    Set seen;        /* the words that were looked for */
    PyObject *found; /* dict: word -> list of offsets */
};

/* Whether a slip may be one at some of its offsets, whole ones; -1 with an exception set. */
static int may_be_slip_there(const struct second_look *self, const struct slip *slip, PyObject *offsets) {
    Py_ssize_t starts[MOST_OFFSETS], count = PyList_GET_SIZE(offsets);
    const struct judge *judge = &self->suspects->judge;
    int may_be = 0;
    if (count > MOST_OFFSETS) return 1;
    for (Py_ssize_t i = 0; i < count; i++) starts[i] = PyLong_AsSsize_t(PyList_GET_ITEM(offsets, i));
    if (!slip->is_capitalised) return may_be_slip(slip->word, &self->text, starts, count, self->needed);
    for (Py_ssize_t i = 0; !may_be && i < count; i++)
        may_be = may_be_capitalised_slip(judge, slip->word, &self->text, starts[i], self->needed);
    return may_be;
}

/* Puts where a string stands in the text to a new list: place.occurrences. */
static PyObject *occurrences(const struct second_look *self, PyObject *word) {
    PyObject *offsets = PyList_New(0);
    Py_ssize_t at = offsets ? 0 : -2;
    for (; at >= 0 && (at = find_whole(&self->text, word, at)) >= 0; at++)
        if (append(offsets, PyLong_FromSsize_t(at)) < 0) at = -3;
    if (at < -1) Py_CLEAR(offsets);
    return offsets;
}

/* Looks again for a word, where it is to be looked at in the text; -1 with an exception set. */
static int look_again(struct second_look *self, const struct sighting *sighting) {
    Suspects *suspects = self->suspects;
    const char *bytes = sighting->word;
    size_t length = sighting->length, seen = self->seen.count;
    if (length <= LONGEST_WORD && (set_add(&self->seen, bytes, length) < 0 || self->seen.count == seen))
        return PyErr_Occurred() ? -1 : 0;
    PyObject *word = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
    PyObject *offsets = !word ? NULL : self->is_long ? PyList_New(0) : occurrences(self, word);
    int failed = !offsets, is_found = self->is_long || (offsets && PyList_GET_SIZE(offsets));
    if (is_found && !self->is_long && sighting->kind < ALWAYS && length <= LONGEST_WORD) {
        int64_t number = set_number(&suspects->slips, bytes, length);
        if (number < 0 && set_number(&suspects->left, bytes, length) < 0) {
            failed = decide(suspects, sighting) < 0;
            number = set_number(&suspects->slips, bytes, length);
            is_found = number >= 0 || set_number(&suspects->left, bytes, length) >= 0;
        }
        const struct slip *slip = number < 0 ? NULL : &suspects->of[number];
        if (slip) is_found = may_be_slip_there(self, slip, offsets);
        failed |= is_found < 0;
    }
    if (!failed && is_found) failed = PyDict_SetItem(self->found, word, offsets) < 0;
    Py_XDECREF(word);
    Py_XDECREF(offsets);
    return failed ? -1 : 0;
}

/* Looks again for those slips of the last text that one of some words may correct; appends to a list those for which that is
 * not known here; -1 with an exception set. */
static int look_again_near(struct second_look *self, const Set *words, PyObject *unclear) {
    for (int64_t number = self->suspects->met; number >= 0; number = self->suspects->of[number].next) {
        const struct slip *slip = &self->suspects->of[number];
        size_t length = slip->word->length;
        enum answer answer = may_be_near(slip->word, words);
        if (answer == NEVER) continue;
        char word[LONGEST_TOKEN];
        memcpy(word, slip->word->bytes, length);
        if (slip->is_capitalised) word[0] -= 'a' - 'A';
        struct sighting sighting = {word, length, 0, slip->is_capitalised ? CAPITALISED : LOWERED};
        if (answer == MAYBE ? look_again(self, &sighting) < 0
                            : append(unclear, PyUnicode_DecodeASCII(word, (Py_ssize_t)length, NULL)) < 0)
            return -1;
    }
    return 0;
}

/* again(text, pieces, near, needed, is_long) -> (dict: word -> list of offsets, list of str) */
static PyObject *suspects_again(Suspects *self, PyObject *args) {
    PyObject *string, *near;
    char *pieces;
    Py_ssize_t size;
    struct second_look look = {.suspects = self};
    if (!PyArg_ParseTuple(args, "Uy#Udp", &string, &pieces, &size, &near, &look.needed, &look.is_long)) return NULL;
    struct sightings sightings = {0};
    Set words = look.seen = set_of(Py_TYPE(self));
    Reader beside = reader_of(near);
    look.text = reader_of(string);
    look.found = PyDict_New();
    PyObject *unclear = PyList_New(0);
    int failed = !look.found || !unclear || words_scan(self->words, pieces, size, &sightings) < 0;
    for (size_t i = 0; !failed && i < sightings.count; i++) failed = look_again(&look, &sightings.found[i]) < 0;
    failed = failed || add_runs(&words, &beside) < 0 || look_again_near(&look, &words, unclear) < 0;
    PyObject *result = failed ? NULL : PyTuple_Pack(2, look.found, unclear);
    free(sightings.found);
    set_free(&words);
    set_free(&look.seen);
    Py_XDECREF(look.found);
    Py_XDECREF(unclear);
    return result;
}

#endif
