"""The security page names a test for each threat, and one of them comes over the wire."""

from collections import Counter

import pytest

from scripts.lab.audit.attacks import report, run
from scripts.lab.audit.attacks.edges import has_client
from scripts.lab.audit.attacks.page import (
    PAGE,
    Seen,
    Threat,
    named_tests,
    over_no_wire,
    threats,
)

WIRE = "tests/attacks/test_log.py::test_no_value_of_a_damaged_record_gets_into_the_log"
FORM = "tests/flows/test_resident.py::test_unit_that_looks_like_another_is_refused"
NO_TEST = "tests/attacks/test_log.py::test_that_nobody_wrote"


@pytest.fixture
def listed() -> list[Threat]:
    """Return the threats of the page."""
    return threats(PAGE.read_text())


def test_each_threat_has_a_name_of_its_own_and_tests(listed: list[Threat]) -> None:
    assert len(listed) > 90
    assert [threat.name for threat in listed if not threat.tests] == []
    assert Counter(threat.name for threat in listed).most_common(1)[0][1] == 1


async def test_each_threat_has_a_test_over_the_wire(
    listed: list[Threat], request: pytest.FixtureRequest
) -> None:
    found = dict[str, Seen]()
    for item in request.session.items:
        found[item.nodeid.partition("[")[0]] = Seen(has_client(item))
    tests = named_tests(listed)
    if not set(tests) <= found.keys():  # only a part of the tests is run
        found |= await run(tests, "--collect-only")

    assert [test for test in tests if test not in found] == []
    assert over_no_wire(listed, found) == []


async def test_what_comes_over_the_wire_is_seen_as_tests_run_and_what_lacks_is_said() -> (
    None
):
    seen = await run([WIRE, FORM])
    assert seen == {WIRE: Seen(over_wire=True), FORM: Seen()}

    listed = [
        Threat("At the door", "Over HTTP", [WIRE]),
        Threat("At the door", "In a form", [FORM]),
        Threat("At installation", "In a package", [NO_TEST]),
    ]
    said = report(listed, seen | {WIRE: Seen(over_wire=True, failed=True)})
    assert said.lines[0] == (
        "threats 3, tests 3, failed 2, without a test over the wire 1"
    )
    assert list(said.wrong) == [
        f"{WIRE} failed",
        f"{NO_TEST} didn't run",
        "no test over the wire: In a form",
    ]
