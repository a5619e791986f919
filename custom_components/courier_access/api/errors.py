"""Errors that callers are shown, translated."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from ..const import DOMAIN
from ..ledger.ledger import LedgerUnavailable


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return the error for a call that can't be carried out."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


def ledger_unavailable() -> HomeAssistantError:
    """Return the error for a ledger that can't be used."""
    return HomeAssistantError(
        translation_domain=DOMAIN, translation_key="ledger_unavailable"
    )


@contextmanager
def translated_ledger_errors() -> Iterator[None]:
    """Raise HomeAssistantError in place of LedgerUnavailable."""
    try:
        yield
    except LedgerUnavailable as err:
        raise ledger_unavailable() from err
