"""Test an entry that is disturbed at every await: disconnect, reload, unload, stop."""

from itertools import count

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import orjson
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.queue import BATCH_INTERVAL
from tests.support.disturbing import COURIER, Coming, Doorstep, SlowBolt
from tests.support.door_parts import install_bolt
from tests.support.house import (
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
)

AWAITS = 9
"""How many awaits an entry makes: for the ledger, for the door, and until everybody is notified."""


@pytest.fixture
async def step(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Doorstep:
    bolt = SlowBolt()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(rate_per_minute=6000),
        resident("Ada", "3B"),
        resident("Cleo", "4A"),
    )
    return Doorstep(
        house, bolt, Sender(await hass_client_no_auth()), freezer, monkeypatch
    )


async def grant(step: Doorstep, number: int) -> str:
    """Let a courier have a grant to come on, of which all are notified at once; return what it then sends."""
    await pass_time(step.house.hass, step.freezer, BATCH_INTERVAL.total_seconds())
    await step.sender.grant(f"G{number}", max_entries=3)
    await step.house.settle()
    step.begin()
    return step.body("entry.requested", {"grant_id": f"G{number}"})


async def check(step: Doorstep, number: int, body: str) -> None:
    """Check what must hold whatever came between."""
    bolt = step.bolt
    had_opened = bool(bolt.commands)
    assert step.nothing_is_left()
    assert bolt.names == (["unlock", "lock"] if had_opened else [])
    assert step.told == (["Ada", "Cleo"] if had_opened else [])
    assert await admitted(step, number) == (["opened"] if had_opened else [])

    again = await step.again(number, body)

    assert (again["decision"], again["replayed"]) == ("admitted", had_opened)
    assert (again["outcome"], again["entries_left"]) == ("opened", 2)
    assert bolt.names == ["unlock", "lock"]
    assert step.told == ["Ada", "Cleo"]
    assert await admitted(step, number) == ["opened"]
    found = await step.house.building.grants.find(GrantKey(COURIER, f"G{number}"))
    assert found is not None
    assert found.uses == 1
    if had_opened and step.answer is not None:
        assert orjson.loads(step.answer.text or "") | {"replayed": True} == again


async def admitted(step: Doorstep, number: int) -> list[str | None]:
    """Return what became of the entries on a grant; there are none that were refused."""
    disk = await step.on_disk(number)
    on_it = [
        entry
        for entry in await entries_of(step.house.building, 200)
        if entry.personal["grant_id"] == f"G{number}"
    ]
    assert [entry.decision for entry in on_it] == ["admitted"] * disk.records[
        "entry.admitted"
    ]
    return [entry.outcome for entry in on_it]


@pytest.mark.parametrize("coming", Coming)
async def test_entry_disturbed_at_any_await_is_complete_or_absent(
    step: Doorstep, coming: Coming
) -> None:
    for number in count(1):
        body = await grant(step, number)
        disturbance = await step.disturb(number, body, coming)
        await check(step, number, body)
        if not disturbance.done:
            assert disturbance.awaits == AWAITS
            break


async def test_entry_during_which_a_setting_changes_is_admitted_once(
    step: Doorstep,
) -> None:
    for number in count(1):
        body = await grant(step, number)
        disturbance = await step.disturb(number, body, None)

        assert step.nothing_is_left()
        assert step.bolt.names == ["unlock", "lock"]
        assert step.told == ["Ada", "Cleo"]
        assert step.answer is not None
        answer = orjson.loads(step.answer.text or "")
        assert (answer["outcome"], answer["entries_left"]) == ("opened", 2)
        again = await step.again(number, body)
        assert again == answer | {"replayed": True}
        assert step.bolt.names == ["unlock", "lock"]
        if not disturbance.done:
            assert number > AWAITS
            break


@pytest.mark.parametrize("at", range(1, AWAITS + 1))
async def test_entry_stopped_at_any_await_is_complete_or_absent(
    step: Doorstep, at: int
) -> None:
    body = await grant(step, 1)
    disturbance = await step.stop(1, body, at)

    assert disturbance.done
    assert step.answer is not None
    disk = await step.on_disk(1)
    if step.bolt.commands:
        assert orjson.loads(step.answer.text or "") == disk.reply
        assert disk.reply["outcome"] == "opened"
        assert disk.records == {"grant.accepted": 1, "entry.admitted": 1}
        assert step.told == ["Ada", "Cleo"]
    else:
        assert step.answer.status == 503
        assert disk.reply == {}
        # The claim that was under way is undone.
        assert disk.records == {"grant.accepted": 1, "entry.admitted": 1}
        assert step.told == []
