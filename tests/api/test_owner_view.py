"""The administrator's view of a building: complete, and without secrets."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import timedelta
from functools import partial
import json
import sqlite3
from sqlite3 import Connection
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import STATE_UNAVAILABLE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access import codes
from custom_components.courier_access.api import overview
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.couriers.inbox import courier_activity
from custom_components.courier_access.ledger.upkeep import sealing
from tests.ledger.sealed import keeping
from tests.support import administrator
from tests.support.door_parts import BOLT, CONTACT
from tests.support.drivers import hang_sheets
from tests.support.house import (
    ALWAYS,
    KEY,
    House,
    Sender,
    build,
    courier,
    do,
    door,
    observed,
    pass_time,
    resident,
)
from tests.support.owned_house import OLD_KEY, bolt, house, part
from tests.support.people import People, acting, user
from tests.support.rows import kept_rows
from tests.support.signing import PUBLIC
from tests.support.wires import Wire, Wires, connect

__all__ = ["bolt", "house"]


async def test_courier_is_shown_with_keys_reach_and_refusals(
    house: House, owner: Wire, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    sender.key = OLD_KEY
    assert (await sender.send("ping", {})).status == 200
    assert [each["uses_newest_key"] for each in await part(owner, "couriers")] == [
        False,
        None,
    ]
    sender.key = KEY
    assert (await sender.send("ping", {})).status == 200
    heard_at = dt_util.utcnow().isoformat()
    freezer.tick(5)
    assert (await sender.enter("never-seen")).body["reason"] == "unknown_grant"
    sender.key = "whsec_" + "A" * 32
    freezer.tick(5)
    assert (await sender.send("ping", {})).status == 401
    refused_at = dt_util.utcnow().isoformat()

    post, own = await part(owner, "couriers")

    ends_at = house.entry.subentries["courier-parcel-post"].data["keys"][1]["ends_at"]
    assert post["keys"] == [
        {"kind": "secret", "ends_at": None},
        {"kind": "secret", "ends_at": ends_at},
    ]
    assert (post["name"], post["enabled"], post["doors"]) == (
        "Parcel Post",
        True,
        ["Lobby"],
    )
    assert (post["reach"], post["uses_newest_key"]) == ("https", True)
    assert post["last_contact"] > heard_at
    assert post["refusals"] == 2
    assert post["last_refusal"] == {"at": refused_at, "why": "unauthenticated"}
    assert own == {
        "courier": "courier-own-key",
        "name": "Own Key",
        "enabled": False,
        "doors": [],
        "reach": "https",
        "keys": [{"kind": "public_key", "ends_at": None}],
        "uses_newest_key": None,
        "last_contact": None,
        "refusals": 0,
        "last_refusal": None,
    }

    freezer.tick(timedelta(hours=21))
    [post, _] = await part(owner, "couriers")
    assert post["keys"] == [{"kind": "secret", "ends_at": None}]


async def test_replayed_reply_is_not_counted_as_a_refusal(
    owner: Wire, sender: Sender
) -> None:
    at = dt_util.utcnow()
    for _ in range(2):
        await sender.enter("never-seen", message_id="msg_again", at=at)

    [post, _] = await part(owner, "couriers")

    assert post["refusals"] == 1
    assert post["last_refusal"]["why"] == "unknown_grant"


async def test_residents_are_shown_with_consent_and_notification_targets(
    hass: HomeAssistant, owner: Wire, house: House
) -> None:
    ada, nia, ben, cleo = await part(owner, "residents")

    assert ada == {
        "resident": "resident-ada",
        "name": "Ada",
        "unit": "3B",
        "has_way": True,
        "consent": "given",
        "on_paper": False,
        "waits_for_confirmation": False,
        "unreachable_since": None,
    }
    assert (nia["waits_for_confirmation"], nia["consent"]) == (True, "not_given")
    assert (ben["consent"], ben["on_paper"]) == ("given", True)
    assert (cleo["consent"], cleo["on_paper"], cleo["has_way"]) == (
        "not_given",
        False,
        False,
    )

    # A withdrawal after paper consent isn't on paper.
    await do(house, "set_rules", acting(None), "resident-ben", consent=False)
    ben = (await part(owner, "residents"))[2]
    assert (ben["consent"], ben["on_paper"]) == ("withdrawn", False)


async def test_unreachable_resident_is_shown_with_the_time(
    people: People, wires: Wires, house: House, freezer: FrozenDateTimeFactory
) -> None:
    since = house.building.rulebook.undecided["resident-cleo"]
    for _ in range(10):
        await pass_time(house.hass, freezer, 400)
        await house.settle()
    await people.owner()
    owner = await wires("Owner")

    cleo = (await part(owner, "residents"))[3]
    assert cleo["unreachable_since"] == since.isoformat()
    [issue] = [
        each
        for each in await part(owner, "issues")
        if each["subject"] == "resident-cleo"
    ]
    assert (issue["kind"], issue["is_fixable"]) == ("resident_unreachable", True)


async def test_door_is_shown_with_opener_and_contact(
    hass: HomeAssistant, house: House, owner: Wire, freezer: FrozenDateTimeFactory
) -> None:
    [lobby] = await part(owner, "doors")
    assert lobby == {
        "door": "door-lobby",
        "name": "Lobby",
        "lock": "lock.lobby",
        "position": "locked",
        "opener": BOLT,
        "available": True,
        "unavailable_since": None,
        "opener_removed": False,
        "unlock_seconds": 5,
        "contact": "shut",
        "doorbells": [],
        "page": None,
        "left_open": False,
    }

    freezer.tick(60)
    away_since = dt_util.utcnow().isoformat()
    hass.states.async_set(BOLT, STATE_UNAVAILABLE)
    hass.states.async_set(CONTACT, STATE_UNAVAILABLE)
    freezer.tick(60)
    [lobby] = await part(owner, "doors")
    assert (lobby["available"], lobby["unavailable_since"]) == (False, away_since)
    assert lobby["contact"] == "unknown"

    er.async_get(hass).async_remove(BOLT)
    hass.states.async_remove(BOLT)
    await hass.async_block_till_done()
    [lobby] = await part(owner, "doors")
    assert (lobby["opener_removed"], lobby["opener"]) == (True, None)
    assert lobby["unavailable_since"] is None


async def test_only_records_that_the_log_still_has_are_counted(
    house: House, owner: Wire
) -> None:
    ledger = house.building.ledger
    later = dt_util.utcnow() + timedelta(days=800)
    assert await ledger.write(
        partial(sealing.seal, now=later, kept=keeping(12 * sealing.MONTH))
    )
    [kept] = await kept_rows(ledger, "SELECT count(*) FROM records", int)

    record = (await owner.result("building"))["record"]

    assert ledger.newest is not None
    assert record["records"] == kept < ledger.newest.seq


async def test_ledger_is_shown_with_size_and_newest_time(
    house: House, owner: Wire
) -> None:
    result = await owner.result("building")
    record = result["record"]

    newest = house.building.ledger.newest
    assert newest is not None
    assert record["records"] == newest.seq > 0
    assert record["newest_at"] == newest.latest.isoformat()
    assert (record["kept_out_by"], record["retention_days"]) == (None, 30)
    assert result["record_bytes"] > 4096
    assert result["hours"] == {}


def restart(hass: HomeAssistant) -> None:
    """Let Home Assistant's memory of what couriers sent be empty, as after a restart."""
    hass.data.pop("courier_access_couriers_heard")


async def test_what_was_never_done_is_shown_for_the_set_up(
    house: House, owner: Wire, people: People, sender: Sender
) -> None:
    async def shown() -> tuple[Any, ...]:
        result = await owner.result("building")
        return tuple(
            result[name]
            for name in ("ever_admitted", "never_heard", "has_residents_hours")
        )

    both = ["courier-parcel-post", "courier-own-key"]
    assert await shown() == (False, both, True)

    await sender.grant(units=("4A",))
    assert await shown() == (False, both[1:], True)
    # Heard of before the restart, too.
    restart(house.hass)
    assert await shown() == (False, both[1:], True)

    every_day = {"windows": ALWAYS}
    await do(house, "set_rules", people.acting("Ada"), "resident-ada", **every_day)
    await sender.grant("G-2", units=("3B",))
    assert (await sender.enter("G-2")).body["decision"] == "admitted"
    assert await shown() == (True, both[1:], True)

    await do(house, "set_rules", people.acting("Ada"), "resident-ada", windows={})
    assert await shown() == (True, both[1:], True)  # Ben has hours on paper
    await do(house, "set_rules", acting(None), "resident-ben", consent=False)
    assert await shown() == (True, both[1:], False)


@asynccontextmanager
async def long_read(house: House) -> AsyncGenerator[None]:
    """Read the ledger meanwhile, as a long verification does."""
    started, go_on = threading.Event(), threading.Event()

    def slowly(_: Connection) -> None:
        started.set()
        assert go_on.wait(30)

    reading = asyncio.Task(house.building.ledger.read_apart(slowly), eager_start=True)
    await asyncio.to_thread(started.wait, 30)
    try:
        async with asyncio.timeout(10):
            yield
    finally:
        go_on.set()
        await reading


async def test_administrator_view_is_shown_without_history_during_a_long_read(
    house: House, people: People, owner: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(overview, "HISTORY_WITHIN", 0.05)
        async with long_read(house):
            result = await owner.result("building")
        assert result.keys().isdisjoint({"ever_admitted", "never_heard"})
        assert [each["name"] for each in result["doors"]] == ["Lobby"]

        async with house.building.reading_turn(people["Owner"].id):
            assert "ever_admitted" not in await owner.result("building")

    assert (await owner.result("building"))["ever_admitted"] is False


async def test_what_was_ever_recorded_is_read_once(
    house: House, owner: Wire, people: People, sender: Sender
) -> None:
    every_day = {"windows": ALWAYS}
    await do(house, "set_rules", people.acting("Ada"), "resident-ada", **every_day)
    await sender.grant(units=("3B",))
    assert (await sender.enter()).body["decision"] == "admitted"
    restart(house.hass)
    heard = courier_activity(house.hass)
    assert (await owner.result("building"))["never_heard"] == ["courier-own-key"]
    heard.received("courier-own-key", dt_util.utcnow(), by_newest_key=True)

    async with long_read(house):
        result = await owner.result("building")

    assert (result["ever_admitted"], result["never_heard"]) == (True, [])


async def test_administrator_view_is_shown_while_the_ledger_cant_be_read(
    house: House, owner: Wire
) -> None:
    path = ledger_path(house.hass, house.entry.entry_id)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DROP TABLE replies")

    result = await owner.result("building")

    assert "ever_admitted" not in result
    assert [each["name"] for each in result["doors"]] == ["Lobby"]
    # The building is replaced because of it.
    await house.settle()


async def test_administrator_view_links_to_the_notice_and_the_list_for_an_hour(
    house: House,
    owner: Wire,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    links = (await owner.result("building"))["links"]
    assert links.keys() == {"notice", "residents", "sheets"}
    assert links["sheets"] is None
    browser = await hass_client_no_auth()

    notice = await browser.get(links["notice"])
    residents = await browser.get(links["residents"])
    assert "12 Elm Street" in await notice.text()
    assert "Cleo" in await residents.text()

    freezer.tick(timedelta(hours=1, seconds=1))
    for link in (links["notice"], links["residents"]):
        assert (await browser.get(link)).status == 401


async def test_administrator_view_links_to_the_sheets_and_shows_the_state_of_a_doors_page(
    hass: HomeAssistant,
    house: House,
    owner: Wire,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await hang_sheets(house, "door-lobby")
    [lobby] = await part(owner, "doors")
    assert lobby["page"] == "on"
    links = (await owner.result("building"))["links"]
    browser = await hass_client_no_auth()
    assert "Lobby" in await (await browser.get(links["sheets"])).text()

    monkeypatch.setattr(codes, "MOST_A_DAY", 2)
    door = house.building.directory.doors["door-lobby"]
    await house.building.wrong_codes.count(door, None, at_keypad=False)
    await house.settle()
    [lobby] = await part(owner, "doors")
    assert lobby["page"] == "codes_off"

    await hass.config.async_update(external_url="http://elm.example")
    [lobby] = await part(owner, "doors")
    assert lobby["page"] == "unreachable"


@pytest.mark.parametrize("units", [("3B",), ("3B", "4C")])
async def test_one_household_has_no_lobby_notice(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, units: Sequence[str]
) -> None:
    residents = (resident(f"Of {unit}", unit) for unit in units)
    house = await build(hass, *residents, household="one")
    admin = await user(hass, "Owner", admin=True)
    owner = await connect(hass, house, hass_ws_client, admin)
    links = (await owner.result("building"))["links"]
    assert (links["notice"] is None) is (len(units) == 1)


async def test_other_courier_access_is_shown_with_its_door(
    hass: HomeAssistant, house: House, owner: Wire
) -> None:
    assert await part(owner, "other_access") == []
    await administrator.add(house, observed(), "observed-post")
    [shown] = await part(owner, "other_access")
    assert (shown["source"], shown["door"]) == ("observed-post", "Lobby")


@pytest.mark.parametrize("household", ["one", "several"])
async def test_administrator_view_says_whether_one_household_lives_there(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, household: str
) -> None:
    parts = (door(), courier(), resident("Ada", "Home"))
    house = await build(hass, *parts, household=household)
    admin = await user(hass, "Administrator", admin=True)
    owner = await connect(hass, house, hass_ws_client, admin)
    shown = await owner.result("building")
    assert shown["is_one_home"] is (household == "one")


async def test_administrator_view_has_no_secret_and_no_rules(
    house: House, people: People, owner: Wire, sender: Sender
) -> None:
    await sender.grant("G-77", units=("3B",), parcel_ref="PKT-77", driver_ref="D-5")
    ada, linked = people.acting("Ada"), [CONTACT]
    decided = {"default": "ask", "never_while": linked}
    await do(house, "set_rules", ada, "resident-ada", **decided)
    link = house.building.links.link_of("resident-ben")
    assert link is not None

    shown = await owner.result("building")
    del shown["links"]  # signed for the administrator, at random
    result = json.dumps(shown)

    for secret in (
        *(key.removeprefix("whsec_") for key in (KEY, OLD_KEY)),
        *(PUBLIC.removeprefix("whpk_"), "whsec_", "whpk_", "webhook-of", link),
        *("elm.example", "notify.ada", people["Ada"].id, "person."),
        *("PKT-77", "D-5", "G-77", "tuesday"),
        # With their quotes, or the time of day could be one of them.
        *('"06:10', '"06:20', '"19:37'),
        *("2026-01-02", "ask", CONTACT),
    ):
        assert secret not in result, secret
