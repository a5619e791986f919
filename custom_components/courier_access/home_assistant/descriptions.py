"""Offer today's couriers in the forms of actions and triggers.

Home Assistant reads these forms from files, which can't list couriers. So the lists in
what it has read are replaced. Every other name can still be typed.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import service, trigger
from homeassistant.helpers.start import async_at_started

from ..const import DOMAIN, SubentryType
from .callbacks import listen_to_buildings

_FIELD = "courier"


def offer_couriers(hass: HomeAssistant) -> None:
    """Offer the couriers of all buildings when Home Assistant has started, and from then on."""

    def changed(*_: object) -> None:
        if hass.state is CoreState.running:
            hass.async_create_task(_async_offer(hass))

    async def registered(triggers: set[str]) -> None:
        """Offer them in our triggers, too, which may come after the first building."""
        own = any(name.startswith(f"{DOMAIN}.") for name in triggers)
        if own and hass.state is CoreState.running:
            await _async_offer(hass)

    trigger.async_subscribe_platform_events(hass, registered)
    async_at_started(hass, _async_offer)
    listen_to_buildings(hass, changed)


async def _async_offer(hass: HomeAssistant) -> None:
    actions = (await service.async_get_all_descriptions(hass)).get(DOMAIN, {})
    triggers = await trigger.async_get_all_descriptions(hass)
    couriers = _names(hass, SubentryType.COURIER)
    for action, described in _offering(actions, couriers):
        known = hass.services.async_services_for_domain(DOMAIN)[action]
        # Open frontends read the forms again only if an action is registered.
        hass.services.async_register(
            *(DOMAIN, action, known.job.target, known.schema, known.supports_response)
        )
        service.async_set_service_schema(hass, DOMAIN, action, described)
    own = {
        name: described
        for name, described in triggers.items()
        if described is not None and name.startswith(f"{DOMAIN}.")
    }
    everybody = couriers | _names(hass, SubentryType.OBSERVED)
    hass.data[trigger.TRIGGER_DESCRIPTION_CACHE] = {
        **triggers,
        **dict(_offering(own, everybody)),
    }


def _names(hass: HomeAssistant, kind: SubentryType) -> set[str]:
    return {
        part.title
        for entry in hass.config_entries.async_entries(DOMAIN, include_disabled=False)
        for part in entry.get_subentries_of_type(kind)
    }


def _offering(
    descriptions: Mapping[str, Mapping[str, Any]], couriers: set[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the descriptions that offer other couriers than these, with these."""
    options = sorted(couriers, key=str.casefold)
    for name, described in descriptions.items():
        fields = described["fields"]
        field = fields.get(_FIELD)
        if (
            field is None
            or (select := field["selector"]["select"])["options"] == options
        ):
            continue
        offering = {"selector": {"select": {**select, "options": options}}}
        yield name, {**described, "fields": {**fields, _FIELD: {**field, **offering}}}
