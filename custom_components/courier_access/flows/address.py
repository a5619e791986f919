"""The address that a courier sends to, shown as a field to copy."""

from homeassistant.components import webhook
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig
import voluptuous as vol
from yarl import URL

FIELD_HTTPS = "webhook_url"
FIELD_NOT_HTTPS = "webhook_url_not_https"
FIELD_PATH = "webhook_path"


def address_field(hass: HomeAssistant, webhook_id: str) -> dict[vol.Marker, object]:
    """Return a read-only field with the webhook's address, as outsiders reach it.

    The field's name says what the address is worth, so that its label and description warn in the
    reader's language: not https, or only a path where Home Assistant knows no address of its own.
    """
    try:
        address = webhook.async_generate_url(hass, webhook_id)
    except NoURLAvailableError:
        name, address = FIELD_PATH, webhook.async_generate_path(webhook_id)
    else:
        name = FIELD_HTTPS if URL(address).scheme == "https" else FIELD_NOT_HTTPS
    return {vol.Optional(name, default=address): TextSelector(TextSelectorConfig(read_only=True))}
