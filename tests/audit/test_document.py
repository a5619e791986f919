"""The document of the audit has room for each part's figures, and keeps the text around them."""

from datetime import UTC, datetime

import pytest

from scripts.lab.audit.__main__ import PARTS
from scripts.lab.audit.document import DOCUMENT, begin, circumstances, written
from scripts.lab.audit.part import Report

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.mark.parametrize("part", PARTS)
def test_document_has_room_for_each_part(part: str) -> None:
    report = Report(["entries 3"], ["an entry was unrecorded"])

    again = written(DOCUMENT.read_text(), part, report, circumstances(7, 2, NOW))

    assert f"{begin(part)}\nNovember 28, 2026, seed 7, 2 min, Home Assistant " in again
    assert (
        "```text\nentries 3\nWRONG: an entry was unrecorded\n```\n<!-- end -->" in again
    )
    assert [line for line in again.splitlines() if line.startswith("#")] == [
        line for line in DOCUMENT.read_text().splitlines() if line.startswith("#")
    ]


def test_part_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="no room for earthquakes"):
        written(DOCUMENT.read_text(), "earthquakes", Report([]), "")
