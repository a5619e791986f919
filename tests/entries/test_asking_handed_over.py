"""Drivers and couriers who wait for an answer while a setting changes: the question stays, and the answer counts."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Proof
from custom_components.courier_access.building.building import Building
from custom_components.courier_access.entries.admission import Admission
from custom_components.courier_access.entries.questions import BACK_WITHIN
from custom_components.courier_access.home_assistant.host import (
    is_changing,
)
from tests.building.test_handover import COURIER, change, meanwhile, set_data
from tests.ledger.claims_house import said
from tests.support.asked_phones import AskedHouse, PushService
from tests.support.clocks import Clocks
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import House, entries_of, until
from tests.support.ringing import LETS_IN, STILL_ASKING, Ringing, ringing_house
from tests.web.test_webhook_keys import OTHER_KEY

NOT_NOW = "The door can't be opened for this delivery now."


async def handed_over(house: House, change: Callable[[], object]) -> Building:
    """Change a setting, and wait until it's in effect; return the former building."""
    former = house.building
    change()
    await until(
        lambda: (
            house.building is not former
            and not is_changing(house.hass, house.entry.entry_id)
        )
    )
    return former


async def renamed(house: House) -> Building:
    return await handed_over(house, lambda: change(house, COURIER, title="Other Post"))


async def asked_so_far(house: House) -> int:
    """Return how many questions were asked, as the records have it."""
    return len(await said(house.building.ledger, "entry.asked"))


class TestRing:
    async def test_page_goes_on_waiting_and_the_answer_opens(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        house = ringing.asked.house

        await renamed(house)
        await ringing.rest()
        assert (await page.fetch()).lines[2] == STILL_ASKING
        await ringing.after(60, page)
        assert (await page.fetch()).lines[2] == STILL_ASKING
        assert len(ringing.asked.phones["Ada"].showing) == 1
        await ringing.answer()

        assert await page.reads() == LETS_IN
        assert ringing.questions() == len(ringing.asked.phones["Ada"].questions) == 1
        assert await asked_so_far(house) == 1
        [entry] = await entries_of(house.building, 5)
        assert (entry.decision, entry.courier_name) == ("admitted", "Other Post")
        assert ringing.asked.phones["Ada"].showing == []

    async def test_page_waits_two_minutes_in_all_and_its_question_stays_late(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(100, page)
        await renamed(ringing.asked.house)
        await ringing.after(22, page)
        assert (await page.reads()).startswith("Nobody lets you in now.")

        await renamed_back(ringing.asked.house)
        await ringing.answer()
        assert (await page.reads()).startswith("Somebody lets you in.")
        await page.ring_again()
        assert await page.reads() == LETS_IN
        assert ringing.questions() == 1

    async def test_answer_between_the_buildings_counts(self, ringing: Ringing) -> None:
        page = await ringing.rings()
        house, ada = ringing.asked.house, ringing.asked.phones["Ada"]
        press: list[asyncio.Task[None]] = []

        def answer() -> None:
            press.append(house.hass.async_create_task(ada.answer("Let in")))

        meanwhile(answer)
        await renamed(house)
        await press[0]
        await ringing.rest()

        assert await page.reads() == LETS_IN
        assert ringing.questions() == 1

    async def test_yes_stays_for_a_page_that_comes_after_the_change(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(30)
        await ringing.answer()
        await renamed(ringing.asked.house)
        await ringing.rest()
        assert await entries_of(ringing.asked.house.building, 5) == []

        assert await page.reads() == LETS_IN
        assert ringing.questions() == 1

    async def test_bell_goes_on_waiting(self, ringing: Ringing) -> None:
        bell = await ringing.bell()
        await until(lambda: ringing.questions() == 1)
        await ringing.sent()
        await renamed(ringing.asked.house)
        await ringing.rest()
        await ringing.answer()
        assert (await bell)["decision"] == "admitted"
        assert ringing.questions() == 1

    async def test_code_that_is_being_checked_is_asked_about_once(
        self, ringing: Ringing
    ) -> None:
        await ringing.asked.sender.grant(
            "numbered", units=("3B",), door="lobby", parcel_ref="JD014600001"
        )
        page, house = ringing.page(), ringing.asked.house
        former = house.building
        async with former.passes._hashing:
            await page.send(code="JD014600001")
            await until(lambda: bool(former.passes._waiting))
            change(house, COURIER, title="Other Post")
            await ringing.asked.rest()
        await until(lambda: ringing.questions() == 1)
        await ringing.sent()
        await renamed_back(ringing.asked.house)
        await ringing.asked.back()
        await ringing.answer()
        assert await page.reads() == LETS_IN
        assert await asked_so_far(house) == 1
        [entry] = await entries_of(house.building, 5)
        assert entry.proof is Proof.PARCEL_NUMBER

    async def test_hand_over_that_takes_long_is_waited_for(
        self, ringing: Ringing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page = await ringing.rings()
        house, slow = ringing.asked.house, asyncio.Event()
        close = Building.async_close_to_couriers

        async def slowly(building: Building) -> None:
            await close(building)
            await slow.wait()

        monkeypatch.setattr(Building, "async_close_to_couriers", slowly)
        former = house.building
        change(house, COURIER, title="Other Post")
        try:
            await ringing.after(30, page)
            assert (await page.fetch()).lines[2] == STILL_ASKING
        finally:
            slow.set()
        await until(lambda: house.building is not former)
        await ringing.rest()
        await ringing.answer()
        assert await page.reads() == LETS_IN

    async def test_second_change_right_after_the_first_loses_nobody(
        self, ringing: Ringing
    ) -> None:
        page, other = await ringing.rings(), ringing.page("192.0.2.4")
        await other.send()
        await ringing.rest()
        for _ in range(3):
            await renamed(ringing.asked.house)
            await renamed_back(ringing.asked.house)
        await ringing.rest()
        await ringing.answer()
        assert [await each.reads() for each in (page, other)] == [LETS_IN, LETS_IN]
        assert ringing.questions() == 1
        [entry] = await entries_of(ringing.asked.house.building, 5)
        assert entry.decision == "admitted"

    async def test_unforeseen_error_is_not_tried_again_by_the_next_building(
        self, ringing: Ringing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        page, house = ringing.page(), ringing.asked.house
        former, tries = house.building, 0

        async def fail(*_: object) -> None:
            nonlocal tries
            tries += 1
            change(house, COURIER, title=f"Post {tries}")
            raise ArithmeticError("unforeseen")

        monkeypatch.setattr(Admission, "enter", fail)
        await page.send()
        await until(lambda: house.building is not former)
        assert (await page.reads()).startswith("This didn't work.")
        assert tries == 1

    async def test_page_that_comes_after_the_other_was_let_in_reads_so(
        self,
        hass: HomeAssistant,
        socket_enabled: None,
        hass_client_no_auth: ClientSessionGenerator,
        service: PushService,
        freezer: FrozenDateTimeFactory,
        bolt: Bolt,
    ) -> None:
        opener = await install_bolt(hass, bolt)
        ringing = await ringing_house(
            hass, hass_client_no_auth, service, freezer, opener=opener
        )
        page, other = await ringing.rings(), ringing.page("192.0.2.4")
        await other.send()
        await ringing.after(30, page)
        bolt.hangs = asyncio.Event()
        await ringing.answer()
        await page.fetch()
        await until(lambda: bool(bolt.commands))

        change(ringing.asked.house, COURIER, title="Other Post")
        await ringing.asked.rest()
        bolt.hangs.set()
        await renamed_back(ringing.asked.house)
        await ringing.rest()

        assert [await each.reads() for each in (page, other)] == [LETS_IN, LETS_IN]
        assert ringing.questions() == 1
        assert bolt.names == ["unlock"]

    async def test_clock_that_is_set_while_a_yes_waits_opens_nothing(
        self,
        hass: HomeAssistant,
        socket_enabled: None,
        hass_client_no_auth: ClientSessionGenerator,
        service: PushService,
        freezer: FrozenDateTimeFactory,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        freezer.move_to("2026-11-28 12:00:00+00:00")
        clocks = Clocks.take_over(hass, freezer, monkeypatch)
        ringing = await ringing_house(hass, hass_client_no_auth, service, freezer)
        page, house = await ringing.rings(), ringing.asked.house
        await ringing.after(30)
        await ringing.answer()
        await renamed(house)
        await ringing.rest()
        assert await entries_of(house.building, 5) == []

        clocks.set_wall(timedelta(seconds=-90))
        looking = asyncio.create_task(page.driver.look(page.to))
        await ringing.asked.rest()
        await clocks.pass_time(timedelta(seconds=3))
        await looking
        await ringing.asked.settle()
        assert await entries_of(house.building, 5) == []

    async def test_question_without_anybody_left_ends_with_the_change(
        self, ringing: Ringing, caplog: pytest.LogCaptureFixture
    ) -> None:
        page, house = await ringing.rings(), ringing.asked.house
        await ringing.after(122, page)
        await handed_over(house, lambda: remove(house, "resident-ada"))
        await ringing.rest()
        await house.hass.config_entries.async_unload(house.entry.entry_id)
        caplog.clear()

        await ringing.asked.wait(ringing.freezer, 300)
        await house.hass.async_block_till_done()
        assert "failed" not in caplog.text


async def renamed_back(house: House) -> Building:
    return await handed_over(house, lambda: change(house, COURIER, title="Parcel Post"))


def remove(house: House, part: str) -> None:
    house.hass.config_entries.async_remove_subentry(house.entry, part)


def renew_sheets(house: House) -> None:
    """Have new sheets printed, since somebody took the old ones away."""
    options = {
        name: value
        for name, value in house.entry.options.items()
        if name != "door_pages"
    }
    house.hass.config_entries.async_update_entry(house.entry, options=options)


class TestRestricted:
    @pytest.mark.parametrize(
        "restrict",
        [
            lambda house: set_data(house, COURIER, enabled=False),
            lambda house: set_data(house, COURIER, doors=["door-garage"]),
            lambda house: remove(house, "resident-ada"),
            lambda house: remove(house, "door-lobby"),
            renew_sheets,
        ],
        ids=["courier", "courier's doors", "resident", "door", "sheet"],
    )
    async def test_ring_that_can_not_be_answered_anymore_is_refused(
        self, ringing: Ringing, restrict: Callable[[House], object]
    ) -> None:
        page = await ringing.rings()
        house = ringing.asked.house

        await handed_over(house, lambda: restrict(house))
        await ringing.rest()
        reads = await page.reads()
        assert reads == NOT_NOW or reads.startswith("Nobody lets you in now.")
        await ringing.asked.wait(ringing.freezer, BACK_WITHIN)
        assert ringing.asked.phones["Ada"].showing == []
        await ringing.answer()
        await ringing.rest()
        entries = await entries_of(house.building, 5)
        assert [each for each in entries if each.decision == "admitted"] == []

    async def test_yes_from_before_the_change_opens_nothing_that_it_forbids(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        house = ringing.asked.house
        await ringing.after(30)
        await ringing.answer()
        await handed_over(house, lambda: set_data(house, COURIER, enabled=False))
        await ringing.rest()
        assert (await page.reads()).startswith("Nobody lets you in now.")
        assert await entries_of(house.building, 5) == []


class TestSignedCourier:
    async def test_nobody_is_asked_twice(self, asked: AskedHouse) -> None:
        entering = await asked.come("Ada", "Ben", "Cleo")
        await renamed(asked.house)
        await asked.back()
        await asked.phones["Ben"].answer("Let in")

        assert (await entering).body["outcome"] == "opened"
        await asked.settle()
        assert [len(phone.questions) for phone in asked.phones.values()] == [1, 1, 1]
        assert [phone.showing for phone in asked.phones.values()] == [[], [], []]
        assert await asked_so_far(asked.house) == 1

    async def test_silence_is_still_no_answer(
        self, asked: AskedHouse, freezer: FrozenDateTimeFactory
    ) -> None:
        entering = await asked.come("Ada", "Ben", "Cleo")
        await asked.wait(freezer, 6)
        await renamed(asked.house)
        await asked.back()
        await asked.wait(freezer, 12)
        assert (await entering).body["reason"] == "no_answer"
        assert await asked_so_far(asked.house) == 1
        await asked.phones["Ada"].answer("Let in")
        await asked.settle()
        assert (await asked.sender.enter(message_id="msg_later")).body["reason"] == "ok"

    async def test_push_that_is_on_its_way_is_sent_once(
        self, asked_flat: AskedHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        slow = asyncio.Event()
        asked = asked_flat
        pushes = asked.house.building.questions._pushes
        show = pushes.show

        async def slowly(*about: Any) -> bool:
            await slow.wait()
            return await show(*about)

        monkeypatch.setattr(pushes, "show", slowly)
        entering = asyncio.create_task(asked.sender.enter())
        await until(lambda: bool(asked.house.building.questions._sending))
        await renamed(asked.house)
        slow.set()
        await until(lambda: not asked.house.building.questions._sending)
        await asked.phones["Ada"].answer("Let in")
        assert (await entering).body["outcome"] == "opened"
        assert [len(phone.questions) for phone in asked.phones.values()] == [1, 1]

    async def test_question_that_reaches_nobody_after_the_change_counts_as_none(
        self, asked_flat: AskedHouse, freezer: FrozenDateTimeFactory
    ) -> None:
        asked, slow = asked_flat, asyncio.Event()
        pushes = asked.house.building.questions._pushes

        async def fail(*about: Any) -> bool:
            await slow.wait()
            return False

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pushes, "show", fail)
            entering = asyncio.create_task(asked.sender.enter())
            await until(lambda: bool(asked.house.building.questions._sending))
            await renamed(asked.house)
            await asked.back()
            slow.set()
            assert (await entering).body["reason"] == "no_answer"
        await asked.settle()
        for _ in range(3):
            assert (await asked.silence(freezer, "Ada")).body["reason"] == "no_answer"
        assert await asked_so_far(asked.house) == 4

    async def test_unit_of_a_resident_who_is_removed_drops_out(
        self, asked: AskedHouse
    ) -> None:
        entering = await asked.come("Ada", "Ben", "Cleo")
        house = asked.house
        await handed_over(house, lambda: remove(house, "resident-cleo"))
        await asked.back()
        await until(lambda: asked.phones["Cleo"].showing == [])
        await asked.phones["Cleo"].answer("Let in")
        await asked.phones["Ada"].answer("Let in")
        assert (await entering).body["outcome"] == "opened"
        await asked.settle()
        assert len(await said(house.building.ledger, "entry.answered")) == 1

    async def test_panels_are_shown_until_the_new_building_shows_them(
        self, asked: AskedHouse, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        entering = await asked.come("Ada", "Ben", "Cleo")
        house, resume = asked.house, Building._resume_entries
        residents = list(house.building.residents)
        shown: list[set[str]] = []

        async def show_former(building: Building, now: datetime) -> None:
            questions = house.building.questions.open_to(residents)
            shown.append({each.asked.resident_id for each in questions})
            await resume(building, now)

        monkeypatch.setattr(Building, "_resume_entries", show_former)
        await handed_over(house, lambda: remove(house, "resident-cleo"))
        await asked.back()
        assert shown == [{"resident-ada", "resident-ben"}]
        await asked.phones["Ada"].answer("Let in")
        assert (await entering).body["outcome"] == "opened"

    async def test_limit_of_questions_outlives_a_change(
        self, asked: AskedHouse
    ) -> None:
        for number in range(7):
            grant = f"more-{number}"
            await asked.sender.grant(grant, units=("4A",), door="lobby")
        for number in range(6):
            entering = await asked.come("Cleo", grant_id=f"more-{number}")
            await asked.phones["Cleo"].answer("Keep out")
            assert (await entering).body["reason"] == "declined"
            if number == 3:
                await renamed(asked.house)
        answer = await asked.sender.enter("more-6")
        assert answer.body["reason"] == "no_answer"
        assert len(asked.phones["Cleo"].questions) == 6

    async def test_key_that_is_ended_meanwhile_opens_nothing(
        self, asked: AskedHouse
    ) -> None:
        entering = await asked.come("Ada")
        keys = [{"key": OTHER_KEY, "ends_at": None}]
        await handed_over(
            asked.house, lambda: set_data(asked.house, COURIER, keys=keys)
        )
        await asked.phones["Ada"].answer("Let in")
        await asked.rest()
        assert (await entering).status == 401
        assert await entries_of(asked.house.building, 5) == []
