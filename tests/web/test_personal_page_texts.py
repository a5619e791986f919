"""The texts of the personal page: complete, well formatted, and escaped."""

from datetime import date
import json
from pathlib import Path

import pytest

from custom_components.courier_access import web
from custom_components.courier_access.access.hours import (
    ALWAYS,
    WEEKDAYS,
    HoursException,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    EntryDecision,
    GrantKey,
    Outcome,
    Reason,
    Rules,
)
from custom_components.courier_access.access.policy import ClosedReason
from custom_components.courier_access.ledger.verification import RecordStatus
from custom_components.courier_access.web.html import PageTexts, render
from custom_components.courier_access.web.personal.actions import RESULTS
from custom_components.courier_access.web.personal.page import (
    CheckResult,
    personal_page,
)
from tests.support.page_states import NOW, TURNED_AWAY, ZONE, came, delivery, shown
from tests.support.pages import Reader

FOLDER = Path(web.__file__).parent


def read(language: str) -> dict[str, str]:
    path = FOLDER.parent / "translations" / f"{language}.json"
    common: dict[str, str] = json.loads(path.read_text("utf-8"))["common"]
    return common


EN, FR = PageTexts(read("en"), ZONE), PageTexts(read("fr"), ZONE)
BOTH = pytest.mark.parametrize("words", [EN, FR], ids=["en", "fr"])


def browse(written: str) -> Reader:
    reader = Reader()
    reader.feed(written)
    return reader


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
    pages = {
        what: browse(render("message.html.j2", texts=words, reason=what))
        for what in TURNED_AWAY
    }
    shown = {what: (page.lang, page.tags.count("h1")) for what, page in pages.items()}
    assert shown == dict.fromkeys(TURNED_AWAY, (words.language, 1))


@pytest.mark.parametrize(
    ("week", "lines"),
    [
        ({}, []),
        (ALWAYS.to_mapping(), ["Every day: all day"]),
        (
            {day: [{"from": "08:00", "to": "12:00"}] for day in WEEKDAYS[:5]},
            ["Monday to Friday: 8 AM \u2013 12 PM", "Saturday to Sunday: closed"],
        ),
        (
            {
                "monday": [
                    {"from": "06:30:15", "to": "07:00"},
                    {"from": "22:00", "to": "24:00"},
                ]
            },
            [
                "Monday: 6:30:15 \u2013 7:00 AM, 10 PM \u2013 12 AM",
                "Tuesday to Sunday: closed",
            ],
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
    assert "24 nov. 2026 à 26 nov. 2026\u00a0: 0\u20131" in reader.text
    assert "31 déc. 2026\u00a0: fermé" in reader.text
    assert "23 nov. 2026" not in reader.text


def test_times_are_in_the_buildings_time_zone() -> None:
    assert EN.moment(NOW) == "Tue, Nov 24, 6:05 PM"
    assert FR.moment(NOW) == "mar. 24 nov., 18:05"
    assert EN.span(NOW, NOW.replace(hour=18)) == "Tue, Nov 24, 6:05 PM \u2013 7:05 PM"
    assert EN.span(NOW, NOW.replace(hour=23)) == (
        "Tue, Nov 24, 6:05 PM \u2013 Wed, Nov 25, 12:05 AM"
    )


def test_pending_resident_sees_nothing_of_the_unit() -> None:
    heading = "\nExpected deliveries\n"
    assert heading in browse(personal_page(EN, shown())).text
    reader = browse(
        personal_page(EN, shown(is_confirmed=False, shut=ClosedReason.NOT_CONFIRMED))
    )
    assert {"pause_unit", "resume_unit"}.isdisjoint(form["do"] for form in reader.forms)
    assert heading not in reader.text
    assert "must confirm you first" in reader.text


def test_veto_button_is_described_by_its_delivery() -> None:
    page = browse(personal_page(EN, shown(expected=[delivery(), delivery()])))
    described = [value for name, value in page.attributes if name == "aria-describedby"]
    named = [value for name, value in page.attributes if name == "id"]
    assert described == ["d1", "d2"]
    assert named == [
        "consent",
        "deliveries",
        "d1",
        "d2",
        "entries",
        "hours",
        "notification",
    ]


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
    assert page.text.count(hostile) == 10
    assert page.title == f"{hostile}: couriers"
    veto = next(form for form in page.forms if form["do"] == "veto")
    assert (veto["courier"], veto["grant"]) == (hostile, hostile)
