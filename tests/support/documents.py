"""The documents, and what stands in them to be checked."""

from pathlib import Path
import re
from typing import Any

import yaml

from custom_components.courier_access.const import DOMAIN

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / DOMAIN
README = ROOT / "README.md"
HOW_TO = ROOT / "docs" / "how-to"
REFERENCE = ROOT / "docs" / "reference"
EXPLANATION = ROOT / "docs" / "explanation"
AUTOMATIONS = HOW_TO / "automations.md"
DRIVERS = HOW_TO / "drivers.md"
DASHBOARDS = HOW_TO / "dashboards.md"
RESIDENTS = HOW_TO / "residents.md"
ACTIONS = REFERENCE / "actions.md"
EVENTS = REFERENCE / "events.md"
LIMITS = REFERENCE / "limits.md"
WEBSOCKET = REFERENCE / "websocket-api.md"
DOOR_FAULTS = REFERENCE / "door-faults.md"
ARCHITECTURE = EXPLANATION / "architecture.md"
SECURITY = EXPLANATION / "security.md"
MECHANISMS = EXPLANATION / "mechanisms.md"
DOCUMENTS = [README, *sorted((ROOT / "docs").rglob("*.md"))]


def text(document: Path) -> str:
    """Return what a document says."""
    return document.read_text("utf-8")


def anchors(document: Path) -> set[str]:
    """Return the names by which a document's headings can be linked to."""
    headings = re.findall(r"^#+ (.*)$", text(document), re.MULTILINE)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        for heading in headings
    }


def section(document: Path, heading: str) -> str:
    """Return what stands under a heading, to the next one of any level."""
    under = re.split(rf"^#+ {heading}$", text(document), flags=re.MULTILINE)[1]
    return re.split(r"^#+ ", under, flags=re.MULTILINE)[0]


def rows(document: Path, heading: str) -> list[list[str]]:
    """Return the cells of the table under a heading, without its head."""
    lines = [
        line for line in section(document, heading).splitlines() if line.startswith("|")
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def blocks(document: Path, language: str) -> list[str]:
    """Return a document's blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", text(document), re.DOTALL)


def described(kind: str) -> dict[str, Any]:
    """Return what Home Assistant's editors know of our services, triggers or conditions, by full name."""
    read: dict[str, Any] = yaml.safe_load(text(PACKAGE / f"{kind}.yaml"))
    return {f"{DOMAIN}.{name}": shown for name, shown in read.items() if name[0] != "."}
