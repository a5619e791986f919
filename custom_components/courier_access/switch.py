"""Switches for residents' consent and for pausing courier access."""

from collections.abc import Iterator
from copy import replace
from datetime import datetime
from typing import Any, override

from homeassistant.components.homeassistant.exposed_entities import (
    KNOWN_ASSISTANTS,
    async_expose_entity,
    async_get_entity_settings,
)
from homeassistant.components.switch import SwitchEntity
from homeassistant.const import EntityCategory, Platform
from homeassistant.core import CALLBACK_TYPE, HomeAssistant
from homeassistant.helpers import entity_registry as er

from .access.model import Consent
from .api.commands import async_change_rules, async_pause, async_resume
from .api.permissions import async_acting
from .building.building import Building
from .const import DOMAIN
from .entity import BuildingEntity, ResidentEntity, TimedEntity, platform_of

PARALLEL_UPDATES = 0


@platform_of
def async_setup_entry(building: Building) -> Iterator[BuildingEntity]:
    if building.fault is None:
        access = CourierAccess(building)
        async_withhold(building.hass, access)
        yield access
        for resident_id in building.residents:
            yield Deliveries(building, resident_id)


class CourierAccess(TimedEntity, SwitchEntity):
    """Off while a resident, administrator, or automation pauses all courier access."""

    _attr_translation_key = "courier_access"
    _unrecorded_attributes = frozenset({"paused_until"})

    is_new = False
    """Whether Home Assistant registers it for the first time."""

    @override
    async def async_restore(self) -> None:
        if self.is_new:
            for assistant in KNOWN_ASSISTANTS:
                async_expose_entity(self.hass, assistant, self.entity_id, False)

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield from super().follow()
        yield self.building.rulebook.listeners.add(self.update)

    @property
    @override
    def is_on(self) -> bool:
        return self.building.rulebook.pauses.until() is None

    @property
    @override
    def extra_state_attributes(self) -> dict[str, datetime | None]:
        return {"paused_until": self.next_change()}

    @override
    def next_change(self) -> datetime | None:
        return self.building.rulebook.pauses.until()

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        actor = await async_acting(await self.present_building(), self._context)
        await async_resume(self.building, actor)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Pause access for 24 hours."""
        actor = await async_acting(await self.present_building(), self._context)
        await async_pause(self.building, actor)


def async_withhold(hass: HomeAssistant, access: CourierAccess) -> None:
    """Expose the switch to a voice assistant only if somebody chose to.

    Home Assistant exposes switches by default. Earlier releases prevented that with an
    entity category, which ends when the entity is added.
    """
    entity_id = er.async_get(hass).async_get_entity_id(
        Platform.SWITCH, DOMAIN, str(access.unique_id)
    )
    if entity_id is None:
        access.is_new = True
        return
    settings = async_get_entity_settings(hass, entity_id)
    for assistant in KNOWN_ASSISTANTS:
        if "should_expose" not in settings.get(assistant, {}):
            async_expose_entity(hass, assistant, entity_id, False)


class Deliveries(ResidentEntity, SwitchEntity):
    """A resident's consent; the administrator and automations can only withdraw it.

    Turned on by the resident, it stays off until they have said yes on their own phone. It's off if the resident hasn't decided, opted out, or withdrew. Turning it off
    always withdraws, so that couriers stay out of the home.
    """

    _attr_translation_key = "deliveries"
    _attr_entity_category = EntityCategory.CONFIG

    @override
    def follow(self) -> Iterator[CALLBACK_TYPE]:
        yield self.building.rulebook.listeners.add(self.async_write_ha_state)

    @property
    @override
    def is_on(self) -> bool:
        return self.building.rulebook.of(self.subject).consent is Consent.GIVEN

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        await self._set_consent(Consent.GIVEN)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        await self._set_consent(Consent.WITHDRAWN)

    async def _set_consent(self, consent: Consent) -> None:
        actor = await async_acting(await self.present_building(), self._context)
        # A switch shows no text, so a yes is asked for on the resident's own phone.
        await async_change_rules(
            self.building,
            actor,
            self.resident,
            lambda old: replace(old, consent=consent),
        )
