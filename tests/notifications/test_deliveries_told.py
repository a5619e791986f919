"""What residents read of a courier's deliveries as those change: told once it stands, and in time for the door."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, GrantKey, Rules
from custom_components.courier_access.access.schedule import ALWAYS
from custom_components.courier_access.ledger.outbox.announcements import (
    ONE_BY_ONE,
    TOLD_EVERY,
)
from custom_components.courier_access.ledger.state.rules import Author
from tests.support.asked_phones import PushService, asked_house
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    pass_time,
    resident,
    until,
)

KEY = GrantKey("courier-parcel-post", "G1")
FIVE_MINUTES = TOLD_EVERY.total_seconds()


class Told:
    """A building with what is read in it, and a courier whose windows do not move with the clock."""

    def __init__(
        self,
        house: House,
        sender: Sender,
        freezer: FrozenDateTimeFactory,
        begins: timedelta,
    ) -> None:
        self.house = house
        self.sender = sender
        self._freezer = freezer
        now = dt_util.utcnow()
        self.window: Mapping[str, Any] = {
            "starts_at": (now + begins).isoformat(),
            "ends_at": (now + begins + timedelta(hours=2)).isoformat(),
        }

    async def grant(self, grant_id: str = "G1", **more: Any) -> str:
        """Issue a grant or a revision of one; return what was decided."""
        answer = await self.sender.grant(grant_id, **{**self.window, **more})
        await self.house.settle()
        decision: str = answer.body["decision"]
        return decision

    async def revoke(self, grant_id: str = "G1") -> None:
        """Revoke a grant."""
        await self.sender.revoke(grant_id)
        await self.house.settle()

    async def wait(self, seconds: float = FIVE_MINUTES) -> None:
        """Let time pass."""
        await pass_time(self.house.hass, self._freezer, seconds)

    async def restart(self) -> None:
        """Load the building anew."""
        assert await self.house.hass.config_entries.async_reload(
            self.house.entry.entry_id
        )
        await self.house.settle()

    def read(self, name: str = "Ada") -> list[str]:
        """Return what somebody has read of deliveries since this was asked last."""
        messages = [message for who, message in self.house.announced if who == name]
        self.house.announced[:] = [
            one for one in self.house.announced if one[0] != name
        ]
        return messages


def over() -> Mapping[str, str]:
    """Return a window that is over, so that nobody accepts."""
    now = dt_util.utcnow()
    return {
        "starts_at": (now - timedelta(hours=2)).isoformat(),
        "ends_at": (now - timedelta(minutes=1)).isoformat(),
    }


@pytest.fixture
async def told(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Told:
    """Set up a building where Ada lives in 3B and Cleo in 4A."""
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    return Told(house, Sender(await hass_client_no_auth()), freezer, timedelta())


async def test_a_revision_is_expected_at_once_and_told_once_it_stands(
    told: Told,
) -> None:
    await told.grant(parcel_ref="P-1")
    assert len(told.read()) == 1

    await told.grant(revision=2, parcel_ref="P-2")
    await told.grant(revision=3, parcel_ref="P-3")
    assert told.read() == []
    [expected] = told.house.building.grants.expected("3b")
    assert expected.parcel_ref == "P-3"

    await told.wait()
    [message] = told.read()
    assert "Parcel P-3." in message


async def test_a_restart_loses_nothing_that_is_held_and_repeats_nothing(
    told: Told,
) -> None:
    await told.grant(parcel_ref="P-1")
    await told.grant(revision=2, parcel_ref="P-2")
    assert len(told.read()) == 1

    await told.restart()
    assert told.read() == []
    await told.wait()
    assert len(told.read()) == 1
    await told.restart()
    await told.wait()
    assert told.read() == []


async def test_what_the_courier_calls_off_is_told_to_whom_it_was_announced(
    told: Told,
) -> None:
    await told.grant(units=("3B", "4A"), parcel_ref="P-1")
    told.read()
    told.read("Cleo")
    await told.house.building.grants.veto(KEY, "4a", Author())

    await told.wait()
    await told.revoke()
    await told.revoke()

    [message] = told.read()
    assert message.startswith("The delivery by Parcel Post at Lobby, ")
    assert " is no longer expected. Unit 3B. Parcel P-1. Record " in message
    assert told.read("Cleo") == []  # She knows: it was she who did not want it.
    await told.wait(2 * FIVE_MINUTES)
    assert told.read() == []


async def test_what_somebody_of_the_building_calls_off_is_told_too(told: Told) -> None:
    await told.grant()
    told.read()

    assert await told.house.building.grants.call_off(KEY, Author())
    await told.wait()

    [message] = told.read()
    assert "is no longer expected" in message


async def test_what_was_never_announced_is_not_called_off(told: Told) -> None:
    rulebook = told.house.building.rulebook
    cleo = told.house.building.residents["resident-cleo"]
    await rulebook.change(
        cleo, Rules(consent=Consent.WITHDRAWN, schedule=ALWAYS), Author()
    )

    await told.revoke("never seen")
    assert await told.grant("refused", units=("4A",)) == "refused"
    await told.revoke("refused")
    await told.wait()

    assert told.read() == told.read("Cleo") == []


async def test_a_delivery_that_came_is_not_called_off_after(told: Told) -> None:
    await told.grant()
    assert (await told.sender.enter()).body["decision"] == "admitted"
    assert len(told.read()) == 1

    await told.revoke()
    await told.wait()

    assert told.read() == []


async def test_a_unit_that_a_revision_leaves_out_is_told(told: Told) -> None:
    await told.grant(units=("3B", "4A"))
    told.read()

    await told.grant(units=("4A",), revision=2)
    await told.wait()

    [message] = told.read()
    assert "no longer expected" in message
    assert len(told.read("Cleo")) == 1


async def test_what_a_revision_has_refused_is_told_as_that_and_not_as_called_off_too(
    told: Told,
) -> None:
    await told.grant()
    told.read()
    told.house.told.clear()

    assert await told.grant(revision=2, **over()) == "refused"
    await told.wait()

    [(_, message)] = [each for each in told.house.told if each[0] == "Ada"]
    assert "was not accepted for your home" in message
    assert told.read() == []


async def test_a_refusal_of_which_too_much_was_told_leaves_nobody_waiting(
    told: Told,
) -> None:
    """Of one courier's refusals one is told in ten minutes."""
    await told.grant("G1")
    await told.grant("G2")
    told.read()
    told.house.told.clear()
    for grant_id in ("G1", "G2"):
        assert await told.grant(grant_id, revision=2, **over()) == "refused"

    await told.wait()

    assert len([each for each in told.house.told if each[0] == "Ada"]) == 1
    [message] = told.read()
    assert "no longer expected" in message


async def test_what_is_held_is_told_before_the_courier_who_is_let_in(
    told: Told,
) -> None:
    await told.grant(max_entries=2)
    await told.grant(max_entries=3, revision=2)
    told.read()

    assert (await told.sender.enter()).body["decision"] == "admitted"
    await told.house.settle()

    assert len(told.read()) == 1
    await told.wait()
    assert told.read() == []


async def test_who_is_refused_at_the_door_hurries_nothing(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Else a courier that is let in nowhere could push phones as often as it may call."""
    house = await build(hass)
    told = Told(house, Sender(await hass_client_no_auth()), freezer, timedelta(hours=1))
    await told.grant()
    await told.grant(max_entries=3, revision=2)
    told.read()

    assert (await told.sender.enter()).body["reason"] == "not_yet_valid"
    await house.settle()

    assert told.read() == []


async def test_what_is_held_is_told_when_residents_are_asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service, {"Ada": "3B"})
    pushes = asked.phones["Ada"].pushes
    await asked.sender.grant(door="lobby")
    await asked.sender.grant(door="lobby", max_entries=2, revision=2)
    await asked.settle()
    pushes.clear()

    entering = await asked.come("Ada")

    await until(lambda: len(pushes) == 2)
    assert "Parcel Post is expected at Lobby" in pushes[1]["message"]
    await asked.phones["Ada"].answer("Don't")
    await entering


async def test_many_deliveries_are_told_in_one_message(told: Told) -> None:
    for number in range(ONE_BY_ONE + 10):
        await told.grant(f"G{number}", parcel_ref=f"P-{number}")
    assert len(told.read()) == ONE_BY_ONE
    assert len(told.house.building.grants.expected("3b")) == ONE_BY_ONE + 10

    await told.wait()

    [message] = told.read()
    assert message.startswith("10 deliveries by Parcel Post are expected: Lobby, ")
    assert message.count("Lobby") == 8
    assert (
        ", parcel P-13; and 2 more. You can veto each of them until the door" in message
    )
    assert "Unit 3B. Records " in message
