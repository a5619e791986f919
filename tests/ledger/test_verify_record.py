"""Test the verification program alone in an empty folder, as downloaded."""

import ast
from copy import deepcopy
from functools import partial
from hashlib import sha256
import json
from pathlib import Path
import shutil
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from hypothesis import assume, given, strategies as st
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger import verify_record
from custom_components.courier_access.ledger.verify_record import (
    Altered,
    Witness,
    check_all,
    main,
    witnesses_in,
)
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry, let_go
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.pages import Visitor, token_of
from tests.support.rows import plant

SOURCE = Path(verify_record.__file__).read_text("utf-8")
CODE = "9f86d081884c7d659a2f"


def pythons() -> list[str]:
    """Return this Python interpreter, and the oldest one there is."""
    names = (f"python3.{minor}" for minor in range(9, 14))
    for path in filter(None, map(shutil.which, names)):
        works = subprocess.run([path, "-c", ""], capture_output=True, check=False)
        if works.returncode == 0:
            return [path, sys.executable]
    return [sys.executable]


type Export = dict[str, Any]


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(
        hass, door(), courier(), resident("Ada", "3B"), resident("Bob", "4C")
    )


@pytest.fixture
async def ada(house: House, hass_client_no_auth: ClientSessionGenerator) -> Visitor:
    """Return Ada's page after couriers came, were refused, and were vetoed."""
    client = await hass_client_no_auth()
    sender = Sender(client)
    await sender.grant("G1", parcel_ref="PP-77", max_entries=3)
    await sender.enter("G1", driver_ref="D-5")
    await sender.grant("G2", units=("4C",))
    await sender.enter("G2")
    for _ in range(2):
        await sender.enter("made-up", door="lobby")
    visitor = Visitor(client, token_of(house, "Ada"))
    await visitor.do("pause_unit")
    await sender.enter("G1")
    await house.settle()
    return visitor


@pytest.fixture
async def export(ada: Visitor) -> Export:
    taken: Export = json.loads((await ada.ask(query="?export")).body)
    return taken


def notification_of(export: Export, number: int) -> str:
    return f"Record {number} · {export['records'][number - 1]['hash'][:20]}"


def intact(export: object, *notifications: str) -> bool:
    """Return whether the program finds nothing wrong, whatever the input."""
    try:
        check_all({"export.json": export}, notifications)
    except Altered, AttributeError, LookupError, TypeError, ValueError:
        return False
    return True


def rechain(export: Export) -> None:
    """Recompute everything that a forger can."""
    digest = bytes(32)
    for record in export["records"]:
        digest = sha256(b"\x00" + digest + record["body"].encode()).digest()
        record["hash"] = digest.hex()
    export["head"] = {"record": len(export["records"]), "hash": digest.hex()}


def alone(program: bytes, export: bytes, *more: str, python: str) -> tuple[int, str]:
    """Run the downloaded program in a folder with only the export."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / "verify_record.py").write_bytes(program)
        (folder / "export.json").write_bytes(export)
        done = subprocess.run(
            [python, "-I", "-S", "verify_record.py", "export.json", *more],
            cwd=folder,
            env={},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    assert done.stderr == ""
    return done.returncode, done.stdout


async def test_export_is_verified_with_only_python(
    hass: HomeAssistant, ada: Visitor
) -> None:
    program, export = await ada.ask(query="?verifier"), await ada.ask(query="?export")
    assert program.body.decode() == SOURCE
    disposition = 'attachment; filename="verify_record.py"'
    assert program.headers["Content-Disposition"] == disposition
    read = json.loads(export.body)
    count, head = len(read["records"]), read["head"]["hash"]

    def verify(python: str) -> None:
        run = partial(alone, program.body, python=python)
        good, other = notification_of(read, count), f"Record {count} · {CODE}"
        found = f"{count} records, none altered. 1 of a notification found."
        expected = (0, f"{found} The newest is {head}\n")
        assert run(export.body, "--notification", good) == expected, python
        mistyped = "it was mistyped, or the record was replaced"
        expected = (
            1,
            f"NO MATCH: this code doesn't match record {count}: {mistyped}\n",
        )
        assert run(export.body, "--notification", other) == expected, python
        status, output = run(export.body.replace(b"Lobby", b"Hobby"))
        assert (status, output[:19]) == (1, "NOT INTACT: record "), python
        assert run(export.body[:-5])[0] == 1, python

    for python in pythons():
        await hass.async_add_executor_job(verify, python)


def test_program_has_no_imports_and_runs_on_old_python() -> None:
    tree = ast.parse(SOURCE, feature_version=(3, 9))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else ["." * node.level + (node.module or "")]
        )
    }
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


async def test_any_change_of_the_export_is_found(export: Export) -> None:
    assert intact(export)
    count = len(export["records"])

    @given(st.data())
    def tamper(data: st.DataObject) -> None:
        changed = deepcopy(export)
        records, entries = changed["records"], changed["entries"]
        number = data.draw(st.integers(0, count - 1))
        match data.draw(
            st.sampled_from(["letter", "drop", "cut", "swap", "field", "entry"])
        ):
            case "letter":
                name = data.draw(st.sampled_from(["body", "hash"]))
                written = records[number][name]
                at = data.draw(st.integers(0, len(written) - 1))
                letter = data.draw(
                    st.characters(codec="utf-8").filter(lambda it: it != written[at])
                )
                records[number][name] = written[:at] + letter + written[at + 1 :]
            case "drop":
                del records[number]
            case "cut":
                del records[number:]
            case "swap":
                other = data.draw(
                    st.integers(0, count - 1).filter(lambda it: it != number)
                )
                first, second = records[number], records[other]
                first["body"], second["body"] = second["body"], first["body"]
                if data.draw(st.booleans()):
                    first["hash"], second["hash"] = second["hash"], first["hash"]
            case "field":
                opened = [record["opened"] for record in records if record["opened"]]
                values = data.draw(st.sampled_from(opened))
                values[data.draw(st.sampled_from(sorted(values)))]["value"] += "x"
            case _:
                entry = data.draw(st.sampled_from(entries))
                deed = data.draw(st.sampled_from(["drop", "twice", *entry]))
                # These are in no record.
                assume(
                    deed
                    not in (
                        "repeats",
                        "notifications",
                        "units",
                        "details_erased",
                        "picture",
                    )
                )
                if deed == "drop":
                    entries.remove(entry)
                elif deed == "twice":
                    entries.append(entry)
                else:
                    entry[deed] = (
                        "2026-01-01T00:00:00+00:00" if entry[deed] != "x" else "y"
                    )
        assert not intact(changed)

    tamper()


async def test_export_with_an_entry_that_was_stopped_after_its_claim_verifies(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    bolt = Bolt()
    lobby = door(opener=await install_bolt(hass, bolt))
    house = await build(hass, lobby, courier(), resident("Ada", "3B"))
    client = await hass_client_no_auth()
    entering = await hold_second_entry(house, bolt, Sender(client), freezer, "held")
    ada = Visitor(client, token_of(house, "Ada"))
    await ada.do("pause_unit")
    assert (await let_go(house, bolt, entering)).body["reason"] == "paused"

    export: Export = json.loads((await ada.ask(query="?export")).body)

    assert '"entry.stopped"' in str(export["records"])
    assert intact(export)


async def test_driver_that_no_record_names_is_found(export: Export) -> None:
    changed = deepcopy(export)
    changed["entries"][0] |= {"parcel_ref": None, "driver_ref": "forged"}
    assert not intact(changed)


async def test_program_needs_only_an_export(
    export: Export,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    saved = tmp_path / "export.json"
    saved.write_text(json.dumps(export))
    monkeypatch.setattr(sys, "argv", ["verify_record.py", str(saved)])

    assert main() == 0
    assert "none altered" in capsys.readouterr().out


async def test_rewritten_log_is_found_only_by_verification_codes(
    export: Export,
) -> None:
    count = len(export["records"])

    @given(st.integers(1, count), st.integers(1, count), st.booleans())
    def rewrite(changed: int, witnessed: int, cuts: bool) -> None:
        recreated = deepcopy(export)
        if cuts:
            del recreated["records"][changed - 1 :]
        else:
            body = json.loads(recreated["records"][changed - 1]["body"])
            recreated["records"][changed - 1]["body"] = json.dumps(
                {**body, "more": "than was"}
            )
        rechain(recreated)
        del recreated["entries"]  # such a record would be rewritten, too

        assert intact(recreated)
        assert intact(recreated, notification_of(export, witnessed)) is (
            witnessed < changed
        )
        # An earlier export is as good as a notification.
        with pytest.raises(Altered):
            check_all({"after.json": recreated}, earlier={"before.json": export})

    rewrite()


async def test_export_verifies_without_erased_values(
    house: House, ada: Visitor, export: Export
) -> None:
    await house.building.ledger.write(
        lambda transaction: plant(transaction.conn, "DELETE FROM personal")
    )
    erased: Export = json.loads((await ada.ask(query="?export")).body)

    assert any(record["opened"] for record in export["records"])
    assert not any(record["opened"] for record in erased["records"])
    assert [record["hash"] for record in erased["records"]] == [
        record["hash"] for record in export["records"]
    ]
    assert intact(erased, notification_of(export, len(export["records"])))
    said = check_all({"after.json": erased}, earlier={"before.json": export})
    count, newest = erased["head"]["record"], erased["head"]["hash"]
    assert said == f"{count} records, none altered. The newest is {newest}"


async def test_invalid_export_is_not_called_intact(export: Export) -> None:
    first, *_ = export["records"]
    changes: list[Export] = [
        {"records": [*export["records"], None]},
        {"head": {"record": "1", "hash": ""}},
        {"entries": [{"record": []}]},
        {"entries_up_to": None, "entries": []},
        {"records": [{**first, "body": 7}]},
        {"records": [{**first, "opened": {"x": {}}}]},
    ]
    invalid: list[object] = [{**export, **change} for change in changes]
    for whole in [*invalid, [], None, {"records": None}]:
        assert not intact(whole, notification_of(export, 1)), whole
    with pytest.raises(Altered, match="holds no record"):
        check_all({"export.json": export}, ("Record 1",))


def test_code_is_read_in_any_notation() -> None:
    link = "Votre page : https://x.example/api/p/Zk3_9f86d081"
    entry = "Parcel Post was let in at Lobby 2, 15:30. Unit 3B. Parcel 77 0."
    for written in (
        f"128 · {CODE}",
        f"RECORD 128 · {CODE.upper()}",
        f"128:{CODE}",
        f"128 {CODE}",
        f"  128\n{CODE}  ",
        "128 · 9f86 d081 884c 7d65 9a2f",
        "128 - 9f86d-081884c-7d659a2f",
        f"{entry} Record 128 · {CODE}",
        f"Enregistrement 128 · {CODE} {link}",
        f"Record 128 · {CODE} Decide here: x",
        f"{entry} Receipt 128 · 9f86 d081 884c 7d65 9a2f (keep this message)",
        "Receipt 128 · 9f86\u00a0d081 884c\n7d65 9a2f (keep this message) Your page",
        f"128\u00a0·\u00a0{CODE}",
    ):
        assert witnesses_in(written) == (Witness(128, CODE),), written


def test_notification_of_several_entries_has_two_codes() -> None:
    last = CODE[::-1]
    both = (Witness(5, CODE), Witness(9, last))
    for written in (
        f"Records 5 to 9 · {CODE} to {last}",
        f"Enregistrements 5 à 9 · {CODE} à {last}",
        f"5 · {CODE}, 9 · {last}, 5 · {CODE}",
    ):
        assert witnesses_in(written) == both, written


def test_incomplete_code_is_ignored() -> None:
    for written in (
        "",
        "128",
        CODE,
        f"128 · {CODE[:19]}",
        f"128 · {CODE[:19]}g",
        f"128 · {CODE}z",
        f"128 and so on · {CODE}",
        f"{'9' * 16} · {CODE}",
        f"Records 5 to 9 · {CODE}",
        f"x128 · {CODE}",
        "1 · " + "0" * 65,
    ):
        assert witnesses_in(written) == (), written


@given(st.text(alphabet=st.sampled_from("0123456789abcdef \u00b7-:to"), max_size=4000))
def test_no_input_keeps_the_program_busy(written: str) -> None:
    witnesses_in(written)


def test_long_hostile_lines_are_read_at_once() -> None:
    for piece in ("1 ", "1 · 0", "a 1 to 2 · ", "0 0 0 ", "1 to 2 · " + "0" * 19):
        witnesses_in((piece * 4096)[:4096])


def head_of(export: Export, number: int, line: int = 1, **more: str) -> dict[str, Any]:
    """Return a row of the fleet's view /heads."""
    record = export["records"][number - 1]
    row = {"building": "elm", "line": line, "day": "2026-11-28", "seq": number}
    return {**row, "hash": record["hash"], "at": record["hash"][:5], **more}


def compared(export: Export, *rows: dict[str, Any]) -> str:
    return check_all({"export.json": export}, heads={"heads.json": rows})


async def test_export_has_what_a_fleet_has_taken(export: Export) -> None:
    count = len(export["records"])
    said = compared(export, head_of(export, 1), head_of(export, count))
    assert "2 of the fleet found, 0 older than the log, 0 of a log before" in said
    # What administrators can make of a log fits into itself, but not to the fleet's copy.
    heads = [head_of(export, number) for number in range(1, count + 1)]
    body = export["records"][1]["body"]
    export["records"][1]["body"] = body.replace('"seq":2', '"seq":2,"x":1')
    rechain(export)
    assert compared(export, heads[0])
    with pytest.raises(Altered, match="record 2 is not the one"):
        compared(export, heads[0], heads[1])


async def test_cut_log_is_found_by_a_fleets_head(export: Export) -> None:
    newest = head_of(export, len(export["records"]))
    del export["records"][-1]
    del export["entries"]
    rechain(export)
    with pytest.raises(Altered, match="the end of the record was cut off"):
        compared(export, newest)


async def test_head_of_an_earlier_line_may_be_of_another_log(export: Export) -> None:
    other = head_of(export, 2, hash="ff" * 32)
    said = compared(export, other, head_of(export, 1), head_of(export, 3, line=2))
    assert "2 of the fleet found, 0 older than the log, 1 of a log before" in said
    with pytest.raises(Altered, match="record 2 is not the one"):
        compared(export, {**other, "line": 2}, head_of(export, 3, line=2))


async def test_heads_of_several_buildings_or_none_are_refused(export: Export) -> None:
    two = head_of(export, 1), head_of(export, 1, building="oak")
    for rows in (two, ()):
        with pytest.raises(Altered, match="exactly one building"):
            compared(export, *rows)


async def test_heads_are_read_as_json_and_as_csv(
    export: Export,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    saved, heads = tmp_path / "export.json", tmp_path / "heads"
    saved.write_text(json.dumps(export), "utf-8")
    asked = ["verify_record.py", str(saved), "--heads", str(heads)]
    monkeypatch.setattr(sys, "argv", asked)

    def verify(written: str) -> tuple[int, str]:
        heads.write_text(written, "utf-8")
        return main(), capsys.readouterr().out

    def csv(row: dict[str, Any]) -> str:
        return ",".join(row) + "\n" + ",".join(map(str, row.values())) + "\n"

    row = head_of(export, 2)
    other = {**row, "hash": "00" * 32}
    for good, bad in (
        (json.dumps([row]), json.dumps([other])),
        (csv(row), csv(other)),
        (f"\ufeff{csv(row)}", "building,line\nelm,1\n"),
    ):
        status, output = verify(good)
        assert (status, "1 of the fleet found" in output) == (0, True), output
        status, output = verify(bad)
        assert (status, output[:11]) == (1, "NOT INTACT:"), output


async def test_head_older_than_a_sealed_log_is_counted(export: Export) -> None:
    log = verify_record.Log(2, bytes(32), {2: ("aa" * 32, "")})
    records = {3: {"hash": "bb" * 32}}
    rows = [
        {"building": "elm", "line": 1, "seq": number, "hash": hashed * 32}
        for number, hashed in ((1, "cc"), (2, "aa"), (3, "bb"))
    ]
    found = verify_record.check_heads(records, log, "heads.json", rows)
    assert found == verify_record.Heads(found=2, older=1)
