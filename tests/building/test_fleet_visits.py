"""Visits go to the fleet once each, without what says which home, who, or what they decided."""

from copy import replace
from datetime import timedelta
import json
from pathlib import Path
from typing import Any

from aiohttp import web
from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.access.model import Decision, Reason
from custom_components.courier_access.api.overview import fleet_view
from custom_components.courier_access.building.fleet import Problem
from custom_components.courier_access.ledger.chain import RECORD_HASH
from custom_components.courier_access.ledger.ledger import Transaction
from custom_components.courier_access.ledger.state.entries import record_attempt
from custom_components.courier_access.ledger.state.residents import Author
from tests.entries.test_observed import relay
from tests.ledger.parts import attempt
from tests.support.clocks import Clocks
from tests.support.enqueued import move_in, move_out
from tests.support.fleet import (
    Fleet,
    connect,
    let_visits_begin,
    next_quarter,
)
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    door,
    observed,
    pass_time,
    resident,
)
from tests.support.rows import kinds, plant

from .test_restore import back_up, bring_back

ADA, CLEO = "resident-ada", "resident-cleo"


@pytest.fixture
async def connected(hass: HomeAssistant, fleet: Fleet) -> House:
    """Return a building where Ada and Cleo live, whose residents were just notified."""
    residents = resident("Ada", "3B"), resident("Cleo", "4A")
    house = await build(hass, door(), courier(), observed(), *residents)
    await connect(house, fleet, 90)
    return house


@pytest.fixture
async def house(
    connected: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> House:
    """Return the building once its visits have begun."""
    await let_visits_begin(connected, freezer)
    await next_quarter(connected, freezer)
    assert (await kinds(connected.building.ledger))[-1] == "fleet.visits_begun"
    return connected


async def come(sender: Sender, grant_id: str = "G1", *units: str) -> None:
    """Let a courier in for these homes, by default for Ada's."""
    await sender.grant(grant_id, units or ("3B",))
    answer = await sender.enter(grant_id)
    assert answer.body["decision"] == "admitted", answer


async def refuse(
    house: House,
    reason: Reason,
    *units: str,
    count: int = 1,
    courier_name: str = "Swift",
    door_name: str = "Door",
) -> None:
    """Record refused visits for these homes, by default for Ada's."""

    def write(transaction: Transaction) -> None:
        for _ in range(count):
            tried = attempt(f"entry {transaction.next_seq}", dt_util.utcnow())
            record_attempt(
                transaction,
                replace(tried, courier_name=courier_name, door_name=door_name),
                Decision.REFUSED,
                reason,
                {unit: unit for unit in units or ("3b",)},
            )

    await house.building.ledger.write(write)


async def choose(house: House, who: str, *, objects: bool) -> None:
    rulebook = house.building.rulebook
    async with rulebook.turn:
        resident = house.building.residents[who]
        await rulebook.fleet_visits.choose(resident, Author(), objects=objects)


async def hash_at(house: House, seq: int) -> str:
    found = await house.building.ledger.read(
        lambda conn: RECORD_HASH.first(conn, seq=seq)
    )
    assert found is not None
    return found.hex()


def sent(fleet: Fleet) -> list[dict[str, Any]]:
    """Return the visits of all reports."""
    return [visit for batch in fleet.reports for visit in batch.get("visits", ())]


async def test_visit_is_sent_once_with_the_record_that_ends_it(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender)
    at = dt_util.utcnow().replace(second=0, microsecond=0)
    await house.settle()
    for _ in range(3):
        await next_quarter(house, freezer)

    found = await kinds(house.building.ledger)
    number = found.index("entry.outcome") + 1
    assert sent(fleet) == [
        {
            "seq": number,
            "hash": await hash_at(house, number),
            "at": f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "courier": "Parcel Post",
            "door": "Lobby",
            "result": "opened",
            "reason": None,
        }
    ]
    assert [each["keep_days"] for each in fleet.reports[-3:]] == [90] * 3


async def test_nothing_is_sent_before_14_days_after_every_notification(
    hass: HomeAssistant,
    connected: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
) -> None:
    await come(sender, "early")
    await next_quarter(connected, freezer)
    assert (await kinds(connected.building.ledger))[-1] == "fleet.visits_notified"
    await pass_time(hass, freezer, 14 * 24 * 60 * 60 - 60 * 60)
    await next_quarter(connected, freezer)
    assert "fleet.visits_begun" not in await kinds(connected.building.ledger)
    view: Any = fleet_view(connected.building)
    assert view["visits"]["waits_for"] == "days"
    assert "keep_days" not in fleet.reports[-1]

    await come(sender, "late")
    await pass_time(hass, freezer, 60 * 60)
    # That the clock was steady is noted each hour, which may have come after this quarter's report.
    await next_quarter(connected, freezer)
    assert "fleet.visits_begun" in await kinds(connected.building.ledger)
    await next_quarter(connected, freezer)
    # Both came before the record of the beginning.
    assert sent(fleet) == []


async def test_clock_that_jumps_lets_nothing_begin(
    clocks: Clocks, connected: House, fleet: Fleet
) -> None:
    quarter = timedelta(minutes=15)
    await clocks.pass_time(quarter)
    await clocks.step(timedelta(days=15))
    for _ in range(8):
        await clocks.pass_time(quarter)
    assert "fleet.visits_begun" not in await kinds(connected.building.ledger)
    view: Any = fleet_view(connected.building)
    assert view["visits"] == {
        "days": 90,
        "kept_days": None,
        "begins_at": view["visits"]["begins_at"],
        "waits_for": "clock",
        "not_notified": 0,
    }


async def test_resident_who_can_not_be_notified_holds_visits_up(
    hass: HomeAssistant, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    dan = resident("Dan", "5C", targets=[{"kind": "action", "value": "notify.gone"}])
    house = await build(hass, door(), courier(), resident("Ada", "3B"), dan)
    await connect(house, fleet, 90)
    for _ in range(3):
        await let_visits_begin(house, freezer)
    found = await kinds(house.building.ledger)
    assert not {"fleet.visits_notified", "fleet.visits_begun"} & {*found}
    view: Any = fleet_view(house.building)
    waits = view["visits"]["waits_for"], view["visits"]["not_notified"]
    assert waits == ("notifications", 1)

    # Old notifications are purged, but not those that visits wait for.
    await pass_time(hass, freezer, 60 * 24 * 60 * 60)
    await pass_time(hass, freezer, 25 * 60 * 60)
    await next_quarter(house, freezer)
    view = fleet_view(house.building)
    assert view["visits"]["not_notified"] == 1

    await move_out(house, "resident-dan")
    await next_quarter(house, freezer)
    assert "fleet.visits_notified" in await kinds(house.building.ledger)


async def test_visits_begin_after_14_days_of_real_time_and_a_restart_between(
    hass: HomeAssistant, clocks: Clocks, fleet: Fleet
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B"))
    await connect(house, fleet, 90)
    began = dt_util.utcnow()
    hour = timedelta(hours=1)
    for number in range(14 * 24 + 2):
        if number == 100:
            await house.reload()
        await clocks.pass_time(hour)
        if "fleet.visits_begun" in await kinds(house.building.ledger):
            break
    assert timedelta(days=14) <= dt_util.utcnow() - began <= timedelta(days=14, hours=2)


async def test_objecting_home_is_left_out_and_its_earlier_visits_are_forgotten(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender, "ada-1")
    await come(sender, "cleo-1", "4A")
    await come(sender, "both-1", "3B", "4A")
    await next_quarter(house, freezer)
    assert len(fleet.visits) == 3

    await choose(house, ADA, objects=True)
    await come(sender, "ada-2")
    await come(sender, "both-2", "3B", "4A")
    await come(sender, "cleo-2", "4A")
    await next_quarter(house, freezer)
    await next_quarter(house, freezer)
    assert len(fleet.visits) == 2
    assert len(sent(fleet)) == 4
    # It is asked once, and not to forget what it never had.
    forgotten = [each["forget"] for each in fleet.reports if "forget" in each]
    assert [len(each) for each in forgotten] == [2]

    await choose(house, ADA, objects=False)
    await come(sender, "ada-3")
    await next_quarter(house, freezer)
    assert len(sent(fleet)) == 5
    # Those that came while she objected were never sent, so no number names them.
    await choose(house, ADA, objects=True)
    await next_quarter(house, freezer)
    forgotten = [each["forget"] for each in fleet.reports if "forget" in each]
    assert [len(each) for each in forgotten] == [2, 1]
    assert len(fleet.visits) == 2


async def test_visits_of_an_objection_that_was_taken_back_before_a_report_stay_out(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender, "before")
    await choose(house, ADA, objects=True)
    await come(sender, "while")
    await choose(house, ADA, objects=False)
    await next_quarter(house, freezer)
    assert sent(fleet) == []


async def test_objection_before_the_beginning_names_no_numbers(
    connected: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender)
    await next_quarter(connected, freezer)
    await choose(connected, ADA, objects=True)
    await let_visits_begin(connected, freezer)
    await come(sender, "later")
    await next_quarter(connected, freezer)
    assert all("forget" not in each for each in fleet.reports)
    assert sent(fleet) == []


async def test_more_visits_than_a_report_may_have_follow_one_a_second(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    before = len(fleet.reports)
    await refuse(house, Reason.EXPIRED, count=450)
    await next_quarter(house, freezer)
    assert [len(each["visits"]) for each in fleet.reports[before:]] == [200]
    for reports in (2, 3, 3):
        await pass_time(house.hass, freezer, 1)
        await house.settle()
        assert len(fleet.reports) - before == reports
    assert [len(each["visits"]) for each in fleet.reports[before:]] == [200, 200, 50]
    assert len(fleet.visits) == 450

    await choose(house, ADA, objects=True)
    before = len(fleet.reports)
    await next_quarter(house, freezer)
    for _ in range(3):
        await pass_time(house.hass, freezer, 1)
        await house.settle()
    forgetting = fleet.reports[before:]
    assert [len(each["forget"]) for each in forgetting] == [200, 200, 50]
    assert [each["head"] == each["known"] for each in forgetting] == [True, True, False]
    assert fleet.visits == {}


async def test_fleet_that_takes_reports_and_stays_where_it_was_is_asked_seldom(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await refuse(house, Reason.EXPIRED, count=450)
    reply = {"line": fleet.line, "seq": fleet.seq, "couriers": fleet.version}
    fleet.answer = lambda: web.json_response(reply | {"taken": True, "differs": False})
    before = len(fleet.batches)
    await next_quarter(house, freezer)
    for _ in range(30):
        await pass_time(house.hass, freezer, 1)
        await house.settle()
    assert len(fleet.batches) - before == 1
    assert house.building.fleet.status.problem is Problem.UNREADABLE


async def test_forgetting_begins_again_after_a_restart(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await refuse(house, Reason.EXPIRED, count=300)
    await next_quarter(house, freezer)
    await pass_time(house.hass, freezer, 1)
    await house.settle()
    assert len(fleet.visits) == 300
    await choose(house, ADA, objects=True)
    await next_quarter(house, freezer)
    assert len(fleet.visits) == 100
    await house.reload()
    await next_quarter(house, freezer)
    for _ in range(2):
        await pass_time(house.hass, freezer, 1)
        await house.settle()
    assert fleet.visits == {}


async def test_lost_reply_sends_nothing_twice(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender)
    fleet.lost_replies = 1
    await next_quarter(house, freezer)
    await next_quarter(house, freezer)
    assert house.building.fleet.status.problem is None
    assert len(sent(fleet)) == len(fleet.visits) == 1


async def test_nothing_is_sent_after_the_administrator_ends_it(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender, "before")
    await next_quarter(house, freezer)
    await connect(house, fleet)
    await come(sender, "after")
    await next_quarter(house, freezer)
    assert len(sent(fleet)) == 1
    assert "keep_days" not in fleet.reports[-1]
    # The fleet still forgets what a home objects to.
    await choose(house, ADA, objects=True)
    await next_quarter(house, freezer)
    assert fleet.visits == {}


async def test_longer_time_applies_14_days_after_its_notice_and_a_shorter_one_at_once(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await connect(house, fleet, 180)
    await come(sender)
    await next_quarter(house, freezer)
    assert (fleet.health["keep_days"], len(sent(fleet))) == (90, 1)
    await let_visits_begin(house, freezer)
    assert fleet.health["keep_days"] == 180
    await connect(house, fleet, 30)
    await next_quarter(house, freezer)
    assert fleet.health["keep_days"] == 30


async def test_late_report_brings_no_longer_time_back(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await next_quarter(house, freezer)
    late = fleet.reports[-1]
    assert (late["keep_days"], late["known"]) == (90, late["head"])
    await connect(house, fleet, 30)
    # A record of its own moves the cursor.
    assert (await kinds(house.building.ledger))[-1] == "fleet.visits_shortened"
    await next_quarter(house, freezer)
    assert fleet.health["keep_days"] == 30

    assert fleet.take(late)["taken"] is False
    assert fleet.health["keep_days"] == 30


async def test_restored_log_has_every_resident_notified_again(
    hass: HomeAssistant,
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
    tmp_path: Path,
) -> None:
    await come(sender, "sent")
    await next_quarter(house, freezer)
    kept = tmp_path / "kept"
    kept.mkdir()
    await back_up(hass, house, kept)
    # The restore loses it.
    await choose(house, ADA, objects=True)
    await bring_back(hass, house, kept)
    found = await kinds(house.building.ledger)
    assert found.count("fleet.visits_announced") == 2
    setting = house.building.rulebook.fleet_visits.setting
    assert setting is not None
    assert setting.kept_days is None
    assert len(sent(fleet)) == 1


RESULTS: dict[str, tuple[Reason, str]] = {
    reason: (
        reason,
        reason
        if reason in ("unknown_grant", "expired", "entries_exhausted")
        else "not_accepted",
    )
    for reason in Reason
    if reason is not Reason.OK
}


@pytest.mark.parametrize("reason", RESULTS)
async def test_what_a_person_decided_is_not_accepted(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, reason: str
) -> None:
    decided, said = RESULTS[reason]
    await refuse(house, decided)
    await next_quarter(house, freezer)
    [visit] = sent(fleet)
    assert (visit["result"], visit["reason"]) == ("refused", said)


@pytest.mark.parametrize(
    ("decided", "result", "reason"),
    [
        (None, "stopped", "door_unavailable"),
        (Reason.EXPIRED, "refused", "expired"),
        (Reason.PAUSED, "refused", "not_accepted"),
    ],
)
async def test_only_a_door_is_said_to_have_stopped_a_visit(
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    decided: Reason | None,
    result: str,
    reason: str,
) -> None:
    now = dt_util.utcnow()

    def write(transaction: Transaction) -> None:
        record_attempt(
            transaction,
            attempt("entry", now),
            Decision.ADMITTED,
            Reason.OK,
            {"3b": "3B"},
        )
        stopped = {"entry_id": "entry", "reason": decided}
        transaction.append("entry.stopped", now, stopped)

    await house.building.ledger.write(write)
    await next_quarter(house, freezer)
    [visit] = sent(fleet)
    # Otherwise, the fleet would know that somebody decided at that moment.
    assert (visit["result"], visit["reason"]) == (result, reason)


async def test_hostile_names_are_made_fit(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    courier_name = "\u202eSwift\n\x00Parcels\t" + "x" * 200
    await refuse(
        house, Reason.EXPIRED, courier_name=courier_name, door_name="\x1b\u2028"
    )
    await next_quarter(house, freezer)
    [visit] = sent(fleet)
    assert visit["courier"].startswith("Swift  Parcels xxx")
    assert len(visit["courier"]) == 100
    assert visit["door"] == "-"


async def test_long_names_are_sent_in_several_reports(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await refuse(house, Reason.EXPIRED, count=200, courier_name="\U0001f4e6" * 100)
    await next_quarter(house, freezer)
    for _ in range(3):
        await pass_time(house.hass, freezer, 1)
        await house.settle()
    assert len(fleet.visits) == 200
    sizes = [len(each["visits"]) for each in fleet.reports if each.get("visits")]
    assert len(sizes) == 2
    longest = max(
        len(json.dumps(each, ensure_ascii=False).encode()) for each in fleet.reports
    )
    assert longest < 150_000


async def test_home_that_is_unknown_may_object_so_it_is_left_out(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await refuse(house, Reason.EXPIRED)
    await house.building.ledger.write(
        lambda transaction: plant(
            transaction.conn, "DELETE FROM personal WHERE field = 'units'"
        )
    )
    await next_quarter(house, freezer)
    assert sent(fleet) == []


async def test_refusal_for_a_home_without_consent_is_left_out(
    hass: HomeAssistant,
    house: House,
    fleet: Fleet,
    freezer: FrozenDateTimeFactory,
    sender: Sender,
) -> None:
    await move_in(house, resident("Eve", "6D", None))
    await sender.grant("G6", ("6D",))
    assert (await sender.enter("G6")).body["decision"] == "refused"
    assert (await sender.enter("unknown")).body["decision"] == "refused"
    await next_quarter(house, freezer)
    assert [each["reason"] for each in sent(fleet)] == ["unknown_grant"]


async def test_observed_visit_is_sent_without_a_reason(
    hass: HomeAssistant, house: House, fleet: Fleet, freezer: FrozenDateTimeFactory
) -> None:
    await relay(hass, "off", "on")
    await house.settle()
    await next_quarter(house, freezer)
    [visit] = sent(fleet)
    shown = visit["courier"], visit["result"], visit["reason"]
    assert shown == ("Amazon Key", "observed", None)


async def test_sealed_record_is_not_known_and_nothing_is_sent(
    house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
) -> None:
    await come(sender)
    fleet.seq = 1
    await house.building.ledger.write(
        lambda transaction: plant(transaction.conn, "DELETE FROM records WHERE seq = 1")
    )
    await next_quarter(house, freezer)
    assert house.building.fleet.status.differs
    assert fleet.reports[-1]["known"] is None
    assert "visits" not in fleet.reports[-1]


class TestOneHousehold:
    """The household is asked itself, and everything is about its home."""

    @pytest.fixture
    async def house(self, hass: HomeAssistant, fleet: Fleet) -> House:
        residents = resident("Ada", "3B"), resident("Bob", "3B")
        house = await build(
            hass, door(), courier(), observed(), *residents, household="one"
        )
        await connect(house, fleet, 90)
        return house

    async def test_nothing_is_sent_before_a_yes(
        self,
        hass: HomeAssistant,
        house: House,
        fleet: Fleet,
        freezer: FrozenDateTimeFactory,
        sender: Sender,
    ) -> None:
        asked = {name for name, text in house.told if "until one of you" in text}
        assert asked == {"Ada", "Bob"}
        await let_visits_begin(house, freezer)
        await come(sender, "early")
        await relay(hass, "off", "on")
        await next_quarter(house, freezer)
        assert sent(fleet) == []
        view: Any = fleet_view(house.building)
        assert view["visits"]["waits_for"] == "household"

        await choose(house, ADA, objects=False)
        await come(sender, "later")
        await pass_time(hass, freezer, 60)
        await relay(hass, "off", "on")
        await next_quarter(house, freezer)
        assert [each["result"] for each in sent(fleet)] == ["opened", "observed"]
        assert fleet.health["keep_days"] == 90

        # It is their own house, so all of it is forgotten, also what names no home.
        await choose(house, "resident-bob", objects=True)
        await come(sender, "again")
        await pass_time(hass, freezer, 60)
        await relay(hass, "off", "on")
        await next_quarter(house, freezer)
        assert fleet.visits == {}
        assert len(sent(fleet)) == 2

    async def test_longer_time_needs_another_yes(
        self,
        house: House,
        fleet: Fleet,
        freezer: FrozenDateTimeFactory,
        sender: Sender,
    ) -> None:
        await next_quarter(house, freezer)
        await choose(house, ADA, objects=False)
        await connect(house, fleet, 180)
        await come(sender)
        await next_quarter(house, freezer)
        await next_quarter(house, freezer)
        assert (fleet.health["keep_days"], len(sent(fleet))) == (90, 1)
        await choose(house, ADA, objects=False)
        await next_quarter(house, freezer)
        assert fleet.health["keep_days"] == 180

    async def test_second_home_is_several_and_all_are_notified_first(
        self, house: House, fleet: Fleet, freezer: FrozenDateTimeFactory, sender: Sender
    ) -> None:
        await choose(house, ADA, objects=False)
        await move_in(house, resident("Cleo", "4A"))
        assert (await kinds(house.building.ledger)).count("fleet.visits_announced") == 2
        await come(sender)
        await next_quarter(house, freezer)
        assert sent(fleet) == []
        view: Any = fleet_view(house.building)
        assert view["visits"]["kept_days"] is None
