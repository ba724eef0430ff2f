/* packed(words, but) -> bytes: words, but some, as a set that is used where it lies: packed.h. And seed_hashes(seed), by
 * which processes have the same hashes: what one has packed another takes as it is. */
#ifndef NORMALIZE_KERNEL_PACKING_H
#define NORMALIZE_KERNEL_PACKING_H
#include "table.h"

/* Puts the entries of a set into buckets. The bytes are zeros, but for the head. */
static void pack(const Set *set, char *bytes, size_t buckets) {
    uint32_t *offsets = (uint32_t *)(bytes + PACKED_HEAD);
    unsigned char *seen = (unsigned char *)(offsets + buckets + 1);
    char *entries = (char *)seen + buckets * SEEN_BITS / 8;
    for (int placing = 0; placing < 2; placing++) {
        for (const char *entry = NULL; (entry = set_next(set, entry));) {
            size_t length = (unsigned char)*entry, size = 1 + length + sizeof(uint32_t);
            uint32_t hash = hash_of(set->keys, entry + 1, length);
            uint32_t *end = &offsets[(hash & (buckets - 1)) + 1];
            if (placing) {
                filter_note(seen, buckets * SEEN_BITS - 1, hash);
                memcpy(entries + *end, entry, size);
            }
            *end += (uint32_t)size; /* at first a bucket's bytes, then where its next entry goes */
        }
        if (placing) break;
        uint32_t begin = 0;
        for (size_t i = 1; i <= buckets; i++) {
            uint32_t size = offsets[i];
            offsets[i] = begin;
            begin += size;
        }
    }
}

static PyObject *packed_bytes(const Set *set) {
    size_t buckets = 1, used = set->used + set->packed.used;
    while (buckets < 2 * set->count) buckets *= 2;
    size_t size = PACKED_HEAD + (buckets + 1) * sizeof(uint32_t) + buckets * SEEN_BITS / 8 + used + LONGEST_ENTRY;
    uint64_t head[] = {0, seed_of(set->keys), set->count, buckets, used};
    PyObject *result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size);
    if (!result) return NULL;
    char *bytes = PyBytes_AS_STRING(result);
    memset(bytes, 0, size);
    memcpy(bytes, head, sizeof head);
    memcpy(bytes, PACKED_MAGIC, sizeof PACKED_MAGIC);
    pack(set, bytes, buckets);
    return result;
}

static PyObject *packing_packed(PyObject *module, PyObject *args) {
    PyObject *words, *but;
    if (!PyArg_ParseTuple(args, "OO:packed", &words, &but)) return NULL;
    State *state = PyModule_GetState(module);
    PyObject *keys = Py_NewRef(state->packing_keys ? state->packing_keys : state->hash_keys);
    Set set = {.keys = (const HashKeys *)PyBytes_AS_STRING(keys)}, others = set;
    int failed = set_fill(&others, but) < 0 || set_fill_but(&set, words, &others) < 0;
    PyObject *result = failed ? NULL : packed_bytes(&set);
    set_free(&set);
    set_free(&others);
    Py_DECREF(keys);
    return result;
}

static PyObject *packing_seed_hashes(PyObject *module, PyObject *bytes) {
    uint64_t seed;
    State *state = PyModule_GetState(module);
    Py_buffer buffer;
    if (PyObject_GetBuffer(bytes, &buffer, PyBUF_SIMPLE) < 0) return NULL;
    int fits = buffer.len == sizeof seed;
    if (fits) memcpy(&seed, buffer.buf, sizeof seed);
    PyBuffer_Release(&buffer);
    if (!fits) return PyErr_Format(PyExc_ValueError, "a seed is of %zu bytes", sizeof seed);
    if (seed_of((const HashKeys *)PyBytes_AS_STRING(state->hash_keys)) == seed) {
        Py_CLEAR(state->packing_keys);
        Py_RETURN_TRUE;
    }
    PyObject *keys = hash_keys_of(seed);
    if (!keys) return NULL;
    Py_XSETREF(*(state->keys_are_used ? &state->packing_keys : &state->hash_keys), keys);
    return PyBool_FromLong(!state->keys_are_used);
}

#endif
