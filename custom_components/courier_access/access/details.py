"""What is said of a delivery: each detail, who reads it, and how long it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum, auto
from typing import Final


class Trait(Enum):
    """What a detail has beside what all details have in common."""

    NOTIFIED = auto()
    """Notifications to recipients name it. If it changes, they are notified again."""
    AT_DOOR = auto()
    """The driver says it at the door. An entry has the driver's, not the grant's."""


def _detail(*traits: Trait) -> str | None:
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

    parcel_ref: str | None = _detail(Trait.NOTIFIED)
    driver_ref: str | None = _detail(Trait.AT_DOOR)

    @classmethod
    def read(cls, values: Mapping[str, str | None]) -> DeliveryDetails:
        """Return the details among values by name; others are ignored."""
        return cls(**{name: values.get(name) for name in DETAILS})

    def as_dict(self) -> dict[str, str | None]:
        return {name: getattr(self, name) for name in DETAILS}

    def given(self) -> dict[str, str]:
        return {name: said for name, said in self.as_dict().items() if said is not None}

    def notified(self) -> DeliveryDetails:
        """Return what notifications name of these details."""
        return DeliveryDetails(**{name: getattr(self, name) for name in NOTIFIED})

    def at_door(self, driver: DeliveryDetails) -> DeliveryDetails:
        """Return the details of an entry on this grant by a driver who says these."""
        return replace(self, **{name: getattr(driver, name) for name in SAID_AT_DOOR})


def _with(trait: Trait) -> tuple[str, ...]:
    return tuple(
        each.name
        for each in fields(DeliveryDetails)
        if trait in each.metadata["traits"]
    )


DETAILS: Final = tuple(each.name for each in fields(DeliveryDetails))
"""The names of all details: in messages, in tables and records, and in views."""

NOTIFIED: Final = _with(Trait.NOTIFIED)
SAID_AT_DOOR: Final = _with(Trait.AT_DOOR)
