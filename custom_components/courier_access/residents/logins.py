"""Follow the logins of residents."""

from collections.abc import Callable, Set as AbstractSet

from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback

from ..access.model import Resident
from ..hass.accounts import Accounts
from ..hass.entities import FollowedEntity, is_registered
from .directory import Directory
from .recipients import user_of


@callback
def async_follow_logins(
    hass: HomeAssistant,
    directory: Directory,
    accounts: Accounts,
    changed: Callable[[], None],
) -> CALLBACK_TYPE:
    """Call `changed` when a resident's person or login changes.

    A person can get, change, or lose its user, or be deleted. A login can be disabled,
    enabled, or deleted.
    """

    @callback
    def look_at_accounts(users: AbstractSet[str]) -> None:
        if any(resident.user_id in users for resident in directory.residents.values()):
            changed()

    def follow(resident: Resident, person: str) -> CALLBACK_TYPE:
        @callback
        def look(state: object, _context: object = None) -> None:
            # A registered person without a state is only being reloaded.
            if state is None and is_registered(hass, person):
                return
            if user_of(hass, person) != directory.users[resident.id]:
                changed()

        entity = FollowedEntity(hass, person)
        stop = entity.listen(look)
        look(entity.state)
        return stop

    stops = [accounts.listen(look_at_accounts)]
    stops += [
        follow(resident, resident.person)
        for resident in directory.residents.values()
        if resident.person is not None
    ]

    @callback
    def stop() -> None:
        for each in stops:
            each()

    return stop
