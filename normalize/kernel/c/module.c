/* The hot loop in C, one idea a header. Each header names the Python that defines what it does.
 *
 * Every function gives exactly the results of its definition, and tests compare the two. Texts are UTF-8 bytes, or str;
 * words are runs of ASCII letters. Constants of the definitions are passed as arguments. */
#include "affixes.h"
#include "compose.h"
#include "dates.h"
#include "edits.h"
#include "evidence.h"
#include "json.h"
#include "literals.h"
#include "lone_names.h"
#include "packing.h"
#include "parts.h"
#include "patterns.h"
#include "runs.h"
#include "slip_search.h"
#include "speller.h"
#include "stages.h"
#include "surroundings.h"
#include "suspects.h"
#include "suspects_again.h"
#include "table.h"
#include "utf8.h"
#include "words.h"

static PyMethodDef functions[] = {
    {"compose", edits_compose, METH_VARARGS, "One list of edits that does what two do."},
    {"apply", edits_apply, METH_VARARGS, "A text with edits made."},
    {"resolve_overlaps", edits_resolve_overlaps, METH_O, "Edits that do not overlap, out of rival ones."},
    {"around", edits_around, METH_VARARGS, "What stands around the places that edits led to."},
    {"split_lines", split_lines_of, METH_O, "The lines of data, without their ends."},
    {"line_count", json_line_count, METH_O, "How many lines split_lines gives."},
    {"spans", json_spans, METH_VARARGS, "Where the values of named members of a JSON object stand in it."},
    {"has_style", json_has_style, METH_O, "Whether an escape in JSON tells how its writer writes."},
    {"lone_names", lone_names, METH_VARARGS, "Names that stand once, and those they may be slips of."},
    {"packed", packing_packed, METH_VARARGS, "Words, but some, as a set that is used where it lies."},
    {"seed_hashes", packing_seed_hashes, METH_O, "Have the hashes of sets go by a seed, if there are no sets yet."},
    {"lost_commas", runs_lost_commas, METH_O, "How many full stops have small letters on both sides."},
    {"beyond_ascii", runs_beyond_ascii, METH_O, "The runs of characters beyond ASCII, and their offsets."},
    {"marks", runs_marks, METH_VARARGS, "The runs of commas, full stops and spaces that are more than one mark."},
    {"elsewhere", elsewhere, METH_VARARGS, "How often words stand in a text."},
    {"words_and_chat", words_and_chat, METH_VARARGS, "The small words around a span, and the abbreviations of chat around."},
    {"utf8", utf8_bytes, METH_O, "A text as UTF-8."},
    {NULL, NULL, 0, NULL}};

/* A type of the module: how objects of it are made and freed, and what they can do. */
struct type {
    const char *name;
    int size;
    newfunc make;
    void *free;
    PyMethodDef *methods;
    const PyType_Slot *slots; /* what else it has */
    unsigned flags;
    PyTypeObject **kept;
};
static const PyType_Slot no_slots[] = {{0, NULL}};
#define NAME "normalize.kernel._native."

static PyObject *type_of(PyObject *module, const struct type *type) {
    enum { MOST_SLOTS = 12 };
    PyType_Slot slots[MOST_SLOTS] = {{Py_tp_new, type->make}, {Py_tp_dealloc, type->free}, {Py_tp_methods, type->methods}};
    for (size_t i = 0; type->slots[i].slot; i++) slots[3 + i] = type->slots[i];
    PyType_Spec spec = {type->name, type->size, 0, Py_TPFLAGS_DEFAULT | Py_TPFLAGS_IMMUTABLETYPE | type->flags, slots};
    return PyType_FromModuleAndSpec(module, &spec, NULL);
}

/* Makes the types of the module, and all that it keeps. */
static int module_exec(PyObject *module) {
    State *state = PyModule_GetState(module);
    const struct type types[] = {
        {NAME "Affixes", sizeof(Affixes), affixes_new, affixes_dealloc, affixes_methods, no_slots, 0, &state->affixes},
        {NAME "Dates", sizeof(Dates), dates_new, dates_dealloc, dates_methods, no_slots, 0, NULL},
        {NAME "EvidenceSums", sizeof(EvidenceSums), evidence_sums_new, evidence_sums_dealloc, evidence_sums_methods,
         no_slots, 0, NULL},
        {NAME "Literals", sizeof(Literals), literals_new, literals_dealloc, literals_methods, no_slots, 0, NULL},
        {NAME "Pairs", sizeof(Pairs), pairs_new, pairs_dealloc, pairs_methods, no_slots, 0, &state->pairs},
        {NAME "Parts", sizeof(Parts), parts_new, parts_dealloc, parts_methods, no_slots, 0, &state->parts},
        {NAME "PatternFinder", sizeof(PatternFinder), patterns_new, patterns_dealloc, patterns_methods, no_slots, 0, NULL},
        {NAME "SlipSearch", sizeof(SlipSearch), slip_search_new, slip_search_dealloc, slip_search_methods, no_slots, 0,
         &state->slip_search},
        {NAME "Speller", sizeof(Speller), speller_new, speller_dealloc, speller_methods, no_slots, 0, &state->speller},
        {NAME "Stages", sizeof(Stages), stages_new, stages_dealloc, stages_methods, stages_slots, Py_TPFLAGS_HAVE_GC, NULL},
        {NAME "Suspects", sizeof(Suspects), suspects_new, suspects_dealloc, suspects_methods, suspects_slots, 0, NULL},
        {NAME "Table", sizeof(Table), table_new, table_dealloc, table_methods, table_slots, Py_TPFLAGS_MAPPING, NULL},
        {NAME "Words", sizeof(Words), words_new, words_dealloc, words_methods, words_slots, 0, &state->words}};
    state->hash_keys = hash_keys_new();
    for (int i = 0; i < 4; i++) state->names[i] = PyUnicode_InternFromString(NAMES[i]);
    if (PyErr_Occurred()) return -1;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        PyObject *type = type_of(module, &types[i]);
        if (type && types[i].kept) *types[i].kept = (PyTypeObject *)Py_NewRef(type);
        int failed = type ? PyModule_AddType(module, (PyTypeObject *)type) : -1;
        Py_XDECREF(type);
        if (failed) return -1;
    }
    return 0;
}

static int module_traverse(PyObject *module, visitproc visit, void *arg) {
    State *state = PyModule_GetState(module);
    Py_VISIT(state->hash_keys);
    Py_VISIT(state->packing_keys);
    Py_VISIT(state->affixes);
    Py_VISIT(state->pairs);
    Py_VISIT(state->parts);
    Py_VISIT(state->slip_search);
    Py_VISIT(state->speller);
    Py_VISIT(state->words);
    return 0;
}

static int module_clear(PyObject *module) {
    State *state = PyModule_GetState(module);
    Py_CLEAR(state->affixes);
    Py_CLEAR(state->pairs);
    Py_CLEAR(state->parts);
    Py_CLEAR(state->slip_search);
    Py_CLEAR(state->speller);
    Py_CLEAR(state->words); /* the numbers stay as long as the module: sets point at them */
    return 0;
}

static void module_free(void *module) {
    State *state = PyModule_GetState(module);
    if (!state) return;
    module_clear(module);
    Py_CLEAR(state->packing_keys);
    Py_CLEAR(state->hash_keys);
    for (int i = 0; i < 4; i++) Py_CLEAR(state->names[i]);
}

static PyModuleDef_Slot module_slots[] = {{Py_mod_exec, module_exec},
#if PY_VERSION_HEX >= 0x030C0000
                                          {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
                                          {0, NULL}};

static PyModuleDef module_definition = {PyModuleDef_HEAD_INIT, "_native",    "The primitives of normalize, compiled.",
                                        sizeof(State),         functions,    module_slots,
                                        module_traverse,       module_clear, module_free};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&module_definition); }
