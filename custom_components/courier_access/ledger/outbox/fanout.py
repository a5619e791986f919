"""Enqueue notifications of a change in the transaction that makes it (promise 2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
import re
from typing import Final, NamedTuple

from ...access.model import Consent, Loosening, Pause, Resident
from ..ledger import Transaction
from ..queue import (
    AUTHORS,
    BATCH_INTERVAL,
    FIRST,
    LIFTED,
    NO_DETAILS,
    UNLOCKED,
    FanOut,
    NotificationKind,
    enqueue,
    enqueue_fan_out,
)
from ..sql import Command, Query
from ..state.residents import Author, load_residences, newest_set, pauses_in_effect
from .due import Notification, pending_notifications
from .expand import expand_fanouts

MOST_NAMES: Final = 8


@dataclass(frozen=True, slots=True)
class FanOutWriter:
    """Enqueue fan-outs about a record for a revision of the set of residents.

    The record is the transaction's newest, or the one with the number `of`.
    """

    transaction: Transaction
    set_revision: int
    at: datetime
    residents: Mapping[str, Resident]
    of: int | None = None

    def notify(
        self,
        kind: NotificationKind,
        details: Mapping[str, str] = NO_DETAILS,
        *,
        units: Iterable[str] = (),
        about: str | None = None,
        addressed: Mapping[str, object] | None = None,
        ready_at: datetime | None = None,
    ) -> None:
        """Notify the audience of a kind, of which `about` is the resident concerned.

        It waits until `ready_at`, to be combined with what follows.
        """
        seq = self.of
        if seq is None:
            assert self.transaction.head is not None
            seq = self.transaction.head.seq
        fan_out = FanOut(
            kind,
            seq,
            self.set_revision,
            self.at,
            units={unit: self._label(unit) for unit in units},
            resident_id=about,
            details=details,
            addressed=addressed,
            ready_at=ready_at,
        )
        enqueue_fan_out(self.transaction.conn, fan_out)

    def _label(self, unit: str) -> str:
        here = (each for each in self.residents.values() if each.unit == unit)
        return next((each.unit_label for each in here), unit)

    def unit_about(
        self,
        kind: NotificationKind,
        resident: Resident,
        details: Mapping[str, str] = NO_DETAILS,
    ) -> None:
        """Notify a resident's unit of something about this resident."""
        named = {"name": resident.name, **details}
        self.notify(kind, named, units=[resident.unit], about=resident.id)

    def refusal(
        self, resident: Resident, consent: Consent, *, is_lifting: bool = False
    ) -> None:
        """Notify the unit and the administrator that this resident opted out or withdrew consent.

        A resident who only opts out of a home that they kept couriers out of is lifting
        that block.
        """
        details = {
            "name": resident.name,
            "resident_id": resident.id,
            AUTHORS: resident.id,
            **({LIFTED: "yes"} if is_lifting else {}),
        }
        kind = (
            NotificationKind.CONSENT_OPTED_OUT
            if consent is Consent.OPTED_OUT
            else NotificationKind.CONSENT_WITHDRAWN
        )
        self.notify(kind, details, units=[resident.unit])

    def loosening(
        self,
        resident: Resident,
        loosened: Sequence[Loosening],
        by: Author,
        *,
        is_first: bool = False,
    ) -> None:
        """Notify a resident that they consented or that their rules were loosened.

        What `is_first` loosens nothing that they decided before. A first yes without
        hours lets nobody in, so it waits for the first hours.
        """
        others = [each for each in loosened if each is not Loosening.CONSENT]
        details = {
            "at": self.at.isoformat(),
            "by": "link" if by.by_link else "login",
            "loosened": " ".join(others),
            **({FIRST: "yes"} if is_first else {}),
        }
        kind = (
            NotificationKind.CONSENT_GIVEN
            if Loosening.CONSENT in loosened
            else NotificationKind.RULES_LOOSENED
        )
        waits = is_first and not others
        ready_at = self.at + BATCH_INTERVAL if waits else None
        self.notify(kind, details, about=resident.id, ready_at=ready_at)

    def erasure(self, unit: str, resident_id: str, before: int, days: int) -> None:
        """Notify a home of another time after which details of its visits are erased.

        A resident's wish, or its end, is the reason.
        """
        if days != before:
            details = {"days": str(days), "earlier_days": str(before)}
            kind = NotificationKind.ERASURE_CHANGED
            self.notify(kind, details, units=[unit], about=resident_id)

    def confirmed_at_once(self, residents: Sequence[Resident]) -> None:
        """Notify a unit's other residents of new residents who are confirmed at once.

        One notification each would grow with the square of their number.
        """
        first, kind = residents[0], NotificationKind.RESIDENT_CONFIRMED
        if len(residents) > 1:
            names = ", ".join(each.name for each in residents[:MOST_NAMES])
            details = {"name": names, "more": str(max(0, len(residents) - MOST_NAMES))}
            self.notify(kind, details, units=[first.unit])
        elif any(
            each.is_confirmed and each.unit == first.unit and each.id != first.id
            for each in self.residents.values()
        ):
            self.unit_about(kind, first)

    def pause(
        self, unit: str | None, made: Sequence[Pause] = (), by: Author | None = None
    ) -> None:
        """Notify the residents of the current pause of the building or a unit (promise 4).

        `by` made the pauses `made`. A current pause that isn't among them isn't theirs.
        """
        paused, resumed, units = (
            (NotificationKind.ACCESS_PAUSED, NotificationKind.ACCESS_RESUMED, [])
            if unit is None
            else (NotificationKind.UNIT_PAUSED, NotificationKind.UNIT_RESUMED, [unit])
        )
        pauses = pauses_in_effect(self.transaction.conn, self.at)
        if (pause := longest(each for each in pauses if each.unit == unit)) is None:
            self.notify(resumed, units=units)
        else:
            self.notify(paused, self._pause_details(pause, made, by), units=units)

    def _pause_details(
        self, pause: Pause, made: Sequence[Pause], by: Author | None
    ) -> Mapping[str, str]:
        until = {"until": pause.until.isoformat()}
        if by is None or pause.id not in {each.id for each in made}:
            return until
        authors = (
            each.id
            for each in self.residents.values()
            if each.id == by.resident_id
            or (by.user_id is not None and each.user_id == by.user_id)
        )
        return {**until, AUTHORS: " ".join(authors)}


def longest(pauses: Iterable[Pause]) -> Pause | None:
    return max(pauses, key=lambda pause: pause.until, default=None)


class Farewell(NamedTuple):
    """What is still to be sent when a building is removed.

    `addressed` has the notification settings of each resident, as of the last load.
    """

    pending: tuple[Notification, ...]
    addressed: Mapping[str, Mapping[str, object]]


def record_disabled(
    transaction: Transaction, at: datetime, unlocked: Sequence[str]
) -> None:
    """Record that the building is disabled, and enqueue a notification to everybody.

    It names the doors that are `unlocked` for a courier.
    """
    transaction.append("building.disabled", at, {})
    _notify_newest_set(transaction, NotificationKind.BUILDING_DISABLED, at, unlocked)


_HASTEN: Final = Command("UPDATE fanouts SET ready_at = NULL")


def record_removed(
    transaction: Transaction, at: datetime, unlocked: Sequence[str]
) -> Farewell:
    """Record that the building is removed; return all that isn't sent yet, this last.

    The last one names the doors that are `unlocked` for a courier.
    """
    conn = transaction.conn
    transaction.append("building.removed", at, {})
    _notify_newest_set(transaction, NotificationKind.BUILDING_REMOVED, at, unlocked)
    _HASTEN.run(conn)
    # Nothing waits any more: neither for an outcome nor to be combined.
    while expand_fanouts(conn, at + BATCH_INTERVAL):
        pass
    addressed = {
        resident_id: each.addressed
        for resident_id, each in load_residences(conn).items()
    }
    return Farewell(tuple(pending_notifications(conn)), addressed)


def _notify_newest_set(
    transaction: Transaction,
    kind: NotificationKind,
    at: datetime,
    unlocked: Sequence[str],
) -> None:
    details = {UNLOCKED: ", ".join(unlocked)} if unlocked else NO_DETAILS
    if (newest := newest_set(transaction.conn)) is not None:
        FanOutWriter(transaction, newest, at, {}).notify(kind, details)


RECENT: Final = timedelta(hours=24)
"""How long after an entry a message about it can be passed on."""

MAX_MESSAGES_PER_ENTRY: Final = 5
"""So that a runaway automation doesn't flood the recipients."""

IMAGE: Final = re.compile(
    r"/(api/(camera|image)_proxy|media)/(?!\S*(\.\.|%(2[5eEfF]|5[cC])))"
    r"[^\s\\\x00-\x1f\x7f\ud800-\udfff]{1,2000}"
)
"""Images of this Home Assistant: another server would learn who views them.

Files under `/local/` are open to anyone, without an account.

No path leads out of its folder, encoded or not: another address could do the same.
"""


class Message(NamedTuple):
    """A message to pass on; `image` is a path on this Home Assistant."""

    text: str
    title: str | None = None
    image: str | None = None


class NotPassedOn(StrEnum):
    """Why a message wasn't passed on."""

    NO_SUCH_ENTRY = "no_such_entry"
    TOO_OLD = "too_old"
    TOO_MANY = "too_many"


_ENTRY: Final = Query(
    f"""
    SELECT seq, door_id, at, (
        SELECT count(*) FROM fanouts WHERE fanouts.entry_id = entries.entry_id
            AND kind = '{NotificationKind.MESSAGE_PASSED_ON}'
    )
    FROM entries WHERE entry_id = :entry_id
    """,
    tuple[int, str, datetime, int],
)


def pass_on(
    transaction: Transaction,
    entry_id: str,
    door_id: str | None,
    message: Message,
    set_revision: int,
    at: datetime,
) -> NotPassedOn | None:
    """Enqueue a message to an entry's recipients, or return why it isn't passed on."""
    conn = transaction.conn
    if (entry := _ENTRY.first(conn, entry_id=entry_id)) is None:
        return NotPassedOn.NO_SUCH_ENTRY
    seq, entry_door_id, entered_at, so_far = entry
    if door_id not in (None, entry_door_id):
        return NotPassedOn.NO_SUCH_ENTRY
    if at - entered_at > RECENT:
        return NotPassedOn.TOO_OLD
    if so_far >= MAX_MESSAGES_PER_ENTRY:
        return NotPassedOn.TOO_MANY
    parts = {"message": message.text, "title": message.title, "image": message.image}
    details = {name: part for name, part in parts.items() if part is not None}
    kind = NotificationKind.MESSAGE_PASSED_ON
    enqueue(conn, kind, seq, entry_id, set_revision, at, details=details)
    return None
