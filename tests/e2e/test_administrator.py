"""An administrator against a resident, over the forms of a real Home Assistant."""

from datetime import UTC, datetime, timedelta

import pytest

from scripts.lab.answers import record, records
from scripts.lab.building import DOMAIN
from scripts.lab.courier import Courier
from scripts.lab.main_job import new_grant_id
from scripts.lab.site import OPEN_UNIT

from .running import Running
from .test_in_charge import Mara, asked, grant, mara_at_home, said
from .test_restore import read

pytestmark = [pytest.mark.timeout(300), pytest.mark.asyncio(loop_scope="session")]


async def change(running: Running, kind: str, name: str, **title: str) -> None:
    """Have the administrator rename a part, or delete it if no title is given."""
    building = running.site.building
    what = "update" if title else "delete"
    async with running.site.owner.channel() as owner:
        await owner.command(
            f"config_entries/subentries/{what}",
            entry_id=building.entry_id,
            subentry_id=(await building.parts(kind))[name],
            **title,
        )
    await building.loaded()


async def refused(courier: Courier) -> bool:
    """Return whether a courier gets no grant for her unit."""
    return said(await asked(courier)) == ("refused", "not_accepting")


async def rules_of(mara: Mara) -> dict[str, object]:
    (me,) = (one for one in records((await mara.sees())["residents"]) if one["is_me"])
    return dict(record(await mara.does("rules/get", resident=me["resident"])))


async def test_a_denied_courier_that_is_deleted_and_added_again_stays_out(
    running: Running,
) -> None:
    denied = await running.admit("Gray Heron Freight")
    async with running.watched() as door, mara_at_home(running) as mara:
        await mara.sets_rules(couriers={denied.name: "deny"})
        assert await refused(denied)

        since = len(running.push.notifications)
        await change(running, "courier", denied.name)
        again = await running.admit("GRAY-HERON freight")

        told = await mara.heard("registered GRAY-HERON freight", since)
        assert told.action("Deny") != told.action("Ask")
        assert await refused(again)
        (gone,) = records((await rules_of(mara))["removed_couriers"])
        assert gone["name"] == "Gray Heron Freight"
        assert (door.opened, door.shut) == (0, True)

        await mara.sets_rules(couriers={str(gone["courier"]): "allow"})
        assert (await rules_of(mara))["removed_couriers"] == []
    await change(running, "courier", again.name)
    assert running.complaints() == []


async def recorded_door(running: Running, courier: Courier) -> None:
    """Add a door: it is on record with its notification, and the courier isn't let in there."""
    await running.site.building.add_door({"name": "Yard gate", "unlock_seconds": 5})
    path = running.home.folder / f"{DOMAIN}_{running.site.kept.entry_id}.db"
    [named] = read(path, "SELECT body FROM records WHERE kind = 'door.added'")
    assert '"door_name":"Yard gate"' in named
    of_record = "SELECT f.kind FROM fanouts f JOIN records r ON r.seq = f.seq"
    assert read(path, f"{of_record} WHERE r.kind = 'door.added'") == [
        "configuration_changed"
    ]

    now = datetime.now(UTC)
    answer = await courier.grant(
        new_grant_id(), [OPEN_UNIT], now, now + timedelta(hours=1), door="yard_gate"
    )
    assert said(answer) == ("refused", "door_not_allowed")
    await change(running, "door", "Yard gate")


async def test_a_renamed_courier_and_a_new_door_are_notified_with_withdraw(
    running: Running,
) -> None:
    courier = await running.admit("Plain Wagon")
    async with mara_at_home(running) as mara:
        await grant(courier)
        since = len(running.push.notifications)
        await change(running, "courier", "Plain Wagon", title="Parcel Wagon")
        told = await mara.heard("“Plain Wagon” is now called “Parcel Wagon”", since)

        await mara.press(told.action("Withdraw"))
        while (await rules_of(mara))["consent"] != "withdrawn":
            pass
        assert await refused(courier)
        await running.site.accept_at_every_hour()
    await recorded_door(running, courier)
    await change(running, "courier", "Parcel Wagon")
    assert running.complaints() == []
