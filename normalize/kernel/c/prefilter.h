/* SlipPrefilter: whether a word can be a slip at any of its offsets, so that these are worth being looked at
 * one by one.
 *
 * What decision.py makes of an offset is asked for with the words beside it only; where these are not plain
 * the answer is yes, which is what pure.SlipPrefilter always says.
 */
#ifndef NORMALIZE_KERNEL_PREFILTER_H
#define NORMALIZE_KERNEL_PREFILTER_H
#include "pairs.h"
#include "surroundings.h"
#include <stddef.h>

enum { MOST_OFFSETS = 256, LONGEST_TOKEN = 64 /* bytes */, LONGEST_MEANT = 31 /* letters */ };
static const double ROUNDING = 1e-6; /* nats: sums may be added up in another order elsewhere */

/* What stands beside a word. */
struct token {
    char bytes[2 * LONGEST_TOKEN]; /* in lower case, of ASCII */
    size_t length;
    int64_t number; /* as Pairs knows it; its edge for marks, -1 for unknown words */
};

static int is_in_lexicon(const Pairs *self, int64_t number) {
    return number >= 0 && self->counts[number] >= 0;
}

/* Reads [start, end) as a neighbour; 0 where it is not plain: of other letters than ASCII, overlong, or not
 * standard. */
static int read_token(const Pairs *self, const Reader *text, Py_ssize_t start, Py_ssize_t end,
                      struct token *token) {
    token->length = 0;
    token->number = self->edge;
    if (start >= end) return 1;
    if (end - start > LONGEST_TOKEN) return 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 character = char_at(text, i);
        if (character >= 0x80) return 0;
        token->bytes[token->length++] = (char)Py_TOLOWER((unsigned char)character);
    }
    if (Py_ISDIGIT((unsigned char)*token->bytes)) {
        token->number = self->number;
        return 1;
    }
    int64_t number = set_number(&self->words, token->bytes, token->length);
    token->number = is_in_lexicon(self, number) ? number : -1;
    return set_number(&self->unlike, token->bytes, token->length) < 0;
}

/* Whether `left` and `right` side by side may be two words of which the space is a letter off, or one torn in
 * two. */
static int may_be_shifted(const Pairs *self, const char *left, size_t n, const char *right, size_t m,
                          int64_t least) {
    char both[4 * LONGEST_TOKEN];
    if (!n || !m) return 0;
    memcpy(both, left, n);
    memcpy(both + n, right, m);
    if (n == 1 && is_in_lexicon(self, set_number(&self->words, both, n + m))) return 1;
    for (size_t cut = n - 1; cut <= n + 1; cut += 2) {
        int64_t second = set_number(&self->words, both + cut, n + m - cut),
                first = set_number(&self->words, both, cut);
        if (is_in_lexicon(self, first) && is_in_lexicon(self, second) &&
            (int64_t)pairs_seen(self, first, second) >= least)
            return 1;
    }
    return 0;
}

enum { WEIGHTS = 16 }; /* numbers in struct weights */

static double within(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

/* A word that may be a slip, and all that can be told of it before it is seen at an offset. */
typedef struct {
    PyObject_VAR_HEAD
    Pairs *pairs;
    struct weights { /* of the features that hang on the words beside it and in the text, and their limits */
        double rank_prior, rank_cost, rank_pmi, pmi, margin, rare_pmi, listed_pmi, repeated, in_text, not_in_text;
        double lowest_pmi, highest_pmi, highest_margin; /* nats */
        double most_in_text, long_text; /* times; code points from which a text says no more */
        double reach;                   /* code points of a text that is looked through */
    } weights;
    int64_t to_split;          /* how often two words stood side by side that may be one and a letter */
    char bytes[LONGEST_TOKEN]; /* as it was typed, in lower case */
    size_t length;
    int64_t rare; /* its number where it is a rare word; -1 */
    struct candidate {
        int64_t number;
        double rank, logit;           /* what hangs on no offset */
        int is_listed;
        char word[LONGEST_MEANT + 1]; /* letters a to z; "" for another one, or a longer one */
    } candidates[1];
} SlipPrefilter;

/* Keeps a word that may be meant. */
static void keep_meant(struct candidate *candidate, const char *word, size_t length) {
    if (length > LONGEST_MEANT) return;
    for (size_t i = 0; i < length; i++)
        if (word[i] < 'a' || word[i] > 'z') return;
    memcpy(candidate->word, word, length);
    candidate->word[length] = 0;
}

/* How likely a word is a slip between two others, in nats (SlipDecision.likeliest), by what hangs on them and
 * no other; `first`: what is meant then. */
static double logit_between(const SlipPrefilter *self, int64_t left, int64_t right,
                            const struct candidate **first) {
    const struct weights *weights = &self->weights;
    double best = -INFINITY, second = -INFINITY, best_pmi = 0, pmi_weight = 0, logit = 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        const struct candidate *candidate = &self->candidates[i];
        double pmi = pairs_pmi_of(self->pairs, left, candidate->number, right);
        double rank = candidate->rank + weights->rank_pmi * pmi;
        if (rank > best) {
            second = best;
            best = rank;
            best_pmi = pmi;
            pmi_weight = weights->pmi + candidate->is_listed * weights->listed_pmi;
            logit = candidate->logit;
            *first = candidate;
        } else if (rank > second)
            second = rank;
    }
    logit += pmi_weight * within(best_pmi, weights->lowest_pmi, weights->highest_pmi);
    logit += weights->margin * within(best - second, 0, weights->highest_margin);
    if (self->rare < 0) return logit;
    double rare = pairs_pmi_of(self->pairs, left, self->rare, right);
    return logit + weights->rare_pmi * within(rare, weights->lowest_pmi, weights->highest_pmi);
}

/* What a text says for a candidate by having it elsewhere or not, in nats; the most where it is not looked
 * through. */
static double says_elsewhere(const struct weights *weights, const Reader *text,
                             const struct candidate *candidate) {
    struct wanted word = {candidate->word, (Py_ssize_t)strlen(candidate->word), 0};
    double size = (double)text->size, times = weights->most_in_text;
    if (word.length && size <= weights->reach) {
        count_words(&word, 1, text);
        if ((double)word.times < times) times = (double)word.times;
    }
    if (times > 0) return weights->in_text * log(1 + times);
    return weights->not_in_text * (size < weights->long_text ? size : weights->long_text) /
           weights->long_text;
}

static int is_part_of_word(const Reader *text, Py_ssize_t offset) {
    return is_alphanumeric(char_at(text, offset));
}

/* Whether the word at [start, end) may be a slip there; `needed`: in nats. */
static int may_be_slip_at(const SlipPrefilter *self, const Reader *text, Py_ssize_t start, Py_ssize_t end,
                          double needed) {
    struct token left, right;
    if (char_at(text, start - 1) == '-' || char_at(text, end) == '-') return 1;
    Py_ssize_t left_end = start, right_start = end;
    if (start && Py_UNICODE_ISSPACE(char_at(text, start - 1))) left_end--;
    Py_ssize_t left_start = left_end;
    while (left_start > 0 && is_part_of_word(text, left_start - 1)) left_start--;
    if (right_start < text->size && Py_UNICODE_ISSPACE(char_at(text, right_start))) right_start++;
    Py_ssize_t right_end = right_start;
    while (right_end < text->size && is_part_of_word(text, right_end)) right_end++;
    const Pairs *pairs = self->pairs;
    if (!read_token(pairs, text, left_start, left_end, &left)) return 1;
    if (!read_token(pairs, text, right_start, right_end, &right)) return 1;
    const struct candidate *first = NULL;
    double logit = logit_between(self, left.number, right.number, &first);
    if (first && logit + self->weights.in_text * log(1 + self->weights.most_in_text) >= needed &&
        logit + says_elsewhere(&self->weights, text, first) >= needed)
        return 1;
    if (left_end < start &&
        may_be_shifted(pairs, left.bytes, left.length, self->bytes, self->length, self->to_split))
        return 1;
    return right_start > end &&
           may_be_shifted(pairs, self->bytes, self->length, right.bytes, right.length, self->to_split);
}

/* Whether the word may be a slip at one of its offsets in a text; `whole`: how many they are. */
static int may_be_slip(const SlipPrefilter *self, const Reader *text, const Py_ssize_t *starts,
                       Py_ssize_t whole, double needed) {
    needed -= ROUNDING + (whole ? self->weights.repeated * log((double)whole) : 0);
    for (Py_ssize_t i = 0; i < whole; i++)
        if (may_be_slip_at(self, text, starts[i], starts[i] + (Py_ssize_t)self->length, needed)) return 1;
    return 0;
}

/* Whether so many letters at an offset are no part of a longer run of letters and digits. */
static int is_whole(const Reader *text, Py_ssize_t start, size_t length) {
    return !is_part_of_word(text, start - 1) && !is_part_of_word(text, start + (Py_ssize_t)length);
}

/* may_be_slip(text, offsets, needed) -> bool */
static PyObject *prefilter_may_be_slip(SlipPrefilter *self, PyObject *args) {
    PyObject *string, *offsets;
    double needed;
    if (!PyArg_ParseTuple(args, "UO!d", &string, &PyList_Type, &offsets, &needed)) return NULL;
    Reader text = reader_of(string);
    Py_ssize_t whole = 0, starts[MOST_OFFSETS], length = (Py_ssize_t)self->length;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(offsets); i++) {
        PyObject *offset = PyList_GET_ITEM(offsets, i);
        if (!PyLong_Check(offset)) return PyErr_Format(PyExc_TypeError, "an offset is an int");
        Py_ssize_t start = PyLong_AsSsize_t(offset);
        if (start == -1 && PyErr_Occurred()) return NULL;
        if (start < 0 || start > text.size - length)
            return PyErr_Format(PyExc_ValueError, "an offset outside the text");
        if (!is_whole(&text, start, self->length)) continue;
        if (whole == MOST_OFFSETS) Py_RETURN_TRUE;
        starts[whole++] = start;
    }
    return PyBool_FromLong(may_be_slip(self, &text, starts, whole, needed));
}

/* means_one_of(words) -> bool, None where that cannot be told */
static PyObject *prefilter_means_one_of(SlipPrefilter *self, PyObject *words) {
    if (!PyAnySet_Check(words)) return PyErr_Format(PyExc_TypeError, "words are a set");
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++)
        if (!*self->candidates[i].word) Py_RETURN_NONE;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        PyObject *word = PyUnicode_FromString(self->candidates[i].word);
        int is_there = word ? PySet_Contains(words, word) : -1;
        Py_XDECREF(word);
        if (is_there) return is_there < 0 ? NULL : Py_NewRef(Py_True);
    }
    Py_RETURN_FALSE;
}

static void prefilter_dealloc(SlipPrefilter *self) {
    Py_XDECREF(self->pairs);
    object_free((PyObject *)self);
}

static PyMethodDef prefilter_methods[] = {
    {"may_be_slip", (PyCFunction)prefilter_may_be_slip, METH_VARARGS,
     "Whether the word may be a slip at any offset."},
    {"means_one_of", (PyCFunction)prefilter_means_one_of, METH_O, "Whether one of some words may be meant."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot prefilter_slots[] = {{Py_tp_doc, "A word that may be a slip: Pairs.prefilter makes it."},
                                        {Py_tp_dealloc, prefilter_dealloc},
                                        {Py_tp_methods, prefilter_methods},
                                        {0, NULL}};

static PyType_Spec prefilter_spec = {.name = "normalize.kernel._native.SlipPrefilter",
                                     .basicsize = offsetof(SlipPrefilter, candidates),
                                     .itemsize = sizeof(struct candidate),
                                     .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE |
                                              Py_TPFLAGS_DISALLOW_INSTANTIATION,
                                     .slots = prefilter_slots};

/* Reads a candidate, a tuple that begins with what is meant, its prior, its cost, its logit and whether the
 * typed word is listed; -1 with an exception set. */
static int prefilter_take(SlipPrefilter *self, struct candidate *into, PyObject *item) {
    enum { MEANT, PRIOR, COST, LOGIT, IS_LISTED };
    if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) <= IS_LISTED) {
        PyErr_SetString(PyExc_TypeError, "not a candidate");
        return -1;
    }
    into->number = pairs_number(self->pairs, PyTuple_GET_ITEM(item, MEANT));
    if (into->number == -2) return -1;
    double prior = PyFloat_AsDouble(PyTuple_GET_ITEM(item, PRIOR)),
           cost = PyFloat_AsDouble(PyTuple_GET_ITEM(item, COST));
    into->rank = self->weights.rank_prior * prior + self->weights.rank_cost * cost;
    into->logit = PyFloat_AsDouble(PyTuple_GET_ITEM(item, LOGIT));
    into->is_listed = PyObject_IsTrue(PyTuple_GET_ITEM(item, IS_LISTED));
    Py_ssize_t length;
    const char *word = utf8_of(PyTuple_GET_ITEM(item, MEANT), &length);
    if (word) keep_meant(into, word, (size_t)length);
    return PyErr_Occurred() ? -1 : 0;
}

/* prefilter(word, candidates, is_rare, weights, to_split) -> SlipPrefilter */
static PyObject *pairs_prefilter(Pairs *self, PyObject *args) {
    PyObject *typed, *candidates;
    Py_ssize_t length, to_split;
    int is_rare;
    struct weights weights;
    PyObject *numbers;
    if (!PyArg_ParseTuple(args, "UO!pOn", &typed, &PyTuple_Type, &candidates, &is_rare, &numbers,
                          &to_split) ||
        fill_doubles((double *)&weights, WEIGHTS, numbers, "weights") < 0)
        return NULL;
    const char *word = utf8_of(typed, &length);
    if (!word) return NULL;
    if (length > LONGEST_TOKEN || !PyUnicode_IS_ASCII(typed))
        return PyErr_Format(PyExc_ValueError, "not a word of at most %d ASCII letters", LONGEST_TOKEN);
    PyTypeObject *type = ((State *)PyType_GetModuleState(Py_TYPE(self)))->slip_prefilter;
    Py_ssize_t count = PyTuple_GET_SIZE(candidates);
    SlipPrefilter *made = type ? (SlipPrefilter *)type->tp_alloc(type, count) : NULL;
    if (!made) return NULL;
    made->pairs = (Pairs *)Py_NewRef(self);
    made->weights = weights;
    made->to_split = to_split;
    made->length = (size_t)length;
    memcpy(made->bytes, word, (size_t)length);
    made->rare = is_rare ? set_number(&self->words, word, (size_t)length) : -1;
    for (Py_ssize_t i = 0; i < count; i++)
        if (prefilter_take(made, &made->candidates[i], PyTuple_GET_ITEM(candidates, i)) < 0) {
            Py_DECREF(made);
            return NULL;
        }
    return (PyObject *)made;
}

#endif
