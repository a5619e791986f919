"""Fair turns at a door."""

import asyncio
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, strategies as st

from custom_components.courier_access.doors.commands import DoorTurn

COURIERS = st.sampled_from("abc")


async def turns(
    first: str, waiting: Sequence[str], cancelled: Sequence[int]
) -> list[str]:
    """Queue entries behind a turn and return the order of the turns.

    At each step of the loop one of the entries is cancelled.
    """
    turn, order, inside = DoorTurn(), list[str](), 0

    async def enter(courier: str) -> None:
        nonlocal inside
        await turn.acquire(courier, 3)
        inside += 1
        assert inside == 1
        order.append(courier)
        inside -= 1
        turn.release()

    await turn.acquire(first, 3)
    tasks = [asyncio.create_task(enter(courier)) for courier in waiting]
    await asyncio.sleep(0)
    assert turn.is_awaited is bool(waiting)
    turn.release()
    for number in cancelled:
        if number < len(tasks):
            tasks[number].cancel()
        await asyncio.sleep(0)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    left = sum(isinstance(result, asyncio.CancelledError) for result in results)
    assert results.count(None) == len(waiting) - left
    assert len(order) == len(waiting) - left
    assert not turn.is_held
    assert not turn.is_awaited
    return order


@given(COURIERS, st.lists(COURIERS, max_size=12))
def test_waiting_courier_waits_for_one_turn_of_each_other(
    first: str, waiting: list[str]
) -> None:
    order = asyncio.run(turns(first, waiting, []))

    had = Counter[str]()
    for courier in order:
        had[courier] += 1
        still_waiting = [
            other for other in set(waiting) if had[other] < waiting.count(other)
        ]
        assert all(had[courier] <= had[other] + 1 for other in still_waiting)
    assert had == Counter(waiting)


@given(
    COURIERS, st.lists(COURIERS, max_size=12), st.lists(st.integers(0, 11), max_size=16)
)
def test_canceled_entry_passes_its_turn_on(
    first: str, waiting: list[str], cancelled: list[int]
) -> None:
    asyncio.run(turns(first, waiting, cancelled))
