"""Convert the values of Arrow columns for records: strings that may be no UTF-8, dates, anything else."""

from __future__ import annotations

import importlib
from typing import Any

from ...arrow_columns import days, is_date, is_string
from ..errors import DumpError


def arrow() -> Any:
    """pyarrow. Raises DumpError where it is not installed."""
    try:
        for part in ("pyarrow.compute", "pyarrow.parquet"):
            importlib.import_module(part)
        return importlib.import_module("pyarrow")
    except ImportError:
        raise DumpError("Parquet needs pyarrow: pip install 'normalize-id[arrow]'") from None


def strings(column: Any) -> list[str | bytes | None]:
    """Return the values of a column of strings; as bytes those that are not UTF-8."""
    try:
        values: list[str | bytes | None] = column.to_pylist()
    except UnicodeDecodeError:
        values = [_decoded(raw) for raw in _binary(column).to_pylist()]
    return values


def unpacked_size(column: Any) -> int:
    """Count the bytes of an array's values, each as often as it occurs."""
    pa = arrow()
    if pa.types.is_dictionary(column.type) and is_string(column.type):
        lengths = pa.compute.binary_length(_as_bytes(column.dictionary))
        return (pa.compute.sum(lengths.take(column.indices)).as_py() or 0) + len(column)
    size: int = column.nbytes
    return size


def _binary(column: Any) -> Any:
    """A column of strings as one of bytes."""
    pa = arrow()
    if pa.types.is_dictionary(column.type):
        plain = pa.binary()
        chunks = [
            pa.DictionaryArray.from_arrays(chunk.indices, _as_bytes(chunk.dictionary)).cast(plain) for chunk in column.chunks
        ]
        return pa.chunked_array(chunks, plain)
    return _as_bytes(column)


def _as_bytes(strings: Any) -> Any:
    pa = arrow()
    return strings.cast(pa.binary_view() if pa.types.is_string_view(strings.type) else pa.large_binary()).cast(pa.binary())


def _decoded(raw: bytes | None) -> str | bytes | None:
    try:
        return None if raw is None else raw.decode()
    except UnicodeDecodeError:
        return raw


def is_utf8(text: str) -> bool:
    return text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text)


def values_of(column: Any) -> list[Any]:
    """Return the values of any column.

    Times that Python has no type for (nanoseconds, years from 10000 on) are in ISO 8601; bytes that are not UTF-8 become
    lone surrogates, as Python has it.
    """
    try:
        values: list[Any] = _exact_times(column).to_pylist()
    except UnicodeDecodeError:
        if not is_string(column.type):
            raise DumpError(f"a column of {column.type} has strings that are not UTF-8") from None
        raws = _binary(column).to_pylist()
        values = [None if raw is None else raw.decode("utf-8", "surrogateescape") for raw in raws]
    except (ValueError, OverflowError, KeyError):  # the last where pytz does not know a zone
        values = [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    pa = arrow()
    try:
        return _exact_times(scalar).as_py()
    except (ValueError, OverflowError, KeyError):
        pass
    if isinstance(scalar, pa.StructScalar):
        return {name: _value(value) for name, value in scalar.items()}
    if isinstance(scalar, pa.ListScalar):
        return [_value(value) for value in scalar.values]
    try:
        return str(scalar.cast(pa.string())).replace(" ", "T", 1)
    except pa.ArrowInvalid:  # in a zone that the system lacks
        return str(scalar.cast(pa.timestamp(scalar.type.unit)).cast(pa.string())).replace(" ", "T", 1) + "Z"


def _exact_times(values: Any) -> Any:
    """Times in nanoseconds as microseconds: of the former, Arrow makes a type of pandas where it can. Raises ValueError."""
    pa = arrow()
    if pa.types.is_timestamp(values.type) and values.type.unit == "ns":
        return values.cast(pa.timestamp("us", values.type.tz))
    return values.cast(pa.duration("us")) if values.type == pa.duration("ns") else values


def dates(column: Any) -> list[Any]:
    """Return the values of a column with articles' own dates: strings unchanged, points in time as days."""
    return days(column) if is_date(column.type) else values_of(column)
