"""Limit how often residents are asked, and notice rings that nobody answers."""

import asyncio
from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Final

from homeassistant.core import callback
from homeassistant.util import dt as dt_util
import orjson

from ..access.model import Grant, GrantKey, Proof
from ..const import DOMAIN
from ..hass.host import Host
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.state.questions import MAX_QUESTIONS
from ..residents.rulebook import Rulebook
from .request import At, Waiting

MOST_QUESTIONS: Final = 6
"""How often a courier may have a unit asked within `WITHIN`, over all its grants."""

WITHIN: Final = timedelta(hours=1)


class QuestionLimit:
    """Count how often each courier has had each unit asked lately.

    A grant allows three questions, but couriers can make up any number of grants:
    without this limit they could make phones ring at will.
    """

    def __init__(self) -> None:
        """Begin with nobody having been asked."""
        self._asked: dict[tuple[str, str], list[datetime]] = {}

    def is_left(self, courier_id: str, unit: str) -> bool:
        """Whether a courier may have a unit asked once more."""
        return len(self._lately(courier_id, unit)) < MOST_QUESTIONS

    @callback
    def spend(self, courier_id: str, units: Collection[str]) -> None:
        """Count a question to these units."""
        now = dt_util.utcnow()
        for unit in units:
            self._asked[courier_id, unit] = [*self._lately(courier_id, unit), now]

    @callback
    def restore(self, courier_id: str, units: Collection[str]) -> None:
        """Uncount a question that nobody got."""
        for unit in units:
            self._asked[courier_id, unit] = self._lately(courier_id, unit)[:-1]

    def _lately(self, courier_id: str, unit: str) -> list[datetime]:
        now = dt_util.utcnow()
        # Even if the clock was set back.
        return [
            at
            for at in self._asked.get((courier_id, unit), ())
            if abs(now - at) < WITHIN
        ]


class Origin(Enum):
    """What a question counts as; none uses up what others may ask."""

    COURIER = auto()
    BELL = auto()
    PAGE = auto()

    @classmethod
    def of(cls, proof: Proof, waiting: Waiting) -> Origin:
        """Return what a question about this counts as."""
        if proof is not Proof.RING:
            return cls.COURIER
        return cls.PAGE if waiting.at is At.PAGE else cls.BELL

    @property
    def most(self) -> int:
        """The most questions about one grant; the last by ring is the bell's."""
        return MAX_QUESTIONS - 1 if self is Origin.PAGE else MAX_QUESTIONS


MOST_IN_VAIN: Final = 3
"""How many rings at a door's page nobody answers before somebody is notified."""


class RingsInVain:
    """Notify the owner and the unit once if rings at a page go unanswered."""

    def __init__(self, host: Host, ledger: Ledger, rulebook: Rulebook) -> None:
        """Begin without rings."""
        self._host = host
        self._ledger = ledger
        self._rulebook = rulebook
        self._rings = Counter[GrantKey]()
        self._due: dict[str, set[str]] = {}

    @callback
    def count(self, grant: Grant, door_name: str) -> None:
        """Count a ring about a delivery that nobody answered."""
        self._rings[grant.key] += 1
        if self._rings[grant.key] != MOST_IN_VAIN:
            return
        if grant.door_id not in self._due:
            tell = self._tell(grant.door_id, door_name)
            self._host.spawn(tell, f"{DOMAIN} rings in vain")
        self._due.setdefault(grant.door_id, set()).update(grant.accepted_units)

    @callback
    def forget(self, key: GrantKey) -> None:
        """Forget them, since somebody answered."""
        self._rings.pop(key, None)

    async def _tell(self, door_id: str, door_name: str) -> None:
        # One ring is about all that are expected, and is one notification.
        await asyncio.sleep(0)
        units, now = sorted(self._due.pop(door_id)), dt_util.utcnow()

        def write(transaction: Transaction) -> None:
            transaction.append(
                "rings.unanswered",
                now,
                {"door": door_id},
                {"units": orjson.dumps(units).decode()},
            )
            FanOutWriter(
                transaction, self._rulebook.set_revision, now, self._rulebook.residents
            ).unanswered_rings(units, door_name)

        await self._ledger.write(write)
