"""The integration's actions, from the table of commands.

An action targets the device or entity that it concerns.
"""

from collections.abc import Mapping
from functools import partial

from homeassistant.const import ATTR_DEVICE_ID, ATTR_ENTITY_ID
from homeassistant.core import HassJob, HomeAssistant, ServiceCall, ServiceResponse
from homeassistant.helpers import config_validation as cv, service, target
from homeassistant.helpers.entity_platform import async_get_platforms
from homeassistant.helpers.typing import VolSchemaType
import voluptuous as vol

from .api.lookup import invalid, loaded_building
from .building.building import Building
from .const import DOMAIN
from .home_assistant.host import settings_in_effect
from .switch import CourierAccess
from .web.command_table import COMMANDS, Command, Handler, Of, async_call


def async_setup_services(hass: HomeAssistant) -> None:
    for handler, command in COMMANDS.items():
        if command.action is not None:
            hass.services.async_register(
                DOMAIN,
                command.action,
                partial(_on_switches, handler)
                if command.of is Of.SWITCHES
                else partial(_on_device, handler, command.of),
                _schema(command),
                supports_response=command.responds,
            )


def _schema(command: Command) -> VolSchemaType:
    if command.of is Of.SWITCHES:
        return cv.make_entity_service_schema(command.fields)
    fields = {vol.Required(ATTR_DEVICE_ID): cv.string, **command.fields}
    schema: VolSchemaType = vol.Schema(fields)
    if command.one_of:
        schema = vol.All(
            schema,
            cv.has_at_least_one_key(*command.one_of),
            cv.has_at_most_one_key(*command.one_of),
        )
    return schema


async def _on_device(handler: Handler, of: Of, call: ServiceCall) -> ServiceResponse:
    await settings_in_effect(call.hass)
    building, named = _find(call, of)
    fields, is_read = {**call.data, **named}, call.return_response
    response = await async_call(
        handler, building, fields, call.context, is_read=is_read
    )
    return response if is_read else None


def _find(call: ServiceCall, of: Of) -> tuple[Building, Mapping[str, str]]:
    """Return the building of an action's device, and the field that its device is."""
    device, entry = service.async_get_device_and_config_entry(
        call.hass, DOMAIN, call.data[ATTR_DEVICE_ID]
    )
    subject = next(
        (value for domain, value in device.identifiers if domain == DOMAIN), None
    )
    if subject is None:
        raise invalid("no_such_device")
    building = loaded_building(call.hass, entry.entry_id)
    if of is Of.RESIDENT:
        if subject not in building.residents:
            raise invalid("no_resident_device")
        return building, {Of.RESIDENT: subject}
    if subject in building.directory.doors:
        return building, {Of.DOOR: subject}
    if of is Of.DOOR:
        raise invalid("no_door_device")
    if subject != entry.entry_id:
        raise invalid("no_building_device")
    return building, {}


async def _on_switches(handler: Handler, call: ServiceCall) -> None:
    """Carry a command out for the **Courier access** switches that an action targets.

    Home Assistant's helper succeeds without any entity: a pause that didn't happen must
    be an error.
    """
    await settings_in_effect(call.hass)
    selected = target.async_extract_referenced_entity_ids(
        call.hass, target.TargetSelection(call.data)
    )
    wanted = selected.referenced | selected.indirectly_referenced
    switches = {
        entity_id: entity
        for platform in async_get_platforms(call.hass, DOMAIN)
        for entity_id, entity in platform.entities.items()
        if entity_id in wanted and isinstance(entity, CourierAccess)
    }
    if not switches or not selected.referenced <= switches.keys():
        raise invalid("no_pause_switch")
    fields = service.remove_entity_service_fields(call)

    async def run(switch: CourierAccess, _: ServiceCall) -> None:
        await async_call(handler, switch.building, fields, call.context)

    data = {**fields, ATTR_ENTITY_ID: list(switches)}
    await service.entity_service_call(
        call.hass,
        switches,
        HassJob(run),
        ServiceCall(call.hass, DOMAIN, call.service, data, context=call.context),
    )
