"""The page behind a pass link, over real HTTP."""

import asyncio
from datetime import timedelta

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.util import dt as dt_util

from custom_components.courier_access.access.codes import MOST_WRONG
from custom_components.courier_access.access.model import Proof
from custom_components.courier_access.grants.passes import PATH
from tests.support.drivers import (
    MORE,
    QUESTIONS,
    STORED,
    Driver,
    hang_sheets,
    said,
    without_tokens,
)
from tests.support.expecting import SECRETS, Expecting
from tests.support.house import (
    House,
    ask,
    entries_of,
    pass_time,
)
from tests.support.people import acting

OPEN = "The door is open. Please come in."
ENDED = "This pass has ended. Ask the person who sent it."
RINGS = "You can also scan the sheet at the door and ring there."
USED = "This was already used. If you aren't inside, call the recipient."
WRONG = "These aren't the characters on the sheet at the door. Please look again."
LATER = "Too many wrong characters. You can try again at "
HOUR = timedelta(hours=1)


def other_than(sign: str) -> str:
    return "22" if sign != "22" else "33"


async def nothing_happened(house: House) -> bool:
    await house.settle()
    return house.door_state() == "locked" and await entries_of(house.building, 1) == []


async def test_page_shows_the_window_and_a_field_and_names_nobody(
    at: Expecting,
) -> None:
    driver = at.with_link(await at.make_pass(parcel_ref="JD014671"))
    shown = await driver.look(headers={"Accept-Language": "de-CH, en;q=0.7"})
    assert (shown.status, shown.page.lang) == (200, "de")

    shown = await driver.look()

    assert shown.page.title == "Lobby: 12 Elm Street"
    assert shown.lines[:3] == ["12 Elm Street", "Lobby", "The time for your delivery"]
    assert shown.lines[4:-4] == [
        "The two characters on the sheet at the door",
        "Open the door",
        STORED,
        QUESTIONS,
        MORE,
    ]
    assert [form.keys() for form in shown.page.forms] == [{"once"}]
    for secret in (*SECRETS, "JD014671", at.sheet.sign, driver.path.split("/")[-1]):
        assert secret not in without_tokens(shown)
    assert "script" not in shown.page.tags
    assert len(shown.body) < 10_000


async def test_link_opens_once_with_the_characters_at_the_door(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass(max_entries=2))
    for _ in range(3):
        assert (await driver.look()).status == 200
        assert (await driver.look(method="HEAD")).status == 200
    assert await nothing_happened(at.house)

    typed = f" {'-'.join(at.sheet.sign.lower())} "
    form = {**await driver.form(), "sign": typed}
    sent = await asyncio.gather(*(driver.send(form) for _ in range(3)))

    assert [said(await driver.follow(each)) for each in sent] == [OPEN] * 3
    assert at.house.door_state() == "unlocked"
    [entry] = await entries_of(at.house.building, 5)
    assert entry.proof is Proof.PASS
    shown = await driver.look()
    assert (said(shown), shown.page.forms) == (ENDED, [])
    again = await driver.send({**form, "once": "A" * 22})
    assert said(await driver.follow(again)) == USED


async def test_used_delivery_reads_ended(at: Expecting) -> None:
    first = await at.make_pass()
    driver = at.with_link(first)
    assert await at.driver.enter(first["pin"]) == OPEN
    shown = await driver.look()
    assert said(shown) == ENDED
    assert shown.lines[3:5] == [RINGS, STORED], "the time of the delivery"
    assert ("class", "said now shut") in shown.page.attributes


async def test_refusal_says_that_the_sheet_at_the_door_rings(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass())
    sent = {**await driver.form(), "sign": other_than(at.sheet.sign)}
    refused = await driver.follow(await driver.send(sent))
    # Only the sheet's own page rings: its address proves that somebody is there.
    assert (refused.lines[2:], refused.page.forms) == ([WRONG, RINGS, "Back"], [])


async def test_wrong_characters_open_nothing_and_block_the_link_for_a_while(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    driver, other = [at.with_link(await at.make_pass()) for _ in range(2)]
    wrong = other_than(at.sheet.sign)
    for typed in (wrong, "", "é", at.sheet.sign * 2, at.sheet.sign[0]):
        assert await driver.enter(typed, "sign") == WRONG
    until = dt_util.utcnow() + timedelta(minutes=10, seconds=59)
    later = f"{LATER}{until.astimezone(at.house.building.zone()):%-I:%M %p}."

    assert await driver.enter(wrong, "sign") == later
    assert await driver.enter(at.sheet.sign, "sign") == later
    assert await nothing_happened(at.house)
    assert await other.enter(wrong, "sign") == WRONG

    await pass_time(at.house.hass, freezer, 599)
    assert await driver.enter(at.sheet.sign, "sign") == later
    await pass_time(at.house.hass, freezer, 1)
    for _ in range(MOST_WRONG - 1):
        assert await driver.enter(wrong, "sign") == WRONG
    assert await driver.enter(at.sheet.sign, "sign") == OPEN


async def test_wrong_characters_are_counted_over_reloads(at: Expecting) -> None:
    made = await at.make_pass()
    driver, wrong = at.with_link(made), other_than(at.sheet.sign)
    config_entries, entry = at.house.hass.config_entries, at.house.entry
    for _ in range(MOST_WRONG):
        assert await driver.enter(wrong, "sign") == WRONG
        assert await config_entries.async_reload(entry.entry_id)
        await at.house.settle()
    assert (await driver.enter(at.sheet.sign, "sign")).startswith(LATER)


async def test_outside_its_window_the_page_has_no_form_and_opens_nothing(
    at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    driver = at.with_link(await at.make_pass(dt_util.utcnow() + HOUR))
    sent = {"once": "A" * 22, "sign": at.sheet.sign}

    early = await driver.look()
    assert (said(early), early.page.forms) == ("It's too early for this delivery.", [])
    answer = await driver.follow(await driver.send(sent))
    assert said(answer).startswith("It's too early for this delivery. Your code works")

    await pass_time(at.house.hass, freezer, 3600)
    assert (await driver.look()).page.forms != []
    await pass_time(at.house.hass, freezer, 7200)
    late = await driver.look()
    assert (said(late), late.page.forms) == (ENDED, [])
    await driver.follow(await driver.send({**sent, "once": "B" * 22}))
    await at.house.settle()
    assert at.house.door_state() == "locked"


async def test_revoked_pass_reads_like_no_pass(at: Expecting) -> None:
    missing = await Driver(at.client, f"{PATH}/missing").look()
    assert (missing.status, missing.lines[0]) == (404, "This pass link doesn't work")
    assert missing.lines[1] == (
        "Scan the sheet at the door and ring there, or ask the person who sent the link."
    )
    assert ("class", "said now shut") in missing.page.attributes

    revoked = await at.make_pass()
    form = await at.with_link(revoked).form()
    await at.ada.result("passes/revoke", **{"pass": revoked["pass"]})
    grant = await at.expect()
    of_revoked_grant = await at.ada.result("passes/make", **grant)
    ada = acting(at.people["Ada"])
    revoke = {"device_id": at.house.device().id, **grant}
    services = at.house.hass.services
    await services.async_call(
        "courier_access", "revoke_grant", revoke, blocking=True, context=ada
    )
    for made in (revoked, of_revoked_grant):
        driver = at.with_link(made)
        sent = await driver.send({**form, "sign": at.sheet.sign})
        for shown in (await driver.look(), sent):
            assert (shown.status, shown.body) == (404, missing.body)
    assert await nothing_happened(at.house)


async def test_pin_of_a_canceled_delivery_says_so_and_no_other_code_does(
    at: Expecting,
) -> None:
    grant = await at.expect(parcel_ref="JD014671")
    made = await at.ada.result("passes/make", **grant)
    ada = acting(at.people["Ada"])
    revoke = {"device_id": at.house.device().id, **grant}
    services = at.house.hass.services
    await services.async_call(
        "courier_access", "revoke_grant", revoke, blocking=True, context=ada
    )
    off = "This delivery was called off. Ask the person who sent the code."
    assert await at.driver.enter(made["pin"]) == off
    unknown = await at.driver.enter("00000000")
    assert unknown == "This code isn't valid here. Check it and try again."
    assert await at.driver.enter("JD014671") == unknown
    assert at.house.door_state() == "locked"


async def test_link_ends_with_its_doors_sheet(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass())
    await hang_sheets(at.house)
    assert (await driver.look()).status == 404
    # A new sheet has new characters.
    await hang_sheets(at.house, "door-lobby")
    assert await driver.enter("", "sign") == WRONG


async def test_building_that_is_not_loaded_is_not_ready(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass())
    entry = at.house.entry
    assert await at.house.hass.config_entries.async_unload(entry.entry_id)
    assert (await driver.look()).status == 503
    assert await at.house.hass.config_entries.async_setup(entry.entry_id)
    assert await driver.enter(at.sheet.sign, "sign") == OPEN


async def test_disabled_building_has_no_page_until_it_is_enabled(
    at: Expecting,
) -> None:
    driver, disable = (
        at.with_link(await at.make_pass()),
        at.house.hass.config_entries.async_set_disabled_by,
    )
    await disable(at.house.entry.entry_id, ConfigEntryDisabler.USER)
    assert (await driver.look()).status == 404
    await disable(at.house.entry.entry_id, None)
    assert await driver.enter(at.sheet.sign, "sign") == OPEN


async def test_link_opens_nothing_after_its_resident_withdrew(at: Expecting) -> None:
    driver = at.with_link(await at.make_pass())
    form = await driver.form()
    await ask(
        at.house, "set_rules", "resident-ada", acting(at.people["Ada"]), consent=False
    )
    await at.house.settle()
    sent = await driver.send({**form, "sign": at.sheet.sign})
    assert (sent.status, (await driver.look()).page.forms) == (404, [])
    assert at.house.door_state() == "locked"
