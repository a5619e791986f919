"""Test that a building keeps to the digest time in a resident's rules."""

from dataclasses import replace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.state.rules import Author
from tests.ledger.filled import NOON
from tests.support.house import Sender, build, courier, door, pass_time, resident


async def test_deliveries_of_neighbors_wait_for_the_digest_time(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to(NOON)
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bo", "4A")
    )
    rulebook, bo = house.building.rulebook, house.building.residents["resident-bo"]
    await rulebook.change(
        bo, replace(rulebook.of(bo.id), digest_at=12 * 60 + 30), Author()
    )
    await house.settle()
    house.told.clear()
    sender = Sender(await hass_client_no_auth())
    await sender.grant(units=("3B",), max_entries=2)
    for _ in range(2):
        await sender.enter()
        await pass_time(hass, freezer, 60)
    await house.settle()

    assert not any(name == "Bo" for name, _ in house.told)
    assert (
        sum("was let in" in message for name, message in house.told if name == "Ada")
        == 2
    )

    await pass_time(hass, freezer, 30 * 60)
    await house.settle()
    [message] = [message for name, message in house.told if name == "Bo"]
    assert message.startswith("2 courier entries: Parcel Post, Lobby, 12:00;")
