"""Test that a transaction that was left open doesn't stop the ledger for good."""

from contextlib import closing, suppress
from pathlib import Path
import sqlite3
from typing import override

from custom_components.courier_access.ledger.sql import transaction


class Stubborn(sqlite3.Connection):
    """Fails to commit and to roll back, once each, as on a disk that fails for a moment."""

    fails = False

    @override
    def commit(self) -> None:
        if self.fails:
            raise sqlite3.OperationalError("disk I/O error")
        super().commit()

    @override
    def rollback(self) -> None:
        if self.fails:
            self.fails = False
            raise sqlite3.OperationalError("disk I/O error")
        super().rollback()


def test_transaction_whose_rollback_failed_ends_with_the_next_one(
    tmp_path: Path,
) -> None:
    stubborn = sqlite3.connect(
        tmp_path / "ledger.db", factory=Stubborn, isolation_level=None
    )
    with closing(stubborn):
        stubborn.fails = True
        for _ in range(2):
            with suppress(sqlite3.OperationalError), transaction(stubborn):
                pass
        with transaction(stubborn):
            stubborn.execute("CREATE TABLE kept (number)")
        assert not stubborn.in_transaction
