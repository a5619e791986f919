"""The command `scripts/release`: packs what is installed, and nothing else, into one file.

The Marketplace unpacks it into `custom_components/courier_access`, as `hacs.json` says. Times and rights are the same for
every file, so that anyone who packs a version's source with the same zlib gets the same bytes and can tell whether a
release was made of it. With another zlib, the names and checksums that `unzip -v` lists are the same.
"""

import argparse
from collections.abc import Iterator, Sequence
from hashlib import sha256
import json
from pathlib import Path
import sys
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from .places import INTEGRATION, ROOT

SUFFIXES = frozenset({".css", ".j2", ".js", ".json", ".png", ".py", ".sql", ".yaml"})
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_UNIX, _READABLE_FILE = 3, 0o100644


class ReleaseError(Exception):
    """What is there is not what should be released."""


def version() -> str:
    """Return the version that the manifest names."""
    manifest = json.loads((INTEGRATION / "manifest.json").read_text("utf-8"))
    return str(manifest["version"])


def check(tag: str) -> None:
    """Raise ReleaseError where a tag names another version than the manifest."""
    if tag != f"v{version()}":
        raise ReleaseError(f"the tag {tag} does not name version {version()}")


def contents(package: Path = INTEGRATION) -> Iterator[tuple[str, Path]]:
    """Return what belongs into the release, by its place in it, in order; raise ReleaseError at anything else."""
    yield "LICENSE", ROOT / "LICENSE"
    for path in sorted(
        package.rglob("*"), key=lambda path: path.relative_to(package).as_posix()
    ):
        if "__pycache__" in path.parts or path.is_dir():
            continue
        if (
            path.suffix not in SUFFIXES
            or path.name.startswith(".")
            or path.is_symlink()
        ):
            raise ReleaseError(
                f"{path.relative_to(package)} is not of the files that are released"
            )
        yield path.relative_to(package).as_posix(), path


def pack(folder: Path, package: Path = INTEGRATION) -> Path:
    """Write the release into a folder and return its path."""
    packed = list(contents(package))
    folder.mkdir(parents=True, exist_ok=True)
    release = folder / f"{INTEGRATION.name}.zip"
    with ZipFile(release, "w") as archive:
        for name, path in packed:
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _READABLE_FILE << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)
    return release


def main(given: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="scripts/release", description="Pack the integration for a release."
    )
    parser.add_argument(
        "folder", nargs="?", type=Path, default=ROOT / "dist", help="default: dist"
    )
    parser.add_argument(
        "--tag", help="refuse unless it names the manifest's version, as v1.2.3"
    )
    chosen = parser.parse_args(given)
    try:
        if chosen.tag is not None:
            check(chosen.tag)
        release = pack(chosen.folder)
    except ReleaseError as error:
        print(f"release: {error}", file=sys.stderr)
        return 1
    print(f"{sha256(release.read_bytes()).hexdigest()}  {release}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
