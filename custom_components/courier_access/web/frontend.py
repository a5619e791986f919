"""The panel in Home Assistant's sidebar, and the dashboard card."""

import hashlib
from pathlib import Path
from typing import Final

from homeassistant.components.http.server import StaticPathConfig
from homeassistant.core import HomeAssistant
from homeassistant.helpers.importlib import async_import_module
from homeassistant.setup import async_when_setup
from homeassistant.util.hass_dict import HassKey

from ..const import DOMAIN, PANEL_URL_PATH
from ..home_assistant.callbacks import listen_to_buildings
from ..ledger.queue import View
from ..notifications.text import link_into_panel, texts

ELEMENT: Final = "courier-access-panel"
ICON: Final = "mdi:package-variant-closed"

_FRONTEND: Final = "frontend"
_FOLDER: Final = Path(__file__).parents[1] / "frontend"
_SERVED_AT: Final = f"/{DOMAIN}_frontend"
_CARD: Final[HassKey[str]] = HassKey(f"{DOMAIN}_card")
"""The address of the card that was added to the frontend."""


def visits_path(entry_id: str) -> str:
    """Return the path of the panel's view of visits, where the log is downloaded."""
    return link_into_panel(entry_id, View.ENTRIES)


def async_setup_panel(hass: HomeAssistant) -> None:
    """Show the panel and card once the frontend is set up, if it ever is."""
    async_when_setup(hass, _FRONTEND, _async_serve)

    def changed(*_: object) -> None:
        if not _is_wanted(hass):
            _hide(hass)

    listen_to_buildings(hass, changed)


async def async_show_panel(hass: HomeAssistant) -> None:
    """Show the panel and card, if there is a frontend and a building."""
    if _FRONTEND not in hass.config.components or not _is_wanted(hass):
        return
    from homeassistant.components import frontend  # noqa: PLC0415 - not every Home Assistant has it

    panel_custom = await async_import_module(
        hass, "homeassistant.components.panel_custom"
    )
    if frontend.async_panel_exists(hass, PANEL_URL_PATH):
        return
    translated = await texts(hass, None, "panel_")
    panel, card = await hass.async_add_executor_job(_addresses)
    if frontend.async_panel_exists(hass, PANEL_URL_PATH) or not _is_wanted(hass):
        return
    await panel_custom.async_register_panel(
        hass,
        frontend_url_path=PANEL_URL_PATH,
        webcomponent_name=ELEMENT,
        sidebar_title=translated["sidebar"],
        sidebar_icon=ICON,
        module_url=panel,
        require_admin=False,
        handle_safe_area=True,
    )
    frontend.add_extra_js_url(hass, card)
    hass.data[_CARD] = card


def _is_wanted(hass: HomeAssistant) -> bool:
    return bool(hass.config_entries.async_entries(DOMAIN, include_disabled=False))


def _hide(hass: HomeAssistant) -> None:
    if (card := hass.data.pop(_CARD, None)) is not None:
        from homeassistant.components import (  # noqa: PLC0415 - not every Home Assistant has it
            frontend,
        )

        frontend.async_remove_panel(hass, PANEL_URL_PATH, warn_if_unknown=False)
        frontend.remove_extra_js_url(hass, card)


async def _async_serve(hass: HomeAssistant, _: str) -> None:
    await hass.http.async_register_static_paths(
        [StaticPathConfig(_SERVED_AT, str(_FOLDER))]
    )
    await async_show_panel(hass)


def _addresses() -> tuple[str, str]:
    panel, card = (
        f"{_SERVED_AT}/{name}?v={_version(_FOLDER / name)}"
        for name in ("panel.js", "card.js")
    )
    return panel, card


def _version(file: Path) -> str:
    """Return a version of the file's content: browsers cache an address for a month."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]
