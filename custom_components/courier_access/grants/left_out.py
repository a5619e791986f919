"""Parcels that standing orders leave out, and what their residents say to that.

A resident is notified once a day and order. Without a press of theirs, nothing changes.
"""

from collections.abc import Callable
from datetime import date

from homeassistant.util import dt as dt_util

from ..access.model import Loosening
from ..access.parcels import day_of
from ..access.standing_orders import StandingOrder
from ..home_assistant.host import Host
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.status import find_by_token, use_up_token
from ..ledger.queue import COUNT, NotificationKind, was_notified_of_day
from ..ledger.state.grants import let_in_more, note_left_out
from ..ledger.state.residents import Author
from ..residents.directory import Directory, is_user_of, may_log_in
from ..residents.rulebook import Rulebook


class LeftOut:
    """Notify residents of what their orders leave out, and handle the button.

    `find` returns an order in effect. If the ledger can't be read or written,
    LedgerUnavailable is raised, and nothing has changed.
    """

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        find: Callable[[str], StandingOrder | None],
        changed: Callable[[], None],
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._find = find
        self._changed = changed
        self._notified: dict[str, date] = {}
        """The last day of which a resident was notified, by order."""

    async def notify(self, order: StandingOrder, count: int) -> None:
        """Notify the resident that an order leaves out so many, once a day."""
        now = dt_util.utcnow()
        day = day_of(now, self._host.zone)
        courier = self._directory.couriers.get(order.courier_id)
        if self._notified.get(order.id) == day or courier is None:
            return
        kind = NotificationKind.LIMIT_REACHED
        details = {
            "order": order.id,
            "day": day.isoformat(),
            "courier": courier.name,
            "most": str(order.most_per_day),
            COUNT: str(count),
        }
        async with self._rulebook.turn:
            if self._find(order.id) != order:
                return
            resident = self._rulebook.residents[order.resident_id]

            def write(transaction: Transaction) -> None:
                if was_notified_of_day(transaction.conn, kind, order.id, day):
                    return
                note_left_out(transaction, order, resident.unit, now)
                fan_out = self._rulebook.fan_out(transaction, now)
                fan_out.notify(kind, details, about=resident.id)

            await self._ledger.write(write)
        self._notified[order.id] = day

    async def let_in(self, token: str, user_id: str) -> None:
        """Let an order announce what its notification counts, too, on that day.

        Any registered app can fire any event. So a token works once, only for the
        resident who got the notification, and only while they are who they were then.
        """
        if not await may_log_in(self._host.hass, user_id):
            return
        acted = await self._ledger.read(lambda conn: find_by_token(conn, token))
        if acted is None or acted.kind is not NotificationKind.LIMIT_REACHED:
            return
        async with self._rulebook.turn:
            now = dt_util.utcnow()
            day = day_of(now, self._host.zone)
            resident = self._rulebook.residents.get(acted.resident_id)
            if (
                resident is None
                or not acted.is_present
                or not is_user_of(self._host.hass, user_id, resident)
                or acted.details.get("day") != day.isoformat()
            ):
                return
            order_id, count = acted.details["order"], int(acted.details[COUNT])
            author = Author(user_id=user_id)

            def write(transaction: Transaction) -> None:
                if use_up_token(transaction.conn, token) and let_in_more(
                    transaction, order_id, resident, count, day, author, now
                ):
                    fan_out = self._rulebook.fan_out(transaction, now)
                    fan_out.loosening(resident, [Loosening.ORDERS], author)

            await self._ledger.write(write)
        self._changed()
