"""Record what the administrator configured, and the zone, before they take effect."""

from collections.abc import Collection, Mapping
from copy import replace
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from sqlite3 import Connection
import struct
from typing import Any, Final, NamedTuple, Self
from zoneinfo import ZoneInfo

import orjson

from ...access.hours import same_offsets
from ...access.names import folded_name
from ..chain import Value
from ..ledger import Transaction
from ..sql import Command, Query


class ConfiguredKind(StrEnum):
    """The kinds of configuration that residents' consent rests on."""

    COURIER = "courier"
    DOOR = "door"
    SOURCE = "source"
    ZONE = "zone"
    FLEET = "fleet"


_KINDS: Final = "kinds"
"""The kind of the row that lists the kinds of which this ledger has records."""

_ONLY: Final = ""
"""The ID of what a building has only one of."""

_COMPARED: Final = (ConfiguredKind.DOOR, ConfiguredKind.SOURCE)


_CONFIGURED: Final = Query(
    "SELECT id, value FROM configured WHERE kind = :kind", tuple[str, str]
)
# An unchanged row must keep its salt, or each start would be a change.
_PUT: Final = Command("""
    INSERT INTO configured (kind, id, value) VALUES (:kind, :id, :value)
    ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value
""")
_REMOVE: Final = Command("DELETE FROM configured WHERE kind = :kind AND id = :id")


def load_configured(conn: Connection, kind: str) -> dict[str, Any]:
    """Return the JSON values of a kind by ID, as they were last recorded."""
    rows = _CONFIGURED.each(conn, kind=kind)
    return {id_: orjson.loads(value) for id_, value in rows}


def put_configured(conn: Connection, kind: str, id_: str, value: object) -> None:
    """Store a JSON value; the caller appends its record in the same transaction."""
    written = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    _PUT.run(conn, kind=kind, id=id_, value=written)


def remove_configured(conn: Connection, kind: str, id_: str) -> None:
    _REMOVE.run(conn, kind=kind, id=id_)


@dataclass(frozen=True, slots=True)
class ConfiguredCourier:
    """A courier's name, doors, and keys' fingerprints, with those that it ever had.

    `doors` is None for a courier from before its doors and keys were recorded.
    """

    name: str
    doors: tuple[str, ...] | None = None
    keys: tuple[str, ...] = ()
    past_names: tuple[str, ...] = ()
    past_keys: tuple[str, ...] = ()
    is_removed: bool = False

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read a stored value."""
        parts: dict[str, Any] = {
            name: tuple(each) if isinstance(each, list) else each
            for name, each in value.items()
        }
        return cls(**parts)

    def after(self, was: ConfiguredCourier | None) -> ConfiguredCourier:
        """Return this courier with the names and keys that it had before, too."""
        names, keys = {folded_name(self.name)}, {*self.keys}
        if was is not None:
            names |= {folded_name(was.name), *was.past_names}
            keys |= {*was.past_keys}
        return replace(
            self, past_names=tuple(sorted(names)), past_keys=tuple(sorted(keys))
        )

    def is_another(self, was: ConfiguredCourier | None) -> bool:
        """Return whether the courier is new, or has another name or other keys."""
        if was is None or was.name != self.name:
            return True
        return was.doors is not None and was.keys != self.keys

    def resembles(self, other: ConfiguredCourier) -> bool:
        """Return whether the other courier ever had this one's name or one of its keys."""
        names = {folded_name(other.name), *other.past_names}
        return folded_name(self.name) in names or not {*self.keys}.isdisjoint(
            other.past_keys
        )


@dataclass(frozen=True, slots=True)
class ConfiguredOpener:
    """A door's opener; the demo door has no entity.

    `device` and `domain` are known only of a registered entity that is its device's
    only one of the domain.
    """

    entity: str | None = None
    device: str | None = None
    domain: str | None = None

    def is_same(self, was: ConfiguredOpener) -> bool:
        """Return whether it is the same entity, or one re-created on the same device."""
        return self.entity == was.entity or (
            self.device is not None
            and (self.device, self.domain) == (was.device, was.domain)
        )


@dataclass(frozen=True, slots=True)
class ConfiguredDoor:
    """A door's name, its opener, and how that is operated.

    `operation` is None for a door from before it was recorded.
    """

    name: str
    opener: ConfiguredOpener
    operation: str | None = None

    @classmethod
    def read(cls, value: Mapping[str, Any]) -> Self:
        """Read a stored value."""
        opener = ConfiguredOpener(**value["opener"])
        return cls(value["name"], opener, value.get("operation"))

    def after(self, was: ConfiguredDoor | None) -> ConfiguredDoor:
        """Return this door with the device that its opener had before it was removed."""
        if was is None or self.opener.device is not None:
            return self
        is_same = self.opener.entity == was.opener.entity
        return replace(self, opener=was.opener) if is_same else self


@dataclass(frozen=True, slots=True)
class ConfiguredSource:
    """A source of other courier access: its name, its door, and what reports it.

    `cool_down` is in seconds, and None for a source from before it was recorded.
    """

    name: str
    door: str
    reporter: str
    cool_down: int | None = None


class Configuration(NamedTuple):
    """What the administrator configured, by the IDs of the subentries.

    `fleet` is the address of the fleet that the building reports to.
    """

    couriers: Mapping[str, ConfiguredCourier]
    doors: Mapping[str, ConfiguredDoor]
    sources: Mapping[str, ConfiguredSource]
    fleet: str | None = None


def removed_couriers(conn: Connection) -> dict[str, str]:
    return {
        courier_id: each.name
        for courier_id, each in _load_couriers(conn).items()
        if each.is_removed
    }


def forget_couriers(conn: Connection, named: Collection[str]) -> None:
    """Forget the removed couriers that no resident's rules name any more."""
    for courier_id in removed_couriers(conn).keys() - {*named}:
        remove_configured(conn, ConfiguredKind.COURIER, courier_id)


class Change(StrEnum):
    """A change of the configuration that residents are notified of."""

    COURIER_RENAMED = "courier_renamed"
    COURIER_DOOR = "courier_door"
    COURIER_KEY = "courier_key"
    COURIER_ENABLED = "courier_enabled"
    DOOR_ADDED = "door_added"
    DOOR_RENAMED = "door_renamed"
    DOOR_OPENER = "door_opener"
    DOOR_OPEN = "door_open"
    DOOR_UNLOCK = "door_unlock"
    SOURCE_ADDED = "source_added"
    SOURCE_CHANGED = "source_changed"
    SOURCE_REMOVED = "source_removed"
    HOME_REPLACED = "home_replaced"
    FLEET_CONNECTED = "fleet_connected"
    FLEET_DISCONNECTED = "fleet_disconnected"
    FLEET_VISITS_OFF = "fleet_visits_off"


class Difference(NamedTuple):
    """How the configuration differs from what was recorded.

    `new` maps the new couriers to their records, and `changes` are the other changes,
    each with the names for its text. `namesakes` maps each courier that is new, renamed, or
    has other keys to the others that ever had its name or one of its keys.
    """

    new: Mapping[str, int]
    changes: tuple[Mapping[str, str], ...]
    namesakes: Mapping[str, frozenset[str]]


def record_configuration(
    transaction: Transaction, present: Configuration, at: datetime
) -> Difference:
    """Record how the configuration differs from what is recorded, and return it.

    A ledger that never recorded doors and sources records them as they are.
    """
    comparison = _Comparison(transaction, present, at)
    new, namesakes = comparison.couriers()
    if load_configured(transaction.conn, _KINDS):
        comparison.doors()
        comparison.sources()
    else:
        comparison.begin()
    comparison.fleet()
    return Difference(new, tuple(comparison.changes), namesakes)


@dataclass(frozen=True, slots=True)
class _Comparison:
    transaction: Transaction
    present: Configuration
    at: datetime
    changes: list[Mapping[str, str]] = field(default_factory=list)

    def begin(self) -> None:
        """Record the doors and sources as they are."""
        present = self.present
        for door_id, door in present.doors.items():
            self._put(ConfiguredKind.DOOR, door_id, door)
        for source_id, source in present.sources.items():
            self._put(ConfiguredKind.SOURCE, source_id, source)
        put_configured(self.transaction.conn, _KINDS, "", [*_COMPARED])
        values = {"doors": present.doors, "sources": present.sources}
        written = orjson.dumps(values, option=orjson.OPT_SORT_KEYS).decode()
        self._record("configuration.recorded", configuration=written)

    def couriers(self) -> tuple[dict[str, int], dict[str, frozenset[str]]]:
        """Record the couriers; return the new ones, and namesakes of the changed ones."""
        earlier = _load_couriers(self.transaction.conn)
        present = {
            courier_id: each.after(earlier.get(courier_id))
            for courier_id, each in self.present.couriers.items()
        }
        for courier_id, was in earlier.items():
            if courier_id not in present and not was.is_removed:
                self._put(
                    ConfiguredKind.COURIER, courier_id, replace(was, is_removed=True)
                )
                self._record("courier.removed", courier=courier_id)
        changed = {
            courier_id: each
            for courier_id, each in present.items()
            if each != earlier.get(courier_id)
        }
        new = {}
        for courier_id, each in changed.items():
            self._put(ConfiguredKind.COURIER, courier_id, each)
            if (old := earlier.get(courier_id)) is None:
                new[courier_id] = self._name("courier.admitted", courier_id, each)
            else:
                self._courier(courier_id, old, each)
        known = {**earlier, **present}
        # A resident may allow a courier again, so nothing else than these counts.
        identified = (
            key for key, each in changed.items() if each.is_another(earlier.get(key))
        )
        return new, {key: _namesakes(key, known) for key in identified}

    def _courier(
        self, courier_id: str, was: ConfiguredCourier, courier: ConfiguredCourier
    ) -> None:
        if was.name != courier.name:
            self._name("courier.renamed", courier_id, courier)
            self._note(Change.COURIER_RENAMED, name=was.name, now=courier.name)
        if was.doors is None or courier.doors is None:
            return
        if was.keys != courier.keys:
            self._record("courier.keys_changed", courier=courier_id)
        if was.doors != courier.doors:
            doors = courier.doors
            self._record("courier.doors_changed", courier=courier_id, doors=doors)
        for door_id in courier.doors:
            if door_id not in was.doors:
                door = self.present.doors[door_id].name
                self._note(Change.COURIER_DOOR, name=courier.name, door=door)

    def doors(self) -> None:
        """Record the doors and their openers."""
        conn = self.transaction.conn
        earlier = {
            door_id: ConfiguredDoor.read(value)
            for door_id, value in load_configured(conn, ConfiguredKind.DOOR).items()
        }
        for door_id in earlier.keys() - self.present.doors.keys():
            remove_configured(conn, ConfiguredKind.DOOR, door_id)
            self._record("door.removed", door=door_id)
        for door_id, present in self.present.doors.items():
            was = earlier.get(door_id)
            if (door := present.after(was)) != was:
                self._put(ConfiguredKind.DOOR, door_id, door)
                self._door(door_id, was, door)

    def _door(
        self, door_id: str, was: ConfiguredDoor | None, door: ConfiguredDoor
    ) -> None:
        fields: dict[str, Value] = {
            "door": door_id,
            "door_name": door.name,
            "opener": door.opener.entity,
        }
        if was is None:
            self._record("door.added", **fields)
            self._note(Change.DOOR_ADDED, name=door.name)
            return
        if was.name != door.name:
            self._record("door.renamed", **fields)
            self._note(Change.DOOR_RENAMED, name=was.name, now=door.name)
        if not door.opener.is_same(was.opener):
            self._record("door.opener_changed", **fields)
            self._note(Change.DOOR_OPENER, name=door.name)
        elif was.operation not in (None, door.operation):
            operation = door.operation
            self._record("door.operation_changed", **fields, operation=operation)
            self._note(Change(f"door_{operation}"), name=door.name)

    def sources(self) -> None:
        """Record the sources of other courier access."""
        conn = self.transaction.conn
        earlier = {
            source_id: ConfiguredSource(**value)
            for source_id, value in load_configured(conn, ConfiguredKind.SOURCE).items()
        }
        for source_id in earlier.keys() - self.present.sources.keys():
            remove_configured(conn, ConfiguredKind.SOURCE, source_id)
            self._source(Change.SOURCE_REMOVED, source_id, earlier[source_id])
        for source_id, source in self.present.sources.items():
            if (was := earlier.get(source_id)) == source:
                continue
            self._put(ConfiguredKind.SOURCE, source_id, source)
            if was is None:
                self._source(Change.SOURCE_ADDED, source_id, source)
            elif was.cool_down is not None or was != replace(source, cool_down=None):
                self._source(Change.SOURCE_CHANGED, source_id, source)

    def fleet(self) -> None:
        """Record to which fleet the building reports; it reports to none at first."""
        conn = self.transaction.conn
        earlier: str | None = load_configured(conn, ConfiguredKind.FLEET).get(_ONLY)
        present = self.present.fleet
        if earlier == present:
            return
        if earlier is not None:
            remove_configured(conn, ConfiguredKind.FLEET, _ONLY)
            self._fleet(Change.FLEET_DISCONNECTED, earlier)
        if present is not None:
            self._put(ConfiguredKind.FLEET, _ONLY, present)
            self._fleet(Change.FLEET_CONNECTED, present)

    def _fleet(self, change: Change, address: str) -> None:
        self._record(change.replace("_", "."), address=address)
        self._note(change, name=address.partition("://")[2])

    def _source(self, change: Change, source_id: str, source: ConfiguredSource) -> None:
        self._record(
            change.replace("_", "."),
            source=source_id,
            source_name=source.name,
            door=source.door,
            cool_down=source.cool_down,
        )
        self._note(change, name=source.name)

    def _name(self, kind: str, courier_id: str, courier: ConfiguredCourier) -> int:
        return self._record(kind, courier=courier_id, courier_name=courier.name)

    def _put(self, kind: ConfiguredKind, id_: str, value: object) -> None:
        put_configured(self.transaction.conn, kind, id_, value)

    def _record(self, kind: str, **fields: Value) -> int:
        return self.transaction.append(kind, self.at, fields).seq

    def _note(self, change: Change, **names: str) -> None:
        self.changes.append({"what": change, **names})


def _load_couriers(conn: Connection) -> dict[str, ConfiguredCourier]:
    return {
        courier_id: ConfiguredCourier.read(value)
        for courier_id, value in load_configured(conn, ConfiguredKind.COURIER).items()
    }


def _namesakes(
    courier_id: str, known: Mapping[str, ConfiguredCourier]
) -> frozenset[str]:
    courier = known[courier_id]
    return frozenset(
        other_id
        for other_id, other in known.items()
        if other_id != courier_id and courier.resembles(other)
    )


class ZoneChange(NamedTuple):
    """A change that moves residents' hours; `seq` is its record."""

    seq: int
    earlier: str
    zone: str


def zone_named(name: str | None) -> ZoneInfo | None:
    """Return the zone of that name, or None if there is none that can be read."""
    try:
        return None if name is None else ZoneInfo(name)
    except KeyError, OSError, ValueError, AssertionError, struct.error:
        # The last two are how Python fails to read a damaged file.
        return None


def record_zone(
    transaction: Transaction, chosen: str | None, default: str, at: datetime
) -> tuple[ZoneInfo, ZoneChange | None]:
    """Record the building's zone; return it, and a change that moves residents' hours.

    The zone is the `chosen` one, else the recorded one, else the `default`. A change to
    the same offsets for two years ahead moves nothing.
    """
    conn = transaction.conn
    recorded: str | None = load_configured(conn, ConfiguredKind.ZONE).get(_ONLY)
    earlier = zone_named(recorded)
    zone = zone_named(chosen) or earlier or ZoneInfo(default)
    if recorded == zone.key:
        return zone, None
    put_configured(conn, ConfiguredKind.ZONE, _ONLY, zone.key)
    if recorded is None:
        transaction.append("zone.recorded", at, {"zone": zone.key})
        return zone, None
    moves = earlier is None or not same_offsets(earlier, zone, at)
    fields: dict[str, Value] = {
        "zone": zone.key,
        "earlier_zone": recorded,
        "ends_consent": moves,
    }
    seq = transaction.append("zone.changed", at, fields).seq
    return zone, ZoneChange(seq, recorded, zone.key) if moves else None
