"""Keep the tokens in this integration's addresses out of Home Assistant's log."""

from collections.abc import Callable
from contextlib import suppress
import logging
import re
from typing import Final, override

from homeassistant.const import CONF_WEBHOOK_ID, EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant, callback

from ..const import DOMAIN
from .callbacks import listen_to_buildings

REDACTED: Final = "**REDACTED**"
LOGGERS: Final = (
    "aiohttp.access",
    "aiohttp.server",
    "homeassistant.components.http.auth",
    "homeassistant.components.http.ban",
    "homeassistant.components.http.security_filter",
    "homeassistant.helpers.http",
)
"""Loggers of request addresses; the security filter and login ban log warnings."""

WEBHOOK_LOGGER: Final = "homeassistant.components.webhook"
"""The logger that names a webhook by its id alone."""

_PERCENT: Final = "%(?:25)*+"
"""A percent sign, however many times it's encoded."""

_FORMATTER: Final = logging.Formatter()


def _encoded(text: str) -> str:
    """Return a pattern for a text whose letters may be encoded any number of times."""
    return "".join(
        f"(?:{re.escape(each)}|{_PERCENT}(?:{ord(each):x}|{ord(each.upper()):x}))"
        for each in text
    )


def _after_slash(path: str) -> str:
    """Return a pattern for a slash and a path, or for what could decode to them."""
    # Nobody encodes the digits of an encoded character, but they could spell anything.
    digits = rf"[\da-f]?{_PERCENT}(?:3\d|[46][1-6])"
    return rf"(?:[/\\]{path}|{_PERCENT}(?:(?:2f|5c){path}|{digits}))"


_SLASH: Final = rf"(?:[/\\]|{_PERCENT}(?:2f|5c))"
# Anybody on the internet chooses the text, and the event loop waits. So no quantifier
# gives anything back: each character is read a fixed number of times.
_ADDRESS: Final = re.compile(
    rf"{_after_slash(_encoded('api') + f'(?={_SLASH})')}\S++", re.ASCII | re.IGNORECASE
)
# Between this and the former may be detours, such as "/./" or "/x/../".
_BEFORE_TOKEN: Final = re.compile(
    _after_slash(f"(?:{_encoded(DOMAIN)}|{_encoded('webhook')}){_SLASH}"),
    re.ASCII | re.IGNORECASE,
)


def redact(text: str) -> str:
    return _ADDRESS.sub(_redacted, text)


def _redacted(address: re.Match[str]) -> str:
    text = address[0]
    found = _BEFORE_TOKEN.search(text)
    return text if found is None else f"{text[: found.end()]}{REDACTED}"


class _Redaction(logging.Filter):
    """Redacts every log record, and lets it pass."""

    def __init__(self, redacted: Callable[[str], str]) -> None:
        super().__init__()
        self._redacted = redacted

    @override
    def filter(self, record: logging.LogRecord) -> bool:
        # This runs in others' code. Logging reports what can't be formatted by itself.
        with suppress(Exception):
            self._redact(record)
        return True

    def _redact(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if (redacted := self._redacted(message)) != message:
            record.msg, record.args = redacted, ()
            # The access log repeats the request line here.
            record.__dict__.pop("first_request_line", None)
        if record.exc_info:
            # The error for a malformed request quotes the request.
            trace = _FORMATTER.formatException(record.exc_info)
            if (redacted := self._redacted(trace)) != trace:
                record.exc_info = None
            # Formatters take this instead of formatting the error again.
            record.exc_text = redacted


def async_redact_log(hass: HomeAssistant) -> None:
    """Redact addresses in the log as long as there is a building."""

    def without_ids(text: str) -> str:
        for entry in hass.config_entries.async_entries(DOMAIN):
            for subentry in entry.subentries.values():
                if webhook_id := subentry.data.get(CONF_WEBHOOK_ID):
                    text = text.replace(webhook_id, REDACTED)
        return text

    filters: dict[str, logging.Filter] = dict.fromkeys(LOGGERS, _Redaction(redact))
    filters[WEBHOOK_LOGGER] = _Redaction(without_ids)

    def set_filters(*, are_on: bool) -> None:
        for name, redaction in filters.items():
            logger = logging.getLogger(name)
            (logger.addFilter if are_on else logger.removeFilter)(redaction)

    def follow(*_: object) -> None:
        # A disabled building's addresses still open something once it's enabled.
        set_filters(are_on=bool(hass.config_entries.async_entries(DOMAIN)))

    @callback
    def closed(_: Event) -> None:
        unfollow()
        set_filters(are_on=False)

    follow()
    unfollow = listen_to_buildings(hass, follow)
    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, closed)
