"""The log is redacted at a bounded cost, and otherwise as if we weren't there."""

from collections.abc import Callable, Mapping
import gc
import logging
import re
import sys
from types import FrameType
from typing import Any
from urllib.parse import unquote

from aiohttp import web
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import HomeAssistant
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator
from yarl import URL

from custom_components.courier_access.home_assistant import log_redaction
from custom_components.courier_access.home_assistant.log_redaction import (
    LOGGERS,
    REDACTED,
    WEBHOOK_LOGGER,
    redact,
)
from tests.attacks.test_raw_requests import arrive, wire
from tests.support.house import House, Sender, across_the_street, build
from tests.support.pages import token_of

NAMES = (*LOGGERS, WEBHOOK_LOGGER)
TOKENS = st.from_regex(r"[A-Za-z0-9_-]{8,43}", fullmatch=True)
OURS = "/api/courier_access/personal/"
REPEATED: Mapping[str, tuple[str, str]] = {
    "long segment": ("/api/", "c"),
    "slashes": ("/api", "/"),
    "encoded slashes": ("/api", "%2f"),
    "backslashes": ("/api", "\\"),
    "dot segments": ("/api/", "../"),
    "detours": ("/api/", "x/../"),
    "current segments": ("/api/", "./"),
    "many api": ("", "/api"),
    "encoded api": ("", "%2f%61%70%69"),
    "nearly our name": ("/api/", "/courier_acces"),
    "no slash after our name": ("/api/", "/courier_access-"),
    "no slash after webhook": ("/api/", "/webhook-"),
    "nearly our name, encoded": (
        "/api/",
        "%2f%63%6f%75%72%69%65%72%5f%61%63%63%65%73",
    ),
    "percent signs": ("", "%"),
    "nested percent signs": ("/api/", "%25"),
    "one nested percent sign": ("/api/%", "25"),
    "nested letters": ("/api/", "%252525252563"),
    "encoded letters": ("/api/", "%63"),
    "nearly encoded digits": ("/api/", "%6%"),
    "encoded digits": ("/api/", "%%36%33"),
    "deeply encoded letter": ("/api/", "/c%" + "25" * 20 + "6e"),
    "our address again and again": ("", OURS),
    "our address, encoded": ("", "".join(f"%25{ord(each):02x}" for each in OURS)),
}
"""How each kind of hostile address begins, and what is repeated in it."""
PREFIXES = st.sampled_from(
    ("/api/courier_access/personal/", "/api/courier_access/lobby/", "/api/webhook/")
)


def hostile(kind: str, length: int) -> str:
    """Return an address that is made to cost time, of a length in characters."""
    begins, repeated = REPEATED[kind]
    return (begins + repeated * (length // len(repeated) + 1))[:length]


def filters() -> int:
    """Return how many of our filters the loggers have."""
    return sum(
        type(each).__module__ == log_redaction.__name__
        for name in NAMES
        for each in logging.getLogger(name).filters
    )


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord(
        "aiohttp.server", logging.ERROR, "", 1, message, args, None
    )


async def test_the_log_is_redacted_until_home_assistant_has_stopped(
    hass: HomeAssistant,
) -> None:
    await build(hass)
    assert filters() == len(NAMES)

    hass.bus.async_fire_internal(EVENT_HOMEASSISTANT_CLOSE)
    await hass.async_block_till_done()

    assert filters() == 0


async def test_the_log_is_redacted_as_long_as_there_is_a_building(
    hass: HomeAssistant, house: House
) -> None:
    other = await build(hass, *across_the_street(), title="3 Oak Lane")

    await hass.config_entries.async_remove(house.entry.entry_id)
    assert filters() == len(NAMES)

    await hass.config_entries.async_set_disabled_by(
        other.entry.entry_id, ConfigEntryDisabler.USER
    )
    assert filters() == len(NAMES)

    await hass.config_entries.async_remove(other.entry.entry_id)
    assert filters() == 0


async def test_the_log_is_redacted_again_for_a_new_building(
    hass: HomeAssistant, house: House
) -> None:
    await hass.config_entries.async_remove(house.entry.entry_id)
    assert filters() == 0

    await build(hass)

    assert filters() == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
async def test_a_record_that_can_not_be_formatted_is_left_to_logging(
    house: House, name: str
) -> None:
    class Unprintable:
        def __str__(self) -> str:
            raise ZeroDivisionError

    for bad in (record("%s %s", 1), record("%d", "one"), record("%s", Unprintable())):
        before = dict(vars(bad))
        assert logging.getLogger(name).filter(bad)
        assert vars(bad) == before


async def test_the_loggers_that_name_an_address_are_those_that_are_redacted(
    hass: HomeAssistant,
    house: House,
    hass_client: ClientSessionGenerator,
    caplog: pytest.LogCaptureFixture,
) -> None:
    for name in ("aiohttp", "homeassistant.components", "homeassistant.helpers"):
        caplog.set_level(logging.DEBUG, name)
    caplog.set_level(logging.DEBUG, "aiohttp.access")
    sender = Sender(await hass_client())
    token = token_of(house, "Ada")
    caplog.clear()

    answer = await sender.client.get(f"/api/courier_access/personal/{token}")
    assert answer.status == 200
    assert (await sender.client.get(f"/api/webhook/{sender.webhook_id}")).status == 405
    for path, status in (
        (f"/api/courier_access/personal/{token}/../x", 400),
        (f"/api/courier_access/residents/{token}", 401),
        (f"/api/courier_access/personal/{token}\x7f", 400),
    ):
        line = await wire(sender)
        await line.send(f"GET {path} HTTP/1.1\r\nHost: building.example\r\n\r\n")
        assert (await line.answer())[0] == status
        await line.close()
    await arrive()

    assert token not in caplog.text
    assert sender.webhook_id not in caplog.text
    assert {
        record.name
        for record in caplog.records
        if REDACTED in record.getMessage() or REDACTED in (record.exc_text or "")
    } == set(NAMES)


def fail(path: str) -> None:
    raise ValueError(path)


async def test_an_error_of_others_keeps_its_traceback(house: House) -> None:
    kept, quoting = record("kept"), record("quoting")
    for each, path in ((kept, "/api/states"), (quoting, "/api/webhook/secret")):
        try:
            fail(path)
        except ValueError:
            each.exc_info = sys.exc_info()
        assert logging.getLogger("aiohttp.server").filter(each)

    assert kept.exc_info is not None
    shown = logging.Formatter().format(quoting)
    assert "secret" not in shown
    assert f"ValueError: /api/webhook/{REDACTED}" in shown
    assert "in fail" in shown


@given(PREFIXES, TOKENS, st.data())
def test_what_the_router_resolves_to_our_address_is_redacted(
    prefix: str, token: str, data: st.DataObject
) -> None:
    plain = prefix + token
    ways = data.draw(
        st.lists(
            st.sampled_from(("{0}", "%{1:02x}", "%{1:02X}")),
            min_size=len(plain),
            max_size=len(plain),
        )
    )
    path = "".join(
        each if each in "/%" else way.format(each, ord(each))
        for each, way in zip(plain, ways, strict=True)
    )
    route = f"{prefix}{{token}}"
    assert resolved(route, path) == token

    text = redact(f"Filtered a potential harmful request to: {path}")

    assert text.endswith(REDACTED)
    assert token not in unquote(text)


def resolved(route: str, path: str) -> str | None:
    """Return the token that the web server itself reads from a path."""
    resource: Any = web.UrlDispatcher().add_resource(route)
    # aiohttp's parser builds the URL of a request like this.
    url = URL.build(path=path, encoded=True)
    found: dict[str, str] | None = resource._match(url.path_safe)
    return None if found is None else found["token"]


@given(PREFIXES, TOKENS, st.data())
def test_what_decodes_to_our_address_after_any_number_of_times_is_redacted(
    prefix: str, token: str, data: st.DataObject
) -> None:
    path = prefix
    for _ in range(data.draw(st.integers(0, 4))):
        # Each time, also signs and digits of what is encoded already.
        chosen = data.draw(st.sets(st.integers(0, len(path) - 1), max_size=12))
        path = "".join(
            f"%{ord(each):02x}" if place in chosen else each
            for place, each in enumerate(path)
        )

    text = redact(f"Filtered a potential harmful request to: {path}{token}")

    assert token not in text
    assert REDACTED in text


@pytest.mark.parametrize("kind", REPEATED)
def test_a_longer_address_takes_no_more_steps(kind: str) -> None:
    assert steps(lambda: redact(hostile(kind, 8192))) <= steps(
        lambda: redact(hostile(kind, 256))
    )


def steps(call: Callable[[], object]) -> int:
    """Return how many calls are made in one, in Python and in C.

    Neither what only the first call makes, such as a table that all later ones look things up in, is counted, nor what a
    collection of garbage that happens meanwhile calls.
    """
    call()
    made = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    gc.disable()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
        gc.enable()
    return made


def test_each_step_reads_forward_only() -> None:
    patterns = [
        value.pattern
        for value in vars(log_redaction).values()
        if isinstance(value, re.Pattern)
    ]

    assert patterns
    for pattern in patterns:
        without_possessive = re.sub(r"[*+]\+", "", pattern)
        assert not re.search(r"(?<!\\)[*+{]", without_possessive)
