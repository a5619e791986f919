"""Standing orders: residents let their building announce what their parcel feeds list."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from .model import Grant

DEFAULT_MOST_PER_DAY: Final = 3
MOST_PER_DAY: Final = 20
MOST_SOURCES: Final = 10


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A resident's decision that their building issues grants from parcel feeds.

    `sources` are sensors by registry ID, or by entity ID without one. `account` is what
    an earlier version named instead, a device or another sensor, until its list takes
    its place. `courier_id` is for the parcels whose list names no courier. Only the
    limit, the pause, and the sources change; anything else is another order.

    Raises ValueError for a limit that isn't from 1 to `MOST_PER_DAY`, and for sources
    that repeat or are more than `MOST_SOURCES`.
    """

    id: str
    resident_id: str
    sources: tuple[str, ...]
    courier_id: str
    door_id: str
    most_per_day: int = DEFAULT_MOST_PER_DAY
    is_paused: bool = False
    revision: int = 1
    account: str | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.most_per_day <= MOST_PER_DAY:
            raise ValueError("a standing order issues 1 to 20 grants a day")
        if len(set(self.sources)) != len(self.sources) or (
            len(self.sources) > MOST_SOURCES
        ):
            raise ValueError("a standing order has at most 10 sources, each once")

    def changed(
        self,
        *,
        most_per_day: int | None = None,
        is_paused: bool | None = None,
        sources: tuple[str, ...] | None = None,
    ) -> StandingOrder:
        """Return the order with what is given, in a new revision if it differs.

        Sources take the place of an account.
        """
        new = replace(
            self,
            most_per_day=self.most_per_day if most_per_day is None else most_per_day,
            is_paused=self.is_paused if is_paused is None else is_paused,
            sources=self.sources if sources is None else sources,
            account=self.account if sources is None else None,
        )
        return self if new == self else replace(new, revision=self.revision + 1)

    def restricts(self, earlier: StandingOrder) -> bool:
        """Return whether this revision issues nothing that the earlier one wouldn't."""
        return (
            self.most_per_day <= earlier.most_per_day
            and (self.is_paused or not earlier.is_paused)
            and {*self.sources} <= {*earlier.sources}
        )


class Fate(StrEnum):
    """What becomes of a parcel that is listed now."""

    ANNOUNCED = "announced"
    NOT_TODAY = "not_today"
    OVER = "over"
    FOR_PICKUP = "for_pickup"
    NOT_ACCEPTED = "not_accepted"
    """The rules of its unit refuse it."""
    NOT_AGAIN = "not_again"
    """It was vetoed, canceled, or used, or was announced on enough days."""
    PAUSED = "paused"
    UNAVAILABLE = "unavailable"
    """The courier, the door, or the consent is missing, or too many grants are open."""
    HOURS_CLOSED = "hours_closed"
    LIMIT_REACHED = "limit_reached"
    NOT_ANNOUNCED = "not_announced"
    """It wasn't compared yet, or its time changed too often today."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What becomes of a parcel under an order, and for which courier.

    What is only counted has no number. `unregistered` is the carrier that the list names,
    if no courier has its name and the order's stands in.
    """

    order: StandingOrder
    fate: Fate
    barcode: str | None
    courier_id: str
    grant: Grant | None
    is_forgeable: bool
    unregistered: str | None = None
