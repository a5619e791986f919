"""A decided grant on its way to the disk, with its record, its reply and what residents are told of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, overload

import orjson

from ..access.model import (
    Courier,
    Decision,
    Door,
    Grant,
    GrantKey,
    Issuer,
    Reason,
    UnitPart,
    normal_unit,
)
from ..access.policy import GrantVerdict
from ..contract import replies
from ..contract.messages import GrantIssued, content_digest
from ..contract.replies import Reply
from ..ledger.chain import Recorded
from ..ledger.ledger import Transaction
from ..ledger.state import replies as kept_replies
from ..ledger.state.grants import REMEMBERED, Overtaken, find_grant, put_grant
from ..ledger.state.replies import MessageKey
from .announcing import News, owe

_GRANT_STAYS: Final = frozenset(
    {Reason.COURIER_DISABLED, Reason.STALE_REQUEST, Reason.REVOKED, Reason.STALE_REVISION}
)
"""Refusals that leave an earlier revision as it is; after any other, the grant is what was asked last.

Residents are not told of these: they say something of the courier, and nothing of a delivery.
"""


@dataclass(frozen=True, slots=True)
class Issue:
    """A grant with its units' parts as they were decided, over its `previous` revision.

    `origin` is the courier's message that asks for it, or who of the building issues it. `vetoes` are of units whose veto may not be on the disk, `lived_in` the units that have residents.
    """

    courier: Courier
    doors: Mapping[str, Door]
    grant: Grant
    previous: Grant | None
    vetoes: frozenset[str]
    verdict: GrantVerdict
    origin: MessageKey | Issuer
    set_revision: int
    lived_in: frozenset[str]
    asked_units: Mapping[str, str]
    at: datetime

    @property
    def replaces(self) -> bool:
        """Whether this becomes the grant; else the earlier revision stays, or says the same."""
        return self.verdict.reason not in _GRANT_STAYS and self.grant != self.previous

    def write(self, transaction: Transaction) -> None:
        """Put the grant on the disk, with what the courier is answered.

        Raises:
            Overtaken: the disk holds another previous revision than was decided on: decide again.

        """
        if self.replaces:
            self._put(transaction)
        elif self.verdict.reason in _GRANT_STAYS:
            self._record(transaction)
        if isinstance(self.origin, MessageKey):
            keep_until = max(self.at, self.grant.ends_at) + REMEMBERED
            kept_replies.store(transaction, self.origin, self.reply().body, keep_until)

    def _put(self, transaction: Transaction) -> None:
        kept = vetoed(find_grant(transaction.conn, self.grant.key), self.vetoes)
        if not _same(kept, self.previous):
            raise Overtaken("the grant changed while it was decided")
        put_grant(transaction, self.grant, self.at)
        news = News(
            courier=self.courier,
            doors=self.doors,
            grant=self.grant,
            previous=kept,
            seq=self._record(transaction).seq,
            set_revision=self.set_revision,
            at=self.at,
        )
        owe(transaction.conn, news, self.verdict.reason, self.lived_in)

    def reply(self) -> Reply:
        """Return what the courier is answered."""
        grant, verdict = self.grant, self.verdict
        return replies.grant_issued(
            verdict.decision,
            verdict.reason,
            grant_id=grant.key.grant_id,
            revision=grant.revision,
            units=[self.asked_units[unit] for unit in grant.accepted_units],
            usable=verdict.usable,
            next_windows=verdict.next_windows,
        )

    def _record(self, transaction: Transaction) -> Recorded:
        grant, verdict = self.grant, self.verdict
        accepted = verdict.decision is Decision.ACCEPTED
        issuer = grant.issuer
        return transaction.append(
            "grant.accepted" if accepted else "grant.refused",
            self.at,
            {
                "courier": grant.key.courier_id,
                "revision": grant.revision,
                "door": grant.door_id,
                "starts_at": grant.starts_at.isoformat(),
                "ends_at": grant.ends_at.isoformat(),
                "max_entries": grant.max_entries,
                "reason": verdict.reason,
                "issued_by": "courier" if issuer is None else issuer.kind,
            },
            {
                "grant_id": grant.key.grant_id,
                "units": orjson.dumps(
                    {unit: part.value for unit, part in grant.units.items()}
                ).decode(),
                "parcel_ref": grant.parcel_ref,
                "driver_ref": grant.driver_ref,
                "decided_by": None if issuer is None else issuer.user_id,
            },
        )


def as_asked(
    courier: Courier,
    issued: GrantIssued,
    door_id: str,
    previous: Grant | None,
    labels: Mapping[str, str],
    issuer: Issuer | None = None,
) -> Grant:
    """Return the grant that is asked for, with the labels that residents read, before any unit has accepted."""
    return Grant(
        key=GrantKey(courier.id, issued.grant_id),
        revision=issued.revision,
        door_id=door_id,
        starts_at=issued.starts_at,
        ends_at=issued.ends_at,
        max_entries=issued.max_entries,
        units=dict.fromkeys(labels, UnitPart.NOT_ACCEPTING),
        uses=0 if previous is None else previous.uses,
        returned=0 if previous is None else previous.returned,
        unit_labels=labels,
        parcel_ref=issued.parcel_ref,
        driver_ref=issued.driver_ref,
        content=content_digest(issued),
        issuer=issuer,
    )


def units_of(issued: GrantIssued) -> Mapping[str, str]:
    """Return the units of a message as its sender wrote them, by their compared form."""
    return {normal_unit(unit): unit for unit in issued.units}


@overload
def vetoed(grant: Grant, units: frozenset[str]) -> Grant: ...
@overload
def vetoed(grant: Grant | None, units: frozenset[str]) -> Grant | None: ...
def vetoed(grant: Grant | None, units: frozenset[str]) -> Grant | None:
    """Return a grant as it is once these units have vetoed it."""
    if grant is None or units.isdisjoint(grant.units):
        return grant
    parts = {unit: UnitPart.VETOED if unit in units else part for unit, part in grant.units.items()}
    return replace(grant, units=parts)


def _same(kept: Grant | None, decided_on: Grant | None) -> bool:
    """Whether the disk holds what was decided on, but for uses, which don't matter to the decision."""
    if kept is None or decided_on is None:
        return kept is decided_on
    return (kept.revision, kept.state, kept.units) == (
        decided_on.revision,
        decided_on.state,
        decided_on.units,
    )
