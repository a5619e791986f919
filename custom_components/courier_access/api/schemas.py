"""The schemas in which people give residents' rules and deliveries."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum
import re
from typing import Any, Final, cast

from homeassistant.core import HomeAssistant, split_entity_id, valid_entity_id
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.model import (
    Attitude,
    Consent,
    Courier,
    Grant,
    Proof,
    Resident,
    Rules,
    read_rule,
)
from ..access.schedule import InvalidSchedule, WeekSchedule
from ..building.building import Building
from ..const import CONF_CONSENT, CONF_WINDOWS, DOMAIN
from ..contract.messages import ENTRIES, REFERENCE, UNITS
from ..grants.by_residents import Delivery
from ..hass.entities import entity_id_of, reference_of
from ..residents.rulebook import LINKABLE
from .lookup import couriers_named, instant, on_wall_clock
from .permissions import Actor, Permission

ATTR_EXCEPTIONS: Final = "exceptions"
ATTR_SHARE_HOURS: Final = "share_hours"
ATTR_DEFAULT: Final = "default"
ATTR_COURIERS: Final = "couriers"
ATTR_DEFAULT_PROOF: Final = "default_proof"
ATTR_PROOFS: Final = "proofs"
ATTR_ONLY_WHILE: Final = "only_while"
ATTR_NEVER_WHILE: Final = "never_while"
ATTR_DIGEST_AT: Final = "digest_at"
ATTR_REVISION: Final = "revision"

MOST_LINKED: Final = 20

_ATTITUDE = vol.In([attitude.value for attitude in Attitude])
_PROOF = vol.In([proof.value for proof in Proof if proof is not Proof.RING])
_ENTITIES = vol.All(cv.ensure_list, [cv.string])
RULES_FIELDS: Final[VolDictType] = {
    vol.Optional(CONF_CONSENT): cv.boolean,
    vol.Optional(CONF_WINDOWS): dict,
    vol.Optional(ATTR_EXCEPTIONS): list,
    vol.Optional(ATTR_DEFAULT): _ATTITUDE,
    vol.Optional(ATTR_COURIERS): {cv.string: _ATTITUDE},
    vol.Optional(ATTR_DEFAULT_PROOF): _PROOF,
    vol.Optional(ATTR_PROOFS): {cv.string: _PROOF},
    vol.Optional(ATTR_ONLY_WHILE): _ENTITIES,
    vol.Optional(ATTR_NEVER_WHILE): _ENTITIES,
    vol.Optional(ATTR_SHARE_HOURS): cv.boolean,
    vol.Optional(ATTR_DIGEST_AT): object,
    vol.Optional(ATTR_REVISION): vol.All(vol.Coerce(int), vol.Range(min=0)),
}
"""Omitted fields stay unchanged; a list or mapping replaces the previous one."""

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::00)?")


class RulesProblem(StrEnum):
    """A fault in given rules, besides the faults of their hours."""

    UNKNOWN_COURIER = "unknown_courier"
    SEVERAL_COURIERS = "several_couriers"
    UNKNOWN_ENTITY = "unknown_entity"
    WRONG_ENTITY = "wrong_entity"
    OWN_ENTITY = "own_entity"
    TOO_MANY_ENTITIES = "too_many_entities"
    BAD_DIGEST = "bad_digest"


@dataclass(frozen=True, slots=True)
class RulesFault:
    """A field's fault: the key of an error message, and its placeholders."""

    field: str
    translation_key: str
    placeholders: Mapping[str, str]


class InvalidRules(ServiceValidationError):
    """Rules with `faults`; the message is the first one's."""

    def __init__(self, faults: Sequence[RulesFault]) -> None:
        super().__init__(
            translation_domain=DOMAIN,
            translation_key=faults[0].translation_key,
            translation_placeholders={
                **faults[0].placeholders,
                "faults": str(len(faults)),
            },
        )
        self.faults = tuple(faults)


class StaleRules(ServiceValidationError):
    """Rules for an older revision than the current one; nothing was changed."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            translation_domain=DOMAIN,
            translation_key="rules_stale",
            translation_placeholders={"revision": str(revision)},
        )


def fault_view(fault: RulesFault, texts: Mapping[str, str]) -> JsonObjectType:
    """Return a fault with its message, from the translations of exceptions."""
    key = fault.translation_key
    message = texts[f"component.{DOMAIN}.exceptions.{key}.message"]
    return {
        "field": fault.field,
        "translation_domain": DOMAIN,
        "translation_key": key,
        "translation_placeholders": dict(fault.placeholders),
        "message": message.format(**fault.placeholders),
    }


def read_rules(
    hass: HomeAssistant,
    given: Mapping[str, Any],
    couriers: Mapping[str, Courier],
    linked: Collection[str] = (),
    removed: Collection[str] = (),
) -> Callable[[Rules], Rules]:
    """Return the change to rules that the fields of `RULES_FIELDS` describe.

    `linked` are current references, which may stay after their entity is gone. What is
    said about the `removed` couriers stays, too, until one is allowed. Raise
    InvalidRules with all faults at once. The change raises StaleRules if `revision`
    isn't the current one.
    """
    form = _Form(hass, given, couriers, linked, removed)
    parts: dict[str, Any] = form.read()
    if form.faults:
        raise InvalidRules(form.faults)
    revision: int | None = given.get(ATTR_REVISION)

    def change(rules: Rules) -> Rules:
        if revision not in (None, rules.revision):
            raise StaleRules(rules.revision)
        new = replace(rules, **parts)
        attitudes = _with_removed(rules.couriers, new.couriers, removed)
        return replace(
            new,
            couriers={
                key: each
                for key, each in attitudes.items()
                if key not in removed or each is not Attitude.ALLOW
            },
            proofs=_with_removed(rules.proofs, new.proofs, removed),
        )

    return change


def _with_removed[T](
    old: Mapping[str, T], new: Mapping[str, T], removed: Collection[str]
) -> dict[str, T]:
    return {**{key: each for key, each in old.items() if key in removed}, **new}


def read_week(raw: Mapping[str, object]) -> WeekSchedule:
    """Return weekly hours as in `RULES_FIELDS`, or raise InvalidRules with all faults."""
    try:
        return WeekSchedule.from_mapping(raw)
    except InvalidSchedule as err:
        raise InvalidRules(_of_schedule(CONF_WINDOWS, err)) from err


def rules_view(
    building: Building, resident: Resident, rules: Rules
) -> dict[str, JsonValueType]:
    """Return rules in the format of `read_rules`, with the unit's name."""
    hass, couriers = building.hass, building.directory.couriers

    def entities(references: Sequence[str]) -> list[JsonValueType]:
        return [entity_id_of(hass, reference) or reference for reference in references]

    digest = rules.digest_at
    written = cast("dict[str, JsonValueType]", rules.to_dict())
    windows = written.pop("schedule")
    return {
        "unit": resident.unit_label,
        **written,
        CONF_WINDOWS: windows,
        ATTR_COURIERS: {
            courier: attitude.value
            for courier, attitude in rules.couriers.items()
            if courier in couriers
        },
        "removed_couriers": [
            {"courier": courier, "name": name}
            for courier, name in building.rulebook.removed_and_denied(rules).items()
        ],
        ATTR_PROOFS: {
            courier: proof.value
            for courier, proof in rules.proofs.items()
            if courier in couriers
        },
        ATTR_ONLY_WHILE: entities(rules.only_while),
        ATTR_NEVER_WHILE: entities(rules.never_while),
        ATTR_DIGEST_AT: None
        if digest is None
        else f"{digest // 60:02}:{digest % 60:02}",
    }


def change_view(
    building: Building, actor: Actor, resident: Resident, rules: Rules
) -> dict[str, JsonValueType]:
    """Return changed rules, or only their revision if the actor may not read them."""
    if actor.may(Permission.READ_RULES, resident):
        return rules_view(building, resident, rules)
    return {ATTR_REVISION: rules.revision}


class _Form:
    """A reader of given fields that collects all faults."""

    def __init__(
        self,
        hass: HomeAssistant,
        given: Mapping[str, Any],
        couriers: Mapping[str, Courier],
        linked: Collection[str],
        removed: Collection[str],
    ) -> None:
        self._hass = hass
        self._given = given
        self._couriers = couriers
        self._linked = linked
        self._removed = removed
        self.faults: list[RulesFault] = []

    def read(self) -> dict[str, object]:
        """Return the given parts of the rules."""
        parts = {}
        for field in map(str, RULES_FIELDS):
            if field not in self._given or field == ATTR_REVISION:
                continue
            part = "schedule" if field == CONF_WINDOWS else field
            try:
                parts[part] = read_rule(part, self._written(field))
            except InvalidSchedule as err:
                self.faults += _of_schedule(field, err)
        return parts

    def _written(self, field: str) -> object:
        """Return what is given as the rules' written form has it."""
        given = self._given[field]
        if field == CONF_CONSENT:
            return Consent.GIVEN if given else Consent.WITHDRAWN
        if field in (ATTR_COURIERS, ATTR_PROOFS):
            return self._by_courier(field, given)
        if field in (ATTR_ONLY_WHILE, ATTR_NEVER_WHILE):
            return self._entities(field, given)
        return self._digest(given) if field == ATTR_DIGEST_AT else given

    def _by_courier(self, field: str, raw: Mapping[str, str]) -> dict[str, str]:
        values = {}
        for named, value in raw.items():
            match couriers_named(self._couriers, named):
                case [courier]:
                    values[courier.id] = value
                case [] if named in self._removed:
                    values[named] = value
                case []:
                    self._fault(field, RulesProblem.UNKNOWN_COURIER, courier=named)
                case _:
                    self._fault(field, RulesProblem.SEVERAL_COURIERS, courier=named)
        return values

    def _entities(self, field: str, raw: Sequence[str]) -> tuple[str, ...]:
        if len(raw) > MOST_LINKED:
            self._fault(field, RulesProblem.TOO_MANY_ENTITIES, most=str(MOST_LINKED))
            return ()
        return tuple(dict.fromkeys(self._references(field, raw)))

    def _references(self, field: str, raw: Sequence[str]) -> Iterator[str]:
        registry = er.async_get(self._hass)
        for entity in raw:
            if entity in self._linked:
                yield entity
                continue
            entry = registry.async_get(entity) if valid_entity_id(entity) else None
            if entry is None and self._hass.states.get(entity) is None:
                self._fault(field, RulesProblem.UNKNOWN_ENTITY, entity=entity)
            elif split_entity_id(entity)[0] not in LINKABLE:
                domains = ", ".join(sorted(LINKABLE))
                self._fault(
                    field, RulesProblem.WRONG_ENTITY, entity=entity, domains=domains
                )
            elif entry is not None and entry.platform == DOMAIN:
                # The acceptance entity would depend on itself.
                self._fault(field, RulesProblem.OWN_ENTITY, entity=entity)
            else:
                yield reference_of(self._hass, entity)

    def _digest(self, raw: object) -> int | None:
        if raw is None:
            return None
        found = _CLOCK.fullmatch(raw.isoformat() if isinstance(raw, time) else str(raw))
        if found is None:
            self._fault(ATTR_DIGEST_AT, RulesProblem.BAD_DIGEST, time=str(raw)[:32])
            return None
        return int(found[1]) * 60 + int(found[2])

    def _fault(self, field: str, problem: RulesProblem, **placeholders: str) -> None:
        self.faults.append(RulesFault(field, f"rules_{problem}", placeholders))


def _of_schedule(field: str, err: InvalidSchedule) -> list[RulesFault]:
    return [
        RulesFault(field, f"schedule_{fault.problem}", fault.placeholders)
        for fault in err.faults
    ]


ATTR_UNITS: Final = "units"
ATTR_STARTS_AT: Final = "starts_at"
ATTR_ENDS_AT: Final = "ends_at"
ATTR_MAX_ENTRIES: Final = "max_entries"
ATTR_PARCEL_REF: Final = "parcel_ref"

_ENTRIES = vol.All(vol.Coerce(int), ENTRIES)
PARCEL: Final = vol.All(cv.string, str.strip, REFERENCE)
"""A parcel's number, or a note that only its recipients read."""

DELIVERY_FIELDS: Final[VolDictType] = {
    vol.Required(ATTR_UNITS): vol.All(cv.ensure_list, UNITS),
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Required(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES, default=1): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""A delivery starts now if it has no start."""

REVISION_FIELDS: Final[VolDictType] = {
    vol.Optional(ATTR_STARTS_AT): instant,
    vol.Optional(ATTR_ENDS_AT): instant,
    vol.Optional(ATTR_MAX_ENTRIES): _ENTRIES,
    vol.Optional(ATTR_PARCEL_REF): PARCEL,
}
"""Omitted fields stay unchanged; an empty parcel removes it."""


def read_delivery(building: Building, given: Mapping[str, Any]) -> Delivery:
    return Delivery(
        units=tuple(given[ATTR_UNITS]),
        starts_at=on_wall_clock(building, given.get(ATTR_STARTS_AT, dt_util.utcnow())),
        ends_at=on_wall_clock(building, given[ATTR_ENDS_AT]),
        max_entries=given[ATTR_MAX_ENTRIES],
        parcel_ref=given.get(ATTR_PARCEL_REF) or None,
    )


def read_revision(
    building: Building, grant: Grant, given: Mapping[str, Any]
) -> Delivery:
    """Return a grant's delivery, revised by the `REVISION_FIELDS` that are given."""
    return Delivery(
        units=tuple(grant.unit_labels.values()),
        starts_at=on_wall_clock(building, given.get(ATTR_STARTS_AT, grant.starts_at)),
        ends_at=on_wall_clock(building, given.get(ATTR_ENDS_AT, grant.ends_at)),
        max_entries=given.get(ATTR_MAX_ENTRIES, grant.max_entries),
        parcel_ref=given.get(ATTR_PARCEL_REF, grant.delivery.parcel_ref) or None,
    )
