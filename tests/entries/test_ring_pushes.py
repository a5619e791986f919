"""What phones and panels show of a ring, and whether somebody still waits."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.typing import WebSocketGenerator

from tests.support.asked_phones import TAG
from tests.support.ringing import Ringing
from tests.support.wires import Wire, connect


async def test_question_arrives_at_once_or_never(ringing: Ringing) -> None:
    await ringing.rings()
    [push] = ringing.asked.phones["Ada"].questions
    [text] = [
        each["message"]
        for each in ringing.asked.phones["Ada"].pushes
        if each["data"] == push
    ]
    assert "ringing" in text
    assert push["ttl"] == 0
    assert push["priority"] == "high"
    assert push["push"] == {"interruption-level": "time-sensitive"}


async def test_tap_on_a_question_opens_home(ringing: Ringing) -> None:
    await ringing.rings()
    [push] = ringing.asked.phones["Ada"].questions
    home = f"/courier-access/now?building={ringing.asked.house.entry.entry_id}"
    assert push["url"] == push["clickAction"] == home


@pytest.mark.parametrize("who", ["page", "bell"])
async def test_phone_and_panel_say_whether_anybody_still_waits(
    ringing: Ringing,
    who: str,
    hass_ws_client: WebSocketGenerator,
) -> None:
    asked = ringing.asked

    async def panel() -> Wire:
        """Open the panel, which isn't followed while time is moved."""
        ada = asked.people["Ada"]
        return await connect(asked.hass, asked.house, hass_ws_client, ada)

    async def shown() -> dict[str, Any]:
        view = await (await panel()).ask_anywhere("overview")
        [question] = view["result"]["buildings"][0]["questions"]
        return dict(question)

    await (ringing.rings() if who == "page" else ringing.bell())
    assert (await shown())["waits"] == "now"
    await ringing.after(125)

    pushes, question = asked.phones["Ada"].pushes, await shown()
    last = [each for each in pushes if each["data"]["tag"].startswith(TAG)][-1]
    rang = "Somebody rang at Lobby. Expected: Parcel Post. "
    assert last["title"] == "Somebody rang"
    if who == "page":
        assert last["message"].startswith(f"{rang}The driver has stopped waiting.")
        assert "says for five minutes that they can open the door" in last["message"]
        assert len(last["data"]["actions"]) == 2
        assert question["waits"] == "may_return"
        assert last["data"]["alert_once"]
        assert last["data"]["push"] == {"interruption-level": "passive"}
    else:
        says = "Nobody is waiting anymore. The door stays closed."
        assert last["message"] == f"{rang}{says}"
        assert "actions" not in last["data"]
        assert question["waits"] == "nobody"
    answer = await (await panel()).ask(
        "questions/answer", question=question["question"], admit=True
    )
    assert answer["success"] is (who == "page")
