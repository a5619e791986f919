"""The page with everything that is stored about a resident, over real HTTP."""

from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import (
    WebSocketGenerator,
)

from custom_components.courier_access.ledger.state.residents import load_links
from custom_components.courier_access.web.about_me import PATH
from tests.support.administrator import remove
from tests.support.enqueued import edit, move_in
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    pass_time,
    resident,
    utc,
)
from tests.support.pages import Answer, Visitor, token_of
from tests.support.people import People, access_token
from tests.support.wires import Wire, Wires

NOON = utc(2026, 11, 24, 12, 0)


@pytest.fixture
async def house(hass: HomeAssistant, people: People) -> House:
    """Return a house where Ada and Abe share a home; Bob and Pia have links."""
    house = await build(
        hass,
        door(),
        courier(),
        *await people.homes(Ada="3B", Abe="3B", Cleo="4A"),
        resident("Bob", "5C"),
        resident("Pia", "4A"),
    )
    await people.confirm(house, "Abe", "Ada")
    await people.confirm(house, "Pia", "Cleo")
    await people.consent(house, "Ada", "Cleo")
    return house


@pytest.fixture
def wires(house: House, people: People, hass_ws_client: WebSocketGenerator) -> Wires:
    return Wires(house, people, hass_ws_client)


async def opened(
    house: House, sender: Sender, path: str, bearer: str | None = None
) -> Answer:
    headers = {} if bearer is None else {"Authorization": f"Bearer {bearer}"}
    response = await sender.client.request("GET", path, headers=headers)
    answer = Answer(response.status, response.headers, await response.read())
    if response.content_type == "text/html":
        answer.page.feed(answer.body.decode())
    return answer


async def left_by(wire: Wire) -> list[dict[str, str]]:
    """Return what somebody can open of the buildings that they left."""
    answer = await wire.ask_anywhere("left")
    assert answer["success"], answer
    pages: list[dict[str, str]] = answer["result"]["pages"]
    return pages


async def read_by(house: House, sender: Sender, wires: Wires, name: str) -> Answer:
    """Let somebody open their page from the panel."""
    wire = await wires(name)
    found = await wire.result("about_me", resident=f"resident-{name.lower()}")
    return await opened(house, sender, found["path"])


@pytest.mark.freeze_time(NOON)
async def test_resident_reads_everything_about_themself(
    hass: HomeAssistant,
    house: House,
    people: People,
    sender: Sender,
    wires: Wires,
    freezer: FrozenDateTimeFactory,
) -> None:
    ada = people.acting("Ada")
    await sender.grant("G1", parcel_ref="P-77")
    await sender.enter("G1")
    await sender.grant("G2")
    await house.settle()
    await pass_time(hass, freezer, 60)
    await house.settle()
    veto = {"courier": "Parcel Post", "grant_id": "G2", "unit": "3B"}
    await do(house, "veto_grant", ada, **veto)
    wire = await wires("Ada")
    await wire.result("pause", unit="3B")
    await wire.result("resume", unit="3B")
    await wire.result("pause", until="2026-11-24T20:00:00+00:00")
    await house.settle()

    found = await wire.result("about_me", resident="resident-ada")
    shown = await opened(house, sender, found["path"])

    assert shown.status == 200
    assert shown.page.title == "Everything about Ada"
    lines = "\n".join(shown.lines)
    for expected in (
        "Name: Ada",
        "Home: 3B",
        "You decide with your account in Home Assistant.",
        "You have consented.",
        "Every day: all day",
        "Parcel Post was let in at ",
        "Parcel P-77.",
        "Delivery of Parcel Post vetoed. You decided this.",
        "Couriers paused until Wed, Nov 25, 4:01 AM. You decided this.",
        "Couriers paused until Tue, Nov 24, 12:00 PM. You decided this.",
        "Pause ended. You decided this.",
        "Rules saved. You have consented. You decided this.",
        "Resident confirmed. You decided this.",
        "Parcel Post was let in",
        "Receipt ",
        "after 30 days",
        "data protection authority",
    ):
        assert expected in lines, expected
    assert "{" not in lines
    assert {"script", "form", "input", "img"}.isdisjoint(shown.page.tags)
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"] == "no-store"


@pytest.mark.freeze_time(NOON)
async def test_nobody_else_opens_a_residents_page(
    hass: HomeAssistant,
    house: House,
    people: People,
    sender: Sender,
    wires: Wires,
) -> None:
    await people.owner()
    await people.stranger()
    path = f"{PATH}/{house.entry.entry_id}/resident-ada"
    others = ("Abe", "Cleo", "Owner", "Dan")

    for name in others:
        bearer = await access_token(hass, people[name])
        answer = await opened(house, sender, path, bearer)
        assert (answer.status, "Ada" in answer.body.decode()) == (404, False), name
        refused = await (await wires(name)).refusal("about_me", resident="resident-ada")
        assert refused == ("unauthorized", "not_allowed_read_own"), name
    assert (await opened(house, sender, path)).status == 401
    bearer = await access_token(hass, people["Ada"])
    assert (await opened(house, sender, path, bearer)).status == 200
    for wrong in (
        f"{PATH}/{house.entry.entry_id}/resident-zoe",
        f"{PATH}/other/resident-ada",
    ):
        assert (await opened(house, sender, wrong, bearer)).status == 404

    signed = (await (await wires("Ada")).result("about_me", resident="resident-ada"))[
        "path"
    ]
    _, _, query = signed.partition("?")
    others_path = f"{PATH}/{house.entry.entry_id}/resident-abe?{query}"
    assert (await opened(house, sender, others_path)).status == 401


@pytest.mark.freeze_time(NOON)
async def test_flatmates_and_neighbors_stay_out_of_a_page(
    house: House,
    people: People,
    sender: Sender,
    wires: Wires,
) -> None:
    await sender.grant(parcel_ref="P-77")
    await sender.enter()
    bobs = Visitor(sender.client, token_of(house, "Bob"))
    await bobs.do("pause_unit")
    await do(
        house,
        "set_rules",
        people.acting("Ada"),
        "resident-ada",
        share_hours=True,
    )
    await house.settle()

    bob = "\n".join((await bobs.ask(query="?about")).lines)
    abe = "\n".join((await read_by(house, sender, wires, "Abe")).lines)
    cleo = "\n".join((await read_by(house, sender, wires, "Cleo")).lines)

    assert "Name: Bob" in bob
    assert "You decide on your own page, with your personal link." in bob
    paused = "Decided with a personal link of your home."
    assert paused in bob
    for text in (bob, cleo):
        assert "3B" not in text
        assert "P-77" not in text
    assert "P-77" in abe
    assert "Couriers can't see your hours." in abe
    assert "Rules saved." not in abe
    for text in (abe, cleo):
        assert paused not in text
    assert bobs.token not in bob


@pytest.mark.freeze_time(NOON)
async def test_what_a_flatmate_decides_with_a_link_is_the_homes(
    house: House, sender: Sender
) -> None:
    pias = Visitor(sender.client, token_of(house, "Pia"))
    await pias.do("pause_unit")

    shown = "\n".join((await pias.ask(query="?about")).lines)

    assert "Couriers paused until " in shown
    assert "Enrolled as a resident." in shown
    assert "Resident confirmed. Decided by someone else" in shown


@pytest.mark.freeze_time(NOON)
async def test_erased_details_leave_the_page(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    wires: Wires,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant(parcel_ref="P-77")
    await sender.enter()
    await house.settle()
    for _ in range(32):
        await pass_time(hass, freezer, timedelta(days=1).total_seconds())
        await house.settle()

    shown = await read_by(house, sender, wires, "Ada")

    lines = "\n".join(shown.lines)
    assert "P-77" not in lines
    assert "was let in" not in lines
    assert "Rules saved. You have consented." in lines


async def test_own_page_names_refused_parcels_and_has_a_way_back(
    house: House, sender: Sender, wires: Wires
) -> None:
    bob = Visitor(sender.client, token_of(house, "Bob"))
    await bob.do("set_week", preset="none")
    parcel = {"hours": "evening", "day": (await bob.ask()).form("expect")["day"]}
    await bob.send({**(await bob.ask()).form("expect"), **parcel})

    shown = await bob.ask(query="?about")

    assert "Delivery of Parcel Post not accepted." in "".join(shown.lines)
    assert "Another record" not in "".join(shown.lines)
    assert ("href", "?") in shown.page.attributes
    # In the panel, it is a tab of its own.
    ada = await read_by(house, sender, wires, "Ada")
    assert ("href", "?") not in ada.page.attributes


async def test_page_of_a_link_is_rate_limited(house: House, sender: Sender) -> None:
    bobs = Visitor(sender.client, token_of(house, "Bob"))

    statuses = [(await bobs.ask(query="?about")).status for _ in range(7)]

    assert statuses == [200] * 6 + [429]


async def test_page_of_an_unloaded_building_is_not_ready(
    hass: HomeAssistant, house: House, people: People, sender: Sender
) -> None:
    bearer = await access_token(hass, people["Ada"])
    path = f"{PATH}/{house.entry.entry_id}/resident-ada"
    await hass.config_entries.async_unload(house.entry.entry_id)

    answer = await opened(house, sender, path, bearer)

    assert (answer.status, answer.page.title) == (503, "Not ready")


@pytest.mark.freeze_time(NOON)
async def test_leaver_reads_their_page_for_30_days_and_nothing_of_later(
    hass: HomeAssistant,
    house: House,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
) -> None:
    bobs = Visitor(sender.client, token_of(house, "Bob"))
    pias = Visitor(sender.client, token_of(house, "Pia"))
    await pias.do("pause_unit")
    await sender.grant(units=("4A",), parcel_ref="P-77")
    await pias.do("resume_unit")
    await sender.grant("G2", units=("4A",), parcel_ref="P-78")
    await sender.enter("G2")
    await house.settle()
    pause = (await pias.ask()).form("pause_unit")
    await remove(house, "resident-pia")
    await sender.grant("G3", units=("4A",), parcel_ref="P-79")
    await sender.enter("G3")
    await house.settle()

    for query in ("", "?about", "?export", "?entries", "?verifier"):
        shown = await pias.ask(query=query)
        lines = "\n".join(shown.lines)
        assert (shown.status, shown.page.forms) == (200, []), query
        assert "Name: Pia" in lines
        assert "You are no longer enrolled here since Tue, Nov 24, 4:00 AM." in lines
        assert "You can read this page for up to 30 days." in lines
        assert "P-78" in lines
        assert "P-79" not in lines
    assert (await pias.send(pause)).status == 404
    assert house.building.rulebook.pauses.until("4a") is None
    assert (await bobs.ask()).status == 200

    await house.reload()
    freezer.tick(timedelta(seconds=61))
    assert (await pias.ask()).status == 200
    freezer.tick(timedelta(days=30))
    assert (await pias.ask()).status == 404
    for _ in range(2):
        await pass_time(hass, freezer, timedelta(days=1).total_seconds())
        await house.settle()
    links = await house.building.ledger.read_apart(load_links)
    assert set(links) == {"resident-bob"}
    assert (await bobs.ask()).status == 200


@pytest.mark.freeze_time(NOON)
async def test_leaver_reads_their_page_with_their_account(
    hass: HomeAssistant,
    house: House,
    people: People,
    sender: Sender,
    wires: Wires,
    freezer: FrozenDateTimeFactory,
) -> None:
    await sender.grant(units=("4A",), parcel_ref="P-77")
    await sender.enter()
    await house.settle()
    cleo, ada = await wires("Cleo"), await wires("Ada")
    assert await left_by(cleo) == []
    await remove(house, "resident-cleo")
    await sender.grant("G2", units=("4A",), parcel_ref="P-78")
    await sender.enter("G2")
    await house.settle()

    assert await left_by(ada) == []
    [found] = await left_by(cleo)
    assert found["name"] == "12 Elm Street"
    shown = await opened(house, sender, found["path"])
    lines = "\n".join(shown.lines)
    assert (shown.status, shown.page.forms) == (200, [])
    assert "Name: Cleo" in lines
    assert "You are no longer enrolled here since Tue, Nov 24, 4:00 AM." in lines
    assert "You can read this page for up to 30 days." in lines
    assert "P-77" in lines
    assert "P-78" not in lines

    await people.owner()
    path = f"{PATH}/{house.entry.entry_id}/resident-cleo"
    for name in ("Ada", "Abe", "Owner"):
        bearer = await access_token(hass, people[name])
        assert (await opened(house, sender, path, bearer)).status == 404, name
    bearer = await access_token(hass, people["Cleo"])
    assert (await opened(house, sender, path, bearer)).status == 200
    # It ends with the time, and the page of a resident who is back is their own.
    freezer.tick(timedelta(days=30, seconds=1))
    assert await left_by(cleo) == []
    bearer = await access_token(hass, people["Cleo"])
    assert (await opened(house, sender, path, bearer)).status == 404


@pytest.mark.freeze_time(NOON)
async def test_leaver_reads_nothing_of_whom_they_replaced(
    hass: HomeAssistant,
    people: People,
    sender: Sender,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """A resident can become another person, with the same ID."""
    await people.move_in("Cleo", "Eve")
    cleo = resident("Cleo", "4A", None, person=people.person("Cleo"))
    house = await build(hass, door(), courier(), cleo)
    await people.consent(house, "Cleo")
    await sender.grant(units=("4A",), parcel_ref="P-77")
    await sender.enter()
    await house.settle()
    await edit(house, "resident-cleo", person=people.person("Eve"))
    eve, said = people.acting("Eve"), {"consent": True, "windows": ALWAYS}
    await ask(house, "set_rules", "resident-cleo", eve, **said)
    await sender.grant("G2", units=("4A",), parcel_ref="P-78")
    await sender.enter("G2")
    await house.settle()
    await remove(house, "resident-cleo")

    wires = Wires(house, people, hass_ws_client)
    assert await left_by(await wires("Cleo")) == []
    [found] = await left_by(await wires("Eve"))
    lines = "\n".join((await opened(house, sender, found["path"])).lines)
    assert "P-78" in lines
    assert lines.count("Rules saved.") == 1
    assert "The administrator changed your person" in lines
    assert "P-77" not in lines
    assert lines.count("May couriers come in?") == 1


async def test_made_up_resident_reads_no_visit_of_the_home_after_leaving(
    house: House, people: People, sender: Sender, wires: Wires
) -> None:
    """Nobody of the home confirmed an administrator's account."""
    owner = await people.owner()
    owns = {"user_id": owner.user_id}
    house.hass.states.async_set("person.owner", "home", owns)
    mal = resident("Mal", "4A", None, person="person.owner")
    await move_in(house, mal)
    assert not house.building.residents["resident-mal"].is_confirmed
    await sender.grant(units=("4A",), parcel_ref="P-77")
    await sender.enter()
    await house.settle()
    await remove(house, "resident-mal")

    [found] = await left_by(await wires("Owner"))
    lines = "\n".join((await opened(house, sender, found["path"])).lines)
    assert "Name: Mal" in lines
    assert "P-77" not in lines


async def test_leaver_whose_link_was_revoked_reads_nothing(
    house: House, people: People, sender: Sender
) -> None:
    bobs = Visitor(sender.client, token_of(house, "Bob"))
    await do(house, "revoke_link", await people.owner(), "resident-bob")
    await remove(house, "resident-bob")

    assert (await bobs.ask()).status == 404
