"""Form for the lobby notice and its page."""

from collections.abc import Mapping
from typing import Any, Final

from homeassistant.core import HomeAssistant
from homeassistant.helpers.selector import (
    BooleanSelector,
    LanguageSelector,
    LanguageSelectorConfig,
    TextSelector,
    TextSelectorConfig,
)
import voluptuous as vol

from ..building.building import CourierAccessConfigEntry
from ..const import CONF_LANGUAGE, CONF_LOBBY, CONF_OWNER_CONTACT, CONF_PAGE
from ..web.lobby import lobby_token, new_lobby_token
from .resident_details import RESIDENT_LANGUAGES

FIELD_CODE: Final = "code"
FIELD_REPLACE: Final = "replace"
MOST_CONTACT: Final = 160
MOST_CONTACT_LINES: Final = 4


def lobby_schema(hass: HomeAssistant, building: CourierAccessConfigEntry) -> vol.Schema:
    """Return the form with the current settings."""
    current: Mapping[str, Any] = building.options.get(CONF_LOBBY, {})
    own = hass.config.language
    language = current.get(
        CONF_LANGUAGE, own if own in RESIDENT_LANGUAGES else RESIDENT_LANGUAGES[0]
    )
    has_page = lobby_token(building) is not None
    fields: dict[vol.Marker, object] = {
        vol.Optional(
            CONF_OWNER_CONTACT,
            description={"suggested_value": current.get(CONF_OWNER_CONTACT, "")},
        ): TextSelector(TextSelectorConfig(multiline=True)),
        vol.Required(CONF_LANGUAGE, default=language): LanguageSelector(
            LanguageSelectorConfig(languages=list(RESIDENT_LANGUAGES), native_name=True)
        ),
        vol.Required(FIELD_CODE, default=has_page or not current): BooleanSelector(),
    }
    if has_page:
        fields[vol.Required(FIELD_REPLACE, default=False)] = BooleanSelector()
    return vol.Schema(fields)


def lobby_errors(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the errors by field."""
    contact = _contact(answers)
    too_long = (
        len(contact) > MOST_CONTACT or len(contact.splitlines()) > MOST_CONTACT_LINES
    )
    return {CONF_OWNER_CONTACT: "contact_long"} if too_long else {}


def lobby_settings(
    building: CourierAccessConfigEntry, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the settings; without a code, the page's address is deleted."""
    token = None if answers.get(FIELD_REPLACE) else lobby_token(building)
    return {
        CONF_OWNER_CONTACT: _contact(answers),
        CONF_LANGUAGE: answers[CONF_LANGUAGE],
        CONF_PAGE: (token or new_lobby_token()) if answers[FIELD_CODE] else None,
    }


def _contact(answers: Mapping[str, Any]) -> str:
    lines = (line.strip() for line in answers.get(CONF_OWNER_CONTACT, "").splitlines())
    return "\n".join(line for line in lines if line)
