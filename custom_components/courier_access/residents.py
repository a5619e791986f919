"""What callers may do in a resident's name or to the building: checked, then done."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

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


@contextmanager
def ledger_faults_told() -> Iterator[None]:
    """Tell a caller in words when the ledger can't be used: raise HomeAssistantError in its place."""
    try:
        yield
    except LedgerUnavailable as err:
        raise HomeAssistantError(
            translation_domain=DOMAIN, translation_key="ledger_unavailable"
        ) from err


async def async_change_rules(
    building: Building,
    context: Context | None,
    resident: Resident,
    change: Callable[[Rules], Rules],
) -> Rules:
    """Change a resident's rules for whoever calls; only the resident may loosen them (promise 4).

    `change` is handed the rules as they are once all changes before it are on the disk: by any older ones a caller
    who may only restrict could undo a withdrawal that is just being written.

    Raises:
        ServiceValidationError: the caller may not.
        HomeAssistantError: the ledger can't be written.

    """
    async with building.rulebook.turn:
        old = building.rulebook.of(resident.id)
        new = change(old)
        deed = Deed.RESTRICT_RULES if new.restricts(old) else Deed.LOOSEN_RULES
        actor = await async_caller(building, context, deed, resident)
        with ledger_faults_told():
            return await building.rulebook.change(resident, new, Author(user_id=actor.user_id))


async def async_pause(building: Building, context: Context | None) -> None:
    """Halt courier access for whoever calls, for 24 hours (promise 4).

    Raises:
        ServiceValidationError: the caller may not.
        HomeAssistantError: the ledger can't be written.

    """
    actor = await async_caller(building, context, Deed.PAUSE)
    with ledger_faults_told():
        await building.rulebook.pause(Author(user_id=actor.user_id), actor.units)


async def async_resume(building: Building, context: Context | None) -> None:
    """End the building's pauses for whoever calls, and those of their own units.

    Raises:
        ServiceValidationError: the caller may not.
        HomeAssistantError: the ledger can't be written.

    """
    actor = await async_caller(building, context, Deed.RESUME)
    with ledger_faults_told():
        await building.rulebook.resume(Author(user_id=actor.user_id), actor.units)
