/* Prospect: whether a word can be a slip at any of its places, so that they are worth being looked at one by one.
 *
 * What evidence.py makes of a place is asked for with the words beside it only; where these are not plain the answer is yes.
 */
#ifndef NORMALIZE_KERNEL_PROMISE_H
#define NORMALIZE_KERNEL_PROMISE_H
#include "pairs.h"
#include "text.h"
#include <stddef.h>

#define PROMISING_PLACES 256
#define LONGEST_TOKEN 64 /* bytes */
#define ROUNDING 1e-6    /* nats: sums may be added up in another order elsewhere */

/* What stands beside a word. */
struct token {
    char bytes[2 * LONGEST_TOKEN]; /* in lower case, of ASCII */
    size_t length;
    int64_t number; /* as Pairs knows it; that of EDGE for marks and unknown words */
};

static int is_in_lexicon(const Pairs *self, int64_t number) { return number >= 0 && self->uses[number] >= 0; }

/* Reads [start, end) as a neighbour; 0 where it is not plain: of other letters than ASCII, overlong, or not standard. */
static int read_token(const Pairs *self, const Reader *text, Py_ssize_t start, Py_ssize_t end, struct token *token) {
    token->length = 0;
    token->number = set_number(&self->words, ".", 1);
    if (start >= end) return 1;
    if (end - start > LONGEST_TOKEN) return 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 character = char_at(text, i);
        if (character >= 0x80) return 0;
        token->bytes[token->length++] = (char)Py_TOLOWER((unsigned char)character);
    }
    if (Py_ISDIGIT((unsigned char)*token->bytes)) {
        token->number = set_number(&self->words, "#", 1);
        return 1;
    }
    int64_t number = set_number(&self->words, token->bytes, token->length);
    if (is_in_lexicon(self, number)) token->number = number;
    return set_number(&self->unlike, token->bytes, token->length) < 0;
}

/* Whether `left` and `right` side by side may be two words of which the space is a letter off, or one torn in two. */
static int may_be_shifted(const Pairs *self, const char *left, size_t n, const char *right, size_t m, double least) {
    char both[4 * LONGEST_TOKEN];
    if (!n || !m) return 0;
    memcpy(both, left, n);
    memcpy(both + n, right, m);
    if (n == 1 && is_in_lexicon(self, set_number(&self->words, both, n + m))) return 1;
    for (size_t cut = n - 1; cut <= n + 1; cut += 2) {
        int64_t second = set_number(&self->words, both + cut, n + m - cut), first = set_number(&self->words, both, cut);
        if (is_in_lexicon(self, first) && is_in_lexicon(self, second) && pairs_seen(self, first, second) >= least) return 1;
    }
    return 0;
}

static double within(double value, double low, double high) { return value < low ? low : value > high ? high : value; }

/* Prospect: a word that may be a slip, and all that can be told of it before it is seen in its place. */
typedef struct {
    PyObject_VAR_HEAD
    Pairs *pairs;
    double of_fit, of_margin, of_rare_fit, of_repeated, rank_fit, lowest_fit, highest_fit, highest_margin, to_split; /* the weights */
    char bytes[LONGEST_TOKEN]; /* as it was typed, in lower case */
    size_t length;
    int64_t rare; /* its number where it is a rare word; -1 */
    struct meant {
        int64_t number;
        double rank, logit; /* what hangs on no place */
    } cases[1];
} Prospect;

/* How likely a word is a slip between two others, in nats (Evidence.weigh), as far as it hangs on them. */
static double logit_between(const Prospect *self, int64_t left, int64_t right) {
    double best = -INFINITY, second = -INFINITY, best_fit = 0, logit = 0;
    for (Py_ssize_t i = 0; i < Py_SIZE(self); i++) {
        double fit = pairs_fit(self->pairs, left, self->cases[i].number, right), rank = self->cases[i].rank + self->rank_fit * fit;
        if (rank > best) {
            second = best;
            best = rank;
            best_fit = fit;
            logit = self->cases[i].logit;
        } else if (rank > second)
            second = rank;
    }
    logit += self->of_fit * within(best_fit, self->lowest_fit, self->highest_fit) + self->of_margin * within(best - second, 0, self->highest_margin);
    if (self->rare < 0) return logit;
    return logit + self->of_rare_fit * within(pairs_fit(self->pairs, left, self->rare, right), self->lowest_fit, self->highest_fit);
}

/* Whether the word at [start, end) may be a slip there; `needed`: in nats. */
static int is_promising(const Prospect *self, const Reader *text, Py_ssize_t start, Py_ssize_t end, double needed) {
    struct token left, right;
    if (char_at(text, start - 1) == '-' || char_at(text, end) == '-') return 1;
    Py_ssize_t left_end = start, right_start = end;
    if (start && Py_UNICODE_ISSPACE(char_at(text, start - 1))) left_end--;
    Py_ssize_t left_start = left_end;
    while (left_start > 0 && Py_UNICODE_ISALNUM(char_at(text, left_start - 1))) left_start--;
    if (right_start < text->size && Py_UNICODE_ISSPACE(char_at(text, right_start))) right_start++;
    Py_ssize_t right_end = right_start;
    while (right_end < text->size && Py_UNICODE_ISALNUM(char_at(text, right_end))) right_end++;
    if (!read_token(self->pairs, text, left_start, left_end, &left) || !read_token(self->pairs, text, right_start, right_end, &right)) return 1;
    if (logit_between(self, left.number, right.number) >= needed) return 1;
    if (left_end < start && may_be_shifted(self->pairs, left.bytes, left.length, self->bytes, self->length, self->to_split)) return 1;
    return right_start > end && may_be_shifted(self->pairs, self->bytes, self->length, right.bytes, right.length, self->to_split);
}

/* promising(text, places, needed) -> bool: whether the word may be a slip at any of its places in a text */
static PyObject *prospect_promising(Prospect *self, PyObject *args) {
    PyObject *string, *places;
    double needed;
    if (!PyArg_ParseTuple(args, "UO!d", &string, &PyList_Type, &places, &needed)) return NULL;
    Reader text = reader_of(string);
    Py_ssize_t whole = 0, starts[PROMISING_PLACES], length = (Py_ssize_t)self->length;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(places); i++) {
        Py_ssize_t start = PyLong_AsSsize_t(PyList_GET_ITEM(places, i));
        if (start == -1 && PyErr_Occurred()) return NULL;
        if (start < 0 || start > text.size - length) return PyErr_Format(PyExc_ValueError, "a place outside the text");
        if (Py_UNICODE_ISALNUM(char_at(&text, start - 1)) || Py_UNICODE_ISALNUM(char_at(&text, start + length))) continue;
        if (whole == PROMISING_PLACES) Py_RETURN_TRUE;
        starts[whole++] = start;
    }
    needed -= ROUNDING + (whole ? self->of_repeated * log((double)whole) : 0);
    for (Py_ssize_t i = 0; i < whole; i++)
        if (is_promising(self, &text, starts[i], starts[i] + length, needed)) Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

static void prospect_dealloc(Prospect *self) {
    Py_XDECREF(self->pairs);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyMethodDef prospect_methods[] = {
    {"promising", (PyCFunction)prospect_promising, METH_VARARGS, "Whether the word may be a slip at any of its places in a text."}, {NULL}};

static PyTypeObject ProspectType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Prospect",
    .tp_basicsize = offsetof(Prospect, cases),
    .tp_itemsize = sizeof(struct meant),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A word that may be a slip: Pairs.prospect makes it.",
    .tp_dealloc = (destructor)prospect_dealloc,
    .tp_methods = prospect_methods,
};

enum { CASE_MEANT, CASE_PRIOR, CASE_COST, CASE_LOGIT };

/* prospect(word, cases, is_rare, weights) -> Prospect */
static PyObject *pairs_prospect(Pairs *self, PyObject *args) {
    PyObject *typed, *cases;
    Py_ssize_t length;
    int is_rare;
    double rank_prior, rank_cost;
    Prospect weights;
    if (!PyArg_ParseTuple(args, "UO!p(ddddddddddd)", &typed, &PyTuple_Type, &cases, &is_rare, &rank_prior, &rank_cost, &weights.rank_fit,
                          &weights.of_fit, &weights.of_margin, &weights.of_rare_fit, &weights.of_repeated, &weights.lowest_fit,
                          &weights.highest_fit, &weights.highest_margin, &weights.to_split))
        return NULL;
    const char *word = PyUnicode_AsUTF8AndSize(typed, &length);
    if (!word) return NULL;
    if (length > LONGEST_TOKEN || !PyUnicode_IS_ASCII(typed)) return PyErr_Format(PyExc_ValueError, "not a word of at most %d ASCII letters", LONGEST_TOKEN);
    Py_ssize_t count = PyTuple_GET_SIZE(cases);
    Prospect *found = (Prospect *)ProspectType.tp_alloc(&ProspectType, count);
    if (!found) return NULL;
    const size_t from = offsetof(Prospect, of_fit), to = offsetof(Prospect, bytes);
    memcpy((char *)found + from, (const char *)&weights + from, to - from);
    found->pairs = (Pairs *)Py_NewRef(self);
    found->length = (size_t)length;
    memcpy(found->bytes, word, (size_t)length);
    found->rare = is_rare ? set_number(&self->words, word, (size_t)length) : -1;
    for (Py_ssize_t i = 0; i < count; i++) {
        PyObject *item = PyTuple_GET_ITEM(cases, i);
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) <= CASE_LOGIT) PyErr_SetString(PyExc_TypeError, "not a case");
        if (PyErr_Occurred()) break;
        found->cases[i].number = pairs_number(self, PyTuple_GET_ITEM(item, CASE_MEANT));
        found->cases[i].rank = rank_prior * PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_PRIOR)) + rank_cost * PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_COST));
        found->cases[i].logit = PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_LOGIT));
    }
    if (PyErr_Occurred()) Py_CLEAR(found);
    return (PyObject *)found;
}

#endif
