"""The page of a resident without a login, in a real Home Assistant."""

import asyncio
from contextlib import closing
from pathlib import Path
import sqlite3

import pytest

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def token_in(folder: Path) -> str:
    """Return the token of one of the links that the demo building's record holds."""
    (ledger,) = folder.rglob("courier_access_*.db")
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)) as kept:
        (token,) = kept.execute("SELECT token FROM links ORDER BY resident_id").fetchone()
    return str(token)


async def test_a_resident_without_a_login_withdraws_on_their_page_and_finds_it_after_a_restart(
    running: Running,
) -> None:
    token = await asyncio.to_thread(token_in, running.home.folder)
    address = f"{running.home.url}/api/courier_access/personal/{token}"

    async with running.http.get(address) as shown:
        assert shown.status == 200
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert shown.headers["Cache-Control"] == "no-store"
        assert "withdraw_consent" in await shown.text()
    sent = await running.http.post(address, data="do=withdraw_consent", headers=FORM)
    assert "give_consent" in await sent.text()

    await running.restart()

    address = f"{running.home.url}/api/courier_access/personal/{token}"
    async with running.http.get(address) as shown:
        assert "give_consent" in await shown.text()
    async with running.http.get(f"{address}x") as wrong:
        assert wrong.status == 404
    assert running.complaints() == []
