"""The address that a courier sends to, shown to be copied."""

from dataclasses import dataclass
from typing import Self

from homeassistant.components import webhook
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig
import voluptuous as vol
from yarl import URL

FIELD_HTTPS = "webhook_url"
FIELD_NOT_HTTPS = "webhook_url_not_https"
FIELD_PATH = "webhook_path"


@dataclass(frozen=True, slots=True)
class Address:
    """A webhook's address as outsiders reach it, and the name of the field that shows it.

    The field's name says what the address is worth, so that its label and description warn in the
    reader's language: not https, or only a path where Home Assistant knows no address of its own.
    """

    text: str
    field_name: str

    @classmethod
    def of_webhook(cls, hass: HomeAssistant, webhook_id: str) -> Self:
        """Return the address as Home Assistant knows it now."""
        try:
            address = webhook.async_generate_url(hass, webhook_id)
        except NoURLAvailableError:
            return cls(webhook.async_generate_path(webhook_id), FIELD_PATH)
        return cls(address, FIELD_HTTPS if URL(address).scheme == "https" else FIELD_NOT_HTTPS)

    @property
    def field(self) -> dict[vol.Marker, object]:
        """The read-only field that shows it."""
        return {
            vol.Optional(self.field_name, default=self.text): TextSelector(
                TextSelectorConfig(read_only=True)
            )
        }
