"""What callers may do in a resident's name or to the building: checked, then done."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
import re
from typing import Final

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.util import dt as dt_util

from ..access.model import (
    Courier,
    Door,
    GrantKey,
    Issuer,
    IssuerKind,
    Resident,
    Rules,
    normal_unit,
)
from ..building.building import Building
from ..building.recovery import seen
from ..const import DOMAIN
from ..grants.by_residents import Delivery, NotIssued
from ..grants.issue import Issue
from ..hass.clock import ClockDoubt
from ..ledger.ledger import LedgerUnavailable
from ..ledger.outbox.expand import Message, NotPassedOn, pass_on, retry_notifications
from ..ledger.state.grants import VETO_APPLIED
from ..ledger.upkeep.clock import accept_clock
from ..residents.pauses import LONGEST_PAUSE
from .permissions import Actor, Permission, Role, async_actor

_IMAGE: Final = re.compile(r"/(api|local|media)/[^\s\\\x00-\x1f\x7f]{1,2000}")
"""Where pictures are that recipients may be shown: an address elsewhere would learn who looks at it."""


async def async_acting(building: Building, context: Context | None) -> Actor:
    """Return who is behind a call, to this building."""
    return await async_actor(
        building.hass, context or Context(), building.residents.values()
    )


def check(
    actor: Actor,
    deed: Permission,
    towards: Resident | None = None,
    unit: str | None = None,
    issuer: str | None = None,
) -> None:
    """See that they may do it: to that resident, that unit, what that user issued, or to the building.

    Raises:
        ServiceValidationError: they may not.

    """
    if not actor.may(deed, towards, unit, issuer):
        raise invalid(f"not_allowed_{deed}")


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
    actor: Actor,
    resident: Resident,
    change: Callable[[Rules], Rules],
) -> Rules:
    """Change a resident's rules; only the resident may loosen them (promise 4).

    `change` is handed the rules as they are once all changes before it are on the disk: by any older ones a caller
    who may only restrict could undo a withdrawal that is just being written.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """

    async def change_in_turn() -> Rules:
        async with building.rulebook.turn:
            old = building.rulebook.of(resident.id)
            new = change(old)
            check(
                actor,
                Permission.RESTRICT_RULES
                if new.restricts(old)
                else Permission.LOOSEN_RULES,
                resident,
            )
            return await building.rulebook.change(resident, new, actor.author)

    return await to_its_end(building, change_in_turn())


async def async_pause(
    building: Building,
    actor: Actor,
    unit: str | None = None,
    until: datetime | None = None,
) -> None:
    """Halt courier access to the building, or to one of the actor's own units, for 24 hours or until then (promise 4).

    Raises:
        ServiceValidationError: the actor may not, or `until` is past or more than 366 days away.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.PAUSE if unit is None else Permission.PAUSE_UNIT, unit=unit)
    if until is not None:
        _check_end(until)
    rulebook = building.rulebook
    await to_its_end(
        building,
        rulebook.pauses.pause(actor.author, actor.units, until)
        if unit is None
        else rulebook.pauses.pause_unit(unit, actor.author, until),
    )


async def async_resume(
    building: Building, actor: Actor, unit: str | None = None
) -> None:
    """End the building's pauses and those of the actor's own units, or only those of one of these (promise 4).

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(
        actor, Permission.RESUME if unit is None else Permission.RESUME_UNIT, unit=unit
    )
    rulebook = building.rulebook
    await to_its_end(
        building,
        rulebook.pauses.resume(actor.author, actor.units)
        if unit is None
        else rulebook.pauses.resume_unit(unit, actor.author),
    )


async def async_veto_grant(
    building: Building, actor: Actor, key: GrantKey, unit: str
) -> None:
    """Take a unit out of a grant for good, whatever revisions come (promise 3).

    Raises:
        ServiceValidationError: the actor may not, or the grant is over or does not concern the unit.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.VETO_GRANT, unit=unit)
    outcome = await to_its_end(building, building.grants.veto(key, unit, actor.author))
    if outcome not in VETO_APPLIED:
        raise invalid("nothing_to_veto")


async def async_issue_grant(
    building: Building, actor: Actor, courier: Courier, door: Door, delivery: Delivery
) -> Issue:
    """Issue a grant in a courier's name for the actor's own units, or for any as the owner.

    It loosens nothing: it is decided by the residents' rules, and announced, like one that the courier sends.

    Raises:
        ServiceValidationError: the actor may not for each of the units, its window can't be had, they have too many
            grants open, or the clock can't be trusted.
        HomeAssistantError: the ledger can't be written.

    """
    units = {normal_unit(unit) for unit in delivery.units}
    for unit in units:
        check(actor, Permission.ISSUE_GRANT, unit=unit)
    assert actor.user_id is not None  # by a link one issues nothing
    kind = IssuerKind.RESIDENT if units.issubset(actor.units) else IssuerKind.OWNER
    issuing = building.house_grants.issue(
        courier, door, delivery, Issuer(kind, actor.user_id)
    )
    try:
        return await to_its_end(building, issuing)
    except NotIssued as refused:
        hours = f"{courier.longest_grant / timedelta(hours=1):g}"
        raise invalid(
            f"grant_{refused.fault}", courier=courier.name, hours=hours
        ) from None


async def async_revoke_grant(building: Building, actor: Actor, key: GrantKey) -> None:
    """Revoke a grant for good: one that the actor issued, or any as the owner or an automation.

    Raises:
        ServiceValidationError: the actor may not, or there is no such grant that is not over.
        HomeAssistantError: the ledger can't be read or written.

    """
    with ledger_faults_told():
        grant = await building.grants.find(key)
    issuer = None if grant is None or grant.issuer is None else grant.issuer.user_id
    check(actor, Permission.REVOKE_GRANT, issuer=issuer)
    if not await to_its_end(building, building.grants.call_off(key, actor.author)):
        raise invalid("nothing_to_revoke")


async def async_notify_recipients(
    building: Building, actor: Actor, entry_id: str, door: Door | None, message: Message
) -> None:
    """Pass a message on to the recipients of an entry, at that door where one is given.

    The caller learns nothing of them, not even whether there are any.

    Raises:
        ServiceValidationError: the actor may not, there is no such entry, it is long ago, its recipients were notified
            too often, or the picture is not on this Home Assistant.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.NOTIFY_RECIPIENTS)
    if message.image is not None and _IMAGE.fullmatch(message.image) is None:
        raise invalid("image_elsewhere")
    deed = partial(
        pass_on,
        entry_id=entry_id,
        door_id=None if door is None else door.id,
        message=message,
        set_revision=building.rulebook.set_revision,
        at=dt_util.utcnow(),
    )

    match await to_its_end(building, building.ledger.write(deed)):
        case NotPassedOn.NO_SUCH_ENTRY:
            raise invalid("no_such_entry")
        case NotPassedOn.TOO_OLD:
            raise invalid("entry_too_old")
        case NotPassedOn.TOO_MANY:
            raise invalid("too_many_messages")


async def async_confirm_resident(
    building: Building, actor: Actor, resident: Resident
) -> None:
    """Confirm a pending resident of the actor's unit (docs/explanation/mechanisms.md#rules-and-schedules).

    A resident who is confirmed already is left unchanged.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.CONFIRM_RESIDENT, resident)

    async def confirm_in_turn() -> None:
        async with building.rulebook.turn:
            await building.rulebook.confirm(resident, actor.author)

    await to_its_end(building, confirm_in_turn())


async def async_renew_link(
    building: Building, actor: Actor, resident: Resident
) -> str | None:
    """Give a resident without a login a new personal link, of which they are told; an earlier one is over.

    Return its token to the resident, and None to the owner: by it one acts as the resident (promise 4).

    Raises:
        ServiceValidationError: the actor may not, or the resident has a login, or had one last.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.RENEW_LINK, resident)
    if resident.user_id is not None:
        raise invalid("link_needs_no_login")
    renewal = building.links.renew(
        resident, actor.author, building.rulebook.set_revision
    )
    token = await to_its_end(building, renewal)
    return token if Role.SELF in actor.roles(resident) else None


async def async_revoke_link(
    building: Building, actor: Actor, resident: Resident
) -> None:
    """Take a resident's personal link away; whoever has it has nothing from then on.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.REVOKE_LINK, resident)
    await to_its_end(building, building.links.revoke(resident, actor.author))


async def to_its_end[T](building: Building, deed: Coroutine[object, object, T]) -> T:
    """Do what is written down, also where the caller is cancelled meanwhile, such as a script that starts anew.

    Else the disk could hold a pause or a withdrawal that memory never learned of, and couriers would come in.
    """
    with ledger_faults_told():
        return await asyncio.shield(building.run(deed, f"{DOMAIN} deed"))


def _check_end(until: datetime) -> None:
    now = dt_util.utcnow()
    if until <= now:
        raise invalid("pause_in_the_past")
    if until > now + LONGEST_PAUSE:
        raise invalid("pause_too_long")


def invalid(key: str, **placeholders: str) -> ServiceValidationError:
    """Return what tells callers that they can't, in the words of that key."""
    return ServiceValidationError(
        translation_domain=DOMAIN,
        translation_key=key,
        translation_placeholders=placeholders or None,
    )


async def async_accept_clock(building: Building, actor: Actor) -> None:
    """Have the time that the clock shows be trusted, whatever later times stand in the record.

    Raises:
        ServiceValidationError: the actor may not, or no clock can be right that shows this time.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.ACCEPT_CLOCK)
    watch = building.clock_watch
    if watch.doubt is ClockDoubt.NOT_SET:
        raise invalid("clock_not_set")
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
    check(actor, Permission.CONFIRM_KEYS)
    await to_its_end(building, building.restore.confirm_keys(actor.author))


async def async_see_ledger_lost(building: Building, actor: Actor) -> None:
    """Take in that the owner has read of a ledger that is lost, and has looked at the couriers' keys.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.SEE_LEDGER_LOST)

    async def see() -> None:
        await building.ledger.write(seen)
        await building.restore.confirm_keys(actor.author)

    await to_its_end(building, see())


async def async_retry_notifications(
    building: Building, actor: Actor, resident_id: str
) -> None:
    """Try at once, and for a day, what could not be told to a resident.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.REPAIR)
    await to_its_end(
        building,
        building.ledger.write(
            lambda transaction: retry_notifications(
                transaction.conn, resident_id, dt_util.utcnow()
            )
        ),
    )
    building.notices.wake()


async def async_invite_again(building: Building, actor: Actor) -> None:
    """Ask those once more for their consent who have decided nothing.

    Raises:
        ServiceValidationError: the actor may not.
        HomeAssistantError: the ledger can't be written.

    """
    check(actor, Permission.REPAIR)
    await to_its_end(building, building.rulebook.invite_anew())
