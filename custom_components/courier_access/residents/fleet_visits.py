"""Follow whether visits go to the fleet, and which residents object (docs/how-to/fleet.md)."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
import json
from sqlite3 import Connection
from typing import Final, NamedTuple

from homeassistant.util import dt as dt_util

from ..access.model import Resident
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.configured import Change
from ..ledger.state.fleet_visits import (
    Choices,
    VisitsChoice,
    VisitsSetting,
    VisitsWanted,
    announce_visits,
    begin_visits,
    end_visits,
    end_visits_choices,
    load_visits_choices,
    load_visits_setting,
    note_visits_notified,
    put_visits_choice,
    shorten_visits,
)
from ..ledger.state.residents import Author
from ..ledger.upkeep.fleet_visits import count_unnotified
from ..ledger.upkeep.purge import is_steady_for

AFTER: Final = timedelta(days=14)
"""How long after every resident was notified visits are sent, or kept for longer."""


class StoredVisits(NamedTuple):
    """What the ledger has of visits to the fleet; without a setting, they are off."""

    setting: VisitsSetting | None = None
    choices: Mapping[str, VisitsChoice] = {}

    @property
    def of_homes(self) -> Choices:
        """What residents chose, and whether one household is asked."""
        asks = self.setting is not None and self.setting.asks
        return Choices(self.choices.values(), asks)


def load_visits(conn: Connection) -> StoredVisits:
    return StoredVisits(load_visits_setting(conn), load_visits_choices(conn))


class ResidentVisits(NamedTuple):
    """What a resident reads of the visits that their building sends to its fleet.

    `fleet` is its host. `begins_at` is when visits begin, or once `has_begun`, when they are
    kept for `longer_days`; None if nothing is to come, or not everyone was notified so far.
    If the building `asks`, one household lives here, and must say yes. `objects` is the
    resident's own choice; None if they made none.
    """

    fleet: str
    keep_days: int
    longer_days: int | None
    begins_at: datetime | None
    has_begun: bool
    asks: bool
    home_objects: bool
    objects: bool | None

    @property
    def may_object(self) -> bool:
        """Whether an objection, or the no of one household, would say anything new."""
        is_open = self.asks and self.objects is None and self.home_objects
        return self.objects is not True and not is_open

    @property
    def may_allow(self) -> bool:
        """Whether the resident can take their objection back, or say yes."""
        if not self.asks:
            return self.objects is True
        is_no = self.home_objects and self.objects is not False
        return is_no or self.longer_days is not None


class FleetVisits:
    """Hold whether visits of one building are sent, and for which homes not.

    A change is committed with its record and notifications before it takes effect.
    """

    def __init__(
        self,
        ledger: Ledger,
        fan_out: Callable[[Transaction, datetime], FanOutWriter],
        changed: Callable[[], None],
    ) -> None:
        self._ledger = ledger
        self._fan_out = fan_out
        self._changed = changed
        self.stored = StoredVisits()
        self.unnotified = 0
        """How many residents weren't notified so far of what takes effect later."""

    @property
    def setting(self) -> VisitsSetting | None:
        """What residents were notified of; None if visits are off."""
        return self.stored.setting

    def of(self, resident: Resident) -> ResidentVisits | None:
        """Return what a resident reads; None if visits are off."""
        if (setting := self.setting) is None:
            return None
        own = self.stored.choices.get(resident.id)
        has_begun = setting.kept_days is not None
        return ResidentVisits(
            fleet=setting.fleet,
            keep_days=setting.kept_days or setting.days,
            longer_days=setting.days if has_begun and setting.waits else None,
            begins_at=begins_at(setting),
            has_begun=has_begun,
            asks=setting.asks,
            home_objects=self.stored.of_homes.objects(resident.unit),
            objects=None if own is None else own.objects,
        )

    async def advance(self, now: datetime) -> None:
        """Let take effect what every resident was notified of long enough ago.

        As for what can't be undone, the clock must have been steady for as long.
        """
        setting = self.setting
        if setting is None or setting.asks or not setting.waits:
            self.unnotified = 0
            return
        self.unnotified, is_due = await self._ledger.read(
            partial(_progress, setting=setting, now=now)
        )
        if is_due:
            self.stored = await self._ledger.write(partial(_advance, now=now))
            self._changed()

    async def choose(
        self, resident: Resident, author: Author, *, objects: bool
    ) -> None:
        """Set whether a resident objects to sending their home's visits.

        Call this within a rulebook's `turn`. The home is notified if that changes what is
        sent.
        """
        own, setting = self.stored.choices.get(resident.id), self.setting
        asks = setting is not None and setting.asks
        chosen = own.objects if own is not None else None if asks else False
        # One household is asked again if the fleet wants to keep visits for longer.
        is_asked = asks and setting is not None and setting.waits and not objects
        if chosen is objects and not is_asked:
            return
        now = dt_util.utcnow()

        def write(transaction: Transaction) -> StoredVisits:
            before = load_visits(transaction.conn)
            put_visits_choice(
                transaction, resident, now, objects=objects, by=author.decided_by
            )
            after = load_visits(transaction.conn)
            fan_out = self._fan_out(transaction, now)
            notify_home(fan_out, resident.unit, resident.id, before, after)
            return after

        self.stored = await self._ledger.write(write)
        self._changed()


def _progress(
    conn: Connection, setting: VisitsSetting, now: datetime
) -> tuple[int, bool]:
    """Return how many residents weren't notified so far, and whether a step is due."""
    if setting.notified_at is None:
        unnotified = count_unnotified(conn, setting.seq)
        return unnotified, unnotified == 0
    at = begins_at(setting)
    return 0, at is not None and at <= now and is_steady_for(conn, now, AFTER)


def _advance(transaction: Transaction, now: datetime) -> StoredVisits:
    stored = load_visits(transaction.conn)
    setting = stored.setting
    if setting is not None and _progress(transaction.conn, setting, now)[1]:
        if setting.notified_at is None:
            note_visits_notified(transaction, setting, now)
        else:
            begin_visits(transaction, setting, now)
    return load_visits(transaction.conn)


def begins_at(setting: VisitsSetting) -> datetime | None:
    """Return when what residents were notified of takes effect, as far as that is known."""
    at = setting.notified_at
    return None if at is None or not setting.waits else at + AFTER


class Waits(StrEnum):
    """What has to happen before what residents were notified of takes effect."""

    HOUSEHOLD = "household"
    """Somebody of the one household says yes."""
    NOTIFICATIONS = "notifications"
    """The notice reaches every resident."""
    DAYS = "days"
    CLOCK = "clock"
    """The clock is steady for as long."""


def waits_for(setting: VisitsSetting, now: datetime) -> Waits | None:
    """Return what visits wait for, or their longer keeping; None if all is in effect."""
    if not setting.waits:
        return None
    if setting.asks:
        return Waits.HOUSEHOLD
    at = begins_at(setting)
    if at is None:
        return Waits.NOTIFICATIONS
    return Waits.DAYS if now < at else Waits.CLOCK


def notify_home(
    fan_out: FanOutWriter,
    unit: str,
    resident_id: str,
    before: StoredVisits,
    after: StoredVisits,
) -> None:
    """Notify a home if its visits are left out from now on, or sent again."""
    if after.setting is None:
        return
    objected, objects = (each.of_homes.objects(unit) for each in (before, after))
    if objects != objected:
        details = {
            "what": "out" if objects else "sent",
            "fleet": after.setting.fleet,
        }
        kind = NotificationKind.FLEET_VISITS_CHOSEN
        fan_out.notify(kind, details, units=[unit], about=resident_id)


def follow_visits(
    fan_out: FanOutWriter, wanted: VisitsWanted | None, stayed: Iterable[str]
) -> StoredVisits:
    """Record what an administrator chose about visits, and notify every resident.

    Choices end for all but the residents who `stayed`.
    """
    transaction, now = fan_out.transaction, fan_out.at
    before = load_visits(transaction.conn)
    ended = end_visits_choices(transaction, now, but=stayed)
    after = load_visits(transaction.conn)
    for unit, resident_id in {unit: key for key, unit in ended.items()}.items():
        notify_home(fan_out, unit, resident_id, before, after)
    setting = after.setting
    if setting is not None and (
        wanted is None
        or (wanted.address, wanted.asks) != (setting.address, setting.asks)
    ):
        end_visits(transaction, setting, now)
        if wanted is None:
            _notify_of_end(fan_out, setting)
        setting = None
    if wanted is not None and (setting is None or wanted.days > setting.days):
        announce_visits(transaction, wanted, now)
        fan_out.notify(
            NotificationKind.FLEET_VISITS_ASKED
            if wanted.asks
            else NotificationKind.FLEET_VISITS,
            {"fleet": wanted.fleet, "days": str(wanted.days)},
        )
    elif wanted is not None and setting is not None and wanted.days < setting.days:
        shorten_visits(transaction, setting, wanted.days, now)
    return load_visits(transaction.conn)


def _notify_of_end(fan_out: FanOutWriter, setting: VisitsSetting) -> None:
    change = {"what": Change.FLEET_VISITS_OFF, "name": setting.fleet}
    fan_out.notify(
        NotificationKind.CONFIGURATION_CHANGED, {"changes": json.dumps([change])}
    )
