"""People of a building for tests: real users of Home Assistant, and the persons they are."""

from dataclasses import dataclass, field

from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component


async def user(hass: HomeAssistant, name: str, *, admin: bool = False) -> User:
    """Create a user; the first of a Home Assistant is its owner and so an admin anyhow."""
    if all(known.system_generated for known in await hass.auth.async_get_users()):
        await hass.auth.async_create_user("First", group_ids=[GROUP_ID_ADMIN])
    return await hass.auth.async_create_user(
        name, group_ids=[GROUP_ID_ADMIN if admin else GROUP_ID_USER]
    )


def acting(someone: User | None) -> Context:
    """Return the context of what somebody does; without anybody, that of an automation."""
    return Context(user_id=None if someone is None else someone.id)


@dataclass(slots=True)
class People:
    """The users of a Home Assistant by name, each with a person of that name."""

    hass: HomeAssistant
    users: dict[str, User] = field(default_factory=dict)

    async def move_in(self, *names: str) -> None:
        """Create users, and persons that are these users."""
        for name in names:
            self.users[name] = await user(self.hass, name)
        persons = [
            {"id": name.lower(), "name": name, "user_id": self.users[name].id}
            for name in names
        ]
        assert await async_setup_component(self.hass, "person", {"person": persons})

    def person(self, name: str) -> str:
        """Return the registry id of somebody's person."""
        entry = er.async_get(self.hass).async_get(f"person.{name.lower()}")
        assert entry is not None
        return entry.id

    def __getitem__(self, name: str) -> User:
        return self.users[name]


async def access_token(hass: HomeAssistant, someone: User) -> str:
    """Log somebody in."""
    client = None if someone.system_generated else "https://client.example"
    refresh_token = await hass.auth.async_create_refresh_token(someone, client)
    return hass.auth.async_create_access_token(refresh_token)
