"""Promise 7, *Forgotten*: personal fields are erased after the retention time, and the record still verifies."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
import json
from pathlib import Path
from sqlite3 import Connection
import threading

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.building.retention import EMPTY_AGAIN
from custom_components.courier_access.home_assistant.clock import CHECK_EVERY
from custom_components.courier_access.ledger.state.residents import Author
from tests.flows.front_end import FrontEnd
from tests.promises.test_5_able_to_see import taken_home, verify
from tests.support.clocks import Clocks
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    entries_of,
    resident,
)
from tests.support.people import People, acting
from tests.support.rows import bodies, kept_rows, row
from tests.support.verified import verified
from tests.support.wires import connect

HOUR, DAY = timedelta(hours=1), timedelta(days=1)

PRIVATE = (
    "gone 9z",
    "Gone 9Z",
    "\uff13\uff22",
    "parcel-4711",
    "driver-0815",
    "why-it-was-revoked",
    "left-beside-the-stairs",
    "note-for-drivers-4711",
    "local/beside-the-stairs.jpg",
    "id-of-both",
    "id-of-hers",
    "id-of-revoked",
)
"""What couriers wrote, what was passed on, and the unit of somebody who has moved out since."""


@pytest.fixture
async def people(hass: HomeAssistant, clocks: Clocks) -> People:
    people = People(hass)
    await people.move_in("Ada")
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant,
    people: People,
    clocks: Clocks,
    hass_client_no_auth: ClientSessionGenerator,
) -> House:
    """A building in which much was said of Ada's unit and of Cleo's, who has moved out since."""
    assert await async_setup_component(hass, "websocket_api", {})
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Cleo", "Gone 9Z"),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    sender = Sender(await hass_client_no_auth())
    told = {"parcel_ref": "parcel-4711", "driver_ref": "driver-0815"}
    await sender.grant(
        "id-of-both", units=("\uff13\uff22", "Gone 9Z"), max_entries=2, **told
    )
    entered = await sender.enter("id-of-both", driver_ref="driver-0815")
    await house.settle()
    passed_on = {
        "entry_id": entered.body["entry_id"],
        "message": "left-beside-the-stairs",
        "image": "/media/local/beside-the-stairs.jpg",
    }
    await do(house, "notify_recipients", acting(None), **passed_on)
    await sender.grant("id-of-hers", units=("\uff13\uff22",), **told)
    await sender.grant("id-of-revoked", units=("Gone 9Z",), **told)
    await sender.revoke("id-of-revoked", reason="why-it-was-revoked")
    await sender.enter("id-of-revoked", driver_ref="driver-0815")
    await do(
        house,
        "veto_grant",
        ada,
        courier="Parcel Post",
        grant_id="id-of-hers",
        unit="3B",
    )
    cleo = house.building.residents["resident-cleo"]
    by_link = Author(by_link=True, resident_id=cleo.id)
    await house.building.rulebook.set_note(cleo, "note-for-drivers-4711", by_link)
    await do(house, "pause", ada)
    await do(house, "resume", ada)
    await house.settle()
    hass.config_entries.async_remove_subentry(house.entry, "resident-cleo")
    await house.settle()
    # What waits a while before it is sent has been sent then.
    await clocks.pass_time(HOUR)
    return house


async def in_the_files(house: House, what: Iterable[str | bytes]) -> list[str | bytes]:
    """Return what of this can be read in the bytes of the ledger's files."""

    def read() -> bytes:
        path = ledger_path(house.hass, house.entry.entry_id)
        files = (path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))
        return b"".join(file.read_bytes() for file in files if file.exists())

    held = await house.hass.async_add_executor_job(read)
    return [
        each
        for each in what
        if (each.encode() if isinstance(each, str) else each) in held
    ]


async def secrets_of(house: House) -> list[bytes]:
    """Return the salts and who decided, but not of what proves consents."""
    return await kept_rows(
        house.building.ledger,
        """
        SELECT salt FROM personal WHERE seq NOT IN (SELECT seq FROM evidence)
        """,
        bytes,
    )


async def kept(house: House) -> set[str]:
    """Return of what kinds of records anything personal is kept."""
    query = "SELECT DISTINCT kind FROM records JOIN personal USING (seq)"
    return set(await kept_rows(house.building.ledger, query, str))


async def test_what_is_erased_is_gone_from_the_files_bytes(
    house: House, clocks: Clocks
) -> None:
    salts = await secrets_of(house)
    assert len(salts) > 20
    assert await in_the_files(house, salts) == salts
    # The escaped form stands in lists of units, the other in commitments' values.
    assert await in_the_files(house, PRIVATE) == list(PRIVATE)

    await clocks.pass_time(30 * DAY - 2 * HOUR)
    assert "parcel-4711" in await in_the_files(house, PRIVATE)

    await clocks.pass_time(2 * DAY)
    assert await in_the_files(house, PRIVATE) == []
    assert await in_the_files(house, salts) == []


@pytest.mark.parametrize(
    ("overwritten", "place"),
    [
        *(
            (overwritten, "notifications_led")
            for overwritten in ("nothing", "salt", "salt and end of value")
        ),
        # Only writing the whole file again helps.
        ("nothing", "code_tries"),
    ],
)
async def test_trace_that_sqlite_left_of_what_is_erased_goes_too(
    house: House, clocks: Clocks, overwritten: str, place: str
) -> None:
    """`ledger/test_traces.py` shows that it leaves some."""
    (salt, *_) = await secrets_of(house)
    value = b"parcel-4711"
    left = {"nothing": value + salt, "salt": value}.get(overwritten, value[:8])

    def leave() -> None:
        """Write between the cells of a page to which nothing else is written."""
        path = ledger_path(house.hass, house.entry.entry_id)
        query = f"SELECT rootpage FROM sqlite_schema WHERE name = '{place}'"
        size = row(path, "PRAGMA page_size", int)
        with path.open("r+b") as file:
            file.seek((row(path, query, int) - 1) * size + size // 2)
            file.write(left)

    await house.building.ledger.checkpoint()
    await house.hass.async_add_executor_job(leave)
    await clocks.pass_time(32 * DAY)

    assert await in_the_files(house, [left, salt, *PRIVATE]) == []
    # It was written again by the integration itself.
    assert (await verified(house.building.ledger)).intact


async def test_recipient_finds_no_picture_once_the_message_is_erased(
    house: House, people: People, clocks: Clocks
) -> None:
    async def pictures() -> list[str | None]:
        entries = await ask(house, "get_entries", None, people.acting("Ada"))
        return [entry.get("picture") for entry in entries["entries"]]

    assert await pictures() == [None, "/media/local/beside-the-stairs.jpg"]

    await clocks.pass_time(32 * DAY)
    assert await pictures() == [None, None]


async def test_evidence_of_the_consent_in_force_stays(
    house: House, clocks: Clocks
) -> None:
    await clocks.pass_time(390 * DAY)
    assert await kept(house) == {"rules.changed"}

    # Its record is older than the log by then, and was carried on.
    await clocks.pass_time(10 * DAY)
    assert await kept(house) == {"log.carried"}
    query = "SELECT DISTINCT value FROM personal WHERE field = 'resident'"
    assert await kept_rows(house.building.ledger, query, str) == ["resident-ada"]


async def test_the_record_still_verifies_and_is_still_read(
    hass: HomeAssistant,
    house: House,
    people: People,
    clocks: Clocks,
    hass_ws_client: WebSocketGenerator,
    tmp_path: Path,
) -> None:
    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    before = await taken_home(ada, limit=500)
    read_before = (await ada.result("entries"))["entries"]
    assert [entry["details_erased"] for entry in read_before] == [False, False]
    assert read_before[-1]["units"] == ["3B"]

    await clocks.pass_time(40 * DAY)

    ada = await connect(hass, house, hass_ws_client, people["Ada"])
    after = await taken_home(ada, limit=500)
    assert (await ada.result("verify"))["intact"]
    assert verify(tmp_path, after, earlier=before)[0]
    read = (await ada.result("entries"))["entries"]
    assert [entry["record"] for entry in read] == [
        entry["record"] for entry in read_before
    ]
    assert [entry["details_erased"] for entry in read] == [True, True]
    assert not any("units" in entry for entry in read)
    assert "parcel-4711" in json.dumps(before)
    assert "parcel-4711" not in json.dumps(after)
    assert (await ada.ask_anywhere("overview"))["result"]["buildings"][0][
        "retention_days"
    ] == 30


async def test_nothing_is_erased_from_under_who_reads_and_it_is_gone_once_they_have(
    house: House, clocks: Clocks
) -> None:
    reading, done = threading.Event(), threading.Event()

    def read(conn: Connection) -> int:
        first = row(conn, "SELECT count(*) FROM personal", int)
        reading.set()
        assert done.wait(30)
        assert row(conn, "SELECT count(*) FROM personal", int) == first
        return first

    reader = asyncio.create_task(house.building.ledger.read_apart(read))
    assert await asyncio.to_thread(reading.wait, 30)
    await clocks.pass_time(40 * DAY)
    assert await kept(house) == {"rules.changed", "rules.erased"}
    assert "parcel-4711" in await in_the_files(house, PRIVATE)

    done.set()
    assert await reader > 20
    await clocks.pass_time(EMPTY_AGAIN)
    assert await in_the_files(house, PRIVATE) == []


async def test_while_the_files_are_copied_it_waits_until_they_are(
    house: House, clocks: Clocks
) -> None:
    await house.building.ledger.hold_checkpoints()
    await clocks.pass_time(40 * DAY)
    await clocks.pass_time(EMPTY_AGAIN)
    assert "parcel-4711" in await in_the_files(house, PRIVATE)

    await house.building.ledger.release_checkpoints()
    await clocks.pass_time(EMPTY_AGAIN)
    assert await in_the_files(house, PRIVATE) == []


async def test_nothing_is_erased_by_a_clock_that_was_set_a_year_ahead(
    house: House, clocks: Clocks
) -> None:
    everything = await kept(house)
    await clocks.pass_time(25 * HOUR)

    await clocks.step(365 * DAY)
    await clocks.pass_time(CHECK_EVERY)
    for _ in range(6):
        await clocks.pass_time(DAY)
        assert await kept(house) == everything

    # Somebody will have seen it after a week. By then, the proof of a consent is over, too.
    await clocks.pass_time(DAY + HOUR)
    assert await kept(house) == {"rules.changed"}


async def test_nothing_is_erased_after_a_start_at_a_time_a_year_ahead(
    hass: HomeAssistant, house: House, clocks: Clocks
) -> None:
    everything = await kept(house)
    await clocks.pass_time(25 * HOUR)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await clocks.step(365 * DAY)
    assert await hass.config_entries.async_setup(house.entry.entry_id)

    for _ in range(6):
        await clocks.pass_time(DAY)
        assert await kept(house) >= everything


async def test_nothing_is_erased_by_a_clock_that_is_behind_the_record(
    house: House, clocks: Clocks
) -> None:
    """A clock that was a year ahead when something was recorded is right, and not trusted all the same."""
    await clocks.step(365 * DAY)
    await do(house, "pause", acting(None))
    await clocks.step(-325 * DAY)
    everything = await kept(house)

    await clocks.pass_time(10 * DAY)

    assert not house.building.clock_watch.is_trusted
    assert await kept(house) == everything


async def test_a_restart_every_few_hours_keeps_nothing_for_longer(
    hass: HomeAssistant, house: House, clocks: Clocks
) -> None:
    await clocks.pass_time(29 * DAY)
    assert len(await kept(house)) > 1
    for _ in range(12):
        await clocks.pass_time(5 * HOUR)
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()

    assert await kept(house) <= {"rules.changed", "rules.erased"}


async def test_the_administrator_sets_the_retention_and_residents_are_notified_if_it_is_longer(
    hass: HomeAssistant, house: House, clocks: Clocks
) -> None:
    async def changes() -> list[dict[str, int]]:
        return [
            {name: json.loads(body)[name] for name in ("days", "earlier_days")}
            for body in await bodies(house.building.ledger, "retention.changed")
        ]

    assert await changes() == []
    flow = FrontEnd(hass, None, "")
    for days in (60, 7):
        await flow.configure(house.entry)
        await flow.submit(await flow.choose("retention"), retention_days=days)
        await house.settle()

    assert await changes() == [
        {"days": 60, "earlier_days": 30},
        {"days": 7, "earlier_days": 60},
    ]
    assert (
        len([kind for kind in await enqueued(house) if kind == "retention_lengthened"])
        == 1
    )
    assert house.building.directory.retention_days == 7
    await clocks.pass_time(8 * DAY)
    # The rules that Cleo consented to are evidence for thirty days after she left.
    assert await kept(house) == {"rules.changed", "rules.erased"}


async def enqueued(house: House) -> list[str]:
    """Return what kinds of things were enqueued."""
    return await kept_rows(house.building.ledger, "SELECT kind FROM fanouts", str)


async def test_replies_to_couriers_are_forgotten_when_they_need_not_be_repeated(
    house: House, clocks: Clocks, hass_client_no_auth: ClientSessionGenerator
) -> None:
    async def stored() -> list[str]:
        query = "SELECT message_id FROM replies"
        return await kept_rows(house.building.ledger, query, str)

    sender = Sender(await hass_client_no_auth())
    await sender.send("ping", {}, message_id="msg_ping")
    await clocks.pass_time(6 * DAY)
    assert "msg_ping" in await stored()
    await clocks.pass_time(34 * DAY)
    assert await stored() == []
    assert len(await entries_of(house.building, 10)) == 2
