"""A courier at a door whose lock is outside of Home Assistant, behind a real MQTT broker."""

from datetime import UTC, datetime, timedelta

import pytest

from scripts.lab.answers import text
from scripts.lab.broker import Broker
from scripts.lab.courier import Courier
from scripts.lab.mqtt_lock import MqttLock, Seen
from scripts.lab.signing import signer
from scripts.lab.site import OPEN_UNIT

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]


async def test_a_lock_behind_a_real_broker_opens_for_a_courier_and_locks_again(
    running: Running,
) -> None:
    site = running.site
    async with Broker.running(running.home.folder / "broker") as broker:
        lock = MqttLock(broker.port)
        async with lock.connected():
            await broker.connect(site.owner)
            await site.owner.reads(lock.entity_id, "locked")
            door = {"name": "Street", "key": "street", "unlock_seconds": 5}
            await site.building.add_door({**door, "opener": lock.entity_id})
            door_id = (await site.building.parts("door"))["Street"]
            account = await site.building.add_courier(
                {"name": "Pigeon", "doors": [door_id]}
            )

            courier = Courier(
                running.http, account.name, account.webhook_url, signer(account.key)
            )
            now = datetime.now(UTC)
            await courier.grant("grant-1", [OPEN_UNIT], now, now + timedelta(hours=1))
            answer = await courier.enter("grant-1")
            assert (answer.decision, text(answer.body, "outcome")) == (
                "admitted",
                "opened",
            )
            assert await lock.until(lambda: lock.log[-1].seen is Seen.LOCKED, 30)

    assert [happening.seen for happening in lock.log] == [
        Seen.TOLD_TO_UNLOCK,
        Seen.UNLOCKED,
        Seen.TOLD_TO_LOCK,
        Seen.LOCKED,
    ]
    assert running.complaints() == []
