"""Enqueue notifications in the transaction that causes them (promise 2).

A *fan-out* addresses a revision of the set of residents. It is one row, so an entry's
cost before the door opens doesn't grow with the residents. The outbox expands it into
one notification per resident.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
import json
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final

from ..access.model import GrantKey
from .sql import Command, Query, fields_of

REFUSAL_INTERVAL: Final = timedelta(minutes=10)
"""The interval of notifications to a resident about one courier's refusals."""

BATCH_INTERVAL: Final = timedelta(minutes=5)
"""Changes within this time after a notification of their kind wait, to be combined.

For deliveries, the kind is one courier's announcements to a resident.
"""

OWNER: Final = "owner"
"""The recipient ID of the building's owner; no resident has it."""

AUTHORS: Final = "authors"
"""The detail with the IDs of the residents whose own deed it is; no text names it."""


COUNT: Final = "count"
"""The detail that says how often it happened, if more than once."""


class NotificationKind(StrEnum):
    """What a notification is about."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"
    ENTRY_OBSERVED = "entry_observed"
    DELIVERY_ANNOUNCED = "delivery_announced"
    DELIVERY_CALLED_OFF = "delivery_called_off"
    GRANT_REFUSED = "grant_refused"
    ACCESS_PAUSED = "access_paused"
    ACCESS_RESUMED = "access_resumed"
    UNIT_PAUSED = "unit_paused"
    UNIT_RESUMED = "unit_resumed"
    UNLOCKED_LATE = "unlocked_late"
    LEFT_UNLOCKED = "left_unlocked"
    MESSAGE_PASSED_ON = "message_passed_on"
    COURIER_ADMITTED = "courier_admitted"
    CONFIGURATION_CHANGED = "configuration_changed"
    BUILDING_DISABLED = "building_disabled"
    BUILDING_REMOVED = "building_removed"
    CONSENT_INVITED = "consent_invited"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    RULES_LOOSENED = "rules_loosened"
    RESIDENT_ADDED = "resident_added"
    RESIDENT_CONFIRMED = "resident_confirmed"
    RESIDENT_CHANGED = "resident_changed"
    RESIDENT_REMOVED = "resident_removed"
    TARGETS_CHANGED = "targets_changed"
    DECIDED_ON_PAPER = "decided_on_paper"
    LOGIN_CHANGED = "login_changed"
    LOGIN_LOST = "login_lost"
    LINK_RENEWED = "link_renewed"
    ZONE_CHANGED = "zone_changed"
    LEDGER_RESTORED = "ledger_restored"
    RETENTION_LENGTHENED = "retention_lengthened"
    LEDGER_RECREATED = "ledger_recreated"
    CODES_BLOCKED = "codes_blocked"
    CODES_OFF = "codes_off"
    RINGS_UNANSWERED = "rings_unanswered"


class Audience(StrEnum):
    """Who is notified.

    *Recipients* are the residents of the units concerned; *other* ones exclude the
    subject. *Notified* ones already got a notification of the same entry and are still
    the same person.
    """

    EVERYBODY = "everybody"
    EVERYBODY_AND_OWNER = "everybody_and_owner"
    RECIPIENTS = "recipients"
    OTHER_RECIPIENTS = "other_recipients"
    NOTIFIED_RECIPIENTS = "notified_recipients"
    RECIPIENTS_AND_OWNER = "recipients_and_owner"
    OWNER = "owner"
    ONE = "one"


AUDIENCES: Final[Mapping[NotificationKind, Audience]] = MappingProxyType(
    {
        NotificationKind.ENTRY_ADMITTED: Audience.EVERYBODY,
        NotificationKind.ENTRY_REFUSED: Audience.RECIPIENTS_AND_OWNER,
        NotificationKind.ENTRY_OBSERVED: Audience.EVERYBODY,
        NotificationKind.DELIVERY_ANNOUNCED: Audience.RECIPIENTS,
        NotificationKind.DELIVERY_CALLED_OFF: Audience.RECIPIENTS,
        NotificationKind.GRANT_REFUSED: Audience.RECIPIENTS_AND_OWNER,
        NotificationKind.ACCESS_PAUSED: Audience.EVERYBODY,
        NotificationKind.ACCESS_RESUMED: Audience.EVERYBODY,
        NotificationKind.UNIT_PAUSED: Audience.RECIPIENTS,
        NotificationKind.UNIT_RESUMED: Audience.RECIPIENTS,
        NotificationKind.UNLOCKED_LATE: Audience.EVERYBODY,
        NotificationKind.LEFT_UNLOCKED: Audience.EVERYBODY,
        NotificationKind.MESSAGE_PASSED_ON: Audience.NOTIFIED_RECIPIENTS,
        NotificationKind.COURIER_ADMITTED: Audience.EVERYBODY,
        NotificationKind.CONFIGURATION_CHANGED: Audience.EVERYBODY,
        NotificationKind.BUILDING_DISABLED: Audience.EVERYBODY,
        NotificationKind.BUILDING_REMOVED: Audience.EVERYBODY,
        NotificationKind.CONSENT_INVITED: Audience.ONE,
        NotificationKind.CONSENT_GIVEN: Audience.ONE,
        NotificationKind.CONSENT_WITHDRAWN: Audience.RECIPIENTS_AND_OWNER,
        NotificationKind.RULES_LOOSENED: Audience.ONE,
        NotificationKind.RESIDENT_ADDED: Audience.RECIPIENTS,
        NotificationKind.RESIDENT_CONFIRMED: Audience.OTHER_RECIPIENTS,
        NotificationKind.RESIDENT_CHANGED: Audience.ONE,
        NotificationKind.RESIDENT_REMOVED: Audience.ONE,
        NotificationKind.TARGETS_CHANGED: Audience.ONE,
        NotificationKind.DECIDED_ON_PAPER: Audience.ONE,
        NotificationKind.LOGIN_CHANGED: Audience.ONE,
        NotificationKind.LOGIN_LOST: Audience.OTHER_RECIPIENTS,
        NotificationKind.LINK_RENEWED: Audience.ONE,
        NotificationKind.ZONE_CHANGED: Audience.EVERYBODY,
        NotificationKind.LEDGER_RESTORED: Audience.EVERYBODY_AND_OWNER,
        NotificationKind.RETENTION_LENGTHENED: Audience.EVERYBODY,
        NotificationKind.LEDGER_RECREATED: Audience.EVERYBODY,
        NotificationKind.CODES_BLOCKED: Audience.OWNER,
        NotificationKind.CODES_OFF: Audience.OWNER,
        NotificationKind.RINGS_UNANSWERED: Audience.RECIPIENTS_AND_OWNER,
    }
)

ANNOUNCEMENTS: Final = (
    NotificationKind.DELIVERY_ANNOUNCED,
    NotificationKind.DELIVERY_CALLED_OFF,
)
REFUSALS: Final = (NotificationKind.ENTRY_REFUSED, NotificationKind.GRANT_REFUSED)
ENTRIES: Final = (NotificationKind.ENTRY_ADMITTED, NotificationKind.ENTRY_OBSERVED)
"""Somebody came in: sent first, and combined in digests."""

OF_DELIVERIES: Final = (
    *ENTRIES,
    NotificationKind.UNLOCKED_LATE,
    NotificationKind.LEFT_UNLOCKED,
    NotificationKind.MESSAGE_PASSED_ON,
    *ANNOUNCEMENTS,
    *REFUSALS,
)
LOOSENINGS: Final = (NotificationKind.CONSENT_GIVEN, NotificationKind.RULES_LOOSENED)
_BY_OTHERS: Final = (*LOOSENINGS, NotificationKind.RESIDENT_CONFIRMED)
WITHDRAWABLE: Final = (*_BY_OTHERS, NotificationKind.CONFIGURATION_CHANGED)
"""A resident can answer these by withdrawing their consent, from the notification."""

TO_ALL_TARGETS: Final = (*_BY_OTHERS, NotificationKind.DECIDED_ON_PAPER)
"""Sent to all of a resident's targets: someone else may hold one (promise 4)."""

BUILDING_PAUSES: Final = (
    NotificationKind.ACCESS_PAUSED,
    NotificationKind.ACCESS_RESUMED,
)
UNIT_PAUSES: Final = (NotificationKind.UNIT_PAUSED, NotificationKind.UNIT_RESUMED)
RESUMED: Final = (NotificationKind.ACCESS_RESUMED, NotificationKind.UNIT_RESUMED)


@dataclass(frozen=True, slots=True)
class FanOut:
    """Something other than an entry to notify about; `seq` is its record.

    `units` maps the units concerned to their names. `details` are values for the text.
    `addressed` replaces the residents' current targets.
    """

    kind: NotificationKind
    seq: int
    set_revision: int
    at: datetime
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    resident_id: str | None = None
    key: GrantKey | None = None
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    addressed: Mapping[str, object] | None = None
    ready_at: datetime | None = None


_PUT_ENTRY: Final = Query(
    """
    INSERT INTO fanouts (
        kind, seq, entry_id, courier_id, grant_id, details, set_revision, at
    ) VALUES (
        :kind, :seq, :entry_id, :courier_id, :grant_id, :details, :set_revision, :at
    )
    RETURNING id
    """,
    int,
)
_PUT: Final = Command("""
    INSERT INTO fanouts (
        kind, seq, set_revision, at, units, resident_id, courier_id, grant_id, details,
        addressed, ready_at
    ) VALUES (
        :kind, :seq, :set_revision, :at, :units, :resident_id, :courier_id, :grant_id,
        :details, :addressed, :ready_at
    )
""")
_NO_GRANT: Final = MappingProxyType({"courier_id": None, "grant_id": None})


def enqueue(
    conn: Connection,
    kind: NotificationKind,
    seq: int,
    entry_id: str,
    set_revision: int,
    at: datetime,
    key: GrantKey | None = None,
    details: Mapping[str, str] | None = None,
) -> int:
    """Enqueue an entry for that revision of residents; return the fan-out's ID."""
    return _PUT_ENTRY.one(
        conn,
        kind=kind,
        seq=seq,
        entry_id=entry_id,
        set_revision=set_revision,
        at=at,
        details=details,
        **(_NO_GRANT if key is None else fields_of(key)),
    )


def enqueue_fan_out(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue a fan-out that isn't about an entry."""
    _PUT.run(conn, **(_NO_GRANT | fields_of(fan_out)))


def enqueue_grant_refusal(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue a refused grant, at most once per grant in `REFUSAL_INTERVAL`."""
    assert fan_out.key is not None
    if not _was_notified_lately(conn, fan_out.kind, fan_out.key, fan_out.at):
        enqueue_fan_out(conn, fan_out)


@dataclass(frozen=True, slots=True)
class _Enqueued:
    """An earlier fan-out."""

    id: int
    kind: NotificationKind
    details: Mapping[str, str]
    expanded_at: datetime | None
    is_begun: bool


# A fan-out to many residents may be expanded in part.
_ENQUEUED: Final = """id, kind, details, expanded_at, EXISTS (
    SELECT * FROM notifications WHERE fanout_id = fanouts.id
) AS is_begun"""
_OF_PAUSE: Final = "kind IN (SELECT value FROM json_each(:kinds)) AND units = :units"
_REPLACE_PAUSE: Final = Query(
    f"""
    DELETE FROM fanouts WHERE {_OF_PAUSE} AND expanded_at IS NULL
    RETURNING {_ENQUEUED}
    """,
    _Enqueued,
)
_LAST_PAUSE: Final = Query(
    f"SELECT {_ENQUEUED} FROM fanouts WHERE {_OF_PAUSE} ORDER BY id DESC LIMIT 1",
    _Enqueued,
)


def enqueue_pause(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue the current pause of the building or a unit (promise 4).

    The first change is sent at once. Another one within `BATCH_INTERVAL` waits, and is
    dropped if it would repeat the last notification. A newer change replaces an unsent
    one, and keeps its authors if that is about the same pause.
    """
    kinds = BUILDING_PAUSES if fan_out.kind in BUILDING_PAUSES else UNIT_PAUSES
    units = fan_out.units
    replaced = _REPLACE_PAUSE.first(conn, kinds=kinds, units=units)
    last = _LAST_PAUSE.first(conn, kinds=kinds, units=units)
    if last is None:
        if replaced is not None and fan_out.kind in RESUMED:
            return  # nobody was notified of the pause
    elif _is_of_same_pause(last, fan_out):
        return
    if replaced is not None and _is_of_same_pause(replaced, fan_out):
        fan_out = replace(fan_out, details={**replaced.details, **fan_out.details})
    same = _LAST_PAUSE.first(conn, kinds=[fan_out.kind], units=units)
    enqueue_fan_out(conn, replace(fan_out, ready_at=_waits_until(same, fan_out.at)))


def _is_of_same_pause(one: _Enqueued, fan_out: FanOut) -> bool:
    return (one.kind, one.details.get("until")) == (
        fan_out.kind,
        fan_out.details.get("until"),
    )


def enqueue_loosening(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue loosened rules of a resident: first at once, then combined.

    A waiting fan-out absorbs later changes, so none is lost.
    """
    if (last := _waiting(conn, fan_out)) is None:
        return
    details = {
        "since": last.details.get("since", last.details["at"]),
        "at": fan_out.details["at"],
        "by": _distinct_words(last.details["by"], fan_out.details["by"]),
        "loosened": _distinct_words(
            last.details["loosened"], fan_out.details["loosened"]
        ),
    }
    _ABSORB.run(conn, id=last.id, seq=fan_out.seq, details=details, set_revision=None)


def enqueue_counted(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue what may happen to a resident again and again: first at once, then counted.

    A waiting fan-out counts later ones in its details.
    """
    if (last := _waiting(conn, fan_out)) is None:
        return
    count = int(last.details.get(COUNT, "1")) + 1
    details = {**fan_out.details, COUNT: str(count)}
    _ABSORB.run(conn, id=last.id, seq=fan_out.seq, details=details, set_revision=None)


def lived_here(resident_id: str, seq: str) -> str:
    """Return the condition that a resident was the same person at that record.

    An ID survives a change of person or unit, but a later resident must not read an
    earlier one's data.
    """
    return f"""NOT EXISTS (
        SELECT * FROM residences
        WHERE residences.resident_id = {resident_id} AND residences.since_seq > {seq}
    )"""


_LAST: Final = Query(
    f"""
    SELECT {_ENQUEUED} FROM fanouts
    WHERE kind = :kind AND resident_id IS :resident_id
        AND {lived_here("fanouts.resident_id", "fanouts.seq")}
    ORDER BY id DESC LIMIT 1
    """,
    _Enqueued,
)
_ABSORB: Final = Command("""
    UPDATE fanouts
    SET seq = :seq, set_revision = coalesce(:set_revision, set_revision),
        details = :details
    WHERE id = :id
""")


def _waiting(conn: Connection, fan_out: FanOut) -> _Enqueued | None:
    """Return a waiting fan-out that absorbs this one; without any, enqueue this one.

    One for a previous resident with the same ID stays theirs.
    """
    last = _LAST.first(conn, kind=fan_out.kind, resident_id=fan_out.resident_id)
    if last is not None and last.expanded_at is None and not last.is_begun:
        return last
    enqueue_fan_out(conn, replace(fan_out, ready_at=_waits_until(last, fan_out.at)))
    return None


def enqueue_configuration(
    conn: Connection, fan_out: FanOut, changes: Sequence[Mapping[str, str]]
) -> None:
    """Enqueue changes of the configuration: the first at once, then combined.

    A waiting fan-out takes in later changes, also for residents who came since.
    """
    written = {"changes": _as_text(changes)}
    if (last := _waiting(conn, replace(fan_out, details=written))) is None:
        return
    earlier = json.loads(last.details["changes"])
    _ABSORB.run(
        conn,
        id=last.id,
        seq=fan_out.seq,
        set_revision=fan_out.set_revision,
        details={"changes": _as_text([*earlier, *changes])},
    )


def _as_text(changes: Sequence[Mapping[str, str]]) -> str:
    return json.dumps([dict(each) for each in changes])


def _distinct_words(*words: str) -> str:
    """Return the distinct words of these lists, in order."""
    return " ".join(dict.fromkeys(" ".join(words).split()))


def _waits_until(last: _Enqueued | None, at: datetime) -> datetime | None:
    """Return until when a change waits after the last of its kind, or None."""
    if last is None:
        return None
    until = (last.expanded_at or at) + BATCH_INTERVAL
    # The clock may have been ahead at the last notification.
    return until if at < until <= at + BATCH_INTERVAL else None


_WITHDRAWN: Final = "SELECT id FROM fanouts WHERE entry_id = :entry_id AND kind = :kind"
# Notifications that were combined under a withdrawn one are sent by themselves.
_PART: Final = Command(f"""
    UPDATE notifications SET led_by = NULL WHERE led_by IN (
        SELECT id FROM notifications WHERE fanout_id IN ({_WITHDRAWN})
    )
""")
_TAKE_BACK: Final = Command(
    f"DELETE FROM notifications WHERE fanout_id IN ({_WITHDRAWN})"
)
_WITHDRAW: Final = Command(
    "DELETE FROM fanouts WHERE entry_id = :entry_id AND kind = :kind"
)


def withdraw(conn: Connection, entry_id: str, kind: NotificationKind) -> None:
    """Withdraw the notifications of an entry that didn't happen after all."""
    for command in (_PART, _TAKE_BACK, _WITHDRAW):
        command.run(conn, entry_id=entry_id, kind=kind)


def enqueue_refusal(
    conn: Connection,
    key: GrantKey,
    seq: int,
    entry_id: str,
    set_revision: int,
    at: datetime,
) -> None:
    """Enqueue a refused entry, at most once per grant in `REFUSAL_INTERVAL`."""
    kind = NotificationKind.ENTRY_REFUSED
    if not _was_notified_lately(conn, kind, key, at):
        enqueue(conn, kind, seq, entry_id, set_revision, at, key)


_HAS_RECENT: Final = Query(
    """
    SELECT EXISTS (
        SELECT * FROM fanouts WHERE kind = :kind AND at BETWEEN :since AND :at
            AND courier_id = :courier_id AND grant_id = :grant_id
    )
    """,
    bool,
)


def _was_notified_lately(
    conn: Connection, kind: NotificationKind, key: GrantKey, at: datetime
) -> bool:
    """Return whether such a notification about a grant was enqueued recently."""
    since = at - REFUSAL_INTERVAL
    return _HAS_RECENT.one(conn, kind=kind, since=since, at=at, **fields_of(key))


_PENDING_FUNCTION: Final = "courier_access_pending"
_PENDING_CAUSES: Final = (
    f"INSERT ON main.fanouts WHEN NEW.kind <> '{NotificationKind.ENTRY_ADMITTED}'",
    "UPDATE OF outcome ON main.entries",
)
"""An admitted entry is enqueued with its claim, but waits for its outcome."""


class Pending:
    """Whether a transaction made a notification pending."""

    def __init__(self, connection: Connection) -> None:
        """Follow this connection, by triggers that aren't in the file."""
        self.is_any = False
        connection.create_function(_PENDING_FUNCTION, 0, self._note)
        for number, cause in enumerate(_PENDING_CAUSES):
            connection.execute(
                f"CREATE TEMP TRIGGER pending_{number} AFTER {cause}"
                f" BEGIN SELECT {_PENDING_FUNCTION}(); END"
            )

    def _note(self) -> None:
        self.is_any = True
