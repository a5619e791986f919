"""Test that no kill loses a record or a notification: the audit's part `kills`, in small."""

from pathlib import Path

import pytest

from scripts.lab.audit.kills.campaign import campaign
from scripts.lab.forking import Forks

pytestmark = pytest.mark.timeout(300)

KILLS = 2


async def test_killed_home_assistant_loses_no_record_or_notification(
    socket_enabled: None, forks: Forks, tmp_path: Path
) -> None:
    result = await campaign(tmp_path, forks, KILLS, seed=184)
    assert result.findings.wrong == []
    assert result.findings.entries > 0
    assert result.line == (
        f"kills {KILLS}, entries {result.findings.entries}, unrecorded 0, unnotified 0, opened twice 0, "
        "chain ok, left unlocked 0"
    )
