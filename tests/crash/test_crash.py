"""No crash costs an entry its record or its notifications, or leaves the door open: `scripts/crash`, in small."""

from pathlib import Path

import pytest

from scripts.lab.crash.campaign import campaign

pytestmark = pytest.mark.timeout(600)

KILLS = 8


async def test_whenever_it_is_killed_every_opening_has_its_record_and_everybody_is_told(
    socket_enabled: None, tmp_path: Path
) -> None:
    result = await campaign(tmp_path, KILLS, seed=8)
    assert result.findings.wrong == []
    assert result.findings.entries > 0
    assert result.line == (
        f"kills {KILLS}, entries {result.findings.entries}, unrecorded 0, untold 0, opened twice 0, "
        "chain ok, left unlocked 0"
    )
