"""A real Home Assistant's own `mqtt` integration and a real broker before a lock that fails in every way.

One process lives through all of it; each test begins with a door that works and reads locked.
"""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from scripts.lab.answers import Record, records
from scripts.lab.broker import Broker
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Answer, Courier
from scripts.lab.forking import Forks
from scripts.lab.main_job import new_grant_id
from scripts.lab.mqtt_lock import Mode, MqttLock, Seen
from scripts.lab.signing import signer
from scripts.lab.site import ILSE, MARA, OPEN_UNIT, RESIDENTS
from scripts.lab.watch import DoorWatch

from .running import Running, at_home

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]

STREET = "Street"
UNLOCK_SECONDS = 3
RECONNECTS_WITHIN = 30


@dataclass(slots=True)
class Street:
    """A door whose lock is behind the broker, and the courier who comes to it."""

    running: Running
    broker: Broker
    lock: MqttLock
    courier: Courier
    entity_id: str
    event_id: str
    device_id: str

    async def granted(self, **more: object) -> str:
        """Have a grant for the unit that accepts; return its id."""
        now = datetime.now(UTC)
        grant_id = new_grant_id()
        answer = await self.courier.grant(
            grant_id, [OPEN_UNIT], now, now + timedelta(hours=1), **more
        )
        assert answer.decision == "accepted", answer.source
        return grant_id

    async def reads(self, state: str) -> None:
        """Wait until the building's door reads so."""
        await self.running.site.owner.reads(self.entity_id, state)

    async def works_and_is_locked(self) -> None:
        """Begin with a lock that obeys and stands locked, as Home Assistant knows."""
        self.lock.mode = Mode.NORMAL
        self.lock.by_hand(lock=True)
        await self.reads("locked")

    async def locks_again(self) -> None:
        """Wait until the lock got the command to lock, did, and reads so."""
        assert await self.lock.until(lambda: self.lock.log[-1].seen is Seen.LOCKED, 30)
        assert self.lock.log[-2].seen is Seen.TOLD_TO_LOCK
        await self.reads("locked")

    async def told(self, said: str, since: int) -> None:
        """Wait until a recipient and somebody else read something."""
        for name in (MARA, ILSE):
            assert await self.running.push.heard_by(name, said, since=since), (
                name,
                said,
            )

    @property
    def notifications(self) -> int:
        """How many notifications went out so far."""
        return len(self.running.push.notifications)

    async def entries(self) -> list[Record]:
        """Return what the record has of entries at this door, newest first."""
        asked = {"device_id": self.device_id, "limit": 500}
        return records(
            (await self.running.site.owner.ask(f"{DOMAIN}.get_entries", asked))[
                "entries"
            ]
        )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def home(
    forks: Forks, tmp_path_factory: pytest.TempPathFactory, threads: None
) -> AsyncIterator[Street]:
    """Run Home Assistant with a door whose lock is behind a broker that keeps what is retained."""
    folder = tmp_path_factory.mktemp("street")
    async with (
        at_home(forks, folder) as running,
        Broker.running(folder / "broker", persistence=True) as broker,
    ):
        lock = MqttLock(broker.port)
        async with lock.connected():
            yield await _street(running, broker, lock)


async def _street(running: Running, broker: Broker, lock: MqttLock) -> Street:
    building, owner = running.site.building, running.site.owner
    await broker.connect(owner)
    await owner.reads(lock.entity_id, "locked")
    door = {"name": STREET, "key": "street", "unlock_seconds": UNLOCK_SECONDS}
    await building.add_door({**door, "opener": lock.entity_id})
    door_id = (await building.parts("door"))[STREET]
    account = await building.add_courier({"name": "Pigeon", "doors": [door_id]})
    courier = Courier(
        running.http, account.name, account.webhook_url, signer(account.key)
    )
    return Street(
        running,
        broker,
        lock,
        courier,
        await building.entity(door_id, "lock"),
        await building.entity(door_id, "event"),
        await building.device(door_id),
    )


@pytest_asyncio.fixture(loop_scope="session")
async def street(home: Street) -> AsyncIterator[Street]:
    """The door as each test finds it; afterwards Home Assistant's log blames nothing."""
    await home.works_and_is_locked()
    yield home
    assert home.running.complaints() == []


def came_of(answer: Answer) -> tuple[object, object, object]:
    """Return what was decided, what came of it, and how many uses are left."""
    body = answer.body
    return answer.decision, body.get("outcome"), body.get("entries_left")


async def test_a_lock_that_moves_too_late_is_unconfirmed_then_notified_and_locked_again(
    street: Street,
) -> None:
    grant_id = await street.granted()
    street.lock.mode = Mode.LATE
    since = street.notifications
    assert came_of(await street.courier.enter(grant_id)) == (
        "admitted",
        "unconfirmed",
        1,
    )
    await street.told("the opening is not confirmed", since)
    assert street.lock.locked

    assert await street.lock.until(lambda: not street.lock.locked, 10)
    street.lock.mode = Mode.NORMAL
    await street.told("unlocked late", since)
    await street.locks_again()
    assert (await street.courier.enter(grant_id)).reason == "entries_exhausted"


async def test_a_command_that_is_lost_costs_no_use_and_the_next_one_opens(
    street: Street,
) -> None:
    grant_id = await street.granted()
    street.lock.mode = Mode.LOST
    since = street.notifications
    assert came_of(await street.courier.enter(grant_id)) == (
        "admitted",
        "unconfirmed",
        1,
    )
    await street.told("the opening is not confirmed", since)
    assert street.lock.log[-1].seen is Seen.TOLD_TO_UNLOCK

    street.lock.mode = Mode.NORMAL
    assert came_of(await street.courier.enter(grant_id)) == ("admitted", "opened", 0)
    await street.locks_again()


async def test_a_lock_that_jams_has_failed_and_everybody_is_notified(
    street: Street,
) -> None:
    grant_id = await street.granted()
    street.lock.mode = Mode.JAMMED
    since = street.notifications
    assert came_of(await street.courier.enter(grant_id)) == ("admitted", "failed", 0)
    await street.told("the door's opener reported an error", since)
    await street.reads("jammed")


async def test_a_lock_that_reports_everything_twice_lets_in_once_and_is_notified_once(
    street: Street,
) -> None:
    grant_id = await street.granted(max_entries=2)
    street.lock.mode = Mode.REPEATED
    since, log, before = (
        street.notifications,
        len(street.lock.log),
        len(await street.entries()),
    )
    door = DoorWatch(street.entity_id)
    owner = street.running.site.owner
    async with owner.channel() as channel:
        await door.begin(owner, channel)
        assert came_of(await street.courier.enter(grant_id)) == (
            "admitted",
            "opened",
            1,
        )
        await street.locks_again()
        assert await door.until(lambda: door.shut, 10)
    assert door.states == ["locked", "unlocked", "locked"]
    assert [happening.seen for happening in street.lock.log[log:]] == [
        Seen.TOLD_TO_UNLOCK,
        Seen.UNLOCKED,
        Seen.TOLD_TO_LOCK,
        Seen.LOCKED,
    ]
    for name in RESIDENTS:
        assert await street.running.push.heard_by(name, "was let in", since=since), name
    entry, *earlier = await street.entries()
    assert (entry["outcome"], entry["repeats"], len(earlier)) == ("opened", 0, before)
    told = [
        notification.to
        for notification in street.running.push.notifications[since:]
        if STREET in notification.message
    ]
    # It was announced to the recipient; all are notified, once, that a courier was let in.
    assert sorted(told) == sorted([MARA, *RESIDENTS])
    assert came_of(await street.courier.enter(grant_id)) == ("admitted", "opened", 0)
    await street.locks_again()


async def test_what_a_lock_says_that_went_away_in_between_confirms_nothing(
    street: Street,
) -> None:
    grant_id = await street.granted()
    street.lock.mode = Mode.LOST
    commands = street.lock.count(Seen.TOLD_TO_UNLOCK)
    entering = asyncio.create_task(street.courier.enter(grant_id))
    assert await street.lock.until(
        lambda: street.lock.count(Seen.TOLD_TO_UNLOCK) == commands + 1, 10
    )
    street.lock.say_available(False)
    await street.reads("unavailable")
    street.lock.say_available(True)
    street.lock.locked = False
    street.lock.say(retain=True)
    await street.reads("unlocked")
    assert not entering.done()

    street.lock.mode = Mode.NORMAL
    answer = await entering
    assert came_of(answer) == ("admitted", "unconfirmed", 0)
    assert answer.body["lock_confirmed"] is False
    await street.locks_again()


async def test_a_broker_that_is_down_costs_nothing_and_an_old_unlocked_at_its_return_is_no_opening(
    street: Street,
) -> None:
    grant_id = await street.granted()
    lock, recorded = street.lock, await street.entries()
    lock.mode = Mode.RETAINED
    lock.by_hand(lock=False)
    await street.reads("unlocked")
    lock.mode = Mode.NORMAL
    lock.by_hand(lock=True)  # said, but not kept: the broker still has the one before
    await street.reads("locked")
    lock.mode = Mode.SILENT
    await asyncio.sleep(2)  # the broker saves what it keeps every second

    await asyncio.to_thread(street.broker.stop)
    await street.reads("unavailable")
    answer = await street.courier.enter(grant_id)
    assert (answer.status, answer.problem) == (503, "door_unavailable")
    assert await street.entries() == recorded

    since, log = street.notifications, len(lock.log)
    before = await street.running.site.owner.state(street.event_id)
    await street.broker.start()
    async with asyncio.timeout(RECONNECTS_WITHIN):
        await street.reads("unlocked")
    after = await street.running.site.owner.state(street.event_id)
    assert after["state"] == before["state"]
    assert await street.entries() == recorded
    assert lock.log[log:] == []
    assert street.notifications == since

    await street.works_and_is_locked()
    assert came_of(await street.courier.enter(grant_id)) == ("admitted", "opened", 0)
    await street.locks_again()


async def test_a_lock_that_the_administrator_renames_keeps_working(
    street: Street,
) -> None:
    former, now = street.lock.entity_id, "lock.gate_of_the_yard"
    async with street.running.site.owner.channel() as channel:
        for was, becomes in ((former, now), (now, former)):
            await channel.command(
                "config/entity_registry/update", entity_id=was, new_entity_id=becomes
            )
            street.lock.say()
            await street.running.site.owner.reads(becomes, "locked")
            await street.reads("locked")
            grant_id = await street.granted()
            assert came_of(await street.courier.enter(grant_id)) == (
                "admitted",
                "opened",
                0,
            )
            await street.locks_again()


async def test_a_door_is_locked_before_home_assistant_has_stopped(
    street: Street,
) -> None:
    running = street.running
    lock = MqttLock(street.broker.port, name="yard", mode=Mode.RETAINED)
    async with lock.connected():
        await running.site.owner.reads(lock.entity_id, "locked")
        building = running.site.building
        door = {"name": "Yard", "key": "yard", "unlock_seconds": 60}
        await building.add_door({**door, "opener": lock.entity_id})
        door_id = (await building.parts("door"))["Yard"]
        account = await building.add_courier({"name": "Magpie", "doors": [door_id]})
        courier = Courier(
            running.http, account.name, account.webhook_url, signer(account.key)
        )
        now, grant_id = datetime.now(UTC), new_grant_id()
        await courier.grant(grant_id, [OPEN_UNIT], now, now + timedelta(hours=1))
        assert came_of(await courier.enter(grant_id)) == ("admitted", "opened", 0)
        assert not lock.locked

        process, ran_on = running.home.process, []
        assert process is not None
        lock.heard = lambda heard: ran_on.append((heard.seen, process.poll() is None))
        await running.restart()

        assert ran_on[:2] == [(Seen.TOLD_TO_LOCK, True), (Seen.LOCKED, True)]
        assert not any(
            "stayed unlocked" in notification.message
            for notification in running.push.notifications
        )
        await running.site.owner.reads(
            await running.site.building.entity(door_id, "lock"), "locked"
        )
        assert lock.count(Seen.TOLD_TO_UNLOCK) == 1


async def test_a_door_that_a_crash_left_unlocked_is_locked_by_the_next_start(
    street: Street,
) -> None:
    await street.running.restart()  # a door of the last seconds isn't saved yet
    await street.works_and_is_locked()
    unlocks = street.lock.count(Seen.TOLD_TO_UNLOCK)
    answer = await street.courier.enter(await street.granted())
    assert came_of(answer) == ("admitted", "opened", 0)
    home = street.running.home
    assert home.process is not None
    home.process.kill()  # as a power cut would
    await street.running.restart()
    assert street.lock.count(Seen.TOLD_TO_UNLOCK) == unlocks + 1
    await street.locks_again()
    entry = (await street.entries())[0]
    assert (entry["entry_id"], entry["outcome"]) == (answer.body["entry_id"], "opened")
    assert street.lock.count(Seen.TOLD_TO_UNLOCK) == unlocks + 1
