"""What people can do to rules, grants, residents, couriers, and the building."""

from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
import json
import secrets
import time
from typing import Any, Final, NamedTuple

from aiohttp import ClientError, ClientResponse, ClientSSLError, ClientTimeout, hdrs
from homeassistant.core import HomeAssistant
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.translation import async_get_translations
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.model import (
    Answer,
    Courier,
    Door,
    Grant,
    GrantKey,
    Issuer,
    IssuerKind,
    Reason,
    Resident,
    Rules,
    gives_consent,
    normal_unit,
)
from ..access.rates import Rates
from ..building.building import Building
from ..building.ledger_health import note_loss_seen
from ..const import CONF_CLOUDHOOK_URL, CONF_WEBHOOK_ID, DOMAIN
from ..contract.messages import MessageType
from ..contract.replies import DECISION_CONTENT_TYPE, Problem
from ..contract.signature import ID_HEADER, Version, sign
from ..couriers.addresses import Addresses, AddressProblem
from ..couriers.inbox import courier_activity
from ..couriers.keys import CourierKeys
from ..grants.by_residents import Delivery, NotIssued
from ..grants.issue import Issue
from ..home_assistant.callbacks import entity_id_of
from ..home_assistant.clock import ClockDoubt
from ..ledger.outbox.due import retry_notifications
from ..ledger.outbox.fanout import IMAGE, Message, NotPassedOn, pass_on
from ..ledger.state.consent_texts import ConsentText
from ..ledger.upkeep.purge import accept_clock
from ..residents.directory import with_hours
from ..residents.rulebook import LONGEST_PAUSE
from .consent import async_read_text
from .lookup import (
    invalid,
    named_courier,
    no_such_courier,
    on_wall_clock,
    translated_ledger_errors,
)
from .permissions import Actor, Permission, Role
from .schemas import (
    MOST_LINKED,
    InvalidRules,
    change_view,
    fault_view,
    read_revision,
    read_rules,
    read_week,
    rules_view,
)


async def finish[T](building: Building, work: Coroutine[object, object, T]) -> T:
    """Complete the work even if the caller is canceled, such as a restarted script.

    Otherwise, the disk could hold a pause that memory doesn't know, and couriers
    would be admitted.
    """
    with translated_ledger_errors():
        return await building.host.complete(work, f"{DOMAIN} command")


async def finish_in_turn[T](
    building: Building, work: Coroutine[object, object, T]
) -> T:
    """Complete the work when nobody else changes the rules, or what hangs on them."""

    async def work_in_turn() -> T:
        async with building.rulebook.turn:
            return await work

    return await finish(building, work_in_turn())


def get_rules(building: Building, actor: Actor, resident: Resident) -> JsonObjectType:
    """Return a resident's rules."""
    actor.check(Permission.READ_RULES, resident)
    return rules_view(building, resident, building.rulebook.of(resident.id))


async def async_set_rules(
    building: Building, actor: Actor, resident: Resident, given: Mapping[str, Any]
) -> JsonObjectType:
    """Change a resident's rules by the given fields of `RULES_FIELDS` and `OPEN_ONCE`."""
    # Checked first: faults and the revision are only for people who may restrict. Times
    # that are open already change nothing, which others would see.
    opens = "open_once" in given
    actor.check(
        Permission.LOOSEN_RULES if opens else Permission.RESTRICT_RULES, resident
    )
    change = read_rules(building, resident, given)
    rules, is_asked = await async_change_rules(
        building,
        actor,
        resident,
        change,
        await async_read_text(building, resident, given),
    )
    view = change_view(building, actor, resident, rules)
    return {**view, "consent_asked": True} if is_asked else view


async def async_check_rules(
    building: Building,
    actor: Actor,
    resident: Resident,
    given: Mapping[str, Any],
    language: str,
) -> list[JsonValueType]:
    """Return all faults of rules in a language, without setting the rules."""
    actor.check(Permission.RESTRICT_RULES, resident)
    try:
        read_rules(building, resident, given)
    except InvalidRules as err:
        texts = await async_get_translations(
            building.hass, language, "exceptions", [DOMAIN]
        )
        return [fault_view(fault, texts) for fault in err.faults]
    return []


class Changed(NamedTuple):
    """Changed rules, and whether their resident is asked for their consent."""

    rules: Rules
    is_asked: bool = False


async def async_change_rules(
    building: Building,
    actor: Actor,
    resident: Resident,
    change: Callable[[Rules], Rules],
    text: ConsentText | None = None,
) -> Changed:
    """Change a resident's rules; only the resident may loosen them (promise 4).

    Without a `text` that the resident read, a new consent isn't given: they are asked for
    it on their own phone. All else is changed.
    """

    async def change_current() -> Changed:
        # Read in turn: with older rules, a caller who may only restrict could undo a
        # withdrawal that is just being written.
        old = building.rulebook.of(resident.id)
        new = change(old)
        if not actor.may(Permission.READ_RULES, resident):
            # They can't repeat what the resident's lists already say.
            new = replace(
                new,
                couriers={**old.couriers, **new.couriers},
                proofs={**old.proofs, **new.proofs},
                only_while=_joined(old.only_while, new.only_while),
                never_while=_joined(old.never_while, new.never_while),
            )
        elif not actor.may(Permission.LOOSEN_RULES, resident):
            _check_none_dropped(building, old, new)
        actor.check(
            Permission.RESTRICT_RULES
            if new.restricts(old)
            else Permission.LOOSEN_RULES,
            resident,
        )
        is_given = gives_consent(new, old)
        is_asked = is_given and text is None
        if is_asked:
            new = replace(new, consent=old.consent)
        agreed = text if is_given else None
        rules = await building.rulebook.change(resident, new, actor.author, agreed)
        if is_asked:
            await _ask_for_consent(building, actor, resident, is_all=rules == old)
        return Changed(rules, is_asked)

    return await finish_in_turn(building, change_current())


async def _ask_for_consent(
    building: Building, actor: Actor, resident: Resident, *, is_all: bool
) -> None:
    """Ask on a resident's own phone; without one, raise an error that says what was kept."""
    if building.consents.can_ask(resident):
        await building.consents.ask(resident, actor.author)
    elif is_all:
        raise invalid("consent_needs_app")
    else:
        raise invalid("consent_needs_app_rest")


def _joined(own: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """Return what a resident links and what somebody adds; none clears the list."""
    joined = tuple(dict.fromkeys((*own, *given))) if given else ()
    if len(joined) > MOST_LINKED:
        raise invalid("rules_too_many_entities", most=str(MOST_LINKED))
    return joined


def _check_none_dropped(building: Building, old: Rules, new: Rules) -> None:
    """Raise ServiceValidationError with the linked entities that new lists leave out."""
    dropped = [
        *(each for each in old.only_while if each not in new.only_while),
        *(each for each in old.never_while if each not in new.never_while),
    ]
    if dropped:
        names = (entity_id_of(building.hass, each) or each for each in dropped)
        raise invalid("not_allowed_drop_entities", entities=", ".join(names))


def set_hours(building: Building, actor: Actor, windows: Mapping[str, object]) -> None:
    """Set the building's own hours; no windows mean no such hours."""
    actor.check(Permission.SET_HOURS)
    options = with_hours(building.entry.options, read_week(windows))
    building.hass.config_entries.async_update_entry(building.entry, options=options)


async def async_set_note(
    building: Building, actor: Actor, unit: str, note: str
) -> None:
    """Set what drivers read for one of the actor's own homes, and only there."""
    actor.check(Permission.SET_NOTE, unit)
    own = next(one for one in actor.residents if one.unit == unit and one.is_confirmed)
    await finish_in_turn(building, building.rulebook.set_note(own, note, actor.author))


async def async_choose_erasure(
    building: Building, actor: Actor, resident: Resident, days: int | None
) -> None:
    """Choose after how many days details of visits to one's own home are erased.

    None leaves it to the building. A pending resident can't erase what others see.
    """
    actor.check(Permission.CHOOSE_ERASURE, resident)
    if not resident.is_confirmed:
        raise invalid(f"not_allowed_{Permission.CHOOSE_ERASURE}")
    await finish_in_turn(
        building, building.rulebook.choose_erasure(resident, days, actor.author)
    )


async def async_choose_fleet_visits(
    building: Building, actor: Actor, resident: Resident, *, objects: bool
) -> None:
    """Choose whether visits to one's own home are left out of what goes to the fleet.

    A pending resident chooses nothing for others.
    """
    actor.check(Permission.CHOOSE_FLEET_VISITS, resident)
    if not resident.is_confirmed:
        raise invalid(f"not_allowed_{Permission.CHOOSE_FLEET_VISITS}")
    visits = building.rulebook.fleet_visits
    await finish_in_turn(
        building, visits.choose(resident, actor.author, objects=objects)
    )


async def async_pause(
    building: Building,
    actor: Actor,
    unit: str | None = None,
    until: datetime | None = None,
) -> None:
    """Pause courier access to the building or a unit, by default for 24 hours."""
    actor.check(Permission.PAUSE if unit is None else Permission.PAUSE_UNIT, unit)
    # A step of the clock that isn't noticed yet would be one of the pause, too.
    building.clock_watch.check()
    if until is not None:
        until, now = on_wall_clock(building, until), dt_util.utcnow()
        if until <= now:
            raise invalid("pause_in_the_past")
        if until > now + LONGEST_PAUSE:
            raise invalid("pause_too_long")
    pauses = building.rulebook.pauses
    await finish(
        building,
        pauses.pause(actor.author, actor.units, until, unit=unit),
    )


async def async_resume(
    building: Building, actor: Actor, unit: str | None = None
) -> None:
    """End the pauses of the building and the actor's own units, or of one unit."""
    actor.check(Permission.RESUME if unit is None else Permission.RESUME_UNIT, unit)
    pauses = building.rulebook.pauses
    await finish(building, pauses.resume(actor.author, actor.units, unit=unit))


async def async_veto_grant(
    building: Building, actor: Actor, courier: str, grant_id: str, unit: str
) -> None:
    """Remove a unit from a grant for good, whatever is revised later (promise 3)."""
    actor.check(Permission.VETO_GRANT, unit)
    key = GrantKey(named_courier(building, courier).id, grant_id)
    if not await finish(building, building.grants.veto(key, unit, actor.author)):
        raise invalid("nothing_to_veto")


async def async_in_words(building: Building, reason: Reason) -> str:
    """Return the reason of a refusal in Home Assistant's language."""
    language = building.hass.config.language
    texts = await async_get_translations(building.hass, language, "selector", [DOMAIN])
    return texts.get(f"component.{DOMAIN}.selector.refusal.options.{reason}", reason)


async def async_issue_grant(
    building: Building, actor: Actor, courier: str, door: Door, delivery: Delivery
) -> Issue:
    """Issue a grant in a courier's name for the actor's units, or as an administrator.

    It loosens nothing: the residents' rules decide, as for a grant of the courier.
    """
    units = {normal_unit(unit) for unit in delivery.units}
    for unit in units:
        actor.check(Permission.ISSUE_GRANT, unit)
    issued_for = named_courier(building, courier)
    kind = IssuerKind.RESIDENT if units.issubset(actor.units) else IssuerKind.OWNER
    issuer = Issuer(kind, actor.whose)
    return await _issue(building, issued_for, door, delivery, issuer)


async def async_revise_grant(
    building: Building,
    actor: Actor,
    courier: str,
    grant_id: str,
    given: Mapping[str, Any],
    door: Door | None = None,
) -> Issue:
    """Revise a grant that the actor issued, by the given fields of a delivery.

    It is decided again, and announced if what residents read changes. A revision that
    is refused ends the grant, as a courier's does.
    """
    issued_for, grant = await _find_grant(
        building, actor, Permission.REVISE_GRANT, courier, grant_id
    )
    # Only an issuer may revise a grant, so there are both.
    assert grant is not None
    assert grant.issuer is not None
    for unit in grant.unit_labels:
        actor.check(Permission.ISSUE_GRANT, unit)
    if grant.is_over(dt_util.utcnow()):
        raise invalid("nothing_to_revise")
    door = door or building.directory.doors.get(grant.door_id)
    if door is None:
        raise invalid("no_such_door")
    delivery = read_revision(building, grant, given)
    return await _issue(building, issued_for, door, delivery, grant.issuer, grant)


async def _find_grant(
    building: Building,
    actor: Actor,
    permission: Permission,
    courier: str,
    grant_id: str,
) -> tuple[Courier, Grant | None]:
    found = named_courier(building, courier)
    with translated_ledger_errors():
        grant = await building.grants.find(GrantKey(found.id, grant_id))
    actor.check(permission, None if grant is None else grant.issuer)
    return found, grant


async def _issue(
    building: Building,
    courier: Courier,
    door: Door,
    delivery: Delivery,
    issuer: Issuer,
    previous: Grant | None = None,
) -> Issue:
    issuing = building.local_grants.issue(courier, door, delivery, issuer, previous)
    try:
        return await finish(building, issuing)
    except NotIssued as refused:
        hours = f"{courier.longest_grant / timedelta(hours=1):g}"
        raise invalid(
            f"grant_{refused.fault}", courier=courier.name, hours=hours
        ) from None


async def async_revoke_grant(
    building: Building, actor: Actor, courier: str, grant_id: str
) -> None:
    """Revoke a grant that the actor issued; administrators and automations, any."""
    issued_for, _ = await _find_grant(
        building, actor, Permission.REVOKE_GRANT, courier, grant_id
    )
    key = GrantKey(issued_for.id, grant_id)
    if not await finish(building, building.grants.call_off(key, actor.author)):
        raise invalid("nothing_to_revoke")


def check_image(image: str | None) -> None:
    """Raise ServiceValidationError for an image of another server, or one that anyone can open."""
    if image is not None and IMAGE.fullmatch(image) is None:
        raise invalid("image_elsewhere")


async def async_notify_recipients(
    building: Building, actor: Actor, entry_id: str, door: Door | None, message: Message
) -> None:
    """Pass a message on to the recipients of an entry, at that door if one is given.

    The caller learns nothing about them, not even whether there are any.
    """
    actor.check(Permission.NOTIFY_RECIPIENTS)
    check_image(message.image)
    write = partial(
        pass_on,
        entry_id=entry_id,
        door_id=None if door is None else door.id,
        message=message,
        set_revision=building.rulebook.set_revision,
        at=dt_util.utcnow(),
    )

    match await finish(building, building.ledger.write(write)):
        case NotPassedOn.NO_SUCH_ENTRY:
            raise invalid("no_such_entry")
        case NotPassedOn.TOO_OLD:
            raise invalid("entry_too_old")
        case NotPassedOn.TOO_MANY:
            raise invalid("too_many_messages")


async def async_confirm_resident(
    building: Building, actor: Actor, resident: Resident
) -> None:
    """Confirm a pending resident of the actor's unit; leave a confirmed one alone."""
    actor.check(Permission.CONFIRM_RESIDENT, resident)
    await finish_in_turn(building, building.rulebook.confirm(resident, actor.author))


async def async_renew_link(
    building: Building, actor: Actor, resident: Resident
) -> str | None:
    """Replace the personal link of a resident without an account, and notify them.

    Return its token only to the resident: with it, anyone acts as that resident
    (promise 4).
    """
    actor.check(Permission.RENEW_LINK, resident)
    if resident.user_id is not None:
        raise invalid("link_needs_no_login")
    renewal = building.links.renew(
        resident, actor.author, building.rulebook.set_revision
    )
    token = await finish(building, renewal)
    return token if Role.SELF in actor.roles(resident) else None


async def async_revoke_link(
    building: Building, actor: Actor, resident: Resident
) -> None:
    """Revoke a resident's personal link."""
    actor.check(Permission.REVOKE_LINK, resident)
    await finish(building, building.links.revoke(resident, actor.author))


async def async_accept_clock(building: Building, actor: Actor) -> None:
    """Trust the clock's time, even if the ledger has later times."""
    actor.check(Permission.REPAIR)
    watch = building.clock_watch
    if watch.doubt is ClockDoubt.NOT_SET:
        raise invalid("clock_not_set")
    if not watch.is_trusted:
        write = partial(accept_clock, at=dt_util.utcnow(), by=actor.author.decided_by)
        await finish(building, building.ledger.write(write))
        await building.restore.read_again()
        watch.check()


async def async_confirm_keys(building: Building, actor: Actor) -> None:
    """Answer couriers again after a restore: their keys have been checked."""
    actor.check(Permission.REPAIR)
    await finish(building, building.restore.confirm_keys(actor.author))


async def async_see_ledger_lost(building: Building, actor: Actor) -> None:
    """Acknowledge that the ledger was lost, and that couriers' keys were checked."""
    actor.check(Permission.REPAIR)

    async def see() -> None:
        await building.ledger.write(note_loss_seen)
        await building.restore.confirm_keys(actor.author)

    await finish(building, see())


async def async_retry_notifications(
    building: Building, actor: Actor, resident_id: str
) -> None:
    """Send a resident's undeliverable notifications again, for up to a day."""
    actor.check(Permission.REPAIR)
    await finish(
        building,
        building.ledger.write(
            lambda transaction: retry_notifications(
                transaction.conn, resident_id, dt_util.utcnow()
            )
        ),
    )
    building.notifications.wake()


async def async_invite_again(building: Building, actor: Actor) -> None:
    """Ask residents without a decision for their consent again."""
    actor.check(Permission.REPAIR)
    await finish(building, building.rulebook.invite_again())


async def async_answer_question(
    building: Building,
    actor: Actor,
    question: str,
    *,
    admit: bool,
    courier_id: str | None = None,
) -> None:
    """Answer a question that the actor was asked: only they can, and only once.

    A yes is for the courier `courier_id`, or for the first one that the question names.
    """
    asked = building.questions.open_to(building.residents)
    found = next((one for one in asked if one.id == question), None)
    if found is None:
        raise invalid("no_such_question")
    resident = building.residents[found.asked.resident_id]
    actor.check(Permission.ANSWER_QUESTION, resident)
    if admit and not found.may_admit:
        raise invalid("consent_first")
    answer = Answer.APPROVED if admit else Answer.DECLINED
    counts = actor.user_id is not None and await finish(
        building,
        building.questions.answer_open(answer, question, actor.user_id, courier_id),
    )
    if not counts:
        raise invalid("no_such_question")


TRIALS_PER_MINUTE: Final = 6
"""Tests that one person may run."""

TRIAL_SECONDS: Final = 20.0
"""How long the test waits for an answer."""

_MOST_ANSWER_BYTES: Final = 16_384
_MOST_TESTERS: Final = 256
_TRIALS: HassKey[Rates] = HassKey(f"{DOMAIN}_trials")


class Found(StrEnum):
    """The result of a test.

    GOOD: the ping arrived, and its signature was valid. ANSWERS: it arrived, but
    there is no secret to sign with. REFUSED: it arrived, and the building refused it.
    ELSEWHERE: something else answered, or changed the answer.
    """

    GOOD = "good"
    ANSWERS = "answers"
    REFUSED = "refused"
    ELSEWHERE = "elsewhere"
    NO_ANSWER = "no_answer"
    CERTIFICATE = "certificate"
    NO_ADDRESS = "no_address"


async def async_test_courier(
    building: Building, actor: Actor, named: str
) -> tuple[Found, str | None]:
    """Ping a courier's address, signed with its newest key if that is a secret.

    Return the result, and the problem code if the ping was refused.
    The ping doesn't count as a message from the courier: its last contact and the
    key it uses stay the same.
    """
    actor.check(Permission.TEST_COURIER)
    courier = named_courier(building, named)
    assert actor.user_id is not None  # an administrator has an account
    rates = building.hass.data.setdefault(_TRIALS, Rates(_MOST_TESTERS))
    wait = rates.take(actor.user_id, TRIALS_PER_MINUTE, time.monotonic_ns())
    if wait is not None:
        raise invalid("tested_too_often", seconds=str(wait))
    subentry = building.entry.subentries.get(courier.id)
    if subentry is None:
        raise no_such_courier(building)
    url = await _address_of(building.hass, subentry.data)
    if url is None:
        return Found.NO_ADDRESS, None
    return await _ping(building.hass, url, subentry.data)


async def _address_of(hass: HomeAssistant, courier: Mapping[str, Any]) -> str | None:
    """Return the address shown to the courier; None if Home Assistant has none."""
    if CONF_CLOUDHOOK_URL in courier:
        given: str = courier[CONF_CLOUDHOOK_URL]
        return given
    found = await Addresses.of_webhook(hass, courier[CONF_WEBHOOK_ID])
    is_reached = found.problem is not AddressProblem.PATH
    return found.own or found.cloud if is_reached else None


async def _start_of(response: ClientResponse) -> bytes:
    """Read an answer, up to the first piece beyond the longest of our answers."""
    body = b""
    async for piece in response.content.iter_any():
        body += piece
        if len(body) > _MOST_ANSWER_BYTES:
            break
    return body


async def _ping(
    hass: HomeAssistant, url: str, courier: Mapping[str, Any]
) -> tuple[Found, str | None]:
    now = dt_util.utcnow()
    message_id = f"test_{secrets.token_hex(16)}"
    message = {"type": MessageType.PING, "timestamp": now.isoformat(), "data": {}}
    body = json.dumps(message).encode()
    newest = CourierKeys.read(courier).newest
    key = None if newest is None else newest.parse()
    headers = {hdrs.CONTENT_TYPE: DECISION_CONTENT_TYPE, ID_HEADER: message_id}
    secret = key if key is not None and key.version is Version.V1 else None
    if secret is not None:
        headers |= sign(secret, message_id, now, body)
    with courier_activity(hass).trying(message_id) as trial:
        try:
            async with async_get_clientsession(hass).post(
                url,
                data=body,
                headers=headers,
                allow_redirects=False,
                timeout=ClientTimeout(TRIAL_SECONDS),
            ) as response:
                status, text = response.status, await _start_of(response)
        except ClientSSLError:
            return Found.CERTIFICATE, None
        except TimeoutError, ClientError:
            return Found.NO_ANSWER, None
        reply = trial.reply
    if reply is None or (reply.status, reply.body.encode()) != (status, text):
        return Found.ELSEWHERE, None
    if reply.refusal is None:
        return Found.GOOD, None
    if secret is None and reply.refusal is Problem.UNAUTHENTICATED:
        return Found.ANSWERS, None
    return Found.REFUSED, reply.refusal.value
