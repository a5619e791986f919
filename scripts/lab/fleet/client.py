"""What a building or a manager sends to PostgREST, and what comes back."""

from collections.abc import Iterable, Mapping
import hashlib
from http.client import HTTPConnection, HTTPException, RemoteDisconnected
import json
from typing import NamedTuple
from urllib.parse import urlsplit

from ..answers import Record, record, records

TIMEOUT_SECONDS = 10


class Answer(NamedTuple):
    """A status, the content, and its type."""

    status: int
    content: str
    type: str

    @property
    def record(self) -> Record:
        """The content, an object."""
        return record(json.loads(self.content))

    @property
    def records(self) -> list[Record]:
        """The content, rows."""
        return records(json.loads(self.content))


class Client:
    """One connection, which is opened again if PostgREST closed it."""

    def __init__(self, url: str, token: str | None = None) -> None:
        """Keep where to send to."""
        host = urlsplit(url)
        self._wire = HTTPConnection(
            host.hostname or "", host.port, timeout=TIMEOUT_SECONDS
        )
        self.token = token

    def call(
        self,
        path: str,
        body: object = None,
        *,
        method: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send a request: a POST with a body, a GET without."""
        sent = None if body is None else json.dumps(body)
        given = {"Content-Type": "application/json", **(headers or {})}
        if self.token is not None:
            given["Authorization"] = f"Bearer {self.token}"
        method = method or ("GET" if body is None else "POST")
        try:
            return self._answer(method, path, sent, given)
        except RemoteDisconnected, BrokenPipeError, ConnectionResetError:
            return self._answer(method, path, sent, given)

    def _answer(
        self, method: str, path: str, sent: str | None, headers: Mapping[str, str]
    ) -> Answer:
        try:
            self._wire.request(method, f"/{path}", sent, headers)
            answer = self._wire.getresponse()
            content = answer.read().decode()
        except OSError, HTTPException:
            # The next request opens it again.
            self._wire.close()
            raise
        return Answer(answer.status, content, answer.getheader("Content-Type", ""))

    def report(self, batch: object) -> Answer:
        """Send a report."""
        return self.call("rpc/report", {"batch": batch})

    def get(self, path: str) -> list[Record]:
        """Return the rows of a view."""
        answer = self.call(path)
        assert answer.status == 200, answer
        return answer.records

    def close(self) -> None:
        """Close the connection."""
        self._wire.close()


def hash_of(seq: int, log: str = "") -> str:
    """Return the hash of a record, which is another in another log."""
    return hashlib.sha256(f"{log}/{seq}".encode()).hexdigest()


def visit(seq: int, log: str = "", **fields: object) -> dict[str, object]:
    """Return a visit as a building sends it."""
    return {
        "seq": seq,
        "hash": hash_of(seq, log),
        "at": "2026-11-28T10:15:00Z",
        "courier": "Swift Parcels",
        "door": "Front door",
        "result": "opened",
        "reason": None,
        **fields,
    }


def report(
    line: int | None,
    known: int | None,
    head: int | None,
    visits: Iterable[int] = (),
    log: str = "",
    **fields: object,
) -> dict[str, object]:
    """Return a report of an honest building."""

    def at(seq: int | None) -> dict[str, object] | None:
        return None if seq is None else {"seq": seq, "hash": hash_of(seq, log)}

    return {
        "line": line,
        "known": at(known),
        "head": at(head),
        "visits": [visit(seq, log) for seq in visits],
        **fields,
    }
