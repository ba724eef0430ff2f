/* Table(words, numbers): words, and a number of each, from flat bytes: pure.Table. And sets filled from them: no Python
 * object is made for a word.
 *
 * Words lie flat as UTF-8 with a newline between each two; no bytes are none. */
#ifndef NORMALIZE_KERNEL_TABLE_H
#define NORMALIZE_KERNEL_TABLE_H
#include "lists.h"
#include "set.h"

typedef struct {
    PyObject_HEAD
    Set set;
    uint32_t *numbers; /* by number of a word */
} Table;

static void table_dealloc(Table *self) {
    set_free(&self->set);
    free(self->numbers);
    object_free((PyObject *)self);
}

static int is_table(PyObject *object) { return Py_TYPE(object)->tp_dealloc == (destructor)table_dealloc; }

/* Adds a word of which the hash is known, but for one of another set or an overlong one; -1 with an exception set. */
static int set_add_but(Set *set, const char *bytes, size_t length, uint32_t hash, const Set *others) {
    if (length > LONGEST_WORD) return 0;
    if (others && set_may_have(others, hash) && set_find(others, bytes, length, hash) >= 0) return 0;
    return set_add_hashed(set, bytes, length, hash);
}

/* Adds the words of flat bytes, but those of another set; how many there are, -1 with an exception set. */
static Py_ssize_t set_fill_flat(Set *set, const char *bytes, size_t size, const Set *others) {
    const char *end = bytes + size;
    size_t count = size > 0;
    for (size_t i = 0; i < size; i++) count += bytes[i] == '\n';
    if (set_grow(set, set_added(set) + count) < 0) return -1;
    if (set_make_room(set, size + count * (1 + sizeof(uint32_t))) < 0) return -1;
    for (size_t words = 0; words < count; words++) {
        uint64_t sum = 0;
        size_t length = 0;
        for (; bytes + length < end && bytes[length] != '\n'; length++)
            sum = hash_step(set->keys, sum, length, (unsigned char)bytes[length]);
        if (set_add_but(set, bytes, length, hash_end(sum), others) < 0) return -1;
        bytes += length + 1;
    }
    return (Py_ssize_t)count;
}

/* The entries of a set by number, to be freed; NULL with an exception set. */
static const char **set_in_order(const Set *set) {
    const char **entries = calloc(set->count + 1, sizeof *entries);
    size_t found = 0;
    if (!entries) return PyErr_NoMemory(), NULL;
    for (const char *entry = NULL; (entry = set_next(set, entry));) {
        uint32_t number = entry_number(entry);
        if (number >= set->count || entries[number]) break;
        entries[number] = entry;
        found++;
    }
    if (found == set->count) return entries;
    PyErr_SetString(PyExc_ValueError, "packed words are damaged");
    free(entries);
    return NULL;
}

/* The same as set_fill_flat for the words of a table. */
static Py_ssize_t set_fill_from_table(Set *set, const Set *words, const Set *others) {
    size_t room = words->used + words->packed.used;
    if (set_grow(set, set_added(set) + words->count) < 0 || set_make_room(set, room) < 0) return -1;
    const char **entries = set_in_order(words);
    int failed = !entries;
    for (size_t i = 0; !failed && i < words->count; i++) {
        size_t length = (unsigned char)*entries[i];
        uint32_t hash = hash_of(set->keys, entries[i] + 1, length);
        failed = set_add_but(set, entries[i] + 1, length, hash, others) < 0;
    }
    free(entries);
    return failed ? -1 : (Py_ssize_t)words->count;
}

/* The same for the words of an iterable of str. */
static Py_ssize_t set_fill_from_iterable(Set *set, PyObject *words, const Set *others) {
    PyObject *iterator = PyObject_GetIter(words), *word;
    Py_ssize_t count = 0, hint = iterator ? PyObject_LengthHint(words, 0) : -1;
    int failed = hint < 0 || (hint && set_grow(set, set_added(set) + (size_t)hint) < 0);
    for (; !failed && (word = PyIter_Next(iterator)); count++) {
        Py_ssize_t length;
        const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
        int left_out = bytes && others && set_number(others, bytes, (size_t)length) >= 0;
        failed = !bytes || (!left_out && set_add(set, bytes, (size_t)length) < 0);
        Py_DECREF(word);
    }
    Py_XDECREF(iterator);
    return failed || PyErr_Occurred() ? -1 : count;
}

/* Takes packed words as they lie, where the set is empty and other words are none of them; whether it did, -1 with an
 * exception set. */
static int set_take(Set *set, PyObject *words, const Set *others) {
    Py_buffer image;
    Packed packed = {0};
    if (set->count || set->slots || !PyObject_CheckBuffer(words)) return 0;
    if (PyObject_GetBuffer(words, &image, PyBUF_SIMPLE) < 0) return -1;
    int takes = is_packed(&image) && packed_seed(&image) == seed_of(set->keys);
    if (takes && packed_open(&packed, &image) < 0) takes = -1;
    for (const char *entry = NULL; takes > 0 && others && (entry = set_next(others, entry));) {
        size_t length = (unsigned char)*entry;
        takes = packed_find(&packed, entry + 1, length, hash_of(set->keys, entry + 1, length)) < 0;
    }
    if (takes > 0) {
        set->packed = packed;
        set->image = image;
        set->count = packed.count;
        set->seen = packed.seen;
        set->seen_mask = packed_filter(&packed) * 8 - 1;
    } else
        PyBuffer_Release(&image);
    return takes;
}

/* Adds packed words to a set that has others, or hashes otherwise. */
static Py_ssize_t set_fill_from_packed(Set *set, const Py_buffer *image, const Set *others) {
    Set words = {.keys = set->keys};
    if (packed_open(&words.packed, image) < 0) return -1;
    words.count = words.packed.count;
    return set_fill_from_table(set, &words, others);
}

/* Adds words, which are flat bytes, packed, a table or an iterable of str, but those of another set; how many were given, -1
 * with an exception set. */
static Py_ssize_t set_fill_but(Set *set, PyObject *words, const Set *others) {
    Py_buffer flat;
    if (is_table(words)) return set_fill_from_table(set, &((Table *)words)->set, others);
    if (!PyObject_CheckBuffer(words)) return set_fill_from_iterable(set, words, others);
    int takes = set_take(set, words, others);
    if (takes) return takes < 0 ? -1 : (Py_ssize_t)set->count;
    if (PyObject_GetBuffer(words, &flat, PyBUF_SIMPLE) < 0) return -1;
    Py_ssize_t count =
        is_packed(&flat) ? set_fill_from_packed(set, &flat, others) : set_fill_flat(set, flat.buf, (size_t)flat.len, others);
    PyBuffer_Release(&flat);
    return count;
}

/* Adds words; how many were given, -1 with an exception set. */
static Py_ssize_t set_fill(Set *set, PyObject *words) { return set_fill_but(set, words, NULL); }

/* The number of a word, -1 where the table has it not. */
static int64_t table_number(const Table *self, const char *bytes, size_t length) {
    int64_t place = set_number(&self->set, bytes, length);
    return place < 0 ? -1 : (int64_t)self->numbers[place];
}

/* The number of a str, -1 where the table has it not, -2 with an exception set for what is no str. */
static int64_t table_number_of(const Table *self, PyObject *word) {
    Py_ssize_t size;
    const char *bytes = utf8_of(word, &size);
    return bytes ? table_number(self, bytes, (size_t)size) : -2;
}

static int table_fill(Table *self, PyObject *words, const Py_buffer *numbers) {
    Py_ssize_t count = set_fill(&self->set, words);
    if (count < 0) return -1;
    if ((size_t)count != self->set.count || numbers->len != count * (Py_ssize_t)sizeof *self->numbers)
        return PyErr_Format(PyExc_ValueError, "a word is given twice, or is too long, or has no number"), -1;
    self->numbers = malloc((size_t)numbers->len + 1);
    if (!self->numbers) return PyErr_NoMemory(), -1;
    memcpy(self->numbers, numbers->buf, (size_t)numbers->len);
    return 0;
}

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"words", "numbers", NULL};
    PyObject *words;
    Py_buffer numbers;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "Oy*:Table", names, &words, &numbers)) return NULL;
    Table *self = (Table *)type->tp_alloc(type, 0);
    if (self) self->set = set_of(type);
    if (self && table_fill(self, words, &numbers) < 0) Py_CLEAR(self);
    PyBuffer_Release(&numbers);
    return (PyObject *)self;
}

static Py_ssize_t table_length(Table *self) { return (Py_ssize_t)self->set.count; }

static int table_contains(Table *self, PyObject *word) {
    int64_t number = table_number_of(self, word);
    return number == -2 ? -1 : number >= 0;
}

static PyObject *table_subscript(Table *self, PyObject *word) {
    int64_t number = table_number_of(self, word);
    if (number == -1) PyErr_SetObject(PyExc_KeyError, word);
    return number < 0 ? NULL : PyLong_FromLongLong(number);
}

/* get(word, default) -> int, or the default, None where there is none */
static PyObject *table_get(Table *self, PyObject *const *args, Py_ssize_t count) {
    if (count < 1 || count > 2) return PyErr_Format(PyExc_TypeError, "get takes a word, and a default");
    int64_t number = table_number_of(self, args[0]);
    if (number == -1) return Py_NewRef(count == 2 ? args[1] : Py_None);
    return number < 0 ? NULL : PyLong_FromLongLong(number);
}

/* All of it as a dict, for what is done seldom. */
static PyObject *table_as_dict(const Table *self) {
    const char **entries = set_in_order(&self->set);
    PyObject *dict = entries ? PyDict_New() : NULL;
    for (size_t i = 0; dict && i < self->set.count; i++) {
        PyObject *word = PyUnicode_DecodeUTF8(entries[i] + 1, (unsigned char)*entries[i], NULL);
        PyObject *value = word ? PyLong_FromUnsignedLong(self->numbers[i]) : NULL;
        if (!value || PyDict_SetItem(dict, word, value) < 0) Py_CLEAR(dict);
        Py_XDECREF(word);
        Py_XDECREF(value);
    }
    free(entries);
    return dict;
}

static PyObject *table_view(Table *self, const char *name) {
    PyObject *dict = table_as_dict(self);
    PyObject *view = dict ? PyObject_CallMethod(dict, name, NULL) : NULL;
    Py_XDECREF(dict);
    return view;
}

static PyObject *table_keys(Table *self, PyObject *Py_UNUSED(none)) { return table_view(self, "keys"); }
static PyObject *table_values(Table *self, PyObject *Py_UNUSED(none)) { return table_view(self, "values"); }
static PyObject *table_items(Table *self, PyObject *Py_UNUSED(none)) { return table_view(self, "items"); }

static PyObject *table_iter(Table *self) {
    PyObject *dict = table_as_dict(self);
    PyObject *iterator = dict ? PyObject_GetIter(dict) : NULL;
    Py_XDECREF(dict);
    return iterator;
}

static PyMethodDef table_methods[] = {
    {"get", (PyCFunction)(void (*)(void))table_get, METH_FASTCALL, "The number of a word, or a default."},
    {"keys", (PyCFunction)table_keys, METH_NOARGS, "The words."},
    {"values", (PyCFunction)table_values, METH_NOARGS, "The numbers."},
    {"items", (PyCFunction)table_items, METH_NOARGS, "The words, each with its number."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot table_slots[] = {{Py_tp_iter, table_iter},
                                    {Py_mp_length, table_length},
                                    {Py_mp_subscript, table_subscript},
                                    {Py_sq_contains, table_contains},
                                    {0, NULL}};

#endif
