"""Config flow of a building."""

from collections.abc import Iterable, Mapping
from typing import Any, override

from homeassistant.config_entries import (
    SOURCE_USER,
    ConfigFlow,
    ConfigFlowResult,
    ConfigSubentryFlow,
    FlowType,
    SubentryFlowContext,
)
from homeassistant.core import callback
from homeassistant.helpers.selector import TextSelector
import voluptuous as vol

from .building.building import CourierAccessConfigEntry
from .const import CONF_HOUSEHOLD, CONF_NAME, DOMAIN, Household, SubentryType
from .entity import async_hide_from_neighbors
from .flows.courier import CourierFlow
from .flows.door import DoorFlow
from .flows.forms import Answers, choice, name_problem
from .flows.observed import ObservedFlow
from .flows.options import BuildingOptionsFlow
from .flows.resident import ResidentFlow

_SCHEMA = vol.Schema(
    {
        vol.Required(CONF_NAME): TextSelector(),
        # The frontend preselects a required choice; this one protects privacy.
        vol.Required(CONF_HOUSEHOLD, default=Household.SEVERAL.value): choice(
            Household, CONF_HOUSEHOLD
        ),
    }
)


class BuildingFlow(ConfigFlow, domain=DOMAIN):
    """Adds and reconfigures buildings."""

    VERSION = 1

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
        """Add a building."""
        others = self.hass.config_entries.async_entries(DOMAIN)
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = _errors(user_input, others)
            if not errors:
                return self.async_create_entry(
                    title=user_input[CONF_NAME].strip(),
                    data={CONF_HOUSEHOLD: user_input[CONF_HOUSEHOLD]},
                )
        return self._ask("user", user_input, errors)

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
        return self._ask(
            "reconfigure",
            user_input or {CONF_NAME: building.title, **building.data},
            errors,
        )

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Continue with the building's first door."""
        door_flow = await self.hass.config_entries.subentries.async_init(
            (result["result"].entry_id, SubentryType.DOOR),
            context=SubentryFlowContext(source=SOURCE_USER),
        )
        result["next_flow"] = (FlowType.CONFIG_SUBENTRIES_FLOW, door_flow["flow_id"])
        return result

    def _ask(
        self,
        step_id: str,
        suggestions: Mapping[str, Any] | None,
        errors: dict[str, str],
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(_SCHEMA, suggestions),
            errors=errors,
        )


def _errors(
    answers: Mapping[str, Any], others: Iterable[CourierAccessConfigEntry]
) -> dict[str, str]:
    problem = name_problem(
        answers[CONF_NAME].strip(), (building.title for building in others)
    )
    return {CONF_NAME: problem} if problem else {}
