"""Keep doors working, whatever becomes of their buildings, and publish what happens."""

import asyncio
from collections.abc import Callable, Collection, Mapping
from contextlib import ExitStack
from enum import StrEnum
import secrets
from typing import Any, Final, NamedTuple, Self

from homeassistant.config_entries import ConfigEntry
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant
from homeassistant.helpers.singleton import singleton
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey

from ..access.codes import LETTERS
from ..access.model import Door, Outcome, Reason
from ..const import (
    CONF_DOOR_PAGES,
    CONF_DOORS,
    CONF_PAGE,
    CONF_SIGN,
    DOMAIN,
    SubentryType,
)
from ..home_assistant.callbacks import Listeners, Timer
from ..home_assistant.host import Host
from ..home_assistant.issues import Fix, IssueKind, Issues
from ..ledger.state.entries import Attempt, Relock
from .driver import DoorDriver, LifecycleObserver, Reports, opener_id
from .openers import DoorSettings


class DoorEventType(StrEnum):
    """The event types of a door."""

    ENTRY_ADMITTED = "entry_admitted"
    ENTRY_REFUSED = "entry_refused"
    ENTRY_OBSERVED = "entry_observed"
    ENTRY_COMPLETED = "entry_completed"
    DOOR_LEFT_OPEN = "door_left_open"
    NEVER_OPENED = "never_opened"
    DELIVERY_ANNOUNCED = "delivery_announced"


class DoorEvent(NamedTuple):
    """An event of a door; every user can read it, so it never names recipients."""

    type: DoorEventType
    door_id: str
    attributes: dict[str, str | None]
    context: Context


class DoorEvents:
    """Passes each door's events to its listeners.

    A building starts before its entities listen to it, so what happens until
    `pass_on` is kept.
    """

    def __init__(self) -> None:
        self._listeners: dict[str, Listeners[[DoorEvent]]] = {}
        self._kept: list[DoorEvent] | None = []

    def listen(
        self, door_id: str, listener: Callable[[DoorEvent], None]
    ) -> CALLBACK_TYPE:
        return self._listeners.setdefault(door_id, Listeners()).add(listener)

    def fire_decided(
        self,
        attempt: Attempt,
        context: Context,
        reason: Reason,
        outcome: Outcome | None = None,
    ) -> None:
        """Fire the event of an entry that was decided; a refused one has no outcome."""
        is_refused = outcome is None
        self.fire(
            DoorEventType.ENTRY_REFUSED if is_refused else DoorEventType.ENTRY_ADMITTED,
            attempt.door_id,
            context,
            courier=attempt.courier_name,
            door=attempt.door_name,
            reason=reason,
            proof=attempt.proof,
            entry_id=attempt.entry_id,
            **({} if is_refused else {"outcome": outcome}),
        )

    def pass_on(self) -> None:
        """Pass on what was kept, and from now on each event at once."""
        kept, self._kept = self._kept or (), None
        for event in kept:
            self._pass(event)

    def fire(
        self,
        kind: DoorEventType,
        door_id: str,
        context: Context | None = None,
        **attributes: str | None,
    ) -> None:
        """Fire an event with the names of the courier and the door, and what is known."""
        event = DoorEvent(kind, door_id, attributes, context or Context())
        if self._kept is None:
            self._pass(event)
        else:
            self._kept.append(event)

    def _pass(self, event: DoorEvent) -> None:
        if (listeners := self._listeners.get(event.door_id)) is not None:
            listeners.call(event)


NOT_LOCKED_AFTER: Final = 60.0
"""Seconds after its deadline at which an unlocked door is an issue."""

OFFLINE_AFTER: Final = 3600.0
"""Seconds after which an unavailable opener is an issue."""


def watch_lock(
    issues: Issues,
    driver: DoorDriver,
    placeholders: Mapping[str, str],
    stops: ExitStack,
) -> None:
    """Show an issue while a door isn't locked in time, its building loaded or not.

    The issue is the opener's: the door may get another one meanwhile.
    """
    timer = Timer(issues.hass)

    def look(_context: Context | None = None) -> None:
        subject = driver.opener_id
        if (deadline := driver.relock.deadline) is None:
            timer.stop()
            issues.clear(IssueKind.DOOR_NOT_LOCKED, subject)
            return
        left = (deadline - dt_util.utcnow()).total_seconds() + NOT_LOCKED_AFTER
        # A door that is held open has an event of its own, and is locked once closed.
        if left <= 0.0 and not driver.contact.is_open:
            issues.show(IssueKind.DOOR_NOT_LOCKED, subject, placeholders)
        timer.start(left if left > 0.0 else NOT_LOCKED_AFTER, look)

    stops.callback(timer.stop)
    stops.callback(driver.listen(look))
    look()


def watch_opener(issues: Issues, driver: DoorDriver, stops: ExitStack) -> None:
    """Show the issues of a door's opener.

    A removed opener is an issue at once, because it doesn't return by itself.
    """
    door, offline = driver.door, Timer(issues.hass)
    name = {"door": door.name}

    def show_offline() -> None:
        issues.show(IssueKind.OPENER_OFFLINE, door.id, name)

    def look(_context: Context | None = None) -> None:
        is_removed = driver.opener.removed
        if driver.opener.available or is_removed:
            offline.stop()
            issues.clear(IssueKind.OPENER_OFFLINE, door.id)
        elif not offline.runs:
            offline.start(OFFLINE_AFTER, show_offline)
        if is_removed:
            kind, fix = IssueKind.OPENER_REMOVED, Fix.CHOOSE_OPENER
            issues.show(kind, door.id, name, fix=fix)
        else:
            issues.clear(IssueKind.OPENER_REMOVED, door.id)

    stops.callback(offline.stop)
    stops.callback(driver.listen(look))
    look()


LOCK_UP_WITHIN: Final = 8.0
"""Seconds for locking all doors when Home Assistant stops.

It waits 20 for all integrations, and notifications take up to 5.
"""
CHECK_EVERY: Final = 60.0
"""Seconds between two checks whether a driver that no building needs can be removed."""

_DOOR_DRIVERS: HassKey[DoorDrivers] = HassKey(f"{DOMAIN}_door_drivers")


class DoorDrivers:
    """The drivers of all openers, with what entries at them report.

    There is one per opener for as long as Home Assistant runs. A building borrows those
    of its doors when it starts, and returns them when it stops. A driver goes on all the
    same: it follows its opener and contact sensor, locks at its deadline, and watches for
    a late unlock. So a door is locked even if its building is replaced, reloaded,
    disabled, or removed, has lost its ledger, or has given the door another opener. What
    entries report meanwhile is kept until their building has started again. A driver
    that no building needs anymore is dropped once nothing is left to do at its door.
    """

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._drivers: dict[str, DoorDriver] = {}
        self._lock_watches: dict[str, ExitStack] = {}
        self._reports: dict[str, Reports] = {}
        self._needs: dict[str, set[str]] = {}
        self._check_later = Timer(hass)

    def __len__(self) -> int:
        return len(self._drivers)

    def borrow(self, host: Host, door: Door, settings: DoorSettings) -> DoorDriver:
        """Return the driver of a door's opener, for a building that is starting."""
        reports = self.reports_of(host.entry_id)
        opener = opener_id(door, settings)
        watching = self._lock_watches.setdefault(opener, ExitStack())
        watching.close()
        if (driver := self._drivers.get(opener)) is not None:
            driver.configure(door, settings, reports)
        else:
            driver = DoorDriver(self._hass, door, settings, reports)
            self._drivers[opener] = driver
            driver.start()
        names = {"building": host.title, "door": door.name}
        watch_lock(host.issues, driver, names, watching)
        return driver

    def give_back(self, entry_id: str) -> None:
        """Let a building's doors go on by themselves, and keep their reports."""
        reports = self.reports_of(entry_id)
        for driver in self._drivers.values():
            driver.entries.cut_short(reports)
        reports.attach(None)

    def reports_of(self, entry_id: str) -> Reports:
        """Return a building's reports, which survive hand-overs and reloads."""
        return self._reports.setdefault(entry_id, Reports())

    def follows(self, courier_entry_id: str) -> bool:
        return any(
            courier_entry_id in driver.entries for driver in self._drivers.values()
        )

    def to_lock(self, entry_id: str) -> list[str]:
        """Return the names of a building's doors that are to be locked after a courier."""
        needed = (self._drivers[opener] for opener in self._needs.get(entry_id, ()))
        return sorted(driver.door.name for driver in needed if driver.is_lock_pending)

    def release(self, entry_id: str, but: Collection[str] = ()) -> None:
        """Drop the openers that a building doesn't need, which are all `but` these.

        A driver that no building needs is dropped once nothing is left to do at its
        door.
        """
        self._needs[entry_id] = set(but)
        self._remove_unneeded()

    def forget(self, entry_id: str) -> None:
        """Drop the reports of a removed building; its doors are locked all the same."""
        self._reports.pop(entry_id, None)
        self.release(entry_id)
        del self._needs[entry_id]

    def _remove_unneeded(self) -> None:
        unneeded = self._drivers.keys() - set().union(*self._needs.values())
        for opener in unneeded:
            if self._drivers[opener].is_at_rest:
                self._remove(opener)
        if unneeded & self._drivers.keys():
            self._check_later.start(CHECK_EVERY, self._remove_unneeded)

    def _remove(self, opener: str) -> None:
        self._lock_watches.pop(opener).close()
        self._drivers.pop(opener).stop()

    async def async_lock_up(self) -> None:
        """Lock all doors that couriers unlocked, within 8 seconds, then stop.

        A door that stands open is waited for. Somebody who uses a door by hand keeps it.
        """
        changed, time_up = asyncio.Event(), Timer(self._hass)
        time_up.start(LOCK_UP_WITHIN, changed.set)
        for driver in self._drivers.values():
            driver.listen(lambda _context: changed.set())
            driver.lock_up()
        while time_up.runs and any(
            driver.is_lock_pending for driver in self._drivers.values()
        ):
            changed.clear()
            await changed.wait()
        time_up.stop()
        self.stop()

    def stop(self) -> None:
        """Stop; the next start reads the deadlines from the ledgers."""
        self._check_later.stop()
        for opener in list(self._drivers):
            self._remove(opener)
        self._needs.clear()
        self._reports.clear()


@singleton(_DOOR_DRIVERS)
def door_drivers(hass: HomeAssistant) -> DoorDrivers:
    return DoorDrivers(hass)


class Doors:
    """The doors of one loaded building, with repair issues for their openers."""

    def __init__(
        self,
        host: Host,
        doors: Mapping[str, Door],
        settings: Mapping[str, DoorSettings],
    ) -> None:
        self._host = host
        self._doors = doors
        self._settings = settings
        self._all_drivers = door_drivers(host.hass)
        self.events = DoorEvents()
        self.drivers: dict[str, DoorDriver] = {}
        """The borrowed drivers, by door."""
        self._until_stopped = ExitStack()

    def start(
        self, follower: LifecycleObserver, left: Collection[Relock], *, in_doubt: bool
    ) -> None:
        """Borrow the drivers without unlocking a door.

        `left` are the ledger's deadlines; those that a driver knows go on already.
        `in_doubt`, every door is locked: a re-created ledger may have lost deadlines.
        """
        self.borrow()
        self._all_drivers.reports_of(self._host.entry_id).attach(follower)
        for relock in left:
            is_over = not follower.follows(relock.entry_id)
            if is_over or self._all_drivers.follows(relock.entry_id):
                continue
            # A door that was removed since then can't be locked.
            if (driver := self.drivers.get(relock.door_id)) is not None:
                driver.resume(relock)
        for driver in self.drivers.values() if in_doubt else ():
            driver.lock_in_doubt()
        issues = self._host.issues
        for kind in (IssueKind.OPENER_OFFLINE, IssueKind.OPENER_REMOVED):
            issues.clear_except(kind, self.drivers)
        for driver in self.drivers.values():
            watch_opener(issues, driver, self._until_stopped)

    def stop(self) -> None:
        """Return the drivers; may be called again."""
        self._until_stopped.close()
        self._all_drivers.give_back(self._host.entry_id)

    def borrow(self) -> None:
        """Borrow the drivers; until the start, what entries report is kept."""
        for door_id, door in self._doors.items():
            driver = self._all_drivers.borrow(self._host, door, self._settings[door_id])
            self.drivers[door_id] = driver
        openers = [driver.opener_id for driver in self.drivers.values()]
        self._all_drivers.release(self._host.entry_id, but=openers)


_TOKEN_BYTES: Final = 16
SIGN_LENGTH: Final = 2


class Sheet(NamedTuple):
    """What the sheet at a door shows: its page's token, and the characters."""

    page: str
    sign: str

    @classmethod
    def new(cls) -> Self:
        """Return a sheet that no door has had."""
        sign = "".join(secrets.choice(LETTERS) for _ in range(SIGN_LENGTH))
        return cls(secrets.token_urlsafe(_TOKEN_BYTES), sign)

    def to_mapping(self) -> dict[str, str]:
        return {CONF_PAGE: self.page, CONF_SIGN: self.sign}


def sheets_of(entry: ConfigEntry[Any]) -> dict[str, Sheet]:
    """Return the sheets of a building by their doors' IDs; removed doors have none."""
    stored = _stored(entry)
    return {
        door_id: Sheet(stored[door_id][CONF_PAGE], stored[door_id][CONF_SIGN])
        for door in entry.get_subentries_of_type(SubentryType.DOOR)
        if (door_id := door.subentry_id) in stored
    }


def without_removed_doors(entry: ConfigEntry[Any]) -> dict[str, Any]:
    """Return the building's options without the sheets of removed doors."""
    options, sheets = dict(entry.options), sheets_of(entry)
    if _stored(entry).keys() - sheets:
        options[CONF_DOOR_PAGES] = {
            **options[CONF_DOOR_PAGES],
            CONF_DOORS: {key: sheet.to_mapping() for key, sheet in sheets.items()},
        }
    return options


def _stored(entry: ConfigEntry[Any]) -> Mapping[str, Mapping[str, str]]:
    stored: Mapping[str, Mapping[str, str]]
    stored = entry.options.get(CONF_DOOR_PAGES, {}).get(CONF_DOORS, {})
    return stored
