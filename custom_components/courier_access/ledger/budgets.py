"""Limit how many bytes each courier can make the ledger grow by."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from ..access.model import Grant, normal_unit
from ..contract.messages import GrantIssued, GrantRevoked
from ..contract.replies import Reply

MESSAGES_AT_ONCE: Final = 10_000_000
MESSAGES_AN_HOUR: Final = 1_000_000
"""For a courier's pings, grants, revisions, and revocations."""

REFUSALS_AT_ONCE: Final = 4_000_000
REFUSALS_AN_HOUR: Final = 1_000_000
"""For a courier's refused entries."""

ANSWERS_AT_ONCE: Final = 1_000_000
ANSWERS_AN_HOUR: Final = 250_000
"""For availability replies, which are kept for 7 days.

A reply can take a megabyte and a fraction of a second, so it is allowed while anything
is left.
"""

# Upper bounds in bytes of the ledger's file, with all indexes. Measured with the
# longest IDs: a reply 1.2 KB, most of it a page of its own; a grant 2.2 KB without units
# and notifications, a revocation 1.2 KB, a refused entry 2.2 KB; a notification 0.42 KB;
# a unit of a grant 0.44 KB. A unit takes 8 KB and more if its normal form is a kilobyte
# (NFKC makes 33 bytes of some letters).
_REPLY: Final = 1_500
_GRANT: Final = 3_200
_REVOCATION: Final = 1_600
_REFUSAL: Final = 2_800
_NOTIFICATION: Final = 600
_UNIT: Final = 500
_BYTE_OF_UNIT: Final = 12
_NAME: Final = 30
_BYTE_OF_TEXT: Final = 5

_ASSUMED_RESIDENTS: Final = 4
"""How many residents are assumed in each named unit.

The actual number would show in how long a courier must wait. If any unit has more
residents, twice or four times as many are assumed for all, so the bound still holds.
"""

_HOUR: Final = 3_600_000_000_000
_SECOND: Final = 1_000_000_000


class Budget:
    """How many bytes each courier can write: a burst, and a steady refill by the hour.

    Only what was written is charged. Budgets are in memory, so a new building of
    the same config entry begins with full ones.
    """

    def __init__(
        self, at_once: int, an_hour: int, monotonic_ns: Callable[[], int]
    ) -> None:
        """Start full; `monotonic_ns` is a clock in nanoseconds."""
        self._most = at_once * _HOUR // an_hour
        self._an_hour = an_hour
        self._now = monotonic_ns
        # Bytes are stored as the time that they take to refill.
        self._full_at: dict[str, int] = {}
        self._arriving = Counter[str]()

    @contextmanager
    def reserve(self, courier_id: str, size: int) -> Iterator[int | None]:
        """Allow a write of this many bytes, or yield the seconds to wait.

        A size over the whole budget costs all of it. An error means nothing was
        written.
        """
        cost = min(self._cost(size), self._most)
        if (wait := self.wait(courier_id, cost)) is not None:
            yield wait
            return
        with self._writing(courier_id, cost):
            yield None

    def wait(self, courier_id: str, cost: int = 1) -> int | None:
        """Return the seconds to wait for that cost, by default for anything at all."""
        written = max(0, self._full_at.get(courier_id, 0) - self._now())
        too_much = written + self._arriving[courier_id] + cost - self._most
        return -(-too_much // _SECOND) if too_much > 0 else None

    def spend(self, courier_id: str, size: int) -> AbstractContextManager[None]:
        """Allow a write beyond what is left. An error means nothing was written."""
        return self._writing(courier_id, self._cost(size))

    def charge(self, courier_id: str, size: int) -> None:
        """Charge a write that was never in question."""
        self._charge(courier_id, self._cost(size))

    @contextmanager
    def _writing(self, courier_id: str, cost: int) -> Iterator[None]:
        self._arriving[courier_id] += cost
        try:
            yield
            self._charge(courier_id, cost)
        finally:
            self._arriving[courier_id] -= cost

    def _cost(self, size: int) -> int:
        return -(-size * _HOUR // self._an_hour)

    def _charge(self, courier_id: str, cost: int) -> None:
        now = self._now()
        self._full_at[courier_id] = max(self._full_at.get(courier_id, now), now) + cost


class Budgets:
    """The three independent budgets of each courier. Admitting entries is always free."""

    def __init__(self, monotonic_ns: Callable[[], int]) -> None:
        self.messages = Budget(MESSAGES_AT_ONCE, MESSAGES_AN_HOUR, monotonic_ns)
        self.refusals = Budget(REFUSALS_AT_ONCE, REFUSALS_AN_HOUR, monotonic_ns)
        self.answers = Budget(ANSWERS_AT_ONCE, ANSWERS_AN_HOUR, monotonic_ns)


def reply_size(reply: Reply) -> int:
    return _REPLY + len(reply.body)


def grant_size(issued: GrantIssued, previous: Grant | None, most_in_a_unit: int) -> int:
    """Return the maximum size of a grant that replaces `previous`, without its reply."""
    units = {normal_unit(unit): unit for unit in issued.units}
    return (
        _GRANT
        + sum(_UNIT + _BYTE_OF_UNIT * _bytes(unit) for unit in units)
        + _BYTE_OF_TEXT * sum(map(_bytes, issued.delivery.given().values()))
        + _notification_size(units, most_in_a_unit)
        + _notification_size_of(previous, most_in_a_unit)
    )


def revocation_size(
    revoked: GrantRevoked, grant: Grant | None, most_in_a_unit: int
) -> int:
    """Return the maximum size of a revocation of `grant`, if there is one."""
    return (
        _REVOCATION
        + _BYTE_OF_TEXT * _bytes(revoked.reason)
        + _notification_size_of(grant, most_in_a_unit)
    )


def refusal_size(
    named: Iterable[str | None], grant: Grant | None, most_in_a_unit: int
) -> int:
    """Return the maximum size of a refused entry that names these texts."""
    references = sum(_bytes(text) for text in named)
    return (
        _REFUSAL
        + _BYTE_OF_TEXT * references
        + _notification_size_of(grant, most_in_a_unit)
    )


def _notification_size_of(grant: Grant | None, most_in_a_unit: int) -> int:
    """Return the size as if all homes were named: a courier must not notice a consent."""
    if grant is None:
        return _notification_size({}, most_in_a_unit)
    return _notification_size(grant.unit_labels, most_in_a_unit, grant.unnamed)


def _notification_size(
    units: Mapping[str, str],
    most_in_a_unit: int,
    unnamed: tuple[int, int] | None = None,
) -> int:
    assumed = _ASSUMED_RESIDENTS
    while assumed < most_in_a_unit:
        assumed *= 2
    count, size = unnamed or (0, 0)
    count += len(units)
    size += name_size(units)
    names = _NAME * count + _BYTE_OF_TEXT * size
    return names + _NOTIFICATION * (1 + count * assumed)


def name_size(units: Mapping[str, str]) -> int:
    """Return how many bytes the names of units have, as they are compared and written."""
    return sum(_bytes(unit) + _bytes(label) for unit, label in units.items())


def _bytes(text: str | None) -> int:
    return 0 if text is None else len(text.encode())
