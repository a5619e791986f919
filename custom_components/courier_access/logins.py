"""Who of the residents has which login, followed while the building runs."""

from collections.abc import Callable

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from .access.model import Resident
from .addressees import user_of
from .followed import FollowedEntity
from .references import is_registered


@callback
def async_follow_login(
    hass: HomeAssistant, resident: Resident, changed: Callable[[], None]
) -> CALLBACK_TYPE:
    """Call `changed` when the resident's person gets, changes or loses their user, or is deleted.

    A person without a state that is still registered is only being loaded anew.
    """
    person = resident.person
    if person is None:
        return lambda: None

    @callback
    def look(state: object, _context: object) -> None:
        if state is None and is_registered(hass, person):
            return
        if user_of(hass, person) != resident.user_id:
            changed()

    return FollowedEntity(hass, person).listen(look)
