"""A building is connected to a fleet, and disconnected from it."""

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
import pytest

from tests.support.fleet import TOKEN, Fleet, connect, next_quarter
from tests.support.house import House, build, courier, door, resident
from tests.support.rows import kinds

from .front_end import FrontEnd, Screen


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Return a building where Ada and Cleo live."""
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    return await build(hass, door(), courier(), *residents)


async def fleet_step(house: House) -> tuple[FrontEnd, Screen]:
    flow = FrontEnd(house.hass, None, "")
    assert "fleet" in (await flow.configure(house.entry)).options
    return flow, await flow.choose("fleet")


async def test_connection_is_checked_saved_recorded_and_notified(
    house: House, fleet: Fleet
) -> None:
    flow, screen = await fleet_step(house)
    assert screen.step == "fleet_connect"
    # An example of an address is no link.
    assert screen.placeholders["local"] == "`http://127.0.0.1`"
    done = await flow.submit(screen, address=f" {fleet.url}/ ", token=f" {TOKEN} ")
    assert done.type is FlowResultType.CREATE_ENTRY
    # It was only asked how far it has the log.
    assert fleet.batches == [{}]
    await house.settle()
    assert house.entry.options["fleet"] == {"address": fleet.url, "token": TOKEN}
    assert (await kinds(house.building.ledger))[-1] == "fleet.connected"
    where = fleet.url.removeprefix("http://")
    for name in ("Ada", "Cleo"):
        [message] = [text for who, text in house.told if who == name]
        assert f"the building now sends reports to {where}" in message
        assert "withdraw your consent" in message


async def test_connected_building_shows_its_fleet_and_can_leave_it(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await connect(house, fleet)
    flow, screen = await fleet_step(house)
    assert screen.options == ["fleet_visits", "fleet_connect", "fleet_disconnect"]
    assert screen.placeholders["at"] == "-"
    await next_quarter(house, freezer)
    house.told.clear()
    flow, screen = await fleet_step(house)
    assert screen.placeholders["at"] != "-"
    screen = await flow.choose("fleet_disconnect")
    assert (await flow.submit(screen)).type is FlowResultType.CREATE_ENTRY
    await house.settle()
    assert "fleet" not in house.entry.options
    assert "fleet.disconnected" in await kinds(house.building.ledger)
    [message] = [text for who, text in house.told if who == "Ada"]
    assert "doesn't send reports to" in message


async def test_disconnected_twice_is_disconnected(house: House, fleet: Fleet) -> None:
    await connect(house, fleet)
    flow, _ = await fleet_step(house)
    house.hass.config_entries.async_update_entry(house.entry, options={})
    await house.settle()
    done = await flow.choose("fleet_disconnect")
    assert done.type is FlowResultType.CREATE_ENTRY
    assert "fleet" not in house.entry.options


async def test_other_address_is_another_fleet_and_another_token_is_not(
    house: House, fleet: Fleet
) -> None:
    elsewhere = {"address": "https://fleet.example/api", "token": TOKEN}
    house.hass.config_entries.async_update_entry(
        house.entry, options={**house.entry.options, "fleet": elsewhere}
    )
    await house.settle()
    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_connect")
    # The token is never shown again.
    assert screen.value("address") == elsewhere["address"]
    assert TOKEN not in str(screen.shown)
    house.hass.config_entries.async_update_entry(
        house.entry,
        options={
            **house.entry.options,
            "fleet": {**elsewhere, "token": TOKEN + "x"},
        },
    )
    await house.settle()
    found = [each for each in await kinds(house.building.ledger) if "fleet" in each]
    assert found == ["fleet.connected"]
    await flow.submit(screen, address=fleet.url, token=TOKEN)
    await house.settle()
    found = [each for each in await kinds(house.building.ledger) if "fleet" in each]
    assert found == ["fleet.connected", "fleet.disconnected", "fleet.connected"]


@pytest.mark.parametrize(
    "address",
    [
        "http://fleet.example",
        "http://localhost:3000",
        "http://127.0.0.2",
        "http://127.0.0.1@fleet.example",
        "https://user:secret@fleet.example",
        "https://fleet.example?to=elsewhere",
        "https://fleet.example/#part",
        "https://fleet.example:port",
        "https://" + "f" * 600,
        "ftp://fleet.example",
        "fleet.example",
        "https://",
        " ",
    ],
)
async def test_token_is_sent_to_no_unsafe_address(house: House, address: str) -> None:
    flow, screen = await fleet_step(house)
    screen = await flow.submit(screen, address=address, token=TOKEN)
    assert screen.errors == {"address": "fleet_address"}
    assert TOKEN not in str(screen.shown)


@pytest.mark.parametrize(
    "token", ["secret", "a.b", "a.b.c\r\nX-Evil: 1", "ä.b.c", "a." + "b" * 2_000 + ".c"]
)
async def test_what_is_no_token_is_said_to_be_none(house: House, token: str) -> None:
    flow, screen = await fleet_step(house)
    screen = await flow.submit(screen, address="https://fleet.example", token=token)
    assert screen.errors == {"token": "fleet_token"}


STATUSES = {
    400: "fleet_invalid",
    401: "fleet_refused",
    404: "fleet_not_found",
    302: "fleet_unreadable",
    503: "fleet_busy",
}


@pytest.mark.parametrize("status", STATUSES)
async def test_fleet_that_refuses_is_not_saved(
    house: House, fleet: Fleet, status: int
) -> None:
    flow, screen = await fleet_step(house)
    fleet.answer = lambda: web.Response(status=status)
    screen = await flow.submit(screen, address=fleet.url, token=TOKEN)
    assert screen.errors == {"base": STATUSES[status]}
    assert screen.value("address") == fleet.url
    assert "fleet" not in house.entry.options


async def test_fleet_that_is_not_there_is_not_saved(house: House, fleet: Fleet) -> None:
    flow, screen = await fleet_step(house)
    # It has no certificate at all.
    unsafe = fleet.url.replace("http:", "https:")
    screen = await flow.submit(screen, address=unsafe, token=TOKEN)
    assert screen.errors == {"base": "fleet_certificate"}
    address = fleet.url
    await fleet.server.close()
    screen = await flow.submit(screen, address=address, token=TOKEN)
    assert screen.errors == {"base": "fleet_unreachable"}
    assert "fleet" not in house.entry.options


async def test_visits_are_turned_on_and_off_and_kept_with_another_token(
    house: House, fleet: Fleet
) -> None:
    await connect(house, fleet)
    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_visits")
    assert (screen.value("send"), screen.value("visits_days")) == (False, 90)
    done = await flow.submit(screen, send=True, visits_days=60)
    assert done.type is FlowResultType.CREATE_ENTRY
    await house.settle()
    assert house.entry.options["fleet"]["visits_days"] == 60
    assert "fleet.visits_announced" in await kinds(house.building.ledger)
    assert {who for who, text in house.told if "will send its visits" in text} == {
        "Ada",
        "Cleo",
    }

    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_connect")
    await flow.submit(screen, address=fleet.url, token=TOKEN)
    await house.settle()
    assert house.entry.options["fleet"]["visits_days"] == 60

    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_visits")
    assert (screen.value("send"), screen.value("visits_days")) == (True, 60)
    await flow.submit(screen, send=False, visits_days=60)
    await house.settle()
    assert "visits_days" not in house.entry.options["fleet"]
    assert (await kinds(house.building.ledger))[-1] == "fleet.visits_ended"


async def test_visits_to_another_fleet_must_be_chosen_again(
    house: House, fleet: Fleet
) -> None:
    elsewhere = {"address": "https://fleet.example/api", "token": TOKEN}
    options = {**house.entry.options, "fleet": {**elsewhere, "visits_days": 60}}
    house.hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_connect")
    await flow.submit(screen, address=fleet.url, token=TOKEN)
    await house.settle()
    assert house.entry.options["fleet"] == {"address": fleet.url, "token": TOKEN}
    assert "fleet.visits_ended" in await kinds(house.building.ledger)


@pytest.mark.parametrize("days", [0, 1101])
async def test_days_in_the_fleet_have_limits(
    house: House, fleet: Fleet, days: int
) -> None:
    await connect(house, fleet)
    flow, _ = await fleet_step(house)
    screen = await flow.choose("fleet_visits")
    with pytest.raises(InvalidData):
        await flow.submit(screen, send=True, visits_days=days)


async def test_visits_of_a_building_that_left_its_fleet_are_not_sent(
    house: House, fleet: Fleet
) -> None:
    await connect(house, fleet)
    flow, _ = await fleet_step(house)
    house.hass.config_entries.async_update_entry(house.entry, options={})
    await house.settle()
    done = await flow.choose("fleet_visits")
    assert done.type is FlowResultType.CREATE_ENTRY
    assert "fleet" not in house.entry.options
