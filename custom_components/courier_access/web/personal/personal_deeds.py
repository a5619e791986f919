"""What the holder of a personal link does on their page, as any actor does it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import assert_never

from homeassistant.exceptions import ServiceValidationError

from ...access.model import Consent, Resident, Rules
from ...api.commands import (
    async_change_rules,
    async_pause,
    async_renew_link,
    async_resume,
    async_veto_grant,
)
from ...api.permissions import link_holder
from ...building.building import Building
from .form import Asked
from .view import Do, Said


@dataclass(frozen=True, slots=True)
class Done:
    """What the page says of it; `token` is the link's new one where it was replaced."""

    said: Said
    token: str | None = None


async def async_do(building: Building, resident: Resident, asked: Asked) -> Done:
    """Do what the holder of a resident's link asks; what can't be is said.

    Raises:
        HomeAssistantError: the ledger can't be written.

    """
    actor = link_holder(resident)
    token = None
    try:
        match asked.do:
            case Do.VETO:
                assert asked.key is not None
                await async_veto_grant(building, actor, asked.key, resident.unit)
            case Do.PAUSE_UNIT:
                await async_pause(building, actor, resident.unit)
            case Do.RESUME_UNIT:
                await async_resume(building, actor, resident.unit)
            case Do.PAUSE_BUILDING:
                await async_pause(building, actor)
            case Do.RESUME_BUILDING:
                await async_resume(building, actor)
            case Do.GIVE_CONSENT if not asked.agreed:
                return Done(Said.NOT_AGREED)
            case Do.GIVE_CONSENT:
                await async_change_rules(building, actor, resident, _saying(Consent.GIVEN))
            case Do.WITHDRAW_CONSENT:
                await async_change_rules(building, actor, resident, _saying(Consent.WITHDRAWN))
            case Do.RENEW_LINK:
                token = await async_renew_link(building, actor, resident)
            case _ as unknown:
                assert_never(unknown)
    except ServiceValidationError:
        return Done(Said.NOT_POSSIBLE)
    return Done(Said(asked.do), token)


def _saying(consent: Consent) -> Callable[[Rules], Rules]:
    return lambda rules: replace(rules, consent=consent)
