"""Parse JSON strictly, so that a body means the same to every reader."""

from collections.abc import Iterable
from dataclasses import dataclass
import json
import re
from typing import Final

MAX_DEPTH: Final = 16
MAX_FAULTS: Final = 50

type JsonValue = (
    dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None
)

_LONE_SURROGATE: Final = "must not contain half of a surrogate pair"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_LONGEST_TOKEN: Final = 100
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
# A string with its brackets, or a bracket. Possessive, so no input backtracks.
_BRACKETS: Final = re.compile(r'"(?:[^"\\]|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """One error in a body: an RFC 6901 pointer ("" for the whole) and what is expected."""

    pointer: str
    detail: str


class Malformed(Exception):
    """A body that isn't valid; `faults` are at most 50, ordered by pointer."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(
            sorted(faults, key=lambda fault: fault.pointer)[:MAX_FAULTS]
        )
        super().__init__(
            "; ".join(f"{fault.pointer}: {fault.detail}" for fault in self.faults)
        )


def pointer(*path: object) -> str:
    """Return the JSON pointer of a path of keys and indices.

    Keys are cut at 100 characters and lone surrogates escaped, so that the pointer can
    always be sent back.
    """
    tokens = (
        str(token)[:_LONGEST_TOKEN].replace("~", "~0").replace("/", "~1")
        for token in path
    )
    return (
        "".join(f"/{token}" for token in tokens)
        .encode(errors="backslashreplace")
        .decode()
    )


def read_json(body: bytes) -> JsonValue:
    """Return the body's JSON value, or raise Malformed, whatever the bytes.

    Also rejected: byte-order marks, invalid UTF-8, nesting deeper than 16, repeated
    keys, NaN and Infinity, numbers beyond a double, and lone surrogates.
    """
    if body.startswith(_BYTE_ORDER_MARK):
        raise Malformed([Fault("", "must not start with a byte-order mark")])
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Malformed([Fault("", f"must be UTF-8 (byte {error.start})")]) from None
    if _depth(text) > MAX_DEPTH:
        raise Malformed([Fault("", f"must not be nested deeper than {MAX_DEPTH}")])
    try:
        parsed: _Parsed = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Malformed([Fault("", f"must be JSON ({place}: {error.msg})")]) from None
    faults: list[Fault] = []
    value = _checked(parsed, (), faults)
    if faults:
        raise Malformed(faults)
    return value


@dataclass(frozen=True, slots=True)
class _Pairs:
    """An object as written, perhaps with repeated keys."""

    pairs: list[tuple[str, _Parsed]]


@dataclass(frozen=True, slots=True)
class _Unusable:
    """NaN, Infinity, or a number beyond a double."""

    detail: str


type _Parsed = _Pairs | list[_Parsed] | _Unusable | str | int | float | bool | None


def _integer(digits: str) -> int | _Unusable:
    # Check it as a double first: Python refuses integers of thousands of digits.
    return int(digits) if isinstance(_double(digits), float) else _TOO_LARGE


def _double(digits: str) -> float | _Unusable:
    number = float(digits)
    return _TOO_LARGE if number in (float("inf"), float("-inf")) else number


_TOO_LARGE: Final = _Unusable("must be a number that a double can hold")
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs,
    parse_int=_integer,
    parse_float=_double,
    parse_constant=lambda name: _Unusable(f"must not be {name}"),
)


def _depth(text: str) -> int:
    """Return how deep brackets are nested, up to the first invalid character."""
    depth = deepest = 0
    for found in _BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _checked(
    value: _Parsed, path: tuple[object, ...], faults: list[Fault]
) -> JsonValue:
    """Return the plain value; add errors to `faults`."""
    match value:
        case _Pairs(pairs):
            plain: dict[str, JsonValue] = {}
            for key, member in pairs:
                member_path = (*path, key)
                if key in plain:
                    faults.append(Fault(pointer(*member_path), "must not be repeated"))
                if _SURROGATE.search(key):
                    faults.append(Fault(pointer(*member_path), _LONE_SURROGATE))
                plain[key] = _checked(member, member_path, faults)
            return plain
        case list():
            return [
                _checked(item, (*path, index), faults)
                for index, item in enumerate(value)
            ]
        case _Unusable(detail):
            faults.append(Fault(pointer(*path), detail))
            return None
        case str() if _SURROGATE.search(value):
            faults.append(Fault(pointer(*path), _LONE_SURROGATE))
            return None
        case _:
            return value
