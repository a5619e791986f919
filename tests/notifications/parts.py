"""Provide a building with residents and targets for tests of notifications."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from types import MappingProxyType
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
from pytest_homeassistant_custom_component.common import (
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker

from custom_components.courier_access.access.model import Reason, Resident
from custom_components.courier_access.const import DOMAIN, TargetKind
from custom_components.courier_access.home_assistant.host import Host
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox.status import (
    NotificationStatus,
    notification_status,
)
from custom_components.courier_access.notifications.dispatcher import Dispatcher
from custom_components.courier_access.residents.directory import (
    Accounts,
    Addressee,
    Directory,
    Target,
    user_of,
)
from custom_components.courier_access.residents.personal_links import Links
from custom_components.courier_access.residents.rulebook import Rulebook
from tests.ledger.filled import owed_entry, residents
from tests.support.house import settle
from tests.support.phones import Letters, Phone, add_letters, add_person, register_phone

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
APPS = Target(TargetKind.PERSON_APPS)


def action(name: str) -> Target:
    return Target(TargetKind.ACTION, f"notify.{name}")


def entity(name: str) -> Target:
    return Target(TargetKind.ENTITY, f"notify.{name}")


class _Rulebook(Rulebook):
    """Rules with digests at the times that a test sets."""

    set_digests: Mapping[str, datetime] = MappingProxyType({})

    def digests(self, now: datetime) -> Mapping[str, datetime]:
        return self.set_digests


class _Links(Links):
    """Personal links at the addresses that a test sets."""

    set_urls: Mapping[str, str] = MappingProxyType({})

    def url_of(self, resident_id: str) -> str | None:
        return self.set_urls.get(resident_id)


@dataclass(slots=True)
class House:
    """A building with its ledger, residents, and dispatcher."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    ledger: Ledger
    entry_id: str
    addressees: dict[str, Addressee] = field(default_factory=dict)
    digests: dict[str, datetime] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    notifications: Dispatcher = field(init=False)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Create the notifications again, as a start does."""
        entry = self.hass.config_entries.async_get_known_entry(self.entry_id)
        host = Host(self.hass, entry)
        directory = replace(
            Directory.read(self.hass, entry), addressees=self.addressees
        )
        rulebook = _Rulebook(host, self.ledger, directory, Accounts(self.hass))
        rulebook.set_digests = self.digests
        links = _Links(host, self.ledger)
        links.set_urls = self.links
        self.notifications = Dispatcher(host, self.ledger, directory, rulebook, links)

    def enroll(
        self,
        resident_id: str,
        unit: str,
        *chosen: Target,
        person: str | None = None,
        language: str | None = None,
    ) -> None:
        """Enroll a resident with these targets."""
        name = resident_id.capitalize()
        resident = Resident(
            resident_id, name, unit, unit.upper(), person, user_of(self.hass, person)
        )
        self.addressees[resident_id] = Addressee(resident, language, chosen)

    def mail(
        self, resident_id: str, unit: str = "3b", language: str | None = None
    ) -> Letters:
        """Enroll a resident with a notify action of that name; return what it gets."""
        self.enroll(resident_id, unit, action(resident_id), language=language)
        return add_letters(self.hass, resident_id)

    def on_mail(self, take: Callable[[ServiceCall], Coroutine[Any, Any, None]]) -> None:
        """Enroll Anna with a notify action that does this."""
        self.enroll("anna", "3b", action("anna"))
        self.hass.services.async_register("notify", "anna", take)

    async def phone(
        self, http: AiohttpClientMocker, resident_id: str, unit: str, *more: Target
    ) -> tuple[Phone, str]:
        """Enroll a resident with an account and a phone; return the phone and the user's ID."""
        user_id = MockUser().add_to_hass(self.hass).id
        name = resident_id.capitalize()
        person = (await add_person(self.hass, {name: user_id}))[name]
        phone = await register_phone(self.hass, http, user_id, "Phone")
        self.enroll(resident_id, unit, APPS, *more, person=person)
        return phone, user_id

    async def start(self) -> None:
        """Start and send everything that is due."""
        members = tuple(
            (key, one.resident.unit) for key, one in self.addressees.items()
        )
        await self.ledger.write(lambda transaction: residents(transaction, members))
        await self.notifications.async_start()
        await self.settle()

    async def restart(self) -> None:
        """Stop and start again."""
        await self.notifications.async_stop()
        self.renew()
        await self.notifications.async_start()
        await self.settle()

    async def enter(
        self, entry_id: str = "entry-1", reason: Reason = Reason.OK
    ) -> None:
        """Record an entry now and send its notifications."""
        at = dt_util.utcnow()
        await self.ledger.write(
            partial(owed_entry, entry_id=entry_id, at=at, reason=reason)
        )
        self.notifications.wake()
        await self.settle()

    async def settle(self) -> None:
        """Let everything that is under way come to rest."""
        await settle(self.hass)

    async def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self.freezer.tick(time)
        async_fire_time_changed(self.hass)
        await self.settle()

    async def status_of(
        self, resident_id: str, entry_id: str = "entry-1"
    ) -> NotificationStatus:
        """Return the status of a resident's notification."""
        by_entry = await self.ledger.read(
            partial(notification_status, entry_ids=[entry_id])
        )
        [found] = [one for one in by_entry[entry_id] if one.resident_id == resident_id]
        return found

    @property
    def unreachable(self) -> set[str]:
        """Return the residents that a repair issue shows as unreachable."""
        return {
            issue_id
            for domain, issue_id in ir.async_get(self.hass).issues
            if domain == DOMAIN and issue_id.startswith("resident_unreachable_")
        }
