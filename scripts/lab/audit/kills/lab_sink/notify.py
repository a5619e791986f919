"""One notify entity for each reader."""

from aiohttp import ClientError, ClientTimeout
from homeassistant.components.notify import NotifyEntity
from homeassistant.config_entries import ConfigEntry
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback


async def async_setup_entry(
    hass: HomeAssistant,
    entry: ConfigEntry,
    async_add_entities: AddConfigEntryEntitiesCallback,
) -> None:
    """Add the entities."""
    async_add_entities(
        SinkEntity(entry.data["url"], name) for name in entry.data["readers"]
    )


class SinkEntity(NotifyEntity):
    """Hands a reader's notifications to the sink."""

    def __init__(self, url: str, reader: str) -> None:
        """Prepare the entity of a reader."""
        self._url = f"{url}/to/{reader}"
        self._attr_name = reader
        self._attr_unique_id = f"sink_{reader}"

    async def async_send_message(self, message: str, title: str | None = None) -> None:
        """Hand a notification over.

        Raises:
            HomeAssistantError: the sink did not take it.

        """
        session = async_get_clientsession(self.hass)
        try:
            async with session.post(
                self._url,
                json={"message": message, "title": title},
                timeout=ClientTimeout(5),
            ) as answer:
                status = answer.status
        except (ClientError, TimeoutError) as err:
            raise HomeAssistantError("the sink can't be reached") from err
        if status != 200:
            raise HomeAssistantError(f"the sink answered {status}")
