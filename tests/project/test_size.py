"""What `scripts/size` counts."""

from pathlib import Path

from scripts.lab.size import imports_of, lines, markup_in, written


def test_written_is_what_people_read(tmp_path: Path) -> None:
    for name in ("a.py", "b.sql", "c.j2", "d.css", "panel.js", "en.json"):
        (tmp_path / name).write_text("one\ntwo\n")

    files = written(tmp_path)

    assert [path.name for path in files] == ["a.py", "b.sql", "c.j2", "d.css"]
    assert lines(files) == 8


def test_import_is_found_wherever_it_stands(tmp_path: Path) -> None:
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
