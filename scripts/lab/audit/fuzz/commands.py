"""Hostile WebSocket commands and actions by the administrator, a resident, a resident against others, and a stranger."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

import aiohttp
from homeassistant.helpers import config_validation as cv
import orjson
import voluptuous as vol

from ...answers import Record, parsed, record, text
from .hostile import Values
from .passes import PREFIX, Passes
from .tally import Proofs, Tally
from .target import OWNER, RESIDENT, Target

COMMANDS_SOURCE, ACTIONS_SOURCE = "commands", "actions"
SECONDS = 40
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RULES: Mapping[str, str] = {
    "consent?": "consent",
    "windows?": "week",
    "exceptions?": "exceptions",
    "default?": "attitude",
    "new_couriers?": "attitude",
    "couriers?": "attitudes",
    "default_proof?": "proof",
    "proofs?": "proofs",
    "only_while?": "entities",
    "never_while?": "entities",
    "share_hours?": "bool",
    "digest_at?": "clock",
    "revision?": "number",
}
_DELIVERY: Mapping[str, str] = {
    "units": "units",
    "starts_at?": "instant",
    "ends_at": "instant",
    "max_entries?": "number",
    "parcel_ref?": "text",
}
_GRANT: Mapping[str, str] = {"courier": "courier", "grant_id": "grant"}
_RESIDENT: Mapping[str, str] = {"resident": "resident"}
COMMANDS: Mapping[str, Mapping[str, str]] = {
    "overview": {},
    "left": {},
    "subscribe": {},
    "building": {},
    "grants": {},
    "passes": {},
    "orders": {},
    "entries/by_hour": {},
    "export/verifier": {},
    "couriers/test": {"courier": "courier"},
    "hours/set": {"windows": "week"},
    "about_me": _RESIDENT,
    "rules/get": _RESIDENT,
    "rules/set": {
        **_RESIDENT,
        **_RULES,
        "open_once?": "opening",
        "text?": "read_text",
    },
    "consent/text": {**_RESIDENT, "language": "language", "hash?": "hash"},
    "consent/read": _RESIDENT,
    "rules/fleet_visits": {**_RESIDENT, "object": "bool"},
    "rules/check": {**_RESIDENT, **_RULES, "language?": "language"},
    "entries": {
        "limit?": "number",
        "before?": "before",
        "door?": "door",
        "courier?": "courier",
        "decision?": "decision",
    },
    "entries/notifications": {"entries": "texts"},
    "entries/print": {"record": "number"},
    "check_access": {
        "door": "door",
        "unit?": "unit",
        "at?": "instant",
        "proof?": "proof",
    },
    "veto_grant": {**_GRANT, "unit": "unit"},
    "pause": {"unit?": "unit", "until?": "instant"},
    "resume": {"unit?": "unit"},
    "note/set": {"unit": "unit", "note": "text"},
    "erasure/choose": {**_RESIDENT, "days?": "count"},
    "residents/confirm": _RESIDENT,
    "link/renew": _RESIDENT,
    "link/revoke": _RESIDENT,
    "grants/issue": {"courier": "courier", "door": "door", **_DELIVERY},
    "grants/revise": {
        **_GRANT,
        "door?": "door",
        "starts_at?": "instant",
        "ends_at?": "instant",
        "max_entries?": "number",
        "parcel_ref?": "text",
    },
    "grants/revoke": _GRANT,
    "passes/make": _GRANT,
    "passes/revoke": {"pass": "pass"},
    "address_code/renew": _RESIDENT,
    "orders/set": {
        **_RESIDENT,
        "order?": "order",
        "device?": "device",
        "sensor?": "sensor",
        "sensors?": "sensors",
        "courier?": "courier",
        "door?": "door",
        "most_per_day?": "number",
        "paused?": "bool",
    },
    "orders/withdraw": {"order": "order"},
    "orders/sources": _RESIDENT,
    "questions/answer": {"question": "question", "admit": "bool"},
    "codes/turn_on": {"door": "door"},
    "export": {"after?": "number", "limit?": "number"},
    "export/entries": {
        "before?": "number",
        "limit?": "number",
        "language?": "language",
    },
    "verify": {"notification?": "text"},
}
"""All commands, by the kinds of their fields; a question mark says that one may be left out."""

ACTIONS: Mapping[str, Mapping[str, str]] = {
    "set_rules": {"device_id": "resident_device", **_RULES},
    "get_rules": {"device_id": "resident_device"},
    "check_access": {
        "device_id": "device",
        "unit?": "unit",
        "at?": "instant",
        "proof?": "proof",
    },
    "get_entries": {"device_id": "device", "limit?": "number", "before?": "instant"},
    "get_driver_visits": {
        "device_id": "device",
        "courier": "courier",
        "driver": "text",
        "day": "instant",
    },
    "export_entries": {
        "device_id": "device",
        "format?": "format",
        "page?": "number",
        "limit?": "number",
        "language?": "language",
    },
    "get_grants": {"device_id": "device"},
    "issue_grant": {"device_id": "device", "courier": "courier", **_DELIVERY},
    "revoke_grant": {"device_id": "device", **_GRANT},
    "request_entry": {
        "device_id": "device",
        "pin?": "code",
        "address_code?": "code",
        "parcel_number?": "code",
        "ring?": "bool",
        "courier?": "courier",
        "image?": "text",
        "language?": "language",
    },
    "notify_recipients": {
        "device_id": "device",
        "entry_id": "text",
        "message": "text",
        "title?": "text",
        "image?": "text",
    },
    "veto_grant": {"device_id": "device", **_GRANT, "unit": "unit"},
    "confirm_resident": {"device_id": "resident_device"},
    "renew_link": {"device_id": "resident_device"},
    "revoke_link": {"device_id": "resident_device"},
    "choose_erasure": {"device_id": "resident_device", "days?": "count"},
    "verify_ledger": {"device_id": "device", "notification?": "text"},
    "pause": {"entity_id": "switch", "unit?": "unit", "until?": "instant"},
    "resume": {"entity_id": "switch", "unit?": "unit"},
}
"""All actions, likewise."""
ANSWERING = frozenset(
    {
        *("set_rules", "get_rules", "check_access", "get_entries", "export_entries"),
        *("get_grants", "issue_grant", "request_entry", "verify_ledger"),
        "get_driver_visits",
    }
)
RESTING = frozenset({"link/renew", "link/revoke", "renew_link", "revoke_link"})
"""They replace the addresses of personal pages, and are given with hostile values only."""
CHANGING, CHANGES_ONE_IN = "hours/set", 40
"""The building is built again for other hours, and couriers wait meanwhile."""


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody's command or action with its fields; `against` says that it names somebody else as its resident."""

    who: str
    name: str
    fields: Mapping[str, object]
    against: bool


@dataclass(slots=True)
class Commands:
    """People who give commands and call actions."""

    target: Target
    values: Values
    tally: Tally
    proofs: Proofs
    passes: Passes

    @property
    def random(self) -> Random:
        """The source of all choices."""
        return self.values.random

    def command(self, who: str) -> Given:
        """Make the next command."""
        return self._make(who, COMMANDS)

    def action(self, who: str) -> Given:
        """Make the next action."""
        return self._make(who, ACTIONS)

    def _make(self, who: str, known: Mapping[str, Mapping[str, str]]) -> Given:
        name = self.random.choice(list(known))
        if name == CHANGING and self.random.randrange(CHANGES_ONE_IN):
            name = "overview"
        fields: dict[str, object] = {}
        if known is COMMANDS and name not in ("overview", "left", "subscribe"):
            fields["building"] = self.target.building
        for field, kind in known[name].items():
            if not field.endswith("?") or self.random.random() < 0.4:
                fields[field.rstrip("?")] = self._value(kind)
        hostile = 0.9 if name in RESTING else 0.4
        if name in RESTING and self.random.random() > hostile:
            fields.pop("resident", None)
            fields.pop("device_id", None)
        elif self.random.random() < hostile:
            altered = self.values.altered(fields)
            fields = altered if isinstance(altered, dict) else {}
            fields.pop("id", None)
            fields.pop("type", None)
        if name in RESTING:
            own = {*self.resident_ids(), *self.resident_devices()}
            fields = {
                key: value for key, value in fields.items() if str(value) not in own
            }
        if not (is_sendable(fields) and is_target(fields.get("entity_id", []))):
            fields = {}
        return Given(who, name, fields, self._is_against(who, name, fields))

    def _value(self, kind: str) -> object:
        return _KINDS[kind](self) if kind in _KINDS else self.values.any()

    def resident_ids(self) -> list[str]:
        """Return the IDs of all residents."""
        return [each.resident_id for each in (self.target.me, *self.target.others)]

    def resident_devices(self) -> list[str]:
        """Return the IDs of all residents' devices."""
        return [each.device_id for each in (self.target.me, *self.target.others)]

    def _is_against(self, who: str, name: str, fields: Record) -> bool:
        """Return whether somebody who isn't the administrator acts for a resident who isn't they, or for their home."""
        if who == OWNER:
            return False
        others = (
            self.target.others
            if who == RESIDENT
            else (self.target.me, *self.target.others)
        )
        named = {each.resident_id for each in others} | {
            each.device_id for each in others
        }
        units = {each.unit for each in others}
        given = fields.get("resident", fields.get("device_id"))
        if isinstance(given, str) and given in named:
            return True
        acts = {"veto_grant", "pause", "resume"}
        return name in acts and str(fields.get("unit")) in units

    async def give(
        self, socket: aiohttp.ClientWebSocketResponse, number: int, given: Given
    ) -> None:
        """Give a command over a connection, and judge its result."""
        message = {**given.fields, "id": number, "type": f"{PREFIX}/{given.name}"}
        result = await self._result(socket, number, message)
        self._judge(COMMANDS_SOURCE, given, result)
        if given.name == "subscribe" and result.get("success"):
            await self._result(
                socket,
                number + 1,
                {
                    "id": number + 1,
                    "type": "unsubscribe_events",
                    "subscription": number,
                },
            )

    async def call(
        self, socket: aiohttp.ClientWebSocketResponse, number: int, given: Given
    ) -> None:
        """Call an action over a connection, and judge its result."""
        message: dict[str, object] = {
            "id": number,
            "type": "call_service",
            "domain": PREFIX,
            "service": given.name,
            "service_data": dict(given.fields),
        }
        if given.name in ANSWERING:
            message["return_response"] = True
        if given.name == "request_entry":
            self._note_shown(given.fields)
        result = await self._result(socket, number, message)
        self._judge(ACTIONS_SOURCE, given, result)

    async def _result(
        self, socket: aiohttp.ClientWebSocketResponse, number: int, message: Record
    ) -> Record:
        await socket.send_json(message)
        while True:
            try:
                answer = await socket.receive(SECONDS)
            except TimeoutError:
                raise TimeoutError(f"no answer to {str(message)[:300]}") from None
            if answer.type is not aiohttp.WSMsgType.TEXT:
                raise ConnectionResetError(f"closed after {str(message)[:300]}")
            said = record(parsed(answer.data))
            if said.get("id") == number and said["type"] == "result":
                return said

    def _judge(self, source: str, given: Given, result: Record) -> None:
        what = f"{given.name} as {given.who} with {str(given.fields)[:400]}"
        if result["success"]:
            self.tally.count(source, "success")
            if given.against:
                self.tally.error(source, f"done against another resident: {what}")
            if given.name == "questions/answer" and given.fields.get("admit") is True:
                self.proofs.answers += 1
            return
        error = record(result["error"])
        code = text(error, "code")
        self.tally.count(source, code)
        if code in ("unknown_error", "timeout") or not error.get("message"):
            self.tally.error(source, f"{code} {error.get('message')!r}: {what}")

    def _note_shown(self, fields: Record) -> None:
        """Note a pass, a number, or a code that may let somebody in, whatever the field says that it is."""
        for value in fields.values():
            known = (*self.passes.parcels, *self.passes.address_codes)
            self.proofs.numbers += value in known
            self.proofs.passes |= {
                each.pass_id
                for each in self.passes.made
                if isinstance(value, str | int)
                and str(value).strip().upper() in (each.pin, each.short_code.upper())
            }


def is_sendable(value: object) -> bool:
    """Return whether Home Assistant's own reader takes a value for JSON: it hangs up on any other."""
    try:
        orjson.loads(orjson.dumps(value))
    except orjson.JSONEncodeError:
        return False
    return True


def is_target(value: object) -> bool:
    """Return whether Home Assistant's own reader of an action's entities can judge a value.

    It fails with an unknown error on a number, for each integration's actions.
    """
    try:
        cv.comp_entity_ids(value)
    except vol.Invalid:
        return True
    except TypeError:
        return False
    return True


def _courier(commands: Commands) -> object:
    accounts = [each.courier_id for each in commands.target.accounts]
    return commands.random.choice(
        (commands.target.unsigned, commands.target.unsigned, *accounts, "Swift Parcels")
    )


def _instant(commands: Commands) -> object:
    now = datetime.now(UTC)
    hours = commands.random.choice((-1, 0, 0.01, 1, 6, 11, 30, 24 * 29, 24 * 400))
    at = now + timedelta(hours=hours)
    return commands.random.choice((at.isoformat(), at.strftime("%Y-%m-%d %H:%M:%S")))


def _week(commands: Commands) -> object:
    random = commands.random
    windows = (
        [{"from": "00:00:00", "to": "24:00:00"}],
        [{"from": "08:00", "to": "12:00"}, {"from": "22:00", "to": "03:00"}],
        [{"from": "12:00", "to": "08:00"}],
        [{"from": "08:00", "to": "08:00"}],
        [{"from": commands.values.any(), "to": "12:00"}],
        commands.values.any(),
    )
    return {day: random.choice(windows) for day in random.sample(WEEK, 4)}


def _exceptions(commands: Commands) -> object:
    random, today = commands.random, datetime.now(UTC).date()
    return [
        {
            "from": str(today + timedelta(days=random.randrange(-9, 400))),
            **random.choice(
                (
                    {},
                    {"to": str(today + timedelta(days=random.randrange(500)))},
                    {"windows": [{"from": "08:00", "to": "12:00"}]},
                    {"windows": commands.values.any()},
                )
            ),
        }
        for _ in range(random.randrange(4))
    ]


def _shown(commands: Commands) -> object:
    random, passes = commands.random, commands.passes
    made = passes.any(random)
    guesses: Sequence[str] = (f"{random.randrange(10**6):06}", commands.values.text())
    known = (
        passes.parcel_number(random),
        *(() if made is None else (made.pin, made.short_code)),
    )
    return random.choice(known if random.random() < 0.1 else guesses)


def _opening(commands: Commands) -> object:
    return {"starts_at": _instant(commands), "ends_at": _instant(commands)}


def _read_text(commands: Commands) -> object:
    """Return the text that a resident read, or another one."""
    other = {"hash": commands.values.text(), "language": "en"}
    return commands.random.choice((*commands.passes.texts, other))


def _one_of(*values: object) -> Callable[[Commands], object]:
    return lambda commands: commands.random.choice(values)


_KINDS: Mapping[str, Callable[[Commands], object]] = {
    "bool": _one_of(True, False),
    "number": _one_of(0, 1, 2, 5, 10, 50, 500, 10**6, 2**63 - 1, -1),
    "consent": _one_of(True, False, "given", "opted_out", "withdrawn", "not_given"),
    "attitude": _one_of("allow", "ask", "deny"),
    "proof": _one_of("signed", "pass", "address_code", "parcel_number", "ring"),
    "decision": _one_of("admitted", "refused", "observed"),
    "format": _one_of("csv", "json"),
    "language": _one_of("en", "de", "pt-BR", "xx", ""),
    "clock": _one_of("18:00", "23:59:00", None, "24:00", "7:00"),
    "text": lambda commands: commands.values.text(),
    "read_text": _read_text,
    "hash": lambda commands: commands.passes.text_hash(commands.random),
    "texts": lambda commands: [commands.values.text()],
    "code": _shown,
    "courier": _courier,
    "instant": _instant,
    "opening": _opening,
    "before": lambda commands: commands.random.choice((_instant(commands), 7, 10**9)),
    "week": _week,
    "exceptions": _exceptions,
    "attitudes": lambda commands: {
        str(_courier(commands)): commands.random.choice(("allow", "ask", "deny"))
    },
    "proofs": lambda commands: {
        str(_courier(commands)): commands.random.choice(
            ("pass", "parcel_number", "ring")
        )
    },
    "entities": lambda commands: commands.random.sample(
        [
            commands.target.switch,
            commands.target.lock,
            commands.target.opener,
            "person.mara",
            "sun.sun",
            "sensor.x",
            commands.values.text(),
        ],
        2,
    ),
    "units": lambda commands: commands.random.choice(
        ([commands.target.me.unit], ["3b", " \uff13B"], ["1A", "3B"], ["1A"])
    ),
    "unit": lambda commands: commands.random.choice(
        (commands.target.me.unit, "3b", "1A", "9Z")
    ),
    "grant": lambda commands: commands.passes.some_grant(commands.random),
    "resident": lambda commands: commands.random.choice(commands.resident_ids()),
    "resident_device": lambda commands: commands.random.choice(
        commands.resident_devices()
    ),
    "door": lambda commands: commands.target.door_id,
    "device": lambda commands: commands.random.choice(
        (
            commands.target.door_device,
            commands.target.door_device,
            commands.target.me.device_id,
        )
    ),
    "switch": lambda commands: commands.random.choice(
        (commands.target.switch, commands.target.lock)
    ),
    "pass": lambda commands: (
        made.pass_id if (made := commands.passes.any(commands.random)) else "x"
    ),
    "order": lambda commands: commands.random.choice((*commands.passes.orders, "x")),
    "sensor": _one_of("sensor.fuzzed_parcel", "sensor.other_parcel", "sensor.none"),
    "sensors": _one_of(
        ["sensor.fuzzed_parcel"],
        ["sensor.fuzzed_parcel", "sensor.other_parcel"],
        ["sensor.none"],
        [],
    ),
    "question": lambda commands: commands.random.choice(
        (*commands.passes.questions, "x")
    ),
}
"""How a value of a kind is made, as it should be or nearly so; an unknown kind is any value."""
