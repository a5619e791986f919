"""What is owed to be told, and to whom: written with what it tells of (promise 2).

A *fan-out* says that something is to be told to a revision of the residents' set; it is one row, so that what an
entry costs before the door opens does not grow with the residents. The outbox turns it into a *notice* for each.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from sqlalchemy import Connection, and_, delete, exists, insert, select, update

from ..access.model import GrantKey
from .tables import fanouts, notices

REFUSAL_TOLD_EVERY: Final = timedelta(minutes=10)
"""How often a resident is told of entries that one courier was refused at the most.

Not only those on one grant: its id and the units beside the resident's are the courier's to invent.
"""

PAUSE_TOLD_EVERY: Final = timedelta(minutes=5)
"""Pausing and resuming within this time after they were told are told once, as they stand then."""

OWNER: Final = "owner"
"""Who stands for the building's owner among those who are told; no resident has such an id."""


class FanoutKind(StrEnum):
    """What is to be told."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"
    DELIVERY_ANNOUNCED = "delivery_announced"
    DELIVERY_CALLED_OFF = "delivery_called_off"
    GRANT_REFUSED = "grant_refused"
    ACCESS_PAUSED = "access_paused"
    ACCESS_RESUMED = "access_resumed"
    UNIT_PAUSED = "unit_paused"
    UNIT_RESUMED = "unit_resumed"
    UNLOCKED_LATE = "unlocked_late"
    MESSAGE_PASSED_ON = "message_passed_on"
    COURIER_ADMITTED = "courier_admitted"
    CONSENT_INVITED = "consent_invited"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    RESIDENT_ADDED = "resident_added"
    RESIDENT_COUNTED = "resident_counted"
    RESIDENT_CHANGED = "resident_changed"
    RESIDENT_REMOVED = "resident_removed"
    TARGETS_CHANGED = "targets_changed"
    DECIDED_ON_PAPER = "decided_on_paper"
    LOGIN_CHANGED = "login_changed"
    LINK_RENEWED = "link_renewed"
    LEDGER_RESTORED = "ledger_restored"
    RETENTION_LENGTHENED = "retention_lengthened"
    LEDGER_BEGUN_ANEW = "ledger_begun_anew"
    ENTRY_CARRIED_OVER = "entry_carried_over"


class Audience(StrEnum):
    """To whom something is told; *recipients* are the residents of the units concerned, *other* ones all but whom it is about.

    *One or everybody* is everybody where none is named, and nobody as a recipient.
    *Told* ones are those who were told of the same entry already, and are still who they were then.
    """

    EVERYBODY = "everybody"
    EVERYBODY_AND_OWNER = "everybody_and_owner"
    RECIPIENTS = "recipients"
    OTHER_RECIPIENTS = "other_recipients"
    TOLD_RECIPIENTS = "told_recipients"
    RECIPIENTS_AND_OWNER = "recipients_and_owner"
    OWNER = "owner"
    ONE = "one"
    ONE_OR_EVERYBODY = "one_or_everybody"


AUDIENCES: Final[Mapping[FanoutKind, Audience]] = MappingProxyType(
    {
        FanoutKind.ENTRY_ADMITTED: Audience.EVERYBODY,
        FanoutKind.ENTRY_REFUSED: Audience.RECIPIENTS_AND_OWNER,
        FanoutKind.DELIVERY_ANNOUNCED: Audience.RECIPIENTS,
        FanoutKind.DELIVERY_CALLED_OFF: Audience.RECIPIENTS,
        FanoutKind.GRANT_REFUSED: Audience.RECIPIENTS_AND_OWNER,
        FanoutKind.ACCESS_PAUSED: Audience.EVERYBODY,
        FanoutKind.ACCESS_RESUMED: Audience.EVERYBODY,
        FanoutKind.UNIT_PAUSED: Audience.RECIPIENTS,
        FanoutKind.UNIT_RESUMED: Audience.RECIPIENTS,
        FanoutKind.UNLOCKED_LATE: Audience.EVERYBODY,
        FanoutKind.MESSAGE_PASSED_ON: Audience.TOLD_RECIPIENTS,
        FanoutKind.COURIER_ADMITTED: Audience.EVERYBODY,
        FanoutKind.CONSENT_INVITED: Audience.ONE,
        FanoutKind.CONSENT_WITHDRAWN: Audience.RECIPIENTS_AND_OWNER,
        FanoutKind.RESIDENT_ADDED: Audience.RECIPIENTS,
        FanoutKind.RESIDENT_COUNTED: Audience.OTHER_RECIPIENTS,
        FanoutKind.RESIDENT_CHANGED: Audience.ONE,
        FanoutKind.RESIDENT_REMOVED: Audience.ONE,
        FanoutKind.TARGETS_CHANGED: Audience.ONE,
        FanoutKind.DECIDED_ON_PAPER: Audience.ONE,
        FanoutKind.LOGIN_CHANGED: Audience.ONE,
        FanoutKind.LINK_RENEWED: Audience.ONE,
        FanoutKind.LEDGER_RESTORED: Audience.EVERYBODY_AND_OWNER,
        FanoutKind.RETENTION_LENGTHENED: Audience.EVERYBODY,
        FanoutKind.LEDGER_BEGUN_ANEW: Audience.EVERYBODY,
        FanoutKind.ENTRY_CARRIED_OVER: Audience.ONE_OR_EVERYBODY,
    }
)

ANNOUNCEMENTS: Final = frozenset({FanoutKind.DELIVERY_ANNOUNCED, FanoutKind.DELIVERY_CALLED_OFF})
REFUSALS: Final = frozenset({FanoutKind.ENTRY_REFUSED, FanoutKind.GRANT_REFUSED})
OF_DELIVERIES: Final = (
    FanoutKind.ENTRY_ADMITTED,
    FanoutKind.ENTRY_CARRIED_OVER,
    FanoutKind.UNLOCKED_LATE,
    FanoutKind.MESSAGE_PASSED_ON,
    *ANNOUNCEMENTS,
    *REFUSALS,
)
_PAUSES: Final = (FanoutKind.ACCESS_PAUSED, FanoutKind.ACCESS_RESUMED)


@dataclass(frozen=True, slots=True)
class Telling:
    """Something to be told that is no entry; `seq` is the record that it tells of.

    `units` are those concerned with their names as written, `details` what the words need (instants in ISO 8601).
    Where `addressed` is given, it is told over those targets and not over the resident's present ones.
    """

    kind: FanoutKind
    seq: int
    set_revision: int
    at: datetime
    units: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    resident_id: str | None = None
    key: GrantKey | None = None
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    addressed: Mapping[str, object] | None = None
    ready_at: datetime | None = None


def owe(
    conn: Connection, kind: FanoutKind, seq: int, entry_id: str, set_revision: int, at: datetime
) -> int:
    """Owe the residents of that revision to be told of an entry; return the fan-out's id."""
    result = conn.execute(
        insert(fanouts).values(
            kind=kind, seq=seq, entry_id=entry_id, set_revision=set_revision, at=at
        )
    )
    assert result.inserted_primary_key is not None
    return int(result.inserted_primary_key[0])


def owe_telling(conn: Connection, telling: Telling) -> None:
    """Owe what is no entry to be told to those whom it concerns."""
    conn.execute(
        insert(fanouts),
        {
            "kind": telling.kind,
            "seq": telling.seq,
            "set_revision": telling.set_revision,
            "at": telling.at,
            "units": dict(telling.units),
            "resident_id": telling.resident_id,
            "courier_id": None if telling.key is None else telling.key.courier_id,
            "grant_id": None if telling.key is None else telling.key.grant_id,
            "details": dict(telling.details),
            "addressed": None if telling.addressed is None else dict(telling.addressed),
            "ready_at": telling.ready_at,
        },
    )


def owe_grant_refusal(conn: Connection, telling: Telling) -> None:
    """Owe a refused grant to be told, at most once a grant and ten minutes."""
    assert telling.key is not None
    if not _told_lately(conn, telling.kind, telling.key, telling.at):
        owe_telling(conn, telling)


def owe_pause(conn: Connection, telling: Telling) -> None:
    """Owe everybody to be told that the building is paused, or that it is no more (promise 4).

    What is still to be told of it is replaced; what comes shortly after it was told waits, and is told as it
    stands then, unless that has been told already.
    """
    conn.execute(
        delete(fanouts).where(fanouts.c.kind.in_(_PAUSES), fanouts.c.expanded_at.is_(None))
    )
    last = conn.execute(
        select(fanouts.c.kind, fanouts.c.details, fanouts.c.expanded_at)
        .where(fanouts.c.kind.in_(_PAUSES), fanouts.c.expanded_at.is_not(None))
        .order_by(fanouts.c.id.desc())
        .limit(1)
    ).one_or_none()
    if last is not None and (last.kind, last.details) == (telling.kind, dict(telling.details)):
        return
    waits = None if last is None else last.expanded_at + PAUSE_TOLD_EVERY
    # Not longer than that either: the clock may have been ahead when it was told.
    is_held = waits is not None and telling.at < waits <= telling.at + PAUSE_TOLD_EVERY
    owe_telling(conn, replace(telling, ready_at=waits if is_held else None))


def withdraw(conn: Connection, entry_id: str, kind: FanoutKind) -> None:
    """Take back that an entry is to be told: it did not happen after all."""
    of_entry = and_(fanouts.c.entry_id == entry_id, fanouts.c.kind == kind)
    withdrawn = select(notices.c.id).where(
        notices.c.fanout_id.in_(select(fanouts.c.id).where(of_entry))
    )
    # What a withdrawn notice led is told by itself.
    conn.execute(update(notices).where(notices.c.led_by.in_(withdrawn)).values(led_by=None))
    conn.execute(delete(notices).where(notices.c.id.in_(withdrawn)))
    conn.execute(delete(fanouts).where(of_entry))


def owe_refusal(
    conn: Connection, key: GrantKey, seq: int, entry_id: str, set_revision: int, at: datetime
) -> None:
    """Owe the recipients and the owner to be told of a refused entry, at most once a grant and ten minutes."""
    if not _told_lately(conn, FanoutKind.ENTRY_REFUSED, key, at):
        conn.execute(
            insert(fanouts),
            {
                "kind": FanoutKind.ENTRY_REFUSED,
                "seq": seq,
                "entry_id": entry_id,
                "courier_id": key.courier_id,
                "grant_id": key.grant_id,
                "set_revision": set_revision,
                "at": at,
            },
        )


def _told_lately(conn: Connection, kind: FanoutKind, key: GrantKey, at: datetime) -> bool:
    """Whether something of this kind about a grant has been told, or is owed to be, shortly before that instant."""
    since = at - REFUSAL_TOLD_EVERY
    told = select(fanouts.c.id).where(
        fanouts.c.kind == kind,
        fanouts.c.at.between(since, at),
        fanouts.c.courier_id == key.courier_id,
        fanouts.c.grant_id == key.grant_id,
    )
    return bool(conn.execute(select(exists(told))).scalar_one())
