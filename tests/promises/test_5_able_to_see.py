"""Promise 5, *Able to see*: any resident can read and export all entries of the log's period and check that none was altered."""

import csv
from hashlib import sha256
import io
import json
from pathlib import Path
import sqlite3
import subprocess
import sys
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.building.verification import CHECKS_PER_MINUTE
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import People, acting, user
from tests.support.wires import Wire, connect

VERIFY = Path(__file__).parents[2] / "scripts" / "verify"


@pytest.fixture
async def people(hass: HomeAssistant) -> People:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    return people


@pytest.fixture
async def house(
    hass: HomeAssistant, people: People, hass_client_no_auth: ClientSessionGenerator
) -> House:
    """A building in which one entry was for Ada, one refused to her, and one was for Ben."""
    assert await async_setup_component(hass, "websocket_api", {})
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "Flat 1", None, person=people.person("Ada")),
        resident("Cleo", "Flat 2", None, person=people.person("Cleo")),
        resident("Ben", "Flat 3"),
    )
    ada = acting(people["Ada"])
    await ask(house, "set_rules", "resident-ada", ada, consent=True, windows=ALWAYS)
    sender = Sender(await hass_client_no_auth())
    await sender.grant("for-Ada", units=("Flat 1",), parcel_ref="P-77")
    await sender.enter("for-Ada")
    await sender.enter("for-Ada")
    await sender.grant("for-Ben", units=("Flat 3",), parcel_ref="P-88")
    await sender.enter("for-Ben")
    await house.settle()
    return house


@pytest.fixture
async def ada(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> Wire:
    return await connect(hass, house, hass_ws_client, people["Ada"])


@pytest.fixture
async def cleo(
    hass: HomeAssistant,
    house: House,
    people: People,
    hass_ws_client: WebSocketGenerator,
) -> Wire:
    return await connect(hass, house, hass_ws_client, people["Cleo"])


async def taken_home(wire: Wire, limit: int = 3) -> list[dict[str, Any]]:
    """Return an export, page by page."""
    pages, after = [], 0
    while True:
        page = await wire.result("export", after=after, limit=limit)
        pages.append(page)
        if page["next"] is None:
            return pages
        after = page["next"]


def verify(
    tmp_path: Path,
    export: object,
    *,
    earlier: object = None,
    notification: str | None = None,
) -> tuple[bool, str]:
    """Run the verifier, as anybody would anywhere; return whether all is intact, and what it said."""
    asked = [str(VERIFY), "export.json"]
    (tmp_path / "export.json").write_text(json.dumps(export), "utf-8")
    if earlier is not None:
        (tmp_path / "earlier.json").write_text(json.dumps(earlier), "utf-8")
        asked += ["--earlier", "earlier.json"]
    if notification is not None:
        asked += ["--notification", notification]
    done = subprocess.run(
        [sys.executable, "-I", *asked],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode == 0, done.stdout


async def tamper(hass: HomeAssistant, house: House, statement: str) -> None:
    """Change the file behind the integration's back."""

    def change() -> None:
        conn = sqlite3.connect(ledger_path(hass, house.entry.entry_id))
        with conn:
            assert conn.execute(statement).rowcount > 0
        conn.close()

    await hass.async_add_executor_job(change)


def write_anew(house: House, number: int) -> None:
    """Change a record, and make all hashes after it fit, as somebody can who has the file."""
    conn = sqlite3.connect(ledger_path(house.hass, house.entry.entry_id))
    digest = bytes(32)
    for seq, body in conn.execute(
        "SELECT seq, body FROM records ORDER BY seq"
    ).fetchall():
        written = body.replace("Lobby", "Hobby") if seq == number else body
        digest = sha256(b"\0" + digest + written.encode()).digest()
        with conn:
            conn.execute(
                "UPDATE records SET body = ?, hash = ? WHERE seq = ?",
                (written, digest, seq),
            )
            if seq == number:
                conn.execute(
                    "UPDATE entries SET door_name = 'Hobby' WHERE seq = ?", (seq,)
                )
    conn.close()


async def test_every_resident_reads_all_entries_admin_or_not(
    hass: HomeAssistant,
    house: House,
    ada: Wire,
    cleo: Wire,
    hass_ws_client: WebSocketGenerator,
) -> None:
    owner = await connect(
        hass, house, hass_ws_client, await user(hass, "Owner", admin=True)
    )
    read = [(await wire.result("entries"))["entries"] for wire in (ada, cleo, owner)]

    decisions = [[entry["decision"] for entry in entries] for entries in read]
    assert decisions == [["admitted", "refused", "admitted"]] * 3
    assert len({tuple(entry["record"] for entry in entries) for entries in read}) == 1


async def test_an_export_contains_every_entry_and_verifies(
    ada: Wire, cleo: Wire, tmp_path: Path
) -> None:
    entries = (await ada.result("entries"))["entries"]
    for wire in (ada, cleo):
        pages = await taken_home(wire)
        records = {
            record["record"]: record for page in pages for record in page["records"]
        }
        head = pages[-1]["head"]

        assert verify(tmp_path, pages) == (
            True,
            f"{len(records)} records, none altered. The newest is {head['hash']}\n",
        )
        for entry in entries:
            said = json.loads(records[entry["record"]]["body"])
            assert (said["entry_id"], said["decision"]) == (
                entry["entry_id"],
                entry["decision"],
            )


async def test_a_recipient_checks_parcel_and_unit_and_a_neighbor_reads_neither(
    ada: Wire, cleo: Wire
) -> None:
    own, others = json.dumps(await taken_home(ada)), json.dumps(await taken_home(cleo))

    for told in ("P-77", "Flat 1", "for-Ada"):
        assert told in own
    for told in ("P-88", "Flat 3", "for-Ben"):
        assert told not in own
    for told in (
        "P-77",
        "P-88",
        "for-Ada",
        "for-Ben",
        "Flat",
        "flat 1",
        "flat 3",
        "given",
        "withdrawn",
    ):
        assert told not in others
    # Whom the other records concern is a commitment, and so is who lives here.
    bodies = [
        json.loads(record["body"])
        for page in await taken_home(cleo)
        for record in page["records"]
    ]
    naming = {body["kind"] for body in bodies if "resident-" in str(body)}
    assert naming == set()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET body = replace(body, 'refused', 'admitted') WHERE kind = 'entry.refused'",
        "UPDATE records SET body = replace(body, 'Post', 'Mail') WHERE kind = 'entry.admitted'",
        "DELETE FROM records WHERE kind = 'entry.refused'",
        "UPDATE records SET hash = zeroblob(32) WHERE kind = 'entry.refused'",
        "UPDATE personal SET value = 'P-99' WHERE value = 'P-77'",
    ],
)
async def test_whatever_is_altered_is_found_in_the_export_and_in_the_house(
    hass: HomeAssistant, house: House, ada: Wire, tmp_path: Path, statement: str
) -> None:
    assert (await ada.result("verify"))["intact"]
    await tamper(hass, house, statement)

    found = await ada.result("verify")
    await house.settle()
    is_intact, said = verify(tmp_path, await taken_home(ada))

    assert not found["intact"]
    assert not is_intact
    # Of a record that is gone, the one after it is the first that does not fit.
    assert any(f"record {found['broken_at'] - off}" in said for off in (0, 1))


async def test_entries_that_read_otherwise_than_they_were_recorded_are_found(
    hass: HomeAssistant, house: House, cleo: Wire
) -> None:
    await tamper(hass, house, "UPDATE entries SET courier_name = 'Nobody'")

    assert not (await cleo.result("verify"))["intact"]
    await house.settle()  # the building starts again


async def test_a_record_that_was_rewritten_to_fit_differs_from_what_was_taken_home_before(
    hass: HomeAssistant, house: House, ada: Wire, tmp_path: Path
) -> None:
    before = await taken_home(ada)
    last = (await ada.result("entries", limit=1))["entries"][0]["record"]
    await hass.async_add_executor_job(write_anew, house, last)
    after = await taken_home(ada)

    assert (await ada.result("verify"))["intact"]
    assert verify(tmp_path, after)[0]
    assert verify(tmp_path, after, earlier=before) == (
        False,
        f"NOT INTACT: record {last} is not the one that is in earlier.json\n",
    )


def hide(house: House) -> None:
    """Seal all records but the newest one, long before the log's period is over."""
    conn = sqlite3.connect(ledger_path(house.hass, house.entry.entry_id))
    *_, (before,), (digest,) = conn.execute("SELECT hash FROM records ORDER BY seq")
    [(last, body)] = conn.execute(
        "SELECT seq, body FROM records ORDER BY seq DESC LIMIT 1"
    )
    content = json.loads(body)
    seal = {
        "at": content["at"],
        "body": body,
        "before": before.hex(),
        "bound": content["bound"],
        "hash": digest.hex(),
        "kind": "log.sealed",
        "number": last,
        "personal": {},
        "seq": last + 1,
    }
    written = json.dumps(seal, sort_keys=True, separators=(",", ":"))
    with conn:
        for table in ("entries", "evidence", "personal", "records"):
            conn.execute(f"DELETE FROM {table} WHERE seq <= {last}")
        hashed = sha256(b"\0" + digest + written.encode()).digest()
        conn.execute(
            "INSERT INTO records VALUES (?, 0, 'log.sealed', ?, ?)",
            (last + 1, written, hashed),
        )
    conn.close()


async def test_a_seal_that_hides_recent_visits_is_found(
    hass: HomeAssistant, house: House, ada: Wire, tmp_path: Path
) -> None:
    await hass.async_add_executor_job(hide, house)
    taken = await taken_home(ada)

    assert not (await ada.result("verify"))["intact"]
    await house.settle()  # the building starts again
    is_intact, said = verify(tmp_path, taken)
    assert not is_intact
    assert "hides recent records" in said


async def test_a_record_that_was_cut_off_differs_from_what_was_taken_home_before(
    hass: HomeAssistant, house: House, ada: Wire, tmp_path: Path
) -> None:
    before = await taken_home(ada)
    last = before[-1]["records"][-1]["record"]
    await tamper(hass, house, f"DELETE FROM records WHERE seq = {last}")
    after = await taken_home(ada)

    assert verify(tmp_path, after)[0]
    assert verify(tmp_path, after, earlier=before) == (
        False,
        f"NOT INTACT: record {last}, which is in earlier.json, is missing\n",
    )


async def test_a_notification_on_a_phone_witnesses_its_record(
    house: House, ada: Wire, cleo: Wire, tmp_path: Path
) -> None:
    """What is pasted is the whole message, as it came to the phone."""
    [message] = [said for name, said in house.told if name == "Ben"][-1:]
    entry = (await cleo.result("entries", limit=1))["entries"][0]

    for wire in (ada, cleo):
        found = await wire.result("verify", notification=message)
        assert found["intact"]
        assert [
            (notification["record"], notification["standing"])
            for notification in found["notifications"]
        ] == [(entry["record"], "unchanged")]
        assert verify(tmp_path, await taken_home(wire), notification=message)[0]
    other = f"Record {entry['record']} \u00b7 {'0' * 20}"
    assert (await ada.result("verify", notification=other))["notifications"][0][
        "standing"
    ] == "another"
    assert not verify(tmp_path, await taken_home(ada), notification=other)[0]


@pytest.mark.parametrize(
    ("how", "standing"),
    [("alter", "altered"), ("rewrite", "another"), ("cut", "missing")],
)
async def test_a_notification_reveals_what_was_done_to_its_record(
    hass: HomeAssistant,
    house: House,
    cleo: Wire,
    tmp_path: Path,
    how: str,
    standing: str,
) -> None:
    [message] = [said for name, said in house.told if name == "Ben"][-1:]
    number = (await cleo.result("entries", limit=1))["entries"][0]["record"]
    match how:
        case "alter":
            await tamper(
                hass,
                house,
                f"UPDATE records SET body = body || ' ' WHERE seq = {number}",
            )
        case "rewrite":
            await hass.async_add_executor_job(write_anew, house, number)
        case _:
            await tamper(hass, house, f"DELETE FROM records WHERE seq >= {number}")

    found = await cleo.result("verify", notification=message)
    await house.settle()
    assert found["notifications"][0]["standing"] == standing
    # A forger who makes all fit together is found out by the notification alone.
    assert found["intact"] is (how == "rewrite")
    assert verify(tmp_path, await taken_home(cleo))[0] is (how != "alter")
    assert not verify(tmp_path, await taken_home(cleo), notification=message)[0]


async def test_an_action_checks_the_record_for_any_resident(
    house: House, people: People
) -> None:
    [message] = [said for name, said in house.told if name == "Ben"][-1:]
    for name in ("Ada", "Cleo"):
        found = await ask(
            house, "verify_ledger", None, acting(people[name]), notification=message
        )
        assert found["intact"]
        assert found["notifications"][0]["standing"] == "unchanged"
    found = await ask(house, "verify_ledger", None, acting(people["Ada"]))
    assert "notifications" not in found
    with pytest.raises(ServiceValidationError) as refused:
        await ask(
            house, "verify_ledger", None, acting(people["Ada"]), notification="Record 8"
        )
    assert refused.value.translation_key == "no_witness"
    for nobody in (acting(None), acting(await user(house.hass, "Dan"))):
        with pytest.raises(ServiceValidationError) as refused:
            await ask(house, "verify_ledger", None, nobody, notification=message)
        assert refused.value.translation_key == "not_allowed_export"


async def test_nobody_has_the_record_checked_over_and_over(
    ada: Wire, cleo: Wire
) -> None:
    for _ in range(CHECKS_PER_MINUTE):
        assert (await ada.result("verify"))["intact"]
    assert await ada.refusal("verify") == ("home_assistant_error", "checked_too_often")
    assert (await cleo.result("verify"))["intact"]
    assert await cleo.refusal("verify", notification="Record 8") == (
        "invalid_format",
        "no_witness",
    )


async def test_every_resident_takes_the_entries_home_as_a_table_and_the_verifier(
    ada: Wire, cleo: Wire
) -> None:
    entries = (await ada.result("entries"))["entries"]
    for wire in (ada, cleo):
        written = ""
        before: dict[str, int] = {}
        while True:
            page = await wire.result("export/entries", limit=2, **before)
            written += page["csv"]
            if page["next"] is None:
                break
            before = {"before": page["next"]}
        rows = list(csv.DictReader(io.StringIO(written, newline="")))
        assert [int(row["Record"]) for row in rows] == [
            entry["record"] for entry in entries
        ]
        assert ("P-77" in written) is (wire is ada)
        handed = await wire.result("export/verifier")
        assert handed["name"] == "verify_record.py"
        assert handed["program"].startswith("#!/usr/bin/env python3")


async def test_strangers_export_and_check_nothing(
    hass: HomeAssistant, house: House, hass_ws_client: WebSocketGenerator
) -> None:
    dan = await connect(hass, house, hass_ws_client, await user(hass, "Dan"))

    for command in ("export", "export/entries", "export/verifier", "verify"):
        assert await dan.refusal(command) == ("unauthorized", "not_allowed_export")
    assert await dan.refusal("entries") == ("unauthorized", "not_allowed_read_entries")
