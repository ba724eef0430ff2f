/* The search for the words of a speller one and two edits away from a typed one: by looking up what each edit makes of it,
 * and by going through the frequent words.
 *
 * The definition is Python: spelling/speller.py. */
#ifndef NORMALIZE_KERNEL_NEIGHBOURS_H
#define NORMALIZE_KERNEL_NEIGHBOURS_H
#include "channel.h"
#include "table.h"

enum { BLOCK = 64 /* words */, SHAPE = 2 * LETTERS /* bits */ };

typedef struct {
    PyObject_HEAD
    Set set;
    double *priors; /* by number of a word */
    struct frequent {
        char word[LONGEST];
        unsigned char length;
        uint32_t number;
    } *frequent;               /* words that are offered also for one two edits away, in blocks of one length, and of shapes
                                * with so many bits each, the last of which is not full */
    uint64_t (*having)[SHAPE]; /* of a block: for each bit of a shape, which words have it */
    /* By length and bits of a shape: the first block of such words, and behind the last, the one after. */
    uint32_t first_blocks[LONGEST + 1][SHAPE + 2];
    struct rates rates;
    double trigrams[MARKED][MARKED][MARKED]; /* log frequencies */
    double unseen;                           /* that of a trigram that no word has */
    /* By two letters, which third ones make a trigram with them that some word has: a bit each. */
    struct possible {
        uint32_t behind[MARKED][MARKED], between[MARKED][MARKED], before[MARKED][MARKED];
    } possible;
} Speller;

/* Which letters a word has, and which more than once: an edit changes two of these bits at most, and how many there are by
 * one. 0 for other characters. */
static uint64_t shape_of(const char *word, size_t length) {
    uint64_t once = 0, twice = 0;
    for (size_t i = 0; i < length; i++) {
        if (word[i] < 'a' || word[i] > 'z') return 0;
        uint64_t bit = (uint64_t)1 << (word[i] - 'a');
        twice |= once & bit;
        once |= bit;
    }
    return once | twice << LETTERS;
}

/* Minus the mean log frequency of the letter trigrams of a marked word. */
static double surprisal(const Speller *self, const char *word, size_t length) {
    double sum = 0;
    int a = LETTERS, b = word[0] - 'a';
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        sum += self->trigrams[a][b][c];
        a = b;
        b = c;
    }
    return -sum / (double)length;
}

/* How many trigrams of a marked word no word has. */
static Py_ssize_t unseen_trigrams(const Speller *self, const char *word, size_t length) {
    int a = LETTERS, b = word[0] - 'a';
    Py_ssize_t unseen = 0;
    for (size_t i = 1; i <= length; i++) {
        int c = i < length ? word[i] - 'a' : LETTERS + 1;
        unseen += self->trigrams[a][b][c] == self->unseen;
        a = b;
        b = c;
    }
    return unseen;
}

/* Whether a long word begins or ends as no word does, or has four consonants in a row, where ng, kh, ph are one. */
static int is_unpronounceable(const Speller *self, const char *word, size_t length) {
    enum { SHORTEST_UNPRONOUNCEABLE = 6 /* spelling.speller.SHORTEST_UNPRONOUNCEABLE */ };
    if (length < SHORTEST_UNPRONOUNCEABLE) return 0;
    const char *last = word + length - 1;
    if (self->trigrams[LETTERS][word[0] - 'a'][word[1] - 'a'] == self->unseen ||
        (self->trigrams[last[-1] - 'a'][*last - 'a'][LETTERS + 1] == self->unseen && *last != 'y'))
        return 1;
    int row = 0;
    for (size_t i = 0; i < length && row < 4; i++) {
        if (memchr("aeiouy", word[i], 6))
            row = 0;
        else if (!(word[i] == 'h' ? row : i && word[i - 1] == 'n' && word[i] == 'g'))
            row++;
    }
    return row == 4 && unseen_trigrams(self, word, length); /* not ekstradisi */
}

/* A word that is near a typed one. */
struct near {
    char word[LONGEST + 1];
    size_t length;
    int64_t number;
    double cost; /* minus the log rate of the slips that lead from it to what was typed */
};

/* A search for the words near a typed one; `found`: in the order in which they were, each once. */
struct search {
    const Speller *speller;
    const char *typed;
    size_t length;
    struct near *found;
    size_t count, room;
};

/* Notes a word found; -1 with an exception set. */
static int note_near(struct search *search, const char *bytes, size_t length, int64_t number, double cost) {
    for (size_t i = 0; i < search->count; i++)
        if (search->found[i].number == number) return 0;
    struct near *found = grown(search->found, search->count, &search->room, sizeof *found);
    if (!found) return -1;
    search->found = found;
    struct near *next = &search->found[search->count++];
    memcpy(next->word, bytes, length);
    next->length = length;
    next->number = number;
    next->cost = cost;
    return 0;
}

/* Notes typed[0, i) + `letter` (0 for none) + typed[j, n), if it is a word; `hash` is that of the whole. */
static int offer(struct search *search, size_t i, char letter, size_t j, uint32_t hash) {
    const Set *set = &search->speller->set;
    char word[LONGEST + 1];
    size_t length = i, tail = search->length - j;
    memcpy(word, search->typed, i);
    if (letter) word[length++] = letter;
    memcpy(word + length, search->typed + j, tail);
    length += tail;
    int64_t number = length ? set_find(set, word, length, hash) : -1;
    if (number < 0) return 0;
    return note_near(search, word, length, number,
                     -slip_rate(&search->speller->rates, search->typed, search->length, word, length));
}

/* The same for the typed word, whose hash is of a sum, with the letters at `i` and `j` in each other's place: one edit where
 * they are neighbours, else two. */
static int offer_swapped(struct search *search, size_t i, size_t j, uint64_t sum) {
    const Set *set = &search->speller->set;
    size_t n = search->length;
    unsigned char one = (unsigned char)search->typed[i], other = (unsigned char)search->typed[j];
    uint64_t factors = hash_factor(set->keys, i) - hash_factor(set->keys, j);
    uint32_t hash = hash_end(sum + factors * ((uint64_t)other - one));
    if (!set_may_have(set, hash)) return 0;
    char word[LONGEST];
    memcpy(word, search->typed, n);
    word[i] = (char)other;
    word[j] = (char)one;
    int64_t number = set_find(set, word, n, hash);
    if (number < 0) return 0;
    return note_near(search, word, n, number, cost_of(&search->speller->rates, search->typed, n, word, n, (int)(j - i)));
}

/* The sums for the hashes of what one edit makes of a word, by its parts: heads[i] is that of word[0, i); the others are
 * those of word[i, n) where it stands, one place before that, and one behind. */
struct parts {
    uint64_t heads[LONGEST + 1], tails[LONGEST + 1], earlier[LONGEST + 1], later[LONGEST + 1];
};

static void hash_parts(const HashKeys *keys, const char *word, size_t n, struct parts *parts) {
    parts->heads[0] = parts->tails[n] = parts->earlier[n] = parts->later[n] = 0;
    for (size_t i = 0; i < n; i++) parts->heads[i + 1] = hash_step(keys, parts->heads[i], i, (unsigned char)word[i]);
    for (size_t i = n; i-- > 0;) {
        unsigned char letter = (unsigned char)word[i];
        parts->tails[i] = hash_step(keys, parts->tails[i + 1], i, letter);
        parts->earlier[i] = i ? hash_step(keys, parts->earlier[i + 1], i - 1, letter) : 0; /* the first is not asked for */
        parts->later[i] = hash_step(keys, parts->later[i + 1], i + 1, letter);
    }
}

/* Which letters may stand between two others, with one before and one behind these: a bit each. Where these are marks, what
 * is beyond them is passed over. */
static uint32_t possible_letters(const struct possible *possible, const unsigned char *left, const unsigned char *right) {
    uint32_t letters = possible->between[*left][*right];
    if (*left != LETTERS) letters &= possible->behind[left[-1]][*left];
    if (*right != LETTERS + 1) letters &= possible->before[*right][right[1]];
    return letters;
}

/* Notes the words that a letter put in before typed[i], or instead of it, makes. */
static int offer_letters(struct search *search, const struct parts *parts, const unsigned char *marked, size_t i) {
    const Set *set = &search->speller->set;
    size_t n = search->length;
    uint64_t factor = hash_factor(set->keys, i);
    for (size_t j = i; j <= i + 1 && j <= n; j++) { /* what follows the letter */
        uint64_t around = parts->heads[i] + (j > i ? parts->tails[j] : parts->later[i]);
        uint32_t letters = possible_letters(&search->speller->possible, &marked[i], &marked[j + 1]);
        if (j > i) letters &= ~((uint32_t)1 << marked[j]);
        for (; letters; letters &= letters - 1) {
            char letter = (char)('a' + lowest_bit(letters));
            uint32_t hash = hash_end(around + factor * (unsigned char)letter);
            if (set_may_have(set, hash) && offer(search, i, letter, j, hash) < 0) return -1;
        }
    }
    return 0;
}

/* Finds the words one edit away: an insertion, deletion, replacement or swap of neighbours, or of the letters around
 * another; -1 with an exception set. */
static int search_one_edit(struct search *search) {
    const Set *set = &search->speller->set;
    const char *word = search->typed;
    size_t n = search->length;
    struct parts parts;
    hash_parts(set->keys, word, n, &parts);
    unsigned char marked[LONGEST + 3]; /* the letters by number, between the marks */
    marked[0] = LETTERS;
    for (size_t i = 0; i < n; i++) marked[i + 1] = (unsigned char)(word[i] - 'a');
    marked[n + 1] = marked[n + 2] = LETTERS + 1;
    for (size_t i = 0; i <= n; i++) {
        uint32_t without = i < n ? hash_end(parts.heads[i] + parts.earlier[i + 1]) : 0;
        if (i < n && set_may_have(set, without) && offer(search, i, 0, i + 1, without) < 0) return -1;
        if (i + 1 < n && word[i] != word[i + 1] && offer_swapped(search, i, i + 1, parts.heads[n]) < 0) return -1;
        if (n >= SHORTEST_EXCHANGED && i + 2 < n && word[i] != word[i + 2] &&
            offer_swapped(search, i, i + 2, parts.heads[n]) < 0)
            return -1;
        if (offer_letters(search, &parts, marked, i) < 0) return -1;
    }
    return 0;
}

/* How many bits are set. */
static size_t bits_of(uint64_t shape) {
    size_t count = 0;
    for (; shape; shape &= shape - 1) count++;
    return count;
}

/* Which words of a block have at least so many bits of a shape in theirs: a bit each. They are added up for all words at
 * once in digits of two, from what `least` lacks of 16 on; no more than 16 are counted. */
static uint64_t have_bits(const uint64_t *having, uint64_t shape, size_t least) {
    uint64_t lacking = least < 16 ? 16 - least : 0, enough = least ? 0 : ~(uint64_t)0;
    uint64_t ones = 0 - (lacking & 1), twos = 0 - (lacking >> 1 & 1), fours = 0 - (lacking >> 2 & 1),
             eights = 0 - (lacking >> 3 & 1);
    for (; shape; shape &= shape - 1) {
        uint64_t first = having[lowest_bit(shape)], second = ones & first, third = twos & second, fourth = fours & third;
        enough |= eights & fourth;
        ones ^= first;
        twos ^= second;
        fours ^= third;
        eights ^= fourth;
    }
    return enough;
}

/* Looks at the words of a block whose shapes have at least so many bits of that of the typed word; -1 with an exception
 * set. */
static int search_block(struct search *search, const struct places *places, size_t block, uint64_t shape, size_t least) {
    const Speller *speller = search->speller;
    const char *word = search->typed;
    size_t n = search->length;
    for (uint64_t near = have_bits(speller->having[block], shape, least); near; near &= near - 1) {
        const struct frequent *entry = &speller->frequent[block * BLOCK + (size_t)lowest_bit(near)];
        size_t edits = entry->length ? distance(places, entry->word, entry->length) : LIMIT + 1;
        if (edits > LIMIT) continue;
        double cost = edits ? cost_of(&speller->rates, word, n, entry->word, entry->length, (int)edits) : 0;
        if (note_near(search, entry->word, entry->length, entry->number, cost) < 0) return -1;
    }
    return 0;
}

/* Finds the frequent words at most two edits away; -1 with an exception set. */
static int search_two_edits(struct search *search) {
    const Speller *speller = search->speller;
    size_t n = search->length, least = n > LIMIT ? n - LIMIT : 1, most = n + LIMIT < LONGEST ? n + LIMIT : LONGEST;
    uint64_t shape = shape_of(search->typed, n);
    struct places places = places_of(search->typed, n);
    size_t own = bits_of(shape), fewest = own > LIMIT ? own - LIMIT : 1;
    for (size_t length = least; length <= most; length++) {
        const uint32_t *first_blocks = speller->first_blocks[length];
        for (size_t others = fewest; others <= own + LIMIT && others <= SHAPE; others++) {
            size_t both = own + others, common = both > 2 * LIMIT ? (both - 2 * LIMIT + 1) / 2 : 0;
            for (size_t block = first_blocks[others]; block < first_blocks[others + 1]; block++)
                if (search_block(search, &places, block, shape, common) < 0) return -1;
        }
    }
    return 0;
}

#endif
