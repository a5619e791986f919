"""Numbers of parcels, as people type them and as scanners read them from labels.

Carriers print more than the number: a postal code, a service, or a check digit. So a
number is also looked for within what was scanned. No library does that: those for GS1
read only what GS1 defines, and no label of DPD, UPS, or DHL Express.
"""

from collections.abc import Iterable
import hmac
import re
from typing import Final

from .codes import normal_code

SHORTEST: Final = 6
"""Shorter references are too easily guessed to be a proof."""
SHORTEST_WITHIN: Final = 10
"""Shorter numbers are within too many labels by chance."""
LONGEST_LABEL: Final = 40
"""A longer label would try too many numbers at once; no carrier's bars hold more."""

_READER: Final = re.compile(r"\A\][A-Za-z][0-9A-Za-z]")
"""Which symbol a reader read, such as `]C1` (ISO/IEC 15424, formerly AIM)."""
_IDENTIFIER: Final = re.compile(r"\A\([0-9]{2,4}\)")
"""A GS1 application identifier, as GS1 prints it for people."""
_SSCC: Final = re.compile(r"00(?P<number>[0-9]{18})")
"""The number of a shipping container after its identifier, as a scanner reads it."""


def is_number(typed: str, reference: str) -> bool:
    """Return whether what was typed is the number of a parcel, and nothing else."""
    number = normal_code(typed)
    return len(number) >= SHORTEST and _same(number, normal_code(reference))


def bare_number(text: str) -> str:
    """Return a number without what readers and GS1 put before it, as it is compared."""
    # A reader may send GS1's FNC1 as the separator GS, which is white space in Python.
    text = _IDENTIFIER.sub("", _READER.sub("", text.strip()))
    number = normal_code(text)
    container = _SSCC.fullmatch(number)
    return number if container is None else container["number"]


def number_on_label(scanned: str, expected: Iterable[str]) -> str | None:
    """Return which bare number a label shows: the longest one, if only one is as long."""
    label = bare_number(scanned)
    found = {number for number in expected if _shows(label, number)}
    longest = max(map(len, found), default=0)
    longest_ones = [number for number in found if len(number) == longest]
    return longest_ones[0] if len(longest_ones) == 1 else None


def _shows(label: str, number: str) -> bool:
    if len(number) < SHORTEST:
        return False
    if len(number) < SHORTEST_WITHIN or len(label) > LONGEST_LABEL:
        return _same(label, number)
    ends = range(len(number), len(label) + 1)
    # Every place is compared, so the time doesn't tell where the number is.
    return sum(_same(label[end - len(number) : end], number) for end in ends) > 0


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
