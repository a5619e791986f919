"""Promise 2, *Notified*: every resident's notification of a courier entry is on the disk before the door opens."""

import asyncio
from pathlib import Path
import sqlite3

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant, ServiceCall
from homeassistant.helpers import issue_registry as ir
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.ledger.files import mark_of
from custom_components.courier_access.ledger.outbox.due import NotificationState
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.ledger.verify_record import Witness, witnesses_in
from tests.support.door_parts import Bolt, install_bolt
from tests.support.house import (
    RELAY,
    House,
    Sender,
    build,
    courier,
    door,
    entries_of,
    observed,
    pass_time,
    resident,
    spoil_ledger,
    told_of,
    until,
)
from tests.support.rows import plant
from tests.support.triggers import install_keypad
from tests.support.verified import verified

TOLD_TO_ALL = ["Ada", "Ben", "Cleo"]


async def of_three(hass: HomeAssistant, bolt: Bolt) -> House:
    return await build(
        hass,
        door(opener=await install_bolt(hass, bolt)),
        courier(),
        resident("Ada", "3B"),
        resident("Ben", "3B", None),
        resident("Cleo", "4A", None),
    )


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    """Read the file as another process would: only what is committed is there."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


async def test_record_and_notifications_are_on_the_disk_when_the_door_is_commanded(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    seen: dict[str, list[tuple[object, ...]]] = {}

    class Witness(Bolt):
        async def async_unlock(self, **kwargs: object) -> None:
            path = ledger_path(hass, house.entry.entry_id)
            seen["records"] = rows(
                path, "SELECT kind FROM records ORDER BY seq DESC LIMIT 1"
            )
            seen["enqueued"] = rows(
                path,
                "SELECT kind, members FROM fanouts JOIN resident_sets"
                " ON set_revision = resident_sets.revision WHERE entry_id IS NOT NULL",
            )
            seen["replies"] = rows(
                path, "SELECT reply FROM replies WHERE entry_id IS NOT NULL"
            )
            seen["relocks"] = rows(path, "SELECT relock_by FROM entries")
            await super().async_unlock(**kwargs)

    house = await of_three(hass, Witness())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    entered = await sender.enter()
    await house.settle()

    assert entered.body["outcome"] == "opened"
    assert seen["records"] == [("entry.admitted",)]
    [(kind, members)] = seen["enqueued"]
    assert kind == "entry_admitted"
    assert all(f"resident-{name.lower()}" in str(members) for name in TOLD_TO_ALL)
    assert '"unknown"' in str(seen["replies"][0][0])
    [(deadline,)] = seen["relocks"]
    assert deadline is not None


async def test_without_a_record_the_door_stays_shut(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    house = await of_three(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    # A stored trigger would have no effect.
    jam = (
        "CREATE TEMP TRIGGER jam BEFORE INSERT ON main.fanouts"
        " BEGIN SELECT RAISE(FAIL, 'full'); END"
    )
    await house.building.ledger.read(lambda conn: plant(conn, jam))
    refused = await sender.enter()
    await house.settle()

    assert (refused.status, refused.body["type"].rpartition(":")[2]) == (
        503,
        "ledger_unavailable",
    )
    assert bolt.commands == []
    assert house.told == []
    assert await entries_of(house.building, 10) == []


async def test_recipients_read_everything_and_others_only_courier_door_and_time(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    await sender.grant(parcel_ref="P-77", driver_ref="driver-9")

    await sender.enter()
    await house.settle()

    texts = dict(house.told)
    assert sorted(texts) == TOLD_TO_ALL
    for name in TOLD_TO_ALL:
        assert "Parcel Post" in texts[name]
        assert "Lobby" in texts[name]
        assert "driver-9" not in texts[name]
    for name in ("Ada", "Ben"):
        assert "3B" in texts[name]
        assert "P-77" in texts[name]
    assert "3B" not in texts["Cleo"]
    assert "P-77" not in texts["Cleo"]


async def test_each_notification_witnesses_the_record(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()

    await sender.enter()
    await house.settle()

    [entry] = await entries_of(house.building, 1)
    path = ledger_path(hass, house.entry.entry_id)
    [(digest,)] = rows(
        path, f"SELECT lower(hex(hash)) FROM records WHERE seq = {entry.seq}"
    )
    for _, text in house.told:
        assert witnesses_in(text) == (Witness(entry.seq, str(digest)[:20]),)


async def test_a_notification_that_fails_is_retried_until_it_is_sent(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    hass.services.async_remove("notify", "cleo")
    await sender.grant()
    entered = await sender.enter()
    await house.settle()
    assert sorted(name for name, _ in house.told) == ["Ada", "Ben"]

    async def take(call: ServiceCall) -> None:
        house.told.append(("Cleo", call.data["message"]))

    hass.services.async_register("notify", "cleo", take)
    await pass_time(hass, freezer, 11)
    await until(lambda: len(house.told) == 3)
    await house.settle()

    told = (await told_of(house.building, [entered.body["entry_id"]]))[
        entered.body["entry_id"]
    ]
    assert {notification.state for notification in told} == {NotificationState.SENT}
    assert sorted(name for name, _ in house.told) == TOLD_TO_ALL


async def test_a_resident_who_cannot_be_reached_becomes_a_repair_until_they_are(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    freezer: FrozenDateTimeFactory,
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    hass.services.async_remove("notify", "cleo")
    freezer.tick(1)  # since she was invited
    await sender.grant()
    await sender.enter()
    await house.settle()
    issues = ir.async_get(hass).issues
    assert not any(key.startswith("resident_unreachable") for _, key in issues)

    for _ in range(10):
        await pass_time(hass, freezer, 400)
        await house.settle()
    assert [key for _, key in issues if key.startswith("resident_unreachable")] == [
        "resident_unreachable_resident-cleo"
    ]

    async def take(call: ServiceCall) -> None:
        house.told.append(("Cleo", call.data["message"]))

    hass.services.async_register("notify", "cleo", take)
    await pass_time(hass, freezer, 3600)
    await house.settle()
    assert [key for _, key in issues if key.startswith("resident_unreachable")] == []


async def test_notifications_pending_when_home_assistant_stops_go_out_at_the_next_start(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    hass.services.async_remove("notify", "cleo")
    await sender.grant()
    await sender.enter()
    await house.settle()
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    told_before = len(house.told)

    async def take(call: ServiceCall) -> None:
        house.told.append(("Cleo", call.data["message"]))

    hass.services.async_register("notify", "cleo", take)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    assert [name for name, _ in house.told[told_before:]] == ["Cleo"]


async def test_residents_are_notified_that_entries_may_be_missing_from_a_recreated_log(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    house = await of_three(hass, Bolt())
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    await sender.enter()
    await house.go_down()
    house.told.clear()
    await spoil_ledger(house)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()

    said = "You may have missed visits."
    assert sorted(name for name, text in house.told if said in text) == TOLD_TO_ALL


async def test_an_entry_that_a_crash_cut_off_is_notified_with_an_unknown_outcome(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    bolt = Bolt()
    bolt.hangs = asyncio.Event()
    house = await of_three(hass, bolt)
    sender = Sender(await hass_client_no_auth())
    await sender.grant()
    path = ledger_path(hass, house.entry.entry_id)
    entering = asyncio.create_task(sender.enter(message_id="msg_1"))
    await until(lambda: bool(bolt.commands))

    def copy() -> tuple[bytes, bytes]:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        return path.read_bytes(), mark_of(path).read_bytes()

    # What the disk holds at this moment is what a crash would leave.
    left = await hass.async_add_executor_job(copy)
    bolt.hangs.set()
    await entering
    await house.settle()
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    house.told.clear()
    bolt.commands.clear()
    bolt.move(locked=False)

    def put_back() -> None:
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        for file, content in zip((path, mark_of(path)), left, strict=True):
            file.write_bytes(content)

    await hass.async_add_executor_job(put_back)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()
    [entry] = await entries_of(house.building, 10)

    assert entry.outcome == "unknown"
    assert sorted(name for name, _ in house.told) == TOLD_TO_ALL
    assert "unlock" not in bolt.names
    assert (await verified(house.building.ledger)).intact


# Observed entries: others let somebody in


async def of_three_observed(hass: HomeAssistant) -> House:
    """Set up a building of three residents without any courier of its own."""
    hass.states.async_set(RELAY, "off")
    return await build(
        hass,
        door(),
        observed(),
        resident("Ada", "3B"),
        resident("Ben", "3B", None),
        resident("Cleo", "4A", None),
    )


async def test_an_observed_entry_is_notified_to_every_resident_with_its_record(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-24T14:02:00+00:00")
    house = await of_three_observed(hass)
    hass.states.async_set(RELAY, "on")
    await house.settle()

    assert sorted(name for name, _ in house.told) == TOLD_TO_ALL
    [entry] = await entries_of(house.building, 10)
    for _, text in house.told:
        assert text.startswith(
            "Amazon Key opened Lobby, today 2:02 PM, without Courier Access."
            f" Receipt {entry.seq} "
        )
    told = (await told_of(house.building, [entry.entry_id]))[entry.entry_id]
    assert {notification.recipient for notification in told} == {False}


async def test_an_entry_that_a_device_trigger_reports_is_notified_to_every_resident(
    hass: HomeAssistant,
) -> None:
    async with install_keypad(hass) as keypad:
        house = await build(
            hass,
            door(),
            observed(trigger=keypad.trigger()),
            resident("Ada", "3B"),
            resident("Ben", "3B", None),
            resident("Cleo", "4A", None),
        )
        await keypad.fire()
        await house.settle()

    assert sorted(name for name, _ in house.told) == TOLD_TO_ALL
    [entry] = await entries_of(house.building, 10)
    assert all(f"Receipt {entry.seq} " in text for _, text in house.told)


async def test_an_observed_entry_and_its_notifications_are_on_the_disk_before_all_else(
    hass: HomeAssistant,
) -> None:
    house = await of_three_observed(hass)
    path = ledger_path(hass, house.entry.entry_id)
    on_disk: list[list[tuple[object, ...]]] = []

    def look() -> None:
        on_disk.append(
            rows(
                path,
                "SELECT records.kind, fanouts.kind, members FROM records"
                " JOIN fanouts USING (seq) JOIN resident_sets"
                " ON set_revision = resident_sets.revision"
                " WHERE fanouts.entry_id IS NOT NULL",
            )
        )

    async def take(_: ServiceCall) -> None:
        look()

    hass.services.async_register("notify", "ada", take)
    house.building.events.listen("door-lobby", lambda _: look())
    hass.states.async_set(RELAY, "on")
    await house.settle()

    assert len(on_disk) == 2
    for [(record, kind, members)] in on_disk:
        assert (record, kind) == ("entry.observed", "entry_observed")
        assert all(f"resident-{name.lower()}" in str(members) for name in TOLD_TO_ALL)


async def test_an_observed_entry_is_retried_until_it_is_sent(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    house = await of_three_observed(hass)
    hass.services.async_remove("notify", "cleo")
    hass.states.async_set(RELAY, "on")
    await house.settle()
    assert sorted(name for name, _ in house.told) == ["Ada", "Ben"]

    house.listen("Cleo")
    await pass_time(hass, freezer, 11)
    await until(lambda: len(house.told) == 3)
    assert sorted(name for name, _ in house.told) == TOLD_TO_ALL


async def test_an_observed_entry_waits_for_the_digest_of_who_wants_one(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory
) -> None:
    await hass.config.async_set_time_zone("UTC")
    freezer.move_to("2026-11-24T14:02:00+00:00")
    house = await of_three_observed(hass)
    building = house.building
    await building.rulebook.change(
        building.residents["resident-cleo"],
        Rules(consent=Consent.GIVEN, digest_at=20 * 60),
        Author(),
    )
    await house.settle()
    house.told.clear()
    for _ in range(2):
        hass.states.async_set(RELAY, "on")
        await house.settle()
        hass.states.async_set(RELAY, "off")
        await pass_time(hass, freezer, 60)
    assert {name for name, _ in house.told} == {"Ada", "Ben"}

    await pass_time(hass, freezer, 6 * 3600)
    await house.settle()
    [text] = [text for name, text in house.told if name == "Cleo"]
    assert text.startswith(
        "2 courier visits: Amazon Key, Lobby, Tue, Nov 24, 2:02 PM (without Courier Access);"
        " Amazon Key, Lobby, Tue, Nov 24, 2:03 PM (without Courier Access)."
    )
