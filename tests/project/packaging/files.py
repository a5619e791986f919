"""The files in which the integration describes itself, as they are read here."""

from collections.abc import Iterable
import json
from pathlib import Path
from typing import Any

from homeassistant.helpers import config_validation as cv
import voluptuous as vol
import yaml

from custom_components.courier_access.const import BRITISH
from scripts.lab.places import INTEGRATION

LANGUAGES = sorted(
    path.stem
    for path in (INTEGRATION / "translations").glob("*.json")
    if path.stem != BRITISH
)


def read_json(path: Path) -> dict[str, Any]:
    """Read an object in which no key stands twice."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        assert len(set(keys)) == len(keys), (path.name, keys)
        return dict(pairs)

    read: dict[str, Any] = json.loads(path.read_text("utf-8"), object_pairs_hook=once)
    return read


def read_yaml(path: Path) -> dict[str, Any]:
    """Read an object."""
    read: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return read


def texts(language: str) -> dict[str, Any]:
    """Read what the integration says in a language."""
    return read_json(INTEGRATION / "translations" / f"{language}.json")


def taken(schema: vol.Schema, wrong: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what a schema takes though it is wrong."""

    def is_taken(one: dict[str, Any]) -> bool:
        try:
            schema(one)
        except vol.Invalid:
            return False
        return True

    return [one for one in wrong if is_taken(one)]


def by_slug(value: Any) -> Any:
    """Return a schema of an object whose keys are slugs; `_` may lead where Home Assistant names the main one so."""
    return vol.All(vol.Schema({cv.underscore_slug: value}), vol.Length(min=1))
