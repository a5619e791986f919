"""Every text stands where Home Assistant looks for it, and is one that its front end and translators can take."""

from collections.abc import Iterator
import re
from string import Formatter
from typing import Any

from homeassistant.helpers import config_validation as cv
import voluptuous as vol

from custom_components.courier_access.const import (
    DRIVERS_LANGUAGES,
    ONLY_DRIVERS_LANGUAGES,
    RESIDENT_LANGUAGES,
)
from scripts.lab.places import INTEGRATION, ROOT

from .files import LANGUAGES, by_slug, read_json, read_yaml, taken, texts

LEAST_WORDS = 4
"""Shorter ones may be the same in two languages."""


def text(value: object) -> str:
    """Check a text: no markup of pages, no addresses, no spaces around it, no odd placeholders."""
    told = cv.string_with_no_html(value)
    if told != told.strip() or not told:
        raise vol.Invalid("is empty, or begins or ends with a space")
    if "://" in told or "www." in told:
        raise vol.Invalid("holds an address, which is to be a placeholder")
    if "[%" in told or "%]" in told:
        raise vol.Invalid(
            "refers to another text, which works in Home Assistant's own repository only"
        )
    if "'{" in told or "}'" in told:
        raise vol.Invalid(
            "has a single quote before or after a placeholder, which hides it"
        )
    for field in placeholders(told):
        if not field.isidentifier():
            raise vol.Invalid(f"{{{field}}} is no placeholder")
    return told


def fixed(value: object) -> str:
    """Check a text that is shown as it is."""
    told = text(value)
    if any(placeholders(told)):
        raise vol.Invalid("holds a placeholder where none is filled in")
    return told


def placeholders(told: str) -> Iterator[str]:
    return (field for _, field, _, _ in Formatter().parse(told) if field is not None)


FIELD = {vol.Required("name"): text, "description": text, "example": text}
FIELDS = by_slug(FIELD)
DESCRIBED = {
    vol.Required("name"): text,
    vol.Required("description"): text,
    "fields": FIELDS,
}
STEP = {
    "title": text,
    "description": text,
    "data": by_slug(text),
    "data_description": by_slug(text),
    "menu_options": by_slug(text),
    "menu_option_descriptions": by_slug(text),
    "sections": by_slug(
        {
            "name": text,
            "description": text,
            "data": by_slug(text),
            "data_description": by_slug(text),
        }
    ),
    "submit": text,
}


def descriptions_have_their_fields(flow: dict[str, Any]) -> dict[str, Any]:
    for step_id, step in flow["step"].items():
        for part in (step, *step.get("sections", {}).values()):
            if (
                not part.get("data_description", {}).keys()
                <= part.get("data", {}).keys()
            ):
                raise vol.Invalid(f"{step_id} describes a field without a name")
    return flow


def flow(more: dict[object, object]) -> Any:
    """Return the schema of a flow's texts."""
    return vol.All(
        vol.Schema(
            {
                vol.Required("step"): by_slug(STEP),
                "error": by_slug(text),
                "abort": by_slug(text),
                "progress": by_slug(text),
                "create_entry": by_slug(text),
            }
            | more
        ),
        descriptions_have_their_fields,
    )


def told_or_mended(issue: dict[str, Any]) -> dict[str, Any]:
    if ("description" in issue) == ("fix_flow" in issue):
        raise vol.Invalid("has to have either a description or a way to mend it")
    return issue


ISSUE = vol.All(
    vol.Schema(
        {vol.Required("title"): text, "description": text, "fix_flow": flow({})}
    ),
    told_or_mended,
)
ATTRIBUTE = {"name": fixed, "state": by_slug(fixed)}
SCHEMA = vol.Schema(
    {
        "title": text,
        "common": {cv.slug: text},
        "config": flow(
            {"flow_title": text, "initiate_flow": {vol.Required("user"): text}}
        ),
        "config_subentries": by_slug(
            flow(
                {
                    vol.Required("entry_type"): text,
                    vol.Required("initiate_flow"): by_slug(text),
                }
            )
        ),
        "options": flow({}),
        "selector": by_slug(
            {
                vol.Any("options", "choices", "unit_of_measurement"): by_slug(text),
                "fields": by_slug(DESCRIBED),
            }
        ),
        "device": by_slug({"name": text}),
        "entity": by_slug(
            by_slug(
                {
                    "name": text,
                    "state": by_slug(fixed),
                    "state_attributes": by_slug(ATTRIBUTE),
                    "unit_of_measurement": fixed,
                }
            )
        ),
        "exceptions": by_slug({vol.Required("message"): text}),
        "issues": by_slug(ISSUE),
        "services": by_slug(
            DESCRIBED
            | {
                "fields": by_slug({vol.Required("description"): text} | FIELD),
                "sections": by_slug({vol.Required("name"): text, "description": text}),
            }
        ),
        "triggers": by_slug(DESCRIBED),
        "conditions": by_slug(DESCRIBED),
        "system_health": {"info": by_slug(text)},
    }
)


def test_every_text_is_of_a_kind_that_home_assistant_knows() -> None:
    for language in LANGUAGES:
        try:
            SCHEMA(texts(language))
        except vol.Invalid as error:
            raise AssertionError(language) from error


WRONG: list[dict[str, Any]] = [
    {"entitys": {}},
    {"device": {"Unit": {"name": "Unit"}}},
    {"device": {"unit": {"name": "Unit "}}},
    {"device": {"unit": {"name": "<b>Unit</b>"}}},
    {"device": {"unit": {"name": "see https://example.com"}}},
    {"device": {"unit": {"name": "[%key:common::unit%]"}}},
    {"device": {"unit": {"name": "'{unit}'"}}},
    {"device": {"unit": {"name": "{a unit}"}}},
    {"entity": {"lock": {"door": {"state": {"on": "{unit}"}}}}},
    {"issues": {"gone": {"title": "Gone"}}},
    {"triggers": {"let_in": {"name": "Let in"}}},
    {
        "services": {
            "pause": {
                "name": "Pause",
                "description": "Pauses",
                "fields": {"unit": {"name": "Unit"}},
            }
        }
    },
    {"options": {"step": {"init": {"data_description": {"unit": "Where"}}}}},
]


def test_what_is_wrong_would_be_seen() -> None:
    assert taken(SCHEMA, [texts("en") | each for each in WRONG]) == []


def test_english_is_there_and_every_language_says_the_same_with_the_same_placeholders() -> (
    None
):
    said = {language: dict(leaves(texts(language))) for language in LANGUAGES}
    for language, told in said.items():
        assert told == said["en"], language


def test_the_languages_that_can_be_chosen_are_those_that_there_are() -> None:
    assert sorted(RESIDENT_LANGUAGES) == LANGUAGES
    for language in LANGUAGES:
        assert texts(language)["common"]["page_lang"] == language


def test_english_has_one_apostrophe_and_it_is_home_assistants() -> None:
    assert [path for path, told in sentences(texts("en")) if "\u2019" in told] == []


def test_every_action_offers_every_language() -> None:
    described = read_yaml(INTEGRATION / "services.yaml")
    offered = {
        name: action["fields"]["language"]["selector"]["language"]["languages"]
        for name, action in described.items()
        if "language" in action.get("fields", {})
    }
    languages = list(RESIDENT_LANGUAGES)
    assert offered == {
        "export_entries": languages,
        "request_entry": list(DRIVERS_LANGUAGES),
    }


def test_the_form_for_a_list_of_residents_names_every_language() -> None:
    for language in LANGUAGES:
        sections = texts(language)["options"]["step"]["faults"]["sections"]
        told = sections["language_unknown"]["description"]
        *others, last = RESIDENT_LANGUAGES
        assert re.search(rf" {', '.join(others)},? \w+ {last}\b", told), language


def test_the_limits_name_every_language() -> None:
    limits = (ROOT / "docs" / "reference" / "limits.md").read_text("utf-8")
    (told,) = re.findall(r"\*\*Languages\.\*\* [^.]* available in ([^.]+)\.", limits)
    names = {
        "en": "English",
        "fr": "French",
        "de": "German",
        "es": "Spanish",
        "it": "Italian",
        "nl": "Dutch",
        "pt": "Portuguese (Portugal",
        "pt-BR": "Brazil)",
        "pl": "Polish",
        "sv": "Swedish",
    }
    assert sorted(names) == LANGUAGES
    assert re.split(r", and | and |, ", told) == list(names.values())


def test_no_english_sentence_is_left_over() -> None:
    english = dict(sentences(texts("en")))
    left_over = [
        (language, path)
        for language in LANGUAGES
        if language != "en"
        for path, told in sentences(texts(language))
        if is_left_over(told, english[path])
    ]
    assert left_over == []


def is_left_over(told: str, english: str) -> bool:
    return told == english and words(told) >= LEAST_WORDS


def test_only_drivers_languages_say_the_same_with_the_same_placeholders() -> None:
    english = texts("en")["common"]
    folder = INTEGRATION / "translations" / "drivers"
    files = sorted(folder.iterdir())
    assert [path.name for path in files] == [
        f"{language}.json" for language in ONLY_DRIVERS_LANGUAGES
    ]
    for path in files:
        told = read_json(path)
        assert told["page_lang"] == path.stem
        for key, said in told.items():
            assert text(said) == said
            assert set(placeholders(said)) == set(placeholders(english[key])), key
            assert not is_left_over(said, english[key]), (path.stem, key)


def words(told: str) -> int:
    """Count the words that a translator has to translate."""
    return len(re.findall(r"[^\W\d_]{2,}", re.sub(r"{.*?}|`.*?`", "", told)))


def sentences(
    told: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(told, str):
        yield path, told
        return
    for key, value in told.items():
        yield from sentences(value, (*path, key))


def leaves(
    told: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], set[str]]]:
    """Return the placeholders of each text, by its place."""
    if isinstance(told, str):
        yield path, set(placeholders(told))
        return
    for key, value in told.items():
        yield from leaves(value, (*path, key))
