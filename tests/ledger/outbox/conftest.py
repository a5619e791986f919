"""Fixtures: a ledger with residents."""

import pytest

from custom_components.courier_access.ledger.ledger import Ledger
from tests.ledger.filled import residents


@pytest.fixture
async def ledger(ledger: Ledger) -> Ledger:
    await ledger.write(residents)
    return ledger
