"""Test that no crash loses a record or a notification: `scripts/crash`, in small."""

from pathlib import Path

import pytest

from scripts.lab.crash.campaign import campaign

pytestmark = pytest.mark.timeout(600)

KILLS = 8


async def test_killed_home_assistant_loses_no_record_or_notification(
    socket_enabled: None, tmp_path: Path
) -> None:
    result = await campaign(tmp_path, KILLS, seed=8)
    assert result.findings.wrong == []
    assert result.findings.entries > 0
    assert result.line == (
        f"kills {KILLS}, entries {result.findings.entries}, unrecorded 0, untold 0, opened twice 0, "
        "chain ok, left unlocked 0"
    )
