"""The memo of one."""

from __future__ import annotations

from normalize.latest import for_the_latest


def test_is_asked_once_for_the_same_object_and_again_for_another() -> None:
    asked: list[list[int]] = []

    @for_the_latest
    def total(numbers: list[int]) -> int:
        asked.append(numbers)
        return sum(numbers)

    one, equal = [1, 2], [1, 2]
    assert [total(one), total(one), total(equal), total(one)] == [3, 3, 3, 3]
    assert [numbers is one for numbers in asked] == [True, False, True]
