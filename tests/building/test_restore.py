"""Test a restored ledger: what it ends, who waits, and who is notified."""

from dataclasses import replace
from functools import partial
import os
from pathlib import Path
import shutil

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import orjson
import pytest

from custom_components.courier_access import backup
from custom_components.courier_access.access.model import Consent, Rules
from custom_components.courier_access.building.building import ledger_path
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.files import Mark, mark_of
from custom_components.courier_access.ledger.state.residents import Author
from custom_components.courier_access.ledger.upkeep.restore import (
    RestoreCause,
    restore_ledger,
)
from tests.support.house import House, Sender, build, courier, door, pass_time, resident
from tests.support.rows import bodies as bodies_of, kept_rows
from tests.support.verified import verified

SUFFIXES = ("", "-wal")


def copy(path: Path, to: Path) -> None:
    to.mkdir(exist_ok=True)
    for suffix in SUFFIXES:
        found = path.with_name(path.name + suffix)
        if found.exists():
            shutil.copy(found, to / found.name)


def put_back(path: Path, kept: Path, *, by_hand: bool = False) -> None:
    """Put copied files in place; a restore of Home Assistant first deletes all files."""
    if not by_hand:
        mark_of(path).unlink(missing_ok=True)
    for suffix in (*SUFFIXES, "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    for file in kept.iterdir():
        shutil.copy(file, path.parent / file.name)


async def back_up(hass: HomeAssistant, house: House, to: Path) -> None:
    """Copy the ledger's files as a backup does."""
    path = ledger_path(hass, house.entry.entry_id)
    await backup.async_pre_backup(hass)
    await hass.async_add_executor_job(copy, path, to)
    await backup.async_post_backup(hass)


async def bring_back(
    hass: HomeAssistant, house: House, kept: Path, *, by_hand: bool = False
) -> None:
    """Put the copied files into the ledger's place and load the building."""
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    path = ledger_path(hass, house.entry.entry_id)
    await hass.async_add_executor_job(partial(put_back, path, kept, by_hand=by_hand))
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.settle()


async def bodies(house: House, kind: str) -> list[str]:
    """Return the bodies of the records of one kind."""
    return await bodies_of(house.building.ledger, kind)


async def restore(hass: HomeAssistant, house: House, kept: Path) -> None:
    """Back the ledger up, and put the backup in its place."""
    await back_up(hass, house, kept)
    await bring_back(hass, house, kept)


async def confirm_keys(house: House) -> None:
    await house.building.restore.confirm_keys(Author())


async def withdraw(house: House) -> None:
    building = house.building
    await building.rulebook.change(
        building.residents["resident-ada"], Rules(consent=Consent.WITHDRAWN), Author()
    )


async def consent(house: House, resident_id: str = "resident-ada") -> None:
    building = house.building
    rules = building.rulebook.of(resident_id)
    await building.rulebook.change(
        building.residents[resident_id], replace(rules, consent=Consent.GIVEN), Author()
    )


class TestABackup:
    async def test_couriers_wait_until_the_administrator_confirms_their_keys(
        self,
        hass: HomeAssistant,
        house: House,
        sender: Sender,
        tmp_path: Path,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        await restore(hass, house, tmp_path / "copy")

        waiting = await sender.send("ping", {}, message_id="asked-meanwhile")
        assert (waiting.status, waiting.problem) == (503, "not_ready")
        assert "message could not be answered" not in caplog.text
        issue = ir.async_get(hass).async_get_issue(
            DOMAIN, f"ledger_restored_{house.entry.entry_id}"
        )
        assert issue is not None
        assert issue.is_fixable

        assert await hass.config_entries.async_reload(house.entry.entry_id)
        assert (await sender.send("ping", {})).status == 503
        await confirm_keys(house)

        answered = await sender.send("ping", {}, message_id="asked-meanwhile")
        assert (answered.status, answered.body["replayed"]) == (200, False)
        assert not ir.async_get(hass).async_get_issue(
            DOMAIN, f"ledger_restored_{house.entry.entry_id}"
        )
        assert len(await bodies(house, "keys.confirmed")) == 1
        await confirm_keys(house)
        assert len(await bodies(house, "keys.confirmed")) == 1
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        assert (await sender.send("ping", {})).status == 200

    async def test_open_grants_end_and_consent_must_be_given_again(
        self, hass: HomeAssistant, house: House, sender: Sender, tmp_path: Path
    ) -> None:
        assert (await sender.grant()).body["decision"] == "accepted"
        hours = house.building.rulebook.of("resident-ada").schedule
        await restore(hass, house, tmp_path / "copy")
        await confirm_keys(house)

        rules = house.building.rulebook.of("resident-ada")
        assert (rules.consent, rules.schedule) == (Consent.NOT_GIVEN, hours)
        assert (await sender.enter()).body["reason"] == "revoked"
        assert (await sender.grant(revision=2)).body["reason"] == "revoked"
        assert (await sender.grant("G2")).body["reason"] == "not_accepting"
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        assert (await sender.grant("G3")).body["reason"] == "not_accepting"

        await consent(house)
        assert (await sender.grant("G4")).body["decision"] == "accepted"
        assert (await sender.enter("G4")).body["decision"] == "admitted"
        assert (await verified(house.building.ledger)).intact

    async def test_it_is_recorded_and_notified_once_to_everybody_and_the_administrator(
        self, hass: HomeAssistant, tmp_path: Path
    ) -> None:
        house = await build(
            hass, door(), courier(), resident(), resident("Bo", "4A", consent=False)
        )
        await restore(hass, house, tmp_path / "copy")

        for said, names in (
            ("restored from a backup", ["Ada", "Bo"]),
            (
                "your latest decisions are lost",
                ["Ada"],
            ),
        ):
            read_by = [name for name, message in house.told if said in message]
            assert sorted(read_by) == names, said
        assert len(await bodies(house, "ledger.restored")) == 1
        assert await kept_rows(
            house.building.ledger,
            """
            SELECT kind FROM notifications JOIN fanouts ON fanouts.id = fanout_id
            WHERE kind = 'ledger_restored' AND notifications.resident_id = 'owner'
            """,
            str,
        ) == ["ledger_restored"]

        house.told.clear()
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()
        assert not any("restored" in message for _, message in house.told)
        [restored] = await bodies(house, "ledger.restored")
        assert orjson.loads(restored)["newest"] == orjson.loads(restored)["seq"] - 1

    async def test_messages_dated_before_stay_stale(
        self,
        hass: HomeAssistant,
        house: House,
        sender: Sender,
        freezer: FrozenDateTimeFactory,
        tmp_path: Path,
    ) -> None:
        await back_up(hass, house, tmp_path / "copy")
        before = dt_util.utcnow()
        await pass_time(hass, freezer, 2)
        await bring_back(hass, house, tmp_path / "copy")
        await confirm_keys(house)
        await consent(house)

        assert (await sender.grant(body_at=before)).body["reason"] == "stale_request"
        assert (await sender.grant()).body["decision"] == "accepted"
        assert (await sender.enter(body_at=before)).body["reason"] == "stale_request"
        assert (await sender.revoke(body_at=before)).body["decision"] == "revoked"
        await pass_time(hass, freezer, 24 * 3600)
        assert (await sender.grant("G2", body_at=before)).body[
            "reason"
        ] == "stale_request"

    async def test_links_are_renewed(
        self, hass: HomeAssistant, house: House, tmp_path: Path
    ) -> None:
        earlier = house.building.links.link_of("resident-ada")
        await restore(hass, house, tmp_path / "copy")

        assert house.building.links.link_of("resident-ada") not in (None, earlier)

    async def test_only_newer_paper_gives_consent_after_a_loss(
        self, hass: HomeAssistant, house: House, tmp_path: Path
    ) -> None:
        path = ledger_path(hass, house.entry.entry_id)
        # The ledger is lost: not even the paper is written down in it.
        (tmp_path / "empty").mkdir()
        await bring_back(hass, house, tmp_path / "empty")
        assert await hass.async_add_executor_job(path.exists)
        assert house.building.rulebook.of("resident-ada").consent is Consent.NOT_GIVEN

        newer = resident()["data"]["paper"] | {"id": "signed after it"}
        subentry = house.entry.subentries["resident-ada"]
        hass.config_entries.async_update_subentry(
            house.entry, subentry, data={**subentry.data, "paper": newer}
        )
        await house.settle()
        assert house.building.rulebook.of("resident-ada").consent is Consent.GIVEN

    @pytest.mark.parametrize("is_restored", [True, False])
    async def test_withdrawal_on_paper_survives_and_consent_on_paper_does_not(
        self, hass: HomeAssistant, tmp_path: Path, is_restored: bool
    ) -> None:
        house = await build(
            hass,
            door(),
            courier(),
            resident("Ada", "3B"),
            resident("Bo", "4A", {}, consent=False),
            resident("Cleo", "4A", None),
        )
        (tmp_path / "copy").mkdir()  # without anything in it, the ledger is lost
        if is_restored:
            await back_up(hass, house, tmp_path / "copy")
        await bring_back(hass, house, tmp_path / "copy")

        assert (house.building.recreated is None) is is_restored
        said = {
            name: house.building.rulebook.of(f"resident-{name}").consent
            for name in ("ada", "bo")
        }
        assert said == {"ada": Consent.NOT_GIVEN, "bo": Consent.WITHDRAWN}

    async def test_interrupted_restore_is_notified_at_the_next_start(
        self, hass: HomeAssistant, house: House, tmp_path: Path
    ) -> None:
        await house.building.ledger.write(
            lambda transaction: restore_ledger(
                transaction, RestoreCause.BACKUP, {}, dt_util.utcnow()
            )
        )
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        await house.settle()

        assert (
            sum("restored from a backup" in message for _, message in house.told) == 1
        )
        assert not house.building.host.answers_couriers


async def copied_before_a_pause(hass: HomeAssistant, to: Path) -> House:
    """Set up a building, copy its ledger while it is unloaded, and let something be recorded after that."""
    house = await build(hass)
    assert await hass.config_entries.async_unload(house.entry.entry_id)
    await hass.async_add_executor_job(copy, ledger_path(hass, house.entry.entry_id), to)
    assert await hass.config_entries.async_setup(house.entry.entry_id)
    await house.building.rulebook.pauses.pause(Author())
    return house


class TestAnOlderFile:
    async def test_it_is_recognized_by_the_newest_record_seen(
        self, hass: HomeAssistant, tmp_path: Path
    ) -> None:
        house = await copied_before_a_pause(hass, tmp_path / "older")
        await bring_back(hass, house, tmp_path / "older", by_hand=True)

        assert not house.building.host.answers_couriers
        assert '"another"' in (await bodies(house, "ledger.restored"))[0]
        assert any(
            "An older copy or another file" in message for _, message in house.told
        )

    async def test_another_history_of_the_same_length_is_recognized(
        self, hass: HomeAssistant, tmp_path: Path
    ) -> None:
        house = await copied_before_a_pause(hass, tmp_path / "older")
        path = ledger_path(hass, house.entry.entry_id)
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        await hass.async_add_executor_job(copy, path, tmp_path / "newer")
        await hass.async_add_executor_job(
            partial(put_back, path, tmp_path / "older", by_hand=True)
        )
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        await house.building.rulebook.pauses.pause(Author())
        await bring_back(hass, house, tmp_path / "newer", by_hand=True)

        assert len(await bodies(house, "ledger.restored")) == 1
        assert not house.building.host.answers_couriers

    async def test_newest_record_is_marked_every_hour(
        self,
        hass: HomeAssistant,
        house: House,
        sender: Sender,
        freezer: FrozenDateTimeFactory,
    ) -> None:
        path = ledger_path(hass, house.entry.entry_id)
        await sender.grant()
        newest = house.building.ledger.newest
        assert await hass.async_add_executor_job(Mark.read, path) != Mark.of(newest)
        await pass_time(hass, freezer, 3601)

        newest = house.building.ledger.newest
        assert await hass.async_add_executor_job(Mark.read, path) == Mark.of(newest)

    async def test_mark_is_not_written_in_an_hour_without_a_record(
        self, hass: HomeAssistant, house: House, freezer: FrozenDateTimeFactory
    ) -> None:
        mark = mark_of(ledger_path(hass, house.entry.entry_id))
        newest = house.building.ledger.newest
        before = await hass.async_add_executor_job(mark.stat)
        await pass_time(hass, freezer, 3601)

        assert house.building.ledger.newest == newest
        after = await hass.async_add_executor_job(mark.stat)
        assert (after.st_ino, after.st_ctime_ns) == (before.st_ino, before.st_ctime_ns)

    async def test_copy_is_recognized_that_was_put_back_after_a_crash(
        self, hass: HomeAssistant, tmp_path: Path
    ) -> None:
        """Nothing but the mark beside the ledger knows of the withdrawal."""
        house = await build(hass)
        await back_up(hass, house, tmp_path / "older")
        await withdraw(house)
        kept = tmp_path / "mark"
        path = ledger_path(hass, house.entry.entry_id)
        # Home Assistant is killed: what it saves while stopping is never written.
        await hass.async_add_executor_job(shutil.copy, mark_of(path), kept)
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        await hass.async_add_executor_job(
            partial(put_back, path, tmp_path / "older", by_hand=True)
        )
        await hass.async_add_executor_job(shutil.copy, kept, mark_of(path))
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        await house.settle()

        rules = house.building.rulebook.of("resident-ada")
        assert rules.consent is Consent.NOT_GIVEN
        assert not house.building.host.answers_couriers

    @pytest.mark.parametrize("keeps_log", [True, False])
    @pytest.mark.parametrize(
        ("is_killed", "is_in_place"), [(True, True), (False, True), (False, False)]
    )
    async def test_copy_is_recognized_that_is_put_over_the_open_ledger(
        self,
        hass: HomeAssistant,
        tmp_path: Path,
        is_killed: bool,
        is_in_place: bool,
        keeps_log: bool,
    ) -> None:
        house = await build(hass)
        path = ledger_path(hass, house.entry.entry_id)
        await house.building.ledger.checkpoint()
        await hass.async_add_executor_job(copy, path, tmp_path / "older")
        await withdraw(house)
        await house.building.ledger.checkpoint()

        def overwrite() -> None:
            if not is_in_place:
                path.unlink()
            shutil.copyfile(tmp_path / "older" / path.name, path)
            if not keeps_log:
                os.truncate(path.with_name(f"{path.name}-wal"), 0)

        await hass.async_add_executor_job(overwrite)
        if is_killed:
            left = tmp_path / "left"
            await hass.async_add_executor_job(copy, path, left)
            await hass.async_add_executor_job(shutil.copy, mark_of(path), left)
            await bring_back(hass, house, left)
        else:
            await house.reload()

        rules = house.building.rulebook.of("resident-ada")
        assert rules.consent is not Consent.GIVEN
        assert not house.building.host.answers_couriers
        assert len(await bodies(house, "ledger.restored")) == 1

    async def test_missing_mark_is_a_restore(
        self, hass: HomeAssistant, house: House
    ) -> None:
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        path = ledger_path(hass, house.entry.entry_id)
        await hass.async_add_executor_job(mark_of(path).unlink)
        assert await hass.config_entries.async_setup(house.entry.entry_id)

        assert '"backup"' in (await bodies(house, "ledger.restored"))[0]

    async def test_unreadable_mark_keeps_the_door_closed_and_ends_nothing(
        self, hass: HomeAssistant, house: House
    ) -> None:
        assert await hass.config_entries.async_unload(house.entry.entry_id)
        mark = mark_of(ledger_path(hass, house.entry.entry_id))
        await hass.async_add_executor_job(mark.rename, mark.with_suffix(".away"))
        await hass.async_add_executor_job(mark.mkdir)
        assert await hass.config_entries.async_setup(house.entry.entry_id)
        assert not house.building.host.answers_couriers

        await hass.async_add_executor_job(mark.rmdir)
        await hass.async_add_executor_job(mark.with_suffix(".away").rename, mark)
        assert await hass.config_entries.async_reload(house.entry.entry_id)
        assert await bodies(house, "ledger.restored") == []
        assert house.building.host.answers_couriers

    async def test_same_file_is_valid(self, hass: HomeAssistant, house: House) -> None:
        for _ in range(3):
            assert await hass.config_entries.async_reload(house.entry.entry_id)

        assert await bodies(house, "ledger.restored") == []
        assert house.building.host.answers_couriers
