/* Whether a lower-case word is a slip where it stands in a text, and of which word.
 *
 * The definition is Python: Slips in spelling/slips.py. Where what stands around the word is not plain it is left to
 * that. */
#ifndef NORMALIZE_KERNEL_SLIPS_H
#define NORMALIZE_KERNEL_SLIPS_H
#include "slip_search.h"

enum {
    LONGEST_HALF = 40 /* code points before a word, and a hyphen, which are looked at for its other half */
};

/* What slips are judged by, besides the weights; `what` holds all of it. */
struct judge {
    PyObject *what, *looks_foreign; /* tells of a word whether it speaks for another language or chat */
    PyObject *endings;              /* tuple: of Latin words */
    Reader tied_before, tied_after, opening, closing, no_tags, sentence_ends; /* characters, as spelling/place.py has them */
    double least;                                                             /* probability of a slip that is mended */
    struct windows windows;
    struct lengths lengths;
    Py_ssize_t tags, whole; /* code points looked through for a line of tags; uses of a word torn in two */
};

/* Reads (least, looks_foreign, marks, endings, numbers); -1 with an exception set. */
static int take_judge(struct judge *self, PyObject *what) {
    PyObject *marks[6];
    if (!PyArg_ParseTuple(what, "dO(UUUUUU)O!(nnnnnn)", &self->least, &self->looks_foreign, &marks[0], &marks[1], &marks[2],
                          &marks[3], &marks[4], &marks[5], &PyTuple_Type, &self->endings, &self->windows.words,
                          &self->windows.chat, &self->lengths.least, &self->lengths.most, &self->tags, &self->whole))
        return -1;
    Reader *sets[6] = {&self->tied_before, &self->tied_after, &self->opening,
                       &self->closing,     &self->no_tags,    &self->sentence_ends};
    for (int i = 0; i < 6; i++) *sets[i] = reader_of(marks[i]);
    for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(self->endings); i++)
        if (!utf8_of(PyTuple_GET_ITEM(self->endings, i), &(Py_ssize_t){0})) return -1;
    if (!PyTuple_Check(PyTuple_GET_ITEM(what, 2))) return PyErr_Format(PyExc_TypeError, "marks are a tuple"), -1;
    if (self->windows.words < 0 || self->windows.chat < 0 || self->tags < 0 || self->lengths.least < 1)
        return PyErr_Format(PyExc_ValueError, "a window is of some code points"), -1;
    self->what = Py_NewRef(what);
    return 0;
}

static int has_character(const Reader *set, Py_UCS4 character) {
    for (Py_ssize_t i = 0; i < set->size; i++)
        if (char_at(set, i) == character) return 1;
    return 0;
}

/* place.is_tied, but for a hyphen, and place.is_alone */
static int is_tied_or_alone(const struct judge *self, const Reader *text, const struct place *place) {
    Py_UCS4 before = char_at(text, place->start - 1), behind = char_at(text, place->end);
    return has_character(&self->tied_after, behind) || (behind == '.' && is_alphanumeric(char_at(text, place->end + 1))) ||
           has_character(&self->tied_before, before) ||
           (has_character(&self->opening, before) && has_character(&self->closing, behind));
}

/* Whether the line that a place is in may be one of tags: place.is_among_tags. */
static int may_be_among_tags(const struct judge *self, const Reader *text, const struct place *place) {
    Py_ssize_t first = place->start > self->tags ? place->start - self->tags : 0,
               last = text->size - place->end > self->tags ? place->end + self->tags : text->size;
    for (Py_ssize_t i = place->start; i-- > first;) {
        Py_UCS4 c = char_at(text, i);
        if (c == '\n' || c == ')') break;
        if ((c >= 'A' && c <= 'Z') || has_character(&self->no_tags, c)) return 0;
    }
    for (Py_ssize_t i = place->end; i < last; i++) {
        Py_UCS4 c = char_at(text, i);
        if (c == '\n') break;
        if ((c >= 'A' && c <= 'Z') || has_character(&self->no_tags, c)) return 0;
    }
    return 1;
}

/* Whether two strings side by side are a word that was counted often. */
static int is_torn(const struct judge *self, const Pairs *pairs, const char *left, size_t n, const char *right, size_t m) {
    char both[4 * LONGEST_TOKEN];
    if (!n || !m) return 0;
    memcpy(both, left, n);
    memcpy(both + n, right, m);
    return pairs_counted(pairs, set_number(&pairs->words, both, n + m)) >= (double)self->whole;
}

/* Whether a sentence begins at an offset: place.begins_sentence. UNSURE behind a stop that may be one of initials, or of a
 * title: those of more than so many small letters are none. */
static enum answer begins_sentence(const struct judge *self, const Reader *text, Py_ssize_t start) {
    enum { LONGEST_TITLE = 4 };
    Py_ssize_t end = start && Py_UNICODE_ISSPACE(char_at(text, start - 1)) ? start - 1 : start;
    Py_UCS4 before = char_at(text, end - 1);
    int begins = !end || Py_UNICODE_ISSPACE(before) || has_character(&self->sentence_ends, before);
    for (Py_ssize_t i = start - 1; !begins && i >= 0 && i >= start - 3; i--) begins = char_at(text, i) == '\n';
    if (!begins || before != '.') return begins ? MAYBE : NEVER;
    for (Py_ssize_t i = 2; i <= LONGEST_TITLE + 2; i++)
        if (char_at(text, end - i) < 'a' || char_at(text, end - i) > 'z') return UNSURE;
    return MAYBE;
}

/* Whether a word is what is meant with a suffix behind it, or maybe a label: SlipDecision._has_a_suffix,
 * place.is_labelled. */
static int may_have_tail(const SlipWord *word, const Reader *text, const struct place *place) {
    const struct candidate *meant = place->first;
    const char *tail = word->bytes + meant->length;
    if (word->length <= meant->length || memcmp(word->bytes, meant->word, meant->length)) return 0;
    size_t size = word->length - meant->length;
    Py_UCS4 behind = char_at(text, place->end);
    if (size == 1) return *tail == 'i' || behind == '.' || behind == ')';
    return (size == 2 && !memcmp(tail, "an", 2)) || (size == 3 && (!memcmp(tail, "kan", 3) || !memcmp(tail, "nya", 3)));
}

/* Whether Python must tell if the word is one of a phrase, has a suffix or a label glued to it, or lost a capital:
 * place.belongs_to_others, place.is_labelled, SlipDecision._has_a_suffix. */
static int may_be_something_else(const struct judge *self, const SlipWord *word, const Reader *text,
                                 const struct place *place) {
    const struct token *left = &place->left, *right = &place->right;
    const struct candidate *meant = place->first;
    size_t length = word->length;
    if (word->is_english || may_be_among_tags(self, text, place) ||
        is_torn(self, word->pairs, left->bytes, left->length, word->bytes, length) ||
        is_torn(self, word->pairs, word->bytes, length, right->bytes, right->length) || may_have_tail(word, text, place) ||
        (length + 1 == meant->length && !memcmp(word->bytes, meant->word + 1, length) &&
         begins_sentence(self, text, place->start) != NEVER))
        return 1;
    for (Py_ssize_t i = 0; left->length && i < PyTuple_GET_SIZE(self->endings); i++) {
        Py_ssize_t size = 0;
        const char *ending = utf8_of(PyTuple_GET_ITEM(self->endings, i), &size);
        if (ending && length >= (size_t)size && !memcmp(word->bytes + length - size, ending, (size_t)size)) return 1;
    }
    return 0;
}

/* Words that speak for another language or chat, counted. */
struct strangers {
    PyObject *looks_foreign;
    const Pairs *pairs;
    Py_ssize_t count;
    int is_plain; /* whether the kernel could decide it all */
};

/* Counts a word that looks foreign: SlipDecision._looks_foreign; -1 with an exception set. */
static int count_if_foreign(void *with, const Reader *text, Py_ssize_t start, Py_ssize_t end) {
    struct strangers *strangers = with;
    char word[LONGEST_TOKEN] = {0};
    size_t length = 0;
    for (Py_ssize_t i = start; i < end; i++) {
        Py_UCS4 c = char_at(text, i);
        if (c >= 0x80 || length == LONGEST_TOKEN) return strangers->is_plain = 0;
        word[length++] = (char)c;
    }
    if (!is_abbreviation(word, length) &&
        (is_in_lexicon(strangers->pairs, set_number(&strangers->pairs->words, word, length)) ||
         set_number(&strangers->pairs->unlike, word, length) >= 0))
        return 0;
    PyObject *string = PyUnicode_DecodeASCII(word, (Py_ssize_t)length, NULL);
    PyObject *result = string ? PyObject_CallOneArg(strangers->looks_foreign, string) : NULL;
    int is_foreign = result ? PyObject_IsTrue(result) : -1;
    Py_XDECREF(string);
    Py_XDECREF(result);
    if (is_foreign > 0) strangers->count++;
    return is_foreign < 0 ? -1 : 0;
}

/* Whether a word is another with a vowel left out: deliberate.is_contracted. */
static int is_contracted(const SlipWord *word, const struct candidate *meant) {
    size_t head = 0, length = word->length;
    if (meant->length != length + 1) return 0;
    while (head < length && word->bytes[head] == meant->word[head]) head++;
    return !memcmp(word->bytes + head, meant->word + head + 1, length - head) &&
           !(head && meant->word[head] == meant->word[head - 1]) && is_vowel((Py_UCS4)meant->word[head]);
}

/* decision.logit_of */
static double logit_of(double probability, double most) {
    if (probability > 0 && probability < 1) return log(probability / (1 - probability));
    return probability >= 0.5 ? most : -most;
}

/* Whether a slip is likely enough to be mended, and its probability: decision.is_likely. */
static int is_likely(const struct judge *self, const SlipWord *word, const struct place *place, double *probability) {
    const struct weights *weights = word->weights;
    double doubt = place->first->is_listed        ? (word->rare >= 0 ? weights->rare : weights->listed)
                   : place->first->has_short_root ? weights->short_root
                                                  : 0;
    double likely = 1 / (1 + exp(-within(logit_at(word, place), -weights->most, weights->most)));
    *probability = likely;
    if (likely < self->least || place->features[PLACE_MARGIN] < weights->least_margin) return 0;
    return logit_of(likely, weights->most) >= logit_of(self->least, weights->most) + doubt;
}

/* A text in which slips are judged. */
struct judged {
    Reader string;
    int lost_its_commas;
    PyObject *edits; /* list: those that mend them */
};

/* A slip at an offset of a text. */
struct slip_found {
    Py_ssize_t start;
    const struct candidate *meant;
    double probability;
};

/* Whether a hyphen ties the word at a place to something that is no word: place.half_beside. */
static int is_tied_to_no_word(const SlipWord *word, const Reader *text, Py_ssize_t start) {
    Py_ssize_t end = start + (Py_ssize_t)word->length, first = start - 1, last = end + 1;
    struct token half;
    if (char_at(text, first) == '-')
        while (first > 0 && is_part_of_word(text, first - 1)) first--;
    if (first < start - 1) { /* what stands before counts first */
        if (start - first > LONGEST_HALF) return 0;
        return read_token(word->pairs, text, first, start - 1, &half) && half.number < 0;
    }
    if (char_at(text, end) != '-') return char_at(text, start - 1) == '-';
    while (last < text->size && is_part_of_word(text, last)) last++;
    return last == end + 1 || (read_token(word->pairs, text, end + 1, last, &half) && half.number < 0);
}

/* Judges a word that stands in a text so many times at one of its offsets; UNSURE where that is not plain. */
static enum answer judge_at(const struct judge *self, const SlipWord *word, const struct judged *text, Py_ssize_t start,
                            Py_ssize_t times, int is_capitalised, struct slip_found *slip) {
    const Reader *string = &text->string;
    struct place place;
    if (is_tied_to_no_word(word, string, start)) return NEVER;
    if (!read_place(word, string, start, times, &place)) return UNSURE;
    place.features[PLACE_CAPITALISED] = is_capitalised;
    if (is_tied_or_alone(self, string, &place)) return NEVER;
    if (may_have_moved(word, &place)) return UNSURE;
    if (text->lost_its_commas && char_at(string, place.end) == '.' && char_at(string, place.end + 1) == ' ')
        return NEVER; /* it is not whole */
    double least = logit_of(self->least, word->weights->most) - ROUNDING;
    int may_be = is_probable(word, string, &place, least);
    if (may_be < 1) return may_be ? FAILED : NEVER;
    if (!place.first->length || (double)string->size > word->weights->reach) return UNSURE;
    if (may_be_something_else(self, word, string, &place)) return UNSURE;
    *slip = (struct slip_found){start, place.first, 0};
    if (!is_likely(self, word, &place, &slip->probability)) return NEVER;
    struct strangers words = {self->looks_foreign, word->pairs, 0, 1}, chat = words;
    if (visit_around(string, start, place.end, self->windows, self->lengths, count_if_foreign, &words, &chat) < 0)
        return FAILED;
    if (!words.is_plain || !chat.is_plain) return UNSURE;
    place.features[PLACE_FOREIGN_WORDS] = log(1 + (double)words.count);
    place.features[PLACE_CHAT] = log(1 + (double)chat.count);
    place.features[PLACE_CONTRACTED] = words.count + chat.count && is_contracted(word, place.first);
    return is_likely(self, word, &place, &slip->probability) ? MAYBE : NEVER;
}

/* Whether a capitalised word may be a slip at an offset: it begins a sentence, and reaches a logit if it stands once in a
 * text. */
static int may_be_capitalised_slip(const struct judge *self, const SlipWord *word, const Reader *text, Py_ssize_t start,
                                   double needed) {
    struct place place;
    if (begins_sentence(self, text, start) == NEVER) return 0;
    if (!read_place(word, text, start, 1, &place) || may_have_moved(word, &place)) return 1;
    place.features[PLACE_CAPITALISED] = 1;
    return is_probable(word, text, &place, needed - ROUNDING);
}

/* Judges a capitalised word at one of its offsets, as judge_at does a lower-case one. */
static enum answer judge_capitalised(const struct judge *self, const SlipWord *word, const struct judged *text,
                                     Py_ssize_t start, struct slip_found *slip) {
    enum { LONGEST_FIRST_NAME = 5 /* spelling.place.LONGEST_FIRST_NAME */ };
    const Reader *string = &text->string;
    Py_ssize_t length = (Py_ssize_t)word->length, end = start + length, times = 0;
    int may_be = may_be_capitalised_slip(self, word, string, start, logit_of(self->least, word->weights->most));
    if (may_be < 1 || !is_whole(string, start, word->length)) return may_be < 0 ? FAILED : NEVER;
    Py_UCS4 behind = char_at(string, end + 1), mark = char_at(string, start - 2);
    if (begins_sentence(self, string, start) == UNSURE || (double)string->size > word->weights->reach || mark == ':' ||
        mark == ';' || (length <= LONGEST_FIRST_NAME && char_at(string, end) == ' ' && behind >= 'A' && behind <= 'Z'))
        return UNSURE;
    PyObject *typed = PyUnicode_Substring(string->string, start, end);
    if (!typed) return FAILED;
    for (Py_ssize_t at = 0; (at = find_whole(string, typed, at)) >= 0; at++) times++;
    Py_DECREF(typed);
    return judge_at(self, word, text, start, times, 1, slip);
}

#endif
