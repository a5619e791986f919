"""Reading over the WebSocket API: entries, expected deliveries, and pauses."""

from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.api import access_log, overview
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.outbox.status import notification_status
from tests.ledger.parts import busy
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    do,
    door,
    pass_time,
)
from tests.support.people import People
from tests.support.wires import Wire, Wires


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    doors = ("door-lobby", "door-garage")
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=doors),
        courier("Other Post", doors=doors),
        *await people.homes(Ada="Flat 1", Cleo="Flat 2", Abe="Flat 1"),
    )
    await people.consent(house, "Ada", "Cleo")
    return house


async def entries(wire: Wire, **data: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await wire.result("entries", **data))["entries"]
    return found


async def grants(wire: Wire) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await wire.result("grants"))["grants"]
    return found


async def seen(wire: Wire) -> dict[str, Any]:
    """Return somebody's overview of the building."""
    [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
    return dict(building)


async def test_entries_are_paged_and_filtered(
    house: House, wires: Wires, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    other = Sender(sender.client, "webhook-of-other-post")
    for who, at_door, grant_id in (
        (sender, "lobby", "G1"),
        (other, "garage", "G2"),
        (sender, "garage", "G3"),
    ):
        await who.grant(grant_id, units=("Flat 1",), door=at_door)
        await who.enter(grant_id)
        await pass_time(house.hass, freezer, 60)
        await who.enter(grant_id)
        await house.settle()
    ada = await wires("Ada")
    whole = await entries(ada)
    assert len(whole) == 6

    paged: list[dict[str, Any]] = []
    before: dict[str, Any] = {}
    while True:
        page = await ada.result("entries", limit=4, **before)
        paged += page["entries"]
        if page["next"] is None:
            break
        before = {"before": page["next"]}
    assert paged == whole

    page = await ada.result("entries", limit=6)
    assert (page["entries"], page["next"]) == (whole, None)

    earlier = await entries(ada, before=whole[2]["at"])
    assert earlier == [entry for entry in whole if entry["at"] < whole[2]["at"]]
    assert await entries(ada, door="door-lobby") == whole[4:]
    assert await entries(ada, courier="Other Post") == whole[2:4]
    assert await entries(ada, decision="refused") == whole[0::2]
    only = {"door": "door-garage", "courier": "courier-parcel-post"}
    assert await entries(ada, decision="admitted", **only) == whole[1:2]


async def test_only_the_administrator_reads_notifications_of_entries(
    house: House,
    ada: Wire,
    owner: Wire,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant(units=("Flat 1",), door="lobby")
    await sender.enter()
    await pass_time(house.hass, freezer, 60)
    await sender.enter()  # it is refused: the grant is used up
    await house.settle()
    refused, admitted = [each["entry_id"] for each in await entries(owner)]
    assert all("notifications" not in each for each in await entries(owner))

    ids = [refused, "unknown", admitted]
    read = (await owner.result("entries/notifications", entries=ids))["notifications"]

    assert sorted(read.pop(admitted), key=itemgetter("resident")) == [
        {"resident": name, "reached": True} for name in ("Abe", "Ada", "Cleo")
    ]
    assert read == {refused: [], "unknown": []}
    for someone in (ada, owner):
        too_many = await someone.ask("entries/notifications", entries=["x"] * 501)
        assert too_many["error"]["code"] == "invalid_format"
    denied = await ada.refusal("entries/notifications", entries=ids)
    assert denied == ("unauthorized", "not_allowed_read_notifications")


async def test_page_of_entries_reads_no_notifications_of_others(
    house: House, ada: Wire, owner: Wire, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    """With a thousand residents, the notifications of a page are 50,000."""
    await sender.grant(units=("Flat 1",), door="lobby")
    await sender.enter()
    await pass_time(house.hass, freezer, 60)
    await house.settle()

    with patch.object(
        access_log, "notification_status", wraps=notification_status
    ) as reads:
        for wire in (ada, owner):
            await entries(wire)

    residents = [list(call.args[2]) for call in reads.call_args_list]
    assert residents == [["resident-ada"], []]


async def test_visits_are_counted_on_the_buildings_clock_while_they_are_kept(
    house: House, wires: Wires, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    """Kathmandu is 5:45 ahead, so its hours begin within those of UTC."""
    house.building.host.zone = ZoneInfo("Asia/Kathmandu")
    monday = datetime(2126, 7, 1, 4, 20, tzinfo=UTC)  # 10:05 there
    for number, minutes in enumerate((0, 9, 10, 24 * 60)):
        freezer.move_to(monday + timedelta(minutes=minutes))
        await house.settle()
        grant_id = f"G{number}"
        await sender.grant(grant_id, units=("Flat 1",), door="lobby")
        await sender.enter(grant_id)
        await sender.enter(grant_id)  # it is refused: the grant is used up
        await house.settle()

    async def counted() -> dict[tuple[int, int], int]:
        plotted = await (await wires("Ada")).result("entries/by_hour")
        assert plotted["days"] == 30
        return {
            (day, hour): count
            for day, hours in enumerate(plotted["visits"])
            for hour, count in enumerate(hours)
            if count
        }

    assert await counted() == {(0, 10): 3, (1, 10): 1}
    freezer.move_to(monday + timedelta(days=30, minutes=5))
    assert await counted() == {(0, 10): 2, (1, 10): 1}


async def test_invalid_page_is_refused(ada: Wire) -> None:
    for data in (
        {"limit": 0},
        {"limit": 501},
        {"limit": "many"},
        {"before": 0},
        {"before": 2**63},
        {"before": "soon"},
        {"decision": "accepted"},
    ):
        assert (await ada.ask("entries", **data))["error"]["code"] == "invalid_format"
    for data in ({"after": -1}, {"after": 2**63}, {"limit": 0}, {"limit": 501}):
        assert (await ada.ask("export", **data))["error"]["code"] == "invalid_format"


async def test_panel_takes_fields_as_actions_do(ada: Wire) -> None:
    """A number is a name, and an empty text isn't one."""
    numbers = {"courier": 5, "grant_id": 7}
    missing = ("not_found", "no_such_courier")
    assert await ada.refusal("grants/revoke", **numbers) == missing
    assert "notifications" not in await ada.result("verify", notification="")
    for data in ({"courier": None, "grant_id": 7}, {"courier": [], "grant_id": 7}):
        answer = await ada.ask("grants/revoke", **data)
        assert answer["error"]["code"] == "invalid_format"


async def test_only_the_unit_reads_its_expected_delivery_in_full(
    house: House, ada: Wire, cleo: Wire, owner: Wire, sender: Sender
) -> None:
    parcel: dict[str, Any] = {"parcel_ref": "P-1", "driver_ref": "D-1"}
    parcel |= {"max_entries": 2}
    await sender.grant(units=("Flat 1", "Flat 2"), door="lobby", **parcel)
    await sender.grant("G2", units=("Flat\u00a01 ",), door="garage")

    both, garage = await grants(ada)
    assert both["units"] == garage["units"] == ["Flat 1"]
    known = {"courier_id": "courier-parcel-post", "grant_id": "G1", "entries_left": 2}
    assert both | parcel | known == both
    [shared] = await grants(cleo)
    assert shared == both | {"units": ["Flat 2"]}

    plain = [
        {name: grant[name] for name in ("courier", "door", "starts_at", "ends_at")}
        for grant in (both, garage)
    ]
    ids = {"courier_id": "courier-parcel-post", "issued_by": "courier"}
    assert await owner.result("grants") == {
        "grants": [
            grant | ids | {"grant_id": grant_id}
            for grant, grant_id in zip(plain, ("G1", "G2"), strict=True)
        ],
        "more": False,
    }
    whole = {"from": shared["starts_at"], "until": shared["ends_at"]}
    assert (await seen(cleo))["expected"] == [
        shared | {"opens": [whole], "asks": False},
        plain[1],
    ]


async def test_vetoed_grant_and_removed_door_are_not_expected(
    house: House, ada: Wire, cleo: Wire, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    for grant_id, at_door in (("G1", "garage"), ("G2", "lobby"), ("G3", "lobby")):
        await sender.grant(grant_id, units=("Flat 1",), door=at_door)
    with monkeypatch.context() as patch:
        patch.setattr(overview, "MOST_GRANTS", 1)
        result = await ada.result("grants")
        assert (len(result["grants"]), result["more"]) == (1, True)
        shown = await seen(cleo)
        assert [each["door"] for each in shown["expected"]] == ["Garage"]
        assert shown["more_expected"]
        own = await seen(ada)
        assert len(own["expected"]) == 3
        assert not own["more_expected"]

    house.hass.config_entries.async_remove_subentry(house.entry, "door-garage")
    await house.settle()
    for grants_of in (await grants(ada), (await seen(ada))["expected"]):
        assert [grant["door"] for grant in grants_of] == ["Lobby", "Lobby"]
    for grant in await grants(ada):
        which = {"courier": grant["courier_id"], "grant_id": grant["grant_id"]}
        await ada.result("veto_grant", unit="Flat 1", **which)
    assert await grants(ada) == []


async def test_pause_is_shown_with_its_end(house: House, ada: Wire, cleo: Wire) -> None:
    until = (dt_util.utcnow() + timedelta(hours=2)).replace(microsecond=0).isoformat()
    later = (dt_util.utcnow() + timedelta(hours=3)).replace(microsecond=0).isoformat()
    await ada.result("pause", until=until)
    await ada.result("pause", unit="Flat 1", until=later)

    building = await seen(ada)
    [me] = building["residents"]
    assert building["paused_until"] == until
    expected = {"accepting": False, "unit_paused_until": later, "next_change": later}
    assert me | expected == me
    [me] = (await seen(cleo))["residents"]
    assert (me["unit_paused_until"], me["next_change"]) == (None, until)
    for data, key in (
        ({"until": "2020-01-01T00:00:00"}, "pause_in_the_past"),
        ({"until": "2120-01-01T00:00:00"}, "pause_too_long"),
    ):
        assert await ada.refusal("pause", **data) == ("invalid_format", key)


async def test_pause_hides_from_nobody_whether_their_home_has_hours(
    house: House, people: People, ada: Wire, cleo: Wire
) -> None:
    async def whether() -> list[bool]:
        return [(await seen(each))["residents"][0]["has_hours"] for each in (ada, cleo)]

    await cleo.result("pause")
    assert await whether() == [True, True]
    await do(house, "set_rules", people.acting("Cleo"), "resident-cleo", windows={})
    assert await whether() == [True, False]
    assert (await seen(cleo))["residents"][0]["shut"] == "building_paused"

    # Abe lives with Ada, and hasn't consented.
    abe = people.acting("Abe")
    await ada.result("residents/confirm", resident="resident-abe")
    await do(house, "set_rules", abe, "resident-abe", windows=ALWAYS)
    await do(house, "set_rules", people.acting("Ada"), "resident-ada", windows={})
    assert await whether() == [False, False]
    await do(house, "set_rules", abe, "resident-abe", consent=True)
    assert await whether() == [True, False]


async def test_resident_sees_whether_their_no_closes_the_home(
    house: House, people: People, ada: Wire, wires: Wires
) -> None:
    async def closes(wire: Wire) -> list[bool]:
        return [each["no_closes_home"] for each in (await seen(wire))["residents"]]

    abe = await wires("Abe")
    assert await closes(ada) == [True]
    assert await closes(abe) == [False]  # nobody has confirmed Abe yet
    await ada.result("residents/confirm", resident="resident-abe")
    assert await closes(abe) == [False]
    abes = people.acting("Abe")
    await do(house, "set_rules", abes, "resident-abe", consent=True)
    assert await closes(ada) == [False]
    await do(house, "set_rules", abes, "resident-abe", consent="opted_out")
    assert await closes(ada) == [True]


async def test_pending_resident_is_shown_to_flatmates(ada: Wire, wires: Wires) -> None:
    abe = await wires("Abe")
    assert (await seen(abe))["residents"][0]["waits_for_confirmation"]
    pending = {"resident": "resident-abe", "name": "Abe", "unit": "Flat 1"}
    assert (await seen(ada))["pending_residents"] == [pending]

    await ada.result("residents/confirm", resident="resident-abe")

    assert not (await seen(abe))["residents"][0]["waits_for_confirmation"]
    assert (await seen(ada))["pending_residents"] == []


async def test_unusable_ledger_is_reported(house: House, ada: Wire) -> None:
    await house.building.ledger.close()
    ledger_path(house.hass, house.entry.entry_id).unlink()

    for command in ("entries", "pause"):
        refused = await ada.refusal(command)
        assert refused == ("home_assistant_error", "ledger_unavailable")


async def test_entries_are_read_while_the_ledger_is_busy(
    house: House, sender: Sender, ada: Wire
) -> None:
    await sender.grant(units=(" FLAT\u00a01 ",), door="lobby")
    await sender.enter()
    await house.settle()

    async with busy(house.building.ledger):
        [entry] = await entries(ada)
        assert entry["units"] == ["Flat 1"]
