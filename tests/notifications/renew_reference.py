"""Write the texts of `docs/reference/notifications.md` from the translations."""

from .reference import DOCUMENT, document


def test_renewal() -> None:
    DOCUMENT.write_text(document(), "utf-8")
