"""Test that the reference shows the notifications as they are written."""

from custom_components.courier_access.ledger.queue import NotificationKind

from .reference import DOCUMENT, document


def test_reference_shows_what_the_translations_give() -> None:
    """Otherwise, `reference.py` says how to write it again."""
    shown = DOCUMENT.read_text("utf-8")

    assert shown == document()
    assert all(f"| `{kind}` |" in shown for kind in NotificationKind)
