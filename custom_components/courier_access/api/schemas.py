"""The schemas in which people give residents' rules and deliveries."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from copy import replace
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
import re
from typing import Any, Final, NamedTuple, cast

from homeassistant.core import split_entity_id, valid_entity_id
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers import config_validation as cv, entity_registry as er
from homeassistant.helpers.typing import VolDictType
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType
import voluptuous as vol

from ..access.hours import Interval, InvalidSchedule, WeekSchedule
from ..access.model import (
    Attitude,
    Consent,
    Grant,
    Proof,
    Resident,
    Rules,
    read_rule,
)
from ..access.names import one_line
from ..building.building import Building
from ..const import (
    CONF_CONSENT,
    CONF_WINDOWS,
    DOMAIN,
    MAX_NOTE_LENGTH,
    MAX_RETENTION_DAYS,
    MIN_RETENTION_DAYS,
)
from ..contract.messages import ENTRIES, FURTHEST_END, REFERENCE, UNITS
from ..grants.by_residents import Delivery
from ..home_assistant.callbacks import entity_id_of, reference_of
from ..residents.rulebook import LINKABLE
from .lookup import all_couriers, couriers_named, instant, invalid, on_wall_clock
from .permissions import Actor, Permission

MOST_LINKED: Final = 20

_CONSENTS = [each.value for each in Consent if each is not Consent.NOT_GIVEN]
_ATTITUDE = vol.In([attitude.value for attitude in Attitude])
_PROOF = vol.In([proof.value for proof in Proof if proof is not Proof.RING])
_ENTITIES = vol.All(cv.ensure_list, [cv.string])
RULES_FIELDS: Final[VolDictType] = {
    vol.Optional(CONF_CONSENT): vol.Any(vol.In(_CONSENTS), cv.boolean),
    vol.Optional(CONF_WINDOWS): dict,
    vol.Optional("exceptions"): list,
    vol.Optional("default"): _ATTITUDE,
    vol.Optional("new_couriers"): _ATTITUDE,
    vol.Optional("couriers"): {cv.string: _ATTITUDE},
    vol.Optional("default_proof"): _PROOF,
    vol.Optional("proofs"): {cv.string: _PROOF},
    vol.Optional("only_while"): _ENTITIES,
    vol.Optional("never_while"): _ENTITIES,
    vol.Optional("share_hours"): cv.boolean,
    vol.Optional("digest_at"): object,
    vol.Optional("revision"): vol.All(vol.Coerce(int), vol.Range(min=0)),
}
"""Omitted fields stay unchanged; a list or mapping replaces the previous one."""

OPEN_ONCE: Final[VolDictType] = {
    vol.Optional("open_once"): {
        vol.Required("starts_at"): instant,
        vol.Required("ends_at"): instant,
    }
}
"""When a resident's hours open, too, for this once."""

LONGEST_OPENING: Final = timedelta(days=1)

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


class RulesFault(NamedTuple):
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
    building: Building, resident: Resident, given: Mapping[str, Any]
) -> Callable[[Rules], Rules]:
    """Return the change that the fields of `RULES_FIELDS` and `OPEN_ONCE` describe.

    What is said about removed couriers stays until one is allowed. Raise InvalidRules
    with all faults at once. The change raises `rules_stale` if `revision` isn't the
    current one.
    """
    form = _Form(building, resident, given)
    parts: dict[str, Any] = form.read()
    if form.faults:
        raise InvalidRules(form.faults)
    revision: int | None = given.get("revision")
    later: str | None = given.get("new_couriers")
    once = _read_opening(building, given)
    removed = building.rulebook.removed_couriers

    def change(rules: Rules) -> Rules:
        if revision not in (None, rules.revision):
            raise invalid("rules_stale", revision=str(rules.revision))
        new = replace(rules, **parts)
        if later is not None:
            present = building.directory.couriers
            new = new.with_later_couriers(Attitude(later), present)
        if once is not None:
            new = _opened(building, new, once)
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


def _read_opening(building: Building, given: Mapping[str, Any]) -> Interval | None:
    """Return when hours are opened once, if they are."""
    if "open_once" not in given:
        return None
    start, end = (
        on_wall_clock(building, given["open_once"][name])
        for name in ("starts_at", "ends_at")
    )
    now = dt_util.utcnow()
    if not (
        timedelta() < end - start <= LONGEST_OPENING and now < end <= now + FURTHEST_END
    ):
        raise invalid("rules_bad_opening")
    return Interval(start, end)


def _opened(building: Building, rules: Rules, once: Interval) -> Rules:
    today = dt_util.utcnow().astimezone(building.zone()).date()
    try:
        hours = rules.hours.opened(once, building.zone(), today)
    except InvalidSchedule as err:
        raise InvalidRules(_of_schedule("open_once", err)) from err
    return replace(rules, exceptions=hours.exceptions)


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

    def of_present[T: StrEnum](by_courier: Mapping[str, T]) -> JsonObjectType:
        return {
            courier: each.value
            for courier, each in by_courier.items()
            if courier in couriers
        }

    written = cast("dict[str, JsonValueType]", rules.to_dict())
    windows = written.pop("schedule")
    return {
        "unit": resident.unit_label,
        **written,
        CONF_WINDOWS: windows,
        "couriers": of_present(rules.couriers),
        "removed_couriers": [
            {"courier": courier, "name": name}
            for courier, name in building.rulebook.removed_and_denied(rules).items()
        ],
        "proofs": of_present(rules.proofs),
        "only_while": entities(rules.only_while),
        "never_while": entities(rules.never_while),
        "digest_at": rules.digest_time,
    }


def change_view(
    building: Building, actor: Actor, resident: Resident, rules: Rules
) -> dict[str, JsonValueType]:
    """Return changed rules, or only their revision if the actor may not read them."""
    if actor.may(Permission.READ_RULES, resident):
        return rules_view(building, resident, rules)
    return {"revision": rules.revision}


@dataclass(slots=True)
class _Form:
    """A reader of given fields that collects all faults."""

    building: Building
    resident: Resident
    given: Mapping[str, Any]
    faults: list[RulesFault] = field(default_factory=list)

    def read(self) -> dict[str, object]:
        """Return the given parts of the rules."""
        parts = {}
        for name in map(str, RULES_FIELDS):
            if name not in self.given or name in ("revision", "new_couriers"):
                continue
            part = "schedule" if name == CONF_WINDOWS else name
            try:
                parts[part] = read_rule(part, self._written(name))
            except InvalidSchedule as err:
                self.faults += _of_schedule(name, err)
        return parts

    def _written(self, field: str) -> object:
        """Return what is given as the rules' written form has it."""
        given = self.given[field]
        if field == CONF_CONSENT and isinstance(given, bool):
            return Consent.GIVEN if given else Consent.WITHDRAWN
        if field in ("couriers", "proofs"):
            return self._by_courier(field, given)
        if field in ("only_while", "never_while"):
            return self._entities(field, given)
        return self._digest(given) if field == "digest_at" else given

    def _by_courier(self, field: str, raw: Mapping[str, str]) -> dict[str, str]:
        values = {}
        for named, value in raw.items():
            match couriers_named(self.building.directory.couriers, named):
                case [courier]:
                    values[courier.id] = value
                case [] if named in self.building.rulebook.removed_couriers:
                    values[named] = value
                case []:
                    couriers = all_couriers(self.building)
                    self._fault(
                        field,
                        RulesProblem.UNKNOWN_COURIER,
                        courier=named,
                        couriers=couriers,
                    )
                case _:
                    self._fault(field, RulesProblem.SEVERAL_COURIERS, courier=named)
        return values

    def _entities(self, field: str, raw: Sequence[str]) -> tuple[str, ...]:
        if len(raw) > MOST_LINKED:
            self._fault(field, RulesProblem.TOO_MANY_ENTITIES, most=str(MOST_LINKED))
            return ()
        return tuple(dict.fromkeys(self._references(field, raw)))

    def _references(self, field: str, raw: Sequence[str]) -> Iterator[str]:
        hass, rulebook = self.building.hass, self.building.rulebook
        registry = er.async_get(hass)
        for entity in raw:
            if entity in rulebook.of(self.resident.id).linked:
                yield entity  # it stays, even if it is gone
                continue
            entry = registry.async_get(entity) if valid_entity_id(entity) else None
            if entry is None and hass.states.get(entity) is None:
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
                yield reference_of(hass, entity)

    def _digest(self, raw: object) -> int | None:
        if raw in (None, ""):
            return None
        found = _CLOCK.fullmatch(raw.isoformat() if isinstance(raw, time) else str(raw))
        if found is None:
            self._fault("digest_at", RulesProblem.BAD_DIGEST, time=str(raw)[:32])
            return None
        return int(found[1]) * 60 + int(found[2])

    def _fault(self, field: str, problem: RulesProblem, **placeholders: str) -> None:
        self.faults.append(RulesFault(field, f"rules_{problem}", placeholders))


def _of_schedule(field: str, err: InvalidSchedule) -> list[RulesFault]:
    return [
        RulesFault(field, f"schedule_{fault.problem}", fault.placeholders)
        for fault in err.faults
    ]


_ENTRIES = vol.All(vol.Coerce(int), ENTRIES)
PARCEL: Final = vol.All(cv.string, str.strip, REFERENCE)
"""A parcel's number, or a note that only its recipients read."""

ERASURE_DAYS: Final = vol.All(
    vol.Coerce(int), vol.Range(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS)
)
"""After how many days details of visits to a home are erased."""

NOTE: Final = vol.All(cv.string, vol.Length(max=MAX_NOTE_LENGTH), one_line)
"""What a home lets drivers read; an empty note removes it."""

DELIVERY_FIELDS: Final[VolDictType] = {
    vol.Required("units"): vol.All(cv.ensure_list, UNITS),
    vol.Optional("starts_at"): instant,
    vol.Required("ends_at"): instant,
    vol.Optional("max_entries", default=1): _ENTRIES,
    vol.Optional("parcel_ref"): PARCEL,
}
"""A delivery starts now if it has no start."""

REVISION_FIELDS: Final[VolDictType] = {
    vol.Optional("starts_at"): instant,
    vol.Optional("ends_at"): instant,
    vol.Optional("max_entries"): _ENTRIES,
    vol.Optional("parcel_ref"): PARCEL,
}
"""Omitted fields stay unchanged; an empty parcel removes it."""


def read_delivery(building: Building, given: Mapping[str, Any]) -> Delivery:
    return Delivery(
        units=tuple(given["units"]),
        starts_at=on_wall_clock(building, given.get("starts_at", dt_util.utcnow())),
        ends_at=on_wall_clock(building, given["ends_at"]),
        max_entries=given["max_entries"],
        parcel_ref=given.get("parcel_ref") or None,
    )


def read_revision(
    building: Building, grant: Grant, given: Mapping[str, Any]
) -> Delivery:
    return Delivery(
        units=tuple(grant.unit_labels.values()),
        starts_at=on_wall_clock(building, given.get("starts_at", grant.starts_at)),
        ends_at=on_wall_clock(building, given.get("ends_at", grant.ends_at)),
        max_entries=given.get("max_entries", grant.max_entries),
        parcel_ref=given.get("parcel_ref", grant.delivery.parcel_ref) or None,
    )
