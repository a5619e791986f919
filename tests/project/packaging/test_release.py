"""What is released is the integration and its license, the same bytes wherever it is packed.

The end-to-end tests run what was unpacked from it.
"""

import os
from pathlib import Path
import shutil
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from scripts.lab import release
from scripts.lab.places import INTEGRATION, ROOT

from .files import read_json


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A copy of the integration, as somebody else may have it."""
    return shutil.copytree(INTEGRATION, tmp_path / INTEGRATION.name)


def test_the_same_source_gives_the_same_bytes(tmp_path: Path, package: Path) -> None:
    (package / "lock.py").chmod(0o600)
    os.utime(package / "lock.py", (0, 0))
    (package / "__pycache__").mkdir(exist_ok=True)
    (package / "__pycache__" / "lock.cpython-314.pyc").write_bytes(b"compiled")

    here = release.pack(tmp_path / "here").read_bytes()
    there = release.pack(tmp_path / "there", package).read_bytes()
    assert here == there


def test_it_holds_what_is_installed_and_nothing_else(tmp_path: Path) -> None:
    with ZipFile(release.pack(tmp_path)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
        unpacked = tmp_path / INTEGRATION.name
        packed.extractall(unpacked)

    installed = {
        path.relative_to(INTEGRATION)
        for path in INTEGRATION.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {Path(name) for name in names} == installed | {Path("LICENSE")}
    assert names == sorted(names, key=lambda name: (name != "LICENSE", name))
    for path in installed:
        assert (unpacked / path).read_bytes() == (INTEGRATION / path).read_bytes()
    assert (unpacked / "LICENSE").read_text() == (ROOT / "LICENSE").read_text()
    assert not (unpacked / "LICENSE").stat().st_mode & 0o111


def test_it_is_compressed(tmp_path: Path) -> None:
    with ZipFile(release.pack(tmp_path)) as packed:
        files = packed.infolist()
    assert {each.compress_type for each in files} == {ZIP_DEFLATED}
    whole = sum(each.file_size for each in files)
    assert sum(each.compress_size for each in files) < whole / 2


def test_what_does_not_belong_there_is_not_packed_but_refused(
    tmp_path: Path, package: Path
) -> None:
    for stray in ("notes.txt", ".secret.json", "building.db", "web/html.py~"):
        (package / stray).write_text("left behind")
        with pytest.raises(release.ReleaseError, match=stray):
            release.pack(tmp_path / "dist", package)
        assert not (tmp_path / "dist").exists(), stray
        (package / stray).unlink()


def test_the_command_refuses_a_tag_of_another_version(tmp_path: Path) -> None:
    def run(tag: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [ROOT / "scripts" / "release", tmp_path, "--tag", tag],
            env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin"},
            capture_output=True,
            check=False,
            text=True,
        )

    version = read_json(INTEGRATION / "manifest.json")["version"]
    refused = run("v0.0.1")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert f"does not name version {version}" in refused.stderr
    assert not list(tmp_path.iterdir())
    done = run(f"v{version}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(f"  {tmp_path / 'courier_access.zip'}\n")
