"""Properties that are worked out once, when they are first asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazy(Generic[Value]):
    """functools.cached_property without the lock that it takes in Python 3.11: a fork would inherit it held, for ever."""

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find, self.__doc__ = find, find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, holder: None, owner: type) -> lazy[Value]: ...

    @overload
    def __get__(self, holder: object, owner: type) -> Value: ...

    def __get__(self, holder: object | None, owner: type) -> Value | lazy[Value]:
        if holder is None:
            return self
        value: Value = self._find(holder)
        holder.__dict__[self._name] = value  # found before this, from now on
        return value
