"""The fix of a door that has lost what opens it: its owner chooses another opener."""

from homeassistant.components.repairs import RepairsFlowResult

from ..api.permissions import Deed
from ..const import CONF_OPENER
from ..hass.entities import entity_id_of
from .building_fix import BuildingFix
from .opener import OPENER_SCHEMA, opened_by, opener_fault, openers_of_other_doors


class OpenerFix(BuildingFix):
    """Asks for another entity that opens the door, and takes it."""

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
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
            fault = opener_fault(self.hass, opener, taken)
            if opener is not None and fault is None:
                self.hass.config_entries.async_update_subentry(
                    building.entry, door, data=opened_by(self.hass, door.data, opener)
                )
                return self.async_create_entry(data={})
            errors = {} if fault is None else {CONF_OPENER: fault}
        return self.async_show_form(
            step_id="opener",
            data_schema=self.add_suggested_values_to_schema(OPENER_SCHEMA, user_input),
            errors=errors,
            description_placeholders=self._shown(),
        )
