"""Follow each entry at the door after the courier's command."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

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
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """One step, with the context of its entry."""

    kind: LifecycleStep
    door_id: str
    entry_id: str
    at: datetime
    context: Context


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What the next driver of a door must finish: lock it at the `deadline`.

    An entry that isn't `confirmed` may unlock late; if it was `cut_off`, its outcome is
    unknown. `entry_id` is None if the entry is completed and the door unlocked again.
    """

    entry_id: str | None
    deadline: datetime
    context: Context
    confirmed: bool = True
    cut_off: bool = False


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
    tell: Callable[[LifecycleEvent], None]
    deadline_done: Callable[[str], None]
    relocks: bool = True
    """Whether to lock the door again; not if it was unlocked before."""
    failed: bool = False
    """Whether the command failed and no unlock was seen since."""
    may_unlock_late: bool = False
    """Whether an unlock of the door would be this entry's, but late."""
    cut_off: bool = False
    """Whether the command's outcome is unknown, so an open door isn't late."""
    phase: Phase = Phase.OPENING
    _relock_pending: bool = True
    _emitted: set[LifecycleStep] = field(default_factory=set)

    def emit(self, kind: LifecycleStep) -> None:
        """Emit a step once."""
        if kind not in self._emitted:
            self._emitted.add(kind)
            self.tell(
                LifecycleEvent(
                    kind, self.door_id, self.entry_id, dt_util.utcnow(), self.context
                )
            )

    def unfinished(self, deadline: datetime) -> Unfinished:
        """Return what is left to do for the entry."""
        return Unfinished(
            self.entry_id,
            deadline,
            self.context,
            not self.may_unlock_late,
            self.cut_off,
        )

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
        elif (
            now is ContactState.CLOSED and LifecycleStep.CONTACT_OPENED in self._emitted
        ):
            self.emit(LifecycleStep.CONTACT_CLOSED)

    def settle_relock(self) -> None:
        """Report once that the entry needs no more locking."""
        if self._relock_pending:
            self._relock_pending = False
            self.deadline_done(self.entry_id)

    def complete(self, *, judged: bool = True) -> None:
        """Complete the lifecycle; `judged` allows emitting that nobody came in."""
        self.phase = Phase.COMPLETED
        self.settle_relock()
        if judged and self.closed_throughout and not self.failed:
            self.emit(LifecycleStep.NEVER_OPENED)
        self.emit(LifecycleStep.COMPLETED)

    def cut_short(self) -> None:
        """Complete the lifecycle, unless the next start resumes its deadline."""
        if not self._relock_pending:
            self.complete(judged=False)


class EntryLifecycles:
    """The lifecycles that aren't completed at one door."""

    def __init__(
        self,
        hass: HomeAssistant,
        door_id: str,
        contact: Contact,
        tell: Callable[[LifecycleEvent], None],
        deadline_done: Callable[[str], None],
    ) -> None:
        self._door_id = door_id
        self._contact = contact
        self._tell = tell
        self._deadline_done = deadline_done
        self._entries: dict[str, EntryLifecycle] = {}
        self._left_open_check = Timer(hass)
        self.left_open = False
        """Whether the door was left open and still stands open."""

    def begin(
        self, entry_id: str, courier_name: str | None, context: Context
    ) -> EntryLifecycle:
        """Begin the lifecycle of an entry."""
        entry = EntryLifecycle(
            door_id=self._door_id,
            entry_id=entry_id,
            context=context,
            courier_name=courier_name,
            closed_throughout=self._contact.state is ContactState.CLOSED,
            tell=self._tell,
            deadline_done=self._deadline_done,
        )
        self._entries[entry_id] = entry
        return entry

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
        if not self._entries:
            self._left_open_check.stop()

    @callback
    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Handle a change of the contact sensor."""
        self.left_open = self.left_open and now is ContactState.OPEN
        for entry in list(self._entries.values()):
            entry.contact_changed(was, now)
            if entry.phase is Phase.LINGERING and now is not ContactState.OPEN:
                self.complete(entry)

    @callback
    def cut_short(self) -> None:
        """End all lifecycles; the next start resumes those with a deadline."""
        self._left_open_check.stop()
        for entry in self._entries.values():
            entry.cut_short()
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
