"""A courier with a good key can't fill the disk, and no budget keeps anybody in who is to be kept out, or out who may come."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path
import sqlite3
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.couriers.inbox import courier_activity
from custom_components.courier_access.doors.commands import DoorUnavailable
from custom_components.courier_access.doors.driver import DoorDriver
from custom_components.courier_access.entries.request import At, Waiting
from custom_components.courier_access.entries.unsigned import Shown
from custom_components.courier_access.ledger import budgets as quotas
from custom_components.courier_access.ledger.errors import Cause, LedgerUnavailable
from custom_components.courier_access.ledger.ledger import Ledger
from tests.support.house import (
    Answer,
    House,
    Sender,
    build,
    courier,
    door,
    resident,
    utc,
    watch,
)

PARCEL_POST = "courier-parcel-post"
LONG_AGO = utc(2026, 1, 2)


async def house_of_two_couriers(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch, at_once: int = 20_000
) -> House:
    monkeypatch.setattr(quotas, "MESSAGES_AT_ONCE", at_once)
    monkeypatch.setattr(quotas, "REFUSALS_AT_ONCE", at_once)
    return await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        courier("Other Post", rate_per_minute=6000),
        resident(),
    )


def everything_in(path: Path) -> Mapping[str, list[tuple[Any, ...]]]:
    """Return all rows of a ledger."""
    with sqlite3.connect(path) as db:
        names = [
            name
            for (name,) in db.execute(
                "SELECT name FROM sqlite_master WHERE type='table'"
            )
        ]
        rows = {
            name: db.execute(f'SELECT * FROM "{name}"').fetchall() for name in names
        }
    db.close()
    return rows


async def use_up(send: Callable[[int], Awaitable[Answer]]) -> Answer:
    """Send until there is no budget left; return the answer that says so."""
    for number in range(200):
        if (answer := await send(number)).status == 429:
            return answer
        assert answer.status == 200
    raise AssertionError("nothing was ever refused")


MESSAGES: Mapping[str, Callable[[Sender, int], Awaitable[Answer]]] = {
    "pings": lambda sender, _: sender.send("ping", {}),
    "grants": lambda sender, number: sender.grant(f"F{number}"),
    "refused grants": lambda sender, number: sender.grant(f"F{number}", ("nobody",)),
    "revisions": lambda sender, number: sender.grant("F", revision=number + 1),
    "revocations": lambda sender, number: sender.revoke(f"F{number}"),
    "stale revocations": lambda sender, _: sender.revoke("G1", body_at=LONG_AGO),
    "refused entries": lambda sender, _: sender.enter("nothing"),
}


@pytest.mark.parametrize("flooded", MESSAGES)
async def test_beyond_its_budget_a_courier_is_asked_to_wait_and_nothing_is_written(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    flooded: str,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    client = await hass_client_no_auth()
    sender, other = Sender(client), Sender(client, "webhook-of-other-post")
    send = MESSAGES[flooded]
    await sender.grant()
    await house.settle()

    answer = await use_up(partial(send, sender))
    await house.settle()
    path = ledger_path(hass, house.entry.entry_id)
    before, said = (
        await hass.async_add_executor_job(everything_in, path),
        len(caplog.records),
    )
    events = watch(hass, "event.lobby")
    again = await send(sender, 200)
    await house.settle()

    assert (answer.problem, again.problem) == ("rate_limited", "rate_limited")
    assert again.body["retry_after"] == int(again.headers["Retry-After"]) > 0
    assert await hass.async_add_executor_job(everything_in, path) == before
    assert events == []
    assert [
        one for one in caplog.records[said:] if one.name.startswith("custom_components")
    ] == []
    last = courier_activity(hass).of(PARCEL_POST).last_refusal
    assert last is not None
    assert last.why == "rate_limited"
    # The other courier's budget is its own.
    assert (await send(other, 0)).status == 200
    # It reads the right time: a second before is too early.
    freezer.tick(again.body["retry_after"] - 1)
    assert (await send(sender, 201)).status == 429
    freezer.tick(1)
    assert (await send(sender, 202)).status == 200
    await house.settle()


async def test_no_budget_blocks_revocations_replays_or_admitted_entries(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    freezer.move_to("2026-12-01T12:00:00Z")
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())
    await sender.grant("G1")
    await sender.grant("G2", message_id="msg_of_grant")
    for flooded in ("pings", "refused entries"):
        await use_up(partial(MESSAGES[flooded], sender))

    assert (await sender.grant("G3")).status == 429
    assert (await sender.enter("G1", message_id="msg_1")).body["decision"] == "admitted"
    assert (await sender.enter("G1", message_id="msg_1")).body["replayed"]
    assert (await sender.grant("G2", message_id="msg_of_grant")).body["replayed"]
    # Spent by now: what is refused is not written, and the door stays shut.
    states = watch(hass, "lock.lobby")
    assert (await sender.enter("G1")).status == 429
    assert [state.state for state in states if state.state == "unlocked"] == []
    assert (await sender.revoke("G2", message_id="msg_2")).body["decision"] == "revoked"
    assert (await sender.revoke("G2", message_id="msg_2")).body["replayed"]
    assert (await sender.revoke("G2")).status == 429
    assert (await sender.enter("G2")).status == 429
    freezer.tick(60)
    assert (await sender.enter("G2")).body["reason"] == "revoked"
    await house.settle()


async def test_what_ends_open_grants_counts_against_what_comes_later(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())
    await sender.grant("G1")
    first = await use_up(lambda _: sender.send("ping", {}))
    await sender.revoke("G1")

    then = await sender.send("ping", {})
    assert then.body["retry_after"] > first.body["retry_after"] + 3
    await house.settle()


async def used(sender: Sender) -> int:
    """Return how much a courier used: who wants all there is must wait for that."""
    homes = tuple(f"home {number}" for number in range(20))
    answer = await sender.grant("all", homes)
    assert answer.problem == "rate_limited"
    return int(answer.body["retry_after"])


async def test_a_grant_costs_its_reply_and_the_notifications_of_the_one_it_replaces(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(quotas, "MESSAGES_AN_HOUR", 3600)
    house = await house_of_two_couriers(hass, monkeypatch, 40_000)
    sender = Sender(await hass_client_no_auth())
    total, costs, replies = 0, [], []
    for grant_id, unit, revision in (("G1", "3B", 1), ("G2", "9Z", 1), ("G1", "3B", 2)):
        answer = await sender.grant(grant_id, (unit,), revision=revision)
        replies.append(int(answer.headers["Content-Length"]))
        costs.append(await used(sender) - total)
        total += costs[-1]

    accepted, refused, revised = costs
    assert accepted - refused == replies[0] - replies[1] != 0
    assert revised - accepted > 600
    await house.settle()


async def test_an_entry_that_is_taken_back_counts_like_a_refused_one(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    async def away(*_: object) -> None:
        raise DoorUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(DoorDriver, "open", away)
        for _ in range(20):
            assert (await sender.enter()).status == 503
    # Who may come still may; who may not has nothing left.
    assert (await sender.enter("nothing")).status == 429
    assert (await sender.enter()).body["decision"] == "admitted"
    await house.settle()


async def test_an_entry_that_is_taken_back_costs_as_much_as_a_refused_one(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    client = await hass_client_no_auth()
    sender, other = Sender(client), Sender(client, "webhook-of-other-post")
    for each in (sender, other):
        await each.grant()
    await other.revoke()
    refused = 0
    while (await other.enter()).status == 200:
        refused += 1

    async def away(*_: object) -> None:
        raise DoorUnavailable

    with monkeypatch.context() as patched:
        patched.setattr(DoorDriver, "open", away)
        for _ in range(refused - 1):
            assert (await sender.enter()).status == 503
    await sender.revoke()
    assert (await sender.enter()).status == 200
    assert (await sender.enter()).status == 429
    await house.settle()


async def test_what_could_not_be_written_takes_nothing_of_a_budget(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())

    async def away(*_: object) -> None:
        raise LedgerUnavailable("locked", Cause.LOCKED)

    for flooded in ("pings", "grants", "revocations", "refused entries"):
        for number in range(30):
            with monkeypatch.context() as patched:
                patched.setattr(Ledger, "write", away)
                assert (await MESSAGES[flooded](sender, number)).status == 503
        assert (await MESSAGES[flooded](sender, 31)).status == 200
    await house.settle()


async def test_a_building_that_is_reloaded_begins_with_the_whole_budget(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())
    await use_up(lambda _: sender.send("ping", {}))

    assert await hass.config_entries.async_reload(house.entry.entry_id)
    assert (await sender.send("ping", {})).status == 200
    await house.settle()


def test_the_budgets_are_those_that_are_promised() -> None:
    budgets = quotas.Budgets(lambda: 0)
    promised = {"messages": 10_000_000, "refusals": 4_000_000, "answers": 1_000_000}
    for name, at_once in promised.items():
        budget: quotas.Budget = getattr(budgets, name)
        with budget.reserve("courier", at_once) as wait:
            assert wait is None
        an_hour = 250_000 if name == "answers" else 1_000_000
        with budget.reserve("courier", an_hour) as wait:
            assert wait == 3600


async def test_rings_use_up_no_budget_of_a_courier(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = await house_of_two_couriers(hass, monkeypatch)
    sender = Sender(await hass_client_no_auth())
    await sender.grant("G1")
    lobby = house.building.directory.doors["door-lobby"]
    reasons: list[str] = []
    while "rate_limited" not in reasons and len(reasons) < 50:
        page = Waiting(At.PAGE)
        answer = await house.building.unsigned.request(lobby, Shown(), waiting=page)
        page.end()
        reasons.append(answer.reason.value)
    assert reasons[0] == "no_answer"
    assert reasons[-1] == "rate_limited"
    assert (await sender.enter("G2")).body["reason"] == "unknown_grant"
