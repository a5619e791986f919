"""A fix that is done once its owner has confirmed it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.repairs import RepairsFlowResult
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..api.permissions import Actor, Deed
from ..building.building import Building
from .building_fix import BuildingFix

_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


type Mend = Callable[[Building, Actor, str], Awaitable[None]]
"""Mends a building, as somebody, where the issue's subject is concerned."""


@dataclass(frozen=True, slots=True)
class Repair:
    """What a fix does, and the deed of the table of permissions that it is.

    `tell` returns what the form says of the subject beyond the issue's own words: only its owner reads the form. It
    raises AbortFlow where the subject is gone.
    """

    deed: Deed
    do: Mend
    tell: Callable[[Building, str], Mapping[str, str]] = lambda _building, _subject: _NOTHING


class ConfirmedFix(BuildingFix):
    """Asks whether to go on, and does it."""

    def __init__(self, repair: Repair, entry_id: str, subject: str) -> None:
        """Offer a repair."""
        super().__init__(entry_id, subject)
        self._repair = repair

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_confirm()

    async def async_step_confirm(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Say what would be done, and do it once that is confirmed."""
        building, actor = await self._acting(self._repair.deed)
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._repair.do(building, actor, self._subject)
            except HomeAssistantError as err:
                errors["base"] = err.translation_key or "failed"
            else:
                return self.async_create_entry(data={})
        told = self._repair.tell(building, self._subject)
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders={
                **self._shown(),
                "now": f"{dt_util.now():%Y-%m-%d %H:%M}",
                **told,
            },
        )
