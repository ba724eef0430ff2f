/* A word that may be a slip, and what a place in a text says of that.
 *
 * The definition is Python: SlipDecision.likeliest in spelling/decision.py, by the words beside it only. Where these are not
 * plain that is left to it. */
#ifndef NORMALIZE_KERNEL_SLIP_WORD_H
#define NORMALIZE_KERNEL_SLIP_WORD_H
#include "pair_features.h"
#include "pairs.h"
#include "surroundings.h"

enum { MOST_OFFSETS = 256, LONGEST_TOKEN = 64 /* bytes */, LONGEST_MEANT = 31 /* letters */ };
static const double ROUNDING = 1e-6; /* nats: sums may be added up in another order elsewhere */

/* What stands beside a word. */
struct token {
    char bytes[2 * LONGEST_TOKEN]; /* in lower case, of ASCII */
    size_t length;
    int64_t number; /* as Pairs knows it; its edge for marks, -1 for unknown words */
};

static int is_in_lexicon(const Pairs *self, int64_t number) { return number >= 0 && self->counts[number] >= 0; }

/* Reads [start, end) as a neighbour; 0 where it is not plain: of other letters than ASCII, overlong, or not standard. */
static int read_token(const Pairs *self, const Reader *text, Py_ssize_t start, Py_ssize_t end, struct token *token) {
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

/* Whether `left` and `right` side by side may be two words of which the space is a letter off, or one torn in two. */
static int may_be_shifted(const Pairs *self, const char *left, size_t n, const char *right, size_t m, int64_t least) {
    char both[4 * LONGEST_TOKEN];
    if (!n || !m) return 0;
    memcpy(both, left, n);
    memcpy(both + n, right, m);
    if (is_in_lexicon(self, set_number(&self->words, both, n + m))) return 1;
    for (size_t cut = n - 1; cut <= n + 1; cut += 2) {
        int64_t second = set_number(&self->words, both + cut, n + m - cut), first = set_number(&self->words, both, cut);
        if (is_in_lexicon(self, first) && is_in_lexicon(self, second) && (int64_t)pairs_seen(self, first, second) >= least)
            return 1;
    }
    return 0;
}

static double within(double value, double low, double high) { return value < low ? low : value > high ? high : value; }

/* clang-format off */
/* spelling.features.PLACE_FEATURES, in their order. */
enum {
    PLACE_PMI, PLACE_MARGIN, PLACE_RARE_PMI, PLACE_LISTED_PMI, PLACE_CAPITALISED, PLACE_REPEATED,
    PLACE_FOREIGN_WORDS, PLACE_CHAT, PLACE_CONTRACTED, PLACE_SURE_SLIP_NEARBY, PLACE_IN_TEXT,
    PLACE_NOT_IN_TEXT, PLACE_FEATURES
};
/* clang-format on */

/* What the features of a place weigh, in nats, and their limits: SlipDecision has them. */
struct weights {
    double rank_prior, rank_cost, rank_pmi, place[PLACE_FEATURES];
    double lowest_pmi, highest_pmi, highest_margin;      /* nats */
    double most_in_text, long_text;                      /* times; code points from which a text says no more */
    double reach;                                        /* code points of a text that is looked through */
    double least_margin, rare, listed, short_root, most; /* nats: decision.is_likely, doubt, logit_of */
};
enum { WEIGHTS = sizeof(struct weights) / sizeof(double) };

/* A word that may be a slip, and all that is known of it before it is seen in a text. */
typedef struct {
    const Pairs *pairs; /* this, and the next, are of the search that made it */
    const struct weights *weights;
    int64_t to_split;          /* how often two words stood side by side that may be one and a letter */
    char bytes[LONGEST_TOKEN]; /* as it was typed, in lower case */
    size_t length;
    int64_t rare; /* its number where it is a rare word; -1 */
    int is_english;
    size_t count;
    struct candidate {
        int64_t number;
        double rank, logit; /* what hangs on no place */
        int is_listed, has_short_root;
        size_t length;
        char word[LONGEST_MEANT + 1]; /* letters a to z; "" for another one, or a longer one */
    } candidates[];
} SlipWord;

/* Keeps a word that may be meant. */
static void keep_meant(struct candidate *candidate, const char *word, size_t length) {
    if (length > LONGEST_MEANT) return;
    for (size_t i = 0; i < length; i++)
        if (word[i] < 'a' || word[i] > 'z') return;
    memcpy(candidate->word, word, length);
    candidate->word[length] = 0;
    candidate->length = length;
}

/* A place of a word in a text, and what speaks for a slip there. */
struct place {
    Py_ssize_t start, end;
    struct token left, right;
    int is_apart_left, is_apart_right; /* whether a space is between it and what stands beside it */
    const struct candidate *first;     /* what ranks first */
    double features[PLACE_FEATURES];
};

/* How likely a word is a slip at a place, in nats: SlipDecision.likeliest. */
static double logit_at(const SlipWord *self, const struct place *place) {
    return place->first->logit + weighted(self->weights->place, place->features, PLACE_FEATURES);
}

/* Puts down which candidate ranks first between two words, and the features that hang on these. */
static void weigh_between(const SlipWord *self, struct place *place) {
    const struct weights *weights = self->weights;
    int64_t left = place->left.number, right = place->right.number;
    double best = -INFINITY, second = -INFINITY, best_pmi = 0;
    place->first = self->candidates;
    for (size_t i = 0; i < self->count; i++) {
        const struct candidate *candidate = &self->candidates[i];
        double pmi = pairs_pmi_of(self->pairs, left, candidate->number, right);
        double rank = candidate->rank + weights->rank_pmi * pmi;
        if (rank > best) {
            second = best;
            best = rank;
            best_pmi = pmi;
            place->first = candidate;
        } else if (rank > second)
            second = rank;
    }
    double *features = place->features, low = weights->lowest_pmi, high = weights->highest_pmi;
    features[PLACE_PMI] = within(best_pmi, low, high);
    features[PLACE_MARGIN] = within(best - second, 0, weights->highest_margin);
    features[PLACE_LISTED_PMI] = place->first->is_listed ? features[PLACE_PMI] : 0;
    if (self->rare >= 0) features[PLACE_RARE_PMI] = within(pairs_pmi_of(self->pairs, left, self->rare, right), low, high);
}

/* Puts down how often a text has the candidate elsewhere; 0 where it is not looked through for it, -1 with an exception
 * set. */
static int count_elsewhere(const SlipWord *self, const Reader *text, struct place *place) {
    const struct weights *weights = self->weights;
    const struct candidate *meant = place->first;
    double size = (double)text->size, *features = place->features;
    if (!meant->length || size > weights->reach) return 0;
    Py_ssize_t times = times_in(text, meant->word, meant->length, (Py_ssize_t)weights->most_in_text);
    if (times < 0) return -1;
    features[PLACE_IN_TEXT] = log(1 + (double)times);
    if (!times) features[PLACE_NOT_IN_TEXT] = (size < weights->long_text ? size : weights->long_text) / weights->long_text;
    return 1;
}

/* Reads a place of a word that stands in a text so many times; 0 where what is beside it is not plain. */
static int read_place(const SlipWord *self, const Reader *text, Py_ssize_t start, Py_ssize_t times, struct place *place) {
    Py_ssize_t end = start + (Py_ssize_t)self->length, left_end = start, right_start = end;
    if (char_at(text, start - 1) == '-' || char_at(text, end) == '-') return 0;
    if (start && Py_UNICODE_ISSPACE(char_at(text, start - 1))) left_end--;
    Py_ssize_t left_start = left_end;
    while (left_start > 0 && is_part_of_word(text, left_start - 1)) left_start--;
    if (right_start < text->size && Py_UNICODE_ISSPACE(char_at(text, right_start))) right_start++;
    Py_ssize_t right_end = right_start;
    while (right_end < text->size && is_part_of_word(text, right_end)) right_end++;
    if (!read_token(self->pairs, text, left_start, left_end, &place->left) ||
        !read_token(self->pairs, text, right_start, right_end, &place->right))
        return 0;
    if (place->left.length && Py_ISDIGIT((unsigned char)place->left.bytes[place->left.length - 1]))
        place->left.number = self->pairs->number; /* Rp90 */
    place->start = start;
    place->end = end;
    place->is_apart_left = left_end < start;
    place->is_apart_right = right_start > end;
    memset(place->features, 0, sizeof place->features);
    weigh_between(self, place);
    place->features[PLACE_REPEATED] = log((double)times);
    return 1;
}

/* Whether the space on a side of the word may be a letter off: Boundaries.moved_space. */
static int may_have_moved(const SlipWord *self, const struct place *place) {
    const struct token *left = &place->left, *right = &place->right;
    if (place->is_apart_left &&
        may_be_shifted(self->pairs, left->bytes, left->length, self->bytes, self->length, self->to_split))
        return 1;
    return place->is_apart_right &&
           may_be_shifted(self->pairs, self->bytes, self->length, right->bytes, right->length, self->to_split);
}

/* Whether a word may be a slip at a place by what stands beside it, and which candidates the text has, which is put down;
 * `needed`: in nats. -1 with an exception set. */
static int is_probable(const SlipWord *self, const Reader *text, struct place *place, double needed) {
    place->features[PLACE_IN_TEXT] = log(1 + self->weights->most_in_text);
    if (logit_at(self, place) < needed) return 0;
    int is_counted = count_elsewhere(self, text, place);
    return is_counted > 0 ? logit_at(self, place) >= needed : is_counted < 0 ? -1 : 1;
}

/* Whether the word may be a slip at one of its offsets in a text, all of them whole; `needed`: in nats. -1 with an exception
 * set. */
static int may_be_slip(const SlipWord *self, const Reader *text, const Py_ssize_t *starts, Py_ssize_t count, double needed) {
    struct place place;
    int may_be = 0;
    for (Py_ssize_t i = 0; !may_be && i < count; i++) {
        if (!read_place(self, text, starts[i], count, &place)) return 1;
        may_be = is_probable(self, text, &place, needed - ROUNDING);
        if (!may_be) may_be = may_have_moved(self, &place);
    }
    return may_be;
}

#endif
