"""Actions, triggers and conditions are described as Home Assistant's editors show them, in every language."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    condition,
    config_validation as cv,
    selector,
    service,
    trigger,
)
import pytest
import voluptuous as vol

from custom_components.courier_access.const import DOMAIN
from scripts.lab.places import INTEGRATION
from tests.support.house import build

from .files import LANGUAGES, read_json, read_yaml, taken, texts

type Described = Mapping[str, Any]
type Descriptions = Callable[[HomeAssistant], Awaitable[Described]]


async def actions(hass: HomeAssistant) -> Described:
    return (await service.async_get_all_descriptions(hass))[DOMAIN]


def automations(all_descriptions: Descriptions) -> Descriptions:
    async def ours(hass: HomeAssistant) -> Described:
        prefix = f"{DOMAIN}."
        return {
            name.removeprefix(prefix): described
            for name, described in (await all_descriptions(hass)).items()
            if name.startswith(prefix)
        }

    return ours


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be described: where it is, and as what Home Assistant shows it."""

    section: str
    shown: Descriptions

    @property
    def file(self) -> Path:
        """Where it is described; there may be none of its kind."""
        return INTEGRATION / f"{self.section}.yaml"

    @property
    def written(self) -> dict[str, Any]:
        """What is described, by its name; what begins with a dot is there to be referred to."""
        read = read_yaml(self.file) if self.file.exists() else {}
        return {name: described for name, described in read.items() if name[0] != "."}


KINDS = [
    Kind("services", actions),
    Kind("triggers", automations(trigger.async_get_all_descriptions)),
    Kind("conditions", automations(condition.async_get_all_descriptions)),
]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.section)


def something(value: object) -> object:
    if value is None:
        raise vol.Invalid("is empty")
    return value


FIELD = {
    "required": True,
    "example": something,
    "default": something,
    vol.Required("selector"): selector.validate_selector,
    "context": {str: str},
}
SCHEMA = vol.Schema(
    {
        cv.underscore_slug: {
            "target": selector.TargetSelector.CONFIG_SCHEMA,
            "fields": {
                cv.slug: vol.Any(
                    FIELD, {"collapsed": bool, vol.Required("fields"): {cv.slug: FIELD}}
                )
            },
        }
    }
)


def fields(described: Described) -> Iterator[tuple[str, Described]]:
    """Return the fields of what is described, those of sections too."""
    for name, field in described.get("fields", {}).items():
        if "fields" in field:
            yield from field["fields"].items()
        else:
            yield name, field


@each_kind
def test_it_is_described_in_the_form_that_editors_read(kind: Kind) -> None:
    SCHEMA(kind.written)


WRONG: list[dict[str, Any]] = [
    {"fields": {"unit": {"selector": {"txt": {}}}}},
    {"fields": {"unit": {"required": "yes", "selector": {"text": {}}}}},
    {"fields": {"unit": {"example": None, "selector": {"text": {}}}}},
    {"fields": {"unit": {"required": True}}},
    {"fields": {"unit": {"requierd": True, "selector": {"text": {}}}}},
    {"description": "Words belong to the translations."},
]


def test_what_is_wrong_would_be_seen() -> None:
    assert taken(SCHEMA, [{"pause": each} for each in WRONG]) == []


@each_kind
async def test_home_assistant_shows_all_that_is_described(
    hass: HomeAssistant, kind: Kind
) -> None:
    await build(hass)
    shown = await kind.shown(hass)
    assert shown.keys() == kind.written.keys()
    for name, described in kind.written.items():
        assert shown[name]["fields"].keys() == described.get("fields", {}).keys(), name


@each_kind
def test_it_has_its_words_and_none_is_left_over(kind: Kind) -> None:
    for language in LANGUAGES:
        said = texts(language)
        told = said.get(kind.section, {})
        assert told.keys() == kind.written.keys(), language
        for name, described in kind.written.items():
            named = told[name].get("fields", {}).keys()
            assert named == dict(fields(described)).keys(), (language, name)
            for field, shape in fields(described):
                for chosen in shape["selector"].values():
                    if key := (chosen or {}).get("translation_key"):
                        options = said["selector"][key]["options"].keys()
                        assert options == set(chosen["options"]), (language, field)


@each_kind
def test_it_has_its_icon_and_none_is_left_over(kind: Kind) -> None:
    icons = read_json(INTEGRATION / "icons.json")
    assert icons.get(kind.section, {}).keys() == kind.written.keys()
