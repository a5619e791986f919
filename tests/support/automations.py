"""Automations for tests: real ones, each of which says when it ran."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from homeassistant.core import Event, HomeAssistant, callback
from homeassistant.setup import async_setup_component

from custom_components.courier_access.const import DOMAIN

_RAN = "automation_of_a_test_ran"

type Config = Mapping[str, Any]


def begins(trigger: str, target: Config, **options: Any) -> Config:
    """Describe one of our triggers as an automation has it."""
    return {
        "trigger": f"{DOMAIN}.{trigger}",
        "target": dict(target),
        "options": options,
    }


def asks(condition: str, target: Config, **options: Any) -> Config:
    """Describe one of our conditions as an automation has it."""
    return {
        "condition": f"{DOMAIN}.{condition}",
        "target": dict(target),
        "options": options,
    }


@dataclass(slots=True)
class Automations:
    """The automations of a Home Assistant, by name, and which of them ran."""

    ran: list[str] = field(default_factory=list)
    events: list[Event[dict[str, Any]]] = field(default_factory=list)

    @classmethod
    async def set_up(
        cls,
        hass: HomeAssistant,
        begin: Mapping[str, Config],
        conditions: Config | None = None,
    ) -> Self:
        """Set one up a trigger, all with these conditions."""
        automations = cls()

        @callback
        def take(event: Event[dict[str, Any]]) -> None:
            automations.ran.append(event.data["name"])
            automations.events.append(event)

        hass.bus.async_listen(_RAN, take)
        configured = [
            {
                "id": name,
                "alias": name,
                "mode": "queued",
                "triggers": trigger,
                "conditions": [] if conditions is None else conditions,
                "actions": {
                    "event": _RAN,
                    "event_data": {"name": name},
                    "event_data_template": {
                        "courier": "{{ trigger.to_state.attributes.get('courier') }}"
                    },
                },
            }
            for name, trigger in begin.items()
        ]
        assert await async_setup_component(
            hass, "automation", {"automation": configured}
        )
        await hass.async_block_till_done()
        return automations

    def take(self) -> list[str]:
        """Return which ran since the last look, in their order."""
        ran, self.ran = self.ran, []
        return ran
