"""The view model of a personal page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ...access.explain import ClosedReason
from ...access.model import GrantKey, Rules

MOST_ENTRIES: Final = 20


class Action(StrEnum):
    """An action on the page."""

    VETO = "veto"
    PAUSE_UNIT = "pause_unit"
    RESUME_UNIT = "resume_unit"
    PAUSE_BUILDING = "pause_building"
    RESUME_BUILDING = "resume_building"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    RENEW_LINK = "renew_link"


class Result(StrEnum):
    """The result of an action."""

    VETO = "veto"
    PAUSE_UNIT = "pause_unit"
    RESUME_UNIT = "resume_unit"
    PAUSE_BUILDING = "pause_building"
    RESUME_BUILDING = "resume_building"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    RENEW_LINK = "renew_link"
    NOT_AGREED = "not_agreed"
    NOT_POSSIBLE = "not_possible"


@dataclass(frozen=True, slots=True)
class DeliveryItem:
    """An expected delivery to the unit."""

    key: GrantKey
    courier: str
    door: str
    starts_at: datetime
    ends_at: datetime
    parcel_ref: str | None


@dataclass(frozen=True, slots=True)
class EntryItem:
    """An entry; `units` and `parcel_ref` are only for its recipients."""

    courier: str
    door: str
    at: datetime
    decision: str
    reason: str
    outcome: str | None
    repeats: int
    units: tuple[str, ...] = ()
    parcel_ref: str | None = None
    is_erased: bool = False
    """Whether its details were erased."""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of a check; `broken_at` is the first record that doesn't match.

    `notifications` are the records that the notification names, each with its standing.
    `is_read` is false if the text names no record.
    """

    records: int
    broken_at: int | None
    notifications: Sequence[tuple[int, str]]
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class PageContents:
    """The contents of the page; `shut` is None if some courier is admitted now.

    A pending resident doesn't see what belongs to the unit.
    """

    building: str
    unit: str
    now: datetime
    rules: Rules
    couriers: Mapping[str, str]
    is_confirmed: bool
    shut: ClosedReason | None
    unit_paused_until: datetime | None
    building_paused_until: datetime | None
    expected: Sequence[DeliveryItem]
    entries: Sequence[EntryItem]
    retention_days: int
    result: Result | None = None
    check: CheckResult | None = None
