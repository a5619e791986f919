"""A fix that is done once its owner has confirmed it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from homeassistant.components.http.const import KEY_HASS_USER
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.helpers.http import current_request
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..api.commands import async_acting
from ..api.permissions import Actor, Deed
from ..building.building import Building, CourierAccessConfigEntry
from ..const import CONF_KEYS, CONF_OPENER, DOMAIN
from ..couriers.keys import StoredKey, prolonged
from ..hass.entities import entity_id_of
from .door import OPENER_SCHEMA, opened_by, opener_problem, openers_of_other_doors


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
        entry: CourierAccessConfigEntry | None = (
            self.hass.config_entries.async_get_entry(self._entry_id)
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


_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


type FixAction = Callable[[Building, Actor, str], Awaitable[None]]
"""Mends a building, as somebody, where the issue's subject is concerned."""


@dataclass(frozen=True, slots=True)
class FixPlan:
    """What a fix does, and the deed of the table of permissions that it is.

    `tell` returns what the form says of the subject beyond the issue's own words: only its owner reads the form. It
    raises AbortFlow where the subject is gone.
    """

    deed: Deed
    do: FixAction
    placeholders: Callable[[Building, str], Mapping[str, str]] = (
        lambda _building, _subject: _NOTHING
    )


class ConfirmedFix(BuildingFix):
    """Asks whether to go on, and does it."""

    def __init__(self, repair: FixPlan, entry_id: str, subject: str) -> None:
        """Offer a repair."""
        super().__init__(entry_id, subject)
        self._repair = repair

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
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
        placeholders = self._repair.placeholders(building, self._subject)
        return self.async_show_form(
            step_id="confirm",
            data_schema=vol.Schema({}),
            errors=errors,
            description_placeholders={
                **self._shown(),
                "now": f"{dt_util.now():%Y-%m-%d %H:%M}",
                **placeholders,
            },
        )


class KeysFix(BuildingFix):
    """Asks what becomes of the courier's old key."""

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask."""
        await self._keys()
        return self.async_show_menu(
            step_id="init",
            menu_options=["prolong", "end"],
            description_placeholders=self._shown(),
        )

    async def async_step_prolong(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Accept the old key for as long from now on as after a rotation."""
        return await self._keep(prolonged(await self._keys(), dt_util.utcnow()))

    async def async_step_end(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Accept the old key no more."""
        return await self._keep((await self._keys())[:1])

    async def _keys(self) -> Sequence[StoredKey]:
        """Return the courier's two keys.

        Raises:
            AbortFlow: it has them no more.

        """
        building, _ = await self._acting(Deed.REPAIR)
        courier = building.entry.subentries.get(self._subject)
        keys: Sequence[StoredKey] = () if courier is None else courier.data[CONF_KEYS]
        if len(keys) < 2:
            raise AbortFlow("not_there")
        return keys

    async def _keep(self, keys: Sequence[StoredKey]) -> RepairsFlowResult:
        building, _ = await self._acting(Deed.REPAIR)
        courier = building.entry.subentries[self._subject]
        self.hass.config_entries.async_update_subentry(
            building.entry, courier, data={**courier.data, CONF_KEYS: list(keys)}
        )
        return self.async_create_entry(data={})


class OpenerFix(BuildingFix):
    """Asks for another entity that opens the door, and takes it."""

    async def async_step_init(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Begin."""
        return await self.async_step_opener()

    async def async_step_opener(
        self, user_input: dict[str, str] | None = None
    ) -> RepairsFlowResult:
        """Ask for the entity, held against the same rules as when a door is added."""
        building, _ = await self._acting(Deed.REPAIR)
        door = building.entry.subentries.get(self._subject)
        if door is None:
            return self.async_abort(reason="not_there")
        errors: dict[str, str] = {}
        if user_input is not None:
            opener = entity_id_of(self.hass, user_input[CONF_OPENER])
            taken = openers_of_other_doors(self.hass, self._subject)
            problem = opener_problem(self.hass, opener, taken)
            if opener is not None and problem is None:
                self.hass.config_entries.async_update_subentry(
                    building.entry, door, data=opened_by(self.hass, door.data, opener)
                )
                return self.async_create_entry(data={})
            errors = {} if problem is None else {CONF_OPENER: problem}
        return self.async_show_form(
            step_id="opener",
            data_schema=self.add_suggested_values_to_schema(OPENER_SCHEMA, user_input),
            errors=errors,
            description_placeholders=self._shown(),
        )
