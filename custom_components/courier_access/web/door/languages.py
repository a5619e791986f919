"""The language that a browser asks for."""

import re
from typing import Final

from ...const import RESIDENT_LANGUAGES

_MOST: Final = 32
"""Languages of a header that are looked at."""

_WEIGHT: Final = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)
_KNOWN: Final = {language.lower(): language for language in RESIDENT_LANGUAGES}


def preferred_language(accepted: str) -> str:
    """Return the best translation for an Accept-Language header (RFC 9110, 12.5.4)."""
    weighted = [_read(part) for part in accepted.split(",", _MOST)[:_MOST]]
    for name, weight in sorted(weighted, key=lambda each: each[1], reverse=True):
        found = _KNOWN.get(name) or _KNOWN.get(name.partition("-")[0])
        if weight > 0 and found is not None:
            return found
    return RESIDENT_LANGUAGES[0]


def _read(part: str) -> tuple[str, float]:
    """Return a language and its weight; zero if it can't be read."""
    name, *parameters = (each.strip().lower() for each in part.split(";"))
    if not parameters:
        return name, 1
    weight = _WEIGHT.fullmatch(parameters[0])
    return name, float(weight[1]) if weight is not None and len(parameters) == 1 else 0
