"""What happens at a door after a courier's command, told as one story an entry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from homeassistant.core import Context
from homeassistant.util import dt as dt_util

from .contact import Leaf


class Story(StrEnum):
    """What can be told of an entry after the door's command."""

    LATE_UNLOCK = "late_unlock"
    CONTACT_OPENED = "contact_opened"
    CONTACT_CLOSED = "contact_closed"
    RELOCKED = "relocked"
    NEVER_OPENED = "never_opened"
    LEFT_OPEN = "left_open"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class StoryEvent:
    """One thing that happened, with the context of the entry it belongs to."""

    kind: Story
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
class EntryStory:
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
    tell: Callable[[StoryEvent], None]
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
    _owes_relock: bool = True
    _told: set[Story] = field(default_factory=set)

    def say(self, kind: Story) -> None:
        """Tell something, unless it was told before."""
        if kind not in self._told:
            self._told.add(kind)
            self.tell(StoryEvent(kind, self.door_id, self.entry_id, dt_util.utcnow(), self.context))

    def unfinished(self, deadline: datetime) -> Unfinished:
        """Return what is left to be done of it."""
        return Unfinished(
            self.entry_id, deadline, self.context, not self.may_unlock_late, self.cut_off
        )

    def unlocked_late(self) -> None:
        """Take in that the door is seen unlocked for it after all."""
        self.may_unlock_late = False
        self.failed = False
        self.say(Story.LATE_UNLOCK)

    def leaf_moved(self, was: Leaf, leaf: Leaf) -> None:
        """Take in a change of the contact: only one from shut to open is somebody's opening."""
        if leaf is not Leaf.SHUT:
            self.shut_throughout = False
        if self.failed:
            return
        if leaf is Leaf.STANDING_OPEN and was is Leaf.SHUT:
            self.say(Story.CONTACT_OPENED)
        elif leaf is Leaf.SHUT and Story.CONTACT_OPENED in self._told:
            self.say(Story.CONTACT_CLOSED)

    def owe_no_relock(self) -> None:
        """Give up the re-lock deadline of this entry, because it is met or no longer ours."""
        if self._owes_relock:
            self._owes_relock = False
            self.deadline_done(self.entry_id)

    def complete(self, *, judged: bool = True) -> None:
        """End the story; `judged` says whether it may be said that nobody came in.

        That is not said where the command failed, and not where the story was cut short.
        """
        self.phase = Phase.COMPLETED
        self.owe_no_relock()
        if judged and self.shut_throughout and not self.failed:
            self.say(Story.NEVER_OPENED)
        self.say(Story.COMPLETED)

    def cut_short(self) -> None:
        """End the story, unless a re-lock deadline is left from which the next start takes it up."""
        if not self._owes_relock:
            self.complete(judged=False)
