"""Couriers, who are registered once for all buildings."""

from collections.abc import Iterator
import csv
from io import StringIO

import pytest

from scripts.lab.fleet.client import Client, report
from scripts.lab.fleet.server import Fleet, SqlError

from .conftest import Join
from .test_reports import cursor_at

KEY = "whpk_TTozjwYdRmzR2qGDbHTeU3bWDFbYPjEZyUGhbBMwaGI="
OTHER_KEY = "whpk_" + "A" * 43 + "="
ADD = "insert into fleet.couriers (id, name, keys) values (:'id', 'Swift Parcels', array[:'key'])"


@pytest.fixture(autouse=True)
def couriers(fleet: Fleet) -> Iterator[None]:
    """Begin and end without couriers; other files share the fleet."""
    fleet.sql("delete from fleet.couriers")
    yield
    fleet.sql("delete from fleet.couriers")


def version(building: Client) -> int:
    """Return the version of the list as a report's reply has it."""
    found = building.report({}).record["couriers"]
    assert isinstance(found, int)
    return found


def test_building_reads_the_couriers(fleet: Fleet, building: Client) -> None:
    assert building.get("couriers") == []

    fleet.sql(ADD, id="swift", key=KEY)

    assert building.get("couriers") == [
        {
            "id": "swift",
            "name": "Swift Parcels",
            "keys": [KEY],
            "door_tags": [],
            "enabled": True,
        }
    ]


@pytest.mark.parametrize(
    "change",
    [
        "insert into fleet.couriers (id, name, keys) values ('post', 'Parcel Post', '{}')",
        "update fleet.couriers set enabled = false",
        f"update fleet.couriers set keys = array['{KEY}', '{OTHER_KEY}']",
        "update fleet.couriers set door_tags = '{lobby}'",
        "delete from fleet.couriers",
        "truncate fleet.couriers cascade",
    ],
)
def test_each_change_raises_the_version(
    fleet: Fleet, building: Client, change: str
) -> None:
    fleet.sql(ADD, id="swift", key=KEY)
    before = version(building)

    fleet.sql(change)

    assert version(building) == before + 1


@pytest.mark.parametrize(
    "keys",
    [
        "array['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']",
        f"array['{KEY}', 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']",
        f"array[array['{KEY}'], array['whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']]",
        f"array['{KEY} whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']",
        f"array[E'{KEY}\\nwhsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD']",
        f"array['{KEY}', null]",
        f"array['{KEY[:-5]}=']",
        f"array['{KEY[:-2]}J=']",
        f"array_fill('{KEY}'::text, array[5])",
        "array['']",
        "null",
    ],
)
def test_anything_but_public_keys_is_refused(fleet: Fleet, keys: str) -> None:
    fleet.sql(ADD, id="swift", key=KEY)

    with pytest.raises(SqlError):
        fleet.sql(
            f"insert into fleet.couriers (id, name, keys) values ('post', 'Parcel Post', {keys})"
        )
    with pytest.raises(SqlError):
        fleet.sql(f"update fleet.couriers set keys = {keys}")

    assert fleet.row("select keys from fleet.couriers") == {"keys": [KEY]}


def test_courier_reads_its_addresses_at_all_buildings_as_csv(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    fleet.sql(ADD, id="swift", key=KEY)
    fleet.sql(ADD, id="post", key=KEY)
    names = []
    for number in range(2):
        name, building = join()
        names.append(name)
        cursor_at(building, 10)
        building.report(
            report(1, 10, 10)
            | {
                "addresses": {
                    "swift": f"https://{number}.example.com/api/webhook/4f1c",
                    "post": f"https://{number}.example.com/api/webhook/77aa",
                    "gone": "https://example.com/api/webhook/ffff",
                }
            }
        )

    answer = manager.call(
        "addresses?courier=eq.swift&select=building,name,address&order=building",
        headers={"Accept": "text/csv"},
    )

    assert answer.type.startswith("text/csv")
    assert [*csv.reader(StringIO(answer.content))] == [
        ["building", "name", "address"],
        *(
            [name, name.title(), f"https://{number}.example.com/api/webhook/4f1c"]
            for number, name in enumerate(names)
        ),
    ]


def test_addresses_replace_those_before_and_end_with_the_courier(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    fleet.sql(ADD, id="swift", key=KEY)
    fleet.sql(ADD, id="post", key=KEY)
    name, building = join()
    cursor_at(building, 10)

    def listed() -> list[object]:
        rows = manager.get(f"addresses?building=eq.{name}&order=courier")
        return [row["courier"] for row in rows]

    both = {"swift": "https://example.com/1", "post": "https://example.com/2"}
    assert building.report(report(1, 10, 10, addresses=both)).status == 200
    assert listed() == ["post", "swift"]
    building.report(report(1, 10, 10))
    assert listed() == ["post", "swift"]
    building.report(report(1, 10, 10, addresses={"swift": both["swift"]}))
    assert listed() == ["swift"]
    fleet.sql("delete from fleet.couriers where id = 'swift'")
    assert listed() == []


@pytest.mark.parametrize(
    "address",
    [
        "http://example.com/api/webhook/4f1c",
        "javascript:alert(1)",
        "=HYPERLINK(1)",
        "https://example.com/a b",
        "https://example.com/\n",
        "https://" + "x" * 501,
        "",
        None,
        {},
    ],
)
def test_address_that_is_none_is_refused(
    fleet: Fleet, building: Client, address: object
) -> None:
    fleet.sql(ADD, id="swift", key=KEY)
    cursor_at(building, 10)

    answer = building.report(report(1, 10, 10, addresses={"swift": address}))

    assert answer.status == 400
    assert fleet.rows("select 1 from fleet.addresses") == []
