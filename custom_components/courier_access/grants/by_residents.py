"""Grants in a courier's name, by residents, their orders, and administrators.

They are decided, announced, and vetoed like grants that the courier sends. The courier
can use and revoke them; only their issuer can revise them.
"""

from datetime import datetime, timedelta
from enum import StrEnum
import secrets
from typing import Final, NamedTuple

from homeassistant.util import dt as dt_util

from ..access.model import (
    Courier,
    DeliveryDetails,
    Door,
    Grant,
    GrantKey,
    Issuer,
    IssuerKind,
)
from ..access.parcels import LONGEST_WINDOW
from ..contract.messages import FURTHEST_END, GrantIssued
from ..home_assistant.clock import ClockWatch
from .grants import Grants
from .issue import Issue, Ordered

ID_PREFIX: Final = "house-"
_ID_BYTES: Final = 6


class IssueFault(StrEnum):
    """Why a grant can't be issued."""

    ENDS_BEFORE_IT_STARTS = "ends_before_it_starts"
    IS_OVER = "is_over"
    TOO_LONG = "too_long"
    TOO_FAR_AHEAD = "too_far_ahead"
    TOO_MANY = "too_many"
    CLOCK_UNTRUSTED = "clock_untrusted"


class NotIssued(Exception):
    """Nothing was issued or written."""

    def __init__(self, fault: IssueFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Delivery(NamedTuple):
    """What to issue a grant for: units as written, and a half-open window."""

    units: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    max_entries: int = 1
    parcel_ref: str | None = None


class LocalGrants:
    """Issue grants in couriers' names, by the residents' rules."""

    def __init__(self, grants: Grants, clock_watch: ClockWatch) -> None:
        self._grants = grants
        self._clock_watch = clock_watch

    async def issue(
        self,
        courier: Courier,
        door: Door,
        delivery: Delivery,
        origin: Issuer | Ordered,
        earlier: Grant | None = None,
    ) -> Issue:
        """Decide a grant, or a revision of an earlier one, and write it.

        Raises:
            NotIssued: the window is invalid, too many grants are open, or the clock
                can't be trusted.
            OrderRefused: its standing order doesn't issue it.

        """
        issuer = origin.issuer if isinstance(origin, Ordered) else origin
        is_ordered = issuer.kind is IssuerKind.ORDER
        longest = LONGEST_WINDOW if is_ordered else courier.longest_grant
        if (fault := self._fault(delivery, longest)) is not None:
            raise NotIssued(fault)
        key = GrantKey(courier.id, ID_PREFIX + secrets.token_hex(_ID_BYTES))
        if earlier is not None:
            key = earlier.key
        issued = GrantIssued(
            grant_id=key.grant_id,
            revision=1 if earlier is None else earlier.revision + 1,
            door=door.key,
            units=delivery.units,
            starts_at=delivery.starts_at,
            ends_at=delivery.ends_at,
            max_entries=delivery.max_entries,
            delivery=DeliveryDetails(parcel_ref=delivery.parcel_ref),
        )
        with self._grants.one_more(key, issuer) as wait:
            if wait is not None:
                raise NotIssued(IssueFault.TOO_MANY)
            decided = await self._grants.issue(courier, issued, origin)
        await self._grants.announce(decided)
        return decided

    def _fault(self, delivery: Delivery, longest: timedelta) -> IssueFault | None:
        if not self._clock_watch.is_trusted:
            self._clock_watch.check()
            return IssueFault.CLOCK_UNTRUSTED
        now = dt_util.utcnow()
        if delivery.ends_at <= delivery.starts_at:
            return IssueFault.ENDS_BEFORE_IT_STARTS
        if delivery.ends_at <= now:
            return IssueFault.IS_OVER
        if delivery.ends_at - delivery.starts_at > longest:
            return IssueFault.TOO_LONG
        return (
            IssueFault.TOO_FAR_AHEAD if delivery.ends_at - now > FURTHEST_END else None
        )
