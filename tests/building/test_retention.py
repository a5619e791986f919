"""Test that memory doesn't grow with a building's age."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.clocks import Clocks
from tests.support.house import Sender, build

KEY = GrantKey("courier-parcel-post", "G1")


async def test_grants_that_are_over_are_let_go_once_a_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    await Sender(await hass_client_no_auth()).grant()
    await house.settle()

    await clocks.pass_time(timedelta(hours=1))
    assert house.building.grants.live(KEY) is not None

    await clocks.pass_time(timedelta(hours=25))
    assert house.building.grants.live(KEY) is None
    assert await house.building.grants.find(KEY) is not None


async def test_so_are_those_that_came_to_nothing_though_they_would_not_have_begun_for_weeks(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    grants = house.building.grants
    sender = Sender(await hass_client_no_auth())
    then = dt_util.utcnow() + timedelta(days=20)
    window: dict[str, Any] = {
        "starts_at": then.isoformat(),
        "ends_at": (then + timedelta(hours=2)).isoformat(),
    }

    def held() -> list[str]:
        names = ("revoked", "vetoed", "refused", "expected")
        return [
            name
            for name in names
            if grants.live(GrantKey(KEY.courier_id, name)) is not None
        ]

    for name in ("revoked", "vetoed", "refused", "expected"):
        await sender.grant(name, **window)
    await sender.revoke("revoked")
    await grants.veto(GrantKey(KEY.courier_id, "vetoed"), "3b", Author())
    await sender.grant("refused", ("nobody",), revision=2, **window)
    await house.settle()
    # An entry that is under way still sees what has become of its grant.
    assert held() == ["revoked", "vetoed", "refused", "expected"]

    await clocks.pass_time(timedelta(hours=26))
    assert held() == ["expected"]
    assert (await sender.enter("revoked")).body["reason"] == "revoked"
    assert (await sender.grant("vetoed", revision=2, **window)).body[
        "reason"
    ] == "vetoed"
    assert (await sender.grant("refused", revision=3, **window)).body[
        "decision"
    ] == "accepted"
    assert held() == ["refused", "expected"]
    await house.settle()
