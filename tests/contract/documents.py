"""Hypothesis strategies for valid and invalid courier messages."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from custom_components.courier_access.access.model import normal_unit

SENDABLE = st.characters(
    exclude_categories=["Cs", "Cc", "Zl", "Zp"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
)

offsets = st.integers(-23 * 60 - 59, 23 * 60 + 59).map(
    lambda m: timezone(timedelta(minutes=m))
)
instants = st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1), timezones=offsets)  # noqa: DTZ001 - Hypothesis adds the zones
grant_ids = st.from_regex(r"[A-Za-z0-9._:-]{1,64}", fullmatch=True)
references = st.text(SENDABLE, max_size=64)
doors = st.text(SENDABLE, min_size=1, max_size=64)
revisions = st.integers(1, 2**53 - 1)
units = st.lists(
    st.text(SENDABLE, min_size=1, max_size=32).filter(normal_unit),
    min_size=1,
    max_size=50,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text(st.characters()), inner, max_size=4)
    ),
)


TIMESTAMP = "2026-11-24T09:30:00Z"


def grant_document(**changes: object) -> dict[str, Any]:
    """Return a small grant with these changes."""
    times = {"starts_at": TIMESTAMP, "ends_at": "2026-11-24T11:30:00Z"}
    data = {"grant_id": "g", "units": ["3B"], **times, **changes}
    return {"type": "grant.issued", "timestamp": TIMESTAMP, "data": data}


@st.composite
def times(draw: st.DrawFn) -> str:
    """Write an instant in any notation of RFC 3339."""
    text = draw(instants).isoformat()
    if text.endswith("+00:00") and draw(st.booleans()):
        text = text.removesuffix("+00:00") + "Z"
    return text.lower() if draw(st.booleans()) else text


@st.composite
def spans(draw: st.DrawFn, names: tuple[str, str], days: int) -> dict[str, str]:
    """Write a start and an end under these names, at most so many days apart."""
    start = draw(instants)
    length = draw(st.timedeltas(timedelta(microseconds=1), timedelta(days)))
    end = (start.astimezone(UTC) + length).astimezone(draw(offsets))
    return dict(zip(names, (start.isoformat(), end.isoformat()), strict=True))


def envelope(
    kind: str, data: st.SearchStrategy[dict[str, Any]]
) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"type": st.just(kind), "timestamp": times(), "data": data},
        optional={"to": st.text()},
    )


grants = st.builds(
    lambda fields, window: fields | window,
    st.fixed_dictionaries(
        {"grant_id": grant_ids, "units": units},
        optional={
            "revision": revisions,
            "door": doors,
            "max_entries": st.integers(1, 10),
            "parcel_ref": references,
            "driver_ref": references,
        },
    ),
    spans(("starts_at", "ends_at"), 300),
)
grant_messages = envelope("grant.issued", grants)
messages = st.one_of(
    envelope("ping", st.builds(dict)),
    grant_messages,
    envelope(
        "grant.revoked",
        st.fixed_dictionaries(
            {"grant_id": grant_ids},
            optional={"revision": revisions, "reason": st.text(SENDABLE, max_size=200)},
        ),
    ),
    envelope(
        "entry.requested",
        st.fixed_dictionaries(
            {"grant_id": grant_ids}, optional={"door": doors, "driver_ref": references}
        ),
    ),
    envelope(
        "availability.requested",
        st.builds(
            lambda fields, look: fields | look,
            st.fixed_dictionaries({"units": units}, optional={"door": doors}),
            spans(("from", "until"), 14),
        ),
    ),
)


@st.composite
def nearly_messages(draw: st.DrawFn) -> Any:
    """Write a message with one thing replaced, added, or removed."""
    document = draw(messages)
    place = document["data"] if draw(st.booleans()) else document
    key = draw(st.sampled_from([*place, "extra", ""]) | st.text(max_size=3))
    if draw(st.booleans()):
        place.pop(key, None)
    else:
        place[key] = draw(json_values)
    return document
