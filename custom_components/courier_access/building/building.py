"""One building at run time: builds its parts and hands them what comes in. It holds no rules."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from functools import partial
import logging
from pathlib import Path
import time
from typing import Final
from zoneinfo import ZoneInfo

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import device_registry as dr
from homeassistant.util import dt as dt_util

from ..access.model import Consent, Reason, Resident, normal_unit
from ..access.rates import Rates
from ..const import CONF_DOORS, CONF_ENABLED, CONF_PERSON, CONF_UNIT, DOMAIN, Household
from ..couriers.inbox import Inbox
from ..doors.doors import Doors
from ..doors.events import DoorEvents
from ..entries.admission import Admission
from ..entries.follow_up import FollowUp
from ..entries.questions import Asking
from ..entries.refusals import Refusals
from ..grants.by_residents import HouseGrants
from ..grants.grants import Grants, Vetoes
from ..hass.accounts import Accounts
from ..hass.addresses import link_url
from ..hass.clock import ClockWatch
from ..hass.late_writes import LateWrites
from ..hass.reload import async_reload_soon
from ..ledger.budgets import Budgets
from ..ledger.errors import Cause
from ..ledger.state import claims
from ..ledger.state.entries import load_relocks
from ..ledger.upkeep.restore import papers_in_effect
from ..notifications.actions import PhoneActions, Verb
from ..notifications.dispatcher import Dispatcher
from ..residents.directory import Directory
from ..residents.linked_entities import states_of
from ..residents.personal_links import Links
from ..residents.recipients import has_another_user
from ..residents.rulebook import Confirmations, Rulebook, Withdrawals
from .backups import BackupHold, Restore
from .ledger_health import LedgerHealth
from .recovery import RecreatedLedger, begin, tell
from .retention import Retention
from .turns import Turns
from .verification import Verifications

type CourierAccessConfigEntry = ConfigEntry[Building]

MODEL_BUILDING: Final = "building"
_MOST_READERS: Final = 1_024
_LOGGER = logging.getLogger(__name__)


def ledger_path(hass: HomeAssistant, entry_id: str) -> Path:
    """Return the file of a building's ledger."""
    return Path(hass.config.path(f"{DOMAIN}_{entry_id}.db"))


class Building:
    """A building whose config entry is loaded: whole, or without its ledger and with its doors for use by hand only."""

    fault: Cause | None = None
    """Why it is without its ledger; None where it is whole."""

    anew: RecreatedLedger | None = None
    """What its ledger knows of an earlier one that is lost."""

    def __init__(self, hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
        """Build the parts from what the owner set up; `async_start` begins."""
        self.hass = hass
        self.entry = entry
        self.directory = Directory.read(hass, entry)
        self.events = DoorEvents()
        path = ledger_path(hass, entry.entry_id)
        self.health = LedgerHealth(hass, entry.entry_id, path)
        self.ledger = self.health.ledger
        self.copying = BackupHold(hass, self.ledger, path)
        self.restore = Restore(hass, self.ledger, path, entry.entry_id, dt_util.utcnow)
        self.reading_turns = Turns()
        self.export_rates = Rates(_MOST_READERS)
        self.verifications = Verifications(
            self.ledger,
            partial(entry.async_create_background_task, hass),
            # The start compares them, too, and lets no courier in until the owner has looked.
            partial(async_reload_soon, hass, entry.entry_id),
        )
        self._tasks: set[asyncio.Task[object]] = set()
        self._open = False
        self.device_id = self._register_device()
        clock = dt_util.utcnow
        self.clock_watch = ClockWatch(
            hass, clock, hass.loop.time, lambda: self.ledger.newest_at
        )
        doors = self.directory.doors
        self.accounts = Accounts(hass)
        self.rulebook = Rulebook(
            self.ledger,
            self.directory.residents,
            doors,
            self.zone,
            clock,
            partial(states_of, hass),
            self._wake_notices,
            lambda: self.accounts.active,
            self.directory.building_hours,
        )
        self.accounts.listen(lambda _: self.rulebook.follow_logins())
        self.links = Links(self.ledger, clock, self._wake_notices)
        self.notices = Dispatcher(
            hass,
            self.ledger,
            entry.entry_id,
            lambda: self.directory.addressees,
            lambda: self.rulebook.digests(clock()),
            self.personal_link,
        )
        self.phone_actions = PhoneActions(hass, entry.entry_id, self.run)
        self._late_writes = LateWrites(
            hass, entry.entry_id, self.ledger, self._spawn, self.phone_actions
        )
        self.grants = Grants(
            self.ledger,
            self._late_writes,
            self.rulebook,
            doors,
            self.directory.couriers,
            self.events,
            self.notices.wake,
            clock,
        )
        self.house_grants = HouseGrants(self.grants, self.clock_watch, clock)
        vetoes = Vetoes(self.ledger, self.grants, lambda: self.residents)
        self.phone_actions.on(Verb.VETO, vetoes.press)
        self.phone_actions.on(
            Verb.CONFIRM, Confirmations(hass, self.ledger, self.rulebook).press
        )
        self.phone_actions.on(
            Verb.WITHDRAW, Withdrawals(self.ledger, self.rulebook).press
        )
        self.asking = Asking(
            hass,
            self.ledger,
            self.rulebook,
            self.grants,
            lambda: self.directory.addressees,
            self.notices.tell_now,
            self._spawn,
            clock,
        )
        self.phone_actions.on(Verb.APPROVE, self.asking.approve)
        self.phone_actions.on(Verb.DECLINE, self.asking.decline)
        self._follow_up = FollowUp(
            self._late_writes,
            self.grants,
            self.events,
            self._spawn,
            self._wake_notices,
            clock,
        )
        self._doors = Doors(
            hass,
            entry.entry_id,
            entry.title,
            doors,
            self.directory.door_settings,
            self._follow_up,
        )
        self.drivers = self._doors.drivers
        budgets = Budgets(time.monotonic_ns)
        refusals = Refusals(
            self.ledger,
            self.rulebook,
            self.drivers,
            self.events,
            self._wake_notices,
            budgets.refusals,
            clock,
        )
        admission = Admission(
            self.ledger,
            self.rulebook,
            self.grants,
            self.drivers,
            refusals,
            self._follow_up,
            self._late_writes,
            self.asking,
            self._stands,
            self.notices,
            clock,
        )
        self._retention = Retention(
            hass,
            self.ledger,
            self.directory.retention_days,
            self.clock_watch,
            clock,
            self._spawn,
            (self.grants.forget, self.notices.forget),
        )
        self.correspondence = Inbox(
            entry.title,
            self.directory,
            self.ledger,
            self.rulebook,
            self.grants,
            admission,
            self._late_writes,
            self.clock_watch,
            budgets,
            clock,
            lambda: self.restore.at,
        )

    @property
    def residents(self) -> Mapping[str, Resident]:
        """The enrolled residents, by the ids of their subentries."""
        return self.rulebook.residents

    @property
    def several(self) -> bool:
        """Whether several households live here, who are neighbours to one another."""
        return self.directory.household is Household.SEVERAL

    @property
    def has_neighbour(self) -> bool:
        """Whether there is another building in this Home Assistant."""
        return len(self.hass.config_entries.async_entries(DOMAIN)) > 1

    @property
    def is_open(self) -> bool:
        """Whether what comes in is answered."""
        return self._open

    @property
    def answers_couriers(self) -> bool:
        """Whether couriers' messages are answered."""
        return self._open and not self.restore.couriers_wait

    def personal_link(self, resident_id: str) -> str | None:
        """Return where a resident's personal page is; None for who has none, or where it can't be reached."""
        token = self.links.link_of(resident_id)
        return None if token is None else link_url(self.hass, token)

    def zone(self) -> ZoneInfo:
        """Return the zone of the building's wall clock."""
        return ZoneInfo(self.hass.config.time_zone)

    async def async_start(
        self, lost: RecreatedLedger | None = None, *, had_ledger: bool = False
    ) -> None:
        """Open the ledger and take up unfinished work, unlocking nothing (docs/explanation/mechanisms.md#the-path-of-an-entry).

        `lost` is the ledger that was set aside, `had_ledger` whether there was one: where it is empty, it begins anew.

        Raises:
            LedgerUnavailable: the ledger can't be opened, so couriers can't be let in.

        """
        await self.ledger.open(hold_checkpoints=self.copying.mark is not None)
        try:
            await self._take_up(lost, had_ledger=had_ledger)
        except BaseException:
            await self.async_stop()
            raise

    async def async_start_doors(self, fault: Cause) -> None:
        """Begin without the ledger, whose deadlines are not known: the doors are for use by hand."""
        self.fault = fault
        self._doors.start_by_hand()
        self.health.wait(fault)

    async def _take_up(self, lost: RecreatedLedger | None, *, had_ledger: bool) -> None:
        directory, now = self.directory, dt_util.utcnow()
        await self.accounts.async_start()
        self.anew = await self.ledger.write(
            partial(
                begin,
                lost=lost,
                had_ledger=had_ledger,
                papers=directory.papers,
                now=now,
            )
        )
        couriers = {courier.id: courier.name for courier in directory.couriers.values()}
        if self.anew is not None:
            await self.restore.follow_anew()
        mark = self.copying.mark
        await self.restore.take_up(
            directory.papers,
            mark,
            is_asked_for_keys=self.anew is not None and not self.anew.is_seen,
        )
        await self._late_writes.take_up()
        if mark is not None:
            await self.copying.begin(mark)
        papers = await self.ledger.read(
            partial(papers_in_effect, papers=directory.papers)
        )
        await self.rulebook.load(
            papers, directory.addressed, directory.unsure, couriers
        )
        self.directory = directory.with_logins(self.rulebook.residents)
        await self.ledger.write(
            partial(tell, set_revision=self.rulebook.set_revision, now=now)
        )
        await self.restore.tell(self.rulebook)
        await self.links.load()
        await self.grants.load()
        await self.asking.load()
        cut_off = await self.ledger.write(
            lambda transaction: claims.settle_in_flight(transaction, now)
        )
        left = await self.ledger.read(load_relocks)
        for entry_id in cut_off:
            _LOGGER.warning(
                "Entry %s was cut off; whether the door opened is not known", entry_id
            )
        self._follow_up.take_up(left)
        self._doors.start(left, () if self.anew is None else self.anew.left_unlocked)
        await self.notices.async_start()
        await self.phone_actions.load()
        self._late_writes.listen()
        await self._late_writes.catch_up()
        self.health.watch()
        self.clock_watch.async_start()
        await self._retention.async_start(self.rulebook.set_revision)

    @callback
    def open_to_couriers(self) -> None:
        """Begin to answer couriers: all that their entries are told to is there."""
        self._open = self.fault is None

    async def async_close_to_couriers(self) -> None:
        """Answer no more couriers, and see what is under way to its end."""
        self._open = False
        self.asking.close()
        self._retention.stop()
        await self._async_settle()

    async def async_stop(self) -> None:
        """Close to couriers, let go of the doors as they are, and close the ledger. May be called again."""
        await self.async_close_to_couriers()
        self.clock_watch.async_stop()
        self.accounts.async_stop()
        self._doors.stop()
        await self._async_settle()
        await self.notices.async_stop()
        await self.health.async_stop()
        await self._late_writes.async_stop()
        await self._async_settle()
        await self.ledger.close()
        await self.restore.async_stop()

    async def _async_settle(self) -> None:
        # Not for those that are done but not yet discarded: that would not let the loop discard them.
        while under_way := [task for task in self._tasks if not task.done()]:
            await asyncio.wait(under_way)

    @callback
    def run[T](self, work: Coroutine[object, object, T], name: str) -> asyncio.Task[T]:
        """Run work of the building's own to its end: neither a caller who leaves nor unloading cancels it."""
        task = self.hass.async_create_task(work, name)
        if not task.done():
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return task

    def _stands(
        self, courier_id: str, door_id: str, units: Sequence[str]
    ) -> Reason | None:
        """Say what the owner took away since this building was loaded, and before it is loaded anew."""
        now = self.entry.subentries
        courier = now.get(courier_id)
        if courier is None or not courier.data[CONF_ENABLED]:
            return Reason.COURIER_DISABLED
        if door_id not in now or door_id not in courier.data[CONF_DOORS]:
            return Reason.DOOR_NOT_ALLOWED
        consenting = {
            resident.unit
            for resident in self.residents.values()
            if resident.counts
            and self.rulebook.in_effect(resident).consent is Consent.GIVEN
            and _is_still(resident, now.get(resident.id))
            and not has_another_user(self.hass, resident)
        }
        return None if consenting.intersection(units) else Reason.NOT_ACCEPTING

    @callback
    def _wake_notices(self) -> None:
        self.notices.wake()

    def _register_device(self) -> str:
        """Put the building into the device registry, for its doors and residents to hang on."""
        device = dr.async_get(self.hass).async_get_or_create(
            config_entry_id=self.entry.entry_id,
            identifiers={(DOMAIN, self.entry.entry_id)},
            name=self.entry.title,
            model_id=MODEL_BUILDING,
            entry_type=dr.DeviceEntryType.SERVICE,
        )
        return device.id

    def _spawn(self, work: Coroutine[object, object, None], name: str) -> None:
        async def run_to_its_end() -> None:
            try:
                await work
            except Exception:
                _LOGGER.exception("%s failed", name)

        self.run(run_to_its_end(), name)


def _is_still(resident: Resident, subentry: ConfigSubentry | None) -> bool:
    return (
        subentry is not None
        and normal_unit(subentry.data[CONF_UNIT]) == resident.unit
        and subentry.data[CONF_PERSON] == resident.person
    )
