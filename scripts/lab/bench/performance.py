"""The figures of `scripts/bench scale`, and where docs/explanation/performance.md has those of each command."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log10
from typing import Final

from ..places import ROOT

DOCUMENT: Final = ROOT / "docs" / "explanation" / "performance.md"
PLOT: Final = ROOT / "docs" / "images" / "scale.svg"
BEGIN: Final = "<!-- scripts/bench scale --write -->"
END: Final = "<!-- end -->"


@dataclass(slots=True)
class Point:
    """Medians at one size: milliseconds, but for start and notifications (seconds) and memory (MB)."""

    grown: str
    size: int
    door: float
    answer: float
    grant: float
    start: float
    memory: float
    page: float
    notified: float
    first_start: float


_COLUMNS: Final[Sequence[tuple[str, Callable[[Point], str]]]] = (
    ("", lambda point: f"{point.size:,} {point.grown}"),
    ("Entry, door (ms)", lambda point: f"{point.door:.1f}"),
    ("Entry, reply (ms)", lambda point: f"{point.answer:.1f}"),
    ("`grant.issued` (ms)", lambda point: f"{point.grant:.1f}"),
    ("Panel's page (ms)", lambda point: f"{point.page:.1f}"),
    ("Start (s)", lambda point: f"{point.start:.2f}"),
    ("First start (s)", lambda point: f"{point.first_start:.2f}"),
    ("Memory (MB)", lambda point: f"{point.memory:.0f}"),
    ("All notified (s)", lambda point: f"{point.notified:.2f}"),
)


def table(points: Iterable[Point]) -> str:
    """Return the points as a table in Markdown."""
    rows = [[title for title, _ in _COLUMNS], ["---"] + ["--:"] * (len(_COLUMNS) - 1)]
    rows += [[show(point) for _, show in _COLUMNS] for point in points]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def print_points(points: Sequence[Point]) -> None:
    """Print the table, and how the largest size of each kind compares to its smallest."""
    print(table(points))
    for grown in dict.fromkeys(point.grown for point in points):
        first, *_, last = [point for point in points if point.grown == grown]
        print(
            f"{grown}, {last.size:,} against {first.size:,}: door {last.door / first.door:.2f} x,"
            f" entry {last.answer / first.answer:.2f} x, grant {last.grant / first.grant:.2f} x,"
            f" start + {last.start - first.start:.2f} s, memory + {last.memory - first.memory:.0f} MB",
            flush=True,
        )


def write_document(points: Sequence[Point], version: str) -> None:
    """Replace the table in the document, and the plot."""
    put_into_document(
        BEGIN,
        f"{counted('Medians of', version)}\n\n{table(points)}\n\n"
        f"![Milliseconds of an entry and a grant, by the size of the building](../images/{PLOT.name})",
    )
    PLOT.write_text(plot(points))


def counted(what: str, version: str) -> str:
    """Return the line that says when, and with which Home Assistant, something was measured."""
    now = datetime.now(UTC)
    return f"{what} {now:%B} {now.day}, {now.year}, Home Assistant {version}:"


def put_into_document(begin: str, figures: str) -> None:
    """Replace what the document has between a line and the end of its part."""
    before, _, rest = DOCUMENT.read_text().partition(begin)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{begin}\n{figures}\n{END}{after}")


_WIDTH, _HEIGHT, _LEFT, _TOP, _GAP = 250, 220, 46, 34, 30
_LINES: Final[Sequence[tuple[str, str, Callable[[Point], float]]]] = (
    ("entry, door", "#1f77b4", lambda point: point.door),
    ("entry, reply", "#2ca02c", lambda point: point.answer),
    ("grant.issued", "#d62728", lambda point: point.grant),
)


def plot(points: Sequence[Point]) -> str:
    """Draw milliseconds by size, both on logarithmic scales, one picture for each kind of growth."""
    kinds = list(dict.fromkeys(point.grown for point in points))
    top = max(read(point) for point in points for _, _, read in _LINES)
    decades = max(2, int(log10(top)) + 1)
    width = _LEFT + len(kinds) * (_WIDTH + _GAP)
    height = _TOP + _HEIGHT + 62
    drawn = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for number, grown in enumerate(kinds):
        left = _LEFT + number * (_WIDTH + _GAP)
        ours = [point for point in points if point.grown == grown]
        drawn += _picture(left, grown, ours, decades, with_scale=number == 0)
    for number, (name, color, _) in enumerate(_LINES):
        x, y = _LEFT + number * 130, _TOP + _HEIGHT + 50
        drawn.append(
            f'<path d="M{x} {y - 4}h22" stroke="{color}" stroke-width="2"/>'
            f'<text x="{x + 28}" y="{y}">{name}</text>'
        )
    return "\n".join([*drawn, "</svg>"]) + "\n"


def _picture(
    left: int, grown: str, points: Sequence[Point], decades: int, *, with_scale: bool
) -> Iterable[str]:
    bottom = _TOP + _HEIGHT
    span = log10(points[-1].size) - log10(points[0].size) or 1

    def across(point: Point) -> float:
        return (
            left
            + 16
            + (_WIDTH - 32) * ((log10(point.size) - log10(points[0].size)) / span)
        )

    def up(milliseconds: float) -> float:
        return bottom - _HEIGHT * max(0, log10(milliseconds)) / decades

    yield f'<text x="{left}" y="{_TOP - 12}" font-weight="bold">{grown}</text>'
    for decade in range(decades + 1):
        y = up(10**decade)
        yield f'<path d="M{left} {y:.0f}h{_WIDTH}" stroke="#ddd"/>'
        if with_scale:
            label = f"{10**decade:,} ms"
            yield f'<text x="{left - 4}" y="{y + 4:.0f}" text-anchor="end" font-size="10">{label}</text>'
    for point in points:
        yield f'<text x="{across(point):.0f}" y="{bottom + 18}" text-anchor="middle">{point.size:,}</text>'
    for _, color, read in _LINES:
        spots = [(across(point), up(read(point))) for point in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        yield f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>'
        for x, y in spots:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{color}"/>'
