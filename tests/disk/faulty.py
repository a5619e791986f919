"""Shared helper: a building with a real bolt, and what holds while its disk fails."""

from collections.abc import Callable
from dataclasses import dataclass
import logging
from pathlib import Path
from typing import Self

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from tests.ledger.parts import execute
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.verified import verified

AWAY = (
    "ERROR The access log of 12 Elm Street can't be used (locked): "
    "couriers can't enter, and its doors are for use by hand"
)
BACK = "INFO The access log of 12 Elm Street can be used again"


@dataclass(slots=True)
class Faulty:
    """A building whose ledger is about to fail, with a usable grant."""

    house: House
    bolt: Bolt
    sender: Sender
    path: Path
    freezer: FrozenDateTimeFactory

    @classmethod
    async def build(
        cls,
        hass: HomeAssistant,
        client: ClientSessionGenerator,
        freezer: FrozenDateTimeFactory,
    ) -> Self:
        """Set up the building and have a grant accepted."""
        bolt = Bolt()
        house = await build(
            hass, door(opener=await install_bolt(hass, bolt)), courier(), resident()
        )
        assert await async_setup_component(hass, "websocket_api", {})
        assert await async_setup_component(hass, "repairs", {})
        sender = Sender(await client())
        assert (await sender.grant()).body["decision"] == "accepted"
        await house.settle()
        return cls(
            house, bolt, sender, ledger_path(hass, house.entry.entry_id), freezer
        )

    @property
    def hass(self) -> HomeAssistant:
        """Return its Home Assistant."""
        return self.house.hass

    def issues(self) -> list[str]:
        """Return the kinds of the ledger's repair issues."""
        return sorted(
            str(issue.translation_key)
            for (domain, _), issue in ir.async_get(self.hass).issues.items()
            if domain == DOMAIN and str(issue.translation_key).startswith("ledger_")
        )

    def logged(self, caplog: pytest.LogCaptureFixture) -> list[str]:
        """Return what the log says above the level of debugging: of the ledger, or of couriers it keeps out."""
        return [
            f"{record.levelname} {record.getMessage()}"
            for record in caplog.records
            if record.name.startswith(f"custom_components.{DOMAIN}.")
            and record.levelno >= logging.INFO
        ]

    async def unload(self) -> None:
        """Unload the building, as before a restart."""
        await self.house.go_down()

    async def load(self) -> None:
        """Load the building, which never fails."""
        assert await self.hass.config_entries.async_setup(self.house.entry.entry_id)
        await self.house.settle()

    async def do(self, work: Callable[[], object]) -> None:
        """Change the files."""
        await self.hass.async_add_executor_job(work)

    async def execute(self, *statements: str) -> None:
        """Run statements like another program."""
        await self.do(lambda: execute(self.path, *statements))

    async def pass_time(self, *seconds: float) -> None:
        """Let time pass, step by step."""
        for each in seconds:
            await pass_time(self.hass, self.freezer, each)
            await self.house.settle()

    async def stays_shut(self) -> None:
        """Assert that a courier is asked to come again, and the door doesn't move."""
        commands = list(self.bolt.names)
        entered = await self.sender.enter()
        assert (entered.status, entered.problem) == (503, "ledger_unavailable")
        assert int(entered.headers["Retry-After"]) > 0
        assert self.bolt.names == commands

    async def opens_by_hand(self) -> None:
        """Assert that residents can unlock and lock their door by its lock entity."""
        assert self.house.entry.state is ConfigEntryState.LOADED
        for action, state in (("unlock", "unlocked"), ("lock", "locked")):
            await self.hass.services.async_call(
                "lock", action, {"entity_id": "lock.lobby"}, blocking=True
            )
            await self.hass.async_block_till_done()
            assert self.house.door_state() == state

    async def lets_in(self) -> None:
        """Assert that the earlier grant admits, is notified, and that nothing is lost."""
        entered = await self.sender.enter()
        assert (entered.status, entered.body.get("decision")) == (200, "admitted"), (
            entered.body
        )
        await self.house.settle()
        assert self.house.told[-1][0] == "Ada"
        assert (await verified(self.house.building.ledger)).intact
