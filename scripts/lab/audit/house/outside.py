"""What is around the house: its lock, phones, mailboxes, and who is notified through them."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING

from aiohttp import ClientError, web
from homeassistant.components.lock import LockEntity
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity_component import DATA_INSTANCES

from ...answers import Record, UnexpectedAnswerError
from ...phone import Notification, Phone, PushService
from .people import Received, Resident, Way

if TYPE_CHECKING:
    from .house import House

LOCK = "lock.bolt"
RELAY = "binary_sensor.relay"
PARCELS = ("sensor.parcels_a", "sensor.parcels_b")
_QUESTION = "courier-access-ask-"


class Bolt(LockEntity):
    """The lobby's lock; whether it is locked stays as it is while Home Assistant is away."""

    _attr_should_poll = False
    _attr_name = "Bolt"
    _attr_unique_id = "bolt"
    _attr_supported_features = LockEntityFeature.OPEN

    def __init__(self, house: House, hass: HomeAssistant) -> None:
        self._house = house
        self._of = hass
        self._attr_is_locked = house.is_locked

    async def async_lock(self, **kwargs: object) -> None:
        """Lock."""
        await self._move(locked=True)

    async def async_unlock(self, **kwargs: object) -> None:
        """Unlock."""
        await self._move(locked=False)

    async def async_open(self, **kwargs: object) -> None:
        """Open."""
        await self._move(locked=False)

    async def _move(self, *, locked: bool) -> None:
        context: Context | None = self._context
        if self._house.home.hass is not self._of:
            return  # This one was killed.
        if not locked:
            self._house.watch.unlocking(
                by_hand=context is not None and self._house.is_hand(context)
            )
        await asyncio.sleep(0.3)
        if self._house.home.hass is not self._of:
            return
        self._house.is_locked = locked
        self._attr_is_locked = locked
        self.async_write_ha_state()


class OwnPhone(Phone):
    """A phone that may have no connection just now."""

    async def confirm(self, pushed: Record) -> None:
        """Confirm a receipt, if Home Assistant answers."""
        with suppress(ClientError, TimeoutError, UnexpectedAnswerError):
            await super().confirm(pushed)


class Pushes(PushService):
    """The push service of the phones' makers, which may be down."""

    is_down: Callable[[], bool] = staticmethod(lambda: False)
    failed = 0

    async def _push(self, request: web.Request) -> web.Response:
        if self.is_down():
            self.failed += 1
            return web.json_response({}, status=500)
        return await super()._push(request)

    def forget(self) -> None:
        """Forget what came; its receivers keep it."""
        self.notifications.clear()
        self._receipts[:] = [each for each in self._receipts if not each.done()]


@dataclass(slots=True)
class Answers:
    """What residents answer when they are asked: in time, late, or not at all."""

    house: House
    random: Random
    asked: int = 0
    given: int = 0

    def take(self, resident: Resident, notification: Notification) -> None:
        """Let a resident answer a question some time, perhaps."""
        self.asked += 1
        delay = self.random.choice((2.0, 4.0, 6.0, 9.0, 25.0, 100.0, None))
        yes = self.random.random() < 0.75
        if delay is not None:
            self.house.begin(self._answer(resident, notification, delay, yes=yes))

    async def _answer(
        self, resident: Resident, notification: Notification, delay: float, *, yes: bool
    ) -> None:
        await asyncio.sleep(delay)
        titles = [str(each["title"]) for each in _buttons(notification)]
        title = titles[0] if yes else titles[-1]
        if yes and len(titles) == 1:
            return  # Only who consents can let in.
        phone = self.house.phones[resident.name]
        if yes:
            self.house.yeses.append((self.house.now, resident.unit.lower()))
        with suppress(ClientError, TimeoutError, UnexpectedAnswerError):
            await phone.press(notification.action(title))
            self.given += 1


def _buttons(notification: Notification) -> list[Record]:
    actions = notification.data.get("actions")
    return list(actions) if isinstance(actions, list) else []


def is_question(notification: Notification) -> bool:
    """Return whether somebody is asked at the door."""
    tag = str(notification.data.get("tag", ""))
    return tag.startswith(_QUESTION) and bool(_buttons(notification))


async def furnish(house: House, hass: HomeAssistant) -> None:
    """Put the lock, the mailboxes, and what parcels' sensors showed into a Home Assistant that starts."""
    await hass.data[DATA_INSTANCES]["lock"].async_add_entities([Bolt(house, hass)])
    for resident in house.residents:
        if resident.until is None and resident.way is not Way.PHONE:
            add_mailbox(house, hass, resident)
    hass.states.async_set(RELAY, "off")
    for sensor in PARCELS:
        list_parcel(hass, sensor)


def list_parcel(
    hass: HomeAssistant,
    sensor: str,
    number: str | None = None,
    status: str = "OutForDelivery",
    at: datetime | None = None,
) -> None:
    """Let a sensor list a parcel, or none, as `aftership` in Home Assistant does."""
    parcel = {
        "tracking_number": number,
        "status": status,
        "expected_delivery": at and at.isoformat(),
    }
    listed = [] if number is None else [parcel]
    hass.states.async_set(sensor, str(len(listed)), {"trackings": listed})


def add_mailbox(house: House, hass: HomeAssistant, resident: Resident) -> None:
    """Give a resident an action that notifies them, which fails at times."""

    async def take(call: ServiceCall) -> None:
        now = house.now
        if house.home.hass is not hass:
            raise HomeAssistantError("it was killed")
        if resident.fails_until is not None and now < resident.fails_until:
            resident.failed += 1
            raise HomeAssistantError("the mail server doesn't answer")
        receive(
            resident, now, str(call.data.get("title", "")), str(call.data["message"])
        )

    hass.services.async_register("notify", resident.name.lower(), take)


def receive(resident: Resident, at: datetime, title: str, message: str) -> None:
    """Let a notification arrive."""
    received = Received.of(at, title, message)
    if received is not None:
        resident.received.append(received)
