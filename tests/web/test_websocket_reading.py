"""Reading over the WebSocket API: entries, expected deliveries, and pauses."""

import asyncio
from datetime import timedelta
import threading
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.api import overview
from custom_components.courier_access.building.building import ledger_path
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting, user
from tests.support.wires import Wire, connect


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Abe", "Cleo")
    return people


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    assert await async_setup_component(hass, "websocket_api", {})
    doors = ("door-lobby", "door-garage")
    house = await build(
        hass,
        door(),
        door("Garage", "garage"),
        courier(doors=doors),
        courier("Other Post", doors=doors),
        resident("Ada", "Flat 1", None, person=people.person("Ada")),
        resident("Cleo", "Flat 2", None, person=people.person("Cleo")),
        resident("Abe", "Flat 1", None, person=people.person("Abe")),
    )
    for name in ("Ada", "Cleo"):
        subject = f"resident-{name.lower()}"
        await ask(
            house,
            "set_rules",
            subject,
            acting(people[name]),
            consent=True,
            windows=ALWAYS,
        )
    return house


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    return Sender(await hass_client_no_auth())


@pytest.fixture
async def ada(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> Wire:
    return await connect(hass, house, hass_ws_client, people["Ada"])


@pytest.fixture
async def cleo(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> Wire:
    return await connect(hass, house, hass_ws_client, people["Cleo"])


async def entries(wire: Wire, **data: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await wire.result("entries", **data))["entries"]
    return found


async def test_entries_are_paged_and_filtered(
    hass: HomeAssistant,
    house: House,
    people: People,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
    hass_ws_client: WebSocketGenerator,
) -> None:
    other = Sender(sender.client, "webhook-of-other-post")
    for who, at_door, grant_id in (
        (sender, "lobby", "G1"),
        (other, "garage", "G2"),
        (sender, "garage", "G3"),
    ):
        await who.grant(grant_id, units=("Flat 1",), door=at_door)
        await who.enter(grant_id)
        await pass_time(hass, freezer, 60)
        await who.enter(grant_id)
        await house.settle()
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
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
    only = {
        "door": "door-garage",
        "courier": "courier-parcel-post",
        "decision": "admitted",
    }
    assert await entries(ada, **only) == whole[1:2]


async def test_invalid_page_is_refused(ada: Wire) -> None:
    for data in (
        {"limit": 0},
        {"limit": 501},
        {"limit": "many"},
        {"before": 0},
        {"before": "soon"},
        {"decision": "accepted"},
    ):
        assert (await ada.ask("entries", **data))["error"]["code"] == "invalid_format"
    for data in ({"after": -1}, {"limit": 0}, {"limit": 501}):
        assert (await ada.ask("export", **data))["error"]["code"] == "invalid_format"


async def test_only_the_unit_reads_its_expected_delivery_in_full(
    hass: HomeAssistant,
    house: House,
    ada: Wire,
    cleo: Wire,
    sender: Sender,
    hass_ws_client: WebSocketGenerator,
) -> None:
    await sender.grant(
        units=("Flat 1", "Flat 2"),
        door="lobby",
        parcel_ref="P-1",
        driver_ref="D-1",
        max_entries=2,
    )
    await sender.grant("G2", units=("Flat 1",), door="garage")
    owner = await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )

    both, garage = (await ada.result("grants"))["grants"]
    assert both["units"] == garage["units"] == ["Flat 1"]
    assert (both["courier_id"], both["grant_id"]) == ("courier-parcel-post", "G1")
    assert (both["parcel_ref"], both["driver_ref"]) == ("P-1", "D-1")
    assert (both["max_entries"], both["entries_left"]) == (2, 2)
    [shared] = (await cleo.result("grants"))["grants"]
    assert shared == both | {"units": ["Flat 2"]}

    plain = [
        {name: grant[name] for name in ("courier", "door", "starts_at", "ends_at")}
        for grant in (both, garage)
    ]
    known = [
        grant
        | {
            "courier_id": "courier-parcel-post",
            "grant_id": grant_id,
            "issued_by": "courier",
        }
        for grant, grant_id in zip(plain, ("G1", "G2"), strict=True)
    ]
    assert await owner.result("grants") == {"grants": known, "more": False}
    [building] = (await cleo.ask_anywhere("overview"))["result"]["buildings"]
    assert building["expected"] == [shared, plain[1]]


async def test_result_is_bounded(
    house: House, ada: Wire, sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overview, "MOST_GRANTS", 1)
    for grant_id in ("G1", "G2"):
        await sender.grant(grant_id, units=("Flat 1",), door="lobby")

    result = await ada.result("grants")

    assert (len(result["grants"]), result["more"]) == (1, True)


async def test_vetoed_delivery_is_not_expected(ada: Wire, sender: Sender) -> None:
    await sender.grant(units=("Flat 1",), door="lobby")
    [grant] = (await ada.result("grants"))["grants"]

    await ada.result(
        "veto_grant", courier=grant["courier_id"], grant_id="G1", unit="Flat 1"
    )

    assert (await ada.result("grants"))["grants"] == []


async def test_pause_is_shown_with_its_end(house: House, ada: Wire, cleo: Wire) -> None:
    until = (dt_util.utcnow() + timedelta(hours=2)).replace(microsecond=0).isoformat()
    later = (dt_util.utcnow() + timedelta(hours=3)).replace(microsecond=0).isoformat()
    await ada.result("pause", until=until)
    await ada.result("pause", unit="Flat 1", until=later)

    [building] = (await ada.ask_anywhere("overview"))["result"]["buildings"]
    [me] = building["residents"]
    assert building["paused_until"] == until
    assert (me["accepting"], me["unit_paused_until"], me["next_change"]) == (
        False,
        later,
        later,
    )
    [building] = (await cleo.ask_anywhere("overview"))["result"]["buildings"]
    [me] = building["residents"]
    assert (me["unit_paused_until"], me["next_change"]) == (None, until)
    for data, key in (
        ({"until": "2020-01-01T00:00:00"}, "pause_in_the_past"),
        ({"until": "2120-01-01T00:00:00"}, "pause_too_long"),
    ):
        assert await ada.refusal("pause", **data) == ("invalid_format", key)


async def test_pending_resident_is_shown_to_flatmates(
    hass: HomeAssistant,
    people: People,
    house: House,
    ada: Wire,
    hass_ws_client: WebSocketGenerator,
) -> None:
    abe = await connect(hass, house, hass_ws_client, people["Abe"])

    async def seen(wire: Wire) -> dict[str, Any]:
        [building] = (await wire.ask_anywhere("overview"))["result"]["buildings"]
        return dict(building)

    assert (await seen(abe))["residents"][0]["waits_for_confirmation"]
    pending = {"resident": "resident-abe", "name": "Abe", "unit": "Flat 1"}
    assert (await seen(ada))["pending_residents"] == [pending]

    await ada.result("residents/confirm", resident="resident-abe")

    assert not (await seen(abe))["residents"][0]["waits_for_confirmation"]
    assert (await seen(ada))["pending_residents"] == []


async def test_unusable_ledger_is_reported(
    hass: HomeAssistant, house: House, ada: Wire
) -> None:
    await house.building.ledger.close()
    ledger_path(hass, house.entry.entry_id).unlink()

    for command in ("entries", "pause"):
        assert await ada.refusal(command) == (
            "home_assistant_error",
            "ledger_unavailable",
        )


async def test_delivery_at_a_removed_door_is_not_expected(
    hass: HomeAssistant, house: House, sender: Sender, ada: Wire
) -> None:
    await sender.grant("G1", units=("Flat 1",), door="garage")
    await sender.grant("G2", units=("Flat 1",), door="lobby")

    hass.config_entries.async_remove_subentry(house.entry, "door-garage")
    await house.settle()

    assert [grant["door"] for grant in (await ada.result("grants"))["grants"]] == [
        "Lobby"
    ]
    [building] = (await ada.ask_anywhere("overview"))["result"]["buildings"]
    assert [grant["door"] for grant in building["expected"]] == ["Lobby"]


async def test_entries_are_read_while_the_ledger_is_busy(
    house: House, sender: Sender, ada: Wire
) -> None:
    await sender.grant(units=("Flat 1",), door="lobby")
    await sender.enter()
    await house.settle()
    go_on = threading.Event()
    busy = asyncio.create_task(house.building.ledger.read(lambda _: go_on.wait(20)))
    await asyncio.sleep(0)

    [entry] = await entries(ada)

    assert entry["units"] == ["Flat 1"]
    assert not busy.done()
    go_on.set()
    await busy


async def test_units_are_normalized(house: House, ada: Wire, sender: Sender) -> None:
    written = " FLAT\u00a01 "
    assert (await sender.grant(units=(written,), door="lobby")).body["units"] == [
        written
    ]
    assert [each["units"] for each in (await ada.result("grants"))["grants"]] == [
        ["Flat 1"]
    ]
    await sender.enter()
    await house.settle()
    assert [each["units"] for each in await entries(ada)] == [["Flat 1"]]
