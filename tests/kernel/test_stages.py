"""Stages: the loop over finders, by either implementation."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.edit import Edit, Finding
from normalize.stages import ScheduledFinder

LETTERS = "abc.é\n"


class View:
    """A text of a stage, all that the loop asks of one."""

    def __init__(self, string: str) -> None:
        self.string, self.data = string, string.encode()

    def become(self, string: str) -> None:
        self.string, self.data = string, string.encode()


def finder(found, after, confidence, note=""):
    """Ask for every place of a string."""

    def find(view):
        at = view.string.find(found)
        while at >= 0:
            yield at, at + len(found), after, "made" if after is not None else "reported", confidence, note
            at = view.string.find(found, at + len(found))

    return find


def loop(primitives, stages, looks_far=False, without_kept=None, dropped=frozenset(), triggers=None):
    """The loop over finders, each a string that it looks for, what it makes of it, and its confidence."""
    outcomes = {"made": (True, ""), "reported": (False, "tag")}
    count, ends = sum(map(len, stages)), []
    for stage in stages:
        ends += [len(ends) + len(stage)] * len(stage)
    rows = [row for stage in stages for row in stage]
    finders = [
        ScheduledFinder(finder(*row), outcomes, end, bytes([1] * end + [0] * (count - end)))
        for row, end in zip(rows, ends, strict=True)
    ]
    literals = triggers or primitives.Literals([(row[0].encode(),) for row in rows])
    far = bytes([looks_far] * count)
    return primitives.Stages(finders, literals, far, 2, 0.5, 4, 0, dropped, without_kept, Edit, Finding)


rows = st.tuples(
    st.text(LETTERS, min_size=1, max_size=2),
    st.none() | st.text(LETTERS, max_size=3),
    st.sampled_from([0.4, 0.6, 0.9]),
)


@given(
    st.lists(st.lists(rows, min_size=1, max_size=3), max_size=4),
    st.lists(st.text(LETTERS, max_size=30), max_size=4),
    st.booleans(),
)
def test_the_same_comes_of_texts_together_and_alone(both, stages, texts, looks_far):
    fast, pure = (loop(primitives, stages, looks_far).explained([*map(View, texts)]) for primitives in both)
    assert fast == pure
    assert fast == [loop(both[0], stages, looks_far).explained([View(text)])[0] for text in texts]
    assert {type(edit) for _, edits, _ in fast for edit in edits} <= {Edit}
    assert {type(finding) for _, _, findings in fast for finding in findings} <= {Finding}


def sorted_out(primitives, string, proposals, least=0.5):
    """The edits and findings that the proposals of one finder come to, of which rule "a" makes edits and "b" reports."""
    asked = [ScheduledFinder(lambda view: proposals, {"a": (True, ""), "b": (False, "tag")}, 1, b"\0")]
    literals = primitives.Literals([()])
    ((_, edits, findings),) = primitives.Stages(
        asked, literals, b"\0", 1, least, 4, 0, frozenset(), None, Edit, Finding
    ).explained([View(string)])
    return edits, findings


def test_proposals_are_made_edits_or_findings(primitives):
    made = Edit(0, 2, "ia", "dia", "a", 0.9)
    edits, findings = sorted_out(
        primitives,
        "ia di sini",
        [
            (3, 5, "ke", "a", 0.9, "note"),
            (3, 5, "pada", "a", 0.4, "unsure"),
            (3, 5, None, "a", 0.4, "note"),
            (6, 10, "sana", "b", 0.1, ""),
            (6, 10, None, "skipped", 1.0, ""),
            made,
            made._replace(rule="b"),
            made._replace(start=6, confidence=0.1),
        ],
    )
    assert edits == [made, Edit(3, 5, "di", "ke", "a", 0.9)]
    assert sorted(findings) == [
        Finding(0, 2, "ia", "b", 0.9, "tag"),
        Finding(3, 5, "di", "a", 0.4, "note"),
        Finding(6, 10, "sini", "b", 0.1, "tag"),
    ]
    assert {*map(type, edits)} == {Edit}
    assert {*map(type, findings)} == {Finding}


@pytest.mark.parametrize(
    "bad", [None, (1, 2), (0, 1, "x", [], 0.9, ""), ("0", 1, "x", "a", 0.9, ""), (0, 1, "x", "a", "?", "")]
)
def test_what_is_no_proposal_is_refused(primitives, bad):
    with pytest.raises((TypeError, ValueError)):
        sorted_out(primitives, "ia", [bad])


def test_what_an_edit_makes_is_found_by_stages_before_and_after(primitives):
    stages = [[("x", "y", 0.9)], [("a", "x", 0.9)], [("y", None, 0.6, "note")]]
    ((string, edits, findings),) = loop(primitives, stages).explained([View("bab y")])
    assert (string, edits) == ("byb y", [Edit(1, 2, "a", "y", "made", 0.81)])
    assert findings == [Finding(1, 2, "a", "reported", 0.6, "note"), Finding(4, 5, "y", "reported", 0.6, "note")]


def test_a_finder_that_looks_far_is_asked_again_after_any_edit(primitives):
    asked = []

    def find(view):
        asked.append(view.string)
        return ()

    outcomes = {"made": (True, "")}
    for far in (b"\0\0", b"\1\0"):
        finders = [ScheduledFinder(find, outcomes, 1, b"\0\0"), ScheduledFinder(finder("a", "x", 0.9), outcomes, 2, b"\1\0")]
        literals = primitives.Literals([(b"b",), (b"a",)])
        primitives.Stages(finders, literals, far, 1, 0.5, 4, 0, frozenset(), None, Edit, Finding).explained(
            [View("b......a")]
        )
    assert asked == ["b......a", "b......a", "b......x"]


def test_what_begins_a_line_is_looked_for_where_one_begins(primitives):
    asked = []

    def find(view):
        asked.append(view.string)
        return ()

    outcomes = {"made": (True, "")}
    finders = [ScheduledFinder(find, outcomes, 1, b"\0\0"), ScheduledFinder(finder("a", "x", 0.9), outcomes, 2, b"\1\0")]
    literals = primitives.Literals([(b"\n.",), (b"a",)])
    stages = primitives.Stages(finders, literals, b"\0\0", 2, 0.5, 4, 0, frozenset(), None, Edit, Finding)
    stages.explained([View("....a....a...."), View("b....a"), View("b.a......"), View("\n.a......")])
    assert asked == ["....a....a....", "\n.a......", "\n.x......"]


def test_a_short_text_has_more_rounds(primitives):
    """Each round takes out the last letter: four may, and as many more as make `read` code points.

    A text that leads on and on, until no round is left, stays as it is: cleaned twice it must be as cleaned once.
    """

    def find(view):
        end = len(view.string)
        asked_about.append(view.string)
        return [Edit(end - 1, end, "a", "", "made", 0.9)] if view.string.endswith("a") else []

    asked_about: list[str] = []
    asked = [ScheduledFinder(find, {"made": (True, "")}, 1, b"\1")]
    literals = primitives.Literals([()])
    stages = primitives.Stages(asked, literals, b"\1", 1, 0.5, 4, 100, frozenset(), None, Edit, Finding)
    texts = ["a" * 9, "a" * 30, "a" * 8, "b" + "a" * 20, "b" + "a" * 3]
    explained = stages.explained(list(map(View, texts)))
    assert [string for string, _, _ in explained] == ["", "a" * 30, "", "b" + "a" * 20, "b"]
    assert [len(edits) for _, edits, _ in explained] == [1, 0, 1, 0, 1]
    assert asked_about.count("a" * 30) == 2  # at first, and for its findings


def test_a_text_that_leads_on_has_the_findings_of_what_it_is(primitives):
    def find(view):
        return [Edit(0, 1, "a", "", "made", 0.9)] if view.string.startswith("a") else []

    finders = [
        ScheduledFinder(find, {"made": (True, "")}, 1, b"\1\0"),
        ScheduledFinder(finder("b", None, 0.9), {"reported": (True, "")}, 2, b"\1\1"),
    ]
    literals = primitives.Literals([(), ()])
    stages = primitives.Stages(finders, literals, b"\1\1", 1, 0.5, 4, 0, frozenset(), None, Edit, Finding)
    (explained,) = stages.explained([View("a" * 9 + "b")])
    assert explained == ("a" * 9 + "b", [], [Finding(9, 10, "b", "reported", 0.9, "")])


def test_words_to_keep_are_left_out(primitives):
    def without_kept(string, edits, findings):
        return [edit for edit in edits if edit.start], [finding for finding in findings if finding.start]

    kept = loop(primitives, [[("a", "x", 0.9), ("b", None, 0.9)]], without_kept=without_kept)
    (explained,) = kept.explained([View("a ab")])
    assert explained == ("a xb", [Edit(2, 3, "a", "x", "made", 0.9)], [Finding(3, 4, "b", "reported", 0.9, "tag")])


def test_what_goes_wrong_in_a_finder_is_raised(primitives):
    def broken(view):
        raise KeyError("broken")

    for find, error in ((broken, KeyError), (lambda view: 1 / 0, ZeroDivisionError), (lambda view: [7], TypeError)):
        asked = [ScheduledFinder(find, {}, 1, b"\0")]
        stages = primitives.Stages(asked, primitives.Literals([()]), b"\0", 1, 0.5, 4, 0, frozenset(), None, Edit, Finding)
        with pytest.raises(error):
            stages.explained([View("b"), View("a")])


def test_what_is_no_loop_is_refused(both):
    literals, find = both[0].Literals([(b"a",)]), finder("a", "b", 0.9)
    good = ScheduledFinder(find, {}, 1, b"\0")
    for finders, far, reach in (
        ([None], b"\0", 1),
        ([(find, {}, 1)], b"\0", 1),
        ([good._replace(stage_end=0)], b"\0", 1),
        ([good._replace(stage_end=2)], b"\0", 1),
        ([good._replace(repeats=b"")], b"\0", 1),
        ([good._replace(outcomes=())], b"\0", 1),
        ([good], b"", 1),
        ([good], b"\0", -1),
    ):
        with pytest.raises((TypeError, ValueError)):
            both[0].Stages(finders, literals, far, reach, 0.5, 4, 0, frozenset(), None, Edit, Finding)
    stages = both[0].Stages(
        [good], SimpleNamespace(found=lambda *_: b""), b"\0", 1, 0.5, 4, 0, frozenset(), None, Edit, Finding
    )
    for view in (View("a"), None, SimpleNamespace(string=7, data=b"")):
        with pytest.raises((TypeError, AttributeError)):
            stages.explained([view])


def test_a_loop_and_what_it_asks_are_let_go_together(both):
    import gc
    import weakref

    class Owner:
        def __init__(self):
            self.stages = loop(both[0], [[("a", "x", 0.9)]], without_kept=self.without_kept)

        def without_kept(self, *_):
            raise NotImplementedError

    owner = Owner()
    gone = weakref.ref(owner)
    del owner
    gc.collect()
    assert gone() is None
