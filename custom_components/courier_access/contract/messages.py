"""Parse courier messages strictly, and locate every error (docs/courier-api/README.md)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
import hashlib
import json
import re
from typing import Any, Final

import orjson
import voluptuous as vol

from ..access.model import DETAILS, DETAILS_AT_DOOR, DeliveryDetails, normal_unit
from .signature import TOLERANCE_SECONDS, Version

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


def _whole_number(digits: str) -> int | _Unusable:
    # Check it as a double first: Python refuses integers of thousands of digits.
    return int(digits) if isinstance(_double(digits), float) else _TOO_LARGE


def _double(digits: str) -> float | _Unusable:
    number = float(digits)
    return _TOO_LARGE if number in (float("inf"), float("-inf")) else number


_TOO_LARGE: Final = _Unusable("must be a number that a double can hold")
_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_Pairs,
    parse_int=_whole_number,
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


GRANT_ID_PATTERN: Final = r"^[A-Za-z0-9._:-]{1,64}$"
# Text ends up on lock screens and in logs: no control characters, line breaks, changes
# of direction, or byte-order marks.
TEXT_PATTERN: Final = (
    r"^[^\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]*$"
)
# RFC 3339, including lowercase letters, without leap seconds.
INSTANT_PATTERN: Final = (
    r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
    r"([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
# The largest integer that every JSON implementation stores exactly.
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
    return vol.Required(name, msg="is required")


def an_object(value: object) -> object:
    """Accept only objects."""
    if not isinstance(value, dict):
        raise vol.Invalid("must be an object")
    return value


def unknown(value: object) -> object:
    raise vol.Invalid("must be left out: no such field is known here")


def recipient(value: object) -> object:
    """Accept any webhook ID; its owner is checked earlier."""
    if not isinstance(value, str):
        raise vol.Invalid("must be the webhook id that the message is sent to")
    return value


def instant(value: object) -> datetime:
    """Read an RFC 3339 time, dropping digits beyond microseconds."""
    try:
        if isinstance(value, str) and _INSTANT.fullmatch(value):
            return datetime.fromisoformat(value.upper()).astimezone(UTC)
    except ValueError, OverflowError:
        pass  # an invalid date, or outside the years 1 to 9999
    raise vol.Invalid(
        "must be a time with an offset, such as 2026-11-24T09:30:00+01:00"
    )


def grant_id(value: object) -> object:
    """Accept a courier's grant ID."""
    if not isinstance(value, str) or _GRANT_ID.fullmatch(value) is None:
        raise vol.Invalid("must be 1 to 64 letters of A-Z, digits, or any of . _ : -")
    return value


def _integer(lowest: int, highest: int) -> Callable[[object], object]:
    def check(value: object) -> object:
        # In Python, JSON's true is an int.
        if type(value) is not int or not lowest <= value <= highest:
            raise vol.Invalid(f"must be a whole number from {lowest} to {highest}")
        return value

    return check


def _text(shortest: int, longest: int) -> Callable[[object], str]:
    def check(value: object) -> str:
        if not isinstance(value, str) or not shortest <= len(value) <= longest:
            raise vol.Invalid(f"must be a string of {shortest} to {longest} characters")
        if _TEXT.fullmatch(value) is None:
            raise vol.Invalid(
                "must not contain control characters, or break or turn the line"
            )
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
UNITS: Final = vol.All(
    _unit_list, [vol.All(_text(1, MAX_UNIT_LENGTH), _not_blank)], _distinct
)


FURTHEST_END: Final = timedelta(days=30)
LONGEST_LOOK: Final = timedelta(days=14)
OLDEST_ENTRY: Final = timedelta(seconds=120)
OLDEST_GRANT: Final = timedelta(days=30)
CLOCK_TOLERANCE: Final = timedelta(seconds=TOLERANCE_SECONDS)


class MessageType(StrEnum):
    """The type of a message."""

    PING = "ping"
    GRANT_ISSUED = "grant.issued"
    GRANT_REVOKED = "grant.revoked"
    ENTRY_REQUESTED = "entry.requested"
    AVAILABILITY_REQUESTED = "availability.requested"


@dataclass(frozen=True, slots=True)
class Ping:
    """A check that the building answers and which doors it offers."""


@dataclass(frozen=True, slots=True)
class GrantIssued:
    """A new grant or revision for the half-open window [starts_at, ends_at).

    `units` are as written, without duplicates by normal form.
    """

    grant_id: str
    revision: int
    door: str | None
    units: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    max_entries: int = 1
    delivery: DeliveryDetails = DeliveryDetails()


@dataclass(frozen=True, slots=True)
class GrantRevoked:
    """The end of a grant, known or not."""

    grant_id: str
    revision: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class EntryRequested:
    """A request for entry by a driver who is at the door now."""

    grant_id: str
    door: str | None = None
    delivery: DeliveryDetails = DeliveryDetails()


@dataclass(frozen=True, slots=True)
class AvailabilityRequested:
    """A query for the open hours of units that share them, within [since, until)."""

    units: tuple[str, ...]
    since: datetime
    until: datetime
    door: str | None = None


type Data = Ping | GrantIssued | GrantRevoked | EntryRequested | AvailabilityRequested
"""The content of a message, by type."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `sent_at` comes from the body and doesn't change on a retry."""

    type: MessageType
    sent_at: datetime
    data: Data


def audience_ok(document: object, webhook_id: str, version: Version) -> bool:
    """Return whether a body is meant for this webhook ID.

    With `v1`, `to` is optional because only this webhook has the secret. With `v1a`,
    one key may serve many buildings, so the body must name this one. The schema rejects
    a `to` that isn't a string.
    """
    match document:
        case {"to": str(to)}:
            return to == webhook_id
    return version is Version.V1


def parse(document: object) -> Message:
    """Return the message in a JSON value, or raise Malformed with every error.

    Instants are in UTC. Nothing else is raised, whatever the value.
    """
    kind = _kind(document)
    faults: list[Fault] = []
    try:
        fields: dict[str, Any] = _SCHEMAS[kind](document)
    except vol.MultipleInvalid as error:
        faults += (
            Fault(pointer(*fault.path), fault.error_message) for fault in error.errors
        )
    faults += _window_faults(document)
    if kind is None or faults:
        raise Malformed(faults)
    return Message(kind, fields["timestamp"], _BUILD[kind](fields["data"]))


def limits(message: GrantIssued, longest: timedelta, now: datetime) -> None:
    """Raise Malformed if the window is too long or ends more than 30 days ahead."""
    faults = []
    if message.ends_at - message.starts_at > longest:
        hours = f"{longest / timedelta(hours=1):g}"
        faults.append(
            Fault("/data/ends_at", f"must be at most {hours} h after starts_at")
        )
    if message.ends_at - now > FURTHEST_END:
        faults.append(Fault("/data/ends_at", "must be at most 30 days from now"))
    if faults:
        raise Malformed(faults)


def is_stale(message: Message, now: datetime) -> bool:
    """Return whether a message is too old to act on, or too far in the future.

    Entry requests expire after 120 s: a retry must not open a door to an empty street.
    Grant messages expire after 30 days, pings and availability requests never.
    """
    match message.type:
        case MessageType.PING | MessageType.AVAILABILITY_REQUESTED:
            return False
        case MessageType.ENTRY_REQUESTED:
            oldest = OLDEST_ENTRY
        case _:
            oldest = OLDEST_GRANT
    return not -CLOCK_TOLERANCE <= now - message.sent_at <= oldest


def content_digest(data: GrantIssued) -> str:
    """Return the SHA-256 in hex of the content that equal revisions must share.

    The digest has no salt, so units and references can be guessed from it. Don't keep
    it any longer than them (promise 7).
    """
    said = data.delivery.given()
    content = [
        data.door,
        sorted({normal_unit(unit) for unit in data.units}),
        data.starts_at.astimezone(UTC).isoformat(),
        data.ends_at.astimezone(UTC).isoformat(),
        data.max_entries,
        said.pop("parcel_ref", None),
        said.pop("driver_ref", None),
        # Digests of messages without the details that came later stay as they were.
        *said.items(),
    ]
    return hashlib.sha256(orjson.dumps(content)).hexdigest()


def _kind(document: object) -> MessageType | None:
    match document:
        case {"type": str(name)} if name in MessageType:
            return MessageType(name)
    return None


def _window_faults(document: object) -> Iterator[Fault]:
    """Find a window that ends before it starts or is too long; ignore invalid times."""
    match document:
        case {
            "type": MessageType.GRANT_ISSUED,
            "data": {"starts_at": start, "ends_at": end},
        }:
            longest = None
            first, last = "starts_at", "ends_at"
        case {
            "type": MessageType.AVAILABILITY_REQUESTED,
            "data": {"from": start, "until": end},
        }:
            longest = LONGEST_LOOK
            first, last = "from", "until"
        case _:
            return
    try:
        length = instant(end) - instant(start)
    except vol.Invalid:
        return
    if length <= timedelta():
        yield Fault(pointer("data", last), f"must be later than {first}")
    elif longest is not None and length > longest:
        yield Fault(
            pointer("data", last), f"must be at most {longest.days} days after {first}"
        )


def _kind_name(value: object) -> object:
    if not isinstance(value, str) or value not in MessageType:
        raise vol.Invalid(f"must be one of {', '.join(MessageType)}")
    return value


def _schema(data: dict[vol.Marker, object]) -> vol.Schema:
    return vol.Schema(
        vol.All(
            an_object,
            {
                required("type"): _kind_name,
                required("timestamp"): instant,
                vol.Optional("to"): recipient,
                required("data"): vol.All(an_object, data),
                vol.Extra: unknown,
            },
        )
    )


_SCHEMAS: Final[dict[MessageType | None, vol.Schema]] = {
    None: _schema({vol.Extra: object}),
    MessageType.PING: _schema({vol.Extra: unknown}),
    MessageType.GRANT_ISSUED: _schema(
        {
            required("grant_id"): grant_id,
            vol.Optional("revision"): REVISION,
            vol.Optional("door"): DOOR,
            required("units"): UNITS,
            required("starts_at"): instant,
            required("ends_at"): instant,
            vol.Optional("max_entries"): ENTRIES,
            **{vol.Optional(name): REFERENCE for name in DETAILS},
            vol.Extra: unknown,
        }
    ),
    MessageType.GRANT_REVOKED: _schema(
        {
            required("grant_id"): grant_id,
            vol.Optional("revision"): REVISION,
            vol.Optional("reason"): REASON,
            vol.Extra: unknown,
        }
    ),
    MessageType.ENTRY_REQUESTED: _schema(
        {
            required("grant_id"): grant_id,
            vol.Optional("door"): DOOR,
            **{vol.Optional(name): REFERENCE for name in DETAILS_AT_DOOR},
            vol.Extra: unknown,
        }
    ),
    MessageType.AVAILABILITY_REQUESTED: _schema(
        {
            required("units"): UNITS,
            vol.Optional("door"): DOOR,
            required("from"): instant,
            required("until"): instant,
            vol.Extra: unknown,
        }
    ),
}


def _with_delivery(data: dict[str, Any]) -> dict[str, Any]:
    said = {name: data.pop(name) for name in DETAILS if name in data}
    return {**data, "delivery": DeliveryDetails.read(said)}


_BUILD: Final[dict[MessageType, Callable[[dict[str, Any]], Data]]] = {
    MessageType.PING: lambda _: Ping(),
    MessageType.GRANT_ISSUED: lambda data: GrantIssued(
        **{"revision": 1, "door": None, **_with_delivery(data)}
    ),
    MessageType.GRANT_REVOKED: lambda data: GrantRevoked(**data),
    MessageType.ENTRY_REQUESTED: lambda data: EntryRequested(**_with_delivery(data)),
    # `from` is a keyword in Python.
    MessageType.AVAILABILITY_REQUESTED: lambda data: AvailabilityRequested(
        since=data.pop("from"), **data
    ),
}
