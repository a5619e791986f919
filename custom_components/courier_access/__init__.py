"""Courier Access: lets couriers through a building's door on the residents' terms."""

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import ATTR_ENTITY_ID, EVENT_HOMEASSISTANT_STOP, Platform
from homeassistant.core import Event, EventStateChangedData, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryError, ConfigEntryNotReady
from homeassistant.helpers import (
    config_validation as cv,
    entity_registry as er,
    issue_registry as ir,
)
from homeassistant.helpers.event import async_track_state_change_event
from homeassistant.helpers.typing import ConfigType

from .building import Building, CourierAccessEntry, ledger_path
from .const import DOMAIN
from .ledger.ledger import LedgerTooNew, LedgerUnavailable
from .services import async_setup_services
from .targets import user_of
from .webhook import Webhooks

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PLATFORMS = (Platform.BINARY_SENSOR, Platform.EVENT, Platform.LOCK, Platform.SWITCH)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register what is there whether or not a building is loaded: the couriers' addresses and the actions."""
    Webhooks(hass).follow_entries()
    async_setup_services(hass)
    return True


async def async_setup_entry(hass: HomeAssistant, entry: CourierAccessEntry) -> bool:
    """Load a building."""
    building = Building(hass, entry)
    try:
        await building.async_start()
    except LedgerTooNew as err:
        raise ConfigEntryError(translation_domain=DOMAIN, translation_key="ledger_too_new") from err
    except LedgerUnavailable as err:
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="ledger_unavailable"
        ) from err
    entry.runtime_data = building
    await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
    building.open_to_couriers()
    entry.async_on_unload(entry.add_update_listener(_async_changed))
    _follow_logins(hass, entry, building)

    async def stop(_event: Event) -> None:
        await building.async_stop()

    entry.async_on_unload(hass.bus.async_listen_once(EVENT_HOMEASSISTANT_STOP, stop))
    return True


async def async_unload_entry(hass: HomeAssistant, entry: CourierAccessEntry) -> bool:
    """Unload a building: entries under way come to their end and are told first."""
    await entry.runtime_data.async_close_to_couriers()
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        entry.runtime_data.open_to_couriers()
        return False
    await entry.runtime_data.async_stop()
    return True


async def async_remove_entry(hass: HomeAssistant, entry: CourierAccessEntry) -> None:
    """Remove a building's ledger with it: nobody would be left to erase what it holds (promise 7)."""
    issues = ir.async_get(hass).issues.values()
    for issue in [
        issue
        for issue in issues
        if issue.domain == DOMAIN and (issue.data or {}).get("entry_id") == entry.entry_id
    ]:
        ir.async_delete_issue(hass, DOMAIN, issue.issue_id)
    path = ledger_path(hass, entry.entry_id)

    def remove() -> None:
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    await hass.async_add_executor_job(remove)


async def _async_changed(hass: HomeAssistant, entry: CourierAccessEntry) -> None:
    hass.config_entries.async_schedule_reload(entry.entry_id)


@callback
def _follow_logins(hass: HomeAssistant, entry: CourierAccessEntry, building: Building) -> None:
    """Load the building anew when a resident's person gets, changes or loses their user."""
    persons = {
        entity_id: resident
        for resident in building.residents.values()
        if resident.person is not None
        and (entity_id := er.async_resolve_entity_id(er.async_get(hass), resident.person))
    }

    @callback
    def changed(event: Event[EventStateChangedData]) -> None:
        resident = persons[event.data[ATTR_ENTITY_ID]]
        if event.data["new_state"] is None or entry.state is not ConfigEntryState.LOADED:
            return
        if user_of(hass, resident.person) != resident.user_id:
            hass.config_entries.async_schedule_reload(entry.entry_id)

    entry.async_on_unload(async_track_state_change_event(hass, list(persons), changed))
