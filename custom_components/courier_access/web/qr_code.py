"""QR codes of addresses, each drawn as one path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import segno

_QUIET: Final = 4
"""White modules around a QR code."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code: its width with its white margin, and the SVG path of the black modules."""

    address: str
    side: int
    path: str

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the code of an address; this takes a while."""
        rows = segno.make_qr(address, error="m").matrix
        return cls(address, len(rows) + 2 * _QUIET, "".join(_runs(rows)))


def _runs(rows: Sequence[Sequence[int]]) -> Iterator[str]:
    """Yield an SVG path of a rectangle for each run of black modules."""
    for y, row in enumerate(rows, start=_QUIET):
        x = 0
        while x < len(row):
            width = next(
                (n for n, black in enumerate(row[x:]) if not black), len(row) - x
            )
            if width:
                yield f"M{x + _QUIET} {y}h{width}v1h-{width}z"
            x += width or 1
