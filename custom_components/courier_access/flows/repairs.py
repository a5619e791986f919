"""Fix flows of a building's issues."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.components.repairs.const import FlowType
from homeassistant.components.repairs.models import RepairsFlowContext
from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigEntryState
from homeassistant.core import Context
from homeassistant.data_entry_flow import AbortFlow, FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util

from ..api.permissions import Actor, Permission, async_acting
from ..building.building import Building, CourierAccessConfigEntry
from ..const import DOMAIN
from ..couriers.keys import CourierKeys
from ..notifications.times import write_for_issue
from .forms import Answers, FormFlow

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})

type FixAction = Callable[[Building, Actor, str], Awaitable[None]]
"""Fixes a building's issue with that subject as an actor."""


@dataclass(frozen=True, slots=True)
class FixPlan:
    """A fix that only needs a confirmation, and the permission that it requires.

    `placeholders` returns details for the form, which only its owner reads. It raises
    AbortFlow if the subject was removed.
    """

    permission: Permission
    do: FixAction
    placeholders: Callable[[Building, str], Mapping[str, str]] = (
        lambda _building, _subject: _NOTHING
    )


class BuildingFix(FormFlow[RepairsFlowContext, RepairsFlowResult], RepairsFlow):
    """Fixes an issue of a building or of its part with the id `subject`."""

    def __init__(self, entry_id: str, subject: str) -> None:
        self._entry_id = entry_id
        self._subject = subject

    async def _acting(self, permission: Permission) -> tuple[Building, Actor]:
        """Return the building and the actor.

        Raises AbortFlow if the building isn't loaded or the actor isn't allowed.
        """
        entry: CourierAccessConfigEntry | None = (
            self.hass.config_entries.async_get_entry(self._entry_id)
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_loaded")
        building = entry.runtime_data
        actor = await async_acting(building, _caller())
        if not actor.may(permission):
            raise AbortFlow("not_allowed")
        return building, actor

    def _shown(self) -> dict[str, str]:
        """Return the placeholders of the issue, and its link to the documentation.

        The frontend shows the link only for issues that can't be fixed.
        """
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        if issue is None:
            return {}
        return {
            **(issue.translation_placeholders or {}),
            "learn_more": issue.learn_more_url or "",
        }


def _caller() -> Context:
    """Return the context of the current request; fix flows don't get one."""
    request = current_request.get()
    user = None if request is None else request.get(KEY_HASS_USER)
    return Context(user_id=None if user is None else user.id)


class ConfirmedFix(BuildingFix):
    """Runs a fix once it is confirmed."""

    def __init__(self, repair: FixPlan, entry_id: str, subject: str) -> None:
        super().__init__(entry_id, subject)
        self._repair = repair

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show the confirmation."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: Answers = None) -> RepairsFlowResult:
        """Run the fix if it is confirmed."""
        building, actor = await self._acting(self._repair.permission)
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._repair.do(building, actor, self._subject)
            except HomeAssistantError as err:
                errors["base"] = err.translation_key or "failed"
            else:
                return self.async_create_entry(data={})
        placeholders = {
            **self._shown(),
            "now": write_for_issue(dt_util.utcnow(), building.zone()),
            **self._repair.placeholders(building, self._subject),
        }
        return self._form("confirm", {}, errors=errors, placeholders=placeholders)


class KeysFix(BuildingFix):
    """Asks what happens to a courier's old key."""

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show the menu."""
        await self._keys()
        return self._menu("init", "prolong", "end", **self._shown())

    async def async_step_prolong(self, user_input: Answers = None) -> RepairsFlowResult:
        """Accept the old key for another overlap."""
        return await self._keep((await self._keys()).prolong_old(dt_util.utcnow()))

    async def async_step_end(self, user_input: Answers = None) -> RepairsFlowResult:
        """End the old key."""
        return await self._keep((await self._keys()).end_old())

    async def _keys(self) -> CourierKeys:
        """Return the courier's two keys; raise AbortFlow if it has no old key."""
        building, _ = await self._acting(Permission.REPAIR)
        courier = building.entry.subentries.get(self._subject)
        keys = CourierKeys() if courier is None else CourierKeys.read(courier.data)
        if keys.old is None:
            raise AbortFlow("not_there")
        return keys

    async def _keep(self, keys: CourierKeys) -> RepairsFlowResult:
        building, _ = await self._acting(Permission.REPAIR)
        courier = building.entry.subentries[self._subject]
        self.hass.config_entries.async_update_subentry(
            building.entry, courier, data={**courier.data, **keys.to_data()}
        )
        return self.async_create_entry(data={})


class PartFix(BuildingFix):
    """Says what a part has lost, and hands over to the flow that changes the part."""

    async def async_step_init(self, user_input: Answers = None) -> RepairsFlowResult:
        """Show what happened."""
        return await self.async_step_confirm()

    async def async_step_confirm(self, user_input: Answers = None) -> RepairsFlowResult:
        """Say what happened, then open the part's own flow."""
        building, _ = await self._acting(Permission.REPAIR)
        part = building.entry.subentries.get(self._subject)
        if part is None:
            return self.async_abort(reason="not_there")
        if user_input is None:
            return self._form(
                "confirm", {}, placeholders=self._shown(), last_step=False
            )
        flow = await self.hass.config_entries.subentries.async_init(
            (self._entry_id, part.subentry_type),
            context={"source": SOURCE_RECONFIGURE, "subentry_id": self._subject},
        )
        if flow["type"] is FlowResultType.ABORT:
            return self.async_abort(reason="not_there")
        # The issue stays until the part's check finds nothing wrong.
        return self.async_abort(
            reason="handed_over",
            next_flow=(FlowType.CONFIG_SUBENTRIES_FLOW, flow["flow_id"]),
        )
