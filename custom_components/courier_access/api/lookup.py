"""From what a caller names to the building, door, resident or courier it stands for."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import config_validation as cv, service
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.model import Courier, Door, Resident
from ..building.building import Building
from ..const import DOMAIN
from .commands import invalid


def building_of(call: ServiceCall) -> tuple[Building, Door | None]:
    """Return the building whose device, or whose door's, an action names, and the door if it is one's.

    Raises:
        ServiceValidationError: it is no such device.

    """
    building, subject = _find(call)
    if subject == building.entry.entry_id:
        return building, None
    if (door := building.directory.doors.get(subject)) is not None:
        return building, door
    raise invalid("no_building_device")


def door_of(call: ServiceCall) -> tuple[Building, Door]:
    """Return the door whose device an action names.

    Raises:
        ServiceValidationError: it is no door's.

    """
    building, subject = _find(call)
    if (door := building.directory.doors.get(subject)) is not None:
        return building, door
    raise invalid("no_door_device")


def resident_of(call: ServiceCall) -> tuple[Building, Resident]:
    """Return the resident whose device an action names.

    Raises:
        ServiceValidationError: it is no resident's.

    """
    building, subject = _find(call)
    if (resident := building.residents.get(subject)) is not None:
        return building, resident
    raise invalid("no_resident_device")


def loaded_building(hass: HomeAssistant, entry_id: str) -> Building:
    """Return the building of a config entry.

    Raises:
        ServiceValidationError: there is none such, or it is not loaded.
        HomeAssistantError: it is without its ledger.

    """
    building = present_building(hass, entry_id)
    if building.fault is not None:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="ledger_unavailable"
        )
    return building


def present_building(hass: HomeAssistant, entry_id: str) -> Building:
    """Return the building of a config entry, whether or not it is without its ledger.

    Raises:
        ServiceValidationError: there is none such, or it is not loaded.

    """
    entry = hass.config_entries.async_get_entry(entry_id)
    if entry is None or entry.domain != DOMAIN:
        raise invalid("no_such_building")
    if entry.state is not ConfigEntryState.LOADED:
        raise invalid("building_not_loaded")
    building: Building = entry.runtime_data
    return building


def named_door(building: Building, door_id: str) -> Door:
    """Return the building's door of that id.

    Raises:
        ServiceValidationError: there is none.

    """
    if (door := building.directory.doors.get(door_id)) is not None:
        return door
    raise invalid("no_such_door")


def named_resident(building: Building, resident_id: str) -> Resident:
    """Return the building's resident of that id.

    Raises:
        ServiceValidationError: there is none.

    """
    if (resident := building.residents.get(resident_id)) is not None:
        return resident
    raise invalid("no_such_resident")


def couriers_named(couriers: Mapping[str, Courier], named: str) -> Sequence[Courier]:
    """Return the courier with this id, or all with this name: renaming can give two the same one."""
    if named in couriers:
        return [couriers[named]]
    return [courier for courier in couriers.values() if courier.name == named]


def named_courier(building: Building, named: str) -> Courier:
    """Return the building's courier with this id or name.

    Raises:
        ServiceValidationError: no courier has it, or several do.

    """
    match couriers_named(building.directory.couriers, named):
        case [courier]:
            return courier
        case []:
            raise invalid("no_such_courier")
        case _:
            raise invalid("several_couriers", courier=named)


def instant(value: object) -> datetime:
    """Read a time; one without a zone is one on Home Assistant's clock.

    Raises:
        vol.Invalid: it is none.

    """
    try:
        return dt_util.as_utc(cv.datetime(value))
    except (OverflowError, ValueError) as err:
        raise vol.Invalid("must be a time in the years 1 to 9999") from err


def _find(call: ServiceCall) -> tuple[Building, str]:
    device, entry = service.async_get_device_and_config_entry(
        call.hass, DOMAIN, call.data[ATTR_DEVICE_ID]
    )
    subject = next(
        (value for domain, value in device.identifiers if domain == DOMAIN), None
    )
    if subject is None:
        raise invalid("no_such_device")
    return loaded_building(call.hass, entry.entry_id), subject
