"""Pages from templates, and the headers that they are sent with."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
import re
from types import MappingProxyType
from typing import Final, override

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_SPACED: Final = re.compile(r";?\s*(})\s*|\s*([{;,])\s*|(:)\s+")
"""Signs of a style sheet, with the space around them."""


class _Loader(FileSystemLoader):
    """Loads templates, and style sheets as short as pages contain them."""

    @override
    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_current = super().get_source(environment, template)
        if template.endswith(".css"):
            source = _SPACED.sub(r"\1\2\3", source)
        return source, path, is_current


_TEMPLATES: Final = Environment(
    loader=_Loader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,
    cache_size=-1,
)


@cache
def load_templates() -> None:
    """Read and compile all templates, which takes a while."""
    for name in _TEMPLATES.list_templates():
        _TEMPLATES.get_template(name)


def render(template: str, **shown: object) -> str:
    """Return what a template makes of what it is given to show; all text is escaped."""
    return _TEMPLATES.get_template(template).render(shown)


def headers(style: str) -> Mapping[str, str]:
    """Return a page's headers: no caches, frames, search engines, or scripts.

    Browsers apply only the style sheet with this name.
    """
    css = render(style)
    return MappingProxyType(
        {
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'sha256-"
            + b64encode(sha256(css.encode()).digest()).decode()
            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )


HEADERS: Final = headers("page.css")
