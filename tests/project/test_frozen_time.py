"""What is due happens in tests, too, while they let time stand still."""

import asyncio

from freezegun.api import FrozenDateTimeFactory


async def test_what_is_due_now_does_not_wait_for_time_to_pass(
    freezer: FrozenDateTimeFactory,
) -> None:
    loop, happened = asyncio.get_running_loop(), list[str]()
    loop.call_later(0, happened.append, "at once")
    loop.call_at(loop.time(), happened.append, "now")
    loop.call_later(0.001, happened.append, "soon")
    for _ in range(3):
        await asyncio.sleep(0)
    assert happened == ["at once", "now"]
    freezer.tick(0.001)
    for _ in range(3):
        await asyncio.sleep(0)
    assert happened == ["at once", "now", "soon"]
