"""Takes the sink's address and readers over from YAML."""

from typing import Any

from homeassistant.config_entries import ConfigFlow, ConfigFlowResult


class SinkFlow(ConfigFlow, domain="lab_sink"):
    """The flow behind YAML."""

    async def async_step_import(self, data: dict[str, Any]) -> ConfigFlowResult:
        """Make the one entry."""
        await self.async_set_unique_id("sink")
        self._abort_if_unique_id_configured()
        return self.async_create_entry(title="Sink", data=data)
