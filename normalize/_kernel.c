/* The hot loop in C: which words of a text are not known, which words are one edit away, which literals occur.
 *
 * Every function does exactly what a few lines of Python do (normalize/kernel.py), and tests hold the two against each
 * other. Text is UTF-8 bytes; words are runs of ASCII letters.
 */
#include "_kernel_set.h"

/* ---- Words(firsts, known, always): add, len, suspects ------------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Set set;      /* the words known; the first of them are `firsts` */
    Set always;   /* words told of wherever they stand, whatever their shape */
    int64_t firsts; /* how many words make a pair with what follows */
} Words;

enum { LOWER = 1, UPPER = 2 };

static const unsigned char *letters(void) {
    static unsigned char table[256];
    if (!table['a'])
        for (int c = 'a'; c <= 'z'; c++) {
            table[c] = LOWER;
            table[c - 'a' + 'A'] = UPPER;
        }
    return table;
}

static int words_init(Words *self, PyObject *args, PyObject *keywords) {
    PyObject *firsts, *known, *always;
    if (!PyArg_ParseTuple(args, "OOO", &firsts, &known, &always)) return -1;
    set_free(&self->set);
    set_free(&self->always);
    if (set_fill(&self->set, firsts) < 0) return -1;
    self->firsts = (int64_t)self->set.count;
    return set_fill(&self->set, known) < 0 || set_fill(&self->always, always) < 0 ? -1 : 0;
}

static void words_dealloc(Words *self) {
    set_free(&self->set);
    set_free(&self->always);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static Py_ssize_t words_length(Words *self) { return (Py_ssize_t)self->set.count; }

static PyObject *words_add(Words *self, PyObject *word) {
    Py_ssize_t length;
    const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
    if (!bytes || set_add(&self->set, bytes, (size_t)length) < 0) return NULL;
    Py_RETURN_NONE;
}

/* Whether the set has the capitalised word [start, end) in lower case. */
static int has_lowered(const Set *set, const unsigned char *start, const unsigned char *end) {
    char low[LONGEST_WORD];
    size_t length = (size_t)(end - start);
    if (length > LONGEST_WORD) return 0;
    memcpy(low, start, length);
    low[0] += 'a' - 'A';
    return set_find(set, low, length, hash_of(low, length)) >= 0;
}

/* Whether a word at `start` has a word, a number or a comma before it, and thus begins no sentence. */
static int is_inside(const unsigned char *text, const unsigned char *start) {
    if (start - text < 3 || start[-1] != ' ' || start[-3] == '\n') return 0;
    unsigned char left = start[-2];
    return letters()[left] || left == ',' || (left >= '0' && left <= '9');
}

/* Notes in `found` that [start, end) stands at a place: dict of str -> list of places. */
static int note(PyObject *found, const unsigned char *start, const unsigned char *end, Py_ssize_t place) {
    PyObject *word = PyUnicode_DecodeASCII((const char *)start, end - start, NULL), *number = PyLong_FromSsize_t(place);
    PyObject *places = word && number ? PyDict_GetItemWithError(found, word) : NULL;
    int failed = -1;
    if (places)
        failed = PyList_Append(places, number);
    else if (word && number && !PyErr_Occurred() && (places = PyList_New(1))) {
        PyList_SET_ITEM(places, 0, Py_NewRef(number));
        failed = PyDict_SetItem(found, word, places);
        Py_DECREF(places);
    }
    Py_XDECREF(word);
    Py_XDECREF(number);
    return failed;
}

static PyObject *words_suspects(Words *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size, place = 0; /* of `text`, in code points */
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) return NULL;
    PyObject *found = PyDict_New();
    if (!found) return NULL;
    const Set *set = &self->set;
    const unsigned char *letter = letters(), *first = (const unsigned char *)bytes, *text = first, *end = text + size;
    while (text < end) {
        if (!letter[*text]) {
            place += (*text++ & 0xC0) != 0x80;
            continue;
        }
        const unsigned char *start = text;
        uint32_t hash = HASH_START;
        unsigned char initial = letter[*text], rest = 0;
        hash = hash_step(hash, *text++);
        for (; text < end && letter[*text]; text++) {
            rest |= letter[*text];
            hash = hash_step(hash, *text);
        }
        size_t length = (size_t)(text - start);
        int64_t number = set_find(set, (const char *)start, length, hash_end(hash));
        int failed = 0;
        if (number >= 0) {
            if (number < self->firsts && end - text > 1 && *text == ' ' && letter[text[1]] == LOWER) {
                const unsigned char *behind = text + 1;
                while (behind < end && letter[*behind] == LOWER) behind++;
                size_t both = (size_t)(behind - start);
                if ((behind == end || !letter[*behind]) && set_find(set, (const char *)start, both, hash_of((const char *)start, both)) < 0)
                    failed = note(found, start, behind, place);
            }
        } else if (set_find(&self->always, (const char *)start, length, hash_end(hash)) >= 0)
            failed = note(found, start, text, place);
        else if (length > 2 && rest == LOWER && (initial == LOWER || !(is_inside(first, start) || has_lowered(set, start, text))))
            failed = note(found, start, text, place);
        if (failed) {
            Py_DECREF(found);
            return NULL;
        }
        place += (Py_ssize_t)length;
    }
    return found;
}

static PyMethodDef words_methods[] = {
    {"add", (PyCFunction)words_add, METH_O, "Add a word, or a pair."},
    {"suspects", (PyCFunction)words_suspects, METH_O, "What is not known in UTF-8, and where: kernel.Words tells more."},
    {NULL}};

static PySequenceMethods words_sequence = {.sq_length = (lenfunc)words_length};

static PyTypeObject WordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Words",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Words(firsts, known, always): sets of words (bytes).",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)words_init,
    .tp_dealloc = (destructor)words_dealloc,
    .tp_methods = words_methods,
    .tp_as_sequence = &words_sequence,
};

/* ---- Speller: the words one edit away from a given one, with what the noisy channel makes of them ----------------- */

#define LONGEST 64 /* bytes: longer words have no neighbours worth the search */
#define LETTERS 26
#define MARKED 28 /* letters, and the marks of a word's beginning and end */

typedef struct {
    PyObject_HEAD
    Set set;
    double *priors; /* by number of a word */
    struct rates {  /* log rates of slips, by what was typed and what was meant */
        double omitted[LETTERS], single[LETTERS], doubled[LETTERS], added[LETTERS];
        double swapped[LETTERS][LETTERS], replaced[LETTERS][LETTERS]; /* typed, typed; typed, meant */
    } rates;
    double trigrams[MARKED][MARKED][MARKED]; /* log frequencies */
} Speller;

static void speller_dealloc(Speller *self) {
    set_free(&self->set);
    free(self->priors);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static int fill_doubles(double *target, Py_ssize_t count, PyObject *list, const char *what) {
    if (PyList_GET_SIZE(list) != count) {
        PyErr_Format(PyExc_ValueError, "%zd %s, not %zd", PyList_GET_SIZE(list), what, count);
        return -1;
    }
    for (Py_ssize_t i = 0; i < count; i++) target[i] = PyFloat_AsDouble(PyList_GET_ITEM(list, i));
    return PyErr_Occurred() ? -1 : 0;
}

static int speller_init(Speller *self, PyObject *args, PyObject *keywords) {
    PyObject *words, *priors, *rates, *trigrams;
    if (!PyArg_ParseTuple(args, "O!O!O!O!", &PyList_Type, &words, &PyList_Type, &priors, &PyList_Type, &rates, &PyList_Type,
                          &trigrams))
        return -1;
    set_free(&self->set);
    free(self->priors);
    Py_ssize_t count = PyList_GET_SIZE(words);
    self->priors = malloc((size_t)(count + 1) * sizeof *self->priors);
    if (!self->priors) {
        PyErr_NoMemory();
        return -1;
    }
    if (set_fill(&self->set, words) < 0 || fill_doubles(self->priors, count, priors, "priors") < 0 ||
        fill_doubles((double *)&self->rates, sizeof self->rates / sizeof(double), rates, "rates") < 0 ||
        fill_doubles(&self->trigrams[0][0][0], MARKED * MARKED * MARKED, trigrams, "trigrams") < 0)
        return -1;
    if (self->set.count == (size_t)count) return 0;
    PyErr_SetString(PyExc_ValueError, "a word is given twice, or is too long");
    return -1;
}

/* Minus the mean log frequency of the letter trigrams of a marked word. */
static double oddness(const Speller *self, const char *word, size_t length) {
    double sum = 0;
    int a = LETTERS, b = word[0] - 'a';
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        sum += self->trigrams[a][b][c];
        a = b;
        b = c;
    }
    return -sum / (double)length;
}

/* log rate of the one slip that makes `typed` of `meant`, which are one edit apart. */
static double slip_rate(const struct rates *rates, const char *typed, size_t n, const char *meant, size_t m) {
    size_t head = 0;
    while (head < n && head < m && typed[head] == meant[head]) head++;
    if (n == m) {
        if (!memcmp(typed + head + 1, meant + head + 1, n - head - 1))
            return rates->replaced[typed[head] - 'a'][meant[head] - 'a'];
        return rates->swapped[typed[head] - 'a'][typed[head + 1] - 'a'];
    }
    if (n > m) {
        int letter = typed[head] - 'a';
        return head && typed[head - 1] == typed[head] ? rates->doubled[letter] : rates->added[letter];
    }
    int letter = meant[head] - 'a';
    return head && meant[head - 1] == meant[head] ? rates->single[letter] : rates->omitted[letter];
}

struct search {
    const Speller *speller;
    const char *typed;
    size_t length;
    PyObject *found; /* dict: word -> (prior, cost, oddness) */
};

static int offer(struct search *search, const char *bytes, size_t length) {
    const Set *set = &search->speller->set;
    uint32_t hash = hash_of(bytes, length);
    if (!set_may_have(set, hash)) return 0;
    int64_t number = set_find(set, bytes, length, hash);
    if (number < 0) return 0;
    double rate = slip_rate(&search->speller->rates, search->typed, search->length, bytes, length);
    PyObject *word = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
    PyObject *told = word ? Py_BuildValue("ddd", search->speller->priors[number], -rate, oddness(search->speller, bytes, length))
                          : NULL;
    int failed = told ? PyDict_SetItem(search->found, word, told) : -1;
    Py_XDECREF(word);
    Py_XDECREF(told);
    return failed;
}

/* The words one insertion, deletion, replacement or swap of neighbours away from a word of letters a to z. */
static PyObject *speller_near(Speller *self, PyObject *argument) {
    Py_ssize_t size;
    const char *word = PyUnicode_AsUTF8AndSize(argument, &size);
    if (!word) return NULL;
    PyObject *found = PyDict_New();
    if (!found || size > LONGEST) return found;
    size_t n = (size_t)size;
    for (size_t i = 0; i < n; i++)
        if (word[i] < 'a' || word[i] > 'z') return found;
    struct search search = {self, word, n, found};
    char edit[LONGEST + 2];
    for (size_t i = 0; i < n; i++) { /* deletions */
        memcpy(edit, word, i);
        memcpy(edit + i, word + i + 1, n - i - 1);
        if (n > 1 && offer(&search, edit, n - 1) < 0) goto failed;
    }
    for (size_t i = 0; i + 1 < n; i++) { /* swaps */
        if (word[i] == word[i + 1]) continue;
        memcpy(edit, word, n);
        edit[i] = word[i + 1];
        edit[i + 1] = word[i];
        if (offer(&search, edit, n) < 0) goto failed;
    }
    for (size_t i = 0; i < n; i++) { /* replacements */
        memcpy(edit, word, n);
        for (char c = 'a'; c <= 'z'; c++) {
            if (c == word[i]) continue;
            edit[i] = c;
            if (offer(&search, edit, n) < 0) goto failed;
        }
    }
    for (size_t i = 0; i <= n; i++) { /* insertions */
        memcpy(edit, word, i);
        memcpy(edit + i + 1, word + i, n - i);
        for (char c = 'a'; c <= 'z'; c++) {
            edit[i] = c;
            if (offer(&search, edit, n + 1) < 0) goto failed;
        }
    }
    return found;
failed:
    Py_DECREF(found);
    return NULL;
}

static PyMethodDef speller_methods[] = {
    {"near", (PyCFunction)speller_near, METH_O, "The words one edit away from a str: {word: (prior, cost, oddness)}."},
    {NULL}};

static PyTypeObject SpellerType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Speller",
    .tp_basicsize = sizeof(Speller),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Speller(words, priors, rates, trigrams): lists of bytes and of floats, as normalize/kernel.py lays them out.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)speller_init,
    .tp_dealloc = (destructor)speller_dealloc,
    .tp_methods = speller_methods,
};

/* ---- Literals(list of tuples of bytes): in which groups a string occurs in a text (Aho and Corasick 1975) --------- */

typedef struct {
    PyObject_HEAD
    int32_t *next;     /* 256 * state + byte -> 256 * state, failures built in; the sign bit is set where a literal ends */
    int32_t *ends;     /* state -> first of `outputs`, -1 for none */
    int32_t *outputs;  /* pairs: number of a group, next pair or -1 */
    size_t states, pairs;
    PyObject *groups;  /* a byte each: 1 for a group without literals, which always counts as found */
} Literals;

static void literals_dealloc(Literals *self) {
    free(self->next);
    free(self->ends);
    free(self->outputs);
    Py_XDECREF(self->groups);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Checks the groups, and counts the states they may need; 0 with an exception set where they are not what they should be. */
static size_t literals_measure(PyObject *list) {
    size_t states = 1;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        for (Py_ssize_t j = 0; PyTuple_Check(group) && j < PyTuple_GET_SIZE(group); j++) {
            PyObject *literal = PyTuple_GET_ITEM(group, j);
            if (!PyBytes_Check(literal) || !PyBytes_GET_SIZE(literal)) group = Py_None;
            else states += (size_t)PyBytes_GET_SIZE(literal);
        }
        if (!PyTuple_Check(group)) {
            PyErr_SetString(PyExc_ValueError, "a group is a tuple of bytes, none of them empty");
            return 0;
        }
    }
    return states;
}

static int literals_init(Literals *self, PyObject *args, PyObject *keywords) {
    PyObject *list;
    if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) return -1;
    size_t states = literals_measure(list);
    if (!states || self->next) return -1;
    Py_ssize_t groups = PyList_GET_SIZE(list);
    self->groups = PyBytes_FromStringAndSize(NULL, groups);
    if (!self->groups) return -1;
    self->next = calloc(states * 256, sizeof *self->next);
    self->ends = malloc(states * sizeof *self->ends);
    int32_t *failure = calloc(states, sizeof *failure), *queue = malloc(states * sizeof *queue);
    size_t most = 64;
    self->outputs = malloc(most * 2 * sizeof *self->outputs);
    if (!self->next || !self->ends || !failure || !queue || !self->outputs) goto memory;
    memset(self->ends, -1, states * sizeof *self->ends);
    self->states = 1;
    for (Py_ssize_t i = 0; i < groups; i++) {
        PyObject *group = PyList_GET_ITEM(list, i);
        PyBytes_AS_STRING(self->groups)[i] = PyTuple_GET_SIZE(group) == 0;
        for (Py_ssize_t k = 0; k < PyTuple_GET_SIZE(group); k++) {
            PyObject *literal = PyTuple_GET_ITEM(group, k);
            const unsigned char *bytes = (const unsigned char *)PyBytes_AS_STRING(literal);
            int32_t state = 0;
            for (Py_ssize_t j = 0; j < PyBytes_GET_SIZE(literal); j++) {
                int32_t *edge = &self->next[state * 256 + bytes[j]];
                if (!*edge) *edge = (int32_t)self->states++;
                state = *edge;
            }
            if (self->pairs == most) {
                void *outputs = realloc(self->outputs, (most *= 2) * 2 * sizeof *self->outputs);
                if (!outputs) goto memory;
                self->outputs = outputs;
            }
            self->outputs[self->pairs * 2] = (int32_t)i;
            self->outputs[self->pairs * 2 + 1] = self->ends[state];
            self->ends[state] = (int32_t)self->pairs++;
        }
    }
    size_t head = 0, tail = 0;
    for (int c = 0; c < 256; c++)
        if (self->next[c]) queue[tail++] = self->next[c];
    while (head < tail) {
        int32_t state = queue[head++], fail = failure[state];
        if (self->ends[fail] >= 0) { /* what ends at the failure state ends here too: chain it behind */
            int32_t last = self->ends[state];
            if (last < 0) self->ends[state] = self->ends[fail];
            else {
                while (self->outputs[last * 2 + 1] >= 0) last = self->outputs[last * 2 + 1];
                self->outputs[last * 2 + 1] = self->ends[fail];
            }
        }
        for (int c = 0; c < 256; c++) {
            int32_t *edge = &self->next[state * 256 + c];
            if (*edge) {
                failure[*edge] = self->next[fail * 256 + c];
                queue[tail++] = *edge;
            } else
                *edge = self->next[fail * 256 + c];
        }
    }
    for (size_t i = 0; i < self->states * 256; i++) { /* as literals_found walks it */
        int32_t state = self->next[i];
        self->next[i] = state * 256 | (self->ends[state] >= 0 ? INT32_MIN : 0);
    }
    free(failure);
    free(queue);
    return 0;
memory:
    free(failure);
    free(queue);
    PyErr_NoMemory();
    return -1;
}

/* A byte for each group: 1 where one of its literals occurs in `data`. */
static PyObject *literals_found(Literals *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) return NULL;
    if (!self->groups) return PyErr_Format(PyExc_ValueError, "not initialised");
    PyObject *result = PyBytes_FromStringAndSize(PyBytes_AS_STRING(self->groups), PyBytes_GET_SIZE(self->groups));
    if (!result) return NULL;
    char *found = PyBytes_AS_STRING(result);
    const int32_t *next = self->next;
    int32_t step = 0; /* 256 times the state; below zero where something ends there */
    for (Py_ssize_t i = 0; i < size; i++) {
        step = next[(step & INT32_MAX) + (unsigned char)bytes[i]];
        if (step >= 0) continue;
        for (int32_t pair = self->ends[(step & INT32_MAX) >> 8]; pair >= 0; pair = self->outputs[pair * 2 + 1])
            found[self->outputs[pair * 2]] = 1;
    }
    return result;
}

static PyMethodDef literals_methods[] = {
    {"found", (PyCFunction)literals_found, METH_O, "A byte for each group: 1 where one of its literals occurs in the data, or it has none."},
    {NULL}};

static PyTypeObject LiteralsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Literals",
    .tp_basicsize = sizeof(Literals),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Finds which of many literals occur in a text, in one pass.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)literals_init,
    .tp_dealloc = (destructor)literals_dealloc,
    .tp_methods = literals_methods,
};

static PyModuleDef kernel = {PyModuleDef_HEAD_INIT, .m_name = "_kernel", .m_size = -1};

PyMODINIT_FUNC PyInit__kernel(void) {
    if (PyType_Ready(&WordsType) < 0 || PyType_Ready(&SpellerType) < 0 || PyType_Ready(&LiteralsType) < 0) return NULL;
    PyObject *module = PyModule_Create(&kernel);
    if (!module || PyModule_AddObjectRef(module, "Words", (PyObject *)&WordsType) < 0 ||
        PyModule_AddObjectRef(module, "Speller", (PyObject *)&SpellerType) < 0 ||
        PyModule_AddObjectRef(module, "Literals", (PyObject *)&LiteralsType) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
