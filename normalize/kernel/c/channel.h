/* The noisy channel over letters a to z: log rates of slips, and the cost of those that lead from one word to
 * another.
 *
 * The definition is Python: spelling/channel.py.
 */
#ifndef NORMALIZE_KERNEL_CHANNEL_H
#define NORMALIZE_KERNEL_CHANNEL_H
#include "module.h"
#include <math.h>

enum {
    LONGEST = 64, /* letters: longer words have no neighbours worth the search */
    LETTERS = 26,
    MARKED = 28, /* letters, and the marks of a word's beginning and end */
    LIMIT = 2    /* edits of within_two_edits */
};
/* Letters of a word in which two around another may have changed places; and how much rarer that is than a
 * swap of neighbours, in nats (channel.py). */
enum { SHORTEST_EXCHANGED = 6 };
static const double FARTHER = 2.4;

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

/* Optimal string alignment distance, LIMIT + 1 where it is more than LIMIT. */
static int distance(const char *a, size_t n, const char *b, size_t m) {
    unsigned char rows[3][LONGEST + 1], *above = rows[0], *row = rows[1], *older = rows[2];
    for (size_t j = 0; j <= m; j++) above[j] = (unsigned char)j;
    for (size_t i = 1; i <= n; i++) {
        unsigned char least = row[0] = (unsigned char)i;
        for (size_t j = 1; j <= m; j++) {
            unsigned char best = above[j - 1] + (a[i - 1] != b[j - 1]);
            if (above[j] + 1 < best) best = above[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && older[j - 2] + 1 < best)
                best = older[j - 2] + 1;
            row[j] = best;
            if (best < least) least = best;
        }
        if (least > LIMIT) return LIMIT + 1;
        unsigned char *next = older;
        older = above;
        above = row;
        row = next;
    }
    return above[m];
}

/* Minus the log rate of the cheapest slips that lead from what was meant to what was typed, so many edits
 * away. */
static double cost_of(const struct rates *rates, const char *typed, size_t n, const char *meant, size_t m,
                      int edits) {
    if (edits == 1) return -slip_rate(rates, typed, n, meant, m);
    Py_ssize_t at = exchanged_at(typed, n, meant, m);
    if (at >= 0) return FARTHER - rates->swapped[typed[at] - 'a'][typed[at + 2] - 'a'];
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
                (other = rows[i - 1][j] -
                         (i > 1 && typed[i - 2] == typed[i - 1] ? rates->doubled : rates->added)[t]) < best)
                best = other;
            if (j &&
                (other = rows[i][j - 1] -
                         (j > 1 && meant[j - 2] == meant[j - 1] ? rates->single : rates->omitted)[w]) < best)
                best = other;
            if (i > 1 && j > 1 && typed[i - 2] == meant[j - 1] && typed[i - 1] == meant[j - 2] &&
                (other = rows[i - 2][j - 2] - rates->swapped[typed[i - 2] - 'a'][t]) < best)
                best = other;
            rows[i][j] = best;
        }
    return rows[n][m];
}

#endif
