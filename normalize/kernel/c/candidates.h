/* What may be meant by a typed word, and how likely each is before the word is seen in a text.
 *
 * The definition is Python: SlipDecision in spelling/decision.py, from _near on, and Roots in spelling/roots.py. A few words
 * are left to it: Roman numerals, and those with too many roots. */
#ifndef NORMALIZE_KERNEL_CANDIDATES_H
#define NORMALIZE_KERNEL_CANDIDATES_H
#include "pair_features.h"
#include "deliberate.h"
#include "slip_word.h"
#include "speller.h"

enum { WORD_FEATURES = 14, ENGLISH = 11 /* one of them */, TABLES = 10, MOST_ROOTS = 16 };
enum answer { FAILED = -1, NEVER, MAYBE, UNSURE }; /* whether a word may be a slip; FAILED with an exception set */

typedef struct {
    PyObject_HEAD
    Speller *speller;
    Pairs *pairs;
    Affixes *roots, *families, *variants;
    union {
        PyObject *all[TABLES];
        struct {
            PyObject *words, *rare, *unverified, *names, *roots_in_use, *malindo, *variant_of, *english, *collections,
                *families;
        };
    } tables;
    PyObject *neighbours; /* frozenset: pairs of keys that lie side by side */
    struct lent lent[MOST_LENT];
    double pair_weights[PAIR_FEATURES], word_weights[WORD_FEATURES];
    PyTypeObject *candidate; /* decision.Candidate */
    double listed_margin;    /* nats */
    double low, high;        /* limits of the surprisal */
    double common_base, name_ratio;
    struct sizes { /* in letters */
        Py_ssize_t longest, two_edits, variant, limit, short_word, long_root, base;
    } lengths;
    struct weights weights; /* of places */
    Py_ssize_t to_split;
    unsigned char *status; /* by number of a word of the speller: 0 for not known yet, WANTED or UNWANTED */
} SlipSearch;

enum { WANTED = 1, UNWANTED };

/* Whether a table, a dict or a frozenset has a string; -1 with an exception set. */
static int is_in(PyObject *table, PyObject *string) {
    if (is_table(table)) return table_contains((Table *)table, string);
    return PyDict_Check(table) ? PyDict_Contains(table, string) : PySet_Contains(table, string);
}

/* How often a table or a dict has it that a string was counted, 0 where it has not; -1 with an exception set. */
static double times(PyObject *counts, PyObject *string) {
    if (is_table(counts)) {
        int64_t number = table_number_of((Table *)counts, string);
        return number == -1 ? 0 : number < 0 ? -1 : (double)number;
    }
    PyObject *count = PyDict_GetItemWithError(counts, string);
    return count ? PyLong_AsDouble(count) : PyErr_Occurred() ? -1 : 0;
}

/* SlipDecision._is_deliberate: MAYBE where it is not, NEVER where it is. */
static enum answer is_not_deliberate(const SlipSearch *self, const struct typed *word) {
    if (is_abbreviation(word->bytes, word->length)) return NEVER;
    if (strspn(word->bytes, "xlvi") == word->length) return UNSURE; /* Roman numerals */
    if (is_formula(word->bytes) || is_spoken(self->roots, word)) return NEVER;
    size_t base = word->length, skipped = 2 * !memcmp(word->bytes, "di", 2);
    if (word_ends_with(word, "nya")) base -= 3;
    if (base < word->length && (Py_ssize_t)base >= self->lengths.base) {
        PyObject *string = PyUnicode_FromStringAndSize(word->bytes, (Py_ssize_t)base);
        double count = string ? times(self->tables.words, string) : -1;
        Py_XDECREF(string);
        if (count < 0) return FAILED;
        if (count >= self->common_base) return NEVER;
    }
    const Set *standard = &self->pairs->unlike;
    return set_number(standard, word->bytes, base) >= 0 ||
                   set_number(standard, word->bytes + skipped, word->length - skipped) >= 0
               ? NEVER
               : MAYBE;
}

/* Whether a word is never meant, as an abbreviation or a name; -1 with an exception set. */
static int is_never_meant(SlipSearch *self, const struct near *near) {
    unsigned char *status = &self->status[near->number];
    if (*status) return *status == UNWANTED;
    PyObject *string = PyUnicode_FromStringAndSize(near->word, (Py_ssize_t)near->length);
    double name = string ? times(self->tables.names, string) : -1;
    double word = name < 0 ? -1 : times(self->tables.words, string);
    Py_XDECREF(string);
    if (word < 0) return -1;
    *status = is_abbreviation(near->word, near->length) || name > self->name_ratio * word ? UNWANTED : WANTED;
    return *status == UNWANTED;
}

static int by_word(const void *one, const void *other) {
    return strcmp(((const struct near *)one)->word, ((const struct near *)other)->word);
}

/* Whether a word is the one that a list has for `typed`, which is not standard; -1 with an exception set. */
static int is_standard_of(const SlipSearch *self, const struct typed *typed, const struct near *near) {
    PyObject *standard = PyDict_GetItemWithError(self->tables.variant_of, typed->string);
    Py_ssize_t length = 0;
    const char *bytes = standard ? utf8_of(standard, &length) : NULL;
    if (!bytes) return PyErr_Occurred() ? -1 : 0;
    return (size_t)length == near->length && !memcmp(bytes, near->word, near->length);
}

/* Leaves of what is near `typed` what may be meant, in order; -1 with an exception set. */
static int sift(SlipSearch *self, const struct typed *typed, struct search *search) {
    size_t kept = 0, me = 0, pe = 0;
    for (size_t i = 0; i < search->count; i++) {
        const struct near *near = &search->found[i];
        me += near->word[0] == 'm';
        pe += near->word[0] == 'p';
    }
    int is_noun = me && pe && me + pe == search->count && typed->length > 5 && !memcmp(typed->bytes, "pe", 2) &&
                  word_ends_with(typed, "kan"); /* rather than a verb */
    unsigned sounds = search->count ? lent_sounds(self->lent, typed) : 0;
    for (size_t i = 0; i < search->count; i++) {
        if (is_noun && search->found[i].word[0] != 'p') continue;
        if (is_respelling(self->lent, sounds, typed, &search->found[i])) continue;
        int never = is_never_meant(self, &search->found[i]);
        if (!never) never = is_standard_of(self, typed, &search->found[i]);
        if (never < 0) return -1;
        if (!never) search->found[kept++] = search->found[i];
    }
    search->count = kept;
    for (size_t i = 0; i < kept; i++) search->found[i].word[search->found[i].length] = 0;
    if (kept > 1) qsort(search->found, kept, sizeof *search->found, by_word);
    return 0;
}

/* The stems that a word may be made of; 0 where there are too many of them. */
static int find_stems(const Affixes *affixes, const char *word, size_t length, struct stems *stems) {
    struct parsing parsing = {.affixes = affixes, .stems = stems, .word = word, .shortest = affixes->shortest};
    stems->count = 0;
    return !parse_all(&parsing, 0, length);
}

/* Leaves out what has in it the standard spelling of a stem of `typed`: Roots.standard_parts. */
static enum answer sift_standard(const SlipSearch *self, const struct typed *typed, struct search *search) {
    struct stems stems;
    if (!find_stems(self->variants, typed->bytes, typed->length, &stems)) return UNSURE;
    for (size_t i = 0; i < stems.count; i++) {
        if ((Py_ssize_t)stems.found[i].length < self->lengths.variant) continue;
        PyObject *stem = PyUnicode_FromStringAndSize(stems.found[i].bytes, (Py_ssize_t)stems.found[i].length);
        PyObject *standard = stem ? PyDict_GetItemWithError(self->tables.variant_of, stem) : NULL;
        const char *part = standard ? utf8_of(standard, &(Py_ssize_t){0}) : NULL;
        Py_XDECREF(stem);
        if (PyErr_Occurred()) return FAILED;
        size_t kept = 0;
        for (size_t k = 0; part && k < search->count; k++)
            if (!strstr(search->found[k].word, part)) search->found[kept++] = search->found[k];
        if (part) search->count = kept;
    }
    return search->count ? MAYBE : NEVER;
}

/* The spelling.features.WORD_FEATURES of a word, and whether it is listed: rare, or a root in use; -1 with an exception
 * set. */
static int put_word_features(const SlipSearch *self, const struct typed *word, double *features, int *is_rare) {
    PyObject *string = word->string;
    Py_ssize_t length = (Py_ssize_t)word->length;
    int rare = is_in(self->tables.rare, string), in_use = is_in(self->tables.roots_in_use, string);
    int malindo = is_in(self->tables.malindo, string), english = is_in(self->tables.english, string);
    int variant = is_in(self->tables.variant_of, string);
    double values[WORD_FEATURES] = {
        rare,
        log(1 + times(self->tables.rare, string)),
        log(1 + times(self->tables.unverified, string)),
        is_built(self->roots, word->bytes, word->length, self->roots->shortest),
        log(1 + times(self->tables.names, string)),
        (double)unseen_trigrams(self->speller, word->bytes, word->length),
        (double)(length < self->lengths.limit ? length : self->lengths.limit),
        length < self->lengths.short_word,
        in_use,
        malindo && !in_use,
        variant,
        english,
        log(1 + times(self->tables.collections, string)),
        is_unpronounceable(self->speller, word->bytes, word->length),
    };
    if (PyErr_Occurred()) return -1;
    memcpy(features, values, sizeof values);
    *is_rare = rare;
    return rare || in_use;
}

/* The order of Roots.made_of: the longest root first, the last in the alphabet of those. */
static int by_length(const void *one, const void *other) {
    const struct stem *a = one, *b = other;
    if (a->length != b->length) return a->length < b->length ? 1 : -1;
    int order = memcmp(b->bytes, a->bytes, a->length);
    return order ? order : b->affixes - a->affixes;
}

/* Puts to the features of a candidate what Roots.other_roots finds: the first root that the candidate is not made of; FAILED
 * with an exception set, UNSURE where it has too many. */
static enum answer put_root(const SlipSearch *self, const struct stems *roots, const struct near *near, double *features) {
    struct stems others;
    if (!find_stems(self->families, near->word, near->length, &others)) return UNSURE;
    for (size_t i = 0; i < roots->count; i++) {
        const struct stem *root = &roots->found[i];
        size_t k = 0;
        while (k < others.count &&
               (others.found[k].length != root->length || memcmp(others.found[k].bytes, root->bytes, root->length)))
            k++;
        if (k < others.count) continue;
        if ((Py_ssize_t)root->length < self->lengths.long_root) {
            features[SHORT_ROOT] = 1;
            return MAYBE;
        }
        PyObject *string = PyUnicode_FromStringAndSize(root->bytes, (Py_ssize_t)root->length);
        double uses = string ? times(self->tables.families, string) : -1;
        Py_XDECREF(string);
        if (uses < 0) return FAILED;
        features[LONG_ROOT] = 1;
        features[ROOT_FAMILY] = log(uses);
        features[AFFIXES] = root->affixes;
        return MAYBE;
    }
    return MAYBE;
}

/* A typed word, and all that is the same for each candidate of it. */
struct weighed_word {
    double features[WORD_FEATURES], logit;
    int is_rare;
    struct stems roots;
    struct weighing weighing;
};

/* Takes the facts of a word; `two`: whether what is near is two edits away. */
static enum answer weigh_word(const SlipSearch *self, const struct typed *typed, int two, struct weighed_word *word) {
    int has_list = put_word_features(self, typed, word->features, &word->is_rare);
    if (has_list < 0) return FAILED;
    if (!find_stems(self->families, typed->bytes, typed->length, &word->roots)) return UNSURE;
    struct stems *roots = &word->roots;
    if (roots->count > 1) qsort(roots->found, roots->count, sizeof *roots->found, by_length);
    word->logit = weighted(self->word_weights, word->features, WORD_FEATURES);
    word->weighing = (struct weighing){.typed = {PyUnicode_1BYTE_KIND, typed->bytes, (Py_ssize_t)typed->length},
                                       .neighbours = self->neighbours,
                                       .two = two,
                                       .surprisal = surprisal(self->speller, typed->bytes, typed->length),
                                       .low = self->low,
                                       .high = self->high,
                                       .has_list = has_list};
    return MAYBE;
}

/* Puts down the features of what is near a word, and their logit; MAYBE where that could be done. */
static enum answer weigh_near(const SlipSearch *self, const struct weighed_word *word, const struct near *near,
                              double *features, double *logit) {
    const Speller *speller = self->speller;
    Reader meant = {PyUnicode_1BYTE_KIND, near->word, (Py_ssize_t)near->length, NULL};
    memset(features, 0, PAIR_FEATURES * sizeof *features);
    enum answer root = word->roots.count ? put_root(self, &word->roots, near, features) : MAYBE;
    if (root != MAYBE) return root;
    if (put_features(&word->weighing, &meant, speller->priors[near->number], near->cost,
                     surprisal(speller, near->word, near->length), features) < 0)
        return FAILED;
    *logit = word->logit + weighted(self->pair_weights, features, PAIR_FEATURES);
    return MAYBE;
}

/* Finds what may be meant by `typed`; MAYBE where there is something. */
static enum answer find_meant(SlipSearch *self, const struct typed *typed, struct search *search, int *two) {
    Py_ssize_t length = (Py_ssize_t)typed->length;
    const Affixes *roots = self->roots;
    if (search_one_edit(search) < 0) return FAILED;
    if (!search->count && length >= self->lengths.two_edits &&
        !is_built(roots, typed->bytes, typed->length, roots->shortest)) {
        *two = 1;
        if (search_two_edits(search) < 0) return FAILED;
    }
    if (!search->count) return NEVER;
    enum answer answer = is_not_deliberate(self, typed);
    if (answer != MAYBE) return answer;
    return sift(self, typed, search) < 0 ? FAILED : sift_standard(self, typed, search);
}

#endif
