/* lone_names(words, data, shortest, times): the capitalised words that stand in a text once, and the word one slip away that
 * it has often: spelling/lone_names.py. */
#ifndef NORMALIZE_KERNEL_LONE_NAMES_H
#define NORMALIZE_KERNEL_LONE_NAMES_H
#include "channel.h"
#include "words.h"

enum { MOST_TWINS = 256 /* kernel.interfaces.MOST_TWINS */ };

/* A capitalised word of a text, and how often that has it. */
struct name {
    const unsigned char *start; /* where it stands first */
    size_t length;
    Py_ssize_t count;
    uint64_t sum; /* that its hash is of */
};

/* The capitalised words of a text, each once, in the order in which they were met. */
struct names {
    const HashKeys *keys;
    struct name *of;
    size_t count;
    uint32_t *slots; /* by hash: 1 + the number of a name, 0 where it is free */
    size_t mask;     /* slots - 1, a power of two less one; there are twice as many as names, at least */
};

static void names_free(struct names *names) {
    free(names->of);
    free(names->slots);
}

/* Makes room for as many names again, 128 at least; -1 with an exception set. */
static int names_grow(struct names *names) {
    size_t room = names->count ? 2 * names->count : 128, mask = 2 * room - 1;
    struct name *of = realloc(names->of, room * sizeof *of);
    if (of) names->of = of;
    uint32_t *slots = calloc(mask + 1, sizeof *slots);
    if (!of || !slots || room > UINT32_MAX / 2) {
        free(slots);
        return PyErr_NoMemory(), -1;
    }
    free(names->slots);
    names->slots = slots;
    names->mask = mask;
    for (size_t i = 0; i < names->count; i++) {
        size_t slot = hash_end(of[i].sum) & mask;
        while (slots[slot]) slot = (slot + 1) & mask;
        slots[slot] = (uint32_t)i + 1;
    }
    return 0;
}

/* Notes a capitalised word; -1 with an exception set. */
static int note_name(struct names *names, const unsigned char *start, size_t length, const unsigned char *end) {
    if (2 * names->count == (names->slots ? names->mask + 1 : 0) && names_grow(names) < 0) return -1;
    struct letters letters;
    uint64_t sum = hash_run(names->keys, start, length, end, &letters);
    size_t slot = hash_end(sum) & names->mask;
    for (; names->slots[slot]; slot = (slot + 1) & names->mask) {
        struct name *name = &names->of[names->slots[slot] - 1];
        if (name->sum != sum || name->length != length || memcmp(name->start, start, length)) continue;
        name->count++;
        return 0;
    }
    names->of[names->count] = (struct name){start, length, 1, sum};
    names->slots[slot] = (uint32_t)++names->count;
    return 0;
}

/* Notes the capitalised word at `start`, where there is one; -1 with an exception set. */
static int look_at_name(struct names *names, const unsigned char *first, const unsigned char *start,
                        const unsigned char *end, size_t shortest) {
    const unsigned char *behind = start + 1;
    if (start > first && LETTER_CASE[start[-1]]) return 0;
    while (behind < end && LETTER_CASE[*behind] == LOWER) behind++;
    size_t length = (size_t)(behind - start);
    if (length < shortest || length > LONGEST || (behind < end && LETTER_CASE[*behind])) return 0;
    return note_name(names, start, length, end);
}

/* The highest bits of those of eight bytes that are capitals. */
static inline uint64_t capitals_of(uint64_t bytes) {
    const uint64_t ones = 0x0101010101010101, high = 0x80 * ones;
    uint64_t low = bytes & ~high; /* a sum of its bytes does not go over into the next */
    return (low + (0x80 - 'A') * ones) & ~(low + (0x7f - 'Z') * ones) & ~bytes & high;
}

/* Notes the capitalised words of UTF-8 that have `shortest` letters or more; -1 with an exception set. */
static int names_scan(struct names *names, const unsigned char *first, const unsigned char *end, size_t shortest) {
    const unsigned char *text = first;
    for (; end - text >= 8; text += 8)
        for (uint64_t capitals = capitals_of(eight_bytes(text)); capitals; capitals &= capitals - 1)
            if (look_at_name(names, first, text + lowest_bit(capitals) / 8, end, shortest) < 0) return -1;
    for (; text < end; text++)
        if (LETTER_CASE[*text] == UPPER && look_at_name(names, first, text, end, shortest) < 0) return -1;
    return 0;
}

/* Whether one slip makes the capitalised word `typed` of `meant`: lone_names.is_one_slip. */
static int is_one_slip(const struct name *typed, const struct name *meant) {
    const unsigned char *t = typed->start, *m = meant->start;
    size_t n = typed->length, size = meant->length, head = 1;
    if (*t != *m || n > size + 1 || size > n + 1) return 0;
    size_t least = n < size ? n : size;
    while (head < least && t[head] == m[head]) head++;
    if (head == least) return n != size && (n > size ? t : m)[least] != 's';
    if (n != size) return !memcmp(t + head + (n > size), m + head + (size > n), least - head);
    size_t rest = n - head;
    if (!memcmp(t + head + 1, m + head + 1, rest - 1)) return 1;
    if (rest < 2) return 0;
    if (t[head] == m[head + 1] && t[head + 1] == m[head] && !memcmp(t + head + 2, m + head + 2, rest - 2)) return 1;
    return n >= SHORTEST_EXCHANGED && rest >= 3 && t[head] == m[head + 2] && t[head + 1] == m[head + 1] &&
           t[head + 2] == m[head] && !memcmp(t + head + 3, m + head + 3, rest - 3);
}

/* Whether a name is none of the words given, in lower case neither. */
static int is_strange(const Words *words, const struct name *name) {
    char low[LONGEST];
    memcpy(low, name->start, name->length);
    if (words_gave(words, low, name->length, hash_end(name->sum))) return 0;
    low[0] += 'a' - 'A';
    return !words_gave(words, low, name->length, hash_end(lowered_sum(words->set.keys, name->sum)));
}

/* Has the memory on its way that is_strange will read for a name: the slots, then what is in them. */
static void fetch_slots(const Words *words, const struct name *name) {
    set_fetch_slot(&words->set, hash_end(name->sum));
    set_fetch_slot(&words->set, hash_end(lowered_sum(words->set.keys, name->sum)));
}

static void fetch_entries(const Words *words, const struct name *name) {
    set_fetch_entry(&words->set, hash_end(name->sum));
    set_fetch_entry(&words->set, hash_end(lowered_sum(words->set.keys, name->sum)));
}

/* Puts (offset, name, twin) to a list; -1 with an exception set. */
static int add_name(PyObject *found, Py_ssize_t offset, const struct name *name, const struct name *twin) {
    PyObject *one = Py_BuildValue("ns#s#", offset, (const char *)name->start, (Py_ssize_t)name->length,
                                  twin ? (const char *)twin->start : "", twin ? (Py_ssize_t)twin->length : 0);
    return append(found, one);
}

/* lone_names(words, data, shortest, times) -> list of (offset, name, twin) */
static PyObject *lone_names(PyObject *module, PyObject *args) {
    const State *state = PyModule_GetState(module);
    PyObject *words, *found = NULL;
    char *bytes;
    Py_ssize_t size, shortest, times;
    if (!PyArg_ParseTuple(args, "O!y#nn:lone_names", state->words, &words, &bytes, &size, &shortest, &times)) return NULL;
    if (shortest < 2 || times < 2) return PyErr_Format(PyExc_ValueError, "a name has two letters or more");
    enum { AHEAD = 32 }; /* names whose slots are fetched before they are looked at */
    struct names names = {.keys = set_of(state->words).keys};
    const unsigned char *text = (const unsigned char *)bytes, *counted = text;
    const struct name *twins[MOST_TWINS];
    size_t count = 0;
    if (names_scan(&names, text, text + size, (size_t)shortest) == 0) found = PyList_New(0);
    for (size_t i = 0; found && i < names.count && count < MOST_TWINS; i++)
        if (names.of[i].count >= times) twins[count++] = &names.of[i];
    Py_ssize_t offset = 0;
    for (size_t i = 0; found && i < names.count; i++) {
        const struct name *name = &names.of[i], *twin = NULL;
        for (size_t k = i; i % AHEAD == 0 && k < names.count && k < i + AHEAD; k++)
            fetch_slots((Words *)words, &names.of[k]);
        for (size_t k = i; i % AHEAD == 0 && k < names.count && k < i + AHEAD; k++)
            fetch_entries((Words *)words, &names.of[k]);
        if (name->count > 1 || !is_strange((Words *)words, name)) continue;
        for (size_t k = 0; k < count; k++)
            if ((!twin || twins[k]->count > twin->count) && is_one_slip(name, twins[k])) twin = twins[k];
        offset += code_points(counted, name->start);
        counted = name->start;
        if (add_name(found, offset, name, twin) < 0) Py_CLEAR(found);
    }
    names_free(&names);
    return found;
}

#endif
