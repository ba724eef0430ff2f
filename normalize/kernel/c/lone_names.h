/* lone_names(words, data, shortest, times): the capitalised words that stand in a text once, and the word one
 * slip away that it has often: spelling/lone_names.py. */
#ifndef NORMALIZE_KERNEL_LONE_NAMES_H
#define NORMALIZE_KERNEL_LONE_NAMES_H
#include "channel.h"
#include "words.h"

enum { MOST_TWINS = 256 }; /* interfaces.MOST_TWINS */

/* A capitalised word of a text, and how often that has it. */
struct name {
    const unsigned char *start; /* where it stands first */
    size_t length;
    Py_ssize_t count;
};

/* The capitalised words of a text, each once, in the order in which they were met. */
struct names {
    Set set;
    struct name *of; /* by number in `set` */
    size_t room;
};

static void names_free(struct names *names) {
    set_free(&names->set);
    free(names->of);
}

/* Notes a capitalised word; -1 with an exception set. */
static int note_name(struct names *names, const unsigned char *start, size_t length) {
    Set *set = &names->set;
    uint32_t hash = hash_of(set->keys, (const char *)start, length);
    int64_t number = set_may_have(set, hash) ? set_find(set, (const char *)start, length, hash) : -1;
    if (number >= 0) {
        names->of[number].count++;
        return 0;
    }
    if (set->count == names->room) {
        size_t room = names->room ? 2 * names->room : 128;
        struct name *of = realloc(names->of, room * sizeof *of);
        if (!of) return PyErr_NoMemory(), -1;
        names->of = of;
        names->room = room;
    }
    names->of[set->count] = (struct name){start, length, 1};
    return set_add_hashed(set, (const char *)start, length, hash);
}

/* Notes the capitalised word at `start`, where there is one; -1 with an exception set. */
static int look_at_name(struct names *names, const unsigned char *first, const unsigned char *start,
                        const unsigned char *end, size_t shortest) {
    const unsigned char *behind = start + 1;
    if (start > first && LETTER_CASE[start[-1]]) return 0;
    while (behind < end && LETTER_CASE[*behind] == LOWER) behind++;
    size_t length = (size_t)(behind - start);
    if (length < shortest || length > LONGEST || (behind < end && LETTER_CASE[*behind])) return 0;
    return note_name(names, start, length);
}

/* The highest bits of those of eight bytes that are capitals. */
static inline uint64_t capitals_of(uint64_t bytes) {
    const uint64_t ones = 0x0101010101010101, high = 0x80 * ones;
    uint64_t low = bytes & ~high; /* a sum of its bytes does not go over into the next */
    return (low + (0x80 - 'A') * ones) & ~(low + (0x7f - 'Z') * ones) & ~bytes & high;
}

/* Notes the capitalised words of UTF-8 that have `shortest` letters or more; -1 with an exception set. */
static int names_scan(struct names *names, const unsigned char *first, const unsigned char *end,
                      size_t shortest) {
    const unsigned char *text = first;
    for (uint64_t bytes; end - text >= (ptrdiff_t)sizeof bytes; text += sizeof bytes) {
        memcpy(&bytes, text, sizeof bytes);
        if (!capitals_of(bytes)) continue;
        for (size_t i = 0; i < sizeof bytes; i++)
            if (LETTER_CASE[text[i]] == UPPER && look_at_name(names, first, text + i, end, shortest) < 0)
                return -1;
    }
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
    if (t[head] == m[head + 1] && t[head + 1] == m[head] && !memcmp(t + head + 2, m + head + 2, rest - 2))
        return 1;
    return n >= SHORTEST_EXCHANGED && rest >= 3 && t[head] == m[head + 2] && t[head + 1] == m[head + 1] &&
           t[head + 2] == m[head] && !memcmp(t + head + 3, m + head + 3, rest - 3);
}

/* Whether a name is none of the words given, in lower case neither. */
static int is_strange(const Words *words, const struct name *name) {
    char low[LONGEST];
    memcpy(low, name->start, name->length);
    if (words_gave(words, low, name->length)) return 0;
    low[0] += 'a' - 'A';
    return !words_gave(words, low, name->length);
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
    if (!PyArg_ParseTuple(args, "O!y#nn:lone_names", state->words, &words, &bytes, &size, &shortest, &times))
        return NULL;
    if (shortest < 2 || times < 2) return PyErr_Format(PyExc_ValueError, "a name has two letters or more");
    struct names names = {.set = set_of(state->words)};
    const unsigned char *text = (const unsigned char *)bytes, *counted = text;
    const struct name *twins[MOST_TWINS];
    size_t count = 0;
    if (names_scan(&names, text, text + size, (size_t)shortest) == 0) found = PyList_New(0);
    for (size_t i = 0; found && i < names.set.count && count < MOST_TWINS; i++)
        if (names.of[i].count >= times) twins[count++] = &names.of[i];
    Py_ssize_t offset = 0;
    for (size_t i = 0; found && i < names.set.count; i++) {
        const struct name *name = &names.of[i], *twin = NULL;
        if (name->count > 1 || !is_strange((Words *)words, name)) continue;
        for (size_t k = 0; k < count; k++)
            if ((!twin || twins[k]->count > twin->count) && is_one_slip(name, twins[k])) twin = twins[k];
        for (; counted < name->start; counted++) offset += (*counted & 0xC0) != 0x80;
        if (add_name(found, offset, name, twin) < 0) Py_CLEAR(found);
    }
    names_free(&names);
    return found;
}

static PyMethodDef lone_names_functions[] = {
    {"lone_names", lone_names, METH_VARARGS, "Names that stand once, and those they may be slips of."},
    {NULL, NULL, 0, NULL}};

#endif
