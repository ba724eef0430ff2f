/* Dates(weekdays, months, far): the places in a text of dates that their weekday does not plainly confirm. */
#ifndef NORMALIZE_KERNEL_DATES_H
#define NORMALIZE_KERNEL_DATES_H
#include "text.h"
#include <stdlib.h>

/* How far a slash may be from a bracket that it belongs to, opening or closing; a month's name with the blanks around. */
enum { MOST_NAMES = 128, LONGEST_NAME = 15, FIRST_SLASH = 15, LONGEST_MONTH = 17 };

typedef struct {
    int size, number;
    char letters[LONGEST_NAME + 1];
} Name;

typedef struct {
    PyObject_HEAD
    Name weekdays[MOST_NAMES], months[MOST_NAMES]; /* weekdays as printed, 0 for Monday; months in small letters */
    Py_ssize_t weekday_count, month_count;
    long far; /* days from the article's date to one that is printed without its year, at the most */
} Dates;

static int is_digit(Py_UCS4 c) { return c >= '0' && c <= '9'; }

static Py_ssize_t names_fill(Name *names, PyObject *dict) {
    Py_ssize_t place = 0, count = 0;
    for (PyObject *key, *value; PyDict_Next(dict, &place, &key, &value); count++) {
        Py_ssize_t size;
        const char *letters = PyUnicode_Check(key) ? PyUnicode_AsUTF8AndSize(key, &size) : NULL;
        long number = PyLong_Check(value) ? PyLong_AsLong(value) : -1;
        if (!letters || !size || size > LONGEST_NAME || number < 0 || number > 12 || count == MOST_NAMES) {
            PyErr_SetString(PyExc_ValueError, "names are short strings, with a number up to 12, and not too many");
            return -1;
        }
        names[count] = (Name){(int)size, (int)number, ""};
        memcpy(names[count].letters, letters, (size_t)size);
    }
    return count;
}

static int dates_init(Dates *self, PyObject *args, PyObject *keywords) {
    PyObject *weekdays, *months;
    if (!PyArg_ParseTuple(args, "O!O!l", &PyDict_Type, &weekdays, &PyDict_Type, &months, &self->far)) return -1;
    self->weekday_count = self->month_count = 0;
    Py_ssize_t count = names_fill(self->weekdays, weekdays);
    if (count < 0) return -1;
    self->weekday_count = count;
    count = names_fill(self->months, months);
    if (count < 0) return -1;
    self->month_count = count;
    return 0;
}

/* The number of the weekday that ends before `end` and stands behind a blank; -1 for none. */
static int weekday_before(const Dates *self, const Reader *text, Py_ssize_t end) {
    for (Py_ssize_t n = 0; n < self->weekday_count; n++) {
        const Name *name = &self->weekdays[n];
        int i = 0;
        while (i < name->size && char_at(text, end - name->size + i) == (unsigned char)name->letters[i]) i++;
        if (i == name->size && char_at(text, end - i - 1) == ' ') return name->number;
    }
    return -1;
}

/* The number of the month whose name is [start, end), in any case; 0 for none. */
static int month_at(const Dates *self, const Reader *text, Py_ssize_t start, Py_ssize_t end) {
    for (Py_ssize_t n = 0; n < self->month_count; n++) {
        const Name *name = &self->months[n];
        int i = 0;
        if (name->size != end - start) continue;
        for (Py_UCS4 c; i < name->size; i++) {
            c = char_at(text, start + i);
            if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
            if (c != (unsigned char)name->letters[i]) break;
        }
        if (i == name->size) return name->number;
    }
    return 0;
}

/* The number of `least` to `most` digits at *place, which moves behind them; -1 where there are not so many, or more. */
static int digits_at(const Reader *text, Py_ssize_t *place, int least, int most) {
    int number = 0, count = 0;
    for (; is_digit(char_at(text, *place)); ++*place)
        if (++count > most) return -1;
        else number = number * 10 + (int)(char_at(text, *place) - '0');
    return count >= least ? number : -1;
}

/* As datetime.date.toordinal() has it; 0 where there is no such day, or no such year of 1900 to 2099. */
static long ordinal_of(long year, long month, long day) {
    static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};
    if (year < 1900 || year >= 2100 || month < 1 || month > 12 || day < 1) return 0;
    int leap = year % 4 == 0 && year != 1900;
    if (day > before[month] - before[month - 1] + (leap && month == 2)) return 0;
    year--;
    return year * 365 + year / 4 - year / 100 + year / 400 + before[month - 1] + (leap && month > 2) + day;
}

/* Whether a day falls on a weekday; where no year is printed (-1), in the year that is nearest to the article, of which
 * the year and the ordinal are given, if any. */
static int is_confirmed(const Dates *self, int weekday, int day, int month, int year, long article_year, long article) {
    if (year >= 0) {
        long ordinal = ordinal_of(year, month, day);
        return ordinal && (ordinal + 6) % 7 == weekday;
    }
    if (!article) return ordinal_of(2024, month, day) != 0;
    static const int years[] = {0, -1, 1};
    for (int i = 0; i < 3; i++) {
        long ordinal = ordinal_of(article_year + years[i], month, day);
        if (ordinal && labs(ordinal - article) <= self->far) return (ordinal + 6) % 7 == weekday;
    }
    return 0;
}

static int has_slash(const Reader *text, Py_ssize_t start) {
    for (Py_ssize_t i = start; i < start + FIRST_SLASH; i++)
        if (char_at(text, i) == '/') return 1;
    return 0;
}

/* Whether what is in a bracket is no date, or is "Kamis (24/10/2024)" or "Kamis (24/10)", and right. */
static int bracket_is_settled(const Dates *self, const Reader *text, Py_ssize_t bracket, long article_year, long article) {
    if (!has_slash(text, bracket)) return 1;
    if (char_at(text, bracket) != '(' || char_at(text, bracket - 1) != ' ') return 0;
    int weekday = weekday_before(self, text, bracket - 1);
    if (weekday < 0) return 0;
    Py_ssize_t i = bracket + 1;
    int day = digits_at(text, &i, 1, 2);
    if (day < 0 || char_at(text, i++) != '/') return 0;
    int month = digits_at(text, &i, 1, 2), year = -1;
    if (month >= 0 && char_at(text, i) == '/') {
        Py_ssize_t start = ++i;
        year = digits_at(text, &i, 2, 4);
        if (year < 0 || i - start == 3) return 0;
        if (i - start == 2) year += 2000;
    }
    if (month < 0 || char_at(text, i) != ')' || has_slash(text, i)) return 0;
    return is_confirmed(self, weekday, day, month, year, article_year, article);
}

/* Whether a year is no date's, or that of "Kamis, 24 Oktober 2024", and right. */
static int year_is_settled(const Dates *self, const Reader *text, Py_ssize_t place) {
    Py_ssize_t blank = place - 2;
    while (blank > 0 && blank > place - LONGEST_MONTH && char_at(text, blank) != ' ') blank--;
    if (blank < 1 || char_at(text, blank) != ' ' || !is_digit(char_at(text, blank - 1))) return 1;
    Py_ssize_t first = is_digit(char_at(text, blank - 2)) ? blank - 2 : blank - 1, end = first - 1;
    if (char_at(text, end) != ' ' || char_at(text, place - 1) != ' ') return 0;
    if (char_at(text, end - 1) == ',') end--;
    int weekday = weekday_before(self, text, end), month = weekday < 0 ? 0 : month_at(self, text, blank + 1, place - 1);
    if (!month) return 0;
    int day = digits_at(text, &first, 1, 2), year = 0;
    for (Py_ssize_t i = place; i < place + 4; i++)
        if (!is_digit(char_at(text, i))) return 0;
        else year = year * 10 + (int)(char_at(text, i) - '0');
    return day >= 0 && is_confirmed(self, weekday, day, month, year, 0, 0);
}

static PyObject *dates_unsettled(Dates *self, PyObject *args) {
    PyObject *string, *groups[2];
    long article_year, article;
    if (!PyArg_ParseTuple(args, "UOOll", &string, &groups[0], &groups[1], &article_year, &article)) return NULL;
    if (article_year < 0 || article_year > 9999) return PyErr_Format(PyExc_ValueError, "no article is of that year");
    if (PyUnicode_READY(string) < 0) return NULL;
    Reader text = reader_of(string);
    PyObject *left[2] = {PyList_New(0), PyList_New(0)};
    int failed = !left[0] || !left[1];
    for (int group = 0; group < 2 && !failed; group++) {
        PyObject *places = PySequence_Fast(groups[group], "places are a sequence");
        failed = !places;
        for (Py_ssize_t i = 0; !failed && i < PySequence_Fast_GET_SIZE(places); i++) {
            PyObject *number = PySequence_Fast_GET_ITEM(places, i);
            Py_ssize_t place = PyLong_AsSsize_t(number);
            if (place < 0 || place >= text.size) {
                if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "a place is one of the text");
                failed = 1;
            } else if (!(group ? year_is_settled(self, &text, place) : bracket_is_settled(self, &text, place, article_year, article)))
                failed = PyList_Append(left[group], number) < 0;
        }
        Py_XDECREF(places);
    }
    PyObject *found = failed ? NULL : PyTuple_Pack(2, left[0], left[1]);
    Py_XDECREF(left[0]);
    Py_XDECREF(left[1]);
    return found;
}

static PyMethodDef dates_methods[] = {
    {"unsettled", (PyCFunction)dates_unsettled, METH_VARARGS, "The brackets and years of a text that are to be looked at closer."},
    {NULL}};

static PyTypeObject DatesType = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "normalize.kernel._native.Dates",
    .tp_basicsize = sizeof(Dates),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_doc = "Dates(weekdays, months, far): names and their numbers, and how many days a short date may be from an article.",
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)dates_init,
    .tp_methods = dates_methods,
};

#endif
