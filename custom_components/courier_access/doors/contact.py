"""Read a door's contact sensor."""

from collections.abc import Callable
from enum import StrEnum

from homeassistant.const import STATE_OFF, STATE_ON
from homeassistant.core import CALLBACK_TYPE, Context, HomeAssistant, State, callback

from ..hass.entities import FollowedEntity


class ContactState(StrEnum):
    """The state of a contact sensor."""

    CLOSED = "shut"
    OPEN = "standing_open"
    UNKNOWN = "unknown"


_CONTACT_STATES = {STATE_ON: ContactState.OPEN, STATE_OFF: ContactState.CLOSED}


def _contact_state(state: State | None) -> ContactState:
    return (
        ContactState.UNKNOWN
        if state is None
        else _CONTACT_STATES.get(state.state, ContactState.UNKNOWN)
    )


class Contact:
    """A contact sensor; UNKNOWN without one or while it has no state."""

    def __init__(self, hass: HomeAssistant, reference: str | None) -> None:
        self._hass = hass
        self.use(reference)

    def use(self, reference: str | None) -> None:
        """Read another sensor from now on; listeners must listen again."""
        self._entity = (
            None if reference is None else FollowedEntity(self._hass, reference)
        )

    @property
    def state(self) -> ContactState:
        """Return the current state."""
        return (
            _contact_state(self._entity.state) if self._entity else ContactState.UNKNOWN
        )

    @callback
    def listen(
        self, on_change: Callable[[ContactState, ContactState], None]
    ) -> CALLBACK_TYPE:
        """Call `on_change` with the state before and after each change."""
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
