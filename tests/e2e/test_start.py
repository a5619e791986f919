"""Test that no answer while Home Assistant starts looks like an admission."""

import asyncio
from contextlib import suppress

import aiohttp
import pytest

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]


async def test_no_answer_during_a_restart_has_a_decision(running: Running) -> None:
    account = running.site.kept.couriers[0]
    answers: list[tuple[int, str]] = []
    done = asyncio.Event()

    async def ring() -> None:
        async with aiohttp.ClientSession() as http:
            while not done.is_set():
                with suppress(aiohttp.ClientError, TimeoutError):
                    async with http.post(account.webhook_url, data=b"{}") as answer:
                        answers.append((answer.status, await answer.text()))
                await asyncio.sleep(0.005)

    ringing = asyncio.create_task(ring())
    await running.restart()
    done.set()
    await ringing
    # Until the integration is set up, Home Assistant answers an empty 200.
    assert {text for status, text in answers if status == 200} <= {""}
    async with running.http.post(account.webhook_url, data=b"{}") as answer:
        assert answer.status == 415
