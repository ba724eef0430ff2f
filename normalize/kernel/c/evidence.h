/* EvidenceSums(ordinary, evidence, known, letters): what the words of a text say of its language, added up.
 *
 * The definition is Python: EvidenceSums in language/evidence.py.
 */
#ifndef NORMALIZE_KERNEL_EVIDENCE_H
#define NORMALIZE_KERNEL_EVIDENCE_H
#include "candidates.h"
#include "words.h"

enum { VARIETIES = 5, MOST_REMEMBERED = 400000 /* evidence.MOST_REMEMBERED */ };

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
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!OOd:EvidenceSums", names, state->words, &ordinary,
                                     &evidence, &known, &letters))
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
    PyObject *told = string ? PyObject_CallOneArg(self->evidence, string) : NULL;
    said.is_evidence = told && told != Py_None;
    int failed = !told || (said.is_evidence && fill_doubles(said.of, VARIETIES, told, "weights") < 0);
    Py_XDECREF(string);
    Py_XDECREF(told);
    if (failed) return -1;
    if (self->words.count == self->room) {
        size_t room = self->room ? 2 * self->room : 1024;
        struct said *more = realloc(self->said, room * sizeof *more);
        if (!more) return PyErr_NoMemory(), -1;
        self->said = more;
        self->room = room;
    }
    self->said[self->words.count] = said;
    return set_add(&self->words, word, length);
}

/* The words of a text that are not ordinary, and how many different ones there are. */
struct told {
    struct sightings sightings;
    int64_t *numbers; /* of the words, by sighting; -1 less the number for a slip */
    Py_ssize_t words, slips, foreign;
};

/* Remembers what all words say; -1 with an exception set. */
static int remember_all(EvidenceSums *self, const struct sightings *sightings) {
    if (self->words.count > MOST_REMEMBERED) {
        const HashKeys *keys = self->words.keys;
        set_free(&self->words);
        self->words = (Set){.keys = keys};
    }
    for (size_t i = 0; i < sightings->count; i++) {
        const struct sighting *sighting = &sightings->found[i];
        if (set_number(&self->words, sighting->word, sighting->length) >= 0) continue;
        if (remember(self, sighting->word, sighting->length) < 0) return -1;
    }
    return 0;
}

/* Counts the words, all of them remembered. Python is not asked, so nothing else can be done meanwhile; 0
 * where a word was forgotten before, as another thread was at work; -1 with an exception set. */
static int count_told(EvidenceSums *self, struct told *told, PyObject *slips) {
    told->words = told->slips = told->foreign = 0;
    self->text++;
    for (size_t i = 0; i < told->sightings.count; i++) {
        const struct sighting *sighting = &told->sightings.found[i];
        int64_t number = set_number(&self->words, sighting->word, sighting->length);
        int is_slip = 0;
        if (number < 0) return 0;
        if (PySet_GET_SIZE(slips)) {
            PyObject *word = PyUnicode_DecodeASCII(sighting->word, (Py_ssize_t)sighting->length, NULL);
            is_slip = word ? PySet_Contains(slips, word) : -1;
            Py_XDECREF(word);
            if (is_slip < 0) return -1;
        }
        struct said *said = &self->said[number];
        if (said->text != self->text) {
            said->text = self->text;
            told->words++;
            told->slips += is_slip;
            told->foreign += !is_slip && said->is_evidence && said->of[0] > 0;
        }
        told->numbers[i] = is_slip ? -1 - number : number;
    }
    return 1;
}

/* What of a text is left out: words in [start, end), in code points, and those that its ends may have cut. */
struct edges {
    int is_cut_before, is_cut_behind;
    Py_ssize_t start, end;
};

/* Adds up what the words of [first, last) say, a slip with `all` only; how many there were. */
static Py_ssize_t add_up(const EvidenceSums *self, const struct told *told, int all, const char *first,
                         const char *last, const struct edges *edges, double *total) {
    Py_ssize_t count = 0;
    for (size_t i = 0; i < told->sightings.count; i++) {
        const struct sighting *sighting = &told->sightings.found[i];
        const char *stop = sighting->word + sighting->length;
        int64_t number = told->numbers[i];
        if (number < 0 && !all) continue;
        const struct said *said = &self->said[number < 0 ? -1 - number : number];
        if (!said->is_evidence || (sighting->offset >= edges->start && sighting->offset < edges->end) ||
            (sighting->word > first && sighting->word[-1] == '-') || (stop < last && *stop == '-') ||
            (edges->is_cut_before && sighting->word == first) || (edges->is_cut_behind && stop == last))
            continue;
        count++;
        for (int k = 0; k < VARIETIES; k++) total[k] += said->of[k];
    }
    return count;
}

/* of(text, least, slips, is_cut_before, is_cut_behind, start, end) -> tuple of float, or None */
static PyObject *evidence_sums_of(EvidenceSums *self, PyObject *args) {
    PyObject *string, *slips, *sums = NULL;
    Py_ssize_t least;
    struct edges edges;
    if (!PyArg_ParseTuple(args, "UnO!ppnn", &string, &least, &PyFrozenSet_Type, &slips, &edges.is_cut_before,
                          &edges.is_cut_behind, &edges.start, &edges.end))
        return NULL;
    PyObject *data = PyUnicode_AsEncodedString(string, "utf-8", "surrogatepass");
    if (!data) return NULL;
    const char *first = PyBytes_AS_STRING(data), *last = first + PyBytes_GET_SIZE(data);
    struct told told = {0};
    int counted = words_scan(self->ordinary, first, last - first, &told.sightings);
    size_t kept = 0; /* without overlong words */
    for (size_t i = 0; i < told.sightings.count; i++)
        if (told.sightings.found[i].length <= LONGEST_WORD)
            told.sightings.found[kept++] = told.sightings.found[i];
    told.sightings.count = kept;
    if (counted == 0 && !(told.numbers = malloc((told.sightings.count + 1) * sizeof *told.numbers)))
        counted = (PyErr_NoMemory(), -1);
    while (counted == 0)
        counted = remember_all(self, &told.sightings) < 0 ? -1 : count_told(self, &told, slips);
    int all = told.foreign >= told.slips; /* slips say something, too */
    if (counted > 0 && told.words - (all ? 0 : told.slips) < least)
        sums = Py_NewRef(Py_None);
    else if (counted > 0) {
        double total[VARIETIES] = {0},
               size = (double)(PyUnicode_GET_LENGTH(string) - (edges.end - edges.start));
        double known = size / self->letters - (double)add_up(self, &told, all, first, last, &edges, total);
        for (int k = 0; k < VARIETIES; k++) total[k] += known * self->known[k];
        sums = tuple_of(total, VARIETIES);
    }
    free(told.numbers);
    free(told.sightings.found);
    Py_DECREF(data);
    return sums;
}

static PyMethodDef evidence_sums_methods[] = {
    {"of", (PyCFunction)evidence_sums_of, METH_VARARGS, "What the words of a text say altogether."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot evidence_sums_slots[] = {{Py_tp_doc, "Evidence, added up: language/evidence.py."},
                                            {Py_tp_new, evidence_sums_new},
                                            {Py_tp_dealloc, evidence_sums_dealloc},
                                            {Py_tp_methods, evidence_sums_methods},
                                            {0, NULL}};

static PyType_Spec evidence_sums_spec = {.name = "normalize.kernel._native.EvidenceSums",
                                         .basicsize = sizeof(EvidenceSums),
                                         .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE,
                                         .slots = evidence_sums_slots};

#endif
