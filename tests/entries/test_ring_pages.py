"""A ring's yes is one opening of the door, for the pages that were waiting."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
import re

import pytest

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    GrantKey,
    Proof,
    Rules,
)
from custom_components.courier_access.entries.unsigned import MOST_AT_DOOR
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web.building_pages import (
    LOOKS_PER_MINUTE,
    REMEMBERED_SECONDS,
    DoorPage,
)
from tests.support.asked_phones import ASK
from tests.support.house import entries_of, until
from tests.support.ringing import (
    LETS_IN,
    STILL_ASKING,
    Page,
    Ringing,
)

STRANGER = "203.0.113.9"
NEIGHBOR = "192.0.2.4"
NOBODY_LET_YOU_IN = "Nobody lets you in now. Call the recipient, or leave."
AT = "You can ring again at "
KEEP_OPEN = "Keep this page open: if a resident still agrees, it says so."
LETS_IN_LATE = "Somebody lets you in. Tap “Open the door”."
FROM_TWO_PAST = [NOBODY_LET_YOU_IN, f"{AT}4:02 AM. {KEEP_OPEN}"]


async def admitted(ringing: Ringing) -> int:
    """Return how often the door opened."""
    await ringing.rest()
    entries = await entries_of(ringing.asked.house.building, 20)
    return sum(each.decision == "admitted" for each in entries)


@contextmanager
def slow_door(ringing: Ringing) -> Iterator[asyncio.Event]:
    """Have the door open only once the event is set."""
    driver = ringing.asked.house.building.drivers["door-lobby"]
    idle, slow = driver.relock.idle, asyncio.Event()

    async def slowly() -> None:
        await slow.wait()
        await idle()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver.relock, "idle", slowly)
        yield slow


class TestWaiting:
    async def test_late_yes_opens_for_the_page_that_waits(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(40, page)
        shown = await page.fetch()
        assert shown.lines[2] == STILL_ASKING
        # It can be understood without reading it.
        assert ("class", "said now asking") in shown.page.attributes
        assert re.fullmatch(r"1:1\d", shown.lines[3])
        assert shown.headers["Refresh"] == "3"

        await ringing.answer()

        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1
        [entry] = await entries_of(ringing.asked.house.building, 5)
        assert entry.proof is Proof.RING

    async def test_page_waits_two_minutes_and_then_may_ring_again(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(110, page)
        assert await page.reads() == STILL_ASKING
        await ringing.after(10, page)

        shown = await page.fetch()

        assert shown.lines[2:5] == [NOBODY_LET_YOU_IN, KEEP_OPEN, "Ring again"]
        assert shown.headers["Refresh"] == "10"
        await page.ring_again()
        assert await page.reads() == STILL_ASKING
        assert ringing.questions() == 2
        await ringing.answer()
        assert await page.reads() == LETS_IN

    async def test_page_may_ring_again_only_from_the_time_that_it_names(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.answer("Keep out")
        early = await page.fetch()
        assert early.lines[2:] == [*FROM_TWO_PAST, "Look again", "Type a code"]
        assert early.page.forms == []
        assert early.headers["Refresh"] == "10"

        await ringing.after(119)
        assert (await page.fetch()).lines[2:4] == FROM_TWO_PAST
        await ringing.after(1)

        assert (await page.fetch()).lines[3:] == [
            KEEP_OPEN,
            "Ring again",
            "Type a code",
        ]

    async def test_every_page_that_waited_reads_that_the_door_is_open(
        self, ringing: Ringing
    ) -> None:
        pages = [await ringing.rings()]
        for network in (STRANGER, NEIGHBOR):
            pages.append(ringing.page(network))
            await pages[-1].send()
            await ringing.after(10, *pages)
        assert ringing.questions() == 1

        await ringing.answer()

        assert [await page.reads() for page in pages] == [LETS_IN] * 3
        assert await admitted(ringing) == 1

    async def test_bell_that_rings_meanwhile_waits_for_the_same_answer(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(30, page)
        bell = await ringing.bell()
        await ringing.after(30, page)

        await ringing.answer()

        assert (await bell)["decision"] == "admitted"
        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1
        assert ringing.questions() == 1

    async def test_no_reads_like_no_answer(self, ringing: Ringing) -> None:
        page = await ringing.rings()
        await ringing.answer("Keep out")
        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await admitted(ringing) == 0


class TestForWhom:
    @pytest.mark.parametrize("who", ["page", "bell"])
    async def test_yes_is_for_nobody_who_came_after_it(
        self, ringing: Ringing, who: str
    ) -> None:
        """The driver's page was closed before the yes."""
        await ringing.rings()
        await ringing.after(40)
        await ringing.answer()
        await ringing.after(5)

        if who == "bell":
            bell = await ringing.bell()
            await ringing.after(46)
            assert (await bell)["reason"] == "no_answer"
        else:
            stranger = ringing.page(STRANGER)
            await stranger.send()
            await ringing.after(130, stranger)
            assert (await stranger.reads()).startswith(NOBODY_LET_YOU_IN)

        assert ringing.questions() == 2
        assert await admitted(ringing) == 0

    async def test_page_that_nobody_looks_at_opens_nothing_until_it_is_fetched(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(40, page)
        await ringing.after(20)
        await ringing.answer()
        await ringing.after(20)
        assert await admitted(ringing) == 0
        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1

    async def test_page_that_is_fetched_too_late_opens_nothing(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(40, page)
        await ringing.answer()
        await ringing.after(82)
        assert await page.reads() != LETS_IN
        assert await admitted(ringing) == 0

    async def test_page_that_rings_while_the_door_opens_for_it_is_let_in_too(
        self, ringing: Ringing
    ) -> None:
        await ringing.asked.sender.grant(
            "of-3B", units=("3B",), door="lobby", max_entries=5, revision=2
        )
        await ringing.after(125, await ringing.rings(NEIGHBOR))
        early = await ringing.rings()
        await ringing.after(60, early)
        late = ringing.page(STRANGER)
        await late.send()
        await ringing.after(70, late)
        with slow_door(ringing) as slow:
            await ringing.answer()
            looking = asyncio.create_task(late.fetch())
            await ringing.rest()
            await early.ring_again()
            await ringing.rest()
            slow.set()
            await ringing.rest()
        await looking
        assert await early.reads() == LETS_IN
        assert await admitted(ringing) == 1
        assert ringing.questions() == 2

    async def test_door_that_is_slow_opens_nothing_once_the_page_is_gone(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(20, page)
        with slow_door(ringing) as slow:
            await ringing.answer()
            looking = asyncio.create_task(page.fetch())
            await ringing.asked.rest()
            await ringing.after(11)
            slow.set()
            await ringing.asked.rest()
        await looking
        assert await admitted(ringing) == 0
        # The yes is kept for the driver who comes back.
        await page.ring_again()
        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1

    async def test_driver_who_comes_back_within_five_minutes_needs_no_second_question(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.answer()
        await ringing.after(280)
        assert await admitted(ringing) == 0

        await page.ring_again()

        assert await page.reads() == LETS_IN
        assert ringing.questions() == 1
        assert await admitted(ringing) == 1

    async def test_driver_who_comes_back_later_is_asked_about_again(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.answer()
        await ringing.after(300)
        await page.ring_again()
        assert await page.reads() == STILL_ASKING
        assert ringing.questions() == 2

    async def test_page_that_was_let_in_is_asked_about_again(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        form = await page.driver.form(1)
        await ringing.answer()
        assert await page.reads() == LETS_IN
        once = page.to.removeprefix("?once=")
        page._keep(await page.driver.send({"once": form["once"], "again": once}))
        assert await page.reads() != LETS_IN
        assert await admitted(ringing) == 1

    async def test_page_that_came_while_a_yes_was_written_waits_for_no_answer_in_vain(
        self, ringing: Ringing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await ringing.asked.sender.grant(
            "of-3B", units=("3B",), door="lobby", max_entries=5, revision=2
        )
        first = await ringing.rings()
        building, written = ringing.asked.house.building, asyncio.Event()
        write, user_id = building.ledger.write, ringing.asked.people["Ada"].id
        [digest] = building.questions._answerable

        async def late[T](work: Callable[[Transaction], T]) -> T:
            await written.wait()
            return await write(work)

        with monkeypatch.context() as slow:
            slow.setattr(building.ledger, "write", late)
            answering = asyncio.create_task(
                building.questions.answer_open(Answer.APPROVED, digest, user_id)
            )
            await ringing.asked.rest()
            stranger = ringing.page(STRANGER)
            await stranger.send()
            await ringing.asked.rest()
            assert ringing.asked.waiting == 2
            written.set()
            assert await answering
        await ringing.rest()
        assert await first.reads() == LETS_IN
        assert (await stranger.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await admitted(ringing) == 1

    async def test_page_says_that_a_late_yes_came_and_opens_by_a_tap(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.answer()
        await ringing.after(30)

        shown = await page.fetch()

        assert shown.lines[2:] == [LETS_IN_LATE, "Open the door", "Type a code"]
        assert ("class", "said now come") in shown.page.attributes
        assert shown.headers["Refresh"] == "10"
        # It goes on looking, and opens nothing by that.
        await ringing.after(60, page)
        assert await page.reads() == LETS_IN_LATE
        assert await admitted(ringing) == 0
        await page.ring_again()
        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1
        assert ringing.questions() == 1

    async def test_page_does_not_learn_of_a_late_yes_to_another_one(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        other = await ringing.rings(STRANGER)
        await ringing.after(125, other)
        await ringing.answer()

        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await other.reads() == LETS_IN_LATE

    async def test_used_yes_opens_for_no_other_page_that_shows_it(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        late = ringing.page(STRANGER)
        await late.send()
        await ringing.after(125, page, late)
        await ringing.answer()
        assert await page.reads() == await late.reads() == LETS_IN_LATE
        await page.ring_again()
        assert await page.reads() == LETS_IN

        assert (await late.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await admitted(ringing) == 1

    @pytest.mark.parametrize("answer", ["Keep out", "nothing", "not expected"])
    async def test_page_looks_for_a_yes_as_long_whatever_residents_say(
        self, ringing: Ringing, answer: str
    ) -> None:
        if answer == "not expected":
            await ringing.asked.sender.revoke("of-3B")
            page = ringing.page()
            await page.send()
            await ringing.after(125, page)
        else:
            page = await ringing.rings()
            await ringing.after(125, page)
        if answer == "Keep out":
            await ringing.answer("Keep out")

        shown = await page.fetch()

        assert shown.lines[2] == NOBODY_LET_YOU_IN
        assert shown.headers["Refresh"] == "10"

    async def test_page_that_is_forgotten_soon_stops_looking(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.after(REMEMBERED_SECONDS - 150)
        assert (await page.fetch()).headers["Refresh"] == "10"
        await ringing.after(15)
        shown = await page.fetch()
        assert shown.lines[2] == NOBODY_LET_YOU_IN
        assert "Refresh" not in shown.headers

    async def test_old_page_that_looks_for_a_yes_is_nobody_at_the_door(
        self, ringing: Ringing
    ) -> None:
        """The driver rang again, and closed the page that waits; an old tab goes on."""
        page = await ringing.rings()
        await ringing.after(125, page)
        old = replace(page)
        assert (await old.reads()).startswith(NOBODY_LET_YOU_IN)
        await page.ring_again()
        await ringing.sent()
        await ringing.after(20)
        await ringing.answer()
        await ringing.after(20, old)
        assert await admitted(ringing) == 0

    async def test_looking_takes_no_page_from_others_of_the_network(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        looks = range(DoorPage.pages_per_minute)
        statuses = [(await page.driver.look(page.to)).status for _ in looks]
        assert 0 < statuses.count(200) <= LOOKS_PER_MINUTE
        assert statuses[-1] == 429
        assert (await page.driver.look()).status == 200

    async def test_token_of_no_page_rings_for_nobody(self, ringing: Ringing) -> None:
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.answer()
        stranger = ringing.page(STRANGER)
        form = await stranger.driver.form(1)
        sent = await stranger.driver.send({"once": form["once"], "again": "A" * 22})
        assert sent.headers["Location"] == "?again"
        assert await admitted(ringing) == 0


@pytest.mark.parametrize("waits", [True, False])
async def test_bell_waits_45_seconds_and_has_no_later_yes(
    ringing: Ringing, waits: bool
) -> None:
    bell = await ringing.bell()
    await ringing.sent()
    await ringing.after(44 if waits else 45)
    assert bell.done() is not waits
    await ringing.answer()
    await ringing.after(5)
    assert (await bell)["decision"] == ("admitted" if waits else "refused")
    again = await ringing.bell()
    await ringing.after(46)
    assert (await again)["decision"] == "refused"
    assert await admitted(ringing) == (1 if waits else 0)


async def test_parcel_number_at_a_page_waits_like_a_ring(ringing: Ringing) -> None:
    await ringing.asked.sender.grant(
        "named", units=("3B",), door="lobby", parcel_ref="JD014671"
    )
    page = ringing.page()
    await page.send(code="JD014671")
    await ringing.after(100, page)
    assert await page.reads() == STILL_ASKING
    await ringing.answer()
    assert await page.reads() == LETS_IN
    [entry] = await entries_of(ringing.asked.house.building, 5)
    assert entry.proof is Proof.PARCEL_NUMBER
    assert await admitted(ringing) == 1


async def test_parcel_number_that_comes_back_is_let_in_by_a_late_yes(
    ringing: Ringing,
) -> None:
    await ringing.asked.sender.grant(
        "named", units=("3B",), door="lobby", parcel_ref="JD014671"
    )
    page = ringing.page()
    await page.send(code="JD014671")
    await ringing.after(125, page)
    assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
    await ringing.answer()
    assert await page.reads() == LETS_IN_LATE

    stranger = ringing.page(STRANGER)
    await stranger.send(code="JD014671")
    assert await stranger.reads() == STILL_ASKING
    await page.ring_again()
    assert await page.reads() == LETS_IN
    assert await admitted(ringing) == 1


@pytest.mark.parametrize("when", ["before the answer", "after the answer"])
async def test_reload_drops_a_yes_to_a_parcel_number_at_a_page(
    ringing: Ringing, when: str
) -> None:
    await ringing.asked.sender.grant(
        "named", units=("3B",), door="lobby", parcel_ref="JD014671"
    )
    page, entry = ringing.page(), ringing.asked.house.entry
    await page.send(code="JD014671")
    await ringing.after(125, page)
    if when == "after the answer":
        await ringing.answer()
    await ringing.asked.hass.config_entries.async_reload(entry.entry_id)
    await ringing.after(1)
    if when == "before the answer":
        await ringing.answer()

    stranger = ringing.page(STRANGER)
    await stranger.send(code="JD014671")
    assert await stranger.reads() == STILL_ASKING
    assert ringing.questions() == 2
    assert await admitted(ringing) == 0


async def test_unload_ends_the_wait(ringing: Ringing) -> None:
    page, entry = await ringing.rings(), ringing.asked.house.entry
    await ringing.after(30, page)
    await ringing.asked.hass.config_entries.async_reload(entry.entry_id)
    await ringing.after(1)
    assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
    # A restart drops the yes of a ring, and takes its question back.
    pushes = ringing.asked.phones["Ada"].pushes
    assert not any("stopped waiting" in each["message"] for each in pushes)
    assert ringing.asked.phones["Ada"].showing == []
    await ringing.answer()
    assert await admitted(ringing) == 0


async def test_reload_drops_a_yes_that_nobody_came_back_to(ringing: Ringing) -> None:
    page, entry = await ringing.rings(), ringing.asked.house.entry
    await ringing.after(125, page)
    await ringing.answer()
    await ringing.asked.hass.config_entries.async_reload(entry.entry_id)
    await page.ring_again()
    assert await page.reads() == STILL_ASKING
    assert ringing.questions() == 2


async def test_page_that_rings_again_replaces_its_earlier_question(
    ringing: Ringing,
) -> None:
    page, ada = await ringing.rings(), ringing.asked.phones["Ada"]
    await ringing.after(125, page)
    [late] = ada.showing
    await page.ring_again()
    await until(lambda: ringing.questions() == 2)
    await ringing.sent()
    await until(lambda: late not in ada.showing)

    assert ada.showing == [ada.questions[-1]["tag"]]
    await ringing.answer()
    assert await page.reads() == LETS_IN


async def test_question_about_another_page_stays_when_a_page_rings_again(
    ringing: Ringing,
) -> None:
    page, ada = await ringing.rings(), ringing.asked.phones["Ada"]
    other = ringing.page(STRANGER)
    await other.send()
    await ringing.after(125, page, other)
    [late] = ada.showing
    await page.ring_again()
    await until(lambda: ringing.questions() == 2)
    await ringing.sent()
    await ringing.rest()

    assert late in ada.showing


class TestHeldYes:
    """A yes waits for a page that may come back."""

    @pytest.fixture
    async def page(self, ringing: Ringing) -> Page:
        """Return the page of a driver who left before Ada said yes."""
        page = await ringing.rings()
        await ringing.after(125, page)
        await ringing.answer()
        return page

    async def is_asked_anew(self, ringing: Ringing, page: Page) -> bool:
        before = ringing.questions()
        await page.ring_again()
        said = await page.reads()
        return said == STILL_ASKING and ringing.questions() == before + 1

    async def test_page_shows_a_yes_until_it_is_over(
        self, ringing: Ringing, page: Page
    ) -> None:
        assert await page.reads() == LETS_IN_LATE
        pauses = ringing.asked.house.building.rulebook.pauses
        await pauses.pause(Author())
        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
        await pauses.resume(Author(), ())
        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)

    async def test_yes_and_pause_leave_nothing_after_resume(
        self, ringing: Ringing, page: Page
    ) -> None:
        pauses = ringing.asked.house.building.rulebook.pauses
        await pauses.pause(Author())
        await ringing.rest()
        await pauses.resume(Author(), ())
        assert await self.is_asked_anew(ringing, page)

    async def test_pause_of_the_unit_drops_it(
        self, ringing: Ringing, page: Page
    ) -> None:
        pauses = ringing.asked.house.building.rulebook.pauses
        await pauses.pause(Author(), unit="3b")
        await pauses.resume(Author(), unit="3b")
        assert await self.is_asked_anew(ringing, page)

    @pytest.mark.parametrize(
        "narrower",
        [
            replace(ASK, default=Attitude.DENY),
            replace(ASK, consent=Consent.NOT_GIVEN),
            replace(ASK, schedule=WeekSchedule()),
        ],
        ids=["deny", "opted out", "hours"],
    )
    async def test_narrower_rules_drop_it_even_if_they_are_taken_back(
        self, ringing: Ringing, page: Page, narrower: Rules
    ) -> None:
        await ringing.asked.decide("Ada", narrower)
        await ringing.asked.decide("Ada", ASK)
        assert await self.is_asked_anew(ringing, page)

    async def test_looser_rules_leave_it(self, ringing: Ringing, page: Page) -> None:
        await ringing.asked.decide("Ada", replace(ASK, share_hours=True))
        await page.ring_again()
        assert await page.reads() == LETS_IN

    async def test_veto_drops_it(self, ringing: Ringing, page: Page) -> None:
        key = GrantKey("courier-parcel-post", "of-3B")
        await ringing.asked.house.building.grants.veto(key, "3b", Author())
        await page.ring_again()
        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await admitted(ringing) == 0

    async def test_withdrawal_drops_it(self, ringing: Ringing, page: Page) -> None:
        await ringing.asked.decide("Ada", replace(ASK, consent=Consent.WITHDRAWN))
        await ringing.asked.decide("Ada", ASK)
        await page.ring_again()
        assert (await page.reads()).startswith(NOBODY_LET_YOU_IN)
        assert await admitted(ringing) == 0


async def test_yes_during_a_pause_opens_nothing_after_it(ringing: Ringing) -> None:
    page = await ringing.rings()
    await ringing.after(125, page)
    pauses = ringing.asked.house.building.rulebook.pauses
    await pauses.pause(Author())
    await ringing.answer()
    await pauses.resume(Author(), ())
    await page.ring_again()
    assert await page.reads() == STILL_ASKING
    assert await admitted(ringing) == 0


class TestPlaces:
    async def test_two_pages_of_a_network_wait_and_a_third_reads_from_when_on(
        self, ringing: Ringing
    ) -> None:
        first = await ringing.rings()
        await ringing.after(30, first)
        second, third = ringing.page(), ringing.page()
        await second.send()
        await third.send()
        assert await second.reads() == STILL_ASKING
        assert (await third.fetch()).lines[2:4] == FROM_TWO_PAST
        other = ringing.page(STRANGER)
        await other.send()
        assert await other.reads() == STILL_ASKING

    async def test_twenty_pages_wait_at_a_door(self, ringing: Ringing) -> None:
        await ringing.rings()
        pages = [ringing.page(f"192.0.2.{number}") for number in range(20)]
        for page in pages:
            await page.send()
        assert await pages[0].reads() == await pages[18].reads() == STILL_ASKING
        assert (await pages[19].fetch()).lines[2:4] == FROM_TWO_PAST
        # Who shows a number has a place of their own.
        await ringing.asked.sender.grant(
            "named", units=("3B",), door="lobby", parcel_ref="JD014671"
        )
        driver = ringing.page(STRANGER)
        await driver.send(code="JD014671")
        assert await driver.reads() == STILL_ASKING

    async def test_page_that_is_gone_makes_room(self, ringing: Ringing) -> None:
        """Nobody keeps drivers from ringing who rings from everywhere and waits nowhere."""
        first = await ringing.rings("192.0.2.100")
        for number in range(MOST_AT_DOOR - 1):
            await ringing.page(f"192.0.2.{number}").send()
        await ringing.after(12)
        assert ringing.asked.waiting == MOST_AT_DOOR
        page = ringing.page()
        await page.send()
        assert await page.reads() == STILL_ASKING
        await ringing.rest()
        assert ringing.asked.waiting == MOST_AT_DOOR
        # The page that lost its place was asked about, and may come back to a yes.
        await ringing.answer()
        await ringing.after(1)
        await first.ring_again()
        assert await first.reads() == LETS_IN
        assert await page.reads() == LETS_IN
        assert await admitted(ringing) == 1

    async def test_fetches_of_a_waiting_page_count_against_no_limit(
        self, ringing: Ringing
    ) -> None:
        page = await ringing.rings()
        await ringing.after(20, page)
        looking = [
            asyncio.create_task(page.driver.look(page.to))
            for _ in range(DoorPage.pages_per_minute + 1)
        ]
        await ringing.rest()
        assert not any(each.done() for each in looking)
        await ringing.after(2)
        assert {(await each).status for each in looking} == {200}
        assert (await page.driver.look()).status == 200

    async def test_ring_where_nobody_can_be_asked_reads_from_when_on(
        self, ringing: Ringing
    ) -> None:
        await ringing.asked.house.building.rulebook.pauses.pause(Author())
        page = ringing.page()
        await page.send()
        assert (await page.fetch()).lines[2:4] == FROM_TWO_PAST
        await ringing.after(120)
        await page.ring_again()
        assert (await page.fetch()).lines[3] == f"{AT}4:04 AM. {KEEP_OPEN}"
        assert ringing.questions() == 0
