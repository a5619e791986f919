"""Both languages say the same things, and nothing that no flow shows.

That every screen can be read is asserted by the front end that drives the flows.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
import re
from typing import Any

import pytest

from custom_components.courier_access import config_flow

from .front_end import translations

PACKAGE = Path(config_flow.__file__).parent
SOURCES = [Path(config_flow.__file__), *(PACKAGE / "flows").glob("*.py"), PACKAGE / "const.py"]
SECTIONS = ("config", "config_subentries", "selector")


def leaves(texts: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(texts, str):
        yield path, texts
        return
    for key, value in texts.items():
        yield from leaves(value, (*path, key))


def flow_texts(language: str) -> dict[tuple[str, ...], str]:
    return {path: text for path, text in leaves(translations(language)) if path[0] in SECTIONS}


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    english, french = flow_texts("en"), flow_texts("fr")
    assert english.keys() == french.keys()
    for path, text in english.items():
        placeholders = re.findall(r"{(\w+)}", text)
        assert set(placeholders) == set(re.findall(r"{(\w+)}", french[path])), path


@pytest.mark.parametrize("language", ["en", "fr"])
def test_texts_hold_nothing_that_the_front_end_or_translators_stumble_over(language: str) -> None:
    for path, text in flow_texts(language).items():
        assert text == text.strip(), path
        assert not re.search(r"<\w|https?://|'{|}'", text), path


def test_errors_are_plain() -> None:
    """The front end shows an error as it is, where it renders a description's markup."""
    for path, text in [*flow_texts("en").items(), *flow_texts("fr").items()]:
        if path[-2] in ("error", "abort"):
            assert not re.search(r"[*`\n]", text), path


def test_french_is_set_as_french_is() -> None:
    for path, text in flow_texts("fr").items():
        assert "'" not in text, path
        assert not re.search(r"[^\u00a0\u202f][;!?»](\s|$)|[^\u00a0]:(\s|$)|« ", text), path
        # A formal address throughout.
        assert not re.search(r"\b(tu|ton|ta|tes|toi)\b", text.lower()), path


def test_no_text_is_left_over() -> None:
    written = {
        node.value
        for source in SOURCES
        for node in ast.walk(ast.parse(source.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    } | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    for path, _ in leaves({key: translations("en")[key] for key in SECTIONS[:2]}):
        match path:
            case (*_, ("error" | "abort"), key):
                assert key in written, path
            case (*_, "step", step, ("title" | "description")):
                assert step in written, path
            case (*_, "step", step, _, field):
                assert {step, field} <= written, path
