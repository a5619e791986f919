"""Reads JSON that somebody else wrote, with a plain error where it is not what it should be."""

from collections.abc import Mapping
import json

type Record = Mapping[str, object]


class UnexpectedAnswerError(Exception):
    """An answer was not of the shape or content that it must be."""


def record(value: object) -> Record:
    """Return a JSON object as a mapping."""
    if not isinstance(value, dict):
        raise UnexpectedAnswerError(f"expected an object, got {shorten(value)}")
    return value


def records(value: object) -> list[Record]:
    """Return a JSON array of objects."""
    return [record(item) for item in items(value)]


def items(value: object) -> list[object]:
    """Return a JSON array."""
    if not isinstance(value, list):
        raise UnexpectedAnswerError(f"expected a list, got {shorten(value)}")
    return value


def text(holder: Record, key: str) -> str:
    """Return a string that an object has to hold."""
    value = holder.get(key)
    if not isinstance(value, str):
        raise UnexpectedAnswerError(f"expected text in {key!r} of {shorten(holder)}")
    return value


def number(holder: Record, key: str) -> float:
    """Return a number that an object has to hold."""
    value = holder.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnexpectedAnswerError(
            f"expected a number in {key!r} of {shorten(holder)}"
        )
    return value


def parsed(source: str | bytes) -> object:
    """Return the JSON value in a text."""
    try:
        value: object = json.loads(source)
    except ValueError as error:
        raise UnexpectedAnswerError(f"not JSON: {shorten(source)}") from error
    return value


def shorten(value: object) -> str:
    """Return a value in a form that fits an error message."""
    shown = value if isinstance(value, str) else repr(value)
    return shown if len(shown) <= 300 else f"{shown[:300]}…"


def is_waiting(page: str) -> bool:
    """Whether a driver's page waits for its answer; the answer refreshes itself, too."""
    return 'class="said now asking"' in page
