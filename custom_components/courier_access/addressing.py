"""From the device that an action names to the building, door or resident it stands for."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_DEVICE_ID
from homeassistant.core import ServiceCall
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import device_registry as dr

from .access.model import Door, Resident
from .building import Building
from .const import DOMAIN


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
    raise _wrong("no_building_device")


def door_of(call: ServiceCall) -> tuple[Building, Door]:
    """Return the door whose device an action names.

    Raises:
        ServiceValidationError: it is no door's.

    """
    building, subject = _find(call)
    if (door := building.directory.doors.get(subject)) is not None:
        return building, door
    raise _wrong("no_door_device")


def resident_of(call: ServiceCall) -> tuple[Building, Resident]:
    """Return the resident whose device an action names.

    Raises:
        ServiceValidationError: it is no resident's.

    """
    building, subject = _find(call)
    if (resident := building.residents.get(subject)) is not None:
        return building, resident
    raise _wrong("no_resident_device")


def _find(call: ServiceCall) -> tuple[Building, str]:
    device = dr.async_get(call.hass).async_get(call.data[ATTR_DEVICE_ID])
    if device is None:
        raise _wrong("no_such_device")
    subject = next((value for domain, value in device.identifiers if domain == DOMAIN), None)
    entry = call.hass.config_entries.async_get_entry(device.config_entry_id)
    if entry is None or entry.domain != DOMAIN or subject is None:
        raise _wrong("no_such_device")
    if entry.state is not ConfigEntryState.LOADED:
        raise _wrong("building_not_loaded")
    building: Building = entry.runtime_data
    return building, subject


def _wrong(key: str) -> ServiceValidationError:
    return ServiceValidationError(translation_domain=DOMAIN, translation_key=key)
