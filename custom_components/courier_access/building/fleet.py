"""Report a building's health, and the head of its access log, to the fleet that it belongs to.

The protocol is docs/reference/fleet-protocol.md. Nothing waits for a fleet.
"""

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
import logging
from random import SystemRandom
import re
from sqlite3 import Connection
from typing import Any, Final, NamedTuple, Self
from zlib import crc32

import aiohttp
from homeassistant.const import CONF_ADDRESS, CONF_TOKEN
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers.aiohttp_client import async_create_clientsession
from homeassistant.helpers.event import async_track_utc_time_change
from homeassistant.loader import async_get_loaded_integration
from homeassistant.util import dt as dt_util
import orjson
from yarl import URL

from ..access.names import fit, without_markup
from ..const import CONF_FLEET, CONF_KEYS, DOMAIN
from ..couriers.addresses import address_of
from ..couriers.fleet import (
    FleetCourier,
    Proposal,
    ProposalKind,
    confirm_proposal,
    linked_couriers,
    missing_couriers,
    proposals,
    read_couriers,
    restrict_couriers,
)
from ..home_assistant.callbacks import Timer
from ..home_assistant.clock import ClockWatch
from ..home_assistant.host import Host
from ..home_assistant.issues import Fix, IssueKind, Issues
from ..ledger.errors import LedgerUnavailable
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.configured import Change
from ..ledger.upkeep.fleet import (
    Figures,
    Head,
    forget_difference,
    is_difference_over,
    note_difference,
    read_figures,
)
from ..ledger.upkeep.fleet_visits import LONGEST_NAME, Batch, Visit, read_batch
from ..notifications.times import write_for_issue
from ..residents.directory import Directory
from ..residents.rulebook import Rulebook

EVERY_MINUTES: Final = 15
WITHIN: Final = 5.0
"""Seconds for which a building waits for an answer."""

LONGEST_ANSWER: Final = 4_096
LONGEST_LIST: Final = 262_144
LONGEST_ADDRESS: Final = 500
LONGEST_TOKEN: Final = 2_000
SHORTEST_PAUSE: Final = 60.0
LONGEST_PAUSE: Final = 3_600.0
"""Seconds between two attempts after an error."""

SILENT_AFTER: Final = timedelta(hours=1)
"""After how long without a report an issue shows it; the fleet lists the building then, too."""

_ATTEMPTS: Final = 3
_MOST_LISTED: Final = 100
_MOST_COUNTED: Final = 1_000_000
_RANDOM: Final = SystemRandom()
_HIGHEST: Final = 2**63 - 1
DECLINED: Final = "declined"
"""The option with what the administrator declined of what the fleet proposed."""

_ISSUES: Final = (
    IssueKind.FLEET_DIFFERS,
    IssueKind.FLEET_SILENT,
    IssueKind.FLEET_PROPOSES,
    IssueKind.FLEET_COURIER_GONE,
)
BEHIND: Final = 1.0
"""Seconds between two reports while there is more to report."""

_CHANGES: Final[Mapping[ProposalKind, Change]] = {
    ProposalKind.KEY: Change.COURIER_KEY,
    ProposalKind.ENABLE: Change.COURIER_ENABLED,
}
"""Changes of a courier that the configuration's own notifications don't name."""

_ADDRESS: Final = re.compile(r"https://[!-~]{1,500}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_FAULTS: Final = (
    IssueKind.OPENER_OFFLINE,
    IssueKind.OPENER_REMOVED,
    IssueKind.DOOR_NOT_LOCKED,
    IssueKind.DOORBELL_LOST,
    IssueKind.DOORBELL_STRAY,
)
_LOGGER = logging.getLogger(__name__)
_fit: Final = partial(fit, longest=LONGEST_NAME)


class Problem(StrEnum):
    """Why a fleet can't be reached, or didn't take a report."""

    UNREACHABLE = "unreachable"
    CERTIFICATE = "certificate"
    REFUSED = "refused"
    NOT_FOUND = "not_found"
    BUSY = "busy"
    INVALID = "invalid"
    UNREADABLE = "unreadable"


_PROBLEMS: Final[Mapping[int, Problem]] = {
    400: Problem.INVALID,
    401: Problem.REFUSED,
    403: Problem.NOT_FOUND,
    404: Problem.NOT_FOUND,
    413: Problem.INVALID,
    429: Problem.BUSY,
}


class FleetError(Exception):
    """A fleet couldn't be asked, or it refused."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class FleetSettings:
    """Where a building reports to, and the token that lets it."""

    address: str
    token: str = field(repr=False)

    @classmethod
    def read(cls, options: Mapping[str, Any]) -> Self | None:
        """Read a building's options; None if it belongs to no fleet."""
        stored = options.get(CONF_FLEET)
        return stored and cls(stored[CONF_ADDRESS], stored[CONF_TOKEN])


def read_address(written: str) -> str | None:
    """Return an address without a slash at its end, or None if no token may be sent there."""
    try:
        url = URL(written.strip())
        is_safe = url.scheme == "https" or (url.scheme, url.host) == (
            "http",
            "127.0.0.1",
        )
    except ValueError:
        return None
    whole = str(url).rstrip("/")
    is_plain = url.host and not (
        url.user or url.password or url.query_string or url.fragment
    )
    return whole if is_safe and is_plain and len(whole) <= LONGEST_ADDRESS else None


def is_token(written: str) -> bool:
    return len(written) <= LONGEST_TOKEN and _TOKEN.fullmatch(written) is not None


class Cursor(NamedTuple):
    """How far a fleet has taken a building's log; there is no `seq` before the first report."""

    line: int
    seq: int | None


class Reply(NamedTuple):
    """A fleet's reply to a report."""

    cursor: Cursor
    taken: bool
    differs: bool
    couriers: int

    @classmethod
    def read(cls, content: bytes) -> Self:
        """Read a reply; raise FleetError if it isn't one."""
        try:
            match orjson.loads(content):
                case {
                    "line": int(line),
                    "seq": int() | None as seq,
                    "taken": bool(taken),
                    "differs": bool(differs),
                    "couriers": int(couriers),
                } if 0 <= line <= _HIGHEST and 0 <= (seq or 0) <= _HIGHEST:
                    return cls(Cursor(line, seq), taken, differs, couriers)
        except ValueError:
            pass
        raise FleetError(Problem.UNREADABLE)


async def async_report(
    hass: HomeAssistant, settings: FleetSettings, batch: Mapping[str, object]
) -> Reply:
    """Send a report and return the reply; an empty report asks for the cursor."""
    sent = orjson.dumps({"batch": batch})
    return Reply.read(await _ask(hass, settings, "rpc/report", LONGEST_ANSWER, sent))


async def async_couriers(
    hass: HomeAssistant, settings: FleetSettings
) -> tuple[FleetCourier, ...]:
    """Return the fleet's list of couriers."""
    content = await _ask(hass, settings, "couriers", LONGEST_LIST)
    couriers = await hass.async_add_executor_job(read_couriers, content)
    if couriers is None:
        raise FleetError(Problem.UNREADABLE)
    return couriers


async def _ask(
    hass: HomeAssistant,
    settings: FleetSettings,
    path: str,
    longest: int,
    sent: bytes | None = None,
) -> bytes:
    """Send a request and return the answer; raise FleetError if it's an error."""
    # Home Assistant's connections, without what a fleet wants to be kept here.
    session = async_create_clientsession(
        hass, auto_cleanup=False, cookie_jar=aiohttp.DummyCookieJar()
    )
    try:
        async with session.request(
            "GET" if sent is None else "POST",
            f"{settings.address}/{path}",
            data=sent,
            headers={
                "Authorization": f"Bearer {settings.token}",
                "Content-Type": "application/json",
                # What is short when it comes must not be long when it's read.
                "Accept-Encoding": "identity",
            },
            timeout=aiohttp.ClientTimeout(total=WITHIN),
            allow_redirects=False,
        ) as response:
            status, content = response.status, b""
            async for part in response.content.iter_chunked(longest):
                content += part
                if len(content) > longest:
                    raise FleetError(Problem.UNREADABLE)
    except aiohttp.ClientSSLError as err:
        raise FleetError(Problem.CERTIFICATE) from err
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as err:
        raise FleetError(Problem.UNREACHABLE) from err
    finally:
        session.detach()
    if status in (200, 409):
        return content
    default = Problem.BUSY if status >= 500 else Problem.UNREADABLE
    raise FleetError(_PROBLEMS.get(status, default))


@dataclass(slots=True)
class FleetStatus:
    """How a building's reports went since it began to report."""

    since: datetime
    reported_at: datetime | None = None
    """When the fleet took the newest report."""
    problem: Problem | None = None
    """Why it didn't take the last one."""
    differs: bool = False


class Fleet:
    """The reports of one building to its fleet, if it belongs to one."""

    def __init__(
        self,
        host: Host,
        ledger: Ledger,
        directory: Directory,
        rulebook: Rulebook,
        clock_watch: ClockWatch,
    ) -> None:
        self._host = host
        self._ledger = ledger
        self._directory = directory
        self._rulebook = rulebook
        self._clock_watch = clock_watch
        self.settings = FleetSettings.read(host.entry.options)
        self.status = FleetStatus(dt_util.utcnow())
        self._cursor: Cursor | None = None
        self._forgotten_to = 0
        """The last number that the fleet was asked to forget, if there are more."""
        self._version: int | None = None
        self._view: tuple[FleetCourier, ...] | None = None
        """The fleet's couriers, in that version."""
        self._pause = SHORTEST_PAUSE
        """The longest pause before the last attempt."""
        self._retry = Timer(host.hass)
        self._is_reporting = False

    def go_on_from(self, former: Fleet) -> None:
        """Show the status of the former building's reports, unless they went elsewhere."""
        if self.settings == former.settings:
            self.status = former.status
            self._version, self._view = former._version, former._view

    def follow(self, stops: ExitStack) -> None:
        """Report at each quarter hour, whether or not anything happened."""
        issues = self._host.issues
        if self.settings is None:
            for kind in _ISSUES:
                issues.clear(kind)
            return
        self._show_couriers()
        stops.callback(self._retry.stop)
        stops.callback(
            async_track_utc_time_change(
                self._host.hass,
                self._tick,
                minute=range(0, 60, EVERY_MINUTES),
                # Not all buildings of a fleet at once, and one always at its second.
                second=crc32(self._host.entry_id.encode()) % 60,
            )
        )

    @callback
    def _tick(self, _: datetime) -> None:
        if not self._retry.runs:
            self._begin()

    def _begin(self) -> None:
        if not self._is_reporting:
            self._is_reporting = True
            self._host.run_until_stopped(self._report(), f"{DOMAIN} fleet")

    async def _report(self) -> None:
        try:
            if self._clock_watch.is_trusted:
                await self._rulebook.fleet_visits.advance(dt_util.utcnow())
            await self._exchange()
        except FleetError as err:
            self._fail(err.problem)
        except LedgerUnavailable:
            pass  # Its health reports it, and the fleet lists the building as silent.
        else:
            self._pause = SHORTEST_PAUSE
            self.status.problem = None
            self._host.issues.clear(IssueKind.FLEET_SILENT)
        finally:
            self._is_reporting = False

    def _fail(self, problem: Problem) -> None:
        """Try again soon, then less and less often; show what lasts."""
        # The error's own text may contain the address or the token.
        _LOGGER.debug("The fleet took no report: %s", problem)
        status, now = self.status, dt_util.utcnow()
        self._cursor, self._forgotten_to, status.problem = None, 0, problem
        self._pause = min(LONGEST_PAUSE, self._pause * 2)
        self._retry.start(_RANDOM.uniform(SHORTEST_PAUSE, self._pause), self._begin)
        since = status.reported_at or status.since
        if now - since >= SILENT_AFTER:
            written = write_for_issue(since, self._host.zone)
            self._host.issues.show(IssueKind.FLEET_SILENT, placeholders={"at": written})

    async def _exchange(self) -> None:
        """Send reports until one is taken; raise FleetError if none is."""
        assert self.settings is not None
        send = partial(async_report, self._host.hass, self.settings)
        cursor = self._cursor or (await send({})).cursor
        for _ in range(_ATTEMPTS):
            report, visits = await self._batch(cursor)
            reply = await send(report)
            if reply.taken and reply.cursor != _moved(cursor, visits.head):
                break  # It would be sent again each second.
            self._cursor = None if reply.differs else reply.cursor
            self._forgotten_to = visits.forgotten_to if reply.taken else 0
            if reply.differs:
                await self._differ(reply.cursor.line)
            elif reply.taken:
                await self._agree()
                if visits.is_more:
                    self._retry.start(BEHIND, self._begin)
            else:
                cursor = reply.cursor
                continue
            if reply.couriers != self._version:
                await self._fetch(reply.couriers)
            return
        raise FleetError(Problem.UNREADABLE)

    async def _fetch(self, version: int) -> None:
        """Read the couriers; what they restrict is stored, and all else is proposed."""
        assert self.settings is not None
        hass, entry = self._host.hass, self._host.entry
        view = await async_couriers(hass, self.settings)
        self._view, self._version = view, version
        restrict_couriers(hass, entry, view, self._directory.doors)
        self._show_couriers()

    @property
    def proposals(self) -> list[Proposal]:
        """What the fleet proposes, as far as nobody has declined it."""
        entry = self._host.entry
        declined = entry.options.get(CONF_FLEET, {}).get(DECLINED, ())
        return proposals(entry, self._view or (), self._directory.doors, declined)

    def _show_couriers(self) -> None:
        if self._view is None:
            return
        issues = self._host.issues
        if self.proposals:
            issues.show(IssueKind.FLEET_PROPOSES, fix=Fix.CONFIRM_COURIERS)
        else:
            issues.clear(IssueKind.FLEET_PROPOSES)
        if gone := missing_couriers(self._host.entry, self._view):
            names = ", ".join(map(without_markup, gone))
            issues.show(IssueKind.FLEET_COURIER_GONE, placeholders={"couriers": names})
        else:
            issues.clear(IssueKind.FLEET_COURIER_GONE)

    async def async_confirm(
        self, shown: Collection[Proposal], chosen: Collection[Proposal]
    ) -> None:
        """Bring into effect what an administrator chose, and decline the rest of what was shown.

        What the configuration's own notifications don't name is on disk before.
        """
        hass, entry, now = self._host.hass, self._host.entry, dt_util.utcnow()
        linked = linked_couriers(entry)
        changes = [
            {"what": _CHANGES[each.kind], "name": linked[each.courier.id][0].title}
            for each in chosen
            if each.kind in _CHANGES and each.courier.id in linked
        ]
        tokens = sorted(each.token for each in chosen)

        def work(transaction: Transaction) -> None:
            transaction.append("fleet.confirmed", now, {"proposals": tokens})
            if changes:
                self._writer(transaction, now).notify(
                    NotificationKind.CONFIGURATION_CHANGED,
                    {"changes": orjson.dumps(changes).decode()},
                )

        await self._ledger.write(work)
        for each in chosen:
            confirm_proposal(hass, entry, each)
        stored = entry.options.get(CONF_FLEET)
        rest = {each.token for each in shown if each not in chosen}
        if stored is not None and rest:
            declined = sorted({*stored.get(DECLINED, ()), *rest})
            options = {**entry.options, CONF_FLEET: {**stored, DECLINED: declined}}
            hass.config_entries.async_update_entry(entry, options=options)

    def _writer(
        self, transaction: Transaction, now: datetime, of: int | None = None
    ) -> FanOutWriter:
        rulebook = self._rulebook
        return FanOutWriter(
            transaction, rulebook.set_revision, now, rulebook.residents, of
        )

    def _addresses(self) -> Mapping[str, str]:
        """Return where each of the fleet's couriers reaches this building."""
        found = {
            id_: address_of(self._host.hass, part.data)
            for id_, (part, _) in linked_couriers(self._host.entry).items()
        }
        return {
            id_: address
            for id_, address in found.items()
            if address is not None and _ADDRESS.fullmatch(address)
        }

    async def _batch(self, cursor: Cursor) -> tuple[Mapping[str, object], Batch]:
        couriers = self._directory.couriers
        asked = [
            key for key, each in couriers.items() if each.enabled and self._signs(key)
        ]
        read = partial(_read, cursor.seq, asked, self._forgotten_to)
        figures, visits = await self._ledger.read_apart(read)
        integration = async_get_loaded_integration(self._host.hass, DOMAIN)
        silent = (couriers[each].name for each in asked if each in figures.silent)
        report: dict[str, object] = {
            "line": cursor.line,
            "known": _written(figures.known),
            "head": _written(visits.head),
            "version": _fit(str(integration.version)),
            "pending": min(figures.pending, _MOST_COUNTED),
            "undelivered": min(figures.undelivered, _MOST_COUNTED),
            "faults": list(_faults(self._host.issues))[:_MOST_LISTED],
            "silent_couriers": [_fit(each) for each in silent][:_MOST_LISTED],
            "addresses": self._addresses(),
        }
        if visits.forget:
            report["forget"] = visits.forget
        if visits.keep_days is not None:
            report["keep_days"] = visits.keep_days
            report["visits"] = [_written_visit(each) for each in visits.visits]
        return report, visits

    def _signs(self, courier_id: str) -> bool:
        courier = self._host.entry.subentries.get(courier_id)
        return courier is not None and bool(courier.data[CONF_KEYS])

    async def _differ(self, line: int) -> None:
        """Show that the log and the fleet's copy differ, and notify every resident once."""
        now = dt_util.utcnow()

        def work(transaction: Transaction) -> None:
            if (seq := note_difference(transaction, now, line)) is not None:
                self._writer(transaction, now, seq).notify(
                    NotificationKind.FLEET_DIFFERS
                )

        await self._ledger.write(work)
        self.status.differs = True
        self._host.issues.show(IssueKind.FLEET_DIFFERS)

    async def _agree(self) -> None:
        self.status.reported_at = now = dt_util.utcnow()
        self.status.differs = False
        self._host.issues.clear(IssueKind.FLEET_DIFFERS)
        if await self._ledger.read_apart(partial(is_difference_over, at=now)):
            await self._ledger.write(forget_difference)


def _moved(cursor: Cursor, head: Head | None) -> Cursor | None:
    """Return where the cursor is once a report is taken; one without a head never is."""
    return None if head is None else Cursor(max(cursor.line, 1), head.seq)


def _written(head: Head | None) -> Mapping[str, object] | None:
    return None if head is None else {"seq": head.seq, "hash": head.hash.hex()}


def _read(
    cursor: int | None, couriers: Collection[str], forgotten_to: int, conn: Connection
) -> tuple[Figures, Batch]:
    figures = read_figures(conn, cursor, couriers)
    return figures, read_batch(conn, figures.known, figures.head, forgotten_to)


def _written_visit(visit: Visit) -> Mapping[str, object]:
    """Return a visit with exactly the fields that the protocol names."""
    return {
        "seq": visit.seq,
        "hash": visit.hash.hex(),
        "at": f"{visit.at:%Y-%m-%dT%H:%M:%SZ}",
        "courier": visit.courier,
        "door": visit.door,
        "result": visit.result,
        "reason": visit.reason,
    }


def _faults(issues: Issues) -> Iterable[Mapping[str, str]]:
    for issue in issues.shown():
        if issue.active and issue.translation_key in _FAULTS:
            door = str((issue.data or {}).get("door", ""))
            yield {"door": _fit(door), "fault": issue.translation_key}
