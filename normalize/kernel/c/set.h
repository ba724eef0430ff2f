/* A set of strings of at most 255 bytes, numbered in the order in which they were added: `dict[bytes, int]`.
 *
 * Packed words lie in a buffer and are used there; those that are added lie behind them: open addressing, the strings in one
 * arena. The hash of a string is the upper half of a sum: each four of its bytes, as a number, times a random one
 * (multilinear hashing: Carter and Wegman 1979; Thorup 2015, section 4.1). The random numbers come of a seed that is drawn
 * from the operating system, once in a process or in the life of an index (packing.h), so that no text can be made up of
 * words that share a hash; they decide where an entry lies, never what is found. The hash of a word is had from those of its
 * parts: speller.h. */
#ifndef NORMALIZE_KERNEL_SET_H
#define NORMALIZE_KERNEL_SET_H
#include "packed.h"

enum {
    LONGEST_WORD = 255 /* kernel.interfaces.LONGEST_WORD */
}; /* bytes: a longer run of letters is no word, and is never in a set */

typedef uint64_t HashKeys[(LONGEST_WORD + 1) / 4]; /* the random number of each four bytes */

typedef struct {
    const HashKeys *keys; /* those of the process: State.hash_keys */
    Packed packed;        /* words that lie in `image`; those that are added come behind them */
    Py_buffer image;
    struct slot {
        uint32_t hash, place; /* place: 1 + where in the arena an entry stands; 0: free */
    } *slots;
    size_t mask; /* slots - 1, a power of two less one */
    size_t count;
    unsigned char *seen; /* 8 bits a slot, one set for each hash: most strangers end here; the packed one at first */
    size_t seen_mask;
    char *arena; /* entries: a byte of length, the bytes, the number of the entry */
    size_t used, room;
} Set;

/* The random numbers that a seed gives (SplitMix64: Steele, Lea and Flood 2014), and the seed behind them; a bytes
 * object. */
static PyObject *hash_keys_of(uint64_t seed) {
    PyObject *keys = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(sizeof(HashKeys) + sizeof seed));
    if (!keys) return NULL;
    uint64_t *number = (uint64_t *)PyBytes_AS_STRING(keys);
    uint64_t state = seed;
    for (size_t i = 0; i < sizeof(HashKeys) / sizeof *number; i++) {
        uint64_t mixed = state += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EBu;
        number[i] = mixed ^ mixed >> 31;
    }
    memcpy(PyBytes_AS_STRING(keys) + sizeof(HashKeys), &seed, sizeof seed);
    return keys;
}

static uint64_t seed_of(const HashKeys *keys) {
    uint64_t seed;
    memcpy(&seed, (const char *)keys + sizeof *keys, sizeof seed);
    return seed;
}

/* Draws a seed from the operating system; the numbers that it gives. */
static PyObject *hash_keys_new(void) {
    uint64_t seed = 0;
    PyObject *os = PyImport_ImportModule("os");
    PyObject *drawn = os ? PyObject_CallMethod(os, "urandom", "n", (Py_ssize_t)sizeof seed) : NULL;
    Py_XDECREF(os);
    if (drawn && PyBytes_Check(drawn) && PyBytes_GET_SIZE(drawn) == (Py_ssize_t)sizeof seed)
        memcpy(&seed, PyBytes_AS_STRING(drawn), sizeof seed);
    else if (drawn)
        PyErr_SetString(PyExc_RuntimeError, "os.urandom gave something else than was asked for");
    Py_XDECREF(drawn);
    return PyErr_Occurred() ? NULL : hash_keys_of(seed);
}

/* An empty set. */
static Set set_by(State *state) {
    state->keys_are_used = 1;
    return (Set){.keys = (const HashKeys *)PyBytes_AS_STRING(state->hash_keys)};
}

/* An empty set for an object of a type of this module. */
static Set set_of(PyTypeObject *type) { return set_by(PyType_GetModuleState(type)); }

/* What a byte at a place is multiplied by in the sum that a hash is made of. */
static inline uint64_t hash_factor(const HashKeys *keys, size_t place) {
    return (*keys)[(place & LONGEST_WORD) / 4] << 8 * (place % 4);
}

/* The sum goes on with the byte at a place. */
static inline uint64_t hash_step(const HashKeys *keys, uint64_t sum, size_t place, unsigned char byte) {
    return sum + hash_factor(keys, place) * byte;
}

static inline uint32_t hash_end(uint64_t sum) { return (uint32_t)(sum >> 32); }

/* The sum of a string. */
static inline uint64_t hash_sum(const HashKeys *keys, const char *bytes, size_t length) {
    uint64_t sum = 0;
    size_t i = 0;
    for (; i + 8 <= length; i += 8) {
        uint64_t number = eight_bytes(bytes + i);
        const uint64_t *key = &(*keys)[(i & LONGEST_WORD) / 4];
        sum += key[0] * (uint32_t)number + key[1] * (number >> 32);
    }
    for (; i < length; i++) sum = hash_step(keys, sum, i, (unsigned char)bytes[i]);
    return sum;
}

static uint32_t hash_of(const HashKeys *keys, const char *bytes, size_t length) {
    return hash_end(hash_sum(keys, bytes, length));
}

/* The number of a word that lies in the slots; -1 where it does not. */
static int64_t set_find_added(const Set *set, const char *bytes, size_t length, uint32_t hash) {
    for (size_t i = hash & set->mask; set->slots[i].place; i = (i + 1) & set->mask) {
        if (set->slots[i].hash != hash) continue;
        const char *entry = set->arena + set->slots[i].place - 1;
        if ((unsigned char)*entry == length && same_bytes(entry + 1, bytes, length)) return entry_number(entry);
    }
    return -1;
}

/* The number of a word in order of being added; -1 where it is not in the set. */
static inline int64_t set_find(const Set *set, const char *bytes, size_t length, uint32_t hash) {
    int64_t number = set->packed.offsets ? packed_find(&set->packed, bytes, length, hash) : -1;
    return number < 0 && set->slots ? set_find_added(set, bytes, length, hash) : number;
}

/* Has the memory on its way that set_find will read for a hash: its slot; then, with the slot there, its entry. */
static inline void set_fetch_slot(const Set *set, uint32_t hash) {
    if (set->packed.offsets)
        PREFETCH(&set->packed.offsets[hash & set->packed.mask]);
    else if (set->slots)
        PREFETCH(&set->slots[hash & set->mask]);
}

static inline void set_fetch_entry(const Set *set, uint32_t hash) {
    if (set->packed.offsets) PREFETCH(set->packed.entries + set->packed.offsets[hash & set->packed.mask]);
    if (set->packed.offsets || !set->slots) return;
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
    size_t i = hash & set->mask;
    while (set->slots[i].place) i = (i + 1) & set->mask;
    set->slots[i] = (struct slot){hash, place};
    filter_note(set->seen, set->seen_mask, hash);
}

/* Notes the hashes of packed words in a filter of so many bytes, which is as large as theirs, or larger. */
static void set_see_packed(Set *set, size_t filter) {
    const char *entry = set->packed.entries, *end = entry + set->packed.used;
    if (filter == packed_filter(&set->packed)) {
        memcpy(set->seen, set->packed.seen, filter);
        return;
    }
    for (; entry < end; entry += 1 + (unsigned char)*entry + sizeof(uint32_t))
        filter_note(set->seen, set->seen_mask, hash_of(set->keys, entry + 1, (unsigned char)*entry));
}

/* How many words lie in the slots. */
static inline size_t set_added(const Set *set) { return set->count - set->packed.count; }

/* Makes room for so many words in the slots; -1 with an exception set where there is none. */
static int set_grow(Set *set, size_t count) {
    struct slot *old = set->slots;
    size_t slots = 64, before = old ? set->mask + 1 : 0;
    if (count > INT32_MAX / 2) return PyErr_Format(PyExc_OverflowError, "too many words for a set"), -1;
    while (slots < 2 * count) slots *= 2;
    if (slots <= before) return 0;
    size_t filter = Py_MAX(slots, packed_filter(&set->packed));
    struct slot *table = calloc(slots, sizeof *table);
    unsigned char *seen = calloc(filter, 1);
    if (!table || !seen) {
        free(table);
        free(seen);
        PyErr_NoMemory();
        return -1;
    }
    if (set->seen != set->packed.seen) free(set->seen);
    set->slots = table;
    set->mask = slots - 1;
    set->seen = seen;
    set->seen_mask = filter * 8 - 1;
    set_see_packed(set, filter);
    for (size_t i = 0; i < before; i++)
        if (old[i].place) set_put(set, old[i].hash, old[i].place);
    free(old);
    return 0;
}

/* Makes room for so many bytes more in the arena; -1 with an exception set where there is none. */
static int set_make_room(Set *set, size_t bytes) {
    if (set->used + bytes >= UINT32_MAX) return PyErr_Format(PyExc_OverflowError, "too many letters for a set of words"), -1;
    if (set->used + bytes <= set->room) return 0;
    size_t room = (set->room ? set->room : 8192) * 2 + bytes;
    char *arena = realloc(set->arena, room);
    if (!arena) return PyErr_NoMemory(), -1;
    set->arena = arena;
    set->room = room;
    return 0;
}

/* Adds a word that is not overlong, of which the hash is known; -1 with an exception set. */
static int set_add_hashed(Set *set, const char *bytes, size_t length, uint32_t hash) {
    uint32_t number = (uint32_t)set->count;
    if (set_may_have(set, hash) && set_find(set, bytes, length, hash) >= 0) return 0;
    if (set_added(set) * 2 >= set->mask && set_grow(set, set_added(set) + 1) < 0) return -1;
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

/* The entry behind one, NULL behind the last; that behind NULL is the first. Packed words come first, in no order. */
static const char *set_next(const Set *set, const char *entry) {
    const char *packed_end = set->packed.entries + set->packed.used;
    int is_packed = set->packed.used && (!entry || (entry >= set->packed.entries && entry < packed_end));
    if (entry)
        entry += 1 + (unsigned char)*entry + sizeof(uint32_t);
    else
        entry = is_packed ? set->packed.entries : set->arena;
    if (is_packed && entry < packed_end) return entry;
    if (is_packed) entry = set->arena;
    return entry && entry < set->arena + set->used ? entry : NULL;
}

static void set_free(Set *set) {
    free(set->slots);
    if (set->seen != set->packed.seen) free(set->seen);
    free(set->arena);
    PyBuffer_Release(&set->image);
}

#endif
