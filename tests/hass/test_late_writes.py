"""Test when late writes and pressed buttons are tried again."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.hass.host import Host
from custom_components.courier_access.hass.late_writes import (
    TRY_AGAIN_AFTER,
    LateWrites,
)
from custom_components.courier_access.ledger.ledger import Ledger, LedgerUnavailable


class Presses:
    """Pressed buttons that can be acted on only while the ledger is there."""

    may_hold_a_no = False
    is_there = False
    tries = 0

    def start(self, take: Callable[[], object]) -> None:
        """Nothing is pressed."""

    def stop(self) -> None:
        """Nothing is kept."""

    async def work_off(self) -> None:
        """Act on what was pressed, if that can be done."""
        self.tries += 1
        if not self.is_there:
            raise LedgerUnavailable("closed")


async def test_pauses_between_tries_start_over_after_a_success(
    hass: HomeAssistant, tmp_path: Path, freezer: FrozenDateTimeFactory
) -> None:
    presses = Presses()
    host = Host(hass, MockConfigEntry(domain=DOMAIN))
    writes = LateWrites(host, Ledger(tmp_path / "building.db"), presses)
    writes.listen()
    for _ in TRY_AGAIN_AFTER:
        with pytest.raises(LedgerUnavailable):
            await writes.catch_up()
    presses.is_there = True
    await writes.catch_up()
    presses.is_there = False
    with pytest.raises(LedgerUnavailable):
        await writes.catch_up()
    tries = presses.tries

    freezer.tick(timedelta(seconds=TRY_AGAIN_AFTER[0] + 1))
    async_fire_time_changed(hass)
    await hass.async_block_till_done()

    assert presses.tries == tries + 1
    presses.is_there = True
    await writes.async_stop()
