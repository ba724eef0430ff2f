/* The hot loop in C: a header an idea, each of which begins with what it promises and the Python that defines
 * it.
 *
 * Every function does exactly what that Python does, and tests hold the two against each other. Texts to scan
 * are UTF-8 bytes, or str; words are runs of ASCII letters. What stands in Python as a constant is handed in.
 */
#include "affixes.h"
#include "again.h"
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
#include "table.h"
#include "utf8.h"
#include "words.h"

/* Makes the types of the module, and all that it keeps. */
static int module_exec(PyObject *module) {
    State *state = PyModule_GetState(module);
    struct {
        PyType_Spec *spec;
        PyTypeObject **kept;
    } types[] = {{&affixes_spec, &state->affixes},
                 {&dates_spec, NULL},
                 {&evidence_sums_spec, NULL},
                 {&literals_spec, NULL},
                 {&pairs_spec, &state->pairs},
                 {&parts_spec, &state->parts},
                 {&patterns_spec, NULL},
                 {&slip_search_spec, &state->slip_search},
                 {&speller_spec, &state->speller},
                 {&stages_spec, NULL},
                 {&suspects_spec, NULL},
                 {&table_spec, NULL},
                 {&words_spec, &state->words}};
    PyMethodDef *functions[] = {compose_functions,    edits_functions,       json_functions,
                                lone_names_functions, packing_functions,     runs_functions,
                                surroundings_functions, utf8_functions};
    state->hash_keys = hash_keys_new();
    for (int i = 0; i < 4; i++) state->names[i] = PyUnicode_InternFromString(NAMES[i]);
    if (PyErr_Occurred()) return -1;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (PyModule_AddFunctions(module, functions[i]) < 0) return -1;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        PyObject *type = PyType_FromModuleAndSpec(module, types[i].spec, NULL);
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

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#if PY_VERSION_HEX >= 0x030C0000
    {Py_mod_multiple_interpreters, Py_MOD_PER_INTERPRETER_GIL_SUPPORTED},
#endif
    {0, NULL}};

static PyModuleDef module_definition = {
    PyModuleDef_HEAD_INIT, "_native",    "The primitives of normalize, compiled.",
    sizeof(State),         NULL,         module_slots,
    module_traverse,       module_clear, module_free};

PyMODINIT_FUNC PyInit__native(void) { return PyModuleDef_Init(&module_definition); }
