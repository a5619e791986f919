"""Write the tables of `docs/reference/settings.md` from the forms."""

from tests.support.house import House
from tests.support.triggers import Keypad

from .settings import DOCUMENT, document
from .test_settings import house, keypad

__all__ = ["house", "keypad"]


async def test_renewal(house: House, keypad: Keypad) -> None:
    DOCUMENT.write_text(await document(house, keypad), "utf-8")
