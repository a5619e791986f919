"""The page of a resident without a login, in a real Home Assistant."""

import re

import pytest

from scripts.lab.site import JONAS

from .running import Running

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="module")]

LINK = re.compile(r"http\S+/api/courier_access/personal/[\w-]+")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


async def link_sent_to(running: Running, name: str) -> str:
    """Return the personal link in the notifications to a resident."""

    def links() -> list[str]:
        messages = (
            notification.message
            for notification in running.push.notifications
            if notification.to == name
        )
        return [link for message in messages for link in LINK.findall(message)]

    assert await running.push.until(lambda: bool(links()), 30)
    return links()[0]


async def test_a_resident_without_a_login_withdraws_on_their_page_and_finds_it_after_a_restart(
    running: Running,
) -> None:
    address = await link_sent_to(running, JONAS)
    assert address.startswith(running.home.url)

    async with running.http.get(address) as shown:
        assert shown.status == 200
        assert shown.headers["Referrer-Policy"] == "no-referrer"
        assert shown.headers["Cache-Control"] == "no-store"
        assert "withdraw_consent" in await shown.text()
    sent = await running.http.post(address, data="do=withdraw_consent", headers=FORM)
    assert "give_consent" in await sent.text()

    await running.restart()

    async with running.http.get(address) as shown:
        assert "give_consent" in await shown.text()
    async with running.http.get(f"{address}x") as wrong:
        assert wrong.status == 404
    assert running.complaints() == []
