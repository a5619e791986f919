"""Write a decided grant, with its record, reply, and notifications."""

from collections.abc import Iterable, Mapping, Sequence
from copy import replace
from dataclasses import dataclass
from datetime import date, datetime
import hmac
from typing import Final, NamedTuple

import orjson

from ..access.model import (
    UNNAMED_PREFIX,
    Consent,
    Courier,
    Decision,
    DeliveryDetails,
    Door,
    Grant,
    GrantKey,
    GrantState,
    Issuer,
    IssuerKind,
    Reason,
    Rules,
    UnitPart,
)
from ..access.policy import GrantVerdict
from ..access.standing_orders import StandingOrder
from ..contract import replies
from ..contract.messages import GrantIssued, content_digest
from ..contract.replies import Reply
from ..ledger.budgets import name_size
from ..ledger.ledger import Transaction
from ..ledger.queue import FanOut, NotificationKind, enqueue_fan_out
from ..ledger.state.entries import MessageKey, store_reply
from ..ledger.state.grants import (
    REMEMBERED,
    WITHOUT_CONSENT,
    GrantConflict,
    count_grant,
    fingerprint,
    put_grant,
)

_OF_UNITS: Final = frozenset(
    {Reason.VETOED, Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE}
)
"""Reasons that concern one unit: the grant's other units must not learn them."""


@dataclass(frozen=True, slots=True)
class News:
    """A grant that replaces its `previous` revision, or ends, in the newest record."""

    courier: Courier
    doors: Mapping[str, Door]
    grant: Grant
    previous: Grant | None
    set_revision: int
    at: datetime

    def enqueue_called_off(self, transaction: Transaction) -> None:
        """Notify residents whose expected delivery doesn't come anymore."""
        previous = self.previous
        if (
            previous is None
            or previous.state is not GrantState.OPEN
            or previous.entries_left == 0
            or previous.ends_at <= self.at
        ):
            return
        is_ended = self.grant.state is not GrantState.OPEN
        units = [
            unit
            for unit in previous.accepted_units
            if is_ended or unit not in self.grant.accepted_units
        ]
        if units:
            named = previous.delivery.notified().given()
            kind = NotificationKind.DELIVERY_CALLED_OFF
            self._enqueue(transaction, kind, previous, units, named)

    def _enqueue(
        self,
        transaction: Transaction,
        kind: NotificationKind,
        grant: Grant,
        units: Iterable[str],
        more: Mapping[str, str],
    ) -> None:
        door = self.doors.get(grant.door_id)
        assert transaction.head is not None
        fan_out = FanOut(
            kind=kind,
            seq=transaction.head.seq,
            set_revision=self.set_revision,
            at=self.at,
            units={unit: grant.unit_labels[unit] for unit in units},
            key=unnamed_key(grant.key) if grant.is_unnamed else grant.key,
            details={
                "courier": self.courier.name,
                "door": "" if door is None else door.name,
                "starts_at": grant.starts_at.isoformat(),
                "ends_at": grant.ends_at.isoformat(),
                **more,
            },
        )
        enqueue_fan_out(transaction.conn, fan_out)


def _as_read(grant: Grant) -> tuple[object, ...]:
    return (
        grant.door_id,
        grant.starts_at,
        grant.ends_at,
        grant.delivery.notified(),
        grant.max_entries,
    )


def _why(grant: Grant, refused: Sequence[str], reason: Reason) -> Reason:
    """Return a reason that all readers may know: not that of one unit of several."""
    if [grant.units[unit] for unit in refused] == [UnitPart.VETOED]:
        return Reason.VETOED
    if grant.accepted_units or (len(grant.unit_labels) > 1 and reason in _OF_UNITS):
        return Reason.NOT_ACCEPTING
    return reason


_GRANT_STAYS: Final = frozenset(
    {
        Reason.COURIER_DISABLED,
        Reason.STALE_REQUEST,
        Reason.REVOKED,
        Reason.STALE_REVISION,
    }
)
"""Refusals that leave an earlier revision as it is; any other one replaces it.

Residents aren't notified of these: they concern the courier, not a delivery.
"""


class Ordered(NamedTuple):
    """A grant under a standing order in effect, which counts for this day if it is new."""

    order: StandingOrder
    issuer: Issuer
    day: date
    is_new: bool


type Origin = MessageKey | Issuer | Ordered
"""A courier's message, a person who issues or revises a grant, or an order that does."""


def issuer_under(order: StandingOrder) -> Issuer:
    return Issuer(IssuerKind.ORDER, order.id, order.revision)


def issuer_of(origin: Origin) -> Issuer | None:
    """Return who issues a grant, or None for its courier."""
    match origin:
        case MessageKey():
            return None
        case Issuer():
            return origin
        case Ordered():
            return origin.issuer


@dataclass(frozen=True, slots=True)
class Issue(News):
    """A decided grant, which leaves out homes without consent (`named`).

    `vetoes` are units whose veto may not be on the disk.
    """

    vetoes: frozenset[str]
    verdict: GrantVerdict
    origin: Origin
    asked_units: Mapping[str, str]

    @property
    def replaces(self) -> bool:
        """Whether this becomes the grant; if not, the previous revision stays."""
        return self.verdict.reason not in _GRANT_STAYS and self.grant != self.previous

    def write(self, transaction: Transaction) -> None:
        """Write the grant, with the courier's reply.

        Raise GrantConflict if the disk has another previous revision (decide again), and
        OrderRefused if the standing order doesn't issue it.
        """
        if self.replaces:
            self._put(transaction)
        elif self.verdict.reason in _GRANT_STAYS:
            self._record(transaction)
        if isinstance(self.origin, MessageKey):
            keep_until = max(self.at, self.grant.ends_at) + REMEMBERED
            store_reply(transaction, self.origin, self.reply().body, keep_until)

    def _put(self, transaction: Transaction) -> None:
        kept = put_grant(transaction, self.grant, self.at)
        kept = kept and vetoed(kept, self.vetoes)
        if not _same(kept, self.previous):
            raise GrantConflict("the grant changed while it was decided")
        if isinstance(self.origin, Ordered):
            ordered = self.origin
            count_grant(transaction, ordered.order, ordered.day, is_new=ordered.is_new)
        self._record(transaction)
        (self if kept is None else replace(self, previous=kept)).enqueue(transaction)

    def enqueue(self, transaction: Transaction) -> None:
        """Notify units' residents of what changed since the previous revision.

        The administrator is notified of refusals, too, but not of those for want of
        consent. The outbox decides when (`ledger/outbox/expand`).
        """
        grant = self.grant
        if accepted := self._to_notify(grant.accepted_units):
            more = {"max_entries": str(grant.max_entries)}
            if grant.issuer is not None:
                more["issued_by"] = grant.issuer.kind
            kind = NotificationKind.DELIVERY_ANNOUNCED
            self._enqueue(transaction, kind, grant, accepted, more)
        named = [unit for unit in grant.unit_labels if unit not in grant.accepted_units]
        refused = self._to_notify(named)
        if refused or (grant.is_unnamed and self.verdict.reason not in _OF_UNITS):
            why = {"reason": _why(grant, refused, self.verdict.reason)}
            self._enqueue(
                transaction, NotificationKind.GRANT_REFUSED, grant, refused, why
            )
        self.enqueue_called_off(transaction)

    def _to_notify(self, units: Iterable[str]) -> list[str]:
        previous, grant = self.previous, self.grant
        if previous is None or _as_read(previous) != _as_read(grant):
            return list(units)
        return [
            unit
            for unit in units
            if unit not in previous.unit_labels
            or (unit in previous.accepted_units) != (unit in grant.accepted_units)
        ]

    def reply(self) -> Reply:
        """Return the courier's reply."""
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

    def _record(self, transaction: Transaction) -> None:
        grant, verdict = self.grant, self.verdict
        accepted = verdict.decision is Decision.ACCEPTED
        issuer = grant.issuer
        said = {
            "courier": grant.key.courier_id,
            "door": grant.door_id,
            "reason": verdict.reason,
        }
        if grant.is_unnamed and not accepted:
            transaction.append(
                "grant.refused", self.at, {**said, WITHOUT_CONSENT: True}
            )
            return
        transaction.append(
            "grant.accepted" if accepted else "grant.refused",
            self.at,
            said,
            # Neighbors can export whatever isn't personal, and which fields there are.
            {
                "grant_id": grant.key.grant_id,
                "units": orjson.dumps(
                    {unit: part.value for unit, part in grant.units.items()}
                ).decode(),
                **grant.delivery.as_dict(),
                "terms": orjson.dumps(self._terms()).decode(),
                "decided_by": (issuer and issuer.person_id) or "",
                "order": (issuer and issuer.order_id) or "",
            },
        )

    def _terms(self) -> dict[str, str | int]:
        grant, issuer = self.grant, self.grant.issuer
        terms: dict[str, str | int] = {
            "revision": grant.revision,
            "starts_at": grant.starts_at.isoformat(),
            "ends_at": grant.ends_at.isoformat(),
            "max_entries": grant.max_entries,
            "issued_by": "courier" if issuer is None else issuer.kind,
        }
        if issuer is not None and issuer.revision is not None:
            terms["order_revision"] = issuer.revision
        return terms


def as_asked(
    courier: Courier,
    issued: GrantIssued,
    door_id: str,
    previous: Grant | None,
    labels: Mapping[str, str],
    issuer: Issuer | None = None,
) -> Grant:
    """Return the requested grant, before any unit has accepted."""
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
        delivery=issued.delivery,
        content=content_digest(issued),
        issuer=issuer,
    )


def as_known(asked: Grant, previous: Grant | None, secret: bytes) -> Grant:
    """Return a grant with the content of its previous revision, if they are equal."""
    if previous is None or not previous.content.startswith(_keyed(asked, secret)):
        return asked
    return replace(asked, content=previous.content)


def named(
    asked: Grant,
    previous: Grant | None,
    verdict: GrantVerdict,
    rules: Mapping[str, Sequence[Rules]],
    secret: bytes,
) -> Grant:
    """Return a decided grant without the homes that don't consent.

    Nobody has agreed to their data being stored. A home that announced its own delivery
    knows of it, and one that vetoed it did consent then.
    """
    grant = replace(asked, units=verdict.parts)
    if verdict.repeat and previous is not None:
        labels = {
            unit: label
            for unit, label in asked.unit_labels.items()
            if unit in previous.unit_labels
        }
        return replace(grant, unit_labels=labels, content=previous.content)
    if asked.issuer is not None and asked.issuer.kind is not IssuerKind.OWNER:
        return grant
    left_out = {
        unit: label
        for unit, label in asked.unit_labels.items()
        if verdict.parts[unit] is not UnitPart.VETOED
        and not consents(rules.get(unit, ()))
    }
    if not left_out:
        return grant
    units = {unit: part for unit, part in grant.units.items() if unit not in left_out}
    labels = {unit: label for unit, label in grant.unit_labels.items() if unit in units}
    content = f"{_keyed(asked, secret)}{len(left_out)}-{name_size(left_out)}"
    delivery = grant.delivery if labels else DeliveryDetails()
    return replace(
        grant, units=units, unit_labels=labels, content=content, delivery=delivery
    )


def consents(rules: Iterable[Rules]) -> bool:
    """Return whether any of a home's residents consents to courier access."""
    return any(each.consent is Consent.GIVEN for each in rules)


def unnamed_key(key: GrantKey) -> GrantKey:
    """Return the key by which something is known that leaves out whose it is."""
    return GrantKey(key.courier_id, fingerprint(key))


def _keyed(asked: Grant, secret: bytes) -> str:
    """Return the beginning of the content of a grant that leaves out homes.

    Few homes come into question: without a key, which isn't in the ledger, the digest
    would tell which one it was.
    """
    text = f"content {asked.key.courier_id} {asked.key.grant_id} {asked.content}"
    return f"{UNNAMED_PREFIX}{hmac.digest(secret, text.encode(), 'sha256').hex()}-"


def vetoed(grant: Grant, units: frozenset[str]) -> Grant:
    """Return a grant with these units' vetoes."""
    if units.isdisjoint(grant.units):
        return grant
    parts = {
        unit: UnitPart.VETOED if unit in units else part
        for unit, part in grant.units.items()
    }
    return replace(grant, units=parts)


def _same(kept: Grant | None, decided_on: Grant | None) -> bool:
    """Whether the disk has what was decided on; uses don't matter."""
    if kept is None or decided_on is None:
        return kept is decided_on
    return (kept.revision, kept.state, kept.units) == (
        decided_on.revision,
        decided_on.state,
        decided_on.units,
    )
