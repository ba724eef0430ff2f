"""Lazy values, computed when they are first used: properties, and regular expressions."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from typing import Any, AnyStr, Generic, TypeVar, cast, overload

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


class _LazyPattern:
    """Stands for an re.Pattern, and compiles it when one of its attributes is first asked for.

    The names that it has in the module where it was made are given to the pattern then: to ask that for a method takes 3 ns,
    to ask what stands for it 60.
    """

    def __init__(self, source: str | bytes, flags: int, names: dict[str, Any]) -> None:
        self._source, self._flags, self._names = source, flags, names

    __class__ = property(lambda self: re.Pattern)  # for isinstance()

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # copy and pickle ask for what an re.Pattern need not have
            raise AttributeError(name)
        if name == "_compiled":
            value: Any = re.compile(self._source, self._flags)
            self._names.update({key: value for key, named in list(self._names.items()) if named is self})
        else:
            value = getattr(self._compiled, name)
        self.__dict__[name] = value  # found before this, from now on
        return value


def lazy_pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """`re.compile`, put off to the first use; re.error is raised then.

    Of the patterns of all rules a text needs few, and to compile all 240 takes 35 ms.
    """
    return cast("re.Pattern[AnyStr]", _LazyPattern(source, flags, sys._getframe(1).f_globals))
