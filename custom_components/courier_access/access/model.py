"""Define the value types of doors, couriers, residents, rules, and grants."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from enum import Enum, StrEnum, auto
from types import MappingProxyType
from typing import Any, Final
import unicodedata

from .hours import (
    Hours,
    HoursException,
    WeekSchedule,
    exceptions_from_list,
    exceptions_to_list,
)

type Written = str | int | Sequence[Written] | Mapping[str, Written] | None
"""What JSON can have."""


class Decision(StrEnum):
    """The answer to a courier's message (docs/courier-api/README.md#read-the-answer)."""

    OK = "ok"
    ACCEPTED = "accepted"
    ADMITTED = "admitted"
    REVOKED = "revoked"
    REFUSED = "refused"


class EntryDecision(StrEnum):
    """The decision about an entry in the access log; nobody decided observed ones here."""

    ADMITTED = "admitted"
    REFUSED = "refused"
    OBSERVED = "observed"


class Reason(StrEnum):
    """The reason for a decision (docs/reference/events.md#reasons), the same wherever it is shown."""

    OK = "ok"
    COURIER_DISABLED = "courier_disabled"
    DOOR_NOT_ALLOWED = "door_not_allowed"
    PAUSED = "paused"
    NOT_ACCEPTING = "not_accepting"
    OUTSIDE_BUILDING_HOURS = "outside_building_hours"
    OUTSIDE_SCHEDULE = "outside_schedule"
    UNKNOWN_GRANT = "unknown_grant"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    VETOED = "vetoed"
    DECLINED = "declined"
    NO_ANSWER = "no_answer"
    ENTRIES_EXHAUSTED = "entries_exhausted"
    STALE_REVISION = "stale_revision"
    STALE_REQUEST = "stale_request"


class Outcome(StrEnum):
    """What the door did for an admitted entry (docs/courier-api/README.md#read-the-answer)."""

    OPENED = "opened"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Consent(StrEnum):
    """A resident's consent to courier deliveries for their unit (promise 1).

    OPTED_OUT ends this resident's own consent, and WITHDRAWN that of the whole unit.
    """

    NOT_GIVEN = "not_given"
    GIVEN = "given"
    OPTED_OUT = "opted_out"
    WITHDRAWN = "withdrawn"


REFUSALS: Final = frozenset({Consent.OPTED_OUT, Consent.WITHDRAWN})
"""A resident's decisions against couriers."""


class Attitude(StrEnum):
    """A resident's rule for one courier."""

    ALLOW = "allow"
    ASK = "ask"
    DENY = "deny"


class Proof(StrEnum):
    """What a courier shows at a door, strongest first (docs/how-to/drivers.md#choose-a-way-in)."""

    SIGNED = "signed"
    PASS = "pass"  # noqa: S105 - a one-time pass, not a secret
    ADDRESS_CODE = "address_code"
    PARCEL_NUMBER = "parcel_number"
    RING = "ring"

    def is_weaker_than(self, other: Proof) -> bool:
        return _ORDER.index(self) > _ORDER.index(other)


_ORDER: Final = tuple(Proof)
_MINUTES_OF_A_DAY = 24 * 60
_ANY_OTHER: Final = ""
"""Stands for couriers that rules don't name; no courier has this ID."""
_STRICTNESS = {Attitude.ALLOW: 0, Attitude.ASK: 1, Attitude.DENY: 2}


class Loosening(StrEnum):
    """A way in which a change loosens a resident's rules, in order of mention."""

    CONSENT = "consent"
    UNIT = "unit"
    HOURS = "hours"
    COURIERS = "couriers"
    CONDITIONS = "conditions"
    SHARED_HOURS = "shared_hours"
    DIGEST = "digest"
    ORDERS = "orders"


class EntityState(StrEnum):
    """The state of an entity that rules refer to; UNKNOWN if neither on nor off."""

    ON = "on"
    OFF = "off"
    UNKNOWN = "unknown"


class Answer(StrEnum):
    """A unit's answer to a question about an entry."""

    APPROVED = "approved"
    DECLINED = "declined"


class UnitPart(StrEnum):
    """The status of one unit in a grant."""

    ACCEPTED = "accepted"
    NOT_ACCEPTING = "not_accepting"
    VETOED = "vetoed"
    WITHDRAWN = "withdrawn"


class GrantState(StrEnum):
    """Whether a grant can still be used."""

    OPEN = "open"
    REVOKED = "revoked"
    CALLED_OFF = "called_off"
    """Ended by its parcel feed or with its standing order; a revision opens it again."""


def normal_unit(text: str) -> str:
    """Return the form in which units are compared: NFKC, trimmed, case-folded."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Case folding may split characters that NFKC had joined.
    return unicodedata.normalize("NFKC", folded).strip()


@dataclass(frozen=True, slots=True)
class Opening:
    """The result of a courier's command.

    `confirmed`: the door was seen to unlock. `unlocked_until`: when the door is locked
    again or an opener without a state stops showing unlocked; None if neither happens.
    `reads_locked`: the door was seen locked afterwards, by a lock that shows each opening.
    """

    outcome: Outcome
    confirmed: bool
    unlocked_until: datetime | None
    reads_locked: bool

    @property
    def refunds_use(self) -> bool:
        """Return whether the use is refunded: certainly nobody was let in."""
        return self.outcome is not Outcome.OPENED and self.reads_locked


@dataclass(frozen=True, slots=True)
class Door:
    """A door of the building."""

    id: str
    key: str
    name: str
    note: str = ""
    """What drivers read on the door's page once they were let in."""


def door_id_by_key(doors: Mapping[str, Door], key: str) -> str:
    """Return the ID of the door with that key, or "", which no door has."""
    return next((door.id for door in doors.values() if door.key == key), "")


@dataclass(frozen=True, slots=True)
class Courier:
    """A courier company that the administrator registered for some doors."""

    id: str
    name: str
    door_ids: frozenset[str]
    longest_grant: timedelta
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Resident:
    """An enrolled resident; `unit` is normalized, `unit_label` is as written.

    `person` is their Home Assistant person and `user_id` that person's account, if any.
    A resident whose `is_confirmed` is false is pending
    (docs/how-to/residents.md#pending-residents).
    """

    id: str
    name: str
    unit: str
    unit_label: str
    person: str | None = None
    user_id: str | None = None
    is_confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Rules:
    """One resident's rules (docs/reference/actions.md#rules); the defaults open nothing.

    `proofs` has, for each courier, the weakest proof that an *allow* lets in without a
    question, and `default_proof` that of the others. A ring is always asked. Entities
    in `only_while` must be on, and those in `never_while` off, for a courier to enter.
    `digest_at` is the minute of the day for the digest, if any.

    Raises ValueError for invalid exceptions, a ring as proof, or an invalid minute.
    """

    consent: Consent = Consent.NOT_GIVEN
    schedule: WeekSchedule = WeekSchedule()
    share_hours: bool = False
    default: Attitude = Attitude.ALLOW
    couriers: Mapping[str, Attitude] = MappingProxyType({})
    default_proof: Proof = Proof.PASS
    proofs: Mapping[str, Proof] = MappingProxyType({})
    revision: int = 0
    exceptions: tuple[HoursException, ...] = ()
    only_while: tuple[str, ...] = ()
    never_while: tuple[str, ...] = ()
    digest_at: int | None = None
    hours: Hours = field(init=False)
    """The schedule with its exceptions."""

    def __post_init__(self) -> None:
        hours = Hours(self.schedule, self.exceptions)
        object.__setattr__(self, "hours", hours)
        if Proof.RING in (self.default_proof, *self.proofs.values()):
            raise ValueError("a ring is always asked")
        if self.digest_at is not None and not 0 <= self.digest_at < _MINUTES_OF_A_DAY:
            raise ValueError("a day has the minutes 0 to 1439")

    @classmethod
    def from_dict(cls, written: Mapping[str, object]) -> Rules:
        """Read rules from their written form; omitted fields have their defaults.

        Raises AttributeError, LookupError, TypeError, or ValueError if they can't be read.
        """
        parts: Any = {name: read_rule(name, each) for name, each in written.items()}
        return cls(**parts)

    def to_dict(self) -> dict[str, Written]:
        return {
            "consent": self.consent.value,
            "revision": self.revision,
            "schedule": self.schedule.to_mapping(),
            "share_hours": self.share_hours,
            "default": self.default.value,
            "couriers": {key: each.value for key, each in self.couriers.items()},
            "default_proof": self.default_proof.value,
            "proofs": {key: each.value for key, each in self.proofs.items()},
            "exceptions": exceptions_to_list(self.exceptions),
            "only_while": list(self.only_while),
            "never_while": list(self.never_while),
            "digest_at": self.digest_at,
        }

    @property
    def linked(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.only_while, *self.never_while)))

    @property
    def digest_time(self) -> str | None:
        """The time of the digest, such as 07:30."""
        at = self.digest_at
        return None if at is None else f"{at // 60:02}:{at % 60:02}"

    @property
    def named_couriers(self) -> frozenset[str]:
        return frozenset((*self.couriers, *self.proofs))

    def attitude(self, courier_id: str) -> Attitude:
        return self.couriers.get(courier_id, self.default)

    def weakest(self, courier_id: str) -> Proof:
        """Return the weakest proof of a courier that is let in without asking."""
        return self.proofs.get(courier_id, self.default_proof)

    def answer(self, courier_id: str, proof: Proof) -> Attitude:
        """Return what these rules say to a courier who shows this proof."""
        attitude = self.attitude(courier_id)
        weakest = self.weakest(courier_id)
        if attitude is Attitude.ALLOW and proof.is_weaker_than(weakest):
            return Attitude.ASK
        return attitude

    def with_later_couriers(self, attitude: Attitude, present: Iterable[str]) -> Rules:
        """Return rules with an attitude to couriers that come later.

        Nothing changes for the couriers that are `present`.
        """
        stays = {courier: self.attitude(courier) for courier in present}
        couriers = {**stays, **self.couriers}
        return replace(self, default=attitude, couriers=couriers)

    def like_namesakes(self, courier_id: str, namesakes: Iterable[str]) -> Rules:
        """Return rules that treat a courier no better than its namesakes are named."""
        attitude, proof = self.attitude(courier_id), self.weakest(courier_id)
        couriers, proofs = dict(self.couriers), dict(self.proofs)
        for each in namesakes:
            named = self.couriers.get(each, Attitude.ALLOW)
            if _STRICTNESS[attitude] < _STRICTNESS[named]:
                couriers[courier_id] = attitude = named
            if each in self.proofs and proof.is_weaker_than(self.proofs[each]):
                proofs[courier_id] = proof = self.proofs[each]
        return replace(self, couriers=couriers, proofs=proofs)

    def forbidding(self, entities: Mapping[str, EntityState]) -> tuple[str, ...]:
        """Return the linked entities that forbid entry; unknown ones do (promise 8)."""
        wanted = [
            *((each, EntityState.ON) for each in self.only_while),
            *((each, EntityState.OFF) for each in self.never_while),
        ]
        forbidding = (each for each, state in wanted if entities.get(each) is not state)
        return tuple(dict.fromkeys(forbidding))

    def restricts(self, earlier: Rules) -> bool:
        """Return whether these rules admit nobody new and share no more (promise 4)."""
        return not self.loosened(earlier)

    def loosened(self, earlier: Rules) -> tuple[Loosening, ...]:
        """Return how these rules are looser than the earlier ones."""
        named = {
            _ANY_OTHER,
            *self.couriers,
            *self.proofs,
            *earlier.couriers,
            *earlier.proofs,
        }
        is_loosened = {
            Loosening.CONSENT: gives_consent(self, earlier),
            # The unit isn't kept closed anymore, so that others' consents count again.
            Loosening.UNIT: earlier.consent is Consent.WITHDRAWN
            and self.consent not in (Consent.GIVEN, Consent.WITHDRAWN),
            Loosening.HOURS: not earlier.hours.contains(self.hours),
            # A weaker proof may only sleep behind *ask first* until the next change.
            Loosening.COURIERS: any(
                _STRICTNESS[self.attitude(courier)]
                < _STRICTNESS[earlier.attitude(courier)]
                or self.weakest(courier).is_weaker_than(earlier.weakest(courier))
                for courier in named
            ),
            Loosening.CONDITIONS: not (
                {*self.only_while} >= {*earlier.only_while}
                and {*self.never_while} >= {*earlier.never_while}
            ),
            Loosening.SHARED_HOURS: self.share_hours and not earlier.share_hours,
            Loosening.DIGEST: self.digest_at != earlier.digest_at,
        }
        return tuple(each for each, applies in is_loosened.items() if applies)


def gives_consent(rules: Rules, earlier: Rules) -> bool:
    """Return whether rules give a consent that wasn't there before."""
    return rules.consent is Consent.GIVEN is not earlier.consent


def is_first_yes(rules: Rules, earlier: Rules) -> bool:
    """Return whether rules are a resident's first yes, or the first hours after it.

    Neither changes anything that the resident decided before.
    """
    begun = (Rules(), Rules(consent=Consent.GIVEN, revision=1))
    loosened = {*rules.loosened(earlier)}
    return earlier in begun and loosened <= {Loosening.CONSENT, Loosening.HOURS}


def read_rule(name: str, written: object) -> object:
    """Read a field of rules from its written form. For errors, see `Rules.from_dict`."""
    return _READ[name](written)


def _references(written: object) -> tuple[str, ...]:
    if not isinstance(written, list | tuple) or not all(
        isinstance(each, str) for each in written
    ):
        raise TypeError("references to entities are a list of texts")
    return tuple(written)


_READ: Final[Mapping[str, Callable[[Any], object]]] = MappingProxyType(
    {
        "consent": Consent,
        "revision": int,
        "schedule": WeekSchedule.from_mapping,
        "share_hours": bool,
        "default": Attitude,
        "couriers": lambda written: {
            key: Attitude(each) for key, each in written.items()
        },
        "default_proof": Proof,
        "proofs": lambda written: {key: Proof(each) for key, each in written.items()},
        "exceptions": exceptions_from_list,
        "only_while": _references,
        "never_while": _references,
        "digest_at": lambda written: written,
    }
)


PAUSE_LASTS: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Pause:
    """A halt to courier access until `until`, for one unit or (None) the building."""

    id: int
    until: datetime
    unit: str | None = None
    by_unit: str | None = None
    at: datetime | None = None

    @property
    def has_default_length(self) -> bool:
        return self.at is not None and self.until - self.at == PAUSE_LASTS

    def moved(self, by: timedelta) -> Pause:
        return replace(
            self, at=None if self.at is None else self.at + by, until=self.until + by
        )

    def covers(self, unit: str, instant: datetime) -> bool:
        return self.until > instant and self.unit in (None, unit)


class DetailTrait(Enum):
    """What a detail has beside what all details have in common."""

    NOTIFIED = auto()
    """Notifications to recipients name it. If it changes, they are notified again."""
    AT_DOOR = auto()
    """The driver says it at the door. An entry has the driver's, not the grant's."""


def _detail(*traits: DetailTrait) -> str | None:
    return field(default=None, metadata={"traits": traits})


@dataclass(frozen=True, slots=True)
class DeliveryDetails:
    """What a courier or a resident says of a delivery; None if they don't.

    Each detail is a personal text of at most 64 characters, and the budget of a courier
    who sends it pays for it. Only recipients read it, in the log, the overview, and
    exports: the residents of the delivery's units at that time. It is erased with the
    grant, and from the records of the grant and its entries after the retention time.

    A new detail needs a line here and a column of the table `grants`.
    """

    parcel_ref: str | None = _detail(DetailTrait.NOTIFIED)
    driver_ref: str | None = _detail(DetailTrait.AT_DOOR)

    @classmethod
    def read(cls, values: Mapping[str, str | None]) -> DeliveryDetails:
        """Return the details among values by name; others are ignored."""
        return cls(**{name: values.get(name) for name in DETAILS})

    def as_dict(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in DETAILS}

    def given(self) -> dict[str, str]:
        return {name: said for name, said in self.as_dict().items() if said is not None}

    def notified(self) -> DeliveryDetails:
        return DeliveryDetails(
            **{name: getattr(self, name) for name in NOTIFIED_DETAILS}
        )

    def at_door(self, driver: DeliveryDetails) -> DeliveryDetails:
        """Return the details of an entry on this grant by a driver who says these."""
        return replace(
            self, **{name: getattr(driver, name) for name in DETAILS_AT_DOOR}
        )


def _details_with(trait: DetailTrait) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in fields(DeliveryDetails)
        if trait in each.metadata["traits"]
    )


DETAILS: Final = tuple(each.name for each in fields(DeliveryDetails))
"""The names of all details: in messages, in tables and records, and in views."""

NOTIFIED_DETAILS: Final = _details_with(DetailTrait.NOTIFIED)
DETAILS_AT_DOOR: Final = _details_with(DetailTrait.AT_DOOR)


@dataclass(frozen=True, slots=True)
class GrantKey:
    """A grant's identity: each courier numbers its own."""

    courier_id: str
    grant_id: str


class IssuerKind(StrEnum):
    """Who issued a grant: an administrator, a resident of its units, or an order."""

    OWNER = "owner"
    RESIDENT = "resident"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who or what issued a grant in a courier's name.

    `id` is the user's, that of a resident who did it by their personal link, or the
    standing order's. `revision` is the order's; it doesn't make another issuer.
    `is_forgeable` is an order whose source strangers can write, for example by email.
    """

    kind: IssuerKind
    id: str
    revision: int | None = field(default=None, compare=False)
    is_forgeable: bool = field(default=False, compare=False)

    @property
    def person_id(self) -> str | None:
        return None if self.kind is IssuerKind.ORDER else self.id

    @property
    def order_id(self) -> str | None:
        return self.id if self.kind is IssuerKind.ORDER else None


UNNAMED_PREFIX: Final = "~"
"""Marks the content of a grant that leaves out homes without consent."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A courier's permission to enter a door for some units in a half-open window.

    Without an `issuer`, the courier issued it. A revocation that arrives before its
    grant has state REVOKED, revision 0, and no units.
    """

    key: GrantKey
    revision: int
    door_id: str
    starts_at: datetime
    ends_at: datetime
    max_entries: int
    units: Mapping[str, UnitPart]
    uses: int = 0
    returned: int = 0
    state: GrantState = GrantState.OPEN
    unit_labels: Mapping[str, str] = MappingProxyType({})
    delivery: DeliveryDetails = DeliveryDetails()
    content: str = ""
    issuer: Issuer | None = None

    def of_units(self, units: Container[str] | None) -> Grant:
        """Return the grant for these of its units alone; None leaves it as it is."""
        if units is None:
            return self
        return replace(
            self, units={each: self.units[each] for each in self.units if each in units}
        )

    @property
    def accepted_units(self) -> tuple[str, ...]:
        return tuple(
            unit for unit, part in self.units.items() if part is UnitPart.ACCEPTED
        )

    @property
    def is_unnamed(self) -> bool:
        """Whether it was for homes without consent alone, which nothing names."""
        return self.unnamed is not None and not self.unit_labels

    @property
    def unnamed(self) -> tuple[int, int] | None:
        """How many homes without consent its content had, and the bytes of their names."""
        if not self.content.startswith(UNNAMED_PREFIX):
            return None
        _, count, size = self.content.split("-")
        return int(count), int(size)

    @property
    def entries_left(self) -> int:
        """Return how many entries are left; a revision may have lowered `max_entries`."""
        return max(0, self.max_entries - self.uses)

    @property
    def is_forgeable(self) -> bool:
        """Return whether strangers could have caused this grant."""
        return self.issuer is not None and self.issuer.is_forgeable

    def is_over(self, instant: datetime) -> bool:
        return self.state is not GrantState.OPEN or self.ends_at <= instant

    def is_expected(self, instant: datetime) -> bool:
        return (
            self.state is GrantState.OPEN
            and self.starts_at <= instant < self.ends_at
            and self.entries_left > 0
            and bool(self.accepted_units)
        )
