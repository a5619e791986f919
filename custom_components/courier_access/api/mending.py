"""What an owner does about what a building shows in the repairs: checked, then done."""

from functools import partial

from homeassistant.util import dt as dt_util

from ..building.building import Building
from ..building.recovery import seen
from ..hass.clock import ClockDoubt
from ..ledger.outbox.expand import retry_notifications
from ..ledger.upkeep.clock import accept_clock
from .commands import check, to_its_end, wrong
from .permissions import Actor, Deed


async def async_accept_clock(building: Building, actor: Actor) -> None:
    """Have the time that the clock shows be trusted, whatever later times stand in the record.

    Raises:
        ServiceValidationError: the actor may not, or no clock can be right that shows this time.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Deed.ACCEPT_CLOCK)
    watch = building.clock_watch
    if watch.doubt is ClockDoubt.NOT_SET:
        raise wrong("clock_not_set")
    if not watch.is_trusted:
        deed = partial(accept_clock, at=dt_util.utcnow(), by=actor.author.decided_by)
        await to_its_end(building, building.ledger.write(deed))
        await building.restore.look_again()
        watch.look()


async def async_confirm_keys(building: Building, actor: Actor) -> None:
    """Let couriers come again after a restore: their keys have been looked at.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Deed.CONFIRM_KEYS)
    await to_its_end(building, building.restore.confirm_keys(actor.author))


async def async_see_ledger_lost(building: Building, actor: Actor) -> None:
    """Take in that the owner has read of a ledger that is lost, and has looked at the couriers' keys.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Deed.SEE_LEDGER_LOST)

    async def see() -> None:
        await building.ledger.write(seen)
        await building.restore.confirm_keys(actor.author)

    await to_its_end(building, see())


async def async_try_anew(building: Building, actor: Actor, resident_id: str) -> None:
    """Try at once, and for a day, what could not be told to a resident.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Deed.REPAIR)
    await to_its_end(
        building,
        building.ledger.write(
            lambda transaction: retry_notifications(transaction.conn, resident_id, dt_util.utcnow())
        ),
    )
    building.notices.wake()


async def async_invite_anew(building: Building, actor: Actor) -> None:
    """Ask those once more for their consent who have decided nothing.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Deed.REPAIR)
    await to_its_end(building, building.rulebook.invite_anew())
