"""Test that notifications wait for the ledger, and none is sent twice."""

import asyncio
import logging
import sqlite3

from homeassistant.core import ServiceCall
import pytest

from custom_components.courier_access.ledger import sql
from custom_components.courier_access.ledger.errors import Cause
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.notifications import dispatcher as module
from tests.ledger.filled import owed_entry
from tests.support.house import until

from .parts import SECOND, House


async def test_notifications_wait_for_the_ledger(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    letters = house.mail("anna")
    await house.start()
    house.ledger.on_pending = lambda: None  # only the call below wakes the dispatcher
    await house.ledger.write(owed_entry)
    await house.ledger.close()

    house.notifications.wake()
    await house.settle()
    await house.wait(30 * SECOND)
    assert letters.received == []
    logged = [record for record in caplog.records if record.name == module.__name__]
    assert [record.levelno for record in logged] == [logging.WARNING]

    await house.ledger.open()
    await house.wait(30 * SECOND)
    assert len(letters.received) == 1

    # A later failure is a new outage, logged again.
    await house.ledger.close()
    house.notifications.wake()
    await house.settle()
    logged = [record for record in caplog.records if record.name == module.__name__]
    assert [record.levelno for record in logged] == [logging.WARNING] * 2
    await house.ledger.open()


async def test_notification_sent_without_ledger_is_not_sent_again(house: House) -> None:
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        await house.ledger.close()

    house.on_mail(take)
    await house.start()
    await house.enter()
    assert taken == 1

    await house.ledger.open()
    await house.wait(30 * SECOND)

    assert taken == 1
    assert (await house.status_of("anna")).state is NotificationState.SENT


async def test_result_that_can_not_be_stored_while_stopping_is_stored_last(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_WITHIN", -1)
    monkeypatch.setattr(sql, "BUSY_SECONDS", 0.05)
    await house.ledger.close()
    await house.ledger.open()
    foreign = sqlite3.connect(house.ledger.path, isolation_level=None)
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        foreign.execute("BEGIN IMMEDIATE")

    def failed(_: Cause) -> None:
        if foreign.in_transaction:
            foreign.execute("ROLLBACK")

    monkeypatch.setattr(house.ledger, "_failed", failed)
    house.on_mail(take)
    await house.start()
    await house.ledger.write(owed_entry)
    house.notifications.wake()
    await until(lambda: foreign.in_transaction and not house.notifications._sends)
    await asyncio.sleep(0)

    await house.notifications.async_stop()
    await house.ledger.close()
    foreign.close()

    await house.ledger.open()
    await house.restart()
    assert taken == 1
    assert (await house.status_of("anna")).state is NotificationState.SENT


async def test_stopping_without_ledger_is_no_error(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async def take(call: ServiceCall) -> None:
        await house.ledger.close()

    house.on_mail(take)
    await house.start()
    await house.enter()

    await house.notifications.async_stop()

    assert "The last results could not be stored" in caplog.text
