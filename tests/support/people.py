"""People of a building for tests: real users of Home Assistant, and the persons they are."""

from dataclasses import dataclass, field

from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.auth.models import User
from homeassistant.config_entries import ConfigSubentryDataWithId
from homeassistant.core import Context, HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component

from tests.support.house import ALWAYS, House, ask, do, resident


async def user(hass: HomeAssistant, name: str, *, admin: bool = False) -> User:
    """Create a user; the first one of a Home Assistant is its owner, and so an administrator."""
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

    async def homes(self, **units: str) -> list[ConfigSubentryDataWithId]:
        """Move people in, and describe them as residents of these units who decide by themselves."""
        await self.move_in(*units)
        return [
            resident(name, unit, None, person=self.person(name))
            for name, unit in units.items()
        ]

    async def consent(self, house: House, *names: str) -> None:
        """Let residents accept couriers at all hours."""
        for name in names:
            subject, who = f"resident-{name.lower()}", self.acting(name)
            await ask(house, "set_rules", subject, who, consent=True, windows=ALWAYS)

    async def confirm(self, house: House, name: str, flatmate: str) -> None:
        """Let a flatmate confirm somebody who was added."""
        subject = f"resident-{name.lower()}"
        await do(house, "confirm_resident", self.acting(flatmate), subject)

    async def owner(self) -> Context:
        """Return the context of what an administrator does who lives nowhere."""
        if "Owner" not in self.users:
            self.users["Owner"] = await user(self.hass, "Owner", admin=True)
        return self.acting("Owner")

    async def stranger(self) -> Context:
        """Return the context of what a user does who lives nowhere."""
        if "Dan" not in self.users:
            self.users["Dan"] = await user(self.hass, "Dan")
        return self.acting("Dan")

    def acting(self, name: str) -> Context:
        """Return the context of what somebody does."""
        return acting(self.users[name])

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
