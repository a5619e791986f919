"""Let couriers through a building's door on the residents' terms."""

from contextlib import AsyncExitStack
from functools import partial
import logging

from homeassistant.config_entries import ConfigEntryState
from homeassistant.const import Platform
from homeassistant.core import HassJob, HomeAssistant, callback
from homeassistant.exceptions import ConfigEntryNotReady
from homeassistant.helpers import config_validation as cv
from homeassistant.helpers.dispatcher import async_dispatcher_send
from homeassistant.helpers.typing import ConfigType
from homeassistant.setup import async_wait_component

from .api.passes import follow_doorbells
from .building.backups import async_follow_backup, async_forget_earlier_marks
from .building.building import (
    HANDED_OVER,
    Building,
    CourierAccessConfigEntry,
    ledger_path,
    running_building,
)
from .building.farewell import async_bid_farewell, async_record_disabled
from .building.ledger_health import LEDGER_MEMORY
from .building.startup import (
    async_convert,
    async_note_version,
    async_start_building,
    async_stop_buildings,
)
from .building.status import show_recorded, watch_clock, watch_zone
from .const import DOMAIN
from .couriers.addresses import watch_addresses
from .couriers.keys import (
    async_forget_used_keys,
    show_names_alike,
    used_keys,
    watch_keys,
)
from .doors.bells import watch_doorbells
from .doors.doors import door_drivers, without_removed_doors
from .doors.observed import forget_watches, show_lost_sources
from .entity import async_follow_neighbors
from .flows.forms import free_name
from .flows.residents_list import ResidentsList
from .grants.passes import WRONG_LATELY, Pepper
from .home_assistant.descriptions import offer_couriers
from .home_assistant.host import (
    HandOver,
    async_setup_handovers,
    hand_over_soon,
    is_stopping,
)
from .home_assistant.issues import Issues
from .home_assistant.log_redaction import async_redact_log
from .ledger.files import all_files
from .notifications.actions import async_forget_presses, async_listen_to_phones
from .notifications.late_writes import LEFT_TO_WRITE
from .residents.directory import async_follow_logins
from .residents.repairs import (
    show_homes_alike,
    show_responsible,
    watch_consent,
    watch_links,
)
from .services import async_setup_services
from .web.about_me import AboutMePage, VisitPage
from .web.building_pages import (
    ConsentForm,
    DoorPage,
    DoorSheet,
    DoorTrial,
    LobbyNotice,
    LobbyPage,
    PassPage,
)
from .web.frontend import async_setup_panel, async_show_panel
from .web.html import load_templates
from .web.personal.page import PersonalPage
from .web.webhook import Webhooks
from .web.websocket import async_setup_websocket_api

_LOGGER = logging.getLogger(__name__)

CONFIG_SCHEMA = cv.config_entry_only_config_schema(DOMAIN)
PERSON = "person"
PLATFORMS = (
    Platform.BINARY_SENSOR,
    Platform.CALENDAR,
    Platform.EVENT,
    Platform.LOCK,
    Platform.SENSOR,
    Platform.SWITCH,
)


async def async_setup(hass: HomeAssistant, config: ConfigType) -> bool:
    """Register the addresses, pages, and actions that every building shares."""
    async_redact_log(hass)
    async_setup_handovers(hass, partial(_async_hand_over, hass))
    # Early in a shutdown, while openers and notify services are still available.
    hass.async_add_shutdown_job(HassJob(async_stop_buildings), hass)
    Webhooks(hass).follow_entries()
    async_listen_to_phones(hass)
    await hass.async_add_executor_job(load_templates)
    for view in (
        *(DoorPage, DoorSheet, DoorTrial, PassPage),
        *(LobbyPage, LobbyNotice, PersonalPage, ResidentsList, AboutMePage),
        *(VisitPage, ConsentForm),
    ):
        hass.http.register_view(view(hass))
    async_setup_services(hass)
    async_setup_websocket_api(hass)
    async_setup_panel(hass)
    offer_couriers(hass)
    return True


async def async_migrate_entry(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> bool:
    return async_convert(hass, entry)


async def async_setup_entry(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> bool:
    """Set up a building."""
    _correct(hass, entry)
    # Changes during the setup count, too.
    listening = [entry.add_update_listener(_async_changed)]

    @callback
    def stop_listening() -> None:
        listening.pop()()

    entry.async_on_unload(stop_listening)
    # Persons link residents to users. This isn't a dependency, because webhooks
    # must answer while Home Assistant starts.
    await async_wait_component(hass, PERSON)
    await used_keys(hass, entry.entry_id).load()
    building = await async_start_building(hass, entry)
    entry.runtime_data = building
    if building.fault is None:
        # The version alone is no reason to hand the building over.
        stop_listening()
        async_note_version(hass, entry)
        listening.append(entry.add_update_listener(_async_changed))
    try:
        await _async_show(hass, building)
    except Exception as err:
        # Doors must not stay unavailable: Home Assistant tries again by itself.
        _LOGGER.exception("%s could not be set up", entry.title)
        raise ConfigEntryNotReady(
            translation_domain=DOMAIN, translation_key="setup_failed"
        ) from err
    building.open_to_couriers()
    return True


def _correct(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
    """Correct what Home Assistant itself can change in a config entry."""
    # Renaming an entry in the frontend doesn't check for duplicates.
    taken = [
        each.title
        for each in hass.config_entries.async_entries(DOMAIN)
        if each is not entry
    ]
    hass.config_entries.async_update_entry(
        entry, title=free_name(entry.title, taken), options=without_removed_doors(entry)
    )


async def _async_show(hass: HomeAssistant, building: Building) -> None:
    """Add a started building's entities and its panel; stop it if that fails."""
    entry = building.entry
    async with AsyncExitStack() as undo:
        undo.push_async_callback(building.async_stop)
        _follow(building)
        await async_show_panel(hass)
        # Entities left behind would prevent the next setup from adding its own.
        undo.push_async_callback(
            hass.config_entries.async_unload_platforms, entry, PLATFORMS
        )
        await hass.config_entries.async_forward_entry_setups(entry, PLATFORMS)
        show_recorded(building)
        if building.fault is None:
            await async_follow_backup(hass, building.ledger)
        undo.pop_all()


async def _async_hand_over(
    hass: HomeAssistant, entry_id: str, hand_over: HandOver
) -> None:
    """Hand a loaded building over to new ones until its settings are in effect.

    Addresses, entities, and doors stay. Whatever fails, Home Assistant reloads it.
    """
    entry: CourierAccessConfigEntry | None = hass.config_entries.async_get_entry(
        entry_id
    )
    if entry is None:
        return
    try:
        # Home Assistant holds this lock, too, while it loads and unloads an entry.
        async with entry.setup_lock:
            while hand_over.is_due and entry.state is ConfigEntryState.LOADED:
                if is_stopping(hass):
                    return
                former = entry.runtime_data
                await former.async_stop()
                if is_stopping(hass):
                    return
                _correct(hass, entry)
                hand_over.is_due = False
                building = await async_start_building(hass, entry, former)
                entry.runtime_data = building
                if is_stopping(hass):
                    await building.async_stop()
                    return
                _follow(building)
                async_dispatcher_send(hass, HANDED_OVER, building)
                show_recorded(building)
                if building.fault is None:
                    async_note_version(hass, entry)
                    await async_follow_backup(hass, building.ledger)
                building.open_to_couriers()
    except Exception:
        _LOGGER.exception("The hand-over of %s failed", entry.title)
        hass.config_entries.async_schedule_reload(entry_id)


async def async_unload_entry(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> bool:
    """Unload a building after the entries under way have finished."""
    building = entry.runtime_data
    await building.async_close_to_couriers()
    if entry.disabled_by is not None:
        await async_record_disabled(building)
    if not await hass.config_entries.async_unload_platforms(entry, PLATFORMS):
        return False
    await building.async_stop()
    if entry.disabled_by is not None:
        door_drivers(hass).release(entry.entry_id)
    return True


async def async_remove_entry(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> None:
    """Notify the residents, and delete a building's ledgers.

    Nobody would be left to erase them (promise 7).
    """
    if (building := running_building(entry)) is not None:
        await building.async_stop()
    await async_bid_farewell(hass, entry)
    await async_forget_presses(hass, entry.entry_id)
    await async_forget_used_keys(hass, entry.entry_id)
    Issues(hass, entry.entry_id).clear_all()
    door_drivers(hass).forget(entry.entry_id)
    for key in (LEFT_TO_WRITE, LEDGER_MEMORY, WRONG_LATELY):
        hass.data.get(key, {}).pop(entry.entry_id, None)
    forget_watches(hass, entry.entry_id)
    path = ledger_path(hass, entry.entry_id)

    def remove() -> None:
        for file in all_files(path):
            file.unlink(missing_ok=True)

    await hass.async_add_executor_job(remove)
    await async_forget_earlier_marks(hass, entry.entry_id, path)
    await Pepper(hass, entry.entry_id).remove()


def _follow(building: Building) -> None:
    hass, entry, directory = building.hass, building.entry, building.directory
    building.register_devices()
    stops = building.until_stopped
    stops.callback(
        async_follow_logins(hass, directory, building.accounts, building.host.hand_over)
    )
    stops.callback(async_follow_neighbors(building))
    issues = building.host.issues
    watch_clock(building, stops)
    show_lost_sources(issues, directory.sources, building.observed.watches, stops)
    bells = building.bells.values()
    watch_doorbells(issues, directory.doors, bells, directory.homes, stops)
    if building.fault is None:
        follow_doorbells(building)
        watch_addresses(issues, entry, directory, stops)
        watch_consent(issues, directory, building.rulebook, stops)
        show_homes_alike(issues, directory.homes)
        show_responsible(issues, directory.responsible)
        watch_keys(issues, entry, directory, building.zone(), stops)
        show_names_alike(issues, directory)
        watch_links(issues, directory, building.links, stops)
        watch_zone(issues, building.zone(), stops)
        building.fleet.follow(stops)


async def _async_changed(hass: HomeAssistant, entry: CourierAccessConfigEntry) -> None:
    hand_over_soon(hass, entry.entry_id)
