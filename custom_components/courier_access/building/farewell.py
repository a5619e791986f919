"""Notify the residents when a building is disabled or removed."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from copy import replace
from functools import partial
import logging
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util

from ..doors.doors import door_drivers
from ..home_assistant.host import Host
from ..ledger.errors import LedgerUnavailable
from ..ledger.ledger import Ledger
from ..ledger.outbox.due import Notification
from ..ledger.outbox.fanout import Farewell, record_disabled, record_removed
from ..ledger.queue import NotificationKind
from ..notifications.targets import Text, all_routes, send
from ..notifications.text import NOBODY, words, write
from ..residents.directory import Addressee, Directory
from .building import Building, CourierAccessConfigEntry, async_zone_of, ledger_path

WITHIN: Final = 10.0
"""Seconds for all residents together; the removal waits for them."""

_NOT_NOTIFIED: Final = "Some residents weren't notified of the removed building"
_LOGGER = logging.getLogger(__name__)


async def async_record_disabled(building: Building) -> None:
    """Record that a loaded building is being disabled; its last turn notifies everybody."""
    if building.fault is not None:
        return
    try:
        await building.ledger.write(
            partial(
                record_disabled,
                at=dt_util.utcnow(),
                unlocked=door_drivers(building.hass).to_lock(building.entry.entry_id),
            )
        )
    except LedgerUnavailable as err:
        _LOGGER.error(
            "The residents can't be notified of the disabled building: %s", err
        )


async def async_bid_farewell(
    hass: HomeAssistant, entry: CourierAccessConfigEntry
) -> None:
    """Record the removal, and notify every resident before the ledger is deleted.

    They also get what is still pending. Nothing can be retried, so each of their
    targets is tried once. A failure doesn't keep the files from being deleted.
    """
    ledger = Ledger(ledger_path(hass, entry.entry_id))
    try:
        async with asyncio.timeout(WITHIN):
            unlocked = door_drivers(hass).to_lock(entry.entry_id)
            farewell = await _record(hass, ledger, unlocked)
            zone = await async_zone_of(hass, entry)
            sends = _sends(Host(hass, entry), farewell, zone)
            for failure in await asyncio.gather(*sends, return_exceptions=True):
                if failure is not None:
                    _LOGGER.error(_NOT_NOTIFIED, exc_info=failure)
    except TimeoutError:
        _LOGGER.warning("%s in time", _NOT_NOTIFIED)
    except Exception:
        _LOGGER.exception(_NOT_NOTIFIED)
    finally:
        await ledger.close()


async def _record(
    hass: HomeAssistant, ledger: Ledger, unlocked: Sequence[str]
) -> Farewell | None:
    """Record the removal; return None if there is no ledger to record it in."""
    if not await hass.async_add_executor_job(ledger.path.is_file):
        return None
    try:
        await ledger.open()
        return await ledger.write(
            partial(record_removed, at=dt_util.utcnow(), unlocked=unlocked)
        )
    except Exception:
        # Whatever the ledger holds, the residents hear of the removal.
        _LOGGER.exception("The removal of the building can't be recorded")
        return None


def _sends(
    host: Host, farewell: Farewell | None, zone: ZoneInfo
) -> Iterator[Coroutine[Any, Any, None]]:
    if farewell is None:
        for addressee in Directory.read(host.hass, host.entry).addressees.values():
            yield _send_without_receipt(host, addressee)
        return
    # What can't be sent in time should not be the farewell.
    for notification in reversed(farewell.pending):
        data = notification.addressed or farewell.addressed.get(
            notification.resident_id
        )
        if data is not None:
            yield _send(host, data, notification, zone)


async def _send(
    host: Host, data: Mapping[str, object], notification: Notification, zone: ZoneInfo
) -> None:
    addressee = Addressee.from_data(notification.resident_id, data)
    texts = await words(host.hass, addressee.language)
    reader = replace(NOBODY, zone=zone, is_private=addressee.is_private)
    text = write(texts, notification, host.title, dt_util.utcnow(), reader)
    await _try_all(host, addressee, text, notification.tag)


async def _send_without_receipt(host: Host, addressee: Addressee) -> None:
    texts = await words(host.hass, addressee.language)
    kind = NotificationKind.BUILDING_REMOVED
    title = texts[f"title_{kind}"]
    tag = f"courier_access_{host.entry_id}"
    await _try_all(host, addressee, Text(title, title, texts[kind]), tag)


async def _try_all(host: Host, addressee: Addressee, text: Text, tag: str) -> None:
    routes = all_routes(host.hass, addressee)
    await asyncio.gather(*(send(host.hass, route, text, tag) for route in routes))
