"""Look up what a caller names, and translate the errors that callers are shown."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.generated.languages import LANGUAGES
from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from ..access.model import Courier, Door, Resident
from ..building.building import Building
from ..const import DOMAIN
from ..home_assistant.host import is_changing
from ..ledger.ledger import LedgerUnavailable


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


def ledger_unavailable() -> HomeAssistantError:
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="ledger_unavailable"
    )


@contextmanager
def translated_ledger_errors() -> Iterator[None]:
    try:
        yield
    except LedgerUnavailable as err:
        raise ledger_unavailable() from err


LANGUAGE: Final = vol.In(LANGUAGES)
"""One of Home Assistant's: it reads a language's texts from a file of that name."""


def loaded_building(hass: HomeAssistant, entry_id: str) -> Building:
    """Return the building of a config entry."""
    building = present_building(hass, entry_id)
    if building.fault is not None:
        raise ledger_unavailable()
    return building


def present_building(hass: HomeAssistant, entry_id: str) -> Building:
    """Return the building of a config entry, with or without its ledger."""
    entry = hass.config_entries.async_get_entry(entry_id)
    if entry is None or entry.domain != DOMAIN:
        raise invalid("no_such_building")
    if entry.state is not ConfigEntryState.LOADED or is_changing(hass, entry_id):
        raise invalid("building_not_loaded")
    building: Building = entry.runtime_data
    return building


def named_door(building: Building, door_id: str) -> Door:
    """Return the door with this ID."""
    if (door := building.directory.doors.get(door_id)) is not None:
        return door
    raise invalid("no_such_door")


def named_resident(building: Building, resident_id: str) -> Resident:
    """Return the resident with this ID."""
    if (resident := building.residents.get(resident_id)) is not None:
        return resident
    raise invalid("no_such_resident")


def couriers_named(couriers: Mapping[str, Courier], named: str) -> Sequence[Courier]:
    """Return the courier with this ID, or all with this name: names aren't unique."""
    if named in couriers:
        return [couriers[named]]
    return [courier for courier in couriers.values() if courier.name == named]


def no_such_courier(building: Building) -> ServiceValidationError:
    """Return the error that names the couriers there are."""
    return invalid("no_such_courier", couriers=all_couriers(building))


def all_couriers(building: Building) -> str:
    """Return the names of the couriers there are, in a row."""
    names = sorted({courier.name for courier in building.directory.couriers.values()})
    return ", ".join(names) or "-"


def named_courier(building: Building, named: str) -> Courier:
    match couriers_named(building.directory.couriers, named):
        case [courier]:
            return courier
        case []:
            raise no_such_courier(building)
        case _:
            raise invalid("several_couriers", courier=named)


def instant(value: object) -> datetime:
    """Return a time, or raise vol.Invalid; `on_wall_clock` reads one without an offset."""
    if isinstance(value, str) and not value.isascii():
        # Home Assistant's reader of times ends the process for half a surrogate pair.
        raise vol.Invalid("must be a time")
    try:
        read = cv.datetime(value)
        return read if read.tzinfo is None else read.astimezone(UTC)
    except (OverflowError, ValueError) as err:
        raise vol.Invalid("must be a time in the years 1 to 9999") from err


def on_wall_clock(building: Building, read: datetime) -> datetime:
    """Return an instant; a time without an offset is on the building's wall clock."""
    if read.tzinfo is not None:
        return read
    try:
        return read.replace(tzinfo=building.zone()).astimezone(UTC)
    except OverflowError:
        return read.replace(tzinfo=UTC)  # the first or last day of time
