"""A door's contact sensor."""

from collections.abc import Callable
from enum import StrEnum

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback

from ..hass.entities import FollowedEntity


class ContactState(StrEnum):
    """What the contact sensor says of the door's leaf."""

    SHUT = "shut"
    STANDING_OPEN = "standing_open"
    UNKNOWN = "unknown"


_CONTACT_STATES = {STATE_ON: ContactState.STANDING_OPEN, STATE_OFF: ContactState.SHUT}


def _contact_state(state: State | None) -> ContactState:
    return (
        ContactState.UNKNOWN
        if state is None
        else _CONTACT_STATES.get(state.state, ContactState.UNKNOWN)
    )


class Contact:
    """The contact sensor; a door without one, or a silent one, is UNKNOWN."""

    def __init__(self, hass: HomeAssistant, reference: str | None) -> None:
        self._entity = None if reference is None else FollowedEntity(hass, reference)

    @property
    def state(self) -> ContactState:
        """How the leaf stands now."""
        return (
            _contact_state(self._entity.state) if self._entity else ContactState.UNKNOWN
        )

    @callback
    def listen(
        self, on_change: Callable[[ContactState, ContactState], None]
    ) -> CALLBACK_TYPE:
        """Hand over each change: how the leaf stood before it, and how it stands."""
        if self._entity is None:
            return lambda: None
        before = self.state

        @callback
        def report(state: State | None, context: Context) -> None:
            nonlocal before
            was, before = before, _contact_state(state)
            if was is not before:
                on_change(was, before)

        return self._entity.listen(report)
