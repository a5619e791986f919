"""A fleet's database and its PostgREST, on 127.0.0.1 only."""

import atexit
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
import json
import os
from pathlib import Path
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from time import monotonic, sleep

import yaml

from ..answers import Record, record, records
from ..instance import HOST, STOP_SECONDS, StartError, free_port
from ..places import in_memory
from .moved import MovedClock
from .places import FLEET, POSTGRESQL, POSTGREST
from .tokens import sign

DATABASE = "fleet"
OWNER = "fleet_owner"
SUPERUSER = "postgres"
ADMINISTRATOR = "administrator"
"""May make roles and databases, as the administrators that hosting providers give."""
READY_SECONDS = 60

# Nothing outlives a test, so nothing waits for a disk. What is committed outlives a kill, as the kernel has it.
FLEETING = {"fsync": "off", "full_page_writes": "off"}
SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",
    "max_connections": "40",
    "shared_buffers": "64MB",
}
_NOBODY = (
    # It refuses to run as root. Folders that only root may enter are still entered.
    *("--reuid", "nobody", "--regid", "nogroup", "--clear-groups"),
    *("--inh-caps=+dac_override", "--ambient-caps=+dac_override"),
)


def configured() -> dict[str, str]:
    """Return how compose.yaml configures PostgREST."""
    compose = yaml.safe_load((FLEET / "compose.yaml").read_text())
    return dict(compose["services"]["postgrest"]["environment"])


class SqlError(Exception):
    """PostgreSQL refused a statement."""


@dataclass(slots=True)
class Fleet:
    """One fleet; each part can be stopped, killed, and started again."""

    folder: Path
    durable: bool = False
    database_port: int = field(default_factory=free_port)
    port: int = field(default_factory=free_port)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    database: subprocess.Popen[bytes] | None = None
    rest: subprocess.Popen[bytes] | None = None
    clock: MovedClock | None = None
    """The database's clock, if it isn't the machine's."""

    @classmethod
    @contextmanager
    def running(
        cls, *, durable: bool = False, clock: MovedClock | None = None
    ) -> Iterator[Fleet]:
        """Run a fleet that was installed without a superuser, as at a hosting provider.

        A durable one waits for the disk, as one that is installed does.
        """
        where = None if durable else in_memory()
        folder = Path(tempfile.mkdtemp(prefix="courier-fleet.", dir=where))
        if os.geteuid() == 0:
            shutil.chown(folder, "nobody")
        fleet = cls(folder, durable, clock=clock)
        try:
            # With all rights and owners, which Python doesn't copy.
            copy = ["cp", "-a", str(installed()), str(fleet.data)]
            subprocess.run(copy, check=True)
            fleet.start_database()
            fleet.start_rest()
            yield fleet
        finally:
            fleet.stop()
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def data(self) -> Path:
        """Where the database is."""
        return self.folder / "data"

    @property
    def url(self) -> str:
        """Where buildings report to."""
        return f"http://{HOST}:{self.port}"

    def create(self) -> None:
        """Make the database, start it, and install the schema."""
        if not POSTGREST.exists():
            raise StartError("no PostgreSQL and PostgREST; run scripts/setup fleet")
        made = subprocess.run(
            [
                *_as_somebody(),
                *(POSTGRESQL / "initdb", "-D", self.data),
                *("-A", "trust", "-U", SUPERUSER, "--no-sync", "--no-instructions"),
                *("-E", "UTF8", "--locale=C"),
            ],
            capture_output=True,
            text=True,
            check=False,
        )
        if made.returncode:
            raise StartError(made.stderr)
        self.start_database()
        self.sql(
            f"create role {ADMINISTRATOR} login createrole createdb",
            user=SUPERUSER,
            database=SUPERUSER,
        )
        self._run(
            ["sh", FLEET / "install.sh"],
            {
                "PGUSER": ADMINISTRATOR,
                # It trusts 127.0.0.1, and asks for none of them.
                "FLEET_OWNER_PASSWORD": secrets.token_hex(16),
                "FLEET_POSTGREST_PASSWORD": secrets.token_hex(16),
                "FLEET_GRAFANA_PASSWORD": secrets.token_hex(16),
            },
        )

    def start_database(self) -> None:
        """Start PostgreSQL, and wait until it answers.

        It refuses while a process of the one that was killed still ends.
        """
        deadline = monotonic() + READY_SECONDS
        while True:
            try:
                self._start_database()
            except StartError as error:
                if "shared memory block" not in f"{error}" or monotonic() > deadline:
                    raise
                sleep(0.05)
            else:
                return

    def _start_database(self) -> None:
        settings = SETTINGS | {"port": str(self.database_port)}
        if not self.durable:
            settings |= FLEETING
        self.database = self._spawn(
            "postgresql",
            [
                *_as_somebody("--pdeathsig", "QUIT"),
                *(POSTGRESQL / "postgres", "-D", self.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            self.clock.environment if self.clock is not None else {},
        )
        _wait(self.database, self._answers, self.folder / "postgresql.log")

    def _answers(self) -> bool:
        with suppress(SqlError):
            self.sql("select", user=SUPERUSER, database=SUPERUSER)
            return True
        return False

    def start_rest(self) -> None:
        """Start PostgREST, and wait until it has read the schema."""
        ready = free_port()
        setpriv = shutil.which("setpriv")
        self.rest = self._spawn(
            "postgrest",
            [*((setpriv, "--pdeathsig", "TERM") if setpriv else ()), POSTGREST],
            configured()
            | {
                "PGRST_DB_URI": f"postgres://fleet_authenticator@{HOST}:{self.database_port}/{DATABASE}",
                "PGRST_JWT_SECRET": self.secret,
                "PGRST_SERVER_HOST": HOST,
                "PGRST_SERVER_PORT": str(self.port),
                "PGRST_ADMIN_SERVER_PORT": str(ready),
            },
        )
        _wait(self.rest, lambda: _is_ready(ready), self.folder / "postgrest.log")

    def _spawn(
        self,
        name: str,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                command,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self) -> None:
        """End both, by their ids."""
        self.stop_rest()
        # A fast shutdown, which doesn't wait for clients.
        _end(self.database, signal.SIGINT)
        self.database = None

    def stop_rest(self) -> None:
        """End PostgREST in order."""
        _end(self.rest, signal.SIGTERM)
        self.rest = None

    def kill_rest(self) -> None:
        """Kill PostgREST in the middle of whatever it does."""
        _kill(self.rest)
        self.rest = None

    def kill_database(self) -> None:
        """Kill all of PostgreSQL in the middle of whatever it does."""
        _kill(self.database)
        self.database = None

    @property
    def environment(self) -> dict[str, str]:
        """What programs are given that connect to the database as its owner."""
        return {
            **os.environ,
            "PATH": f"{POSTGRESQL}:{os.environ.get('PATH', os.defpath)}",
            "PGHOST": HOST,
            "PGPORT": str(self.database_port),
            "PGUSER": OWNER,
        }

    def _run(
        self,
        command: Sequence[str | Path],
        environment: Mapping[str, str],
        given: str | None = None,
    ) -> str:
        done = subprocess.run(
            command,
            env={**self.environment, **environment},
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SqlError(done.stderr.strip())
        return done.stdout.strip()

    def sql(
        self,
        statements: str,
        *,
        user: str = OWNER,
        database: str = DATABASE,
        **variables: str,
    ) -> str:
        """Run statements, in which psql replaces `:'name'` by a variable; raises SqlError where they're refused."""
        command = ["psql", "-qAtX", "-v", "ON_ERROR_STOP=1", "-d", database]
        command += [f"--set={name}={value}" for name, value in variables.items()]
        return self._run(command, {"PGUSER": user}, statements)

    def rows(self, query: str, *, user: str = OWNER, **variables: str) -> list[Record]:
        """Return the rows of a query."""
        whole = f"select coalesce(json_agg(r), '[]') from ({query}) as r"  # noqa: S608
        return records(json.loads(self.sql(whole, user=user, **variables)))

    def row(self, query: str, **variables: str) -> Record:
        """Return the only row of a query."""
        return record(*self.rows(query, **variables))

    def add_building(self, building: str, name: str | None = None) -> str:
        """Add a building, and return its token."""
        token_id = secrets.token_hex(16)
        self.sql(
            "insert into fleet.buildings (id, name) values (:'id', :'name');"
            "insert into fleet.tokens (id, building) values (:'token', :'id')",
            id=building,
            name=name or building.capitalize(),
            token=token_id,
        )
        return sign(
            self.secret, role="fleet_building", building=building, token_id=token_id
        )

    def add_manager(self) -> str:
        """Return a token of a manager."""
        token_id = secrets.token_hex(16)
        self.sql("insert into fleet.tokens (id) values (:'token')", token=token_id)
        return sign(self.secret, role="fleet_manager", token_id=token_id)


@cache
def installed() -> Path:
    """Return a database that was installed once for all fleets of this process."""
    folder = Path(tempfile.mkdtemp(prefix="courier-fleet.", dir=in_memory()))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    fleet = Fleet(folder)
    try:
        fleet.create()
    finally:
        fleet.stop()
    return fleet.data


def _as_somebody(*more: str) -> list[str | Path]:
    """Return a prefix, where one is needed, by which a command runs as nobody, with other options of setpriv."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, *more] if setpriv and more else []
    if setpriv is None:
        raise StartError("PostgreSQL doesn't run as root; please install setpriv")
    # The signal is set last: a change of user would clear it.
    again = [setpriv, *more] if more else []
    return [setpriv, *_NOBODY, *again]


def _is_ready(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), 1) as wire:
        wire.sendall(b"GET /ready HTTP/1.0\r\n\r\n")
        return b" 200 " in wire.recv(64)
    return False


def _wait(
    process: subprocess.Popen[bytes], is_ready: Callable[[], bool], log: Path
) -> None:
    deadline = monotonic() + READY_SECONDS
    while monotonic() < deadline and process.poll() is None:
        if is_ready():
            return
        sleep(0.02)
    raise StartError(f"{log.name}: {log.read_text()[-1000:]}")


def _kill(process: subprocess.Popen[bytes] | None) -> None:
    if process is not None:
        # Each leads a session of its own.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(STOP_SECONDS)


def _end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    if process is not None:
        process.send_signal(how)
        process.wait(STOP_SECONDS)
