"""One visit on a page to print, over real HTTP: what its reader keeps."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.house import House, Sender, build, courier, door, resident, utc
from tests.support.pages import Answer, Visitor, token_of
from tests.support.people import People, user
from tests.support.rows import kept_rows
from tests.support.wires import Wire, Wires, connect

NOON = utc(2026, 11, 24, 12, 0)


@pytest.fixture
async def house(hass: HomeAssistant, people: People, sender: Sender) -> House:
    """Return a house after a visit to Ada; Cleo is a neighbor, and Bob has a link."""
    house = await build(
        hass,
        door(),
        courier(),
        *await people.homes(Ada="3B", Cleo="4A"),
        resident("Bob", "3B"),
    )
    await people.confirm(house, "Bob", "Ada")
    await people.consent(house, "Ada", "Cleo")
    return house


@pytest.fixture
def wires(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wires:
    return Wires(house, people, hass_ws_client)


async def visit(house: House, sender: Sender) -> tuple[int, str]:
    """Let a courier in for Ada's home; return the visit's record and its code."""
    await sender.grant("G1", units=("3B",), parcel_ref="P-77")
    await sender.enter("G1", driver_ref="driver-9")
    await house.settle()
    query = "SELECT seq, lower(hex(hash)) FROM records WHERE kind = 'entry.admitted'"
    [(seq, digest)] = await kept_rows(house.building.ledger, query, tuple[int, str])
    return seq, digest[:20]


async def opened(sender: Sender, wire: Wire, record: int) -> Answer:
    """Open a visit's page from the panel."""
    found = await wire.result("entries/print", record=record)
    response = await sender.client.request("GET", found["path"])
    answer = Answer(response.status, response.headers, await response.read())
    answer.page.feed(answer.body.decode())
    return answer


def grouped(code: str) -> str:
    return " ".join(code[at : at + 4] for at in range(0, 20, 4))


@pytest.mark.freeze_time(NOON)
async def test_page_has_the_visit_its_receipt_and_how_to_verify_it(
    house: House, sender: Sender, wires: Wires
) -> None:
    record, code = await visit(house, sender)
    shown = await opened(sender, await wires("Ada"), record)
    assert shown.status == 200
    lines = "\n".join(shown.lines)
    for expected in (
        "12 Elm Street",
        "Nov 24, 2026",
        "Parcel Post was let in at ",
        "Parcel P-77.",
        "Driver: driver-9",
        "To check later that nobody changed the record",
        "The log keeps the rest for 12 months.",
    ):
        assert expected in lines, expected
    assert f"{record} · {grouped(code)}" in shown.lines
    assert {"script", "img", "form", "a"}.isdisjoint(shown.page.tags)


async def test_neighbor_prints_the_visit_without_home_parcel_and_driver(
    house: House, sender: Sender, wires: Wires
) -> None:
    record, code = await visit(house, sender)
    shown = await opened(sender, await wires("Cleo"), record)
    assert f"{record} · {grouped(code)}" in shown.lines
    for secret in (b"P-77", b"driver-9", b"3B"):
        assert secret not in shown.body


async def test_record_that_is_no_visit_and_other_readers_have_no_page(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    wires: Wires,
    hass_ws_client: WebSocketGenerator,
) -> None:
    record, _ = await visit(house, sender)
    ada = await wires("Ada")
    for other in (1, record + 1, 10**15):
        missing = ("not_found", "no_such_visit")
        assert await ada.refusal("entries/print", record=other) == missing
    stranger = await connect(hass, house, hass_ws_client, await user(hass, "Zoe"))
    refused = await stranger.refusal("entries/print", record=record)
    assert refused == ("unauthorized", "not_allowed_read_entries")

    # The address is signed for one visit.
    path = (await ada.result("entries/print", record=record))["path"]
    for changed in (
        path.replace(f"/{record}?", f"/{record + 1}?"),
        path.partition("?")[0],
    ):
        assert (await sender.client.request("GET", changed)).status == 401


async def test_personal_page_leads_to_its_visits_and_no_others(
    house: House, sender: Sender
) -> None:
    record, code = await visit(house, sender)
    bob = Visitor(sender.client, token_of(house, "Bob"))
    addresses = {
        value for name, value in (await bob.ask()).page.attributes if name == "href"
    }
    assert f"?visit={record}" in addresses
    shown = await bob.ask(query=f"?visit={record}")
    assert f"{record} · {grouped(code)}" in shown.lines
    assert ("href", "?") in shown.page.attributes  # the way back
    for wrong in ("", "0", "-1", "x", "1", str(record + 1), "9" * 400, "٣"):
        answer = await bob.ask(query=f"?visit={wrong}")
        assert answer.status == 404, wrong
