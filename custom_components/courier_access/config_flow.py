"""Config flow of a building."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, Final, override

from homeassistant.config_entries import (
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentryDataWithId,
    ConfigSubentryFlow,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from .building.building import CourierAccessConfigEntry
from .const import (
    CONF_DOOR_PAGES,
    CONF_HOUSEHOLD,
    CONF_NAME,
    DOMAIN,
    MINOR_VERSION,
    VERSION,
    Household,
    SubentryType,
)
from .entity import async_hide_from_neighbors
from .flows.courier import CourierFlow
from .flows.door import DoorFlow
from .flows.door_pages import first_door_page
from .flows.first_parts import (
    FIELD_ANOTHER,
    FIELD_COURIERS,
    FIELD_DOOR_PAGE,
    Home,
    courier_errors,
    courier_fields,
    couriers,
    door_errors,
    door_fields,
    first_door,
    home_fields,
)
from .flows.forms import Answers, FormFlow, choice, link_tags, name_problem
from .flows.observed import ObservedFlow
from .flows.options import BuildingOptionsFlow
from .flows.resident import ResidentFlow
from .web.door.sheet import SHEET_PATH
from .web.pages import async_owners_path

_FIELDS: Final[Mapping[vol.Marker, object]] = MappingProxyType(
    {
        vol.Required(CONF_NAME): TextSelector(),
        # The frontend preselects a required choice; this one protects privacy.
        vol.Required(CONF_HOUSEHOLD, default=Household.SEVERAL.value): choice(
            Household, CONF_HOUSEHOLD
        ),
    }
)


class BuildingFlow(
    FormFlow[ConfigFlowContext, ConfigFlowResult], ConfigFlow, domain=DOMAIN
):
    """Adds and reconfigures buildings."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    _building: Mapping[str, Any]
    _door: ConfigSubentryDataWithId
    _couriers: Sequence[str] = ()

    def __init__(self) -> None:
        """Start without homes."""
        self._homes: list[Home] = []

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: CourierAccessConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        return {
            SubentryType.DOOR: DoorFlow,
            SubentryType.OBSERVED: ObservedFlow,
            SubentryType.COURIER: CourierFlow,
            SubentryType.RESIDENT: ResidentFlow,
        }

    @staticmethod
    @callback
    @override
    def async_get_options_flow(
        config_entry: CourierAccessConfigEntry,
    ) -> BuildingOptionsFlow:
        return BuildingOptionsFlow()

    @override
    async def async_step_user(self, user_input: Answers = None) -> ConfigFlowResult:
        """Ask for the building and its first door."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._first_errors(user_input)
            if not errors:
                self._building = user_input
                self._door = first_door(self.hass, user_input)
                return self._create() if self._homes else self._ask_for_people()
        return self._ask_for_building(user_input, errors)

    async def async_step_people(self, user_input: Answers = None) -> ConfigFlowResult:
        """Ask for couriers and the residents of a home; both can wait."""
        if user_input is not None:
            if not self._homes:
                self._couriers = user_input.get(FIELD_COURIERS, ())
            home = Home.from_form(self.hass, user_input, self._homes)
            if errors := {**courier_errors(user_input), **home.errors}:
                return self._ask_for_people(user_input, errors)
            self._homes.append(home)
            if not user_input.get(FIELD_ANOTHER):
                return self._create()
        return self._ask_for_people()

    async def async_step_home(self, user_input: Answers = None) -> ConfigFlowResult:
        """Ask for the residents of another home."""
        return await self.async_step_people(user_input)

    async def async_step_reconfigure(
        self, user_input: Answers = None
    ) -> ConfigFlowResult:
        """Change the building's name and household type."""
        building = self._get_reconfigure_entry()
        others = [
            entry
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            if entry.entry_id != building.entry_id
        ]
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = _errors(user_input, others)
            if not errors:
                change = building.data[CONF_HOUSEHOLD], user_input[CONF_HOUSEHOLD]
                if change == (Household.ONE, Household.SEVERAL):
                    async_hide_from_neighbors(self.hass, building)
                return self.async_update_and_abort(
                    building,
                    title=user_input[CONF_NAME].strip(),
                    data_updates={CONF_HOUSEHOLD: user_input[CONF_HOUSEHOLD]},
                )
        return self._form(
            "reconfigure",
            _FIELDS,
            user_input or {CONF_NAME: building.title, **building.data},
            errors,
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Link to what comes next, which only a building has."""
        path = async_owners_path(self.hass, SHEET_PATH, result["result"].entry_id)
        result["description_placeholders"] = link_tags(path)
        return result

    def _create(self) -> ConfigFlowResult:
        """Create the building, unless its name or opener was taken meanwhile."""
        building, door = self._building, self._door
        if errors := self._first_errors(building):
            return self._ask_for_building(building, errors)
        residents = [home.residents(self.hass) for home in self._homes]
        options: dict[str, Any] = {}
        if building[FIELD_DOOR_PAGE]:
            page = first_door_page(self.hass, door["subentry_id"])
            options[CONF_DOOR_PAGES] = page
        return self.async_create_entry(
            title=building[CONF_NAME].strip(),
            data={CONF_HOUSEHOLD: building[CONF_HOUSEHOLD]},
            description="with_sheet" if options else None,
            options=options,
            subentries=[
                door,
                *couriers(self._couriers, door["subentry_id"]),
                *chain.from_iterable(residents),
            ],
        )

    def _first_errors(self, answers: Mapping[str, Any]) -> dict[str, str]:
        others = self.hass.config_entries.async_entries(DOMAIN)
        return _errors(answers, others) | door_errors(self.hass, answers)

    def _ask_for_building(
        self, suggestions: Mapping[str, Any] | None, errors: dict[str, str]
    ) -> ConfigFlowResult:
        """Ask for the building; people are only asked for once."""
        fields = {**_FIELDS, **door_fields()}
        is_last = bool(self._homes)
        return self._form("user", fields, suggestions, errors, last_step=is_last)

    def _ask_for_people(
        self, suggestions: Answers = None, errors: dict[str, str] | None = None
    ) -> ConfigFlowResult:
        is_first = not self._homes
        one = self._building[CONF_HOUSEHOLD] == Household.ONE
        fields = home_fields(self.hass, self._homes, one=one)
        if is_first:
            return self._form("people", courier_fields() | fields, suggestions, errors)
        return self._form("home", fields, suggestions, errors)


def _errors(
    answers: Mapping[str, Any], others: Iterable[CourierAccessConfigEntry]
) -> dict[str, str]:
    problem = name_problem(
        answers[CONF_NAME].strip(), (building.title for building in others)
    )
    return {CONF_NAME: problem} if problem else {}
