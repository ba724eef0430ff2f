/* Stages: the loop of the engine, all finders asked about a text, stage by stage, and what they propose made one list of
 * edits: stages.Stages. */
#ifndef NORMALIZE_KERNEL_STAGES_H
#define NORMALIZE_KERNEL_STAGES_H
#include "compose.h"
#include "proposals.h"
#include "utf8.h"

/* A loop, made once for all texts. */
typedef struct {
    PyObject_HEAD
    const State *state;
    PyObject *finders; /* a tuple each: the function, what becomes of its proposals, the number of the first finder
                        * of the next stage, and those that edits of its stage may ask again, a byte each */
    PyObject *triggers, *looks_far, *nothing, *dropped, *without_kept, *edit_type, *finding_type;
    Py_ssize_t count, rounds, read, reach;
    double least;
} Stages;

static int stages_traverse(Stages *self, visitproc visit, void *arg) {
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(self->finders);
    Py_VISIT(self->triggers);
    Py_VISIT(self->dropped);
    Py_VISIT(self->without_kept);
    Py_VISIT(self->edit_type);
    Py_VISIT(self->finding_type);
    return 0;
}

static int stages_clear(Stages *self) {
    Py_CLEAR(self->finders);
    Py_CLEAR(self->triggers);
    Py_CLEAR(self->dropped);
    Py_CLEAR(self->without_kept);
    Py_CLEAR(self->edit_type);
    Py_CLEAR(self->finding_type);
    return 0;
}

static void stages_dealloc(Stages *self) {
    PyObject_GC_UnTrack(self);
    stages_clear(self);
    Py_XDECREF(self->looks_far);
    Py_XDECREF(self->nothing);
    object_free((PyObject *)self);
}

static PyObject *finder_field(const Stages *self, Py_ssize_t number, int field) {
    return PyTuple_GET_ITEM(PyTuple_GET_ITEM(self->finders, number), field);
}

static int has_bytes(PyObject *object, Py_ssize_t count) {
    return PyBytes_Check(object) && PyBytes_GET_SIZE(object) == count;
}

/* Whether all finders are as they must be. */
static int are_finders(const Stages *self) {
    for (Py_ssize_t i = 0; i < self->count; i++) {
        PyObject *finder = PyTuple_GET_ITEM(self->finders, i);
        if (!PyTuple_Check(finder) || PyTuple_GET_SIZE(finder) != 4) return 0;
        if (!PyDict_Check(finder_field(self, i, 1)) || !PyLong_CheckExact(finder_field(self, i, 2)) ||
            !has_bytes(finder_field(self, i, 3), self->count))
            return 0;
        Py_ssize_t end = PyLong_AsSsize_t(finder_field(self, i, 2));
        if (end <= i || end > self->count) return 0;
    }
    return has_bytes(self->looks_far, self->count) && self->reach >= 0;
}

static PyObject *stages_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"finders", "triggers", "looks_far",    "reach",     "least",        "rounds",
                            "read",    "dropped",  "without_kept", "edit_type", "finding_type", NULL};
    PyObject *finders;
    Stages *self = (Stages *)type->tp_alloc(type, 0), given;
    if (!self) return NULL;
    self->state = PyType_GetModuleState(type);
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!OSndnnO!OOO:Stages", names, &PyList_Type, &finders, &given.triggers,
                                     &given.looks_far, &self->reach, &self->least, &self->rounds, &self->read,
                                     &PyFrozenSet_Type, &given.dropped, &given.without_kept, &given.edit_type,
                                     &given.finding_type) ||
        !is_tuple_type(given.edit_type) || !is_tuple_type(given.finding_type))
        goto failed;
    self->triggers = Py_NewRef(given.triggers);
    self->looks_far = Py_NewRef(given.looks_far);
    self->dropped = Py_NewRef(given.dropped);
    self->without_kept = Py_NewRef(given.without_kept);
    self->edit_type = Py_NewRef(given.edit_type);
    self->finding_type = Py_NewRef(given.finding_type);
    self->finders = PyList_AsTuple(finders);
    if (!self->finders) goto failed;
    self->count = PyTuple_GET_SIZE(self->finders);
    if (!are_finders(self)) {
        PyErr_SetString(PyExc_ValueError, "finders are tuples of four, and bytes one for each of them");
        goto failed;
    }
    self->nothing = PyBytes_FromStringAndSize(NULL, self->count);
    if (!self->nothing) goto failed;
    memset(PyBytes_AS_STRING(self->nothing), 0, (size_t)self->count);
    return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

/* A text that the finders are asked about. */
struct running {
    const Stages *of;
    PyObject *original, *view, *string; /* the string at first, and the text of this stage with its string */
    PyObject *edits, *findings;         /* a list; a dict: the finders' functions -> lists */
    char *wanted, *concerned, *again;   /* a byte for each finder */
    double least;                       /* the confidence below which no edit is made */
    int leads_on;                       /* whether edits of its last round lead to others */
};

enum { UNREACHED = 2 /* stages.UNREACHED */ };

/* The finders of which a trigger is in `data`: bytes; those without triggers too, but where `nothing` is given. */
static PyObject *run_triggers(const struct running *run, PyObject *data, PyObject *nothing) {
    PyObject *args[] = {run->of->triggers, data, nothing};
    size_t count = nothing ? 3 : 2;
    PyObject *found = data ? PyObject_VectorcallMethod(run->of->state->names[FOUND], args, count, NULL) : NULL;
    if (found && !has_bytes(found, run->of->count)) {
        PyErr_SetString(PyExc_TypeError, "what is triggered is a byte for each finder");
        Py_CLEAR(found);
    }
    return found;
}

/* Findings moved to offsets of the original; steals the list. */
static PyObject *in_original(const struct running *run, PyObject *findings) {
    Py_ssize_t count = PyList_GET_SIZE(run->edits);
    struct edit *edits = count && PyList_GET_SIZE(findings) ? edits_led_to(run->edits) : NULL;
    for (Py_ssize_t i = 0; edits && i < PyList_GET_SIZE(findings); i++) {
        PyObject *finding = PyList_GET_ITEM(findings, i), *fields[6];
        Py_ssize_t start = back(edits, count, PyLong_AsSsize_t(PyTuple_GET_ITEM(finding, 0)), 0);
        Py_ssize_t end = back(edits, count, PyLong_AsSsize_t(PyTuple_GET_ITEM(finding, 1)), 1);
        if (end < start) end = start;
        fields[0] = PyLong_FromSsize_t(start);
        fields[1] = PyLong_FromSsize_t(end);
        fields[2] = PyUnicode_Substring(run->original, start, end);
        for (int k = 3; k < 6; k++) fields[k] = Py_NewRef(PyTuple_GET_ITEM(finding, k));
        finding = made((PyTypeObject *)run->of->finding_type, fields, 6);
        if (!finding || PyList_SetItem(findings, i, finding) < 0) break;
    }
    PyMem_Free(edits);
    if (PyErr_Occurred()) Py_CLEAR(findings);
    return findings;
}

/* Leaves out what is about words to keep, where there are any; -1 with an exception set. */
static int leave_kept(const struct running *run, PyObject **proposed, PyObject **reported) {
    if (run->of->without_kept == Py_None) return 0;
    PyObject *both = PyObject_CallFunction(run->of->without_kept, "OOO", run->string, *proposed, *reported);
    PyObject *edits, *findings;
    if (!both) return -1;
    if (!PyArg_ParseTuple(both, "O!O!", &PyList_Type, &edits, &PyList_Type, &findings)) {
        Py_DECREF(both);
        return -1;
    }
    Py_SETREF(*proposed, Py_NewRef(edits));
    Py_SETREF(*reported, Py_NewRef(findings));
    Py_DECREF(both);
    return 0;
}

/* Puts what a finder reported in the place of what it reported before; steals the list; -1 with an exception set. */
static int run_report(struct running *run, PyObject *find, PyObject *reported) {
    int is_new = PyList_GET_SIZE(reported) > 0;
    if (!is_new && PyDict_GET_SIZE(run->findings)) is_new = PyDict_Contains(run->findings, find);
    if (is_new > 0) reported = in_original(run, reported);
    int failed = is_new < 0 || !reported || (is_new && PyDict_SetItem(run->findings, find, reported) < 0) ? -1 : 0;
    Py_XDECREF(reported);
    return failed;
}

/* Asks a finder, and puts what it says to the proposed edits of the stage and its findings; -1 with an exception set. */
static int run_ask(struct running *run, Py_ssize_t number, PyObject **proposed) {
    PyObject *find = finder_field(run->of, number, 0), *found = PyObject_CallOneArg(find, run->view);
    int says = found ? PyObject_IsTrue(found) : -1; /* a list or a tuple, as a rule; a generator is asked */
    int failed = says < 0 ? -1 : 0;
    if (says > 0 || (!says && PyDict_GET_SIZE(run->findings))) { /* else it says nothing, and never said a thing */
        PyObject *reported = PyList_New(0);
        failed = reported ? 0 : -1;
        if (!failed && says) {
            struct sorting to = {run->string,        finder_field(run->of, number, 1),
                                 *proposed,          reported,
                                 run->of->edit_type, run->of->finding_type,
                                 run->least};
            failed = sort_all(&to, found);
            if (!failed) failed = leave_kept(run, proposed, &reported);
        }
        if (!failed)
            failed = run_report(run, find, reported);
        else
            Py_XDECREF(reported);
    }
    Py_XDECREF(found);
    return failed;
}

/* What stands around edits that were made in the text of this stage, or all of it where that is shorter, in UTF-8. No piece
 * begins or ends as a line does but where the text does: between pieces, and between them and what is left of the text,
 * stands a byte that no text has. */
static PyObject *run_changed(const struct running *run, PyObject *kept) {
    Py_ssize_t length = PyUnicode_GET_LENGTH(run->string), count = PyList_GET_SIZE(kept);
    struct span *pieces = spans_around(run->string, kept, run->of->reach);
    if (!pieces) return NULL;
    int ends_text = pieces[count - 1].end == length;
    Py_ssize_t size = count - (pieces[0].start == 0) + !ends_text; /* code points: those bytes, then pieces, too */
    for (Py_ssize_t i = 0; i < count; i++) size += pieces[i].end - pieces[i].start;
    PyObject *data = size < length ? room_for_utf8(size) : PyObject_GetAttr(run->view, run->of->state->names[DATA]);
    char *to = data && size < length ? PyBytes_AS_STRING(data) : NULL;
    for (Py_ssize_t i = 0; to && i < count; i++) {
        if (i || pieces[i].start) *to++ = (char)0xFF;
        to = put_utf8(to, run->string, pieces[i].start, pieces[i].end);
    }
    if (to && !ends_text) *to++ = (char)0xFF;
    PyMem_Free(pieces);
    return to ? cut_utf8(data, to) : data;
}

/* Whether one of the edits takes out what has a tag: that may be long. */
static int takes_out(const struct running *run, PyObject *kept) {
    int found = 0;
    for (Py_ssize_t i = 0; !found && PySet_GET_SIZE(run->of->dropped) && i < PyList_GET_SIZE(kept); i++)
        found = PySet_Contains(run->of->dropped, PyTuple_GET_ITEM(PyList_GET_ITEM(kept, i), RULE));
    return found;
}

/* Tells the finders that edits concern, which were made in the text of this stage; -1 with an exception set. */
static int run_concern(struct running *run, PyObject *kept, const char *passed) {
    int all = takes_out(run, kept);
    PyObject *data = all < 0 ? NULL : run_changed(run, kept);
    PyObject *triggered = run_triggers(run, data, run->of->nothing);
    const char *far = PyBytes_AS_STRING(run->of->looks_far);
    for (Py_ssize_t i = 0; triggered && i < run->of->count; i++) {
        int is_triggered = PyBytes_AS_STRING(triggered)[i] != 0;
        run->concerned[i] |= is_triggered;
        if (is_triggered || (run->concerned[i] && (all || far[i]))) {
            run->wanted[i] = 1;
            run->again[i] |= passed[i];
        }
    }
    Py_XDECREF(data);
    Py_XDECREF(triggered);
    return triggered ? 0 : -1;
}

/* Makes the edits that are kept of those proposed in a stage; -1 with an exception set. */
static int run_make(struct running *run, PyObject *proposed, const char *passed) {
    PyObject *kept = resolved(proposed), *edits = NULL, *string = NULL, *done = NULL;
    int failed = kept ? 0 : -1;
    if (kept && PyList_GET_SIZE(kept)) {
        edits = composed(run->original, run->edits, kept);
        string = edits ? applied(run->string, kept) : NULL;
        PyObject *args[] = {run->view, string};
        done = string ? PyObject_VectorcallMethod(run->of->state->names[BECOME], args, 2, NULL) : NULL;
        failed = done ? 0 : -1;
        if (done) {
            Py_DECREF(done);
            Py_SETREF(run->edits, edits);
            Py_SETREF(run->string, string);
            failed = run_concern(run, kept, passed);
        } else {
            Py_XDECREF(edits);
            Py_XDECREF(string);
        }
    }
    Py_XDECREF(kept);
    return failed;
}

/* Asks the finders [from, to) of a stage that are wanted, and makes their edits; -1 with an exception set. */
static int run_stage(struct running *run, Py_ssize_t from, Py_ssize_t to) {
    if (!memchr(run->wanted + from, 1, (size_t)(to - from))) return 0;
    PyObject *proposed = PyList_New(0);
    int failed = proposed ? 0 : -1;
    for (Py_ssize_t i = from; !failed && i < to; i++)
        if (run->wanted[i]) failed = run_ask(run, i, &proposed);
    if (!failed && PyList_GET_SIZE(proposed))
        failed = run_make(run, proposed, PyBytes_AS_STRING(finder_field(run->of, from, 3)));
    Py_XDECREF(proposed);
    return failed;
}

/* Takes a text, and tells the finders that concern it; -1 with an exception set. */
static int run_begin(struct running *run, const Stages *of, PyObject *view, double least) {
    size_t count = (size_t)of->count;
    *run = (struct running){.of = of, .view = Py_NewRef(view), .least = least};
    run->original = PyObject_GetAttr(view, of->state->names[STRING]);
    run->string = Py_XNewRef(run->original);
    run->edits = PyList_New(0);
    run->findings = PyDict_New();
    run->wanted = PyMem_Calloc(3, count + 1);
    if (!run->wanted) PyErr_NoMemory();
    if (run->original && !PyUnicode_Check(run->original)) PyErr_SetString(PyExc_TypeError, "a text has a string");
    PyObject *data = PyErr_Occurred() ? NULL : PyObject_GetAttr(view, of->state->names[DATA]);
    PyObject *wanted = run_triggers(run, data, NULL);
    if (wanted) {
        run->concerned = run->wanted + count;
        run->again = run->concerned + count;
        memcpy(run->wanted, PyBytes_AS_STRING(wanted), count);
        memcpy(run->concerned, PyBytes_AS_STRING(wanted), count);
    }
    Py_XDECREF(data);
    Py_XDECREF(wanted);
    return wanted ? 0 : -1;
}

static void run_end(struct running *run) {
    PyMem_Free(run->wanted);
    Py_XDECREF(run->findings);
    Py_XDECREF(run->edits);
    Py_XDECREF(run->string);
    Py_XDECREF(run->original);
    Py_XDECREF(run->view);
}

/* How many rounds a text may have. */
static Py_ssize_t most_rounds(const Stages *self, const struct running *run) {
    Py_ssize_t fit = self->read / (PyUnicode_GET_LENGTH(run->original) + 1);
    return fit > self->rounds ? fit : self->rounds;
}

/* Asks all finders about some texts, stage by stage, each about all of the texts: it is in the caches then. Again those that
 * edits may concern; -1 with an exception set. */
static int run_rounds(const Stages *self, struct running *runs, Py_ssize_t count) {
    size_t finders = (size_t)self->count;
    for (Py_ssize_t round = 1, more = 1; more; round++) {
        for (Py_ssize_t from = 0, to; from < self->count; from = to) {
            to = PyLong_AsSsize_t(finder_field(self, from, 2));
            for (Py_ssize_t i = 0; i < count; i++)
                if (run_stage(&runs[i], from, to) < 0) return -1;
        }
        more = 0;
        for (Py_ssize_t i = 0; i < count; i++) {
            int leads_on = memchr(runs[i].again, 1, finders) != NULL, is_last = round >= most_rounds(self, &runs[i]);
            if (is_last) memset(runs[i].again, 0, finders);
            runs[i].leads_on |= leads_on && is_last;
            more |= leads_on && !is_last;
            memcpy(runs[i].wanted, runs[i].again, finders);
            memset(runs[i].again, 0, finders);
        }
    }
    return 0;
}

/* Takes a text that edits lead on and on as it was at first, with findings alone; -1 with an exception set. */
static int run_again_without_edits(const Stages *self, struct running *run) {
    PyObject *args[] = {run->view, run->original};
    PyObject *done = PyObject_VectorcallMethod(self->state->names[BECOME], args, 2, NULL);
    if (!done) return -1;
    Py_DECREF(done);
    struct running before = *run;
    int failed = run_begin(run, self, before.view, UNREACHED);
    run_end(&before);
    return failed ? -1 : run_rounds(self, run, 1);
}

/* What a text came to: its string, edits and findings. */
static PyObject *run_result(const struct running *run) {
    PyObject *findings = PyList_New(0), *found, *result = NULL;
    Py_ssize_t at = 0;
    int failed = findings ? 0 : -1;
    while (!failed && PyDict_Next(run->findings, &at, NULL, &found))
        failed = PyList_SetSlice(findings, PyList_GET_SIZE(findings), PyList_GET_SIZE(findings), found);
    if (!failed) result = PyTuple_Pack(3, run->string, run->edits, findings);
    Py_XDECREF(findings);
    return result;
}

/* explained(texts) -> list of (string, edits, findings): lists, the findings not in order */
static PyObject *stages_explained(Stages *self, PyObject *texts) {
    PyObject *own = PySequence_Tuple(texts), *results = NULL;
    Py_ssize_t count = own ? PyTuple_GET_SIZE(own) : 0, begun = 0;
    struct running *runs = own ? PyMem_New(struct running, count + 1) : NULL;
    if (own && !runs) PyErr_NoMemory();
    int failed = runs ? 0 : -1;
    while (!failed && begun < count) {
        failed = run_begin(&runs[begun], self, PyTuple_GET_ITEM(own, begun), self->least);
        begun++;
    }
    if (!failed) failed = run_rounds(self, runs, count);
    for (Py_ssize_t i = 0; !failed && i < count; i++)
        if (runs[i].leads_on) failed = run_again_without_edits(self, &runs[i]);
    if (!failed) results = PyList_New(0);
    for (Py_ssize_t i = 0; results && i < count; i++)
        if (append(results, run_result(&runs[i])) < 0) Py_CLEAR(results);
    while (begun) run_end(&runs[--begun]);
    PyMem_Free(runs);
    Py_XDECREF(own);
    return results;
}

static PyMethodDef stages_methods[] = {
    {"explained", (PyCFunction)stages_explained, METH_O, "The string, edits and findings that each text comes to."},
    {NULL, NULL, 0, NULL}};

static PyType_Slot stages_slots[] = {{Py_tp_traverse, stages_traverse}, {Py_tp_clear, stages_clear}, {0, NULL}};

#endif
