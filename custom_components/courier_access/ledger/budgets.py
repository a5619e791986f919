"""How many bytes the ledger may grow by for one courier, no matter who holds its key."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from ..access.model import Grant, Resident, normal_unit
from ..contract.messages import EntryRequested, GrantIssued, GrantRevoked
from ..contract.replies import Reply

MESSAGES_AT_ONCE: Final = 10_000_000
MESSAGES_AN_HOUR: Final = 1_000_000
"""How many bytes the ledger may grow by for one courier's pings, grants, revisions and revocations."""

REFUSALS_AT_ONCE: Final = 4_000_000
REFUSALS_AN_HOUR: Final = 1_000_000
"""The same for the entries that it is refused."""

ANSWERS_AT_ONCE: Final = 1_000_000
ANSWERS_AN_HOUR: Final = 250_000
"""The same for answers on availability, which are kept for 7 days.

For many units with many hours one has a megabyte and takes a fraction of a second to work out. So it is given as long as
anything is left, none is worked out otherwise, and what it takes beyond is made up for.
"""

# What is written for a message at the most, in bytes of the ledger's file with all indexes. Measured with the longest
# ids: a kept reply 0.4 to 0.6 KB; a grant 2.2 KB beside its units and notices, a revocation 1.2 KB, a refused entry
# 2.2 KB; a notice 0.42 KB. A unit of a grant takes 0.44 KB, but 8 KB and more where its compared form is a kilobyte,
# since NFKC makes 33 bytes of some letters, and such keys fill pages of their own.
_REPLY: Final = 700
_GRANT: Final = 3_200
_REVOCATION: Final = 1_600
_REFUSAL: Final = 2_800
_NOTICE: Final = 600
_UNIT: Final = 500
_BYTE_OF_UNIT: Final = 12
_NAME: Final = 30
_BYTE_OF_TEXT: Final = 5

_HOUSEHOLD: Final = 4
"""How many residents are counted for each unit that is named, whoever lives there.

How long a courier has to wait would else tell how many do, and where nobody does. Where more live in any unit of the building,
twice as many are counted for all, or four times, so that it is never too little.
"""

_HOUR: Final = 3_600_000_000_000
_SECOND: Final = 1_000_000_000


class Budget:
    """How many bytes each courier may have the ledger grow by: so many at once, and evenly so many an hour anew.

    Only what was written counts. It is in memory, so that it is full again where the building is loaded anew.
    """

    def __init__(
        self, at_once: int, an_hour: int, monotonic_ns: Callable[[], int]
    ) -> None:
        """Begin with all of it; `monotonic_ns` is the time in nanoseconds, which nobody sets."""
        self._most = at_once * _HOUR // an_hour
        self._an_hour = an_hour
        self._now = monotonic_ns
        # Bytes are kept as the time that they take to come back.
        self._full_at: dict[str, int] = {}
        self._arriving = Counter[str]()

    @contextmanager
    def take(self, courier_id: str, size: int) -> Iterator[int | None]:
        """Let so many bytes be written meanwhile; where too few are left, yield the seconds to wait.

        What is larger than all of it takes all of it. An error means that nothing was written.
        """
        cost = min(self._cost(size), self._most)
        if (wait := self._wait(courier_id, cost)) is not None:
            yield wait
            return
        with self._writing(courier_id, cost):
            yield None

    def wait(self, courier_id: str) -> int | None:
        """Return the seconds to wait where nothing is left."""
        return self._wait(courier_id, 1)

    @contextmanager
    def spend(self, courier_id: str, size: int) -> Iterator[None]:
        """Let so many bytes be written meanwhile, also where fewer are left. An error means that nothing was written."""
        with self._writing(courier_id, self._cost(size)):
            yield

    def charge(self, courier_id: str, size: int) -> None:
        """Take in that so many bytes were written that nothing stands in the way of."""
        self._charge(courier_id, self._cost(size))

    @contextmanager
    def _writing(self, courier_id: str, cost: int) -> Iterator[None]:
        self._arriving[courier_id] += cost
        try:
            yield
            self._charge(courier_id, cost)
        finally:
            self._arriving[courier_id] -= cost

    def _wait(self, courier_id: str, cost: int) -> int | None:
        too_much = self._used(courier_id) + cost - self._most
        return -(-too_much // _SECOND) if too_much > 0 else None

    def _cost(self, size: int) -> int:
        return -(-size * _HOUR // self._an_hour)

    def _used(self, courier_id: str) -> int:
        written = max(0, self._full_at.get(courier_id, 0) - self._now())
        return written + self._arriving[courier_id]

    def _charge(self, courier_id: str, cost: int) -> None:
        now = self._now()
        self._full_at[courier_id] = max(self._full_at.get(courier_id, now), now) + cost


class Budgets:
    """What each courier may have a building's ledger grow by, of three kinds that take nothing of one another.

    Entries that are admitted are of none, nor is what takes access away.
    """

    def __init__(self, monotonic_ns: Callable[[], int]) -> None:
        """Begin with all of it."""
        self.messages = Budget(MESSAGES_AT_ONCE, MESSAGES_AN_HOUR, monotonic_ns)
        self.refusals = Budget(REFUSALS_AT_ONCE, REFUSALS_AN_HOUR, monotonic_ns)
        self.answers = Budget(ANSWERS_AT_ONCE, ANSWERS_AN_HOUR, monotonic_ns)


def reply_size(reply: Reply) -> int:
    """Return what a reply of which nothing else is recorded takes at the most."""
    return _REPLY + len(reply.body)


def grant_size(
    issued: GrantIssued, previous: Grant | None, residents: Iterable[Resident]
) -> int:
    """Return what a grant over its `previous` revision takes at the most, but for the text of its reply."""
    units = {normal_unit(unit): unit for unit in issued.units}
    called_off = {} if previous is None else previous.unit_labels
    return (
        _GRANT
        + sum(_UNIT + _BYTE_OF_UNIT * _bytes(unit) for unit in units)
        + _BYTE_OF_TEXT * (_bytes(issued.parcel_ref) + _bytes(issued.driver_ref))
        + _telling(units, residents)
        + _telling(called_off, residents)
    )


def revocation_size(
    revoked: GrantRevoked, grant: Grant | None, residents: Iterable[Resident]
) -> int:
    """Return what a revocation takes at the most; `grant` is the one that it ends, if any."""
    called_off = {} if grant is None else grant.unit_labels
    return (
        _REVOCATION
        + _BYTE_OF_TEXT * _bytes(revoked.reason)
        + _telling(called_off, residents)
    )


def refusal_size(
    asked: EntryRequested, grant: Grant | None, residents: Iterable[Resident]
) -> int:
    """Return what a refused entry takes at the most."""
    units = {} if grant is None else grant.unit_labels
    references = _bytes(asked.driver_ref) + _bytes(asked.door)
    return _REFUSAL + _BYTE_OF_TEXT * references + _telling(units, residents)


def _telling(units: Mapping[str, str], residents: Iterable[Resident]) -> int:
    """Return what it takes at the most to name units in a record and to tell their residents and the owner."""
    told = 1 + len(units) * _household(residents)
    names = sum(
        _NAME + _BYTE_OF_TEXT * (_bytes(unit) + _bytes(label))
        for unit, label in units.items()
    )
    return names + _NOTICE * told


def _household(residents: Iterable[Resident]) -> int:
    largest = max(Counter(resident.unit for resident in residents).values(), default=0)
    counted = _HOUSEHOLD
    while counted < largest:
        counted *= 2
    return counted


def _bytes(text: str | None) -> int:
    return 0 if text is None else len(text.encode())
