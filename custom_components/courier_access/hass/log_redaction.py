"""Keep the tokens in this integration's addresses out of Home Assistant's log."""

from collections.abc import Iterator
import logging
import re
import traceback
from typing import Final
from urllib.parse import unquote

from homeassistant.const import CONF_WEBHOOK_ID, EVENT_HOMEASSISTANT_CLOSE
from homeassistant.core import Event, HomeAssistant, callback

from ..const import DOMAIN

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

_ADDRESS: Final = re.compile(rf"/api/(?:{DOMAIN}|webhook)/", re.IGNORECASE)
_WORD: Final = re.compile(r"\S+")
_EMPTY: Final = re.compile(r"/(?:\.?/)+")
_UP: Final = re.compile(r"/(?!\.\./)[^/]+/\.\.(?=/)")

WEBHOOK_LOGGER: Final = "homeassistant.components.webhook"
"""The logger that names a webhook by its id alone."""


class _Redaction(logging.Filter):
    """Redacts the addresses in every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if (redacted := redact(message)) != message:
            record.msg, record.args = redacted, ()
            # The access log repeats the request line here.
            record.__dict__.pop("first_request_line", None)
        if record.exc_info:
            # The error for a malformed request quotes the request.
            trace = "".join(traceback.format_exception(*record.exc_info))
            if (redacted := redact(trace)) != trace:
                record.exc_info, record.exc_text = None, redacted
        return True


_REDACTION: Final = _Redaction()


class _IdRedaction(logging.Filter):
    """Redact couriers' webhook ids in every record, and let it pass."""

    def __init__(self, hass: HomeAssistant) -> None:
        super().__init__()
        self._hass = hass

    def filter(self, record: logging.LogRecord) -> bool:
        message = redacted = record.getMessage()
        for entry in self._hass.config_entries.async_entries(DOMAIN):
            for subentry in entry.subentries.values():
                if webhook_id := subentry.data.get(CONF_WEBHOOK_ID):
                    redacted = redacted.replace(webhook_id, REDACTED)
        if redacted != message:
            record.msg, record.args = redacted, ()
        return True


@callback
def async_redact_log(hass: HomeAssistant) -> None:
    """Redact addresses in the log until Home Assistant stops."""
    filters: dict[str, logging.Filter] = dict.fromkeys(LOGGERS, _REDACTION)
    filters[WEBHOOK_LOGGER] = _IdRedaction(hass)
    for name, redaction in filters.items():
        logging.getLogger(name).addFilter(redaction)

    @callback
    def remove(_: Event) -> None:
        for name, redaction in filters.items():
            logging.getLogger(name).removeFilter(redaction)

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, remove)


def redact(text: str) -> str:
    """Return the text with the tokens in addresses redacted, however encoded."""
    return _WORD.sub(_redacted, text)


def _redacted(word: re.Match[str]) -> str:
    plain = word[0]
    while (decoded := unquote(plain)) != plain:
        plain = decoded
    for path in _resolved(plain):
        if (address := _ADDRESS.search(path)) is not None:
            return f"{address[0].lower()}{REDACTED}"
    return word[0]


def _resolved(path: str) -> Iterator[str]:
    """Yield a path with fewer and fewer detours: separators, then dot segments."""
    yield path
    path = _EMPTY.sub("/", path.replace("\\", "/"))
    yield path
    while (shorter := _UP.sub("", path, count=1)) != path:
        path = shorter
        yield path
