"""Binary sensors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    utc,
)

EXPECTED = "binary_sensor.lobby_delivery_expected"
ACCEPTING = "binary_sensor.ada_accepting_deliveries"
# A Tuesday.
MORNINGS = {"tuesday": [{"from": "08:00", "to": "12:00"}]}
NINE = utc(2026, 11, 24, 9, 0)


def is_on(hass: HomeAssistant, entity_id: str = EXPECTED) -> bool:
    state = hass.states.get(entity_id)
    assert state is not None
    assert state.state in ("on", "off")
    return state.state == "on"


def accepting(hass: HomeAssistant) -> tuple[bool, object]:
    """Return whether Ada accepts deliveries, and when that changes."""
    state = hass.states.get(ACCEPTING)
    assert state is not None
    return state.state == "on", state.attributes["next_change"]


async def adas_house(
    hass: HomeAssistant, windows: Mapping[str, Any] | None, **more: Any
) -> House:
    await hass.config.async_set_time_zone("UTC")
    ada = resident("Ada", "3B", windows, **more)
    return await build(hass, door(), courier(), ada, household="one")


@pytest.mark.freeze_time(NINE)
async def test_delivery_is_expected_while_grant_is_usable(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    house = await adas_house(hass, ALWAYS)
    assert not is_on(hass)

    now = dt_util.utcnow()
    await sender.grant(
        starts_at=(now + timedelta(minutes=10)).isoformat(),
        ends_at=(now + timedelta(minutes=30)).isoformat(),
    )
    assert not is_on(hass)
    for seconds, expected in ((600, True), (1199, True), (1, False)):
        await pass_time(hass, freezer, seconds)
        assert is_on(hass) is expected

    await sender.grant("used")
    await house.reload()
    assert is_on(hass)
    await sender.enter("used")
    assert not is_on(hass)
    await sender.grant("revoked")
    assert is_on(hass)
    await sender.revoke("revoked")
    assert not is_on(hass)
    await house.settle()


async def test_delivery_is_expected_at_its_door_even_while_the_opener_is_unavailable(
    hass: HomeAssistant, sender: Sender
) -> None:
    bolt = Bolt()
    await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        door("Garage", "garage"),
        courier(doors=("door-lobby", "door-garage")),
        resident(),
    )
    await sender.grant(door="garage")
    assert not is_on(hass)
    assert is_on(hass, "binary_sensor.garage_delivery_expected")

    await sender.grant("G2", door="lobby")
    bolt.reachable(False)
    await hass.async_block_till_done()
    lock, event = hass.states.get("lock.lobby"), hass.states.get("event.lobby_courier")
    assert lock is not None
    assert event is not None
    assert (lock.state, is_on(hass)) == ("unavailable", True)
    assert event.attributes["event_type"] == "delivery_announced"


@pytest.mark.freeze_time(utc(2026, 11, 24, 7, 30))
async def test_resident_accepts_deliveries_in_their_hours(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await adas_house(hass, MORNINGS)
    assert accepting(hass) == (False, utc(2026, 11, 24, 8, 0))

    await pass_time(hass, freezer, 1800)
    assert accepting(hass) == (True, utc(2026, 11, 24, 12, 0))
    await pass_time(hass, freezer, 4 * 3600)
    assert accepting(hass) == (False, utc(2026, 12, 1, 8, 0))

    await hass.config.async_update(time_zone="America/New_York")
    await house.settle()
    assert accepting(hass) == (False, utc(2026, 12, 1, 8, 0))


@pytest.mark.freeze_time(NINE)
@pytest.mark.parametrize(
    ("windows", "consent"), [(ALWAYS, False), (None, False), ({}, True)]
)
async def test_without_consent_or_hours_nothing_is_accepted(
    hass: HomeAssistant, windows: Mapping[str, Any] | None, consent: bool
) -> None:
    await adas_house(hass, windows, consent=consent)

    assert accepting(hass) == (False, None)


@pytest.mark.freeze_time(NINE)
async def test_pause_shows_with_its_end_and_withdrawal_at_once(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await adas_house(hass, MORNINGS)
    rulebook, ada = house.building.rulebook, house.building.residents["resident-ada"]
    for hour in (10, 11):
        await rulebook.pauses.pause(Author(), (), utc(2026, 11, 24, hour, 0))
    assert accepting(hass) == (False, utc(2026, 11, 24, 11, 0))
    await pass_time(hass, freezer, 3600)
    assert not is_on(hass, ACCEPTING)
    await pass_time(hass, freezer, 3600)
    assert is_on(hass, ACCEPTING)

    # A pause that ends outside the hours changes nothing then.
    await rulebook.pauses.pause(Author(), (), utc(2026, 11, 24, 13, 0))
    assert accepting(hass) == (False, utc(2026, 12, 1, 8, 0))
    await rulebook.pauses.resume(Author(), ())
    assert is_on(hass, ACCEPTING)

    await rulebook.change(ada, Rules(Consent.WITHDRAWN), Author())
    assert not is_on(hass, ACCEPTING)
