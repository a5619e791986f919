"""Test that memory doesn't grow with a building's age."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.clocks import Clocks
from tests.support.house import Sender, build

NAMES = ("past", "revoked", "vetoed", "refused", "expected")


async def test_grants_that_are_over_leave_memory_once_a_day(
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

    def key(name: str) -> GrantKey:
        return GrantKey("courier-parcel-post", name)

    def held() -> list[str]:
        return [name for name in NAMES if grants.live(key(name)) is not None]

    await sender.grant("past")
    for name in NAMES[1:]:
        await sender.grant(name, **window)
    await sender.revoke("revoked")
    await grants.veto(key("vetoed"), "3b", Author())
    await sender.grant("refused", ("nobody",), revision=2, **window)
    await house.settle()
    # An entry in progress still sees what has become of its grant.
    await clocks.pass_time(timedelta(hours=1))
    assert held() == list(NAMES)

    await clocks.pass_time(timedelta(hours=25))
    assert held() == ["expected"]
    assert await grants.find(key("past")) is not None
    assert (await sender.enter("revoked")).body["reason"] == "revoked"
    vetoed = await sender.grant("vetoed", revision=2, **window)
    assert vetoed.body["reason"] == "vetoed"
    accepted = await sender.grant("refused", revision=3, **window)
    assert accepted.body["decision"] == "accepted"
    assert held() == ["refused", "expected"]
    await house.settle()
