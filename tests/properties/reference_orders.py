"""What has to be true of standing orders: when a building issues grants by itself, and for which window.

The rules are those of docs/how-to/drivers.md#standing-orders.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from tests.properties.reference import MINUTE, Reference, minutes
from tests.properties.reference_parts import Asked

MOST_ORDERS = 10
MOST_MOVES = 10
LONGEST_GRANT = timedelta(hours=12)
COMES_NO_MORE = ("delivered", "problem")


@dataclass(frozen=True)
class Report:
    """What a source says of a parcel, and for when it is planned."""

    status: str
    barcode: str | None = None
    planned: tuple[datetime, datetime] | None = None


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
    """The orders in effect, what their sources say, and for which parcels grants were issued."""

    in_effect: dict[str, Order] = field(default_factory=dict)
    sources: dict[str, Report | None] = field(default_factory=dict)
    heard: dict[str, Report] = field(default_factory=dict)
    """What was read last from each source: most say it again and again."""
    parcels: dict[str, tuple[str, str | None]] = field(default_factory=dict)
    """The order and the parcel of each grant."""
    seen: set[str] = field(default_factory=set)

    def may_give(self, building: Reference, name: str) -> bool:
        """Whether a resident may give an order: one who counts and consents, where nobody withdrew."""
        there = building.of(building.lives[name])
        return (
            name in building.confirmed
            and building.decided[name].consent == "given"
            and all(one.consent != "withdrawn" for one in there)
            and [one.name for one in self.in_effect.values()].count(name) < MOST_ORDERS
        )

    def give(self, building: Reference, order_id: str, order: Order) -> None:
        """Put an order into effect."""
        self.in_effect[order_id] = order
        self.read_all(building)

    def change(
        self, building: Reference, order_id: str, most: int, *, is_paused: bool
    ) -> None:
        """Change an order's limit and its pause."""
        order = self.in_effect[order_id]
        if (order.most, order.is_paused) != (most, is_paused):
            order.most, order.is_paused = most, is_paused
            self.read_all(building)

    def withdraw(self, building: Reference, order_id: str) -> None:
        """End an order and what is open of its grants."""
        del self.in_effect[order_id]
        for grant_id, (by, _) in self.parcels.items():
            if by == order_id:
                _end(building, grant_id)
        self.read_all(building)

    def follow_consent(self, building: Reference) -> bool:
        """End the orders of units from which somebody withdrew; whether there were any."""
        ended = [
            order_id
            for order_id, order in self.in_effect.items()
            if any(
                one.consent == "withdrawn"
                for one in building.of(building.lives[order.name])
            )
        ]
        for order_id in ended:
            del self.in_effect[order_id]
            self.seen.add("an order ended by a withdrawn consent")
        if ended:
            self.read_all(building)
        return bool(ended)

    def read_all(self, building: Reference) -> None:
        """Read all sources again, as at a start and after each change of the orders."""
        self.heard.clear()
        for source, report in self.sources.items():
            self.hear(building, source, report)

    def hear(self, building: Reference, source: str, report: Report | None) -> None:
        """Follow what a source says, if it says anything and has not just said it."""
        self.sources[source] = report
        orders = [one for one in self.in_effect.items() if one[1].source == source]
        if report is None or not orders or report == self.heard.get(source):
            return
        self.heard[source] = report
        for order_id, order in orders:
            self._handle(building, order_id, order, report)

    def _handle(
        self, building: Reference, order_id: str, order: Order, parcel: Report
    ) -> None:
        theirs = [
            grant_id
            for grant_id, of in self.parcels.items()
            if of == (order_id, parcel.barcode)
        ]
        current = [one for one in theirs if _is_open(building, one)]
        if parcel.status in COMES_NO_MORE:
            for grant_id in current:
                if building.grants[grant_id].uses == 0:
                    _end(building, grant_id)
                    self.seen.add("a grant ended by its parcel")
        elif order.is_paused:
            return
        elif current:
            self._move(building, order, parcel, current[0])
        elif parcel.status == "out_for_delivery":
            self._issue(building, order_id, order, parcel, theirs)

    def _issue(
        self,
        building: Reference,
        order_id: str,
        order: Order,
        parcel: Report,
        earlier: list[str],
    ) -> None:
        """Issue a grant: one a day for a parcel, never after a veto, and not too many a day."""
        window = _window(building, order, parcel, building.now)
        if window is None:
            return
        for grant_id in earlier:
            grant = building.grants[grant_id]
            is_vetoed = "vetoed" in grant.parts.values()
            assert grant.asked is not None
            if grant.asked.start.date() == window[0].date() or (
                parcel.barcode is not None and is_vetoed
            ):
                self.seen.add("a parcel that is not announced again")
                return
        if order.issued[building.now.date()] >= order.most:
            self.seen.add("an order that issued enough")
            return
        order.issued[building.now.date()] += 1
        grant_id = provisional(order_id)
        self.parcels[grant_id] = order_id, parcel.barcode
        units = (building.lives[order.name],)
        answer = building.issue(grant_id, Asked(1, units, *window, 1), order_id)
        self.seen.add(f"an order's grant {answer[0]}")

    def _move(
        self, building: Reference, order: Order, parcel: Report, grant_id: str
    ) -> None:
        """Let a grant follow a new delivery time, or end it if nothing is left."""
        grant = building.grants[grant_id]
        asked = grant.asked
        assert asked is not None
        if (
            "vetoed" in grant.parts.values()
            or grant.uses > 0
            or asked.revision > MOST_MOVES
        ):
            return
        window = _window(building, order, parcel, min(building.now, asked.start))
        if window is None or window[1] <= building.now:
            _end(building, grant_id)
            self.seen.add("a grant ended by a new delivery time")
        elif window != (asked.start, asked.end):
            moved = Asked(asked.revision + 1, asked.units, *window, 1)
            building.issue(grant_id, moved, grant.order)
            self.seen.add("a grant moved")

    def name(self, building: Reference, order_id: str, grant_id: str) -> bool:
        """Give the grant that an order issued just now its name; whether there is one."""
        unnamed = provisional(order_id)
        if unnamed not in building.grants:
            return False
        building.grants[grant_id] = building.grants.pop(unnamed)
        self.parcels[grant_id] = self.parcels.pop(unnamed)
        return True


def provisional(order_id: str) -> str:
    """Return what a grant is called until the building has named it."""
    return f"new by {order_id}"


def _is_open(building: Reference, grant_id: str) -> bool:
    grant = building.grants[grant_id]
    assert grant.asked is not None
    return not grant.revoked and building.now < grant.asked.end


def _end(building: Reference, grant_id: str) -> None:
    if _is_open(building, grant_id):
        building.grants[grant_id].revoked = True


def _window(
    building: Reference, order: Order, parcel: Report, since: datetime
) -> tuple[datetime, datetime] | None:
    """From the first to the last open minute of the planned time, or of the rest of the day."""
    hours = building.decided[order.name].hours
    start, end = since, None
    if parcel.planned is not None:
        start, end = max(since, parcel.planned[0]), parcel.planned[1]
    if end is None:
        end = datetime.combine(start.date() + timedelta(days=1), time())
        end = end.replace(tzinfo=start.tzinfo)
    opened = [at for at in minutes(start, end) if hours.is_open(at)]
    if not opened:
        return None
    longest = [at for at in opened if at < opened[0] + LONGEST_GRANT]
    ends = longest[-1].replace(second=0, microsecond=0) + MINUTE
    return opened[0], min(ends, end, opened[0] + LONGEST_GRANT)
