"""Importing and exporting residents in a running building."""

from collections.abc import Iterator
import csv
from html import unescape
import io
from pathlib import Path
import re
from typing import Any

from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.ledger.queue import NotificationKind
from tests.flows.lists import Lists, own_uploads
from tests.flows.parts import person
from tests.support.enqueued import count_loads, enqueued, members
from tests.support.house import House, Sender, build, courier, door, resident
from tests.support.people import People, access_token, user
from tests.support.rows import kinds

FORTY = "name,unit,notify_actions\n" + "".join(
    f"R{n},{n},notify.r{n}\n" for n in range(40)
)


@pytest.fixture(autouse=True)
def uploads(tmp_path: Path) -> Iterator[None]:
    with own_uploads(tmp_path):
        yield


async def lists(house: House, hass_client: ClientSessionGenerator) -> Lists:
    return Lists(house.hass, house.entry, await hass_client())


async def recorded(house: House) -> list[str]:
    """Return the kinds of all records."""
    return await kinds(house.building.ledger)


async def test_forty_residents_are_loaded_recorded_and_invited_once(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    house = await build(hass)
    before, loads = await recorded(house), count_loads(house)
    for number in range(40):
        house.listen(f"R{number}")

    await (await lists(house, hass_client)).take_in(FORTY, move_out=False)
    await house.settle()

    assert len(loads) == 1
    new = (await recorded(house))[len(before) :]
    assert new.count("resident.enrolled") == new.count("link.renewed") == 40
    assert new.count("residents.changed") == 1
    assert len(await members(house)) == 41
    invited = [
        name
        for name, message in house.told
        if "May couriers with a delivery" in message
    ]
    assert sorted(invited) == sorted(f"R{number}" for number in range(40))
    assert len(house.told) == 40


async def test_reimport_does_not_reload_record_or_notify(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    house = await build(hass)
    for number in range(40):
        house.listen(f"R{number}")
    owner = await lists(house, hass_client)
    await owner.take_in(FORTY)
    await house.settle()
    before, loads = await recorded(house), count_loads(house)

    _, screen = await owner.offer(FORTY + "Ada,3B,\n")
    await house.settle()

    assert screen.reason == "nothing_new"
    assert (await recorded(house), loads) == (before, [])


async def test_imported_residents_are_pending_like_added_ones(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada", "Ben")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada")),
        resident("Ben", "4A", None, person=people.person("Ben")),
        resident("Old", "5C"),
    )
    owner = await lists(house, hass_client)

    await owner.take_in(
        "name,unit,person,notify_actions\nAda,3B,,\nCem,3B,,notify.cem\nBen,6D,person.ben,\n",
        move_out=True,
    )
    await house.settle()

    by_name = {each.name: each for each in house.building.residents.values()}
    assert by_name.keys() == {"Ada", "Ben", "Cem"}
    assert not by_name["Cem"].is_confirmed, "Ada has a login, and has to confirm"
    assert by_name["Ben"].unit == "6d"
    assert [
        each.details["name"]
        for each in await enqueued(house, NotificationKind.RESIDENT_ADDED)
    ] == ["Cem"]
    moved = await enqueued(house, NotificationKind.RESIDENT_CHANGED)
    assert [each.details["what"] for each in moved] == ["unit"]
    assert [
        each.resident_id
        for each in await enqueued(house, NotificationKind.RESIDENT_REMOVED)
    ] == ["resident-old"]


async def test_imported_resident_does_not_inherit_consent(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    house = await build(hass)
    house.listen("Ben")
    client = await hass_client()
    sender = Sender(client)
    await sender.grant()

    await Lists(hass, house.entry, client).take_in(
        "name,unit,notify_actions,decided_on,consent,every_day\n"
        "Ben,3B,notify.ben,2026-11-02,yes,0-24\n",
        move_out=True,
    )
    await house.settle()

    assert (await sender.enter()).body["decision"] == "refused"
    assert (await sender.grant("new")).body["decision"] == "accepted"
    assert [
        name for name, message in house.told if "no longer enrolled" in message
    ] == ["Ada"]
    [message] = [
        message
        for name, message in house.told
        if name == "Ben" and "Nov 2, 2026" in message
    ]
    assert "you consented" in message


async def test_new_name_that_may_be_another_person_is_refused(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    ada = resident("Ada", "3B", person=person(hass, "ada", None).id)
    house = await build(hass, door(), courier(), ada)
    owner, headings = await lists(house, hass_client), "name,unit,person"

    problems = await owner.problems_of("Ben,3B,person.ada", headings=headings)

    assert problems == {"resident_renamed": "2: Ben"}
    # An account proves who it is, and another way to write a name is nobody else.
    await owner.take_in(f"{headings}\nADA,3B,person.ada\n")
    person(hass, "ada")
    await owner.take_in(f"{headings}\nBen,3B,person.ada\n")
    assert list(owner.residents()) == ["Ben"]


async def test_documented_example_list_is_imported(
    hass: HomeAssistant, hass_client: ClientSessionGenerator
) -> None:
    people = People(hass)
    await people.move_in("Ada")
    hass.states.async_set("notify.ben", "unknown")
    house = await build(hass, door())
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "residents.md"
    [example] = re.findall(r"```csv\n(.*?)```", guide.read_text("utf-8"), re.DOTALL)

    owner = await lists(house, hass_client)
    await owner.take_in(example)
    await house.settle()

    assert owner.residents().keys() == {"Ada Lovelace", "Smith, Ben", "Cleo Diaz"}
    assert len(house.building.directory.paper_consents) == 2


class TestExport:
    @staticmethod
    async def path(house: House, client: TestClient[Any, Any]) -> str:
        """Return the link to the current list."""
        _, screen = await Lists(house.hass, house.entry, client).begin()
        found = re.fullmatch(
            r'<a href="(/api/[^"]+)" target="_blank">',
            screen.shown["description_placeholders"]["open"],
        )
        assert found is not None
        return unescape(found[1])

    async def test_exported_list_can_be_imported_without_changes(
        self, hass: HomeAssistant, hass_client: ClientSessionGenerator
    ) -> None:
        people = People(hass)
        await people.move_in("Cem")
        letters = [{"kind": "action", "value": "notify.letters"}]
        house = await build(
            hass,
            door(),
            courier(),
            resident('=Ada;"B"', "10", language="fr", targets=letters),
            resident("'-Ben", "9", targets=letters),
            resident(
                "Cem",
                "9",
                None,
                person=people.person("Cem"),
                targets=[{"kind": "person_apps"}],
            ),
        )
        client = await hass_client()

        answer = await client.get(await self.path(house, client))

        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Content-Disposition"].startswith("attachment")
        content = await answer.read()
        _, screen = await Lists(hass, house.entry, client).offer(content)
        assert screen.reason == "nothing_new"
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row["Name"] for row in rows] == ["''-Ben", "Cem", '\'=Ada;"B"']
        assert {
            row["Consent"] + row["Decided on"] + row["Every day"] for row in rows
        } == {""}, (
            "what was decided on paper would be whosever name is written into the line"
        )
        assert [row["Person"] for row in rows] == ["", "person.cem", ""]

    async def test_empty_building_exports_headings(
        self, hass: HomeAssistant, hass_client: ClientSessionGenerator
    ) -> None:
        hass.config.language = "fr"
        house = await build(hass, door())
        client = await hass_client()

        content = await (await client.get(await self.path(house, client))).text(
            "utf-8-sig"
        )

        assert re.fullmatch(r"Nom,Logement,Personne,.*,dimanche\r\n", content)

    async def test_only_administrators_can_export(
        self, hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
    ) -> None:
        house = await build(hass)
        client = await hass_client_no_auth()
        path = f"/api/courier_access/residents/{house.entry.entry_id}"
        admin = await access_token(hass, await user(hass, "Owner", admin=True))
        neighbor = await access_token(hass, await user(hass, "Neighbor"))

        async def status(at: str, token: str | None = None) -> int:
            headers = {} if token is None else {"Authorization": f"Bearer {token}"}
            return (await client.get(at, headers=headers)).status

        assert await status(path) == 401
        assert await status(path, neighbor) == 401
        assert await status(path, admin) == 200
        assert await status("/api/courier_access/residents/another", admin) == 404
