"""Test a change of residents: the old ones lose access, the new inherit nothing."""

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.ledger.queue import Button, NotificationKind
from custom_components.courier_access.ledger.state.grants import load_address_codes
from custom_components.courier_access.ledger.state.residents import Author, load_notes
from tests.support.enqueued import edit, enqueued, move_in, move_out
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
)
from tests.support.pages import Visitor, token_of
from tests.support.people import People
from tests.support.rows import kinds
from tests.support.verified import verified

ADA, BEN, CEM = "resident-ada", "resident-ben", "resident-cem"


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    """Ada by paper and Ben by account let couriers into 3B, and Zoe into 4A."""
    people = People(hass)
    await people.move_in("Ben")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "3B", None, person=people.person("Ben")),
        resident("Zoe", "4A"),
    )
    ben = house.building.residents[BEN]
    rules = Rules(consent=Consent.GIVEN, schedule=WeekSchedule.from_mapping(ALWAYS))
    await house.building.rulebook.change(ben, rules, Author(user_id=ben.user_id))
    return house


@pytest.fixture
async def sender(house: House, hass_client_no_auth: ClientSessionGenerator) -> Sender:
    """A courier with one grant for 3B and one for both units."""
    sender = Sender(await hass_client_no_auth())
    await sender.grant("theirs", units=("3B",))
    await sender.grant("both", units=("3B", "4A"))
    await house.settle()
    house.told.clear()
    house.announced.clear()
    return sender


async def change_hands(house: House, *, with_paper: bool) -> None:
    """Move Ada and Ben out and Cem in, at once."""
    windows = ALWAYS if with_paper else None
    for resident_id in (ADA, BEN):
        house.hass.config_entries.async_remove_subentry(house.entry, resident_id)
    house.listen("Cem")
    await move_in(house, resident("Cem", "3B", windows))


@pytest.mark.parametrize("with_paper", [True, False])
async def test_grants_of_former_residents_open_for_nobody(
    house: House, sender: Sender, with_paper: bool
) -> None:
    await change_hands(house, with_paper=with_paper)

    assert (await sender.enter("theirs")).body["decision"] == "refused"
    assert (await sender.enter("both")).body["decision"] == "admitted"
    await house.settle()
    [admitted, refused] = await entries_of(house.building, 2)
    assert admitted.personal["units"] == '["4a"]'
    assert refused.decision == "refused"


async def test_remaining_resident_keeps_grants(house: House, sender: Sender) -> None:
    await move_out(house, ADA)

    assert (await sender.enter("theirs")).body["decision"] == "admitted"
    await house.settle()


async def test_resident_still_pending_when_others_leave_opens_nothing(
    house: House, sender: Sender
) -> None:
    await move_in(house, resident("Cem", "3B"))
    assert not house.building.residents[CEM].is_confirmed, (
        "Ben has a login and must confirm"
    )

    await move_out(house, ADA, BEN)

    assert not house.building.residents[CEM].is_confirmed
    assert (await sender.enter("theirs")).body["decision"] == "refused"
    assert (await sender.grant("new", units=("3B",))).body["reason"] == "not_accepting"
    await house.settle()


async def test_resident_who_leaves_is_notified_and_only_reads_of_earlier(
    house: House, sender: Sender, hass_client_no_auth: ClientSessionGenerator
) -> None:
    page = Visitor(await hass_client_no_auth(), token_of(house, "Ada"))
    assert (await page.ask()).status == 200

    await change_hands(house, with_paper=True)

    messages = {
        name: message for name, message in house.told if "no longer enrolled" in message
    }
    assert messages.keys() == {"Ada", "Ben"}
    earlier = await page.ask()
    await sender.grant("new", units=("3B",), parcel_ref="P-79")
    assert (await sender.enter("new")).body["decision"] == "admitted"
    await house.settle()
    later = await page.ask()
    assert (later.status, later.page.forms) == (200, [])
    assert later.lines == earlier.lines
    assert {name for name, message in house.told if "entered" in message} <= {
        "Cem",
        "Zoe",
    }


async def test_new_resident_is_confirmed_and_inherits_nothing(
    house: House, sender: Sender, hass_client_no_auth: ClientSessionGenerator
) -> None:
    await sender.enter("theirs")
    await house.settle()
    await change_hands(house, with_paper=False)

    assert house.building.residents[CEM].is_confirmed
    assert house.building.rulebook.of(CEM) == Rules()
    assert (await sender.grant("new", units=("3B",))).body["reason"] == "not_accepting"
    page = await Visitor(await hass_client_no_auth(), token_of(house, "Cem")).ask()
    assert "No delivery to your home is announced." in page.lines
    assert not [line for line in page.lines if "For 3B" in line]
    invited = [
        name
        for name, message in house.told
        if "May couriers with a delivery" in message
    ]
    assert invited == ["Cem"]


async def test_new_resident_gets_own_deliveries(house: House, sender: Sender) -> None:
    await change_hands(house, with_paper=True)
    assert house.announced == []

    assert (await sender.grant("new", units=("3B",))).body["decision"] == "accepted"
    await house.settle()
    assert [name for name, _ in house.announced] == ["Cem"]


@pytest.mark.parametrize("moves", [False, True])
async def test_address_code_ends_with_the_move_of_who_made_it(
    hass: HomeAssistant, moves: bool
) -> None:
    """Bo never decided anything, so nothing else of Bo's ends."""
    house = await build(hass, door(), resident(), resident("Bo", "4A", None))
    building = house.building
    await building.passes.renew_address_code(
        building.residents["resident-bo"], Author()
    )
    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert len(await house.building.ledger.read(load_address_codes)) == 1

    if moves:
        bo = house.entry.subentries["resident-bo"]
        hass.config_entries.async_update_subentry(
            house.entry, bo, data={**bo.data, "unit": "3B"}
        )
    else:
        hass.config_entries.async_remove_subentry(house.entry, "resident-bo")
    await house.settle()

    assert await house.building.ledger.read(load_address_codes) == []
    assert (await verified(house.building.ledger)).intact


async def test_note_for_drivers_ends_with_the_last_who_lived_there(
    house: House,
) -> None:
    rulebook = house.building.rulebook
    for name, note in ((BEN, "Ask for Ben."), ("resident-zoe", "Ask for Zoe.")):
        resident_there = house.building.residents[name]
        await rulebook.set_note(resident_there, note, Author())
    await move_out(house, ADA)
    assert house.building.rulebook.notes == {"3b": "Ask for Ben.", "4a": "Ask for Zoe."}

    # Nobody who moves in meanwhile inherits it, pending or not.
    await move_in(house, resident("Cem", "3B"))
    await move_out(house, BEN)
    assert house.building.rulebook.notes == {"4a": "Ask for Zoe."}
    assert await house.building.ledger.read(load_notes) == {"4a": "Ask for Zoe."}
    assert (await verified(house.building.ledger)).intact


async def test_wish_when_details_are_erased_ends_with_its_resident(
    house: House,
) -> None:
    rulebook = house.building.rulebook
    for name, days in ((ADA, 7), (BEN, 14)):
        await rulebook.choose_erasure(house.building.residents[name], days, Author())
    assert rulebook.erased_after(BEN) == 7
    await move_out(house, ADA)

    assert house.building.rulebook.erased_after(BEN) == 14
    changed = await enqueued(house, NotificationKind.ERASURE_CHANGED)
    assert changed[-1].details == {"days": "14", "earlier_days": "7"}
    assert list(changed[-1].units) == ["3b"]
    # The next resident begins with the building's time.
    await move_out(house, BEN)
    await move_in(house, resident("Cem", "3B"))
    assert house.building.rulebook.erased_after(CEM) == 30
    assert (await verified(house.building.ledger)).intact


async def test_note_for_drivers_is_not_inherited_by_who_takes_a_home_over(
    house: House,
) -> None:
    ben = house.building.residents[BEN]
    await house.building.rulebook.set_note(ben, "Ask for Ben.", Author())
    await change_hands(house, with_paper=True)
    assert house.building.residents[CEM].is_confirmed
    assert house.building.rulebook.notes == {}


REPLACED = "residents of the home “3B” were removed or changed"


def warned(house: House) -> list[str]:
    """Return who was notified that residents of 3B were removed or changed."""
    return sorted(name for name, message in house.told if REPLACED in message)


async def replaced(house: House) -> int:
    """Return how many records there are of a home that lost a resident who decided."""
    return (await kinds(house.building.ledger)).count("home.replaced")


async def test_neighbors_are_notified_when_those_who_decided_for_a_home_are_removed(
    house: House,
) -> None:
    await move_out(house, ADA, BEN)

    assert warned(house) == ["Zoe"]
    [fan_out] = await enqueued(house, NotificationKind.CONFIGURATION_CHANGED)
    assert Button.WITHDRAW in fan_out.kind.traits.buttons
    assert await replaced(house) == 1
    await move_in(house, resident("Cem", "3B"))
    assert await replaced(house) == 1


async def test_home_is_named_to_neighbors_among_many_that_are_made_up(
    house: House,
) -> None:
    made_up = [resident(f"A{number}", f"{number}X") for number in range(20)]
    for each in made_up:
        house.listen(str(each["title"]))
    await move_in(house, *made_up)
    house.told.clear()

    ids = [str(each["subentry_id"]) for each in made_up]
    await move_out(house, *ids[:10], ADA, BEN, *ids[10:])

    assert warned(house) == ["Zoe"]
    read = "".join(message for name, message in house.told if name == "Zoe")
    for unit in ("3B", *(f"{number}X" for number in range(20))):
        assert f"residents of the home “{unit}” were removed or changed" in read
    assert "more" not in read
    assert await replaced(house) == 21


async def test_home_whose_residents_are_removed_is_not_named_in_private_notifications(
    hass: HomeAssistant,
) -> None:
    lena = resident("Lena", "4B", private_notifications=True, language="de")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B"),
        resident("Zoe", "4A", private_notifications=True),
        lena,
        resident("Max", "5A"),
    )

    await move_out(house, ADA)

    assert warned(house) == ["Max"]
    told = {name: message for name, message in house.told if name in ("Zoe", "Lena")}
    assert "residents of a home were removed or changed" in told["Zoe"]
    assert "Bewohner einer Wohnung wurden entfernt oder geändert" in told["Lena"]
    assert not any("3B" in message for message in told.values())


async def test_neighbors_are_notified_if_only_those_stay_who_came_later(
    house: House,
) -> None:
    """Without an account, Ada can't keep a made-up flatmate from being confirmed."""
    await move_out(house, BEN)
    assert warned(house) == []
    house.listen("Cem")
    await move_in(house, resident("Cem", "3B"))
    assert house.building.residents[CEM].is_confirmed

    await move_out(house, ADA)

    assert warned(house) == ["Cem", "Zoe"]


@pytest.mark.parametrize("consent", [True, False])
async def test_neighbors_are_notified_if_someone_who_decided_gets_an_account(
    hass: HomeAssistant, consent: bool
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    hass.states.async_set("person.ada", "home", {})
    person = people.person("Ada")
    ada = resident("Ada", "3B", person=person, consent=consent)
    house = await build(hass, door(), courier(), ada, resident("Zoe", "4A"))
    await house.settle()
    was = house.building.rulebook.of(ADA).consent

    hass.states.async_set("person.ada", "home", {"user_id": people["Ada"].id})
    await house.settle()

    assert warned(house) == ["Ada", "Zoe"]
    now = house.building.rulebook.of(ADA).consent
    assert now is (Consent.NOT_GIVEN if consent else was)
    assert (await verified(house.building.ledger)).intact


async def test_change_of_a_home_that_decided_nothing_is_notified_to_no_neighbor(
    house: House,
) -> None:
    await move_in(house, resident("Dan", "5C", None), resident("Eve", "3B"))
    assert not house.building.residents["resident-eve"].is_confirmed
    house.told.clear()

    await edit(house, "resident-dan", unit="6D")
    await move_out(house, "resident-dan", "resident-eve")

    assert await enqueued(house, NotificationKind.CONFIGURATION_CHANGED) == []
    assert await replaced(house) == 0


async def test_home_without_neighbors_is_notified_of_no_change_of_its_own(
    hass: HomeAssistant,
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B"))
    await move_in(house, resident("Ben", "3B"))

    await move_out(house, ADA)
    await move_out(house, BEN)

    assert await replaced(house) == 0
