/* pairs_promising: whether a word can be a slip at any of its places, so that they are worth being looked at one by one.
 *
 * What evidence.py makes of a place is asked for with the words beside it only; where these are not plain the answer is yes.
 */
#ifndef NORMALIZE_KERNEL_PROMISE_H
#define NORMALIZE_KERNEL_PROMISE_H
#include "_kernel_pairs.h"

enum { CASE_MEANT, CASE_PRIOR, CASE_COST, CASE_LOGIT };
enum { RANK_PRIOR, RANK_COST, RANK_FIT, OF_FIT, OF_MARGIN, OF_RARE_FIT, OF_REPEATED, LOWEST_FIT, HIGHEST_FIT, HIGHEST_MARGIN, TO_SPLIT, WEIGHTS };
#define MOST_CASES 64
#define LONGEST_TOKEN 64 /* bytes */
#define PROMISING_PLACES 256
#define ROUNDING 1e-6    /* nats: sums may be added up in another order elsewhere */

/* What stands beside a word. */
struct token {
    char bytes[2 * LONGEST_TOKEN]; /* in lower case, of ASCII */
    size_t length;
    int64_t number; /* as Pairs knows it; that of EDGE for marks and unknown words */
};

struct text { int kind; const void *data; Py_ssize_t size; };

static Py_UCS4 char_at(const struct text *text, Py_ssize_t i) { return i < 0 || i >= text->size ? 0 : PyUnicode_READ(text->kind, text->data, i); }

static int64_t number_of(const Pairs *self, const char *bytes, size_t length) {
    return length ? set_find(&self->words, bytes, length, hash_of(bytes, length)) : -1;
}

static int is_in_use(const Pairs *self, int64_t number) { return number >= 0 && self->uses[number] > 0; }

/* Reads [start, end) as a neighbour; 0 where it is not plain: of other letters than ASCII, overlong, or not standard. */
static int read_token(const Pairs *self, const struct text *text, Py_ssize_t start, Py_ssize_t end, struct token *token) {
    token->length = 0;
    token->number = number_of(self, ".", 1);
    if (start >= end) return 1;
    if (end - start > LONGEST_TOKEN) return 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 character = char_at(text, i);
        if (character >= 0x80) return 0;
        token->bytes[token->length++] = (char)Py_TOLOWER((unsigned char)character);
    }
    if (Py_ISDIGIT((unsigned char)*token->bytes)) {
        token->number = number_of(self, "#", 1);
        return 1;
    }
    int64_t number = number_of(self, token->bytes, token->length);
    if (is_in_use(self, number)) token->number = number;
    return set_find(&self->unlike, token->bytes, token->length, hash_of(token->bytes, token->length)) < 0;
}

/* Whether `left` and `right` side by side may be two words of which the space is a letter off, or one torn in two. */
static int may_be_shifted(const Pairs *self, const char *left, size_t n, const char *right, size_t m, double least) {
    char both[4 * LONGEST_TOKEN];
    if (!n || !m) return 0;
    memcpy(both, left, n);
    memcpy(both + n, right, m);
    if (n == 1 && is_in_use(self, number_of(self, both, n + m))) return 1;
    for (size_t cut = n - 1; cut <= n + 1; cut += 2) {
        int64_t second = number_of(self, both + cut, n + m - cut), first = number_of(self, both, cut);
        if (is_in_use(self, first) && is_in_use(self, second) && pairs_seen(self, first, second) >= least) return 1;
    }
    return 0;
}

static double within(double value, double low, double high) { return value < low ? low : value > high ? high : value; }

static double fit_of(const Pairs *self, int64_t left, int64_t number, int64_t right) {
    double n = number < 0 ? 0 : self->uses[number], before = left < 0 ? 0 : self->uses[left], behind = right < 0 ? 0 : self->uses[right];
    double expected = (before * n / self->total + self->smoothing) * (n * behind / self->total + self->smoothing);
    return log((pairs_seen(self, left, number) + self->smoothing) * (pairs_seen(self, number, right) + self->smoothing) / expected);
}

struct word {
    const char *bytes; /* as it was typed, in lower case */
    size_t length;
    int64_t rare; /* its number where it is a rare word; -1 */
    double priors[MOST_CASES], costs[MOST_CASES], logits[MOST_CASES]; /* of what may be meant */
    int64_t numbers[MOST_CASES];
    Py_ssize_t cases;
};

/* How likely a word is a slip between two others, in nats (Evidence.weigh), as far as it hangs on them. */
static double logit_between(const Pairs *self, const struct word *word, int64_t left, int64_t right, const double *weights) {
    double best = -INFINITY, second = -INFINITY, best_fit = 0, logit = 0;
    for (Py_ssize_t i = 0; i < word->cases; i++) {
        double fit = fit_of(self, left, word->numbers[i], right);
        double rank = weights[RANK_PRIOR] * word->priors[i] + weights[RANK_COST] * word->costs[i] + weights[RANK_FIT] * fit;
        if (rank > best) {
            second = best;
            best = rank;
            best_fit = fit;
            logit = word->logits[i];
        } else if (rank > second)
            second = rank;
    }
    logit += weights[OF_FIT] * within(best_fit, weights[LOWEST_FIT], weights[HIGHEST_FIT]);
    logit += weights[OF_MARGIN] * within(best - second, 0, weights[HIGHEST_MARGIN]);
    if (word->rare >= 0) logit += weights[OF_RARE_FIT] * within(fit_of(self, left, word->rare, right), weights[LOWEST_FIT], weights[HIGHEST_FIT]);
    return logit;
}

/* Whether the word at [start, end) may be a slip there; `needed`: in nats. */
static int is_promising(const Pairs *self, const struct text *text, Py_ssize_t start, Py_ssize_t end, const struct word *word, double needed,
                        const double *weights) {
    struct token left, right;
    if (char_at(text, start - 1) == '-' || char_at(text, end) == '-') return 1;
    Py_ssize_t left_end = start, right_start = end;
    if (start && Py_UNICODE_ISSPACE(char_at(text, start - 1))) left_end--;
    Py_ssize_t left_start = left_end;
    while (left_start > 0 && Py_UNICODE_ISALNUM(char_at(text, left_start - 1))) left_start--;
    if (right_start < text->size && Py_UNICODE_ISSPACE(char_at(text, right_start))) right_start++;
    Py_ssize_t right_end = right_start;
    while (right_end < text->size && Py_UNICODE_ISALNUM(char_at(text, right_end))) right_end++;
    if (!read_token(self, text, left_start, left_end, &left) || !read_token(self, text, right_start, right_end, &right)) return 1;
    if (logit_between(self, word, left.number, right.number, weights) >= needed) return 1;
    if (left_end < start && may_be_shifted(self, left.bytes, left.length, word->bytes, word->length, weights[TO_SPLIT])) return 1;
    return right_start > end && may_be_shifted(self, word->bytes, word->length, right.bytes, right.length, weights[TO_SPLIT]);
}

/* promising(text, word, places, cases, is_rare, needed, weights) -> bool */
static PyObject *pairs_promising(Pairs *self, PyObject *args) {
    PyObject *string, *typed, *places, *cases, *numbers;
    int is_rare;
    double needed, weights[WEIGHTS];
    if (!PyArg_ParseTuple(args, "UUO!O!pdO!", &string, &typed, &PyList_Type, &places, &PyTuple_Type, &cases, &is_rare, &needed, &PyTuple_Type,
                          &numbers))
        return NULL;
    struct text text = {PyUnicode_KIND(string), PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string)};
    struct word word = {.cases = PyTuple_GET_SIZE(cases)};
    Py_ssize_t length;
    word.bytes = PyUnicode_AsUTF8AndSize(typed, &length);
    if (!word.bytes) return NULL;
    word.length = (size_t)length;
    if (length > LONGEST_TOKEN || !PyUnicode_IS_ASCII(typed) || word.cases > MOST_CASES) Py_RETURN_TRUE;
    if (PyTuple_GET_SIZE(numbers) != WEIGHTS) return PyErr_Format(PyExc_ValueError, "%d weights, not %zd", WEIGHTS, PyTuple_GET_SIZE(numbers));
    for (int i = 0; i < WEIGHTS; i++) weights[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(numbers, i));
    for (Py_ssize_t i = 0; i < word.cases; i++) {
        PyObject *item = PyTuple_GET_ITEM(cases, i);
        if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) <= CASE_LOGIT) return PyErr_Format(PyExc_TypeError, "not a case");
        word.priors[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_PRIOR));
        word.costs[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_COST));
        word.logits[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(item, CASE_LOGIT));
        word.numbers[i] = pairs_number(self, PyTuple_GET_ITEM(item, CASE_MEANT));
    }
    if (PyErr_Occurred()) return NULL;
    word.rare = is_rare ? number_of(self, word.bytes, word.length) : -1;
    Py_ssize_t whole = 0, starts[PROMISING_PLACES];
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(places); i++) {
        Py_ssize_t start = PyLong_AsSsize_t(PyList_GET_ITEM(places, i));
        if (start == -1 && PyErr_Occurred()) return NULL;
        if (start < 0 || start > text.size - length) return PyErr_Format(PyExc_ValueError, "a place outside the text");
        if (Py_UNICODE_ISALNUM(char_at(&text, start - 1)) || Py_UNICODE_ISALNUM(char_at(&text, start + length))) continue;
        if (whole == PROMISING_PLACES) Py_RETURN_TRUE;
        starts[whole++] = start;
    }
    needed -= whole ? weights[OF_REPEATED] * log((double)whole) : 0;
    for (Py_ssize_t i = 0; i < whole; i++)
        if (is_promising(self, &text, starts[i], starts[i] + length, &word, needed - ROUNDING, weights)) Py_RETURN_TRUE;
    Py_RETURN_FALSE;
}

static PyMethodDef pairs_methods[] = {
    {"count", (PyCFunction)pairs_count, METH_VARARGS, "How often the second word stood behind the first."},
    {"fits", (PyCFunction)pairs_fits, METH_VARARGS, "For each word of a list, how well it fits between two others."},
    {"promising", (PyCFunction)pairs_promising, METH_VARARGS, "Whether a word can be a slip at any of its places."},
    {NULL}};

static PyTypeObject PairsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Pairs",
    .tp_basicsize = sizeof(Pairs),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Pairs(words, uses, total, smoothing, starts, rights, counts, unlike): as normalize/kernel.py lays them out.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)pairs_init,
    .tp_dealloc = (destructor)pairs_dealloc,
    .tp_methods = pairs_methods,
};

#endif
