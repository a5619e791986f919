"""The notes that a driver reads once the door is open: the home's and the door's, over real HTTP."""

from datetime import timedelta
import json
import re
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.const import MATCH_ALL
from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.const import MAX_NOTE_LENGTH
from custom_components.courier_access.diagnostics import (
    async_get_config_entry_diagnostics,
)
from custom_components.courier_access.doors.commands import CONFIRM_WITHIN
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.web.websocket import DELAY
from tests.support.asked_phones import PushService
from tests.support.door_parts import Bolt, install_bolt
from tests.support.drivers import Driver, without_tokens
from tests.support.enqueued import enqueued, move_in
from tests.support.expecting import Expecting, expecting_house
from tests.support.house import (
    House,
    Sender,
    ask,
    entries_of,
    pass_time,
    resident,
    until,
)
from tests.support.pages import Answer
from tests.support.people import acting, user
from tests.support.ringing import STILL_ASKING, ringing_house
from tests.support.wires import Wire, connect

OPEN = "The door is open. Please come in."
LOCKS = "It locks again in 5 s."
OF_HOME, OF_DOOR = "Please leave it on the shelf.", "Mind the step."
OF_4A = "Second floor, please."
PLANTED = "zq-shelf-4711"


async def note_at_door(house: House, note: str, door: str = "door-lobby") -> None:
    """Let the administrator set what drivers read at a door."""
    part = house.entry.subentries[door]
    data = {**part.data, "driver_note": note}
    house.hass.config_entries.async_update_subentry(house.entry, part, data=data)
    await house.settle()


async def set_note(wire: Wire, note: str, unit: str = "3B") -> None:
    await wire.result("note/set", unit=unit, note=note)


async def note_of(wire: Wire, resident_id: str = "resident-ada") -> Any:
    """Return the note of a resident's home as somebody's panel shows it."""
    overview = await wire.ask_anywhere("overview")
    [building] = overview["result"]["buildings"]
    notes = {each["resident"]: each["note"] for each in building["residents"]}
    return notes.get(resident_id)


async def shown_for(driver: Driver, typed: str, field: str = "code") -> Answer:
    """Type something on a page, and return the page that answers."""
    form = {**await driver.form(), field: typed}
    return await driver.follow(await driver.send(form))


async def enters(driver: Driver, typed: str, field: str = "code") -> list[str]:
    """Type something on a page, and return what is answered below building and door."""
    return (await shown_for(driver, typed, field)).lines[2:]


@pytest.fixture
async def noted(at: Expecting) -> Expecting:
    """That building, where 3B and the lobby have notes."""
    await set_note(at.ada, OF_HOME)
    await note_at_door(at.house, OF_DOOR)
    return at


class TestOpenDoor:
    async def test_homes_note_is_under_the_answer_and_then_the_doors(
        self, noted: Expecting
    ) -> None:
        form = {**await noted.driver.form(), "code": (await noted.make_pass())["pin"]}
        sent = await noted.driver.send(form)
        for _ in range(2):  # a reload shows the same
            shown = await noted.driver.follow(sent)
            assert shown.lines[2:] == [OPEN, LOCKS, OF_HOME, OF_DOOR, "Back"]
            assert shown.page.attributes.count(("dir", "auto")) == 2
        again = await noted.driver.look()
        assert OF_HOME not in again.lines
        assert OF_DOOR not in again.lines

    async def test_each_proof_of_the_home_shows_its_note(
        self, noted: Expecting
    ) -> None:
        await noted.allow("parcel_number")
        await noted.expect(parcel_ref="JD014671")
        assert OF_HOME in await enters(noted.driver, "JD014671")

        renewed = await noted.ada.result("address_code/renew", resident="resident-ada")
        await noted.expect()
        assert OF_HOME in await enters(noted.driver, renewed["address_code"])

        by_link = noted.with_link(await noted.make_pass())
        shown = await enters(by_link, noted.sheet.sign, "sign")
        assert shown[:4] == [OPEN, LOCKS, OF_HOME, OF_DOOR]

    async def test_without_notes_only_the_answer_is_shown(self, at: Expecting) -> None:
        assert await enters(at.driver, (await at.make_pass())["pin"]) == [
            OPEN,
            LOCKS,
            "Back",
        ]

    async def test_removed_notes_are_not_shown(self, noted: Expecting) -> None:
        await set_note(noted.ada, "")
        await note_at_door(noted.house, "")
        made = await noted.make_pass()
        assert await enters(noted.driver, made["pin"]) == [OPEN, LOCKS, "Back"]

    async def test_another_homes_delivery_shows_only_that_homes_note(
        self, noted: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
    ) -> None:
        cleo = await connect(hass, noted.house, hass_ws_client, noted.people["Cleo"])
        named = await self._expected_by_cleo(noted)
        made = await cleo.result("passes/make", **named)
        assert await enters(noted.driver, made["pin"]) == [OPEN, LOCKS, OF_DOOR, "Back"]

        await set_note(cleo, OF_4A, "4A")
        made = await cleo.result("passes/make", **await self._expected_by_cleo(noted))
        assert await enters(noted.driver, made["pin"]) == [
            OPEN,
            LOCKS,
            OF_4A,
            OF_DOOR,
            "Back",
        ]

    async def test_delivery_to_several_homes_shows_only_the_doors_note(
        self, noted: Expecting
    ) -> None:
        await noted.allow("parcel_number")
        sender = Sender(noted.client)
        await sender.grant("both", ("3B", "4A"), door="lobby", parcel_ref="JD014672")
        assert await enters(noted.driver, "JD014672") == [OPEN, LOCKS, OF_DOOR, "Back"]

    async def _expected_by_cleo(self, at: Expecting) -> dict[str, str]:
        issued = await ask(
            at.house,
            "issue_grant",
            "door-lobby",
            acting(at.people["Cleo"]),
            courier="Parcel Post",
            units=["4A"],
            ends_at=(dt_util.utcnow() + timedelta(hours=2)).isoformat(),
        )
        return {"courier": issued["courier_id"], "grant_id": issued["grant_id"]}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<b>on</b> the & shelf", "<b>on</b> the & shelf"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("on the\nshelf\r\n\u2028please\x00\x1b[2J", "on the shelf please[2J"),
        ("\u202eflehs eht no\u202c \u2066or\u2069 up\u200f", "flehs eht no or up"),
        ("\u200b\u3164\ufeff\u202e", None),
        ("ضعه على الرف من فضلك.", "ضعه على الرف من فضلك."),
        ("x" * MAX_NOTE_LENGTH, "x" * MAX_NOTE_LENGTH),
    ],
)
async def test_note_is_one_line_of_text_that_moves_no_other(
    at: Expecting, written: str, read: str | None
) -> None:
    await set_note(at.ada, written)
    shown = await shown_for(at.driver, (await at.make_pass())["pin"])
    assert shown.lines[2:] == [OPEN, LOCKS, *([] if read is None else [read]), "Back"]
    assert "b" not in shown.page.tags
    assert await note_of(at.ada) == (read or "")


class TestNoOpenDoor:
    async def test_nothing_shows_before_the_door_is_open_or_if_it_is_refused(
        self, noted: Expecting
    ) -> None:
        named = await noted.expect()
        made = await noted.ada.result("passes/make", **named)
        link = noted.with_link(made)
        await noted.ada.result("pause", unit="3B")
        pages = [
            await noted.driver.look(),
            await link.look(),
            await shown_for(link, "22", "sign"),
            await shown_for(noted.driver, "000001"),
            await shown_for(noted.driver, made["pin"]),
            await shown_for(link, noted.sheet.sign, "sign"),
        ]
        assert noted.house.door_state() == "locked"
        with_notes = [without_tokens(page) for page in pages]
        assert not any(
            note in page
            for note in (OF_HOME, OF_DOOR, 'class="note"')
            for page in with_notes
        )

    async def test_refusal_reads_the_same_with_and_without_notes(
        self, at: Expecting
    ) -> None:
        made = await at.make_pass()
        await at.ada.result("pause", unit="3B")
        before = without_tokens(await shown_for(at.driver, made["pin"]))
        await set_note(at.ada, OF_HOME)
        await note_at_door(at.house, OF_DOOR)
        assert without_tokens(await shown_for(at.driver, made["pin"])) == before

    async def test_used_pass_shows_no_note_again(self, noted: Expecting) -> None:
        made = await noted.make_pass()
        assert OF_HOME in await enters(noted.driver, made["pin"])
        assert OF_HOME not in await enters(noted.driver, made["pin"])


@pytest.mark.parametrize(
    ("error", "is_assumed", "notes"),
    [(HomeAssistantError(), False, []), (None, True, [OF_HOME, OF_DOOR])],
)
async def test_door_that_failed_shows_no_note_and_one_that_nothing_confirms_does(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    error: HomeAssistantError | None,
    is_assumed: bool,
    notes: list[str],
) -> None:
    bolt = Bolt(assumed=is_assumed)
    bolt.raises = error
    at = await expecting_house(
        hass, hass_client_no_auth, hass_ws_client, await install_bolt(hass, bolt)
    )
    await set_note(at.ada, OF_HOME)
    await note_at_door(at.house, OF_DOOR)
    shown = await enters(at.driver, (await at.make_pass())["pin"])
    assert [line for line in shown if line in (OF_HOME, OF_DOOR)] == notes
    await at.house.settle()


async def test_lock_that_is_not_seen_to_open_shows_no_note(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> None:
    bolt = Bolt()
    at = await expecting_house(
        hass, hass_client_no_auth, hass_ws_client, await install_bolt(hass, bolt)
    )
    await set_note(at.ada, OF_HOME)
    await note_at_door(at.house, OF_DOOR)
    form = {**await at.driver.form(), "code": (await at.make_pass())["pin"]}
    bolt.obeys = False
    sent = await at.driver.send(form)
    await until(lambda: bolt.names == ["unlock"])
    freezer.tick(CONFIRM_WITHIN)
    async_fire_time_changed(hass)

    shown = await at.driver.follow(sent)
    assert shown.lines[2:] == ["Please try the door.", "Back"]
    await at.house.settle()


async def test_answered_ring_shows_the_note_and_a_door_opened_by_hand_does_not(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    ringing = await ringing_house(hass, hass_client_no_auth, service, freezer)
    house = ringing.asked.house
    await note_at_door(house, OF_DOOR)
    building = house.building
    ada = building.residents["resident-ada"]
    await building.rulebook.set_note(ada, OF_HOME, Author(ada.user_id))
    page = await ringing.rings()
    lock = {"entity_id": "lock.lobby"}
    await hass.services.async_call("lock", "unlock", lock, blocking=True)
    waiting = await page.fetch()
    assert waiting.lines[2] == STILL_ASKING
    assert OF_HOME not in waiting.lines
    assert OF_DOOR not in waiting.lines

    await ringing.answer()
    # It was unlocked by hand, so it isn't locked again.
    assert (await page.fetch()).lines[2:5] == [OPEN, OF_HOME, OF_DOOR]


async def test_driver_who_waits_while_a_setting_changes_reads_the_notes_of_then(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
    service: PushService,
) -> None:
    ringing = await ringing_house(hass, hass_client_no_auth, service, freezer)
    house, former = ringing.asked.house, ringing.asked.house.building
    ada = former.residents["resident-ada"]
    await former.rulebook.set_note(ada, "Before.", Author(ada.user_id))
    page = await ringing.rings()
    part = house.entry.subentries["door-lobby"]
    data = {**part.data, "driver_note": OF_DOOR}
    hass.config_entries.async_update_subentry(house.entry, part, data=data)
    await until(lambda: house.building is not former)
    await ringing.asked.back()
    await house.building.rulebook.set_note(ada, OF_HOME, Author(ada.user_id))

    await ringing.answer()
    assert (await page.fetch()).lines[2:6] == [OPEN, LOCKS, OF_HOME, OF_DOOR]


class TestWhoSetsIt:
    async def test_only_confirmed_residents_of_the_home_set_and_read_it(
        self, noted: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
    ) -> None:
        house, people = noted.house, noted.people
        people.users["Mia"] = await user(hass, "Mia")
        admin = await user(hass, "Lea", admin=True)
        hass.states.async_set("person.mia", "home", {"user_id": people["Mia"].id})
        await move_in(house, resident("Mia", "3B", None, person="person.mia"))
        refused = ("unauthorized", "not_allowed_set_note")
        for someone in (people["Cleo"], people["Mia"], admin):
            wire = await connect(hass, house, hass_ws_client, someone)
            planted = {"unit": "3b", "note": PLANTED}
            assert await wire.refusal("note/set", **planted) == refused
            assert await note_of(wire) is None
            assert OF_HOME not in str(await wire.ask_anywhere("overview"))
            assert OF_HOME not in str(await wire.ask("building"))
        assert await note_of(noted.ada) == OF_HOME

        await people.confirm(house, "Mia", "Ada")
        mia = await connect(hass, house, hass_ws_client, people["Mia"])
        assert await note_of(mia, "resident-mia") == OF_HOME
        await set_note(mia, OF_4A)
        assert await note_of(noted.ada) == OF_4A

    async def test_administrator_sees_no_note_of_a_resident_whose_paper_they_record(
        self, at: Expecting, hass: HomeAssistant, hass_ws_client: WebSocketGenerator
    ) -> None:
        await move_in(at.house, resident("Ben", "5C"))
        building = at.house.building
        ben = building.residents["resident-ben"]
        await building.rulebook.set_note(ben, PLANTED, Author(by_link=True))
        admin = await user(hass, "Lea", admin=True)
        wire = await connect(hass, at.house, hass_ws_client, admin)
        overview = await wire.ask_anywhere("overview")
        assert "Ben" in str(overview)
        assert PLANTED not in str(overview)

    async def test_note_that_is_too_long_changes_nothing(
        self, noted: Expecting
    ) -> None:
        longer = "x" * (MAX_NOTE_LENGTH + 1)
        answer = await noted.ada.ask("note/set", unit="3B", note=longer)
        assert answer["error"]["code"] == "invalid_format"
        assert await note_of(noted.ada) == OF_HOME

    async def test_flatmates_are_notified_and_their_panels_show_it(
        self,
        at: Expecting,
        hass: HomeAssistant,
        hass_ws_client: WebSocketGenerator,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        house, people = at.house, at.people
        people.users["Mia"] = await user(hass, "Mia")
        hass.states.async_set("person.mia", "home", {"user_id": people["Mia"].id})
        house.listen("Mia")
        await move_in(house, resident("Mia", "3B", None, person="person.mia"))
        await people.confirm(house, "Mia", "Ada")
        await house.settle()
        house.told.clear()
        mia = await connect(hass, house, hass_ws_client, people["Mia"])
        assert (await mia.ask_anywhere("subscribe"))["success"]
        await mia.event()

        await set_note(at.ada, PLANTED)
        await set_note(at.ada, PLANTED)
        await pass_time(hass, freezer, DELAY)
        event = await mia.event()
        assert event["changed"] == {house.entry.entry_id: ["residents"]}
        [hers] = event["buildings"][0]["residents"]
        assert hers["note"] == PLANTED
        await house.settle()

        [(name, text)] = house.told
        assert name == "Mia"
        assert text.startswith(
            "Ada changed the note that drivers read after your home let them in."
        )
        # Later changes within five minutes are one notification.
        for note in (OF_HOME, "", PLANTED):
            await set_note(at.ada, note)
        queued = await enqueued(house, NotificationKind.NOTE_CHANGED)
        assert len(queued) == 2
        assert PLANTED not in str(queued)

    async def test_note_stays_over_a_restart(self, noted: Expecting) -> None:
        await noted.house.reload()
        assert noted.house.building.rulebook.notes == {"3b": OF_HOME}


class TestNowhereElse:
    async def test_notes_are_in_no_state_event_log_or_diagnostics(
        self,
        at: Expecting,
        hass: HomeAssistant,
        hass_ws_client: WebSocketGenerator,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        seen: list[str] = []
        at_door = "zq-step-0815"

        @callback
        def take(event: Event[Any]) -> None:
            seen.append(str(event.as_dict()))

        hass.bus.async_listen(MATCH_ALL, take)
        await set_note(at.ada, PLANTED)
        await note_at_door(at.house, at_door)
        made = await at.make_pass()
        assert await enters(at.driver, made["pin"]) == [
            OPEN,
            LOCKS,
            PLANTED,
            at_door,
            "Back",
        ]
        await at.house.settle()

        cleo = await connect(hass, at.house, hass_ws_client, at.people["Cleo"])
        admin = await user(hass, "Lea", admin=True)
        lea = await connect(hass, at.house, hass_ws_client, admin)
        elsewhere = [
            *seen,
            *(str(state.as_dict()) for state in hass.states.async_all()),
            caplog.text,
            str(at.house.told),
            str(await entries_of(at.house.building, 9)),
            str(await at.ada.ask("entries", limit=9)),
        ]
        for wire in (cleo, lea):
            elsewhere += [
                str(await wire.ask_anywhere("overview")),
                str(await wire.ask("export")),
                str(await wire.ask("export/entries")),
                str(await wire.ask("building")),
            ]
        diagnosed = await async_get_config_entry_diagnostics(hass, at.house.entry)
        elsewhere.append(str(diagnosed))
        for each in elsewhere:
            assert PLANTED not in each
            assert at_door not in each
        # Who set it takes it along.
        assert PLANTED in str(await at.ada.ask("export"))

    async def test_couriers_read_the_same_with_and_without_notes(
        self, at: Expecting, freezer: FrozenDateTimeFactory
    ) -> None:
        sender = Sender(at.client)
        await sender.grant("G1", door="lobby", max_entries=2)
        without = await self._wire(sender)
        await set_note(at.ada, PLANTED)
        await note_at_door(at.house, PLANTED)
        assert await self._wire(sender) == without
        assert "outcome" in without

    async def _wire(self, sender: Sender) -> str:
        """Return what a courier is answered, but for what differs each time."""
        answer = await sender.enter("G1")
        assert answer.body["decision"] == "admitted"
        written = json.dumps(answer.body)
        for name, value in (
            ("entry_id", "[0-9A-Z]{26}"),
            ("entries_left", "[01]"),
            ("unlocked_until", '[^"]*'),
        ):
            written = re.sub(f'"{name}": "?{value}"?', name, written)
        return written

    async def test_keypad_is_answered_without_notes(self, noted: Expecting) -> None:
        made = await noted.make_pass()
        answered = await ask(
            noted.house, "request_entry", "door-lobby", acting(None), pin=made["pin"]
        )
        assert answered.pop("entry_id")
        assert answered == {
            "decision": "admitted",
            "reason": "ok",
            "outcome": "opened",
            "say": OPEN,
        }
