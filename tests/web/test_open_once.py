"""A resident's hours open once for a delivery that they refuse: on the personal page and in the panel."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest

from custom_components.courier_access.access.hours import (
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import Attitude, Rules
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.broken_ledger import break_ledger, repair_ledger
from tests.support.enqueued import enqueued, move_in
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    utc,
)
from tests.support.pages import FORM, Answer, Visitor, token_of
from tests.support.people import People
from tests.support.wires import Wire, Wires

MORNINGS = {"tuesday": [{"from": "08:00", "to": "12:00"}]}
TUESDAY = date(2026, 11, 24)
HOUR = 3600
OWN, EVENING = (8 * HOUR, 12 * HOUR), (17 * HOUR, 21 * HOUR)
OPENED = "Your hours are open this once."
EVENING_TIMES: Any = {
    "starts_at": "2026-11-24T16:00:00Z",
    "ends_at": "2026-11-24T20:00:00Z",
}
BEN = {"resident": "resident-ben"}


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, freezer: FrozenDateTimeFactory
) -> House:
    """Return a building in Paris on a Tuesday at 17:30.

    Ada and Eve of 3B have links, and Ben of 5C has an account.
    """
    homes = await people.homes(Ben="5C")
    await hass.config.async_set_time_zone("Europe/Paris")
    freezer.move_to("2026-11-24T16:30:00+00:00")
    return await build(
        hass,
        door(),
        courier(),
        courier("Night Owl", keys=[]),
        resident("Ada", "3B"),
        resident("Eve", "3B", None),
        *homes,
    )


@pytest.fixture
def ada(house: House, sender: Sender) -> Visitor:
    return Visitor(sender.client, token_of(house))


def rules_of(house: House, name: str = "ada") -> Rules:
    return house.building.rulebook.of(f"resident-{name}")


async def decide(house: House, name: str = "ada", **parts: Any) -> None:
    who = house.building.residents[f"resident-{name}"]
    new = replace(rules_of(house, name), **parts)
    await house.building.rulebook.change(who, new, Author())


async def set_mornings(house: House, name: str = "ada") -> None:
    await decide(house, name, schedule=WeekSchedule.from_mapping(MORNINGS))


async def announced(house: House, sender: Sender) -> None:
    """Announce a delivery of 17:00 to 21:00, which Ada's later hours refuse."""
    assert (await sender.grant(**EVENING_TIMES)).body["decision"] == "accepted"
    await set_mornings(house)


async def loosened(house: House) -> int:
    return len(await enqueued(house, NotificationKind.RULES_LOOSENED))


async def test_hours_that_refuse_a_delivery_open_for_it_alone(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    assert (await sender.enter()).body["decision"] == "refused"
    shown = await ada.ask()
    span = "Tue, Nov 24, 5:00 PM \u2013 9:00 PM"
    assert f"Open your hours this once: {span}" in shown.lines
    # It loosens, so the first tap only says what it does.
    assert "open_once" not in shown.page.unasked

    opened = await ada.do("open_once")

    assert any(line.startswith(OPENED) for line in opened.lines)
    assert rules_of(house).exceptions == (
        HoursException(TUESDAY, TUESDAY, (OWN, EVENING)),
    )
    assert "open_once" not in opened.deeds
    assert await loosened(house) == 1
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()


async def test_opened_day_is_removed_again_after_a_question(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    opened = await ada.do("open_once")
    other = "Nov 24, 2026: 8 AM \u2013 12 PM, 5 \u2013 9 PM"
    assert f"Remove {other}" in opened.lines
    assert "remove_day" not in opened.page.unasked

    removed = await ada.do("remove_day")

    assert "Removed. Your usual hours apply on that day again." in removed.lines
    assert rules_of(house).exceptions == ()
    assert await loosened(house) == 1
    assert (await sender.enter()).body["decision"] == "refused"


async def test_form_sent_again_opens_nothing_anew(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    form = (await ada.ask()).form("open_once")
    assert (await ada.send(form)).headers["Location"] == "?said=open_once"
    await ada.do("remove_day")

    again = await ada.send(form)

    assert (again.status, again.headers["Location"]) == (303, "?said=sent_again")
    assert rules_of(house).exceptions == ()


async def refused(ada: Visitor, do: str, **fields: str) -> Answer:
    answer = await ada.send({**(await ada.ask()).form(do), **fields})
    assert answer.status == 200
    return answer


LATE = {"courier": "courier-night-owl", "day": "2026-11-24", "hours": "evening"}


async def test_refused_parcel_is_expected_once_its_hours_are_open(
    house: House, ada: Visitor
) -> None:
    await set_mornings(house)
    answer = await refused(ada, "expect", **LATE, parcel="PKT-77")
    assert "Not accepted. This delivery can't open the door." in answer.lines
    [_, form] = sorted(answer.forms("expect"), key=len)
    assert {"starts_at", "ends_at"} <= form.keys()

    made = await ada.send(form)

    assert made.status == 200  # with the pass for a courier that sends no messages
    assert "Pass for the driver" in made.lines
    [grant] = house.building.grants.expected()
    assert grant.delivery.parcel_ref == "PKT-77"
    assert grant.starts_at == utc(2026, 11, 24, 16)
    assert grant.ends_at == utc(2026, 11, 24, 20)
    assert rules_of(house).exceptions == (
        HoursException(TUESDAY, TUESDAY, (OWN, EVENING)),
    )
    await ada.do("remove_day")
    again = await ada.send(form)
    assert (again.status, again.headers["Location"]) == (303, "?said=sent_again")
    assert rules_of(house).exceptions == ()
    assert len(house.building.grants.expected()) == 1


async def test_refused_change_is_expected_anew_once_its_hours_are_open(
    house: House, ada: Visitor
) -> None:
    await ada.do(
        "expect", courier="courier-parcel-post", day="2026-11-24", hours="evening"
    )
    await set_mornings(house)
    times = {"hours": "other", "from": "19:00", "to": "20:00"}
    answer = await refused(ada, "revise", **times)
    assert house.building.grants.expected() == []
    [form] = [each for each in answer.forms("expect") if "starts_at" in each]

    assert (await ada.send(form)).headers["Location"] == "?said=expect"

    [grant] = house.building.grants.expected()
    assert (grant.starts_at, grant.ends_at) == (
        utc(2026, 11, 24, 18),
        utc(2026, 11, 24, 19),
    )


async def test_panel_and_page_open_the_same_hours(
    house: House, wires: Wires, sender: Sender, ada: Visitor
) -> None:
    ben = await wires("Ben")
    await ben.result("rules/set", **BEN, consent="given", windows=MORNINGS)
    opening = {"starts_at": "2026-11-24T17:00:00", "ends_at": "2026-11-25T01:00:00"}

    changed = await ben.result("rules/set", **BEN, open_once=opening)

    days = [each["from"] for each in changed["exceptions"]]
    assert days == ["2026-11-24", "2026-11-25"]
    times = {"starts_at": "2026-11-24T16:00:00Z", "ends_at": "2026-11-25T00:00:00Z"}
    await set_mornings(house)
    await ada.send({**OPEN, **times})
    assert rules_of(house, "ben").exceptions == rules_of(house).exceptions


OPEN = {
    "do": "open_once",
    "once": "x" * 22,
    "starts_at": "2026-11-24T16:00:00+00:00",
    "ends_at": "2026-11-24T20:00:00+00:00",
}


@pytest.mark.parametrize(
    "times",
    [
        # Over, reversed, empty, longer than a day, and too far ahead.
        ("2026-11-24T08:00:00Z", "2026-11-24T16:29:59Z"),
        ("2026-11-24T20:00:00Z", "2026-11-24T18:00:00Z"),
        ("2026-11-24T20:00:00Z", "2026-11-24T20:00:00Z"),
        ("2026-11-24T20:00:00Z", "2026-11-25T20:00:01Z"),
        ("2026-12-24T16:00:00Z", "2026-12-24T18:00:00Z"),
        ("9999-12-31T20:00:00Z", "9999-12-31T23:00:00Z"),
        ("0001-01-01T00:00:00", "0001-01-01T01:00:00"),
    ],
)
async def test_time_that_is_over_or_long_or_far_ahead_is_not_opened(
    house: House, wires: Wires, ada: Visitor, times: tuple[str, str]
) -> None:
    await set_mornings(house)
    opening = dict(zip(("starts_at", "ends_at"), times, strict=True))
    answer = await ada.send({**OPEN, **opening})
    assert answer.status == 200
    assert "Not possible. Nothing was changed." in answer.lines
    says = "Hours can be opened once for at most a day, which must end within the next 30 days."
    assert says in answer.lines
    assert rules_of(house).exceptions == ()
    ben = await wires("Ben")
    _, key = await ben.refusal("rules/set", **BEN, open_once=opening)
    assert key == "rules_bad_opening"


@pytest.mark.parametrize(
    "change",
    [
        {"once": ""},
        {"once": "x" * 21},
        {"starts_at": "today"},
        {"ends_at": "\u2460"},
        {"unit": "5C"},
        {"resident": "resident-ben"},
    ],
)
async def test_forms_that_the_page_doesnt_have_are_not_understood(
    house: House, ada: Visitor, change: dict[str, str]
) -> None:
    await set_mornings(house)
    assert (await ada.send({**OPEN, **change})).status == 400
    for name in ("once", "starts_at"):
        left = {key: each for key, each in OPEN.items() if key != name}
        assert (await ada.send(left)).status == 400
    expect = {**(await ada.ask()).form("expect"), "starts_at": OPEN["starts_at"]}
    assert (await ada.send(expect)).status == 400
    assert rules_of(house).exceptions == ()


async def test_another_site_opens_no_hours(house: House, ada: Visitor) -> None:
    await set_mornings(house)
    for site in ("cross-site", "same-site"):
        headers = {"Content-Type": FORM, "Sec-Fetch-Site": site}
        answer = await ada.ask("POST", data=urlencode(OPEN), headers=headers)
        assert answer.status == 403
    assert rules_of(house).exceptions == ()


async def test_too_many_exceptions_are_named(house: House, ada: Visitor) -> None:
    later = tuple(
        HoursException(day, day)
        for day in (TUESDAY + timedelta(days=9 + ahead) for ahead in range(50))
    )
    await set_mornings(house)
    await decide(house, exceptions=later)
    answer = await ada.send(OPEN)
    assert "There can be at most 50 exceptions. Remove past ones." in answer.lines
    assert rules_of(house).exceptions == later


async def test_hours_stay_closed_while_the_log_cant_be_written(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    form = (await ada.ask()).form("open_once")
    await break_ledger(house, "INSERT ON records")
    assert (await ada.send(form)).status == 503
    assert rules_of(house).exceptions == ()
    assert (await sender.enter()).status == 503
    await repair_ledger(house)
    # It did nothing, so the same form is still good.
    assert (await ada.send(form)).headers["Location"] == "?said=open_once"
    assert len(rules_of(house).exceptions) == 1


async def test_flatmates_denial_keeps_the_courier_out_of_opened_hours(
    house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    form = (await ada.ask()).form("open_once")
    await decide(house, "eve", couriers={"courier-parcel-post": Attitude.DENY})
    # There is nothing to open that would help.
    assert "open_once" not in (await ada.ask()).deeds
    await ada.send(form)
    assert (await sender.enter()).body["decision"] == "refused"


async def test_buildings_hours_keep_couriers_out_of_opened_hours(
    hass: HomeAssistant, house: House, sender: Sender, ada: Visitor
) -> None:
    await announced(house, sender)
    form = (await ada.ask()).form("open_once")
    hass.config_entries.async_update_entry(
        house.entry, options={**house.entry.options, "building_hours": MORNINGS}
    )
    await house.settle()
    assert "open_once" not in (await ada.ask()).deeds
    await ada.send(form)
    assert (await sender.enter()).body["decision"] == "refused"


async def test_nothing_is_opened_without_the_residents_own_yes(
    house: House, sender: Sender, ada: Visitor
) -> None:
    eve = Visitor(sender.client, token_of(house, "Eve"))
    await announced(house, sender)
    assert "open_once" not in (await eve.ask()).deeds
    assert "open_once" in (await ada.ask()).deeds
    await eve.send(OPEN)
    assert (await sender.enter()).body["decision"] == "refused"


async def test_pending_resident_opens_nothing(
    house: House, sender: Sender, wires: Wires
) -> None:
    ben = await wires("Ben")
    await ben.result("rules/set", **BEN, consent="given", windows=MORNINGS)
    await move_in(house, resident("Zoe", "5C"))
    assert not house.building.residents["resident-zoe"].is_confirmed
    await set_mornings(house, "zoe")
    zoe = Visitor(sender.client, token_of(house, "Zoe"))
    assert "open_once" not in (await zoe.ask()).deeds

    sent = await zoe.send(OPEN)
    shown = await zoe.ask(query=sent.headers["Location"])

    pending = "Saved, but not in effect until somebody of your home confirms you."
    assert pending in shown.lines
    answer = await sender.grant(units=("5C",), **EVENING_TIMES)
    assert answer.body["decision"] == "refused"


async def test_others_cant_find_out_open_hours_by_opening_them(
    house: House, wires: Wires, owner: Wire
) -> None:
    ben = await wires("Ben")
    await ben.result("rules/set", **BEN, consent="given", windows=ALWAYS)
    opening = {"starts_at": OPEN["starts_at"], "ends_at": OPEN["ends_at"]}
    for windows in (ALWAYS, MORNINGS):
        await ben.result("rules/set", **BEN, windows=windows)
        code, key = await owner.refusal("rules/set", **BEN, open_once=opening)
        assert (code, key) == ("unauthorized", "not_allowed_loosen_rules")


async def test_delivery_over_a_change_of_the_clock_opens_for_all_of_it(
    house: House, sender: Sender, ada: Visitor, freezer: FrozenDateTimeFactory
) -> None:
    start, end = utc(2027, 3, 27, 23), utc(2027, 3, 28, 4)
    freezer.move_to(start)
    times: Any = {"starts_at": start.isoformat(), "ends_at": end.isoformat()}
    assert (await sender.grant(**times)).body["decision"] == "accepted"
    await set_mornings(house)

    await ada.do("open_once")

    hours, zone = rules_of(house).hours, house.building.zone()
    [opened] = hours.windows(start - timedelta(days=1), end + timedelta(hours=1), zone)
    assert (opened.start, opened.end) == (start, end)
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()
