"""What someone tries on a real building who owns the fleet's whole database, as its superuser."""

from collections.abc import Iterator
import json

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest

from custom_components.courier_access.building.fleet import Problem
from scripts.lab.fleet.server import SUPERUSER, Fleet
from tests.support.fleet import next_quarter
from tests.support.house import House, Sender
from tests.support.rows import kinds
from tests.support.signing import PUBLIC, signed
from tests.support.verified import verified

from .test_building import connected

BUILDING = "conquered"


@pytest.fixture
def conquered() -> Iterator[Fleet]:
    """A fleet of its own, whose functions are replaced."""
    with Fleet.running() as fleet:
        yield fleet


def list_couriers(fleet: Fleet, rows: str) -> None:
    """Have the view list these rows, whatever the tables allow."""
    fleet.sql(
        "drop view if exists api.couriers; create view api.couriers as"
        f" select * from (values {rows}) as c(id, name, keys, door_tags, enabled);"
        "grant select on api.couriers to fleet_building;"
        "update fleet.state set couriers_version = couriers_version + 1",
        user=SUPERUSER,
    )


def answer(fleet: Fleet, reply: str, status: int = 200, headers: str = "[]") -> None:
    """Have each report answered with this."""
    fleet.sql(
        "create or replace function api.report(batch jsonb) returns jsonb"
        " language plpgsql security definer set search_path = '' as $f$ begin"
        f" perform set_config('response.status', '{status}', true);"
        f" perform set_config('response.headers', $h${headers}$h$, true);"
        f" return $r${reply}$r$::jsonb; end $f$",
        user=SUPERUSER,
    )


LISTS = (
    # A new one, one that is called as another, and one with that one's ID.
    "('new', 'New', array[:'key'], array[]::text[], true)",
    "('post', 'Parcel Post', array[:'key'], array['lobby'], true)",
    "('courier-parcel-post', 'Parcel Post', array[:'key'], array['lobby'], true)",
    # The same one twice (what was proposed before stays), and no name, key, or tag.
    "('a', 'A', array[:'key'], array['lobby'], true), ('a', 'A', array[:'key'], array['x'], true)",
    "('a', E'A\\nB', array[:'key'], array['lobby'], true)",
    "('a', 'A', array['whsec_c2VjcmV0', null, :'key'], null::text[], true)",
    "('a', repeat('A', 300000), array[:'key'], array['lobby'], true)",
    "(null, null, null::text[], null::text[], null::bool)",
)
TRUE = '"taken": true, "differs": false, "couriers": 7}'
ANSWERS = (
    # Cursors below, at, and beyond the log, and one that no log has.
    ('{"line": 1, "seq": 1, ' + TRUE, 200, "[]"),
    ('{"line": 9, "seq": 4, ' + TRUE, 200, "[]"),
    ('{"line": 1, "seq": 99999, ' + TRUE, 200, "[]"),
    ('{"line": 1, "seq": 0, ' + TRUE, 200, "[]"),
    ('{"line": -1, "seq": "1", ' + TRUE, 200, "[]"),
    ('{"line": 1, "seq": 1e400, ' + TRUE, 200, "[]"),
    ('"' + "A" * 200_000 + '"', 200, "[]"),
    ("[" * 900 + "]" * 900, 200, "[]"),
    ("{}", 302, '[{"Location": "/couriers"}]'),
    ("{}", 307, '[{"Location": "http://169.254.169.254/"}]'),
    ("{}", 200, '[{"Content-Encoding": "gzip"}, {"Set-Cookie": "a=b"}]'),
    ("{}", 204, "[]"),
    (
        '{"line": 1, "seq": 1, "taken": false, "differs": true, "couriers": 7}',
        409,
        "[]",
    ),
    (
        '{"line": 1, "seq": 1, "taken": false, "differs": true, "couriers": 8}',
        200,
        "[]",
    ),
)


def settings_of(house: House) -> list[tuple[str, object]]:
    return [(part.title, dict(part.data)) for part in house.entry.subentries.values()]


async def test_whoever_owns_the_database_lets_nobody_in_and_breaks_nothing(
    hass: HomeAssistant,
    conquered: Fleet,
    sender: Sender,
    freezer: FrozenDateTimeFactory,
    caplog: pytest.LogCaptureFixture,
) -> None:
    token = conquered.add_building(BUILDING)
    house = await connected(hass, conquered.url, token)
    await next_quarter(house, freezer)
    assert house.building.fleet.status.problem is None
    caplog.clear()
    before, entries = settings_of(house), await kinds(house.building.ledger)

    proposed: list[int] = []
    problems: list[Problem | None] = []
    for rows in LISTS:
        list_couriers(conquered, rows.replace(":'key'", f"'{PUBLIC}'"))
        await next_quarter(house, freezer)
        proposed.append(len(house.building.fleet.proposals))
    # What is no courier is none, and an administrator is asked about the others.
    assert proposed == [1, 1, 1, 1, 0, 0, 0, 0]
    for reply, status, headers in ANSWERS:
        answer(conquered, reply, status, headers)
        for _ in range(4):
            await next_quarter(house, freezer)
        problems.append(house.building.fleet.status.problem)
    assert None not in problems[:-2]
    assert problems[-2:] == [None, None]

    assert settings_of(house) == before
    body = json.dumps(
        {"type": "ping", "timestamp": dt_util.utcnow().isoformat(), "data": {}}
    )
    stolen = signed(body, "msg_2", dt_util.utcnow())
    assert (await sender.raw(body.encode(), stolen)).status == 401
    # The building's own courier comes as before.
    await sender.grant("G3")
    assert (await sender.enter("G3")).body["decision"] == "admitted"
    assert (await verified(house.building.ledger)).intact
    differences = (await kinds(house.building.ledger)).count("fleet.differs")
    assert (entries.count("fleet.differs"), differences) == (0, 1)
    assert len([each for _, each in house.told if "copy differ" in each]) == 1
    assert token not in caplog.text
    assert "Traceback" not in caplog.text
    assert not [each for each in caplog.records if each.levelname == "ERROR"]
