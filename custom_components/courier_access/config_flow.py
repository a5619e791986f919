"""Config flow of a building, with the door, couriers, and residents that it starts with."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final, NamedTuple, override

from homeassistant.components import webhook
from homeassistant.config_entries import (
    ConfigFlow,
    ConfigFlowContext,
    ConfigFlowResult,
    ConfigSubentryData,
    ConfigSubentryDataWithId,
    ConfigSubentryFlow,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    TextSelector,
    TextSelectorConfig,
)
from homeassistant.util.ulid import ulid_now
import voluptuous as vol

from .access.names import mixes_scripts
from .building.building import CourierAccessConfigEntry
from .const import (
    CONF_DOOR_PAGES,
    CONF_DOORS,
    CONF_HOUSEHOLD,
    CONF_KEY,
    CONF_KIND,
    CONF_LANGUAGE,
    CONF_LONGEST_GRANT_HOURS,
    CONF_NAME,
    CONF_OPENER,
    CONF_OPERATION,
    CONF_PERSON,
    CONF_PRIVATE,
    CONF_RATE_PER_MINUTE,
    CONF_TARGETS,
    CONF_UNIT,
    DEFAULT_LONGEST_GRANT_HOURS,
    DEFAULT_RATE_PER_MINUTE,
    DOMAIN,
    DRIVERS_LANGUAGES,
    MINOR_VERSION,
    VERSION,
    Household,
    SubentryType,
    TargetKind,
)
from .couriers.keys import CourierKeys
from .doors.doors import Sheet
from .flows.courier import CourierFlow, courier_data
from .flows.door import (
    OPENER_FIELD,
    OPERATION_FIELD,
    DoorFlow,
    ObservedFlow,
    door_data,
    free_key,
    opener_problem,
    openers_of_other_doors,
    operation_problem,
)
from .flows.forms import (
    Answers,
    Fields,
    FormFlow,
    choice,
    chosen_language,
    courier_name_problem,
    errors_of,
    link_tags,
    name_problem,
)
from .flows.options import BuildingOptionsFlow
from .flows.resident import (
    PERSON_DOMAIN,
    ResidentFlow,
    async_only_unit,
    become_several,
    first_home_fields,
    unit_problem,
)
from .home_assistant.callbacks import entity_id_of, reference_of
from .residents.directory import homes_of, note_added, user_of
from .web.building_pages import SHEET_PATH
from .web.pages import async_signed_path

FIELD_DOOR: Final = "door"
FIELD_DOOR_PAGE: Final = "door_page"
FIELD_COURIERS: Final = "couriers"
FIELD_RESIDENTS: Final = "residents"
FIELD_ANOTHER: Final = "another"


def first_door(
    hass: HomeAssistant, answers: Mapping[str, Any]
) -> ConfigSubentryDataWithId:
    """Return the door; without an opener, it is a demo door."""
    name = answers[FIELD_DOOR].strip()
    key = free_key(name, ())
    opener = entity_id_of(hass, answers.get(CONF_OPENER))
    return ConfigSubentryDataWithId(
        data=door_data(hass, opener, {**answers, CONF_KEY: key}),
        subentry_id=ulid_now(),
        subentry_type=SubentryType.DOOR,
        title=name,
        unique_id=key,
    )


def couriers(names: Iterable[str], door_id: str) -> list[ConfigSubentryData]:
    """Return couriers without a key, who may ask for the door, each name once."""
    details = {
        CONF_DOORS: [door_id],
        CONF_LONGEST_GRANT_HOURS: DEFAULT_LONGEST_GRANT_HOURS,
        CONF_RATE_PER_MINUTE: DEFAULT_RATE_PER_MINUTE,
    }
    named: list[ConfigSubentryData] = []
    for name in map(str.strip, names):
        others = (courier["title"] for courier in named)
        if courier_name_problem(name, others) is None:
            webhook_id = webhook.async_generate_id()
            named.append(
                ConfigSubentryData(
                    data=courier_data(details, webhook_id, CourierKeys()),
                    subentry_type=SubentryType.COURIER,
                    title=name,
                    unique_id=webhook_id,
                )
            )
    return named


class Home(NamedTuple):
    """A unit, and the names of the persons who live there by their entities."""

    unit: str
    persons: Mapping[str, str]

    def errors(self, other_units: Iterable[str]) -> dict[str, str]:
        """Return the errors by field; an empty home is none."""
        if self.persons and (problem := unit_problem(self.unit, other_units)):
            return {CONF_UNIT: problem}
        if self.unit and not self.persons:
            return {FIELD_RESIDENTS: "no_resident"}
        return {}

    def residents(
        self, hass: HomeAssistant, *, is_private: bool
    ) -> list[ConfigSubentryData]:
        return [
            ConfigSubentryData(
                data={
                    CONF_UNIT: self.unit,
                    CONF_PERSON: reference_of(hass, person),
                    CONF_LANGUAGE: None,
                    CONF_TARGETS: [{CONF_KIND: TargetKind.PERSON_APPS.value}],
                    CONF_PRIVATE: is_private,
                },
                subentry_type=SubentryType.RESIDENT,
                title=name,
                unique_id=None,
            )
            for person, name in self.persons.items()
        ]


def _persons_with_login(hass: HomeAssistant, homes: Iterable[Home]) -> dict[str, str]:
    """Return the names of persons with a user, except who lives in another home."""
    taken = {person for home in homes for person in home.persons}
    return {
        state.entity_id: state.name
        for state in hass.states.async_all(PERSON_DOMAIN)
        if user_of(hass, state.entity_id) and state.entity_id not in taken
    }


_FIELDS: Final[Mapping[vol.Marker, object]] = {
    vol.Required(CONF_NAME): TextSelector(),
    # The frontend preselects a required choice; this one protects privacy.
    vol.Required(CONF_HOUSEHOLD, default=Household.SEVERAL.value): choice(
        Household, CONF_HOUSEHOLD
    ),
}


class BuildingFlow(
    FormFlow[ConfigFlowContext, ConfigFlowResult], ConfigFlow, domain=DOMAIN
):
    """Adds and reconfigures buildings."""

    VERSION = VERSION
    MINOR_VERSION = MINOR_VERSION

    _building: Mapping[str, Any]
    _door: ConfigSubentryDataWithId
    _couriers: Sequence[str] = ()

    def __init__(self) -> None:
        self._homes: list[Home] = []

    @classmethod
    @callback
    @override
    def async_get_supported_subentry_types(
        cls, config_entry: CourierAccessConfigEntry
    ) -> dict[str, type[ConfigSubentryFlow]]:
        return {
            SubentryType.DOOR: DoorFlow,
            SubentryType.OBSERVED: ObservedFlow,
            SubentryType.COURIER: CourierFlow,
            SubentryType.RESIDENT: ResidentFlow,
        }

    @staticmethod
    @callback
    @override
    def async_get_options_flow(
        config_entry: CourierAccessConfigEntry,
    ) -> BuildingOptionsFlow:
        return BuildingOptionsFlow()

    @override
    async def async_step_user(self, user_input: Answers = None) -> ConfigFlowResult:
        """Ask for the building and its first door."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._first_errors(user_input)
            if not errors:
                self._building = user_input
                self._door = first_door(self.hass, user_input)
                return self._create() if self._homes else self._ask_for_people()
        return self._ask_for_building(user_input, errors)

    async def async_step_people(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for couriers and the residents of a home; both can wait."""
        if user_input is not None:
            if not self._homes:
                self._couriers = user_input.get(FIELD_COURIERS, ())
            offered = _persons_with_login(self.hass, self._homes)
            chosen = user_input.get(FIELD_RESIDENTS, ())
            unit = user_input.get(CONF_UNIT, "").strip()
            if chosen and not unit and self._is_one:
                unit = await async_only_unit(self.hass)
            home = Home(
                unit,
                {person: offered[person] for person in chosen if person in offered},
            )
            errors = home.errors(each.unit for each in self._homes)
            if any(map(mixes_scripts, user_input.get(FIELD_COURIERS, ()))):
                errors[FIELD_COURIERS] = "name_mixed"
            if errors:
                return self._ask_for_people(user_input, errors)
            self._homes.append(home)
            if not user_input.get(FIELD_ANOTHER):
                return self._create()
        return self._ask_for_people()

    async_step_home = async_step_people

    async def async_step_reconfigure(self, user_input: Answers) -> ConfigFlowResult:
        """Change the building's name and household type."""
        building = self._get_reconfigure_entry()
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._name_errors(user_input, building)
            if not errors:
                self._building = user_input
                if self._becomes_several(building):
                    return await self.async_step_first_home(None)
                return self._change()
        return self._form(
            "reconfigure",
            _FIELDS,
            user_input or {CONF_NAME: building.title, **building.data},
            errors,
        )

    async def async_step_first_home(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for the unit of the only home so far, if there is one."""
        building = self._get_reconfigure_entry()
        residents = list(building.get_subentries_of_type(SubentryType.RESIDENT))
        if len(homes_of(residents)) != 1:
            become_several(self.hass, building)
            return self._change()
        former_unit = residents[0].data[CONF_UNIT]
        errors: dict[str, str] = {}
        if user_input is not None:
            unit = user_input[CONF_UNIT].strip()
            errors = errors_of({CONF_UNIT: unit_problem(unit, [former_unit])})
            if not errors:
                become_several(self.hass, building, former_unit, unit)
                return self._change()
        suggestions = user_input or {CONF_UNIT: former_unit}
        return self._form("first_home", first_home_fields(), suggestions, errors)

    def _becomes_several(self, building: CourierAccessConfigEntry) -> bool:
        change = building.data[CONF_HOUSEHOLD], self._building[CONF_HOUSEHOLD]
        return change == (Household.ONE, Household.SEVERAL)

    def _change(self) -> ConfigFlowResult:
        """Save what was chosen of the building, and end."""
        return self.async_update_and_abort(
            self._get_reconfigure_entry(),
            title=self._building[CONF_NAME].strip(),
            data_updates={CONF_HOUSEHOLD: self._building[CONF_HOUSEHOLD]},
        )

    @property
    def _is_one(self) -> bool:
        return bool(self._building[CONF_HOUSEHOLD] == Household.ONE)

    @override
    async def async_on_create_entry(self, result: ConfigFlowResult) -> ConfigFlowResult:
        """Link to what comes next, which only a building has."""
        path = async_signed_path(self.hass, SHEET_PATH, result["result"].entry_id)
        result["description_placeholders"] = link_tags(path)
        return result

    def _create(self) -> ConfigFlowResult:
        """Create the building, unless its name or opener was taken meanwhile."""
        building, door = self._building, self._door
        if errors := self._first_errors(building):
            return self._ask_for_building(building, errors)
        is_private = building[CONF_HOUSEHOLD] != Household.ONE
        parts = [
            *couriers(self._couriers, door["subentry_id"]),
            *chain.from_iterable(
                home.residents(self.hass, is_private=is_private) for home in self._homes
            ),
        ]
        note_added(
            self.hass,
            *(each["unique_id"] or each["data"][CONF_PERSON] for each in parts),
        )
        options: dict[str, Any] = {}
        if building[FIELD_DOOR_PAGE]:
            options[CONF_DOOR_PAGES] = {
                CONF_LANGUAGE: chosen_language(self.hass, {}, DRIVERS_LANGUAGES),
                CONF_DOORS: {door["subentry_id"]: Sheet.new().to_mapping()},
            }
        return self.async_create_entry(
            title=building[CONF_NAME].strip(),
            data={CONF_HOUSEHOLD: building[CONF_HOUSEHOLD]},
            description="with_sheet" if options else None,
            options=options,
            subentries=[door, *parts],
        )

    def _first_errors(self, answers: Mapping[str, Any]) -> dict[str, str]:
        problems: dict[str, str | None] = {
            FIELD_DOOR: name_problem(answers[FIELD_DOOR])
        }
        if opener := answers.get(CONF_OPENER):
            taken = openers_of_other_doors(self.hass, None)
            entity_id = entity_id_of(self.hass, opener)
            problems[CONF_OPENER] = opener_problem(self.hass, entity_id, taken)
            problems[CONF_OPERATION] = operation_problem(
                self.hass, entity_id, answers.get(CONF_OPERATION)
            )
        return self._name_errors(answers) | errors_of(problems)

    def _name_errors(
        self, answers: Mapping[str, Any], own: CourierAccessConfigEntry | None = None
    ) -> dict[str, str]:
        others = (
            each.title for each in self._async_current_entries() if each is not own
        )
        return errors_of({CONF_NAME: name_problem(answers[CONF_NAME], others)})

    def _ask_for_building(
        self, suggestions: Mapping[str, Any] | None, errors: dict[str, str]
    ) -> ConfigFlowResult:
        fields = {
            **_FIELDS,
            vol.Required(FIELD_DOOR): TextSelector(),
            vol.Optional(CONF_OPENER): OPENER_FIELD,
        }
        if CONF_OPERATION in {*errors, *(suggestions or ())}:
            fields[vol.Optional(CONF_OPERATION)] = OPERATION_FIELD
        fields[vol.Required(FIELD_DOOR_PAGE, default=True)] = BooleanSelector()
        is_last = bool(self._homes)
        return self._form("user", fields, suggestions, errors, last_step=is_last)

    def _ask_for_people(
        self, suggestions: Answers = None, errors: dict[str, str] | None = None
    ) -> ConfigFlowResult:
        fields: Fields = {}
        if persons := _persons_with_login(self.hass, self._homes):
            residents = choice(persons, multiple=True, mode=None)
            fields[vol.Optional(FIELD_RESIDENTS)] = residents
            fields[vol.Optional(CONF_UNIT)] = TextSelector()
            if not self._is_one and len(persons) > 1:
                fields[vol.Required(FIELD_ANOTHER, default=False)] = BooleanSelector()
        if self._homes:
            return self._form("home", fields, suggestions, errors)
        # An empty name shows the field of one, to type in at once.
        marker = vol.Optional(FIELD_COURIERS, description={"suggested_value": [""]})
        names = {marker: TextSelector(TextSelectorConfig(multiple=True))}
        return self._form("people", names | fields, suggestions, errors)
