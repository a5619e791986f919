"""Enqueue notifications in the transaction that causes them (promise 2).

A *fan-out* addresses a revision of the set of residents. It is one row, so an entry's
cost before the door opens doesn't grow with the residents. The outbox expands it into
one notification per resident.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import replace
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum, unique
from functools import partial
from itertools import batched
import json
from sqlite3 import Connection
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from ..access.model import GrantKey, Loosening
from .sql import Command, Query, Storable, fields_of

REFUSAL_INTERVAL: Final = timedelta(minutes=10)
"""The interval of notifications to a resident about one courier's refusals."""

BATCH_INTERVAL: Final = timedelta(minutes=5)
"""Changes within this time after a notification of their kind wait, to be combined.

For deliveries, the kind is one courier's announcements to a resident.
"""

MOST_CHANGES: Final = 8
"""The changes of the configuration in one notification, which names each of them."""

OWNER: Final = "owner"
"""The recipient ID of the administrator; no resident has it."""

AUTHORS: Final = "authors"
"""The detail with the IDs of the residents whose own deed it is; no text names it."""


FIRST: Final = "first"
"""The detail of a resident's first yes, with their first hours."""

LIFTED: Final = "lifted"
"""The detail of a no that ends its resident's block of the whole home."""

FOUND_AT: Final = "found_at"
"""The detail of an invitation to those whose consent a change of the log ended."""

COUNT: Final = "count"
"""The detail that says how often it happened, if more than once."""


UNLOCKED: Final = "unlocked"
"""The detail with the doors that a disabled or removed building left unlocked."""


TEXT: Final = "text"
"""The detail with the hash of the text that a notification leads to."""


class Audience(StrEnum):
    """Who is notified, besides the administrator.

    *Recipients* are the residents of the units concerned; *other* ones exclude the
    subject. *Notified* ones already got a notification of the same entry and are still
    the same person.
    """

    ALL = "all"
    RECIPIENTS = "recipients"
    OTHER_RECIPIENTS = "other_recipients"
    NOTIFIED = "notified"
    ONE = "one"
    NO_RESIDENT = "no_resident"


class Rank(IntEnum):
    """What is sent first; all but `OTHER` name only couriers, doors, and times.

    A digest combines entries.
    """

    UNLOCKED = 0
    ENTRY = 1
    DELIVERY = 2
    OTHER = 3


class Family(StrEnum):
    """Kinds that are combined, limited, or replaced together."""

    ANNOUNCEMENT = "announcement"
    REFUSAL = "refusal"
    BUILDING_PAUSE = "building_pause"
    UNIT_PAUSE = "unit_pause"
    NONE = "none"


class View(StrEnum):
    """The panel's views, by path."""

    NOW = "now"
    HOURS = "hours"
    ENTRIES = "entries"
    DELIVERIES = "deliveries"


class Button(StrEnum):
    """What a button on a push can do."""

    VETO = "veto"
    APPROVE = "approve"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    DENY = "deny"
    ASK = "ask"
    LET_IN = "let_in"
    OPEN_DAY = "open_day"
    CONSENT = "consent"
    OBJECT = "object"


LOOSENING: Final = (
    Button.CONFIRM,
    Button.LET_IN,
    Button.OPEN_DAY,
    Button.CONSENT,
)
"""Buttons that can let somebody in later, and so need an unlocked phone."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What happens to the notifications of a kind, and what they show.

    `view` is the panel's view that a tap opens. `then` names the text of what follows, or
    of what the reader can do. `to_all_targets` sends to all of a resident's targets:
    someone else may hold one (promise 4). `not_to_authors` leaves out the residents whose
    own deed it is: the panel shows it to them.
    """

    value: str
    audience: Audience
    view: View = View.NOW
    rank: Rank = Rank.OTHER
    buttons: tuple[Button, ...] = ()
    _: KW_ONLY
    administrator_too: bool = False
    family: Family = Family.NONE
    to_all_targets: bool = False
    then: str | None = None
    not_to_authors: bool = False

    @property
    def is_shown_on_lock_screen(self) -> bool:
        """Whether a lock screen shows the title: neighbors may read it."""
        is_other = self.rank is Rank.OTHER
        return not is_other or self.audience is Audience.ALL


_Refusal = partial(
    Traits,
    audience=Audience.RECIPIENTS,
    rank=Rank.DELIVERY,
    administrator_too=True,
    family=Family.REFUSAL,
)
_Announcement = partial(
    Traits,
    audience=Audience.RECIPIENTS,
    view=View.DELIVERIES,
    rank=Rank.DELIVERY,
    buttons=(Button.VETO,),
    family=Family.ANNOUNCEMENT,
)
_Loosening = partial(
    Traits,
    audience=Audience.ONE,
    view=View.HOURS,
    buttons=(Button.WITHDRAW,),
    to_all_targets=True,
    then="rules_loosened_then",
)
_Widening = partial(
    Traits,
    audience=Audience.ALL,
    view=View.HOURS,
    buttons=(Button.WITHDRAW,),
    then="configuration_changed_then",
)


@unique
class NotificationKind(StrEnum):
    """What a notification is about."""

    traits: Traits

    def __new__(cls, traits: Traits) -> Self:
        kind = str.__new__(cls, traits.value)
        kind._value_ = traits.value
        kind.traits = traits
        return kind

    ENTRY_ADMITTED = Traits("entry_admitted", Audience.ALL, View.ENTRIES, Rank.ENTRY)
    ENTRY_REFUSED = _Refusal("entry_refused", view=View.ENTRIES)
    ENTRY_OBSERVED = Traits("entry_observed", Audience.ALL, View.ENTRIES, Rank.ENTRY)
    DELIVERY_ANNOUNCED = _Announcement("delivery_announced")
    DELIVERY_CALLED_OFF = _Announcement("delivery_called_off")
    GRANT_REFUSED = _Refusal("grant_refused", view=View.HOURS)
    ACCESS_PAUSED = Traits("access_paused", Audience.ALL, family=Family.BUILDING_PAUSE)
    ACCESS_RESUMED = Traits(
        "access_resumed", Audience.ALL, family=Family.BUILDING_PAUSE
    )
    UNIT_PAUSED = Traits("unit_paused", Audience.RECIPIENTS, family=Family.UNIT_PAUSE)
    UNIT_RESUMED = Traits("unit_resumed", Audience.RECIPIENTS, family=Family.UNIT_PAUSE)
    UNLOCKED_LATE = Traits("unlocked_late", Audience.ALL, View.ENTRIES, Rank.DELIVERY)
    LEFT_UNLOCKED = Traits("left_unlocked", Audience.ALL, View.ENTRIES, Rank.UNLOCKED)
    MESSAGE_PASSED_ON = Traits(
        "message_passed_on", Audience.NOTIFIED, View.ENTRIES, Rank.DELIVERY
    )
    COURIER_ADMITTED = Traits(
        "courier_admitted",
        Audience.ALL,
        View.HOURS,
        buttons=(Button.DENY, Button.ASK),
        not_to_authors=True,
    )
    CONFIGURATION_CHANGED = _Widening("configuration_changed")
    BUILDING_DISABLED = Traits("building_disabled", Audience.ALL)
    BUILDING_REMOVED = Traits(
        "building_removed", Audience.ALL, then="building_removed_then"
    )
    CONSENT_INVITED = Traits("consent_invited", Audience.ONE, View.HOURS)
    CONSENT_ASKED = Traits(
        "consent_asked",
        Audience.ONE,
        View.HOURS,
        buttons=(Button.CONSENT,),
        to_all_targets=True,
    )
    CONSENT_GIVEN = _Loosening("consent_given")
    CONSENT_WITHDRAWN = Traits(
        "consent_withdrawn", Audience.RECIPIENTS, View.HOURS, administrator_too=True
    )
    CONSENT_OPTED_OUT = Traits(
        "consent_opted_out", Audience.RECIPIENTS, View.HOURS, administrator_too=True
    )
    RULES_LOOSENED = _Loosening("rules_loosened")
    SOURCE_NEEDED = Traits("source_needed", Audience.ONE, View.HOURS)
    LIMIT_REACHED = Traits(
        "limit_reached", Audience.ONE, View.DELIVERIES, buttons=(Button.LET_IN,)
    )
    DAY_CLOSED = Traits(
        "day_closed", Audience.ONE, View.HOURS, buttons=(Button.OPEN_DAY,)
    )
    RESIDENT_ADDED = Traits(
        "resident_added", Audience.RECIPIENTS, buttons=(Button.CONFIRM,)
    )
    RESIDENT_CONFIRMED = Traits(
        "resident_confirmed",
        Audience.OTHER_RECIPIENTS,
        View.HOURS,
        buttons=(Button.WITHDRAW,),
        to_all_targets=True,
    )
    RESIDENT_CHANGED = Traits(
        "resident_changed", Audience.ONE, View.HOURS, then="ask_owner"
    )
    RESIDENT_REMOVED = Traits("resident_removed", Audience.ONE, then="ask_owner")
    TARGETS_CHANGED = Traits("targets_changed", Audience.ONE, then="ask_owner")
    DECIDED_ON_PAPER = Traits(
        "decided_on_paper",
        Audience.ONE,
        View.HOURS,
        to_all_targets=True,
        then="ask_owner",
    )
    LOGIN_CHANGED = Traits("login_changed", Audience.ONE, then="ask_owner")
    LOGIN_LOST = Traits("login_lost", Audience.OTHER_RECIPIENTS, then="ask_owner")
    LINK_RENEWED = Traits("link_renewed", Audience.ONE)
    NOTE_CHANGED = Traits("note_changed", Audience.OTHER_RECIPIENTS)
    ERASURE_CHANGED = Traits("erasure_changed", Audience.RECIPIENTS, View.ENTRIES)
    ZONE_CHANGED = Traits("zone_changed", Audience.ALL, View.HOURS)
    LEDGER_RESTORED = Traits(
        "ledger_restored",
        Audience.ALL,
        View.HOURS,
        administrator_too=True,
        then="ledger_restored_then",
    )
    FLEET_DIFFERS = Traits("fleet_differs", Audience.ALL, View.ENTRIES)
    FLEET_VISITS = Traits(
        "fleet_visits",
        Audience.ALL,
        View.HOURS,
        buttons=(Button.OBJECT, Button.WITHDRAW),
        then="fleet_visits_then",
    )
    FLEET_VISITS_ASKED = Traits(
        "fleet_visits_asked", Audience.ALL, View.HOURS, then="fleet_visits_asked_then"
    )
    FLEET_VISITS_CHOSEN = Traits("fleet_visits_chosen", Audience.RECIPIENTS, View.HOURS)
    RETENTION_LENGTHENED = _Widening("retention_lengthened")
    PROOF_LENGTHENED = _Widening("proof_lengthened")
    LOG_SHORTENED = Traits("log_shortened", Audience.ALL, View.ENTRIES)
    LOG_LENGTHENED = _Widening("log_lengthened")
    LEDGER_RECREATED = Traits("ledger_recreated", Audience.ALL, View.HOURS)
    # Only logs of earlier versions have it, which blocked a door's codes for everybody.
    CODES_BLOCKED = Traits(
        "codes_blocked", Audience.NO_RESIDENT, administrator_too=True
    )
    CODES_OFF = Traits("codes_off", Audience.NO_RESIDENT, administrator_too=True)
    RINGS_UNANSWERED = Traits(
        "rings_unanswered", Audience.RECIPIENTS, administrator_too=True
    )


def kinds_with(trait: Rank | Family | Button) -> tuple[NotificationKind, ...]:
    return tuple(
        kind
        for kind in NotificationKind
        if trait in (kind.traits.rank, kind.traits.family, *kind.traits.buttons)
    )


NO_DETAILS: Final[Mapping[str, str]] = MappingProxyType({})


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
    units: Mapping[str, str] = NO_DETAILS
    resident_id: str | None = None
    key: GrantKey | None = None
    details: Mapping[str, str] = NO_DETAILS
    addressed: Mapping[str, object] | None = None
    ready_at: datetime | None = None


_PUT: Final = Command("""
    INSERT INTO fanouts (
        kind, seq, entry_id, set_revision, at, units, resident_id, courier_id, grant_id,
        details, addressed, ready_at
    ) VALUES (
        :kind, :seq, :entry_id, :set_revision, :at, :units, :resident_id, :courier_id,
        :grant_id, :details, :addressed, :ready_at
    )
""")
_OF_NONE: Final = MappingProxyType(
    dict.fromkeys(("entry_id", "courier_id", "grant_id"))
)


def enqueue(
    conn: Connection,
    kind: NotificationKind,
    seq: int,
    entry_id: str,
    set_revision: int,
    at: datetime,
    key: GrantKey | None = None,
    details: Mapping[str, str] | None = None,
) -> None:
    """Enqueue an entry for that revision of residents."""
    fan_out = FanOut(kind, seq, set_revision, at, key=key)
    _put(conn, fan_out, entry_id=entry_id, units=None, details=details)


def enqueue_fan_out(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue a fan-out that isn't about an entry.

    The first of what may happen often is sent at once. Later ones are combined, or left
    out if they repeat it.
    """
    kind = fan_out.kind
    if kind.traits.family in (Family.BUILDING_PAUSE, Family.UNIT_PAUSE):
        _enqueue_pause(conn, fan_out)
    elif kind is NotificationKind.CONFIGURATION_CHANGED:
        _enqueue_changes(conn, fan_out)
    elif (combine := _COMBINED.get(kind)) is not None:
        _enqueue_combined(conn, fan_out, combine)
    elif (
        kind is not NotificationKind.GRANT_REFUSED
        or fan_out.key is None
        or not _was_notified_lately(conn, kind, fan_out.key, fan_out.at)
    ):
        _put(conn, fan_out)


def _put(conn: Connection, fan_out: FanOut, **of_entry: Storable) -> None:
    _PUT.run(conn, **{**_OF_NONE, **fields_of(fan_out), **of_entry})


class _Enqueued(NamedTuple):
    id: int
    kind: NotificationKind
    details: Mapping[str, str]
    expanded_at: datetime | None
    ready_at: datetime | None
    waits: bool


# A fan-out to many residents may be expanded in part.
_WAITS: Final = """expanded_at IS NULL AND NOT EXISTS (
    SELECT * FROM notifications WHERE fanout_id = fanouts.id
)"""
_ENQUEUED: Final = f"id, kind, details, expanded_at, ready_at, {_WAITS} AS waits"
_OF_PAUSE: Final = "kind IN (SELECT value FROM json_each(:kinds)) AND units = :units"
_REPLACE_PAUSE: Final = Query(
    f"""
    DELETE FROM fanouts WHERE {_OF_PAUSE} AND {_WAITS} RETURNING {_ENQUEUED}
    """,
    _Enqueued,
)
_LAST_PAUSE: Final = Query(
    f"SELECT {_ENQUEUED} FROM fanouts WHERE {_OF_PAUSE} ORDER BY id DESC LIMIT 1",
    _Enqueued,
)
_RESUMED: Final = (NotificationKind.ACCESS_RESUMED, NotificationKind.UNIT_RESUMED)


def _enqueue_pause(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue the current pause of the building or a unit (promise 4).

    The first change is sent at once. Another one within `BATCH_INTERVAL` waits, and is
    dropped if it would repeat the last notification. A newer change replaces an unsent
    one, and keeps its authors if that is about the same pause.
    """
    kinds, units = kinds_with(fan_out.kind.traits.family), fan_out.units
    replaced = _REPLACE_PAUSE.first(conn, kinds=kinds, units=units)
    last = _LAST_PAUSE.first(conn, kinds=kinds, units=units)
    if last is None:
        if replaced is not None and fan_out.kind in _RESUMED:
            return  # nobody was notified of the pause
    elif _is_of_same_pause(last, fan_out):
        return
    if replaced is not None and _is_of_same_pause(replaced, fan_out):
        fan_out = replace(fan_out, details={**replaced.details, **fan_out.details})
    same = _LAST_PAUSE.first(conn, kinds=[fan_out.kind], units=units)
    _put(conn, replace(fan_out, ready_at=_waits_until(same, fan_out.at)))


def _is_of_same_pause(one: _Enqueued, fan_out: FanOut) -> bool:
    is_until = one.details.get("until") == fan_out.details.get("until")
    return one.kind is fan_out.kind and is_until


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
    WHERE kind IN (SELECT value FROM json_each(:kinds))
        AND resident_id IS :resident_id
        AND {lived_here("fanouts.resident_id", "fanouts.seq")}
    ORDER BY id DESC LIMIT 1
    """,
    _Enqueued,
)
# A yes waits only until something follows it: from then on, somebody may be let in.
_ABSORB: Final = Command(f"""
    UPDATE fanouts SET seq = :seq, set_revision = :set_revision, details = :details,
        ready_at = iif(kind = '{NotificationKind.CONSENT_GIVEN}', NULL, ready_at)
    WHERE id = :id
""")

type _Details = Mapping[str, str]


def _enqueue_combined(
    conn: Connection, fan_out: FanOut, combine: Callable[[_Details, _Details], _Details]
) -> None:
    """Enqueue a fan-out, or combine its details with those of one that waits.

    None is lost. One for a previous resident with the same ID stays theirs.
    """
    kinds = [fan_out.kind, *_COMBINED_WITH.get(fan_out.kind, ())]
    last = _LAST.first(conn, kinds=kinds, resident_id=fan_out.resident_id)
    if last is None or not last.waits:
        _put(conn, replace(fan_out, ready_at=_waits_until(last, fan_out.at)))
        return
    _absorb(conn, last, fan_out, combine(last.details, fan_out.details))


def _absorb(
    conn: Connection, last: _Enqueued, fan_out: FanOut, details: _Details
) -> None:
    _ABSORB.run(
        conn,
        id=last.id,
        seq=fan_out.seq,
        set_revision=fan_out.set_revision,
        details=details,
    )


def _enqueue_changes(conn: Connection, fan_out: FanOut) -> None:
    """Enqueue changes of the configuration, together with those that wait.

    Beyond `MOST_CHANGES`, they are more fan-outs: none hides behind others.
    """
    last = _LAST.first(conn, kinds=[fan_out.kind], resident_id=None)
    changes = json.loads(fan_out.details["changes"])
    ready_at = _waits_until(last, fan_out.at)
    if last is not None and last.waits:
        ready_at, earlier = last.ready_at, json.loads(last.details["changes"])
        if (room := MOST_CHANGES - len(earlier)) > 0:
            _absorb(conn, last, fan_out, _listed([*earlier, *changes[:room]]))
            changes = changes[room:]
    for some in batched(changes, MOST_CHANGES, strict=False):
        _put(conn, replace(fan_out, details=_listed(some), ready_at=ready_at))


def _listed(changes: Sequence[Mapping[str, str]]) -> _Details:
    return {"changes": json.dumps(changes)}


def _loosenings(earlier: _Details, later: _Details) -> _Details:
    return {
        "since": earlier.get("since", earlier["at"]),
        "at": later["at"],
        "by": _distinct_words(earlier["by"], later["by"]),
        "loosened": _distinct_words(earlier["loosened"], later["loosened"]),
        **(
            {FIRST: earlier[FIRST]}
            if FIRST in earlier and later["loosened"] in ("", Loosening.HOURS)
            else {}
        ),
    }


def _distinct_words(*words: str) -> str:
    return " ".join(dict.fromkeys(" ".join(words).split()))


def _count(earlier: _Details, later: _Details) -> _Details:
    return {**later, COUNT: str(int(earlier.get(COUNT, "1")) + 1)}


def _latest(_: _Details, later: _Details) -> _Details:
    return later


def _erasure(earlier: _Details, later: _Details) -> _Details:
    return {**later, "earlier_days": earlier["earlier_days"]}


_COMBINED: Final = {
    NotificationKind.RULES_LOOSENED: _loosenings,
    NotificationKind.LINK_RENEWED: _count,
    NotificationKind.NOTE_CHANGED: _latest,
    NotificationKind.ERASURE_CHANGED: _erasure,
    NotificationKind.FLEET_VISITS_CHOSEN: _latest,
    NotificationKind.CONSENT_ASKED: _latest,
}
"""How the details of two fan-outs become those of one."""

_COMBINED_WITH: Final = {
    NotificationKind.RULES_LOOSENED: (NotificationKind.CONSENT_GIVEN,)
}
"""Kinds after which another one waits, too, or with which it is combined."""


def _waits_until(last: _Enqueued | None, at: datetime) -> datetime | None:
    """Return until when a change waits after the last of its kind, or None."""
    if last is None:
        return None
    until = (last.expanded_at or at) + BATCH_INTERVAL
    # The clock may have been ahead at the last notification.
    return until if at < until <= at + BATCH_INTERVAL else None


_WITHDRAWN: Final = "SELECT id FROM fanouts WHERE entry_id = :entry_id AND kind = :kind"
# Notifications that were combined under a withdrawn one are sent by themselves.
_SEPARATE: Final = Command(f"""
    UPDATE notifications SET led_by = NULL WHERE led_by IN (
        SELECT id FROM notifications WHERE fanout_id IN ({_WITHDRAWN})
    )
""")
_DELETE_NOTIFICATIONS: Final = Command(
    f"DELETE FROM notifications WHERE fanout_id IN ({_WITHDRAWN})"
)
_DELETE_FAN_OUT: Final = Command(
    "DELETE FROM fanouts WHERE entry_id = :entry_id AND kind = :kind"
)


def withdraw(conn: Connection, entry_id: str, kind: NotificationKind) -> None:
    """Withdraw the notifications of an entry that didn't happen after all."""
    for command in (_SEPARATE, _DELETE_NOTIFICATIONS, _DELETE_FAN_OUT):
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
    since = at - REFUSAL_INTERVAL
    return _HAS_RECENT.one(conn, kind=kind, since=since, at=at, **fields_of(key))


_HAS_OF_DAY: Final = Query(
    """
    SELECT EXISTS (
        SELECT * FROM fanouts WHERE kind = :kind
            AND details ->> 'order' = :order_id AND details ->> 'day' = :day
    )
    """,
    bool,
)


def was_notified_of_day(
    conn: Connection, kind: NotificationKind, order_id: str, day: date
) -> bool:
    return _HAS_OF_DAY.one(conn, kind=kind, order_id=order_id, day=day.isoformat())


_PENDING_FUNCTION: Final = "courier_access_pending"
_PENDING_CAUSES: Final = (
    f"INSERT ON main.fanouts WHEN NEW.kind <> '{NotificationKind.ENTRY_ADMITTED}'",
    "UPDATE OF ready_at ON main.fanouts WHEN NEW.ready_at IS NULL",
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
