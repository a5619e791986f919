"""The repairs that an owner can have done by pressing a button."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .anew import seen
from .building import Building
from .const import DOMAIN
from .issues import ENTRY_ID, FIX, Fix
from .permissions import Actor, Deed
from .residents import async_accept_clock, async_acting, ledger_faults_told


@dataclass(frozen=True, slots=True)
class Repair:
    """What a fix does, and the deed of the table of permissions that it is."""

    deed: Deed
    do: Callable[[Building, Actor], Awaitable[None]]


async def _confirm_keys(building: Building, actor: Actor) -> None:
    with ledger_faults_told():
        await building.restore.confirm_keys(actor.author)


async def _see_ledger_lost(building: Building, _actor: Actor) -> None:
    with ledger_faults_told():
        await building.ledger.write(seen)


REPAIRS: Final[Mapping[Fix, Repair]] = MappingProxyType(
    {
        Fix.CONFIRM_KEYS: Repair(Deed.CONFIRM_KEYS, _confirm_keys),
        Fix.ACCEPT_CLOCK: Repair(Deed.ACCEPT_CLOCK, async_accept_clock),
        Fix.SEE_LEDGER_LOST: Repair(Deed.SEE_LEDGER_LOST, _see_ledger_lost),
    }
)


class ConfirmFix(RepairsFlow):
    """Asks whether to go on, and does it."""

    def __init__(self, repair: Repair, entry_id: str) -> None:
        """Offer a repair of the building with that config entry."""
        self._repair = repair
        self._entry_id = entry_id

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Say what would be done, and do it once that is confirmed."""
        errors: dict[str, str] = {}
        if user_input is not None:
            entry = self.hass.config_entries.async_get_entry(self._entry_id)
            if entry is None or entry.state is not ConfigEntryState.LOADED:
                return self.async_abort(reason="not_loaded")
            building: Building = entry.runtime_data
            actor = await async_acting(building, _caller())
            if not actor.may(self._repair.deed):
                return self.async_abort(reason="not_allowed")
            try:
                await self._repair.do(building, actor)
            except HomeAssistantError as err:
                errors["base"] = err.translation_key or "failed"
            else:
                return self.async_create_entry(data={})
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        known = (issue and issue.translation_placeholders) or {}
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders=known | {"now": f"{dt_util.now():%Y-%m-%d %H:%M}"},
        )


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that fixes an issue shown by `Issues` with a fix."""
    known = data or {}
    return ConfirmFix(REPAIRS[Fix(str(known[FIX]))], str(known[ENTRY_ID]))


def _caller() -> Context:
    """Return who sent the request that is being answered: flows of repairs are not told."""
    request = current_request.get()
    user = None if request is None else request.get(KEY_HASS_USER)
    return Context(user_id=None if user is None else user.id)
