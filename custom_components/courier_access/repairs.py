"""Fix flows for repair issues."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Final

from homeassistant.components.repairs import RepairsFlow
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import AbortFlow

from .access.markup import in_markdown
from .api.commands import (
    async_accept_clock,
    async_confirm_keys,
    async_invite_again,
    async_retry_notifications,
    async_see_ledger_lost,
)
from .api.permissions import Actor, Permission
from .building.building import Building
from .flows.repairs import ConfirmedFix, FixAction, FixPlan, KeysFix, PartFix
from .hass.issues import ENTRY_ID, FIX, SUBJECT, Fix
from .notifications.targets import routes


def _for_building(action: Callable[[Building, Actor], Awaitable[None]]) -> FixAction:
    """Return an action that ignores the issue's subject."""
    return lambda building, actor, _subject: action(building, actor)


def _unreachable_view(building: Building, resident_id: str) -> Mapping[str, str]:
    addressee = building.directory.addressees.get(resident_id)
    if addressee is None:
        raise AbortFlow("not_there")
    led_to = [in_markdown(route.name) for route in routes(building.hass, addressee)]
    return {
        "resident": in_markdown(addressee.resident.name),
        "unit": in_markdown(addressee.resident.unit_label),
        "targets": ", ".join(led_to) or "-",
    }


def _undecided_view(building: Building, _subject: str) -> Mapping[str, str]:
    names = [
        building.residents[resident_id].name
        for resident_id in building.rulebook.undecided
    ]
    return {"residents": ", ".join(in_markdown(name) for name in names) or "-"}


REPAIRS: Final[Mapping[Fix, FixPlan]] = MappingProxyType(
    {
        Fix.CONFIRM_KEYS: FixPlan(
            Permission.CONFIRM_KEYS, _for_building(async_confirm_keys)
        ),
        Fix.ACCEPT_CLOCK: FixPlan(
            Permission.ACCEPT_CLOCK, _for_building(async_accept_clock)
        ),
        Fix.SEE_LEDGER_LOST: FixPlan(
            Permission.SEE_LEDGER_LOST, _for_building(async_see_ledger_lost)
        ),
        Fix.RETRY_NOTIFICATIONS: FixPlan(
            Permission.REPAIR, async_retry_notifications, _unreachable_view
        ),
        Fix.RESEND_INVITATIONS: FixPlan(
            Permission.REPAIR, _for_building(async_invite_again), _undecided_view
        ),
    }
)
"""Fixes that only need a confirmation; the others have their own flow."""


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    known = data or {}
    entry_id, subject = str(known[ENTRY_ID]), str(known[SUBJECT])
    match fix := Fix(str(known[FIX])):
        case Fix.CHOOSE_OPENER | Fix.CHOOSE_SOURCE:
            return PartFix(entry_id, subject)
        case Fix.MANAGE_OLD_KEY:
            return KeysFix(entry_id, subject)
        case _:
            return ConfirmedFix(REPAIRS[fix], entry_id, subject)
