/* Suspects(words, search, parts, bounds, needed): the words of a text that Python is to look at: pure.Suspects.
 *
 * The definition is Python: Corrector._decide. A new word that nothing is to be said of is known from now on; a
 * lower-case one that may be a slip is weighed at its offsets in each text, and passed over where it is none.
 */
#ifndef NORMALIZE_KERNEL_SUSPECTS_H
#define NORMALIZE_KERNEL_SUSPECTS_H
#include "parts.h"
#include "slip_search.h"
#include "words.h"

enum { LONGEST_SPLIT = 50 /* letters: a longer word is left to Python */ };

typedef struct {
    PyObject_HEAD
    Words *words;
    SlipSearch *search;
    Parts *parts;
    Py_ssize_t apart, pair;    /* times that two words stood side by side which may be glued, and others */
    Py_ssize_t half, name;     /* letters of a half that stands there again, and of a name before a word */
    Py_ssize_t parted;         /* letters of a word that may fall into parts */
    double needed[2];          /* logits of a word and of a rare one in the best of contexts */
    Set left;                  /* words that were left to Python */
    Set slips;                 /* words that may be slips */
    struct slip {
        SlipPrefilter *prefilter;
        int is_capitalised; /* then no place of it is weighed */
        uint64_t text;      /* the last text that has it */
        Py_ssize_t last;    /* its last sighting there */
        int64_t next;       /* number of the slip that was met before it in that text, or -1 */
    } *of; /* by number in `slips` */
    size_t room;
    uint64_t text; /* the number of the text at hand, from 1 */
    int64_t met;   /* number of the slip that was met last in it, or -1 */
} Suspects;

static void suspects_dealloc(Suspects *self) {
    for (size_t i = 0; i < self->slips.count; i++) Py_XDECREF(self->of[i].prefilter);
    free(self->of);
    set_free(&self->left);
    set_free(&self->slips);
    Py_XDECREF(self->words);
    Py_XDECREF(self->search);
    Py_XDECREF(self->parts);
    object_free((PyObject *)self);
}

static PyObject *suspects_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "search", "parts", "bounds", "needed", NULL};
    const State *state = PyType_GetModuleState(type);
    PyObject *words, *search, *parts;
    Suspects *self = (Suspects *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->left = self->slips = set_of(type);
    self->met = -1;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!O!(nnnnn)(dd):Suspects", names, state->words, &words,
                                     state->slip_search, &search, state->parts, &parts, &self->apart,
                                     &self->pair, &self->half, &self->name, &self->parted, &self->needed[0],
                                     &self->needed[1]))
        goto failed;
    if (self->apart < 1 || self->pair < 1 || self->half < 1 || self->name < 0) {
        PyErr_SetString(PyExc_ValueError, "a bound is one or more");
        goto failed;
    }
    self->words = (Words *)Py_NewRef(words);
    self->search = (SlipSearch *)Py_NewRef(search);
    self->parts = (Parts *)Py_NewRef(parts);
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

/* Keeps a word that may be a slip, and steals its prefilter; -1 with an exception set. */
static int keep_slip(Suspects *self, const struct sighting *sighting, SlipPrefilter *prefilter) {
    if (self->slips.count == self->room) {
        size_t room = self->room ? 2 * self->room : 1024;
        struct slip *of = realloc(self->of, room * sizeof *of);
        if (!of) {
            Py_XDECREF(prefilter);
            return PyErr_NoMemory(), -1;
        }
        self->of = of;
        self->room = room;
    }
    size_t number = self->slips.count;
    if (set_add(&self->slips, sighting->word, sighting->length) < 0) {
        Py_XDECREF(prefilter);
        return -1;
    }
    self->of[number] = (struct slip){prefilter, sighting->kind == CAPITALISED, 0, -1, -1};
    return 0;
}

/* Decides a word that was not met before: it becomes known, a slip, or is left to Python; -1 with an exception
 * set. */
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
    SlipPrefilter *prefilter;
    enum answer answer = search_for_slip(self->search, string, self->needed, &prefilter);
    Py_DECREF(string);
    if (answer == FAILED) return -1;
    if (answer == NEVER) return set_add(&self->words->set, word, length);
    if (answer == UNSURE) return set_add(&self->left, word, length);
    return keep_slip(self, sighting, prefilter);
}

/* What becomes of a sighting: it is looked at, or passed over, or it is one of a lower-case slip: then it is the
 * number of the one before, or there is none. */
enum { NONE_BEFORE = -1, PASSED_OVER = -2, LOOKED_AT = -3 };

/* Decides the word of sighting number `i`, unless that was done, and what becomes of the sighting; -1 with an
 * exception set. */
static int look_up(Suspects *self, const struct sightings *sightings, size_t i, Py_ssize_t *fates) {
    const struct sighting *sighting = &sightings->found[i];
    const char *word = sighting->word;
    size_t length = sighting->length;
    fates[i] = LOOKED_AT;
    if (sighting->kind == ALWAYS || length > LONGEST_WORD || set_number(&self->left, word, length) >= 0)
        return 0;
    int64_t number = set_number(&self->slips, word, length);
    if (number < 0 && set_number(&self->words->set, word, length) < 0) {
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
    if (slip->is_capitalised) return 0;
    fates[i] = is_first ? NONE_BEFORE : slip->last;
    slip->last = (Py_ssize_t)i;
    return 0;
}

/* Decides what becomes of all sightings of a lower-case slip, the last of which is number `last`; `needed`: the
 * logit of a slip. */
static void weigh_slip(const Suspects *self, const struct sightings *sightings, Py_ssize_t last,
                       Py_ssize_t *fates, const Reader *text, double needed) {
    const struct sighting *sighting = &sightings->found[last];
    int64_t number = set_number(&self->slips, sighting->word, sighting->length);
    const SlipPrefilter *prefilter = self->of[number].prefilter;
    Py_ssize_t starts[MOST_OFFSETS], whole = 0;
    for (Py_ssize_t i = last; i >= 0 && whole <= MOST_OFFSETS; i = fates[i])
        if (is_whole(text, sightings->found[i].offset, prefilter->length)) {
            if (whole < MOST_OFFSETS) starts[whole] = sightings->found[i].offset;
            whole++;
        }
    int is_suspicious = whole > MOST_OFFSETS || may_be_slip(prefilter, text, starts, whole, needed);
    for (Py_ssize_t i = last, before; i >= 0; i = before) {
        before = fates[i];
        fates[i] = is_suspicious ? LOOKED_AT : PASSED_OVER;
    }
}

/* The sightings to be looked at, as a dict of words and their offsets. */
static PyObject *sift_sightings(Suspects *self, const struct sightings *sightings, Py_ssize_t *fates,
                                const Reader *text, double needed) {
    self->text++;
    self->met = -1;
    for (size_t i = 0; i < sightings->count; i++)
        if (look_up(self, sightings, i, fates) < 0) return NULL;
    for (size_t i = sightings->count; i-- > 0;)
        if (fates[i] >= NONE_BEFORE) weigh_slip(self, sightings, (Py_ssize_t)i, fates, text, needed);
    PyObject *found = PyDict_New();
    for (size_t i = 0; found && i < sightings->count; i++)
        if (fates[i] == LOOKED_AT && add_sighting(found, &sightings->found[i]) < 0) Py_CLEAR(found);
    return found;
}

/* of(text, data, needed) -> dict: word -> list of offsets */
static PyObject *suspects_of(Suspects *self, PyObject *args) {
    PyObject *string;
    char *bytes;
    Py_ssize_t size;
    double needed;
    if (!PyArg_ParseTuple(args, "Uy#d", &string, &bytes, &size, &needed)) return NULL;
    struct sightings sightings = {0};
    Reader text = reader_of(string);
    PyObject *found = NULL;
    if (words_scan(self->words, bytes, size, &sightings) == 0) {
        Py_ssize_t *fates = malloc((sightings.count + 1) * sizeof *fates);
        found = fates ? sift_sightings(self, &sightings, fates, &text, needed) : PyErr_NoMemory();
        free(fates);
    }
    free(sightings.found);
    return found;
}

/* decided(word) -> SlipPrefilter, False or None */
static PyObject *suspects_decided(Suspects *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = utf8_of(word, &length);
    if (!bytes) return NULL;
    int64_t number = set_number(&self->slips, bytes, (size_t)length);
    if (number < 0) Py_RETURN_NONE;
    const struct slip *slip = &self->of[number];
    return Py_NewRef(slip->is_capitalised ? Py_False : (PyObject *)slip->prefilter);
}

/* Adds the runs of letters and digits of a text that are words of a to z, but overlong ones; -1 with an exception
 * set. */
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
static enum answer may_be_near(const SlipPrefilter *prefilter, const Set *words) {
    enum answer answer = NEVER;
    for (Py_ssize_t i = 0; i < Py_SIZE(prefilter); i++) {
        const char *word = prefilter->candidates[i].word;
        if (!*word) return UNSURE;
        if (set_number(words, word, strlen(word)) >= 0) answer = MAYBE;
    }
    return answer;
}

/* near(text) -> (list of str, list of str) */
static PyObject *suspects_near(Suspects *self, PyObject *string) {
    if (!PyUnicode_Check(string)) return PyErr_Format(PyExc_TypeError, "a text is a str");
    Reader text = reader_of(string);
    Set words = set_of(Py_TYPE(self));
    PyObject *near = PyList_New(0), *unclear = PyList_New(0);
    PyObject *found = near && unclear ? PyTuple_Pack(2, near, unclear) : NULL;
    if (found && add_runs(&words, &text) < 0) Py_CLEAR(found);
    for (int64_t number = self->met; found && number >= 0; number = self->of[number].next) {
        const struct slip *slip = &self->of[number];
        const SlipPrefilter *prefilter = slip->prefilter;
        enum answer answer = may_be_near(prefilter, &words);
        if (answer == NEVER) continue;
        PyObject *word = PyUnicode_DecodeASCII(prefilter->bytes, (Py_ssize_t)prefilter->length, NULL);
        if (word && slip->is_capitalised) Py_SETREF(word, PyObject_CallMethod(word, "capitalize", NULL));
        if (append(answer == MAYBE ? near : unclear, word) < 0) Py_CLEAR(found);
    }
    set_free(&words);
    Py_XDECREF(near);
    Py_XDECREF(unclear);
    return found;
}

static PyMethodDef suspects_methods[] = {
    {"of", (PyCFunction)suspects_of, METH_VARARGS, "The words of a text to be looked at -> their offsets."},
    {"decided", (PyCFunction)suspects_decided, METH_O,
     "The prefilter of a lower-case slip, False for a capitalised one, None for other words."},
    {"near", (PyCFunction)suspects_near, METH_O, "The slips in the last text that may be of a word in another."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot suspects_slots[] = {{Py_tp_doc, "Words to be looked at: interfaces.Suspects."},
                                       {Py_tp_new, suspects_new},
                                       {Py_tp_dealloc, suspects_dealloc},
                                       {Py_tp_methods, suspects_methods},
                                       {Py_sq_length, suspects_length},
                                       {0, NULL}};

static PyType_Spec suspects_spec = {.name = "normalize.kernel._native.Suspects",
                                    .basicsize = sizeof(Suspects),
                                    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                    .slots = suspects_slots};

#endif
