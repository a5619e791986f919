"""Where notifications arrive: a push service on 127.0.0.1, phones with the companion app, a plain address.

The push service stands for the phone makers' own: Home Assistant posts a notification to it, and it passes
it on to the phone, whose app confirms the receipt as the one for Android does.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
import secrets

from aiohttp import web

from .answers import Record, UnexpectedAnswerError, parsed, record, records, text
from .client import User
from .instance import HOST

RECEIPT = "mobile_app_notification_received"
PRESSED = "mobile_app_notification_action"


@dataclass(frozen=True, slots=True)
class Notification:
    """A message that reached somebody; `data` is what came beside title and text."""

    to: str
    title: str
    message: str
    data: Record
    at: datetime

    def action(self, title: str) -> str:
        """Return the name that the button of this title goes by."""
        for button in records(self.data.get("actions") or []):
            if button["title"] == title:
                return text(button, "action")
        raise UnexpectedAnswerError(f"no button {title!r} on {self.message!r}")


@dataclass(slots=True)
class Phone:
    """A phone on which somebody has logged in to the companion app."""

    name: str
    user: User
    push_token: str
    webhook_id: str = ""

    async def register(self, push_url: str) -> None:
        """Introduce the phone to Home Assistant, or say where pushes go now."""
        device = {
            "app_data": {"push_token": self.push_token, "push_url": push_url},
            "app_version": "2026.11.1",
            "device_name": self.name,
            "manufacturer": "Fairphone",
            "model": "Fairphone 6",
            "os_version": "16",
        }
        if self.webhook_id:
            await self.send("update_registration", device)
            return
        identity = {
            "app_id": "io.homeassistant.companion.android",
            "app_name": "Home Assistant",
            "device_id": secrets.token_hex(8),
            "os_name": "Android",
            "supports_encryption": False,
        }
        answer = record(
            await self.user.post(
                "/api/mobile_app/registrations", {**identity, **device}
            )
        )
        self.webhook_id = text(answer, "webhook_id")

    async def confirm(self, pushed: Record) -> None:
        """Report to Home Assistant that a push was received, with the fields that came with it."""
        await self.send(
            "fire_event", {"event_type": RECEIPT, "event_data": dict(pushed)}
        )

    async def press(self, action: str) -> None:
        """Report to Home Assistant that a notification's button of this name was pressed."""
        await self.send(
            "fire_event", {"event_type": PRESSED, "event_data": {"action": action}}
        )

    async def send(self, kind: str, data: Record) -> None:
        """Send something over the app's own webhook."""
        await self.user.post(
            f"/api/webhook/{self.webhook_id}", {"type": kind, "data": dict(data)}
        )


@dataclass(slots=True)
class PushService:
    """Takes notifications in. `notifications` holds all, oldest first; `heard` is called with each."""

    heard: Callable[[Notification], None] = lambda _notification: None
    url: str = ""
    notifications: list[Notification] = field(default_factory=list)
    phones: dict[str, Phone] = field(default_factory=dict)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    _receipts: list[asyncio.Task[None]] = field(default_factory=list)

    @property
    def push_url(self) -> str:
        """Where the companion app has its pushes sent."""
        return f"{self.url}/push"

    def address_of(self, name: str) -> str:
        """Return a plain address that takes `title` and `message` for somebody without the app."""
        return f"{self.url}/to/{name}"

    async def connect(self, phone: Phone) -> None:
        """Register a phone whose pushes come over this service."""
        self.phones[phone.push_token] = phone
        await phone.register(self.push_url)

    def phone_of(self, name: str) -> Phone:
        """Return somebody's phone."""
        return next(phone for phone in self.phones.values() if phone.name == name)

    async def heard_by(
        self, name: str, said: str, *, since: int = 0, seconds: float = 90
    ) -> Notification | None:
        """Wait for a notification that says something; return None if none comes.

        A courier's second delivery within five minutes is announced after a minute.
        """

        def told() -> list[Notification]:
            return [
                notification
                for notification in self.notifications[since:]
                if notification.to == name and said in notification.message
            ]

        return told()[0] if await self.until(lambda: bool(told()), seconds) else None

    async def until(self, enough: Callable[[], bool], seconds: float) -> bool:
        """Wait until the notifications are enough; returns whether they were in time."""
        try:
            async with asyncio.timeout(seconds), self._arrived:
                await self._arrived.wait_for(enough)
        except TimeoutError:
            return False
        return True

    @asynccontextmanager
    async def served(self, port: int = 0) -> AsyncIterator[None]:
        """Listen on a port of 127.0.0.1, by default one of the system's choice."""
        app = web.Application()
        app.router.add_post("/push", self._push)
        app.router.add_post("/to/{name}", self._plain)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, HOST, port).start()
            self.url = f"http://{HOST}:{runner.addresses[0][1]}"
            yield
        finally:
            await runner.cleanup()
            for receipt in self._receipts:
                receipt.cancel()
            await asyncio.gather(*self._receipts, return_exceptions=True)

    async def _push(self, request: web.Request) -> web.Response:
        body = record(parsed(await request.read()))
        phone = self.phones.get(text(body, "push_token"))
        if phone is None:
            return web.json_response({"errorMessage": "unknown token"}, status=404)
        data = record(body.get("data") or {})
        await self._take(phone.name, body, data)
        if str(data.get("confirmation", "")).lower() == "true":
            # What the app gets over the push service is a flat list of texts.
            flat = {**data, "message": body["message"], "webhook_id": phone.webhook_id}
            receipt = phone.confirm({key: _flat(value) for key, value in flat.items()})
            self._receipts.append(asyncio.create_task(receipt))
        return web.json_response({}, status=201)

    async def _plain(self, request: web.Request) -> web.Response:
        await self._take(
            request.match_info["name"], record(parsed(await request.read())), {}
        )
        return web.json_response({})

    async def _take(self, to: str, body: Record, data: Record) -> None:
        notification = Notification(
            to,
            str(body.get("title", "")),
            text(body, "message"),
            data,
            datetime.now(UTC),
        )
        async with self._arrived:
            self.notifications.append(notification)
            self._arrived.notify_all()
        self.heard(notification)


def _flat(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
