"""Notices in words: who is told what, in their language."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access.access.model import Outcome, Reason
from custom_components.courier_access.ledger.due import Entered, Notice
from custom_components.courier_access.ledger.outbox import NoticeState
from custom_components.courier_access.ledger.owed import FanoutKind
from custom_components.courier_access.notice_text import words, write

TRANSLATIONS = Path(__file__).parents[1] / "custom_components/courier_access/translations"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENTRY = Entered("entry-1", NOON, "Swift Parcels", "Front door", Outcome.OPENED, Reason.OK)
NOTICE = Notice(
    id=1,
    tag="tag",
    token="0123456789abcdef" * 2,
    kind=FanoutKind.ENTRY_ADMITTED,
    resident_id="anna",
    state=NoticeState.OWED,
    attempts=0,
    over=(),
    due_at=NOON,
    seq=42,
    witness="3fa9c1d2e4b5a6978801",
    recipient=True,
    unit="3B",
    parcel_ref="PKT-7",
    entry=ENTRY,
)
NEIGHBOURS = replace(NOTICE, recipient=False, unit=None, parcel_ref=None)


def of_entry(**changes: Any) -> Notice:
    """Return the notice of another entry."""
    return replace(NOTICE, entry=replace(ENTRY, **changes))


def bundled(language: str) -> dict[str, str]:
    """Return a language's words as they are shipped."""
    common = json.loads((TRANSLATIONS / f"{language}.json").read_text())["common"]
    return {
        key.removeprefix("notice_"): text
        for key, text in common.items()
        if key.startswith("notice_")
    }


@pytest.fixture(params=["en", "fr"])
async def said(hass: HomeAssistant, request: pytest.FixtureRequest) -> dict[str, str]:
    await hass.config.async_set_time_zone("UTC")
    return dict(await words(hass, request.param))


async def test_words_come_from_the_translations(hass: HomeAssistant) -> None:
    assert await words(hass, "en") == bundled("en")
    assert await words(hass, "fr") == bundled("fr")


async def test_without_a_language_it_is_home_assistants(hass: HomeAssistant) -> None:
    hass.config.language = "fr"

    assert await words(hass, None) == bundled("fr")


async def test_a_language_without_words_is_english(hass: HomeAssistant) -> None:
    assert await words(hass, "fi") == bundled("en")


async def test_a_recipient_reads_courier_door_time_unit_parcel_and_witness(
    hass: HomeAssistant,
) -> None:
    await hass.config.async_set_time_zone("Europe/Paris")
    text = write(await words(hass, "en"), NOTICE, "Elm House", NOON)

    assert text.title == "Elm House: courier at the door"
    assert text.message == (
        "Swift Parcels was let in at Front door, 13:00. Unit 3B. Parcel PKT-7. "
        "Record 42 · 3fa9c1d2e4b5a6978801"
    )


async def test_a_neighbour_reads_courier_door_time_and_witness(said: dict[str, str]) -> None:
    message = write(said, NEIGHBOURS, "Elm House", NOON).message

    for told in ("Swift Parcels", "Front door", "12:00", "42", NOTICE.witness):
        assert told in message
    for secret in ("3B", "PKT-7"):
        assert secret not in message


async def test_a_lock_screens_title_says_nothing(said: dict[str, str]) -> None:
    title = write(said, NOTICE, "Elm House", NOON).lock_screen_title

    for told in ("Elm House", "Swift Parcels", "Front door", "3B", "PKT-7"):
        assert told not in title


@pytest.mark.parametrize("outcome", [None, *Outcome])
async def test_every_outcome_reads_its_own_way(
    said: dict[str, str], outcome: Outcome | None
) -> None:
    others = {
        write(said, of_entry(outcome=other), "", NOON).message
        for other in (None, *Outcome)
        if other is not outcome
    }

    assert write(said, of_entry(outcome=outcome), "", NOON).message not in others


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason is not Reason.OK])
async def test_a_refusal_says_why(said: dict[str, str], reason: Reason) -> None:
    refusal = replace(of_entry(outcome=None, reason=reason), kind=FanoutKind.ENTRY_REFUSED)

    message = write(said, refusal, "", NOON).message

    assert said[f"reason_{reason}"] in message
    assert "Swift Parcels" in message


@pytest.mark.parametrize(("language", "date"), [("en", "2026-11-24"), ("fr", "24/11/2026")])
async def test_the_date_is_told_on_another_day_of_the_building(
    hass: HomeAssistant, language: str, date: str
) -> None:
    await hass.config.async_set_time_zone("Pacific/Auckland")
    said = await words(hass, language)
    late = of_entry(at=NOON - timedelta(hours=2))  # 23:00, in Auckland

    assert date not in write(said, late, "", NOON - timedelta(hours=1, minutes=1)).message
    assert f"{date} 23:00" in write(said, late, "", NOON - timedelta(hours=1)).message


async def test_an_unknown_parcel_is_left_out(said: dict[str, str]) -> None:
    message = write(said, replace(NOTICE, parcel_ref=None), "", NOON).message

    assert said["unit"].format(unit="3B") in message
    assert said["parcel"].partition("{")[0] not in message


@given(st.text(max_size=64))
def test_a_couriers_own_words_become_no_markup(reference: str) -> None:
    message = write(bundled("en"), replace(NOTICE, parcel_ref=reference), "", NOON).message
    _, _, told = message.partition("Parcel ")

    assert not re.search(r"[][()<>!`*|~&$@\\:\n\r\t]", told.partition(" Record")[0])


@pytest.mark.parametrize("reference", ["PKT-7", "1Z 999/AA#1,2", "Größe_4.5+"])
def test_a_reference_reads_as_it_was_written(reference: str) -> None:
    message = write(bundled("en"), replace(NOTICE, parcel_ref=reference), "", NOON).message

    assert f"Parcel {reference}." in message


def test_both_languages_say_the_same_things() -> None:
    def placeholders(language: str) -> dict[str, set[str]]:
        return {
            key: set(re.findall(r"{(\w+)}", text))
            for key, text in bundled(language).items()
            if key not in ("date", "date_and_time")
        }

    assert placeholders("en") == placeholders("fr")
