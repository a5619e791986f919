"""Write notifications about deliveries: announced, canceled, or refused."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from ..access.markup import plain
from ..ledger.outbox.due import Notification
from ..ledger.queue import NotificationKind
from .times import WallClock, write_window

MAX_LISTED: Final = 8
"""The most entries or deliveries that one message lists; a push is short."""


def of_kind(kind: NotificationKind, notification: Notification) -> list[Notification]:
    """Return the notifications of one kind in a digest."""
    return [one for one in (notification, *notification.others) if one.kind is kind]


def announcement(
    texts: Mapping[str, str], notification: Notification, wall: WallClock
) -> Iterator[str]:
    """Yield which deliveries were announced, which were canceled, and what to do."""
    others = notification.others
    announced = of_kind(NotificationKind.DELIVERY_ANNOUNCED, notification)
    called_off = of_kind(NotificationKind.DELIVERY_CALLED_OFF, notification)
    yield from _deliveries(texts, "announced", announced, wall, among=others)
    if announced:
        yield texts["announced_then"]
    yield from _deliveries(texts, "called_off", called_off, wall, among=others)


def _deliveries(
    texts: Mapping[str, str],
    what: str,
    notifications: Sequence[Notification],
    wall: WallClock,
    among: Sequence[Notification],
) -> Iterator[str]:
    """Yield the text for deliveries of one kind, if any."""
    match notifications:
        case []:
            pass
        case [notification]:
            yield delivery_text(texts, what, notification, wall)
            for more in _entries_and_issuer(texts, notification):
                yield f"{more[0].upper()}{more[1:]}."
            if among:
                yield from parcel_sentence(texts, notification)
        case _:
            yield texts[f"{what}_many"].format(
                count=len(notifications),
                courier=notifications[-1].details["courier"],
                deliveries=joined(
                    texts,
                    [
                        _in_list(texts, notification, wall)
                        for notification in notifications
                    ],
                ),
            )


def _in_list(
    texts: Mapping[str, str], notification: Notification, wall: WallClock
) -> str:
    parts = [
        notification.details["door"],
        write_window(texts, *window_of(notification.details), wall),
    ]
    if parcel := _parcel_text(notification):
        parts.append(texts["many_parcel"].format(parcel=parcel))
    parts += _entries_and_issuer(texts, notification)
    return ", ".join(part for part in parts if part)


def _entries_and_issuer(
    texts: Mapping[str, str], notification: Notification
) -> Iterator[str]:
    if (entries := notification.details.get("max_entries", "1")) != "1":
        yield texts["many_entries"].format(entries=entries)
    if (issued_by := notification.details.get("issued_by")) is not None:
        yield texts[f"many_by_{issued_by}"]


def joined(texts: Mapping[str, str], entries: Sequence[str]) -> str:
    """Return the first texts as a list, and how many are left."""
    first = [*entries[:MAX_LISTED]]
    if left := len(entries) - len(first):
        first.append(texts["digest_more"].format(count=left))
    return "; ".join(first)


def delivery_text(
    texts: Mapping[str, str], what: str, notification: Notification, wall: WallClock
) -> str:
    """Return a grant's text; an unknown door is left out."""
    details = notification.details
    has_door = bool(details["door"])
    return texts[what if has_door else f"{what}_nowhere"].format(
        courier=details["courier"],
        door=details["door"],
        window=write_window(texts, *window_of(details), wall),
    )


def parcel_sentence(
    texts: Mapping[str, str], notification: Notification
) -> Iterator[str]:
    """Yield the parcel, if the reader may know it."""
    if parcel := _parcel_text(notification):
        yield texts["parcel"].format(parcel=parcel)


def _parcel_text(notification: Notification) -> str:
    """Return the parcel; a canceled delivery has it in its details."""
    return plain(
        notification.delivery.parcel_ref or notification.details.get("parcel_ref", "")
    )


def window_of(details: Mapping[str, str]) -> tuple[datetime, datetime]:
    """Return a delivery's window from its details."""
    return (
        datetime.fromisoformat(details["starts_at"]),
        datetime.fromisoformat(details["ends_at"]),
    )
