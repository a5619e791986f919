"""The flow of a building."""

from collections.abc import Iterable, Mapping, Sequence
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
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .building_hours import hours_of, with_hours
from .const import (
    CONF_HOUSEHOLD,
    CONF_LOBBY,
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
from .flows.lobby import lobby_faults, lobby_schema, lobby_settings
from .flows.moving_out import FIELD_LEAVING, leaving_schema
from .flows.names import name_fault
from .flows.opened import link_tags
from .flows.resident import ResidentFlow
from .flows.resident_import import (
    FIELD_LIST,
    FIELD_MOVE_OUT,
    async_list_words,
    async_read_list,
    lines_by_problem,
    list_schema,
    summary,
    summary_schema,
)
from .flows.resident_plan import Plan, carry_out, plan
from .flows.resident_rows import CellWords
from .flows.resident_table import InvalidTable, Row
from .lobby import NOTICE_PATH
from .neighbours import async_hide_from_neighbours
from .owners_pages import async_owners_path
from .residents_list import PATH as LIST_PATH

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

    _rows: Sequence[Row]
    _words: CellWords
    _planned: Plan = Plan()

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
        options = ["details", "hours", "retention", "residents"]
        if self._get_reconfigure_entry().get_subentries_of_type(SubentryType.RESIDENT):
            options.append("move_out")
        options.append("lobby")
        return self.async_show_menu(step_id="reconfigure", menu_options=options)

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
                change = building.data[CONF_HOUSEHOLD], user_input[CONF_HOUSEHOLD]
                if change == (Household.ONE, Household.SEVERAL):
                    async_hide_from_neighbours(self.hass, building)
                return self.async_update_and_abort(
                    building,
                    title=user_input[CONF_NAME].strip(),
                    data_updates={CONF_HOUSEHOLD: user_input[CONF_HOUSEHOLD]},
                )
        return self._ask(
            "details", user_input or {CONF_NAME: building.title, **building.data}, errors
        )

    async def async_step_hours(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask for the building's hours, which only restrict those of residents."""
        building = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        window = ""
        suggestions: Mapping[str, Any] | None = user_input
        if user_input is None:
            suggestions = write_hours(hours_of(building.data))
        else:
            try:
                week = read_hours(user_input)
            except InvalidHours as invalid:
                errors[invalid.field], window = invalid.problem, invalid.window
            else:
                return self.async_update_and_abort(building, data=with_hours(building.data, week))
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

    async def async_step_residents(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Take a list of residents, which is looked through as a whole before anything is done."""
        errors: dict[str, str] = {}
        where = ""
        if user_input is not None:
            words = await async_list_words(self.hass)
            try:
                self._rows = await async_read_list(self.hass, user_input[FIELD_LIST], words)
            except InvalidTable as invalid:
                errors[FIELD_LIST], where = invalid.problem, invalid.where
            else:
                self._words = words.cells
                return await self.async_step_summary()
        return self.async_show_form(
            step_id="residents",
            data_schema=list_schema(),
            errors=errors,
            description_placeholders={
                **self._link(LIST_PATH),
                "where": where,
            },
            last_step=False,
        )

    async def async_step_faults(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Show all that is wrong with the list, and take another one."""
        if user_input is not None:
            return await self.async_step_residents(user_input)
        faults = self._planned.faults
        return self.async_show_form(
            step_id="faults",
            data_schema=list_schema(faults),
            description_placeholders={"count": str(len(faults)), **lines_by_problem(faults)},
            last_step=False,
        )

    async def async_step_summary(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Say what the list would change, and do it in one go once that is confirmed and still so."""
        building = self._get_reconfigure_entry()
        planned = plan(self.hass, building, self._rows, self._words, dt_util.now().date())
        is_confirmed = planned.outline == self._planned.outline
        self._planned = planned
        if planned.faults:
            return await self.async_step_faults()
        if not (planned.new or planned.changed or planned.missing):
            return self.async_abort(reason="nothing_new")
        if user_input is None or not is_confirmed:
            return self.async_show_form(
                step_id="summary",
                data_schema=summary_schema(planned),
                description_placeholders=summary(building, planned),
            )
        move_out = user_input.get(FIELD_MOVE_OUT, False)
        if not (planned.new or planned.changed or move_out):
            return self.async_abort(reason="nothing_new")
        carry_out(self.hass, building, planned, move_out=move_out)
        return self.async_abort(reason="residents_taken_in")

    async def async_step_move_out(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Let residents move out, all that are chosen in one go."""
        building = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            leaving = [each for each in user_input[FIELD_LEAVING] if each in building.subentries]
            for resident_id in leaving:
                self.hass.config_entries.async_remove_subentry(building, resident_id)
            if leaving:
                return self.async_abort(reason="moved_out")
            errors[FIELD_LEAVING] = "nobody_chosen"
        return self.async_show_form(
            step_id="move_out", data_schema=leaving_schema(building), errors=errors
        )

    async def async_step_lobby(self, user_input: dict[str, Any] | None = None) -> ConfigFlowResult:
        """Ask what the notice in the lobby says, and lead to it."""
        building = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = lobby_faults(user_input)
            if not errors:
                data = {**building.data, CONF_LOBBY: lobby_settings(building, user_input)}
                self.hass.config_entries.async_update_entry(building, data=data)
                return self.async_abort(
                    reason="lobby_ready", description_placeholders=self._link(NOTICE_PATH)
                )
        return self.async_show_form(
            step_id="lobby",
            data_schema=self.add_suggested_values_to_schema(
                lobby_schema(self.hass, building), user_input
            ),
            errors=errors,
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

    def _link(self, path: str) -> dict[str, str]:
        """Return the placeholders of a link to something of the building that its owner may open."""
        return link_tags(async_owners_path(self.hass, path, self._get_reconfigure_entry()))

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
