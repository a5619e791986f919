"""Test the notifications about deliveries that are revised or canceled."""

from collections.abc import Mapping
from datetime import datetime, timedelta
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import Consent, GrantKey, Rules
from custom_components.courier_access.ledger.queue import BATCH_INTERVAL
from custom_components.courier_access.ledger.state.residents import Author
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
    utc,
)

KEY = GrantKey("courier-parcel-post", "G1")
FIVE_MINUTES = BATCH_INTERVAL.total_seconds()


class Deliveries:
    """A building with its messages, and a courier with fixed windows."""

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
        """Issue or revise a grant; return the decision."""
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
        """Reload the building."""
        assert await self.house.hass.config_entries.async_reload(
            self.house.entry.entry_id
        )
        await self.house.settle()

    def read(self, name: str = "Ada") -> list[str]:
        """Return a resident's new messages about deliveries."""
        messages = [message for who, message in self.house.announced if who == name]
        self.house.announced[:] = [
            one for one in self.house.announced if one[0] != name
        ]
        return messages


def over() -> Mapping[str, str]:
    """Return a window in the past, so that nobody accepts."""
    now = dt_util.utcnow()
    return {
        "starts_at": (now - timedelta(hours=2)).isoformat(),
        "ends_at": (now - timedelta(minutes=1)).isoformat(),
    }


@pytest.fixture
async def elm(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> Deliveries:
    """Set up a building where Ada lives in 3B and Cleo in 4A."""
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Cleo", "4A")
    )
    return Deliveries(house, Sender(await hass_client_no_auth()), freezer, timedelta())


async def test_revision_is_expected_at_once_and_notified_once_settled(
    elm: Deliveries,
) -> None:
    await elm.grant(parcel_ref="P-1")
    assert len(elm.read()) == 1

    await elm.grant(revision=2, parcel_ref="P-2")
    await elm.grant(revision=3, parcel_ref="P-3")
    await elm.restart()
    assert elm.read() == []
    [expected] = elm.house.building.grants.expected("3b")
    assert expected.delivery.parcel_ref == "P-3"

    await elm.wait()
    [message] = elm.read()
    assert "Parcel P-3." in message


def moved(elm: Deliveries, hours: int) -> Mapping[str, str]:
    """Return the window so many hours later."""
    return {
        name: (datetime.fromisoformat(instant) + timedelta(hours=hours)).isoformat()
        for name, instant in elm.window.items()
    }


async def test_moved_delivery_is_the_same_one_at_another_time(
    elm: Deliveries,
) -> None:
    await elm.grant()
    await elm.wait()
    [first] = elm.read()

    # Nobody read of the time in between.
    for revision, hours in ((2, 1), (3, 2), (4, 5), (5, 3)):
        await elm.grant(revision=revision, **moved(elm, hours))
        if revision == 2:
            [early] = elm.read()

    await elm.wait()
    [late] = elm.read()
    clock = r"\d+:\d\d [AP]M"
    spans = [re.findall(f"{clock} . {clock}", each) for each in (first, early, late)]
    assert first.startswith("Parcel Post is expected at Lobby, ")
    assert early.startswith("Parcel Post now comes to Lobby, ")
    assert late.startswith("Parcel Post now comes to Lobby, ")
    assert [len(each) for each in spans] == [1, 2, 2]
    assert spans[1][1] == spans[0][0]
    assert spans[2][1] == spans[1][0]


async def test_delivery_that_comes_after_all_is_expected_again(elm: Deliveries) -> None:
    await elm.grant(units=("3B", "4A"))
    await elm.wait()
    await elm.grant(units=("4A",), revision=2)
    await elm.wait()
    elm.read()

    await elm.grant(units=("3B", "4A"), revision=3, parcel_ref="P-1")
    await elm.wait()

    [message] = elm.read()
    assert message.startswith("Parcel Post is expected again at Lobby, ")
    *_, message = elm.read("Cleo")
    assert message.startswith("The delivery from Parcel Post has changed: Lobby, ")


async def test_next_resident_of_a_home_does_not_read_what_a_former_one_expected(
    elm: Deliveries,
) -> None:
    await elm.grant()
    await elm.wait()
    elm.read()
    house = elm.house
    subentry = house.entry.subentries["resident-ada"]
    changed = {**subentry.data, "unit": "4A"}
    house.hass.config_entries.async_update_subentry(house.entry, subentry, data=changed)
    await house.settle()
    changed = {**subentry.data, "unit": "3B"}
    house.hass.config_entries.async_update_subentry(house.entry, subentry, data=changed)
    await house.settle()
    elm.read()

    await elm.grant(revision=2, **moved(elm, 3))
    await elm.wait()

    assert [each for each in elm.read() if "now comes" in each] == []


async def test_canceled_delivery_is_notified_to_those_it_was_announced_to(
    elm: Deliveries,
) -> None:
    await elm.grant(units=("3B", "4A"), parcel_ref="P-1")
    elm.read()
    elm.read("Cleo")
    await elm.house.building.grants.veto(KEY, "4a", Author())

    await elm.wait()
    await elm.revoke()
    await elm.revoke()

    [message] = elm.read()
    assert message.startswith("Parcel Post is no longer expected at Lobby, ")
    assert ". Unit 3B. Parcel P-1. Receipt " in message
    assert elm.read("Cleo") == []  # She knows: it was she who did not want it.
    await elm.wait(2 * FIVE_MINUTES)
    assert elm.read() == []


async def test_end_of_a_delivery_is_notified_only_to_units_that_expect_it(
    elm: Deliveries,
) -> None:
    building = elm.house.building
    no = Rules(consent=Consent.WITHDRAWN, schedule=ALWAYS)
    await building.rulebook.change(building.residents["resident-cleo"], no, Author())
    await elm.revoke("never seen")
    assert await elm.grant("refused", units=("4A",)) == "refused"
    await elm.revoke("refused")
    await elm.wait()
    assert elm.read() == elm.read("Cleo") == []

    await elm.grant("completed")
    assert (await elm.sender.enter("completed")).body["decision"] == "admitted"
    elm.read()
    await elm.revoke("completed")
    await elm.wait()
    assert elm.read() == []

    # Called off by the administrator, it is expected until then.
    await elm.grant()
    await elm.wait()
    elm.read()
    assert await building.grants.call_off(KEY, Author())
    await elm.house.settle()
    await elm.wait()
    [message] = elm.read()
    assert "is no longer expected" in message


async def test_unit_removed_by_a_revision_is_notified(elm: Deliveries) -> None:
    await elm.grant(units=("3B", "4A"))
    elm.read()

    await elm.grant(units=("4A",), revision=2)
    await elm.wait()

    [message] = elm.read()
    assert "no longer expected" in message
    assert len(elm.read("Cleo")) == 1


async def test_refused_revision_is_notified_as_refused_or_else_as_canceled(
    elm: Deliveries,
) -> None:
    """A courier's refusals are notified once in ten minutes."""
    await elm.grant("G1")
    await elm.wait()
    await elm.grant("G2")
    elm.read()
    elm.house.told.clear()
    for grant_id in ("G1", "G2"):
        assert await elm.grant(grant_id, revision=2, **over()) == "refused"
    await elm.wait()

    [refused] = [message for name, message in elm.house.told if name == "Ada"]
    assert refused.startswith("Not accepted: Parcel Post")
    [canceled] = elm.read()
    assert "no longer expected" in canceled


async def test_held_announcement_is_sent_before_the_entry(elm: Deliveries) -> None:
    await elm.grant(max_entries=2)
    await elm.grant(max_entries=3, revision=2)
    elm.read()

    assert (await elm.sender.enter()).body["decision"] == "admitted"
    await elm.house.settle()

    assert len(elm.read()) == 1
    await elm.wait()
    assert elm.read() == []


async def test_refused_entry_sends_no_held_announcement(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    """Otherwise, a refused courier could push to phones with every call."""
    house = await build(hass)
    elm = Deliveries(house, sender, freezer, timedelta(hours=1))
    await elm.grant()
    await elm.grant(max_entries=3, revision=2)
    elm.read()

    assert (await elm.sender.enter()).body["reason"] == "not_yet_valid"
    await house.settle()

    assert elm.read() == []


async def test_held_announcement_is_sent_when_residents_are_asked(
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
    assert "The delivery from Parcel Post has changed: Lobby, " in pushes[1]["message"]
    await asked.phones["Ada"].answer("Keep out")
    await entering


async def test_moved_delivery_replaces_its_own_push_and_no_other_one(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service, {"Ada": "3B"})
    pushes = asked.phones["Ada"].pushes

    async def grant(grant_id: str, **more: Any) -> None:
        await asked.sender.grant(grant_id, door="lobby", **more)
        await asked.settle()

    for grant_id in ("G1", "G2", "G3"):
        await grant(grant_id)
    await pass_time(hass, freezer, FIVE_MINUTES)
    assert [push["title"] for push in pushes[-2:]] == [
        "Parcel from Parcel Post expected",
        "2 parcels from Parcel Post expected",
    ]
    alone, _ = pushes[-2:]
    later = (dt_util.utcnow() + timedelta(hours=3)).isoformat()
    await pass_time(hass, freezer, FIVE_MINUTES)
    pushes.clear()

    await grant("G2", revision=2, ends_at=later)
    assert [push["title"] for push in pushes] == ["Parcel from Parcel Post: new time"]
    await pass_time(hass, freezer, FIVE_MINUTES)
    pushes.clear()
    await grant("G1", revision=2, ends_at=later)
    moved, cleared = pushes
    assert moved["title"] == "Parcel from Parcel Post: new time"
    assert cleared["data"] == {"tag": alone["data"]["tag"]}


async def test_moved_delivery_replaces_its_push_that_waited_and_was_sent_alone(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service, {"Ada": "3B"})
    pushes = asked.phones["Ada"].pushes
    later = (dt_util.utcnow() + timedelta(hours=3)).isoformat()
    for grant_id in ("G1", "G2"):
        await asked.sender.grant(grant_id, door="lobby")
        await asked.settle()
    pushes.clear()
    await pass_time(hass, freezer, FIVE_MINUTES)
    [waited] = pushes
    assert waited["title"] == "Parcel from Parcel Post expected"
    await pass_time(hass, freezer, FIVE_MINUTES)
    pushes.clear()

    await asked.sender.grant("G2", door="lobby", revision=2, ends_at=later)
    await asked.settle()

    moved, cleared = pushes
    assert moved["title"] == "Parcel from Parcel Post: new time"
    assert cleared["data"] == {"tag": waited["data"]["tag"]}


async def test_push_of_a_delivery_that_a_long_message_does_not_name_stays(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    asked = await asked_house(hass, hass_client_no_auth, service, {"Ada": "3B"})
    pushes = asked.phones["Ada"].pushes
    later = (dt_util.utcnow() + timedelta(hours=3)).isoformat()

    await asked.sender.grant("G1", door="lobby")
    await asked.settle()
    alone = pushes[-1]
    pushes.clear()
    for number in range(8):
        await asked.sender.grant(f"J{number}", door="lobby")
    await asked.sender.grant("G1", door="lobby", revision=2, ends_at=later)
    await pass_time(hass, freezer, FIVE_MINUTES)

    [many] = pushes
    assert many["title"] == "9 parcels from Parcel Post expected"
    assert "; and 1 more." in many["message"]
    assert alone["title"] == "Parcel from Parcel Post expected"


async def test_many_deliveries_come_in_one_message(elm: Deliveries) -> None:
    for number in range(11):
        await elm.grant(f"G{number}", parcel_ref=f"P-{number}")
    assert len(elm.read()) == 1
    assert len(elm.house.building.grants.expected("3b")) == 11

    await elm.wait()

    [message] = elm.read()
    assert message.startswith("10 parcels from Parcel Post are expected: Lobby, ")
    assert message.count("Lobby") == 8
    assert ", parcel P-8; and 2 more. To veto it, ask the administrator" in message
    assert "Unit 3B. Receipts " in message


async def test_refused_delivery_names_their_hours_to_those_who_consent(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    freezer.move_to(utc(2026, 11, 24, 12))
    await hass.config.async_set_time_zone("UTC")
    mornings = {"tuesday": [{"from": "08:00:00", "to": "10:00:00"}]}
    ben = resident("Ben", "3B", mornings, consent=False)
    house = await build(hass, door(), courier(), resident("Ada", "3B", mornings), ben)
    sender = Sender(await hass_client_no_auth())

    await sender.grant(units=("3B",))
    await house.settle()

    read = dict(house.told)
    assert "Outside your hours, Tue 8 – 10 AM: change them." in read["Ada"]  # noqa: RUF001  # a dash of times
    assert "your hours" not in read["Ben"]
