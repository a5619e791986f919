"""What else is at the door and in the house, over MQTT: the relay of another way in, and parcel accounts."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
import json

from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion

from ...answers import Record
from ...instance import HOST

ACCOUNTS = 5
PULSE_SECONDS = 0.3
_BASE = "courier_access_lab"


@dataclass(slots=True)
class Devices:
    """Devices at a broker's port, which Home Assistant finds by discovery.

    `uses` are the times at which the relay let somebody in.
    """

    port: int
    cool_down: int = 5
    uses: list[datetime] = field(default_factory=list)
    _client: Client = field(default_factory=lambda: Client(CallbackAPIVersion.VERSION2))

    @property
    def relay(self) -> str:
        """What Home Assistant calls the relay."""
        return "binary_sensor.key_relay"

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[None]:
        """Be there."""
        ready, loop = asyncio.Event(), asyncio.get_running_loop()

        def connected(*_rest: object) -> None:
            self._introduce()
            loop.call_soon_threadsafe(ready.set)

        self._client.on_connect = connected
        self._client.connect_async(HOST, self.port)
        self._client.loop_start()
        try:
            async with asyncio.timeout(10):
                await ready.wait()
            yield
        finally:
            self._client.disconnect()
            await asyncio.to_thread(self._client.loop_stop)

    async def let_in(self) -> datetime:
        """Let somebody in by the relay; return when."""
        at = datetime.now(UTC)
        self.uses.append(at)
        self._say("ON")
        await asyncio.sleep(PULSE_SECONDS)
        self._say("OFF")
        return at

    @property
    def feeds(self) -> tuple[str, ...]:
        """What Home Assistant calls the accounts' lists of parcels."""
        return tuple(f"sensor.parcels_{number}" for number in range(ACCOUNTS))

    def report(self, feed: str, numbers: Iterable[str]) -> None:
        """Let an account list these parcels as out for delivery."""
        parcels = [
            {
                "carrier": "DHL",
                "barcode": number,
                "status": "out_for_delivery",
                "delivered": False,
                "planned_from": None,
                "planned_to": None,
                "pickup": False,
                "pickup_point": None,
            }
            for number in numbers
        ]
        base = f"{_BASE}/{feed.removeprefix('sensor.')}"
        listed = json.dumps({"parcels": parcels})
        self._client.publish(f"{base}/list", listed, 1, retain=True)
        self._client.publish(f"{base}/state", str(len(parcels)), 1, retain=True)

    def _say(self, state: str) -> None:
        # Who comes later hears that it is off: a use is said once.
        self._client.publish(f"{_BASE}/relay/state", state, 1, retain=state == "OFF")

    def _introduce(self) -> None:
        self._discover(
            "binary_sensor",
            "key_relay",
            "Key relay",
            {"state_topic": f"{_BASE}/relay/state"},
        )
        for number in range(ACCOUNTS):
            self._discover(
                "sensor",
                f"parcels_{number}",
                f"Parcels {number}",
                {
                    "unique_id": f"{_BASE}_{number}_incoming_parcels",
                    "state_topic": f"{_BASE}/parcels_{number}/state",
                    "json_attributes_topic": f"{_BASE}/parcels_{number}/list",
                },
            )
        self._say("OFF")

    def _discover(self, kind: str, what: str, name: str, more: Record) -> None:
        discovery = {
            "name": None,
            "unique_id": f"{_BASE}_{what}",
            "default_entity_id": f"{kind}.{what}",
            "device": {"identifiers": [f"{_BASE}/{what}"], "name": name},
            **more,
        }
        topic = f"homeassistant/{kind}/{what}/config"
        self._client.publish(topic, json.dumps(discovery), 1, retain=True)
