"""Who may do what over the WebSocket commands, to whose data: the whole table, with real people connected."""

from collections.abc import Mapping
import json
from typing import Any

from homeassistant.auth.const import GROUP_ID_ADMIN
from homeassistant.auth.models import User
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    across_the_street,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting
from tests.support.wires import connect

# Ada, Abe and Nia live together; Nia came last and nobody confirmed her. Ben has no login. Lea lives here
# and owns the house, Otto owns it only; Zoe lives across the street, Dan nowhere.
PERSONS = ("otto", "lea", "ada", "abe", "nia", "cleo", "dan", "zoe", "system")

TO_ADA: Mapping[str, Any] = {"resident": "resident-ada"}
TO_BEN: Mapping[str, Any] = {"resident": "resident-ben"}
TO_NIA: Mapping[str, Any] = {"resident": "resident-nia"}
PARCEL: dict[str, Any] = {"courier": "Parcel Post", "grant_id": "G1", "unit": "Flat 1"}
DOOR: Mapping[str, Any] = {"door": "door-lobby"}

# y: done · n: unauthorized · f: allowed, but there is nothing such · h: allowed, but it can't be done
TABLE = """
command               to        otto lea ada abe nia cleo dan zoe system
rules/get             Ada        n    n   y   n   n   n    n   n   n
rules/get             Ben        y    y   n   n   n   n    n   n   n
rules/set:restrict    Ada        y    y   y   n   n   n    n   n   y
rules/set:loosen      Ada        n    n   y   n   n   n    n   n   n
rules/set:digest      Ada        n    n   y   n   n   n    n   n   n
rules/set:restrict    Ben        y    y   n   n   n   n    n   n   y
rules/set:loosen      Ben        n    n   n   n   n   n    n   n   n
rules/check           Ada        y    y   y   n   n   n    n   n   y
entries               building   y    y   y   y   y   y    n   n   n
grants                building   y    y   y   y   y   y    n   n   n
export                building   y    y   y   y   y   y    n   n   n
export/entries        building   y    y   y   y   y   y    n   n   n
export/verifier       building   y    y   y   y   y   y    n   n   n
verify                building   y    y   y   y   y   y    n   n   n
check_access          building   y    y   y   y   y   y    n   n   n
check_access          unit       y    y   y   y   n   n    n   n   n
pause                 building   y    y   y   y   y   y    n   n   y
pause                 unit       n    n   y   y   n   n    n   n   n
resume                building   y    y   y   y   y   y    n   n   n
resume                unit       n    n   y   y   n   n    n   n   n
veto_grant            grant      y    y   y   y   n   n    n   n   y
veto_grant            other      f    f   f   f   n   n    n   n   f
residents/confirm     Nia        n    n   y   y   n   n    n   n   n
link/renew            Ben        y    y   n   n   n   n    n   n   n
link/renew            Ada        h    h   h   n   n   n    n   n   n
link/revoke           Ben        y    y   n   n   n   n    n   n   n
building              building   y    y   n   n   n   n    n   n   n
couriers/test         courier    y    y   n   n   n   n    n   n   n
couriers/test         other      f    f   n   n   n   n    n   n   n
hours/set             building   y    y   n   n   n   n    n   n   n
"""
COLUMNS, *ROWS = [line.split() for line in TABLE.strip().splitlines()]

DATA: Mapping[tuple[str, str], Mapping[str, Any]] = {
    ("rules/get", "Ada"): TO_ADA,
    ("rules/get", "Ben"): TO_BEN,
    ("rules/set:restrict", "Ada"): {**TO_ADA, "share_hours": False},
    ("rules/set:loosen", "Ada"): {**TO_ADA, "share_hours": True},
    ("rules/set:digest", "Ada"): {**TO_ADA, "digest_at": "19:30"},
    ("rules/set:restrict", "Ben"): {**TO_BEN, "default": "deny"},
    ("rules/set:loosen", "Ben"): {**TO_BEN, "share_hours": True},
    ("rules/check", "Ada"): TO_ADA,
    ("check_access", "building"): DOOR,
    ("check_access", "unit"): {**DOOR, "unit": "Flat 1"},
    ("pause", "unit"): {"unit": "flat 1"},
    ("resume", "unit"): {"unit": "flat 1"},
    ("veto_grant", "grant"): PARCEL,
    ("veto_grant", "other"): {**PARCEL, "grant_id": "G9"},
    ("residents/confirm", "Nia"): TO_NIA,
    ("link/renew", "Ben"): TO_BEN,
    ("link/renew", "Ada"): TO_ADA,
    ("link/revoke", "Ben"): TO_BEN,
    ("hours/set", "building"): {"windows": {}},
    ("couriers/test", "courier"): {"courier": "Parcel Post"},
    ("couriers/test", "other"): {"courier": "Other Post"},
}
SAID = {"unauthorized": "n", "not_found": "f", "home_assistant_error": "h"}


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Otto", "Lea", "Ada", "Abe", "Nia", "Cleo", "Dan", "Zoe")
    for owner in ("Otto", "Lea"):
        await hass.auth.async_update_user(people[owner], group_ids=[GROUP_ID_ADMIN])
    people.users["System"] = await hass.auth.async_create_system_user(
        "Voice", group_ids=[GROUP_ID_ADMIN]
    )
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> House:
    assert await async_setup_component(hass, "websocket_api", {})

    def lives(name: str, unit: str) -> Any:
        return resident(name, unit, None, person=people.person(name))

    house = await build(
        hass,
        door(),
        courier(),
        lives("Ada", "Flat 1"),
        lives("Abe", "Flat 1"),
        lives("Nia", "Flat 1"),
        lives("Cleo", "Flat 2"),
        resident("Ben", "Flat 3"),
        lives("Lea", "Flat 4"),
    )
    gate, post, zoe = across_the_street()
    street = MockConfigEntry(
        domain="courier_access",
        title="Across",
        data={"household": "several"},
        subentries_data=[
            gate,
            post,
            {
                **zoe,
                "data": {**zoe["data"], "person": people.person("Zoe"), "paper": None},
            },
        ],
    )
    street.add_to_hass(hass)
    assert await hass.config_entries.async_setup(street.entry_id)
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    await hass.services.async_call(
        "courier_access",
        "confirm_resident",
        {"device_id": house.device("resident-abe").id},
        blocking=True,
        context=ada,
    )
    client = await hass_client_no_auth()
    await hass.config.async_update(internal_url=f"http://127.0.0.1:{client.port}")
    sender = Sender(client)
    for grant_id in ("G1", "G2"):
        await sender.grant(
            grant_id,
            units=("Flat 1",),
            parcel_ref="PKT-77",
            driver_ref="D-5",
            max_entries=2,
        )
    await sender.enter("G2", driver_ref="D-5")
    await house.settle()
    return house


def person(people: People, name: str) -> User:
    return people[name.title()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[1]}")
async def test_each_may_do_what_the_table_says(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
    row: list[str],
) -> None:
    assert tuple(COLUMNS[2:]) == PERSONS
    command, towards, *outcomes = row
    data = DATA.get((command, towards), {})
    expected = dict(zip(PERSONS, outcomes, strict=True))

    found = {}
    # Who may comes last: what is done already may be asked for by more than may do it.
    for name in sorted(PERSONS, key=lambda name: expected[name] == "y"):
        wire = await connect(hass, house, hass_ws_client, person(people, name))
        answer = await wire.ask(command.partition(":")[0], **data)
        found[name] = "y" if answer["success"] else SAID[answer["error"]["code"]]

    assert found == expected
    await house.settle()


async def test_a_neighbours_answers_hold_no_unit_no_parcel_and_no_name(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    told = {}
    for name in ("ada", "cleo", "otto", "zoe", "dan"):
        wire = await connect(hass, house, hass_ws_client, person(people, name))
        answers = [
            await wire.ask_anywhere("overview"),
            await wire.ask("grants"),
            await wire.ask("entries"),
            await wire.ask("export"),
            await wire.ask("export/entries"),
            await wire.ask("check_access", **DOOR),
            await wire.ask("veto_grant", **PARCEL | {"unit": "Flat 3"}),
        ]
        told[name] = json.dumps(answers)

    for secret in ("PKT-77", "D-5", "Flat 1", "flat 1"):
        assert secret in told["ada"]
    for secret in (
        "PKT-77",
        "D-5",
        "Flat 1",
        "flat 1",
        "Ada",
        "Abe",
        "Nia",
        "Ben",
        "Flat 3",
    ):
        for name in ("cleo", "zoe", "dan"):
            assert secret not in told[name], (name, secret)
    # Who owns the house reads names where it is told how residents were notified, and never of parcels.
    for secret in ("PKT-77", "D-5"):
        assert secret not in told["otto"]


async def test_everybody_sees_their_own_buildings_only(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> None:
    async def names(who: str) -> list[str]:
        wire = await connect(hass, house, hass_ws_client, person(people, who))
        result = (await wire.ask_anywhere("overview"))["result"]
        return [building["name"] for building in result["buildings"]]

    assert await names("ada") == ["12 Elm Street"]
    assert await names("zoe") == ["Across"]
    assert await names("otto") == ["12 Elm Street", "Across"]
    assert await names("dan") == await names("system") == []
