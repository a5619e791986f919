"""Combine the rules of a unit's residents into one answer to a courier.

See docs/architecture.md#where-the-code-differs-from-what-one-might-expect.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from .hours import Hours
from .model import Attitude, Consent, EntityState, Rules


class Say(Enum):
    """What a unit says; CLOSED is a no of which the courier may know that it is for its hours."""

    YES = auto()
    ASK = auto()
    CLOSED = auto()
    NO = auto()


WILLING: Final = frozenset({Say.YES, Say.ASK})


def unit_says(
    residents: Sequence[Rules],
    courier_id: str,
    is_open: Callable[[Hours], bool],
    entities: Mapping[str, EntityState] | None = None,
) -> Say:
    """Return what a unit says when each of its residents' hours are open or not, as `is_open` says.

    Without `entities`, what residents linked to their rules is not looked at: it counts when somebody enters.
    """
    if is_barred(residents, courier_id):
        return Say.NO
    open_now = [rules for rules in _consenting(residents) if is_open(rules.hours)]
    attitudes = {
        rules.attitude(courier_id)
        for rules in open_now
        if entities is None or not rules.forbidding(entities)
    }
    if Attitude.ALLOW in attitudes:
        return Say.YES
    if Attitude.ASK in attitudes:
        return Say.ASK
    # Only who shares their hours is said to be outside them; of the others a courier learns nothing, nor of
    # an entity that says no while they are open.
    if any(rules.share_hours for rules in open_now):
        return Say.NO
    return Say.CLOSED if shared_hours(residents) else Say.NO


def is_barred(residents: Sequence[Rules], courier_id: str) -> bool:
    """Whether a unit says no at any time: nobody consents, or somebody withdrew or denies the courier."""
    return not any(_consenting(residents)) or any(
        rules.consent is Consent.WITHDRAWN or rules.attitude(courier_id) is Attitude.DENY
        for rules in residents
    )


def shared_hours(residents: Sequence[Rules]) -> tuple[Hours, ...]:
    """Return the hours that a courier may know."""
    return tuple(rules.hours for rules in _consenting(residents) if rules.share_hours)


def _consenting(residents: Sequence[Rules]) -> Iterable[Rules]:
    return (rules for rules in residents if rules.consent is Consent.GIVEN)
