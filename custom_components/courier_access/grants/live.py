"""Hold the grants that can still be used, and find those to come without a scan."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import heapify, heappop, heappush
from typing import Final

from ..access.model import Grant, GrantKey, GrantState

type Place = tuple[datetime, datetime, str, str]
"""A grant's place among others: by start, end, courier, and ID."""


type _List = tuple[str, str]
"""All grants, or those of a door, an issuer, or a unit."""

_ALL: Final = ("all", "")


def place(grant: Grant) -> Place:
    """Return where a grant stands in the order of deliveries to come."""
    key = grant.key
    return grant.starts_at, grant.ends_at, key.courier_id, key.grant_id


def _whose(grant: Grant) -> str:
    """Return the ID of the one who issued a grant."""
    return grant.key.courier_id if grant.issuer is None else grant.issuer.id


def _lists(grant: Grant) -> list[_List]:
    """Return which lists of deliveries to come a grant stands in."""
    units = grant.accepted_units
    if grant.state is not GrantState.OPEN or grant.entries_left == 0 or not units:
        return []
    return [
        _ALL,
        ("door", grant.door_id),
        ("issuer", _whose(grant)),
        *(("unit", unit) for unit in units),
    ]


class LiveGrants:
    """Grants by key, and those with deliveries to come in the order of their start.

    All of them, those at a door, to a unit, or of an issuer, are kept in order. The
    next one to end is on a heap.
    """

    def __init__(self, grants: Iterable[Grant] = ()) -> None:
        """Hold these grants."""
        self._by_key = {grant.key: grant for grant in grants}
        self._of = defaultdict[_List, list[Place]](list)
        for grant in self._by_key.values():
            for order in self._orders(grant):
                order.append(place(grant))
        for order in self._of.values():
            order.sort()
        self._ends = [(grant.ends_at, place(grant)) for grant in self._by_key.values()]
        heapify(self._ends)

    def get(self, key: GrantKey) -> Grant | None:
        """Return a grant."""
        return self._by_key.get(key)

    def __iter__(self) -> Iterator[Grant]:
        """Iterate over all of them."""
        return iter(self._by_key.values())

    def put(self, grant: Grant) -> None:
        """Hold a grant, in the place of an earlier one with its key."""
        before = self._by_key.get(grant.key)
        self._by_key[grant.key] = grant
        if before is not None:
            if place(before) == place(grant) and _lists(before) == _lists(grant):
                return
            self._take_out(before)
        for order in self._orders(grant):
            insort(order, place(grant))
        if before is None or before.ends_at != grant.ends_at:
            heappush(self._ends, (grant.ends_at, place(grant)))

    def drop(self, key: GrantKey) -> None:
        """Hold a grant no longer."""
        self._take_out(self._by_key.pop(key))

    def ended(self, now: datetime) -> Iterator[GrantKey]:
        """Drop the grants that have ended, and return their keys."""
        while self._ends and self._ends[0][0] <= now:
            _, (_, _, *key) = heappop(self._ends)
            grant = self._by_key.get(GrantKey(*key))
            if grant is not None and grant.ends_at <= now:
                self.drop(grant.key)
                yield grant.key

    def to_come(self) -> Iterator[Grant]:
        """Return grants with deliveries to come; read them before any changes."""
        return self._in_order(self._of[_ALL])

    def at_door(self, door_id: str) -> Iterator[Grant]:
        """Return those with deliveries to come to a door."""
        return self._in_order(self._of["door", door_id])

    def for_unit(self, unit: str) -> Iterator[Grant]:
        """Return those with deliveries to come that a unit accepts."""
        return self._in_order(self._of["unit", unit])

    def issued_by(self, issuer_id: str) -> Iterator[Grant]:
        """Return those with deliveries to come of a courier or another issuer."""
        return self._in_order(self._of["issuer", issuer_id])

    def count_issued_by(self, issuer_id: str) -> int:
        """Return how many those are."""
        return len(self._of["issuer", issuer_id])

    @staticmethod
    def among(grants: Iterable[Grant]) -> Iterator[Grant]:
        """Return those of these grants that have deliveries to come."""
        return filter(_lists, grants)

    def _in_order(self, order: list[Place]) -> Iterator[Grant]:
        return (self._by_key[GrantKey(*key)] for _, _, *key in order)

    def _take_out(self, grant: Grant) -> None:
        for order in self._orders(grant):
            del order[bisect_left(order, place(grant))]

    def _orders(self, grant: Grant) -> Iterator[list[Place]]:
        """Return the orders that a grant stands in."""
        return map(self._of.__getitem__, _lists(grant))
