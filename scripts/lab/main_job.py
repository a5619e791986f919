"""The main job: a courier with a grant is let in, every resident is notified, and abuse has no effect.

The recipient is notified of each delivery before it comes, and vetoes another courier's.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import uuid4

from .courier import Answer, Courier, Message
from .phone import Notification, PushService
from .show import head, say
from .signing import SHARED, signer
from .watch import DoorWatch

NOTIFICATION_SECONDS = 30
RELOCK_SECONDS = 20
# What should not happen would be on its way by then.
GRACE_SECONDS = 0.5
VETO = "Veto"
FORGERS_KEY = f"{SHARED}Zm9yZ2VkLWZvcmdlZC1mb3JnZWQtZm9yZ2VkLWtleQ=="


@dataclass(slots=True)
class Result:
    """What came of it; `missing` says in words what should have happened and did not."""

    door_opened: int = 0
    observed: int = 0
    residents_notified: int = 0
    abuses_without_effect: int = 0
    missing: list[str] = field(default_factory=list)

    def need(self, happened: bool, what: str) -> bool:
        """Note something that has to have happened; returns whether it did."""
        if not happened:
            self.missing.append(what)
        return happened

    def __str__(self) -> str:
        return (
            f"door opened {self.door_opened}, observed {self.observed}, "
            f"residents notified {self.residents_notified}, "
            f"abuses without effect {self.abuses_without_effect}"
        )


type Veto = Callable[[], Awaitable[None]]


class Panel(Protocol):
    """The recipient's panel."""

    async def expects(self, grant_id: str) -> bool:
        """Return whether it lists a delivery."""

    async def veto(self, courier: str, grant_id: str) -> None:
        """Veto a delivery."""


@dataclass(slots=True)
class MainJob:
    """Two couriers, a door, and the names of all residents; the recipient, with a phone, lives in the open unit.

    A courier's second delivery is announced after a minute: with a `panel`, the recipient looks into that instead. `admissions` counts the entries that the building has recorded as admitted; `ended` waits until a delivery
    can't come anymore.
    """

    courier: Courier
    another: Courier
    door: DoorWatch
    push: PushService
    residents: Sequence[str]
    recipient: str
    open_unit: str
    closed_unit: str
    unlock_seconds: int
    admissions: Callable[[], Awaitable[int]]
    ended: Callable[[str], Awaitable[None]]
    panel: Panel | None = None
    result: Result = field(default_factory=Result)

    async def run(self) -> Result:
        """Do it all, and return what came of it."""
        self.result.need(await self._locked(), "the door locked to begin with")
        before = await self.admissions()
        head("A courier announces a delivery and is let in")
        entry = await self._deliver()
        if entry is not None:
            head("The same courier, and somebody else, try more than they may")
            await self._abuse(*entry)
            head(f"{self.recipient} is notified of another courier's delivery")
            await self._veto()
        self.result.need(
            await self.admissions() == before + 1, "exactly one admission on record"
        )
        self.result.door_opened = self.door.opened
        self.result.need(self.door.opened == 1, "the door opened once")
        return self.result

    async def _deliver(self) -> tuple[str, Message, Answer] | None:
        """Have a grant accepted and use it; returns what a thief could copy, None without entry."""
        need = self.result.need
        need((await self.courier.ping()).decision == "ok", "an answer to the ping")
        grant_id = new_grant_id()
        await self._announce(self.courier, grant_id, parcel_ref="4711-B")

        told_before = len(self.push.notifications)
        message = self.courier.compose(
            "entry.requested", {"grant_id": grant_id, "driver_ref": "driver 7"}
        )
        answer = await self.courier.send(message)
        admitted = (
            answer.decision == "admitted" and answer.body.get("outcome") == "opened"
        )
        if not need(admitted, "the entry admitted and the door opened"):
            return None
        opened = await self.door.until(lambda: self.door.opened > 0, GRACE_SECONDS)
        need(opened, "the door seen unlocked")

        def told() -> set[str]:
            said = f"{self.courier.name} was let in at"
            return {
                one.to
                for one in self.push.notifications[told_before:]
                if said in one.message
            }

        everyone = set(self.residents)
        await self.push.until(lambda: told() >= everyone, NOTIFICATION_SECONDS)
        self.result.residents_notified = len(told() & everyone)
        for name in sorted(everyone - told()):
            need(False, f"{name} told of the entry")
        locked = await self.door.until(
            lambda: self.door.shut, self.unlock_seconds + NOTIFICATION_SECONDS
        )
        need(locked, "the door locked again")
        return grant_id, message, answer

    async def _announce(
        self, courier: Courier, grant_id: str, **more: object
    ) -> Veto | None:
        """Have a grant accepted of which the recipient knows before; returns how to veto it."""
        need, since = self.result.need, len(self.push.notifications)
        accepted = await _issue(courier, grant_id, self.open_unit, **more)
        need(accepted.decision == "accepted", "the grant accepted")
        if self.panel is not None:
            known = await self.panel.expects(grant_id)
            need(known, f"the delivery in the panel of {self.recipient}")
            say(
                f"{self.recipient} looks into the panel: {courier.name} was just announced"
            )
            return partial(self.panel.veto, courier.name, grant_id) if known else None
        said = f"{courier.name} is expected at"
        announced = await self.push.heard_by(self.recipient, said, since=since)
        need(announced is not None, f"{self.recipient} told of the delivery beforehand")
        return partial(self._press, announced) if announced else None

    async def _press(self, announced: Notification) -> None:
        await self.push.phone_of(self.recipient).press(announced.action(VETO))

    async def _veto(self) -> None:
        """Have the recipient veto a delivery by the button of its announcement."""
        grant_id = new_grant_id()
        if (veto := await self._announce(self.another, grant_id)) is None:
            return
        say(f"{self.recipient} presses {VETO!r}")
        await veto()
        await self.ended(grant_id)
        answer = await self.another.enter(grant_id)
        vetoed = answer.decision == "refused" and answer.reason == "vetoed"
        self.result.need(vetoed, "the vetoed delivery refused")
        self.result.need(self.door.shut, "the door still shut after the veto")

    async def _locked(self) -> bool:
        return await self.door.until(
            lambda: self.door.shut, self.unlock_seconds + RELOCK_SECONDS
        )

    async def _abuse(self, used_grant: str, sent: Message, answered: Answer) -> None:
        again = await self.courier.enter(used_grant)
        await self._without_effect(
            again.decision == "refused" and again.reason == "entries_exhausted",
            "a second entry on the used grant refused as entries_exhausted",
        )

        replay = await self.courier.send(sent)
        await self._without_effect(
            replay.status == 200
            and replay.replayed
            and {**replay.body, "replayed": False} == dict(answered.body),
            "the replayed entry answered with the stored reply",
        )

        # Forged for a grant that is good, so that nothing but the signature stands in the way.
        unused_grant = new_grant_id()
        await _issue(self.courier, unused_grant, self.open_unit)
        thief = Courier(
            self.courier.http,
            "a thief",
            self.courier.url,
            signer(FORGERS_KEY),
            observer=self.courier.observer,
        )
        forged = await thief.enter(unused_grant)
        await self._without_effect(
            forged.status == 401 and forged.problem == "unauthenticated",
            "the forged signature answered with 401 unauthenticated",
        )
        revoked = await self.courier.revoke(unused_grant, reason="not needed")
        self.result.need(revoked.decision == "revoked", "the unused grant revoked")

        outside_grant = new_grant_id()
        outside = await _issue(self.courier, outside_grant, self.closed_unit)
        entered = await self.courier.enter(outside_grant)
        await self._without_effect(
            outside.decision == "refused"
            and outside.reason in {"not_accepting", "outside_schedule"}
            and entered.decision == "refused",
            "the grant outside the schedule refused",
        )

    async def _without_effect(self, answered_right: bool, what: str) -> None:
        """Count an abuse that got the published answer and moved nothing (docs/courier-api/README.md#send-again)."""
        opened = await self.door.until(lambda: self.door.opened > 1, GRACE_SECONDS)
        still_shut = self.door.shut and not opened
        need = self.result.need
        if need(answered_right, what) and need(
            still_shut, f"the door still shut: {what}"
        ):
            self.result.abuses_without_effect += 1


async def _issue(courier: Courier, grant_id: str, unit: str, **more: object) -> Answer:
    now = datetime.now(UTC)
    return await courier.grant(grant_id, [unit], now, now + timedelta(hours=2), **more)


def new_grant_id() -> str:
    """Return an id that no grant has yet."""
    return f"grant-{uuid4().hex[:12]}"
