"""Test the text of notifications about entries, in the reader's language."""

from copy import replace
from datetime import UTC, datetime, timedelta
from functools import cache
import json
from pathlib import Path
import re
from typing import Any
import unicodedata
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant
from hypothesis import example, given, strategies as st
from markdown_it import MarkdownIt
import pytest

from custom_components.courier_access.access.hours import WeekSchedule
from custom_components.courier_access.access.model import (
    DeliveryDetails,
    Outcome,
    Proof,
    Reason,
    Rules,
)
from custom_components.courier_access.access.names import without_markup
from custom_components.courier_access.const import RESIDENT_LANGUAGES
from custom_components.courier_access.ledger.outbox.due import (
    EntryDetails,
    Notification,
    NotificationState,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.verify_record import Witness, witnesses_in
from custom_components.courier_access.notifications.text import (
    NOBODY,
    Reader,
    words,
    write,
)
from custom_components.courier_access.notifications.times import Times

TRANSLATIONS = (
    Path(__file__).parents[2] / "custom_components/courier_access/translations"
)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ENTRY = EntryDetails(
    "entry-1",
    NOON,
    "Swift Parcels",
    "Front door",
    Proof.SIGNED,
    Outcome.OPENED,
    Reason.OK,
)
NOTIFICATION = Notification(
    id=1,
    tag="tag",
    token="0123456789abcdef" * 2,
    kind=NotificationKind.ENTRY_ADMITTED,
    resident_id="anna",
    state=NotificationState.PENDING,
    attempts=0,
    over=(),
    due_at=NOON,
    seq=42,
    witness="3fa9c1d2e4b5a6978801",
    recipient=True,
    unit="3B",
    delivery=DeliveryDetails(parcel_ref="PKT-7"),
    entry=ENTRY,
)
RECEIPT = " Receipt 42 · 3fa9 c1d2 e4b5 a697 8801 (keep this line)"
FOR_NEIGHBOR = replace(
    NOTIFICATION, recipient=False, unit=None, delivery=DeliveryDetails()
)


def of_entry(**changes: Any) -> Notification:
    """Return the notification of another entry."""
    return replace(NOTIFICATION, entry=replace(ENTRY, **changes))


@cache
def bundled(language: str) -> dict[str, str]:
    """Return a language's bundled texts."""
    common = json.loads((TRANSLATIONS / f"{language}.json").read_text())["common"]
    return {
        key.removeprefix("notification_"): text
        for key, text in common.items()
        if key.startswith("notification_")
    }


@pytest.fixture(params=["en", "fr"])
async def texts(hass: HomeAssistant, request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(await words(hass, request.param))


async def test_texts_come_from_the_translations(hass: HomeAssistant) -> None:
    for language, read in (("en", "en"), ("fr", "fr"), ("fi", "en"), (None, "en")):
        assert await words(hass, language) == bundled(read), language
    hass.config.language = "fr"
    assert await words(hass, None) == bundled("fr")
    assert len(await words(hass, None)) == len(bundled("fr"))


async def test_recipient_reads_courier_door_time_unit_parcel_and_code(
    hass: HomeAssistant,
) -> None:
    reader = Reader(zone=ZoneInfo("Europe/Paris"))
    text = write(await words(hass, "en"), NOTIFICATION, "Elm House", NOON, reader)

    assert text.title == text.lock_screen_title == "Swift Parcels was let in"
    assert text.message == (
        "Swift Parcels was let in at Front door, today 1:00 PM. Unit 3B. Parcel PKT-7. "
        "Receipt 42 · 3fa9 c1d2 e4b5 a697 8801 (keep this line)"
    )


async def test_neighbor_and_lock_screen_read_neither_unit_nor_parcel(
    texts: dict[str, str],
) -> None:
    text = write(texts, FOR_NEIGHBOR, "Elm House", NOON)
    entry = ("Swift Parcels", "Front door")
    for content in (*entry, "12:00", "42"):
        assert content in text.message
    assert witnesses_in(text.message) == (Witness(42, NOTIFICATION.witness),)
    for secret in ("3B", "PKT-7"):
        assert secret not in text.message
    title = write(texts, NOTIFICATION, "Elm House", NOON).lock_screen_title
    for content in ("Elm House", "3B", "PKT-7"):
        assert content not in title


async def test_every_outcome_and_reason_has_its_own_text(texts: dict[str, str]) -> None:
    outcomes = (None, *Outcome)
    messages = {
        write(texts, of_entry(outcome=outcome), "", NOON).message
        for outcome in outcomes
    }
    assert len(messages) == len(outcomes)

    for reason in set(Reason) - {Reason.OK}:
        entry = of_entry(outcome=None, reason=reason)
        refusal = replace(entry, kind=NotificationKind.ENTRY_REFUSED, recipient=False)
        message = write(texts, refusal, "", NOON).message
        assert texts[f"reason_{reason}"] in message
        assert "Swift Parcels" in message


def test_refused_entry_names_the_hours_of_the_reader() -> None:
    hours = Rules(
        schedule=WeekSchedule.from_mapping(
            {
                "tuesday": [
                    {"from": "10:15", "to": "11:45"},
                    {"from": "15:00", "to": "16:00"},
                ]
            }
        )
    ).hours
    refused = replace(
        of_entry(outcome=None, reason=Reason.OUTSIDE_SCHEDULE),
        kind=NotificationKind.ENTRY_REFUSED,
    )

    message = write(bundled("en"), refused, "", NOON, Reader(hours=hours)).message

    assert "Outside your hours, Tue 10:15 – 11:45 AM, 3 – 4 PM: change" in message  # noqa: RUF001  # dashes of times


async def test_date_is_shown_on_another_day(hass: HomeAssistant) -> None:
    reader = Reader(zone=ZoneInfo("Pacific/Auckland"))
    late = of_entry(at=NOON - timedelta(hours=2))  # 23:00, in Auckland
    midnight = NOON - timedelta(hours=1)
    for language, today, date in (
        ("en", "today 11:00 PM", "Tue, Nov 24, 11:00 PM"),
        ("fr", "aujourd\u2019hui 23:00", "mar. 24 nov., 23:00"),
    ):
        texts = await words(hass, language)
        before = midnight - timedelta(minutes=1)
        assert today in write(texts, late, "", before, reader).message
        assert date in write(texts, late, "", midnight, reader).message
        # The administrator's board, a retry, and a digest are read later.
        assert date in write(texts, late, "", before, reader, on_board=True).message
        retried = replace(late, attempts=1)
        assert date in write(texts, retried, "", before, reader).message
        digest = replace(late, others=(late,))
        assert today not in write(texts, digest, "", before, reader).message


def test_receipts_are_read_in_every_language() -> None:
    first, last = "0123456789abcdef0123", "fedcba98765432100123"
    several = replace(
        NOTIFICATION,
        witness=first,
        others=(replace(NOTIFICATION, seq=45, witness=last),),
    )
    for language in RESIDENT_LANGUAGES:
        texts = bundled(language)
        one = write(texts, NOTIFICATION, "", NOON).message
        both = write(texts, several, "", NOON).message
        assert witnesses_in(one) == (Witness(42, NOTIFICATION.witness),), one
        assert witnesses_in(both) == (Witness(42, first), Witness(45, last)), both


async def test_unknown_parcel_is_left_out(texts: dict[str, str]) -> None:
    message = write(
        texts, replace(NOTIFICATION, delivery=DeliveryDetails()), "", NOON
    ).message

    assert texts["unit"].format(unit="3B") in message
    assert texts["parcel"].partition("{")[0] not in message


MARKDOWN = MarkdownIt("commonmark")

# Markdown replaces NUL.
characters = st.characters(codec="utf-8", exclude_characters="\0")
courier_text = st.text(characters, max_size=64) | st.text(
    alphabet="evil.com/@:\\_*#+-&<>[]()`~!|\uff0e\u2024\u3002\uff0f\u2488\ufe52\uff20\u0327 ",
    max_size=64,
)


def markup(text: str) -> set[str]:
    """Return the kinds of markup in a rendered text, except paragraphs."""
    tokens = MARKDOWN.parse(text)
    return {
        each.type for token in tokens for each in (token, *(token.children or ()))
    } - {"inline", "paragraph_close", "paragraph_open", "text"}


@given(courier_text)
@example("www.evil-parcels.com/pay")
@example("pay\uff20evil\u2024com")
@example("evil\u2488com")
def test_reference_from_courier_becomes_no_link_or_markup(reference: str) -> None:
    content = write(
        bundled("en"),
        replace(NOTIFICATION, delivery=DeliveryDetails(reference)),
        "",
        NOON,
    ).message

    assert markup(content) == set()
    shown = content.removesuffix(RECEIPT).partition("Unit 3B.")[2]
    shown = shown.removeprefix(" Parcel ").removesuffix(".")
    assert not set("./:@\\_*#+&<>[]()`~!|\n\t").intersection(
        unicodedata.normalize("NFKC", shown)
    )


@given(
    st.text(
        alphabet=st.characters(categories=["L", "Nd"], max_codepoint=0x24F), min_size=1
    )
)
def test_letters_and_digits_of_a_reference_are_kept(reference: str) -> None:
    kept = unicodedata.normalize("NFKC", reference)

    message = write(
        bundled("en"),
        replace(NOTIFICATION, delivery=DeliveryDetails(reference)),
        "",
        NOON,
    ).message

    # Compatibility forms may hold punctuation.
    assert f"Parcel {kept}." in message or any(
        unicodedata.category(each)[0] in "PS" for each in kept
    )


def test_reference_is_shown_without_punctuation() -> None:
    for reference, shown in (
        ("PKT-7", "Parcel PKT-7."),
        ("1Z 999/AA#1,2", "Parcel 1Z 999 AA 1,2."),
        ("Größe_4.5+", "Parcel Größe 4 5."),
        ("www.evil-parcels.com/pay", "Parcel www evil-parcels com pay."),
        ("...", "Unit 3B. Receipt"),
    ):
        notification = replace(NOTIFICATION, delivery=DeliveryDetails(reference))
        assert shown in write(bundled("en"), notification, "", NOON).message


@given(courier=courier_text, door=courier_text)
@example(courier="[Pay](https://evil.example)", door="![x](//evil.example/x.png)")
@example(courier="1. www.evil.com", door="a@evil.com")
def test_names_become_no_markup_in_home_assistant(courier: str, door: str) -> None:
    courier, door = (" ".join(f"x{name}x".split()) for name in (courier, door))
    notification = replace(
        of_entry(courier_name=courier, door_name=door), recipient=False
    )
    content = write(bundled("en"), notification, "", NOON, on_board=True).message

    assert markup(content) <= {"text_special", "softbreak"}
    [rendered] = [token for token in MARKDOWN.parse(content) if token.type == "inline"]
    read = "".join(child.content for child in rendered.children or ())
    digest = replace(FOR_NEIGHBOR, others=(notification,))
    message = write(bundled("en"), digest, "", NOON, on_board=True).message
    assert markup(message) <= {"text_special", "softbreak"}
    later = replace(notification, attempts=1)  # names dates, as the board does
    assert read == write(bundled("en"), later, "", NOON).message


@given(
    courier_text
    | st.sampled_from(["12. Elm", "# 1", "&lt;b&gt;", "WWW.evil.com", "- a", "1) b"])
)
def test_names_become_no_markup_in_a_repair_issue(name: str) -> None:
    name = " ".join(name.split())
    for text in (
        "{door} was given an address",
        "The opener of {door} has been unavailable",
    ):
        content = text.format(door=without_markup(name))
        [rendered] = [
            token for token in MARKDOWN.parse(content) if token.type == "inline"
        ]

        assert markup(content) <= {"text_special"}
        assert (
            "".join(child.content for child in rendered.children or ())
            == text.format(door=name).strip()
        )
        # The frontend also turns bare addresses into links.
        assert not re.search(
            r"(www|https?:|ftp:)(?=[./])|(?<!\\)@", content, re.IGNORECASE
        )


def test_ordinary_name_reads_the_same_in_a_title() -> None:
    for name in (
        "12 Elm Street",
        "St. Mary's",
        "Smith & Sons (DHL)",
        "Door 2, rear - left",
    ):
        assert without_markup(name) == name


async def test_refusal_without_a_known_door_names_none(texts: dict[str, str]) -> None:
    refusal = replace(
        of_entry(door_name="", outcome=None, reason=Reason.UNKNOWN_GRANT),
        kind=NotificationKind.ENTRY_REFUSED,
    )
    message = write(texts, refusal, "", NOON).message
    assert ", ," not in message
    assert " ," not in message.replace(" :", ":")
    assert "at ," not in message

    passed_on = replace(
        refusal,
        kind=NotificationKind.MESSAGE_PASSED_ON,
        details={"message": "Look out."},
    )
    noon = Times(texts, NOBODY.zone, NOON.date(), is_fresh=True).moment(NOON)
    assert f"Swift Parcels, {noon}." in write(texts, passed_on, "", NOON).message


def test_languages_have_the_same_texts_and_placeholders() -> None:
    def placeholders(language: str) -> dict[str, set[str]]:
        return {
            key: set(re.findall(r"{(\w+)}", text))
            for key, text in bundled(language).items()
        }

    assert placeholders("en") == placeholders("fr")
