/* EvidenceSums(ordinary, evidence, known, letters): what the words of a text say of its language, added up.
 *
 * The definition is Python: EvidenceSums in language/evidence.py. */
#ifndef NORMALIZE_KERNEL_EVIDENCE_H
#define NORMALIZE_KERNEL_EVIDENCE_H
#include "pair_features.h"
#include "words.h"

enum { VARIETIES = 5, MOST_REMEMBERED = 400000 /* language.evidence.MOST_REMEMBERED */ };

typedef struct {
    PyObject_HEAD
    Words *ordinary;
    PyObject *evidence; /* tells what a word says */
    double known[VARIETIES], letters;
    Set words;
    struct said {
        double of[VARIETIES];
        int is_evidence;
        uint64_t text; /* the last text that has it */
    } *said;           /* by number of a word */
    size_t room;
    uint64_t text; /* the number of the text at hand, from 1 */
} EvidenceSums;

static void evidence_sums_dealloc(EvidenceSums *self) {
    Py_XDECREF(self->ordinary);
    Py_XDECREF(self->evidence);
    set_free(&self->words);
    free(self->said);
    object_free((PyObject *)self);
}

static PyObject *evidence_sums_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"ordinary", "evidence", "known", "letters", NULL};
    const State *state = PyType_GetModuleState(type);
    PyObject *ordinary, *evidence, *known;
    double letters;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!OOd:EvidenceSums", names, state->words, &ordinary, &evidence, &known,
                                     &letters))
        return NULL;
    EvidenceSums *self = (EvidenceSums *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->ordinary = (Words *)Py_NewRef(ordinary);
    self->evidence = Py_NewRef(evidence);
    self->words = set_of(type);
    self->letters = letters;
    if (fill_doubles(self->known, VARIETIES, known, "weights") < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

/* Asks what a word says, and remembers it; -1 with an exception set. */
static int remember(EvidenceSums *self, const char *word, size_t length) {
    struct said said = {0};
    PyObject *string = PyUnicode_DecodeASCII(word, (Py_ssize_t)length, NULL);
    PyObject *result = string ? PyObject_CallOneArg(self->evidence, string) : NULL;
    said.is_evidence = result && result != Py_None;
    int failed = !result || (said.is_evidence && fill_doubles(said.of, VARIETIES, result, "weights") < 0);
    Py_XDECREF(string);
    Py_XDECREF(result);
    if (failed) return -1;
    struct said *more = grown(self->said, self->words.count, &self->room, sizeof *more);
    if (!more) return -1;
    self->said = more;
    self->said[self->words.count] = said;
    return set_add(&self->words, word, length);
}

/* Remembers what all words say; -1 with an exception set. */
static int remember_all(EvidenceSums *self, const struct sightings *sightings) {
    if (self->words.count > MOST_REMEMBERED) {
        const HashKeys *keys = self->words.keys;
        set_free(&self->words);
        self->words = (Set){.keys = keys};
    }
    for (size_t i = 0; i < sightings->count; i++) {
        const struct sighting *sighting = &sightings->found[i];
        if (set_number(&self->words, sighting->word, sighting->length) < 0 &&
            remember(self, sighting->word, sighting->length) < 0)
            return -1;
    }
    return 0;
}

/* A text, and what of it is left out: slips, words in [start, end), in code points, and those that its ends may have cut. */
struct summed {
    const char *first, *last;
    Py_ssize_t start, end;
    int is_cut_before, is_cut_behind;
    PyObject *slips; /* frozenset */
};

/* What the words of a text say, those that are no slips and all of them. */
struct sums {
    double of[2][VARIETIES];
    Py_ssize_t offsets[2];            /* at which they stand */
    Py_ssize_t words, slips, foreign; /* different ones; those that are no slips, and speak for another language */
};

/* Adds up what words say, all of them remembered. Python is not asked, so that nothing else is done meanwhile; 0 where a
 * word was forgotten before, as another thread was at work; -1 with an exception set. */
static int add_up(EvidenceSums *self, const struct sightings *sightings, const struct summed *text, struct sums *sums) {
    *sums = (struct sums){0};
    self->text++;
    for (size_t i = 0; i < sightings->count; i++) {
        const struct sighting *sighting = &sightings->found[i];
        const char *word = sighting->word, *stop = word + sighting->length;
        int64_t number = set_number(&self->words, word, sighting->length);
        if (number < 0) return 0;
        int is_slip = 0;
        if (PySet_GET_SIZE(text->slips)) {
            PyObject *string = PyUnicode_DecodeASCII(word, (Py_ssize_t)sighting->length, NULL);
            is_slip = string ? PySet_Contains(text->slips, string) : -1;
            Py_XDECREF(string);
            if (is_slip < 0) return -1;
        }
        struct said *said = &self->said[number];
        if (said->text != self->text) {
            said->text = self->text;
            sums->words++;
            sums->slips += is_slip;
            sums->foreign += !is_slip && said->is_evidence && said->of[0] > 0;
        }
        if (!said->is_evidence || (sighting->offset >= text->start && sighting->offset < text->end) ||
            (word > text->first && word[-1] == '-') || (stop < text->last && *stop == '-') ||
            (text->is_cut_before && word == text->first) || (text->is_cut_behind && stop == text->last))
            continue;
        for (int all = is_slip; all < 2; all++) {
            sums->offsets[all]++;
            for (int k = 0; k < VARIETIES; k++) sums->of[all][k] += said->of[k];
        }
    }
    return 1;
}

/* of(text, least, slips, is_cut_before, is_cut_behind, start, end) -> tuple of float, or None */
static PyObject *evidence_sums_of(EvidenceSums *self, PyObject *args) {
    PyObject *string, *result = NULL;
    Py_ssize_t least, added = 0;
    struct summed text;
    struct sums sums = {.of = {{0}}};
    if (!PyArg_ParseTuple(args, "UnO!ppnn", &string, &least, &PyFrozenSet_Type, &text.slips, &text.is_cut_before,
                          &text.is_cut_behind, &text.start, &text.end))
        return NULL;
    PyObject *data = PyUnicode_AsEncodedString(string, "utf-8", "surrogatepass");
    if (!data) return NULL;
    text.first = PyBytes_AS_STRING(data);
    text.last = text.first + PyBytes_GET_SIZE(data);
    struct sightings all = {0}, kept;
    if (words_scan(self->ordinary, text.first, text.last - text.first, &all) < 0) added = -1;
    kept = (struct sightings){.found = all.found};
    for (size_t i = 0; i < all.count; i++)
        if (all.found[i].length <= LONGEST_WORD) kept.found[kept.count++] = all.found[i];
    while (!added && (Py_ssize_t)kept.count >= least) /* of most texts they are fewer, and none is asked about */
        added = remember_all(self, &kept) < 0 ? -1 : add_up(self, &kept, &text, &sums);
    int with_slips = sums.foreign >= sums.slips;
    if (added >= 0 && (!added || sums.words - (with_slips ? 0 : sums.slips) < least))
        result = Py_NewRef(Py_None);
    else if (added > 0) {
        double *total = sums.of[with_slips];
        double left_out = (double)text.end - (double)text.start; /* as given: they may be any */
        double known = ((double)PyUnicode_GET_LENGTH(string) - left_out) / self->letters - (double)sums.offsets[with_slips];
        for (int k = 0; k < VARIETIES; k++) total[k] += known * self->known[k];
        result = tuple_of(total, VARIETIES);
    }
    free(all.found);
    Py_DECREF(data);
    return result;
}

/* Bounds in a text. */
struct bounds {
    Py_ssize_t first, last;
};

/* Narrows the bounds of a line to the quotation in it that [start, end) stands in: quotation.quotation_around; whether there
 * is one. */
static int narrow_to_quotation(const Reader *text, struct bounds *line, Py_ssize_t start, Py_ssize_t end, Py_UCS4 opening,
                               Py_UCS4 closing) {
    static const Py_UCS4 before_opening[] = {' ', '\t', '\n', '(', '[', 0x2018, '\'', '-', 0x2013, 0x2014, ':', '/'};
    PyObject *string = text->string;
    Py_ssize_t opens = PyUnicode_FindChar(string, opening, line->first, start, -1);
    Py_ssize_t closes = opens < 0 ? -1 : PyUnicode_FindChar(string, closing, end, line->last, 1);
    if (closes < 0 || PyUnicode_FindChar(string, closing, opens + 1, start, 1) >= 0 ||
        PyUnicode_FindChar(string, opening, end, closes, 1) >= 0)
        return 0;
    int begins = !opens || opening != closing;
    for (size_t i = 0; !begins && i < Py_ARRAY_LENGTH(before_opening); i++)
        begins = char_at(text, opens - 1) == before_opening[i];
    if (!begins || (opening == closing && Py_UNICODE_ISSPACE(char_at(text, opens + 1)))) return 0;
    *line = (struct bounds){opens + 1, closes};
    return 1;
}

/* Whether a piece of a text has a capital, and less than `few` words that are not ordinary; -1 with an exception set. */
static int has_few(const EvidenceSums *self, const Reader *text, const struct bounds *piece, Py_ssize_t few) {
    Py_ssize_t at = piece->first, count = 0;
    while (at < piece->last && !(char_at(text, at) >= 'A' && char_at(text, at) <= 'Z')) at++;
    if (at == piece->last) return 0;
    PyObject *string = PyUnicode_Substring(text->string, piece->first, piece->last);
    PyObject *data = string ? PyUnicode_AsEncodedString(string, "utf-8", "surrogatepass") : NULL;
    struct sightings all = {0};
    int failed = !data || words_scan(self->ordinary, PyBytes_AS_STRING(data), PyBytes_GET_SIZE(data), &all) < 0;
    for (size_t i = 0; i < all.count; i++) count += all.found[i].length <= LONGEST_WORD;
    free(all.found);
    Py_XDECREF(data);
    Py_XDECREF(string);
    return failed ? -1 : count < few;
}

/* around(text, start, end, near, few, short_line) -> (first, last, is_cut_before, is_cut_behind, is_quoted), or None */
static PyObject *evidence_sums_around(EvidenceSums *self, PyObject *args) {
    enum { LONGEST_LINE = 400 /* language.quotation.LONGEST */ };
    PyObject *string;
    Py_ssize_t start, end, near, few, short_line;
    if (!PyArg_ParseTuple(args, "Unnnnn", &string, &start, &end, &near, &few, &short_line)) return NULL;
    const Reader text = reader_of(string);
    if (start < 0 || end < start || end > text.size || near < 0) return PyErr_Format(PyExc_ValueError, "outside the text");
    struct bounds line = {start > LONGEST_LINE ? start - LONGEST_LINE : 0,
                          text.size - end > LONGEST_LINE ? end + LONGEST_LINE : text.size};
    Py_ssize_t before = PyUnicode_FindChar(string, '\n', line.first, start, -1);
    Py_ssize_t behind = PyUnicode_FindChar(string, '\n', end, line.last, 1);
    if (before >= 0) line.first = before + 1;
    if (behind >= 0) line.last = behind;
    int is_quoted = narrow_to_quotation(&text, &line, start, end, 0x201c, 0x201d) ||
                    narrow_to_quotation(&text, &line, start, end, '"', '"');
    int is_cut_before = start - line.first > near, is_cut_behind = line.last - end > near;
    if (is_cut_before) line.first = start - near;
    if (is_cut_behind) line.last = end + near;
    int is_long = is_cut_before || is_cut_behind || line.last - line.first > short_line;
    int is_plain = few > 0 && is_long ? has_few(self, &text, &line, few) : 0;
    if (is_plain) return is_plain < 0 ? NULL : Py_NewRef(Py_None);
    return Py_BuildValue("nnNNN", line.first, line.last, PyBool_FromLong(is_cut_before), PyBool_FromLong(is_cut_behind),
                         PyBool_FromLong(is_quoted));
}

static PyMethodDef evidence_sums_methods[] = {
    {"around", (PyCFunction)evidence_sums_around, METH_VARARGS, "The bounds of what is near in a line or a quotation."},
    {"of", (PyCFunction)evidence_sums_of, METH_VARARGS, "What the words of a text say altogether."},
    {NULL, NULL, 0, NULL}};

#endif
