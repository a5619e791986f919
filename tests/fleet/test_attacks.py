"""What someone tries who has a building's token, a revoked one, or none."""

from collections.abc import Mapping
import csv
from http.client import HTTPConnection
import re
import secrets
import time

import pytest

from scripts.lab.fleet.client import Client, hash_of, report, visit
from scripts.lab.fleet.server import Fleet, SqlError
from scripts.lab.fleet.tokens import encode, sign, unsigned

from .conftest import Join
from .test_reports import cursor_at, stored

VIEWS = (
    "buildings",
    "silent",
    "undelivered",
    "faults",
    "silent_couriers",
    "differs",
    "heads",
    "visits",
    "addresses",
)
TABLES = ("state", "tokens", "couriers", *VIEWS)


def claims_of(fleet: Fleet, building: str) -> dict[str, str]:
    """Return the claims of a building's token."""
    row = fleet.row("select id from fleet.tokens where building = :'id'", id=building)
    return {
        "role": "fleet_building",
        "building": building,
        "token_id": str(row["id"]),
    }


def everything(fleet: Fleet) -> str:
    """Return all that the database holds."""
    names = [
        str(row["tablename"])
        for row in fleet.rows(
            "select tablename from pg_tables where schemaname = 'fleet' order by 1"
        )
    ]
    assert {"buildings", "tokens", "visits"} <= {*names}
    return "".join(
        fleet.sql(f"select json_agg(t order by t::text) from fleet.{name} as t")
        for name in names
    )


def test_building_reads_no_view_but_the_couriers(join: Join, manager: Client) -> None:
    _, victim = join()
    cursor_at(victim, 10)
    victim.report(report(1, 10, 12, [11]))
    _, building = join()

    for view in VIEWS:
        assert manager.call(view).status == 200
        for path in (view, f"{view}?select=*", f"{view}?limit=0"):
            answer = building.call(path)
            assert (answer.status, answer.record["code"]) == (403, "42501")
        for profile in ("fleet", "public", "pg_catalog", "information_schema"):
            answer = building.call(view, headers={"Accept-Profile": profile})
            assert answer.status == 406
    assert building.call("couriers").status == 200
    assert building.call("couriers?select=*,visits(*)").status in {400, 404}


def test_building_reads_no_table_and_calls_no_other_function(
    building: Client, manager: Client
) -> None:
    for table in {*TABLES, "pg_authid", "pg_settings"} - {*VIEWS, "couriers"}:
        assert building.call(table).status == 404
    for function in (
        "take",
        "store_health",
        "drop_old",
        "raise_version",
        "set_config",
        "pg_sleep",
        "pg_read_file",
        "query_to_xml",
        "lo_import",
    ):
        for client in (building, manager):
            assert client.call(f"rpc/{function}", {}).status == 404
    begun = {"building": "building-1", "seq": 10, "hash": hash_of(10)}
    assert building.call("rpc/begin_line", begun).status == 403
    assert manager.report(report(1, 10, 12)).status == 403
    assert building.call("").status == 404


def test_nobody_writes_to_a_view(
    fleet: Fleet, building: Client, manager: Client
) -> None:
    before = everything(fleet)

    for client in (building, manager):
        for view in (*VIEWS, "couriers"):
            for method in ("POST", "PATCH", "PUT", "DELETE"):
                for path in (view, f"{view}?id=eq.linden"):
                    answer = client.call(path, {"id": "linden"}, method=method)
                    assert answer.status >= 400, answer

    assert everything(fleet) == before


def test_building_reports_for_no_other(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    victim_name, victim = join()
    cursor_at(victim, 10)
    victim.report(report(1, 10, 12, [11]))
    query = (
        "select * from fleet.buildings b left join fleet.visits v on v.building = b.id"
        " left join fleet.heads h on h.building = b.id where b.id = :'id'"
    )
    before = fleet.rows(query, id=victim_name)
    name, building = join()
    cursor_at(building, 10)

    for claim in ("building", "who", "id", "line"):
        building.report(report(1, 10, 12, [11]) | {claim: victim_name})
    building.report(
        report(1, 12, 14)
        | {"visits": [visit(13) | {"building": victim_name, "line": 9}]}
    )
    building.report({"forget": [11]})
    building.call("rpc/report", {"batch": {}, "who": victim_name})
    building.call(f"rpc/report?building=eq.{victim_name}", {"batch": report(1, 14, 16)})
    building.call(
        "rpc/report",
        {"batch": {"forget": [11]}},
        headers={
            "Prefer": f"tx=commit, role=fleet_manager, request.jwt.claims={victim_name}",
            "X-Building": victim_name,
            "role": "fleet_manager",
        },
    )

    assert fleet.rows(query, id=victim_name) == before
    assert stored(manager, name) == [13]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("A; -1", "A; '-1"),
        ('A,"=1', "A,\"'=1"),
        ("\uff1d1", "'\uff1d1"),
        ("A-B = C+D", "A-B = C+D"),
        ("-", "-"),
    ],
)
def test_name_from_a_building_is_no_formula(
    join: Join, manager: Client, name: str, shown: str
) -> None:
    id_, building = join()
    cursor_at(building, 10)
    sent = report(
        1,
        10,
        12,
        version=name,
        faults=[{"door": name, "fault": "opener_offline"}],
        silent_couriers=[name],
    ) | {"visits": [visit(11, courier=name, door=name)]}
    assert building.report(sent).record["taken"] is True

    for path, column in (
        (f"visits?building=eq.{id_}", "courier"),
        (f"visits?building=eq.{id_}", "door"),
        (f"faults?id=eq.{id_}", "door"),
        (f"silent_couriers?id=eq.{id_}", "courier"),
        (f"buildings?id=eq.{id_}", "version"),
    ):
        text = manager.call(path, headers={"Accept": "text/csv"}).content
        [row] = csv.DictReader(text.splitlines())
        assert row[column] == shown


def forged(fleet: Fleet, building: str) -> Mapping[str, str | None]:
    """Return what someone sends in place of this building's token."""
    claims = claims_of(fleet, building)
    manager = claims_of_manager(fleet)
    true = sign(fleet.secret, **claims)
    head, body, signature = true.split(".")
    other = sign(fleet.secret, **claims | {"building": "other"}).split(".")[1]

    def signed(**changed: str | float | None) -> str:
        whole = {name: value for name, value in (claims | changed).items() if value}
        return sign(fleet.secret, **whole)

    return {
        "none": None,
        "empty": "",
        "no token": "x",
        "without a signature": f"{head}.{body}.",
        "unsigned": unsigned(**claims),
        "unsigned, with the signature": f"{unsigned(**claims)}{signature}",
        "signed with another key": sign(secrets.token_hex(32), **claims),
        "signed with no key": sign("", **claims),
        "claims of another": f"{head}.{other}.{signature}",
        "signature of another length": f"{true}A",
        "key given in the token": ".".join(
            [
                encode(b'{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}'),
                body,
                signature,
            ]
        ),
        "expired": signed(exp=time.time() - 3600),
        "not valid yet": signed(nbf=time.time() + 3600),
        "no token_id": signed(token_id=None),
        "unknown token_id": signed(token_id=secrets.token_hex(16)),
        "token_id of another": signed(building="other"),
        "no building": signed(building=None),
        "no role": signed(role=None),
        "role of a manager": signed(role="fleet_manager"),
        "role of a manager, without a building": signed(
            role="fleet_manager", building=None
        ),
        "role of the reader": signed(role="fleet_reader"),
        "role of the owner": signed(role="fleet_owner"),
        "role of the superuser": signed(role="postgres"),
        "role of PostgREST": signed(role="fleet_authenticator"),
        "role that sets another": signed(role='fleet_building"; set role postgres; --'),
        "manager's, as a building": sign(
            fleet.secret, **manager | {"role": "fleet_building"}
        ),
        "manager's, as this building": sign(
            fleet.secret, **manager | {"role": "fleet_building", "building": building}
        ),
    }


def claims_of_manager(fleet: Fleet) -> dict[str, str]:
    """Return the claims of a manager's token."""
    fleet.add_manager()
    row = fleet.rows("select id from fleet.tokens where building is null")[-1]
    return {"role": "fleet_manager", "token_id": str(row["id"])}


def test_forged_token_is_refused_everywhere(fleet: Fleet, join: Join) -> None:
    name, building = join()
    cursor_at(building, 10)
    tokens = forged(fleet, name)
    before = everything(fleet)

    for kind, token in tokens.items():
        client = Client(fleet.url, token)
        statuses = {
            client.report(report(1, 10, 12, [11])).status,
            client.call(
                "rpc/begin_line", {"building": name, "seq": 10, "hash": hash_of(10)}
            ).status,
            client.call("couriers").status,
            client.call("visits").status,
            client.call("rpc/check_token", {}).status,
        }
        client.close()
        assert statuses <= {400, 401, 403}, kind

    assert everything(fleet) == before
    assert building.report({}).status == 200


def test_revoked_token_ends_at_once(fleet: Fleet, join: Join, manager: Client) -> None:
    name, building = join()
    _, other = join()
    cursor_at(building, 10)
    assert building.call("couriers").status == 200

    fleet.sql(
        "update fleet.tokens set revoked_at = now() where building = :'id'", id=name
    )

    for answer in (
        building.report(report(1, 10, 12, [11])),
        building.report({}),
        building.call("couriers"),
        building.call("visits"),
    ):
        assert (answer.status, answer.record["code"]) == (401, "PT401")
    assert other.report({}).status == 200

    # A manager's, too.
    fleet.sql("update fleet.tokens set revoked_at = now() where building is null")
    assert manager.call("visits").status == 401
    begun = {"building": name, "seq": 10, "hash": hash_of(10)}
    assert manager.call("rpc/begin_line", begun).status == 401


def test_new_token_replaces_a_revoked_one(fleet: Fleet, join: Join) -> None:
    name, building = join()
    cursor_at(building, 10)
    fleet.sql(
        "update fleet.tokens set revoked_at = now() where building = :'id';"
        "insert into fleet.tokens (id, building) values ('0123456789abcdef', :'id')",
        id=name,
    )

    token = sign(
        fleet.secret,
        role="fleet_building",
        building=name,
        token_id="0123456789abcdef",
    )

    client = Client(fleet.url, token)
    assert client.report(report(1, 10, 12)).record["taken"] is True
    client.close()


def test_guessed_hash_takes_nothing(join: Join, manager: Client) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20, [15]))

    for _ in range(50):
        guessed = {"seq": 20, "hash": secrets.token_hex(32)}
        answer = building.report(report(1, None, 25) | {"known": guessed})
        assert answer.status == 409
        assert not re.search("[0-9a-f]{64}", answer.content)
    assert stored(manager, name) == [15]


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"select * from fleet.{table}"
            for table in (
                "tokens",
                "state",
                "buildings",
                "heads",
                "visits",
                "addresses",
                "couriers",
            )
        ),
        *(f"select * from api.{view}" for view in VIEWS),
        "select api.begin_line('x', 1, '')",
        "select fleet.take('x', '{}')",
        "select fleet.drop_old()",
        "insert into fleet.tokens (id) values ('0123456789abcdef')",
        "update fleet.tokens set revoked_at = null",
        "insert into api.couriers (id) values ('x')",
        "update api.couriers set enabled = true",
        "delete from api.couriers",
        "create table api.x ()",
        "create table public.x ()",
        "create temporary table x ()",
        "create function api.x() returns int language sql as 'select 1'",
        "create schema x",
        "set role fleet_owner",
        "set role postgres",
        "alter role fleet_building bypassrls",
        "grant fleet_manager to fleet_building",
        "copy (select 1) to program 'true'",
        "select pg_read_file('/etc/passwd')",
    ],
)
def test_building_that_could_run_sql_is_refused(fleet: Fleet, statement: str) -> None:
    with pytest.raises(SqlError, match="permission denied"):
        fleet.sql(f"set role fleet_building; {statement}", user="fleet_authenticator")


@pytest.mark.parametrize(
    "statement",
    [
        "select * from fleet.tokens",
        "select fleet.drop_old()",
        "select api.report('{}')",
        "update fleet.buildings set line = 0",
        "delete from fleet.visits",
        "insert into api.couriers (id) values ('x')",
        "update api.buildings set line = 0",
        "delete from api.heads",
        "create table public.x ()",
        "set role fleet_owner",
        "set role postgres",
    ],
)
@pytest.mark.parametrize(
    ("user", "role"),
    [("fleet_authenticator", "fleet_manager"), ("fleet_grafana", "fleet_grafana")],
)
def test_manager_that_could_run_sql_only_reads(
    fleet: Fleet, user: str, role: str, statement: str
) -> None:
    with pytest.raises(SqlError, match=r"permission denied|read-only"):
        fleet.sql(f"set role {role}; {statement}", user=user)


def test_objects_of_an_attacker_are_not_found_by_privileged_functions(
    fleet: Fleet,
) -> None:
    unsafe = fleet.rows(
        "select p.oid::regprocedure::text from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname in ('api', 'fleet')"
        " and not coalesce(p.proconfig, '{}') @> array['search_path=\"\"']"
    )
    assert unsafe == []
    # Who may call what.
    granted = fleet.rows(
        "select p.proname, a.grantee::regrole::text as grantee from pg_proc p"
        " join pg_namespace n on n.oid = p.pronamespace, aclexplode(p.proacl) a"
        " where n.nspname in ('api', 'fleet') and a.grantee <> p.proowner order by 1, 2"
    )
    assert [(row["proname"], row["grantee"]) for row in granted] == [
        ("begin_line", "fleet_manager"),
        ("check_token", "fleet_building"),
        ("check_token", "fleet_manager"),
        ("plain", "fleet_reader"),
        ("report", "fleet_building"),
    ]
    defaults = fleet.rows(
        "select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace"
        " where n.nspname in ('api', 'fleet') and p.proacl is null"
    )
    assert defaults == []


def test_database_belongs_to_no_superuser_and_holds_no_secret(fleet: Fleet) -> None:
    assert fleet.row(
        "select rolsuper, rolcreaterole, rolcreatedb, rolbypassrls from pg_roles where rolname = current_user"
    ) == {
        "rolsuper": False,
        "rolcreaterole": False,
        "rolcreatedb": False,
        "rolbypassrls": False,
    }
    assert fleet.secret not in everything(fleet)
    settings = fleet.sql(
        "select string_agg(s::text, ' ') from pg_db_role_setting s; select string_agg(setting, ' ') from pg_settings",
        user="postgres",
    )
    assert fleet.secret not in settings


def test_raw_request_that_is_no_json_is_refused(
    fleet: Fleet, join: Join, manager: Client
) -> None:
    name, building = join()
    cursor_at(building, 10)
    wire = HTTPConnection("127.0.0.1", fleet.port, timeout=10)
    bodies = {
        "application/json": [
            b"",
            b"{",
            b'{"batch":',
            b'{"batch": {"line": NaN}}',
            b"\xff\xfe",
            b'{"batch": {"version": "\\u0000"}}',
            b'{"batch":' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        ],
        "text/csv": [b"batch\n{}"],
        "application/octet-stream": [b"{}"],
        "text/plain": [b"{}"],
        "application/x-www-form-urlencoded": [b"batch=[]"],
    }
    for kind, texts in bodies.items():
        for body in texts:
            wire.request(
                "POST",
                "/rpc/report",
                body,
                {"Content-Type": kind, "Authorization": f"Bearer {building.token}"},
            )
            answer = wire.getresponse()
            content = answer.read()
            assert answer.status in {400, 404, 413, 415}, (body[:40], content)
    wire.close()
    assert stored(manager, name) == []
    assert building.report({}).record["seq"] == 10
