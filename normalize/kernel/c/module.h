/* What all headers build on: the state of the module, how a type and an object of it are made and freed, and how a str is
 * read.
 *
 * Every type is a heap type made when the module is executed, so that each interpreter has its own; nothing is static and
 * written to. An object is made whole by its type's tp_new, or not at all: there is no second __init__. */
#ifndef NORMALIZE_KERNEL_MODULE_H
#define NORMALIZE_KERNEL_MODULE_H
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What Stages asks other objects for. */
enum { FOUND, BECOME, STRING, DATA };
static const char *const NAMES[] = {"found", "become", "string", "data"};

typedef struct {
    PyObject *hash_keys;                       /* random numbers: set.h */
    PyObject *packing_keys;                    /* those that words are packed by; NULL: the same */
    int keys_are_used;                         /* whether a set was made by hash_keys */
    PyTypeObject *affixes, *pairs, *speller;   /* what SlipSearch is made of */
    PyTypeObject *words, *slip_search, *parts; /* what Suspects is made of */
    PyObject *names[4];                        /* NAMES, interned: a name made anew is looked for letter by letter */
} State;

/* Frees the memory of an object of a heap type, whose own fields are freed already. */
static void object_free(PyObject *self) {
    PyTypeObject *type = Py_TYPE(self);
    type->tp_free(self);
    Py_DECREF(type);
}

#if defined(__GNUC__)
#define PREFETCH(address) __builtin_prefetch(address)
#elif defined(_MSC_VER) && (defined(_M_X64) || defined(_M_IX86))
#include <intrin.h>
#define PREFETCH(address) _mm_prefetch((const char *)(address), _MM_HINT_T0)
#else
#define PREFETCH(address) ((void)(address))
#endif

/* The number of the lowest bit that is set; one is. */
static inline int lowest_bit(uint64_t bits) {
#if defined(__GNUC__)
    return __builtin_ctzll(bits);
#else
    int number = 0;
    for (int half = 32; half; half /= 2)
        if (!(bits & (((uint64_t)1 << half) - 1))) {
            bits >>= half;
            number += half;
        }
    return number;
#endif
}

/* An array with room for one more thing of a size, twice as large where it is full; NULL with an exception set. */
static void *grown(void *array, size_t count, size_t *room, size_t size) {
    if (count < *room) return array;
    size_t more = *room ? 2 * *room : 64;
    if ((array = realloc(array, more * size))) *room = more;
    return array ? array : PyErr_NoMemory();
}

/* The UTF-8 of a str. One with a lone surrogate has none: a byte that no UTF-8 has stands for it, so that no set has it.
 * NULL with an exception set for what is no str. */
static const char *utf8_of(PyObject *string, Py_ssize_t *size) {
    const char *bytes = PyUnicode_AsUTF8AndSize(string, size);
    if (bytes || !PyErr_ExceptionMatches(PyExc_UnicodeEncodeError)) return bytes;
    PyErr_Clear();
    *size = 1;
    return "\xff";
}

/* A str, read by offset. */
typedef struct {
    int kind;
    const void *data;
    Py_ssize_t size;
    PyObject *string; /* borrowed; NULL where bytes are read as one */
} Reader;

static Reader reader_of(PyObject *string) {
    return (Reader){PyUnicode_KIND(string), PyUnicode_DATA(string), PyUnicode_GET_LENGTH(string), string};
}

/* The character at an offset, 0 outside of the text: that stands for nothing that is looked for. */
static Py_UCS4 char_at(const Reader *text, Py_ssize_t i) {
    return i >= 0 && i < text->size ? PyUnicode_READ(text->kind, text->data, i) : 0;
}

/* Whether a character is a letter or a digit, as str.isalnum says: `\w` of `re` but for "_". */
static inline int is_alphanumeric(Py_UCS4 c) { return c < 0x80 ? Py_ISALNUM(c) : Py_UNICODE_ISALNUM(c); }

#endif
