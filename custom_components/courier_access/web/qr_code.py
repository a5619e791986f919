"""QR codes of addresses, each drawn as one path."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

import segno

from .html import Html, element

_QUIET: Final = 4
"""White modules around a QR code."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code; `modules` are its rows, and true is black."""

    address: str
    modules: Sequence[Sequence[bool]]

    @classmethod
    def of(cls, address: str) -> Self:
        """Return the code of an address; this takes a while."""
        modules = segno.make_qr(address, error="m").matrix
        return cls(address, [[bool(module) for module in row] for row in modules])

    @property
    def side(self) -> int:
        """The width of the code with its white margin, in modules."""
        return len(self.modules) + 2 * _QUIET

    @property
    def path(self) -> str:
        """The SVG path of the black modules."""
        return "".join(_runs(self.modules))

    def drawing(self, says: str) -> Html:
        """Return the code as an image, with what a screen reader says."""
        return element(
            "svg",
            element("path", attributes={"d": self.path}),
            attributes={
                "viewBox": f"0 0 {self.side} {self.side}",
                "role": "img",
                "aria-label": says,
                "shape-rendering": "crispEdges",
            },
        )


def _runs(modules: Sequence[Sequence[bool]]) -> Iterator[str]:
    """Yield an SVG path of a rectangle for each run of black modules."""
    for y, row in enumerate(modules, start=_QUIET):
        x = 0
        while x < len(row):
            width = next(
                (n for n, black in enumerate(row[x:]) if not black), len(row) - x
            )
            if width:
                yield f"M{x + _QUIET} {y}h{width}v1h-{width}z"
            x += width or 1
