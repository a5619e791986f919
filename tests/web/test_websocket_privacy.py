"""What each person reads over the WebSocket commands."""

import json

import pytest

from tests.support.house import House, Sender
from tests.support.two_buildings import house, people
from tests.support.wires import Wires

__all__ = ["house", "people"]


@pytest.fixture(autouse=True)
async def entered(house: House, sender: Sender) -> None:
    """Announce two deliveries to Flat 1; one courier has entered."""
    parcel = {"parcel_ref": "PKT-77", "driver_ref": "D-5", "max_entries": 2}
    for grant_id in ("G1", "G2"):
        await sender.grant(grant_id, units=("Flat 1",), **parcel)
    await sender.enter("G2", driver_ref="D-5")
    await house.settle()


async def test_neighbor_reads_no_unit_parcel_or_name(wires: Wires) -> None:
    veto = {"courier": "Parcel Post", "grant_id": "G1", "unit": "Flat 3"}
    result = {}
    for name in ("Ada", "Cleo", "Otto", "Zoe", "Dan"):
        wire = await wires(name)
        answers = [
            await wire.ask_anywhere("overview"),
            await wire.ask("grants"),
            await wire.ask("entries"),
            await wire.ask("export"),
            await wire.ask("export/entries"),
            await wire.ask("check_access", door="door-lobby"),
            await wire.ask("veto_grant", **veto),
        ]
        result[name] = json.dumps(answers)

    of_delivery = ("PKT-77", "D-5", "Flat 1", "flat 1")
    for secret in of_delivery:
        assert secret in result["Ada"]
    for secret in (*of_delivery, "Ada", "Abe", "Nia", "Ben", "Flat 3"):
        for name in ("Cleo", "Zoe", "Dan"):
            assert secret not in result[name], (name, secret)
    # The administrator reads residents' names with notifications, but never parcels.
    for secret in ("PKT-77", "D-5"):
        assert secret not in result["Otto"]


async def test_user_sees_only_their_buildings(wires: Wires) -> None:
    for who, names in (
        ("Ada", ["12 Elm Street"]),
        ("Zoe", ["Across"]),
        ("Otto", ["12 Elm Street", "Across"]),
        ("Dan", []),
        ("System", []),
    ):
        buildings = (await (await wires(who)).ask_anywhere("overview"))["result"]
        assert [each["name"] for each in buildings["buildings"]] == names, who


async def test_language_names_no_file_elsewhere(wires: Wires) -> None:
    ada = await wires("Ada")
    for language in ("3B\0", "../en", "en/../../manifest", "x" * 300):
        answer = await ada.ask("export/entries", language=language)
        assert answer["error"]["code"] == "invalid_format", language
    assert (await ada.ask("export/entries", language="da"))["success"]
