"""Test that the reference shows each setting as the forms have it."""

from collections.abc import AsyncGenerator

from homeassistant.core import HomeAssistant
import pytest

from tests.support.house import House, build
from tests.support.triggers import Keypad, install_keypad

from .settings import DOCUMENT, document


@pytest.fixture
async def keypad(hass: HomeAssistant) -> AsyncGenerator[Keypad]:
    async with install_keypad(hass) as keypad:
        yield keypad


@pytest.fixture
async def house(hass: HomeAssistant) -> House:
    return await build(hass)


async def test_reference_shows_what_the_forms_have(
    house: House, keypad: Keypad
) -> None:
    """Otherwise, `settings.py` says how to write it again."""
    assert DOCUMENT.read_text("utf-8") == await document(house, keypad)
