"""Texts of the flows are plain and used.

The frontend in these tests checks that every screen can be rendered;
`project/packaging/` checks that all languages match.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any

from custom_components.courier_access import config_flow
from custom_components.courier_access.contract.signature import KeyProblem

from .front_end import translations

PACKAGE = Path(config_flow.__file__).parent
SOURCES = [
    Path(config_flow.__file__),
    *(PACKAGE / "flows").rglob("*.py"),
    *(PACKAGE / "couriers").glob("*.py"),
    PACKAGE / "access" / "hours.py",
    PACKAGE / "const.py",
]
SECTIONS = ("config", "config_subentries", "selector")


def leaves(
    texts: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(texts, str):
        yield path, texts
        return
    for key, value in texts.items():
        yield from leaves(value, (*path, key))


def flow_texts(language: str) -> dict[tuple[str, ...], str]:
    return {
        path: text
        for path, text in leaves(translations(language))
        if path[0] in SECTIONS
    }


def test_errors_are_plain() -> None:
    """The frontend renders Markdown in descriptions but not in errors."""
    for path, text in [*flow_texts("en").items(), *flow_texts("fr").items()]:
        if path[-2] in ("error", "abort"):
            assert not re.search(r"[*`\n]", text), path


def test_no_text_is_unused() -> None:
    written = {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    written |= {f"key_{problem}" for problem in KeyProblem}
    written |= {f"{kind}_{why}" for kind in ("opener", "source") for why in written}
    for path, _ in leaves({key: translations("en")[key] for key in SECTIONS[:2]}):
        match path:
            case (*_, ("error" | "abort"), key):
                assert key in written, path
            case (*_, "step", step, "sections", section, _):
                assert {step, section} <= written, path
            case (*_, "step", step, ("title" | "description")):
                assert step in written, path
            case (*_, "step", step, _, field):
                assert {step, field} <= written, path
