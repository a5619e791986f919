"""Store whether a building sends visits to its fleet, and which homes object.

All of it is in the table of what is configured, so records bind it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import Final, NamedTuple

from ...access.model import Resident
from ..chain import Value
from ..ledger import Transaction
from .configured import (
    ConfiguredKind,
    load_configured,
    put_configured,
    remove_configured,
)

CHOICE: Final = "fleet_visits"
"""The kind under which the table of what is configured has residents' choices."""

VISITS: Final = "visits"
"""The ID of what residents were notified of."""
_SENT: Final = "visits_sent"


def _host_of(address: str) -> str:
    return address.partition("://")[2]


class VisitsWanted(NamedTuple):
    """What an administrator chose: where visits go, and how long they are kept there.

    If it `asks`, one household lives here, and nothing is sent until it says yes.
    """

    address: str
    days: int
    asks: bool

    @property
    def fleet(self) -> str:
        return _host_of(self.address)


class VisitsSetting(NamedTuple):
    """What residents were notified of with the record `seq`, and what is in effect.

    `notified_at` is when all of them were. Without `kept_days`, visits haven't begun. If
    these are fewer than `days`, residents were notified that visits will be kept longer.
    """

    address: str
    days: int
    asks: bool
    seq: int
    notified_at: datetime | None = None
    kept_days: int | None = None

    @property
    def fleet(self) -> str:
        return _host_of(self.address)

    @property
    def waits(self) -> bool:
        """Whether something that residents were notified of isn't in effect."""
        return self.kept_days != self.days

    def to_data(self) -> dict[str, object]:
        """Return the value to store."""
        at = self.notified_at
        return {**self._asdict(), "notified_at": at and at.isoformat()}


class VisitsChoice(NamedTuple):
    """Whether a resident objects to sending their home's visits, since the record `seq`.

    An objection is about all visits up to the record `until`: the fleet deletes those that
    were sent before. If it isn't an objection, one household said yes.
    """

    unit: str
    objects: bool
    seq: int
    until: int | None = None

    @property
    def is_current(self) -> bool:
        return self.until is None

    def covers(self, seq: int) -> bool:
        """Whether the visit that ends with that record is left out."""
        return self.objects and (self.until is None or seq < self.until)

    def allows(self, seq: int) -> bool:
        """Whether one household said yes before that record."""
        return not self.objects and self.seq < seq


class SentSpan(NamedTuple):
    """Visits were sent whose records are after the first, and before the second."""

    after: int
    until: int | None = None

    def has(self, seq: int) -> bool:
        return self.after < seq and (self.until is None or seq < self.until)


def load_visits_setting(conn: Connection) -> VisitsSetting | None:
    """Return what residents were notified of; None if visits are off."""
    stored = load_configured(conn, ConfiguredKind.FLEET).get(VISITS)
    if stored is None:
        return None
    at = stored["notified_at"]
    return VisitsSetting(**{**stored, "notified_at": at and datetime.fromisoformat(at)})


def put_visits_setting(conn: Connection, setting: VisitsSetting) -> None:
    put_configured(conn, ConfiguredKind.FLEET, VISITS, setting.to_data())


def load_sent_spans(conn: Connection) -> list[SentSpan]:
    """Return in which parts of the log visits were sent, the oldest first."""
    stored = load_configured(conn, ConfiguredKind.FLEET).get(_SENT, ())
    return [SentSpan(*each) for each in stored]


def _put_sent_spans(conn: Connection, spans: Sequence[SentSpan]) -> None:
    put_configured(conn, ConfiguredKind.FLEET, _SENT, [list(each) for each in spans])


def load_visits_choices(conn: Connection) -> dict[str, VisitsChoice]:
    """Return the choices by resident; those that ended have other keys."""
    stored = load_configured(conn, CHOICE)
    return {key: VisitsChoice(**value) for key, value in stored.items()}


class Choices(NamedTuple):
    """What residents chose about the visits of their homes, also of those who left.

    If the building `asks`, all visits are those of its one household, which objects until
    somebody says yes. Otherwise, a home objects if one of its residents does.
    """

    all: Collection[VisitsChoice]
    asks: bool

    def of(self, unit: str) -> list[VisitsChoice]:
        return [each for each in self.all if self.asks or each.unit == unit]

    def objects(self, unit: str) -> bool:
        """Return whether visits for a home are left out from now on."""
        current = [each.objects for each in self.of(unit) if each.is_current]
        return any(current) or (self.asks and not current)

    def about(self, units: Collection[str], seq: int) -> list[VisitsChoice]:
        """Return the objections to sending the visit that ends with that record."""
        theirs = (each for each in self.all if self.asks or each.unit in units)
        return [each for each in theirs if each.covers(seq)]

    def leaves_out(self, units: Collection[str], seq: int) -> bool:
        """Return whether the visit that ends with that record isn't sent."""
        is_allowed = not self.asks or any(each.allows(seq) for each in self.all)
        return not is_allowed or bool(self.about(units, seq))


def announce_visits(
    transaction: Transaction, wanted: VisitsWanted, at: datetime
) -> None:
    """Record what residents must be notified of before it takes effect."""
    conn, earlier = transaction.conn, load_visits_setting(transaction.conn)
    kept = None if earlier is None else earlier.kept_days
    put_visits_setting(
        conn, VisitsSetting(*wanted, seq=transaction.next_seq, kept_days=kept)
    )
    fields: dict[str, Value] = {"address": wanted.address, "days": wanted.days}
    transaction.append("fleet.visits_announced", at, fields)


def shorten_visits(
    transaction: Transaction, setting: VisitsSetting, days: int, at: datetime
) -> None:
    """Let the fleet keep visits for fewer days, at once."""
    kept = setting.kept_days
    kept = None if kept is None else min(kept, days)
    put_visits_setting(transaction.conn, setting._replace(days=days, kept_days=kept))
    fields: dict[str, Value] = {"days": days, "earlier_days": setting.days}
    transaction.append("fleet.visits_shortened", at, fields)


def note_visits_notified(
    transaction: Transaction, setting: VisitsSetting, at: datetime
) -> None:
    """Record that every resident was notified."""
    put_visits_setting(transaction.conn, setting._replace(notified_at=at))
    transaction.append("fleet.visits_notified", at, {})


def begin_visits(
    transaction: Transaction, setting: VisitsSetting, at: datetime
) -> None:
    """Record that visits after this record are sent, and for how long they are kept."""
    put_visits_setting(transaction.conn, setting._replace(kept_days=setting.days))
    _begin_span(transaction)
    fields: dict[str, Value] = {"address": setting.address, "days": setting.days}
    transaction.append("fleet.visits_begun", at, fields)


def end_visits(transaction: Transaction, setting: VisitsSetting, at: datetime) -> None:
    """Record that no visits are sent from this record on."""
    forget_visits_setting(transaction)
    transaction.append("fleet.visits_ended", at, {"address": setting.address})


def forget_visits_setting(transaction: Transaction) -> None:
    """Have residents notified again before any visit is sent, and one household asked."""
    conn, until = transaction.conn, transaction.next_seq
    remove_configured(conn, ConfiguredKind.FLEET, VISITS)
    _end_yes(conn)
    *earlier, last = load_sent_spans(conn) or [SentSpan(0, 0)]
    if last.until is None:
        _put_sent_spans(conn, [*earlier, last._replace(until=until)])


def _end_yes(conn: Connection) -> None:
    for key, choice in load_visits_choices(conn).items():
        if not choice.objects:
            remove_configured(conn, CHOICE, key)


def _begin_span(transaction: Transaction) -> None:
    spans = load_sent_spans(transaction.conn)
    if not spans or spans[-1].until is not None:
        _put_sent_spans(transaction.conn, [*spans, SentSpan(transaction.next_seq)])


def put_visits_choice(
    transaction: Transaction,
    resident: Resident,
    at: datetime,
    *,
    objects: bool,
    by: str | None = None,
) -> None:
    """Store whether a resident objects; with a yes, one household's visits begin."""
    conn, seq = transaction.conn, transaction.next_seq
    stored, setting = load_visits_choices(conn), load_visits_setting(conn)
    own, unit = stored.get(resident.id), resident.unit
    if own is not None and not own.objects and not objects:
        seq = own.seq  # They say yes to more, and don't take anything back.
    _end_choice(transaction, resident.id, stored)
    if objects:
        choice = VisitsChoice(unit, objects=True, seq=seq)
        put_configured(conn, CHOICE, resident.id, choice._asdict())
    elif setting is not None and setting.asks:
        choice = VisitsChoice(unit, objects=False, seq=seq)
        put_configured(conn, CHOICE, resident.id, choice._asdict())
        put_visits_setting(conn, setting._replace(kept_days=setting.days))
        _begin_span(transaction)
    personal = {"resident": resident.id, "unit": resident.unit, "decided_by": by}
    chosen = "yes" if objects else "no"
    transaction.append("fleet.visits_chosen", at, {}, {**personal, "objects": chosen})


def _end_choice(
    transaction: Transaction, resident_id: str, choices: Mapping[str, VisitsChoice]
) -> None:
    """End a resident's choice; visits from before that stay left out."""
    if (choice := choices.get(resident_id)) is None:
        return
    conn, seq = transaction.conn, transaction.next_seq
    remove_configured(conn, CHOICE, resident_id)
    if choice.objects:
        ended = choice._replace(until=seq)
        put_configured(conn, CHOICE, f"{resident_id} {seq}", ended._asdict())


def end_visits_choices(
    transaction: Transaction, at: datetime, *, but: Iterable[str]
) -> dict[str, str]:
    """End the choices of all but these residents; return whose ended, with their units."""
    choices, ended = load_visits_choices(transaction.conn), dict[str, str]()
    kept = {*but}
    for key, choice in choices.items():
        if not choice.is_current or key in kept:
            continue
        _end_choice(transaction, key, choices)
        personal = {"resident": key, "unit": choice.unit}
        transaction.append("fleet.choice_ended", at, {}, personal)
        ended[key] = choice.unit
    return ended
