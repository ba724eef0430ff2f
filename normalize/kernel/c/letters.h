/* The runs of ASCII letters in UTF-8, found 64 bytes at a time: where one ends is no branch. */
#ifndef NORMALIZE_KERNEL_LETTERS_H
#define NORMALIZE_KERNEL_LETTERS_H
#include "set.h"
#include <stddef.h>

enum { LOWER = 1, UPPER = 2 };

#define BOTH_CASES(low, high) [low] = LOWER, [high] = UPPER
static const unsigned char LETTER_CASE[256] = {
    BOTH_CASES('a', 'A'), BOTH_CASES('b', 'B'), BOTH_CASES('c', 'C'), BOTH_CASES('d', 'D'), BOTH_CASES('e', 'E'),
    BOTH_CASES('f', 'F'), BOTH_CASES('g', 'G'), BOTH_CASES('h', 'H'), BOTH_CASES('i', 'I'), BOTH_CASES('j', 'J'),
    BOTH_CASES('k', 'K'), BOTH_CASES('l', 'L'), BOTH_CASES('m', 'M'), BOTH_CASES('n', 'N'), BOTH_CASES('o', 'O'),
    BOTH_CASES('p', 'P'), BOTH_CASES('q', 'Q'), BOTH_CASES('r', 'R'), BOTH_CASES('s', 'S'), BOTH_CASES('t', 'T'),
    BOTH_CASES('u', 'U'), BOTH_CASES('v', 'V'), BOTH_CASES('w', 'W'), BOTH_CASES('x', 'X'), BOTH_CASES('y', 'Y'),
    BOTH_CASES('z', 'Z'),
};
#undef BOTH_CASES

/* Whether there are lower-case letters alone in [start, end). */
static int is_lower(const unsigned char *start, const unsigned char *end) {
    while (start < end && LETTER_CASE[*start] == LOWER) start++;
    return start == end;
}

enum { STRETCH = 256 /* bytes */ };

/* The runs of letters that end in a stretch of a text: of number `i`, where it begins and ends is in bounds[2 * i] and the
 * next. */
typedef struct {
    const unsigned char *text, *end; /* what is still to be looked at */
    const unsigned char *bounds[STRETCH + 2];
    size_t count;    /* of bounds; odd where a run goes on */
    uint64_t inside; /* whether a run goes on */
} Letters;

static void letters_begin(Letters *self, const char *bytes, Py_ssize_t size) {
    self->text = (const unsigned char *)bytes;
    self->end = self->text + size;
    self->count = 0;
    self->inside = 0;
}

/* Which of 64 bytes are letters: a bit each. */
static inline uint64_t letters_among(const unsigned char *bytes) {
    const uint64_t ones = 0x0101010101010101, high = 0x80 * ones;
    uint64_t found = 0;
    for (int i = 0; i < 64; i += 8) {
        uint64_t eight = eight_bytes(bytes + i), low = (eight | 0x20 * ones) & ~high;
        /* In both sums no byte goes over into the next. */
        uint64_t letters = (low + (0x80 - 'a') * ones) & ~(low + (0x7f - 'z') * ones) & ~eight & high;
        found |= ((letters >> 7) * 0x0102040810204080 >> 56) << i; /* the eight bits side by side */
    }
    return found;
}

/* Goes on to the next stretch; how many runs end there, -1 behind the end. */
static Py_ssize_t letters_next(Letters *self) {
    size_t count = self->count % 2;
    if (self->text == self->end) return -1;
    if (count) self->bounds[0] = self->bounds[self->count - 1];
    for (int block = 0; block < STRETCH / 64 && self->text < self->end; block++) {
        unsigned char last[64] = {0};
        size_t left = (size_t)(self->end - self->text), size = left < sizeof last ? left : sizeof last;
        uint64_t letters = letters_among(size < sizeof last ? memcpy(last, self->text, size) : self->text);
        for (uint64_t bounds = letters ^ (letters << 1 | self->inside); bounds; bounds &= bounds - 1)
            self->bounds[count++] = self->text + lowest_bit(bounds);
        self->inside = letters >> 63;
        self->text += size;
    }
    if (self->text == self->end && count % 2) self->bounds[count++] = self->end;
    self->count = count;
    return (Py_ssize_t)count / 2;
}

/* hash_sum of a run in a text that ends at `end`, and its letters; these are zeros of a long one, and where the text ends:
 * for nearly all words no branch hangs on their length. */
static inline uint64_t hash_run(const HashKeys *keys, const unsigned char *start, size_t length, const unsigned char *end,
                                struct letters *letters) {
    *letters = (struct letters){0, 0};
    if (length > SHORT_WORD || end - start < SHORT_WORD) return hash_sum(keys, (const char *)start, length);
    *letters = read_letters(start, length);
    return (*keys)[0] * (uint32_t)letters->low + (*keys)[1] * (letters->low >> 32) + (*keys)[2] * (uint32_t)letters->high +
           (*keys)[3] * (letters->high >> 32);
}

/* The sum of a capitalised word in lower case. */
static inline uint64_t lowered_sum(const HashKeys *keys, uint64_t sum) { return sum + hash_factor(keys, 0) * ('a' - 'A'); }

/* How many characters of UTF-8 begin in [start, end): eight bytes at a time. */
static Py_ssize_t code_points(const unsigned char *start, const unsigned char *end) {
    const uint64_t ones = 0x0101010101010101;
    Py_ssize_t count = end - start;
    for (uint64_t bytes; end - start >= (ptrdiff_t)sizeof bytes; start += sizeof bytes) {
        memcpy(&bytes, start, sizeof bytes);
        count -= (Py_ssize_t)(((bytes >> 7 & ~(bytes >> 6) & ones) * ones) >> 56);
    }
    for (; start < end; start++) count -= (*start & 0xC0) == 0x80;
    return count;
}

#endif
