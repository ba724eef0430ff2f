/* The noisy channel over letters a to z: log rates of slips, and the cost of those that lead from one word to another.
 *
 * The definition is Python: spelling/channel.py. */
#ifndef NORMALIZE_KERNEL_CHANNEL_H
#define NORMALIZE_KERNEL_CHANNEL_H
#include "module.h"
#include <math.h>

enum {
    LONGEST = 64, /* kernel.interfaces.LONGEST_TYPED */
    LETTERS = 26,
    MARKED = 28, /* letters, and the marks of a word's beginning and end */
    LIMIT = 2    /* edits of within_two_edits */
};
/* Letters of a word in which two around another may have changed places; and how much rarer that is than a swap of
 * neighbours, in nats (channel.py). */
enum { SHORTEST_EXCHANGED = 6 /* spelling.channel.SHORTEST_EXCHANGED */ };
static const double FARTHER = 2.4;     /* spelling.channel.FARTHER */
static const double PAIR_TWICE = 10.0; /* spelling.channel.PAIR_TWICE */
static const double MOVED = 12.4;      /* spelling.channel.MOVED */

struct rates { /* log rates of slips, by what was typed and what was meant */
    double omitted[LETTERS], single[LETTERS], doubled[LETTERS], added[LETTERS];
    double swapped[LETTERS][LETTERS], replaced[LETTERS][LETTERS]; /* typed, typed; typed, meant */
};

/* Where two letters around another changed places, and nothing else differs; -1 where that is not so. */
static Py_ssize_t exchanged_at(const char *typed, size_t n, const char *meant, size_t m) {
    size_t head = 0;
    if (n != m || n < SHORTEST_EXCHANGED) return -1;
    while (head < n && typed[head] == meant[head]) head++;
    if (head + 2 >= n || typed[head] != meant[head + 2] || typed[head + 1] != meant[head + 1] ||
        typed[head + 2] != meant[head] || memcmp(typed + head + 3, meant + head + 3, n - head - 3) != 0)
        return -1;
    return (Py_ssize_t)head;
}

/* The second of two letters that were typed twice, where nothing else differs: spelling.channel.twice; -1. */
static int letter_of_pair_twice(const char *typed, size_t n, const char *meant, size_t m) {
    size_t head = 0;
    if (n != m + 2) return -1;
    while (head < m && typed[head] == meant[head]) head++;
    if (head < 3 || memcmp(typed + head - 2, typed + head, 2) != 0 || memcmp(typed + head + 2, meant + head, m - head) != 0)
        return -1;
    return typed[head + 1] - 'a';
}

/* Where a letter that stands two places or more from its own stands beside the first that it passed, and nothing else
 * differs: spelling.channel.moved; -1. */
static Py_ssize_t moved_at(const char *typed, size_t n, const char *meant, size_t m) {
    size_t head = 0, end = n;
    if (n != m) return -1;
    while (head < end && typed[head] == meant[head]) head++;
    while (end > head && typed[end - 1] == meant[end - 1]) end--;
    if (end - head < 3) return -1;
    size_t others = end - head - 1;
    if (typed[head] == meant[end - 1] && !memcmp(typed + head + 1, meant + head, others)) return (Py_ssize_t)head;
    int is_from_end = typed[end - 1] == meant[head] && !memcmp(typed + head, meant + head + 1, others);
    return is_from_end ? (Py_ssize_t)end - 2 : -1;
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

/* Where each letter stands in a word of at most 64 letters: a bit for each place. */
struct places {
    uint64_t of[LETTERS];
    size_t length;
};

static struct places places_of(const char *word, size_t length) {
    struct places places = {.length = length};
    for (size_t i = 0; i < length; i++) places.of[word[i] - 'a'] |= (uint64_t)1 << i;
    return places;
}

/* The optimal string alignment distance of a word, one letter or more, from another, a row of the table of Wagner and
 * Fischer at a time: bits tell where it goes up or down from one cell to the next (Hyyro 2003). */
static size_t distance(const struct places *word, const char *other, size_t length) {
    uint64_t up = ~(uint64_t)0, down = 0, diagonal = 0, before = 0, last = (uint64_t)1 << (word->length - 1);
    size_t edits = word->length;
    for (size_t i = 0; i < length; i++) {
        uint64_t same = word->of[other[i] - 'a'], swapped = ((~diagonal & same) << 1) & before;
        diagonal = (((same & up) + up) ^ up) | same | down | swapped;
        uint64_t right_up = down | ~(diagonal | up), right_down = diagonal & up;
        edits += !!(right_up & last);
        edits -= !!(right_down & last);
        right_up = right_up << 1 | 1;
        up = right_down << 1 | ~(diagonal | right_up);
        down = right_up & diagonal;
        before = same;
    }
    return edits;
}

/* Minus the log rate of the cheapest slips that lead from what was meant to what was typed, so many edits away. */
static double cost_of(const struct rates *rates, const char *typed, size_t n, const char *meant, size_t m, int edits) {
    if (edits == 1) return -slip_rate(rates, typed, n, meant, m);
    Py_ssize_t at = exchanged_at(typed, n, meant, m);
    if (at >= 0) return FARTHER - rates->swapped[typed[at] - 'a'][typed[at + 2] - 'a'];
    int letter = letter_of_pair_twice(typed, n, meant, m);
    if (letter >= 0) return PAIR_TWICE - rates->doubled[letter];
    at = moved_at(typed, n, meant, m);
    double highest = at < 0 ? INFINITY : MOVED - rates->swapped[typed[at] - 'a'][typed[at + 1] - 'a'];
    size_t shorter = n < m ? n : m, head = 0, tail = 0;
    while (head < shorter && typed[head] == meant[head]) head++;
    if (head) head--; /* keep one letter: doubling looks at what stands before */
    while (tail < shorter - head && typed[n - 1 - tail] == meant[m - 1 - tail]) tail++;
    typed += head, n -= head + tail, meant += head, m -= head + tail;
    double rows[LONGEST + 1][LONGEST + 1];
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            double best = i || j ? INFINITY : 0, other;
            int t = i ? typed[i - 1] - 'a' : 0, w = j ? meant[j - 1] - 'a' : 0;
            if (i && j) best = rows[i - 1][j - 1] - (t == w ? 0 : rates->replaced[t][w]);
            if (i &&
                (other = rows[i - 1][j] - (i > 1 && typed[i - 2] == typed[i - 1] ? rates->doubled : rates->added)[t]) < best)
                best = other;
            if (j && (other = rows[i][j - 1] - (j > 1 && meant[j - 2] == meant[j - 1] ? rates->single : rates->omitted)[w]) <
                         best)
                best = other;
            if (i > 1 && j > 1 && typed[i - 2] == meant[j - 1] && typed[i - 1] == meant[j - 2] &&
                (other = rows[i - 2][j - 2] - rates->swapped[typed[i - 2] - 'a'][t]) < best)
                best = other;
            rows[i][j] = best;
        }
    return rows[n][m] < highest ? rows[n][m] : highest;
}

#endif
