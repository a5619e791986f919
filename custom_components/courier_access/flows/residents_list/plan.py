"""Compare a list with a building's residents and apply the changes as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from homeassistant.config_entries import ConfigSubentry
from homeassistant.core import HomeAssistant, callback

from ...access.model import normal_unit
from ...building.building import CourierAccessConfigEntry
from ...const import CONF_NAME, CONF_PERSON, CONF_UNIT, SubentryType
from ...hass.entities import entity_id_of
from ..resident_details import ResidentProblem, ResidentSettings, resident_subentry
from .rows import (
    CellWords,
    ReadRow,
    RowError,
    RowProblem,
    UnclearRow,
    person_named,
)
from .table import Row

type _Home = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """The changes that a list makes; with errors, nothing is applied.

    `changed` has the new settings by subentry id, and `missing` the ids of residents
    who aren't in the list.
    """

    new: Sequence[ResidentSettings] = field(default_factory=list)
    changed: Mapping[str, ResidentSettings] = field(default_factory=dict)
    unchanged: int = 0
    missing: Sequence[str] = field(default_factory=list)
    errors: Sequence[RowError] = field(default_factory=list)

    @property
    def outline(self) -> tuple[object, ...]:
        """Return what identifies a plan, without the ids of paper consent."""
        new = [(each.name, each.data[CONF_UNIT]) for each in self.new]
        return new, list(self.changed), self.unchanged, self.missing, self.errors


@callback
def plan(
    hass: HomeAssistant,
    building: CourierAccessConfigEntry,
    rows: Sequence[Row],
    words: CellWords,
    today: date,
) -> Plan:
    """Compare a list with the building's residents.

    A resident is matched by person, otherwise by name and unit.
    """
    return _Planning(hass, building, words, today).plan(rows)


@callback
def carry_out(
    hass: HomeAssistant,
    building: CourierAccessConfigEntry,
    planned: Plan,
    *,
    move_out: bool,
) -> None:
    """Apply the plan in one loop iteration; `move_out` removes missing residents."""
    entries = hass.config_entries
    if move_out:
        for resident_id in planned.missing:
            entries.async_remove_subentry(building, resident_id)
    for resident_id, settings in planned.changed.items():
        subentry = building.subentries[resident_id]
        entries.async_update_subentry(
            building, subentry, title=settings.name, data=settings.data
        )
    for settings in planned.new:
        entries.async_add_subentry(building, resident_subentry(settings))


class _Planning:
    def __init__(
        self,
        hass: HomeAssistant,
        building: CourierAccessConfigEntry,
        words: CellWords,
        today: date,
    ) -> None:
        self._hass = hass
        self._building = building
        self._words = words
        self._today = today
        self._residents = {
            resident.subentry_id: resident
            for resident in building.get_subentries_of_type(SubentryType.RESIDENT)
        }
        self._by_person = {
            entity_id_of(hass, resident.data[CONF_PERSON]): resident
            for resident in self._residents.values()
            if resident.data[CONF_PERSON]
        }
        self._by_home: dict[_Home, list[ConfigSubentry]] = {}
        for resident in self._residents.values():
            home = _home(resident.title, resident.data[CONF_UNIT])
            self._by_home.setdefault(home, []).append(resident)
        self._homes: set[_Home] = set()
        self._units = [each.data[CONF_UNIT] for each in self._residents.values()]
        self._persons: set[str | None] = set()
        self._listed: set[str] = set()

    def plan(self, rows: Sequence[Row]) -> Plan:
        new: list[ResidentSettings] = []
        changed: dict[str, ResidentSettings] = {}
        errors: list[RowError] = []
        for row in rows:
            try:
                cell = row.cells.get(CONF_PERSON)
                person = None if cell is None else person_named(self._hass, cell)
                known = self._known(row, person)
            except UnclearRow as unclear:
                errors.append(RowError(row.line, unclear.problem, unclear.written))
                continue
            read = ReadRow(self._hass, self._building, row, person, known, self._words)
            settings = read.settings(self._persons, self._units, self._today)
            self._units.append(settings.data[CONF_UNIT])
            errors += read.errors
            self._persons.add(
                entity_id_of(self._hass, settings.data[CONF_PERSON]) or person
            )
            if known is None:
                new.append(settings)
            elif settings != ResidentSettings(known.title, known.data):
                changed[known.subentry_id] = settings
        return Plan(
            new=new,
            changed=changed,
            unchanged=len(self._listed) - len(changed),
            missing=[
                resident_id
                for resident_id in self._residents
                if resident_id not in self._listed
            ],
            errors=errors,
        )

    def _known(self, row: Row, person: str | None) -> ConfigSubentry | None:
        """Return the resident of a row, None for a new one; each matches once."""
        if CONF_NAME not in row.cells or CONF_UNIT not in row.cells:
            return None  # reported as an error of its own
        name, unit = row.cells[CONF_NAME], row.cells[CONF_UNIT]
        written, home = f"{name}, {unit}", _home(name, unit)
        at_home = self._by_home.get(home, [])
        known = None if person is None else self._by_person.get(person)
        if known is not None and person in self._persons:
            raise UnclearRow(ResidentProblem.PERSON_TAKEN, row.cells[CONF_PERSON])
        if known is None and len(at_home) == 1:
            [known] = at_home
        is_known = known is not None and known.subentry_id in self._listed
        is_of_another = any(each is not known for each in at_home)
        if home in self._homes or is_known or is_of_another:
            raise UnclearRow(RowProblem.RESIDENT_TWICE, written)
        self._homes.add(home)
        if known is not None:
            self._listed.add(known.subentry_id)
        return known


def _home(name: str, unit: str) -> _Home:
    return name.strip().casefold(), normal_unit(unit)
