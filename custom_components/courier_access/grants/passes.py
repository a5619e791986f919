"""Passes and address codes: what a driver shows whose company sends no messages.

Each is kept as one slow hash with one salt for the building, so a typed code costs the
same whether or not anybody has it, and however many there are. The hash is keyed by a
pepper in Home Assistant's storage: the ledger alone doesn't tell which codes open.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from copy import replace
from datetime import datetime
from functools import partial
import hashlib
import hmac
import secrets
from typing import Final, NamedTuple

from homeassistant.core import HomeAssistant
from homeassistant.helpers.storage import Store
from homeassistant.util import dt as dt_util
from homeassistant.util.hass_dict import HassKey
from homeassistant.util.ulid import ulid_now

from ..access.codes import (
    ADDRESS_CODE_LENGTH,
    Tries,
    WrongLately,
    in_groups,
    most_wrong,
    new_address_code,
    new_pin,
    new_short_code,
    normal_code,
    pin_length,
)
from ..access.model import Door, Grant, GrantKey, Resident
from ..const import DOMAIN
from ..home_assistant.callbacks import Listeners
from ..home_assistant.host import Host
from ..home_assistant.issues import IssueKind
from ..ledger.ledger import Ledger, LedgerUnavailable, Transaction
from ..ledger.queue import NotificationKind
from ..ledger.state.grants import (
    REMEMBERED,
    AddressCode,
    Pass,
    load_address_codes,
    load_passes,
    load_tries,
    put_address_code,
    put_pass,
    put_tries,
    revoke_pass,
    used_passes,
)
from ..ledger.state.residents import Author
from ..notifications.late_writes import LateWrites
from ..residents.personal_links import hashed
from ..residents.rulebook import Rulebook
from .grants import Grants

PATH: Final = f"/api/{DOMAIN}/pass"

_COST: Final = 2**14
_BLOCK_SIZE: Final = 8
_MOST_WAITING: Final = 6
"""How many codes may wait to be hashed that are typed at one door by anybody.

Each takes some 50 ms. Of one network, one waits, so that no others fill the queue.
"""
_MOST_REMEMBERED: Final = 4_096

WRONG_LATELY: HassKey[dict[str, dict[str, WrongLately]]] = HassKey(
    f"{DOMAIN}_wrong_lately"
)


def wrong_lately(host: Host, what: str) -> WrongLately:
    """Return who typed something wrong at a building, through hand-overs and reloads."""
    lately = host.hass.data.setdefault(WRONG_LATELY, {}).setdefault(host.entry_id, {})
    return lately.setdefault(what, WrongLately(_MOST_REMEMBERED))


class NewPass(NamedTuple):
    """A pass as its maker sees it, once."""

    id: str
    pin: str
    short_code: str
    link: str
    ends_earlier: bool


class TooManyCodes(Exception):
    """Too many codes are being typed at once."""


class Pepper:
    """The key of a building's codes, kept apart from its ledger."""

    def __init__(self, hass: HomeAssistant, entry_id: str) -> None:
        self._store = Store[dict[str, str]](
            hass,
            1,
            f"{DOMAIN}.{entry_id}.codes",
            private=True,
            # Synced: the codes that people get are worth nothing without it.
            atomic_writes=True,
        )

    async def load(self) -> bytes:
        """Return the pepper; a new one ends all codes made with an earlier one."""
        if (stored := await self._store.async_load()) is not None:
            return bytes.fromhex(stored["pepper"])
        pepper = secrets.token_bytes(32)
        await self._store.async_save({"pepper": pepper.hex()})
        return pepper

    async def remove(self) -> None:
        await self._store.async_remove()


class Passes:
    """The passes and address codes that may open a door."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        late_writes: LateWrites,
        grants: Grants,
        rulebook: Rulebook,
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._late_writes = late_writes
        self._grants = grants
        self._rulebook = rulebook
        self._pepper = b""
        self._passes: dict[str, Pass] = {}
        self._by_hash: dict[bytes, Pass] = {}
        self._address_codes: dict[bytes, AddressCode] = {}
        self._wrong_signs = wrong_lately(host, "signs")
        self.listeners = Listeners[[]]()
        self._hashing = asyncio.Lock()
        self._making = asyncio.Lock()
        self._waiting = Counter[str]()
        grants.uses.add(self._follow_uses)
        rulebook.refused.add(self._end)

    def public_id(self, key: GrantKey) -> str:
        """Return a lasting id of a grant from which nobody can guess the grant's own."""
        name = f"grant\0{key.courier_id}\0{key.grant_id}"
        return hmac.digest(self._pepper, name.encode(), "sha256").hex()[:32]

    async def load(self, pepper: bytes) -> None:
        """Read what may still open a door."""
        self._pepper = pepper
        for each in await self._ledger.read(load_passes):
            self._add(each)
        codes = await self._ledger.read(load_address_codes)
        self._address_codes = {each.code: each for each in codes}

    def of_grants(self, grants: Iterable[Grant]) -> list[Pass]:
        """Return the unused passes of these grants whose makers consent, the oldest first."""
        return [
            each
            for each in self._unused(grants)
            if self._rulebook.consenting_unit(each.resident_id) is not None
        ]

    def _unused(self, grants: Iterable[Grant]) -> list[Pass]:
        keys = {grant.key for grant in grants}
        return [
            each
            for each in self._passes.values()
            if each.key in keys and not each.is_used and not each.is_revoked
        ]

    def find(self, pass_id: str) -> Pass | None:
        """Return a pass whose revocation isn't written."""
        return self._passes.get(pass_id)

    def is_in_effect(self, pass_id: str) -> bool:
        """Return whether a pass isn't revoked."""
        found = self._passes.get(pass_id)
        return found is not None and not found.is_revoked

    def by_link(self, token: str) -> Pass | None:
        return self.pass_of(hashed(token))

    def fits_sign(self, made: Pass, typed: str, sign: str) -> bool:
        """Return whether characters are those at the pass's door; count wrong ones.

        Raise NoCodes if there were too many, so neither are right ones taken.
        """
        now = dt_util.utcnow()
        fits = hmac.compare_digest(normal_code(typed).encode(), sign.encode())
        if (until := self._wrong_signs.blocked_until(made.id, now)) is not None:
            raise NoCodes(until)
        if not fits:
            self._wrong_signs.count(made.id, now)
        return fits

    def has_address_code(self, unit: str) -> bool:
        return any(each.unit == unit for each in self._in_effect())

    async def make(self, grant: Grant, resident: Resident, author: Author) -> NewPass:
        """Make a pass for one entry on a grant, and revoke the home's earlier unused ones.

        Raise TooManyCodes if too many codes are being typed.
        """
        async with self._making:
            self._forget_old()
            digits = pin_length(len(self.live_codes(grant.door_id)))
            pin, pin_hash = await self._new(partial(new_pin, digits, secrets.randbelow))
            code, code_hash = await self._new(
                partial(new_short_code, secrets.randbelow)
            )
            link = secrets.token_urlsafe(16)
            new = Pass(
                ulid_now(),
                grant.key,
                resident.id,
                pin_hash,
                code_hash,
                hashed(link),
                dt_util.utcnow(),
                grant.ends_at + REMEMBERED,
                digits,
            )
            home = {each.id for each in self._rulebook.residents_of(resident.unit)}
            earlier = [
                each for each in self._unused([grant]) if each.resident_id in home
            ]

            def write(transaction: Transaction) -> None:
                for each in earlier:
                    revoke_pass(transaction, each.id, author, new.at)
                put_pass(transaction, new, resident.unit, author)

            await self._ledger.write(write)
            for each in earlier:
                self._drop(each.id)
            self._add(new)
            self.listeners.call()
            return NewPass(new.id, pin, in_groups(code), link, bool(earlier))

    async def revoke(self, pass_id: str, author: Author) -> None:
        """Revoke a pass for good, at once.

        Raise LedgerUnavailable if it can't be written yet. It is written later, unless
        Home Assistant stops before.
        """
        if (known := self._passes.get(pass_id)) is None:
            return
        self._add(replace(known, is_revoked=True))
        self.listeners.call()
        now = dt_util.utcnow()
        write = partial(revoke_pass, pass_id=pass_id, author=author, at=now)
        await self._late_writes.write(None, write, lambda _: self._drop(pass_id))

    async def renew_address_code(self, resident: Resident, author: Author) -> str:
        """Replace the address code of a resident's unit, and return it.

        Raise TooManyCodes if too many codes are being typed.
        """
        async with self._making:
            code, digest = await self._new(partial(new_address_code, secrets.randbelow))
            new = AddressCode(digest, resident.unit, resident.id)
            now = dt_util.utcnow()
            write = partial(put_address_code, new=new, author=author, at=now)
            await self._ledger.write(write)
            others = (
                each for each in self._address_codes.values() if each.unit != new.unit
            )
            self._address_codes = {each.code: each for each in (*others, new)}
            self.listeners.call()
            return code

    async def hash(
        self, typed: str, door_id: str = "", network: str | None = None
    ) -> bytes:
        """Return the hash of a typed code, off the loop and one after the other.

        Raise TooManyCodes if too many others wait of that network, or at that door.
        """
        who = door_id if network is None else f"{door_id} {network}"
        if self._waiting[who] >= (_MOST_WAITING if network is None else 1):
            raise TooManyCodes
        self._waiting[who] += 1
        try:
            async with self._hashing:
                return await self._host.hass.async_add_executor_job(
                    _slow_hash, self._pepper, self._host.entry_id, normal_code(typed)
                )
        finally:
            self._waiting[who] -= 1
            self._waiting += Counter()  # forgets who doesn't wait anymore

    def pass_of(self, digest: bytes) -> Pass | None:
        """Return the pass whose PIN or short code has this hash."""
        found = self._by_hash.get(digest)
        return None if found is None or found.is_revoked else found

    def unit_of(self, digest: bytes) -> str | None:
        """Return the unit whose address code has this hash."""
        found = self._address_codes.get(digest)
        return None if found is None or found not in self._in_effect() else found.unit

    def live_codes(self, door_id: str) -> list[int]:
        """Return how long each PIN and address code is that may open a door."""
        expected = list(self._grants.expected_at(door_id))
        units = {unit for grant in expected for unit in grant.accepted_units}
        return [
            *(each.digits for each in self.of_grants(expected)),
            *(ADDRESS_CODE_LENGTH for each in self._in_effect() if each.unit in units),
        ]

    def _forget_old(self) -> None:
        """Drop passes that are deleted from the ledger by now."""
        now = dt_util.utcnow()
        for old in [each for each in self._passes.values() if each.keep_until <= now]:
            self._drop(old.id)

    def _drop(self, pass_id: str) -> None:
        if (old := self._passes.pop(pass_id, None)) is None:
            return
        for digest in (old.pin, old.short_code, old.link):
            self._by_hash.pop(digest, None)

    def _end(self, resident_id: str) -> None:
        """Drop the codes of a resident who said no: a later yes doesn't bring them back."""
        for each in list(self._passes.values()):
            if each.resident_id == resident_id:
                self._drop(each.id)
        self._address_codes = {
            code: each
            for code, each in self._address_codes.items()
            if each.resident_id != resident_id
        }
        self.listeners.call()

    def _follow_uses(self) -> None:
        if self._passes:
            self._host.spawn(self._read_uses(), f"{DOMAIN} uses of passes")

    async def _read_uses(self) -> None:
        try:
            used = await self._ledger.read(used_passes)
        except LedgerUnavailable:
            return  # the claim itself looks at the disk
        for each in list(self._passes.values()):
            if each.is_used is not (each.id in used):
                self._add(replace(each, is_used=each.id in used))
        self.listeners.call()

    def _add(self, new: Pass) -> None:
        self._passes[new.id] = new
        self._by_hash |= dict.fromkeys((new.pin, new.short_code, new.link), new)

    async def _new(self, make: Callable[[], str]) -> tuple[str, bytes]:
        while True:
            code = make()
            digest = await self.hash(code)
            if digest not in self._by_hash and digest not in self._address_codes:
                return code, digest

    def _in_effect(self) -> list[AddressCode]:
        """Return the codes of units where who made them still lives and consents."""
        return [
            each
            for each in self._address_codes.values()
            if self._rulebook.consenting_unit(each.resident_id) == each.unit
        ]


def _slow_hash(pepper: bytes, salt: str, code: str) -> bytes:
    keyed = hmac.digest(pepper, code.encode(), "sha256")
    return hashlib.scrypt(
        keyed, salt=salt.encode(), n=_COST, r=_BLOCK_SIZE, p=1, dklen=32
    )


_ANYBODY: Final = ""
"""Visitors whose network isn't known."""


class NoCodes(Exception):
    """No code is taken: of a network or for a pass until a time, or at a door for a day."""

    def __init__(self, until: datetime | None = None) -> None:
        super().__init__(until)
        self.until = until


class WrongCodes:
    """Count wrong codes at each door, so that all codes there stay hard to guess.

    The day's number can't be used up from one network: after a few, it is blocked. It
    stays blocked through hand-overs and reloads.
    """

    def __init__(
        self, host: Host, ledger: Ledger, rulebook: Rulebook, passes: Passes
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._rulebook = rulebook
        self._passes = passes
        self._tries: dict[str, Tries] = {}
        self._lately = wrong_lately(host, "codes")

    async def load(self) -> None:
        """Read the wrong codes of the last day."""
        self._tries = dict(await self._ledger.read(load_tries))

    def of(self, door_id: str) -> Tries:
        return self._tries.get(door_id, Tries())

    def is_off(self, door_id: str, *, at_keypad: bool) -> bool:
        """Return whether no code is taken at a door's page, or at its keypads."""
        wrong = self.of(door_id).wrong(dt_util.utcnow(), at_keypad=at_keypad)
        lengths = self._passes.live_codes(door_id)
        return wrong >= most_wrong(lengths, at_keypad=at_keypad)

    def are_off(self, door_id: str) -> bool:
        return any(self.is_off(door_id, at_keypad=each) for each in (False, True))

    def check(self, door: Door, network: str | None, *, at_keypad: bool) -> None:
        """Raise NoCodes if a network is blocked, or a door takes no code."""
        now = dt_util.utcnow()
        if network is not None:
            self._host.issues.clear(IssueKind.VISITORS_ALIKE)
            if (until := self._lately.blocked_until(network, now)) is not None:
                raise NoCodes(until)
        if self.is_off(door.id, at_keypad=at_keypad):
            self._notify_once(door)
            raise NoCodes

    async def count(self, door: Door, network: str | None, *, at_keypad: bool) -> None:
        """Count a wrong code.

        Raise LedgerUnavailable if it counts, but not after a restart.
        """
        now = dt_util.utcnow()
        self._tries[door.id] = self.of(door.id).after_wrong(now, at_keypad=at_keypad)
        if not at_keypad:
            self._lately.count(_ANYBODY if network is None else network, now)
            if network is None and self._lately.blocked_until(_ANYBODY, now):
                self._host.issues.show(IssueKind.VISITORS_ALIKE)
        if self.is_off(door.id, at_keypad=at_keypad):
            self._notify_once(door)
        await self._ledger.write(partial(self._put, door_id=door.id))

    async def turn_on(self, door: Door, author: Author) -> None:
        """Take codes at a door again, as if none had been wrong.

        Raise LedgerUnavailable if it can't be written, and they stay off.
        """

        def write(transaction: Transaction) -> None:
            put_tries(transaction.conn, door.id, Tries())
            transaction.append(
                "codes.on",
                dt_util.utcnow(),
                {"door": door.id},
                {"decided_by": author.decided_by},
            )

        if not self.are_off(door.id):
            return
        await self._ledger.write(write)
        self._tries[door.id] = Tries()
        self._passes.listeners.call()

    def _put(self, transaction: Transaction, *, door_id: str) -> None:
        put_tries(transaction.conn, door_id, self.of(door_id))

    def _notify_once(self, door: Door) -> None:
        """Notify the administrator that a door takes no codes, once a day."""
        now, tries = dt_util.utcnow(), self.of(door.id)
        if tries.is_notified(now):
            return
        self._tries[door.id] = replace(tries, notified_at=now)
        self._passes.listeners.call()
        self._host.spawn(self._notify(door, now), f"{DOMAIN} codes off")

    async def _notify(self, door: Door, now: datetime) -> None:
        def write(transaction: Transaction) -> None:
            self._put(transaction, door_id=door.id)
            transaction.append("codes.off", now, {"door": door.id})
            fan_out = self._rulebook.fan_out(transaction, now)
            fan_out.notify(NotificationKind.CODES_OFF, {"door": door.name})

        await self._ledger.write(write)
