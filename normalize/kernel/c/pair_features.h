/* The features of a typed word and one that may have been meant, and their weighed sum.
 *
 * The definition is Python: pair_features in spelling/pair_features.py. */
#ifndef NORMALIZE_KERNEL_PAIR_FEATURES_H
#define NORMALIZE_KERNEL_PAIR_FEATURES_H
#include "edits.h"

/* clang-format off */
/* spelling.features.PAIR_FEATURES, in their order. */
enum {
    BIAS, PRIOR, COST, TWO_SLIPS, FIRST_LETTER, COLLOQUIAL, TRIGRAM_SURPRISAL,
    LONG_ROOT, SHORT_ROOT, ROOT_FAMILY, AFFIXES, LISTED, LISTED_COST, LISTED_PRIOR,
    SWAPPED, DOUBLED, SINGLE, ADDED, OMITTED, NEIGHBOURING_KEYS, VOWELS,
    LAST_LETTER_OMITTED, LAST_LETTER_ADDED, LISTED_LAST_LETTER_OMITTED, PAIR_FEATURES
};
/* clang-format on */

/* All that is the same for each candidate of a typed word. */
struct weighing {
    Reader typed;
    PyObject *neighbours;
    double two, surprisal, low, high;
    int has_list;
};

static int is_vowel(Py_UCS4 c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

/* Whether two words go on alike, from an offset of each to the end. */
static int ends_alike(const Reader *one, Py_ssize_t i, const Reader *other, Py_ssize_t j) {
    if (one->size - i != other->size - j) return 0;
    while (i < one->size)
        if (char_at(one, i++) != char_at(other, j++)) return 0;
    return 1;
}

/* pair_features.kind_of_slip, put to the features; -1 with an exception set. */
static int put_slip(const struct weighing *self, const Reader *meant, int is_listed, double *features) {
    const Reader *typed = &self->typed;
    Py_ssize_t head = 0, longer = typed->size - meant->size;
    while (head < typed->size && head < meant->size && char_at(typed, head) == char_at(meant, head)) head++;
    Py_UCS4 pair[2] = {char_at(typed, head), char_at(meant, head)};
    if (longer == 1 && ends_alike(typed, head + 1, meant, head)) {
        features[head && char_at(typed, head - 1) == pair[0] ? DOUBLED : ADDED] = 1;
        features[LAST_LETTER_ADDED] = head == meant->size;
    } else if (longer == -1 && ends_alike(typed, head, meant, head + 1)) {
        features[head && char_at(meant, head - 1) == pair[1] ? SINGLE : OMITTED] = 1;
        features[LAST_LETTER_OMITTED] = head == typed->size;
        features[LISTED_LAST_LETTER_OMITTED] = is_listed && head == typed->size;
    } else if (longer == 0 && head < typed->size && ends_alike(typed, head + 1, meant, head + 1)) {
        PyObject *keys = PyUnicode_FromKindAndData(PyUnicode_4BYTE_KIND, pair, 2);
        int beside = keys ? PySet_Contains(self->neighbours, keys) : -1;
        Py_XDECREF(keys);
        if (beside < 0) return -1;
        features[NEIGHBOURING_KEYS] = beside;
        features[VOWELS] = is_vowel(pair[0]) && is_vowel(pair[1]);
    } else if (longer == 0 && typed->size - head > 1 && ends_alike(typed, head + 2, meant, head + 2)) {
        features[SWAPPED] = char_at(typed, head + 1) == pair[1] && char_at(meant, head + 1) == pair[0];
    }
    return 0;
}

/* deliberate.COLLOQUIAL: -in behind a consonant, or a letter written twice at the end. */
static int is_colloquial(const Reader *word) {
    Py_ssize_t n = word->size;
    if (n > 1 && char_at(word, n - 1) == char_at(word, n - 2)) return 1;
    return n > 2 && char_at(word, n - 1) == 'n' && char_at(word, n - 2) == 'i' && !is_vowel(char_at(word, n - 3));
}

/* A number; those of nearly all features are shared. */
static PyObject *number(double value, PyObject *zero, PyObject *one) {
    return value == 0 ? Py_NewRef(zero) : value == 1 ? Py_NewRef(one) : PyFloat_FromDouble(value);
}

static PyObject *tuple_of(const double *features, Py_ssize_t count) {
    PyObject *zero = PyFloat_FromDouble(0), *one = PyFloat_FromDouble(1);
    PyObject *tuple = zero && one ? PyTuple_New(count) : NULL;
    for (Py_ssize_t i = 0; tuple && i < count; i++) {
        PyObject *value = number(features[i], zero, one);
        if (value)
            PyTuple_SET_ITEM(tuple, i, value);
        else
            Py_CLEAR(tuple);
    }
    Py_XDECREF(zero);
    Py_XDECREF(one);
    return tuple;
}

/* Puts to the features what a typed word and a candidate have, those of roots being there already; -1 with an exception
 * set. */
static int put_features(const struct weighing *self, const Reader *meant, double prior, double cost, double surprisal,
                        double *features) {
    double excess = self->surprisal - surprisal;
    int is_listed = self->has_list || features[LONG_ROOT] == 1;
    features[BIAS] = 1;
    features[PRIOR] = prior;
    features[COST] = cost;
    features[TWO_SLIPS] = self->two;
    features[FIRST_LETTER] = char_at(&self->typed, 0) != char_at(meant, 0);
    features[COLLOQUIAL] = is_colloquial(&self->typed) && !is_colloquial(meant);
    features[TRIGRAM_SURPRISAL] = excess < self->low ? self->low : excess > self->high ? self->high : excess;
    features[LISTED] = is_listed;
    features[LISTED_COST] = is_listed ? cost : 0;
    features[LISTED_PRIOR] = is_listed ? prior : 0;
    return put_slip(self, meant, is_listed, features);
}

static double weighted(const double *weights, const double *features, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++) sum += weights[i] * features[i];
    return sum;
}

#endif
