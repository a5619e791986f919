"""Drive a flow as the frontend does.

Every screen is checked in every language: title, texts, field labels, options,
errors, and reasons, without unfilled placeholders.
"""

from collections.abc import Mapping
from dataclasses import dataclass
import json
from pathlib import Path
import re
from typing import Any, cast

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    SOURCE_USER,
    ConfigEntry,
    SubentryFlowContext,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowManager, FlowResult, FlowResultType
from homeassistant.helpers.data_entry_flow import FlowManagerIndexView

from custom_components.courier_access.const import DOMAIN, RESIDENT_LANGUAGES

LANGUAGES = RESIDENT_LANGUAGES
TRANSLATIONS = Path(__file__).parents[2] / "custom_components" / DOMAIN / "translations"


def translations(language: str) -> dict[str, Any]:
    """Return a language's translations."""
    texts: dict[str, Any] = json.loads(
        (TRANSLATIONS / f"{language}.json").read_text("utf-8")
    )
    return texts


@dataclass(frozen=True, slots=True)
class Screen:
    """A flow's result as the frontend receives it."""

    shown: Mapping[str, Any]

    @property
    def type(self) -> FlowResultType:
        kind: FlowResultType = self.shown["type"]
        return kind

    @property
    def step(self) -> str:
        step: str = self.shown["step_id"]
        return step

    @property
    def reason(self) -> str:
        reason: str = self.shown["reason"]
        return reason

    @property
    def options(self) -> list[str]:
        return list(self.shown["menu_options"])

    @property
    def errors(self) -> dict[str, str]:
        return dict(self.shown["errors"] or {})

    @property
    def fields(self) -> dict[str, Mapping[str, Any]]:
        return {
            field["name"]: field
            for field in self.shown["data_schema"]
            if field.get("type") != "expandable"
        }

    def value(self, name: str) -> Any:
        """Return a field's initial value, or None."""
        field = self.fields[name]
        suggestion = (field.get("description") or {}).get("suggested_value")
        return field.get("default") if suggestion is None else suggestion

    @property
    def placeholders(self) -> dict[str, str]:
        return dict(self.shown["description_placeholders"] or {})

    @property
    def sections(self) -> list[str]:
        """Return the names of the sections."""
        return [
            field["name"]
            for field in self.shown["data_schema"]
            if field.get("type") == "expandable"
        ]


class FrontEnd:
    """Drives a flow of a building or subentry."""

    def __init__(
        self, hass: HomeAssistant, building: ConfigEntry | None, kind: str
    ) -> None:
        self._hass = hass
        self._building = building
        self._kind = kind
        self._manager: FlowManager[Any, Any, Any] = (
            hass.config_entries.subentries if building else hass.config_entries.flow
        )
        self._flow_id = ""
        self._is_of_options = False

    async def add(self) -> Screen:
        """Open the flow that adds a building or subentry."""
        handler = (self._building.entry_id, self._kind) if self._building else DOMAIN
        return self._screen(
            await self._manager.async_init(handler, context={"source": SOURCE_USER})
        )

    async def change(self, subentry_id: str) -> Screen:
        """Open a subentry's reconfigure flow."""
        assert self._building
        context = SubentryFlowContext(
            source=SOURCE_RECONFIGURE, subentry_id=subentry_id
        )
        return self._screen(
            await self._manager.async_init(
                (self._building.entry_id, self._kind), context=context
            )
        )

    async def change_building(self, building: ConfigEntry) -> Screen:
        """Open the building's reconfigure flow."""
        context = {"source": SOURCE_RECONFIGURE, "entry_id": building.entry_id}
        return self._screen(await self._manager.async_init(DOMAIN, context=context))

    async def configure(self, building: ConfigEntry) -> Screen:
        """Open the options flow."""
        self._manager, self._is_of_options = self._hass.config_entries.options, True
        return self._screen(await self._manager.async_init(building.entry_id))

    async def go_on(self, flow_id: str) -> Screen:
        """Continue a flow that another one opened."""
        return self._screen(await self._manager.async_configure(flow_id))

    async def choose(self, option: str) -> Screen:
        """Choose a menu option."""
        return await self._send({"next_step_id": option})

    async def submit(self, screen: Screen, **answers: Any) -> Screen:
        """Submit a form with its initial values and answers; None clears one."""
        assert answers.keys() <= screen.fields.keys()
        held = {name: screen.value(name) for name in screen.fields} | answers
        return await self._send(
            {name: value for name, value in held.items() if value is not None}
        )

    async def _send(self, answers: dict[str, Any]) -> Screen:
        return self._screen(await self._manager.async_configure(self._flow_id, answers))

    def _screen(self, result: Mapping[str, Any]) -> Screen:
        self._flow_id = result["flow_id"]
        if result["type"] in (FlowResultType.FORM, FlowResultType.MENU):
            view = FlowManagerIndexView(self._manager)
            travelling = view._prepare_result_json(cast("FlowResult", dict(result)))
            result = json.loads(json.dumps(travelling))
            result = {**result, "type": FlowResultType(result["type"])}
        screen = Screen(result)
        for language in LANGUAGES:
            self._assert_readable(screen, translations(language))
        return screen

    def _assert_readable(self, screen: Screen, texts: Mapping[str, Any]) -> None:
        if self._is_of_options:
            section = texts["options"]
        else:
            section = (
                texts["config_subentries"][self._kind]
                if self._building
                else texts["config"]
            )
        match screen.type:
            case FlowResultType.FORM:
                step = section["step"][screen.step]
                _assert_text(step["title"], screen)
                if (says := step.get("description")) is not None:
                    _assert_text(says, screen)
                for name in screen.fields:
                    _assert_text(step["data"][name], screen)
                    _assert_text(step["data_description"][name], screen)
                    _assert_options(screen.fields[name]["selector"], texts)
                for name in screen.sections:
                    _assert_text(step["sections"][name]["name"], screen)
                    _assert_text(step["sections"][name]["description"], screen)
                for error in screen.errors.values():
                    _assert_text(section["error"][error], screen)
            case FlowResultType.MENU:
                step = section["step"][screen.step]
                # The frontend doesn't fill placeholders in menu titles.
                assert "{" not in step["title"]
                if "description" in step:
                    _assert_text(step["description"], screen)
                for option in screen.options:
                    _assert_text(step["menu_options"][option], screen)
            case FlowResultType.CREATE_ENTRY if not (
                self._building or self._is_of_options
            ):
                _assert_text(
                    section["create_entry"][screen.shown["description"] or "default"],
                    screen,
                )
            case FlowResultType.ABORT:
                if screen.shown.get("translation_domain", DOMAIN) == DOMAIN:
                    _assert_text(section["abort"][screen.reason], screen)


def _assert_text(text: str, screen: Screen) -> None:
    assert text.strip()
    placeholders = set(re.findall(r"{(\w+)}", text))
    assert placeholders <= (screen.shown.get("description_placeholders") or {}).keys()


def _assert_options(selector: Mapping[str, Any], texts: Mapping[str, Any]) -> None:
    config = selector.get("select")
    if config and "translation_key" in config:
        options = texts["selector"][config["translation_key"]]["options"]
        assert all(options[option].strip() for option in config["options"])
