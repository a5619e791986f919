"""What a personal page shows, gathered for one resident at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from ...access.explain import ClosedReason
from ...access.model import GrantKey, Rules

MOST_ENTRIES: Final = 20


class Do(StrEnum):
    """What can be done on the page."""

    VETO = "veto"
    PAUSE_UNIT = "pause_unit"
    RESUME_UNIT = "resume_unit"
    PAUSE_BUILDING = "pause_building"
    RESUME_BUILDING = "resume_building"
    GIVE_CONSENT = "give_consent"
    WITHDRAW_CONSENT = "withdraw_consent"
    RENEW_LINK = "renew_link"


class Said(StrEnum):
    """What became of it, as the page says when it comes back."""

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
class Delivery:
    """A delivery that may still come to the unit."""

    key: GrantKey
    courier: str
    door: str
    starts_at: datetime
    ends_at: datetime
    parcel_ref: str | None


@dataclass(frozen=True, slots=True)
class Came:
    """An attempt of a courier; `units` and `parcel_ref` only where the reader was told of them then."""

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
    """Whether these were erased since."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the record came to; `broken_at` is the first one that does not fit, None where all do.

    `notices` are the records that the reader's earlier notice was of, each with how it stands (`ledger/witness.py`).
    `is_read` is false where something was entered in which there is no such record.
    """

    records: int
    broken_at: int | None
    notices: Sequence[tuple[int, str]]
    is_read: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """All that stands on the page. `shut` is None where some courier may come in now.

    A newcomer whom nobody of the unit has confirmed does not count: what is the unit's is not shown.
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
    expected: Sequence[Delivery]
    came: Sequence[Came]
    retention_days: int
    said: Said | None = None
    checked: Checked | None = None
