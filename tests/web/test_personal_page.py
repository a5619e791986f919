"""The personal page of residents without an account, over real HTTP."""

from copy import replace
from datetime import datetime, timedelta
import json
from typing import Any
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import WEEKDAYS, WeekSchedule
from custom_components.courier_access.access.model import Attitude, Consent, Rules
from custom_components.courier_access.api import access_log
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web.personal import page as personal_page
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
)
from tests.support.pages import Answer, Visitor, token_of
from tests.support.people import People

NINE_TO_FIVE = {"monday": [{"from": "09:00:00", "to": "17:00:00"}]}


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    residents = resident("Ada", "3B"), resident("Bob", "4C")
    return await build(hass, door(), courier(), *residents)


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ada"))


@pytest.fixture
def bob(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Bob"))


@pytest.mark.parametrize("household", ["one", "several"])
async def test_page_of_the_only_household_has_one_pause_and_no_unit(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator, household: str
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B"), household=household
    )
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.settle()
    shown = await Visitor(sender.client, token_of(house, "Ada")).ask()
    is_one = household == "one"
    assert [line for line in shown.lines if "Unit 3B" in line] == (
        [] if is_one else ["Unit 3B", "Unit 3B."]
    )
    pauses = [line for line in shown.lines if line.startswith("Pause couriers")]
    assert pauses == (
        ["Pause couriers"]
        if is_one
        else ["Pause couriers for my home", "Pause couriers for the whole building"]
    )

    await house.building.rulebook.pauses.pause(Author())
    shown = await Visitor(sender.client, token_of(house, "Ada")).ask()
    assert ("Your home is paused." in shown.lines) is is_one
    assert ("Resume couriers for my home" in shown.lines) is is_one
    assert any("whole building" in line for line in shown.lines) is not is_one


async def test_page_shows_the_unit_and_that_couriers_are_admitted(ada: Visitor) -> None:
    shown = await ada.ask()

    assert shown.status == 200
    assert shown.headers["Content-Type"] == "text/html; charset=utf-8"
    assert shown.page.lang == "en"
    assert shown.page.title == "12 Elm Street: couriers"
    assert shown.lines[0] == "12 Elm Street"
    assert "Unit 3B" in shown.lines
    assert (
        "Couriers with an announced delivery may come in now, within your home's rules."
        in shown.lines
    )
    assert "Every day: all day" in shown.lines
    assert "No visits to show." in shown.lines
    assert "No delivery to your home is announced." in shown.lines


async def test_page_is_small_and_self_contained(
    house: House, ada: Visitor, sender: Sender
) -> None:
    await sender.grant()
    await sender.enter()
    shown = await ada.ask()

    assert len(shown.body) < 12_000
    assert {"script", "img", "link", "iframe", "object", "base"}.isdisjoint(
        shown.page.tags
    )
    attributes = shown.page.attributes
    addresses = {at for name, at in attributes if name in ("href", "src", "action")}
    views = {"#entries", "#deliveries", "#hours", "#consent"}
    [entry] = await entries_of(house.building, 2)
    assert addresses == {"?", "?about", "?data", f"?visit={entry.seq}", *views}
    assert not [n for n, _ in attributes if n.startswith("on") or n == "style"]
    assert ada.token not in shown.body.decode()
    assert ada.token not in str(shown.headers)


async def test_downloads_are_on_a_page_of_their_own(ada: Visitor) -> None:
    shown = await ada.ask(query="?data")
    addresses = {at for name, at in shown.page.attributes if name == "href"}
    assert addresses == {"?", "?about", "?entries", "?export", "?verifier"}
    for query in addresses:
        assert (await ada.ask(query=query)).status == 200


async def test_page_is_in_the_residents_language(
    hass: HomeAssistant, sender: Sender
) -> None:
    hass.config.language = "fr"
    languages = {"Ada": "en", "Bob": None, "Eve": "eo", "Ivy": "ar"}
    residents = [resident(name, language=each) for name, each in languages.items()]
    house = await build(hass, door(), courier(), *residents)

    for name, shown in {"Ada": "en", "Bob": "fr", "Eve": "en", "Ivy": "en"}.items():
        page = await Visitor(sender.client, token_of(house, name)).ask()
        assert (page.page.lang, page.page.direction) == (shown, "ltr"), name
    nobodys = Visitor(sender.client, "nobodys")
    assert (await nobodys.ask()).page.lang == "fr"

    # Only drivers have texts in this language, and there are short ones for everyone.
    hass.config.language = "ar"
    bobs = (await Visitor(sender.client, token_of(house, "Bob")).ask()).page
    assert (bobs.lang, bobs.direction) == ("en", "ltr")
    missing = (await nobodys.ask()).page
    assert (missing.lang, missing.direction) == ("ar", "rtl")


async def test_only_recipients_see_unit_and_parcel_of_an_entry(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant(parcel_ref="PP-77")
    await sender.enter()
    await sender.enter("unheard-of", door="lobby")
    await house.settle()

    result = (await ada.ask()).lines
    assert any(line.startswith("Parcel Post was let in at Lobby, ") for line in result)
    # An unannounced delivery has no door.
    assert any(line.startswith("Parcel Post was refused, ") for line in result)
    assert "No such delivery was announced." in result
    assert "Unit 3B. Parcel PP-77." in result
    others = "\n".join((await bob.ask()).lines)
    assert "Parcel Post was let in at Lobby, " in others
    assert "3B" not in others
    assert "PP-77" not in others


async def test_latest_twenty_entries_are_listed_and_repeats_counted(
    sender: Sender, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    for number in range(22):
        freezer.tick(timedelta(minutes=11))
        await sender.enter(f"unheard-of-{number}", door="lobby")
    for _ in range(2):
        await sender.enter("unheard-of-21", door="lobby")
    lines = (await ada.ask()).lines
    assert len([line for line in lines if "was refused" in line]) == 20
    assert "Repeated shortly after: 2." in lines


async def test_expected_delivery_is_shown_to_its_unit_and_vetoed(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant(parcel_ref="PP-77", units=("3B", "4C"))
    shown = await ada.ask()
    assert "Parcel Post, Lobby" in shown.lines
    assert "Parcel PP-77." in shown.lines

    said = await ada.do("veto")

    assert "Vetoed. This delivery can't open the door for your home." in said.lines
    assert "No delivery to your home is announced." in said.lines
    assert "veto" in (await bob.ask()).deeds
    await bob.do("veto")
    assert (await sender.enter()).body["reason"] == "vetoed"


async def test_delivery_to_others_is_neither_shown_nor_vetoed(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant(units=("4C",))
    assert "veto" not in (await ada.ask()).deeds

    fields = (await bob.ask()).form("veto")
    sent = await ada.send(fields)

    assert sent.headers["Location"] == "?said=not_possible"
    assert (await sender.enter()).body["decision"] == "admitted"


async def test_unit_is_paused_and_resumed(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant()
    said = await ada.do("pause_unit")

    assert "Paused for your home." in said.lines
    assert "Your home is paused." in said.lines
    assert any(line.startswith("Paused for your home until ") for line in said.lines)
    assert (await sender.enter()).body["reason"] == "paused"
    assert "pause_unit" in (await bob.ask()).deeds

    said = await ada.do("resume_unit")

    assert (
        "Couriers with an announced delivery may come in now, within your home's rules."
        in said.lines
    )
    assert (await sender.enter()).body["decision"] == "admitted"


async def test_note_for_drivers_is_changed_and_removed_for_ones_own_home(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    assert "Add a note for drivers" in (await ada.ask()).lines
    said = await ada.do("set_note", note="On <b>the</b> ledge.")

    assert "Your home's note for drivers is saved." in said.lines
    assert "On <b>the</b> ledge." in said.lines
    assert said.form("set_note")["note"] == "On <b>the</b> ledge."
    assert house.building.rulebook.notes == {"3b": "On <b>the</b> ledge."}
    assert b"ledge" not in (await bob.ask()).body
    for refused in ({"note": "x" * 121}, {}, {"note": "x", "unit": "3B"}):
        assert (await bob.send({"do": "set_note", **refused})).status == 400

    said = await ada.do("set_note", note="")
    assert said.form("set_note")["note"] == ""
    assert "Add a note for drivers" in said.lines


async def test_any_resident_pauses_and_resumes_the_building(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant(units=("4C",))
    said = await ada.do("pause_building")

    assert "The whole building is paused." in said.lines
    assert (await sender.enter()).body["reason"] == "paused"

    said = await bob.do("resume_building")

    assert (
        "Couriers with an announced delivery may come in now, within your home's rules."
        in said.lines
    )
    assert (await sender.enter()).body["decision"] == "admitted"
    # A resident's unit stays paused if another resident resumes the building.
    assert "Your home is paused." in (await ada.ask()).lines


async def test_consent_is_withdrawn_at_once_and_given_with_the_checkbox(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await sender.grant()
    said = await ada.do("withdraw_consent")
    assert "You keep couriers out of your home." in said.lines
    assert "Consent was withdrawn for your home." in said.lines
    assert (await sender.enter()).body["decision"] == "refused"
    # It overrides the paper consent for good.
    await house.reload()

    said = await ada.do("give_consent")
    assert "Nothing was changed. To consent, check the box." in said.lines
    assert said.page.boxes == ["agree"]
    assert house.building.rulebook.of("resident-ada").consent is Consent.WITHDRAWN

    said = await ada.do("give_consent", agree="yes")
    assert "You have consented." in said.lines
    assert (await sender.grant("G2")).body["decision"] == "accepted"


async def test_pending_resident_reads_that_a_no_is_saved_and_not_in_effect(
    hass: HomeAssistant, sender: Sender
) -> None:
    people = People(hass)
    homes = await people.homes(Ada="3B")
    house = await build(hass, door(), courier(), *homes, resident("Dora", "3B"))
    dora = Visitor(sender.client, token_of(house, "Dora"))
    pending = "Saved, but not in effect until somebody of your home confirms you."
    out = "Couriers are kept out of your home."
    await people.consent(house, "Ada")
    for do, more in (("withdraw_consent", {}), ("set_week", {"preset": "none"})):
        shown = await dora.do(do, **more)
        assert pending in shown.lines
        assert out not in shown.lines
    assert (await sender.grant()).body["decision"] == "accepted"

    await people.confirm(house, "Dora", "Ada")
    assert (await sender.grant("G2")).body["decision"] == "refused"
    shown = await dora.do("lift_block")
    assert any(line.startswith("Your block is lifted.") for line in shown.lines)
    assert pending not in shown.lines


async def test_both_ways_to_say_no_stand_side_by_side(
    house: House, sender: Sender, ada: Visitor
) -> None:
    says = {
        "opt_out": "Only for you. Your passes, your address code, and automatic "
        "announcements end. Couriers still come in for others in your home who say "
        "yes. If nobody else does, your home's expected deliveries end, too.",
        "withdraw_consent": "For everyone in your home: no courier comes in anymore. "
        "Expected deliveries, passes, and automatic announcements end, and stay "
        "ended if you say yes again.",
    }

    def offered(said: Answer) -> list[str]:
        deeds = [form["do"] for form in said.page.forms if form["do"] in says]
        assert all(says[deed] in said.lines for deed in deeds)
        return deeds

    await sender.grant()
    assert offered(await ada.ask()) == ["opt_out", "withdraw_consent"]

    said = await ada.do("opt_out")

    assert (
        "Your no is recorded. Others in your home decide for themselves." in said.lines
    )
    assert "You said no. Others in your home decide for themselves." in said.lines
    assert "Nobody has consented for your home." in said.lines
    assert offered(said) == ["withdraw_consent"]
    assert (await sender.enter()).body["decision"] == "refused"
    await house.reload()
    assert house.building.rulebook.of("resident-ada").consent is Consent.OPTED_OUT
    said = await ada.do("withdraw_consent")
    assert offered(said) == []
    assert "give_consent" in said.deeds

    said = await ada.do("lift_block")

    assert (
        "Your block is lifted. Others in your home decide for themselves." in said.lines
    )
    assert offered(said) == ["withdraw_consent"]
    assert house.building.rulebook.of("resident-ada").consent is Consent.OPTED_OUT


async def test_consent_says_when_this_building_erases(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    options = {"retention_days": 45}
    hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()

    said = " ".join((await ada.do("opt_out")).lines)

    assert "The home, parcel, and driver are erased after 45 days." in said
    assert "The rest is deleted after 12 months, and up to a month more." in said
    assert "Your rules are erased 45 days after you change them." in said
    assert "is erased 365 days after your yes ends" in said
    about = " ".join((await ada.ask(query="?about")).lines)
    assert "who decided are erased after 45 days" in about


async def test_resident_without_an_account_is_not_sent_to_a_password(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    hass.config.external_url = "https://elm.example"
    for preset in ("none", "always"):
        await ada.do("set_week", preset=preset)
        await house.settle()

    [told] = [text for name, text in house.told if "were loosened" in text]

    assert "then replace the address of your page. " in told
    assert "password" not in told


async def test_page_asks_before_it_ends_anything(sender: Sender, ada: Visitor) -> None:
    await sender.grant()
    await ada.do("expect")
    ending = {"veto", "cancel", "revoke_pass"}
    ending |= {"opt_out", "withdraw_consent", "renew_link"}
    veto = "This delivery can then no longer open the door for your home."
    says = (
        f"{veto} You can't undo a veto.",
        "This delivery can then no longer open the door, and its passes end.",
        "This pass can then no longer open the door.",
        "Yes: Veto this delivery",
        "Yes: Keep couriers out of our home",
        "Back",
    )
    made = await ada.send((await ada.ask()).forms("make_pass")[-1])

    shown = await ada.ask()

    for each in (made, shown):
        assert ending <= each.deeds
        assert ending.isdisjoint(each.page.unasked)
    assert set(says) <= set(shown.lines)
    # It would load the page again, without the codes that are shown once.
    assert "Back" not in made.lines


async def test_page_says_that_consent_needs_hours(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    ada = Visitor(await hass_client_no_auth(), token_of(house))
    shown = await ada.ask()
    assert "You have not decided yet." in shown.lines
    assert "Nobody has consented for your home." in shown.lines

    said = await ada.do("give_consent", agree="yes")

    assert "Your home has no hours." in said.lines
    assert "You have no hours, so no courier is let in on your yes." in said.lines


@pytest.mark.freeze_time("2026-03-03 12:00:00+00:00")  # a Tuesday
async def test_page_says_why_no_courier_is_admitted(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    async def why(house: House) -> list[str]:
        visitor = Visitor(ada.client, token_of(house))
        return (await visitor.ask()).lines

    hours = {"building_hours": NINE_TO_FIVE}
    hass.config_entries.async_update_entry(house.entry, options=hours)
    await house.settle()
    assert "It's outside the building's hours." in await why(house)
    hass.config_entries.async_update_entry(house.entry, options={})
    await house.settle()
    await _decide(house, default=Attitude.DENY)
    denied = "Your home's rules let no courier in now."
    assert denied in await why(house)
    await _decide(house, schedule=WeekSchedule.from_mapping(NINE_TO_FIVE))
    assert "It's outside your home's hours." in await why(house)


async def test_rules_for_couriers_are_shown(house: House, ada: Visitor) -> None:
    await _decide(
        house,
        default=Attitude.ASK,
        couriers={"courier-parcel-post": Attitude.DENY, "courier-gone": Attitude.ALLOW},
        never_while=("input_boolean.away",),
    )
    lines = (await ada.ask()).lines
    assert "Every courier: Ask" in lines
    assert "Parcel Post: Deny" in lines
    assert "input_boolean.away" in lines[lines.index("Conditions") :]
    assert "courier-gone" not in "".join(lines)


async def test_undecided_resident_is_asked_first(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    ada = Visitor(await hass_client_no_auth(), token_of(house))

    undecided = (await ada.ask()).lines
    decided = (await ada.do("give_consent", agree="yes")).lines

    in_nav = undecided.index("Your consent")
    asked = undecided.index("Your consent", in_nav + 1)
    assert asked < undecided.index("Expected deliveries")
    assert decided.index("Your consent", in_nav + 1) > decided.index("Visits", in_nav)


async def test_hours_are_asked_for_directly_after_a_yes_without_any(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(
        hass, door(), courier(), resident("Ada", "3B", None), resident("Bob", "3B")
    )
    ada = Visitor(sender.client, token_of(house, "Ada"))
    order = ["Your hours", "Expected deliveries"]

    def shown_in(said: Answer) -> list[str]:
        return [line for line in said.lines if line in order]

    assert shown_in(await ada.ask()) == order[::-1]

    said = await ada.do("give_consent", agree="yes")

    assert shown_in(said) == order
    assert "You have no hours, so no courier is let in on your yes." in said.lines
    assert "set_week" in said.page.unasked
    assert shown_in(await ada.do("set_week", preset="evenings")) == order[::-1]


@pytest.mark.freeze_time("2026-03-03 12:00:00+00:00")  # a Tuesday
async def test_after_a_no_only_the_hours_of_the_others_are_to_blame(
    hass: HomeAssistant, sender: Sender
) -> None:
    flatmates = resident("Ada", "3B"), resident("Bob", "3B")
    house = await build(hass, door(), courier(), *flatmates)
    ada = Visitor(sender.client, token_of(house, "Ada"))
    bob = Visitor(sender.client, token_of(house, "Bob"))
    await sender.grant()
    hours = {**dict.fromkeys(WEEKDAYS, ""), "monday": "9-17"}
    await ada.do("opt_out")
    await bob.do("set_hours", **hours)
    without = (
        "Without your yes, only the hours of the others in your home count. "
        "It's outside them."
    )
    refused = "For your home, this delivery would be refused now: "
    own = "It's outside your home's hours."

    after_no = await ada.ask()

    assert {without, refused + without} <= set(after_no.lines)
    assert own not in "".join(after_no.lines)
    assert {own, refused + own} <= set((await bob.ask()).lines)
    on_tuesday = {"day": "2026-03-10", "hours": "day"}
    said = await ada.send({**after_no.form("expect"), **on_tuesday})
    assert without in said.lines


async def test_a_no_is_taken_back_from_where_it_shuts_the_door(
    hass: HomeAssistant, sender: Sender, house: House, ada: Visitor
) -> None:
    def links(said: Answer) -> int:
        return said.page.attributes.count(("href", "#consent"))

    given = await ada.ask()
    for no in ("opt_out", "withdraw_consent"):
        said = await ada.do(no)
        assert (links(given), links(said)) == (1, 2)
        assert said.page.attributes.count(("id", "consent")) == 1
        # Expecting a parcel isn't what this page is for, then.
        assert ("class", "button yes") in given.page.attributes
        assert ("class", "button yes") not in said.page.attributes


async def test_parcel_is_expected_before_home_visits_and_rules(
    sender: Sender, ada: Visitor
) -> None:
    await sender.grant("G1", max_entries=2)
    await sender.enter("G1")

    lines = (await ada.ask()).lines

    order = [
        "Expected deliveries",
        "Expect a parcel",
        "Parcel Post, Lobby",
        "Unit 3B",
        "Lobby: Unlocked",
        "Visits",
        "My rules",
    ]
    places = [lines.index(name, 4) for name in order]
    assert places == sorted(places)


async def test_all_but_the_newest_visits_are_folded(
    house: House, sender: Sender, ada: Visitor
) -> None:
    for number in range(personal_page.SHOWN_VISITS + 1):
        assert "Earlier visits" not in (await ada.ask()).lines
        await sender.grant(f"G{number}")
        await sender.enter(f"G{number}")
        await house.settle()

    lines = (await ada.ask()).lines

    visits = [at for at, line in enumerate(lines) if "was let in at Lobby" in line]
    folded = [at for at in visits if at > lines.index("Earlier visits")]
    assert (len(visits), len(folded)) == (personal_page.SHOWN_VISITS + 1, 1)


@pytest.mark.freeze_time("2026-03-03 12:00:00+00:00")
async def test_pause_lasts_as_chosen(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    house.building.host.zone = ZoneInfo("Europe/Paris")
    pauses = house.building.rulebook.pauses
    for length, until in (
        ("hour", "2026-03-03T13:00:00+00:00"),
        ("tonight", "2026-03-03T23:00:00+00:00"),
        ("day", "2026-03-04T12:00:00+00:00"),
    ):
        await ada.do("pause_unit", length=length)
        assert pauses.until("3b") == datetime.fromisoformat(until)
        await ada.do("resume_unit")
    assert (await ada.send({"do": "pause_unit", "length": "ever"})).status == 400


async def test_week_is_chosen_from_the_presets(house: House, ada: Visitor) -> None:
    shown = (await ada.ask()).lines
    assert "Weekday evenings 5 \u2013 9 PM" in shown
    assert "Every day 8 AM \u2013 6 PM" in shown
    for preset, line in (
        ("evenings", "Monday to Friday: 5 \u2013 9 PM"),
        ("daytime", "Every day: 8 AM \u2013 6 PM"),
        ("none", "You have no hours, so no courier is let in on your yes."),
        ("always", "Every day: all day"),
    ):
        said = await ada.do("set_week", preset=preset)
        assert "Your hours are saved." in said.lines
        assert line in said.lines
        chosen = [value for name, value in said.page.attributes if name == "class"]
        assert chosen.count("yes") == 3
    assert (await ada.send({"do": "set_week", "preset": "some"})).status == 400


async def test_hours_that_were_typed_are_not_replaced_by_one_tap(
    ada: Visitor,
) -> None:
    assert "set_week" in (await ada.ask()).page.unasked
    said = await ada.do("set_hours", **dict.fromkeys(WEEKDAYS, "10:00-12:00"))
    assert "Every day: 10 AM \u2013 12 PM" in said.lines
    assert "Replace these hours with others" in said.lines
    assert "set_week" not in said.page.unasked
    said = await ada.do("set_week", preset="always")
    assert "set_week" in said.page.unasked


async def test_export_has_all_entries_and_matching_records(
    house: House, sender: Sender, ada: Visitor, bob: Visitor
) -> None:
    await sender.grant(parcel_ref="PP-77")
    await sender.enter()
    await ada.do("set_note", note="Up.")
    await house.settle()

    own, others = await ada.ask(query="?export"), await bob.ask(query="?export")

    assert (
        own.headers["Content-Disposition"]
        == 'attachment; filename="courier-access.json"'
    )
    assert own.headers["Content-Type"] == "application/json"
    taken = json.loads(own.body)
    assert (taken["building"], taken["unit"]) == ("12 Elm Street", "3B")
    assert taken["driver_notes"] == {"3B": "Up."}
    assert json.loads(others.body)["driver_notes"] == {}
    (entry,) = taken["entries"]
    expected = {"courier": "Parcel Post", "units": ["3B"], "parcel_ref": "PP-77"}
    assert entry | expected == entry
    records = [record["record"] for record in taken["records"]]
    assert entry["record"] in records
    assert records == [number + 1 for number in range(len(records))]
    read = others.body.decode()
    assert "PP-77" not in read
    assert '"3B"' not in read  # an entry's id is of random letters and digits


async def test_page_says_that_older_visits_are_left_out(
    house: House, sender: Sender, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personal_page, "MOST_ENTRIES", 2)
    monkeypatch.setattr(personal_page, "SHOWN_VISITS", 1)
    says = "These are the 2 newest visits. The downloads below have all of them."
    for number in range(3):
        assert says not in (await ada.ask()).lines
        await sender.grant(f"G{number}")
        await sender.enter(f"G{number}")
        await house.settle()

    assert says in (await ada.ask()).lines


async def test_long_export_is_complete(
    house: House, sender: Sender, ada: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_log, "MOST_ON_PAGE", 2)
    monkeypatch.setattr(personal_page, "MOST_ON_PAGE", 3)
    for number in range(4):
        await sender.grant(f"G{number}")
        await sender.enter(f"G{number}")
    await house.settle()

    taken = json.loads((await ada.ask(query="?export")).body)

    records = [entry["record"] for entry in taken["entries"]]
    assert len(records) == 4
    assert records == sorted(records, reverse=True)


async def test_only_the_new_link_opens_the_page(
    house: House, ada: Visitor, sender: Sender
) -> None:
    old = Visitor(sender.client, ada.token)
    said = await ada.do("renew_link")

    assert said.status == 200
    assert ada.token != old.token
    assert ada.token == token_of(house)
    assert any(line.startswith("This page has a new address") for line in said.lines)
    gone, never = await old.ask(), await Visitor(sender.client, "never was").ask()
    assert (gone.status, gone.body) == (never.status, never.body)
    assert gone.status == 404


async def test_page_of_an_unloaded_building_is_not_ready(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    away = await ada.ask()
    assert (away.status, away.headers["Retry-After"]) == (503, "60")
    assert (await ada.send({"do": "pause_unit"})).status == 503

    assert await hass.config_entries.async_setup(house.entry.entry_id)
    assert (await ada.ask()).status == 200


async def test_disabled_building_has_no_page_until_it_is_enabled(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    disable = hass.config_entries.async_set_disabled_by
    await disable(house.entry.entry_id, ConfigEntryDisabler.USER)
    assert (await ada.ask()).status == 404
    assert (await ada.send({"do": "pause_unit"})).status == 404

    await disable(house.entry.entry_id, None)
    assert (await ada.ask()).status == 200


async def test_unreadable_ledger_is_reported_on_the_page(
    house: House, ada: Visitor
) -> None:
    await house.building.ledger.close()
    assert (await ada.send({"do": "withdraw_consent"})).status == 503
    assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN


async def _decide(house: House, **decided: Any) -> None:
    building = house.building
    ada = building.residents["resident-ada"]
    old = building.rulebook.of(ada.id)
    new = replace(Rules(consent=old.consent, schedule=old.schedule), **decided)
    await building.rulebook.change(ada, new, Author(by_link=True))
