"""What callers may do in a resident's name or to the building: checked, then done."""

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError

from .access.model import Resident, Rules
from .building import Building
from .const import DOMAIN
from .ledger.ledger import LedgerUnavailable
from .ledger.rules import Author
from .permissions import Actor, Deed, async_actor


async def async_caller(
    building: Building, context: Context | None, deed: Deed, towards: Resident | None = None
) -> Actor:
    """Return who calls, if they may do that.

    Raises:
        ServiceValidationError: they may not.

    """
    actor = await async_actor(building.hass, context or Context(), building.residents.values())
    if not actor.may(deed, towards):
        raise ServiceValidationError(
            translation_domain=DOMAIN, translation_key=f"not_allowed_{deed}"
        )
    return actor


async def async_change_rules(
    building: Building, context: Context | None, resident: Resident, new: Rules
) -> Rules:
    """Change a resident's rules for whoever calls; only the resident may loosen them (promise 4).

    Raises:
        ServiceValidationError: the caller may not.
        HomeAssistantError: the ledger can't be written.

    """
    old = building.rulebook.of(resident.id)
    deed = Deed.RESTRICT_RULES if new.restricts(old) else Deed.LOOSEN_RULES
    actor = await async_caller(building, context, deed, resident)
    try:
        return await building.rulebook.change(resident, new, Author(user_id=actor.user_id))
    except LedgerUnavailable as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="ledger_unavailable"
        ) from err
