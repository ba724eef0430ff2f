"""The features that decide whether a word is a slip of another, and their limits; decision.tsv has their weights."""

from __future__ import annotations

# The features of a typed word and a candidate ...
PAIR_FEATURES = (
    "bias",
    "prior",  # log P(meant)
    "cost",  # -log P(typed | meant)
    "two_slips",
    "first_letter",  # the slip is in the first letter
    "colloquial",  # typed with -in for -kan and -i, or a drawn-out letter: written so on purpose
    "trigram_surprisal",  # how much more surprising its letters are than those of the candidate, in nats a letter
    "long_root",  # affixes around a root that the candidate is not made of: pencegatan, pencegahan
    "short_root",  # the same, of a root of four letters or fewer, which fits by chance
    "root_family",  # log of the uses of words made of that root, where it is long
    "affixes",  # around it, where it is long
    "listed",  # a list has the typed word, or it is made of a long root: then its slip must be likelier
    "listed_cost",
    "listed_prior",
    "swapped",  # what kind of slip it is; none of these six: another letter
    "doubled",
    "single",
    "added",
    "omitted",
    "neighbouring_keys",  # another letter, whose key lies beside it
    "vowels",  # another letter, both vowels
    "last_letter_omitted",
    "last_letter_added",
    "listed_last_letter_omitted",
)
# ... of the typed word, ...
WORD_FEATURES = (
    "rare",  # it is right as such
    "rare_count",  # log(1 + uses) where it is
    "unverified_count",  # log(1 + uses) where nothing vouches for it
    "well_formed",  # affixes around a known root
    "name",  # log(1 + uses as a name)
    "unseen_trigrams",  # runs of three letters that no word of the lexicon has
    "length",  # letters, at most 12
    "short",  # fewer than 5 letters
    "root_in_use",  # a root in the list of MALINDO that several sources of news have
    "malindo",  # a root in that of MALINDO alone, which has many Malay words and some slips
    "not_standard",  # a spelling that Sipebi lists as not standard: it may be meant
    "english",
    "collections",  # log(1 + collections of news that have it)
    "unpronounceable",  # a long word that begins or ends as no other does, or has four consonants in a row
)
# ... and of the place. Counts are taken as log(1 + count).
PLACE_FEATURES = (
    "pmi",  # how much likelier the candidate is between these neighbours than anywhere, in nats
    "margin",  # by which it ranks before the next candidate, in nats
    "rare_pmi",  # the same of the typed word, where that is a rare one
    "listed_pmi",  # that of the candidate again, where the typed word is listed: its place must tell it from a right one
    "capitalised",
    "repeated",  # further times in the same text
    "foreign_words",  # words around it that look foreign: another language, chat
    "chat",  # abbreviations without vowels farther around
    "contracted",  # it lacks a vowel, and stands among these
    "sure_slip_nearby",  # a sure slip was mended nearby: typed in haste
    "in_text",  # log(1 + times that the text has the candidate elsewhere)
    "not_in_text",  # it does not have it: how much of LONG_TEXT it is, for a short one says nothing
)
FEATURES = PAIR_FEATURES + WORD_FEATURES + PLACE_FEATURES
MARGIN, RARE, SHORT_ROOT = FEATURES.index("margin"), FEATURES.index("rare"), FEATURES.index("short_root")
RANKING = ("rank_prior", "rank_cost", "rank_pmi")  # the weights that rank candidates: a conditional logit

# Limits of features, so that no single one decides: choices. Of 4,256 labelled words 20 reach the upper limit of the pmi,
# none the lower one or one of the surprisal; 3,145 have one candidate, or a margin of 6 nats and more.
MARGIN_LIMIT = 6.0  # nats
PMI_LIMITS = (-6.0, 10.0)  # nats
SURPRISAL_LIMITS = (-4.0, 6.0)  # nats a letter
MOST_IN_TEXT = 3  # times that the text has a candidate: more say no more; a choice
LONG_TEXT = 3_000  # code points of a text: a longer one says no more by not having it; a choice
