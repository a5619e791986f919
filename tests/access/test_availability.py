"""A company learns when homes that share their hours are open, and nothing of others."""

from dataclasses import replace

from custom_components.courier_access.access.hours import Interval
from custom_components.courier_access.access.model import Attitude, Consent, Pause
from custom_components.courier_access.access.policy import availability
from tests.access.parts import (
    COURIER,
    HOUR,
    INSTANT,
    NOON,
    SHARES,
    YES,
    facts,
    hours,
)

# 14:00 to 16:00 in Paris.
OPEN = replace(SHARES, schedule=hours("14:00", "16:00"))
END = NOON + 8 * HOUR
ALL = Interval(NOON + HOUR, NOON + 3 * HOUR)


def test_pause_of_a_home_or_the_building_delays_the_shared_hours() -> None:
    def told(*pauses: Pause) -> object:
        known = facts(OPEN, others=[OPEN], pauses=pauses)
        return availability(["3b", "4a"], known, NOON, END)

    later = Interval(NOON + 2 * HOUR, ALL.end)
    until = NOON + 2 * HOUR
    assert told() == {"3b": (ALL,), "4a": (ALL,)}
    assert told(Pause(1, until, "3b")) == {"3b": (later,), "4a": (ALL,)}
    assert told(Pause(1, until)) == {"3b": (later,), "4a": (later,)}
    assert told(Pause(1, END, "3b"), Pause(2, until)) == {"3b": (), "4a": (later,)}


def test_home_that_shares_no_hours_or_denies_is_left_out() -> None:
    for left_out in (
        replace(OPEN, share_hours=False),
        replace(OPEN, consent=Consent.WITHDRAWN),
        replace(OPEN, consent=Consent.NOT_GIVEN),
        replace(OPEN, couriers={"swift": Attitude.DENY}),
        replace(OPEN, default=Attitude.DENY),
    ):
        known = facts(left_out, others=[OPEN])
        assert availability(["3b", "4a", "9z"], known, NOON, END) == {"4a": (ALL,)}
    allowed = replace(OPEN, default=Attitude.DENY, couriers={"swift": Attitude.ALLOW})
    assert availability(["3b"], facts(allowed), NOON, END) == {"3b": (ALL,)}


def test_disabled_courier_or_one_without_the_door_learns_no_hours() -> None:
    known = facts(OPEN)
    assert availability(["3b"], known, NOON, END, door_id="lobby") == {"3b": (ALL,)}
    for door_id in ("garage", "gone", ""):
        assert availability(["3b"], known, NOON, END, door_id=door_id) == {}
    for courier in (
        replace(COURIER, enabled=False),
        replace(COURIER, door_ids=frozenset({"gone"})),
    ):
        assert availability(["3b"], facts(OPEN, courier=courier), NOON, END) == {}


def test_only_hours_between_the_given_times_that_the_building_is_open_are_shared() -> (
    None
):
    known = facts(OPEN, YES, building_hours=hours("15:00", "20:00"))
    assert availability(["3b"], known, NOON, END) == {
        "3b": (Interval(NOON + 2 * HOUR, ALL.end),)
    }
    end = NOON + 2 * HOUR + INSTANT
    assert availability(["3b"], known, NOON, end) == {
        "3b": (Interval(NOON + 2 * HOUR, end),)
    }
