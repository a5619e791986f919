"""The flow of a building."""

from collections.abc import Iterable, Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    FlowType,
    SubentryFlowContext,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from .access.schedule import WeekSchedule
from .const import (
    CONF_BUILDING_HOURS,
    CONF_HOUSEHOLD,
    CONF_NAME,
    CONF_RETENTION_DAYS,
    DEFAULT_RETENTION_DAYS,
    DOMAIN,
    MAX_RETENTION_DAYS,
    MIN_RETENTION_DAYS,
    Household,
    SubentryType,
)
from .flows.courier import CourierFlow
from .flows.door import DoorFlow
from .flows.hours import InvalidHours, hours_fields, read_hours, write_hours
from .flows.names import name_fault
from .flows.resident import ResidentFlow

_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        # The front end preselects a required choice: then the one that keeps neighbours apart.
        vol.Required(CONF_HOUSEHOLD, default=Household.SEVERAL.value): SelectSelector(
            SelectSelectorConfig(
                options=[household.value for household in Household],
                mode=SelectSelectorMode.LIST,
                translation_key=CONF_HOUSEHOLD,
            )
        ),
    }
)


_RETENTION_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_RETENTION_DAYS, default=DEFAULT_RETENTION_DAYS): vol.All(
            NumberSelector(
                NumberSelectorConfig(
                    min=MIN_RETENTION_DAYS,
                    max=MAX_RETENTION_DAYS,
                    mode=NumberSelectorMode.BOX,
                    unit_of_measurement="d",
                )
            ),
            vol.Coerce(int),
        )
    }
)


class BuildingFlow(ConfigFlow, domain=DOMAIN):
    """Adds and changes a building; there may be several."""

    VERSION = 1

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: ConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        """Return what a building is made of."""
        return {
            SubentryType.DOOR: DoorFlow,
            SubentryType.COURIER: CourierFlow,
            SubentryType.RESIDENT: ResidentFlow,
        }

    @override
    async def async_step_user(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for a new building."""
        others = self.hass.config_entries.async_entries(DOMAIN)
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = _faults(user_input, others)
            if not errors:
                return self.async_create_entry(
                    title=user_input[CONF_NAME].strip(),
                    data={CONF_HOUSEHOLD: user_input[CONF_HOUSEHOLD]},
                )
        return self._ask("user", user_input, errors)

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Offer what can be changed of the building itself."""
        return self.async_show_menu(
            step_id="reconfigure", menu_options=["details", "hours", "retention"]
        )

    async def async_step_details(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask what the building is called, and who lives in it, from now on."""
        building = self._get_reconfigure_entry()
        others = [
            entry
            for entry in self.hass.config_entries.async_entries(DOMAIN)
            if entry.entry_id != building.entry_id
        ]
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = _faults(user_input, others)
            if not errors:
                return self.async_update_and_abort(
                    building,
                    title=user_input[CONF_NAME].strip(),
                    data_updates={CONF_HOUSEHOLD: user_input[CONF_HOUSEHOLD]},
                )
        return self._ask(
            "details", user_input or {CONF_NAME: building.title, **building.data}, errors
        )

    async def async_step_hours(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask at which hours couriers may come at all; these only restrict (design, *Rules and schedules*)."""
        building = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        window = ""
        suggestions: Mapping[str, Any] | None = user_input
        if user_input is None:
            recorded = building.data.get(CONF_BUILDING_HOURS, {})
            suggestions = write_hours(WeekSchedule.from_mapping(recorded))
        else:
            try:
                week = read_hours(user_input)
            except InvalidHours as invalid:
                errors[invalid.field], window = invalid.problem, invalid.window
            else:
                data = {**building.data, CONF_BUILDING_HOURS: week.to_mapping()}
                if week.is_empty:
                    del data[CONF_BUILDING_HOURS]
                return self.async_update_and_abort(building, data=data)
        return self.async_show_form(
            step_id="hours",
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(hours_fields()), suggestions
            ),
            errors=errors,
            description_placeholders={"window": window},
        )

    async def async_step_retention(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for how many days what is personal is kept (promise 7)."""
        building = self._get_reconfigure_entry()
        if user_input is not None:
            return self.async_update_and_abort(building, data_updates=user_input)
        return self.async_show_form(
            step_id="retention",
            data_schema=self.add_suggested_values_to_schema(_RETENTION_SCHEMA, building.data),
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Go on with the building's first door."""
        door_flow = await self.hass.config_entries.subentries.async_init(
            (result["result"].entry_id, SubentryType.DOOR),
            context=SubentryFlowContext(source=SOURCE_USER),
        )
        result["next_flow"] = (FlowType.CONFIG_SUBENTRIES_FLOW, door_flow["flow_id"])
        return result

    def _ask(
        self, step_id: str, suggestions: Mapping[str, Any] | None, errors: dict[str, str]
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, suggestions),
            errors=errors,
        )


def _faults(answers: Mapping[str, Any], others: Iterable[ConfigEntry]) -> dict[str, str]:
    fault = name_fault(answers[CONF_NAME].strip(), (building.title for building in others))
    return {CONF_NAME: fault} if fault else {}
