"""The stories of one door's entries, from the command to the last thing that can be told."""

from collections.abc import Callable
from typing import Final

from homeassistant.core import Context, HomeAssistant, callback

from ..hass.timer import Timer
from .contact import Contact, Leaf
from .lifecycle import EntryStory, Phase, Story, StoryEvent

LEFT_OPEN_AFTER: Final = 60.0
"""Seconds after its deadline at which a door whose leaf stands open is left open."""


class Stories:
    """Those that are not over; what the leaf does is told to each of them."""

    def __init__(
        self,
        hass: HomeAssistant,
        door_id: str,
        contact: Contact,
        tell: Callable[[StoryEvent], None],
        deadline_done: Callable[[str], None],
    ) -> None:
        self._door_id = door_id
        self._contact = contact
        self._tell = tell
        self._deadline_done = deadline_done
        self._stories: dict[str, EntryStory] = {}
        self._left_open_check = Timer(hass)
        self.left_open = False
        """Whether the leaf still stands open that was told to have been left open."""

    def begin(self, entry_id: str, courier_name: str | None, context: Context) -> EntryStory:
        """Begin the story of an entry; the courier's name is None for one from before a restart."""
        story = EntryStory(
            door_id=self._door_id,
            entry_id=entry_id,
            context=context,
            courier_name=courier_name,
            shut_throughout=self._contact.leaf is Leaf.SHUT,
            tell=self._tell,
            deadline_done=self._deadline_done,
        )
        self._stories[entry_id] = story
        return story

    def in_phase(self, *phases: Phase) -> list[EntryStory]:
        """Return those that are so far."""
        return [story for story in self._stories.values() if story.phase in phases]

    def that_may_unlock_late(self) -> list[EntryStory]:
        """Return those whose door was not seen to unlock: for them an unlock is late."""
        return [
            story
            for story in self._stories.values()
            if story.may_unlock_late and not (story.cut_off and story.phase is Phase.UNLOCKED)
        ]

    def due_shut(self, seconds: float) -> None:
        """Note in how many seconds the unlock time is over; a leaf that stands open a minute later is left open."""
        self._left_open_check.start(max(0.0, seconds) + LEFT_OPEN_AFTER, self._left_open)

    def nothing_left_to_lock(self, story: EntryStory) -> None:
        """End a story whose door is locked or not ours to lock, once its leaf is not open any more."""
        story.owe_no_relock()
        if self._left_open_check.runs and self._contact.leaf is Leaf.STANDING_OPEN:
            story.phase = Phase.LINGERING
        else:
            self.complete(story)

    def complete(self, story: EntryStory, *, judged: bool = True) -> None:
        """End a story; `judged` says whether it may be said that nobody came in."""
        del self._stories[story.entry_id]
        story.complete(judged=judged)
        if not self._stories:
            self._left_open_check.stop()

    @callback
    def leaf_moved(self, was: Leaf, leaf: Leaf) -> None:
        """Take in a change of the contact sensor."""
        self.left_open = self.left_open and leaf is Leaf.STANDING_OPEN
        for story in list(self._stories.values()):
            story.leaf_moved(was, leaf)
            if story.phase is Phase.LINGERING and leaf is not Leaf.STANDING_OPEN:
                self.complete(story)

    @callback
    def cut_short(self) -> None:
        """End all; those with a re-lock deadline are left to the next start."""
        self._left_open_check.stop()
        for story in self._stories.values():
            story.cut_short()
        self._stories.clear()

    @callback
    def _left_open(self) -> None:
        if self._contact.leaf is not Leaf.STANDING_OPEN:
            return
        for story in self.in_phase(Phase.UNLOCKED, Phase.LINGERING):
            self.left_open = True
            story.say(Story.LEFT_OPEN)
            if story.phase is Phase.LINGERING:
                self.complete(story)
