"""Residents without an account expect parcels, make passes, and edit hours on their page, over real HTTP."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta
import json
from pathlib import Path
import re
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.hours import (
    ALWAYS,
    WEEKDAYS,
    Hours,
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import Attitude, IssuerKind, Proof
from custom_components.courier_access.api.commands import async_change_rules
from custom_components.courier_access.api.permissions import link_holder
from custom_components.courier_access.const import RESIDENT_LANGUAGES
from custom_components.courier_access.web.html import page_texts
from custom_components.courier_access.web.personal.actions import (
    WindowProblem,
    read_window,
)
from tests.support.drivers import hang_sheets
from tests.support.house import (
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    entries_of,
    pass_time,
    resident,
    two_doors,
)
from tests.support.pages import Answer, Visitor, token_of

TUESDAY = "2026-11-24T17:05:00+00:00"


OWN = json.loads(Path(__file__).with_name("own_hours.json").read_text("utf-8"))
OFFICE = {day: [{"from": "08:00:00", "to": "12:00:00"}] for day in WEEKDAYS[:5]}


@pytest.fixture
async def house(hass: HomeAssistant, freezer: FrozenDateTimeFactory) -> House:
    """A building in Paris with two doors; it is Tuesday evening."""
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to(TUESDAY)
    both = ("door-lobby", "door-garage")
    return await build(
        hass,
        *two_doors(),
        courier(doors=both),
        courier("Night Mail", both, longest_grant_hours=48),
        resident("Ada", "3B"),
        resident("Bob", "4C", OFFICE),
        resident("Eve", "3B"),
    )


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Ada"))


@pytest.fixture
def bob(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house, "Bob"))


async def refused(visitor: Visitor, do: str, **fields: str) -> Answer:
    """Send a form that comes back with what is wrong."""
    shown = await visitor.ask()
    answer = await visitor.send({**shown.form(do), **fields})
    assert answer.status == 200
    return answer


EVENING = {"day": "2026-11-24", "hours": "evening", "parcel": "PKT-77 <big>"}


async def test_resident_expects_changes_and_cancels_a_parcel(
    house: House, ada: Visitor
) -> None:
    shown = await ada.do("expect", **EVENING)
    assert "The parcel is expected." in shown.lines
    assert "Parcel PKT-77 <big>." in shown.lines
    assert any("5:00 PM \u2013 9:00 PM" in line for line in shown.lines)
    [grant] = house.building.grants.expected()
    assert grant.issuer is not None
    assert (grant.issuer.kind, grant.issuer.id) == (IssuerKind.RESIDENT, "resident-ada")
    assert grant.accepted_units == ("3b",)
    assert grant.ends_at.isoformat() == "2026-11-24T20:00:00+00:00"
    await house.settle()
    assert {name for name, _ in house.announced} == {"Ada", "Eve"}

    [form] = shown.forms("revise")
    assert (form["day"], form["from"], form["to"], form["parcel"]) == (
        "2026-11-24",
        "17:00",
        "21:00",
        "PKT-77 <big>",
    )
    times = {"hours": "other", "from": "20:00", "to": "01:30", "door": "door-garage"}
    shown = await ada.do("revise", **times, parcel="")
    assert "The delivery is changed." in shown.lines
    [grant] = house.building.grants.expected()
    assert (grant.revision, grant.delivery.parcel_ref, grant.door_id) == (
        2,
        None,
        "door-garage",
    )
    assert grant.ends_at.isoformat() == "2026-11-25T00:30:00+00:00"

    shown = await ada.do("cancel")
    assert "Canceled. This delivery can't open the door anymore." in shown.lines
    assert house.building.grants.expected() == []
    await house.settle()


async def test_parcel_that_would_be_refused_says_why_to_its_home(
    house: House, ada: Visitor, bob: Visitor
) -> None:
    why = "For your home, this delivery would be refused now:"
    await ada.do("expect", **EVENING)
    assert why not in str((await ada.ask()).lines)
    shown = await ada.do("pause_unit", length="hour")
    paused = f"{why} Paused for your home until "
    [said] = [line for line in shown.lines if why in line]
    assert said.startswith(paused)
    assert "7:05 PM" in said
    shown = await ada.send(shown.form("make_pass"))
    assert len([line for line in shown.lines if line.startswith(paused)]) == 2
    assert why not in str((await bob.ask()).lines)


async def test_refused_form_comes_back_as_it_was_filled_in(
    house: House, ada: Visitor, bob: Visitor
) -> None:
    typed = {"courier": "courier-night-mail", "door": "door-garage", "parcel": "N <1>"}
    for fields, says in (
        ({"hours": "other", "from": "", "to": "10:00"}, "Enter a day and both times."),
        ({"day": ""}, "Enter a day and both times."),
        ({"day": "9999-12-31", "hours": "all_day"}, "Enter a day and both times."),
        (
            {"hours": "other", "from": "20:00+01:00", "to": "21:00"},
            "Enter a day and both",
        ),
        ({"hours": "sometimes"}, "Enter a day and both times."),
        ({"day": "2026-11-23", "hours": "day"}, "The end must be in the future."),
        ({"day": "2027-01-23", "hours": "day"}, "A grant must end within 30 days."),
    ):
        answer = await refused(ada, "expect", **typed, **fields)
        assert any(line.startswith(says) for line in answer.lines), fields
        [form] = answer.forms("expect")
        kept = {**typed, **fields}
        kept.pop("hours", None)
        assert kept.items() <= form.items()
    closed = await refused(bob, "expect", day="2026-11-28", hours="mine")
    assert "You have no hours that day." in closed.lines
    too_long = await refused(
        ada, "expect", hours="other", **{"from": "08:00", "to": "07:00"}
    )
    assert any("at most 12 hours" in line for line in too_long.lines)
    assert house.building.grants.expected() == []


async def test_rules_decide_on_a_parcel_and_say_why(house: House, bob: Visitor) -> None:
    answer = await refused(bob, "expect", **EVENING)

    assert "Not accepted. This delivery can't open the door." in answer.lines
    assert "It's outside your home's hours." in answer.lines
    assert answer.form("expect")["parcel"] == EVENING["parcel"]
    assert house.building.grants.expected() == []


async def test_refused_parcel_names_what_its_home_alone_may_know(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    resident_eve = house.building.residents["resident-eve"]
    post = "courier-parcel-post"
    await async_change_rules(
        house.building,
        link_holder(resident_eve),
        resident_eve,
        lambda rules: replace(rules, couriers={post: Attitude.DENY}),
    )
    answer = await refused(ada, "expect", **EVENING, courier=post)
    assert "Somebody in your home denies this courier." in answer.lines

    await ada.do("pause_unit", length="day")
    answer = await refused(ada, "expect", **EVENING, courier="courier-night-mail")
    until = "Paused for your home until Wed, Nov 25, 6:05 PM."
    assert until in answer.lines

    hours = {day: [{"from": "09:00", "to": "12:00"}] for day in WEEKDAYS[:5]}
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": hours}
    )
    await house.settle()
    await ada.do("resume_unit")
    answer = await refused(ada, "expect", **EVENING, courier="courier-night-mail")
    says = (
        "Outside the building's hours: "
        "Monday to Friday: 9 AM \u2013 12 PM, Saturday to Sunday: closed."
    )
    assert says in answer.lines


async def test_refused_change_ends_the_delivery_and_keeps_what_was_typed(
    house: House, bob: Visitor
) -> None:
    await bob.do("expect", day="2026-11-25", hours="mine", parcel="PKT-5")
    [grant] = house.building.grants.expected()
    assert (grant.starts_at.isoformat(), grant.ends_at.isoformat()) == (
        "2026-11-25T07:00:00+00:00",
        "2026-11-25T11:00:00+00:00",
    )
    closed = await refused(bob, "revise", hours="mine", day="2026-11-28")
    assert len(closed.forms("revise")) == 1
    assert closed.form("revise")["day"] == "2026-11-28"

    answer = await refused(bob, "revise", day="2026-11-28", hours="evening")

    assert "Not accepted. This delivery can't open the door." in answer.lines
    assert answer.forms("revise") == []
    form = answer.form("expect")
    assert (form["day"], form["parcel"]) == ("2026-11-28", "PKT-5")
    assert house.building.grants.expected() == []


async def test_presets_are_those_that_fit(
    house: House, ada: Visitor, bob: Visitor
) -> None:
    def presets(answer: Answer) -> set[str]:
        return set(re.findall(r'<option value="(\w+)"', answer.body.decode())) & {
            *("mine", "day", "evening", "all_day", "other")
        }

    # Night Mail may have 48 hours.
    assert presets(await ada.ask()) == {"mine", "day", "evening", "all_day", "other"}
    house.hass.config_entries.async_remove_subentry(house.entry, "courier-night-mail")
    await house.settle()
    # Parcel Post may have twelve.
    assert presets(await ada.ask()) == {"mine", "day", "evening", "other"}
    assert presets(await bob.ask()) == {"mine", "day", "evening", "other"}
    await bob.do("set_week", preset="none")
    assert presets(await bob.ask()) == {"day", "evening", "other"}


def preselected(answer: Answer) -> tuple[str, ...]:
    form = answer.form("expect")
    return form["courier"], form["day"], form["hours"]


async def test_preselected_is_the_first_delivery_that_nothing_refuses(
    house: House, ada: Visitor, bob: Visitor
) -> None:
    post, night = "courier-parcel-post", "courier-night-mail"
    assert preselected(await ada.ask()) == (post, "2026-11-24", "mine")
    # It's Tuesday evening: office hours come again tomorrow.
    assert preselected(await bob.ask()) == (post, "2026-11-25", "mine")

    await bob.do("pause_unit", length="day")
    assert preselected(await bob.ask()) == (post, "2026-11-26", "mine")

    resident_bob = house.building.residents["resident-bob"]
    await async_change_rules(
        house.building,
        link_holder(resident_bob),
        resident_bob,
        lambda rules: replace(rules, couriers={post: Attitude.DENY}),
    )
    assert preselected(await bob.ask()) == (night, "2026-11-26", "mine")
    saved = await bob.do("expect")
    assert "The parcel is expected." in saved.lines
    await house.settle()


async def test_own_hours_that_are_expected_are_those_within_the_buildings(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    hours = {day: [{"from": "09:00", "to": "12:00"}] for day in WEEKDAYS[:5]}
    hass.config_entries.async_update_entry(
        house.entry, options={"building_hours": hours}
    )
    await house.settle()

    form = (await ada.ask()).form("expect")
    assert (form["day"], form["hours"]) == ("2026-11-25", "mine")
    await ada.do("expect")
    [grant] = house.building.grants.expected()
    assert (grant.starts_at.isoformat(), grant.ends_at.isoformat()) == (
        "2026-11-25T08:00:00+00:00",
        "2026-11-25T11:00:00+00:00",
    )
    await house.settle()


async def test_preselected_is_the_first_that_is_not_over_if_everything_is_refused(
    house: House, bob: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    await bob.do("set_week", preset="none")
    first = ("courier-parcel-post", "2026-11-24", "evening")
    assert preselected(await bob.ask()) == first
    await bob.do("withdraw_consent")
    assert preselected(await bob.ask()) == first
    await pass_time(house.hass, freezer, 4 * 3600)
    assert preselected(await bob.ask())[1:] == ("2026-11-25", "day")
    await house.settle()


async def test_flatmates_hours_are_preselected_for_a_resident_without_own(
    house: House, sender: Sender
) -> None:
    eve = Visitor(sender.client, token_of(house, "Eve"))
    await eve.do("set_week", preset="none")
    # The day is over, the evening isn't, and Ada is always open.
    assert preselected(await eve.ask())[1:] == ("2026-11-24", "evening")
    await house.settle()


async def test_own_hours_are_expected_from_now_on_if_a_grant_may_not_be_as_long(
    house: House, ada: Visitor
) -> None:
    await ada.do(
        "expect", day="2026-11-24", hours="mine", courier="courier-parcel-post"
    )
    [grant] = house.building.grants.expected()
    assert (grant.starts_at.isoformat(), grant.ends_at.isoformat()) == (
        "2026-11-24T17:05:00+00:00",
        "2026-11-24T23:00:00+00:00",
    )
    await house.settle()


@pytest.mark.parametrize("case", OWN["cases"], ids=str)
def test_own_hours_are_cut_to_the_longest_grant_as_in_the_panel(
    case: dict[str, Any],
) -> None:
    def week(name: str) -> WeekSchedule:
        windows = [{"from": start, "to": end} for start, end in OWN["weeks"][name]]
        return WeekSchedule.from_mapping(dict.fromkeys(WEEKDAYS, windows))

    off = [HoursException(day, day) for day in map(date.fromisoformat, case["off"])]
    zone = ZoneInfo("Europe/Paris")
    window = read_window(
        {"day": case["day"], "hours": "mine"},
        (
            Hours(week(case["week"]), tuple(off)),
            Hours(week(case.get("building", "full"))),
        ),
        zone,
        timedelta(hours=case["longest"]),
        datetime.fromisoformat(case["now"]).replace(second=20, tzinfo=zone),
    )
    if case["own"] is None:
        assert window is WindowProblem.CLOSED
        return
    assert not isinstance(window, WindowProblem)
    assert [f"{each.astimezone(zone):%Y-%m-%dT%H:%M}" for each in window] == case["own"]


async def test_without_a_courier_that_may_come_nothing_can_be_expected(
    hass: HomeAssistant, sender: Sender
) -> None:
    deaf = courier("Deaf Post", enabled=False)
    house = await build(hass, door(), courier("Post", ()), deaf, resident())
    ada = Visitor(sender.client, token_of(house))
    assert "expect" not in (await ada.ask()).deeds


async def test_courier_with_one_door_needs_none_named(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass)
    ada = Visitor(sender.client, token_of(house))
    day = (dt_util.now() + timedelta(days=1)).date().isoformat()
    assert "door" not in (await ada.ask()).form("expect")

    await ada.do("expect", day=day, hours="day")

    [grant] = house.building.grants.expected()
    assert grant.door_id == "door-lobby"
    await house.settle()


async def test_pass_is_shown_once_and_opens_the_door(
    house: House, ada: Visitor, sender: Sender
) -> None:
    await ada.do("expect", **EVENING, door="door-lobby")
    shown = await ada.ask()
    made = await ada.send(shown.form("make_pass"))
    assert made.status == 200
    assert made.headers["Cache-Control"] == "no-store"
    [line] = [line for line in made.lines if line.startswith("PIN")]
    pin = line.removeprefix("PIN").strip()
    assert re.fullmatch(r"\d{8}", pin)
    assert any(re.fullmatch(r"Short code \w{4}-\w{4}", line) for line in made.lines)
    assert "These codes are shown only once. Send them before you go on." in made.lines
    again = await ada.ask()
    assert pin not in again.body.decode()
    assert len(again.forms("revoke_pass")) == 1

    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=pin)
    await house.settle()
    assert answer["decision"] == "admitted"
    [entry] = await entries_of(house.building, 5)
    assert entry.proof == "pass"
    came = await ada.ask()
    assert "Shown: a one-time pass." in came.lines
    assert came.forms("revoke_pass") == []


async def test_saved_parcel_is_answered_with_its_pass(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(
        hass, door(), courier(keys=[], longest_grant_hours=24), resident("Ada", "3B")
    )
    ada = Visitor(sender.client, token_of(house))

    made = await ada.send((await ada.ask()).form("expect"))

    assert made.status == 200
    assert "The parcel is expected." in made.lines
    [line] = [line for line in made.lines if line.startswith("PIN")]
    pin = line.removeprefix("PIN").strip()
    [said] = [line for line in made.lines if line.endswith(f"PIN {pin} at the door")]
    assert said.startswith("12 Elm Street, ")
    links = [at for name, at in made.page.attributes if name == "href"]
    for scheme in ("sms:?&body=", "mailto:?body="):
        assert scheme + quote(said) in links
    assert made.lines.index(said) < made.lines.index("Expected deliveries")
    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=pin)
    assert answer["decision"] == "admitted"
    await house.settle()


async def test_saved_parcel_that_is_sent_again_changes_nothing(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(
        hass, door(), courier(keys=[], longest_grant_hours=24), resident("Ada", "3B")
    )
    ada = Visitor(sender.client, token_of(house))
    form = (await ada.ask()).form("expect")
    made = await ada.send(form)

    again = await ada.send(form)  # the browser's button to reload

    assert again.headers["Location"] == "?said=sent_again"
    [grant] = house.building.grants.expected()
    [one] = house.building.passes.of_grants([grant])
    assert one.id in [each["pass"] for each in made.forms("revoke_pass")]
    assert (await ada.send({**form, "once": "x" * 23})).status == 400
    await ada.send({**form, "once": "x" * 22})
    assert len(house.building.grants.expected()) == 2
    await house.settle()


@pytest.mark.parametrize("courier_id", ["courier-parcel-post", "courier-night-mail"])
async def test_two_taps_expect_one_parcel(
    house: House, ada: Visitor, courier_id: str
) -> None:
    form = (await ada.ask()).form("expect")
    sent = {**form, **EVENING, "courier": courier_id}

    first, second = await asyncio.gather(ada.send(sent), ada.send(sent))

    assert (first.status, second.status) == (303, 303)
    assert first.headers["Location"] == second.headers["Location"] == "?said=expect"
    third = await ada.send(sent)
    assert third.headers["Location"] == "?said=sent_again"
    twice = "You sent this twice, and it was done once."
    assert twice in str((await ada.ask(query="?said=sent_again")).lines)
    assert len(house.building.grants.expected()) == 1
    # What is typed into the form after that is another parcel.
    other = await ada.send({**sent, "parcel": "PKT-78"})
    assert other.headers["Location"] == "?said=expect"
    assert len(house.building.grants.expected()) == 2


async def test_two_taps_make_one_pass_and_both_answers_show_it(
    house: House, ada: Visitor
) -> None:
    await ada.do("expect", **EVENING)
    form = (await ada.ask()).form("make_pass")

    answers = await asyncio.gather(ada.send(form), ada.send(form))

    pins = {line for each in answers for line in each.lines if line.startswith("PIN")}
    assert len(pins) == 1
    [grant] = house.building.grants.expected()
    assert len(house.building.passes.of_grants([grant])) == 1


async def test_refused_parcel_can_be_sent_again(house: House, bob: Visitor) -> None:
    form = {**(await bob.ask()).form("expect"), **EVENING}
    assert (await bob.send(form)).status == 200
    await bob.do("set_week", preset="always")
    assert (await bob.send(form)).headers["Location"] == "?said=expect"


async def test_parcel_is_saved_without_a_pass_if_its_courier_sends_messages(
    ada: Visitor,
) -> None:
    shown = await ada.do("expect", **EVENING)
    assert "make_pass" in shown.deeds
    assert shown.forms("revoke_pass") == []


async def test_parcel_is_saved_without_a_pass_by_a_resident_who_has_not_consented(
    hass: HomeAssistant, sender: Sender
) -> None:
    residents = resident("Ada", "3B"), resident("Eve", "3B", None)
    house = await build(
        hass, door(), courier(keys=[], longest_grant_hours=24), *residents
    )
    eve = Visitor(sender.client, token_of(house, "Eve"))

    shown = await eve.do("expect")

    assert "The parcel is expected." in shown.lines
    [grant] = house.building.grants.expected()
    assert list(house.building.passes.of_grants([grant])) == []
    await house.settle()


async def test_pass_that_was_sent_on_outlives_a_reload_of_its_page(
    house: House, ada: Visitor
) -> None:
    await ada.do("expect", **EVENING, door="door-lobby")
    form = (await ada.ask()).form("make_pass")
    [line] = [each for each in (await ada.send(form)).lines if each.startswith("PIN")]

    again = await ada.send(form)

    assert again.headers["Location"] == "?said=sent_again"
    pin = line.removeprefix("PIN").strip()
    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=pin)
    assert answer["decision"] == "admitted"
    await house.settle()


async def test_new_pass_ends_the_earlier_one_and_a_revoked_one_opens_nothing(
    house: House, ada: Visitor
) -> None:
    await ada.do("expect", **EVENING)
    ended = "The earlier pass for this delivery doesn't work anymore."
    pins = []
    for earlier in (0, 1):
        made = await ada.send((await ada.ask()).form("make_pass"))
        pins += [line[4:].strip() for line in made.lines if line.startswith("PIN")]
        assert made.lines.count(ended) == earlier
    assert len((await ada.ask()).forms("revoke_pass")) == 1
    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=pins[0])
    assert answer["reason"] == "unknown_grant"

    shown = await ada.do("revoke_pass")
    assert "Revoked. This pass can't open the door anymore." in shown.lines
    answer = await ask(house, "request_entry", "door-lobby", Context(), pin=pins[1])
    assert answer["reason"] == "unknown_grant"


async def test_page_says_first_that_a_new_pass_ends_the_earlier_one(
    house: House, ada: Visitor
) -> None:
    ends = "The driver may have the earlier pass already. It stops working at once."
    await ada.do("expect", **EVENING)
    shown = await ada.ask()
    assert "Pass for the driver" in shown.lines
    assert ends not in str(shown.lines)

    await ada.send(shown.form("make_pass"))
    shown = await ada.ask()
    assert "New pass (the earlier one ends)" in shown.lines
    assert ends in str(shown.lines)


async def test_pass_has_its_link_and_a_drawn_code_at_a_door_with_a_sheet(
    hass: HomeAssistant, house: House, ada: Visitor
) -> None:
    await hass.config.async_update(external_url="https://elm.example")
    await hang_sheets(house, "door-lobby")
    await ada.do("expect", **EVENING, door="door-lobby")
    made = (await ada.send((await ada.ask()).form("make_pass"))).body.decode()
    assert "https://elm.example/api/courier_access/pass/" in made
    assert '<svg viewBox="0 0 ' in made
    assert "<script" not in made

    await ada.do("revise", door="door-garage")
    made = (await ada.send((await ada.ask()).form("make_pass"))).body.decode()
    assert "/api/courier_access/pass/" not in made
    assert "<svg" not in made


async def test_neighbor_touches_no_parcel_with_a_page_of_their_own(
    house: House, ada: Visitor, bob: Visitor
) -> None:
    shown = await ada.do("expect", **EVENING)
    await ada.send(shown.form("make_pass"))
    shown = await ada.ask()
    [grant] = house.building.grants.expected()
    for do in ("revise", "cancel", "make_pass", "revoke_pass"):
        answer = await bob.send(shown.form(do))
        text = answer.body.decode()
        assert answer.status in (200, 303), do
        assert "PIN" not in text, do
    assert house.building.grants.expected() == [grant]
    assert len(house.building.passes.of_grants([grant])) == 1

    seen = (await bob.ask()).body.decode()
    for secret in ("PKT-77", grant.key.grant_id, "3B"):
        assert secret not in seen


async def test_flatmate_vetoes_what_another_expects_and_passes_for_it(
    house: House, ada: Visitor, sender: Sender
) -> None:
    await ada.do("expect", **EVENING)
    eve = Visitor(sender.client, token_of(house, "Eve"))
    shown = await eve.ask()
    assert {"veto", "make_pass"} <= shown.deeds
    assert not {"revise", "cancel"} & shown.deeds
    form = (await ada.ask()).form("cancel")
    assert (await eve.send(form)).headers["Location"] == "?said=not_possible"

    await eve.do("veto")
    assert house.building.grants.expected() == []
    await house.settle()


async def test_resident_writes_their_weekly_hours(house: House, ada: Visitor) -> None:
    shown = await ada.ask()
    assert shown.form("set_hours") == {
        "do": "set_hours",
        **dict.fromkeys(WEEKDAYS, "00:00-24:00"),
    }
    hours = {**dict.fromkeys(WEEKDAYS, ""), "friday": "8-12, 17h-21h30"}

    shown = await ada.do("set_hours", **hours)

    assert "Your hours are saved." in shown.lines
    assert "Friday: 8 AM \u2013 12 PM, 5:00 \u2013 9:30 PM" in shown.lines
    assert shown.form("set_hours")["friday"] == "08:00-12:00, 17:00-21:30"
    rules = house.building.rulebook.of("resident-ada")
    assert [len(day) for day in rules.schedule.days] == [0, 0, 0, 0, 2, 0, 0]
    # The paper with other hours came before.
    await house.reload()
    assert house.building.rulebook.of("resident-ada") == rules
    # Looser hours are notified to the resident.
    await ada.do("set_hours", **dict.fromkeys(WEEKDAYS, "0-24"))
    assert house.building.rulebook.of("resident-ada").schedule == ALWAYS
    await house.settle()
    assert any("personal link" in text for name, text in house.told if name == "Ada")


async def test_hours_are_read_as_the_page_writes_them_in_each_language(
    hass: HomeAssistant, sender: Sender
) -> None:
    residents = [resident(each, language=each) for each in RESIDENT_LANGUAGES]
    house = await build(hass, door(), courier(), *residents)
    nine_to_noon = WeekSchedule((((9 * 3600, 12 * 3600),), *((),) * 6))

    for language in RESIDENT_LANGUAGES:
        page = Visitor(sender.client, token_of(house, language))
        hours = {**dict.fromkeys(WEEKDAYS, ""), "monday": "9-12"}
        shown = await page.do("set_hours", **hours)
        day = (await page_texts(hass, language, ZoneInfo("UTC"))).plain("page_monday")
        [written] = re.findall(rf"(?m)^{day}\s?: (.*9.*)$", "\n".join(shown.lines))
        await page.do("set_week", preset="none")

        await page.do("set_hours", **{**hours, "monday": written})

        rules = house.building.rulebook.of(f"resident-{language.lower()}")
        assert rules.schedule == nine_to_noon, written


async def test_all_that_is_wrong_with_hours_is_said_at_once_and_nothing_is_lost(
    house: House, ada: Visitor
) -> None:
    before = house.building.rulebook.of("resident-ada")
    typed = {
        **dict.fromkeys(WEEKDAYS, "08:00-12:00"),
        "monday": "8-12, soon, 9-9",
        "sunday": '<b>"late"</b>',
    }

    answer = await refused(ada, "set_hours", **typed)

    text = answer.body.decode()
    assert answer.form("set_hours") == {"do": "set_hours", **typed}
    for wrong in (
        "“soon” can't be read",
        "“9-9” is empty",
        "“<b>&quot;late&quot;</b>” can't",
    ):
        assert any(wrong.replace("&quot;", '"') in line for line in answer.lines), wrong
    assert "<b>" not in text
    assert text.count('aria-invalid="true"') == 2
    # The page is shown from its top again, and names the fields there.
    assert [line for line in answer.lines if line.startswith("Sunday: ")] == [
        'Sunday: “<b>"late"</b>” can\'t be read. Write 08:00-12:00, 14:00-18:30.'
    ]
    assert re.findall(r'href="#(wrong-[a-z]+)"', text) == re.findall(
        r'id="(wrong-[a-z]+)"', text
    )
    assert text.count(" autofocus") == 2  # browsers go to the first one
    assert house.building.rulebook.of("resident-ada") == before


async def test_page_offers_no_pass_without_consent(house: House, ada: Visitor) -> None:
    await ada.do("expect", **EVENING)
    form = (await ada.ask()).form("make_pass")
    resident_ada = house.building.residents["resident-ada"]
    await async_change_rules(
        house.building,
        link_holder(resident_ada),
        resident_ada,
        lambda rules: replace(rules, default=Attitude.ASK),
    )
    assert "make_pass" in (await ada.ask()).deeds
    await ada.do("withdraw_consent")

    assert "make_pass" not in (await ada.ask()).deeds
    answer = await ada.send(form)
    assert (
        "This delivery isn't for your home, has ended, or has no visits left, or you "
        "haven't consented." in answer.lines
    )
    await house.settle()


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "expect"},
        {"do": "expect", "courier": "c", "day": "", "hours": "", "from": "", "to": ""},
        {"do": "cancel", "courier": "c"},
        {"do": "revoke_pass"},
        {"do": "set_hours", "monday": ""},
        {"do": "set_hours", **dict.fromkeys(WEEKDAYS, ""), "every_day": "0-24"},
        {"do": "pause_unit", "door": "door-lobby"},
    ],
)
async def test_what_no_form_sends_is_not_understood(
    ada: Visitor, fields: dict[str, str]
) -> None:
    assert (await ada.send(fields)).status == 400


@pytest.mark.parametrize("note", ["x" * 65, "two\nlines", "\u202eturned"])
async def test_note_that_no_browser_sends_is_not_understood(
    house: House, ada: Visitor, note: str
) -> None:
    form = (await ada.ask()).form("expect")

    assert (await ada.send({**form, **EVENING, "parcel": note})).status == 400
    assert house.building.grants.expected() == []


async def test_pass_that_asks_the_home_first_says_so(
    house: House, ada: Visitor
) -> None:
    await ada.do("expect", **EVENING, door="door-lobby")
    opens = "It opens the door once, within your rules, for anyone who shows it."
    asks = "When a driver shows a pass, the residents of your home who have the Home Assistant app are asked. If nobody has it, the driver isn't let in."
    made = await ada.send((await ada.ask()).forms("make_pass")[-1])
    assert asks not in made.lines
    assert b'class="now open"' in (await ada.ask()).body
    for name in ("resident-ada", "resident-eve"):
        assert opens in made.lines  # one resident who admits it is enough
        who = house.building.residents[name]
        await async_change_rules(
            house.building,
            link_holder(who),
            who,
            lambda old: replace(old, default_proof=Proof.SIGNED),
        )
        made = await ada.send((await ada.ask()).forms("make_pass")[-1])
    assert asks in made.lines
    assert opens not in made.lines
    # So do the delivery and the state of the home.
    shown = await ada.ask()
    assert shown.lines.count(asks) == 2
    assert b'class="now open"' not in shown.body
    await house.settle()


async def test_yes_behind_a_flatmates_block_says_that_it_counts_later(
    house: House, sender: Sender, ada: Visitor
) -> None:
    eve = Visitor(sender.client, token_of(house, "Eve"))
    blocked = (
        "Somebody in your home keeps couriers out. Your yes counts once they lift that."
    )
    await ada.do("opt_out")
    assert blocked not in (await ada.ask()).lines
    await eve.do("withdraw_consent")
    assert blocked not in (await eve.ask()).lines
    assert blocked in (await ada.ask()).lines
    said = await ada.do("give_consent", agree="yes")
    recorded = said.lines.index("Your consent is recorded.")
    assert said.lines[recorded + 1] == blocked
    await eve.do("lift_block")
    assert blocked not in (await ada.ask()).lines
    await house.settle()
