"""Where a tap on a push leads: the entity at which a resident with an account reads or decides more."""

from typing import Final

from homeassistant.const import Platform
from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from .const import DOMAIN
from .ledger.owed import FanoutKind

_ON_CONSENT: Final = frozenset(
    {
        FanoutKind.CONSENT_INVITED,
        FanoutKind.CONSENT_WITHDRAWN,
        FanoutKind.DECIDED_ON_PAPER,
        FanoutKind.RESIDENT_CHANGED,
    }
)
_ON_PAUSES: Final = frozenset(
    {
        FanoutKind.ACCESS_PAUSED,
        FanoutKind.ACCESS_RESUMED,
        FanoutKind.UNIT_PAUSED,
        FanoutKind.UNIT_RESUMED,
    }
)


def link_into_home_assistant(
    hass: HomeAssistant, entry_id: str, resident_id: str, kind: FanoutKind
) -> str | None:
    """Return the path of the front end that shows what such a notice is about, None where nothing does.

    In a building of several households a resident's own switch is disabled unless the owner enabled it.
    """
    pause = (Platform.SWITCH, f"{entry_id}_courier_access")
    if kind in _ON_CONSENT:
        places = [(Platform.SWITCH, f"{resident_id}_deliveries"), pause]
    elif kind in _ON_PAUSES:
        places = [pause]
    else:
        places = [(Platform.CALENDAR, f"{entry_id}_expected_deliveries")]
    registry = er.async_get(hass)
    for platform, unique_id in places:
        entity_id = registry.async_get_entity_id(platform, DOMAIN, unique_id)
        if entity_id is not None and not registry.entities[entity_id].disabled:
            return f"/?more-info-entity-id={entity_id}"
    return None
