"""Follow the users who can log in, and which of them residents are."""

from collections.abc import Callable, Set as AbstractSet

from homeassistant.auth import EVENT_USER_ADDED, EVENT_USER_REMOVED, EVENT_USER_UPDATED
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback

from ..access.model import Resident
from ..hass.entities import FollowedEntity, is_registered
from ..hass.listeners import Listeners
from .directory import Directory
from .recipients import user_of


class Accounts:
    """Tracks the users who exist and are active."""

    active: frozenset[str] = frozenset()
    """The ids of the users who can log in."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._listeners = Listeners[[AbstractSet[str]]]()
        self._stop: list[CALLBACK_TYPE] = []

    async def async_start(self) -> None:
        """Read the users and follow changes."""
        self._stop = [
            self._hass.bus.async_listen(event_type, self._read)
            for event_type in (EVENT_USER_ADDED, EVENT_USER_UPDATED, EVENT_USER_REMOVED)
        ]
        await self._read()

    @callback
    def async_stop(self) -> None:
        """Stop following changes."""
        for stop in self._stop:
            stop()
        self._stop = []

    @callback
    def listen(self, listener: Callable[[AbstractSet[str]], None]) -> CALLBACK_TYPE:
        """Call `listener` with the users whose access changed."""
        return self._listeners.add(listener)

    async def _read(self, _event: Event | None = None) -> None:
        # Home Assistant answers from memory, so this completes within the dispatch.
        users = await self._hass.auth.async_get_users()
        before, self.active = (
            self.active,
            frozenset(user.id for user in users if user.is_active),
        )
        if changed := before ^ self.active:
            self._listeners.tell(changed)


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
