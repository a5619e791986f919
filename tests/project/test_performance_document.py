"""The document of performance has room for what `scripts/bench scale` writes, and that is drawn and listed in full."""

from xml.etree import ElementTree as ET

from scripts.lab.bench.performance import BEGIN, DOCUMENT, END, Point, plot, table

SVG = "{http://www.w3.org/2000/svg}"


def point(grown: str, size: int, milliseconds: float) -> Point:
    return Point(
        grown=grown,
        size=size,
        door=milliseconds,
        answer=2 * milliseconds,
        grant=3 * milliseconds,
        start=0.2,
        memory=258,
        page=4,
        notified=0.02,
        first_start=0.5,
    )


POINTS = [
    point("old entries", 10, 4),
    point("old entries", 10_000, 4),
    point("open grants", 10, 4),
    point("open grants", 100_000, 1_200),
]


def test_document_has_room_for_the_figures() -> None:
    before, found, rest = DOCUMENT.read_text().partition(BEGIN)
    assert before
    assert found
    assert END in rest


def test_table_has_a_row_for_each_size() -> None:
    head, line, *rows = table(POINTS).splitlines()

    assert [row.split(" | ")[0] for row in rows] == [
        "| 10 old entries",
        "| 10,000 old entries",
        "| 10 open grants",
        "| 100,000 open grants",
    ]
    assert len({row.count("|") for row in (head, line, *rows)}) == 1


def test_plot_shows_larger_times_further_up() -> None:
    drawn = ET.fromstring(plot(POINTS))

    lines = [
        [float(spot.split(",")[1]) for spot in line.attrib["points"].split()]
        for line in drawn.iter(f"{SVG}polyline")
    ]
    assert len(lines) == 6
    for flat in lines[:3]:
        assert flat[0] == flat[1]
    for rising in lines[3:]:
        assert rising[1] < rising[0]
    assert all(y > 0 for line in lines for y in line)
