"""Every resident is told of every entry, over their targets in turn, or it shows that they can't be (promise 2)."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
import logging
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import Context, HomeAssistant, ServiceCall
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.test_util.aiohttp import AiohttpClientMocker
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from sqlalchemy import update

from custom_components.courier_access import notices as module
from custom_components.courier_access.access.model import Outcome, Reason, Resident
from custom_components.courier_access.const import DOMAIN, TargetKind
from custom_components.courier_access.ledger import told
from custom_components.courier_access.ledger.ledger import Ledger
from custom_components.courier_access.ledger.outbox import FANOUTS_A_STEP, NoticeState
from custom_components.courier_access.ledger.tables import entries
from custom_components.courier_access.ledger.told import Told
from custom_components.courier_access.notices import MOST_AT_ONCE, Notices
from custom_components.courier_access.targets import Addressee, Target
from tests.ledger.filled import NOON, owed_entry, residents
from tests.phones import (
    RECEIVED,
    add_letters,
    add_mailbox,
    add_person,
    register_phone,
)

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
APPS = Target(TargetKind.PERSON_APPS)


def action(name: str) -> Target:
    return Target(TargetKind.ACTION, f"notify.{name}")


def entity(name: str) -> Target:
    return Target(TargetKind.ENTITY, f"notify.{name}")


@dataclass(slots=True)
class House:
    """A building with its ledger, its residents and their notices."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    ledger: Ledger
    entry_id: str
    addressees: dict[str, Addressee] = field(default_factory=dict)
    notices: Notices = field(init=False)

    def __post_init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Make the notices anew, as a start does."""
        self.notices = Notices(self.hass, self.ledger, self.entry_id, lambda: self.addressees)

    def enrol(
        self,
        resident_id: str,
        unit: str,
        *chosen: Target,
        person: str | None = None,
        language: str | None = None,
    ) -> None:
        """Let a resident be told over these targets."""
        name = resident_id.capitalize()
        resident = Resident(resident_id, name, unit, unit.upper(), person)
        self.addressees[resident_id] = Addressee(resident, language, chosen)

    async def start(self) -> None:
        """Start and let everything that is due happen."""
        members = tuple((key, one.resident.unit) for key, one in self.addressees.items())
        await self.ledger.write(lambda transaction: residents(transaction, members))
        await self.notices.async_start()
        await self.settle()

    async def restart(self) -> None:
        """Stop and start again."""
        await self.notices.async_stop()
        self.renew()
        await self.notices.async_start()
        await self.settle()

    async def enter(self, entry_id: str = "entry-1", reason: Reason = Reason.OK) -> None:
        """Let an entry happen now and its notices go out."""
        at = dt_util.utcnow()
        await self.ledger.write(partial(owed_entry, entry_id=entry_id, at=at, reason=reason))
        self.notices.wake()
        await self.settle()

    async def settle(self) -> None:
        await self.hass.async_block_till_done(wait_background_tasks=True)

    async def wait(self, time: timedelta) -> None:
        """Let time pass."""
        self.freezer.tick(time)
        async_fire_time_changed(self.hass)
        await self.settle()

    async def told(self, resident_id: str, entry_id: str = "entry-1") -> Told:
        """Return how far a resident has been told."""
        by_entry = await self.ledger.read(partial(told.for_entries, entry_ids=[entry_id]))
        [found] = [one for one in by_entry[entry_id] if one.resident_id == resident_id]
        return found

    @property
    def unreachable(self) -> set[str]:
        """The residents whom a repair says can't be reached."""
        return {
            issue_id
            for domain, issue_id in ir.async_get(self.hass).issues
            if domain == DOMAIN and issue_id.startswith("resident_unreachable_")
        }


@pytest.fixture
async def house(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, tmp_path: Path
) -> AsyncGenerator[House]:
    freezer.move_to(NOON)
    entry = MockConfigEntry(domain=DOMAIN, title="Elm House")
    entry.add_to_hass(hass)
    ledger = Ledger(tmp_path / "building.db")
    await ledger.open()
    made = House(hass, freezer, ledger, entry.entry_id)
    yield made
    await made.notices.async_stop()
    await ledger.close()


async def test_every_resident_is_told_and_only_recipients_what_it_is(
    hass: HomeAssistant, house: House
) -> None:
    recipient, neighbour = add_letters(hass, "anna"), add_letters(hass, "cleo")
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()

    await house.enter()

    [to_recipient], [to_neighbour] = recipient.received, neighbour.received
    for message in (to_recipient, to_neighbour):
        assert "Swift Parcels was let in at Front door" in message["message"]
    assert "Unit 3B. Parcel PKT-7." in to_recipient["message"]
    assert "3B" not in to_neighbour["message"]
    assert "PKT-7" not in to_neighbour["message"]
    for resident_id in ("anna", "cleo"):
        found = await house.told(resident_id)
        assert (found.state, found.over, found.handed_over_at) == (
            NoticeState.HANDED_OVER,
            (f"notify.{resident_id}",),
            NOON,
        )


async def test_a_refusal_is_told_to_recipients_only(hass: HomeAssistant, house: House) -> None:
    recipient, neighbour = add_letters(hass, "anna"), add_letters(hass, "cleo")
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()

    await house.enter(reason=Reason.OUTSIDE_SCHEDULE)

    [message] = recipient.received
    assert "was refused entry" in message["message"]
    assert neighbour.received == []


async def test_an_entry_is_told_once_its_outcome_is_known(
    hass: HomeAssistant, house: House
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notices.wake()
    await house.settle()
    assert letters.received == []

    await house.ledger.read(
        lambda conn: conn.execute(update(entries).values(outcome=Outcome.FAILED))
    )
    house.notices.wake()
    await house.settle()

    [message] = letters.received
    assert "the door did not open" in message["message"]


async def test_an_outcome_that_never_comes_holds_no_notice(
    hass: HomeAssistant, house: House
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(partial(owed_entry, outcome=None))
    house.notices.wake()
    await house.settle()

    await house.wait(MINUTE)

    [message] = letters.received
    assert "is being let in" in message["message"]


async def test_each_resident_is_told_in_their_language(hass: HomeAssistant, house: House) -> None:
    french, default, other = (add_letters(hass, name) for name in ("anna", "bo", "cleo"))
    hass.config.language = "fr"
    house.enrol("anna", "3b", action("anna"), language="en")
    house.enrol("bo", "3b", action("bo"))
    house.enrol("cleo", "3b", action("cleo"), language="nl")
    await house.start()

    await house.enter()

    assert "Record 1" in french.received[0]["message"]
    assert "Enregistrement 1" in default.received[0]["message"]
    assert "Record 1" in other.received[0]["message"]


async def test_a_target_that_fails_hands_over_to_the_next(
    hass: HomeAssistant, house: House
) -> None:
    broken, unavailable = await add_mailbox(hass, "broken"), await add_mailbox(hass, "away")
    letters = add_letters(hass, "anna")
    broken.is_broken = True
    unavailable.set_available(False)
    house.enrol("anna", "3b", entity("broken"), entity("away"), action("gone"), action("anna"))
    await house.start()

    await house.enter()

    assert len(letters.received) == 1
    found = await house.told("anna")
    assert (found.state, found.over) == (NoticeState.HANDED_OVER, ("notify.anna",))


async def test_a_taken_notice_goes_nowhere_else(hass: HomeAssistant, house: House) -> None:
    mailbox, letters = await add_mailbox(hass, "box"), add_letters(hass, "anna")
    house.enrol("anna", "3b", entity("box"), action("anna"))
    await house.start()

    await house.enter()
    await house.wait(25 * HOUR)

    assert len(mailbox.received) == 1
    assert letters.received == []
    assert house.unreachable == set()


async def test_a_receipt_of_the_residents_app_confirms(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", APPS, action("anna"), person=person)
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    assert (await house.told("anna")).state is NoticeState.HANDED_OVER
    house.freezer.tick(SECOND)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()

    found = await house.told("anna")
    assert (found.state, found.over, found.confirmed_at) == (
        NoticeState.CONFIRMED,
        ("notify.mobile_app_phone",),
        NOON + SECOND,
    )
    await house.wait(2 * MINUTE)
    assert letters.received == []


@pytest.mark.parametrize("push_status", [201, 500])
async def test_without_a_receipt_in_two_minutes_the_next_target_is_tried(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker, push_status: int
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    first = await register_phone(hass, aioclient_mock, anna, "First", push_status=push_status)
    second = await register_phone(hass, aioclient_mock, anna, "Second")
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", APPS, action("anna"), person=person)
    await house.start()

    await house.enter()
    await house.wait(2 * MINUTE - SECOND)
    assert second.pushes(aioclient_mock) == []
    await house.wait(SECOND)
    assert letters.received == []
    await house.wait(2 * MINUTE)

    pushes = [*first.pushes(aioclient_mock), *second.pushes(aioclient_mock)]
    assert len(pushes) == 2
    assert pushes[0]["data"]["tag"] == pushes[1]["data"]["tag"]
    assert len(letters.received) == 1
    found = await house.told("anna")
    assert (found.state, found.over) == (
        NoticeState.HANDED_OVER,
        ("notify.mobile_app_first", "notify.mobile_app_second", "notify.anna"),
    )


async def test_without_another_target_an_unconfirmed_notice_stays_handed_over(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    house.enrol("anna", "3b", APPS, person=person)
    await house.start()

    await house.enter()
    for _ in range(3):
        await house.wait(24 * HOUR)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert (await house.told("anna")).state is NoticeState.HANDED_OVER
    assert house.unreachable == set()


async def test_a_next_target_that_fails_is_tried_again_but_the_app_is_not(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    house.enrol("anna", "3b", APPS, action("anna"), person=person)
    await house.start()

    await house.enter()
    await house.wait(2 * MINUTE)
    letters.error = None
    await house.wait(MINUTE)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert len(letters.received) == 1


async def test_a_receipt_of_another_users_app_confirms_nothing(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    anna, mallory = (MockUser().add_to_hass(hass).id for _ in range(2))
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    forger = await register_phone(hass, aioclient_mock, mallory, "Forger")
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", APPS, action("anna"), person=person)
    house.enrol("mallory", "4a", action("mallory"))
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    await forger.confirm(await hass_client_no_auth(), push)
    hass.bus.async_fire(RECEIVED, {"tag": push["data"]["tag"]})
    await house.settle()

    assert (await house.told("anna")).state is NoticeState.HANDED_OVER
    await house.wait(2 * MINUTE)
    assert len(letters.received) == 1


@pytest.mark.parametrize("data", [{}, {"tag": 7}, {"tag": "doorbell"}])
async def test_receipts_of_other_pushes_are_passed_over(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    data: dict[str, Any],
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    await register_phone(hass, aioclient_mock, anna, "Phone")
    house.enrol("anna", "3b", APPS, person=person)
    await house.start()
    await house.enter()

    hass.bus.async_fire(RECEIVED, data, context=Context(user_id=anna))
    await house.settle()

    assert (await house.told("anna")).state is NoticeState.HANDED_OVER


async def test_the_phone_of_somebody_else_may_confirm_where_it_is_a_target(
    hass: HomeAssistant,
    house: House,
    aioclient_mock: AiohttpClientMocker,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    carer = MockUser().add_to_hass(hass).id
    phone = await register_phone(hass, aioclient_mock, carer, "Carer")
    house.enrol("anna", "3b", action("mobile_app_carer"))
    await house.start()

    await house.enter()
    [push] = phone.pushes(aioclient_mock)
    await phone.confirm(await hass_client_no_auth(), push)
    await house.settle()

    assert (await house.told("anna")).state is NoticeState.CONFIRMED


async def test_a_round_in_vain_is_repeated_after_growing_pauses(
    hass: HomeAssistant, house: House
) -> None:
    tries = []
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("gone"), action("anna"))
    letters.error = OSError()

    async def count(call: ServiceCall) -> None:
        tries.append(dt_util.utcnow())
        raise OSError

    hass.services.async_register("notify", "gone", count)
    await house.start()
    await house.enter()
    for pause in (10, 30, 60, 120, 300, 600, 1800, 3600, 3600):
        before = len(tries)
        await house.wait(timedelta(seconds=pause - 1))
        assert len(tries) == before
        await house.wait(SECOND)
        assert len(tries) == before + 1

    letters.error = None
    await house.wait(HOUR)
    assert len(letters.received) == 1
    found = await house.told("anna")
    assert (found.state, found.attempts) == (NoticeState.HANDED_OVER, 11)


async def test_after_a_day_in_vain_a_notice_has_failed(hass: HomeAssistant, house: House) -> None:
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()

    for _ in range(26):
        await house.wait(HOUR)

    assert (await house.told("anna")).state is NoticeState.FAILED
    assert house.unreachable == {"resident_unreachable_anna"}
    letters.error = None
    await house.wait(HOUR)
    assert letters.received == []


async def test_a_resident_without_targets_is_unreachable_not_forgotten(
    hass: HomeAssistant, house: House
) -> None:
    house.enrol("anna", "3b")
    await house.start()
    await house.enter()

    await house.wait(HOUR)

    assert house.unreachable == {"resident_unreachable_anna"}


async def test_an_unreachable_resident_is_shown_until_a_notice_is_taken(
    hass: HomeAssistant, house: House
) -> None:
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    add_letters(hass, "cleo")
    await house.start()
    await house.enter()
    await house.wait(HOUR - SECOND)
    assert house.unreachable == set()

    await house.wait(SECOND)
    issue = ir.async_get(hass).async_get_issue(DOMAIN, "resident_unreachable_anna")
    assert issue is not None
    assert house.unreachable == {issue.issue_id}
    assert not issue.is_fixable
    assert issue.severity is ir.IssueSeverity.WARNING
    assert issue.translation_key == "resident_unreachable"
    assert issue.translation_placeholders == {"resident": "Anna", "building": "Elm House"}

    letters.error = None
    await house.enter("entry-2")
    assert house.unreachable == set()


async def test_another_buildings_unreachable_residents_stay_shown(
    hass: HomeAssistant, house: House
) -> None:
    ir.async_create_issue(
        hass,
        DOMAIN,
        "resident_unreachable_elsewhere",
        data={"entry_id": "another"},
        is_fixable=False,
        severity=ir.IssueSeverity.WARNING,
        translation_key="resident_unreachable",
    )
    await house.start()

    assert house.unreachable == {"resident_unreachable_elsewhere"}


async def test_whoever_is_gone_is_neither_told_nor_shown(hass: HomeAssistant, house: House) -> None:
    letters = add_letters(hass, "anna")
    letters.error = OSError()
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    await house.wait(HOUR)
    assert house.unreachable == {"resident_unreachable_anna"}

    del house.addressees["anna"]
    letters.error = None
    await house.restart()
    await house.wait(HOUR)

    assert (await house.told("anna")).state is NoticeState.FAILED
    assert house.unreachable == set()
    assert letters.received == []


async def test_what_was_owed_before_a_restart_is_told_after_it(
    hass: HomeAssistant, house: House
) -> None:
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    await house.notices.async_stop()
    await house.wait(5 * HOUR)
    letters = add_letters(hass, "anna")

    await house.restart()

    assert len(letters.received) == 1
    assert "2026" not in letters.received[0]["message"]
    assert house.unreachable == set()


async def test_a_target_that_is_registered_late_after_a_restart_is_found(
    hass: HomeAssistant, house: House
) -> None:
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    await house.restart()
    letters = add_letters(hass, "anna")

    await house.wait(30 * SECOND)

    assert len(letters.received) == 1


async def test_what_was_handed_over_is_not_sent_again_after_a_restart(
    hass: HomeAssistant, house: House, aioclient_mock: AiohttpClientMocker
) -> None:
    anna = MockUser().add_to_hass(hass).id
    person = (await add_person(hass, {"Anna": anna}))["Anna"]
    phone = await register_phone(hass, aioclient_mock, anna, "Phone")
    house.enrol("anna", "3b", APPS, person=person)
    letters = add_letters(hass, "cleo")
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()
    await house.enter()

    await house.restart()
    await house.wait(2 * MINUTE)

    assert len(phone.pushes(aioclient_mock)) == 1
    assert len(letters.received) == 1


async def test_a_service_that_hangs_holds_nobody_else(hass: HomeAssistant, house: House) -> None:
    other_was_told = asyncio.Event()

    async def hang(call: ServiceCall) -> None:
        await other_was_told.wait()

    async def take(call: ServiceCall) -> None:
        other_was_told.set()

    hass.services.async_register("notify", "anna", hang)
    hass.services.async_register("notify", "cleo", take)
    house.enrol("anna", "3b", action("anna"))
    house.enrol("cleo", "4a", action("cleo"))
    await house.start()

    await house.enter()

    for resident_id in ("anna", "cleo"):
        assert (await house.told(resident_id)).state is NoticeState.HANDED_OVER


async def test_what_is_being_sent_is_not_sent_again(hass: HomeAssistant, house: House) -> None:
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        is_sending.set()
        await may_go_on.wait()

    hass.services.async_register("notify", "anna", take)
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(owed_entry)
    house.notices.wake()
    await is_sending.wait()

    house.notices.wake()
    await asyncio.sleep(0)
    assert (await house.told("anna")).state is NoticeState.OWED
    may_go_on.set()
    await house.settle()

    assert taken == 1


async def test_many_residents_and_entries_are_all_told_some_at_a_time(
    hass: HomeAssistant, house: House
) -> None:
    at_once = most_at_once = taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal at_once, most_at_once, taken
        at_once += 1
        most_at_once = max(most_at_once, at_once)
        await asyncio.sleep(0)
        at_once -= 1
        taken += 1

    hass.services.async_register("notify", "all", take)
    for number in range(2 * MOST_AT_ONCE + 1):
        house.enrol(f"resident-{number}", "3b", action("all"))
    await house.start()
    for number in range(FANOUTS_A_STEP + 1):
        await house.ledger.write(partial(owed_entry, entry_id=f"entry-{number}"))

    house.notices.wake()
    await house.settle()

    assert taken == (2 * MOST_AT_ONCE + 1) * (FANOUTS_A_STEP + 1)
    assert most_at_once == MOST_AT_ONCE


async def test_a_notice_that_can_not_be_worded_is_tried_again(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"), language="\0")
    await house.start()
    await house.enter()
    assert letters.received == []
    assert "A notice could not be sent" in caplog.text

    house.enrol("anna", "3b", action("anna"))
    await house.wait(10 * SECOND)

    assert len(letters.received) == 1


async def test_while_the_ledger_is_away_notices_wait(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(owed_entry)
    await house.ledger.close()

    house.notices.wake()
    await house.settle()
    await house.wait(30 * SECOND)
    assert letters.received == []
    said = [record for record in caplog.records if record.name == module.__name__]
    assert [record.levelno for record in said] == [logging.WARNING]

    await house.ledger.open()
    await house.wait(30 * SECOND)
    assert len(letters.received) == 1


async def test_what_was_sent_while_the_ledger_went_away_is_not_sent_again(
    hass: HomeAssistant, house: House
) -> None:
    taken = 0

    async def take(call: ServiceCall) -> None:
        nonlocal taken
        taken += 1
        await house.ledger.close()

    hass.services.async_register("notify", "anna", take)
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()
    assert taken == 1

    await house.ledger.open()
    await house.wait(30 * SECOND)

    assert taken == 1
    assert (await house.told("anna")).state is NoticeState.HANDED_OVER


async def test_stopping_waits_for_what_is_being_sent_and_notes_it(
    hass: HomeAssistant, house: House
) -> None:
    is_sending, may_go_on = asyncio.Event(), asyncio.Event()

    async def take(call: ServiceCall) -> None:
        is_sending.set()
        await may_go_on.wait()

    hass.services.async_register("notify", "anna", take)
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(owed_entry)
    house.notices.wake()
    await is_sending.wait()

    stopping = hass.async_create_task(house.notices.async_stop())
    await asyncio.sleep(0)
    may_go_on.set()
    await stopping

    assert (await house.told("anna")).state is NoticeState.HANDED_OVER


async def test_stopping_does_not_wait_for_a_service_that_hangs(
    hass: HomeAssistant, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "STOP_WITHIN", -1)
    is_sending = asyncio.Event()

    async def hang(call: ServiceCall) -> None:
        is_sending.set()
        await asyncio.Event().wait()

    hass.services.async_register("notify", "anna", hang)
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(owed_entry)
    house.notices.wake()
    await is_sending.wait()

    await house.notices.async_stop()

    assert (await house.told("anna")).state is NoticeState.OWED
    letters = add_letters(hass, "anna")
    await house.restart()
    assert len(letters.received) == 1


async def test_nothing_is_begun_while_stopping(hass: HomeAssistant, house: House) -> None:
    letters = add_letters(hass, "anna")
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.ledger.write(owed_entry)

    house.notices.wake()
    await asyncio.sleep(0)
    await house.notices.async_stop()
    house.notices.wake()
    await house.settle()

    assert letters.received == []
    assert (await house.told("anna")).state is NoticeState.OWED


async def test_stopping_while_the_ledger_is_away_is_no_error(
    hass: HomeAssistant, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    async def take(call: ServiceCall) -> None:
        await house.ledger.close()

    hass.services.async_register("notify", "anna", take)
    house.enrol("anna", "3b", action("anna"))
    await house.start()
    await house.enter()

    await house.notices.async_stop()

    assert "What was sent last could not be recorded" in caplog.text


async def test_stopping_what_never_started_is_no_error(house: House) -> None:
    await house.notices.async_stop()
