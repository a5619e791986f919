"""The fix of a courier that does not use its new key: the old one is accepted for longer, or ended."""

from collections.abc import Sequence

from homeassistant.components.repairs import RepairsFlowResult
from homeassistant.data_entry_flow import AbortFlow
from homeassistant.util import dt as dt_util

from ..api.permissions import Deed
from ..const import CONF_KEYS
from ..couriers.keys import StoredKey, prolonged
from .building_fix import BuildingFix


class KeysFix(BuildingFix):
    """Asks what becomes of the courier's old key."""

    async def async_step_init(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
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

    async def async_step_end(self, user_input: dict[str, str] | None = None) -> RepairsFlowResult:
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
