"""The house of eight homes: who lives there, which couriers come, and what is known of each visit."""

import asyncio
from collections import Counter
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import aiohttp
from homeassistant.auth.const import GROUP_ID_ADMIN, GROUP_ID_USER
from homeassistant.auth.models import TOKEN_TYPE_LONG_LIVED_ACCESS_TOKEN, User as Login
from homeassistant.core import Context
from homeassistant.helpers import entity_registry as er

from ...answers import UnexpectedAnswerError, record
from ...client import User
from ...courier import Answer, Courier, Message
from ...phone import Notification
from ...signing import PrivateKey, SharedKey
from .figures import Memory
from .home import Home
from .oracle import Consent, Proof, Verdict, of_home
from .outside import Answers, OwnPhone, Pushes, is_question, receive
from .people import Resident
from .time_machine import Clocks, Loop
from .watch import Watch

KEYS = {
    "Parcel Post": "whsec_" + "cGFyY2VsIHBvc3Qgc2lnbnMgd2l0aCB0aGlzIGtleSE=",
    "Swift Parcels": "whsec_" + "c3dpZnQgcGFyY2VscyBzaWduIHdpdGggdGhpcyBrZXk=",
}
OWN_KEY = "Own Key Express"
KEYLESS = "Slow Post"
COURIERS = (*KEYS, OWN_KEY, KEYLESS)
DOORS = {"Lobby": "door-lobby", "Garage": "door-garage"}
SIGN = "K7"
"""The characters on the sheet at the lobby."""
TRIES = (0, 5, 20, 40)
"""After how many seconds each a courier sends again what was not answered."""


def part_of(courier: str) -> str:
    """Return the ID of a courier's part of the config entry."""
    return f"courier-{courier.lower().replace(' ', '-')}"


def address_of(courier: str) -> str:
    """Return the last part of a courier's address."""
    return f"webhook-of-{courier.lower().replace(' ', '-')}"


@dataclass(slots=True)
class Delivery:
    """A grant, as its issuer or its resident knows it."""

    courier: str
    grant_id: str
    parcel: str
    door: str
    units: list[str]
    """The units that accepted it and did not say no since."""
    starts: datetime
    ends: datetime
    at: datetime
    uses_left: int = 1
    is_over: bool = False

    def is_current(self, at: datetime) -> bool:
        """Return whether somebody could enter by it."""
        return not self.is_over and self.starts <= at < self.ends and self.uses_left > 0


@dataclass(slots=True)
class House:
    """All of it; `wrong` has each broken promise in words."""

    home: Home
    loop: Loop
    clocks: Clocks
    random: Random
    http: aiohttp.ClientSession
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    residents: list[Resident] = field(default_factory=list)
    phones: dict[str, OwnPhone] = field(default_factory=dict)
    couriers: dict[str, Courier] = field(default_factory=dict)
    deliveries: list[Delivery] = field(default_factory=list)
    orders: list[Resident] = field(default_factory=list)
    """Who gave standing orders."""
    pauses: dict[str | None, datetime] = field(default_factory=dict)
    """Until when units are paused, and the building (None)."""
    yeses: list[tuple[datetime, str]] = field(default_factory=list)
    """When somebody of a unit pressed yes."""
    is_locked: bool = True
    is_up: bool = False
    generation: int = 0
    downs: list[datetime] = field(default_factory=list)
    """When Home Assistant stopped."""
    faulty_until: datetime | None = None
    """Until when refusals and errors say nothing about residents' wishes."""
    tokens: dict[str, datetime] = field(default_factory=dict)
    """When each personal detail, such as a parcel's number, was used last."""
    pushes: Pushes = field(default_factory=Pushes)
    pushes_fail_until: datetime | None = None
    own: PrivateKey = field(default_factory=PrivateKey.generate)
    hurry: int = 1
    at_first: int = 0
    """The size of the ledger's file when the year began."""
    owner_token: str = ""
    hands: set[str] = field(default_factory=set)
    watch: Watch = field(init=False)
    answers: Answers = field(init=False)
    memory: Memory = field(init=False)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.watch = Watch(self)
        self.answers = Answers(self, self.random)
        self.memory = Memory(self)
        self.pushes.heard = self._heard
        self.pushes.is_down = lambda: (
            not self.is_up
            or (
                self.pushes_fail_until is not None and self.now < self.pushes_fail_until
            )
        )
        for name in (*KEYS, OWN_KEY):
            key = self.own if name == OWN_KEY else SharedKey(KEYS[name])
            to = address_of(name) if name == OWN_KEY else None
            url = f"{self.home.url}/api/webhook/{address_of(name)}"
            self.couriers[name] = Courier(self.http, name, url, key, to)

    @property
    def now(self) -> datetime:
        """The present time."""
        return self.clocks.now

    @property
    def owner(self) -> User:
        """The administrator, who lives elsewhere."""
        return User(self.http, self.home.url, self.owner_token)

    def user(self, resident: Resident) -> User:
        """Return a resident who is logged in."""
        assert resident.token
        return User(self.http, self.home.url, resident.token)

    def begin(self, work: Coroutine[object, object, None]) -> None:
        """Let something happen by the side; nothing of it may take longer than a day."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            if self.is_faulty and isinstance(error, UnexpectedAnswerError):
                self.counts["turned down while something was wrong"] += 1
                return
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = (
                ""
                if trace is None
                else f" ({trace.tb_frame.f_code.co_filename}:{trace.tb_lineno})"
            )
            self.fault(f"{task.get_coro()} failed: {error!r}{where}")

    def fault(self, what: str) -> None:
        """Keep a broken promise."""
        self.wrong.append(f"{self.now:%Y-%m-%d %H:%M:%S} {what}")

    def _heard(self, notification: Notification) -> None:
        resident = self.resident(notification.to)
        if is_question(notification):
            self.answers.take(resident, notification)
            return
        receive(resident, self.now, notification.title, notification.message)

    def resident(self, name: str) -> Resident:
        """Return a resident by their name."""
        return next(each for each in self.residents if each.name == name)

    def living(self, unit: str | None = None) -> list[Resident]:
        """Return who lives in the house, or in a unit."""
        return [
            each
            for each in self.residents
            if each.until is None
            and (unit is None or each.unit.lower() == unit.lower())
        ]

    def is_hand(self, context: Context) -> bool:
        """Return whether somebody opens the door by hand."""
        return context.user_id in self.hands

    def token(self, kind: str) -> str:
        """Make up a personal detail."""
        made = f"{kind}-{self.random.randrange(16**12):012x}"
        self.tokens[made] = self.now
        return made

    def use(self, *tokens: str) -> None:
        """Note that personal details are used now."""
        for token in tokens:
            self.tokens[token] = self.now

    # Accounts

    async def log_in(self, name: str, *, is_admin: bool = False) -> tuple[Login, str]:
        """Create an account; return it with a token."""
        auth = self.home.running.auth
        groups = [GROUP_ID_ADMIN if is_admin else GROUP_ID_USER]
        login = await auth.async_create_user(name, group_ids=groups)
        refresh = await auth.async_create_refresh_token(
            login,
            client_name=name,
            token_type=TOKEN_TYPE_LONG_LIVED_ACCESS_TOKEN,
            access_token_expiration=timedelta(days=3650),
        )
        return login, auth.async_create_access_token(refresh)

    async def person(self, name: str, login: Login) -> str:
        """Create a person with an account; return the ID of its entity in the registry."""
        async with self.owner.channel() as channel:
            made = record(
                await channel.command(
                    "person/create", name=name, user_id=login.id, device_trackers=[]
                )
            )
        entity_id = er.async_get(self.home.running).async_get_entity_id(
            "person", "person", str(made["id"])
        )
        assert entity_id is not None
        entry = er.async_get(self.home.running).async_get(entity_id)
        assert entry is not None
        return entry.id

    async def connect(self, resident: Resident) -> None:
        """Register a resident's phone."""
        phone = OwnPhone(resident.name, self.user(resident), f"push of {resident.name}")
        self.phones[resident.name] = phone
        await self.pushes.connect(phone)

    # Couriers

    async def send(self, courier: Courier, message: Message) -> Answer | None:
        """Send a message until it is answered or nobody waits at the door anymore."""
        for pause in TRIES:
            await asyncio.sleep(pause)
            generation = self.generation
            if not self.is_up:
                continue
            try:
                answer = await courier.send(message)
            except aiohttp.ClientError, TimeoutError:
                continue
            if generation != self.generation:
                self.counts["answers lost"] += 1
                continue
            if answer.decision is not None:
                return answer
            self.counts[f"problem {answer.problem}"] += 1
        return None

    # What residents want

    def verdict(self, units: list[str], courier: str, proof: Proof) -> Verdict:
        """Return what the homes say now."""
        now = self.now
        if self.is_paused(None):
            return Verdict.NO
        said = [
            of_home([each.member for each in self.living(unit)], courier, proof, now)
            for unit in units
            if not self.is_paused(unit)
        ]
        return max(said, default=Verdict.NO)

    def is_paused(self, unit: str | None) -> bool:
        """Return whether a unit, or the building, is paused."""
        until = self.pauses.get(unit)
        return until is not None and self.now < until

    def admitted(
        self, entry_id: str, units: list[str], courier: str, proof: Proof
    ) -> None:
        """See that somebody let an admitted courier in."""
        self.counts["admitted"] += 1
        self.counts[f"admitted by {proof.name.lower()}"] += 1
        self.watch.admitted[entry_id] = self.now
        verdict = self.verdict(units, courier, proof)
        if verdict is Verdict.NO:
            self.fault(
                f"{courier} was let in by {proof.name} though none of {units} allows it"
            )
        if verdict is Verdict.ASK and not self.said_yes(units):
            self.fault(
                f"{courier} was let in by {proof.name} though none of {units} was asked and said yes"
            )

    def said_yes(self, units: list[str]) -> bool:
        """Return whether somebody of these units said yes lately."""
        return any(
            unit in units and self.now - at <= timedelta(minutes=5, seconds=30)
            for at, unit in self.yeses[-40:]
        )

    @property
    def is_faulty(self) -> bool:
        """Return whether a refusal may have a reason other than residents' wishes."""
        return self.faulty_until is not None and self.now < self.faulty_until

    def is_away(self) -> bool:
        """Return whether Home Assistant doesn't run by now."""
        return not self.is_up

    async def calm(self) -> None:
        """Wait until Home Assistant runs and nothing is wrong with it."""
        while not self.is_up or self.is_faulty:  # noqa: ASYNC110 - nothing sets an event
            await asyncio.sleep(60)

    def disturb(self, seconds: float) -> None:
        """Expect faults for some time."""
        until = self.now + timedelta(seconds=seconds)
        self.faulty_until = max(until, self.faulty_until or until)


def consents(resident: Resident) -> bool:
    """Return whether a resident consents."""
    return resident.counts and resident.wishes.consent is Consent.GIVEN
