"""What the forms of drivers' pages send."""

from collections.abc import Container
from dataclasses import dataclass
import re
import secrets
from typing import Final

from ..pages import InvalidForm, form_fields

ONCE: Final = "once"
AGAIN: Final = "again"
CODE: Final = "code"
RING: Final = "ring"
SIGN: Final = "sign"

MOST_TYPED: Final = 64
_ONCE: Final = re.compile(r"[\w-]{22}", re.ASCII)
_ONCE_BYTES: Final = 16


def new_once() -> str:
    """Return a random value by which a form is known, however often it is sent."""
    return secrets.token_urlsafe(_ONCE_BYTES)


def is_once(value: str) -> bool:
    """Return whether a value has the form of a `once`."""
    return _ONCE.fullmatch(value) is not None


@dataclass(frozen=True, slots=True)
class Sent:
    """A submitted form: what is asked for, and what was typed for it."""

    once: str
    asks: str
    typed: str


def read_sent(body: bytes, names: Container[str]) -> Sent:
    """Parse a submitted form, which asks for one of these.

    Raises:
        InvalidForm: no form of the page sends this.

    """
    fields = dict(form_fields(body, 2))
    once = fields.pop(ONCE, "")
    if not is_once(once) or len(fields) != 1:
        raise InvalidForm
    [(asks, typed)] = fields.items()
    if asks not in names or len(typed) > MOST_TYPED:
        raise InvalidForm
    return Sent(once, asks, typed)
