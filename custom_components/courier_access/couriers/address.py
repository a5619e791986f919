"""The addresses that a courier may send to, shown to be copied."""

from dataclasses import dataclass
from typing import Self

from homeassistant.components import webhook
from homeassistant.core import HomeAssistant
from homeassistant.helpers.network import NoURLAvailableError
from homeassistant.helpers.selector import TextSelector, TextSelectorConfig
import voluptuous as vol
from yarl import URL

from .addresses import async_cloudhook

FIELD_CLOUD = "webhook_url_cloud"
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


@dataclass(frozen=True, slots=True)
class Addresses:
    """What a courier may be given: Home Assistant's own address, and the one through Home Assistant Cloud.

    The own one is left out where it is not https and the other can be had.
    """

    shown: tuple[Address, ...]

    @classmethod
    async def of_webhook(cls, hass: HomeAssistant, webhook_id: str) -> Self:
        """Return the addresses that there are now; one through Home Assistant Cloud is made for it."""
        own = Address.of_webhook(hass, webhook_id)
        if (url := await async_cloudhook(hass, webhook_id)) is None:
            return cls((own,))
        cloud = Address(url, FIELD_CLOUD)
        return cls((own, cloud) if own.field_name == FIELD_HTTPS else (cloud,))

    @property
    def text(self) -> str:
        """All of them, as they stand in a step's text."""
        return "\n\n".join(f"`{address.text}`" for address in self.shown)

    @property
    def fields(self) -> dict[vol.Marker, object]:
        """The read-only fields that show them."""
        read_only = TextSelector(TextSelectorConfig(read_only=True))
        return {
            vol.Optional(address.field_name, default=address.text): read_only
            for address in self.shown
        }

    @property
    def has_own(self) -> bool:
        """Whether Home Assistant's own address can be given out."""
        return any(address.field_name == FIELD_HTTPS for address in self.shown)

    @property
    def only_through_cloud(self) -> str | None:
        """The address through Home Assistant Cloud, where no other was shown."""
        return next(
            (
                each.text
                for each in self.shown
                if each.field_name == FIELD_CLOUD and not self.has_own
            ),
            None,
        )
