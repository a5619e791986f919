"""Couriers' grants over their life: issued, repeated, revised, revoked, at once and in any order."""

import asyncio
from dataclasses import replace
from datetime import timedelta
import json
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    GrantKey,
    Rules,
)
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.door_parts import Bolt, install_bolt
from tests.support.held_entry import hold_second_entry
from tests.support.house import Answer, House, Sender, build, courier, door, resident
from tests.support.rows import bodies, kinds as all_kinds, opened, personal


async def kinds(house: House) -> list[str]:
    """Return the kinds of the grants' records, in order."""
    found = await all_kinds(house.building.ledger)
    return [kind for kind in found if kind.startswith("grant.")]


def decided(answer: Answer) -> tuple[str, str]:
    return answer.body["decision"], answer.body["reason"]


def window(**length: float) -> dict[str, Any]:
    """Return a window that begins now."""
    now = dt_util.utcnow()
    ends_at = now + timedelta(**length)
    return {"starts_at": now.isoformat(), "ends_at": ends_at.isoformat()}


async def test_a_repeat_with_a_new_id_changes_nothing(
    house: House, sender: Sender
) -> None:
    hour = window(hours=1)

    first = await sender.grant(**hour)
    await sender.enter()
    again = await sender.grant(**hour)
    entered = await sender.enter()
    await house.settle()

    assert again.body == first.body
    assert entered.body["reason"] == "entries_exhausted"
    assert await kinds(house) == ["grant.accepted"]


async def test_record_of_a_grant_has_what_was_asked_and_what_the_units_said(
    house: House, sender: Sender
) -> None:
    hour = window(hours=1)
    await sender.grant(max_entries=2, revision=4, **hour)

    [body] = await bodies(house.building.ledger, "grant.accepted")
    assert json.loads(body).keys() == {
        *("at", "bound", "courier", "door", "kind", "personal", "reason", "seq")
    }
    [record] = await opened(house.building.ledger, "grant.accepted")
    asked = ("courier", "door", "reason")
    assert [record[name] for name in asked] == [
        "courier-parcel-post",
        "door-lobby",
        "ok",
    ]
    assert json.loads(str(record["terms"])) == hour | {
        "revision": 4,
        "max_entries": 2,
        "issued_by": "courier",
    }
    said = await personal(house.building.ledger, "units", "grant.accepted")
    assert [json.loads(each) for each in said] == [{"3b": "accepted"}]


async def test_a_higher_revision_replaces_and_its_uses_count_on(
    house: House, sender: Sender
) -> None:
    await sender.grant(max_entries=1)
    await sender.enter()

    stale = ("refused", "stale_revision")
    assert decided(await sender.grant(max_entries=2)) == stale
    revised = await sender.grant(max_entries=2, revision=2)
    assert (revised.body["decision"], revised.body["revision"]) == ("accepted", 2)
    assert decided(await sender.grant(max_entries=9, revision=1)) == stale
    entered = await sender.enter()
    assert (entered.body["decision"], entered.body["entries_left"]) == ("admitted", 0)
    assert (await sender.enter()).body["reason"] == "entries_exhausted"
    await house.settle()


async def test_a_revocation_is_final_even_before_its_grant(
    house: House, sender: Sender
) -> None:
    early = await sender.revoke("later", reason="sold out")
    issued = await sender.grant("later")
    mistyped = await sender.revoke("later")
    await sender.grant("now")
    first = await sender.revoke("now")
    revised = await sender.grant("now", revision=7)
    again = await sender.revoke("now")

    assert early.body == {
        "type": "grant.revoked",
        "decision": "revoked",
        "reason": "ok",
        "replayed": False,
        "grant_id": "later",
        "known": False,
    }
    # A grant that was refused because it was revoked isn't stored, so its id may still be mistyped.
    assert mistyped.body == early.body
    assert first.body == early.body | {"grant_id": "now", "known": True}
    assert decided(issued) == decided(revised) == ("refused", "revoked")
    assert again.body == first.body
    for grant_id in ("now", "later"):
        assert (await sender.enter(grant_id)).body["reason"] == "revoked"
    await house.settle()


@pytest.mark.parametrize("ahead", range(0, 8, 2))
async def test_a_revocation_is_not_undone_by_a_revision_on_its_way(
    house: House, sender: Sender, ahead: int
) -> None:
    await sender.grant()

    async def revoke() -> None:
        for _ in range(ahead):
            await asyncio.sleep(0)
        await sender.revoke()

    await asyncio.gather(sender.grant(revision=2, max_entries=5), revoke())
    entered = await sender.enter()
    await house.reload()
    after_a_restart = await sender.enter()
    await house.settle()

    assert entered.body["reason"] == after_a_restart.body["reason"] == "revoked"


async def test_simultaneous_revisions_leave_the_highest(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass, door(), courier(rate_per_minute=6000), resident())
    for turn in range(10):
        await asyncio.gather(
            *(
                sender.grant(f"G{turn}", revision=number, max_entries=number)
                for number in (2, 3, 1)
            )
        )
        entered = await sender.enter(f"G{turn}")
        assert entered.body["entries_left"] == 2
        await house.settle()


async def test_a_stale_revocation_is_refused_and_revokes_nothing(
    house: House, sender: Sender
) -> None:
    await sender.grant()

    long_ago = dt_util.utcnow() - timedelta(days=31)
    refused = await sender.revoke(body_at=long_ago)
    mistyped = await sender.revoke("other", body_at=long_ago)
    entered = await sender.enter()
    await house.settle()

    assert decided(refused) == ("refused", "stale_request")
    assert (refused.body["known"], mistyped.body["known"]) == (True, False)
    assert entered.body["decision"] == "admitted"


async def test_the_door_may_be_omitted_only_if_there_is_one(
    hass: HomeAssistant, sender: Sender
) -> None:
    post = courier(doors=("door-lobby", "door-garage"))
    await build(hass, door(), door("Garage", "garage"), post, resident())

    omitted = await sender.grant("A")
    assert omitted.status == 400
    missing = "is required: this courier has several doors"
    assert omitted.body["errors"] == [{"pointer": "/data/door", "detail": missing}]
    assert decided(await sender.grant("B", door="garage")) == ("accepted", "ok")
    unknown = await sender.grant("C", door="cellar")
    assert decided(unknown) == ("refused", "door_not_allowed")


@pytest.mark.usefixtures("house")
async def test_a_window_beyond_the_couriers_limits_is_malformed(sender: Sender) -> None:
    far = dt_util.utcnow() + timedelta(days=31)
    ends_at = (far + timedelta(hours=1)).isoformat()
    for beyond in (
        window(hours=13),
        {"starts_at": far.isoformat(), "ends_at": ends_at},
    ):
        answer = await sender.grant(**beyond)
        assert answer.status == 400
        assert [each["pointer"] for each in answer.body["errors"]] == ["/data/ends_at"]


async def test_shared_hours_are_returned_and_a_refused_grant_may_be_issued_again(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    ada, rulebook = house.building.residents["resident-ada"], house.building.rulebook
    tomorrow = f"{dt_util.now() + timedelta(days=1):%A}".lower()
    closed = {tomorrow: [{"from": "12:00", "to": "13:00"}]}
    minutes = window(minutes=5)

    async def answer(schedule: WeekSchedule, *, share_hours: bool) -> Answer:
        rules = Rules(Consent.GIVEN, schedule=schedule, share_hours=share_hours)
        await rulebook.change(ada, rules, Author())
        return await sender.grant(**minutes)

    assert decided(await sender.grant(**minutes))[0] == "refused"
    closed_now = WeekSchedule.from_mapping(closed)
    silent = await answer(closed_now, share_hours=False)
    assert decided(silent) == ("refused", "not_accepting")
    assert "next_windows" not in silent.body
    shared = await answer(closed_now, share_hours=True)
    assert decided(shared) == ("refused", "outside_schedule")
    assert len(shared.body["next_windows"]) >= 1
    accepted = await answer(ALWAYS, share_hours=True)
    assert decided(accepted) == ("accepted", "ok")
    assert len(accepted.body["usable"]) == 1
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()


async def test_a_repeated_grant_has_no_hours_of_a_home_that_denies_the_courier_now(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B", None))
    ada, rulebook = house.building.residents["resident-ada"], house.building.rulebook
    rules = Rules(Consent.GIVEN, schedule=ALWAYS, share_hours=True)
    await rulebook.change(ada, rules, Author())
    asked = window(minutes=5)
    first, again = await sender.grant(**asked), await sender.grant(**asked)
    denies = replace(rules, couriers={"courier-parcel-post": Attitude.DENY})
    await rulebook.change(ada, denies, Author())
    denied = await sender.grant(**asked)
    await house.settle()

    assert len(first.body["usable"]) == len(again.body["usable"]) == 1
    assert decided(denied) == ("accepted", "ok")
    assert denied.body["units"] == again.body["units"] == ["3B"]
    assert "usable" not in denied.body


async def test_an_entry_between_claim_and_command_sees_a_refused_revision(
    hass: HomeAssistant, sender: Sender, freezer: FrozenDateTimeFactory
) -> None:
    bolt = Bolt()
    house = await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        resident("Ada", "3B"),
        resident("Cleo", "4A", consent=False),
    )
    entering = await hold_second_entry(house, bolt, sender, freezer, "msg_1")
    assert bolt.hangs is not None
    revised = await sender.grant(units=("4A",), revision=2, max_entries=3)
    bolt.hangs.set()
    entered = await entering
    again = await sender.grant(revision=3, max_entries=3)
    await house.settle()

    assert decided(revised) == decided(entered) == ("refused", "not_accepting")
    assert bolt.names == ["unlock", "lock"]
    # Its use was refunded.
    assert again.body["decision"] == "accepted"
    grant = house.building.grants.live(GrantKey("courier-parcel-post", "G1"))
    assert grant is not None
    assert grant.uses == 1
