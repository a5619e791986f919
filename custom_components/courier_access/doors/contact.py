"""A door's contact sensor."""

from collections.abc import Callable
from enum import StrEnum

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback

from ..hass.entities import FollowedEntity


class Leaf(StrEnum):
    """What the contact sensor says of the door's leaf."""

    SHUT = "shut"
    STANDING_OPEN = "standing_open"
    UNKNOWN = "unknown"


_LEAVES = {STATE_ON: Leaf.STANDING_OPEN, STATE_OFF: Leaf.SHUT}


def _leaf(state: State | None) -> Leaf:
    return Leaf.UNKNOWN if state is None else _LEAVES.get(state.state, Leaf.UNKNOWN)


class Contact:
    """The contact sensor; a door without one, or a silent one, is UNKNOWN."""

    def __init__(self, hass: HomeAssistant, reference: str | None) -> None:
        self._entity = None if reference is None else FollowedEntity(hass, reference)

    @property
    def leaf(self) -> Leaf:
        """How the leaf stands now."""
        return _leaf(self._entity.state) if self._entity else Leaf.UNKNOWN

    @callback
    def listen(self, on_move: Callable[[Leaf, Leaf], None]) -> CALLBACK_TYPE:
        """Hand over each change: how the leaf stood before it, and how it stands."""
        if self._entity is None:
            return lambda: None
        before = self.leaf

        @callback
        def report(state: State | None, context: Context) -> None:
            nonlocal before
            was, before = before, _leaf(state)
            if was is not before:
                on_move(was, before)

        return self._entity.listen(report)
