"""Test that vetoes survive a missing ledger and reloads (promise 3)."""

from collections.abc import Iterator
from contextlib import contextmanager
import sqlite3

from freezegun.api import FrozenDateTimeFactory
import pytest

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.grants import grants as vetoes
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.notifications.late_writes import LateWrites
from tests.promises import test_3_told_before
from tests.promises.test_3_told_before import KEY, Neighbourhood
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.held_entry import hold_second_entry
from tests.support.house import House, entries_of, pass_time
from tests.support.rows import plant

elm = test_3_told_before.elm


@contextmanager
def foreign(house: House, begin: str) -> Iterator[None]:
    """Let another program lock the ledger."""
    path = ledger_path(house.hass, house.entry.entry_id)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(begin)
    yield
    other.execute("ROLLBACK")
    other.close()


async def be_impatient(house: House) -> None:
    """Wait for a locked ledger only a moment."""
    await house.building.ledger.read(
        lambda conn: plant(conn, "PRAGMA busy_timeout = 50")
    )


async def unload(house: House) -> None:
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)


async def load(house: House) -> None:
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()


async def announced(elm: Neighbourhood) -> House:
    await elm.sender.grant()
    await elm.house.settle()
    return elm.house


async def test_veto_survives_a_locked_ledger(
    elm: Neighbourhood, freezer: FrozenDateTimeFactory
) -> None:
    house = await announced(elm)
    await be_impatient(house)
    with foreign(house, "BEGIN IMMEDIATE"):
        await elm.press("Ada", elm.veto_of("Ada"))
        assert (await elm.sender.enter(message_id="meanwhile")).status == 503
    await pass_time(house.hass, freezer, 15)
    await house.settle()
    assert house.building.grants.expected("3b") == []
    assert await elm.enter() == "vetoed"
    assert elm.bolt.names == []


async def test_veto_survives_a_reload(elm: Neighbourhood) -> None:
    house = await announced(elm)
    await unload(house)
    # The user is checked when the press is handled.
    await elm.press("Cleo", elm.veto_of("Ben"))
    await load(house)
    assert [grant.key for grant in house.building.grants.expected("3b")] == [KEY]
    await unload(house)
    await elm.press("Ada", elm.veto_of("Ada"))
    await load(house)
    assert house.building.grants.expected("3b") == []
    assert await elm.enter() == "vetoed"


@pytest.mark.parametrize("is_fixed_before", [True, False])
async def test_unwritten_veto_is_written_after_a_reload(
    elm: Neighbourhood, caplog: pytest.LogCaptureFixture, is_fixed_before: bool
) -> None:
    house = await announced(elm)
    await break_ledger(house, "INSERT ON records")
    await elm.press("Ada", elm.veto_of("Ada"))
    assert "A phone's action veto failed" in caplog.text
    assert "Ada" not in caplog.records[-1].getMessage()
    if is_fixed_before:
        await repair_ledger(house)
    await unload(house)
    await repair_ledger(house)
    await load(house)
    assert await elm.enter() == "vetoed"


async def test_no_door_opens_while_presses_are_unknown(
    elm: Neighbourhood, freezer: FrozenDateTimeFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    entering = await hold_second_entry(
        elm.house, elm.bolt, elm.sender, freezer, "msg_1"
    )

    def away(*_: object) -> None:
        raise LedgerUnavailable("locked", Cause.LOCKED)

    with monkeypatch.context() as patched:
        patched.setattr(vetoes, "find_by_token", away)
        await elm.phones["Ben"].press(elm.veto_of("Ben"))
        assert elm.bolt.hangs is not None
        elm.bolt.hangs.set()
        answer = await entering
    assert answer.status == 503
    assert await elm.enter() == "vetoed"
    assert elm.bolt.names == ["unlock", "lock"]


async def test_courier_must_retry_while_presses_never_end(
    elm: Neighbourhood, monkeypatch: pytest.MonkeyPatch
) -> None:
    await announced(elm)
    with monkeypatch.context() as patched:
        patched.setattr(LateWrites, "may_overlook", property(lambda _: True))
        answer = await elm.sender.enter(message_id="meanwhile")
    assert (answer.status, answer.problem) == (503, "door_busy")
    assert elm.bolt.names == []
    # Each rollback is recorded, and endless presses must not fill the ledger.
    assert len(await entries_of(elm.house.building, 10)) == 3
    assert await elm.enter() == "ok"
    assert elm.bolt.names[0] == "unlock"
