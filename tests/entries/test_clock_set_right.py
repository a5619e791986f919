"""Test that a decision made while the clock was wrong keeps its meaning."""

from datetime import timedelta
from pathlib import Path

from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.api.commands import (
    async_accept_clock,
)
from custom_components.courier_access.api.permissions import async_acting
from tests.attacks.test_changed_residents import read
from tests.building.test_restore import back_up, bring_back, confirm_keys
from tests.support.clocks import Clocks
from tests.support.enqueued import edit
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    resident,
)
from tests.support.people import People, acting, user
from tests.support.rows import kept_rows
from tests.support.verified import verified

AHEAD = timedelta(days=2)


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada")
    return people


@pytest.fixture
def ada(people: People) -> Context:
    return acting(people["Ada"])


@pytest.fixture
async def house(
    hass: HomeAssistant, clocks: Clocks, people: People, ada: Context
) -> House:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
    )
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    return house


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


async def restart(house: House, clocks: Clocks, wrong: timedelta) -> None:
    """Restart with a clock that is wrong by so much."""
    assert await house.hass.config_entries.async_unload(house.entry.entry_id)
    clocks.set_wall(wrong)
    assert await house.hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()


async def correct(house: House, clocks: Clocks, by: timedelta) -> None:
    """Set the clock right, and let the building notice."""
    await clocks.step(by)
    await clocks.pass_time(timedelta(minutes=3))
    await house.settle()


async def accept(house: House) -> None:
    """Let an administrator accept the clock's time."""
    otto = await user(house.hass, "Otto", admin=True)
    owner = await async_acting(house.building, acting(otto))
    await async_accept_clock(house.building, owner)


async def test_pause_lasts_as_long_as_meant_after_the_clock_was_behind(
    house: House, clocks: Clocks, sender: Sender, ada: Context
) -> None:
    await restart(house, clocks, -timedelta(days=2))
    await do(house, "pause", ada)
    await clocks.pass_time(timedelta(minutes=1))
    await clocks.step(timedelta(days=2))
    assert (await sender.grant()).body["reason"] == "paused"
    await clocks.pass_time(timedelta(minutes=3))
    await house.settle()

    await sender.grant("G2")
    assert (await sender.enter("G2")).body["decision"] == "refused"
    await clocks.pass_time(timedelta(hours=24))
    await sender.grant("G3")
    assert (await sender.enter("G3")).body["decision"] == "admitted"
    assert (await verified(house.building.ledger)).intact


async def test_pause_lasts_no_longer_than_meant_after_the_clock_was_ahead(
    house: House, clocks: Clocks, sender: Sender, ada: Context
) -> None:
    await restart(house, clocks, AHEAD)
    await do(house, "pause", ada)
    await clocks.pass_time(timedelta(minutes=1))
    await correct(house, clocks, -AHEAD)
    await accept(house)

    await clocks.pass_time(timedelta(hours=23, minutes=55))
    await sender.grant()
    assert (await sender.enter()).body["reason"] == "paused"
    await clocks.pass_time(timedelta(minutes=2))
    assert (await sender.enter()).body["decision"] == "admitted"
    assert (await verified(house.building.ledger)).intact


async def test_resident_who_moved_while_the_clock_was_ahead_reads_their_own_entries(
    house: House, clocks: Clocks, sender: Sender, ada: Context
) -> None:
    await sender.grant("G1", parcel_ref="P-1")
    assert (await sender.enter("G1")).body["decision"] == "admitted"
    await restart(house, clocks, AHEAD)
    await edit(house, "resident-ada", unit="4A")
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await correct(house, clocks, -AHEAD)
    await accept(house)

    await sender.grant("G2", ("4A",), parcel_ref="P-2")
    assert (await sender.enter("G2")).body["decision"] == "admitted"
    await house.settle()
    theirs = await read(house)
    assert "P-2" in theirs
    assert "P-1" not in theirs


async def test_pause_until_a_named_time_ends_then(
    house: House, clocks: Clocks, sender: Sender, ada: Context
) -> None:
    await restart(house, clocks, -timedelta(hours=3))
    until = dt_util.utcnow() + timedelta(hours=4)
    await do(house, "pause", ada, until=until.isoformat())
    await correct(house, clocks, timedelta(hours=3))
    assert house.building.rulebook.pauses.until() == until


async def test_evidence_of_a_withdrawal_is_kept_for_thirty_days_after_a_wrong_clock(
    house: House, clocks: Clocks, ada: Context
) -> None:
    await restart(house, clocks, -timedelta(days=60))
    await ask(house, "set_rules", "resident-ada", ada, consent=False)
    await clocks.step(timedelta(days=60))
    await house.settle()

    async def kept() -> list[tuple[int, str]]:
        said = """
            SELECT seq, field FROM personal JOIN records USING (seq)
            WHERE kind = 'rules.changed'
        """
        return await kept_rows(house.building.ledger, said, tuple[int, str])

    before = await kept()
    assert before
    for _ in range(8 * 24):
        await clocks.pass_time(timedelta(hours=1))
    assert await kept() == before


async def test_restore_while_the_clock_was_ahead_refuses_nobody_forever(
    hass: HomeAssistant,
    house: House,
    clocks: Clocks,
    sender: Sender,
    ada: Context,
    tmp_path: Path,
) -> None:
    await back_up(hass, house, tmp_path / "copy")
    clocks.set_wall(150 * AHEAD)
    await bring_back(hass, house, tmp_path / "copy")
    await confirm_keys(house)
    await correct(house, clocks, -150 * AHEAD)

    await accept(house)
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await sender.grant()
    assert (await sender.enter()).body["decision"] == "admitted"
