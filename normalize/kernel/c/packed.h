/* Packed words: a set as it lies in a file and is used in place, by Set. Nothing is made of it but a check.
 *
 *     magic, seed of the hashes, words, buckets, bytes of entries        8 bytes each
 *     where the entries of each bucket begin, and where the last end     4 bytes each
 *     2 bytes for each bucket, one bit of all set for each hash: most strangers end here
 *     entries, by bucket: a byte of length, the bytes, the number of the word (4 bytes); and as many zeros as
 * one may have
 *
 * Buckets are a power of two and at least as many as words: a search reads the place of one and, mostly, one
 * entry. What is read is checked once, when it is taken (packed_open), and by number, so that a file that
 * somebody wrote for no good may have other words, and does not make anybody read outside of it.
 */
#ifndef NORMALIZE_KERNEL_PACKED_H
#define NORMALIZE_KERNEL_PACKED_H
#include "module.h"

enum { PACKED_HEAD = 40, LONGEST_ENTRY = 1 + 255 + 4, SEEN_BITS = 8 /* of a bucket */ };

/* No UTF-8 begins so. Another number for another form, and another index_cache.FORM. */
static const char PACKED_MAGIC[8] = "\xffwords2";

typedef struct {
    const uint32_t *offsets; /* bucket -> where its entries begin; NULL where there are no words */
    unsigned char *seen;     /* is not written to */
    const char *entries;
    size_t mask, used; /* buckets - 1; bytes of entries */
    uint32_t count;
} Packed;

static int is_packed(const Py_buffer *buffer) {
    return buffer->len >= PACKED_HEAD && !memcmp(buffer->buf, PACKED_MAGIC, sizeof PACKED_MAGIC);
}

/* A number of the head. */
static uint64_t packed_head(const Py_buffer *buffer, int place) {
    uint64_t number;
    memcpy(&number, (const char *)buffer->buf + 8 * place, sizeof number);
    return number;
}

/* The seed of the hashes that words were packed by. */
static uint64_t packed_seed(const Py_buffer *buffer) { return packed_head(buffer, 1); }

/* Takes packed words where they lie; -1 with an exception set where they are damaged. */
static int packed_open(Packed *packed, const Py_buffer *buffer) {
    uint64_t count = packed_head(buffer, 2), buckets = packed_head(buffer, 3), used = packed_head(buffer, 4);
    int fits = count < INT32_MAX && used < UINT32_MAX && buckets && buckets <= INT32_MAX && !(buckets & (buckets - 1)) &&
               (uintptr_t)buffer->buf % sizeof(uint32_t) == 0;
    uint64_t tables = PACKED_HEAD + (buckets + 1) * sizeof(uint32_t) + buckets * SEEN_BITS / 8;
    const uint32_t *offsets = (const uint32_t *)((const char *)buffer->buf + PACKED_HEAD);
    fits = fits && tables + used + LONGEST_ENTRY == (uint64_t)buffer->len && !offsets[0] && offsets[buckets] == used;
    for (uint64_t i = 0; fits && i < buckets; i++) fits = offsets[i] <= offsets[i + 1];
    if (!fits) return PyErr_Format(PyExc_ValueError, "packed words are damaged"), -1;
    packed->offsets = offsets;
    packed->seen = (unsigned char *)buffer->buf + PACKED_HEAD + (buckets + 1) * sizeof(uint32_t);
    packed->entries = (const char *)packed->seen + buckets * SEEN_BITS / 8;
    packed->mask = (size_t)buckets - 1;
    packed->used = (size_t)used;
    packed->count = (uint32_t)count;
    return 0;
}

/* Eight bytes as a number, the first its lowest on any machine. */
static inline uint64_t eight_bytes(const void *bytes) {
    uint64_t number;
    memcpy(&number, bytes, sizeof number);
#if PY_BIG_ENDIAN
    number = (number & 0x00ff00ff00ff00ff) << 8 | (number >> 8 & 0x00ff00ff00ff00ff);
    number = (number & 0x0000ffff0000ffff) << 16 | (number >> 16 & 0x0000ffff0000ffff);
    number = number << 32 | number >> 32;
#endif
    return number;
}

/* The letters of a word of up to SHORT_WORD as two numbers, by which it is looked up without a branch on its length. */
enum { SHORT_WORD = 16 };

struct letters {
    uint64_t low, high;
};

/* The first letters of a word, of so many that are not beyond SHORT_WORD; as many bytes are read in any case. */
static inline struct letters read_letters(const void *bytes, size_t length) {
#define ALL (~(uint64_t)0)
    static const uint64_t MASKS[8 + SHORT_WORD + 1] = {
        0,         0,         0,        0,   0,   0,   0,   0,   0,   ALL >> 56, ALL >> 48, ALL >> 40, ALL >> 32,
        ALL >> 24, ALL >> 16, ALL >> 8, ALL, ALL, ALL, ALL, ALL, ALL, ALL,       ALL,       ALL};
#undef ALL
    const char *high = (const char *)bytes + 8;
    return (struct letters){eight_bytes(bytes) & MASKS[8 + length], eight_bytes(high) & MASKS[length]};
}

/* Whether two strings of a length are the same; without a call, as words are short. */
static inline int same_bytes(const char *one, const char *other, size_t length) {
    if (length < 4) {
        while (length && one[length - 1] == other[length - 1]) length--;
        return !length;
    }
    if (length < 8) return !memcmp(one, other, 4) && !memcmp(one + length - 4, other + length - 4, 4);
    for (size_t i = 0; i + 8 < length; i += 8)
        if (memcmp(one + i, other + i, 8)) return 0;
    return !memcmp(one + length - 8, other + length - 8, 8);
}

/* The number of the word of an entry. */
static inline uint32_t entry_number(const char *entry) {
    uint32_t number;
    memcpy(&number, entry + 1 + (unsigned char)*entry, sizeof number);
    return number;
}

/* Notes a hash in a filter, a bit of so many. */
static inline void filter_note(unsigned char *seen, size_t mask, uint32_t hash) {
    size_t bit = hash & mask;
    seen[bit >> 3] |= (unsigned char)(1 << (bit & 7));
}

/* The number of a word; -1 where it is not among them. */
static inline int64_t packed_find(const Packed *packed, const char *bytes, size_t length, uint32_t hash) {
    const uint32_t *offset = &packed->offsets[hash & packed->mask];
    for (const char *entry = packed->entries + offset[0], *end = packed->entries + offset[1]; entry < end;) {
        size_t size = (unsigned char)*entry;
        if (size == length && same_bytes(entry + 1, bytes, length)) {
            uint32_t number = entry_number(entry);
            return number < packed->count ? (int64_t)number : -1;
        }
        entry += 1 + size + sizeof(uint32_t);
    }
    return -1;
}

/* packed_find for a word of at most SHORT_WORD letters. What is read beyond the last entry are the zeros. */
static inline int64_t packed_find_short(const Packed *packed, struct letters word, size_t length, uint32_t hash) {
    const uint32_t *offset = &packed->offsets[hash & packed->mask];
    for (const char *entry = packed->entries + offset[0], *end = packed->entries + offset[1]; entry < end;) {
        size_t size = (unsigned char)*entry;
        struct letters letters = read_letters(entry + 1, length);
        if (!((size ^ length) | (letters.low ^ word.low) | (letters.high ^ word.high))) {
            uint32_t number;
            memcpy(&number, entry + 1 + length, sizeof number);
            return number < packed->count ? (int64_t)number : -1;
        }
        entry += 1 + size + sizeof(uint32_t);
    }
    return -1;
}

/* The bytes of what strangers end at, 0 where there are no words. */
static size_t packed_filter(const Packed *packed) { return packed->offsets ? (packed->mask + 1) * SEEN_BITS / 8 : 0; }

#endif
