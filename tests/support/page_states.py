"""The states of every page, as what its template is given to show."""

from collections.abc import Iterator, Mapping
from copy import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from math import inf
from zoneinfo import ZoneInfo

from homeassistant.components.lock.const import LockState
from homeassistant.const import STATE_UNAVAILABLE

from custom_components.courier_access.access.hours import (
    ALWAYS,
    WEEKDAYS,
    HoursException,
    Interval,
    WeekSchedule,
)
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    DeliveryDetails,
    EntryDecision,
    Grant,
    GrantKey,
    Outcome,
    Proof,
    Reason,
    Resident,
    Rules,
)
from custom_components.courier_access.access.policy import ClosedReason, Layer
from custom_components.courier_access.api.about_me import MOST_LISTED, AboutMe
from custom_components.courier_access.api.acceptance import Refusal
from custom_components.courier_access.api.access_log import PrintedVisit, ReadEntry
from custom_components.courier_access.api.consent import Agreed
from custom_components.courier_access.api.passes import Look, MadePass, PageAnswer
from custom_components.courier_access.doors.doors import Sheet
from custom_components.courier_access.grants.passes import NewPass
from custom_components.courier_access.ledger.outbox.due import (
    Notification,
    NotificationState,
)
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.consent_texts import ConsentText
from custom_components.courier_access.ledger.state.entries import EntryRow
from custom_components.courier_access.ledger.state.fleet_visits import VisitsWanted
from custom_components.courier_access.ledger.state.grants import Pass
from custom_components.courier_access.ledger.upkeep.own_records import OwnRecord
from custom_components.courier_access.ledger.verification import RecordStatus
from custom_components.courier_access.residents.directory import Responsible
from custom_components.courier_access.residents.fleet_visits import ResidentVisits
from custom_components.courier_access.web.about_me import (
    DEEDS,
    Contents,
    about_page,
    visit_page,
)
from custom_components.courier_access.web.building_pages import Head, Lobby
from custom_components.courier_access.web.html import PageTexts, QrCode, render
from custom_components.courier_access.web.personal.actions import (
    REFUSED,
    RESULTS,
    WEEK_PRESETS,
    Action,
    Choices,
    Preset,
)
from custom_components.courier_access.web.personal.page import (
    CheckResult,
    DeliveryItem,
    DoorItem,
    Draft,
    PageContents,
    personal_page,
)

NOW = datetime(2026, 11, 24, 17, 5, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Paris")
GRANT = Grant(GrantKey("c", "G1"), 1, "d1", NOW, NOW + timedelta(hours=1), 1, {})
PASS = Pass("p", GRANT.key, "r", b"", b"", b"", NOW, NOW, 6)
CONSENT = ConsentText.of("en", ["It opens the <door>.", "It stores what happens."])
AGREED = (Agreed(NOW), Agreed(NOW, number=3), Agreed(NOW, text=CONSENT))
TURNED_AWAY = ("gone", "not_ready", "too_often", "wrong")
QR = QrCode.of("https://elm.example/")
VISITS = VisitsWanted("https://fleet.example", 90, asks=False)
RESPONSIBLES = (
    None,
    Responsible(),
    Responsible("Elm Street Owners", "elm@example.org\n01 23", "Data Office", "safety"),
)
"""One household, and a house before and after somebody was named."""


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
        rules_days=30,
        log_months=12,
        proof_days=365,
        text=CONSENT,
    )
    return replace(plain, **other)  # type: ignore[arg-type]


def delivery(
    key: GrantKey = GRANT.key, parcel_ref: str | None = None, **other: object
) -> DeliveryItem:
    grant = replace(GRANT, key=key, delivery=DeliveryDetails(parcel_ref))
    plain = DeliveryItem(grant, "Parcel Post", "Lobby")
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
    return ReadEntry(row, units, DeliveryDetails(parcel_ref))


def entries() -> Iterator[ReadEntry]:
    """Yield visits with each outcome, reason, and proof, and with each detail."""
    for outcome in (None, *Outcome):
        yield came(outcome=outcome)
    yield came(decision=EntryDecision.OBSERVED, proof=None, reason=None)
    for reason in Reason:
        if reason is not Reason.OK:
            yield came(decision=EntryDecision.REFUSED, reason=reason)
    yield came(decision=EntryDecision.REFUSED, reason=Reason.EXPIRED, door_name="")
    for proof in Proof:
        yield came(proof=proof)
    yield came(("3B", "4C"), "x", repeats=2)
    yield came(personal=None)


def decided() -> Iterator[PageContents]:
    """Yield whether couriers may come in now, and the rules that decide it."""
    for why in (None, *ClosedReason):
        yield shown(shut=why)
        yield shown(shut=why, rules=Rules(consent=Consent.GIVEN))
        yield shown(shut=why, rules=Rules(consent=Consent.WITHDRAWN))
    yield shown(rules=Rules(consent=Consent.GIVEN), has_new_text=True)
    for consent in Consent:
        yield from (
            shown(rules=Rules(consent=consent), responsible=each)
            for each in RESPONSIBLES
        )
    yield shown(altered_at=NOW)
    for attitude in Attitude:
        yield shown(rules=Rules(default=attitude, couriers={"c": Attitude.ASK}))
    for week in WEEK_PRESETS.values():
        yield shown(rules=Rules(schedule=week))


def visits_to_fleet() -> Iterator[ResidentVisits]:
    """Yield what a resident reads of visits that go to the fleet."""
    fleet = "fleet.example"
    for asks, has_begun, objects, begins_at, longer in product(
        *((False, True),) * 3, (None, NOW), (None, 120)
    ):
        yield ResidentVisits(
            fleet, 90, longer, begins_at, has_begun, asks, objects, objects
        )


def checked() -> Iterator[CheckResult]:
    """Yield the results of checks."""
    yield CheckResult(9, None, [(128, each.value) for each in RecordStatus])
    yield CheckResult(9, None, [(128, RecordStatus.UNCHANGED.value)])
    yield CheckResult(9, 777, [], is_read=False)
    yield CheckResult(9, 777, [])


def personal() -> Iterator[PageContents]:
    """Yield the states of the personal page."""
    yield from decided()
    yield shown(is_confirmed=False, shut=ClosedReason.NOT_CONFIRMED)
    yield from (
        shown(result=said, is_confirmed=is_confirmed)
        for said in RESULTS.values()
        for is_confirmed in (True, False)
    )
    yield from (shown(check=check) for check in checked())
    yield shown(unit_paused_until=NOW, building_paused_until=NOW)
    yield from (shown(is_one_home=True, unit_paused_until=each) for each in (None, NOW))
    yield shown(note="On the <b>shelf</b>")
    typed = {"monday": [{"from": "10:00", "to": "12:00"}]}
    yield shown(rules=Rules(schedule=WeekSchedule.from_mapping(typed)))
    yield shown(is_data=True)
    yield shown(is_data=True, chosen_days=7)
    visits = list(visits_to_fleet())
    yield shown(visits=visits[0])
    yield from (shown(is_data=True, visits=each) for each in visits)
    yield shown(
        entries=list(entries()),
        has_older_entries=True,
        doors=[DoorItem("Lobby", state) for state in (*LockState, STATE_UNAVAILABLE)],
        conditions=["Mail room"],
        removed_couriers={"r": "Gone"},
        rules=Rules(
            exceptions=(
                HoursException(date(2026, 11, 24), date(2026, 11, 26), ((0, 3600),)),
                HoursException(date(2026, 12, 31), date(2026, 12, 31)),
            )
        ),
    )
    for link, qr in ((None, None), ("https://elm.example/", QR)):
        new = NewPass("p", "123456", "ABCD", "token", ends_earlier=link is None)
        made = MadePass(new, GRANT, "3B", link, (), is_out_of_reach=link is None)
        yield shown(made=made, for_driver="12 Elm Street: 123456", qr=qr)
        yield shown(made=made, qr=qr, expected=[delivery(asks=True)])
        for layer in REFUSED:
            refused = Refusal(layer, NOW if layer is Layer.UNIT_PAUSED else None)
            yield shown(made=made, qr=qr, expected=[delivery(refused=refused)])
    yield from expecting()


def expecting() -> Iterator[PageContents]:
    """Yield expected deliveries, and their forms."""
    choices = Choices(
        {"c": "Parcel Post"},
        {"d1": "Lobby", "d2": "Yard"},
        list(Preset),
        date(2026, 11, 24),
        date(2027, 1, 20),
        {"courier": "c", "door": "d1", "day": "2026-11-24", "hours": Preset.MINE},
    )
    expected = [
        delivery(opens=(Interval(NOW, NOW + timedelta(hours=2)),) * 2),
        delivery(parcel_ref="x", is_mine=True, passes=[PASS]),
        delivery(refused=Refusal(Layer.OUTSIDE_HOURS, None), may_open=True),
    ]
    typed = {"courier": "c", "day": "", "hours": "", "from": "", "to": "", "parcel": ""}
    for draft in (
        None,
        Draft(Action.EXPECT, typed, {"": ["No."]}),
        Draft(Action.EXPECT, typed, {"": ["No."]}, Interval(NOW, NOW)),
        Draft(Action.REVISE, {**typed, "grant": "G1"}, {"": ["No."]}),
        Draft(Action.SET_HOURS, dict.fromkeys(WEEKDAYS, "8"), {"monday": ["No."]}),
    ):
        yield shown(
            expected=expected,
            choices=choices,
            draft=draft,
            rules=Rules(consent=Consent.GIVEN),
        )
    yield shown(choices=replace(choices, doors={"d1": "Lobby"}))


def others() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the states of the other pages, each with its template."""
    for responsible, couriers in product(RESPONSIBLES, ([], ["Parcel Post"])):
        others = ["Amazon Key"] if responsible else []
        visits = VISITS if responsible and responsible.is_named else None
        lobby = Lobby("12 Elm Street", couriers, others, responsible, 30, 12, visits)
        yield "lobby.html.j2", {"lobby": lobby}
        for code in (QR, "off", "no_address"):
            today = NOW.date()
            shows = {"lobby": lobby, "code": code, "today": today}
            yield "lobby_notice.html.j2", shows
    for is_one_home in (False, True):
        form = {"building": "12 Elm <b>", "text": CONSENT, "is_one_home": is_one_home}
        yield "consent_form.html.j2", {**form, "weekdays": WEEKDAYS}
    yield from drivers()


def drivers() -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the states of what drivers may see: messages, sheets, and their pages."""
    for reason in TURNED_AWAY:
        yield "message.html.j2", {"reason": reason}
    yield "message.html.j2", {"reason": "not_ready", "says": "say_again"}
    yield "no_pass.html.j2", {}
    for responsible in RESPONSIBLES:
        yield from sheets(responsible)
        yield from at_doors(responsible)


def sheets(
    responsible: Responsible | None,
) -> Iterator[tuple[str, Mapping[str, object]]]:
    for qr in (QR, None):
        at_doors = {
            "building": "12 Elm Street",
            "sheets": {"Lobby": Sheet("page", "QX")},
            "codes": {"Lobby": qr},
            "responsible": responsible,
            "days": 30,
            "months": 12,
            "visits": None if responsible is None else VISITS,
        }
        for is_reachable in (True, False):
            shows = {**at_doors, "is_reachable": is_reachable}
            yield "door_sheets.html.j2", shows


def at_doors(
    responsible: Responsible | None,
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield the states of drivers' own pages."""
    at: Mapping[str, object] = {
        "head": Head("12 Elm Street", "Lobby", ZONE, responsible, 30, 12, VISITS),
        "new_once": lambda: "once",
        "most_typed": 64,
    }
    for again in (False, True):
        for is_off in (False, True):
            yield "door.html.j2", {**at, "again": again, "is_off": is_off}
        for says in (None, "page_pass_ended", "say_too_early"):
            for opens in ((), (Interval(NOW, NOW + timedelta(hours=2)),) * 2):
                opened = {"opens": opens, "says": says}
                yield "pass.html.j2", {**at, "again": again, "opened": opened}
    for look, may_ring, may_ring_again in product(Look, *((False, True),) * 2):
        answer = PageAnswer(
            "The door is open.",
            look,
            may_ring,
            may_ring_again,
            locks_again=look is Look.OPEN,
            ring_from=inf if look is Look.UNSURE else 0,
        )
        for at_door in (False, True):
            for seconds in (0, 5):
                code = "00000009" if at_door and seconds else ""
                said = {
                    **at,
                    "answer": answer,
                    "once": "once",
                    "at_door": at_door,
                    "seconds": seconds,
                    "code": code,
                }
                for is_let_in in (False, True):
                    yield "answer.html.j2", {**said, "is_let_in": is_let_in}
    noted = PageAnswer("The door is open.", Look.OPEN, notes=("Up <b>there</b>", "ضعه"))
    said = {**at, "answer": noted, "once": "once", "at_door": True, "code": ""}
    said["is_let_in"] = False
    for seconds in (5, 0):
        yield "answer.html.j2", {**said, "seconds": seconds}
    for left in (0, 118):
        yield "waiting.html.j2", {**at, "once": "once", "left": left}


def about_me() -> Iterator[Contents]:
    """Yield the states of the page with everything about a resident."""
    bare = Contents(
        about=AboutMe(Resident("r", "Ada", "3b", "3B"), None, None, [], [], []),
        building="12 Elm Street",
        now=NOW,
        rules=Rules(),
        retention_days=30,
        rules_days=30,
        log_months=12,
        proof_days=365,
        text=CONSENT,
    )
    yield bare
    for agreed in AGREED:
        yield replace(bare, agreed=agreed, rules=Rules(consent=Consent.GIVEN))
    kinds = [*DEEDS, "test"]
    records = [OwnRecord(1, NOW, kind) for kind in kinds]
    records += [OwnRecord(1, NOW, "entry.answered", answer=each) for each in Answer]
    records += [OwnRecord(1, NOW, "rules.changed", consent=each) for each in Consent]
    for decided_by in ("r", "u", "link", "x"):
        records.append(OwnRecord(1, NOW, "test", decided_by=decided_by))
    until = NOW.isoformat()
    records.append(OwnRecord(1, NOW, "access.paused", courier_id="c", until=until))
    about = replace(
        bare.about,
        resident=Resident("r", "Ada <b>", "3b", "3B", user_id="u", is_confirmed=False),
        since=NOW,
        decided_at=NOW,
        visits=list(entries()) * (MOST_LISTED // 20),
        records=records,
        notifications=list(notified()),
    )
    rules = Rules(
        consent=Consent.GIVEN,
        schedule=ALWAYS,
        share_hours=True,
        couriers={"c": Attitude.DENY},
        exceptions=(
            HoursException(date(2026, 11, 24), date(2026, 11, 26), ((0, 3600),)),
            HoursException(date(2026, 12, 31), date(2026, 12, 31)),
        ),
        digest_at=1170,
    )
    whole = replace(
        bare,
        about=about,
        rules=rules,
        names={"c": "Parcel Post"},
        targets=[None, "notify.ada"],
        conditions=["Mail room"],
        note="On the <b>shelf</b>",
        unit_paused_until=NOW,
        building_paused_until=NOW,
    )
    for consent in Consent:
        yield replace(whole, rules=replace(rules, consent=consent))
    yield replace(bare, has_link=True, is_one_home=True)
    yield replace(bare, left_at=NOW, retention_days=7)
    yield from (replace(bare, responsible=each) for each in RESPONSIBLES)
    yield from (replace(bare, visits=each) for each in visits_to_fleet())


def notified() -> Iterator[Notification]:
    """Yield notifications in each state, and one whose content is erased."""
    for state in NotificationState:
        details = {"name": "Bo"} if state is not NotificationState.UNDELIVERABLE else {}
        yield Notification(
            1,
            "tag",
            None,
            NotificationKind.NOTE_CHANGED,
            "r",
            state,
            1,
            (),
            NOW,
            1,
            "9f86d081884c7d659a2f",
            True,
            details=details,
        )


def pages(texts: PageTexts) -> Iterator[tuple[str, str]]:
    """Yield every page in every state, each with its template."""
    for contents in personal():
        yield "personal.html.j2", personal_page(texts, contents)
    for about in about_me():
        yield "about_me.html.j2", about_page(texts, about)
    kept = ReadEntry(
        ROW._replace(completed_at=NOW), ("3B",), DeliveryDetails("P-1", "driver-9")
    )
    for entry in (*entries(), kept):
        printed = PrintedVisit(entry, "9f86d081884c7d659a2f", "Elm", False, 12)
        yield "visit.html.j2", visit_page(texts, printed)
    for template, shows in others():
        yield template, render(template, texts=texts, own=texts, **shows)
