"""A Home Assistant in this process, on real files and a real port, that can be stopped, killed, and started again."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
import os
from pathlib import Path
import shutil
import sqlite3
from types import MappingProxyType

from aiohttp import ThreadedResolver
from aiohttp.abc import AbstractResolver
from homeassistant import bootstrap, loader
from homeassistant.components import device_tracker
from homeassistant.config_entries import ConfigEntry
from homeassistant.const import EVENT_STATE_CHANGED
from homeassistant.core import (
    Event,
    EventStateChangedData,
    HomeAssistant,
    callback,
)
from homeassistant.helpers import (
    aiohttp_client,
    device_registry as dr,
    entity_registry as er,
)

import custom_components

from ...instance import HOST, free_port
from ...places import INTEGRATION
from .lab_house import DOMAIN as LAB, FURNISH
from .time_machine import Threads

DOMAIN = INTEGRATION.name
ENTRY = "0123456789abcdef0123456789abcdef"
LEDGER = f"{DOMAIN}_{ENTRY}.db"
OUTSIDE = "https://elm.example"
"""The address that residents' links have; here nothing is encrypted on the way."""
PARTS = frozenset({"backup", "binary_sensor", "event", "frontend", "person", "sensor"})
"""What is set up beside what the house needs; Home Assistant's own list has more timers than the house has."""


class Home:
    """The configuration folder and, while it runs, the Home Assistant."""

    def __init__(
        self,
        place: Path,
        threads: Threads,
        furnish: Callable[[HomeAssistant], Awaitable[None]],
        more: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        self._place = place
        self._threads = threads
        self._furnish = furnish
        self._more = more
        self._port = free_port()
        self._starts = 0
        self.hass: HomeAssistant | None = None
        self.folder = place / "0"
        self.state_changes = 0
        self.folder.mkdir()
        # Home Assistant finds the house's own integration there, too.
        custom_components.__path__.append(str(Path(__file__).parent))
        os.environ["SETUP_PORT"] = str(self._port)
        _leave_out()

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{HOST}:{self._port}"

    @property
    def ledger(self) -> Path:
        """The file of the building's ledger."""
        return self.folder / LEDGER

    @property
    def running(self) -> HomeAssistant:
        """The Home Assistant that runs."""
        assert self.hass is not None
        return self.hass

    @property
    def entry(self) -> ConfigEntry[object]:
        """The building's config entry."""
        entry = self.running.config_entries.async_get_entry(ENTRY)
        assert entry is not None
        return entry

    def device(self, part: str) -> str:
        """Return the ID of the device of the building or of one of its parts."""
        registry = dr.async_get(self.running)
        [device_id] = [
            each.id
            for each in dr.async_entries_for_config_entry(registry, ENTRY)
            if (DOMAIN, part) in each.identifiers
        ]
        return device_id

    def entity(self, domain: str) -> str:
        """Return the building's only entity of a domain."""
        registry = er.async_get(self.running)
        [entity_id] = [
            each.entity_id
            for each in er.async_entries_for_config_entry(registry, ENTRY)
            if each.domain == domain and each.disabled_by is None
        ]
        return entity_id

    def _configuration(self) -> dict[str, object]:
        first = {"server_host": [HOST], "server_port": self._port}
        return {
            "homeassistant": {
                "name": "Elm Street",
                "time_zone": "Europe/Paris",
                "internal_url": self.url,
                "external_url": OUTSIDE,
            },
            **{name: {} for name in ("api", "mobile_app", "webhook", "repairs")},
            **({"http": first} if self._starts == 0 else {}),
            LAB: {},
            **self._more,
        }

    async def start(self) -> None:
        """Start Home Assistant as its own runner does."""
        hass = HomeAssistant(str(self.folder))
        hass.config.skip_pip = True
        hass.data[FURNISH] = self._furnish
        loader.async_setup(hass)
        configuration = self._configuration()
        assert await bootstrap.async_from_config_dict(configuration, hass) is hass
        self.hass = hass
        hass.bus.async_listen(EVENT_STATE_CHANGED, self._count)
        await hass.async_start()
        if self._starts == 0:
            await self._keep_port(hass)
        self._starts += 1

    async def _keep_port(self, hass: HomeAssistant) -> None:
        from homeassistant.components.http.config import (  # noqa: PLC0415 - after time is stopped
            async_get_and_load_store,
        )

        store = await async_get_and_load_store(hass)
        if store.pending is not None:
            await store.async_promote_pending()

    @callback
    def _count(self, event: Event[EventStateChangedData]) -> None:
        entry = er.async_get(self.running).async_get(event.data["entity_id"])
        if entry is not None and entry.config_entry_id == ENTRY:
            self.state_changes += 1

    async def stop(self) -> None:
        """Stop it in order."""
        hass, self.hass = self.running, None
        await hass.async_stop(force=True)

    async def kill(self) -> None:
        """Leave everything as the files have it in this moment."""
        while self._threads.are_busy:  # noqa: ASYNC110 - threads set no event
            await asyncio.sleep(0.001)
        killed, before = self.running, self.folder
        self.hass = None
        self.folder = self._place / str(int(before.name) + 1)
        shutil.copytree(before, self.folder, symlinks=True)
        # What it does now, it does in a folder of its own, cut off from all around.
        await killed.async_stop(force=True)
        shutil.rmtree(before)

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """Read the ledger's file as another program would."""
        conn = sqlite3.connect(f"file:{self.ledger}?mode=ro", uri=True)
        try:
            return conn.execute(query, values).fetchall()
        finally:
            conn.close()

    def bytes(self) -> Mapping[str, bytes]:
        """Return all bytes of the ledger's files."""
        return {
            path.name.removeprefix(LEDGER): path.read_bytes()
            for path in sorted(self.folder.glob(f"{DOMAIN}_{ENTRY}*"))
            if not path.name.endswith("-shm")
        }


def _leave_out() -> None:
    """Leave out of Home Assistant what the house doesn't need, has timers every few seconds, or looks around the network."""
    vars(bootstrap)["DEFAULT_INTEGRATIONS"] = set(PARTS)
    vars(aiohttp_client)["_async_make_resolver"] = _make_resolver
    vars(device_tracker)["async_setup_legacy_integration"] = _track_nothing


class _Resolver(ThreadedResolver):
    """The system's own resolver, without Home Assistant's look for names of the local network."""

    async def real_close(self) -> None:
        """Close it as Home Assistant does when it stops."""
        await self.close()


@callback
def _make_resolver(_hass: HomeAssistant) -> AbstractResolver:
    return _Resolver()


async def _track_nothing(*_: object) -> None:
    """Track no devices in the way that is older than config entries."""
