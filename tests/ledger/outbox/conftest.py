"""Fixtures: a ledger with residents, and its outbox."""

import pytest

from custom_components.courier_access.ledger.ledger import Ledger
from tests.ledger.filled import residents

from .parts import Outbox


@pytest.fixture
async def ledger(ledger: Ledger) -> Ledger:
    await ledger.write(residents)
    return ledger


@pytest.fixture
def outbox(ledger: Ledger) -> Outbox:
    return Outbox(ledger)
