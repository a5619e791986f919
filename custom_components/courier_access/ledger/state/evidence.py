"""Which records are evidence of a consent, and since when it is in force no more (promise 7).

What a resident said who consents stays readable as long as it is what they say, and `STAYS` after; so does their
saying otherwise, which ended it. Time is the latest of any record so far: the clock may have been behind.
"""

from datetime import timedelta
from typing import Final

from sqlalchemy import Connection, insert, update

from ..chain import Recorded
from ..tables import evidence

STAYS: Final = timedelta(days=30)
"""How long evidence stays after the consent has ended, or other rules came in the place of those it stood with."""


def consented(conn: Connection, record: Recorded, resident_id: str, *, anew: bool) -> None:
    """Keep the record of what a resident lets in; where they did not just consent `anew`, that record stays, too."""
    open_ones = (evidence.c.resident_id == resident_id, evidence.c.ended_at.is_(None))
    superseded = update(evidence).where(*open_ones).values(ended_at=record.latest)
    conn.execute(superseded if anew else superseded.where(~evidence.c.gives))
    conn.execute(insert(evidence), {"seq": record.seq, "resident_id": resident_id, "gives": anew})


def ended(conn: Connection, record: Recorded, resident_id: str) -> None:
    """Let a resident's consent be over; the record by which it is stays as long as the evidence that there was one."""
    over = conn.execute(
        update(evidence)
        .where(evidence.c.resident_id == resident_id, evidence.c.ended_at.is_(None))
        .values(ended_at=record.latest)
    )
    if over.rowcount > 0:
        conn.execute(
            insert(evidence),
            {
                "seq": record.seq,
                "resident_id": resident_id,
                "gives": False,
                "ended_at": record.latest,
            },
        )
