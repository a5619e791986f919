"""Follow each entry at the door after the courier's command."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.timer import Timer
from .contact import Contact, ContactState

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


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """One step, with the context of its entry and all its steps up to this one."""

    kind: LifecycleStep
    door_id: str
    entry_id: str
    at: datetime
    context: Context
    steps: Mapping[LifecycleStep, datetime]


class LifecycleObserver(Protocol):
    """Follows what happens to a building's entries at its doors."""

    def tell(self, event: LifecycleEvent) -> None:
        """Handle a lifecycle event."""

    def deadline_done(self, entry_id: str) -> None:
        """Handle that a door is locked or no longer needs locking."""

    def follows(self, entry_id: str) -> bool:
        """Return whether an entry's lifecycle isn't completed."""

    def drop(self, entry_id: str) -> None:
        """Forget an entry whose door no longer exists."""


class Reports:
    """What a building's entries report, in order; kept while nobody observes them."""

    def __init__(self) -> None:
        self._observer: LifecycleObserver | None = None
        self._kept: list[Callable[[LifecycleObserver], None]] = []

    @callback
    def attach(self, observer: LifecycleObserver | None) -> None:
        """Report to an observer, first what was kept; None keeps reports again."""
        self._observer = observer
        if observer is not None:
            kept, self._kept = self._kept, []
            for report in kept:
                report(observer)

    @callback
    def add(self, report: Callable[[LifecycleObserver], None]) -> None:
        """Make a report to the observer, or keep it for the next one."""
        if self._observer is None:
            self._kept.append(report)
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
    COMPLETED = "completed"


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
        self.reports.add(lambda observer: observer.tell(event))

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

    def settle_relock(self) -> None:
        """Report once that the entry needs no more locking."""
        if self.relock_pending:
            self.relock_pending = False
            self.reports.add(lambda observer: observer.deadline_done(self.entry_id))

    def complete(self, *, judged: bool = True) -> None:
        """Complete the lifecycle; `judged` allows emitting that nobody came in."""
        self.phase = Phase.COMPLETED
        self.settle_relock()
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
        """Return whether the lifecycle of an entry isn't completed."""
        return entry_id in self._entries

    def begin(
        self,
        entry_id: str,
        door_id: str,
        courier_name: str | None,
        context: Context,
        reports: Reports,
    ) -> EntryLifecycle:
        """Begin the lifecycle of an entry."""
        entry = EntryLifecycle(
            door_id=door_id,
            entry_id=entry_id,
            context=context,
            courier_name=courier_name,
            closed_throughout=self._contact.state is ContactState.CLOSED,
            reports=reports,
        )
        self._entries[entry_id] = entry
        return entry

    def __len__(self) -> int:
        """Return the number of entries whose lifecycle isn't completed."""
        return len(self._entries)

    def in_phase(self, *phases: Phase) -> list[EntryLifecycle]:
        """Return the entries in one of these phases."""
        return [entry for entry in self._entries.values() if entry.phase in phases]

    def late_unlock_candidates(self) -> list[EntryLifecycle]:
        """Return the entries for which an unlock now is late."""
        return [
            entry
            for entry in self._entries.values()
            if entry.may_unlock_late
            and not (entry.cut_off and entry.phase is Phase.UNLOCKED)
        ]

    @callback
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
        entry.settle_relock()
        if self._left_open_check.runs and self._contact.state is ContactState.OPEN:
            entry.phase = Phase.LINGERING
        else:
            self.complete(entry)

    def complete(self, entry: EntryLifecycle, *, judged: bool = True) -> None:
        """Complete an entry; `judged` allows emitting that nobody came in."""
        del self._entries[entry.entry_id]
        entry.complete(judged=judged)

    @callback
    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Handle a change of the contact sensor."""
        self.left_open = self.left_open and now is ContactState.OPEN
        for entry in list(self._entries.values()):
            entry.contact_changed(was, now)
            if entry.phase is Phase.LINGERING and now is not ContactState.OPEN:
                self.complete(entry)

    @callback
    def cut_short(self, reports: Reports) -> None:
        """Complete a building's entries that don't wait for their door to be locked.

        The ledger has no deadline from which its next observer would know them.
        """
        for entry in list(self._entries.values()):
            if entry.reports is reports and not entry.relock_pending:
                self.complete(entry, judged=False)

    @callback
    def stop(self) -> None:
        """Forget all entries; Home Assistant's next start resumes those it must."""
        self._left_open_check.stop()
        self._entries.clear()

    @callback
    def _left_open(self) -> None:
        if self._contact.state is not ContactState.OPEN:
            return
        for entry in self.in_phase(Phase.UNLOCKED, Phase.LINGERING):
            self.left_open = True
            entry.emit(LifecycleStep.LEFT_OPEN)
            if entry.phase is Phase.LINGERING:
                self.complete(entry)
