"""One building at run time: builds its parts, starts, and stops them."""

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import date, datetime, timedelta
from functools import partial
import logging
from pathlib import Path
import time
from typing import Final
from weakref import WeakValueDictionary
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry, ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.event import async_track_time_interval
from homeassistant.helpers.typing import UNDEFINED
from homeassistant.util import dt as dt_util
from homeassistant.util.signal_type import SignalType

from ..access.model import Answer, Attitude, Resident
from ..access.rates import Rates
from ..const import DOMAIN, Household
from ..couriers.inbox import Inbox
from ..doors.bells import BellWatch, Doorbell
from ..doors.doors import Doors
from ..entries.admission import Admission
from ..entries.observed import ObservedEntries
from ..entries.questions import Questions
from ..entries.request import Waiting
from ..entries.unsigned import UnsignedRequests
from ..grants.by_residents import LocalGrants
from ..grants.grants import Grants
from ..grants.passes import Passes, Pepper, WrongCodes
from ..grants.standing_orders import StandingOrders
from ..home_assistant.clock import ClockWatch, async_configured_zone
from ..home_assistant.host import Host, is_changing, settings_in_effect
from ..ledger.budgets import Budgets
from ..ledger.errors import Cause, LedgerUnavailable
from ..ledger.queue import Button
from ..ledger.state import entries
from ..ledger.state.entries import History, load_relocks
from ..ledger.state.residents import move_pauses
from ..ledger.upkeep.restore import papers_in_effect
from ..notifications.actions import PhoneActions
from ..notifications.consent import Consents
from ..notifications.dispatcher import Dispatcher
from ..notifications.late_writes import LateWrites
from ..residents.directory import Accounts, Directory
from ..residents.personal_links import Links
from ..residents.rulebook import Rulebook, RulesButtons
from .backups import MARK_EVERY, Restore, is_backup_under_way
from .fleet import Fleet
from .ledger_health import LedgerHealth, RecreatedLedger, announce_loss, record_loss
from .retention import Retention
from .verification import Verifications

type CourierAccessConfigEntry = ConfigEntry[Building]

HANDED_OVER: Final[SignalType[Building]] = SignalType(f"{DOMAIN}_handed_over")
"""Sent with the building that takes the place of a loaded one of its config entry."""

_MOST_READERS: Final = 1_024
_LOGGER = logging.getLogger(__name__)


def running_building(entry: CourierAccessConfigEntry) -> Building | None:
    """Return a building at run time, also one that couldn't be unloaded."""
    building: Building | None = getattr(entry, "runtime_data", None)
    return building


async def async_zone_of(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> ZoneInfo:
    """Return the zone of a building's wall clock, loaded or not."""
    if (building := running_building(entry)) is not None:
        return building.zone()
    return await async_configured_zone(hass, entry.options)


async def async_today(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> date:
    return dt_util.utcnow().astimezone(await async_zone_of(hass, entry)).date()


def ledger_path(hass: HomeAssistant, entry_id: str) -> Path:
    return Path(hass.config.path(f"{DOMAIN}_{entry_id}.db"))


async def async_next_building(building: Building, until: float) -> Building | None:
    """Return the building that took another's place, once it is open.

    Return None if there is none in time, by the loop's clock.
    """
    hass, entry = building.hass, building.entry
    while (left := until - hass.loop.time()) > 0 and is_changing(hass, entry.entry_id):
        await settings_in_effect(hass, entry.entry_id, left)
    if entry.state is not ConfigEntryState.LOADED or building.host.is_closing:
        return None
    return None if entry.runtime_data is building else entry.runtime_data


class Building:
    """A loaded building: complete, or without its ledger and with manual doors."""

    fault: Cause | None = None
    """Why the ledger can't be used; None if it can."""

    recreated: RecreatedLedger | None = None
    """What the ledger knows about an earlier one that is lost."""

    def __init__(
        self,
        hass: HomeAssistant,
        entry: CourierAccessConfigEntry,
        former: Building | None = None,
    ) -> None:
        """Build all parts; those that wait for something go on where `former` stopped."""
        self.hass = hass
        self.entry = entry
        self.host = host = Host(hass, entry)
        self.directory = directory = Directory.read(hass, entry)
        self.accounts = Accounts(hass)
        self.health = LedgerHealth(host, ledger_path(hass, entry.entry_id))
        self.ledger = ledger = self.health.ledger
        self.restore = Restore(host, ledger)
        self.clock_watch = clock_watch = ClockWatch(hass, ledger)
        self._doors = doors = Doors(host, directory.doors, directory.door_settings)
        self.drivers, self.events = doors.drivers, doors.events
        self.rulebook = rulebook = Rulebook(host, ledger, directory, self.accounts)
        self.links = links = Links(host, ledger)
        self.notifications = notifications = Dispatcher(
            host, ledger, directory, rulebook, links
        )
        self.phone_actions = PhoneActions(host)
        self._late_writes = late = LateWrites(host, ledger, self.phone_actions)
        self.grants = grants = Grants(ledger, late, rulebook, directory, self.events)
        self.local_grants = local = LocalGrants(grants, clock_watch)
        self.standing_orders = StandingOrders(
            host, ledger, directory, rulebook, grants, local, clock_watch
        )
        self.questions = Questions(
            host, ledger, rulebook, grants, directory, notifications
        )
        self.passes = passes = Passes(host, ledger, late, grants, rulebook)
        self.wrong_codes = WrongCodes(host, ledger, rulebook, passes)
        self._answer_couriers()
        self.observed = ObservedEntries(host, late, directory, rulebook, self.events)
        self._retention = Retention(
            host, ledger, directory, clock_watch, grants, notifications
        )
        self.verifications = Verifications(host, ledger, clock_watch)
        self.fleet = Fleet(host, ledger, directory, rulebook, clock_watch)
        # A lock disappears once nobody holds it or waits for it.
        self._reading_turns = WeakValueDictionary[str, asyncio.Lock]()
        self.history, self.export_rates = History(), Rates(_MOST_READERS)
        self._handle_buttons()
        self.until_stopped = ExitStack()
        """What is called when the building stops."""
        if former is not None:
            self._go_on_from(former)

    def _go_on_from(self, former: Building) -> None:
        self.clock_watch.last_look = former.clock_watch.last_look
        self.questions.go_on_from(former.questions)
        self.fleet.go_on_from(former.fleet)
        self.unsigned.waitings = former.unsigned.waitings
        for bell in self.bells.keys() & former.bells.keys():
            self.bells[bell] = former.bells[bell]
            if (ring := former.rings.get(bell)) is not None:
                self.rings[bell] = ring

    @property
    def residents(self) -> Mapping[str, Resident]:
        return self.rulebook.residents

    @property
    def several(self) -> bool:
        """Whether an administrator chose several households, so their entities hide.

        A building that was set up for one keeps its entities if a second home is there.
        """
        return self.directory.household is Household.SEVERAL

    @property
    def has_neighbor(self) -> bool:
        """Whether there is another building in this Home Assistant."""
        return len(self.hass.config_entries.async_entries(DOMAIN)) > 1

    def reading_turn(self, whose: str) -> asyncio.Lock:
        """Return the lock that a person holds while reading, so nobody else waits."""
        return self._reading_turns.setdefault(whose, asyncio.Lock())

    def zone(self) -> ZoneInfo:
        return self.host.zone

    async def async_start(self, lost: RecreatedLedger | None = None) -> None:
        """Open the ledger and resume unfinished work, without unlocking a door.

        `lost` is the earlier ledger, if there was one; an empty ledger is then a
        re-created one.
        """
        await self.ledger.open(hold_checkpoints=is_backup_under_way(self.hass))
        try:
            await self._resume(lost)
        except BaseException:
            await self.async_stop()
            raise

    async def async_start_doors(self, fault: LedgerUnavailable) -> None:
        """Start without the ledger: the doors are for manual use."""
        self.fault = fault.cause
        self.host.zone = await async_configured_zone(self.hass, self.entry.options)
        self._doors.borrow()
        self.health.wait(fault)

    async def _resume(self, lost: RecreatedLedger | None) -> None:
        directory, now = self.directory, dt_util.utcnow()
        await self.accounts.async_start()
        self.recreated = await self.ledger.write(
            partial(record_loss, lost=lost, papers=directory.paper_consents, now=now)
        )
        await self.restore.detect(
            directory.paper_consents,
            self.entry.minor_version,
            is_asked_for_keys=self.recreated is not None and not self.recreated.is_seen,
        )
        self.until_stopped.callback(
            async_track_time_interval(self.hass, self.restore.mark_newest, MARK_EVERY)
        )
        await self._late_writes.take_up()
        if is_backup_under_way(self.hass):
            await self.ledger.hold_checkpoints()
        papers = await self.ledger.read(
            partial(papers_in_effect, papers=directory.paper_consents)
        )
        await self.rulebook.load(papers, self.clock_watch.earliest_now)
        await self.restore.announce(self.rulebook)
        await self.links.load()
        pepper = await Pepper(self.hass, self.entry.entry_id).load()
        await self.grants.load(pepper)
        await self.passes.load(pepper)
        await self.wrong_codes.load()
        await self.standing_orders.load()
        await self.questions.load()
        await self._resume_entries(now)
        # Only now: if the start fails before, the next one locks the doors.
        await self.ledger.write(
            partial(announce_loss, set_revision=self.rulebook.set_revision, now=now)
        )
        await self.notifications.async_start()
        await self.phone_actions.presses.load()
        self._late_writes.listen()
        await self._late_writes.catch_up()
        self.health.watch()
        self.clock_watch.async_start()
        await self._retention.async_start(self.rulebook.set_revision)

    async def _resume_entries(self, now: datetime) -> None:
        """Start the doors, with the entries that an earlier run left unfinished."""
        cut_off = await self.ledger.write(partial(entries.settle_in_flight, at=now))
        left = await self.ledger.read(load_relocks)
        for entry_id in cut_off:
            _LOGGER.warning(
                "Entry %s was cut off; whether the door opened is not known", entry_id
            )
        follow_up = self._admission.follow_up
        for relock in left:
            follow_up.follow(relock, outcome_recorded=True)
        in_doubt = self.recreated is not None and not self.recreated.is_announced
        self._doors.start(follow_up, left, in_doubt=in_doubt)

    def open_to_couriers(self) -> None:
        """Begin to answer couriers, observe entries, and read parcel feeds.

        Without the ledger, observed entries are written when the building has it again.
        """
        self.clock_watch.check()
        self.events.pass_on()
        self.host.is_open = self.fault is None
        self.observed.start()
        if self.fault is None:
            self.questions.open()
            self.standing_orders.start()
        else:
            self.standing_orders.stop()

    async def async_close_to_couriers(self) -> None:
        """Stop answering couriers and observing, and wait for what is under way."""
        self.host.is_open = False
        self.questions.close()
        self.unsigned.close()
        self.observed.stop()
        self.standing_orders.stop()
        self._retention.stop()
        await self.host.settle()

    async def async_stop(self) -> None:
        """Stop all parts and close the ledger. May be called again."""
        await self.async_close_to_couriers()
        self.until_stopped.close()
        self.host.cancel()
        self.clock_watch.async_stop()
        self.accounts.async_stop()
        self._doors.stop()
        await self.host.settle()
        await self.notifications.async_stop()
        await self.health.async_stop()
        await self._late_writes.async_stop()
        await self.host.settle()
        await self.ledger.close()

    def register_devices(self) -> None:
        """Register the devices of the building, its doors, and with the ledger residents.

        With several households, a resident's is named by the unit, because every user
        can read it. With several buildings, that name includes the building's.
        """
        entry = self.entry
        register = partial(
            dr.async_get(self.hass).async_get_or_create, config_entry_id=entry.entry_id
        )
        service = partial(register, entry_type=dr.DeviceEntryType.SERVICE)
        building = service(
            identifiers={(DOMAIN, entry.entry_id)}, name=entry.title, model="Building"
        )
        for door in self.directory.doors.values():
            if door.id in entry.subentries:
                register(
                    config_subentry_id=door.id,
                    identifiers={(DOMAIN, door.id)},
                    model="Door",
                    name=door.name,
                    via_device_id=building.id,
                )
        named = "unit_of_building" if self.has_neighbor else "unit"
        for resident in self.residents.values() if self.fault is None else ():
            if resident.id in entry.subentries:
                service(
                    config_subentry_id=resident.id,
                    identifiers={(DOMAIN, resident.id)},
                    model="Resident",
                    name=UNDEFINED if self.several else resident.name,
                    translation_key=named if self.several else None,
                    translation_placeholders={
                        "unit": self._unit_name(resident),
                        "building": entry.title,
                    },
                    via_device_id=building.id,
                )

    def _unit_name(self, resident: Resident) -> str:
        """Return the unit's name, numbered for its second resident and later ones."""
        same = [
            other.id for other in self.residents.values() if other.unit == resident.unit
        ]
        number = same.index(resident.id) + 1
        return (
            resident.unit_label if number == 1 else f"{resident.unit_label} ({number})"
        )

    def move_pauses(self, step: timedelta) -> None:
        """Move the pauses with the clock that was set.

        A disk that fails now gets the new ends later, before any courier is answered.
        """
        pauses = self.rulebook.pauses
        if not (moved := pauses.clock_set(step)):
            return
        work = partial(move_pauses, moved=moved, at=dt_util.utcnow())

        async def write() -> None:
            with suppress(LedgerUnavailable):
                await self._late_writes.write(None, work, lambda _: pauses.move(moved))

        self.host.run(write(), f"{DOMAIN} pauses")

    def _answer_couriers(self) -> None:
        doorbells = self.directory.doorbells
        self.bells = {bell: BellWatch(self.hass, bell) for bell in doorbells}
        self.rings: dict[Doorbell, Waiting] = {}
        """The last ring of each doorbell, as far as it rang since the start."""
        budgets = Budgets(time.monotonic_ns)
        self._admission = Admission(
            self.host,
            self.ledger,
            self.rulebook,
            self.grants,
            self._doors,
            self.questions,
            self._late_writes,
            self.notifications,
            budgets.refusals,
            self.clock_watch,
        )
        self.unsigned: UnsignedRequests = UnsignedRequests(
            self.host,
            self.directory,
            self.rulebook,
            self.grants,
            self.passes,
            self.wrong_codes,
            self._admission,
            self._late_writes,
            self.clock_watch,
        )
        self.inbox = Inbox(
            self.host,
            self.ledger,
            self.directory,
            self.rulebook,
            self.grants,
            self._admission,
            self._late_writes,
            self.clock_watch,
            budgets,
        )

    def _handle_buttons(self) -> None:
        of_rules = RulesButtons(self.hass, self.ledger, self.rulebook)
        self.consents = Consents(self.host, self.ledger, self.directory, self.rulebook)
        self.phone_actions.handlers = {
            Button.VETO: self.grants.press_veto,
            Button.CONFIRM: of_rules.confirm,
            Button.WITHDRAW: of_rules.withdraw,
            Button.OBJECT: of_rules.object,
            Button.DENY: partial(of_rules.choose, Attitude.DENY),
            Button.ASK: partial(of_rules.choose, Attitude.ASK),
            Button.CONSENT: self.consents.say_yes,
            Button.LET_IN: self.standing_orders.left_out.let_in,
            Button.OPEN_DAY: self.standing_orders.left_out.open_day,
            Button.APPROVE: partial(self.questions.answer, Answer.APPROVED),
            Button.DECLINE: partial(self.questions.answer, Answer.DECLINED),
        }
