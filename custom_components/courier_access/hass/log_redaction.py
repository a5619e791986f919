"""Keep the tokens in this integration's addresses out of Home Assistant's log."""

import logging
import re
import traceback
from typing import Final
from urllib.parse import unquote

from homeassistant.const import EVENT_HOMEASSISTANT_CLOSE
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


@callback
def async_redact_log(hass: HomeAssistant) -> None:
    """Redact addresses in the log until Home Assistant stops."""
    loggers = [logging.getLogger(name) for name in LOGGERS]
    for logger in loggers:
        logger.addFilter(_REDACTION)

    @callback
    def remove(_: Event) -> None:
        for logger in loggers:
            logger.removeFilter(_REDACTION)

    hass.bus.async_listen_once(EVENT_HOMEASSISTANT_CLOSE, remove)


def redact(text: str) -> str:
    """Return the text with the tokens in addresses redacted, however encoded."""
    return _WORD.sub(_redacted, text)


def _redacted(word: re.Match[str]) -> str:
    plain = word[0]
    while (decoded := unquote(plain)) != plain:
        plain = decoded
    address = _ADDRESS.search(plain)
    return word[0] if address is None else f"{address[0].lower()}{REDACTED}"
