"""Vetoes of grants: they count from the call on, whatever the disk, the courier and the door do meanwhile."""

import asyncio
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Consent, GrantKey, Rules
from custom_components.courier_access.ledger.ledger import LedgerUnavailable
from custom_components.courier_access.ledger.state.residents import Author
from tests.ledger.parts import busy
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry
from tests.support.house import House, Sender, build, courier, door, resident, until

KEY = GrantKey("courier-parcel-post", "G1")


@pytest.fixture
async def house(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(rate_per_minute=6000),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )


def parts(house: House, key: GrantKey = KEY) -> dict[str, str]:
    """Return what memory has of a grant's units."""
    grant = house.building.grants.live(key)
    return (
        {}
        if grant is None
        else {unit: part.value for unit, part in grant.units.items()}
    )


async def test_outcome_of_a_veto_is_returned(
    house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    grants = house.building.grants
    await sender.grant()
    await sender.grant("gone")
    await sender.revoke("gone")

    assert await grants.veto(KEY, "3b", Author())
    assert await grants.veto(KEY, "3b", Author())
    assert not await grants.veto(KEY, "4a", Author())
    unknown = GrantKey("courier-parcel-post", "never")
    assert not await grants.veto(unknown, "3b", Author())
    assert (await sender.grant("never")).body["decision"] == "accepted"
    revoked = GrantKey("courier-parcel-post", "gone")
    assert not await grants.veto(revoked, "3b", Author())
    freezer.tick(timedelta(hours=3))
    assert not await grants.veto(KEY, "3b", Author())


async def test_a_veto_counts_before_it_is_on_the_disk(
    house: House, sender: Sender
) -> None:
    await sender.grant(units=("3B", "4A"))

    async with busy(house.building.ledger):
        vetoing = asyncio.create_task(house.building.grants.veto(KEY, "3b", Author()))
        await until(lambda: parts(house)["3b"] == "vetoed")
        assert not vetoing.done()
        assert house.building.grants.expected("3b") == []
        [expected] = house.building.grants.expected("4a")
        assert expected.key == KEY
    assert await vetoing


async def test_a_veto_between_claim_and_command_wins_while_the_ledger_is_busy(
    house: House, bolt: Bolt, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_1")
    assert bolt.hangs is not None

    async with busy(house.building.ledger):
        vetoing = asyncio.create_task(house.building.grants.veto(KEY, "3b", Author()))
        await until(lambda: parts(house)["3b"] == "vetoed")
        bolt.hangs.set()
    answer = await entering
    await vetoing
    await house.settle()

    assert (answer.body["decision"], answer.body["reason"]) == ("refused", "vetoed")
    assert bolt.names == ["unlock", "lock"]


@pytest.mark.parametrize("ahead", range(0, 12, 3))
async def test_no_revision_on_its_way_brings_a_vetoed_unit_back(
    hass: HomeAssistant, house: House, bolt: Bolt, sender: Sender, ahead: int
) -> None:
    await sender.grant(units=("3B", "4A"))

    async def veto() -> bool:
        for _ in range(ahead):
            await asyncio.sleep(0)
        return await house.building.grants.veto(KEY, "3b", Author())

    # Of two revisions, the first leaves the unit out, and the second names it again.
    _, outcome, _ = await asyncio.gather(
        sender.grant(units=("4A",), revision=2),
        veto(),
        sender.grant(units=("3B",), revision=3),
    )
    await sender.grant(units=("3B",), revision=4)
    entered = await sender.enter()
    await house.reload()
    after_a_restart = await sender.enter()
    await house.settle()

    assert outcome
    assert entered.body["reason"] == after_a_restart.body["reason"] == "vetoed"
    assert bolt.commands == []


@pytest.mark.parametrize("ahead", range(0, 12, 3))
async def test_nothing_is_opened_for_a_unit_once_it_has_vetoed(
    house: House, bolt: Bolt, sender: Sender, ahead: int
) -> None:
    await sender.grant()

    entering = asyncio.create_task(sender.enter())
    for _ in range(ahead * ahead):
        await asyncio.sleep(0)
    vetoing = asyncio.create_task(house.building.grants.veto(KEY, "3b", Author()))
    await asyncio.sleep(0)
    commands = len(bolt.commands)
    answer = await entering
    await vetoing
    await house.settle()

    assert len(bolt.commands) == commands
    assert answer.body["reason"] == ("ok" if commands else "vetoed")


async def test_a_veto_that_cannot_be_written_is_reported_and_written_later(
    hass: HomeAssistant, house: House, sender: Sender
) -> None:
    await sender.grant(units=("3B", "4A"), max_entries=3)
    grants = house.building.grants

    await break_ledger(house, "INSERT ON records")
    with pytest.raises(LedgerUnavailable):
        await grants.veto(KEY, "3b", Author())
    assert (await sender.enter()).status == 503
    await repair_ledger(house)
    # The first is written before the second.
    assert await grants.veto(KEY, "3b", Author())
    assert parts(house) == {"3b": "vetoed", "4a": "accepted"}

    # It also holds against what is decided and written meanwhile, and goes to the disk with it.
    revised = await sender.grant(units=("3B", "4A"), revision=2, max_entries=3)
    assert revised.body["units"] == ["4A"]
    await house.reload()
    assert parts(house) == {"3b": "vetoed", "4a": "accepted"}


async def test_a_withdrawal_does_not_weaken_a_veto(
    house: House, sender: Sender
) -> None:
    await sender.grant()
    ada = house.building.residents["resident-ada"]
    given = house.building.rulebook.of(ada.id)

    async with busy(house.building.ledger):
        withdrawing = asyncio.create_task(
            house.building.rulebook.change(
                ada, Rules(consent=Consent.WITHDRAWN), Author()
            )
        )
        await asyncio.sleep(0)
        vetoing = asyncio.create_task(house.building.grants.veto(KEY, "3b", Author()))
        await asyncio.sleep(0)
    await asyncio.gather(withdrawing, vetoing)
    assert parts(house) == {"3b": "vetoed"}

    await house.building.rulebook.change(ada, given, Author())
    revised = await sender.grant(revision=2)
    assert revised.body["reason"] == "vetoed"


async def test_open_and_usable_grants_are_expected_in_order_of_their_start(
    hass: HomeAssistant, house: House, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    grants, now = house.building.grants, dt_util.utcnow()

    def window(start: int, end: int) -> dict[str, str]:
        return {
            "starts_at": (now + timedelta(hours=start)).isoformat(),
            "ends_at": (now + timedelta(hours=end)).isoformat(),
        }

    def names(unit: str | None = None) -> list[str]:
        return [grant.key.grant_id for grant in grants.expected(unit)]

    await sender.grant("late", units=("3B",), **window(5, 6))
    await sender.grant("both", units=("3B", "4A"), **window(2, 4))
    await sender.grant("soon", units=("4A",), **window(0, 1))
    await sender.grant("used", units=("4A",), **window(0, 1))
    await sender.enter("used")
    await sender.grant("revoked", units=("4A",), **window(0, 1))
    await sender.revoke("revoked")
    await sender.grant("refused", units=("9Z",), **window(0, 1))
    await house.settle()

    assert names() == ["soon", "both", "late"]
    assert names("3b") == ["both", "late"]
    assert names("4a") == ["soon", "both"]
    await grants.veto(GrantKey(KEY.courier_id, "both"), "3b", Author())
    assert names("3b") == ["late"]
    freezer.tick(timedelta(hours=1))
    assert names() == ["both", "late"]
    await house.reload()
    grants = house.building.grants
    assert names("4a") == ["both"]
