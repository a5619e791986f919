"""Passes, address codes, and requests for entry by what is shown at a door."""

from collections.abc import Sequence
from copy import replace
from datetime import datetime, timedelta
from enum import StrEnum
import math
import time
from typing import Final, NamedTuple

from homeassistant.core import Context
from homeassistant.util import dt as dt_util
from homeassistant.util.json import JsonObjectType, JsonValueType

from ..access.codes import normal_code
from ..access.hours import Interval
from ..access.model import (
    Consent,
    Decision,
    Door,
    Grant,
    GrantKey,
    GrantState,
    Outcome,
    Reason,
    Resident,
)
from ..building.building import Building, async_next_building
from ..const import DOMAIN
from ..contract.replies import Problem
from ..doors.bells import Doorbell
from ..doors.doors import SIGN_LENGTH, Sheet, sheets_of
from ..entries.request import At, EntryResult, Waiting
from ..entries.unsigned import Shown
from ..grants.passes import PATH, NewPass, NoCodes, TooManyCodes
from ..home_assistant.host import WITHIN, external_url, is_reachable
from ..ledger.state.grants import Pass
from ..notifications.text import Prefixed, Words, drivers_texts
from ..notifications.times import Times
from .acceptance import opens_of
from .commands import check_image, finish
from .lookup import invalid, named_courier, translated_ledger_errors
from .permissions import Actor, Permission


class Look(StrEnum):
    """What a driver sees of an answer without reading it."""

    OPEN = "open"
    UNSURE = "unsure"
    """The door may be open: the driver must try it."""
    SHUT = "shut"


_ADMITTED_SAYS: Final = {
    Outcome.OPENED: "say_open",
    Outcome.UNCONFIRMED: "say_try",
    Outcome.FAILED: "say_error",
    Outcome.UNKNOWN: "say_try",
}
_LOOKS: Final = {"say_open": Look.OPEN, "say_try": Look.UNSURE}
_REFUSED_SAYS: Final = {
    Reason.NOT_YET_VALID: "say_too_early",
    Reason.EXPIRED: "say_too_late",
    Reason.ENTRIES_EXHAUSTED: "say_used",
    Reason.UNKNOWN_GRANT: "say_unknown",
    Reason.DECLINED: "say_nobody",
    Reason.NO_ANSWER: "say_nobody",
}
"""The sentences for drivers; any other reason is *not now*."""


class MadePass(NamedTuple):
    """A pass with its codes, which are shown once."""

    new: NewPass
    grant: Grant
    unit: str
    link: str | None
    """The page behind it asks for what only the sheet at the door shows."""
    opens: Sequence[Interval]
    """When it can open the door as things stand."""
    is_out_of_reach: bool = False
    """Whether the door has a page that drivers can't open: only a keypad takes the PIN."""


async def async_make_pass(
    building: Building, actor: Actor, courier: str, grant_id: str
) -> MadePass:
    """Make a pass for a delivery to one of the actor's units."""
    key = GrantKey(named_courier(building, courier).id, grant_id)
    actor.check(Permission.MAKE_PASS, next(iter(actor.units), None))
    grant = building.grants.live(key)
    if grant is None or grant.is_over(dt_util.utcnow()) or grant.entries_left == 0:
        raise invalid("no_grant_for_pass")
    consenting = (
        resident
        for resident in actor.residents
        if building.rulebook.consenting_unit(resident.id) in grant.accepted_units
    )
    if (resident := next(consenting, None)) is None:
        raise invalid("no_grant_for_pass")
    try:
        made = await finish(
            building, building.passes.make(grant, resident, actor.author)
        )
    except TooManyCodes:
        raise invalid("too_many_codes") from None
    has_sheet = grant.door_id in sheets_of(building.entry)
    address = external_url(building.hass, f"{PATH}/{made.link}")
    return MadePass(
        made,
        grant,
        resident.unit_label,
        address if has_sheet else None,
        opens_of(building, [resident.unit], grant),
        is_out_of_reach=has_sheet and not is_reachable(address),
    )


async def async_revoke_pass(building: Building, actor: Actor, pass_id: str) -> None:
    """Revoke a pass at once; one that is gone already is left alone."""
    if (found := building.passes.find(pass_id)) is None:
        return
    grant = building.grants.live(found.key)
    units = () if grant is None else grant.accepted_units
    own = next((unit for unit in units if unit in actor.units), None)
    actor.check(Permission.REVOKE_PASS, own)
    await finish(building, building.passes.revoke(pass_id, actor.author))


async def async_renew_address_code(
    building: Building, actor: Actor, resident: Resident
) -> JsonObjectType:
    """Replace the address code of a resident's unit, and return it once."""
    actor.check(Permission.RENEW_ADDRESS_CODE, resident)
    if building.rulebook.in_effect(resident).consent is not Consent.GIVEN:
        raise invalid("consent_first")
    try:
        code = await finish(
            building, building.passes.renew_address_code(resident, actor.author)
        )
    except TooManyCodes:
        raise invalid("too_many_codes") from None
    return {"address_code": code}


async def async_turn_codes_on(building: Building, actor: Actor, door: Door) -> None:
    """Take codes at a door again after too many wrong ones."""
    actor.check(Permission.TURN_CODES_ON)
    await finish(building, building.wrong_codes.turn_on(door, actor.author))


def get_passes(building: Building, actor: Actor) -> list[JsonValueType]:
    """Return the unused passes of the actor's units, without their codes."""
    actor.check(Permission.READ_GRANTS)
    own = building.grants.expected_by(actor.units)
    return [
        {
            **pass_view(each),
            "courier_id": each.key.courier_id,
            "grant_id": each.key.grant_id,
        }
        for each in building.passes.of_grants(own)
    ]


def pass_view(each: Pass) -> JsonObjectType:
    """Return a pass without its codes."""
    return {"pass": each.id, "made_at": each.at.isoformat()}


async def async_request_entry(
    building: Building,
    door: Door,
    shown: Shown,
    language: str | None = None,
    context: Context | None = None,
) -> JsonObjectType:
    """Ask for entry by what is shown at a door: that is the only authority."""
    check_image(shown.image)
    if shown.courier_id is not None:
        courier_id = named_courier(building, shown.courier_id).id
        shown = replace(shown, courier_id=courier_id)
    said = await drivers_texts(building.hass, language)  # before anything opens
    # Without the user: their permissions don't count here.
    parent = None if context is None else Context(parent_id=context.id)
    result = await _request(building, door, shown, shown.new_waiting(), parent)
    return {
        "decision": result.decision.value,
        "reason": result.reason.value,
        "entry_id": result.entry_id,
        "outcome": None if result.outcome is None else result.outcome.value,
        "say": said["say_ring_again"]
        if _refuses_ring(shown, result)
        else _says(building, said, result),
    }


def follow_doorbells(building: Building) -> None:
    """Ask the residents who expect a delivery when somebody rings a doorbell."""

    def rang(bell: Doorbell) -> None:
        shown = Shown(units=bell.units or None)
        waiting = Waiting(At.BELL, bell=f"{bell.door_id} {bell.entity}")
        building.rings[bell] = waiting
        # No part of the building: it may go on in the one that takes this one's place.
        building.hass.async_create_background_task(
            _request(building, building.directory.doors[bell.door_id], shown, waiting),
            f"{DOMAIN} ring",
        )

    for watch in building.bells.values():
        building.until_stopped.callback(watch.start(rang))


async def _request(
    building: Building,
    door: Door,
    shown: Shown,
    waiting: Waiting,
    context: Context | None = None,
    sheet: Sheet | None = None,
) -> EntryResult:
    """Ask for entry; if settings change meanwhile, the next building goes on with it.

    What is shown on the page of a `sheet` is worth nothing once the door has another.
    """
    since = building.hass.loop.time()
    result = await building.unsigned.request(door, shown, context, waiting)
    while result.may_go_on:
        until = max(since + WITHIN, waiting.until)
        following = await async_next_building(building, until)
        if waiting.entered is not None:
            # The former building let them in together with others.
            return waiting.entered
        if following is None:
            break
        building = following
        known = building.directory.doors.get(door.id)
        if known is None or sheet not in (None, sheets_of(building.entry).get(door.id)):
            return EntryResult(Decision.REFUSED, Reason.DOOR_NOT_ALLOWED)
        result = await building.unsigned.request(known, shown, context, waiting, since)
    return result


class OpenedPass(NamedTuple):
    """A pass whose link was opened; `says` is why it can't be used now, if it can't.

    It `opens` the door at these times as things stand.
    """

    made: Pass
    door: Door
    sheet: Sheet
    opens: Sequence[Interval]
    says: str | None


async def async_open_pass(building: Building, token: str) -> OpenedPass | None:
    """Return the pass whose link has this token, without using it."""
    if (made := building.passes.by_link(token)) is None:
        return None
    with translated_ledger_errors():
        grant = await building.grants.find(made.key)
    if grant is None or grant.state is not GrantState.OPEN:
        return None
    door = building.directory.doors.get(grant.door_id)
    sheet = sheets_of(building.entry).get(grant.door_id)
    if door is None or sheet is None:
        return None
    now = dt_util.utcnow()
    if made.is_used or grant.entries_left == 0 or now >= grant.ends_at:
        return OpenedPass(made, door, sheet, (), "page_pass_ended")
    opens = _opens_of_pass(building, made, grant)
    is_early = now < grant.starts_at
    says = _REFUSED_SAYS[Reason.NOT_YET_VALID] if is_early else None
    return OpenedPass(made, door, sheet, opens, says)


class PageAnswer(NamedTuple):
    """What a page says to a driver, and whether they may ring, or ring again, on it.

    `notes` are those of the home and the door. The page says until `open_until`, on the
    monotonic clock, that the door is open. From `ring_from` on, on that clock, the page
    can ring again; `ring_at` is the next full minute on the building's clock.
    """

    says: str
    look: Look = Look.SHUT
    may_ring: bool = False
    may_ring_again: bool = False
    notes: Sequence[str] = ()
    open_until: float = 0
    locks_again: bool = False
    """Whether the door is locked at that time."""
    ring_at: str = ""
    ring_from: float = 0

    @property
    def rings_now(self) -> bool:
        """Whether a page that may ring again can do that now."""
        return time.monotonic() >= self.ring_from

    @property
    def seconds_open(self) -> int:
        """For how long the page says that the door is open; zero once that is over."""
        return max(0, math.ceil(self.open_until - time.monotonic()))


async def async_request_at_page(
    building: Building,
    door: Door,
    shown: Shown,
    waiting: Waiting,
    language: str,
    sheet: Sheet | None = None,
) -> PageAnswer:
    """Ask for entry by what is shown on a page, which may wait for its answer."""
    said = await drivers_texts(building.hass, language)  # before anything opens
    if shown.code is not None and len(normal_code(shown.code)) == SIGN_LENGTH:
        # Whichever two they are, so nobody learns those on the sheet. No code is so short.
        return PageAnswer(said["say_signs"], may_ring=True)
    result = await _request(building, door, shown, waiting, sheet=sheet)
    key, at = say_key(result), result.ring_again_at
    if result.no_codes is not None:
        at = result.no_codes.until
        says = said[key].format(time=_clock(building, said, at))
        # Without an end, the page takes no rings either.
        return PageAnswer(says, may_ring=at is not None)
    if at is None:
        look = _LOOKS.get(key, Look.SHUT)
        if look is Look.SHUT:
            return PageAnswer(_says(building, said, result), may_ring=True)
        seconds: float = building.drivers[door.id].settings.unlock_seconds
        if (locked_at := result.unlocked_until) is not None:
            seconds = (locked_at - dt_util.utcnow()).total_seconds()
        return PageAnswer(
            said[key],
            look,
            notes=result.notes,
            open_until=time.monotonic() + seconds,
            locks_again=locked_at is not None,
        )
    if _refuses_ring(shown, result) or key == "say_nobody":
        key = "say_ring_again"
    wait = 0.0
    if not isinstance(result.reason, Problem):
        wait = (at - dt_util.utcnow()).total_seconds()
    return PageAnswer(
        said[key],
        may_ring_again=True,
        ring_at=_clock(building, said, at),
        ring_from=time.monotonic() + wait,
    )


async def async_request_by_link(
    building: Building,
    opened: OpenedPass,
    typed: str,
    waiting: Waiting,
    language: str,
) -> PageAnswer:
    """Ask for entry by a pass's link and the characters on the sheet at its door."""
    said = await drivers_texts(building.hass, language)
    try:
        fits = building.passes.fits_sign(opened.made, typed, opened.sheet.sign)
    except NoCodes as blocked:
        at = _clock(building, said, blocked.until)
        return PageAnswer(said["say_later"].format(time=at))
    if not fits:
        return PageAnswer(said["say_wrong_characters"])
    shown = Shown(opened=opened.made)
    return await async_request_at_page(
        building, opened.door, shown, waiting, language, opened.sheet
    )


_TO_FULL_MINUTE: Final = timedelta(seconds=59)
"""What is added before the seconds are left out: nothing works before the minute that is named."""


def _times(building: Building, said: Words) -> Times:
    return Times.now(Prefixed(said, "notification_"), building.zone())


def _clock(building: Building, said: Words, at: datetime | None) -> str:
    """Return a full minute from which something works, on the building's clock."""
    return "" if at is None else _times(building, said).clock(at + _TO_FULL_MINUTE)


def _says(building: Building, said: Words, result: EntryResult) -> str:
    """Return the sentence for a driver; if a pass is too early, from when it works."""
    key = say_key(result)
    if key != "say_too_early" or (at := _opens_at(building, result)) is None:
        return said[key]
    times, opens_at = _times(building, said), at + _TO_FULL_MINUTE
    is_today = opens_at.astimezone(times.zone).date() == times.today
    written = times.clock(opens_at) if is_today else times.moment(opens_at)
    return said["say_too_early_until"].format(time=written)


def _opens_at(building: Building, result: EntryResult) -> datetime | None:
    """Return from when the shown pass opens the door as things stand."""
    made = result.pass_id and building.passes.find(result.pass_id)
    if not made or (grant := building.grants.live(made.key)) is None:
        return None
    opens = _opens_of_pass(building, made, grant)
    return opens[0].start if opens else None


def _opens_of_pass(building: Building, made: Pass, grant: Grant) -> Sequence[Interval]:
    """Return when a pass opens the door as things stand; never without its maker's consent."""
    unit = building.rulebook.consenting_unit(made.resident_id)
    return opens_of(building, () if unit is None else (unit,), grant)


def _refuses_ring(shown: Shown, result: EntryResult) -> bool:
    """Return whether a ring lets in nobody, whatever the cause, which is nobody's business."""
    return (
        shown.rings
        and result.decision is Decision.REFUSED
        and not isinstance(result.reason, Problem)
    )


def say_key(result: EntryResult) -> str:
    """Return the key of the sentence for a driver; it reveals nothing of residents."""
    if result.no_codes is not None:
        return "say_codes_off" if result.no_codes.until is None else "say_codes_wait"
    if isinstance(result.reason, Problem):
        return "say_again"
    if result.decision is Decision.ADMITTED:
        return _ADMITTED_SAYS[result.outcome or Outcome.UNKNOWN]
    if result.pass_id and result.reason is Reason.REVOKED:
        return "say_called_off"
    return _REFUSED_SAYS.get(result.reason, "say_not_now")
