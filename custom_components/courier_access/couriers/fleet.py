"""Couriers that a fleet registers: what acts by itself, and what an administrator must confirm.

A fleet by itself only restricts: it disables a courier, ends a key, or takes a door away.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
import re
from typing import Any, Final, NamedTuple, Self

from homeassistant.config_entries import ConfigEntry, ConfigSubentry
from homeassistant.core import HomeAssistant
import orjson

from ..access.model import Door
from ..access.names import mixes_scripts
from ..const import CONF_DOORS, CONF_ENABLED, CONF_FLEET, CONF_KEYS, SubentryType
from ..contract.signature import PREFIXES, KeyFault, Version, parse_key

MOST_KEYS: Final = 4
_ID: Final = re.compile(r"[a-z0-9_-]{1,64}")
MOST_TAGS: Final = 32
SEPARATOR: Final = " · "
"""Between a courier's name and what it gets, where an administrator confirms it."""

_LONGEST_NAME: Final = 100
_DISABLED: Final = "disabled"


class FleetCourier(NamedTuple):
    """A courier as the fleet lists it; without door tags, it's for all doors."""

    id: str
    name: str
    keys: tuple[str, ...]
    door_tags: tuple[str, ...]
    enabled: bool

    @classmethod
    def read(cls, row: object) -> Self | None:
        """Read a row of the fleet's list; None if it's something else than a courier."""
        match row:
            case {
                "id": str(id_),
                "name": str(name),
                "keys": list(keys),
                "door_tags": list(tags),
                "enabled": bool(enabled),
            } if _ID.fullmatch(id_) and _are_tags(tags):
                valid = tuple(islice(filter(_is_public_key, keys), MOST_KEYS))
                return cls(id_, name.strip(), valid, tuple(tags), enabled)
        return None

    def doors(self, doors: Mapping[str, Door]) -> list[str]:
        """Return the IDs of the building's doors that this courier is for."""
        return [
            door_id
            for door_id, door in doors.items()
            if not self.door_tags or door.key in self.door_tags
        ]


def read_couriers(content: bytes) -> tuple[FleetCourier, ...] | None:
    """Read a fleet's list, without what isn't a courier; None if it's no list.

    It can be so long that reading takes a second, so don't call it in the event loop.
    A list with the same courier twice is none: it has no key or door for sure.
    """
    try:
        rows = orjson.loads(content)
    except ValueError:
        return None
    if not isinstance(rows, list):
        return None
    found = [each for row in rows if (each := FleetCourier.read(row)) is not None]
    is_list = len({each.id for each in found}) == len(found)
    return tuple(found) if is_list else None


def _is_name(name: str) -> bool:
    """Whether people can be shown a name that the fleet gave."""
    is_short = 0 < len(name.strip()) <= _LONGEST_NAME
    is_plain = name.isprintable() and SEPARATOR not in name
    return is_short and is_plain and not mixes_scripts(name)


def _are_tags(tags: Sequence[object]) -> bool:
    """Whether all are door tags: without one that was left out, it could be for all doors."""
    return len(tags) <= MOST_TAGS and all(
        isinstance(tag, str) and 0 < len(tag) <= _LONGEST_NAME for tag in tags
    )


def _is_public_key(key: object) -> bool:
    """Whether a key is one that only its courier can sign with."""
    if not isinstance(key, str) or not key.startswith(PREFIXES[Version.V1A]):
        return False
    try:
        parse_key(key)
    except KeyFault:
        return False
    return True


class Link(NamedTuple):
    """What a building's courier has from its fleet, as an administrator confirmed it."""

    id: str
    keys: tuple[str, ...]
    doors: tuple[str, ...]
    disabled: bool = False
    """Whether the fleet disabled it."""

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self | None:
        """Read a courier's data; None if it isn't the fleet's."""
        if (stored := data.get(CONF_FLEET)) is None:
            return None
        return cls(
            stored["id"],
            tuple(stored["keys"]),
            tuple(stored["doors"]),
            stored[_DISABLED],
        )

    def to_data(self) -> dict[str, Any]:
        return {
            CONF_FLEET: {**self._asdict(), "keys": [*self.keys], "doors": [*self.doors]}
        }


def linked_couriers(entry: ConfigEntry[Any]) -> dict[str, tuple[ConfigSubentry, Link]]:
    """Return the building's couriers that are the fleet's, by the fleet's IDs."""
    return {
        link.id: (part, link)
        for part in entry.get_subentries_of_type(SubentryType.COURIER)
        if (link := Link.read(part.data)) is not None
    }


def restrict_couriers(
    hass: HomeAssistant,
    entry: ConfigEntry[Any],
    view: Iterable[FleetCourier],
    doors: Mapping[str, Door],
) -> None:
    """Store what the fleet disabled, ended, or took away.

    A courier that the fleet doesn't list anymore stays as it is.
    """
    linked = linked_couriers(entry)
    for courier in view:
        if courier.id not in linked:
            continue
        part, link = linked[courier.id]
        ended = {*link.keys} - {*courier.keys}
        taken = {*link.doors} - {*courier.doors(doors)}
        is_disabled = not courier.enabled and part.data[CONF_ENABLED]
        kept = Link(
            link.id,
            tuple(key for key in link.keys if key not in ended),
            tuple(door for door in link.doors if door not in taken),
            link.disabled or is_disabled,
        )
        data = {
            **part.data,
            CONF_KEYS: [key for key in part.data[CONF_KEYS] if key["key"] not in ended],
            CONF_DOORS: [door for door in part.data[CONF_DOORS] if door not in taken],
            CONF_ENABLED: part.data[CONF_ENABLED] and courier.enabled,
            **kept.to_data(),
        }
        hass.config_entries.async_update_subentry(entry, part, data=data)


class ProposalKind(StrEnum):
    """What a fleet can only propose."""

    COURIER = "couriers"
    KEY = "keys"
    DOOR = "doors"
    ENABLE = "enable"


class Proposal(NamedTuple):
    """A part of what a fleet proposes; `value` is the key, or the ID of the door."""

    kind: ProposalKind
    courier: FleetCourier
    value: str = ""

    @property
    def token(self) -> str:
        """What names exactly this proposal: anything else must be confirmed again."""
        courier = self.courier
        what = (
            [courier.name, courier.keys, courier.door_tags]
            if self.kind is ProposalKind.COURIER
            else [self.value]
        )
        return orjson.dumps([self.kind, courier.id, *what]).decode()


def proposals(
    entry: ConfigEntry[Any],
    view: Sequence[FleetCourier],
    doors: Mapping[str, Door],
    declined: Collection[str],
) -> list[Proposal]:
    """Return what the fleet proposes and no administrator has declined."""
    linked = linked_couriers(entry)
    return [
        proposal
        for courier in view
        for proposal in _proposals(courier, linked.get(courier.id), doors)
        if proposal.token not in declined
    ]


def _proposals(
    courier: FleetCourier,
    linked: tuple[ConfigSubentry, Link] | None,
    doors: Mapping[str, Door],
) -> Iterator[Proposal]:
    if linked is None:
        # One that may not come is proposed once it may.
        can_come = courier.enabled and courier.keys and courier.doors(doors)
        if can_come and _is_name(courier.name):
            yield Proposal(ProposalKind.COURIER, courier)
        return
    part, link = linked
    for key in courier.keys:
        if key not in link.keys:
            yield Proposal(ProposalKind.KEY, courier, key)
    for door in courier.doors(doors):
        if door not in link.doors:
            yield Proposal(ProposalKind.DOOR, courier, door)
    if courier.enabled and link.disabled and not part.data[CONF_ENABLED]:
        yield Proposal(ProposalKind.ENABLE, courier)


def missing_couriers(
    entry: ConfigEntry[Any], view: Iterable[FleetCourier]
) -> list[str]:
    """Return the names of the fleet's couriers that it doesn't list anymore."""
    listed = {courier.id for courier in view}
    return [
        part.title
        for id_, (part, _) in linked_couriers(entry).items()
        if id_ not in listed
    ]


def confirm_proposal(
    hass: HomeAssistant, entry: ConfigEntry[Any], proposal: Proposal
) -> None:
    """Give a courier that is linked already what an administrator confirmed."""
    if (found := linked_couriers(entry).get(proposal.courier.id)) is None:
        return
    part, link = found
    data, value = {**part.data}, proposal.value
    match proposal.kind:
        case ProposalKind.KEY if value not in link.keys:
            new = {"key": value, "ends_at": None}
            data[CONF_KEYS] = [new, *data[CONF_KEYS]][:MOST_KEYS]
            link = link._replace(keys=(*link.keys, value))
        case ProposalKind.DOOR if value in entry.subentries:
            data[CONF_DOORS] = [*{*data[CONF_DOORS], value}]
            link = link._replace(doors=(*link.doors, value))
        case ProposalKind.ENABLE:
            data[CONF_ENABLED] = True
            link = link._replace(disabled=False)
    data |= link.to_data()
    hass.config_entries.async_update_subentry(entry, part, data=data)
