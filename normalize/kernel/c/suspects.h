/* Suspects(words, search, parts, bounds, needed, judge, edit, rule, left): the slips in a text, and the words of it that
 * Python is to look at: pure.Suspects.
 *
 * The definition is Python: Corrector._decide. A new word that nothing is to be said of is known from now on; a lower-case
 * one that may be a slip is judged at its offsets in each text. */
#ifndef NORMALIZE_KERNEL_SUSPECTS_H
#define NORMALIZE_KERNEL_SUSPECTS_H
#include "parts.h"
#include "slips.h"
#include "words.h"

enum { LONGEST_SPLIT = 50 /* letters: a longer word is left to Python */ };

typedef struct {
    PyObject_HEAD
    Words *words;
    SlipSearch *search;
    Parts *parts;
    Py_ssize_t apart, pair; /* times that two words stood side by side which may be glued, and others */
    Py_ssize_t half, name;  /* letters of a half that stands there again, and of a name before a word */
    Py_ssize_t parted;      /* letters of a word that may fall into parts */
    struct judge judge;     /* judges slips in their places */
    PyTypeObject *edit;     /* Edit, by which they are mended */
    PyObject *rule;         /* its rule */
    double needed[2];       /* logits of a word and of a rare one in the best of contexts */
    Set left;               /* words that were left to Python */
    Set slips;              /* words that may be slips */
    struct slip {
        SlipWord *word;
        int is_capitalised; /* then its places are left to Python */
        uint64_t text;      /* the last text that has it */
        Py_ssize_t last;    /* its last sighting there */
        int64_t next;       /* number of the slip that was met before it in that text, or -1 */
    } *of;                  /* by number in `slips` */
    size_t room;
    uint64_t text; /* the number of the text at hand, from 1 */
    int64_t met;   /* number of the slip that was met last in it, or -1 */
} Suspects;

static void suspects_dealloc(Suspects *self) {
    for (size_t i = 0; i < self->slips.count; i++) free(self->of[i].word);
    free(self->of);
    set_free(&self->left);
    set_free(&self->slips);
    Py_XDECREF(self->words);
    Py_XDECREF(self->search);
    Py_XDECREF(self->parts);
    Py_XDECREF(self->judge.what);
    Py_XDECREF(self->edit);
    Py_XDECREF(self->rule);
    object_free((PyObject *)self);
}

static PyObject *suspects_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "search", "parts", "bounds", "needed", "judge", "edit", "rule", "left", NULL};
    const State *state = PyType_GetModuleState(type);
    PyObject *words, *search, *parts, *judge, *edit, *rule, *left;
    Suspects *self = (Suspects *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->left = self->slips = set_of(type);
    self->met = -1;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!O!(nnnnn)(dd)O!OUO:Suspects", names, state->words, &words,
                                     state->slip_search, &search, state->parts, &parts, &self->apart, &self->pair,
                                     &self->half, &self->name, &self->parted, &self->needed[0], &self->needed[1],
                                     &PyTuple_Type, &judge, &edit, &rule, &left) ||
        !is_tuple_type(edit) || take_judge(&self->judge, judge) < 0 || set_fill(&self->left, left) < 0)
        goto failed;
    if (self->apart < 1 || self->pair < 1 || self->half < 1 || self->name < 0) {
        PyErr_SetString(PyExc_ValueError, "a bound is one or more");
        goto failed;
    }
    self->words = (Words *)Py_NewRef(words);
    self->search = (SlipSearch *)Py_NewRef(search);
    self->parts = (Parts *)Py_NewRef(parts);
    self->edit = (PyTypeObject *)Py_NewRef(edit);
    self->rule = Py_NewRef(rule);
    return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

static Py_ssize_t suspects_length(Suspects *self) { return (Py_ssize_t)(self->left.count + self->slips.count); }

/* Whether a half of a word stands behind itself, at its beginning or behind two or three letters:
 * boundaries.REDUPLICATED. */
static int is_doubled(const char *word, size_t length, size_t half) {
    for (size_t start = 0; start <= 3; start += start ? 1 : 2)
        for (size_t size = half; start + 2 * size <= length; size++)
            if (!memcmp(word + start, word + start + size, size)) return 1;
    return 0;
}

/* Whether the boundaries of a word may be wrong: Boundaries.split and Segmentation.parted. */
static int may_be_apart(const Suspects *self, const char *low, size_t length, int is_capitalised) {
    if (length > LONGEST_SPLIT || is_doubled(low, length, (size_t)self->half)) return 1;
    if (is_split(self->search->pairs, low, length, self->apart, self->pair)) return 1;
    if (is_capitalised) return ends_in_last(self->parts, low, length, (size_t)self->name);
    return (Py_ssize_t)length >= self->parted && is_parted(self->parts, low, length);
}

/* Keeps a word that may be a slip, or frees it; -1 with an exception set. */
static int keep_slip(Suspects *self, const struct sighting *sighting, SlipWord *slip) {
    size_t number = self->slips.count;
    struct slip *of = grown(self->of, number, &self->room, sizeof *of);
    if (of) self->of = of;
    if (!of || set_add(&self->slips, sighting->word, sighting->length) < 0) {
        free(slip);
        return -1;
    }
    self->of[number] = (struct slip){slip, sighting->kind == CAPITALISED, 0, -1, -1};
    return 0;
}

/* Decides a word that was not met before: it becomes known, a slip, or is left to Python; -1 with an exception set. */
static int decide(Suspects *self, const struct sighting *sighting) {
    const char *word = sighting->word;
    size_t length = sighting->length;
    int is_capitalised = sighting->kind == CAPITALISED;
    char low[LONGEST_SPLIT];
    if (length > LONGEST_SPLIT) return set_add(&self->left, word, length);
    memcpy(low, word, length);
    if (is_capitalised) low[0] += 'a' - 'A';
    if (may_be_apart(self, low, length, is_capitalised)) return set_add(&self->left, word, length);
    PyObject *string = PyUnicode_DecodeASCII(low, (Py_ssize_t)length, NULL);
    if (!string) return -1;
    SlipWord *slip;
    enum answer answer = search_for_slip(self->search, string, self->needed, &slip);
    Py_DECREF(string);
    if (answer == FAILED) return -1;
    if (answer == NEVER) return set_add(&self->words->set, word, length);
    if (answer == UNSURE) return set_add(&self->left, word, length);
    return keep_slip(self, sighting, slip);
}

/* Whether a preposition and the word behind it may be one word: Boundaries.may_be_joined, but for joins.tsv. */
static int may_be_joined(const Suspects *self, const char *pair, size_t length) {
    enum { DI = 2 /* letters */, LONG_PASSIVE = 6 };
    const Pairs *pairs = self->search->pairs;
    const Affixes *roots = self->search->roots;
    char both[LONGEST_WORD];
    size_t rest = length - DI - 1;
    if ((pair[0] != 'd' && pair[0] != 'D') || pair[1] != 'i' || pair[DI] != ' ') return 0;
    memcpy(both, "di", DI);
    memcpy(both + DI, pair + DI + 1, rest);
    const char *end = both + DI + rest;
    int is_passive = rest >= LONG_PASSIVE && (end[-1] == 'i' || !memcmp(end - 3, "kan", 3));
    if (is_passive && is_built(roots, both, DI + rest, roots->shortest)) return 1;
    double together = pairs_counted(pairs, set_number(&pairs->words, both, DI + rest));
    if (together <= 1) return 0;
    int64_t left = set_number(&pairs->words, "di", DI), right = set_number(&pairs->words, both + DI, rest);
    return together > (double)pairs_seen(pairs, left, right);
}

/* Decides a preposition and the word behind it: they become known, or are left to Python; -1 with an exception set. */
static int decide_pair(Suspects *self, const char *pair, size_t length) {
    Set *set = &self->words->set;
    if (set_number(&self->left, pair, length) >= 0 || set_number(set, pair, length) >= 0) return 0;
    int is_twice = length == 5 && pair[4] == pair[1] && pair[3] == (pair[0] | 0x20); /* di di */
    return set_add(is_twice || may_be_joined(self, pair, length) ? &self->left : set, pair, length);
}

/* Whether a word that is not decided yet is touched where it stands: it is whole, and tied to nothing, and does not stand
 * alone; capitalised, it begins a sentence, or has something against it. */
static int is_touched(const Suspects *self, const struct sighting *sighting, const Reader *text) {
    size_t length = sighting->length;
    const struct place place = {.start = sighting->offset, .end = sighting->offset + (Py_ssize_t)length};
    if (!is_whole(text, place.start, length) || is_tied_or_alone(&self->judge, text, &place)) return 0;
    if (sighting->kind == LOWERED || begins_sentence(&self->judge, text, place.start) != NEVER) return 1;
    char low[LONGEST_SPLIT];
    if (length > LONGEST_SPLIT) return 1;
    memcpy(low, sighting->word, length);
    low[0] += 'a' - 'A';
    return may_be_apart(self, low, length, 1);
}

/* What becomes of a sighting: it is looked at, or passed over, for now where its word is not decided, or it is one of a
 * lower-case slip: then it is the number of the one before, or there is none; or of a capitalised one. */
enum { NONE_BEFORE = -1, PASSED_OVER = -2, LOOKED_AT = -3, UNDECIDED = -4, JUDGED_ALONE = -5 };

/* Puts the edit that mends a slip, a word as it stands in the text, to a list; -1 with an exception set. */
static int mend(const Suspects *self, const struct sighting *typed, const struct slip_found *slip, PyObject *edits) {
    char meant[LONGEST_MEANT];
    memcpy(meant, slip->meant->word, slip->meant->length);
    if (typed->kind == CAPITALISED) meant[0] -= 'a' - 'A';
    double probability = floor(1e4 * slip->probability) / 1e4;
    PyObject *fields[6] = {PyLong_FromSsize_t(slip->start),
                           PyLong_FromSsize_t(slip->start + (Py_ssize_t)typed->length),
                           PyUnicode_DecodeASCII(typed->word, (Py_ssize_t)typed->length, NULL),
                           PyUnicode_DecodeASCII(meant, (Py_ssize_t)slip->meant->length, NULL),
                           Py_NewRef(self->rule),
                           PyFloat_FromDouble(probability)};
    return append(edits, made(self->edit, fields, 6));
}

/* Decides the word of sighting number `i`, where it is touched and unless that was done, and what becomes of the sighting;
 * -1 with an exception set. */
static int look_up(Suspects *self, const struct sightings *sightings, size_t i, Py_ssize_t *fates, const Reader *text) {
    const struct sighting *sighting = &sightings->found[i];
    const char *word = sighting->word;
    size_t length = sighting->length;
    fates[i] = LOOKED_AT;
    if (sighting->kind == PAIR && length <= LONGEST_WORD) {
        if (decide_pair(self, word, length) < 0) return -1;
        if (set_number(&self->left, word, length) < 0) fates[i] = PASSED_OVER;
        return 0;
    }
    if (sighting->kind >= ALWAYS || length > LONGEST_WORD || set_number(&self->left, word, length) >= 0) return 0;
    int64_t number = set_number(&self->slips, word, length);
    if (number < 0 && set_number(&self->words->set, word, length) < 0) {
        fates[i] = UNDECIDED;
        if (!is_touched(self, sighting, text)) return 0;
        fates[i] = LOOKED_AT;
        if (decide(self, sighting) < 0) return -1;
        number = set_number(&self->slips, word, length);
    }
    if (number < 0) {
        if (set_number(&self->left, word, length) < 0) fates[i] = PASSED_OVER;
        return 0;
    }
    struct slip *slip = &self->of[number];
    int is_first = slip->text != self->text;
    if (is_first) {
        slip->text = self->text;
        slip->next = self->met;
        self->met = number;
    }
    if (slip->is_capitalised) {
        slip->last = is_first ? 1 : slip->last + 1;              /* how many there were */
        if (slip->last <= MOST_OFFSETS) fates[i] = JUDGED_ALONE; /* else Python counts for all what the text has */
        return 0;
    }
    fates[i] = is_first ? NONE_BEFORE : slip->last;
    slip->last = (Py_ssize_t)i;
    return 0;
}

/* Judges a word at its offsets in a text, all of them whole; the edits of what is mended are put to a list. UNSURE where one
 * offset is not plain: then there are none. */
static enum answer judge_slip(const Suspects *self, const struct sighting *sighting, const SlipWord *word,
                              const struct judged *text, const Py_ssize_t *starts, Py_ssize_t count) {
    struct slip_found slips[MOST_OFFSETS];
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i < count; i++) {
        enum answer answer = judge_at(&self->judge, word, text, starts[i], count, 0, &slips[found]);
        if (answer == UNSURE || answer == FAILED) return answer;
        found += answer == MAYBE;
    }
    for (Py_ssize_t i = 0; i < found; i++)
        if (mend(self, sighting, &slips[i], text->edits) < 0) return FAILED;
    return MAYBE;
}

/* Decides what becomes of all sightings of a lower-case slip, the last of which is number `last`; -1 with an exception
 * set. */
static int weigh_slip(const Suspects *self, const struct sightings *sightings, Py_ssize_t last, Py_ssize_t *fates,
                      const struct judged *text) {
    const struct sighting *sighting = &sightings->found[last];
    int64_t number = set_number(&self->slips, sighting->word, sighting->length);
    const SlipWord *word = self->of[number].word;
    Py_ssize_t starts[MOST_OFFSETS], whole = 0;
    for (Py_ssize_t i = last; i >= 0 && whole <= MOST_OFFSETS; i = fates[i])
        if (is_whole(&text->string, sightings->found[i].offset, word->length)) {
            if (whole < MOST_OFFSETS) starts[whole] = sightings->found[i].offset;
            whole++;
        }
    enum answer answer = whole > MOST_OFFSETS ? UNSURE : judge_slip(self, sighting, word, text, starts, whole);
    for (Py_ssize_t i = last, before; i >= 0; i = before) {
        before = fates[i];
        fates[i] = answer == UNSURE ? LOOKED_AT : PASSED_OVER;
    }
    return answer == FAILED ? -1 : 0;
}

/* Whether a sighting was passed over before its word was decided at another one. */
static int was_decided(const Suspects *self, const struct sighting *sighting) {
    return set_number(&self->slips, sighting->word, sighting->length) >= 0 ||
           set_number(&self->left, sighting->word, sighting->length) >= 0;
}

/* Decides what becomes of a sighting of a capitalised slip; -1 with an exception set. */
static int weigh_capitalised(const Suspects *self, const struct sighting *sighting, Py_ssize_t *fate,
                             const struct judged *text) {
    const SlipWord *word = self->of[set_number(&self->slips, sighting->word, sighting->length)].word;
    struct slip_found slip;
    enum answer answer = judge_capitalised(&self->judge, word, text, sighting->offset, &slip);
    *fate = answer == UNSURE ? LOOKED_AT : PASSED_OVER;
    return answer == FAILED || (answer == MAYBE && mend(self, sighting, &slip, text->edits) < 0) ? -1 : 0;
}

/* Decides what becomes of all sightings, which asks nothing of Python, so that no other thread comes between; once more
 * where that was passed over; -1 with an exception set. */
static int look_up_all(Suspects *self, const struct sightings *sightings, Py_ssize_t *fates, const Reader *text) {
    for (int is_done = 0; !is_done;) {
        self->text++;
        self->met = -1;
        for (size_t i = 0; i < sightings->count; i++)
            if (look_up(self, sightings, i, fates, text) < 0) return -1;
        is_done = 1;
        for (size_t i = 0; is_done && i < sightings->count; i++)
            is_done = fates[i] != UNDECIDED || !was_decided(self, &sightings->found[i]);
    }
    return 0;
}

/* The sightings to be looked at, as a dict of words and their offsets. */
static PyObject *sift_sightings(Suspects *self, const struct sightings *sightings, Py_ssize_t *fates,
                                const struct judged *text) {
    if (look_up_all(self, sightings, fates, &text->string) < 0) return NULL;
    for (size_t i = sightings->count; i-- > 0;) {
        if (fates[i] == JUDGED_ALONE && weigh_capitalised(self, &sightings->found[i], &fates[i], text) < 0) return NULL;
        if (fates[i] >= NONE_BEFORE && weigh_slip(self, sightings, (Py_ssize_t)i, fates, text) < 0) return NULL;
    }
    PyObject *found = PyDict_New();
    for (size_t i = 0; found && i < sightings->count; i++)
        if (fates[i] == LOOKED_AT && add_sighting(found, &sightings->found[i]) < 0) Py_CLEAR(found);
    return found;
}

/* of(text, data, lost_its_commas) -> (dict: word -> list of offsets, list of edits) */
static PyObject *suspects_of(Suspects *self, PyObject *args) {
    PyObject *string, *found = NULL;
    char *bytes;
    Py_ssize_t size;
    struct judged text;
    if (!PyArg_ParseTuple(args, "Uy#p", &string, &bytes, &size, &text.lost_its_commas)) return NULL;
    struct sightings sightings = {0};
    text.string = reader_of(string);
    text.edits = PyList_New(0);
    if (text.edits && words_scan(self->words, bytes, size, &sightings) == 0) {
        Py_ssize_t *fates = malloc((sightings.count + 1) * sizeof *fates);
        found = fates ? sift_sightings(self, &sightings, fates, &text) : PyErr_NoMemory();
        free(fates);
    }
    free(sightings.found);
    PyObject *result = found ? PyTuple_Pack(2, found, text.edits) : NULL;
    Py_XDECREF(found);
    Py_XDECREF(text.edits);
    return result;
}

/* is_slip(word) -> bool */
static PyObject *suspects_is_slip(Suspects *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = utf8_of(word, &length);
    return bytes ? PyBool_FromLong(set_number(&self->slips, bytes, (size_t)length) >= 0) : NULL;
}

static PyObject *suspects_again(Suspects *self, PyObject *args); /* suspects_again.h */

static PyMethodDef suspects_methods[] = {
    {"of", (PyCFunction)suspects_of, METH_VARARGS,
     "The words of a text to be looked at and their offsets, and the edits of its slips."},
    {"is_slip", (PyCFunction)suspects_is_slip, METH_O, "Whether a word was met that may be a slip."},
    {"again", (PyCFunction)suspects_again, METH_VARARGS, "The words to be looked at around what was changed."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot suspects_slots[] = {{Py_sq_length, suspects_length}, {0, NULL}};

#endif
