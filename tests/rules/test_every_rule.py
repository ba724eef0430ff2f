"""What holds for every rule, shown on its own examples."""

from __future__ import annotations

import inspect
import re
import time
from dataclasses import replace

import pytest

from normalize import kernel
from normalize.edit import Edit, Finding, apply, resolve_overlaps, undo
from normalize.normalizer import Normalizer
from normalize.rule import Rule
from normalize.rules import RULES, STAGES
from normalize.stages import sort_out
from normalize.text import Text

PLAIN = Normalizer()
EVERYTHING = Normalizer(drop={rule.tag for rule in RULES if rule.tag}, standard=True, fill_holes=True)
LEARNED = replace(
    PLAIN.lexicon,
    boilerplate={line: 9 for rule in RULES for line in rule.learned},
    copies={place: copy for rule in RULES for place, copy in rule.copies.items()},
    own_rewrites=dict(row for rule in RULES for row in rule.own),
)
for engine in (PLAIN, EVERYTHING):
    engine.lexicon = LEARNED

CHANGES = [
    pytest.param(rule, before, after, id=f"{rule.name}: {before}")
    for rule in RULES
    for before, after in rule.changes.items()
]
KEEPS = [pytest.param(rule, keep, id=f"{rule.name}: {keep}") for rule in RULES for keep in rule.keeps]
EXAMPLES = [text for rule in RULES for text in (*rule.changes, *rule.changes.values(), *rule.keeps)]


def normalizer(rule: Rule) -> Normalizer:
    """The whole Normalizer, asked for what the rule does where it does not do it unasked."""
    return EVERYTHING if rule.tag or rule.opt_in else PLAIN


FINDERS = {rule.name: finder for stage in STAGES for finder in stage for rule in finder.rules}
TRIGGERS = {rule.name: kernel.Literals([rule.patterns()]) for rule in RULES}


def concerns(rule: Rule, string: str) -> bool:
    """Whether the rule looks at a text."""
    return TRIGGERS[rule.name].found(string.encode("utf-8", "surrogatepass")) == b"\1"


def proposals(rule: Rule, string: str) -> list[Edit | Finding]:
    """What the rule says about a text when it runs alone."""
    text = Text(string, rule.date, PLAIN.lexicon, PLAIN.corrector, PLAIN.judge)
    edits: list[Edit] = []
    findings: list[Finding] = []
    sort_out(FINDERS[rule.name].find(text), string, {rule.name: (True, "")}, 0.0, edits, findings)
    return [*edits, *findings]


def edits(rule: Rule, string: str) -> list[Edit]:
    return resolve_overlaps([found for found in proposals(rule, string) if isinstance(found, Edit)])


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_changes_what_it_says_alone(rule, before, after):
    assert apply(before, edits(rule, before)) == after


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_changes_what_it_says_among_all_rules(rule, before, after):
    assert normalizer(rule).clean(before, rule.date) == after


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_is_named_in_the_explanation(rule, before, after):
    explanation = normalizer(rule).explain(before, rule.date)
    said = {name for edit in explanation.edits for name in edit.rule.split("+")}
    said |= {finding.rule for finding in explanation.findings}
    assert rule.name in said
    assert undo(explanation.text, explanation.edits) == before


@pytest.mark.parametrize(("rule", "keep"), KEEPS)
def test_keeps_what_it_says_alone(rule, keep):
    assert edits(rule, keep) == []


@pytest.mark.parametrize(("rule", "keep"), KEEPS)
def test_keeps_what_it_says_among_all_rules(rule, keep):
    assert normalizer(rule).clean(keep, rule.date) == keep


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_does_not_fire_again_on_what_it_made(rule, before, after):
    assert edits(rule, after) == []
    assert normalizer(rule).clean(after, rule.date) == after


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_says_nothing_about_a_text_without_its_triggers(rule):
    if not rule.trigger:
        pytest.skip("this rule looks at every text")
    without = [text for text in EXAMPLES if not concerns(rule, text)]
    assert [text for text in without if proposals(rule, text)] == []


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES)
def test_examples_hold_a_trigger(rule, before, after):
    assert concerns(rule, before)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_has_a_name_a_doc_and_examples(rule):
    assert re.fullmatch(r"[a-z0-9]+\.[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.doc.splitlines()[0].endswith(".")
    assert rule.changes
    assert rule.keeps
    assert all(rule.trigger)  # "" is in every text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_confidences_are_probabilities(rule):
    found = [one for text in EXAMPLES if concerns(rule, text) for one in proposals(rule, text)]
    assert found
    assert all(0 < one.confidence <= 1 for one in found)


def test_names_are_unique():
    names = [rule.name for rule in RULES]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.tag and not rule.opt_in], ids=lambda rule: rule.name)
def test_tagged_spans_are_only_reported_unless_dropped(rule):
    for before in rule.changes:
        explanation = PLAIN.explain(before, rule.date)
        assert rule.name not in {edit.rule for edit in explanation.edits}
        assert rule.name in {finding.rule for finding in explanation.findings}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.opt_in], ids=lambda rule: rule.name)
def test_what_must_be_asked_for_is_not_done_unasked(rule):
    for before in rule.changes:
        assert rule.name not in {edit.rule for edit in PLAIN.explain(before, rule.date).edits}


HOSTILE = {
    "a letter": "a",
    "a capital": "A",
    "a digit": "0",
    "spaces": " ",
    "lines": "\n",
    "full stops": ".",
    "commas": ",",
    "commas and spaces": " ,",
    "joins": ".,",
    "spaced joins": "a. , ",
    "glued sentences": "ab.Ab",
    "glued words": "abAb",
    "commas lost": "Abc. de ",
    "slips": "tidka bsia mengtakan ",
    "spaces a letter off": "dih adapan d irumah ",
    "straight quotes": '"',
    "quotes and letters": '."A',
    "apostrophes": "'",
    "brackets": "(",
    "closing brackets": ")",
    "square brackets": "[",
    "slashes": "/",
    "dates": "(1/1",
    "numbers": "1/",
    "entities": "&amp;",
    "ampersands": "&",
    "mojibake": "â€œ",
    "nested mojibake": "Ã\x83",
    "no-break spaces": "\xa0 ",
    "joiners": "\u200d",
    "surrogates": "\ud800",
    "nul": "\x00",
    "crosslinks": "Baca juga: ",
    "unclosed crosslinks": "Simak Video '",
    "bylines": "(Tribunnews.com/",
    "mastheads": "TRIBUNNEVS.COM ",
    "prepositions": "dimana ",
    "reduplication": "-",
    "URLs": "http://a.b/",
}


# And every rule's own first example, over and over.
HOSTILE |= {f"example of {rule.name}": f"{next(iter(rule.changes))} " for rule in RULES}


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(pattern):
    """Well under a second where every rule is linear in the text's length, minutes where one is quadratic."""
    text = (pattern * (100_000 // len(pattern) + 1))[:100_000]
    start = time.process_time()
    asked = {FINDERS[rule.name]: rule for rule in RULES if concerns(rule, text)}
    for rule in asked.values():  # once a finder, as the engine asks
        proposals(rule, text)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("pattern", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_can_be_cleaned_and_restored(pattern):
    text = pattern * 200
    explanation = EVERYTHING.explain(text)
    assert apply(text, explanation.edits) == explanation.text
    assert undo(explanation.text, explanation.edits) == text


def test_a_finder_that_asks_for_the_language_looks_far():
    """Words hundreds of code points away tell it, so that an edit there may change what the finder says."""
    asking = [finder for stage in STAGES for finder in stage if "is_foreign" in inspect.getsource(finder.find)]
    assert len(asking) > 5
    assert [finder.name for finder in asking if not finder.looks_far] == []
