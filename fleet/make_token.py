#!/usr/bin/env python3
"""Makes a token of a building or of a manager.

    python3 make_token.py building linden "12 Linden Court"
    python3 make_token.py manager

It adds the building if it's a new one, and the token's ID, and prints the token. FLEET_JWT_SECRET is read from the
environment, or from .env in this folder. FLEET_PSQL is how psql is run, by default in the container of compose.yaml.
"""

import argparse
from base64 import urlsafe_b64encode
import hashlib
import hmac
import json
import os
from pathlib import Path
import secrets
import shlex
import subprocess

FOLDER = Path(__file__).resolve().parent
PSQL = "docker compose exec -T database psql -U fleet_owner -d fleet"
SECRET = "FLEET_JWT_SECRET"  # noqa: S105 - its name
ADD = """
insert into fleet.buildings (id, name) values (:'building', :'name') on conflict (id) do nothing;
insert into fleet.tokens (id, building) values (:'token', :'building');
"""
ADD_MANAGER = "insert into fleet.tokens (id) values (:'token');"


def secret() -> str:
    """Return the key that PostgREST checks tokens with."""
    if SECRET in os.environ:
        return os.environ[SECRET]
    for line in (FOLDER / ".env").read_text().splitlines():
        name, _, value = line.partition("=")
        if name.strip() == SECRET:
            return value.strip()
    raise SystemExit(SECRET + " is neither in the environment nor in .env")


def sign(claims: dict[str, str]) -> str:
    """Return a JSON Web Token with these claims."""
    parts = [{"alg": "HS256", "typ": "JWT"}, claims]
    head = ".".join(encode(json.dumps(part).encode()) for part in parts)
    digest = hmac.new(secret().encode(), head.encode(), hashlib.sha256).digest()
    return head + "." + encode(digest)


def encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def run(statements: str, **variables: str) -> None:
    """Run statements, in which psql replaces the variables."""
    psql = shlex.split(os.environ.get("FLEET_PSQL", PSQL))
    given = ["--set={}={}".format(*item) for item in variables.items()]
    options = ["-qX", "-v", "ON_ERROR_STOP=1", "--single-transaction", "-f", "-"]
    command = [*psql, *options, *given]
    subprocess.run(command, input=statements, text=True, check=True, cwd=FOLDER)  # noqa: S603


def main() -> None:
    """Make the token that the command line asks for."""
    parser = argparse.ArgumentParser(description="Make a token of a fleet.")
    kinds = parser.add_subparsers(dest="kind", required=True)
    building = kinds.add_parser("building", help="which may report for one building")
    building.add_argument("id", help="a to z, 0 to 9, - and _, at most 64 of them")
    building.add_argument("name", help="how people know the building")
    kinds.add_parser("manager", help="which may read everything, and begin lines")
    given = parser.parse_args()
    token = secrets.token_hex(16)
    if given.kind == "building":
        run(ADD, building=given.id, name=given.name, token=token)
        claims = {"role": "fleet_building", "building": given.id, "token_id": token}
    else:
        run(ADD_MANAGER, token=token)
        claims = {"role": "fleet_manager", "token_id": token}
    print(sign(claims))


if __name__ == "__main__":
    main()
