"""Subentry flow of a resident: details, notification targets, and paper consent."""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, NamedTuple, Self
from uuid import uuid4

from homeassistant.components.notify.const import DOMAIN as NOTIFY_DOMAIN
from homeassistant.config_entries import (
    ConfigSubentry,
    SubentryFlowResult,
)
from homeassistant.core import HomeAssistant, split_entity_id
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.selector import (
    BooleanSelector,
    DateSelector,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..access.hours import (
    FIELD_EVERY_DAY,
    FORM_FIELDS,
    WeekSchedule,
    read_hours,
    write_form_hours,
)
from ..access.model import normal_unit
from ..access.names import in_markdown, mixes_scripts, spaceless_name
from ..api.consent import TextCodes, async_text_codes, code_on
from ..building.building import CourierAccessConfigEntry, async_today
from ..const import (
    CONF_APP,
    CONF_CONSENT,
    CONF_DECIDED_ON,
    CONF_HOUSEHOLD,
    CONF_ID,
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PAPER,
    CONF_PERSON,
    CONF_PRIVATE,
    CONF_TARGETS,
    CONF_TEXT,
    CONF_UNIT,
    CONF_VALUE,
    CONF_WINDOWS,
    DOMAIN,
    Household,
    SubentryType,
    TargetKind,
)
from ..home_assistant.callbacks import entity_id_of, is_registered, reference_of
from ..notifications.targets import (
    Text,
    app_with_action,
    is_ambiguous,
    reaches_everybody,
    routes,
    send,
)
from ..notifications.text import texts, words
from ..residents.directory import Addressee, homes_of, is_one_household, may_have_user
from .forms import (
    Answers,
    Fields,
    PartFlow,
    choice,
    entity_field,
    errors_of,
    hours_errors,
    hours_fields,
    languages,
    loaded,
    name_problem,
    named_part,
)

FIELD_PERSON_APPS: Final = "person_apps"
FIELD_ENTITIES: Final = "notify_entities"
FIELD_ACTIONS: Final = "notify_actions"
FIELD_TEST: Final = "test"
FIELD_TEXT_CODE: Final = "text_code"
PERSON_DOMAIN: Final = "person"
MAX_UNIT_LENGTH: Final = 32


def details_from_form(
    hass: HomeAssistant, answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Return a resident's details from a form's answers."""
    person = entity_id_of(hass, answers.get(CONF_PERSON))
    return {
        CONF_NAME: answers[CONF_NAME].strip(),
        CONF_UNIT: answers[CONF_UNIT].strip(),
        CONF_PERSON: reference_of(hass, person) if person else None,
        CONF_LANGUAGE: answers.get(CONF_LANGUAGE),
    }


def detail_errors(
    hass: HomeAssistant,
    answers: Mapping[str, Any],
    taken: Collection[str | None],
    units: Iterable[str],
) -> dict[str, str]:
    """Return the errors by field.

    `taken` are other residents' person entities, and `units` the building's units. Two
    residents may share a name; units tell them apart.
    """
    problems: dict[str, str | None] = {
        CONF_NAME: name_problem(answers[CONF_NAME]),
        CONF_UNIT: unit_problem(answers[CONF_UNIT].strip(), units),
    }
    if answers.get(CONF_PERSON):
        person = entity_id_of(hass, answers[CONF_PERSON])
        if (
            person is None
            or split_entity_id(person)[0] != PERSON_DOMAIN
            or hass.states.get(person) is None
        ):
            problems[CONF_PERSON] = "person_unknown"
        elif person in taken:
            problems[CONF_PERSON] = "person_taken"
    return errors_of(problems)


def unit_problem(unit: str, units: Iterable[str] = ()) -> str | None:
    """Return the problem with a trimmed unit; one of the building's `units` has none."""
    if not normal_unit(unit):
        return "unit_blank"
    if len(unit) > MAX_UNIT_LENGTH:
        return "unit_long"
    others = {normal_unit(other) for other in units}
    if normal_unit(unit) in others:
        return None
    if mixes_scripts(unit):
        return "unit_mixed"
    if spaceless_name(unit) in map(spaceless_name, others):
        return "unit_similar"
    return None


def resident_settings(
    details: Mapping[str, Any],
    targets: Sequence[Mapping[str, str]],
    paper: Mapping[str, Any] | None,
) -> dict[str, Any]:
    """Return a resident's settings with their current paper consent, if any."""
    settings = {**details, CONF_TARGETS: list(targets)}
    return settings if paper is None else {**settings, CONF_PAPER: paper}


def resident_subentry(settings: Mapping[str, Any]) -> ConfigSubentry:
    """Return a new resident's subentry."""
    title, data = named_part(settings)
    return ConfigSubentry(
        data=MappingProxyType(data),
        subentry_type=SubentryType.RESIDENT,
        title=title,
        unique_id=None,
    )


def current_paper_consent(
    recorded: Mapping[str, Any], details: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """Return the recorded paper consent unless the unit or person changed."""
    is_current = recorded and is_same_home(recorded, details)
    paper: Mapping[str, Any] | None = recorded.get(CONF_PAPER) if is_current else None
    return paper


def has_login(
    hass: HomeAssistant,
    entry: CourierAccessConfigEntry,
    recorded: ConfigSubentry | None,
    details: Mapping[str, Any],
) -> bool:
    """Return whether the resident decides with their person's user or its last one.

    While the building isn't loaded, a resident with a person counts as having one.
    """
    person = details[CONF_PERSON]
    if person is None:
        return False
    if recorded is None or recorded.data[CONF_PERSON] != person:
        return may_have_user(hass, person)
    if may_have_user(hass, person) or (building := loaded(entry)) is None:
        return True
    resident = building.residents.get(recorded.subentry_id)
    return resident is None or resident.user_id is not None


def is_same_home(recorded: Mapping[str, Any], details: Mapping[str, Any]) -> bool:
    return (normal_unit(recorded[CONF_UNIT]), recorded[CONF_PERSON]) == (
        normal_unit(details[CONF_UNIT]),
        details[CONF_PERSON],
    )


def may_be_another(
    hass: HomeAssistant, resident: ConfigSubentry, details: Mapping[str, Any]
) -> bool:
    """Return whether a new name may mean another person, who would inherit consent.

    An account proves who it is, and another unit or person needs new consent anyway.
    """
    return (
        is_same_home(resident.data, details)
        and not may_have_user(hass, details[CONF_PERSON])
        and resident.title.strip().casefold() != details[CONF_NAME].casefold()
    )


async def async_only_unit(hass: HomeAssistant, units: Sequence[str] = ()) -> str:
    """Return the unit of a household that entered none: its own, or a word for it."""
    return units[0] if units else (await texts(hass, None))["unit_of_one_household"]


def first_home_fields() -> Fields:
    return {vol.Required(CONF_UNIT): TextSelector()}


def become_several(
    hass: HomeAssistant,
    building: CourierAccessConfigEntry,
    former_unit: str = "",
    unit: str = "",
) -> None:
    """Make a building of one household one of several.

    The first home gets another `unit` than its `former_unit`, if any. Nobody has
    consented for that one. Home Assistant applies *disabled by default* only when it
    first registers an entity, so the residents' entities are disabled once.
    """
    residents = list(building.get_subentries_of_type(SubentryType.RESIDENT))
    for resident in residents:
        if normal_unit(resident.data[CONF_UNIT]) == normal_unit(former_unit):
            data = {**resident.data, CONF_UNIT: unit}
            if not is_same_home(resident.data, data):
                data.pop(CONF_PAPER, None)
            hass.config_entries.async_update_subentry(building, resident, data=data)
    ids = {each.subentry_id for each in residents}
    registry = er.async_get(hass)
    for entity in er.async_entries_for_config_entry(registry, building.entry_id):
        if entity.config_subentry_id in ids and not entity.disabled:
            registry.async_update_entity(
                entity.entity_id, disabled_by=er.RegistryEntryDisabler.INTEGRATION
            )
    data = {**building.data, CONF_HOUSEHOLD: Household.SEVERAL.value}
    hass.config_entries.async_update_entry(building, data=data)


class Agreement(StrEnum):
    """The answer on paper."""

    NO = "no"
    YES = "yes"


class PaperConsent(NamedTuple):
    """A decision on paper: its date, the answer, the hours, and the hash of the text."""

    decided_on: date
    consent: bool
    schedule: WeekSchedule
    text: str = ""

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Self:
        return cls(
            date.fromisoformat(data[CONF_DECIDED_ON]),
            data[CONF_CONSENT],
            WeekSchedule.from_mapping(data[CONF_WINDOWS]),
            data.get(CONF_TEXT, ""),
        )

    @classmethod
    def from_form(cls, answers: Mapping[str, Any], text: str) -> Self:
        """Read a form's answers; raise InvalidHours if hours are invalid."""
        is_yes = answers[CONF_CONSENT] == Agreement.YES
        return cls(
            date.fromisoformat(answers[CONF_DECIDED_ON]),
            is_yes,
            read_hours(answers),
            text if is_yes else "",
        )

    def to_form(self) -> dict[str, Any]:
        return {
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: (Agreement.YES if self.consent else Agreement.NO).value,
            **write_form_hours(self.schedule),
        }

    def errors(self, today: date) -> dict[str, str]:
        """Return the errors by field."""
        errors: dict[str, str] = {}
        if self.decided_on > today:
            errors[CONF_DECIDED_ON] = "decided_in_future"
        if self.consent and self.schedule.is_empty:
            errors[FIELD_EVERY_DAY] = "no_hours"
        return errors

    def to_data(self, recorded: Mapping[str, Any] | None) -> dict[str, Any]:
        """Return the subentry's data, with a new id unless nothing changed.

        The building applies each id once.
        """
        if recorded is not None and PaperConsent.from_data(recorded) != self:
            recorded = None
        return {
            CONF_ID: uuid4().hex if recorded is None else recorded[CONF_ID],
            CONF_DECIDED_ON: self.decided_on.isoformat(),
            CONF_CONSENT: self.consent,
            CONF_WINDOWS: self.schedule.to_mapping(),
            **({CONF_TEXT: self.text} if self.text else {}),
        }


def paper_from_form(
    answers: Mapping[str, Any], today: date, codes: TextCodes
) -> tuple[PaperConsent, dict[str, str]]:
    """Return a form's answers and all errors by field; invalid hours are left out."""
    faults = hours_errors(answers)
    readable = {**answers, **dict.fromkeys(FORM_FIELDS, "")} if faults else answers
    text = codes.read(answers.get(FIELD_TEXT_CODE, ""))
    decision = PaperConsent.from_form(readable, text or "")
    errors = decision.errors(today)
    if faults:
        errors.pop(FIELD_EVERY_DAY, None)
    if decision.consent and text is None:
        errors[FIELD_TEXT_CODE] = "text_code_unknown"
    return decision, errors | faults


def paper_fields() -> Fields:
    return {
        vol.Required(CONF_DECIDED_ON): DateSelector(),
        # Without a default the frontend would preselect an answer (promise 1).
        vol.Required(CONF_CONSENT, default=""): choice(Agreement, "paper_consent"),
        vol.Optional(FIELD_TEXT_CODE): TextSelector(),
        **hours_fields(),
    }


def targets_fields(
    hass: HomeAssistant,
    so_far: Sequence[Mapping[str, str]],
    *,
    with_apps: bool,
    is_private: bool,
) -> Fields:
    """Return the fields; only a person with a user has apps."""
    registered = hass.services.async_services_for_domain(NOTIFY_DOMAIN)
    actions = {f"{NOTIFY_DOMAIN}.{name}" for name in registered} | _actions(so_far)
    names = {
        action: _action_name(hass, action)
        for action in actions
        if not reaches_everybody(hass, action)
    }
    by_name = dict(sorted(names.items(), key=lambda item: item[1].casefold()))
    fields: Fields = {}
    if with_apps:
        fields[vol.Required(FIELD_PERSON_APPS, default=True)] = BooleanSelector()
    entities = entity_field(NOTIFY_DOMAIN, multiple=True)
    fields[vol.Optional(FIELD_ENTITIES)] = entities
    fields[vol.Optional(FIELD_ACTIONS)] = choice(
        by_name, multiple=True, custom=True, mode=SelectSelectorMode.DROPDOWN
    )
    fields[vol.Required(CONF_PRIVATE, default=is_private)] = BooleanSelector()
    fields[vol.Required(FIELD_TEST, default=False)] = BooleanSelector()
    return fields


def target_errors(
    hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Mapping[str, str]]
) -> dict[str, str]:
    """Return the errors by field; `so_far` are the recorded targets.

    A recorded action may be missing, because integrations register theirs late.
    """
    entities = answers.get(FIELD_ENTITIES, [])
    actions = [action.strip() for action in answers.get(FIELD_ACTIONS, [])]
    new = [action for action in actions if action not in _actions(so_far)]
    bound = _bound(hass, so_far)
    errors: dict[str, str] = {}
    if any(not _is_notify_entity(hass, entity) for entity in entities):
        errors[FIELD_ENTITIES] = "notify_entity_unknown"
    if any(reaches_everybody(hass, action) for action in actions):
        errors[FIELD_ACTIONS] = "notify_action_everybody"
    elif any(not _is_action(hass, action) for action in new):
        errors[FIELD_ACTIONS] = "notify_action_unknown"
    elif any(action not in bound and is_ambiguous(hass, action) for action in actions):
        errors[FIELD_ACTIONS] = "notify_action_ambiguous"
    if not (answers.get(FIELD_PERSON_APPS) or entities or actions):
        errors["base"] = "no_target"
    return errors


async def failing_targets(
    hass: HomeAssistant, building: str, resident: ConfigSubentry
) -> list[str] | None:
    """Send a test notification; return what failed, or None if nothing leads anywhere."""
    addressee = Addressee.from_subentry(hass, resident)
    leading = routes(hass, addressee)
    if not leading:
        return None
    nowhere = [
        target.value
        for target in addressee.targets
        if not routes(hass, replace(addressee, targets=(target,)))
    ]
    its_words = await words(hass, addressee.language)
    text = Text(
        title=building,
        lock_screen_title=its_words["lock_screen_title"],
        message=its_words["test"],
    )
    taken = await asyncio.gather(
        *(send(hass, route, text, f"{DOMAIN}_test") for route in leading)
    )
    failed = [
        route.name
        for route, is_taken in zip(leading, taken, strict=True)
        if not is_taken
    ]
    apps = (await texts(hass, None))["csv_resident_person_apps"]
    return [
        apps if name is None else _name_of(hass, name) for name in (*nowhere, *failed)
    ]


def targets_from_form(
    hass: HomeAssistant, answers: Mapping[str, Any], so_far: Sequence[Mapping[str, str]]
) -> list[dict[str, str]]:
    """Return the targets in the order they are tried, each once.

    A phone's action is bound to the app that had it when chosen, even if another app
    has the name now.
    """
    bound = _bound(hass, so_far)
    targets: list[dict[str, str]] = []
    if answers.get(FIELD_PERSON_APPS):
        targets.append({CONF_KIND: TargetKind.PERSON_APPS.value})
    for entity in answers.get(FIELD_ENTITIES, []):
        reference = reference_of(hass, entity_id_of(hass, entity) or entity)
        targets.append({CONF_KIND: TargetKind.ENTITY.value, CONF_VALUE: reference})
    for action in map(str.strip, answers.get(FIELD_ACTIONS, [])):
        target = {CONF_KIND: TargetKind.ACTION.value, CONF_VALUE: action}
        app = bound.get(action) or app_with_action(hass, action)
        targets.append(target if app is None else target | {CONF_APP: app})
    return [
        target for index, target in enumerate(targets) if target not in targets[:index]
    ]


def targets_to_form(
    hass: HomeAssistant, targets: Sequence[Mapping[str, str]], *, same_person: bool
) -> dict[str, Any]:
    """Return a form's answers, without removed entities and phones.

    Another person's apps are the default again.
    """
    bound = _bound(hass, targets)
    entities = (
        entity_id_of(hass, target[CONF_VALUE])
        for target in targets
        if target[CONF_KIND] == TargetKind.ENTITY
    )
    apps = {FIELD_PERSON_APPS: {CONF_KIND: TargetKind.PERSON_APPS} in targets}
    return {
        **(apps if same_person else {}),
        FIELD_ENTITIES: [entity for entity in entities if entity],
        FIELD_ACTIONS: [
            target[CONF_VALUE]
            for target in targets
            if target[CONF_KIND] == TargetKind.ACTION
            and (CONF_APP not in target or target[CONF_VALUE] in bound)
        ],
    }


def _bound(hass: HomeAssistant, targets: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the app of each phone action, unless it was removed."""
    return {
        target[CONF_VALUE]: target[CONF_APP]
        for target in targets
        if CONF_APP in target and hass.config_entries.async_get_entry(target[CONF_APP])
    }


def _is_notify_entity(hass: HomeAssistant, entity: str) -> bool:
    entity_id = entity_id_of(hass, entity)
    return (
        entity_id is not None
        and split_entity_id(entity_id)[0] == NOTIFY_DOMAIN
        and (hass.states.get(entity_id) is not None or is_registered(hass, entity_id))
    )


def _is_action(hass: HomeAssistant, action: str) -> bool:
    """Return whether this is an action's exact name, by which its phone is found."""
    domain, _, name = action.partition(".")
    registered = hass.services.async_services_for_domain(NOTIFY_DOMAIN)
    return domain == NOTIFY_DOMAIN and name in registered


def _actions(targets: Sequence[Mapping[str, str]]) -> set[str]:
    return {
        target[CONF_VALUE]
        for target in targets
        if target[CONF_KIND] == TargetKind.ACTION
    }


def _name_of(hass: HomeAssistant, target: str) -> str:
    state = hass.states.get(target)
    return _action_name(hass, target) if state is None else state.name


def _action_name(hass: HomeAssistant, action: str) -> str:
    """Return the name of the phone behind an action, or the action's in plain words."""
    if app_id := app_with_action(hass, action):
        return hass.config_entries.async_get_known_entry(app_id).title
    return action.partition(".")[2].replace("_", " ").capitalize()


class ResidentFlow(PartFlow):
    """Adds and changes a resident."""

    _details: dict[str, Any]
    _targets: list[dict[str, str]]
    _replaces = False
    _former_unit = ""
    """The unit of the only home so far, if this resident's is a second one."""
    _first_unit = ""
    """The unit that this home has from now on."""

    async def async_step_user(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the details of a new or known resident."""
        errors: dict[str, str] = {}
        suggestions = user_input
        if user_input is not None:
            others = self._others(SubentryType.RESIDENT)
            persons = {
                entity_id_of(self.hass, each.data[CONF_PERSON]) for each in others
            }
            answers = user_input
            if self._is_one and not answers.get(CONF_UNIT, "").strip():
                unit = await async_only_unit(self.hass, self._units())
                answers = {**answers, CONF_UNIT: unit}
            errors = detail_errors(self.hass, answers, persons, self._units())
            if not errors:
                self._details = details_from_form(self.hass, answers)
                if self._is_second_home(others):
                    self._former_unit = others[0].data[CONF_UNIT]
                    return await self.async_step_second_home(None)
                if self._may_be_another():
                    return await self.async_step_renamed(None)
                return await self.async_step_targets(None)
        elif recorded := self._recorded:
            person = entity_id_of(self.hass, recorded[CONF_PERSON])
            suggestions = {**self._current, CONF_PERSON: person}
        return self._form(
            self._first_step, self._fields(), suggestions, errors, last_step=False
        )

    async_step_reconfigure = async_step_user

    async def async_step_second_home(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the unit of the first home, which had no need for one."""
        errors: dict[str, str] = {}
        new = self._details[CONF_UNIT]
        if user_input is not None:
            unit = user_input[CONF_UNIT].strip()
            problem = unit_problem(unit, [new, self._former_unit])
            if normal_unit(unit) == normal_unit(new):
                problem = "unit_same"
            if problem is None:
                self._first_unit = unit
                return await self.async_step_targets(None)
            errors[CONF_UNIT] = problem
        return self._form(
            "second_home",
            first_home_fields(),
            user_input or {CONF_UNIT: self._former_unit},
            errors,
            placeholders={"unit": in_markdown(new)},
            last_step=False,
        )

    async def async_step_renamed(self, _: Answers) -> SubentryFlowResult:
        """Ask if this is a new resident, who can't inherit consent (promise 1)."""
        return self._menu(
            "renamed",
            "same_resident",
            "another_resident",
            name=self._name,
            former=in_markdown(self._current[CONF_NAME]),
        )

    async def async_step_another_resident(
        self, user_input: Answers
    ) -> SubentryFlowResult:
        """Continue with a new resident, who replaces the former one."""
        self._replaces = True
        return await self.async_step_targets(None)

    async def async_step_targets(self, user_input: Answers) -> SubentryFlowResult:
        """Ask how the resident is notified."""
        recorded = self._recorded
        so_far = recorded.get(CONF_TARGETS, [])
        errors: dict[str, str] = {}
        failed = ""
        suggestions = user_input
        if user_input is not None:
            errors = target_errors(self.hass, user_input, so_far)
            if not errors:
                self._targets = targets_from_form(self.hass, user_input, so_far)
                self._details[CONF_PRIVATE] = user_input[CONF_PRIVATE]
                if user_input[FIELD_TEST]:
                    errors, failed = await self._test()
            if not errors:
                return await self.async_step_decision(None)
        elif recorded:
            same_person = self._details[CONF_PERSON] == recorded[CONF_PERSON]
            suggestions = targets_to_form(self.hass, so_far, same_person=same_person)
            if any(reaches_everybody(self.hass, each) for each in _actions(so_far)):
                # Nothing is sent to it anymore.
                errors[FIELD_ACTIONS] = "notify_action_everybody"
        return self._form(
            "targets",
            targets_fields(
                self.hass,
                so_far,
                with_apps=self._has_login(),
                is_private=self._is_private_by_default(),
            ),
            suggestions,
            errors,
            placeholders={
                "name": self._name,
                "who": self._details[CONF_NAME],  # in the title, which is plain text
                "failed": failed,
            },
            last_step=not self._may_decide_on_paper(),
        )

    async_step_same_resident = async_step_targets

    async def _test(self) -> tuple[dict[str, str], str]:
        """Send a test notification; return the error, and the targets that failed."""
        settings = resident_settings(self._details, self._targets, None)
        failed = await failing_targets(
            self.hass, self._get_entry().title, resident_subentry(settings)
        )
        if failed is None:
            return {"base": "test_nowhere"}, ""
        return ({"base": "test_failed"} if failed else {}), ", ".join(failed)

    async def async_step_decision(self, _: Answers) -> SubentryFlowResult:
        """Offer to record paper consent for a resident who never had an account."""
        paper = self._paper
        if not self._may_decide_on_paper():
            return self._finish(paper)
        if paper is None:
            return self._menu("decision", "paper", "no_paper", name=self._name)
        return self._menu(
            "decision_again",
            "no_paper",
            "paper",
            name=self._name,
            decided_on=paper[CONF_DECIDED_ON],
        )

    async_step_decision_again = async_step_decision

    async def async_step_no_paper(self, _: Answers) -> SubentryFlowResult:
        return self._finish(self._paper)

    async def async_step_paper(self, user_input: Answers) -> SubentryFlowResult:
        """Record paper consent."""
        recorded = self._paper
        errors: dict[str, str] = {}
        suggestions = user_input
        if user_input is not None:
            today = await async_today(self.hass, self._get_entry())
            codes = await async_text_codes(self._get_entry(), recorded)
            decision, errors = paper_from_form(user_input, today, codes)
            if not errors:
                return self._finish(decision.to_data(recorded))
        elif recorded:
            suggestions = PaperConsent.from_data(recorded).to_form()
            suggestions[FIELD_TEXT_CODE] = code_on(recorded) or None
        elif newest := (await async_text_codes(self._get_entry(), None)).newest:
            suggestions = {FIELD_TEXT_CODE: newest}
        return self._form(
            "paper",
            paper_fields(),
            suggestions,
            errors,
            placeholders={"name": self._name},
        )

    @property
    def _name(self) -> str:
        return in_markdown(self._details[CONF_NAME])

    def _fields(self) -> Fields:
        others = self._others(SubentryType.RESIDENT)
        units = sorted({other.data[CONF_UNIT] for other in others})
        # Without a default the frontend would preselect another unit.
        unit = (
            vol.Optional(CONF_UNIT)
            if self._is_one
            else vol.Required(CONF_UNIT, default="")
        )
        return {
            vol.Required(CONF_NAME): TextSelector(),
            unit: choice(units, custom=True, mode=SelectSelectorMode.DROPDOWN)
            if units
            else TextSelector(),
            vol.Optional(CONF_PERSON): entity_field(PERSON_DOMAIN),
            vol.Optional(CONF_LANGUAGE): languages(),
        }

    @property
    def _is_one(self) -> bool:
        return is_one_household(self._get_entry())

    def _is_private_by_default(self) -> bool:
        """Whether the form suggests private notifications; residents keep theirs."""
        if recorded := self._recorded:
            return bool(recorded.get(CONF_PRIVATE, False))
        homes = homes_of(self._others(SubentryType.RESIDENT))
        homes.add(normal_unit(self._details[CONF_UNIT]))
        return not self._is_one or len(homes) > 1

    def _is_second_home(self, others: Iterable[ConfigSubentry]) -> bool:
        """Return whether this resident lives apart from the only household so far."""
        homes = homes_of(others)
        is_apart = normal_unit(self._details[CONF_UNIT]) not in homes
        return self._is_one and len(homes) == 1 and is_apart

    def _units(self) -> list[str]:
        residents = self._get_entry().get_subentries_of_type(SubentryType.RESIDENT)
        return [each.data[CONF_UNIT] for each in residents]

    def _subentry(self) -> ConfigSubentry | None:
        return None if self._replaces else self._changed

    @property
    def _recorded(self) -> Mapping[str, Any]:
        """The resident's recorded data; empty for a new resident."""
        subentry = self._subentry()
        return {} if subentry is None else subentry.data

    @property
    def _paper(self) -> Mapping[str, Any] | None:
        """The recorded paper consent, unless another unit or person was entered."""
        return current_paper_consent(self._recorded, self._details)

    def _has_login(self) -> bool:
        return has_login(self.hass, self._get_entry(), self._subentry(), self._details)

    def _may_decide_on_paper(self) -> bool:
        """Whether a paper would count: not in the change that takes an account away."""
        subentry = self._subentry()
        had_login = subentry is not None and has_login(
            self.hass, self._get_entry(), subentry, subentry.data
        )
        return not (had_login or self._has_login())

    def _may_be_another(self) -> bool:
        subentry = self._subentry()
        return subentry is not None and may_be_another(
            self.hass, subentry, self._details
        )

    def _finish(self, paper: Mapping[str, Any] | None) -> SubentryFlowResult:
        settings = resident_settings(self._details, self._targets, paper)
        if self._first_unit:
            become_several(
                self.hass, self._get_entry(), self._former_unit, self._first_unit
            )
        if not self._replaces:
            return self._save(settings)
        entries, building = self.hass.config_entries, self._get_entry()
        former = self._current[CONF_NAME]
        entries.async_remove_subentry(building, self._reconfigure_subentry_id)
        entries.async_add_subentry(building, resident_subentry(settings))
        return self.async_abort(
            reason="resident_replaced",
            description_placeholders={
                "name": self._name,
                "former": in_markdown(former),
            },
        )
