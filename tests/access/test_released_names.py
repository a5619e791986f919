"""Words that are stored, sent to companies, or shown to automations stay the same in each release.

A ledger, a company's program, or an automation that holds the old word would no longer be understood.
"""

from enum import StrEnum

import pytest

from custom_components.courier_access.access.hours import (
    FORM_FIELDS,
    WEEKDAYS,
    HoursProblem,
    ScheduleProblem,
)
from custom_components.courier_access.access.model import (
    Answer,
    Attitude,
    Consent,
    Decision,
    EntityState,
    EntryDecision,
    GrantState,
    IssuerKind,
    Loosening,
    Outcome,
    Proof,
    Reason,
    UnitPart,
)
from custom_components.courier_access.access.policy import ClosedReason, Layer, Says


@pytest.mark.parametrize(
    ("words", "released"),
    [
        (Decision, "ok accepted admitted revoked refused"),
        (EntryDecision, "admitted refused observed"),
        (
            Reason,
            (
                "ok courier_disabled door_not_allowed paused not_accepting outside_building_hours outside_schedule "
                "unknown_grant not_yet_valid expired revoked vetoed declined no_answer entries_exhausted stale_revision "
                "stale_request"
            ),
        ),
        (Outcome, "opened unconfirmed failed unknown"),
        (Consent, "not_given given opted_out withdrawn"),
        (Attitude, "allow ask deny"),
        (Proof, "signed pass address_code parcel_number ring"),
        (
            Loosening,
            "consent unit hours couriers conditions shared_hours digest orders",
        ),
        (EntityState, "on off unknown"),
        (Answer, "approved declined"),
        (UnitPart, "accepted not_accepting vetoed withdrawn"),
        (GrantState, "open revoked called_off"),
        (IssuerKind, "owner resident order"),
        (
            Layer,
            (
                "problem courier_disabled door_not_allowed building_paused unit_paused building_hours nobody_consents "
                "withdrawn denied not_consenting outside_hours entity asks allows"
            ),
        ),
        (
            ClosedReason,
            (
                "not_confirmed problem building_paused unit_paused not_given withdrawn no_hours no_courier "
                "outside_building_hours outside_hours otherwise"
            ),
        ),
        (Says, "yes ask no"),
        (
            ScheduleProblem,
            (
                "wrong_shape unknown_day bad_time empty_window too_many wrong_exception too_many_exceptions bad_date "
                "backwards too_long overlap crosses_midnight"
            ),
        ),
        (HoursProblem, "hours_unreadable hours_empty hours_too_many"),
    ],
)
def test_words_stay_the_same(words: type[StrEnum], released: str) -> None:
    assert [*words] == released.split()


def test_names_of_days_and_fields_stay_the_same() -> None:
    days = "monday tuesday wednesday thursday friday saturday sunday"
    assert [*WEEKDAYS] == days.split()
    assert [*FORM_FIELDS] == f"every_day monday_to_friday {days}".split()
