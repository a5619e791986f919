"""Validate the fields of couriers' messages, and describe their errors."""

from collections.abc import Callable
from datetime import UTC, datetime
import re
from typing import Final

import voluptuous as vol

from ..access.model import normal_unit

GRANT_ID_PATTERN: Final = r"^[A-Za-z0-9._:-]{1,64}$"
# Texts end up on lock screens and in logs: no control characters, nothing that breaks the line or
# turns its direction, no byte-order mark.
TEXT_PATTERN: Final = r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]*$"
# RFC 3339, with its lower-case letters, without its leap seconds.
INSTANT_PATTERN: Final = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
# The largest integer that every JSON implementation and the ledger hold exactly.
MAX_REVISION: Final = 2**53 - 1
MAX_ENTRIES: Final = 10
MAX_UNITS: Final = 50
MAX_UNIT_LENGTH: Final = 32
MAX_REFERENCE_LENGTH: Final = 64
MAX_REASON_LENGTH: Final = 200

_GRANT_ID: Final = re.compile(GRANT_ID_PATTERN)
_TEXT: Final = re.compile(TEXT_PATTERN)
_INSTANT: Final = re.compile(INSTANT_PATTERN)


def required(name: str) -> vol.Required:
    """A key that has to be there."""
    return vol.Required(name, msg="is required")


def an_object(value: object) -> object:
    """Let objects through."""
    if not isinstance(value, dict):
        raise vol.Invalid("must be an object")
    return value


def unknown(value: object) -> object:
    """Refuse a key that is not known."""
    raise vol.Invalid("must be left out: no such field is known here")


def recipient(value: object) -> object:
    """Let any webhook id through: whose it is, is checked before."""
    if not isinstance(value, str):
        raise vol.Invalid("must be the webhook id that the message is sent to")
    return value


def instant(value: object) -> datetime:
    """Read an RFC 3339 time. Digits beyond the microsecond are dropped."""
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except ValueError, OverflowError:
        pass  # no day of the calendar, or no instant in the years 1 to 9999
    raise vol.Invalid("must be a time with an offset, such as 2026-11-24T09:30:00+01:00")


def grant_id(value: object) -> object:
    """Let a courier's number of a grant through."""
    if not isinstance(value, str) or _GRANT_ID.fullmatch(value) is None:
        raise vol.Invalid("must be 1 to 64 letters of A-Z, digits, or any of . _ : -")
    return value


def _integer(lowest: int, highest: int) -> Callable[[object], object]:
    def check(value: object) -> object:
        # JSON's true is an int to Python.
        if type(value) is not int or not lowest <= value <= highest:
            raise vol.Invalid(f"must be a whole number from {lowest} to {highest}")
        return value

    return check


def _text(shortest: int, longest: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            raise vol.Invalid(f"must be a string of {shortest} to {longest} characters")
        if _TEXT.fullmatch(value) is None:
            raise vol.Invalid("must not contain control characters, or break or turn the line")
        return value

    return check


def _not_blank(value: str) -> str:
    if not normal_unit(value):
        raise vol.Invalid("must not be blank")
    return value


def _unit_list(value: object) -> object:
    if not isinstance(value, list) or not 1 <= len(value) <= MAX_UNITS:
        raise vol.Invalid(f"must be a list of 1 to {MAX_UNITS} units")
    return value


def _distinct(units: list[str]) -> tuple[str, ...]:
    """Keep the first spelling of each unit."""
    first: dict[str, str] = {}
    for unit in units:
        first.setdefault(normal_unit(unit), unit)
    return tuple(first.values())


DOOR: Final = _text(1, MAX_REFERENCE_LENGTH)
REASON: Final = _text(0, MAX_REASON_LENGTH)
REFERENCE: Final = _text(0, MAX_REFERENCE_LENGTH)
REVISION: Final = _integer(1, MAX_REVISION)
ENTRIES: Final = _integer(1, MAX_ENTRIES)
UNITS: Final = vol.All(_unit_list, [vol.All(_text(1, MAX_UNIT_LENGTH), _not_blank)], _distinct)
