"""Bodies that are refused unread: whatever they hold, and whenever it comes, the log stays clean."""

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.web.webhook import DROP_SECONDS, MOST_DROPPED
from tests.attacks.test_raw_requests import PATH, Wire, arrive, wire
from tests.support.house import Sender, build, pass_time

JSON = "Content-Type: application/json\r\n"
GUESSED = "/api/courier_access/personal/guessed"
UNDECODABLE = [
    (415, JSON + "Content-Encoding: gzip\r\nContent-Length: 8\r\n\r\n", "no gzip."),
    (
        415,
        JSON + "Content-Encoding: deflate\r\nContent-Length: 8\r\n\r\n",
        "\xffno zip",
    ),
    (415, JSON + "Content-Encoding: deflate\r\nContent-Length: 2\r\n\r\n", "x\x9c"),
    (413, JSON + "Content-Encoding: gzip\r\nContent-Length: 90000\r\n\r\n", "no gzip."),
]
PLAIN = "Content-Type: text/plain\r\n"


@pytest.fixture
async def sender(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> Sender:
    await build(hass)
    return Sender(await hass_client_no_auth())


async def begin(sender: Sender, text: str, path: str = PATH) -> Wire:
    line = await wire(sender)
    await line.send(f"POST {path} HTTP/1.1\r\nHost: building.example\r\n{text}")
    return line


async def is_cut_off(line: Wire, text: str) -> bool:
    """Send on, and return whether the other end has hung up."""
    try:
        await line.send(text)
        return await line.answers() == ""
    except ConnectionResetError, BrokenPipeError:
        return True


@pytest.mark.parametrize("when", ["at once", "before the answer", "after the answer"])
async def test_a_body_that_can_not_be_decoded_leaves_nothing_in_the_log(
    sender: Sender, caplog: pytest.LogCaptureFixture, when: str
) -> None:
    answered = []
    for path in (PATH, GUESSED):
        for _, head, body in UNDECODABLE:
            line = await begin(sender, head + body if when == "at once" else head, path)
            if when == "before the answer":
                await line.send(body)
            answered.append((await line.answer())[0])
            if when == "after the answer":
                await line.send(body)
            await arrive()
            await line.close()
            await arrive()

    assert answered == [status for status, _, _ in UNDECODABLE] + [404] * len(
        UNDECODABLE
    )
    assert "Traceback" not in caplog.text
    assert "Unhandled exception" not in caplog.text


async def test_a_body_that_is_refused_and_decodable_leaves_the_connection_open(
    sender: Sender,
) -> None:
    line = await begin(sender, f"{PLAIN}Content-Length: 4\r\n\r\nabcd")
    first, _ = await line.answer()
    await line.send(f"POST {PATH} HTTP/1.1\r\nHost: building.example\r\n{PLAIN}\r\n")
    second, _ = await line.answer()
    await line.close()

    assert (first, second) == (415, 415)


async def test_what_is_left_of_a_refused_body_is_read_within_limits(
    hass: HomeAssistant,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Too long: the sender gets the answer and is cut off, however much more it would send.
    line = await begin(sender, f"{PLAIN}Content-Length: {10 * MOST_DROPPED}\r\n\r\n")
    status, _ = await line.answer()
    assert status == 413
    assert await is_cut_off(line, "x" * MOST_DROPPED)

    # Too slow: undecodable bytes would come only when nobody reads anymore.
    _, head, body = UNDECODABLE[0]
    line = await begin(sender, head)
    status, _ = await line.answer()
    await arrive()
    await pass_time(hass, freezer, DROP_SECONDS + 0.1)
    assert status == 415
    assert await is_cut_off(line, body)
    await arrive()
    assert "Traceback" not in caplog.text
