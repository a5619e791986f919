"""What scripts/ finds, counts, starts, measures, and draws."""

from functools import reduce
from importlib import import_module
import os
from pathlib import Path
import socket
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest

from scripts.lab.bench import courier_timeline
from scripts.lab.bench.performance import BEGIN, DOCUMENT, END, Point, plot, table
from scripts.lab.forking import Forked
from scripts.lab.instance import HOST, StartError, check_port, free_port
from scripts.lab.size import imports_of, lines, markup_in, written


def test_written_is_what_people_read(tmp_path: Path) -> None:
    for name in ("a.py", "b.sql", "c.j2", "d.css", "panel.js", "en.json"):
        (tmp_path / name).write_text("one\ntwo\n")

    files = written(tmp_path)

    assert [path.name for path in files] == ["a.py", "b.sql", "c.j2", "d.css"]
    assert lines(files) == 8


def test_import_is_found_anywhere(tmp_path: Path) -> None:
    sources = {
        "plain.py": "import sqlalchemy",
        "part.py": "from sqlalchemy.engine import Connection",
        "inside.py": "def work():\n    import json, sqlalchemy.types",
        "own.py": "from .sqlalchemy import Table",
        "other.py": "import sqlalchemy_utils",
    }
    for name, source in sources.items():
        (tmp_path / name).write_text(source)

    found = [path.name for path in imports_of("sqlalchemy", written(tmp_path))]

    assert found == ["inside.py", "part.py", "plain.py"]


def test_markup_is_found_in_strings_but_not_in_docstrings(tmp_path: Path) -> None:
    module = tmp_path / "page.py"
    module.write_text(
        '"""A page with <b>markup</b>."""\n'
        'HEAD = "<!doctype html>"\n'
        "LESS = 'a < b'\n"
        "def field(name):\n"
        '    """Return <input>."""\n'
        "    return f'<input name=\"{name}\">'\n"
    )

    assert list(markup_in(module)) == [(2, "<!doctype html>"), (6, '<input name="')]


ROOT = Path(__file__).parents[2]
OUTGOING_FROM = 32_768
"""The first port that Linux gives to an outgoing connection, unless set otherwise; others begin at 49,152."""
LIBRARIES = """#!/bin/sh
echo '	libfuse3.so.4 (libc6,x86-64) => /lib/libfuse3.so.4'
i=0
while [ $i -lt 3000 ]; do
    echo '	another library that the machine has (libc6,x86-64)' || exit 1
    i=$((i + 1))
done
"""


def _finds_fuse(programs: Path, libraries: str) -> bool:
    for name, text in {"fusermount3": "#!/bin/sh\n", "ldconfig": libraries}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    found = subprocess.run(
        ["bash", "-c", f"source {ROOT}/scripts/setup && installed_fuse"],
        env={"PATH": f"{programs}:{os.environ['PATH']}"},
        check=False,
    )
    return found.returncode == 0


def test_library_is_found_before_a_long_list_of_others(tmp_path: Path) -> None:
    assert _finds_fuse(tmp_path, LIBRARIES)
    assert not _finds_fuse(tmp_path, LIBRARIES.replace("libfuse3", "libother"))


def test_process_that_ended_unnoticed_gets_no_signal() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()

    forked = Forked(ended.pid)
    forked.send_signal(0)

    assert forked.poll() is None


def test_free_port_is_none_that_an_outgoing_connection_is_given(
    socket_enabled: None,
) -> None:
    with (
        socket.create_server((HOST, 0)) as server,
        socket.create_connection(server.getsockname()) as outgoing,
    ):
        given = outgoing.getsockname()[1]
        with pytest.raises(StartError, match=f"port {given} .* can't be used"):
            check_port(given)

    port = free_port()

    check_port(port)
    assert port < OUTGOING_FROM


@pytest.mark.parametrize(
    ("module", "name"),
    sorted({(module, name) for module, name, *_ in courier_timeline.STEPS}),
)
def test_each_step_is_a_function(module: str, name: str) -> None:
    found = import_module(f"custom_components.courier_access.{module}")
    assert callable(reduce(getattr, name.split("."), found))


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
