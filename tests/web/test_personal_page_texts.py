"""The texts of the personal page: complete, well formatted, and escaped."""

from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape
import json
from pathlib import Path
import re
from zoneinfo import ZoneInfo

from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access import web
from custom_components.courier_access.access.explain import ClosedReason
from custom_components.courier_access.access.hours import HoursException
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    EntryDecision,
    GrantKey,
    Outcome,
    Proof,
    Reason,
    Rules,
)
from custom_components.courier_access.access.schedule import (
    ALWAYS,
    WEEKDAYS,
    WeekSchedule,
)
from custom_components.courier_access.access.written_hours import HoursProblem
from custom_components.courier_access.api.entries_view import ReadEntry
from custom_components.courier_access.ledger.state.entries import EntryRow
from custom_components.courier_access.ledger.verification import RecordStatus
from custom_components.courier_access.web.html import HEADERS, STYLE, text
from custom_components.courier_access.web.personal.contents import (
    RESULTS,
    CheckResult,
    DeliveryItem,
    PageContents,
)
from custom_components.courier_access.web.personal.expecting import (
    WindowProblem,
)
from custom_components.courier_access.web.personal.markup import (
    message_page,
    personal_page,
)
from custom_components.courier_access.web.texts import PageTexts
from tests.support.pages import Reader

FOLDER = Path(web.__file__).parent
NOW = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Paris")
TAKEN = ("take", "take_entries", "take_verifier")
TURNED_AWAY = ("gone", "not_ready", "too_often", "wrong")


def read(language: str) -> dict[str, str]:
    path = FOLDER.parent / "translations" / f"{language}.json"
    common: dict[str, str] = json.loads(path.read_text("utf-8"))["common"]
    return common


EN, FR = PageTexts(read("en"), ZONE), PageTexts(read("fr"), ZONE)
BOTH = pytest.mark.parametrize("words", [EN, FR], ids=["en", "fr"])


def shown(**other: object) -> PageContents:
    plain = PageContents(
        building="12 Elm Street",
        unit="3B",
        now=NOW,
        rules=Rules(),
        couriers={"c": "Parcel Post"},
        is_confirmed=True,
        shut=None,
        unit_paused_until=None,
        building_paused_until=None,
        expected=[],
        entries=[],
        retention_days=30,
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def delivery(**other: object) -> DeliveryItem:
    plain = DeliveryItem(GrantKey("c", "G1"), "Parcel Post", "Lobby", NOW, NOW, None)
    return replace(plain, **other)  # type: ignore[arg-type]


ROW = EntryRow(
    entry_id="entry-1",
    seq=1,
    at=NOW,
    last_at=NOW,
    courier_id="courier-1",
    courier_name="Parcel Post",
    door_id="door-1",
    door_name="Lobby",
    proof=Proof.SIGNED,
    decision=EntryDecision.ADMITTED,
    reason=Reason.OK,
    outcome=None,
    lock_confirmed=None,
    unlocked_until=None,
    completed_at=None,
    repeats=0,
    personal={"units": "[]"},
)


def came(
    units: tuple[str, ...] = (), parcel_ref: str | None = None, **other: object
) -> ReadEntry:
    row = replace(ROW, **other)  # type: ignore[arg-type]
    return ReadEntry(row, units, parcel_ref)


def browse(written: str) -> Reader:
    reader = Reader()
    reader.feed(written)
    return reader


def test_page_uses_exactly_its_texts() -> None:
    closed_sets = {
        *WEEKDAYS,
        *(f"shut_{why}" for why in ClosedReason),
        *(f"said_{said}" for said in RESULTS),
        *(
            key
            for what in ("unit", "building")
            for key in (
                f"pause_{what}",
                f"resume_{what}",
                f"{what}_paused",
            )
        ),
        *(f"consent_{consent}" for consent in Consent),
        *(f"expect_{problem}" for problem in WindowProblem),
        *HoursProblem,
        *(f"standing_{standing}" for standing in RecordStatus),
        *(f"{what}_{part}" for what in TAKEN for part in ("says", "link")),
        "take",
        *(f"{what}_{part}" for what in TURNED_AWAY for part in ("title", "says")),
    }
    code = "".join(path.read_text("utf-8") for path in FOLDER.rglob("*.py"))
    literal = set(re.findall(r'"page_(\w+)"', code)) - set(TAKEN)
    there = {key.removeprefix("page_") for key in EN.texts if key.startswith("page_")}
    assert there == closed_sets | literal


@BOTH
def test_every_state_of_the_page_has_texts(words: PageTexts) -> None:
    states = [
        shown(
            shut=why,
            rules=Rules(
                consent=consent, default=attitude, couriers={"c": Attitude.ASK}
            ),
        )
        for why in (None, *ClosedReason)
        for consent in Consent
        for attitude in Attitude
    ]
    # The last result has its own line.
    states += [shown(result=said) for said in (None, *RESULTS.values())]
    pages = [(state, browse(personal_page(words, state))) for state in states]

    wrong = [
        state
        for state, page in pages
        if page.lang != words.language or "{" in page.text
    ]

    assert not wrong, f"{wrong}"


@BOTH
def test_every_outcome_and_reason_has_texts(words: PageTexts) -> None:
    entries = [
        *(came(outcome=outcome) for outcome in (None, *Outcome)),
        came(decision=EntryDecision.OBSERVED, proof=None, reason=None),
        *(
            came(decision=EntryDecision.REFUSED, reason=reason)
            for reason in Reason
            if reason is not Reason.OK
        ),
    ]
    reader = browse(personal_page(words, shown(entries=entries)))
    couriers = 1
    assert reader.tags.count("li") == len(entries) + couriers


@BOTH
def test_every_result_of_a_check_has_texts(words: PageTexts) -> None:
    standing = [(128, each.value) for each in RecordStatus]
    for checked in (
        CheckResult(9, None, standing),
        CheckResult(9, 777, [], is_read=False),
        CheckResult(9, 777, []),
    ):
        reader = browse(personal_page(words, shown(check=checked)))
        assert "{" not in reader.text
        assert reader.text.count("128") == len(checked.notifications)
        assert ("777" in reader.text) is not (checked.broken_at is None)


@BOTH
def test_error_page_has_a_heading_and_a_language(words: PageTexts) -> None:
    pages = {what: browse(message_page(words, what)) for what in TURNED_AWAY}
    shown = {what: (page.lang, page.tags.count("h1")) for what, page in pages.items()}
    assert shown == dict.fromkeys(TURNED_AWAY, (words.language, 1))


@pytest.mark.parametrize(
    ("week", "lines"),
    [
        ({}, []),
        (ALWAYS.to_mapping(), ["Every day: all day"]),
        (
            {day: [{"from": "08:00", "to": "12:00"}] for day in WEEKDAYS[:5]},
            ["Monday to Friday: 08:00 to 12:00", "Saturday to Sunday: closed"],
        ),
        (
            {
                "monday": [
                    {"from": "06:30:15", "to": "07:00"},
                    {"from": "22:00", "to": "24:00"},
                ]
            },
            ["Monday: 06:30:15 to 07:00, 22:00 to 24:00", "Tuesday to Sunday: closed"],
        ),
    ],
)
def test_week_groups_days_with_the_same_hours(
    week: dict[str, object], lines: list[str]
) -> None:
    assert EN.week(WeekSchedule.from_mapping(week)) == lines


def test_exceptions_are_shown_until_they_end() -> None:
    exceptions = (
        HoursException(date(2026, 11, 23), date(2026, 11, 23)),
        HoursException(date(2026, 11, 24), date(2026, 11, 26), ((0, 3600),)),
        HoursException(date(2026, 12, 31), date(2026, 12, 31)),
    )
    reader = browse(personal_page(FR, shown(rules=Rules(exceptions=exceptions))))
    assert "24 nov. 2026 à 26 nov. 2026\u00a0: 00:00 à 01:00" in reader.text
    assert "31 déc. 2026\u00a0: fermé" in reader.text
    assert "23 nov. 2026" not in reader.text


def test_times_are_in_the_buildings_time_zone() -> None:
    assert EN.moment(NOW) == "Tue, Nov 24, 18:05"
    assert FR.moment(NOW) == "mar. 24 nov., 18:05"
    assert EN.span(NOW, NOW.replace(hour=18)) == "Tue, Nov 24, 18:05 \u2013 19:05"
    assert EN.span(NOW, NOW.replace(hour=23)) == (
        "Tue, Nov 24, 18:05 \u2013 Wed, Nov 25, 00:05"
    )


def test_pending_resident_sees_nothing_of_the_unit() -> None:
    reader = browse(
        personal_page(EN, shown(is_confirmed=False, shut=ClosedReason.NOT_CONFIRMED))
    )
    assert {"pause_unit", "resume_unit"}.isdisjoint(form["do"] for form in reader.forms)
    assert "Expected deliveries" not in reader.text
    assert "must confirm you first" in reader.text


def test_veto_button_is_described_by_its_delivery() -> None:
    page = browse(personal_page(EN, shown(expected=[delivery(), delivery()])))
    described = [value for name, value in page.attributes if name == "aria-describedby"]
    named = [value for name, value in page.attributes if name == "id"]
    assert described == ["next", "d1", "d2"]
    assert named == [
        "next",
        "entries",
        "deliveries",
        "d1",
        "d2",
        "hours",
        "notification",
    ]


@given(st.text())
def test_text_is_never_markup(content: str) -> None:
    written = text(content)
    inner = written.removeprefix("<bdi>").removesuffix("</bdi>")
    assert not set("<>\"'") & set(inner)
    assert unescape(inner) == content


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "' autofocus onfocus='x",
        "</style><style>*{display:none}",
        "&lt;b&gt;",
        "{unit} {0.__class__}",
        "\u202etxt.exe",
        "]]><!--",
    ],
)
def test_hostile_text_is_shown_as_written(hostile: str) -> None:
    evil = shown(
        building=hostile,
        unit=hostile,
        couriers={hostile: hostile},
        rules=Rules(couriers={hostile: Attitude.DENY}),
        expected=[
            delivery(
                key=GrantKey(hostile, hostile),
                courier=hostile,
                door=hostile,
                parcel_ref=hostile,
            )
        ],
        entries=[
            came(
                courier_name=hostile,
                door_name=hostile,
                units=(hostile,),
                parcel_ref=hostile,
            )
        ],
    )
    tame = shown(
        rules=Rules(couriers={"c": Attitude.DENY}),
        expected=[delivery(parcel_ref="x")],
        entries=[came(units=("3B",), parcel_ref="x")],
    )

    page = browse(personal_page(EN, evil))

    assert page.tags == browse(personal_page(EN, tame)).tags
    assert page.text.count(hostile) == 13
    assert page.title == f"{hostile}: couriers"
    veto = next(form for form in page.forms if form["do"] == "veto")
    assert (veto["courier"], veto["grant"]) == (hostile, hostile)


def test_policy_allows_only_the_pages_style() -> None:
    policy = dict(
        part.strip().split(" ", 1)
        for part in HEADERS["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/]{43}='", policy["style-src"])
    assert (policy["frame-ancestors"], policy["base-uri"]) == ("'none'", "'none'")
    assert "@import" not in STYLE
    assert "url(" not in STYLE
