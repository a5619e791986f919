"""What the forms share: fields, errors, links, and the steps to add or change a part."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntryState,
    ConfigSubentry,
    ConfigSubentryFlow,
    SubentryFlowContext,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowContext, FlowHandler, FlowResult
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    LanguageSelector,
    LanguageSelectorConfig,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.helpers.typing import UNDEFINED, UndefinedType
import voluptuous as vol

from ..access.hours import FORM_FIELDS, InvalidHours, read_hours
from ..access.names import folded_name, mixes_scripts
from ..building.building import Building, CourierAccessConfigEntry
from ..const import (
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    DOMAIN,
    RESIDENT_LANGUAGES,
    SubentryType,
)
from ..residents.directory import note_added
from ..web.html import render

type Answers = dict[str, Any] | None
"""The answers to a form; None before it was shown."""


type Fields = dict[vol.Marker, object]
"""The fields of a form, each with its selector."""


def name_problem(name: str, others: Iterable[str] = ()) -> str | None:
    """Return the problem with a name, which must differ from the others."""
    if not name.strip():
        return "name_blank"
    if name.strip().casefold() in {other.strip().casefold() for other in others}:
        return "name_taken"
    return None


def courier_name_problem(name: str, others: Iterable[str]) -> str | None:
    """Return the problem with a name, which must not read like the others."""
    if problem := name_problem(name):
        return problem
    if mixes_scripts(name.strip()):
        return "name_mixed"
    if folded_name(name.strip()) in map(folded_name, others):
        return "name_taken"
    return None


def free_name(name: str, others: Collection[str]) -> str:
    """Return the trimmed name, numbered if it is taken."""
    name = name.strip()
    names = chain([name], (f"{name} ({number})" for number in count(2)))
    return next(each for each in names if name_problem(each, others) != "name_taken")


def errors_of(problems: Mapping[str, str | None]) -> dict[str, str]:
    return {field: problem for field, problem in problems.items() if problem}


def parts_everywhere(hass: HomeAssistant, kind: SubentryType) -> list[ConfigSubentry]:
    return [
        part
        for building in hass.config_entries.async_entries(DOMAIN)
        for part in building.get_subentries_of_type(kind)
    ]


def link_tags(path: str) -> dict[str, str]:
    """Return placeholders for a link that opens in its own tab.

    The frontend would route a link to its own host, and translations can't contain
    markup.
    """
    before, _, after = render("link.html.j2", path=path).rpartition("…")
    return {"open": before, "close": after}


def choice(
    options: Iterable[str] | Mapping[str, str],
    key: str | None = None,
    *,
    multiple: bool = False,
    custom: bool = False,
    mode: SelectSelectorMode | None = SelectSelectorMode.LIST,
) -> SelectSelector:
    """Return the field to choose among values, or among names by value.

    Names may be translated under a key. `custom` values can be typed, too. Without a
    `mode`, many options are in a menu.
    """
    config = SelectSelectorConfig(
        options=[
            SelectOptionDict(value=value, label=name) for value, name in options.items()
        ]
        if isinstance(options, Mapping)
        else list(map(str, options)),
        multiple=multiple,
        custom_value=custom,
    )
    if mode is not None:
        config["mode"] = mode
    if key is not None:
        config["translation_key"] = key
    return SelectSelector(config)


def entity_field(*domains: str, multiple: bool = False) -> EntitySelector:
    return EntitySelector(
        EntitySelectorConfig(filter={"domain": list(domains)}, multiple=multiple)
    )


def named_part(settings: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a part's name, which is its title, and its data."""
    data = dict(settings)
    return data.pop(CONF_NAME).strip(), data


def loaded(entry: CourierAccessConfigEntry) -> Building | None:
    """Return the building if it is loaded with its ledger."""
    if entry.state is not ConfigEntryState.LOADED:
        return None
    building = entry.runtime_data
    return building if building.fault is None else None


def names_of_doors(building: CourierAccessConfigEntry) -> dict[str, str]:
    """Return the names of the building's doors by subentry ID."""
    doors = building.get_subentries_of_type(SubentryType.DOOR)
    return {door.subentry_id: door.title for door in doors}


def whole_number(
    least: int,
    most: int,
    unit: str,
    mode: NumberSelectorMode = NumberSelectorMode.BOX,
) -> vol.All:
    """Return the field of a whole number."""
    config = NumberSelectorConfig(
        min=least, max=most, mode=mode, unit_of_measurement=unit
    )
    return vol.All(NumberSelector(config), vol.Coerce(int))


def languages(offered: Sequence[str] = RESIDENT_LANGUAGES) -> LanguageSelector:
    return LanguageSelector(
        LanguageSelectorConfig(languages=list(offered), native_name=True)
    )


def chosen_language(
    hass: HomeAssistant,
    settings: Mapping[str, Any],
    offered: Sequence[str] = RESIDENT_LANGUAGES,
) -> str:
    """Return the language in the settings, by default Home Assistant's."""
    own = hass.config.language
    default = own if own in offered else offered[0]
    language: str = settings.get(CONF_LANGUAGE, default)
    return language


class FormFlow[ContextT: FlowContext, ResultT: FlowResult[Any, Any], HandlerT = str](
    FlowHandler[ContextT, ResultT, HandlerT]
):
    """Shows menus and forms in the same way in every kind of flow."""

    def _menu(self, step_id: str, *options: str, **placeholders: str) -> ResultT:
        return self.async_show_menu(
            step_id=step_id,
            menu_options=list(options),
            description_placeholders=placeholders,
        )

    def _form(
        self,
        step_id: str,
        fields: Mapping[vol.Marker, object],
        suggestions: Mapping[str, Any] | None = None,
        errors: Mapping[str, str] | None = None,
        *,
        placeholders: Mapping[str, str] | None = None,
        last_step: bool = True,
    ) -> ResultT:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(dict(fields)), suggestions
            ),
            errors=dict(errors or {}),
            description_placeholders=placeholders,
            last_step=last_step,
        )


class PartFlow(
    FormFlow[SubentryFlowContext, SubentryFlowResult, tuple[str, str]],
    ConfigSubentryFlow,
):
    """Adds or changes a part of a building."""

    @property
    def _changed(self) -> ConfigSubentry | None:
        """The part that is changed; None for a new one."""
        is_change = self.source == SOURCE_RECONFIGURE
        return self._get_reconfigure_subentry() if is_change else None

    @property
    def _first_step(self) -> str:
        return "user" if self._changed is None else "reconfigure"

    @property
    def _own_id(self) -> str | None:
        return None if self._changed is None else self._changed.subentry_id

    @property
    def _current(self) -> Mapping[str, Any]:
        """The data and the name of the part that is changed."""
        if (part := self._changed) is None:
            return {}
        return {**part.data, CONF_NAME: part.title}

    @property
    def _doors(self) -> dict[str, str]:
        return names_of_doors(self._get_entry())

    def _others(self, *kinds: SubentryType) -> list[ConfigSubentry]:
        return [
            part
            for part in self._get_entry().subentries.values()
            if part.subentry_type in kinds and part.subentry_id != self._own_id
        ]

    def _courier_name_errors(self, answers: Mapping[str, Any]) -> dict[str, str]:
        # Events show the names of other courier access as couriers', too.
        others = self._others(SubentryType.COURIER, SubentryType.OBSERVED)
        names = (other.title for other in others)
        return errors_of({CONF_NAME: courier_name_problem(answers[CONF_NAME], names)})

    def _save(
        self,
        settings: Mapping[str, Any],
        unique_id: str | None = None,
        reason: str | UndefinedType = UNDEFINED,
    ) -> SubentryFlowResult:
        title, data = named_part(settings)
        if (part := self._changed) is None:
            if identity := unique_id or data.get(CONF_PERSON):
                note_added(self.hass, identity)
            return self.async_create_entry(title=title, data=data, unique_id=unique_id)
        return self.async_update_and_abort(
            self._get_entry(),
            part,
            unique_id=unique_id,
            title=title,
            data=data,
            reason=reason,
        )


def hours_fields() -> Fields:
    return {vol.Optional(field): TextSelector() for field in FORM_FIELDS}


def hours_errors(answers: Mapping[str, Any]) -> dict[str, str]:
    """Return the first error of each field."""
    try:
        read_hours(answers)
    except InvalidHours as invalid:
        return {fault.field: fault.problem for fault in reversed(invalid.faults)}
    return {}
