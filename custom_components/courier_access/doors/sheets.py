"""The sheets at doors: a page's address, and the characters that go with pass links."""

from collections.abc import Mapping
from dataclasses import dataclass
import secrets
from typing import Any, Final, Self

from homeassistant.config_entries import ConfigEntry

from ..access.codes import LETTERS
from ..const import CONF_DOOR_PAGES, CONF_DOORS, CONF_PAGE, CONF_SIGN, SubentryType

_TOKEN_BYTES: Final = 16
_SIGN_LENGTH: Final = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet at a door shows: its page's token, and the characters."""

    page: str
    sign: str

    @classmethod
    def new(cls) -> Self:
        """Return a sheet that no door has had."""
        sign = "".join(secrets.choice(LETTERS) for _ in range(_SIGN_LENGTH))
        return cls(secrets.token_urlsafe(_TOKEN_BYTES), sign)

    def to_mapping(self) -> dict[str, str]:
        """Return the sheet as the options have it."""
        return {CONF_PAGE: self.page, CONF_SIGN: self.sign}


def sheets_of(entry: ConfigEntry[Any]) -> dict[str, Sheet]:
    """Return the sheets of a building by their doors' IDs; removed doors have none."""
    kept = _kept(entry)
    return {
        door_id: Sheet(kept[door_id][CONF_PAGE], kept[door_id][CONF_SIGN])
        for door in entry.get_subentries_of_type(SubentryType.DOOR)
        if (door_id := door.subentry_id) in kept
    }


def without_removed_doors(entry: ConfigEntry[Any]) -> dict[str, Any]:
    """Return the building's options without the sheets of removed doors."""
    options, sheets = dict(entry.options), sheets_of(entry)
    if _kept(entry).keys() - sheets:
        options[CONF_DOOR_PAGES] = {
            **options[CONF_DOOR_PAGES],
            CONF_DOORS: {key: sheet.to_mapping() for key, sheet in sheets.items()},
        }
    return options


def _kept(entry: ConfigEntry[Any]) -> Mapping[str, Mapping[str, str]]:
    kept: Mapping[str, Mapping[str, str]]
    kept = entry.options.get(CONF_DOOR_PAGES, {}).get(CONF_DOORS, {})
    return kept
