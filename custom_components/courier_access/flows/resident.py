"""Subentry flow of a resident: details, notification targets, and paper consent."""

from collections.abc import Mapping
from typing import Any

from homeassistant.config_entries import ConfigSubentry, SubentryFlowResult
from homeassistant.helpers.selector import (
    EntitySelector,
    EntitySelectorConfig,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
import voluptuous as vol

from ..access.markup import in_markdown
from ..building.building import async_today
from ..const import (
    CONF_DECIDED_ON,
    CONF_LANGUAGE,
    CONF_NAME,
    CONF_PERSON,
    CONF_TARGETS,
    CONF_UNIT,
    SubentryType,
)
from ..hass.entities import entity_id_of
from ..residents.recipients import may_have_user
from .forms import Answers, PartFlow, languages
from .resident_details import (
    PERSON_DOMAIN,
    PaperConsent,
    ResidentSettings,
    current_paper_consent,
    detail_errors,
    details_from_form,
    has_login,
    is_same_home,
    paper_fields,
    paper_from_form,
    resident_settings,
    resident_subentry,
)
from .targets import (
    FIELD_TEST,
    TargetProblem,
    failing_targets,
    recorded_target_errors,
    target_errors,
    targets_fields,
    targets_from_form,
    targets_suggested,
)


class ResidentFlow(PartFlow):
    """Adds and changes a resident."""

    _details: dict[str, Any]
    _targets: list[dict[str, str]]
    _replaces = False

    async def async_step_user(self, user_input: Answers = None) -> SubentryFlowResult:
        """Ask for a new resident's details."""
        return await self._ask_for_details("user", user_input)

    async def async_step_reconfigure(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask for the resident's changed details."""
        return await self._ask_for_details("reconfigure", user_input)

    async def async_step_renamed(self, _: Answers = None) -> SubentryFlowResult:
        """Ask if this is a new resident, who can't inherit consent (promise 1)."""
        return self._menu(
            "renamed",
            "same_resident",
            "another_resident",
            name=in_markdown(self._details[CONF_NAME]),
            former=in_markdown(self._current[CONF_NAME]),
        )

    async def async_step_same_resident(self, _: Answers = None) -> SubentryFlowResult:
        """Continue with the renamed resident."""
        return await self.async_step_targets()

    async def async_step_another_resident(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Continue with a new resident, who replaces the former one."""
        self._replaces = True
        return await self.async_step_targets()

    async def async_step_targets(
        self, user_input: Answers = None
    ) -> SubentryFlowResult:
        """Ask how the resident is notified."""
        recorded = self._recorded()
        so_far = [] if recorded is None else recorded[CONF_TARGETS]
        errors: dict[str, str] = {}
        failed = ""
        suggestions = user_input
        if user_input is not None:
            errors = target_errors(self.hass, user_input, so_far)
            if not errors:
                self._targets = targets_from_form(self.hass, user_input, so_far)
                if user_input[FIELD_TEST]:
                    errors, failed = await self._test()
            if not errors:
                return await self.async_step_decision()
        elif recorded is not None:
            same_person = self._details[CONF_PERSON] == recorded[CONF_PERSON]
            suggestions = targets_suggested(self.hass, so_far, same_person=same_person)
            errors = recorded_target_errors(self.hass, so_far)
        return self._form(
            "targets",
            targets_fields(self.hass, so_far, with_apps=self._has_login()),
            suggestions,
            errors,
            placeholders={
                "name": in_markdown(self._details[CONF_NAME]),
                "who": self._details[CONF_NAME],  # in the title, which is plain text
                "failed": failed,
            },
            last_step=not self._may_decide_on_paper(),
        )

    async def _test(self) -> tuple[dict[str, str], str]:
        """Send a test notification; return the error, and the targets that failed."""
        settings = resident_settings(self._details, self._targets, None)
        failed = await failing_targets(
            self.hass, self._get_entry().title, resident_subentry(settings)
        )
        if failed is None:
            return {"base": TargetProblem.NOWHERE}, ""
        return ({"base": TargetProblem.TEST} if failed else {}), ", ".join(failed)

    async def async_step_decision(self, _: Answers = None) -> SubentryFlowResult:
        """Offer to record paper consent for a resident who never had a login."""
        paper = self._paper
        name = in_markdown(self._details[CONF_NAME])
        if not self._may_decide_on_paper():
            return self._finish(paper)
        if paper is None:
            return self._menu("decision", "paper", "no_paper", name=name)
        decided_on = paper[CONF_DECIDED_ON]
        return self._menu(
            "decision_again", "no_paper", "paper", name=name, decided_on=decided_on
        )

    async_step_decision_again = async_step_decision

    async def async_step_no_paper(self, _: Answers = None) -> SubentryFlowResult:
        """Finish with the recorded paper consent, if any."""
        return self._finish(self._paper)

    async def async_step_paper(self, user_input: Answers = None) -> SubentryFlowResult:
        """Record paper consent."""
        recorded = self._paper
        errors: dict[str, str] = {}
        suggestions = user_input
        if user_input is not None:
            today = await async_today(self.hass, self._get_entry())
            decision, errors = paper_from_form(user_input, today)
            if not errors:
                return self._finish(decision.to_data(recorded))
        elif recorded:
            suggestions = PaperConsent.from_data(recorded).to_form()
        return self._form(
            "paper",
            paper_fields(),
            suggestions,
            errors,
            placeholders={"name": in_markdown(self._details[CONF_NAME])},
        )

    async def _ask_for_details(
        self, step_id: str, user_input: Answers
    ) -> SubentryFlowResult:
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = detail_errors(
                self.hass, user_input, self._persons_of_others(), self._units()
            )
            if not errors:
                self._details = details_from_form(self.hass, user_input)
                if self._may_be_another():
                    return await self.async_step_renamed()
                return await self.async_step_targets()
        suggestions = user_input
        if suggestions is None and (recorded := self._recorded()):
            person = entity_id_of(self.hass, recorded[CONF_PERSON])
            suggestions = {**self._current, CONF_PERSON: person}
        return self._form(step_id, self._fields(), suggestions, errors, last_step=False)

    def _fields(self) -> dict[vol.Marker, object]:
        others = self._others(SubentryType.RESIDENT)
        units = sorted({other.data[CONF_UNIT] for other in others})
        known_units = SelectSelectorConfig(
            options=units, custom_value=True, mode=SelectSelectorMode.DROPDOWN
        )
        person = EntitySelectorConfig(filter={"domain": PERSON_DOMAIN})
        return {
            vol.Required(CONF_NAME): TextSelector(),
            # Without a default the frontend would preselect another unit.
            vol.Required(CONF_UNIT, default=""): SelectSelector(known_units)
            if units
            else TextSelector(),
            vol.Optional(CONF_PERSON): EntitySelector(person),
            vol.Optional(CONF_LANGUAGE): languages(),
        }

    def _units(self) -> list[str]:
        """Return the units of all residents, including this one."""
        residents = self._get_entry().get_subentries_of_type(SubentryType.RESIDENT)
        return [each.data[CONF_UNIT] for each in residents]

    def _persons_of_others(self) -> set[str | None]:
        others = self._others(SubentryType.RESIDENT)
        return {entity_id_of(self.hass, other.data[CONF_PERSON]) for other in others}

    def _subentry(self) -> ConfigSubentry | None:
        """Return the resident's subentry; None for a new resident."""
        return None if self._replaces else self._changed

    def _recorded(self) -> Mapping[str, Any] | None:
        """Return the resident's recorded data; None for a new resident."""
        subentry = self._subentry()
        return None if subentry is None else subentry.data

    @property
    def _paper(self) -> Mapping[str, Any] | None:
        """The recorded paper consent, unless another unit or person was entered."""
        return current_paper_consent(self._recorded(), self._details)

    def _has_login(self) -> bool:
        return has_login(self.hass, self._get_entry(), self._subentry(), self._details)

    def _may_decide_on_paper(self) -> bool:
        """Whether a paper would count: not in the change that takes a resident's login away."""
        subentry = self._subentry()
        had_login = subentry is not None and has_login(
            self.hass, self._get_entry(), subentry, subentry.data
        )
        return not (had_login or self._has_login())

    def _may_be_another(self) -> bool:
        """Return whether a new name may mean another person, who would inherit consent.

        A login proves who it is, and another unit or person needs new consent anyway.
        """
        recorded = self._recorded()
        return (
            recorded is not None
            and is_same_home(recorded, self._details)
            and not may_have_user(self.hass, self._details[CONF_PERSON])
            and self._current[CONF_NAME].strip().casefold()
            != self._details[CONF_NAME].casefold()
        )

    def _finish(self, paper: Mapping[str, Any] | None) -> SubentryFlowResult:
        settings = resident_settings(self._details, self._targets, paper)
        if self._replaces:
            return self._replace(settings)
        return self._save({CONF_NAME: settings.name, **settings.data})

    def _replace(self, settings: ResidentSettings) -> SubentryFlowResult:
        """Remove the former resident and add the new one."""
        entries, building = self.hass.config_entries, self._get_entry()
        former = self._current[CONF_NAME]
        entries.async_remove_subentry(building, self._reconfigure_subentry_id)
        entries.async_add_subentry(building, resident_subentry(settings))
        return self.async_abort(
            reason="resident_replaced",
            description_placeholders={
                "name": in_markdown(settings.name),
                "former": in_markdown(former),
            },
        )
