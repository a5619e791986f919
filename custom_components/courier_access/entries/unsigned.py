"""Admit drivers whose companies send no messages, by what they show at the door.

Feeds and residents only announce. What is shown is looked up here, and becomes the same
request that a signed message makes: `admission` decides, claims, opens, and notifies.
"""

import asyncio
from collections.abc import Coroutine, Iterable
from copy import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
import logging
from typing import Final, NamedTuple

from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util

from ..access.labels import bare_number, is_number, number_on_label
from ..access.model import (
    Decision,
    Door,
    Grant,
    Proof,
    Reason,
)
from ..const import DOMAIN
from ..contract.replies import Problem
from ..grants.grants import Grants
from ..grants.passes import NoCodes, Passes, TooManyCodes, WrongCodes
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..ledger.ledger import LedgerUnavailable
from ..ledger.state.grants import Pass
from ..notifications.late_writes import LateWrites
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook
from .admission import OPEN_WITHIN, Admission
from .request import WAITS, At, Became, EntryResult, NotNow, Request, Waiting

TYPED: Final = frozenset({Proof.PASS, Proof.ADDRESS_CODE, Proof.PARCEL_NUMBER})
"""What is typed at a door."""

REFUSED_EVERY: Final = 1.0
"""A page refuses a code a whole number of these seconds after it was typed.

So the time doesn't tell why: an unknown code costs a hash and a count, and a used one a
record. While a network is blocked, its codes cost nothing.
"""


class Shown(NamedTuple):
    """What a driver shows: a typed code, a pass opened at the door, or a ring.

    A `code` is looked up as any of `proofs`; the strongest one that fits counts. Only
    grants of the courier `courier_id` count, if it is given, and only the units `units`
    are asked. Residents who are asked see the `image`.
    """

    code: str | None = None
    proofs: frozenset[Proof] = TYPED
    opened: Pass | None = None
    courier_id: str | None = None
    image: str | None = None
    units: frozenset[str] | None = None

    @property
    def rings(self) -> bool:
        return self.code is None and self.opened is None

    def new_waiting(self) -> Waiting:
        """Return who shows it at a keypad, or rings the door's own bell."""
        return Waiting(At.BELL if self.rings else At.KEYPAD)


_LOGGER = logging.getLogger(__name__)
_UNKNOWN: Final = EntryResult(Decision.REFUSED, Reason.UNKNOWN_GRANT)
_NOBODY: Final = EntryResult(Decision.REFUSED, Reason.NO_ANSWER)


class UnsignedRequests:
    """Turn what is shown at a door into a request for entry."""

    def __init__(
        self,
        host: Host,
        directory: Directory,
        rulebook: Rulebook,
        grants: Grants,
        passes: Passes,
        wrong_codes: WrongCodes,
        admission: Admission,
        late_writes: LateWrites,
        clock_watch: ClockWatch,
    ) -> None:
        self._host = host
        self._couriers = directory.couriers
        self._rulebook = rulebook
        self._grants = grants
        self._passes = passes
        self._wrong_codes = wrong_codes
        self._admission = admission
        self._late_writes = late_writes
        self._clock_watch = clock_watch
        self.waitings = Waitings(host.hass)

    def close(self) -> None:
        """End what waits for somebody to come, or let it go on in the next building."""
        if self._host.is_handing_over:
            self.waitings.wake()
        else:
            self.waitings.close()

    async def request(
        self,
        door: Door,
        shown: Shown,
        context: Context | None = None,
        waiting: Waiting | None = None,
        since: float | None = None,
    ) -> EntryResult:
        """Let a driver in, or say why not. A caller that leaves doesn't cancel it.

        Only grants of the courier that `shown` names count, if it names one. Without a
        page as `waiting`, it is shown at a keypad, or the door's own bell rings. `since`
        is when the former building received it, on the loop's clock.
        """
        waiting = waiting or shown.new_waiting()
        return await self._host.complete(
            self._answer(door, shown, context or Context(), waiting, since),
            f"{DOMAIN} unsigned request",
        )

    async def _answer(
        self,
        door: Door,
        shown: Shown,
        context: Context,
        waiting: Waiting,
        since: float | None,
    ) -> EntryResult:
        """Answer what is shown. Raise nothing: the caller may have left."""
        loop = self._host.hass.loop
        goes_on = since is not None and self.waitings.has(waiting)
        received = loop.time() if since is None else since
        work = self._request(door, shown, context, waiting, received, goes_on=goes_on)
        result = await self._answered(work)
        if waiting.at is not At.PAGE or result.decision is Decision.ADMITTED:
            return result
        if shown.code is not None and not result.may_go_on:
            await asyncio.sleep((received - loop.time()) % REFUSED_EVERY)
        if not (shown.rings or waiting.has_rung):
            return result
        return replace(result, ring_again_at=self.waitings.next_at(waiting))

    async def _answered(
        self, work: Coroutine[object, object, EntryResult]
    ) -> EntryResult:
        try:
            return await work
        except NotNow as not_now:
            may_go_on = (
                not_now.problem is Problem.NOT_READY and self._host.is_handing_over
            )
            return replace(_problem(not_now.problem), may_go_on=may_go_on)
        except TooManyCodes:
            return _problem(Problem.RATE_LIMITED)
        except NoCodes as no_codes:
            return replace(_problem(Problem.RATE_LIMITED), no_codes=no_codes)
        except LedgerUnavailable as err:
            if err.cause is None:  # otherwise, `building/ledger_health` logs it once
                _LOGGER.error("What was shown at a door was not answered: %s", err)
            return _problem(Problem.LEDGER_UNAVAILABLE)
        except Exception:
            _LOGGER.exception("What was shown at a door could not be answered")
            return _problem(Problem.NOT_READY)

    async def _request(
        self,
        door: Door,
        shown: Shown,
        context: Context,
        waiting: Waiting,
        received: float,
        *,
        goes_on: bool,
    ) -> EntryResult:
        self._clock_watch.check()
        if not self._host.answers_couriers:
            raise NotNow(Problem.NOT_READY)
        if not self._clock_watch.is_trusted:
            raise NotNow(Problem.CLOCK_UNTRUSTED)
        await self._late_writes.catch_up()
        if shown.rings and not (goes_on or self._may_ring(door, waiting)):
            return _NOBODY
        asked = Request(
            {},
            Proof.RING,
            door.key,
            received + OPEN_WITHIN - WAITS[At.SENDER] + WAITS[waiting.at],
            of_units=shown.units,
            waiting=waiting,
            image=shown.image,
            context=context,
        )
        if (request := await self._find(door, shown, asked)) is None:
            waiting.became = Became.NOT_EXPECTED
            return _UNKNOWN
        may_ask = partial(self._may_ask, door, request.proof, waiting)
        result = await self._admission.enter(replace(request, may_ask=may_ask))
        return replace(result, pass_id=request.pass_id)

    async def _find(self, door: Door, shown: Shown, asked: Request) -> Request | None:
        """Return what is asked, for the grants that what is shown may be for, if any.

        A code that leads to none is a wrong one. One that leads to a grant is neither
        right nor wrong before somebody is let in by it.
        """
        courier_id = shown.courier_id
        if shown.opened is not None:
            return self._of_pass(asked, shown.opened, door, courier_id)
        if shown.code is None:
            return self._of(asked, self._usable(door, courier_id), Proof.RING)
        at_keypad, network = asked.waiting.at is At.KEYPAD, asked.waiting.network
        check = partial(self._wrong_codes.check, door, network, at_keypad=at_keypad)
        check()
        where = door.id if at_keypad else f"{door.id} page"
        digest = await self._passes.hash(shown.code, where, network)
        # Others may have typed wrong ones meanwhile.
        check()
        found = self._of_code(asked, door, shown, digest)
        if found is None:
            await self._wrong_codes.count(door, network, at_keypad=at_keypad)
        return found

    def _of_code(
        self, asked: Request, door: Door, shown: Shown, digest: bytes
    ) -> Request | None:
        assert shown.code is not None
        made, unit = self._passes.pass_of(digest), self._passes.unit_of(digest)
        if Proof.PASS in shown.proofs and made is not None:
            return self._of_pass(asked, made, door, shown.courier_id)
        usable = self._usable(door, shown.courier_id)
        if Proof.ADDRESS_CODE in shown.proofs and unit is not None:
            own = [grant for grant in usable if unit in grant.accepted_units]
            found = self._of(asked, own, Proof.ADDRESS_CODE)
            return found and replace(
                found,
                of_units=frozenset({unit}),
                is_still_shown=lambda: self._passes.unit_of(digest) == unit,
            )
        if Proof.PARCEL_NUMBER not in shown.proofs:
            return None
        return self._of_number(asked, shown.code, usable)

    def _of_number(
        self, asked: Request, typed: str, usable: Iterable[Grant]
    ) -> Request | None:
        """Return the grants of a parcel's number, or of the one on a scanned label.

        A label always asks: it has room for more than one number.
        """
        expected = [(grant, grant.delivery.parcel_ref or "") for grant in usable]
        if named := [grant for grant, number in expected if is_number(typed, number)]:
            return self._of(asked, named, Proof.PARCEL_NUMBER)
        bare = [(grant, bare_number(number)) for grant, number in expected]
        on_label = number_on_label(typed, (number for _, number in bare))
        shown = [grant for grant, number in bare if number == on_label]
        found = self._of(asked, shown, Proof.PARCEL_NUMBER)
        return found and replace(found, always_asks=True)

    def _of_pass(
        self, asked: Request, made: Pass, door: Door, courier_id: str | None
    ) -> Request | None:
        """Return the grant of a pass, even one that can't be used now."""
        grant = self._grants.live(made.key)
        if grant is None or grant.door_id != door.id:
            return None
        if courier_id not in (None, grant.key.courier_id):
            return None
        unit = self._rulebook.consenting_unit(made.resident_id)
        if unit is None or unit not in grant.accepted_units:
            return None
        found = self._of(asked, [grant], Proof.PASS)
        return found and replace(
            found,
            pass_id=made.id,
            of_units=frozenset({unit}),
            is_still_shown=lambda: (
                self._passes.is_in_effect(made.id)
                and self._rulebook.consenting_unit(made.resident_id) == unit
            ),
        )

    def _usable(self, door: Door, courier_id: str | None) -> list[Grant]:
        now = dt_util.utcnow()
        started = takewhile(
            lambda grant: grant.starts_at <= now, self._grants.expected_at(door.id)
        )
        return [
            grant for grant in started if courier_id in (None, grant.key.courier_id)
        ]

    def _of(
        self, asked: Request, grants: Iterable[Grant], proof: Proof
    ) -> Request | None:
        couriers = {
            grant.key: self._couriers[grant.key.courier_id]
            for grant in sorted(grants, key=lambda grant: grant.ends_at)
            if grant.key.courier_id in self._couriers
        }
        return replace(asked, couriers=couriers, proof=proof) if couriers else None

    def _may_ring(self, door: Door, waiting: Waiting) -> bool:
        """Return whether somebody may ring, or comes back to a yes.

        Raise NoCodes if too many wrong codes were typed at the page.
        """
        if waiting.at is At.PAGE and self._wrong_codes.is_off(door.id, at_keypad=False):
            raise NoCodes
        return self._admission.answers.is_awaited(waiting) or self.waitings.reserve(
            waiting, door.id, rings=True
        )

    def _may_ask(self, door: Door, proof: Proof, waiting: Waiting) -> bool:
        return self.waitings.has(waiting) or self.waitings.reserve(
            waiting, door.id, rings=proof is Proof.RING
        )


def _problem(problem: Problem) -> EntryResult:
    return EntryResult(Decision.REFUSED, problem)


MOST_OF_NETWORK: Final = 2
"""How many pages of one network may wait."""

MOST_AT_DOOR: Final = 20
"""How many pages that ring may wait at a door, and as many that show a code."""


class Waitings:
    """Give pages their places, each for two minutes or until its entry."""

    def __init__(self, hass: HomeAssistant) -> None:
        self._hass = hass
        self._places: dict[Waiting, tuple[str, bool]] = {}
        self._is_open = True

    def reserve(self, waiting: Waiting, door_id: str, *, rings: bool) -> bool:
        """Begin a wait, or return false if there is no place for it."""
        if waiting.at is not At.PAGE:
            waiting.begin()
            return True
        in_use = self._in_use()
        if (
            not self._is_open
            or waiting in in_use
            or len(self._of_network(waiting)) >= MOST_OF_NETWORK
            or not self._make_room((door_id, rings))
        ):
            return False
        waiting.begin()
        self._places[waiting] = door_id, rings
        return True

    def _make_room(self, place: tuple[str, bool]) -> bool:
        """Return whether there is a place at a door, perhaps of a page that is gone.

        Nobody keeps places by ringing without waiting.
        """
        at_door = [each for each, at in self._places.items() if at == place]
        if len(at_door) < MOST_AT_DOOR:
            return True
        if (gone := next((one for one in at_door if not one.is_there), None)) is None:
            return False
        gone.end()
        return True

    def has(self, waiting: Waiting) -> bool:
        """Return whether somebody waits already."""
        if waiting.at is not At.PAGE:
            return waiting.has_rung
        return waiting in self._in_use()

    def next_at(self, waiting: Waiting) -> datetime:
        """Return from when on a page's network may ring again."""
        now = self._hass.loop.time()
        network = self._of_network(waiting)
        if waiting in self._in_use():
            until = waiting.until
        elif len(network) >= MOST_OF_NETWORK:
            until = min(each.until for each in network)
        else:
            until = now if waiting.has_rung else now + WAITS[At.PAGE]
        return dt_util.utcnow() + timedelta(seconds=until - now)

    def wake(self) -> None:
        for waiting in self._places:
            waiting.wake()

    def close(self) -> None:
        """End all waits."""
        self._is_open = False
        for waiting in self._places:
            waiting.end()

    def _in_use(self) -> dict[Waiting, tuple[str, bool]]:
        now = self._hass.loop.time()
        self._places = {
            each: place
            for each, place in self._places.items()
            if each.until > now and each.entered is None
        }
        return self._places

    def _of_network(self, waiting: Waiting) -> list[Waiting]:
        if waiting.network is None:
            return []
        return [each for each in self._in_use() if each.network == waiting.network]
