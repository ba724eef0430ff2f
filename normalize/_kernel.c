/* The hot loop in C: which words of a text are not known, which words are near one, which literals occur.
 *
 * Every function does exactly what a few lines of Python do (normalize/kernel.py), and tests hold the two against each
 * other. Text is UTF-8 bytes; words are runs of ASCII letters.
 */
#include "_kernel_literals.h"
#include "_kernel_speller.h"
#include "_kernel_words.h"

static PyModuleDef kernel = {PyModuleDef_HEAD_INIT, .m_name = "_kernel", .m_size = -1};

PyMODINIT_FUNC PyInit__kernel(void) {
    if (PyType_Ready(&WordsType) < 0 || PyType_Ready(&SpellerType) < 0 || PyType_Ready(&LiteralsType) < 0) return NULL;
    PyObject *module = PyModule_Create(&kernel);
    if (!module || PyModule_AddObjectRef(module, "Words", (PyObject *)&WordsType) < 0 ||
        PyModule_AddObjectRef(module, "Speller", (PyObject *)&SpellerType) < 0 ||
        PyModule_AddObjectRef(module, "Literals", (PyObject *)&LiteralsType) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
