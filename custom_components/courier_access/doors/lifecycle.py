"""What happens at a door after a courier's command, told as one story an entry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback
from homeassistant.util import dt as dt_util

from ..hass.timer import Timer
from .contact import Contact, ContactState


class LifecycleStep(StrEnum):
    """What can be told of an entry after the door's command."""

    LATE_UNLOCK = "late_unlock"
    CONTACT_OPENED = "contact_opened"
    CONTACT_CLOSED = "contact_closed"
    RELOCKED = "relocked"
    NEVER_OPENED = "never_opened"
    LEFT_OPEN = "left_open"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class LifecycleEvent:
    """One thing that happened, with the context of the entry it belongs to."""

    kind: LifecycleStep
    door_id: str
    entry_id: str
    at: datetime
    context: Context


@dataclass(frozen=True, slots=True)
class Unfinished:
    """What is still to be done at a door because of a courier, for whoever drives it next.

    It is to be locked at the `deadline`. Where it is not `confirmed`, it was not seen to unlock and may do so late;
    where it was `cut_off`, nobody knows. `entry_id` is None where the entry's story is told, and the door unlocked again.
    """

    entry_id: str | None
    deadline: datetime
    context: Context
    confirmed: bool = True
    cut_off: bool = False


class Phase(StrEnum):
    """How far an entry's story is."""

    OPENING = "opening"
    """The command is under way."""
    WATCHING = "watching"
    """The door was not seen to unlock, but still might."""
    UNLOCKED = "unlocked"
    """The unlock time runs, or its end is being brought about."""
    LINGERING = "lingering"
    """Nothing is left to be locked, but the leaf still stands open."""
    COMPLETED = "completed"


@dataclass(slots=True)
class EntryLifecycle:
    """The story of one entry; everything is told at most once.

    A door that is opened again and again is told of the first time only: residents use it too.
    """

    door_id: str
    entry_id: str
    context: Context
    courier_name: str | None
    """None for an entry from before a restart."""
    shut_throughout: bool
    """Whether the leaf has read shut ever since the command."""
    tell: Callable[[LifecycleEvent], None]
    deadline_done: Callable[[str], None]
    relocks: bool = True
    """Whether it is ours to lock the door again; not if it stood unlocked before."""
    failed: bool = False
    """Whether the command failed and nothing was seen to unlock since."""
    may_unlock_late: bool = False
    """Whether the door was not seen to unlock for it, and still may be: then that is told."""
    cut_off: bool = False
    """Whether nobody knows what came of its command: a door that is first seen unlocked did not unlock late."""
    phase: Phase = Phase.OPENING
    _relock_pending: bool = True
    _emitted: set[LifecycleStep] = field(default_factory=set)

    def emit(self, kind: LifecycleStep) -> None:
        """Tell something, unless it was told before."""
        if kind not in self._emitted:
            self._emitted.add(kind)
            self.tell(
                LifecycleEvent(
                    kind, self.door_id, self.entry_id, dt_util.utcnow(), self.context
                )
            )

    def unfinished(self, deadline: datetime) -> Unfinished:
        """Return what is left to be done of it."""
        return Unfinished(
            self.entry_id,
            deadline,
            self.context,
            not self.may_unlock_late,
            self.cut_off,
        )

    def unlocked_late(self) -> None:
        """Take in that the door is seen unlocked for it after all."""
        self.may_unlock_late = False
        self.failed = False
        self.emit(LifecycleStep.LATE_UNLOCK)

    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Take in a change of the contact: only one from shut to open is somebody's opening."""
        if now is not ContactState.SHUT:
            self.shut_throughout = False
        if self.failed:
            return
        if now is ContactState.STANDING_OPEN and was is ContactState.SHUT:
            self.emit(LifecycleStep.CONTACT_OPENED)
        elif now is ContactState.SHUT and LifecycleStep.CONTACT_OPENED in self._emitted:
            self.emit(LifecycleStep.CONTACT_CLOSED)

    def settle_relock(self) -> None:
        """Give up the re-lock deadline of this entry, because it is met or no longer ours."""
        if self._relock_pending:
            self._relock_pending = False
            self.deadline_done(self.entry_id)

    def complete(self, *, judged: bool = True) -> None:
        """End the story; `judged` says whether it may be said that nobody came in.

        That is not said where the command failed, and not where the story was cut short.
        """
        self.phase = Phase.COMPLETED
        self.settle_relock()
        if judged and self.shut_throughout and not self.failed:
            self.emit(LifecycleStep.NEVER_OPENED)
        self.emit(LifecycleStep.COMPLETED)

    def cut_short(self) -> None:
        """End the story, unless a re-lock deadline is left from which the next start takes it up."""
        if not self._relock_pending:
            self.complete(judged=False)


LEFT_OPEN_AFTER: Final = 60.0
"""Seconds after its deadline at which a door whose leaf stands open is left open."""


class EntryLifecycles:
    """Those that are not over; what the leaf does is told to each of them."""

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
        """Whether the leaf still stands open that was told to have been left open."""

    def begin(
        self, entry_id: str, courier_name: str | None, context: Context
    ) -> EntryLifecycle:
        """Begin the story of an entry; the courier's name is None for one from before a restart."""
        entry = EntryLifecycle(
            door_id=self._door_id,
            entry_id=entry_id,
            context=context,
            courier_name=courier_name,
            shut_throughout=self._contact.state is ContactState.SHUT,
            tell=self._tell,
            deadline_done=self._deadline_done,
        )
        self._entries[entry_id] = entry
        return entry

    def in_phase(self, *phases: Phase) -> list[EntryLifecycle]:
        """Return those that are so far."""
        return [entry for entry in self._entries.values() if entry.phase in phases]

    def may_unlock_late_now(self) -> list[EntryLifecycle]:
        """Return those whose door was not seen to unlock: for them an unlock is late."""
        return [
            entry
            for entry in self._entries.values()
            if entry.may_unlock_late
            and not (entry.cut_off and entry.phase is Phase.UNLOCKED)
        ]

    def expect_closed(self, seconds: float) -> None:
        """Note in how many seconds the unlock time is over; a leaf that stands open a minute later is left open."""
        self._left_open_check.start(
            max(0.0, seconds) + LEFT_OPEN_AFTER, self._left_open
        )

    def nothing_left_to_lock(self, entry: EntryLifecycle) -> None:
        """End a story whose door is locked or not ours to lock, once its leaf is not open any more."""
        entry.settle_relock()
        if (
            self._left_open_check.runs
            and self._contact.state is ContactState.STANDING_OPEN
        ):
            entry.phase = Phase.LINGERING
        else:
            self.complete(entry)

    def complete(self, entry: EntryLifecycle, *, judged: bool = True) -> None:
        """End a story; `judged` says whether it may be said that nobody came in."""
        del self._entries[entry.entry_id]
        entry.complete(judged=judged)
        if not self._entries:
            self._left_open_check.stop()

    @callback
    def contact_changed(self, was: ContactState, now: ContactState) -> None:
        """Take in a change of the contact sensor."""
        self.left_open = self.left_open and now is ContactState.STANDING_OPEN
        for entry in list(self._entries.values()):
            entry.contact_changed(was, now)
            if entry.phase is Phase.LINGERING and now is not ContactState.STANDING_OPEN:
                self.complete(entry)

    @callback
    def cut_short(self) -> None:
        """End all; those with a re-lock deadline are left to the next start."""
        self._left_open_check.stop()
        for entry in self._entries.values():
            entry.cut_short()
        self._entries.clear()

    @callback
    def _left_open(self) -> None:
        if self._contact.state is not ContactState.STANDING_OPEN:
            return
        for entry in self.in_phase(Phase.UNLOCKED, Phase.LINGERING):
            self.left_open = True
            entry.emit(LifecycleStep.LEFT_OPEN)
            if entry.phase is Phase.LINGERING:
                self.complete(entry)
