"""What the fixes of a building's issues have in common."""

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.http import current_request

from ..api.commands import async_acting
from ..api.permissions import Actor, Deed
from ..building.building import Building, CourierAccessConfigEntry
from ..const import DOMAIN


class BuildingFix(RepairsFlow):
    """The fix of an issue of one building, or of the part of it that the issue is about: its `subject`."""

    def __init__(self, entry_id: str, subject: str) -> None:
        """Fix an issue of the building with that config entry."""
        self._entry_id = entry_id
        self._subject = subject

    async def _acting(self, deed: Deed) -> tuple[Building, Actor]:
        """Return the building and who acts on it.

        Raises:
            AbortFlow: it is not loaded, or they may not do that.

        """
        entry: CourierAccessConfigEntry | None = self.hass.config_entries.async_get_entry(
            self._entry_id
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_loaded")
        building = entry.runtime_data
        actor = await async_acting(building, _caller())
        if not actor.may(deed):
            raise AbortFlow("not_allowed")
        return building, actor

    def _shown(self) -> dict[str, str]:
        """Return what the issue's own words are about."""
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        return dict((issue and issue.translation_placeholders) or {})


def _caller() -> Context:
    """Return who sent the request that is being answered: flows of repairs are not told."""
    request = current_request.get()
    user = None if request is None else request.get(KEY_HASS_USER)
    return Context(user_id=None if user is None else user.id)
