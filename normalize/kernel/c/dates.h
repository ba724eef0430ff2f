/* Dates(weekdays, months, window, first_slash, longest_month): the dates in a text that the calendar does not plainly
 * confirm.
 *
 * The definition is Python: dates/confirm.py. */
#ifndef NORMALIZE_KERNEL_DATES_H
#define NORMALIZE_KERNEL_DATES_H
#include "lists.h"

enum { MOST_NAMES = 128, LONGEST_NAME = 15 };

typedef struct {
    int size, number;
    char letters[LONGEST_NAME + 1];
} Name;

typedef struct {
    PyObject_HEAD
    Name weekdays[MOST_NAMES], months[MOST_NAMES]; /* weekdays as printed, 0 for Monday; months in small letters */
    Py_ssize_t weekday_count, month_count;
    long window; /* days from the article's date to one that is printed without its year, at the most */
    Py_ssize_t first_slash, longest_month; /* code points: from a bracket to its date's slash; of a month with the blanks */
} Dates;

static int is_digit(Py_UCS4 c) { return c >= '0' && c <= '9'; }

/* Takes a dict of names and numbers; how many, or -1 with an exception set. */
static Py_ssize_t names_fill(Name *names, PyObject *dict) {
    Py_ssize_t at = 0, count = 0;
    for (PyObject *key, *value; PyDict_Next(dict, &at, &key, &value); count++) {
        Py_ssize_t size = 0;
        const char *letters = PyUnicode_Check(key) ? utf8_of(key, &size) : NULL;
        long number = PyLong_Check(value) ? PyLong_AsLong(value) : -1;
        if (!letters || !size || size > LONGEST_NAME || number < 0 || number > 12 || count == MOST_NAMES)
            return PyErr_Format(PyExc_ValueError, "names are short strings, with a number up to 12, and not too many"), -1;
        names[count].size = (int)size;
        names[count].number = (int)number;
        memcpy(names[count].letters, letters, (size_t)size);
    }
    return count;
}

static PyObject *dates_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
    static char *names[] = {"weekdays", "months", "window", "first_slash", "longest_month", NULL};
    PyObject *weekdays, *months;
    long window;
    Py_ssize_t first_slash, longest_month;
    if (!PyArg_ParseTupleAndKeywords(args, keywords, "O!O!lnn:Dates", names, &PyDict_Type, &weekdays, &PyDict_Type, &months,
                                     &window, &first_slash, &longest_month))
        return NULL;
    if (first_slash < 1 || longest_month < 2 || first_slash > 80 || longest_month > 80)
        return PyErr_Format(PyExc_ValueError, "a date is looked for in 80 code points at the most");
    Dates *self = (Dates *)type->tp_alloc(type, 0);
    if (!self) return NULL;
    self->window = window;
    self->first_slash = first_slash;
    self->longest_month = longest_month;
    self->weekday_count = names_fill(self->weekdays, weekdays);
    self->month_count = self->weekday_count < 0 ? -1 : names_fill(self->months, months);
    if (self->month_count < 0) Py_CLEAR(self);
    return (PyObject *)self;
}

static void dates_dealloc(Dates *self) { object_free((PyObject *)self); }

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

/* The number of `least` to `most` digits at *offset, which moves behind them; -1 where there are not so many, or more. */
static int digits_at(const Reader *text, Py_ssize_t *offset, int least, int most) {
    int number = 0, count = 0;
    for (; is_digit(char_at(text, *offset)); ++*offset)
        if (++count > most)
            return -1;
        else
            number = number * 10 + (int)(char_at(text, *offset) - '0');
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

/* Whether a day falls on a weekday; where no year is printed (-1), in the year that is nearest to the article, of which the
 * year and the ordinal are given, if any. */
static int is_confirmed(const Dates *self, int weekday, int day, int month, int year, long article_year, long article) {
    if (year >= 0) {
        long ordinal = ordinal_of(year, month, day);
        return ordinal && (ordinal + 6) % 7 == weekday;
    }
    if (!article) return ordinal_of(2024, month, day) != 0;
    static const int years[] = {0, -1, 1};
    for (int i = 0; i < 3; i++) {
        long ordinal = ordinal_of(article_year + years[i], month, day);
        if (ordinal && labs(ordinal - article) <= self->window) return (ordinal + 6) % 7 == weekday;
    }
    return 0;
}

static int has_slash(const Dates *self, const Reader *text, Py_ssize_t start) {
    for (Py_ssize_t i = start; i < start + self->first_slash; i++)
        if (char_at(text, i) == '/') return 1;
    return 0;
}

/* Whether what is in a bracket is no date, or is "Kamis (24/10/2024)" or "Kamis (24/10)", and right. */
static int bracket_is_settled(const Dates *self, const Reader *text, Py_ssize_t bracket, long article_year, long article) {
    if (!has_slash(self, text, bracket)) return 1;
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
    if (month < 0 || char_at(text, i) != ')' || has_slash(self, text, i)) return 0;
    return is_confirmed(self, weekday, day, month, year, article_year, article);
}

/* Whether a year is no date's, or that of "Kamis, 24 Oktober 2024", and right. */
static int year_is_settled(const Dates *self, const Reader *text, Py_ssize_t offset) {
    Py_ssize_t blank = offset - 2;
    while (blank > 0 && blank > offset - self->longest_month && char_at(text, blank) != ' ') blank--;
    if (blank < 1 || char_at(text, blank) != ' ' || !is_digit(char_at(text, blank - 1))) return 1;
    Py_ssize_t first = is_digit(char_at(text, blank - 2)) ? blank - 2 : blank - 1, end = first - 1;
    if (char_at(text, end) != ' ' || char_at(text, offset - 1) != ' ') return 0;
    if (char_at(text, end - 1) == ',') end--;
    int weekday = weekday_before(self, text, end), month = weekday < 0 ? 0 : month_at(self, text, blank + 1, offset - 1);
    if (!month) return 0;
    int day = digits_at(text, &first, 1, 2), year = 0;
    for (Py_ssize_t i = offset; i < offset + 4; i++)
        if (!is_digit(char_at(text, i)))
            return 0;
        else
            year = year * 10 + (int)(char_at(text, i) - '0');
    return day >= 0 && is_confirmed(self, weekday, day, month, year, 0, 0);
}

/* Adds those of some offsets that are to be looked at closer to a list; -1 with an exception set. */
static int dates_sift(const Dates *self, const Reader *text, PyObject *offsets, PyObject *into, long article_year,
                      long article, int are_years) {
    PyObject *own = PySequence_Tuple(offsets);
    for (Py_ssize_t i = 0; own && i < PyTuple_GET_SIZE(own); i++) {
        PyObject *number = PyTuple_GET_ITEM(own, i);
        Py_ssize_t offset = PyLong_Check(number) ? PyLong_AsSsize_t(number) : -1;
        if (offset < 0 || offset >= text->size) {
            if (!PyErr_Occurred()) PyErr_SetString(PyExc_ValueError, "an offset is one of the text");
            Py_CLEAR(own);
            break;
        }
        int is_settled =
            are_years ? year_is_settled(self, text, offset) : bracket_is_settled(self, text, offset, article_year, article);
        if (!is_settled && PyList_Append(into, number) < 0) Py_CLEAR(own);
    }
    Py_XDECREF(own);
    return own ? 0 : -1;
}

/* unconfirmed(text, brackets, years, year, ordinal) -> (list, list) */
static PyObject *dates_unconfirmed(Dates *self, PyObject *args) {
    PyObject *string, *brackets, *years;
    long article_year, article;
    if (!PyArg_ParseTuple(args, "UOOll", &string, &brackets, &years, &article_year, &article)) return NULL;
    if (article_year < 0 || article_year > 9999) return PyErr_Format(PyExc_ValueError, "no article is of that year");
    Reader text = reader_of(string);
    PyObject *left = PyList_New(0), *others = PyList_New(0), *found = NULL;
    if (left && others && dates_sift(self, &text, brackets, left, article_year, article, 0) == 0 &&
        dates_sift(self, &text, years, others, article_year, article, 1) == 0)
        found = PyTuple_Pack(2, left, others);
    Py_XDECREF(left);
    Py_XDECREF(others);
    return found;
}

static PyMethodDef dates_methods[] = {
    {"unconfirmed", (PyCFunction)dates_unconfirmed, METH_VARARGS, "The brackets and years that are to be looked at closer."},
    {NULL, NULL, 0, NULL}};

#endif
