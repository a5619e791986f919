"""Promise 3, *Told before*: a grant is announced when it is accepted, and a veto that comes in time always wins."""

from collections.abc import AsyncGenerator
from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    GrantKey,
    Rules,
)
from custom_components.courier_access.ledger.queue import Button
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.notifications.actions import action_of
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    until,
)
from tests.support.people import People
from tests.support.phone_app import PhoneApp, push_service

KEY = GrantKey("courier-parcel-post", "G1")
VETO = "Veto"
BY_APP = [{"kind": "person_apps", "value": None}]


class Neighbourhood:
    """A building whose residents are notified on their phones: Ada and Ben in 3B, Cleo in 4A."""

    def __init__(
        self, house: House, sender: Sender, bolt: Bolt, people: People
    ) -> None:
        self.house = house
        self.sender = sender
        self.bolt = bolt
        self.people = people
        self.phones: dict[str, PhoneApp] = {}

    async def press(self, name: str, action: str) -> None:
        """Let somebody press a button, wherever they have it from."""
        await self.phones[name].press(action)
        await self.house.settle()

    def announced(self, name: str) -> list[str]:
        """Return what was announced to somebody."""
        return [push["message"] for push in self.phones[name].pushes if _veto_of(push)]

    def veto_of(self, name: str) -> str:
        """Return the action of the newest veto button on somebody's phone."""
        return [veto for push in self.phones[name].pushes if (veto := _veto_of(push))][
            -1
        ]

    async def enter(self, grant_id: str = "G1") -> str:
        """Let the courier ask to enter, and return why they may or may not."""
        answer = await self.sender.enter(grant_id)
        await self.house.settle()
        reason: str = answer.body["reason"]
        return reason


def _veto_of(push: dict[str, Any]) -> str:
    actions = push.get("data", {}).get("actions", [])
    return next(
        (each["action"] for each in actions if each["title"].startswith(VETO)), ""
    )


@pytest.fixture
async def elm(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> AsyncGenerator[Neighbourhood]:
    bolt, people = Bolt(), People(hass)
    await people.move_in("Ada", "Ben", "Cleo")
    homes = {"Ada": "3B", "Ben": "3B", "Cleo": "4A"}
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        *(
            resident(name, unit, None, person=people.person(name), targets=BY_APP)
            for name, unit in homes.items()
        ),
    )
    rulebook = house.building.rulebook
    ben = house.building.residents["resident-ben"]
    await rulebook.confirm(ben, Author(user_id=people["Ada"].id))
    async with push_service(hass, hass_client_no_auth) as service:
        elm = Neighbourhood(house, Sender(service.client), bolt, people)
        for name in homes:
            elm.phones[name] = await service.register(people[name], f"Phone of {name}")
            await consent(house, name)
        await house.settle()
        for phone in elm.phones.values():
            phone.pushes.clear()
        yield elm


async def consent(house: House, name: str) -> None:
    someone = house.building.residents[f"resident-{name.lower()}"]
    rules = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
    await house.building.rulebook.change(
        someone, rules, Author(user_id=someone.user_id)
    )


async def test_an_accepted_grant_is_announced_to_its_recipients_with_a_veto(
    elm: Neighbourhood,
) -> None:
    answer = await elm.sender.grant(parcel_ref="P-77")
    await elm.house.settle()

    assert answer.body["decision"] == "accepted"
    for name in ("Ada", "Ben"):
        [message] = elm.announced(name)
        assert "Parcel Post" in message
        assert "Lobby" in message
        assert "P-77" in message
        assert "3B" in message
    assert elm.announced("Cleo") == []
    # Each has a button of their own.
    assert elm.veto_of("Ada") != elm.veto_of("Ben")


async def test_a_veto_keeps_the_courier_out_for_good(elm: Neighbourhood) -> None:
    await elm.sender.grant()
    await elm.house.settle()

    await elm.press("Ada", elm.veto_of("Ada"))
    refused = await elm.enter()
    revised = await elm.sender.grant(revision=2, max_entries=5)
    after_the_revision = await elm.enter()
    assert await elm.house.hass.config_entries.async_reload(elm.house.entry.entry_id)
    await elm.house.settle()
    after_a_restart = await elm.enter()

    assert refused == after_the_revision == after_a_restart == "vetoed"
    assert (revised.body["decision"], revised.body["reason"]) == ("refused", "vetoed")
    assert elm.bolt.commands == []


async def test_a_veto_is_for_its_own_unit_and_its_own_grant(elm: Neighbourhood) -> None:
    await elm.sender.grant("both", units=("3B", "4A"))
    await elm.house.settle()
    await elm.press("Ada", elm.veto_of("Ada"))
    await elm.sender.grant("another")
    await elm.house.settle()

    assert await elm.enter("both") == "ok"
    assert await elm.enter("another") == "ok"
    both, _ = reversed(await entries_of(elm.house.building, 2))
    assert both.personal["units"] == '["4a"]'


async def test_a_veto_wins_against_an_entry_that_is_being_decided(
    elm: Neighbourhood, freezer: FrozenDateTimeFactory
) -> None:
    entering = await hold_second_entry(
        elm.house, elm.bolt, elm.sender, freezer, "msg_1"
    )

    await elm.phones["Ben"].press(elm.veto_of("Ben"))
    await until(lambda: _is_vetoed(elm.house))
    assert elm.bolt.hangs is not None
    elm.bolt.hangs.set()
    answer = await entering
    await elm.house.settle()

    assert (answer.body["decision"], answer.body["reason"]) == ("refused", "vetoed")
    # The use that it had taken came back.
    assert answer.body["entries_left"] == 1
    assert elm.bolt.names == ["unlock", "lock"]


async def test_forged_foreign_and_replayed_answers_do_nothing(
    elm: Neighbourhood,
) -> None:
    await elm.sender.grant("ours")
    await elm.sender.grant("theirs", units=("4A",))
    await elm.house.settle()
    of_ada, of_cleo = elm.veto_of("Ada"), elm.veto_of("Cleo")
    building = elm.house.building

    # A neighbor, and a flatmate, press a button that is not theirs; a token is invented.
    await elm.press("Cleo", of_ada)
    await elm.press("Ben", of_ada)
    await elm.press("Ada", of_cleo)
    await elm.press("Ada", action_of(Button.VETO, "0" * 32))
    await elm.press("Ada", action_of(Button.APPROVE, of_ada.rpartition("_")[2]))
    await elm.press("Ada", "courier_access_veto_")
    assert [grant.key.grant_id for grant in building.grants.expected()] == [
        "ours",
        "theirs",
    ]

    await elm.press("Ada", of_ada)
    newest = building.ledger.newest_at
    await elm.press("Ada", of_ada)
    assert [grant.key.grant_id for grant in building.grants.expected()] == ["theirs"]
    assert building.ledger.newest_at == newest
    assert await elm.enter("theirs") == "ok"


async def test_who_moved_out_vetoes_no_more(elm: Neighbourhood) -> None:
    await elm.sender.grant(max_entries=2)
    await elm.house.settle()
    veto = elm.veto_of("Ada")
    subentry = elm.house.entry.subentries["resident-ada"]

    elm.house.hass.config_entries.async_update_subentry(
        elm.house.entry, subentry, data={**subentry.data, "unit": "4A"}
    )
    await elm.house.settle()
    await elm.press("Ada", veto)
    assert await elm.enter() == "ok"

    elm.house.hass.config_entries.async_remove_subentry(elm.house.entry, "resident-ada")
    await elm.house.settle()
    await elm.press("Ada", veto)
    assert [grant.key for grant in elm.house.building.grants.expected("3b")] == [KEY]


def _is_vetoed(house: House) -> bool:
    grant = house.building.grants.live(KEY)
    return grant is not None and "vetoed" in grant.units.values()


async def test_a_revision_is_announced_again_only_with_news(
    elm: Neighbourhood, freezer: FrozenDateTimeFactory
) -> None:
    now = dt_util.utcnow()
    window: dict[str, Any] = {
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=2)).isoformat(),
    }
    await elm.sender.grant(**window)
    await elm.sender.grant(revision=2, driver_ref="D-2", **window)
    await elm.house.settle()
    first = elm.announced("Ada")

    await pass_time(elm.house.hass, freezer, 300)
    later = window | {"ends_at": (now + timedelta(hours=3)).isoformat()}
    await elm.sender.grant(revision=3, **later)
    await elm.house.settle()

    assert len(first) == 1
    assert len(elm.announced("Ada")) == 2
    # The older button is as good as the new one: both veto the same delivery.
    await elm.press("Ada", elm.veto_of("Ada"))
    assert await elm.enter() == "vetoed"


async def test_a_grant_that_is_refused_for_a_unit_is_notified_to_it(
    elm: Neighbourhood,
) -> None:
    house = elm.house
    cleo = house.building.residents["resident-cleo"]
    await house.building.rulebook.change(
        cleo,
        Rules(consent=Consent.GIVEN, default=Attitude.DENY),
        Author(user_id=cleo.user_id),
    )
    await house.settle()
    for phone in elm.phones.values():
        phone.pushes.clear()

    await elm.sender.grant(units=("3B", "4A"))
    await house.settle()

    [refusal] = elm.phones["Cleo"].pushes
    assert "Parcel Post" in refusal["message"]
    assert _veto_of(refusal) == ""
    assert len(elm.announced("Ada")) == len(elm.phones["Ada"].pushes) == 1


async def test_many_deliveries_of_one_courier_are_announced_together_with_a_veto_of_all_of_them(
    elm: Neighbourhood, freezer: FrozenDateTimeFactory
) -> None:
    together, grants = ["G1", "G2", "G3"], elm.house.building.grants
    for grant_id in ("G0", *together):
        await elm.sender.grant(grant_id, parcel_ref=f"P-{grant_id}")
    await elm.house.settle()
    at_once = len(elm.announced("Ada"))
    await pass_time(elm.house.hass, freezer, 300)
    await elm.sender.grant("later")
    await elm.house.settle()

    [_, message] = elm.announced("Ada")
    assert at_once == 1
    for grant_id in together:
        assert f"parcel P-{grant_id}" in message
    veto_all = elm.veto_of("Ada")
    assert elm.phones["Ada"].buttons["Veto all 3"] == veto_all

    await elm.press("Cleo", veto_all)
    await elm.press("Ben", veto_all)
    assert len(grants.expected("3b")) == 5
    await elm.press("Ada", veto_all)

    left = {grant.key.grant_id for grant in grants.expected("3b")}
    assert left == {"G0", "later"}
    assert [await elm.enter(grant_id) for grant_id in (*together, "later")] == [
        *["vetoed"] * 3,
        "ok",
    ]
