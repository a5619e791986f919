"""Test the text of notifications that aren't about entries."""

from collections import Counter
from collections.abc import Mapping
from copy import replace
from datetime import UTC, datetime
import json
from pathlib import Path
from typing import Any

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest

from custom_components.courier_access import const
from custom_components.courier_access.access.hours import Hours, WeekSchedule
from custom_components.courier_access.access.model import (
    DeliveryDetails,
    Outcome,
    Reason,
    Rules,
)
from custom_components.courier_access.const import RESIDENT_LANGUAGES
from custom_components.courier_access.ledger.outbox.due import Earlier, Notification
from custom_components.courier_access.ledger.queue import (
    FIRST,
    Audience,
    NotificationKind,
)
from custom_components.courier_access.ledger.verify_record import witnesses_in
from custom_components.courier_access.notifications.text import (
    MAX_LISTED,
    NOBODY,
    Reader,
    actions,
    words,
    write,
)

from .test_entry_texts import ENTRY, NOON, NOTIFICATION, bundled

DELIVERY = {
    "courier": "Swift Parcels",
    "door": "Front door",
    "starts_at": "2026-11-24T14:00:00+00:00",
    "ends_at": "2026-11-24T16:00:00+00:00",
}
EARLIER = {
    "moved": Earlier(
        NotificationKind.DELIVERY_ANNOUNCED,
        DELIVERY
        | {
            "starts_at": "2026-11-24T11:00:00+00:00",
            "ends_at": "2026-11-24T15:00:00+00:00",
        },
        None,
    ),
    "expected again": Earlier(NotificationKind.DELIVERY_CALLED_OFF, DELIVERY, None),
    "otherwise changed": Earlier(NotificationKind.DELIVERY_ANNOUNCED, DELIVERY, None),
}
NEEDED: Mapping[NotificationKind, Mapping[str, str]] = {
    NotificationKind.DELIVERY_ANNOUNCED: DELIVERY,
    NotificationKind.DELIVERY_CALLED_OFF: DELIVERY,
    NotificationKind.GRANT_REFUSED: DELIVERY | {"reason": "not_accepting"},
    NotificationKind.CODES_BLOCKED: {
        "door": "Lobby",
        "until": "2026-11-24T12:00:30+00:00",
    },
    NotificationKind.CODES_OFF: {"door": "Lobby"},
    NotificationKind.RINGS_UNANSWERED: {"door": "Lobby"},
    NotificationKind.ACCESS_PAUSED: {"until": "2026-11-25T12:00:00+00:00"},
    NotificationKind.UNIT_PAUSED: {"until": "2026-11-25T12:00:00+00:00"},
    NotificationKind.UNLOCKED_LATE: {
        "courier": "Slow Post",
        "door": "Lobby",
        "entered_at": "2026-11-24T12:00:00+00:00",
        "at": "2026-11-24T12:01:00+00:00",
    },
    NotificationKind.LEFT_UNLOCKED: {
        "courier": "Slow Post",
        "door": "Lobby",
        "entered_at": "2026-11-24T12:00:00+00:00",
        "at": "2026-11-24T12:00:10+00:00",
    },
    NotificationKind.COURIER_ADMITTED: {"courier": "Slow Post"},
    NotificationKind.CONFIGURATION_CHANGED: {
        "changes": '[{"what": "courier_renamed", "name": "Slow Post", "now": "Swift"}]'
    },
    NotificationKind.LIMIT_REACHED: {
        "day": "2026-11-24",
        "courier": "Slow Post",
        "most": "3",
        "count": "2",
    },
    NotificationKind.DAY_CLOSED: {
        "day": "2026-11-24",
        "courier": "Slow Post",
        "most": "3",
        "count": "2",
    },
    NotificationKind.RETENTION_LENGTHENED: {"days": "60"},
    NotificationKind.LOG_SHORTENED: {"months": "12"},
    NotificationKind.LOG_LENGTHENED: {"months": "24"},
    NotificationKind.RESIDENT_ADDED: {"name": "Dora", "resident_id": "dora"},
    NotificationKind.RESIDENT_CONFIRMED: {"name": "Dora", "resident_id": "dora"},
    NotificationKind.LOGIN_CHANGED: {"what": "unlinked"},
    NotificationKind.LOGIN_LOST: {"name": "Dora"},
    NotificationKind.NOTE_CHANGED: {"name": "Dora"},
    NotificationKind.ERASURE_CHANGED: {"days": "7", "earlier_days": "30"},
    NotificationKind.FLEET_VISITS: {"fleet": "fleet.example.com", "days": "90"},
    NotificationKind.FLEET_VISITS_ASKED: {"fleet": "fleet.example.com", "days": "90"},
    NotificationKind.FLEET_VISITS_CHOSEN: {
        "fleet": "fleet.example.com",
        "what": "out",
    },
    NotificationKind.ZONE_CHANGED: {
        "earlier_zone": "Europe/Berlin",
        "zone": "Asia/Tokyo",
    },
    NotificationKind.LEDGER_RESTORED: {"cause": "backup"},
    NotificationKind.PROOF_LENGTHENED: {"days": "400"},
    NotificationKind.CONSENT_ASKED: {"by": "login"},
    NotificationKind.CONSENT_GIVEN: {
        "at": "2026-11-24T12:00:00+00:00",
        "by": "login",
        "loosened": "hours",
    },
    NotificationKind.RULES_LOOSENED: {
        "since": "2026-11-24T11:58:00+00:00",
        "at": "2026-11-24T12:00:00+00:00",
        "by": "login link",
        "loosened": "couriers conditions shared_hours digest",
    },
    NotificationKind.DECIDED_ON_PAPER: {"decided_on": "2026-11-20", "consent": "given"},
}
OF_ENTRIES = {
    NotificationKind.ENTRY_ADMITTED,
    NotificationKind.ENTRY_REFUSED,
    NotificationKind.ENTRY_OBSERVED,
    NotificationKind.MESSAGE_PASSED_ON,
}
OTHERS = [kind for kind in NotificationKind if kind not in OF_ENTRIES]
OWNERS = [
    kind
    for kind in OTHERS
    if kind.traits.administrator_too
    and kind.traits.audience is not Audience.NO_RESIDENT
]
OF_DELIVERIES = {
    NotificationKind.UNLOCKED_LATE,
    NotificationKind.LEFT_UNLOCKED,
    NotificationKind.DELIVERY_ANNOUNCED,
    NotificationKind.DELIVERY_CALLED_OFF,
    NotificationKind.GRANT_REFUSED,
}
LINK = "https://elm.example/page/0123456789abcdef"


@pytest.fixture(params=["en", "fr"])
async def texts(hass: HomeAssistant, request: pytest.FixtureRequest) -> dict[str, str]:
    return dict(await words(hass, request.param))


@pytest.fixture
async def english(hass: HomeAssistant) -> dict[str, str]:
    return dict(await words(hass, "en"))


def message_of(
    texts: Mapping[str, str],
    kind: NotificationKind,
    details: Mapping[str, str] | None = None,
    *,
    recipient: bool = True,
    is_own: bool = False,
    reader: Reader = NOBODY,
) -> str:
    """Return the message of a notification of that kind."""
    notification = replace(
        NOTIFICATION,
        kind=kind,
        entry=None,
        recipient=recipient,
        is_own=is_own,
        unit="3B" if recipient else None,
        delivery=DeliveryDetails("PKT-7" if recipient else None),
        details=NEEDED.get(kind, {}) if details is None else details,
    )
    return write(texts, notification, "Elm House", NOON, reader).message


def test_every_kind_has_its_own_text_and_names_its_record(
    texts: dict[str, str],
) -> None:
    messages = {kind: message_of(texts, kind) for kind in OTHERS}
    written = Counter(messages.values())

    wrong = {
        kind: message
        for kind, message in messages.items()
        if written[message] > 1 or not witnesses_in(message) or "{" in message
    }

    assert not wrong, f"{wrong}"


def test_recipient_gets_their_link_last_and_a_neutral_title(
    texts: dict[str, str],
) -> None:
    secrets = ("3B", "PKT-7", "Dora")
    wrong = {}
    for kind in OTHERS:
        message = message_of(texts, kind, reader=Reader(LINK))
        notification = replace(
            NOTIFICATION, kind=kind, entry=None, details=NEEDED.get(kind, {})
        )
        text = write(texts, notification, "Elm House", NOON)
        is_quiet = not any(secret in text.title for secret in secrets)
        is_neutral = text.lock_screen_title == "Courier Access"
        is_to_all = kind.traits.audience is Audience.ALL
        is_known = kind in OF_DELIVERIES or is_to_all
        if not (message.endswith(LINK) and is_neutral is not is_known and is_quiet):
            wrong[kind] = (message, text)

    assert not wrong, f"{wrong}"


def test_others_read_no_unit_parcel_name_or_link(texts: dict[str, str]) -> None:
    assert OWNERS
    messages = {
        kind: message_of(texts, kind, recipient=False, reader=Reader(LINK))
        for kind in OWNERS
    }

    wrong = {
        (kind, secret): message
        for kind, message in messages.items()
        for secret in ("3B", "PKT-7", LINK, "your", "votre")
        if secret in message
    }

    assert not wrong, f"{wrong}"


def test_window_names_days_other_than_today(english: dict[str, str]) -> None:
    for starts_at, ends_at, window in (
        ("24T14:00", "24T16:30", "today 2:00 PM – 4:30 PM"),  # noqa: RUF001  # a dash of times
        ("25T14:00", "25T16:00", "tomorrow 2:00 PM – 4:00 PM"),  # noqa: RUF001  # a dash of times
        ("27T14:00", "27T16:00", "Fri, Nov 27, 2:00 PM – 4:00 PM"),  # noqa: RUF001  # a dash of times
        ("24T23:26", "25T01:26", "11:26 PM – 1:26 AM tomorrow"),  # noqa: RUF001  # a dash of times
        ("23T22:00", "24T02:00", "Mon, Nov 23, 10:00 PM – today 2:00 AM"),  # noqa: RUF001  # a dash of times
        ("24T22:00", "26T02:00", "today 10:00 PM – Thu, Nov 26, 2:00 AM"),  # noqa: RUF001  # a dash of times
    ):
        details = DELIVERY | {
            "starts_at": f"2026-11-{starts_at}:00+00:00",
            "ends_at": f"2026-11-{ends_at}:00+00:00",
        }
        message = message_of(english, NotificationKind.DELIVERY_ANNOUNCED, details)
        assert message.startswith(
            f"Swift Parcels is expected at Front door, {window}. You can veto"
        )


def test_reader_without_account_and_page_is_told_of_nothing_they_cannot_do(
    english: dict[str, str],
) -> None:
    reader = Reader(can_act=False)
    announced = NotificationKind.DELIVERY_ANNOUNCED
    message = message_of(english, announced, reader=reader)
    assert "To veto it, ask the administrator before the door opens." in message
    assert "You can" not in message
    for kind in (NotificationKind.ACCESS_PAUSED, NotificationKind.UNIT_PAUSED):
        assert "You can resume earlier." in message_of(english, kind)
        assert "can resume" not in message_of(english, kind, reader=reader)
    refused = DELIVERY | {"reason": Reason.PAUSED}
    until = datetime(2026, 11, 24, 15, tzinfo=UTC)
    for known, said in (
        (reader, "Courier access is paused."),
        (reader._replace(paused_until=until), "for your home until today 3:00 PM."),
    ):
        kind = NotificationKind.GRANT_REFUSED
        message = message_of(english, kind, refused, reader=known)
        assert said in message
        assert "you can" not in message


def test_several_entries_are_announced_and_unknown_door_is_left_out(
    english: dict[str, str],
) -> None:
    details = DELIVERY | {"door": "", "max_entries": "3"}

    message = message_of(english, NotificationKind.DELIVERY_ANNOUNCED, details)

    assert message.startswith("Swift Parcels is expected, today 2:00 PM")
    assert "Up to 3 visits." in message


HOURS = Rules(
    schedule=WeekSchedule.from_mapping({"tuesday": [{"from": "10:00", "to": "12:00"}]})
).hours


def test_refused_grant_names_reason_and_what_to_change(english: dict[str, str]) -> None:
    def refused(reason: Reason, hours: Hours | None = None, **changes: str) -> str:
        details = DELIVERY | {"reason": reason} | changes
        kind = NotificationKind.GRANT_REFUSED
        return message_of(english, kind, details, reader=Reader(hours=hours))

    reasons = set(Reason) - {Reason.OK}
    messages = {reason: refused(reason) for reason in reasons}

    generic = {
        reason for reason in reasons if english[f"reason_{reason}"] in messages[reason]
    }
    assert reasons - generic == {Reason.NOT_ACCEPTING, Reason.PAUSED, Reason.VETOED}
    assert "check consent, hours, and couriers" in messages[Reason.NOT_ACCEPTING]
    assert "you can resume it" in messages[Reason.PAUSED]
    assert "It was vetoed for your home." in messages[Reason.VETOED]
    for reason in (Reason.NOT_ACCEPTING, Reason.OUTSIDE_SCHEDULE):
        assert "Outside your hours, Tue 10 AM – 12 PM: change" in refused(reason, HOURS)  # noqa: RUF001  # a dash of times
        tomorrow = {name: f"2026-11-25T1{at}:00:00+00:00" for name, at in ENDS.items()}
        none = refused(reason, HOURS, **tomorrow)
        assert "You have no hours on Wed: set some." in none
        # Not the reader's own hours, but another rule.
        within = {name: f"2026-11-24T1{at}:00:00+00:00" for name, at in ENDS.items()}
        assert "our hours" not in refused(reason, HOURS, **within)


ENDS = {"starts_at": 0, "ends_at": 2}


def test_only_recipients_read_what_their_home_denies_and_when_it_resumes(
    english: dict[str, str],
) -> None:
    pause_ends = datetime(2026, 11, 24, 15, tzinfo=UTC)
    reader = Reader(
        hours=HOURS, denied=frozenset({"Swift Parcels"}), paused_until=pause_ends
    )

    def refused(
        reason: Reason, changes: dict[str, str] = DELIVERY, recipient: bool = True
    ) -> str:
        details = DELIVERY | {"reason": reason} | changes
        kind = NotificationKind.GRANT_REFUSED
        return message_of(english, kind, details, recipient=recipient, reader=reader)

    denied, paused = (
        "Somebody in your home denies",
        "Your home is paused until today 3",
    )
    # What anybody denies, no hours let in.
    assert denied in refused(Reason.NOT_ACCEPTING)
    assert denied not in refused(Reason.NOT_ACCEPTING, {"courier": "Slow Mail"})
    assert paused in refused(Reason.PAUSED)
    late = {name: f"2026-11-24T1{at}:00:00+00:00" for name, at in LATE.items()}
    assert "Courier access is paused" in refused(Reason.PAUSED, late)
    for reason in set(Reason) - {Reason.OK}:
        other = refused(reason, recipient=False)
        assert denied not in other
        assert paused not in other


LATE = {"starts_at": 6, "ends_at": 8}


def test_only_recipients_read_their_hours(english: dict[str, str]) -> None:
    details = DELIVERY | {"reason": "outside_schedule"}
    kind = NotificationKind.GRANT_REFUSED
    reader = Reader(hours=HOURS)

    message = message_of(english, kind, details, recipient=False, reader=reader)

    assert "Outside the residents' hours." in message


def test_reader_is_you_in_their_own_deeds(english: dict[str, str]) -> None:
    confirmed = {"name": "Dora", "by": "login", "confirmed_by": "Anna"}
    kinds = NotificationKind
    for kind, details, own, other in (
        (kinds.ACCESS_PAUSED, None, "You paused couriers", "No courier is let in"),
        (kinds.UNIT_PAUSED, None, "You paused couriers", "No courier is let in"),
        (kinds.CONSENT_WITHDRAWN, {}, "Couriers are kept", "A resident of your home"),
        (kinds.CONSENT_OPTED_OUT, {}, "Your no", "A resident of your home said no"),
        (
            kinds.RESIDENT_CONFIRMED,
            confirmed,
            "with your account",
            "the account of Anna",
        ),
    ):
        assert own in message_of(english, kind, details, is_own=True)
        assert other in message_of(english, kind, details)


def test_invitation_explains_consent_the_receipt_and_where_to_decide(
    english: dict[str, str],
) -> None:
    for reader, where in (
        (Reader(has_account=True), "in Home Assistant"),
        (Reader(LINK), "your own page"),
        (NOBODY, "on paper"),
    ):
        kind = NotificationKind.CONSENT_INVITED
        first = message_of(english, kind, reader=reader)
        assert "Until you or someone you live with says yes" in first
        assert "they can prove" in first
        again = message_of(english, kind, {"cause": "backup"}, reader=reader)
        assert "receipts" not in again
        assert where in first
        assert where in again


def test_resident_who_lost_their_account_is_named_to_their_home(
    english: dict[str, str],
) -> None:
    message = message_of(english, NotificationKind.LOGIN_LOST)
    assert "Dora" in message


def test_long_name_is_shortened_in_a_list_of_changes(english: dict[str, str]) -> None:
    for length, shown in ((64, "x" * 64), (65, "x" * 64 + "…")):
        change = {"what": "door_added", "name": "x" * length}
        details = {"changes": json.dumps([change])}
        kind = NotificationKind.CONFIGURATION_CHANGED
        assert f"“{shown}”" in message_of(english, kind, details)


def test_changed_person_and_changed_unit_have_different_texts(
    english: dict[str, str],
) -> None:
    for what, named in (
        ("person", "your person in Home Assistant"),
        ("unit", "which home is yours"),
    ):
        message = message_of(english, NotificationKind.RESIDENT_CHANGED, {"what": what})
        assert named in message
        assert "please consent again" in message


def test_resident_with_another_user_on_their_person_reads_what_they_can_do(
    english: dict[str, str],
) -> None:
    kind = NotificationKind.RESIDENT_CHANGED
    message = message_of(english, kind, {"what": "login"})
    assert "linked another account to your person" in message
    assert "through a personal link, or on paper" in message
    assert "A no still counts." in message
    assert "on paper" not in message_of(english, kind, {"what": "person"})


def test_resident_with_their_first_account_reads_that_it_decides(
    english: dict[str, str],
) -> None:
    kind = NotificationKind.RESIDENT_CHANGED
    message = message_of(english, kind, {"what": "first_login"})
    assert "From now on, you decide here with this account." in message
    assert "another account" not in message
    assert "Your own account" not in message


def test_paper_consent_is_notified_with_its_date(english: dict[str, str]) -> None:
    def message(**details: str) -> str:
        details["decided_on"] = "2026-11-20"
        return message_of(english, NotificationKind.DECIDED_ON_PAPER, details)

    assert "consented on paper on Nov 20, 2026" in message(consent="given")
    assert "refused on paper on Nov 20, 2026" in message(consent="withdrawn")
    # Consent on paper takes no refusal back.
    for consent in ("opted_out", "withdrawn"):
        kept = message(consent=consent, on_paper="given")
        assert "paper consent of Nov 20, 2026" in kept
        assert "your own answer on your page counts" in kept


def test_deliveries_pending_residents_and_loosened_rules_have_buttons() -> None:
    texts = bundled("en")
    of_kind = {
        kind: replace(NOTIFICATION, kind=kind, details=NEEDED.get(kind, {}))
        for kind in NotificationKind
    }
    titles = {
        kind: [action["title"] for action in actions(texts, notification)]
        for kind, notification in of_kind.items()
        if actions(texts, notification)
    }

    assert titles == {
        NotificationKind.DELIVERY_ANNOUNCED: ["Veto"],
        NotificationKind.CONSENT_GIVEN: ["Withdraw"],
        NotificationKind.RULES_LOOSENED: ["Withdraw"],
        NotificationKind.CONFIGURATION_CHANGED: ["Withdraw"],
        NotificationKind.RETENTION_LENGTHENED: ["Withdraw"],
        NotificationKind.PROOF_LENGTHENED: ["Withdraw"],
        NotificationKind.LOG_LENGTHENED: ["Withdraw"],
        NotificationKind.CONSENT_ASKED: ["Yes"],
        NotificationKind.FLEET_VISITS: ["Object", "Withdraw"],
        NotificationKind.COURIER_ADMITTED: ["Deny", "Ask"],
        NotificationKind.LIMIT_REACHED: ["Let all 2 in, too"],
        NotificationKind.DAY_CLOSED: ["Open that day"],
        NotificationKind.RESIDENT_ADDED: ["Confirm"],
    }
    reached = of_kind[NotificationKind.LIMIT_REACHED]
    one = replace(reached, details={**reached.details, "count": "1"})
    [let_in] = actions(texts, one)
    assert let_in["title"] == "Let it in, too"
    # It needs an unlocked phone, as whatever loosens.
    assert let_in["authenticationRequired"] is True
    loosened = of_kind[NotificationKind.RULES_LOOSENED]
    # The button needs an account, and doesn't work from former targets.
    assert (
        actions(texts, replace(loosened, details={**loosened.details, "by": "link"}))
        == ()
    )
    assert actions(texts, replace(loosened, addressed={})) == ()


def test_loosened_rules_are_named_with_time_and_means(english: dict[str, str]) -> None:
    message = message_of(english, NotificationKind.RULES_LOOSENED)

    assert message.startswith(
        "Your rules for couriers were loosened with your account, through your personal link, today "
        "11:58 AM – 12:00 PM: couriers let in more easily, fewer conditions, hours shared with couriers, "  # noqa: RUF001  # a dash of times
        "other time for the digest. Not you? Withdraw your consent, then "
    )


@pytest.mark.parametrize("language", RESIDENT_LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (NotificationKind.RULES_LOOSENED, {}),
        (NotificationKind.CONSENT_GIVEN, {FIRST: "yes"}),
        (NotificationKind.CONFIGURATION_CHANGED, {}),
        (NotificationKind.RESIDENT_CONFIRMED, {}),
    ],
)
def test_resident_with_a_page_reads_its_button_for_a_withdrawal(
    language: str, kind: NotificationKind, more: dict[str, str]
) -> None:
    texts = bundled(language)
    path = Path(const.__file__).parent / "translations" / f"{language}.json"
    button = json.loads(path.read_text("utf-8"))["common"]["page_withdraw_consent"]
    details = {**NEEDED[kind], **more}
    page = replace(NOBODY, link="https://elm.example/page")
    assert button in message_of(texts, kind, details, reader=page)
    assert button not in message_of(texts, kind, details)


@given(st.text(max_size=32))
def test_name_becomes_no_markup(name: str) -> None:
    message = message_of(bundled("en"), NotificationKind.RESIDENT_ADDED, {"name": name})

    assert not any(
        character in message.partition(" was added")[0] for character in "[]()<>*`|"
    )


def test_digest_names_the_outcome_of_each_entry(texts: dict[str, str]) -> None:
    digests = {outcome: _digest(texts, outcome=outcome) for outcome in Outcome}

    assert len(set(digests.values())) == len(digests), digests
    assert _digest(texts, outcome=None) == digests[Outcome.UNKNOWN]


def _digest(texts: Mapping[str, str], **changes: Any) -> str:
    first = replace(
        NOTIFICATION, recipient=False, unit=None, delivery=DeliveryDetails()
    )
    second = replace(
        first, id=2, seq=43, witness="f" * 20, entry=replace(ENTRY, **changes)
    )
    message = write(texts, replace(first, others=(second,)), "Elm House", NOON).message
    codes = [witness.hash for witness in witnesses_in(message)]
    assert codes == [NOTIFICATION.witness, "f" * 20]
    return message


def lot(*numbers: int, off: tuple[int, ...] = ()) -> Notification:
    """Return a notification of several deliveries, canceled ones first."""
    notifications = [
        replace(
            NOTIFICATION,
            kind=NotificationKind.DELIVERY_CALLED_OFF
            if number in off
            else NotificationKind.DELIVERY_ANNOUNCED,
            entry=None,
            seq=number,
            delivery=DeliveryDetails(None if number in off else f"P-{number}"),
            details=DELIVERY | ({"parcel_ref": f"P-{number}"} if number in off else {}),
        )
        for number in (*off, *numbers)
    ]
    return replace(notifications[0], others=tuple(notifications[1:]))


WINDOW = "Tue, Nov 24, 2:00 PM – 4:00 PM"  # noqa: RUF001  # a dash of times


def test_delivery_that_was_announced_before_says_what_changed(
    english: dict[str, str],
) -> None:
    def changed(what: str, **changes: str) -> tuple[str, str]:
        notification = replace(lot(1), earlier=EARLIER[what])
        details = {**notification.details, **changes}
        notification = replace(notification, details=details)
        text = write(english, notification, "Elm House", NOON)
        return text.title, text.message.partition(" You can veto")[0]

    today = "today 2:00 PM – 4:00 PM"  # noqa: RUF001  # a dash of times
    before = "11:00 AM – 3:00 PM"  # noqa: RUF001  # a dash of times
    title = "Parcel from Swift Parcels"
    assert changed("moved") == (
        f"{title}: new time",
        f"Swift Parcels now comes to Front door, {today}, not {before}.",
    )
    tomorrow = {
        "starts_at": "2026-11-25T14:00:00+00:00",
        "ends_at": "2026-11-25T16:00:00+00:00",
    }
    assert changed("moved", door="", **tomorrow) == (
        f"{title}: new time",
        f"Swift Parcels now comes tomorrow 2:00 PM – 4:00 PM, not today {before}.",  # noqa: RUF001  # a dash of times
    )
    assert changed("expected again") == (
        f"{title} expected again",
        f"Swift Parcels is expected again at Front door, {today}.",
    )
    assert changed("otherwise changed") == (
        f"{title}: changes",
        f"The delivery from Swift Parcels has changed: Front door, {today}.",
    )


def test_list_of_deliveries_says_which_of_them_changed(english: dict[str, str]) -> None:
    first, *others = (replace(lot(1), earlier=earlier) for earlier in EARLIER.values())
    lots = replace(first, others=(*others, lot(2)))
    message = write(english, lots, "Elm House", NOON).message
    before = "11:00 AM – 3:00 PM"  # noqa: RUF001  # a dash of times
    assert message.startswith(
        "4 parcels from Swift Parcels are expected: "
        f"Front door, {WINDOW}, not {before}, parcel P-1; "
        f"Front door, {WINDOW}, expected again, parcel P-1; "
        f"Front door, {WINDOW}, parcel P-1; Front door, {WINDOW}, parcel P-2."
    )


def test_many_deliveries_share_one_message(english: dict[str, str]) -> None:
    for notification, expected, title, buttons in (
        (
            lot(1, 2),
            (
                f"2 parcels from Swift Parcels are expected: Front door, {WINDOW}, parcel P-1; Front "
                f"door, {WINDOW}, parcel P-2. You can veto until the door opens. Unit "
                "3B. Receipts 1 to 2 · "
            ),
            "2 parcels from Swift Parcels expected",
            ["Veto all 2"],
        ),
        (
            lot(1, off=(3,)),
            (
                f"Swift Parcels is expected at Front door, {WINDOW}. Parcel P-1. You can veto until "
                "the door opens. Swift Parcels is no longer expected at Front door, "
                f"{WINDOW}. Parcel P-3. Unit 3B."
            ),
            "Parcel from Swift Parcels expected",
            ["Veto"],
        ),
        (
            lot(off=(3, 4)),
            (
                "2 parcels from Swift Parcels are no longer expected: "
                f"Front door, {WINDOW}, parcel P-3; Front door, {WINDOW}, parcel P-4. Unit 3B."
            ),
            "2 parcels from Swift Parcels canceled",
            [],
        ),
    ):
        text = write(english, notification, "Elm House", NOON)

        assert text.message.startswith(expected)
        assert text.title == title
        assert [each["title"] for each in actions(english, notification)] == buttons
        assert (text.quiet_channel is None) is bool(buttons)


def test_message_lists_only_the_first_of_very_many_deliveries(
    texts: dict[str, str],
) -> None:
    notification = lot(*range(200))
    more = {"max_entries": "3", "door": "", "issued_by": "owner"}
    notification = replace(notification, details={**DELIVERY, **more})

    text = write(texts, notification, "Elm House", NOON)

    assert text.message.count("Front door") == MAX_LISTED - 1
    assert texts["digest_more"].format(count=200 - MAX_LISTED) in text.message
    assert texts["many_entries"].format(entries=3) in text.message
    assert texts["many_by_owner"] in text.message
    assert len(text.message) < 1000
    assert "{" not in text.message
