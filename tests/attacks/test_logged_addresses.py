"""What Home Assistant logs of suspicious requests contains no address that opens something."""

import logging
import re
from urllib.parse import quote

from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.home_assistant.log_redaction import (
    REDACTED,
    redact,
)
from tests.attacks.test_raw_requests import arrive, wire
from tests.support.house import Sender, build
from tests.support.pages import token_of

SUSPICIOUS = ("%0A", "%09?export", "/..%2f", "<script>", "?next=%3Cscript%3E", "?q=a\n")
PREFIXES = (
    "/api/courier_access/personal/",
    "/api/courier_access/lobby/",
    "/api/webhook/",
)
DETOURS = (
    "/api/./courier_access/personal/",
    "/api/x/../courier_access/personal/",
    "/x/..//api/.//webhook/",
    "/api\\courier_access\\personal\\",
    "//api//courier_access/y/../personal/",
)
TOKENS = st.from_regex(r"[A-Za-z0-9_-]{8,43}", fullmatch=True)


async def test_no_token_of_a_suspicious_request_gets_into_the_log(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    house = await build(hass)
    sender = Sender(await hass_client_no_auth())
    token = token_of(house, "Ada")
    caplog.clear()

    for prefix in (*PREFIXES, *DETOURS):
        for end in SUSPICIOUS:
            for path in (
                f"{prefix}{token}{end}",
                f"{prefix.replace('_', '%5f')}{token}{end}",
            ):
                line = await wire(sender)
                await line.send(
                    f"GET {path} HTTP/1.1\r\nHost: building.example\r\n\r\n"
                )
                await line.answer()
                await line.close()
    await arrive()

    warnings = [
        record.getMessage()
        for record in caplog.records
        if record.name.endswith(".security_filter")
        and record.levelno == logging.WARNING
    ]
    assert any("unsafe byte in path" in message for message in warnings)
    assert any("potential harmful request" in message for message in warnings)
    assert all(REDACTED in message for message in warnings)
    assert token not in caplog.text


async def test_webhook_id_of_a_request_that_is_no_post_stays_out_of_the_log(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    await build(hass)
    sender = Sender(await hass_client_no_auth())

    answer = await sender.client.get(f"/api/webhook/{sender.webhook_id}")

    assert answer.status == 405
    assert "only supports" in caplog.text
    assert f"{sender.webhook_id} only" not in caplog.text


@given(TOKENS, st.sampled_from(PREFIXES + DETOURS), st.data())
def test_an_address_is_redacted_however_it_is_encoded(
    token: str, prefix: str, data: st.DataObject
) -> None:
    path = "".join(
        letter if times == 0 else f"%{'25' * (times - 1)}{ord(letter):02x}"
        for letter in prefix + token
        for times in [data.draw(st.integers(0, 3))]
    )
    before, after = data.draw(st.tuples(st.text(), st.text()))

    redacted = redact(f"{before} {quote(before)}{path}{quote(after)} {after}")

    assert path not in redacted
    assert path[-len(token) :] not in redacted
    assert REDACTED in redacted


@given(st.text().filter(lambda text: not re.search("api|%|[.][.]", text.lower())))
def test_what_is_no_address_of_ours_is_logged_as_it_is(text: str) -> None:
    assert redact(text) == text
    assert redact(f"/api/states/{quote(text)}") == f"/api/states/{quote(text)}"
