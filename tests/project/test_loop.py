"""The tests' loop takes nothing from another thread, though it is not in debug mode."""

import asyncio

import pytest


async def test_what_comes_to_the_loop_from_another_thread_is_refused() -> None:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[None] = loop.create_future()
    future.add_done_callback(lambda _: None)

    for come in (
        lambda: loop.call_soon(print),
        lambda: loop.call_later(1, print),
        lambda: future.set_result(None),
    ):
        with pytest.raises(RuntimeError, match="Non-thread-safe"):
            await asyncio.to_thread(come)
