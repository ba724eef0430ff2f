/* A set of strings of at most 255 bytes, numbered in the order in which they were added: `dict[bytes, int]`.
 *
 * Open addressing, the strings in one arena. The hash of a string is the exclusive or of a random number for
 * each of its bytes at its place: simple tabulation (Zobrist 1970; Patrascu and Thorup 2012, who show it fit
 * for linear probing). The numbers are drawn from the operating system once in a process, so that no text can
 * be made up of words that share a hash; they decide where an entry lies, never what is found. The hash of a
 * word is had from those of its parts: speller.h.
 */
#ifndef NORMALIZE_KERNEL_SET_H
#define NORMALIZE_KERNEL_SET_H
#include "module.h"

enum { LONGEST_WORD = 255 }; /* bytes: a longer run of letters is no word, and is never in a set */

typedef uint32_t HashKeys[LONGEST_WORD + 1][256]; /* place of a byte, byte -> its random number */

typedef struct {
    const HashKeys *keys; /* those of the process: State.hash_keys */
    struct slot {
        uint32_t hash, place; /* place: 1 + where in the arena an entry stands; 0: free */
    } *slots;
    size_t mask; /* slots - 1, a power of two less one */
    size_t count;
    unsigned char *seen; /* 8 bits a slot, one set for each hash: most strangers end here */
    size_t seen_mask;
    char *arena; /* entries: a byte of length, the bytes, the number of the entry */
    size_t used, room;
} Set;

/* Draws the random numbers; a bytes object. */
static PyObject *hash_keys_new(void) {
    PyObject *os = PyImport_ImportModule("os");
    PyObject *keys = os ? PyObject_CallMethod(os, "urandom", "n", (Py_ssize_t)sizeof(HashKeys)) : NULL;
    Py_XDECREF(os);
    if (keys && PyBytes_Check(keys) && PyBytes_GET_SIZE(keys) == (Py_ssize_t)sizeof(HashKeys)) return keys;
    if (keys) PyErr_SetString(PyExc_RuntimeError, "os.urandom gave something else than was asked for");
    Py_XDECREF(keys);
    return NULL;
}

/* An empty set for an object of a type of this module. */
static Set set_of(PyTypeObject *type) {
    const State *state = PyType_GetModuleState(type);
    return (Set){.keys = (const HashKeys *)PyBytes_AS_STRING(state->hash_keys)};
}

/* A hash goes on with the byte at a place. */
static inline uint32_t hash_step(const HashKeys *keys, uint32_t hash, size_t place, unsigned char byte) {
    return hash ^ (*keys)[place & LONGEST_WORD][byte];
}

static uint32_t hash_of(const HashKeys *keys, const char *bytes, size_t length) {
    uint32_t hash = 0;
    for (size_t i = 0; i < length; i++) hash = hash_step(keys, hash, i, (unsigned char)bytes[i]);
    return hash;
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

/* Has the memory on its way that set_find will read for a hash: its slot; then, with the slot there, its
 * entry. */
static inline void set_fetch_slot(const Set *set, uint32_t hash) {
    if (set->slots) PREFETCH(&set->slots[hash & set->mask]);
}

static inline void set_fetch_entry(const Set *set, uint32_t hash) {
    if (!set->slots) return;
    const struct slot *slot = &set->slots[hash & set->mask];
    if (slot->place && slot->hash == hash) PREFETCH(set->arena + slot->place - 1);
}

static inline int set_may_have(const Set *set, uint32_t hash) {
    size_t bit = hash & set->seen_mask;
    return set->seen && set->seen[bit >> 3] >> (bit & 7) & 1;
}

/* set_find for a string whose hash is not known yet. */
static inline int64_t set_number(const Set *set, const char *bytes, size_t length) {
    if (length > LONGEST_WORD) return -1;
    uint32_t hash = hash_of(set->keys, bytes, length);
    return set_may_have(set, hash) ? set_find(set, bytes, length, hash) : -1;
}

static void set_put(Set *set, uint32_t hash, uint32_t place) {
    size_t i = hash & set->mask, bit = hash & set->seen_mask;
    while (set->slots[i].place) i = (i + 1) & set->mask;
    set->slots[i].hash = hash;
    set->slots[i].place = place;
    set->seen[bit >> 3] |= (unsigned char)(1 << (bit & 7));
}

/* Makes room for so many words in all; -1 with an exception set where there is none. */
static int set_grow(Set *set, size_t count) {
    struct slot *old = set->slots;
    size_t slots = 1024, before = old ? set->mask + 1 : 0;
    if (count > INT32_MAX / 2) {
        PyErr_SetString(PyExc_OverflowError, "too many words for a set");
        return -1;
    }
    while (slots < 2 * count) slots *= 2;
    if (slots <= before) return 0;
    struct slot *table = calloc(slots, sizeof *table);
    unsigned char *seen = calloc(slots, 1);
    if (!table || !seen) {
        free(table);
        free(seen);
        PyErr_NoMemory();
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

/* Makes room for so many bytes more in the arena; -1 with an exception set where there is none. */
static int set_make_room(Set *set, size_t bytes) {
    if (set->used + bytes >= UINT32_MAX) {
        PyErr_SetString(PyExc_OverflowError, "too many letters for a set of words");
        return -1;
    }
    if (set->used + bytes <= set->room) return 0;
    size_t room = (set->room ? set->room : 8192) * 2 + bytes;
    char *arena = realloc(set->arena, room);
    if (!arena) {
        PyErr_NoMemory();
        return -1;
    }
    set->arena = arena;
    set->room = room;
    return 0;
}

/* Adds a word that is not overlong, of which the hash is known; -1 with an exception set. */
static int set_add_hashed(Set *set, const char *bytes, size_t length, uint32_t hash) {
    uint32_t number = (uint32_t)set->count;
    if (set_may_have(set, hash) && set_find(set, bytes, length, hash) >= 0) return 0;
    if (set->count * 2 >= set->mask && set_grow(set, set->count + 1) < 0) return -1;
    if (set_make_room(set, 1 + length + sizeof number) < 0) return -1;
    char *entry = set->arena + set->used;
    *entry = (char)length;
    memcpy(entry + 1, bytes, length);
    memcpy(entry + 1 + length, &number, sizeof number);
    set_put(set, hash, (uint32_t)set->used + 1);
    set->used += 1 + length + sizeof number;
    set->count++;
    return 0;
}

/* Adds a word; an overlong one is left out. -1 with an exception set. */
static int set_add(Set *set, const char *bytes, size_t length) {
    if (length > LONGEST_WORD) return 0;
    return set_add_hashed(set, bytes, length, hash_of(set->keys, bytes, length));
}

/* The entry behind one, NULL behind the last; that behind NULL is the first. */
static const char *set_next(const Set *set, const char *entry) {
    entry = entry ? entry + 1 + (unsigned char)*entry + sizeof(uint32_t) : set->arena;
    return entry && entry < set->arena + set->used ? entry : NULL;
}

static void set_free(Set *set) {
    free(set->slots);
    free(set->seen);
    free(set->arena);
}

#endif
