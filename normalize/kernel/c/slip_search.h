/* SlipSearch(...): the candidates for a typed word, as Python is given them; candidates.h finds and weighs them. */
#ifndef NORMALIZE_KERNEL_SLIP_SEARCH_H
#define NORMALIZE_KERNEL_SLIP_SEARCH_H
#include "candidates.h"

static void slip_search_dealloc(SlipSearch *self) {
    Py_XDECREF(self->speller);
    Py_XDECREF(self->pairs);
    Py_XDECREF(self->roots);
    Py_XDECREF(self->families);
    Py_XDECREF(self->variants);
    for (int i = 0; i < TABLES; i++) Py_XDECREF(self->tables.all[i]);
    Py_XDECREF(self->neighbours);
    Py_XDECREF(self->candidate);
    free(self->status);
    object_free((PyObject *)self);
}

/* A word with room for so many candidates; NULL with an exception set. */
static SlipWord *slip_word_of(const SlipSearch *self, const struct typed *typed, size_t candidates) {
    SlipWord *made = calloc(1, sizeof *made + candidates * sizeof *made->candidates);
    if (!made) return (SlipWord *)PyErr_NoMemory();
    made->pairs = self->pairs;
    made->weights = &self->weights;
    made->to_split = self->to_split;
    made->length = typed->length;
    made->count = candidates;
    memcpy(made->bytes, typed->bytes, typed->length);
    return made;
}

/* Weighs what is near a word; `needed`: the logits that a word and a rare one need in the best of contexts. */
static enum answer fill_slip_word(const SlipSearch *self, const struct typed *typed, const struct search *search, int two,
                                  const double *needed, SlipWord *slip) {
    struct weighed_word word;
    enum answer answer = weigh_word(self, typed, two, &word);
    double margin = -INFINITY;
    for (size_t i = 0; answer == MAYBE && i < search->count; i++) {
        const struct near *near = &search->found[i];
        double features[PAIR_FEATURES], logit = 0;
        answer = weigh_near(self, &word, near, features, &logit);
        struct candidate *candidate = &slip->candidates[i];
        candidate->number = set_number(&self->pairs->words, near->word, near->length);
        candidate->rank = self->weights.rank_prior * features[PRIOR] + self->weights.rank_cost * near->cost;
        candidate->logit = logit;
        candidate->is_listed = features[LISTED] == 1;
        candidate->has_short_root = features[SHORT_ROOT] == 1;
        keep_meant(candidate, near->word, near->length);
        logit -= needed[word.is_rare] + features[LISTED] * self->listed_margin;
        if (logit > margin) margin = logit;
    }
    if (answer != MAYBE) return answer;
    slip->is_english = word.features[ENGLISH] == 1;
    slip->rare = word.is_rare ? set_number(&self->pairs->words, typed->bytes, typed->length) : -1;
    return margin > ROUNDING ? MAYBE : margin < -ROUNDING ? NEVER : UNSURE;
}

/* Reads a word and finds what is near; `search` is to be freed in any case. */
static enum answer look(SlipSearch *self, PyObject *string, struct typed *typed, struct search *search, int *two) {
    typed->string = string;
    int is_word = read_typed(string, &typed->bytes, &typed->length);
    if (is_word < 0) return FAILED;
    if (!is_word || (Py_ssize_t)typed->length > self->lengths.longest) return NEVER;
    *search = (struct search){.speller = self->speller, .typed = typed->bytes, .length = typed->length};
    return find_meant(self, typed, search, two);
}

/* Looks at a word; `needed`: the logits that a word and a rare one need in the best of contexts. With MAYBE comes the word
 * with what may be meant, which is to be freed. */
static enum answer search_for_slip(SlipSearch *self, PyObject *string, const double *needed, SlipWord **slip) {
    struct typed typed;
    struct search search = {0};
    int two = 0;
    enum answer answer = look(self, string, &typed, &search, &two);
    *slip = NULL;
    if (answer == MAYBE) {
        *slip = slip_word_of(self, &typed, search.count);
        answer = *slip ? fill_slip_word(self, &typed, &search, two, needed, *slip) : FAILED;
    }
    free(search.found);
    if (answer == MAYBE) return MAYBE;
    free(*slip);
    *slip = NULL;
    return answer;
}

/* may_be_slip(typed, needed, needed_of_rare) -> bool, None where only Python can tell */
static PyObject *slip_search_may_be_slip(SlipSearch *self, PyObject *args) {
    PyObject *string;
    double needed[2];
    SlipWord *slip;
    if (!PyArg_ParseTuple(args, "Udd", &string, &needed[0], &needed[1])) return NULL;
    enum answer answer = search_for_slip(self, string, needed, &slip);
    free(slip);
    if (answer == UNSURE) Py_RETURN_NONE;
    return answer == FAILED ? NULL : PyBool_FromLong(answer == MAYBE);
}

/* A decision.Candidate; NULL with an exception set. */
static PyObject *candidate_of(const SlipSearch *self, const struct near *near, const double *features, double logit,
                              PyObject *word_features) {
    PyObject *fields[7] = {PyUnicode_DecodeASCII(near->word, (Py_ssize_t)near->length, NULL),
                           PyFloat_FromDouble(features[PRIOR]),
                           PyFloat_FromDouble(near->cost),
                           PyFloat_FromDouble(logit),
                           PyBool_FromLong(features[LISTED] == 1),
                           tuple_of(features, PAIR_FEATURES),
                           Py_NewRef(word_features)};
    return made(self->candidate, fields, 7);
}

/* candidates(typed) -> tuple of Candidate, None where only Python can tell */
static PyObject *slip_search_candidates(SlipSearch *self, PyObject *string) {
    struct typed typed;
    struct search search = {0};
    struct weighed_word word;
    int two = 0;
    enum answer answer = look(self, string, &typed, &search, &two);
    if (answer == MAYBE) answer = weigh_word(self, &typed, two, &word);
    PyObject *word_features = answer == MAYBE ? tuple_of(word.features, WORD_FEATURES) : NULL;
    PyObject *found = answer == MAYBE && !word_features ? NULL : PyTuple_New(answer == MAYBE ? (Py_ssize_t)search.count : 0);
    for (size_t i = 0; answer == MAYBE && found && i < search.count; i++) {
        double features[PAIR_FEATURES], logit = 0;
        answer = weigh_near(self, &word, &search.found[i], features, &logit);
        PyObject *one = answer == MAYBE ? candidate_of(self, &search.found[i], features, logit, word_features) : NULL;
        if (one)
            PyTuple_SET_ITEM(found, (Py_ssize_t)i, one);
        else
            Py_CLEAR(found);
    }
    Py_XDECREF(word_features);
    free(search.found);
    if (answer == NEVER || answer == MAYBE) return found;
    Py_XDECREF(found);
    return answer == FAILED ? NULL : Py_NewRef(Py_None);
}

/* Reads the spellings of lent sounds, pairs of short strings; -1 with an exception set. */
static int take_lent(SlipSearch *self, PyObject *lent) {
    if (PyTuple_GET_SIZE(lent) > MOST_LENT) PyErr_SetString(PyExc_ValueError, "too many lent sounds");
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lent) && !PyErr_Occurred(); i++) {
        const char *sound, *plain;
        PyObject *pair = PyTuple_GET_ITEM(lent, i);
        if (!PyTuple_Check(pair))
            PyErr_SetString(PyExc_TypeError, "a lent sound is a pair");
        else if (PyArg_ParseTuple(pair, "ss", &sound, &plain)) {
            if (!*sound || strlen(sound) > LONGEST_LENT || strlen(plain) > strlen(sound))
                PyErr_SetString(PyExc_ValueError, "a lent sound is a few letters, and none fewer than the plain one");
            else {
                strcpy(self->lent[i].sound, sound);
                strcpy(self->lent[i].plain, plain);
            }
        }
    }
    return PyErr_Occurred() ? -1 : 0;
}

/* Takes the tables, or dicts and frozensets for them, in the order of the struct; -1 with an exception set. */
static int take_tables(SlipSearch *self, PyObject *tables) {
    if (PyTuple_GET_SIZE(tables) != TABLES) return PyErr_Format(PyExc_ValueError, "%d tables", TABLES), -1;
    for (int i = 0; i < TABLES; i++) {
        PyObject *table = PyTuple_GET_ITEM(tables, i);
        int is_set = i == 4 || i == 5 || i == 7, is_variants = i == 6;
        if (is_table(table) ? is_variants : is_set ? !PyFrozenSet_Check(table) : !PyDict_Check(table))
            return PyErr_Format(PyExc_TypeError, "table %d is a %s", i, is_set ? "frozenset" : "dict"), -1;
        self->tables.all[i] = Py_NewRef(table);
    }
    return 0;
}

static PyObject *slip_search_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"speller",      "pairs",  "affixes", "tables",  "lent",     "neighbours", "pair_weights",
                            "word_weights", "limits", "lengths", "weights", "to_split", "candidate",  NULL};
    const State *state = PyType_GetModuleState(type);
    PyObject *speller, *pairs, *roots, *families, *variants, *tables, *lent, *neighbours, *pair_weights, *word_weights,
        *candidate, *numbers;
    SlipSearch *self = (SlipSearch *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    struct sizes *lengths = &self->lengths;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!(O!O!O!)O!O!O!OO(ddddd)(nnnnnnn)OnO:SlipSearch", names,
                                     state->speller, &speller, state->pairs, &pairs, state->affixes, &roots, state->affixes,
                                     &families, state->affixes, &variants, &PyTuple_Type, &tables, &PyTuple_Type, &lent,
                                     &PyFrozenSet_Type, &neighbours, &pair_weights, &word_weights, &self->listed_margin,
                                     &self->low, &self->high, &self->common_base, &self->name_ratio, &lengths->longest,
                                     &lengths->two_edits, &lengths->variant, &lengths->limit, &lengths->short_word,
                                     &lengths->long_root, &lengths->base, &numbers, &self->to_split, &candidate) ||
        !is_tuple_type(candidate))
        goto failed;
    self->speller = (Speller *)Py_NewRef(speller);
    self->pairs = (Pairs *)Py_NewRef(pairs);
    self->roots = (Affixes *)Py_NewRef(roots);
    self->families = (Affixes *)Py_NewRef(families);
    self->variants = (Affixes *)Py_NewRef(variants);
    self->neighbours = Py_NewRef(neighbours);
    self->candidate = (PyTypeObject *)Py_NewRef(candidate);
    self->status = calloc(self->speller->set.count + 1, 1);
    if (lengths->longest > LONGEST || lengths->variant < 0)
        PyErr_Format(PyExc_ValueError, "a word is looked at up to %d letters", LONGEST);
    else if (!self->status)
        PyErr_NoMemory();
    else if (take_tables(self, tables) == 0 && take_lent(self, lent) == 0 &&
             fill_doubles(self->pair_weights, PAIR_FEATURES, pair_weights, "weights") == 0 &&
             fill_doubles(self->word_weights, WORD_FEATURES, word_weights, "weights") == 0 &&
             fill_doubles((double *)&self->weights, WEIGHTS, numbers, "weights") == 0)
        return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

static PyMethodDef slip_search_methods[] = {{"may_be_slip", (PyCFunction)slip_search_may_be_slip, METH_VARARGS,
                                             "Whether a word may be a slip; None where only Python can tell."},
                                            {"candidates", (PyCFunction)slip_search_candidates, METH_O,
                                             "What may be meant by a word, weighed; None where only Python can tell."},
                                            {NULL, NULL, 0, NULL}};

#endif
