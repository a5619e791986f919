"""Residents expect parcels and make passes over the WebSocket API; neighbors can't touch them."""

from collections.abc import Mapping
from datetime import timedelta
import json
import logging
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access import codes
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.courier_access.web.html import QrCode
from custom_components.courier_access.web.websocket import DELAY
from tests.support.drivers import hang_sheets
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    entries_of,
    pass_time,
    two_doors,
)
from tests.support.people import People
from tests.support.wires import Wire, Wires

NOTE = "PKT-77 the big one"
LOBBY: Mapping[str, str] = {"courier": "Parcel Post", "door": "door-lobby"}


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, freezer: FrozenDateTimeFactory
) -> House:
    """A building where Ada and Abe live in Flat 3, Cleo in Flat 4, and all take deliveries."""
    homes = await people.homes(Ada="Flat 3", Abe="Flat 3", Cleo="Flat 4")
    house = await build(
        hass, *two_doors(), courier(doors=("door-lobby", "door-garage")), *homes
    )
    await people.confirm(house, "Abe", "Ada")
    await people.consent(house, "Ada", "Cleo")
    await people.owner()
    await people.stranger()
    await house.settle()
    return house


def hours(count: float) -> dict[str, str]:
    """Return a window of so many hours from now on, on Home Assistant's clock."""
    now = dt_util.now().replace(tzinfo=None)
    return {
        "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=count)).isoformat(),
    }


async def expect(wire: Wire, **more: Any) -> dict[str, Any]:
    parcel = {**LOBBY, "units": ["Flat 3"], **hours(2), "parcel_ref": NOTE, **more}
    issued: dict[str, Any] = await wire.result("grants/issue", **parcel)
    await wire.house.settle()
    return issued


def named(issued: dict[str, Any]) -> dict[str, str]:
    return {"courier": issued["courier_id"], "grant_id": issued["grant_id"]}


async def seen(wire: Wire) -> dict[str, Any]:
    """Return what the overview shows of the building."""
    found: dict[str, Any] = (await wire.ask_anywhere("overview"))["result"]
    [building] = found["buildings"]
    shown: dict[str, Any] = building
    return shown


async def test_resident_expects_changes_and_cancels_a_parcel(
    house: House, ada: Wire
) -> None:
    issued = await expect(ada)
    assert (issued["decision"], issued["units"]) == ("accepted", ["Flat 3"])
    assert sorted(name for name, _ in house.announced) == ["Abe", "Ada"]
    [shown] = (await seen(ada))["expected"]
    assert (shown["is_mine"], shown["door_id"], shown["parcel_ref"]) == (
        True,
        "door-lobby",
        NOTE,
    )
    house.announced.clear()

    revised = await ada.result(
        "grants/revise", **named(issued), **hours(4), door="door-garage"
    )
    await house.settle()
    assert (revised["decision"], revised["grant_id"]) == (
        "accepted",
        issued["grant_id"],
    )
    [shown] = (await seen(ada))["expected"]
    assert (shown["door_id"], shown["parcel_ref"], shown["ends_at"]) == (
        "door-garage",
        NOTE,
        revised["ends_at"],
    )
    await ada.result("grants/revise", **named(issued), parcel_ref=" ", max_entries=2)
    [shown] = (await seen(ada))["expected"]
    assert (shown["parcel_ref"], shown["max_entries"]) == (None, 2)
    [grant] = house.building.grants.expected()
    assert grant.revision == 3

    await ada.result("grants/revoke", **named(issued))
    assert (await seen(ada))["expected"] == []
    assert await ada.refusal("grants/revoke", **named(issued)) == (
        "not_found",
        "nothing_to_revoke",
    )
    assert await ada.refusal("grants/revise", **named(issued)) == (
        "not_found",
        "nothing_to_revise",
    )


async def test_change_is_announced_like_any_revision(
    house: House, ada: Wire, freezer: FrozenDateTimeFactory
) -> None:
    issued = await expect(ada)
    await pass_time(house.hass, freezer, 301)
    house.announced.clear()

    await ada.result("grants/revise", **named(issued), **hours(3))
    await house.settle()

    assert sorted(name for name, _ in house.announced) == ["Abe", "Ada"]


async def test_refused_change_ends_the_delivery_and_can_be_fixed(
    house: House, ada: Wire, people: People
) -> None:
    issued = await expect(ada)
    await ask(
        house,
        "set_rules",
        "resident-ada",
        people.acting("Ada"),
        couriers={"Parcel Post": "deny"},
    )
    refused = await ada.result("grants/revise", **named(issued), **hours(3))
    assert (refused["decision"], refused["reason"]) == ("refused", "not_accepting")
    assert (await seen(ada))["expected"] == []

    await ask(house, "set_rules", "resident-ada", people.acting("Ada"), couriers={})
    mended = await ada.result("grants/revise", **named(issued), **hours(2))
    assert mended["decision"] == "accepted"
    assert len((await seen(ada))["expected"]) == 1
    await house.settle()


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"ends_at": "2020-01-01T12:00:00"}, "grant_ends_before_it_starts"),
        (hours(13), "grant_too_long"),
        ({"door": "door-nowhere"}, "no_such_door"),
    ],
)
async def test_impossible_change_leaves_the_delivery_as_it_is(
    house: House, ada: Wire, change: dict[str, str], key: str
) -> None:
    issued = await expect(ada)
    if key == "grant_too_long":
        change = hours(13)
    before = (await seen(ada))["expected"]

    assert (await ada.refusal("grants/revise", **named(issued), **change))[1] == key

    assert (await seen(ada))["expected"] == before


async def test_delivery_at_a_removed_door_needs_another_one(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    issued = await expect(ada)
    hass.config_entries.async_remove_subentry(house.entry, "door-lobby")
    await house.settle()

    key = (await ada.refusal("grants/revise", **named(issued)))[1]
    assert key == "no_such_door"
    moved = await ada.result("grants/revise", **named(issued), door="door-garage")
    assert moved["decision"] == "accepted"
    await house.settle()


async def test_only_the_issuer_changes_a_grant_and_no_courier_its_own_by_people(
    house: House, ada: Wire, wires: Wires, sender: Sender
) -> None:
    issued = await expect(ada)
    await sender.grant("theirs", door="lobby")
    theirs = {"courier": "Parcel Post", "grant_id": "theirs"}
    for name in ("Abe", "Cleo", "Owner", "Dan"):
        wire = await wires(name)
        for which in (named(issued), theirs, {**theirs, "grant_id": "none"}):
            assert await wire.refusal("grants/revise", **which, **hours(9)) == (
                "unauthorized",
                "not_allowed_revise_grant",
            ), name
    assert (await ada.refusal("grants/revise", **theirs))[0] == "unauthorized"
    revised = await sender.grant(issued["grant_id"], revision=7, door="lobby")
    assert revised.body["reason"] == "stale_revision"
    [mine] = [each for each in house.building.grants.expected() if each.issuer]
    assert mine.revision == 1
    await house.settle()


async def test_who_moved_away_cannot_bring_back_a_delivery_to_their_old_home(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    issued = await expect(ada)
    moved = {**house.entry.subentries["resident-ada"].data, "unit": "9C"}
    hass.config_entries.async_update_subentry(
        house.entry, house.entry.subentries["resident-ada"], data=moved
    )
    await house.settle()

    assert await ada.refusal("grants/revise", **named(issued), **hours(9)) == (
        "unauthorized",
        "not_allowed_issue_grant",
    )


async def test_neighbor_sees_and_touches_nothing_of_a_parcel(
    house: House, ada: Wire, cleo: Wire
) -> None:
    issued = await expect(ada)
    made = await ada.result("passes/make", **named(issued))
    unauthorized: list[tuple[str, dict[str, Any]]] = [
        ("grants/issue", {**LOBBY, "units": ["Flat 3"], **hours(2)}),
        ("grants/issue", {**LOBBY, "units": ["Flat 4", "Flat 3"], **hours(2)}),
        ("grants/revise", {**named(issued), **hours(1)}),
        ("grants/revoke", named(issued)),
        ("passes/revoke", {"pass": made["pass"]}),
        ("address_code/renew", {"resident": "resident-ada"}),
    ]
    for command, data in unauthorized:
        assert (await cleo.refusal(command, **data))[0] == "unauthorized", command
    # It reads like a delivery that doesn't exist.
    no_grant = await cleo.refusal("passes/make", **named(issued))
    assert no_grant == ("not_found", "no_grant_for_pass")

    answers = [
        await cleo.ask_anywhere("overview"),
        *[await cleo.ask(each) for each in ("grants", "passes", "entries", "export")],
    ]
    told = json.dumps(answers)
    for secret in (
        NOTE,
        "Flat 3",
        "flat 3",
        issued["grant_id"],
        made["pin"],
        "is_mine",
    ):
        assert secret not in told, secret
    [grant] = house.building.grants.expected()
    assert (grant.revision, len(house.building.passes.of_grants([grant]))) == (1, 1)


async def test_pass_is_listed_with_its_delivery_until_it_is_used_or_revoked(
    hass: HomeAssistant, house: House, ada: Wire, wires: Wires
) -> None:
    issued = await expect(ada, max_entries=5)
    abe = await wires("Abe")

    async def make() -> Any:
        made = await ada.result("passes/make", **named(issued))
        [shown] = (await seen(abe))["expected"]
        assert [each["pass"] for each in shown["passes"]] == [made["pass"]]
        assert not shown["is_mine"]
        return made

    used = await make()
    await ask(house, "request_entry", "door-lobby", Context(), pin=used["pin"])
    await house.settle()
    [shown] = (await seen(ada))["expected"]
    assert shown["passes"] == []
    revoked = await make()
    await ada.result("passes/revoke", **{"pass": revoked["pass"]})
    [shown] = (await seen(ada))["expected"]
    assert shown["passes"] == []

    left = await make()
    await house.reload()
    [shown] = (await seen(ada))["expected"]
    assert [each["pass"] for each in shown["passes"]] == [left["pass"]]


async def test_pass_has_a_drawn_link_at_a_door_with_a_sheet(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    await hass.config.async_update(external_url="https://elm.example")
    issued = await expect(ada)
    made = await ada.result("passes/make", **named(issued))
    assert (made["link"], made["qr"]) == (None, None)

    await hang_sheets(house, "door-lobby")
    made = await ada.result("passes/make", **named(issued))
    code = QrCode.of(made["link"])
    assert made["qr"] == {"side": code.side, "path": code.path}


async def test_codes_are_in_no_state_event_record_log_or_diagnostics(
    hass: HomeAssistant, house: House, ada: Wire, caplog: pytest.LogCaptureFixture
) -> None:
    events: list[str] = []

    @callback
    def take(event: Event) -> None:
        events.append(json.dumps(event.as_dict(), default=str))

    hass.bus.async_listen("*", take)
    caplog.set_level(logging.DEBUG)
    await hass.config.async_update(external_url="https://elm.example")
    await hang_sheets(house, "door-lobby")
    issued = await expect(ada)
    made = await ada.result("passes/make", **named(issued))
    code = await ada.result("address_code/renew", resident="resident-ada")
    caplog.clear()  # the connection's own log has its messages
    with caplog.at_level(logging.DEBUG):
        wrong = made["pin"][::-1]
        for pin in (wrong, made["pin"]):
            await ask(house, "request_entry", "door-lobby", Context(), pin=pin)
        await house.settle()
    assert len(await entries_of(house.building, 5)) == 1

    states = json.dumps(
        [each.as_dict() for each in hass.states.async_all()], default=str
    )
    diagnostics = json.dumps(
        await async_get_config_entry_diagnostics(hass, house.entry), default=str
    )
    overview = json.dumps(await seen(ada))
    export = json.dumps(await ada.ask("export"))
    path = ledger_path(hass, house.entry.entry_id)
    stored = await hass.async_add_executor_job(
        lambda: b"".join(
            each.read_bytes() for each in path.parent.glob(f"{path.name}*")
        )
    )
    told = [each for each in events if '"call_service"' not in each]
    token = made["link"].rpartition("/")[2]
    secrets = {made["pin"], made["short_code"], code["address_code"], token}
    for secret in secrets:
        for where in (states, diagnostics, overview, export, caplog.text, *told):
            assert secret not in where
        assert secret.encode() not in stored


async def test_overview_says_that_codes_are_off_and_follows_turning_them_on(
    house: House,
    ada: Wire,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert (await ada.ask_anywhere("subscribe"))["success"]
    await ada.event()
    door = house.building.directory.doors["door-lobby"]
    monkeypatch.setattr(codes, "MOST_A_DAY", 10)
    await house.building.wrong_codes.count(door, None, at_keypad=True)
    await pass_time(house.hass, freezer, DELAY)

    event = await ada.event()
    assert event["changed"] == {house.entry.entry_id: ["doors"]}
    off = {each["door"]: each["codes_off"] for each in event["buildings"][0]["doors"]}
    assert off == {"door-lobby": True, "door-garage": False}

    await ada.result("codes/turn_on", door="door-lobby")
    await pass_time(house.hass, freezer, DELAY)
    event = await ada.event()
    assert not any(each["codes_off"] for each in event["buildings"][0]["doors"])
    await house.settle()


async def test_overview_says_what_may_be_expected(house: House, ada: Wire) -> None:
    shown = await seen(ada)
    [post] = shown["couriers"]
    assert (post["doors"], post["longest_grant_hours"]) == (
        ["door-lobby", "door-garage"],
        12,
    )
    assert post["has_key"]
    [me] = [each for each in shown["residents"] if each["is_me"]]
    assert not me["has_address_code"]

    await ada.result("address_code/renew", resident="resident-ada")

    [me] = [each for each in (await seen(ada))["residents"] if each["is_me"]]
    assert me["has_address_code"]


async def test_overview_says_that_a_courier_without_a_key_has_none(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    [post] = house.entry.get_subentries_of_type("courier")
    without = {**post.data, "keys": []}
    hass.config_entries.async_update_subentry(house.entry, post, data=without)
    await house.settle()

    [post_view] = (await seen(ada))["couriers"]
    assert not post_view["has_key"]
