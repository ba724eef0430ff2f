"""Signs of a program's code, where names have capitals inside: "totalHarga = 5", "namaJalan: Merdeka"."""

from __future__ import annotations

from ..lazy import lazy_pattern

NEAR = 200  # code points on each side: a choice
# What a newsroom writes before a name, with a colon behind, is no key: "IrfanEditor: Adi".
LABELS = frozenset(
    {"editor", "foto", "genre", "pemeran", "penulis", "pewarta", "produser", "redaktur", "reporter", "sumber", "sutradara"}
)
# A call, a key of JSON, one of YAML (which begins its line), what is set to a value, a name alone in quotes, brackets or a
# cell, or behind a sign of variables: words near by are names in a program, too.
_CAMEL = r"[a-z]+(?:[A-Z][a-z0-9]+)+"
_NO_LABEL = "".join(f"(?<!{label.title()})" for label in sorted(LABELS))
_SIGN = lazy_pattern(
    r"[\"'`(${<\[|-](?:(?<=[a-z]\()\)|(?<=[a-z]\"):"
    rf"|(?:(?<=\$)(?<!\w\$)|(?<=-)(?<!\w-)-){_CAMEL}"
    rf"|(?<=[\"'`{{<\[]){_CAMEL}[\"'`}}>\]]|(?<=\|) ?{_CAMEL} ?\|)"
)
_VALUE = lazy_pattern(rf"(?<!\w){_CAMEL} ?=")
_KEY = lazy_pattern(rf"(?<![^\n])[ \t]*(?:[-#] )?[\"']?{_CAMEL}{_NO_LABEL}[\"']?\??[ ]?:")


def is_near_code(string: str, place: int) -> bool:
    """Whether code is NEAR `place`: a value and a key are looked for only where their sign is."""
    start, end = max(0, place - NEAR), place + NEAR
    if _SIGN.search(string, start, end) or ("=" in string[start:end] and _VALUE.search(string, start, end)):
        return True
    return ":" in string[start:end] and _KEY.search(string, start, end) is not None
