"""Submitted forms of pages."""

from collections.abc import Mapping
from urllib.parse import parse_qsl


class InvalidForm(Exception):
    """Raised if no form of the page sends this."""


def form_fields(body: bytes, most: int) -> Mapping[str, str]:
    """Parse a submitted form with at most so many fields, each of them once.

    Raises:
        InvalidForm: it isn't well-formed.

    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=most,
        )
    except ValueError:
        raise InvalidForm from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise InvalidForm
    return fields
