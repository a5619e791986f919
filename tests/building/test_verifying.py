"""Test that checks of the ledger are shared and take turns."""

import asyncio
from typing import Any

from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.courier_access.building import verification as verifications
from custom_components.courier_access.building.verification import (
    CHECKS_PER_MINUTE,
    AskedTooOften,
    Verifications,
)
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.home_assistant.clock import ClockWatch
from custom_components.courier_access.home_assistant.host import Host
from custom_components.courier_access.ledger.ledger import Ledger, LedgerUnavailable
from custom_components.courier_access.ledger.verification import RecordStatus
from custom_components.courier_access.ledger.verify_record import Witness
from tests.ledger.conftest import ledger, path
from tests.ledger.parts import hand_in, note
from tests.support.house import until

__all__ = ["ledger", "path"]

type Check = asyncio.Task[tuple[Any, Any]]


class Clock:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def monotonic_ns(self) -> int:
        return int(self.now * 1e9)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(verifications, "time", made)
    return made


@pytest.fixture
def walks(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> list[asyncio.Future[None]]:
    """Hold each walk over the record until its future is set."""
    begun: list[asyncio.Future[None]] = []
    really = ledger.read_apart

    async def read_apart(work: Any) -> Any:
        begun.append(asyncio.get_running_loop().create_future())
        await begun[-1]
        return await really(work)

    monkeypatch.setattr(ledger, "read_apart", read_apart)
    return begun


@pytest.fixture
def host(hass: HomeAssistant) -> Host:
    entry = MockConfigEntry(domain=DOMAIN)
    entry.add_to_hass(hass)
    return Host(hass, entry)


@pytest.fixture
def checks(host: Host, ledger: Ledger) -> Verifications:
    return Verifications(host, ledger, ClockWatch(host.hass, ledger))


def ask(checks: Verifications, whose: str, *witnesses: Witness) -> Check:
    return asyncio.Task(checks.check(whose, witnesses), eager_start=True)


async def test_waiting_people_share_a_check_of_their_own_records(
    checks: Verifications, ledger: Ledger, walks: list[asyncio.Future[None]]
) -> None:
    recorded = await hand_in(ledger, note)
    good, bad = (Witness(number, recorded.hash[:10].hex()) for number in (1, 2))
    first = ask(checks, "first")
    await until(lambda: len(walks) == 1)
    waiting = [ask(checks, f"resident {number}", good) for number in range(50)]
    waiting.append(ask(checks, "last", bad))
    walks[0].set_result(None)
    await first
    await until(lambda: len(walks) == 2)
    walks[1].set_result(None)

    results = await asyncio.gather(*waiting)

    assert len(walks) == 2
    assert all(found.intact and found.records == 1 for found, _ in results)
    assert [standing for _, standing in results] == [
        *[{good: RecordStatus.UNCHANGED}] * 50,
        {bad: RecordStatus.MISSING},
    ]


async def test_check_includes_what_was_recorded_before(
    checks: Verifications, ledger: Ledger, walks: list[asyncio.Future[None]]
) -> None:
    early = ask(checks, "early")
    await until(lambda: len(walks) == 1)
    walks[0].set_result(None)
    await early
    await hand_in(ledger, note)
    late = ask(checks, "late")
    await until(lambda: len(walks) == 2)
    walks[1].set_result(None)

    assert [found.records for found, _ in (await early, await late)] == [0, 1]


async def test_pause_after_a_check_is_four_times_as_long(
    checks: Verifications,
    walks: list[asyncio.Future[None]],
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rests: list[float] = []
    really = asyncio.sleep

    async def sleep(seconds: float) -> None:
        rests.append(seconds)
        await really(0)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    first = ask(checks, "one")
    await until(lambda: len(walks) == 1)
    clock.now += 3.0
    walks[0].set_result(None)
    await first
    second = ask(checks, "two")
    await until(lambda: len(walks) == 2)
    walks[1].set_result(None)
    await second

    assert max(rests) == pytest.approx(12.0)


async def test_checks_are_limited_for_each_person(
    checks: Verifications, clock: Clock
) -> None:
    for _ in range(CHECKS_PER_MINUTE):
        await checks.check("eager", ())
    with pytest.raises(AskedTooOften) as refused:
        await checks.check("eager", ())
    assert refused.value.seconds == 10
    await checks.check("other", ())

    clock.now += 10
    await checks.check("eager", ())


async def test_leaving_cancels_nobody_elses_check(
    checks: Verifications, walks: list[asyncio.Future[None]]
) -> None:
    leaving, staying = ask(checks, "leaving"), ask(checks, "staying")
    leaving.cancel()
    await until(lambda: len(walks) == 1)
    walks[0].set_result(None)

    assert (await staying)[0].intact
    with pytest.raises(asyncio.CancelledError):
        await leaving


async def test_unreadable_ledger_fails_all_waiting_checks(
    host: Host, tmp_path: Any
) -> None:
    ledger = Ledger(tmp_path / "nowhere.db")
    checks = Verifications(host, ledger, ClockWatch(host.hass, ledger))
    both = [ask(checks, "one"), ask(checks, "two")]

    for each in await asyncio.gather(*both, return_exceptions=True):
        assert isinstance(each, LedgerUnavailable)
    with pytest.raises(LedgerUnavailable):
        await checks.check("three", ())


async def test_check_canceled_with_its_building_fails_all(
    host: Host, checks: Verifications, walks: list[asyncio.Future[None]]
) -> None:
    first = ask(checks, "first")
    await until(lambda: len(walks) == 1)
    second = ask(checks, "second")
    host.cancel()

    for each in (first, second):
        with pytest.raises(LedgerUnavailable):
            await each
