/* The hot loop in C: which words of a text are not known, which words are one edit away, which literals occur.
 *
 * Every function does exactly what a few lines of Python do (normalize/kernel.py), and tests hold the two against each
 * other. Text is UTF-8 bytes; words are runs of ASCII letters.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* ---- A set of short byte strings: open addressing, strings kept in one arena. ------------------------------------ */

typedef struct {
    struct slot { uint32_t hash, place; } *slots; /* place: 1 + where in the arena the length and the bytes stand; 0: free */
    size_t mask;                                  /* slots - 1, a power of two less one */
    size_t count;
    unsigned char *seen; /* 8 bits a slot, one set for each hash: most strangers end here */
    size_t seen_mask;
    char *arena;
    size_t used, room;
} Set;

#define HASH_START 2166136261u /* FNV-1a */
static inline uint32_t hash_step(uint32_t hash, unsigned char byte) { return (hash ^ byte) * 16777619u; }
static inline uint32_t hash_end(uint32_t hash) { return hash ^ (hash >> 15); }

static uint32_t hash_of(const char *bytes, size_t length) {
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < length; i++) hash = hash_step(hash, (unsigned char)bytes[i]);
    return hash_end(hash);
}

static inline int set_has(const Set *set, const char *bytes, size_t length, uint32_t hash) {
    if (!set->slots) return 0;
    for (size_t i = hash & set->mask; set->slots[i].place; i = (i + 1) & set->mask) {
        if (set->slots[i].hash != hash) continue;
        const char *entry = set->arena + set->slots[i].place - 1;
        if ((unsigned char)*entry == length && !memcmp(entry + 1, bytes, length)) return 1;
    }
    return 0;
}

static inline int set_may_have(const Set *set, uint32_t hash) {
    size_t bit = hash & set->seen_mask;
    return set->seen && set->seen[bit >> 3] >> (bit & 7) & 1;
}

static void set_put(Set *set, uint32_t hash, uint32_t place) {
    size_t i = hash & set->mask, bit = hash & set->seen_mask;
    while (set->slots[i].place) i = (i + 1) & set->mask;
    set->slots[i].hash = hash;
    set->slots[i].place = place;
    set->seen[bit >> 3] |= (unsigned char)(1 << (bit & 7));
}

static int set_grow(Set *set) {
    struct slot *old = set->slots;
    size_t slots = old ? (set->mask + 1) * 2 : 1024, before = old ? set->mask + 1 : 0;
    struct slot *table = calloc(slots, sizeof *table);
    unsigned char *seen = calloc(slots, 1);
    if (!table || !seen) {
        free(table);
        free(seen);
        return -1;
    }
    free(set->seen);
    set->slots = table;
    set->mask = slots - 1;
    set->seen = seen;
    set->seen_mask = slots * 8 - 1;
    for (size_t i = 0; i < before; i++)
        if (old[i].place) set_put(set, old[i].hash, old[i].place);
    free(old);
    return 0;
}

#define LONGEST_WORD 255 /* bytes: a longer run of letters is no word, and is never in a set */

static int set_add(Set *set, const char *bytes, size_t length) {
    uint32_t hash = hash_of(bytes, length);
    if (length > LONGEST_WORD || set_has(set, bytes, length, hash)) return 0;
    if ((!set->slots || set->count * 2 > set->mask) && set_grow(set) < 0) goto memory;
    if (set->used + length + 1 > set->room) {
        size_t room = (set->room ? set->room : 8192) * 2 + length + 1;
        char *arena = realloc(set->arena, room);
        if (!arena) goto memory;
        set->arena = arena;
        set->room = room;
    }
    set->arena[set->used] = (char)length;
    memcpy(set->arena + set->used + 1, bytes, length);
    set_put(set, hash, (uint32_t)set->used + 1);
    set->used += length + 1;
    set->count++;
    return 0;
memory:
    PyErr_NoMemory();
    return -1;
}

static void set_free(Set *set) {
    free(set->slots);
    free(set->seen);
    free(set->arena);
    memset(set, 0, sizeof *set);
}

static int set_fill(Set *set, PyObject *words) {
    PyObject *iterator = PyObject_GetIter(words), *word;
    if (!iterator) return -1;
    int failed = 0;
    while (!failed && (word = PyIter_Next(iterator))) {
        char *bytes;
        Py_ssize_t length;
        failed = PyBytes_AsStringAndSize(word, &bytes, &length) < 0 || set_add(set, bytes, (size_t)length) < 0;
        Py_DECREF(word);
    }
    Py_DECREF(iterator);
    return failed || PyErr_Occurred() ? -1 : 0;
}

/* ---- Words(iterable of bytes): add, len, suspects, near ---------------------------------------------------------- */

typedef struct {
    PyObject_HEAD
    Set set;
} Words;

static const unsigned char *letters(void) {
    static unsigned char table[256];
    if (!table['a'])
        for (int c = 'a'; c <= 'z'; c++) table[c] = table[c - 'a' + 'A'] = 1;
    return table;
}

static int words_init(Words *self, PyObject *args, PyObject *keywords) {
    PyObject *words;
    if (!PyArg_ParseTuple(args, "O", &words)) return -1;
    set_free(&self->set);
    return set_fill(&self->set, words);
}

static void words_dealloc(Words *self) {
    set_free(&self->set);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static Py_ssize_t words_length(Words *self) { return (Py_ssize_t)self->set.count; }

static PyObject *words_add(Words *self, PyObject *word) {
    char *bytes;
    Py_ssize_t length;
    if (PyBytes_AsStringAndSize(word, &bytes, &length) < 0 || set_add(&self->set, bytes, (size_t)length) < 0) return NULL;
    Py_RETURN_NONE;
}

/* The distinct runs of ASCII letters in `data` that are not among the words, as a set of bytes. */
static PyObject *words_suspects(Words *self, PyObject *data) {
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0) return NULL;
    PyObject *found = PySet_New(NULL);
    if (!found) return NULL;
    const unsigned char *letter = letters(), *text = (const unsigned char *)bytes, *end = text + size;
    while (text < end) {
        if (!letter[*text]) {
            text++;
            continue;
        }
        const unsigned char *start = text;
        uint32_t hash = HASH_START;
        do hash = hash_step(hash, *text++);
        while (text < end && letter[*text]);
        if (set_has(&self->set, (const char *)start, (size_t)(text - start), hash_end(hash))) continue;
        PyObject *word = PyBytes_FromStringAndSize((const char *)start, text - start);
        if (!word || PySet_Add(found, word) < 0) {
            Py_XDECREF(word);
            Py_DECREF(found);
            return NULL;
        }
        Py_DECREF(word);
    }
    return found;
}

#define LONGEST 64 /* bytes: longer words have no neighbours worth the search */

static int offer(const Words *self, PyObject *found, const char *bytes, size_t length) {
    uint32_t hash = hash_of(bytes, length);
    if (!set_may_have(&self->set, hash) || !set_has(&self->set, bytes, length, hash)) return 0;
    PyObject *word = PyUnicode_DecodeASCII(bytes, (Py_ssize_t)length, NULL);
    if (!word) return -1;
    int failed = PySet_Add(found, word);
    Py_DECREF(word);
    return failed;
}

/* The words one insertion, deletion, replacement or swap of neighbours away from an ASCII word, as a set of str. */
static PyObject *words_near(Words *self, PyObject *argument) {
    Py_ssize_t size;
    const char *word = PyUnicode_AsUTF8AndSize(argument, &size);
    if (!word) return NULL;
    PyObject *found = PySet_New(NULL);
    if (!found || size > LONGEST) return found;
    size_t n = (size_t)size;
    char edit[LONGEST + 2];
    for (size_t i = 0; i < n; i++) { /* deletions */
        memcpy(edit, word, i);
        memcpy(edit + i, word + i + 1, n - i - 1);
        if (offer(self, found, edit, n - 1) < 0) goto failed;
    }
    for (size_t i = 0; i + 1 < n; i++) { /* swaps */
        if (word[i] == word[i + 1]) continue;
        memcpy(edit, word, n);
        edit[i] = word[i + 1];
        edit[i + 1] = word[i];
        if (offer(self, found, edit, n) < 0) goto failed;
    }
    for (size_t i = 0; i < n; i++) { /* replacements */
        memcpy(edit, word, n);
        for (char c = 'a'; c <= 'z'; c++) {
            if (c == word[i]) continue;
            edit[i] = c;
            if (offer(self, found, edit, n) < 0) goto failed;
        }
    }
    for (size_t i = 0; i <= n; i++) { /* insertions */
        memcpy(edit, word, i);
        memcpy(edit + i + 1, word + i, n - i);
        for (char c = 'a'; c <= 'z'; c++) {
            edit[i] = c;
            if (offer(self, found, edit, n + 1) < 0) goto failed;
        }
    }
    return found;
failed:
    Py_DECREF(found);
    return NULL;
}

static PyMethodDef words_methods[] = {
    {"add", (PyCFunction)words_add, METH_O, "Add a word (bytes)."},
    {"suspects", (PyCFunction)words_suspects, METH_O, "The distinct runs of ASCII letters in bytes that are not among the words."},
    {"near", (PyCFunction)words_near, METH_O, "The words one edit away from an ASCII str."},
    {NULL}};

static PySequenceMethods words_sequence = {.sq_length = (lenfunc)words_length};

static PyTypeObject WordsType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize._kernel.Words",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "A set of words (bytes).",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)words_init,
    .tp_dealloc = (destructor)words_dealloc,
    .tp_methods = words_methods,
    .tp_as_sequence = &words_sequence,
};

/* ---- Literals(list of tuples of bytes): in which groups a string occurs in a text (Aho and Corasick 1975) --------- */

typedef struct {
    PyObject_HEAD
    int32_t *next;     /* state * 256 + byte -> state: failures are built in */
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
    int32_t state = 0;
    for (Py_ssize_t i = 0; i < size; i++) {
        state = self->next[state * 256 + (unsigned char)bytes[i]];
        for (int32_t pair = self->ends[state]; pair >= 0; pair = self->outputs[pair * 2 + 1])
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
    if (PyType_Ready(&WordsType) < 0 || PyType_Ready(&LiteralsType) < 0) return NULL;
    PyObject *module = PyModule_Create(&kernel);
    if (!module || PyModule_AddObjectRef(module, "Words", (PyObject *)&WordsType) < 0 ||
        PyModule_AddObjectRef(module, "Literals", (PyObject *)&LiteralsType) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
