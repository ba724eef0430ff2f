/* A set of short byte strings: open addressing, the strings kept in one arena. */
#ifndef NORMALIZE_KERNEL_SET_H
#define NORMALIZE_KERNEL_SET_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    struct slot { uint32_t hash, place; } *slots; /* place: 1 + where in the arena an entry stands; 0: free */
    size_t mask;                                  /* slots - 1, a power of two less one */
    size_t count;
    unsigned char *seen; /* 8 bits a slot, one set for each hash: most strangers end here */
    size_t seen_mask;
    char *arena; /* entries: a byte of length, the bytes, the number of the entry */
    size_t used, room;
} Set;

/* A polynomial, so that the hash of a word is told from those of its parts; its bits are mixed in the end. */
#define HASH_START 0u
#define HASH_BASE 16777619u
static inline uint32_t hash_step(uint32_t hash, unsigned char byte) { return hash * HASH_BASE + byte; }
static inline uint32_t hash_end(uint32_t hash) {
    hash = (hash ^ hash >> 16) * 0x7FEB352Du;
    hash = (hash ^ hash >> 15) * 0x846CA68Bu;
    return hash ^ hash >> 16;
}

static uint32_t hash_of(const char *bytes, size_t length) {
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < length; i++) hash = hash_step(hash, (unsigned char)bytes[i]);
    return hash_end(hash);
}

/* The number of a word in order of being added; -1 where it is not in the set. */
static inline int64_t set_find(const Set *set, const char *bytes, size_t length, uint32_t hash) {
    if (!set->slots) return -1;
    for (size_t i = hash & set->mask; set->slots[i].place; i = (i + 1) & set->mask) {
        if (set->slots[i].hash != hash) continue;
        const char *entry = set->arena + set->slots[i].place - 1;
        if ((unsigned char)*entry != length || memcmp(entry + 1, bytes, length)) continue;
        uint32_t number;
        memcpy(&number, entry + 1 + length, sizeof number);
        return number;
    }
    return -1;
}

/* Have the memory on its way that set_find will read for a hash: its slot; then, with the slot there, its entry. */
static inline void set_fetch_slot(const Set *set, uint32_t hash) {
    if (set->slots) __builtin_prefetch(&set->slots[hash & set->mask]);
}

static inline void set_fetch_entry(const Set *set, uint32_t hash) {
    if (!set->slots) return;
    const struct slot *slot = &set->slots[hash & set->mask];
    if (slot->place && slot->hash == hash) __builtin_prefetch(set->arena + slot->place - 1);
}

static inline int set_may_have(const Set *set, uint32_t hash) {
    size_t bit = hash & set->seen_mask;
    return set->seen && set->seen[bit >> 3] >> (bit & 7) & 1;
}

/* set_find for a string whose hash is not known yet. */
static inline int64_t set_number(const Set *set, const char *bytes, size_t length) {
    uint32_t hash = hash_of(bytes, length);
    return set_may_have(set, hash) ? set_find(set, bytes, length, hash) : -1;
}

static void set_put(Set *set, uint32_t hash, uint32_t place) {
    size_t i = hash & set->mask, bit = hash & set->seen_mask;
    while (set->slots[i].place) i = (i + 1) & set->mask;
    set->slots[i].hash = hash;
    set->slots[i].place = place;
    set->seen[bit >> 3] |= (unsigned char)(1 << (bit & 7));
}

/* Makes room for so many words. */
static int set_grow(Set *set, size_t count) {
    struct slot *old = set->slots;
    size_t slots = 1024, before = old ? set->mask + 1 : 0;
    if (count > INT32_MAX) return -1;
    while (slots < 2 * count) slots *= 2;
    if (slots <= before) return 0;
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
    if (length > LONGEST_WORD || set_find(set, bytes, length, hash) >= 0) return 0;
    if (set->count * 2 >= set->mask && set_grow(set, set->count + 1) < 0) goto memory;
    uint32_t number = (uint32_t)set->count;
    size_t size = 1 + length + sizeof number;
    if (set->used + size > set->room) {
        size_t room = (set->room ? set->room : 8192) * 2 + size;
        char *arena = realloc(set->arena, room);
        if (!arena) goto memory;
        set->arena = arena;
        set->room = room;
    }
    set->arena[set->used] = (char)length;
    memcpy(set->arena + set->used + 1, bytes, length);
    memcpy(set->arena + set->used + 1 + length, &number, sizeof number);
    set_put(set, hash, (uint32_t)set->used + 1);
    set->used += size;
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
    Py_ssize_t count = iterator ? PyObject_LengthHint(words, 0) : -1;
    if (count < 0) {
        Py_XDECREF(iterator);
        return -1;
    }
    int failed = 0;
    if (count && set_grow(set, set->count + (size_t)count) < 0) {
        PyErr_NoMemory();
        failed = 1;
    }
    while (!failed && (word = PyIter_Next(iterator))) {
        Py_ssize_t length;
        const char *bytes = PyUnicode_AsUTF8AndSize(word, &length);
        failed = !bytes || set_add(set, bytes, (size_t)length) < 0;
        Py_DECREF(word);
    }
    Py_DECREF(iterator);
    return failed || PyErr_Occurred() ? -1 : 0;
}

#endif
