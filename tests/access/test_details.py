"""Details of a delivery: a new one is treated like the others, everywhere."""

import os
from pathlib import Path
import shutil
import subprocess
import sys

from custom_components.courier_access.access.model import DETAILS, DeliveryDetails
from custom_components.courier_access.ledger import verify_record

ROOT = Path(__file__).parents[2]
PACKAGE = Path("custom_components", "courier_access")
WHOLE = DeliveryDetails("PKT-7", "driver-9")


def test_details_are_read_by_their_names() -> None:
    assert DeliveryDetails.read({"driver_ref": "driver-9", "door": "lobby"}) == (
        DeliveryDetails(driver_ref="driver-9")
    )
    assert DeliveryDetails.read(WHOLE.as_dict()) == WHOLE
    assert DeliveryDetails("PKT-7").given() == {"parcel_ref": "PKT-7"}


def test_notification_names_the_parcel_and_not_the_driver() -> None:
    assert WHOLE.notified() == DeliveryDetails("PKT-7")


def test_entry_has_the_grants_parcel_and_the_driver_who_comes() -> None:
    assert WHOLE.at_door(DeliveryDetails("PKT-8", "driver-1")) == (
        DeliveryDetails("PKT-7", "driver-1")
    )
    assert WHOLE.at_door(DeliveryDetails()) == DeliveryDetails("PKT-7")


def test_verifier_on_other_machines_checks_all_details() -> None:
    assert verify_record.DETAILS == DETAILS


def test_new_detail_is_treated_like_the_others(tmp_path: Path) -> None:
    """Run `one_more_detail.py` with a package that has one detail more."""
    for folder in ("custom_components", "scripts", "tests"):
        shutil.copytree(
            ROOT / folder,
            tmp_path / folder,
            ignore=shutil.ignore_patterns("__pycache__", "e2e", "stored"),
        )
    for file in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    schemas = (ROOT / PACKAGE / "ledger/schemas").glob("*.sql")
    newest = max(schemas, key=lambda path: int(path.stem)).name
    note = "    note: str | None = _detail(DetailTrait.NOTIFIED, DetailTrait.AT_DOOR)"
    for file, earlier, line in (
        ("access/model.py", "    driver_ref: ", note),
        (f"ledger/schemas/{newest}", "    driver_ref VARCHAR,", "    note VARCHAR,"),
        ("translations/en.json", '    "csv_driver": ', '    "csv_note": "Note",'),
    ):
        path = tmp_path / PACKAGE / file
        text = path.read_text("utf-8")
        assert text.count(earlier) == 1
        path.write_text(text.replace(earlier, f"{line}\n{earlier}"), "utf-8")
    tests = "tests/access/one_more_detail.py"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "--no-cov", tests],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
