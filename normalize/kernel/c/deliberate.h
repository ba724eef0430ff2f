/* Forms that are written so on purpose, and other spellings of one word.
 *
 * The definitions are Python: spelling/deliberate.py, and is_colloquial in spelling/morphology.py. Words are letters a to z,
 * and end with NUL. */
#ifndef NORMALIZE_KERNEL_DELIBERATE_H
#define NORMALIZE_KERNEL_DELIBERATE_H
#include "affixes.h"
#include "neighbours.h"

enum { MOST_LENT = 16, LONGEST_LENT = 4 };

/* A spelling of a sound from another language, and that of today. */
struct lent {
    char sound[LONGEST_LENT + 1], plain[LONGEST_LENT + 1];
};

/* A word that is looked at: letters a to z. */
struct typed {
    PyObject *string;
    const char *bytes;
    size_t length;
};

static int word_ends_with(const struct typed *word, const char *tail) {
    size_t n = strlen(tail);
    return word->length >= n && !memcmp(word->bytes + word->length - n, tail, n);
}

/* Whether so many letters are a short run without a vowel: deliberate.is_vowelless. */
static int is_abbreviation(const char *letters, size_t length) {
    if (length < 2 || length > 5) return 0;
    for (size_t i = 0; i < length; i++)
        if (strchr("aeiouy", letters[i])) return 0;
    return 1;
}

/* Whether a letter stands two or more times side by side, behind one of `before` where there are any, then a or o, then what
 * `behind` says of the rest. */
static int has_run(const char *word, const char *before, char letter, int (*behind)(const char *rest)) {
    for (const char *at = word; (at = strchr(at, letter)); at++) {
        size_t times = 0;
        while (at[times] == letter) times++;
        const char *vowel = at + times;
        int begins = !*before || (at > word && strchr(before, at[-1]));
        if (begins && times > 1 && (*vowel == 'a' || *vowel == 'o') && behind(vowel + 1)) return 1;
        at += times - 1;
    }
    return 0;
}

static int is_h(const char *rest) { return *rest == 'h'; }

static int is_h_and_man(const char *rest) {
    size_t times = strspn(rest, "h");
    return times && !strncmp(rest + times, "man", 3);
}

/* deliberate.is_formula */
static int is_formula(const char *word) {
    if (has_run(word, "aiu", 'l', is_h) || has_run(word, "", 'r', is_h_and_man)) return 1;
    for (const char *at = word; (at = strstr(at, "in")); at++) {
        const char *behind = at + 1 + strspn(at + 1, "n");
        if (*behind == 'a' && strstr(behind + 1, "ilai")) return 1;
    }
    return 0;
}

/* Whether the word may be affixes around a stem of so many letters or more. */
static int is_built(const Affixes *affixes, const char *word, size_t length, size_t shortest) {
    struct parsing parsing = {.affixes = affixes, .word = word, .shortest = shortest};
    return parse_all(&parsing, 0, length);
}

/* Whether a word with another tail for its last two letters is affixes around a stem. */
static int is_built_with(const Affixes *roots, const struct typed *word, const char *tail) {
    char whole[LONGEST + 4];
    size_t length = word->length - 2;
    memcpy(whole, word->bytes, length);
    memcpy(whole + length, tail, strlen(tail));
    return is_built(roots, whole, length + strlen(tail), roots->shortest);
}

/* morphology.is_colloquial: -in for -kan and -i, a bare nasal for me-. */
static int is_spoken(const Affixes *roots, const struct typed *word) {
    struct rest spoken = {word->bytes, word->length};
    if (word_ends_with(word, "in")) {
        spoken.length -= 2;
        if (set_number(&roots->stems, word->bytes, spoken.length) >= 0) return 1;
        int has_prefix = !strncmp(word->bytes, "di", 2) || !strncmp(word->bytes, "per", 3) ||
                         !strncmp(word->bytes, "ber", 3) || !strncmp(word->bytes, "ku", 2);
        static const char *const tails[] = {"", "i", "kan", "an"};
        int count = word_ends_with(word, "kin") ? 4 : 3;
        for (int i = 0; has_prefix && i < count; i++)
            if (is_built_with(roots, word, tails[i])) return 1;
    }
    char whole[LONGEST + 3] = "me";
    memcpy(whole + 2, word->bytes, word->length);
    int nasal = word->bytes[0] == 'n' && (word->bytes[1] == 'g' || word->bytes[1] == 'y');
    if (nasal && is_built(roots, whole, word->length + 2, roots->shortest)) return 1;
    if (word->bytes[0] != 'n' && word->bytes[0] != 'm') return 0;
    static const struct circumfix bare = {.count = 1};
    struct parsing parsing = {.affixes = roots, .word = word->bytes, .shortest = roots->shortest + 1};
    return parse_nasal(&parsing, &bare, spoken);
}

/* Whether a word is `typed` with the vowels of today for those of speech: deliberate._as_written. */
static int is_as_written(const struct typed *typed, const struct near *near) {
    size_t n = typed->length;
    if (near->length != n) return 0;
    for (size_t i = 0; i < n; i++) {
        char letter = typed->bytes[i], meant = letter;
        if (letter == 'e' || letter == 'i' || letter == 'o') {
            size_t next = i + 1, vowel = next + strcspn(typed->bytes + next, "aeiou");
            int is_last = vowel > next && (vowel == n || (vowel == n - 1 && n - 3 > next && word_ends_with(typed, "nya")));
            if (letter == 'o' && is_last) meant = 'u';
            if (letter == 'e' && (is_last || next == n)) meant = 'a';
            if (letter == 'i' && next == n - 1 && typed->bytes[next] == 'n') meant = 'a';
        }
        if (near->word[i] != meant) return 0;
    }
    return 1;
}

/* Whether a word is `typed` with all of a sound that was lent written as it is today. */
static int is_with_plain(const struct typed *typed, const struct lent *lent, const struct near *near) {
    const char *from = typed->bytes, *found;
    size_t sound = strlen(lent->sound), plain = strlen(lent->plain), at = 0;
    char whole[LONGEST + 1];
    while ((found = strstr(from, lent->sound))) {
        memcpy(whole + at, from, (size_t)(found - from));
        at += (size_t)(found - from);
        memcpy(whole + at, lent->plain, plain);
        at += plain;
        from = found + sound;
    }
    size_t rest = strlen(from);
    memcpy(whole + at, from, rest);
    return at + rest == near->length && !memcmp(whole, near->word, near->length);
}

/* Whether a word has a sound with its first or its last letter typed twice: khhas. */
static int has_letter_twice(const char *word, const char *sound) {
    size_t length = strlen(sound);
    for (const char *found = word; (found = strstr(found, sound)); found++)
        if (found[length] == sound[length - 1] || (found > word && found[-1] == *sound)) return 1;
    return 0;
}

/* Which of the sounds that were lent a word has, none with a letter twice: a bit each. */
static unsigned lent_sounds(const struct lent *lent, const struct typed *typed) {
    unsigned sounds = 0;
    for (int i = 0; i < MOST_LENT && *lent[i].sound; i++) {
        const char *sound = lent[i].sound;
        if (strstr(typed->bytes, sound) && !has_letter_twice(typed->bytes, sound)) sounds |= 1U << i;
    }
    return sounds;
}

/* Whether a word is another spelling of `typed`, which has some sounds that were lent: one of deliberate.respellings, or
 * itself. */
static int is_respelling(const struct lent *lent, unsigned sounds, const struct typed *typed, const struct near *near) {
    size_t n = typed->length, same = near->length < n ? near->length : n;
    if (!memcmp(typed->bytes, near->word, same)) {
        int one_s = n > 1 && typed->bytes[n - 1] == 's' && typed->bytes[n - 2] != 's';
        if (near->length == n || (near->length == n - 1 && one_s)) return 1;
        if (near->length == n + 1 && near->word[n] == 'e' && word_ends_with(typed, "ism")) return 1;
    }
    if (is_as_written(typed, near)) return 1;
    for (int i = 0; sounds; i++, sounds >>= 1)
        if (sounds & 1 && is_with_plain(typed, &lent[i], near)) return 1;
    return 0;
}

#endif
