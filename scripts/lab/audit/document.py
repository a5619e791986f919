"""Writes figures into the document of the audit."""

from datetime import datetime
from pathlib import Path
import platform
import sqlite3

from homeassistant.const import __version__

from ..places import ROOT
from .part import Report

DOCUMENT = ROOT / "docs" / "explanation" / "audit.md"
END = "<!-- end -->"


def begin(part: str) -> str:
    """Return the line after which a part's figures are."""
    return f"<!-- scripts/audit {part} -->"


def written(source: str, part: str, report: Report, circumstances: str) -> str:
    """Return the document with a part's figures replaced; the text around them is written by hand."""
    before, found, rest = source.partition(begin(part))
    _, ended, after = rest.partition(END)
    if not found or not ended:
        raise ValueError(f"{DOCUMENT.name} has no room for {part}")
    lines = "\n".join([*report.lines, *(f"WRONG: {fault}" for fault in report.wrong)])
    return f"{before}{found}\n{circumstances}\n\n```text\n{lines}\n```\n{ended}{after}"


def circumstances(seed: int, minutes: float, now: datetime) -> str:
    """Say when, from which seed, for how long, and with which versions a part ran."""
    versions = (
        f"Home Assistant {__version__}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}, Linux {platform.release().partition('-')[0]}"
    )
    return (
        f"{now:%B} {now.day}, {now.year}, seed {seed}, {minutes:.0f} min, {versions}:"
    )


def write(
    part: str, report: Report, circumstances: str, document: Path = DOCUMENT
) -> None:
    """Replace a part's figures in the document."""
    document.write_text(written(document.read_text(), part, report, circumstances))
