"""Files that somebody steals, or is sent when somebody asks for help, hold what the security page says, and no more."""

from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
import hashlib
import json
import logging
from typing import Any
from urllib.parse import quote

from homeassistant.const import EVENT_LOGGING_CHANGED
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.files import mark_of
from tests.support.asked_phones import PushService
from tests.support.documents import SECURITY, rows
from tests.support.drivers import Driver, hang_sheets
from tests.support.expecting import OUTSIDE
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    do,
    door,
    resident,
)
from tests.support.pages import token_of
from tests.support.people import People, acting
from tests.support.wires import connect

LOBBY = "5pL0bbyT0kenOfTheNotice"
PARCEL = "QZ4077715588"
NOTE = "QZ on the shelf beside the stairs"
OPEN = "The door is open. Please come in."
LOGGERS = ("homeassistant", "custom_components")
HEADING = "What a stolen file gives"


@dataclass(frozen=True, slots=True)
class Used:
    """A building that was used, and what is secret or personal of it."""

    house: House
    secrets: Mapping[str, tuple[str, ...]]


@pytest.fixture
async def used(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    hass_storage: dict[str, Any],
    service: PushService,
    caplog: pytest.LogCaptureFixture,
) -> Used:
    """Have couriers, drivers, and residents do what they do, with all of it in the log."""
    caplog.set_level(logging.DEBUG)
    hass.bus.async_fire(EVENT_LOGGING_CHANGED)
    await hass.config.async_update(external_url=OUTSIDE)
    people = People(hass)
    await people.move_in("Adalind", "Cleo")
    for component in ("diagnostics", "mobile_app", "courier_access"):
        assert await async_setup_component(hass, component, {})
    await hass.async_block_till_done()
    client = await hass_client_no_auth()
    phone = await service.register(hass, client, people["Adalind"], "adalinds-phone")
    house = await build(
        hass,
        door(),
        courier(),
        courier("Night Owl", keys=[]),
        *(
            resident(
                name,
                unit,
                None,
                person=people.person(name),
                targets=[{"kind": "person_apps"}],
            )
            for name, unit in (("Adalind", "Flat 30B"), ("Cleo", "Flat 40A"))
        ),
        resident("Noor", "Flat 50C"),
    )
    hass.config_entries.async_update_entry(
        house.entry,
        options={**house.entry.options, "lobby": {"token": LOBBY, "language": "en"}},
    )
    sheet = (await hang_sheets(house, "door-lobby"))["door-lobby"]
    adalind = acting(people["Adalind"])
    for name in ("Adalind", "Cleo"):
        await ask(
            house,
            "set_rules",
            f"resident-{name.lower()}",
            acting(people[name]),
            consent=True,
            windows=ALWAYS,
            **({"couriers": {"Night Owl": "deny"}} if name == "Cleo" else {}),
        )
    sender = Sender(client)
    delivery: dict[str, Any] = {
        "units": ("Flat 30B",),
        "parcel_ref": PARCEL,
        "max_entries": 3,
    }
    assert (await sender.grant("grant-1", **delivery)).body["decision"] == "accepted"
    assert (await sender.enter("grant-1")).body["decision"] == "admitted"
    await sender.grant("grant-2", **delivery)
    signatures = sender.headers("{}")["webhook-signature"]

    wire = await connect(hass, house, hass_ws_client, people["Adalind"])
    await wire.result("note/set", unit="Flat 30B", note=NOTE)
    code = await wire.result("address_code/renew", resident="resident-adalind")
    passed = {"courier": "courier-parcel-post", "grant_id": "grant-2"}
    passes = [await wire.result("passes/make", **passed)]
    driver = Driver(client, f"/api/courier_access/door/{sheet.page}")
    await driver.enter("00000001")
    assert await driver.enter(passes[0]["pin"]) == OPEN
    passes.append(await wire.result("passes/make", **passed))
    link = Driver(client, passes[1]["link"].removeprefix(OUTSIDE))
    assert (await link.enter("00", "sign")) != OPEN
    await Driver(
        client, f"/api/courier_access/personal/{token_of(house, 'Noor')}"
    ).look()
    await Driver(client, f"/api/courier_access/lobby/{LOBBY}").look()
    await do(
        house,
        "veto_grant",
        adalind,
        courier="courier-parcel-post",
        grant_id="grant-2",
        unit="Flat 30B",
    )
    await house.settle()
    pepper = hass_storage[f"courier_access.{house.entry.entry_id}.codes"]["data"]
    return Used(
        house,
        {
            "Couriers' shared keys": (sender.key, sender.key.removeprefix("whsec_")),
            "Couriers' signatures": (signatures.removeprefix("v1,"),),
            "Couriers' addresses": (sender.webhook_id,),
            "PINs, short codes, and address codes": (
                code["address_code"],
                *(made[kind] for made in passes for kind in ("pin", "short_code")),
            ),
            "The key of all codes": (pepper["pepper"],),
            "Links of passes": tuple(
                made["link"].rpartition("/")[2] for made in passes
            ),
            "Personal links": (token_of(house, "Noor"),),
            "Addresses of doors' pages": (sheet.page,),
            "The address of the lobby's page": (LOBBY,),
            "Buttons on phones": tuple(
                action.rpartition("_")[2] for action in phone.buttons.values()
            ),
            "Homes' notes for drivers": (NOTE,),
            "Numbers of parcels": (PARCEL,),
            "Names of residents": ("Adalind", "Noor"),
            "Units": ("Flat 30B", "Flat 50C"),
            "Targets of notifications": ("notify.noor", "adalinds_phone"),
        },
    )


def forms(secret: str) -> Iterator[bytes]:
    """Return a secret as it may be written: plain, encoded, or hashed without a salt."""
    plain = secret.encode()
    for digest in ("md5", "sha1", "sha256"):
        hashed = hashlib.new(digest, plain).digest()
        if len(secret) <= 12:  # others are too random to be tried
            yield hashed
            yield hashed.hex().encode()
            yield b64encode(hashed).rstrip(b"=")
    yield plain
    yield plain.hex().encode()
    yield b64encode(plain).rstrip(b"=")
    yield urlsafe_b64encode(plain).rstrip(b"=")
    yield quote(secret, safe="").encode()
    yield json.dumps(secret)[1:-1].encode()
    if all(letter in "0123456789abcdef" for letter in secret):
        yield bytes.fromhex(secret)
    if secret.isalnum() or "-" in secret:
        yield secret.replace("-", "").encode()


def found_in(content: bytes, secrets: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return of which kinds a secret is in a file."""
    low = content.lower()
    return {
        kind
        for kind, values in secrets.items()
        if any(form.lower() in low for value in values for form in forms(value))
    }


def read_ledger(house: House) -> bytes:
    path = ledger_path(house.hass, house.entry.entry_id)
    return b"".join(
        each.read_bytes()
        for each in (path, path.with_name(f"{path.name}-wal"))
        if each.exists()
    )


async def test_each_file_contains_what_the_page_says(
    hass: HomeAssistant,
    used: Used,
    hass_client: ClientSessionGenerator,
    hass_storage: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    client = await hass_client()
    path = f"/api/diagnostics/config_entry/{used.house.entry.entry_id}"
    diagnostics = await (await client.get(path)).read()
    ledger = await hass.async_add_executor_job(read_ledger, used.house)
    mark = mark_of(ledger_path(hass, used.house.entry.entry_id))
    kept = [hass_storage, used.house.entry.as_dict()]
    log = [
        (record.levelno, record.getMessage())
        for record in caplog.get_records("setup") + caplog.records
        if record.name.partition(".")[0] in LOGGERS
    ]

    def written(level: int) -> bytes:
        return "\n".join(line for at, line in log if at >= level).encode()

    files = {
        "Access log": ledger,
        "`.newest.log`": await hass.async_add_executor_job(mark.read_bytes),
        "Log": written(logging.WARNING),
        "Log at *debug*": written(logging.DEBUG),
        "Diagnostics": diagnostics,
        "Backup": ledger + json.dumps(kept, default=str).encode(),
    }
    gives = {file: found_in(content, used.secrets) for file, content in files.items()}
    said = rows(SECURITY, HEADING)
    assert [cells[0] for cells in said] == list(used.secrets)
    assert gives == {
        file: {kind for kind, *cells in said if cells[number] == "yes"}
        for number, file in enumerate(files)
    }
