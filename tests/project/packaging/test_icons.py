"""Every icon is one that the front end has, at a place where it looks for one."""

import json
from pathlib import Path
from typing import Any

import hass_frontend
import voluptuous as vol

from scripts.lab.places import INTEGRATION

from .files import by_slug, read_json, taken

ICONS = read_json(INTEGRATION / "icons.json")
DRAWN = {
    f"mdi:{drawn['name']}"
    for drawn in json.loads(
        (Path(hass_frontend.where()) / "static" / "mdi" / "iconList.json").read_text()
    )
}


def drawn(value: object) -> str:
    if value not in DRAWN:
        raise vol.Invalid(f"{value} is not of the front end's icons")
    return str(value)


BY_STATE = {vol.Required("default"): drawn, "state": by_slug(drawn)}
SCHEMA = vol.Schema(
    {
        "entity": by_slug(by_slug(BY_STATE | {"state_attributes": by_slug(BY_STATE)})),
        "services": by_slug(
            {vol.Required("service"): drawn, "sections": by_slug(drawn)},
        ),
        "triggers": by_slug({vol.Required("trigger"): drawn}),
        "conditions": by_slug({vol.Required("condition"): drawn}),
    }
)


def test_every_icon_is_there_and_at_its_place() -> None:
    SCHEMA(ICONS)


WRONG: list[dict[str, Any]] = [
    {"entities": {}},
    {"services": {"pause": "mdi:pause"}},
    {"services": {"pause": {"service": "mdi:pawse"}}},
    {"services": {"pause": {"service": "pause"}}},
    {"entity": {"lock": {"door": {"state": {"on": "mdi:lock"}}}}},
]


def test_what_is_wrong_would_be_seen() -> None:
    assert taken(SCHEMA, [ICONS | each for each in WRONG]) == []
