"""Write what an administrator changed about courier access."""

from collections.abc import Mapping
from typing import Final

import orjson

from .deliveries import joined

_MOST_OF_A_NAME: Final = 64
"""The most characters of a name: a push that is too long never arrives."""


def changes_text(texts: Mapping[str, str], details: Mapping[str, str]) -> str:
    """Return the changes that a notification is about."""
    changes = [
        texts[f"changed_{each['what']}"].format_map(
            {name: _shorten(value) for name, value in each.items()}
        )
        for each in orjson.loads(details["changes"])
    ]
    return texts["configuration_changed"].format(changes=joined(texts, changes))


def _shorten(name: str) -> str:
    return name if len(name) <= _MOST_OF_A_NAME else f"{name[:_MOST_OF_A_NAME]}…"
