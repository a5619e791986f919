"""A building that moves from zone to zone and lives through the changes of their clocks."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from homeassistant.core import Context, HomeAssistant
from homeassistant.util import dt as dt_util

from tests.audit.written_changes import (
    ADA,
    ALWAYS,
    LIVES,
    Finding,
    Hours,
    Night,
    Pause,
    Writer,
    wall_clock,
)
from tests.properties.tz_database import EPOCH, Clock, clocks_of_all_zones, seconds
from tests.properties.written_schedules import EVERY_MINUTE
from tests.support.clocks import Clocks
from tests.support.house import House, Sender, ask, build, courier, do, door
from tests.support.people import People

NEAR: Final = range(-150 * 60, 150 * 60 + 1, 60)
"""When a building is asked about a change: every minute of five hours."""
FAR: Final = range(-26 * 3600 + 60, 26 * 3600, 47 * 60)
"""And now and then in the two days about it."""
EVERYWHERE: Final = Night(
    dict.fromkeys((ADA, "Ben", "Cleo"), Hours(EVERY_MINUTE)), Hours(ALWAYS)
)
EDGES: Final = (-3600, -1, 0, 59, 1800, 3599, 7200)
LOOK_AHEAD: Final = 8 * 24 * 60
"""For so many minutes, the next change of what a resident accepts is looked for."""
HOUR: Final = timedelta(hours=1)
ACCEPTING: Final = "binary_sensor.ada_accepting_deliveries"


@dataclass(frozen=True, slots=True)
class Change:
    """A change of a clock, and the zones whose clock it is."""

    at: int
    clock: Clock
    zones: Sequence[str]


def changes(start: datetime, end: datetime) -> list[Change]:
    """Return each change of each different clock, in their order."""
    clocks = clocks_of_all_zones(seconds(start), seconds(end))
    return sorted(
        (
            Change(at, clock, zones)
            for clock, zones in clocks.items()
            for at, _ in clock.changes
        ),
        key=lambda change: (change.at, change.zones),
    )


@dataclass(slots=True)
class Zones:
    """What was compared, and where the building and the oracle disagreed."""

    house: House
    people: People
    sender: Sender
    clocks: Clocks
    chance: Random
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    lobby: str = field(init=False)
    zone: str = field(default="", init=False)

    def __post_init__(self) -> None:
        """Look up the door once."""
        self.lobby = self.house.device("door-lobby").id

    @property
    def hass(self) -> HomeAssistant:
        """The Home Assistant."""
        return self.house.hass

    async def compare(self, change: Change, zone: str, *, live: bool) -> None:
        """Move the building to a zone, and ask it about a change; perhaps live through the change."""
        begins = EPOCH + timedelta(seconds=change.at) - 3 * HOUR
        is_ahead = live and dt_util.utcnow() <= begins
        if is_ahead:
            await self._pass_until(begins)
        night = await self._prepare(change, zone, pauses=is_ahead)
        self.counts["different changes"] += 1
        near = [change.at + offset for offset in NEAR]
        far = [change.at + offset for offset in FAR]
        await self.ask(night, sorted({*near, *far, change.at - 1, change.at + 59}))
        if is_ahead:
            await self._live(change, night)
            await self._resume(night)

    async def visit(self, clock: Clock, names: Sequence[str]) -> None:
        """Move the building to each zone with a clock, and ask it about each of that one's changes."""
        moments = [at for at, _ in clock.changes] or [seconds(DECADE[0])]
        edges = {at + offset for at in moments for offset in EDGES}
        for name in names:
            self.counts["zones"] += 1
            self.counts["transitions"] += len(clock.changes)
            await self.move(name, EVERYWHERE)
            if name == names[0]:
                await self.consent(EVERYWHERE)
            await self.ask(EVERYWHERE, sorted(edges))

    async def move(self, zone: str, night: Night) -> None:
        """Move the building to a zone, where its residents consent to their hours."""
        if self.zone != zone:
            options = {"time_zone": zone, "building_hours": night.building.week}
            entries = self.hass.config_entries
            entries.async_update_entry(self.house.entry, options=options)
            await self.house.settle()
            self.zone = zone
        assert self.house.building.zone().key == zone

    async def consent(self, night: Night) -> None:
        """Let the residents write their hours."""
        for names in LIVES.values():
            for name in names:
                await ask(
                    self.house,
                    "set_rules",
                    f"resident-{name.lower()}",
                    self.people.acting(name),
                    consent=True,
                    windows=night.hours[name].week,
                    exceptions=night.hours[name].exceptions,
                    default="ask" if name == "Ben" else "allow",
                    share_hours=name == ADA,
                )

    async def _prepare(self, change: Change, zone: str, *, pauses: bool) -> Night:
        with wall_clock(zone) as shows:
            before = shows(change.at - 1) + timedelta(seconds=1)
            after = shows(change.at)
            ahead = change.clock.offset(change.at) - change.clock.offset(change.at - 1)
        if after - before != timedelta(seconds=ahead):
            self.wrong.append(f"{zone} at {change.at}: the oracles disagree")
        writer = Writer(self.chance, before, after)
        names = [name for names in LIVES.values() for name in names]
        hours = {name: writer.hours() for name in names}
        night = Night(
            hours, writer.building(), await self._pause(change) if pauses else ()
        )
        self.zone = ""  # the building's hours are other ones
        await self.move(zone, night)
        await self.consent(night)
        return night

    async def _pause(self, change: Change) -> Sequence[Pause]:
        """Let residents pause the building or their unit, until about the change."""
        pauses = []
        for unit, name in ((None, ADA), ("4A", "Cleo")):
            if self.chance.random() < 0.3:
                pause = Pause(unit, change.at + 60 * self.chance.randint(-90, 120))
                until = (EPOCH + timedelta(seconds=pause.until)).isoformat()
                more = {} if unit is None else {"unit": unit}
                who = self.people.acting(name)
                await do(self.house, "pause", who, until=until, **more)
                pauses.append(pause)
        return pauses

    async def _resume(self, night: Night) -> None:
        for pause in night.pauses:
            more = {} if pause.unit is None else {"unit": pause.unit}
            name = ADA if pause.unit is None else "Cleo"
            await do(self.house, "resume", self.people.acting(name), **more)

    async def ask(self, night: Night, moments: Sequence[int]) -> None:
        """Compare what residents read about these seconds."""
        with wall_clock(self.zone) as shows:
            walls = [shows(second) for second in moments]
        for unit, names in LIVES.items():
            who = self.people.acting(names[0])
            for second, local in zip(moments, walls, strict=True):
                told = await self.check(unit, second, who)
                meant = (
                    night.answer(unit, second, local),
                    night.findings(unit, second, local),
                )
                self.counts["minutes"] += 1
                self.counts[f"said {meant[0]}"] += 1
                if told != meant:
                    self._differs(second, local, f"{unit} {told}, not {meant}", night)

    async def check(
        self, unit: str, second: int, who: Context
    ) -> tuple[str, set[Finding]]:
        response = await self.hass.services.async_call(
            "courier_access",
            "check_access",
            {
                "device_id": self.lobby,
                "unit": unit,
                "at": (EPOCH + timedelta(seconds=second)).isoformat(),
            },
            blocking=True,
            return_response=True,
            context=who,
        )
        checks: Any = response and response["checks"]
        [check] = checks
        found: set[Finding] = {
            (one["layer"], one.get("resident")) for one in check["because"]
        }
        return check["reason"], found

    async def _live(self, change: Change, night: Night) -> None:
        """Let a courier come before, during, and after the change."""
        self.counts["changes lived through"] += 1
        now = seconds(dt_util.utcnow())
        starts, ends = change.at - 7200, change.at + 10800
        with wall_clock(self.zone) as shows:
            walls = [shows(now + 60 * minute) for minute in range(LOOK_AHEAD)]
        await self._issue(night, starts, ends, walls[(starts - now) // 60 :])
        near = self.chance.sample(range(-170, 190), 5)
        moments = {change.at - 60, change.at, *(change.at + 60 * m for m in near)}
        for second in sorted(moments):
            await self._pass_until(EPOCH + timedelta(seconds=second))
            local = walls[(second - now) // 60]
            self._look(night, second, walls[(second - now) // 60 :])
            await self._enter(night, second, local, is_valid=starts <= second < ends)

    async def _issue(
        self, night: Night, starts: int, ends: int, walls: Sequence[datetime]
    ) -> None:
        """Compare what a courier learns about shared hours with what is open."""
        answer = await self.sender.grant(
            self._grant,
            ("3B",),
            starts_at=(EPOCH + timedelta(seconds=starts)).isoformat(),
            ends_at=(EPOCH + timedelta(seconds=ends)).isoformat(),
            max_entries=9,
        )
        runs: list[list[int]] = []
        for minute, local in enumerate(walls[: (ends - starts) // 60]):
            second = starts + 60 * minute
            if night.shared(local):
                if runs and runs[-1][1] == second:
                    runs[-1][1] = second + 60
                else:
                    runs.append([second, second + 60])
        usable = [
            [seconds(datetime.fromisoformat(one[edge])) for edge in ("from", "until")]
            for one in answer.body.get("usable", ())
        ]
        self.counts["replies"] += 1
        if answer.body["decision"] == "accepted" and usable != runs:
            local = walls[0]
            self._differs(starts, local, f"usable {usable}, not {runs}", night)

    def _look(self, night: Night, second: int, walls: Sequence[datetime]) -> None:
        """Compare what a resident's sensor shows, and until when."""
        shown = self.hass.states.get(ACCEPTING)
        assert shown is not None
        accepts = (
            night.accepts(ADA, "3B", second + 60 * minute, local)
            for minute, local in enumerate(walls)
        )
        first = next(accepts)
        flips = (minute for minute, one in enumerate(accepts, 1) if one is not first)
        flip = next(flips, None)
        changes_at: Any = shown.attributes["next_change"]
        told = None if changes_at is None else seconds(changes_at)
        self.counts["next changes"] += 1
        horizon = second + 60 * len(walls)
        is_right = (
            (told is None or told >= horizon)
            if flip is None
            else told == second + 60 * flip
        )
        if shown.state != ("on" if first else "off") or not is_right:
            text = f"{shown.state} until {told}, not {first} for {flip} minutes"
            self._differs(second, walls[0], text, night)

    async def _enter(
        self, night: Night, second: int, local: datetime, *, is_valid: bool
    ) -> None:
        """Compare what a courier at the door is answered; the oracle answers for a grant that is accepted."""
        answer = await self.sender.enter(self._grant)
        await self.house.settle()
        meant = night.answer("3B", second, local)
        told = answer.body.get("reason")
        self.counts["entries"] += 1
        self.counts[f"at the door {told}"] += 1
        is_expected = told == meant
        if told in ("unknown_grant", "not_accepting", "vetoed"):
            # The grant was refused, as no time of it was open.
            is_expected = meant != "ok" or not is_valid
        elif not is_valid:
            is_expected = told in ("not_yet_valid", "expired")
        if not is_expected:
            self._differs(
                second, local, f"at the door {answer.body}, not {meant}", night
            )

    @property
    def _grant(self) -> str:
        return f"G{self.counts['different changes']}"

    async def _pass_until(self, instant: datetime) -> None:
        await self.clocks.pass_time(instant - dt_util.utcnow())
        await self.house.settle()

    def _differs(self, second: int, local: datetime, text: str, night: Night) -> None:
        self.counts["disagreements"] += 1
        self.wrong.append(f"{self.zone} at {second} ({local}): {text}; {night}")


@asynccontextmanager
async def moving_house(
    hass: HomeAssistant, clocks: Clocks, client: Any, chance: Random
) -> AsyncIterator[Zones]:
    """Set a building up whose residents decide by themselves."""
    people = People(hass)
    homes = await people.homes(Ada="3B", Ben="3B", Cleo="4A")
    house = await build(
        hass,
        door(),
        courier(rate_per_minute=6000),
        *homes,
        household="one",
    )
    for names in LIVES.values():
        for name in names:
            resident = house.building.residents[f"resident-{name.lower()}"]
            if not resident.is_confirmed:
                await people.confirm(house, name, names[0])
    yield Zones(house, people, Sender(await client()), clocks, chance)


DECADE: Final = datetime(2026, 12, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)
"""The changes that a building lives through."""
DECADES: Final = datetime(2016, 12, 1, tzinfo=UTC), DECADE[1]
"""The changes that a building is asked about in every zone."""
