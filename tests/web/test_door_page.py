"""The page at a door, and the sheet that leads to it, over real HTTP."""

import asyncio
from datetime import timedelta
from functools import partial
from html import unescape
import re
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.codes import Tries
from custom_components.courier_access.access.model import Proof
from custom_components.courier_access.api.passes import PageAnswer
from custom_components.courier_access.const import DRIVERS_LANGUAGES
from custom_components.courier_access.doors.doors import sheets_of
from custom_components.courier_access.entries.request import At, Waiting
from custom_components.courier_access.web.building_pages import (
    MOST_ATTEMPTS,
    REMEMBERED_SECONDS,
    Attempts,
    Head,
    Sent,
    preferred_language,
)
from tests.support.asked_phones import AskedHouse, PushService, asked_house
from tests.support.door_parts import Bolt, install_bolt
from tests.support.drivers import (
    DOOR_PATH,
    MORE,
    QUESTIONS,
    STORED,
    Driver,
    at_door,
    hang_sheets,
    said,
    without_tokens,
)
from tests.support.expecting import OUTSIDE, SECRETS, Expecting, expecting_house
from tests.support.house import entries_of, pass_time, until
from tests.support.pages import Answer
from tests.support.people import access_token, user
from tests.support.ringing import STILL_ASKING
from tests.web.test_lobby import drawn

OPEN = "The door is open. Please come in."
WAS_OPEN = "The door was opened, and its time is over. It may be locked again."
UNKNOWN = "This code isn't valid here. Check it and try again."
CHECK = "M4 13l5 5L20 7"
CROSS = "M6 6l12 12M18 6L6 18"


class TestPage:
    async def test_page_has_a_field_and_a_bell_and_names_only_the_door(
        self, at: Expecting
    ) -> None:
        await at.make_pass(parcel_ref="JD 0146-71")
        shown = await at.driver.look()

        assert (shown.status, shown.page.lang) == (200, "en")
        assert shown.page.title == "Lobby: 12 Elm Street"
        assert shown.lines[:-4] == [
            "12 Elm Street",
            "Lobby",
            "With a code",
            "PIN, code, or parcel number",
            "Open the door",
            "Without a code",
            "If a delivery is expected here, its recipients are asked to let you in.",
            "Ring",
            STORED,
            QUESTIONS,
            MORE,
        ]
        attributes = shown.page.attributes
        for given in (
            ("for", "code"),
            ("id", "code"),
            ("maxlength", "64"),
            ("autocomplete", "off"),
        ):
            assert given in attributes
        first, second = shown.page.forms
        assert first.keys() == {"once"}
        assert second.keys() == {"once", "ring"}
        assert first["once"] != second["once"]

    async def test_page_is_small_and_self_contained(self, at: Expecting) -> None:
        form = await at.driver.form()
        sent = await at.driver.send({**form, "code": "123456"})
        for shown in (await at.driver.look(), await at.driver.follow(sent)):
            assert len(shown.body) < 10_000
            tags = {"script", "img", "link", "iframe", "object", "base", "meta"}
            assert tags.intersection(shown.page.tags) == {"meta"}
            addresses = {
                value
                for name, value in shown.page.attributes
                if name in ("href", "src", "action")
            }
            assert addresses == {"?"}
            assert "http-equiv" not in dict(shown.page.attributes)
            assert at.sheet.page not in shown.body.decode()

    async def test_page_is_in_the_browsers_language(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        for language in DRIVERS_LANGUAGES:
            accept = {"Accept-Language": f"{language},en;q=0.5"}
            assert (await at.driver.look(headers=accept)).page.lang == language
            missing = Driver(at.client, f"{DOOR_PATH}missing")
            assert (await missing.look(headers=accept)).page.lang == language
            form = await at.driver.form()
            sent = await at.driver.send({**form, "code": "1"}, accept)
            shown = await at.driver.look(sent.headers["Location"], headers=accept)
            assert shown.page.lang == language
            assert (UNKNOWN in shown.lines) == (language == "en")
            await pass_time(at.house.hass, freezer, 60)  # within the rates


class TestCodes:
    async def test_every_kind_of_code_opens(self, at: Expecting) -> None:
        await at.allow("parcel_number")
        renew = {"resident": "resident-ada"}
        address_code = await at.ada.result("address_code/renew", **renew)
        made = [
            await at.make_pass(parcel_ref="JD 0146-71", max_entries=2) for _ in range(2)
        ]
        codes = {
            made[0]["pin"]: Proof.PASS,
            f" {made[1]['short_code'].lower()} ": Proof.PASS,
            "jd014671": Proof.PARCEL_NUMBER,
        }
        for code, proof in codes.items():
            assert await at.driver.enter(code) == OPEN
            assert at.house.door_state() == "unlocked"
            assert (await entries_of(at.house.building, 1))[0].proof is proof
        assert len(await entries_of(at.house.building, 9)) == 3
        await at.expect()
        assert await at.driver.enter(address_code["address_code"]) == OPEN
        assert at.house.door_state("lock.garage") == "locked"

    @pytest.mark.parametrize("zero", [0x660, 0x6F0, 0x966, 0xFF10])
    async def test_digits_of_any_script_are_digits(
        self, at: Expecting, zero: int
    ) -> None:
        made = await at.make_pass(parcel_ref="JD 0146-71", max_entries=2)
        await at.allow("parcel_number")
        own = str.maketrans("0123456789", "".join(chr(zero + n) for n in range(10)))
        assert await at.driver.enter(made["pin"].translate(own)) == OPEN
        assert await at.driver.enter("jd014671".translate(own)) == OPEN

    async def test_sent_twice_and_reloaded_it_opens_once(self, at: Expecting) -> None:
        await at.allow("parcel_number")
        await at.expect(parcel_ref="JD014671", max_entries=5)
        form = {**await at.driver.form(), "code": "JD014671"}

        sent = await asyncio.gather(*(at.driver.send(form) for _ in range(3)))

        assert len({each.headers["Location"] for each in sent}) == 1
        for _ in range(3):
            shown = await at.driver.follow(sent[0])
            assert said(shown) == OPEN
            assert shown.page.title == OPEN
            assert shown.lines[-1] == "Back"
        await at.house.settle()
        assert len(await entries_of(at.house.building, 9)) == 1
        # The page behind *Back* is a new one, and asks again.
        assert await at.driver.enter("JD014671") == OPEN
        assert len(await entries_of(at.house.building, 9)) == 2

    async def test_opened_and_refused_differ_at_a_glance(self, at: Expecting) -> None:
        looks = {}
        for code in ((await at.make_pass())["pin"], "00000009"):
            form = await at.driver.form()
            shown = await at.driver.follow(await at.driver.send({**form, "code": code}))
            [(_, sign)] = [each for each in shown.page.attributes if each[0] == "d"]
            [look] = {value for _, value in shown.page.attributes if "said" in value}
            looks[said(shown)] = look, sign
            assert ("aria-hidden", "true") in shown.page.attributes
        assert looks == {
            OPEN: ("said now open", CHECK),
            UNKNOWN: ("said now shut", CROSS),
        }

    async def test_page_stops_saying_that_the_door_is_open(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        form = {**await at.driver.form(), "code": (await at.make_pass())["pin"]}
        sent = await at.driver.send(form)
        opened = await at.driver.follow(sent)
        assert opened.lines[2:] == [OPEN, "It locks again in 5 s.", "Back"]
        assert opened.headers["Refresh"] == "5"

        await pass_time(at.house.hass, freezer, 3)
        later = await at.driver.follow(sent)
        assert later.lines[2:] == [OPEN, "It locks again in 2 s.", "Back"]
        assert later.headers["Refresh"] == "2"

        await pass_time(at.house.hass, freezer, 2)
        over = await at.driver.follow(sent)
        assert at.house.door_state() == "locked"
        assert over.lines[2:] == [WAS_OPEN, "Back"]
        assert over.page.title == WAS_OPEN
        assert ("class", "said now over") in over.page.attributes
        assert "Refresh" not in over.headers

    async def test_page_of_a_door_that_stays_unlocked_does_not_say_that_it_locks(
        self,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        hass_client_no_auth: ClientSessionGenerator,
        hass_ws_client: WebSocketGenerator,
    ) -> None:
        bolt = Bolt(locked=False)
        at = await expecting_house(
            hass, hass_client_no_auth, hass_ws_client, await install_bolt(hass, bolt)
        )
        form = {**await at.driver.form(), "code": (await at.make_pass())["pin"]}
        sent = await at.driver.send(form)
        opened = await at.driver.follow(sent)
        assert opened.lines[2:] == [OPEN, "Back"]
        assert opened.headers["Refresh"] == "5"

        await pass_time(hass, freezer, 5)
        over = await at.driver.follow(sent)
        assert over.lines[2:] == [WAS_OPEN, "Back"]
        assert bolt.names == ["unlock"]

    async def test_refusal_offers_what_is_left(self, at: Expecting) -> None:
        form = await at.driver.form()
        refused = await at.driver.follow(
            await at.driver.send({**form, "code": "00000009"})
        )
        assert refused.lines[2:] == [
            UNKNOWN,
            "PIN, code, or parcel number",
            "Open the door",
            "Ring",
        ]
        _, ring = refused.page.forms

        rung = await at.driver.follow(await at.driver.send(ring))

        assert said(rung).startswith("Nobody lets you in now.")
        assert rung.lines[3].startswith("You can ring again at ")
        assert rung.lines[4:] == ["Look again", "Type a code"]
        assert ("class", "said now shut") in rung.page.attributes

    async def test_two_characters_are_no_code_and_count_as_none(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        made = await at.make_pass()
        for typed in (at.sheet.sign, at.sheet.sign.lower(), "2-2", "٢٢") * 3:
            assert await at.driver.enter(typed) == (
                "These two characters aren't a code. They are only for the links of passes."
            )
        assert at.house.building.wrong_codes.of("door-lobby") == Tries()
        await pass_time(at.house.hass, freezer, 60)  # within the rates
        assert await at.driver.enter(made["pin"]) == OPEN

    async def test_wrong_code_is_there_to_be_corrected(self, at: Expecting) -> None:
        made = await at.make_pass()
        for wrong in (f"{made['pin']}0", ' "><b>123', "é"):
            sent = await at.driver.send({**await at.driver.form(), "code": wrong})
            refused = await at.driver.follow(sent)
            assert said(refused) == UNKNOWN
            assert ("value", wrong) in refused.page.attributes
            assert "b" not in refused.page.tags

        corrected = {**refused.page.forms[0], "code": made["pin"]}
        assert said(await at.driver.follow(await at.driver.send(corrected))) == OPEN

    async def test_form_with_another_code_is_not_answered_as_before(
        self, at: Expecting
    ) -> None:
        made = await at.make_pass()
        form = await at.driver.form()
        first = await at.driver.send({**form, "code": "000001"})
        assert said(await at.driver.follow(first)) == UNKNOWN

        second = await at.driver.send({**form, "code": made["pin"]})

        again = await at.driver.follow(second)
        assert said(again).startswith("This page was out of date")
        assert at.house.door_state() == "locked"
        code = {**again.page.forms[0], "code": made["pin"]}
        assert said(await at.driver.follow(await at.driver.send(code))) == OPEN

    async def test_answer_is_forgotten_after_ten_minutes(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        form = await at.driver.form()
        sent = await at.driver.send({**form, "code": "000001"})
        assert said(await at.driver.follow(sent)) == UNKNOWN
        await pass_time(at.house.hass, freezer, REMEMBERED_SECONDS)
        shown = await at.driver.follow(sent)
        assert len(shown.page.forms) == 2
        assert "status" not in dict(shown.page.attributes).values()


@pytest.mark.parametrize(
    ("error", "is_assumed", "says", "look", "offers"),
    [
        (
            HomeAssistantError(),
            False,
            "There was an error at the door. Please ring.",
            "said now shut",
            ["PIN, code, or parcel number", "Open the door", "Ring"],
        ),
        (None, True, "Please try the door.", "said now unsure", ["Back"]),
    ],
)
async def test_door_that_may_not_have_opened_looks_like_none_that_has(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    error: HomeAssistantError | None,
    is_assumed: bool,
    says: str,
    look: str,
    offers: list[str],
) -> None:
    bolt = Bolt(assumed=is_assumed)
    bolt.raises = error
    at = await expecting_house(
        hass, hass_client_no_auth, hass_ws_client, await install_bolt(hass, bolt)
    )
    form = {**await at.driver.form(), "code": (await at.make_pass())["pin"]}
    shown = await at.driver.follow(await at.driver.send(form))
    assert shown.lines[2:] == [says, *offers]
    assert ("class", look) in shown.page.attributes
    await at.house.settle()


async def test_only_so_many_attempts_are_remembered() -> None:
    attempts, waits = Attempts(), asyncio.Event()
    head = Head("12 Elm Street", "Lobby", ZoneInfo("UTC"), None, 30, 12)

    async def answer(number: int) -> PageAnswer:
        if number == 0:
            await waits.wait()
        return PageAnswer("no")

    for number in range(MOST_ATTEMPTS + 5):
        sent = Sent(str(number), "code", "1")
        waiting = Waiting(At.PAGE, has_rung=number == 1)
        work = partial(asyncio.create_task, answer(number))
        assert attempts.start("page", head, sent, sent, waiting, work)
        await asyncio.sleep(0)
    assert len(attempts) == MOST_ATTEMPTS
    # A driver who waits, or may ring again, is remembered longest.
    assert attempts.find("page", "0") is not None
    assert attempts.find("page", "1") is not None
    assert attempts.find("page", "5") is None
    assert attempts.find("other page", "9") is None
    kept = attempts.find("page", "9")
    assert kept is not None
    assert await kept.answer(5) == PageAnswer("no")
    waits.set()
    pending = attempts.find("page", "0")
    assert pending is not None
    assert await pending.answer(5) == PageAnswer("no")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en", "de"),
        ("pt-BR", "pt-BR"),
        ("PT-br;q=0.9, pt", "pt"),
        ("pt-AO", "pt"),
        ("en;q=0.5, fr;q=0.8, nl;q=0.9", "nl"),
        ("he, uk;q=0.9, pl;q=0.8", "uk"),
        ("ar-EG, en;q=0.9", "ar"),
        ("he, *", "en"),
        ("de;q=0", "en"),
        ("de;q=0.000, sv;q=0.001", "sv"),
        ("de;q=2, it;q=0.1", "it"),
        ("de;q=nan, it;q=0.1", "it"),
        ("de;level=1, it;q=0.1", "it"),
        ("de;q=1;q=1, it;q=0.1", "it"),
        (" ,;,q=1,;q=, es ; q=0.3", "es"),
        ("x," * 32 + "de", "en"),
        ("de" * 4000, "en"),
    ],
)
def test_language_is_the_best_one_that_the_browser_wants(
    accepted: str, language: str
) -> None:
    assert preferred_language(accepted) == language


@pytest.fixture
async def asked(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> AskedHouse:
    """A building where Ada expects a parcel and is asked."""
    made = await asked_house(
        hass, hass_client_no_auth, service, {"Ada": "3B", "Cleo": "4A"}
    )
    await made.sender.grant("of-3B", units=("3B",), door="lobby")
    return made


class TestRing:
    async def test_driver_waits_and_comes_in_when_a_resident_says_yes(
        self, asked: AskedHouse, freezer: FrozenDateTimeFactory
    ) -> None:
        sheets = await hang_sheets(asked.house, "door-lobby")
        driver = at_door(asked.sender.client, sheets["door-lobby"])
        phone = asked.phones["Ada"]
        form = await driver.form(1)
        sent = await driver.send(form)
        to = sent.headers["Location"]
        await until(lambda: len(phone.questions) == 1)
        await until(lambda: not asked.house.building.questions._sending)

        waiting = await self.look_for_two_seconds(asked, driver, to, freezer)

        assert said(waiting) == STILL_ASKING
        assert waiting.headers["Refresh"] == "3"
        assert ("href", to) in waiting.page.attributes
        assert asked.house.door_state() == "locked"
        for secret in SECRETS:
            assert secret not in without_tokens(waiting)

        # Neither looking again nor sending it again asks again.
        assert (await driver.send(form)).headers["Location"] == to
        assert (
            said(await self.look_for_two_seconds(asked, driver, to, freezer))
            == STILL_ASKING
        )
        assert len(phone.questions) == 1

        await phone.answer("Let in")
        opened = await driver.look(to)
        while said(opened) == STILL_ASKING:
            opened = await driver.look(to)
        await asked.settle()
        assert said(opened) == OPEN
        assert opened.headers["Refresh"] == "5"
        assert asked.house.door_state() == "unlocked"
        [entry] = await entries_of(asked.house.building, 5)
        assert entry.proof is Proof.RING

    async def look_for_two_seconds(
        self,
        asked: AskedHouse,
        driver: Driver,
        to: str,
        freezer: FrozenDateTimeFactory,
    ) -> Answer:
        looking = asyncio.create_task(driver.look(to))
        await asked.rest()
        assert not looking.done()
        while not looking.done():
            await asked.wait(freezer, 0.5)
        return await looking

    async def test_without_a_delivery_it_reads_as_if_nobody_had_answered(
        self, at: Expecting
    ) -> None:
        sent = await at.driver.send(await at.driver.form(1))
        assert said(await at.driver.follow(sent)).startswith("Nobody lets you in now.")
        assert await entries_of(at.house.building, 5) == []


class TestAddress:
    async def test_each_door_has_its_own(self, at: Expecting) -> None:
        made = await at.make_pass()
        sheets = await hang_sheets(at.house, "door-lobby", "door-garage")
        garage = at_door(at.client, sheets["door-garage"])
        assert "Garage" in (await garage.look()).lines
        assert await garage.enter(made["pin"]) == UNKNOWN
        assert await at.driver.enter(made["pin"]) == OPEN

    async def test_door_that_is_removed_loses_it_for_good(self, at: Expecting) -> None:
        config_entries, entry = at.house.hass.config_entries, at.house.entry
        sheets = await hang_sheets(at.house, "door-lobby", "door-garage")
        config_entries.async_remove_subentry(entry, "door-lobby")
        assert (await at.driver.look()).status == 404
        await at.house.settle()
        assert entry.options["door_pages"]["doors"].keys() == {"door-garage"}
        assert sheets_of(entry) == {"door-garage": sheets["door-garage"]}
        garage = at_door(at.client, sheets["door-garage"])
        assert (await garage.look()).status == 200

    async def test_building_that_is_not_loaded_says_so_and_a_disabled_one_has_none(
        self, at: Expecting
    ) -> None:
        config_entries, entry = at.house.hass.config_entries, at.house.entry
        form = await at.driver.form()
        assert await config_entries.async_unload(entry.entry_id)
        for shown in (
            await at.driver.look(),
            await at.driver.send({**form, "code": "1"}),
        ):
            assert shown.status == 503
            # It doesn't speak of a change, as it does to residents.
            assert shown.lines == [
                "Not ready",
                "This didn't work. Please try again in a minute.",
            ]
        await config_entries.async_set_disabled_by(
            entry.entry_id, ConfigEntryDisabler.USER
        )
        assert (await at.driver.look()).status == 404

    async def test_door_that_is_just_being_added_is_not_ready(
        self, at: Expecting
    ) -> None:
        at.house.building.directory.doors = {}
        assert (await at.driver.look()).status == 503

    async def test_building_that_answers_nobody_asks_to_try_again(
        self, at: Expecting
    ) -> None:
        at.house.building.host.couriers_wait = True
        assert await at.driver.enter("123456") == (
            "This didn't work. Please try again in a minute."
        )


class TestSheet:
    @pytest.fixture
    async def owner(
        self, at: Expecting, hass_client: ClientSessionGenerator
    ) -> TestClient[Any, Any]:
        return await hass_client()

    async def open(
        self, at: Expecting, owner: TestClient[Any, Any], language: str = "en"
    ) -> Answer:
        """Open the sheets by the link that the form gives."""
        flows = at.house.hass.config_entries.options
        result = await flows.async_init(at.house.entry.entry_id)
        for answer in (
            {"next_step_id": "door_pages"},
            {"doors": ["door-lobby", "door-garage"], "language": language},
        ):
            result = await flows.async_configure(result["flow_id"], answer)
        await at.house.settle()
        placeholders = result["description_placeholders"]
        assert placeholders is not None
        opened = re.fullmatch(
            r'<a href="([^"]+)" target="_blank">', placeholders["open"]
        )
        assert opened is not None
        return await Driver(owner, unescape(opened[1])).look()

    async def test_each_door_has_one_with_code_address_and_characters(
        self, at: Expecting, owner: TestClient[Any, Any]
    ) -> None:
        shown = await self.open(at, owner)

        sheets = sheets_of(at.house.entry)
        assert sheets["door-lobby"] == at.sheet
        assert shown.page.tags.count("section") == 2
        for sheet, name in ((at.sheet, "Lobby"), (sheets["door-garage"], "Garage")):
            assert name in shown.lines
            assert f"{OUTSIDE}{DOOR_PATH}{sheet.page}" in shown.lines
            assert f"Characters for pass links: {sheet.sign}" in shown.lines
        assert shown.page.tags.count("svg") == 2
        assert len(drawn(shown)) > 20
        assert "script" not in shown.page.tags

    async def test_sheet_in_arabic_is_written_from_the_right(
        self, at: Expecting, owner: TestClient[Any, Any]
    ) -> None:
        shown = await self.open(at, owner, "ar")
        assert (shown.page.lang, shown.page.direction) == ("ar", "rtl")
        assert (
            "لديك توصيل هنا؟ امسح هذا الرمز لإدخال رمزك أو لضغط الجرس." in shown.lines
        )

    async def test_hints_on_the_screen_are_in_home_assistants_language(
        self, at: Expecting, owner: TestClient[Any, Any]
    ) -> None:
        await at.house.hass.config.async_update(external_url="http://elm.example")
        shown = await self.open(at, owner, "ro")
        assert shown.page.lang == "ro"
        assert any(line.startswith("Drivers can't open") for line in shown.lines)
        assert any(line.endswith("This box isn't printed.") for line in shown.lines)
        assert not any(line.startswith("Tipăriți") for line in shown.lines)

    async def test_without_an_external_url_it_has_the_characters_only(
        self, at: Expecting, owner: TestClient[Any, Any]
    ) -> None:
        await at.house.hass.config.async_update(external_url=None)
        shown = await self.open(at, owner)
        assert "svg" not in shown.page.tags
        assert at.sheet.page not in shown.body.decode()
        assert f"Characters for pass links: {at.sheet.sign}" in shown.lines
        assert any("external URL" in line for line in shown.lines)

    @pytest.mark.parametrize(
        ("url", "is_reachable"),
        [
            (OUTSIDE, True),
            ("https://203.0.113.7:8123", True),
            ("http://elm.example", False),
            ("http://192.168.1.20:8123", False),
            ("https://192.168.1.20:8123", False),
            ("https://[fd00::1]:8123", False),
            ("https://homeassistant.local:8123", False),
            ("https://Home.Lan", False),
            ("https://homeassistant:8123", False),
        ],
    )
    async def test_screen_warns_of_an_address_that_no_driver_can_open(
        self,
        at: Expecting,
        owner: TestClient[Any, Any],
        url: str,
        is_reachable: bool,
    ) -> None:
        await at.house.hass.config.async_update(external_url=url)
        shown = await self.open(at, owner)
        warnings = [line for line in shown.lines if line.startswith("Drivers can't")]
        assert len(warnings) == (0 if is_reachable else 1)
        assert shown.page.tags.count("svg") == 2

    async def test_only_administrators_open_them(
        self,
        hass: HomeAssistant,
        at: Expecting,
        hass_client_no_auth: ClientSessionGenerator,
    ) -> None:
        client: TestClient[Any, Any] = await hass_client_no_auth()
        sheet = f"/api/courier_access/door_sheets/{at.house.entry.entry_id}"
        neighbor = await access_token(hass, await user(hass, "Neighbor"))
        statuses = [
            (await client.get(sheet, headers=headers)).status
            for headers in ({}, {"Authorization": f"Bearer {neighbor}"})
        ]
        assert statuses == [401, 401]


async def test_pass_says_to_the_driver_where_when_and_what_to_do(
    hass: HomeAssistant, at: Expecting, freezer: FrozenDateTimeFactory
) -> None:
    freezer.move_to("2026-11-30T17:00:00+00:00")
    start = dt_util.utcnow() + timedelta(hours=1)
    with_sheet = await at.make_pass(start)
    assert with_sheet["for_driver"] == (
        "12 Elm Street, 3B, Lobby, Mon, Nov 30, 10:00 AM \N{EN DASH} 12:00 PM: "
        f"scan the sheet at the door and type the PIN {with_sheet['pin']}, "
        f"or open {with_sheet['link']}"
    )
    without = await at.make_pass(start + timedelta(days=1), at="door-garage")
    assert without["for_driver"].endswith(
        f": type the PIN {without['pin']} at the door"
    )


async def test_pass_speaks_the_language_of_the_sheets_to_the_driver(
    hass: HomeAssistant, at: Expecting
) -> None:
    entry = at.house.entry
    pages = {**entry.options["door_pages"], "language": "cs"}
    hass.config_entries.async_update_entry(
        entry, options={**entry.options, "door_pages": pages}
    )
    await at.house.settle()
    made = await at.make_pass()
    assert (
        f": naskenujte list u dveří a zadejte PIN {made['pin']}" in made["for_driver"]
    )


@pytest.mark.parametrize("address", ["http://elm.example", "https://elm.local"])
async def test_pass_sends_no_driver_to_an_address_that_they_cannot_open(
    hass: HomeAssistant, at: Expecting, address: str
) -> None:
    await hass.config.async_update(external_url=address)
    made = await at.make_pass()
    assert made["for_driver"].endswith(f": type the PIN {made['pin']} at the door")
    assert made["link"].startswith(f"{address}/api/courier_access/pass/")
    assert made["page_unreachable"] is True


async def test_pass_has_a_link_only_if_its_door_has_a_sheet(at: Expecting) -> None:
    made = await at.make_pass()
    assert made["link"].startswith(f"{OUTSIDE}/api/courier_access/pass/")
    assert made["page_unreachable"] is False
    later = dt_util.utcnow() + timedelta(hours=1)
    assert (await at.make_pass(later, at="door-garage"))["link"] is None
    await hang_sheets(at.house, "door-garage")
    ada = at.ada
    again = await at.expect()
    assert (await ada.result("passes/make", **again))["link"] is None
