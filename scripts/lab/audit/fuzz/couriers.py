"""Hostile requests to couriers' addresses: valid ones that were changed before or after they were signed."""

import base64
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import time

from ...answers import UnexpectedAnswerError, parsed, record
from .document import Documented, content
from .hostile import Document, Values, as_json
from .tally import Proofs, Tally
from .target import Account, Target
from .wire import Line, Reply

SOURCE = "couriers"
AGAIN, TAMPERED, TAMPERED_GOOD = 0.05, 0.4, 0.7
"""How many messages are sent again, and how many are changed after they were signed.

What is left as it should be is decided and written, which costs a courier's budget, and the disk.
"""
ENTERS = 0.3
"""How many requests for entry name a grant that was accepted: the door takes one driver at a time."""

type Headers = list[tuple[str, str]]


@dataclass(slots=True)
class Sent:
    """A request: what was done to it, and whether it still is authentic, and still is HTTP."""

    kind: str
    account: Account
    document: object
    body: bytes
    headers: Headers
    is_authentic: bool = True
    is_framed: bool = True
    method: str = "POST"
    path: str = ""

    def written(self, host: str) -> bytes:
        """Return the request as it goes over the wire."""
        path = self.path or f"/api/webhook/{self.account.webhook_id}"
        lines = [f"{self.method} {path} HTTP/1.1", f"Host: {host}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if not any(name.lower() == "content-length" for name, _ in self.headers):
            lines.append(f"Content-Length: {len(self.body)}")
        head = "\r\n".join(lines).encode("utf-8", "surrogatepass")
        return head + b"\r\n\r\n" + self.body

    @property
    def is_addressed(self) -> bool:
        """Whether it is a POST to a courier's address."""
        return not self.path and self.method == "POST"


@dataclass(slots=True)
class Couriers:
    """All couriers' back ends, and everybody who pretends to be one."""

    target: Target
    values: Values
    tally: Tally
    proofs: Proofs
    documented: Documented = field(default_factory=Documented.read)
    accepted: deque[tuple[Account, str]] = field(default_factory=deque)
    issued: deque[str] = field(default_factory=lambda: deque(maxlen=64))
    earlier: deque[Sent] = field(default_factory=lambda: deque(maxlen=64))
    _number: int = 0

    @property
    def random(self) -> Random:
        """The source of all choices."""
        return self.values.random

    async def send(self, line: Line) -> None:
        """Send the next request, and judge its answer."""
        sent = self.next()
        if sent.is_authentic and (grant := enters(sent.body)) is not None:
            self.proofs.signed.add((sent.account.courier_id, grant))
        written = sent.written(self.target.host)
        if sent.is_framed:
            reply = await line.ask(written, is_head=sent.method == "HEAD")
        else:
            reply = await line.ask_once(written)
        self.judge(sent, reply)

    def next(self) -> Sent:
        """Make the next request."""
        random = self.random
        account = random.choice(self.target.accounts)
        if self.earlier and random.random() < AGAIN:
            return self._again()
        document = self._document(account)
        changed: object = document
        kind, written = "as it should be", as_json(document)
        if random.random() < 0.45:
            kind, changed = "altered", self.values.altered(document)
            written = as_json(changed)
        elif random.random() < 0.35:
            kind, written = "garbled", self.values.garbled(written)
            changed = None
        sent = self._signed(account, kind, changed, written)
        is_good = kind == "as it should be"
        if random.random() < (TAMPERED_GOOD if is_good else TAMPERED):
            self._tamper(sent)
        elif is_good:
            self.earlier.append(sent)
        return sent

    def judge(self, sent: Sent, reply: Reply) -> None:
        """Count an answer, and note what it must not be."""
        said = content(reply)
        decision = said.get("decision")
        self.tally.count(SOURCE, outcome(reply.status, said))
        what = f"{sent.kind}: {reply.status} {reply.body[:200]!r} to {sent.headers} {sent.body[:300]!r}"
        if decision == "admitted" and not self._has_proof(sent):
            self.tally.admitted(SOURCE, what)
        elif decision is not None and not (sent.is_authentic and sent.is_addressed):
            self.tally.error(SOURCE, f"decided without proof: {what}")
        if not sent.is_framed or not sent.is_addressed:
            if reply.status >= 500 and not _waits(reply):
                self.tally.error(SOURCE, what)
        elif (fault := self.documented.fault(reply)) is not None:
            self.tally.error(SOURCE, f"{fault}; {what}")
        if decision == "accepted" and isinstance(grant := said.get("grant_id"), str):
            self.accepted.append((sent.account, grant))

    def _has_proof(self, sent: Sent) -> bool:
        """Whether a request that was let in is one that may be."""
        return (
            sent.is_authentic
            and (grant := enters(sent.body)) is not None
            and ((sent.account.courier_id, grant) in self.proofs.signed)
        )

    def _signed(
        self, account: Account, kind: str, document: object, body: bytes
    ) -> Sent:
        self._number += 1
        message_id = f"f{self.random.getrandbits(64):x}-{self._number}"
        headers = account.signed(message_id, body)
        return Sent(kind, account, document, body, headers)

    def _document(self, account: Account) -> Document:
        """Write a message as the document has it, of a type and about a grant by chance."""
        now, random = datetime.now(UTC), self.random
        match random.randrange(5):
            case 0:
                kind, data = "ping", {}
            case 1:
                kind, data = "grant.issued", self._grant(now)
            case 2:
                kind, data = "grant.revoked", self._revocation(account)
            case 3:
                kind, data = "entry.requested", {"grant_id": self._entered(account)}
                if random.random() < 0.3:
                    data |= {"door": "front", "driver_ref": "driver-7"}
            case _:
                until = now + timedelta(hours=random.randrange(1, 330))
                units = random.sample(("3B", "1A", "5C", "\uff13\uff42", " 3b "), 2)
                data = {"units": units, "from": str(now), "until": str(until)}
                data = {
                    key: value.replace(" ", "T") if isinstance(value, str) else value
                    for key, value in data.items()
                }
                kind = "availability.requested"
        message = {"type": kind, "timestamp": now.isoformat(), "data": data}
        if account.needs_audience or random.random() < 0.1:
            message["to"] = account.webhook_id
        return message

    def _grant(self, now: datetime) -> dict[str, object]:
        random = self.random
        again = bool(self.issued) and random.random() < 0.2
        grant = random.choice(self.issued) if again else f"G-{random.getrandbits(48):x}"
        self.issued.append(grant)
        starts_at = now + timedelta(minutes=random.choice((-60, -1, 0, 30, 600)))
        data: dict[str, object] = {
            "grant_id": grant,
            "units": random.choice((["3B"], ["1A"], ["3B", "1A"], ["9Z"], [" 3b "])),
            "starts_at": starts_at.isoformat(),
            "ends_at": (
                starts_at + timedelta(hours=random.randrange(2, 13))
            ).isoformat(),
        }
        if random.random() < 0.5:
            data |= {
                "revision": random.randrange(1, 9),
                "max_entries": random.randrange(1, 11),
                "parcel_ref": f"P-{random.randrange(99)}",
                "door": "front",
            }
        return data

    def _revocation(self, account: Account) -> dict[str, object]:
        """Take back what is open, so that there always is room for more."""
        if len(self.accepted) > 40:
            of, grant = self.accepted.popleft()
            if of is account:
                return {"grant_id": grant}
        return {"grant_id": f"G-{self.random.getrandbits(48):x}", "reason": "lost"}

    def _entered(self, account: Account) -> str:
        if self.accepted and self.random.random() < ENTERS:
            own = [grant for of, grant in self.accepted if of is account]
            if own:
                return self.random.choice(own)
        return f"G-{self.random.getrandbits(48):x}"

    def _again(self) -> Sent:
        """Send an earlier message again: as it was, with another body, or by somebody else."""
        before = self.random.choice(self.earlier)
        message_id = dict(before.headers)["webhook-id"]
        match self.random.randrange(4):
            case 0:
                headers = before.account.signed(message_id, before.body)
                return Sent(
                    "again", before.account, before.document, before.body, headers
                )
            case 1:
                body = before.body + b" "
                headers = before.account.signed(message_id, body)
                return Sent("reused", before.account, before.document, body, headers)
            case 2:
                body = before.body.replace(b'"data"', b'"data" ', 1)
                return Sent(
                    "replayed with another body",
                    *(before.account, None, body, before.headers),
                    is_authentic=body == before.body,
                )
            case _:
                other = self.random.choice(self.target.accounts)
                return Sent(
                    "replayed elsewhere",
                    *(other, None, before.body, before.headers),
                    is_authentic=other is before.account,
                )

    def _tamper(self, sent: Sent) -> None:
        """Change a request after it was signed."""
        self.random.choice(_TAMPERING)(self, sent)

    def change_body(self, sent: Sent) -> None:
        """Change the body, which is signed."""
        body = self.values.garbled(sent.body)
        sent.kind += ", body changed"
        sent.is_authentic = body == sent.body
        sent.body = body

    def change_header(self, sent: Sent) -> None:
        """Change one of the three headers."""
        name = self.random.choice(list(_HEADERS))
        value = self.random.choice((*_HEADERS[name], self.values.text()))
        sent.kind += f", {name} changed"
        self._replace(sent, name, value)

    def change_signature(self, sent: Sent) -> None:
        """Write the signature otherwise, or another one."""
        before = dict(sent.headers)["webhook-signature"]
        version, _, encoded = before.partition(",")
        raw = base64.b64decode(encoded)
        flipped = bytearray(raw)
        flipped[self.random.randrange(len(raw))] ^= 1 << self.random.randrange(8)
        stranger = self.random.choice(self.target.accounts)
        by_another = dict(stranger.signed("x", sent.body))["webhook-signature"]
        changed = self.random.choice(
            (
                f"{version},{base64.b64encode(flipped).decode()}",
                f"{version},{encoded.rstrip('=')}",
                f"{version},{base64.urlsafe_b64encode(raw).decode()}-",
                f"{version},{encoded}=",
                f"{version},{encoded[:-2]}",
                f"{version},",
                f"{version.upper()},{encoded}",
                f"v2,{encoded}",
                f"{'v1a' if version == 'v1' else 'v1'},{encoded}",
                f"{version};{encoded}",
                encoded,
                by_another,
                before + ",",
                f"{version},{raw.hex()}",
            )
        )
        sent.kind += ", signature changed"
        self._replace(sent, "webhook-signature", changed)

    def add_decoys(self, sent: Sent) -> None:
        """Put the signature among others, too many of which are refused."""
        before = dict(sent.headers)["webhook-signature"]
        decoys = [self._decoy() for _ in range(self.random.choice((1, 3, 6, 8, 30)))]
        with_it = self.random.random() < 0.5
        place = self.random.randrange(len(decoys) + 1)
        tokens = [*decoys[:place], *([before] if with_it else []), *decoys[place:]]
        sent.kind += ", among decoys" if with_it else ", decoys only"
        of_v1a = sum(token.startswith("v1a,") for token in tokens)
        fits = len(tokens) <= 8 and of_v1a <= 2
        self._replace(sent, "webhook-signature", " ".join(tokens))
        # A refusal of what is authentic and fits would be seen in the count of answers, not here.
        sent.is_authentic = with_it and fits

    def _decoy(self) -> str:
        size = self.random.choice((32, 64))
        encoded = base64.b64encode(self.random.randbytes(size)).decode()
        return self.random.choice(
            (f"v1,{encoded}", f"v1a,{encoded}", f"v9,{encoded}", "v1,?", "x")
        )

    def repeat_header(self, sent: Sent) -> None:
        """Send one of the three headers twice, or not at all."""
        name = self.random.choice(list(_HEADERS))
        kept = [each for each in sent.headers if each[0] != name]
        again = [each for each in sent.headers if each[0] == name]
        sent.kind += f", {name} repeated or left out"
        sent.headers = kept if self.random.random() < 0.5 else [*kept, *again, *again]
        sent.is_authentic = False

    def change_time(self, sent: Sent) -> None:
        """Sign it for another time."""
        away = self.random.choice((-310, 320, -86_400, 10**9, -int(time())))
        message_id = dict(sent.headers)["webhook-id"]
        sent.kind += ", signed for another time"
        sent.headers = sent.account.signed(message_id, sent.body, int(time()) + away)
        sent.is_authentic = False

    def change_type(self, sent: Sent) -> None:
        """Call the body something else."""
        name, value = self.random.choice(
            (
                ("Content-Type", "text/plain"),
                ("Content-Type", "application/json2"),
                ("Content-Type", ""),
                ("Content-Encoding", "gzip"),
                ("Content-Encoding", "identity"),
            )
        )
        kept = [each for each in sent.headers if each[0] != name]
        sent.kind += ", of another type"
        sent.headers = [*kept, (name, value)]
        sent.is_authentic = False

    def change_address(self, sent: Sent) -> None:
        """Send it elsewhere, or by another method."""
        own = sent.account.webhook_id
        sent.is_authentic = False
        if self.random.random() < 0.4:
            sent.method = self.random.choice(("GET", "HEAD", "PUT", "DELETE", "PATCH"))
            sent.kind += f", {sent.method}"
            return
        other = self.random.choice(
            (
                own[:-1],
                own + "0",
                own.upper() + "x",
                "",
                "../" + own,
                "%00",
                "x" * 3_000,
            )
        )
        sent.kind += ", to another address"
        sent.path = f"/api/webhook/{other}"

    def grow(self, sent: Sent) -> None:
        """Send more than is taken."""
        sent.kind += ", too large"
        sent.body += b" " * self.random.choice((20_480, 30_000, 60_000))
        sent.is_authentic = False

    def break_framing(self, sent: Sent) -> None:
        """Send what is no HTTP, or ends elsewhere than it says: rarely, as each fills the server's log."""
        if self.random.random() < 0.7:
            self.change_signature(sent)
            return
        sent.kind += ", broken as HTTP"
        sent.is_framed = False
        size = len(sent.body)
        name, value = self.random.choice(
            (
                ("Content-Length", str(size + 5)),
                ("Content-Length", "-1"),
                ("Content-Length", "9" * 30),
                ("Content-Length", f"{size}, {size}"),
                ("Transfer-Encoding", "chunked"),
                ("Transfer-Encoding", "gzip, chunked"),
                ("Expect", "100-continue"),
                ("Bad Name", "x"),
                ("X", "a\0b"),
                ("X", "a" * 90_000),
                ("Connection", "upgrade"),
            )
        )
        sent.headers = [*sent.headers, (name, value)]
        sent.is_authentic = sent.is_authentic and name in ("Connection", "Expect")
        if name in ("Connection", "Expect") or value == str(size + 5):
            sent.headers.append(("Connection", "close"))
        if value == str(size + 5):
            # The server would wait 5 seconds for the rest.
            sent.body += b"     "

    def _replace(self, sent: Sent, name: str, value: str) -> None:
        before = dict(sent.headers)[name]
        kept = [each for each in sent.headers if each[0] != name]
        value = value.replace("\r", "").replace("\n", "")
        sent.headers = [*kept, (name, value)]
        # A server takes the space around a value for none of it.
        sent.is_authentic = sent.is_authentic and value.strip(" \t") == before
        if (
            any((char < " " and char != "\t") or char == "\x7f" for char in value)
            or len(value) > 8_000
        ):
            sent.is_framed = False


_HEADERS: dict[str, Sequence[str]] = {
    "webhook-id": ("", " ", "x y", "ü", "a" * 65, "msg_1.2", "%00", "a,b", "\u0661"),
    "webhook-timestamp": (
        *("", "0", "-1", "+1764000000", "1764000000.0", "٠١٢", "9" * 12, "9" * 13),
        *("1e9", "0x69000000", " ", "NaN", "\uff12\uff10"),
    ),
    "webhook-signature": (
        "",
        " ",
        ",",
        "v1",
        "v1,",
        "v1a,",
        "v1,=",
        "v1,AAAA",
        "  ,  ",
    ),
}

_TAMPERING = (
    *(Couriers.change_body, Couriers.change_header, Couriers.change_signature),
    *(Couriers.change_body, Couriers.change_header, Couriers.change_signature),
    *(Couriers.add_decoys, Couriers.add_decoys, Couriers.repeat_header),
    *(Couriers.change_time, Couriers.change_type, Couriers.change_address),
    *(Couriers.grow, Couriers.break_framing),
)


def _waits(reply: Reply) -> bool:
    """Return whether an answer says to come again, for example while a setting changes."""
    return reply.status == 503 and "retry-after" in reply.headers


def enters(body: bytes) -> str | None:
    """Return the grant on which a message asks for entry, read as anybody reads JSON."""
    if b"entry.requested" not in body:
        return None
    try:
        message = record(parsed(body))
        grant = record(message["data"])["grant_id"]
    except UnexpectedAnswerError, KeyError, UnicodeDecodeError, RecursionError:
        return None
    is_entry = message.get("type") == "entry.requested"
    return grant if is_entry and isinstance(grant, str) else None


def outcome(status: int, said: Document) -> str:
    """Return what came back, in the words of the document."""
    if "decision" in said:
        return str(said["decision"])
    kind = str(said.get("type", "")).rpartition(":")[2]
    return f"{status} {kind}".strip() if status else "cut off"
