/* The hot loop in C: which words of a text are not known, which words are near one, how pairs of words were counted, which
 * literals occur, where sets of characters stand side by side, which runs of characters, which dates are plainly right,
 * the algebra of edits, and how JSON is written.
 *
 * Every function does exactly what a few lines of Python do, and tests hold the two against each other: in kernel.py for
 * Words, Pairs, Literals, Places and runs, in candidates.py, channel.py and evidence.py for Speller, in morphology.py for
 * Affixes, in corrector.py for company, in edit.py and rule.py for edits, in rules/date_plain.py for Dates, in
 * dumps/json_text.py for JSON. Prospect alone only tells where these need not be asked. Texts to scan are UTF-8 bytes, those
 * of places, runs, dates and edits are str; words are runs of ASCII letters.
 */
#include "affixes.h"
#include "surroundings.h"
#include "dates.h"
#include "edits.h"
#include "json.h"
#include "literals.h"
#include "shapes.h"
#include "prefilter.h"
#include "runs.h"
#include "speller.h"
#include "words.h"

static PyModuleDef kernel = {PyModuleDef_HEAD_INIT, .m_name = "_native", .m_size = -1, .m_methods = edits_functions};

PyMODINIT_FUNC PyInit__native(void) {
    struct { const char *name; PyTypeObject *type; } types[] = {
        {"Affixes", &AffixesType}, {"Dates", &DatesType}, {"Literals", &LiteralsType}, {"Pairs", &PairsType}, {"Places", &PlacesType},
        {"Prospect", &ProspectType}, {"Speller", &SpellerType}, {"Words", &WordsType}};
    PyObject *module = PyModule_Create(&kernel);
    if (module && (PyModule_AddFunctions(module, json_functions) < 0 || PyModule_AddFunctions(module, runs_functions) < 0 ||
                   PyModule_AddFunctions(module, company_functions) < 0))
        Py_CLEAR(module);
    for (size_t i = 0; module && i < sizeof types / sizeof *types; i++)
        if (PyType_Ready(types[i].type) < 0 || PyModule_AddObjectRef(module, types[i].name, (PyObject *)types[i].type) < 0) Py_CLEAR(module);
    return module;
}
