"""What must be true of standing orders: what a building may announce by itself, and what it must.

The rules are those of docs/how-to/drivers.md#announce-my-parcels. When a building looks at
its sources is its own affair, so what it issued is taken as it is, and judged.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from custom_components.courier_access.access.model import Grant
from tests.properties.reference import MINUTE, Reference, minutes
from tests.properties.reference_parts import Asked, Granted

MOST_ORDERS = 10
MOST_DAYS = 7
MOST_REVISIONS = 10
DAY = timedelta(days=1)
OPEN = "open"
COMING = ("OutForDelivery", "InTransit", "Pending")


@dataclass(frozen=True)
class Report:
    """What a source says of a parcel, and on which day it is estimated to come."""

    status: str
    barcode: str
    estimated: datetime | None = None

    def comes(self, now: datetime) -> bool:
        """Whether the parcel comes today."""
        is_later = self.estimated is not None and self.estimated.date() > now.date()
        return self.status == "OutForDelivery" and not is_later


@dataclass
class Order:
    """What a resident wants to be announced."""

    name: str
    source: str
    most: int
    is_paused: bool = False
    issued: Counter[date] = field(default_factory=Counter)


@dataclass
class Orders:
    """The orders in effect, what their sources list, and for which parcels grants were issued."""

    in_effect: dict[str, Order] = field(default_factory=dict)
    listed: dict[str, dict[str, Report]] = field(default_factory=dict)
    silent: set[str] = field(default_factory=set)
    parcels: dict[str, tuple[str, str]] = field(default_factory=dict)
    """The unit and the parcel of each grant."""
    seen: set[str] = field(default_factory=set)

    def may_give(self, building: Reference, name: str, source: str) -> bool:
        """Whether a resident may give an order: one who counts and consents, where nobody withdrew.

        What says nothing can't be distinguished from what lists no parcels.
        """
        there = building.of(building.lives[name])
        return (
            source not in self.silent
            and name in building.confirmed
            and building.decided[name].consent == "given"
            and all(one.consent != "withdrawn" for one in there)
            and [one.name for one in self.in_effect.values()].count(name) < MOST_ORDERS
        )

    def change(self, order_id: str, most: int, *, is_paused: bool) -> None:
        """Change an order's limit and its pause."""
        order = self.in_effect[order_id]
        order.most, order.is_paused = most, is_paused

    def follow_consent(self, building: Reference) -> None:
        """End the orders of those who said no, and of units from which somebody withdrew."""
        for order_id, order in list(self.in_effect.items()):
            there = building.of(building.lives[order.name])
            if any(one.consent == "withdrawn" for one in there):
                del self.in_effect[order_id]
                self.seen.add("an order ended by a withdrawn consent")
            elif building.decided[order.name].consent == "opted_out":
                del self.in_effect[order_id]
                self.seen.add("an order ended by an own no")

    def hear(self, source: str, report: Report | None) -> None:
        """Follow what a source lists; None if it says nothing."""
        if report is None:
            self.silent.add(source)
            return
        self.silent.discard(source)
        self.listed.setdefault(source, {})[report.barcode] = report

    def follow(self, building: Reference, grants: Mapping[str, Grant]) -> None:
        """Judge what orders have issued, revised, or called off since the last time."""
        for grant_id, grant in grants.items():
            known = building.grants.get(grant_id)
            if known is None:
                self._issued(building, grant_id, grant)
            elif known.asked is None or grant.revision != known.asked.revision:
                self._revised(building, grant_id, grant)
            elif not known.revoked and grant.state.value != OPEN:
                self._called_off(building, grant_id, grant)

    def _reports(self, building: Reference, unit: str, barcode: str) -> list[Report]:
        """Return what is said of a parcel, over all orders of a unit."""
        sources = {
            order.source
            for order in self.in_effect.values()
            if building.lives[order.name] == unit and order.source not in self.silent
        }
        listed = (self.listed.get(source, {}).get(barcode) for source in sources)
        return [report for report in listed if report is not None]

    def _issued(self, building: Reference, grant_id: str, grant: Grant) -> None:
        assert grant.issuer is not None
        assert grant.delivery.parcel_ref is not None
        order = self.in_effect[grant.issuer.id]
        unit, barcode = building.lives[order.name], grant.delivery.parcel_ref
        theirs = [
            building.grants[each]
            for each, of in self.parcels.items()
            if of == (unit, barcode)
        ]
        today = grant.starts_at.date()
        days = {each.asked.start.date() for each in theirs if each.asked is not None}
        assert not order.is_paused
        assert not any(each.uses or "vetoed" in each.parts.values() for each in theirs)
        assert len(days | {today}) <= MOST_DAYS
        order.issued[today] += 1
        assert order.issued[today] <= order.most
        self.parcels[grant_id] = unit, barcode
        self._take(
            building, grant_id, grant, order, Granted(None, order=grant.issuer.id)
        )
        self.seen.add("an order's grant")
        if days:
            self.seen.add("a parcel announced on another day")

    def _revised(self, building: Reference, grant_id: str, grant: Grant) -> None:
        assert grant.issuer is not None
        known, order = building.grants[grant_id], self.in_effect[grant.issuer.id]
        assert known.asked is not None
        assert grant.revision > known.asked.revision
        assert not known.uses
        assert "vetoed" not in known.parts.values()
        assert known.asked.start.date() == grant.starts_at.date()
        self.seen.add("a grant opened again" if known.revoked else "a grant revised")
        self._take(building, grant_id, grant, order, known)

    def _take(
        self,
        building: Reference,
        grant_id: str,
        grant: Grant,
        order: Order,
        earlier: Granted,
    ) -> None:
        """Take a grant as it is, whose window its resident's hours must allow."""
        hours = building.decided[order.name].hours
        assert hours.is_open(grant.starts_at)
        assert hours.is_open(grant.ends_at - MINUTE / 2)
        assert grant.ends_at - grant.starts_at <= DAY
        reports = self._reports(building, *self.parcels[grant_id])
        assert any(report.comes(grant.starts_at) for report in reports)
        assert all(report.status in COMING for report in reports)
        asked = Asked(
            grant.revision,
            tuple(grant.units),
            grant.starts_at,
            grant.ends_at,
            grant.max_entries,
        )
        parts = {unit: part.value for unit, part in grant.units.items()}
        building.grants[grant_id] = replace(
            earlier,
            asked=asked,
            parts=parts,
            revoked=grant.state.value != OPEN,
            announced=earlier.announced | set(grant.accepted_units),
        )

    def _called_off(self, building: Reference, grant_id: str, grant: Grant) -> None:
        known = building.grants[grant_id]
        assert grant.issuer is not None
        assert grant.state.value == "called_off"
        reports = self._reports(building, *self.parcels[grant_id])
        has_ended = grant.issuer.id not in self.in_effect
        assert has_ended or not all(each.comes(building.now) for each in reports)
        assert has_ended or not known.uses
        known.revoked = True
        self.seen.add("a grant called off")

    def must(self, building: Reference, asked: Collection[str]) -> None:
        """See that what is listed now was announced, and what doesn't come called off."""
        for order_id, order in self.in_effect.items():
            unit = building.lives[order.name]
            for barcode, report in self.listed.get(order.source, {}).items():
                if order.source in self.silent:
                    continue
                theirs = [
                    (each, building.grants[each])
                    for each, of in self.parcels.items()
                    if of == (unit, barcode)
                ]
                standing = [
                    each
                    for each, known in theirs
                    if not known.revoked
                    and (known.accepted or known.order in self.in_effect)
                    and known.asked is not None
                    and building.now < known.asked.end
                ]
                said = self._reports(building, unit, barcode)
                if not any(each.comes(building.now) for each in said) or any(
                    each.status not in COMING for each in said
                ):
                    assert all(
                        each in asked or building.grants[each].uses for each in standing
                    )
                elif self._may_announce(building, order, unit, barcode, theirs):
                    assert standing, (order_id, report)

    def _may_announce(
        self,
        building: Reference,
        order: Order,
        unit: str,
        barcode: str,
        theirs: list[tuple[str, Granted]],
    ) -> bool:
        """Whether nothing is in the way of a grant for this parcel now."""
        now, hours = building.now, building.decided[order.name].hours
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
        return (
            not order.is_paused
            and order.issued[now.date()] < order.most
            and order.name in building.confirmed
            and building.decided[order.name].consent == "given"
            and all(
                report.comes(now) for report in self._reports(building, unit, barcode)
            )
            and not any(
                known.uses or "vetoed" in known.parts.values() for _, known in theirs
            )
            and not any(
                known.asked.start.date() == now.date()
                and known.asked.revision >= MOST_REVISIONS
                for _, known in theirs
                if known.asked is not None
            )
            and any(hours.is_open(at) for at in minutes(now, midnight))
        )
