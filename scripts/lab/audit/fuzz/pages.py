"""Hostile visits to the pages without a login: at the door, of a pass, of a resident, and of the owner."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
import json
from random import Random
from urllib.parse import quote, urlencode

from .hostile import MARK, Values
from .passes import Passes
from .tally import Proofs, Tally
from .target import OWNER, RESIDENT, Target
from .wire import Line, Reply

API = "/api/courier_access"
DOOR, PASS, PERSONAL, OWNERS = (
    "door page",
    "pass page",
    "personal page",
    "owner's pages",
)
ANSWERED = frozenset({200, 204, 303, 400, 401, 403, 404, 405, 408, 413, 414, 415, 429})
"""What a page may be answered with, besides 503 with a time to come again, while a changed setting isn't in effect yet."""
FORM = "application/x-www-form-urlencoded"
LANGUAGES = ("de", "en;q=0.1,fr", "pt-BR", "*", "x" * 500, "q=", ";;;", "zz", "\x80")
ACTIONS: Mapping[str, Mapping[str, str]] = {
    "veto": {"courier": "", "grant": ""},
    "expect": {
        "courier": "",
        "day": "",
        "hours": "all_day",
        "from": "",
        "to": "",
        "parcel": "P-7",
    },
    "revise": {
        "courier": "",
        "grant": "",
        "day": "",
        "hours": "day",
        "from": "09:00",
        "to": "12:00",
        "parcel": "",
    },
    "cancel": {"courier": "", "grant": ""},
    "make_pass": {"courier": "", "grant": ""},
    "revoke_pass": {"pass": ""},
    "pause_unit": {"length": "hour"},
    "resume_unit": {},
    "set_note": {"note": "N-7"},
    "choose_erasure": {"days": "14"},
    "choose_visits": {"object": "no"},
    "pause_building": {"length": "tonight"},
    "resume_building": {},
    "give_consent": {"agree": "yes", "text": ""},
    "read_text": {},
    "opt_out": {},
    "withdraw_consent": {},
    "lift_block": {},
    "set_hours": dict.fromkeys(
        (
            *("monday", "tuesday", "wednesday", "thursday", "friday"),
            *("saturday", "sunday"),
        ),
        "08:00-12:00",
    ),
    "set_week": {"preset": "evenings"},
    "lift_denial": {"courier": ""},
    "new_couriers": {"attitude": "ask"},
    "allow_courier": {"courier": ""},
    "open_once": {"once": "", "starts_at": "", "ends_at": ""},
    "remove_day": {"day": ""},
    "check_record": {"notification": "Receipt 3 · 0000 0000 0000 0000 0000"},
}
"""The forms of the personal page, but for the one that replaces its address."""


@dataclass(slots=True)
class Pages:
    """Visitors, each from a network of their own, so that limits of one don't keep the others from deep code."""

    target: Target
    values: Values
    tally: Tally
    proofs: Proofs
    passes: Passes

    @property
    def random(self) -> Random:
        """The source of all choices."""
        return self.values.random

    async def visit_door(self, line: Line) -> None:
        """Visit the page at the door: look, type a code, or ring."""
        path = f"{API}/door/{self.target.door_page}"
        sent = {"once": self._once(), **self._shown_at_door()}
        await self._visit(DOOR, line, path, sent)

    async def visit_pass(self, line: Line) -> None:
        """Visit a pass's page, and type the characters that the sheet at the door shows, or others."""
        made = self.passes.any(self.random)
        token = "x" * 43 if made is None else made.token
        sign = self.values.text()
        if made is not None and self.random.random() < 0.2:
            sign = self.target.door_sign
            self.proofs.passes.add(made.pass_id)
        sent = {"once": self._once(), "sign": sign}
        await self._visit(PASS, line, f"{API}/pass/{token}", sent)

    async def visit_resident(self, line: Line) -> None:
        """Visit a resident's personal page, and send one of its forms."""
        holder = self.random.choice(list(self.target.links) or [""])
        token = self.target.links.get(holder, "x" * 43)
        action = self.random.choice(list(ACTIONS))
        sent = {"do": action, **ACTIONS[action]}
        if "courier" in sent:
            sent["courier"] = self.target.unsigned
        if "text" in sent:
            sent["text"] = self.passes.text_hash(self.random)
        if "grant" in sent:
            sent["grant"] = self.passes.some_grant(self.random)
        if "day" in sent:
            sent["day"] = self.passes.today()
        if "once" in sent:
            sent["once"] = self._once()
        if "starts_at" in sent:
            day = self.passes.today()
            sent |= {"starts_at": f"{day}T08:00:00", "ends_at": f"{day}T23:59:00"}
        await self._visit(PERSONAL, line, f"{API}/personal/{token}", sent)

    async def visit_owner(self, line: Line) -> None:
        """Visit a page that only an administrator may open, mostly as somebody else."""
        name = self.random.choice(
            (
                "residents",
                "lobby_notice",
                "door_sheets",
                "try_door",
                "residents_list",
                "",
            )
        )
        of = self.random.choice((self.target.building, self.values.text(), "x"))
        door = f"/{self.target.door_id}" if name == "try_door" else ""
        path = (
            f"{API}/{name}/{quote(of, safe='')}{door}"
            if _is_text(of)
            else f"{API}/{name}/x"
        )
        who = self.random.choice((None, RESIDENT, OWNER))
        headers = (
            {}
            if who is None
            else {"Authorization": f"Bearer {self.target.users[who].token}"}
        )
        if self.random.random() < 0.2:
            path += f"?authSig={quote(self.values.text().encode('utf-8', 'replace'))}"
        reply = await self._ask(OWNERS, line, "GET", path, headers, b"")
        if reply.status == 200 and who != OWNER and name:
            self.tally.error(OWNERS, f"{path} was shown to {who or 'nobody'}")

    async def _visit(
        self, source: str, line: Line, path: str, sent: dict[str, str]
    ) -> None:
        random = self.random
        headers = {"Accept-Language": random.choice(LANGUAGES)}
        if random.random() < 0.15:
            headers["Cookie"] = f"session={random.choice(LANGUAGES)}; =; a=b=c"
        if random.random() < 0.05:
            headers["Sec-Fetch-Site"] = random.choice(("cross-site", "x", ""))
        method = random.choice(("GET", "POST", "POST", "POST"))
        body = b""
        if random.random() < 0.08:
            method = random.choice(
                ("HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "POST")
            )
        if method == "POST":
            headers["Content-Type"] = FORM
            body = self._form(sent)
            if random.random() < 0.04:
                headers["Content-Type"] = random.choice(("application/json", "", "x/y"))
        elif random.random() < 0.6:
            path += "?" + self._query(sent)
        if random.random() < 0.06:
            path = self._elsewhere(path)
        await self._ask(source, line, method, path, headers, body)

    def _form(self, sent: Mapping[str, str]) -> bytes:
        """Return a form, often with a value, a name, or bytes that its page doesn't send."""
        random, fields = self.random, dict(sent)
        if random.random() < 0.45 and fields:
            typed = (self.values.text(), self.values.text(), f'">{MARK}')
            fields[random.choice(list(fields))] = random.choice(typed)
        if random.random() < 0.08:
            fields[self.values.text()] = self.values.text()
        if random.random() < 0.08 and fields:
            del fields[random.choice(list(fields))]
        written = urlencode(fields, errors="surrogatepass").encode()
        match random.randrange(20):
            case 0:
                return self.values.garbled(written)
            case 1:
                return written + b"&" + written
            case 2:
                return json.dumps(fields).encode()
            case 3:
                return written + b"&x=" + b"y" * random.choice((500, 17_000, 70_000))
            case _:
                return written

    def _query(self, sent: Mapping[str, str]) -> str:
        """Return a query, of those that the pages know or others."""
        name = self.random.choice(
            ("once", "again", "said", "export", "entries", "verifier", "x", "")
        )
        value = self.random.choice((sent.get("once", ""), self.values.text(), ""))
        return urlencode({name: value}, errors="surrogatepass")

    def _elsewhere(self, path: str) -> str:
        token = path.partition("?")[0].rpartition("/")[2]
        other = self.random.choice(
            (
                *(
                    token[:-1],
                    token + "x",
                    token.swapcase(),
                    "%00",
                    "..%2f..",
                    "%ff%fe",
                ),
                *("%ed%a0%80", "a" * 3_000, ".", "%2e%2e", token + "/", quote(MARK)),
            )
        )
        return path.replace(token, other, 1) if token else path

    async def _ask(
        self,
        source: str,
        line: Line,
        method: str,
        path: str,
        headers: Mapping[str, str],
        body: bytes,
    ) -> Reply:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: {self.target.host}",
            f"Content-Length: {len(body)}",
            *(f"{name}: {value}" for name, value in headers.items()),
        ]
        written = "\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + body
        reply = await line.ask(written, is_head=method == "HEAD")
        self.tally.count(source, str(reply.status) if reply.status else "cut off")
        what = f"{reply.status} to {method} {path} {body[:300]!r}"
        waits = reply.status == 503 and "retry-after" in reply.headers
        if reply.status not in ANSWERED and not waits:
            self.tally.error(source, what)
        if MARK.encode() in reply.body and reply.kind == "text/html":
            self.tally.error(source, f"markup was shown as it was sent: {what}")
        return reply

    def _shown_at_door(self) -> dict[str, str]:
        """Return what a driver does at the door: type a pass's code, or something else, or ring."""
        random = self.random
        match random.randrange(12):
            case 0:
                return {"ring": "yes"}
            case 1 if (made := self.passes.any(random)) is not None:
                self.proofs.passes.add(made.pass_id)
                return {
                    "code": random.choice(
                        (made.pin, made.short_code, made.short_code.lower())
                    )
                }
            case 2:
                self.proofs.numbers += 1
                return {"code": self.passes.parcel_number(random)}
            case 3:
                return {"again": self._once()}
            case 4:
                return {"code": str(random.randrange(10**6)).zfill(6)}
            case _:
                return {"code": self.values.text()}

    def _once(self) -> str:
        """Return a random token, such as each form of a page has."""
        return base64.urlsafe_b64encode(self.random.randbytes(16)).decode()[:22]


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
