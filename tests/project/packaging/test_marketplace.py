"""The Marketplace of Home Assistant 2026.11 takes the repository as it describes itself."""

import json
from pathlib import Path
import subprocess
from zipfile import ZipFile

from scripts.lab import release
from scripts.lab.forking import PYTHON
from scripts.lab.places import INTEGRATION, ROOT

from .files import read_json

HACS = ROOT / "hacs.json"
READS = Path(__file__).with_name("marketplace_reads.py")


def test_it_takes_the_repository_and_what_is_installed_from_it(tmp_path: Path) -> None:
    # It downloads the asset that hacs.json names and unpacks it into the integration's folder.
    asset = release.pack(tmp_path)
    with ZipFile(asset) as packed:
        packed.extractall(tmp_path / INTEGRATION.name)
    wrong = tmp_path / "hacs.json"
    wrong.write_text(json.dumps({"name": 7, "homeassistant": "2026.10.0", "zip": True}))

    done = subprocess.run(
        [PYTHON, "-P", READS, tmp_path / INTEGRATION.name, HACS, wrong],
        capture_output=True,
        check=True,
        text=True,
    )

    made = json.loads(done.stdout)
    manifest = read_json(INTEGRATION / "manifest.json")
    assert made["integration"] == {key: manifest[key] for key in made["integration"]}
    ours, theirs = made["repositories"]
    assert ours == read_json(HACS)
    assert ours["name"] == manifest["name"]
    assert (ours["zip_release"], ours["filename"]) == (True, asset.name)
    # The branch has no built package; only releases can be installed.
    assert ours["hide_default_branch"] is True
    # What it would not take is seen.
    assert theirs == {"homeassistant": "2026.10.0"}
    assert made["unknown"] == [[], ["zip"]]
