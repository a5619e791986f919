"""What somebody gains who makes the source of other courier access report at will: records, and nothing else."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.setup import async_setup_component

from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    RELAY,
    House,
    build,
    courier,
    door,
    observed,
    pass_time,
    resident,
)
from tests.support.people import user
from tests.support.rows import kinds
from tests.support.verified import verified


async def switched(hass: HomeAssistant, bolt: Bolt) -> House:
    """Set up a building whose source follows a switch that everybody can use."""
    assert await async_setup_component(
        hass, "input_boolean", {"input_boolean": {"relay": {}}}
    )
    state = "{{ is_state('input_boolean.relay', 'on') }}"
    sensor = {"name": "relay", "unique_id": "relay", "state": state}
    assert await async_setup_component(
        hass, "template", {"template": [{"binary_sensor": sensor}]}
    )
    await hass.async_block_till_done()
    opener = await install_bolt(hass, bolt)
    return await build(
        hass, door(opener=opener), observed(), courier(), resident(), resident("Ben")
    )


async def kinds_after(house: House, seq: int) -> list[str]:
    return (await kinds(house.building.ledger))[seq:]


async def test_who_uses_a_source_at_will_only_adds_records(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    bolt = Bolt()
    house = await switched(hass, bolt)
    building = house.building
    assert building.ledger.newest is not None
    before = building.ledger.newest.seq
    rules = {key: building.rulebook.of(key) for key in building.residents}
    stranger = await user(hass, "Stranger")

    for _ in range(121):
        await hass.services.async_call(
            "input_boolean",
            "toggle",
            {"entity_id": "input_boolean.relay"},
            blocking=True,
            context=Context(user_id=stranger.id),
        )
        await pass_time(hass, freezer, 1)
    hass.states.async_set(RELAY, "off", context=Context(user_id=stranger.id))
    await house.settle()

    # No more than one entry in each cool-down, and nothing but entries.
    assert await kinds_after(house, before) == ["entry.observed"] * 5
    assert len(house.told) == 5 * 2
    assert bolt.commands == []
    assert rules == {key: building.rulebook.of(key) for key in building.residents}
    assert (await verified(building.ledger)).intact
