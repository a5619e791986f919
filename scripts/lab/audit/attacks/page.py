"""The threats of the security page, each with the tests that show its answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import re

from ...places import ROOT

PAGE = ROOT / "docs" / "explanation" / "security.md"
WITHOUT_WIRE = "At installation"
"""The section about what is installed: nothing of it comes over the wire."""
INSIDE = frozenset({"Language models"})
"""Threats from within Home Assistant: its agents call tools in its own process."""


@dataclass(frozen=True, slots=True)
class Threat:
    """A threat, under the heading of its section."""

    section: str
    name: str
    tests: Sequence[str]
    """The ids that pytest has for the tests, without parameters."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a test."""

    over_wire: bool = False
    failed: bool = False


def threats(page: str) -> list[Threat]:
    """Read the threats from the page."""
    _, _, after = page.partition("\n## Threats and answers\n")
    between, _, _ = after.partition("\n## ")
    found = []
    for section in between.split("\n### ")[1:]:
        heading, _, listed = section.partition("\n")
        for item in re.split(r"^- ", listed, flags=re.MULTILINE)[1:]:
            name = re.match(r"\*\*([^*]+)\*\*", item)
            if name is None:
                raise ValueError(f"{heading} has a threat without a name")
            tests = re.findall(r"`([\w/]+\.py::(?:\w+::)?\w+)`", item)
            found.append(Threat(heading, name[1], [f"tests/{test}" for test in tests]))
    return found


def named_tests(listed: Sequence[Threat]) -> list[str]:
    """Return the tests of all threats, each once."""
    return sorted({test for threat in listed for test in threat.tests})


def over_no_wire(listed: Sequence[Threat], seen: Mapping[str, Seen]) -> list[str]:
    """Return the threats none of whose tests comes over the wire, but for installation."""
    return [
        threat.name
        for threat in listed
        if threat.section != WITHOUT_WIRE
        and threat.name not in INSIDE
        and not any(seen[test].over_wire for test in threat.tests if test in seen)
    ]
