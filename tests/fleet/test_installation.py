"""What an administrator starts, clicks, and types (fleet/README.md)."""

from importlib import import_module
import json
import os
from pathlib import Path
import re
import shlex
import subprocess
import sys

from check_jsonschema.builtin_schemas import get_builtin_schema
from jsonschema.validators import validator_for
import pytest
import yaml

from scripts.lab.answers import record, records
from scripts.lab.fleet.client import Client, report
from scripts.lab.fleet.places import FLEET, TOOLS
from scripts.lab.fleet.server import Fleet, SqlError
from tests.support.documents import blocks, text

from .conftest import Join
from .test_couriers import ADD, KEY
from .test_reports import cursor_at, stored

README = FLEET / "README.md"
PROTOCOL = FLEET.parent / "docs" / "reference" / "fleet-protocol.md"
COMPOSE = yaml.safe_load(text(FLEET / "compose.yaml"))
PROXY = yaml.safe_load(text(FLEET / "proxy.yaml"))
DASHBOARD = json.loads(text(FLEET / "grafana" / "dashboards" / "fleet.json"))
PROVISIONING = FLEET / "grafana" / "provisioning"
VARIABLE = re.compile(r"\$\{(\w+)")


def test_compose_file_follows_the_specification() -> None:
    schema = get_builtin_schema("vendor.compose-spec")
    specification = validator_for(schema)(schema)

    assert [*specification.iter_errors(COMPOSE)] == []

    broken = COMPOSE | {"services": {"database": {"imagee": "postgres:18"}}}
    assert [*specification.iter_errors(broken)] != []


def test_compose_file_names_only_files_and_volumes_that_are_there() -> None:
    for service in COMPOSE["services"].values():
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            if source.startswith("."):
                assert (FLEET / source).exists()
            else:
                assert source in COMPOSE["volumes"]
        # A version, never what is newest on that day.
        assert re.search(r":v?\d+(\.\d+)*$", service["image"])


def test_only_the_proxy_is_reached_from_outside() -> None:
    services = COMPOSE["services"]

    assert [name for name, service in services.items() if "ports" in service] == [
        "proxy"
    ]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    for name, service in services.items():
        assert service["networks"] == (
            ["inside", "outside"] if name == "proxy" else ["inside"]
        )


def test_secret_of_the_tokens_is_given_to_postgrest_alone() -> None:
    holders = {
        name
        for name, service in COMPOSE["services"].items()
        if "FLEET_JWT_SECRET" in json.dumps(service)
    }
    assert holders == {"postgrest"}
    assert "PGRST_DB_ANON_ROLE" not in COMPOSE["services"]["postgrest"]["environment"]


def test_readme_makes_all_values_that_compose_asks_for(tmp_path: Path) -> None:
    [script] = [block for block in blocks(README, "sh") if ">.env" in block]
    subprocess.run(["sh", "-euc", script], cwd=tmp_path, check=True)
    lines = (tmp_path / ".env").read_text().splitlines()
    values = dict(line.split("=", 1) for line in lines)

    assert {*values} == {*VARIABLE.findall(text(FLEET / "compose.yaml"))}
    assert len({*values.values()}) == len(values)
    assert (tmp_path / ".env").stat().st_mode & 0o77 == 0
    # PostgREST takes no shorter key.
    assert len(values["FLEET_JWT_SECRET"]) >= 32


def test_proxy_limits_bytes_and_the_requests_of_a_token() -> None:
    http = PROXY["http"]
    buildings = http["routers"]["buildings"]
    used = [http["middlewares"][name] for name in buildings["middlewares"]]

    assert {"buffering": {"maxRequestBodyBytes": 262_144}} in used
    [limit] = [
        middleware["rateLimit"]
        for middleware in used
        if middleware.get("rateLimit", {}).get("sourceCriterion")
    ]
    assert limit["sourceCriterion"] == {"requestHeaderName": "Authorization"}
    # One report a second, and the list of couriers.
    assert limit["average"] >= 2
    for router in http["routers"].values():
        assert router["entryPoints"] == ["secure"]
        assert router["tls"]["certResolver"] == "letsencrypt"
        assert {*router["middlewares"]} <= {*http["middlewares"]}
        [server] = http["services"][router["service"]]["loadBalancer"]["servers"]
        assert re.fullmatch(r"http://(\w+):3000", server["url"])
        assert server["url"][7:-5] in COMPOSE["services"]


def test_passwords_are_set_by_the_installation(fleet: Fleet) -> None:
    set_passwords = fleet.rows(
        "select rolname from pg_authid where rolname like 'fleet%' and rolpassword is not null",
        user="postgres",
    )
    assert sorted(str(row["rolname"]) for row in set_passwords) == [
        "fleet_authenticator",
        "fleet_grafana",
        "fleet_owner",
    ]


def test_building_reports_with_the_token_that_the_readme_makes(
    fleet: Fleet, manager: Client
) -> None:
    environment = fleet.environment | {
        "FLEET_JWT_SECRET": fleet.secret,
        "FLEET_PSQL": "psql -d fleet",
    }
    [line] = [
        line.strip()
        for block in blocks(README, "sh")
        for line in block.splitlines()
        if line.strip().startswith("python3 make_token.py building")
    ]

    def made(command: str) -> str:
        done = subprocess.run(
            shlex.split(command.replace("python3", sys.executable, 1)),
            cwd=FLEET,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    building = Client(fleet.url, made(line))
    cursor_at(building, 10)
    [row] = manager.get("buildings?id=eq.linden")
    assert row["name"] == "12 Linden Court"
    again = Client(fleet.url, made(line))
    assert again.report({}).record["seq"] == 10

    other = Client(fleet.url, made("python3 make_token.py manager"))
    assert other.call("buildings").status == 200
    for client in (building, again, other):
        client.close()
    fleet.sql("delete from fleet.buildings where id = 'linden'")


def test_sql_of_the_readme_runs(fleet: Fleet, join: Join) -> None:
    name, building = join()
    cursor_at(building, 10)
    sql = [block for block in blocks(README, "sql") if "cron.schedule" not in block]
    assert len(sql) == 2

    for block in sql:
        fleet.sql(block.replace("linden", name))

    assert building.report({}).status == 401
    assert fleet.row("select enabled from fleet.couriers where id = 'swift'") == {
        "enabled": False
    }
    fleet.sql("delete from fleet.couriers")


def test_backup_restores_into_a_new_fleet(
    fleet: Fleet, join: Join, tmp_path: Path
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(report(1, 10, 20, [15]))
    fleet.sql(ADD, id="swift", key=KEY)
    commands = [
        line
        for block in blocks(README, "sh")
        for line in block.splitlines()
        if re.search(r"\bpg_(dump|restore)\b", line)
    ]
    assert len(commands) == 2
    dump, restore = (
        command.replace("docker compose exec -T database ", "") for command in commands
    )
    subprocess.run(dump, shell=True, cwd=tmp_path, env=fleet.environment, check=True)
    building.report(report(1, 20, 30, [25]))
    fleet.sql("delete from fleet.couriers")

    with Fleet.running() as other:
        other.secret = fleet.secret
        other.stop_rest()
        subprocess.run(
            restore, shell=True, cwd=tmp_path, env=other.environment, check=True
        )
        other.start_rest()
        manager = Client(other.url, other.add_manager())
        restored = Client(other.url, building.token)

        assert stored(manager, name) == [15]
        assert restored.report(report(1, 30, 30)).record["seq"] == 20
        answer = restored.report(report(1, 20, 30, [25]))
        assert answer.record["taken"] is True
        assert stored(manager, name) == [15, 25]
        assert [row["id"] for row in restored.get("couriers")] == ["swift"]
        # Rights come along.
        assert restored.call("visits").status == 403
        with pytest.raises(SqlError, match="permission denied"):
            other.sql(
                "set role fleet_building; select * from fleet.visits",
                user="fleet_authenticator",
            )
        manager.close()
        restored.close()


def test_dashboard_has_six_panels_on_the_provisioned_source() -> None:
    [source] = yaml.safe_load(text(PROVISIONING / "datasources" / "fleet.yaml"))[
        "datasources"
    ]
    [provider] = yaml.safe_load(text(PROVISIONING / "dashboards" / "fleet.yaml"))[
        "providers"
    ]
    mounted = [m.split(":") for m in COMPOSE["services"]["grafana"]["volumes"]]

    assert len(DASHBOARD["panels"]) == 6
    for panel in DASHBOARD["panels"]:
        for place in (panel, *panel["targets"]):
            assert place["datasource"] == {"type": source["type"], "uid": source["uid"]}
    assert source["url"] == "database:5432"
    assert source["user"] == "fleet_grafana"
    assert source["jsonData"]["database"] == "fleet"
    password = source["secureJsonData"]["password"].removeprefix("$")
    assert password in COMPOSE["services"]["grafana"]["environment"]
    assert ["./grafana/dashboards", provider["options"]["path"], "ro"] in mounted
    assert ["./grafana/provisioning", "/etc/grafana/provisioning", "ro"] in mounted
    # Its reader may think otherwise.
    assert "only an export of the building's log proves one" in str(DASHBOARD)


def test_grafana_knows_every_field_of_the_dashboard(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(str(TOOLS / "python"))
    sdk = "grafana_foundation_sdk"
    import_module(f"{sdk}.cog.plugins").register_default_plugins()
    models = import_module(f"{sdk}.models.dashboard")
    encoder = import_module(f"{sdk}.cog.encoder").JSONEncoder

    def read(dashboard: object) -> object:
        """Return what Grafana's own classes keep of a dashboard."""
        known = models.Dashboard.from_json(dashboard)
        return json.loads(json.dumps(known, cls=encoder))

    assert missing(DASHBOARD, read(DASHBOARD)) == []
    odd = DASHBOARD | {"panles": [], "time": {"form": "now-7d", "to": "now"}}
    assert missing(odd, read(odd)) == ["/time/form", "/panles"]


def missing(written: object, kept: object, path: str = "") -> list[str]:
    """Return the places at which something written wasn't kept."""
    if isinstance(written, dict):
        holder = record(kept) if isinstance(kept, dict) else {}
        return [
            place
            for key, value in written.items()
            for place in (
                missing(value, holder[key], f"{path}/{key}")
                if key in holder
                else [f"{path}/{key}"]
            )
        ]
    if isinstance(written, list) and isinstance(kept, list):
        return [
            place
            for number, (value, other) in enumerate(zip(written, kept, strict=True))
            for place in missing(value, other, f"{path}/{number}")
        ]
    return [] if written == kept else [path]


def expanded(query: str) -> str:
    """Return a query as Grafana sends it: with its macros replaced."""
    done = re.sub(
        r"\$__timeFilter\((\w+)\)",
        r"\1 BETWEEN '2026-11-27T00:00:00Z' AND '2026-11-29T00:00:00Z'",
        query,
    )
    assert "$" not in done
    return done


def test_every_query_of_the_dashboard_shows_what_it_should(
    fleet: Fleet, join: Join
) -> None:
    name, building = join()
    cursor_at(building, 10)
    building.report(
        report(
            1,
            10,
            20,
            [15, 16],
            undelivered=3,
            faults=[{"door": "Garage", "fault": "opener_offline"}],
            silent_couriers=["Swift Parcels"],
        )
    )
    building.report(report(1, None, 12, log="restored"))
    fleet.sql(
        "update fleet.buildings set taken_at = now() - interval '2 hours' where id = :'id'",
        id=name,
    )

    shown = {
        panel["title"].split(" (")[0]: [
            row
            for row in fleet.rows(expanded(target["rawSql"]), user="fleet_grafana")
            if row.get("Building", name.title()) == name.title()
        ]
        for panel in DASHBOARD["panels"]
        for target in panel["targets"]
    }

    assert {title: len(rows) for title, rows in shown.items()} == {
        "Silent": 1,
        "Logs that differ": 1,
        "Undelivered notifications": 1,
        "Door faults and silent couriers": 2,
        "Visits by result": len(shown["Visits by result"]),
        "Visits": 2,
    }
    [differing] = shown["Logs that differ"]
    assert differing["Refused record"] == 12
    faults = [row["Fault"] for row in shown["Door faults and silent couriers"]]
    assert faults == ["opener_offline", "courier_silent"]
    for row in shown["Visits by result"]:
        assert {*row} == {"time", "metric", "value"}
    assert {"opened"} <= {row["metric"] for row in shown["Visits by result"]}


def test_examples_of_the_protocol_are_taken(fleet: Fleet, join: Join) -> None:
    sent, reply, couriers = (json.loads(block) for block in blocks(PROTOCOL, "json"))
    name, building = join()
    fleet.sql(ADD, id="swift", key=KEY)
    first = {"line": 0, "known": None, "head": sent["batch"]["known"]}
    assert building.report(first).record["taken"] is True

    answer = building.call("rpc/report", sent)

    assert answer.status == 200, answer
    assert {*answer.record} == {*reply}
    assert {**answer.record, "couriers": 0} == {**reply, "couriers": 0}
    assert [{*row} for row in building.get("couriers")] == [
        {*row} for row in records(couriers)
    ]
    fleet.sql(
        "delete from fleet.couriers; delete from fleet.buildings where id = :'id'",
        id=name,
    )


def test_folder_holds_no_secret() -> None:
    for path in FLEET.rglob("*"):
        if path.is_file():
            assert not re.search(r"[0-9a-f]{64}|eyJ[\w-]{20}", text(path)), path
    assert "/fleet/.env" in (FLEET.parent / ".gitignore").read_text().split()
    assert os.access(FLEET / "install.sh", os.R_OK)
