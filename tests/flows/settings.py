"""All settings as `docs/reference/settings.md` shows them, from the forms and the constants.

After a change of a form, write the document again:

    .venv-harness/bin/pytest -q -p no:schemathesis tests/flows/renew_settings.py
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from pathlib import Path
from typing import Any, Final

from homeassistant.components.cover.const import CoverEntityFeature
from homeassistant.components.lock.const import LockEntityFeature
from homeassistant.util.yaml.loader import parse_yaml

from custom_components.courier_access import services
from custom_components.courier_access.access.hours import (
    FORM_FIELDS,
    LONGEST_EXCEPTION,
    MOST_EXCEPTIONS,
    MOST_WINDOWS,
)
from custom_components.courier_access.access.model import PAUSE_LASTS, Consent, Rules
from custom_components.courier_access.access.standing_orders import (
    DEFAULT_MOST_PER_DAY,
    MOST_PER_DAY,
    MOST_SOURCES,
)
from custom_components.courier_access.api.schemas import MOST_LINKED
from custom_components.courier_access.building.fleet import LONGEST_ADDRESS
from custom_components.courier_access.const import MAX_NOTE_LENGTH, SubentryType
from custom_components.courier_access.flows.door import MAX_KEY_LENGTH
from custom_components.courier_access.flows.options import (
    MOST_CONTACT_LINES,
    MOST_WRITTEN,
)
from custom_components.courier_access.flows.resident import MAX_UNIT_LENGTH
from custom_components.courier_access.grants.standing_orders import MOST_ORDERS
from custom_components.courier_access.residents.rulebook import LONGEST_PAUSE
from tests.support.house import House
from tests.support.triggers import Keypad

from .front_end import FrontEnd, Screen, translations
from .parts import person

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "settings.md"
_TEXTS: Final = translations("en")
_HEAD: Final = ("Setting", "Default", "Range", "What it does"), ("---",) * 4
_UNITS: Final = {
    "s": "seconds",
    "h": "hours",
    "d": "days",
    "m": "months",
    "/min": "a minute",
}
_REQUIRED: Final = "None (required)"
_NO_SETTINGS: Final = {"test"}
_LINKED: Final = f"Up to {MOST_LINKED} entities"
_NOTE: Final = f"Up to {MAX_NOTE_LENGTH} characters"

_RANGES: Final = {
    "address": f"Up to {LONGEST_ADDRESS} characters",
    "authority": f"Up to {MOST_WRITTEN} characters",
    "couriers": "**Allow**, **Ask**, or **Deny** for each courier",
    "decided_on": "A date that isn't in the future",
    "doorbells": "`event` entities for doorbells, and `binary_sensor` entities",
    "driver_note": _NOTE,
    "exceptions": f"Up to {MOST_EXCEPTIONS}, each of up to {LONGEST_EXCEPTION.days} days",
    "key": f"Up to {MAX_KEY_LENGTH} of the characters a to z, 0 to 9, _, and -",
    "never_while": _LINKED,
    "only_while": _LINKED,
    "owner_contact": f"Up to {MOST_WRITTEN} characters in up to {MOST_CONTACT_LINES} lines",
    "proofs": "As above, for each courier",
    "purpose": f"Up to {MOST_WRITTEN} characters",
    "public_key": "`whpk_` and 32 bytes in base64",
    "token": "Three parts with dots in between",
    "time_zone": "Every time zone of the IANA database",
    "unit": f"Up to {MAX_UNIT_LENGTH} characters",
    "windows": f"Up to {MOST_WINDOWS} on each day",
}
"""Ranges that a form checks when it is sent."""

_DEFAULTS: Final = {
    "key": "Made from the name",
    "language": "Home Assistant's language",
    "time_zone": "Home Assistant's time zone when the building was added",
}
"""Defaults that depend on something else."""

type Row = tuple[str, str, str, str]

_OTHERS: Final[Sequence[Row]] = (
    (
        f"**{_TEXTS['services']['pause']['fields']['until']['name']}** of a pause",
        f"{PAUSE_LASTS // timedelta(hours=1)} hours",
        f"Up to {LONGEST_PAUSE.days} days",
        _TEXTS["services"]["pause"]["description"],
    ),
    (
        f"**{_TEXTS['common']['panel_driver_note']}** of a home",
        "None",
        _NOTE,
        _TEXTS["common"]["panel_driver_note_says"],
    ),
    (
        f"**{_TEXTS['common']['panel_orders_count']}** of an automatic announcement",
        str(DEFAULT_MOST_PER_DAY),
        f"1 to {MOST_PER_DAY}",
        "More parcels of a day are left out, and the resident is notified.",
    ),
    (
        "Sources of an automatic announcement",
        _REQUIRED,
        f"1 to {MOST_SOURCES}",
        "The sensors of parcel integrations whose parcels are announced.",
    ),
    (
        "Automatic announcements of a resident",
        "None",
        f"Up to {MOST_ORDERS}",
        "The resident adds them under **Announce my parcels**.",
    ),
)


async def document(house: House, keypad: Keypad) -> str:
    """Return the document with its tables written from the forms."""
    tables = {title: rows async for title, rows in _tables(house, keypad)}
    written = []
    for section in DOCUMENT.read_text("utf-8").split("\n## "):
        title, *lines = section.splitlines()
        kept = "\n".join(line for line in lines if not line.startswith("|")).strip()
        rows = tables.pop(title, ())
        table = ["| " + " | ".join(row) + " |" for row in (*_HEAD, *rows)]
        parts = [title, kept, "\n".join(table) if rows else ""]
        written.append("\n\n".join(filter(None, parts)))
    assert not tables, "the document needs these headings"
    return "\n\n## ".join(written) + "\n"


async def _tables(
    house: House, keypad: Keypad
) -> AsyncIterator[tuple[str, Sequence[Row]]]:
    hass = house.hass
    yield "Building", _rows(_TEXTS["config"], await FrontEnd(hass, None, "").add())
    for title, step in (
        ("Who is responsible", "responsible"),
        ("Opening hours of the building", "hours"),
        ("Time zone", "time_zone"),
        ("Retention time", "retention"),
        ("Lobby notice", "lobby"),
        ("Consent form", "consent_form"),
        ("Pages at the doors", "door_pages"),
        ("Fleet", "fleet"),
    ):
        flow = FrontEnd(hass, None, "")
        await flow.configure(house.entry)
        yield title, _rows(_TEXTS["options"], await flow.choose(step))
    fleet = {"address": "https://fleet.example", "token": "a.b.c"}
    options = {**house.entry.options, "fleet": fleet}
    hass.config_entries.async_update_entry(house.entry, options=options)
    await house.settle()
    await flow.configure(house.entry)
    await flow.choose("fleet")
    yield "Visits", _rows(_TEXTS["options"], await flow.choose("fleet_visits"))
    parts = _TEXTS["config_subentries"]
    yield "Door", _rows(parts["door"], *await _door_forms(house))
    yield (
        "Other courier access",
        _rows(parts["observed"], *await _observed_forms(house, keypad)),
    )
    yield "Courier", _rows(parts["courier"], await _courier_form(house))
    yield "Resident", _rows(parts["resident"], *await _resident_forms(house))
    yield "Rules of a resident", list(_rules())
    yield "Pauses, notes, and announcements", _OTHERS


async def _door_forms(house: House) -> list[Screen]:
    """Return the forms of a lock with a latch, and of a cover."""
    flow = FrontEnd(house.hass, house.entry, SubentryType.DOOR)
    latch = {"supported_features": LockEntityFeature.OPEN}
    cover = {"supported_features": CoverEntityFeature.OPEN | CoverEntityFeature.CLOSE}
    house.hass.states.async_set("lock.latch", "locked", latch)
    house.hass.states.async_set("cover.gate", "closed", cover)
    await flow.add()
    opener = await flow.choose("opener")
    of_lock = await flow.submit(opener, opener="lock.latch")
    await flow.add()
    of_cover = await flow.submit(await flow.choose("opener"), opener="cover.gate")
    return [opener, of_lock, of_cover]


async def _observed_forms(house: House, keypad: Keypad) -> list[Screen]:
    """Return the forms of an event entity, and of a device."""
    flow = FrontEnd(house.hass, house.entry, SubentryType.OBSERVED)
    house.hass.states.async_set("event.reader", "unknown", {"event_types": ["used"]})
    answers = {"name": "Amazon Key", "door": "door-lobby"}
    await flow.add()
    entity = await flow.choose("entity")
    types = await flow.submit(entity, source="event.reader", **answers)
    await flow.add()
    device = await flow.choose("device")
    trigger = await flow.submit(device, device=keypad.device.id, **answers)
    return [entity, types, device, trigger]


async def _courier_form(house: House) -> Screen:
    flow = FrontEnd(house.hass, house.entry, SubentryType.COURIER)
    await flow.change("courier-parcel-post")
    return await flow.choose("details")


async def _resident_forms(house: House) -> list[Screen]:
    """Return the forms of a resident with an account, and of one without."""
    flow = FrontEnd(house.hass, house.entry, SubentryType.RESIDENT)
    answers = {"name": "Cleo", "unit": "4A"}
    who = await flow.add()
    targets = await flow.submit(who, person=person(house.hass).entity_id, **answers)
    other = await flow.submit(await flow.add(), **answers)
    await flow.submit(other, notify_actions=["notify.ada"])
    return [who, targets, await flow.choose("paper")]


def _rows(texts: Mapping[str, Any], *screens: Screen) -> list[Row]:
    """Return a row for each setting of these forms, and few for all hours."""
    rows: dict[str, Row] = {}
    for screen in screens:
        step = texts["step"][screen.step]
        for name, field in screen.fields.items():
            if name in FORM_FIELDS:
                rows |= {row[0]: row for row in _hours(step, screen)}
            elif name not in _NO_SETTINGS:
                says = step["data_description"][name]
                says = says.format(**{**screen.placeholders, "zone": "the current one"})
                row = (_default(name, field), _range(name, field), says)
                rows.setdefault(name, (f"**{step['data'][name]}**", *row))
    return list(rows.values())


def _hours(step: Mapping[str, Any], screen: Screen) -> Iterator[Row]:
    """Return a row for all fields of hours that have the same description."""
    for says, group in groupby(FORM_FIELDS, step["data_description"].__getitem__):
        fields = list(group)
        ends = (f"**{step['data'][each]}**" for each in (fields[0], fields[-1]))
        texts = {str(screen.value(each)) for each in fields if screen.value(each)}
        yield (
            " to ".join(dict.fromkeys(ends)),
            f"*{', '.join(texts)}*" if texts else "None",
            f"Hours such as *8-12, 16-20*, up to {MOST_WINDOWS} a day",
            says,
        )


def _default(name: str, field: Mapping[str, Any]) -> str:
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    if (default := field.get("default")) in (None, "", []):
        return _REQUIRED if field.get("required") else "None"
    return _named(field["selector"], default)


def _named(selector: Mapping[str, Any], value: object) -> str:
    """Return a value as its form shows it."""
    ((kind, config),) = selector.items()
    match kind, value:
        case "boolean", bool():
            return "On" if value else "Off"
        case "number", int():
            return f"{value:,} {_UNITS[config['unit_of_measurement']]}"
        case "select", list():
            return "All" if len(value) == len(config["options"]) else "None"
        case "select", str():
            options = _TEXTS["selector"][config["translation_key"]]["options"]
            return f"**{options[value]}**"
    raise AssertionError(kind, value)


def _range(name: str, field: Mapping[str, Any]) -> str:
    """Return what a field takes."""
    if name in _RANGES:
        return _RANGES[name]
    ((kind, config),) = field["selector"].items()
    match kind:
        case "boolean":
            return "On or off"
        case "number":
            least, most = int(config["min"]), int(config["max"])
            return f"{least:,} to {most:,} {_UNITS[config['unit_of_measurement']]}"
        case "select" if key := config.get("translation_key"):
            options = _TEXTS["selector"][key]["options"].values()
            return _either(f"**{option}**" for option in options)
        case "select":
            return (
                "Any of those in the form"
                if config["multiple"]
                else "One of those in the form"
            )
        case "entity":
            (domains,) = [each["domain"] for each in config["filter"]]
            kinds = _either(f"`{domain}`" for domain in domains)
            return (
                f"Entities: {kinds}"
                if config.get("multiple")
                else f"An entity: {kinds}"
            )
        case "language":
            return f"{len(config['languages'])} languages"
    return {
        "date": "A date",
        "device": "A device",
        "text": "Text",
        "time": "A time of day",
    }[kind]


def _either(options: Iterable[str]) -> str:
    *others, last = options
    if len(others) < 2:
        return " or ".join([*others, last])
    return f"{', '.join(others)}, or {last}"


_AS: Final = {"windows": "schedule", "new_couriers": "default"}
"""Fields of the action that have other names in rules."""


def _rules() -> Iterator[Row]:
    """Return the fields of the action that sets rules, with the defaults of rules."""
    described = parse_yaml(
        (Path(services.__file__).parent / "services.yaml").read_text("utf-8")
    )
    assert isinstance(described, dict)
    words = _TEXTS["services"]["set_rules"]["fields"]
    defaults = Rules().to_dict()
    for name, field in described["set_rules"]["fields"].items():
        if name in ("device_id", "revision"):
            continue
        default = defaults[_AS.get(name, name)]
        texts = words[name]
        yield (
            f"**{texts['name']}** (`{name}`)",
            _default_rule(field["selector"], default),
            _range(name, field),
            texts["description"],
        )


def _default_rule(selector: Mapping[str, Any], default: object) -> str:
    match default:
        case Consent.NOT_GIVEN:
            return "Not given"
        case bool() | str():
            return _named(selector, default)
    assert not default
    return "None"
