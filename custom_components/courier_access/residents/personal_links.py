"""Keep residents' personal links, as in the ledger."""

from collections.abc import Mapping
from functools import partial
from hashlib import sha256
from typing import Final

from homeassistant.util import dt as dt_util

from ..access.model import Resident
from ..const import DOMAIN
from ..home_assistant.host import Host, external_url
from ..ledger.ledger import Ledger, Transaction
from ..ledger.outbox.fanout import FanOutWriter
from ..ledger.queue import NotificationKind
from ..ledger.state.residents import Author, load_links, renew_link, revoke_link

PATH: Final = f"/api/{DOMAIN}/personal"


class Links:
    """Hold residents' personal links; its holder acts as that resident.

    Tokens are looked up by their hash, so timing reveals nothing about other tokens.
    """

    def __init__(self, host: Host, ledger: Ledger) -> None:
        self._host = host
        self._ledger = ledger
        self._tokens: dict[str, str] = {}
        self._holders: Mapping[bytes, str] = {}

    async def load(self) -> None:
        """Read the links; load the rules first, because that updates the links."""
        self._tokens = dict(await self._ledger.read(load_links))
        self._index()

    def link_of(self, resident_id: str) -> str | None:
        return self._tokens.get(resident_id)

    def url_of(self, resident_id: str) -> str | None:
        """Return the address of a resident's page; None without a link or URL."""
        token = self.link_of(resident_id)
        return (
            None if token is None else external_url(self._host.hass, f"{PATH}/{token}")
        )

    def resident_of(self, token: str) -> str | None:
        return self._holders.get(hashed(token))

    async def renew(self, resident: Resident, by: Author, set_revision: int) -> str:
        """Replace a resident's link, notify them, and return the new token."""
        now = dt_util.utcnow()

        def write(transaction: Transaction) -> str:
            token = renew_link(transaction, resident.id, now, by=by.decided_by)
            fan_out = FanOutWriter(transaction, set_revision, now, {})
            fan_out.notify(NotificationKind.LINK_RENEWED, about=resident.id)
            return token

        token = await self._ledger.write(write)
        self._tokens[resident.id] = token
        self._index()
        return token

    async def revoke(self, resident: Resident, by: Author) -> None:
        """Revoke a resident's link."""
        now = dt_util.utcnow()
        write = partial(revoke_link, resident_id=resident.id, at=now, by=by.decided_by)
        await self._ledger.write(write)
        self._tokens.pop(resident.id, None)
        self._index()

    def _index(self) -> None:
        self._holders = {
            hashed(token): resident_id for resident_id, token in self._tokens.items()
        }


def hashed(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
