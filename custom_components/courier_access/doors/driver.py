"""Drive a door: let a courier in, confirm the unlock, and lock again."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
import logging
from typing import Any, Final, NamedTuple, Protocol

from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.util import dt as dt_util

from ..access.model import Door, Opening, Outcome, Reason
from ..const import DOMAIN
from ..home_assistant.callbacks import Listeners, Timer
from ..ledger.state import entries
from .commands import (
    CONFIRM_WITHIN,
    CONTACT_SETTLES,
    Command,
    DoorTurn,
    DoorUnavailable,
    LateUnlockWatch,
    Relock,
    Stopped,
)
from .openers import (
    Contact,
    ContactState,
    DemoOpener,
    DoorSettings,
    EntityOpener,
    Opener,
    Position,
    Reading,
)

_LOGGER = logging.getLogger(__name__)


def opener_id(door: Door, settings: DoorSettings) -> str:
    """Return the reference of a door's opener; a demo door is its own opener."""
    return settings.opener or door.id


class DoorDriver:
    """Drives one opener, for the door that has it.

    An admission holds `turn` from before its decision until after the command.
    """

    changed_by: str | None = None
    """The last courier to open the door; None after manual use."""

    def __init__(
        self, hass: HomeAssistant, door: Door, settings: DoorSettings, reports: Reports
    ) -> None:
        self.door = door
        self.settings = settings
        self.turn = DoorTurn()
        self._hass = hass
        self._reports = reports
        opener = DemoOpener if settings.opener is None else EntityOpener
        self.opener: Opener = opener(hass, settings)
        self.contact = Contact(hass, settings.contact)
        self.relock = Relock(
            hass,
            door.name,
            self.opener,
            self.contact,
            locked=lambda: self._relocked(self.relock.context),
            over=self._unlock_time_ended,
        )
        self._command: Command | None = None
        self.entries = EntryLifecycles(hass, self.contact)
        self._last_context: Context | None = None
        self._was_locked = False
        self._was_available = False
        self._is_logged = False
        """Whether the log says that the opener is unavailable."""
        self._was_known = False
        self._unlocking_manually = 0
        self._watch = LateUnlockWatch(hass, self._watch_ended)
        self._until_stopped = ExitStack()
        self._listeners = Listeners[[Context]]()
        self._is_locking_up = False

    def start(self) -> None:
        """Follow the opener and the contact sensor, without sending a command."""
        self._was_locked = self.opener.position is Position.LOCKED
        self._was_available = self.opener.available
        self._was_known = self.opener.position.is_known
        self._follow()

    def lock_up(self) -> None:
        """End all unlock times from now on, and lock what a courier's command unlocked.

        That includes a door that may still unlock late.
        """
        self._is_locking_up = True
        if self.opener.can_close and self._are_to_lock(Phase.WATCHING):
            context = self._last_context or Context()
            self.relock.extend(dt_util.utcnow(), context, locks=True)
        self.relock.hasten()

    @property
    def is_lock_pending(self) -> bool:
        """Return whether a courier's command is under way, or the door is to be locked."""
        return self._command is not None or self.relock.is_pending

    @property
    def is_at_rest(self) -> bool:
        """Return whether nothing that a courier caused is left to follow."""
        return (
            self._command is None
            and self.relock.deadline is None
            and not self.entries
            and not self._watch.is_active
            and not self.turn.is_held
        )

    def stop(self) -> None:
        """Stop following the door, and report if it may be unlocked.

        Home Assistant's next start does what is left.
        """
        self._until_stopped.close()
        if self._command is not None:
            self._command.conclude(Outcome.UNCONFIRMED)
        is_in_doubt = self.opener.can_close and self._are_to_lock(Phase.WATCHING)
        if self.relock.is_pending or (
            is_in_doubt and self.opener.position is not Position.LOCKED
        ):
            _LOGGER.warning(
                "%s may have stayed unlocked: it wasn't seen locked before the stop",
                self.door.name,
            )
            self.entries.leave_unlocked()
        self.relock.cancel()
        self._watch.stop()
        self.entries.stop()

    def configure(self, door: Door, settings: DoorSettings, reports: Reports) -> None:
        """Take the current settings of the door that has the opener.

        What is under way goes on. Entries report to the building that they came to.
        """
        if door.id != self.door.id:
            self.changed_by = None
        contact = self.settings.contact
        self.door, self.settings, self._reports = door, settings, reports
        self.opener.settings = settings
        self.relock.door_name = door.name
        self.relock.cap(self._latest_deadline)
        if settings.contact != contact:
            was = self.contact.state
            self._until_stopped.close()
            self.contact.use(settings.contact)
            self._follow()
            self._contact_changed(was, ContactState.UNKNOWN)

    def _follow(self) -> None:
        self._until_stopped.callback(self.opener.listen(self._opener_reads))
        self._until_stopped.callback(self.contact.listen(self._contact_changed))

    @property
    def opener_id(self) -> str:
        return opener_id(self.door, self.settings)

    @property
    def position(self) -> Position:
        """Return the position; without a state, unlocked for the unlock time."""
        position = self.opener.position
        if self.opener.has_state or position is Position.UNAVAILABLE:
            return position
        return Position.LOCKED if self.relock.deadline is None else Position.UNLOCKED

    def listen(self, on_update: Callable[[Context], None]) -> CALLBACK_TYPE:
        return self._listeners.add(on_update)

    async def open(
        self,
        entry_id: str,
        courier_name: str,
        context: Context,
        still_allowed: Callable[[], Reason | None],
    ) -> Opening:
        """Let a courier in and wait up to 8 seconds for confirmation.

        A lock command under way is awaited first, so that the two can't cross. From
        then on nothing is awaited until the command is sent: availability
        (DoorUnavailable), `still_allowed` (Stopped), the command. The door is also
        watched and locked again if the caller is canceled.
        """
        await self.relock.idle()
        if not self.opener.available:
            raise DoorUnavailable
        if (reason := still_allowed()) is not None:
            raise Stopped(reason)
        return await self._send(entry_id, courier_name, context)

    def resume(self, left: entries.Relock) -> None:
        """Resume an entry from before Home Assistant started.

        The door is locked at the deadline unless it reads locked then. Entries that
        aren't confirmed are watched for a late unlock; a door that is already unlocked
        has unlocked late, unless the entry was cut off, so that its outcome is unknown.
        A deadline later than any possible one means the clock was wrong, so it is
        capped.
        """
        now = dt_util.utcnow()
        deadline = min(left.deadline, self._latest_deadline)
        entry = self._begin(left.entry_id, None, Context(id=left.context_id))
        entry.closed_throughout = False
        entry.may_unlock_late, entry.cut_off = not left.confirmed, left.cut_off
        if not left.confirmed:
            confirming = (deadline - now).total_seconds() - self.settings.unlock_seconds
            self._watch.extend(confirming)
            if (
                self.opener.is_seen
                and self.opener.position.lets_in
                and not left.cut_off
            ):
                entry.unlocked_late()
        reads_locked = self.opener.reads_locked
        if not left.confirmed and reads_locked:
            entry.phase = Phase.WATCHING
        else:
            self._run_unlock_time(entry, deadline)
            if reads_locked:
                self.relock.put_off()

    @property
    def _latest_deadline(self) -> datetime:
        seconds = 2 * CONFIRM_WITHIN + self.settings.unlock_seconds
        return dt_util.utcnow() + timedelta(seconds=seconds)

    def lock_in_doubt(self) -> None:
        """Lock the door now, unless it reads locked or can't be locked.

        What it reads first may be old, so a door that reads locked is checked again.
        """
        if self.opener.can_close:
            self.relock.extend(dt_util.utcnow(), Context(), locks=True)
            if self.opener.reads_locked:
                self.relock.put_off()

    def _begin(
        self, entry_id: str, courier_name: str | None, context: Context
    ) -> EntryLifecycle:
        self._last_context = context
        entry = EntryLifecycle(
            door_id=self.door.id,
            entry_id=entry_id,
            context=context,
            courier_name=courier_name,
            closed_throughout=self.contact.state is ContactState.CLOSED,
            reports=self._reports,
        )
        self.entries.add(entry)
        return entry

    def _are_to_lock(self, *phases: Phase) -> bool:
        return any(entry.relocks for entry in self.entries.in_phase(*phases))

    @property
    def _unlock_time_ends(self) -> datetime:
        seconds = 0 if self._is_locking_up else self.settings.unlock_seconds
        return dt_util.utcnow() + timedelta(seconds=seconds)

    def _send(
        self, entry_id: str, courier_name: str, context: Context
    ) -> asyncio.Future[Opening]:
        # From here on an unlock is this entry's, not an earlier one's that failed.
        ours = self._are_to_lock(Phase.WATCHING, Phase.UNLOCKED)
        for watched in self.entries.in_phase(Phase.WATCHING):
            self.entries.complete(watched, judged=False)
        for earlier in self.entries.late_unlock_candidates():
            earlier.may_unlock_late = False
        entry = self._begin(entry_id, courier_name, context)
        entry.relocks = ours or not self.opener.position.is_released
        opening: asyncio.Future[Opening] = self._hass.loop.create_future()

        def concluded(outcome: Outcome) -> None:
            self._command = None
            result = self._conclude(entry, outcome)
            if not opening.done():
                opening.set_result(result)

        self._watch.extend(CONFIRM_WITHIN)
        self.relock.suspend()
        self._command = Command(self._hass, self.door.name, self.opener, concluded)
        self._watch.follow(self._command.send(context))
        return opening

    def _conclude(self, entry: EntryLifecycle, outcome: Outcome) -> Opening:
        entry.failed = outcome is Outcome.FAILED
        accepted_unseen = outcome is Outcome.UNCONFIRMED and not self.opener.is_seen
        until: datetime | None = None
        if outcome is Outcome.OPENED or accepted_unseen or self.opener.position.lets_in:
            until = self._unlocked(
                entry, names_courier=outcome is Outcome.OPENED or accepted_unseen
            )
        else:
            entry.phase = Phase.WATCHING
            entry.may_unlock_late = True
        self.relock.resume()
        if self._is_locking_up:
            self.lock_up()
        self._listeners.call(entry.context)
        # The latch of an intercom may let somebody in while its lock reads locked.
        stayed_locked = self.opener.reads_locked and not self.opener.unlatches
        return Opening(
            outcome=outcome,
            confirmed=outcome is Outcome.OPENED,
            unlocked_until=until,
            reads_locked=stayed_locked,
        )

    def _unlocked(
        self, entry: EntryLifecycle, *, names_courier: bool
    ) -> datetime | None:
        """Begin the unlock time; return its end, or None if nothing happens then."""
        if names_courier:
            self._opened_by(entry)
        self._run_unlock_time(entry, self._unlock_time_ends)
        if self.opener.has_state and not (entry.relocks and self.opener.can_close):
            return None
        return self.relock.deadline

    def _opened_by(self, entry: EntryLifecycle) -> None:
        # The lock of another door doesn't name this door's courier.
        is_here = entry.door_id == self.door.id
        self.changed_by = entry.courier_name if is_here else None

    def _run_unlock_time(self, entry: EntryLifecycle, until: datetime) -> None:
        entry.phase = Phase.UNLOCKED
        if not entry.relocks:
            entry.end_deadline()
        self.relock.extend(until, entry.context, locks=entry.relocks)
        seconds_left = (
            (self.relock.deadline or until) - dt_util.utcnow()
        ).total_seconds()
        self.entries.schedule_left_open_check(seconds_left)

    def _opener_reads(self, reading: Reading) -> None:
        if self.opener.has_state:
            command = self._command
            if reading.position.lets_in:
                self._reads_unlocked(reading)
            elif reading.position is Position.LOCKED:
                self._reads_locked(reading, may_be_old=not self._was_known)
            self._was_known = reading.position.is_known
            if command is not None:
                command.opener_reads(reading.position)
        was_available, self._was_available = self._was_available, self.opener.available
        if self._was_available and not was_available:
            self.relock.reconsider()
        if self._was_available != was_available:
            self._log_availability()
        self._listeners.call(reading.context)

    def _log_availability(self) -> None:
        if not self._was_available:
            _LOGGER.warning(
                "%s can't be opened: its opener is unavailable", self.door.name
            )
        elif self._is_logged:
            _LOGGER.info("%s can be opened again", self.door.name)
        self._is_logged = not self._was_available

    def _reads_unlocked(self, reading: Reading) -> None:
        was_locked, self._was_locked = self._was_locked, False
        if self._command is not None or self._unlocking_manually:
            return
        if late := self.entries.late_unlock_candidates():
            for entry in late:
                entry.unlocked_late()
                self._opened_by(entry)
                if entry.phase is Phase.WATCHING:
                    self._unlocked(entry, names_courier=True)
                self._listeners.call(entry.context)
        elif (
            was_locked and reading.changed and not self.entries.in_phase(Phase.UNLOCKED)
        ):
            if self._is_ours(reading.context) or self._watch.call_under_way:
                # A late report showed locked, or an earlier command took effect now.
                until = self._unlock_time_ends
                self.relock.extend(until, reading.context, locks=True)
            else:
                self._used_manually()

    def _reads_locked(self, reading: Reading, *, may_be_old: bool) -> None:
        self._was_locked = True
        for entry in self.entries.in_phase(Phase.OPENING):
            # From here on an unlock is the courier's, no matter what locked the door.
            entry.relocks = True
        if self.relock.deadline is None or not (reading.changed or self.opener.is_seen):
            return
        if self.relock.tried:
            self._relocked(self.relock.context)
        elif may_be_old:
            self.relock.put_off()
        else:
            self.changed_by = None
            self._relocked(reading.context)

    def _is_ours(self, context: Context) -> bool:
        ours = self._last_context
        return ours is not None and ours.id in (context.id, context.parent_id)

    def _relocked(self, context: Context) -> None:
        self.relock.cancel()
        for entry in self.entries.in_phase(Phase.UNLOCKED):
            if entry.may_unlock_late and self._watch.is_active:
                entry.phase = Phase.WATCHING
                continue
            entry.emit(LifecycleStep.RELOCKED)
            self.entries.complete_once_closed(entry)
        self._listeners.call(context)

    def _unlock_time_ended(self) -> None:
        """End the unlock time of a door that couriers don't lock."""
        for entry in self.entries.in_phase(Phase.UNLOCKED):
            self.entries.complete_once_closed(entry)
        self._listeners.call(self.relock.context)

    def _watch_ended(self) -> None:
        """Complete entries whose door reads locked, and lock in doubt otherwise."""
        for entry in self.entries.in_phase(Phase.WATCHING):
            if self.opener.position is Position.LOCKED:
                self.entries.complete(entry)
            else:
                self._run_unlock_time(entry, dt_util.utcnow())
                self._listeners.call(entry.context)

    def _contact_changed(self, was: ContactState, now: ContactState) -> None:
        self.entries.contact_changed(was, now)
        if was is ContactState.OPEN:
            self.relock.reconsider(
                CONTACT_SETTLES if now is ContactState.CLOSED else 0.0
            )

    async def lock_manually(self, context: Context) -> None:
        """Lock for somebody who isn't a courier; errors of the opener propagate.

        A courier's deadline only ends once the door reads locked.
        """
        if not self.opener.can_close:
            raise ServiceValidationError(
                translation_domain=DOMAIN, translation_key="cannot_lock"
            )
        await self.opener.close(context)
        self.changed_by = None
        self._listeners.call(context)

    async def unlock_manually(self, context: Context) -> None:
        await self._use_manually(self.opener.unlock(context), context)

    async def unlatch_manually(self, context: Context) -> None:
        await self._use_manually(self.opener.unlatch(context), context)

    async def _use_manually(
        self, command: Coroutine[Any, Any, None], context: Context
    ) -> None:
        self._unlocking_manually += 1
        try:
            await command
        finally:
            self._unlocking_manually -= 1
        self._used_manually()
        if not self.opener.has_state:
            until = dt_util.utcnow() + timedelta(seconds=self.settings.unlock_seconds)
            self.relock.extend(until, context, locks=False)
        self._listeners.call(context)

    def _used_manually(self) -> None:
        """Complete the entries: what follows isn't a courier's (promise 6)."""
        self.changed_by = None
        self.relock.cancel()
        for entry in self.entries.in_phase(
            Phase.WATCHING, Phase.UNLOCKED, Phase.LINGERING
        ):
            self.entries.complete(entry, judged=False)


LEFT_OPEN_AFTER: Final = 60.0
"""Seconds after its deadline at which an open door counts as left open."""


class LifecycleStep(StrEnum):
    """What can happen to an entry after the command."""

    LATE_UNLOCK = "late_unlock"
    CONTACT_OPENED = "contact_opened"
    CONTACT_CLOSED = "contact_closed"
    RELOCKED = "relocked"
    NEVER_OPENED = "never_opened"
    LEFT_OPEN = "left_open"
    LEFT_UNLOCKED = "left_unlocked"
    COMPLETED = "completed"


class LifecycleEvent(NamedTuple):
    """One step, with the context of its entry and all its steps up to this one."""

    kind: LifecycleStep
    door_id: str
    entry_id: str
    at: datetime
    context: Context
    steps: Mapping[LifecycleStep, datetime]


class LifecycleObserver(Protocol):
    """Follows what happens to a building's entries at its doors."""

    def handle(self, event: LifecycleEvent) -> None:
        """Handle a lifecycle event."""

    def deadline_done(self, entry_id: str) -> None:
        """Handle that an entry goes on, but its door no longer needs locking.

        The door of a completed entry doesn't, either.
        """

    def follows(self, entry_id: str) -> bool:
        """Return whether an entry's lifecycle isn't completed."""


class Reports:
    """What a building's entries report, in order; kept while nobody observes them."""

    def __init__(self) -> None:
        self._observer: LifecycleObserver | None = None
        self._unreported: list[Callable[[LifecycleObserver], None]] = []

    def attach(self, observer: LifecycleObserver | None) -> None:
        """Report to an observer, first what was kept; None keeps reports again."""
        self._observer = observer
        if observer is not None:
            unreported, self._unreported = self._unreported, []
            for report in unreported:
                report(observer)

    def add(self, report: Callable[[LifecycleObserver], None]) -> None:
        """Make a report to the observer, or keep it for the next one."""
        if self._observer is None:
            self._unreported.append(report)
        else:
            report(self._observer)


class Phase(StrEnum):
    """How far an entry's lifecycle is."""

    OPENING = "opening"
    """The command is under way."""
    WATCHING = "watching"
    """The door was not seen to unlock, but still might."""
    UNLOCKED = "unlocked"
    """The unlock time runs, or the door is being locked."""
    LINGERING = "lingering"
    """The door needs no locking, but still stands open."""


@dataclass(slots=True)
class EntryLifecycle:
    """The lifecycle of one entry; each step is emitted at most once.

    A door that opens several times emits only the first: residents use it too.
    """

    door_id: str
    entry_id: str
    context: Context
    courier_name: str | None
    """None for an entry from before a restart."""
    closed_throughout: bool
    """Whether the contact has read closed ever since the command."""
    reports: Reports
    relocks: bool = True
    """Whether to lock the door again; not if it was unlocked before."""
    failed: bool = False
    """Whether the command failed and no unlock was seen since."""
    may_unlock_late: bool = False
    """Whether an unlock of the door would be this entry's, but late."""
    cut_off: bool = False
    """Whether the command's outcome is unknown, so an open door isn't late."""
    phase: Phase = Phase.OPENING
    relock_pending: bool = True
    """Whether a deadline in the ledger waits for the door to be locked."""
    _steps: dict[LifecycleStep, datetime] = field(default_factory=dict)

    def emit(self, kind: LifecycleStep) -> None:
        """Emit a step once."""
        if kind in self._steps:
            return
        at = self._steps[kind] = dt_util.utcnow()
        event = LifecycleEvent(
            kind, self.door_id, self.entry_id, at, self.context, dict(self._steps)
        )
        self.reports.add(lambda observer: observer.handle(event))

    def unlocked_late(self) -> None:
        """Handle that the door was seen to unlock late."""
        self.may_unlock_late = False
        self.failed = False
        self.emit(LifecycleStep.LATE_UNLOCK)

    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Handle a contact change; only closed to open means somebody opened it."""
        if now is not ContactState.CLOSED:
            self.closed_throughout = False
        if self.failed:
            return
        if now is ContactState.OPEN and was is ContactState.CLOSED:
            self.emit(LifecycleStep.CONTACT_OPENED)
        elif now is ContactState.CLOSED and LifecycleStep.CONTACT_OPENED in self._steps:
            self.emit(LifecycleStep.CONTACT_CLOSED)

    def end_deadline(self) -> None:
        if self.relock_pending:
            self.relock_pending = False
            self.reports.add(lambda observer: observer.deadline_done(self.entry_id))

    def complete(self, *, judged: bool = True) -> None:
        """Complete the lifecycle; `judged` allows emitting that nobody came in."""
        if judged and self.closed_throughout and not self.failed:
            self.emit(LifecycleStep.NEVER_OPENED)
        self.emit(LifecycleStep.COMPLETED)


class EntryLifecycles:
    """The lifecycles that aren't completed at one door."""

    def __init__(self, hass: HomeAssistant, contact: Contact) -> None:
        self._contact = contact
        self._entries: dict[str, EntryLifecycle] = {}
        self._left_open_check = Timer(hass)
        self.left_open = False
        """Whether the door was left open and still stands open."""

    def __contains__(self, entry_id: str) -> bool:
        return entry_id in self._entries

    def add(self, entry: EntryLifecycle) -> None:
        self._entries[entry.entry_id] = entry

    def __len__(self) -> int:
        return len(self._entries)

    def in_phase(self, *phases: Phase) -> list[EntryLifecycle]:
        return [entry for entry in self._entries.values() if entry.phase in phases]

    def late_unlock_candidates(self) -> list[EntryLifecycle]:
        return [
            entry
            for entry in self._entries.values()
            if entry.may_unlock_late
            and not (entry.cut_off and entry.phase is Phase.UNLOCKED)
        ]

    def leave_unlocked(self) -> None:
        """Emit that the door may have stayed unlocked, once for each building."""
        to_lock = [
            entry
            for entry in self.in_phase(Phase.WATCHING, Phase.UNLOCKED)
            if entry.relocks
        ]
        for latest in {entry.reports: entry for entry in to_lock}.values():
            latest.emit(LifecycleStep.LEFT_UNLOCKED)

    def schedule_left_open_check(self, seconds: float) -> None:
        """Check for a door left open a minute after the unlock time."""
        self._left_open_check.start(
            max(0.0, seconds) + LEFT_OPEN_AFTER, self._left_open
        )

    def complete_once_closed(self, entry: EntryLifecycle) -> None:
        """Complete an entry that needs no locking once its door is closed."""
        if self._left_open_check.runs and self._contact.is_open:
            entry.phase = Phase.LINGERING
            entry.end_deadline()
        else:
            self.complete(entry)

    def complete(self, entry: EntryLifecycle, *, judged: bool = True) -> None:
        """Complete an entry; `judged` allows emitting that nobody came in."""
        del self._entries[entry.entry_id]
        entry.complete(judged=judged)

    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Handle a change of the contact sensor."""
        self.left_open = self.left_open and now is ContactState.OPEN
        for entry in list(self._entries.values()):
            entry.contact_changed(was, now)
            if entry.phase is Phase.LINGERING and now is not ContactState.OPEN:
                self.complete(entry)

    def cut_short(self, reports: Reports) -> None:
        """Complete a building's entries that don't wait for their door to be locked.

        The ledger has no deadline from which its next observer would know them.
        """
        for entry in list(self._entries.values()):
            if entry.reports is reports and not entry.relock_pending:
                self.complete(entry, judged=False)

    def stop(self) -> None:
        """Stop the timer; Home Assistant's next start resumes the entries that it must."""
        self._left_open_check.stop()

    def _left_open(self) -> None:
        if not self._contact.is_open:
            return
        for entry in self.in_phase(Phase.UNLOCKED, Phase.LINGERING):
            self.left_open = True
            entry.emit(LifecycleStep.LEFT_OPEN)
            if entry.phase is Phase.LINGERING:
                self.complete(entry)
