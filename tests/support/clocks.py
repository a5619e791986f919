"""The two clocks of a machine for tests: the wall clock, which can be set, and the one that nobody sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import time
from types import SimpleNamespace

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.common import async_fire_time_changed


@dataclass(slots=True)
class Clocks:
    """Sets the wall clock apart from the monotonic one, which Home Assistant's loop goes by."""

    hass: HomeAssistant
    freezer: FrozenDateTimeFactory
    set_by: timedelta = timedelta()
    began: datetime = field(default_factory=dt_util.utcnow)

    @classmethod
    def take_over(
        cls,
        hass: HomeAssistant,
        freezer: FrozenDateTimeFactory,
        monkeypatch: pytest.MonkeyPatch,
    ) -> Clocks:
        """Let the loop, and what compares the clocks, go by these; a stopped wall clock moves both."""
        clocks = cls(hass, freezer)
        freezer.move_to(clocks.began)
        monkeypatch.setattr(hass.loop, "time", clocks.monotonic)
        monkeypatch.setattr(
            "custom_components.courier_access.web.webhook.time",
            SimpleNamespace(
                monotonic_ns=lambda: int(clocks.monotonic() * 1_000_000_000)
            ),
        )
        return clocks

    def monotonic(self) -> float:
        """Return the seconds that have really passed."""
        return 1000 + (datetime.now(UTC) - self.set_by - self.began).total_seconds()

    def set_wall(self, by: timedelta) -> None:
        """Set the wall clock while no time passes, and let nothing else happen yet."""
        self.set_by += by
        self.freezer.move_to(dt_util.utcnow() + by)

    async def step(self, by: timedelta) -> None:
        """Set the wall clock while no time passes, and let happen what is to happen now."""
        self.set_wall(by)
        await self.pass_time(timedelta())

    async def pass_time(self, by: timedelta) -> None:
        """Let time pass on both clocks, and what was waiting for it happen."""
        self.freezer.move_to(dt_util.utcnow() + by)
        async_fire_time_changed(self.hass)
        await self.hass.async_block_till_done(wait_background_tasks=True)


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """Give the machine itself a time zone, as its operating system or a container's TZ would."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        try:
            yield
        finally:
            patch.undo()
            time.tzset()
