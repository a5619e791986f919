"""HTML elements; all text is escaped."""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from html import escape
from types import MappingProxyType
from typing import Final, NewType

Html = NewType("Html", str)
"""Markup that is safe to send."""

NOTHING: Final = Html("")

STYLE: Final = (
    ":root{color-scheme:light dark;--ink:#1b1b1f;--soft:#55575e;--line:#d3d5da;--sheet:#fff;--back:#f3f4f6;"
    "--link:#0b57d0;--on:#fff;--good:#12692d;--bad:#b3261e}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8e8ec;--soft:#aeb1b9;--line:#43464d;--sheet:#1e2024;"
    "--back:#121316;--link:#9ec1ff;--on:#0b1b33;--good:#7fd598;--bad:#ffb0a8}}"
    "*{box-sizing:border-box}"
    "html{-webkit-text-size-adjust:100%}"
    "body{margin:0;background:var(--back);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;"
    "overflow-wrap:anywhere}"
    "main{max-width:40rem;margin:0 auto;padding:1rem}"
    "h1{font-size:1.4rem;line-height:1.25;margin:.5rem 0 0}"
    "h2{font-size:1.1rem;line-height:1.3;margin:0 0 .5rem}"
    "p{margin:.5rem 0}"
    "section,.said{background:var(--sheet);border:1px solid var(--line);border-radius:.75rem;padding:1rem;"
    "margin:1rem 0}"
    ".said{border:2px solid var(--link)}"
    ".now{font-size:1.1rem;font-weight:600}"
    ".open{color:var(--good)}.shut{color:var(--bad)}"
    ".soft{color:var(--soft);font-size:.9rem}"
    "ul{list-style:none;margin:.5rem 0;padding:0}"
    "li{border-top:1px solid var(--line);padding:.75rem 0}"
    "li:first-child{border-top:0}"
    "li p{margin:.15rem 0}"
    ".plain li{border:0;padding:.15rem 0}"
    "form{margin:.75rem 0}"
    "button,.button{display:block;width:100%;min-height:3rem;padding:.6rem 1rem;border:1px solid var(--link);"
    "border-radius:.6rem;background:var(--sheet);color:var(--link);font:inherit;font-weight:600;"
    "text-align:center;text-decoration:none;cursor:pointer}"
    "button.yes{background:var(--link);color:var(--on)}"
    "button.no{border-color:var(--bad);color:var(--bad)}"
    ".chips{display:grid;grid-template-columns:1fr 1fr;gap:.5rem}.chips bdi{white-space:nowrap}"
    "nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:.5rem 0}"
    "a{color:var(--link)}h3{font-size:1rem;margin:1rem 0 .25rem}"
    "label{display:flex;gap:.75rem;align-items:center;min-height:3rem}"
    "input[type=checkbox]{width:1.5rem;height:1.5rem;flex:none;margin:0;accent-color:var(--link)}"
    "textarea,input[type=text]{width:100%;min-height:3rem;padding:.6rem;border:1px solid var(--soft);border-radius:.6rem;background:var(--back);"
    "color:var(--ink);font:inherit}"
    "summary{padding:.75rem 0;color:var(--link);font-weight:600;cursor:pointer}"
    "select,input:not([type=checkbox]){width:100%;min-height:3rem;padding:.6rem;border:1px solid var(--line);"
    "border-radius:.6rem;background:var(--back);color:var(--ink);font:inherit}"
    "fieldset{border:1px solid var(--line);border-radius:.6rem;margin:.5rem 0}"
    "label.field{display:block;margin:.5rem 0}"
    ".code{font-size:1.5rem;letter-spacing:.1em}"
    ".qr{max-width:15rem;background:#fff;color:#000;border-radius:.6rem}"
    ":focus-visible{outline:3px solid var(--link);outline-offset:2px}"
)


def headers(style: str) -> Mapping[str, str]:
    """Return a page's headers: no caches, frames, search engines, or scripts."""
    return MappingProxyType(
        {
            "Cache-Control": "no-store",
            "Content-Security-Policy": "default-src 'none'; style-src 'sha256-"
            + b64encode(sha256(style.encode()).digest()).decode()
            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "X-Robots-Tag": "noindex, nofollow",
        }
    )


HEADERS: Final = headers(STYLE)


def text(content: str) -> Html:
    """Return escaped text, isolated from the direction of the text around it."""
    return Html(f"<bdi>{escape(content)}</bdi>")


def join(parts: Iterable[Html]) -> Html:
    """Concatenate parts."""
    return Html("".join(parts))


def element(
    tag: str,
    *content: Html,
    classes: str = "",
    attributes: Mapping[str, str] | None = None,
) -> Html:
    """Return an element."""
    given = {**({"class": classes} if classes else {}), **(attributes or {})}
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return Html(f"<{tag}{written}>{join(content)}</{tag}>")


def paragraph(*content: Html, classes: str = "") -> Html:
    """Return a paragraph."""
    return element("p", *content, classes=classes)


def section(heading: Html, *content: Html) -> Html:
    """Return a section with a heading."""
    return element("section", element("h2", heading), *content)


def items(content: Iterable[Html], classes: str = "") -> Html:
    """Return a list."""
    return element("ul", *(element("li", item) for item in content), classes=classes)


def button(
    label: Html,
    fields: Mapping[str, str],
    *more: Html,
    classes: str = "",
    described_by: str = "",
) -> Html:
    """Return a button that posts its fields, and those in `more`, to the page."""
    hidden = (
        Html(f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">')
        for name, value in fields.items()
    )
    attributes = {"type": "submit"} | (
        {"aria-describedby": described_by} if described_by else {}
    )
    return element(
        "form",
        *hidden,
        *more,
        element("button", label, classes=classes, attributes=attributes),
        attributes={"method": "post", "action": "?"},
    )


def choice(
    fields: Mapping[str, str], name: str, options: Mapping[str, Html], chosen: str = ""
) -> Html:
    """Return buttons that each post the fields and their own value under this name."""
    hidden = (
        Html(f'<input type="hidden" name="{escape(field)}" value="{escape(value)}">')
        for field, value in fields.items()
    )
    buttons = (
        element(
            "button",
            label,
            classes="yes" if value == chosen else "",
            attributes={"type": "submit", "name": name, "value": value},
        )
        for value, label in options.items()
    )
    return element(
        "form",
        *hidden,
        element("div", *buttons, classes="chips"),
        attributes={"method": "post", "action": "?"},
    )


def field(
    label: Html,
    name: str,
    kind: str,
    value: str,
    attributes: Mapping[str, str] | None = None,
    described_by: str = "",
) -> Html:
    """Return an input with its label."""
    given = {"type": kind, "name": name, "value": value, **(attributes or {})}
    if described_by:
        given |= {"aria-describedby": described_by, "aria-invalid": "true"}
    written = "".join(f' {key}="{escape(each)}"' for key, each in given.items())
    return element("label", label, Html(f"<input{written}>"), classes="field")


def select(label: Html, name: str, options: Mapping[str, str], chosen: str) -> Html:
    """Return a choice with its label; `options` are texts by value."""
    listed = (
        element(
            "option",
            Html(escape(said)),
            attributes={"value": value} | ({"selected": ""} if value == chosen else {}),
        )
        for value, said in options.items()
    )
    drawn = element("select", *listed, attributes={"name": name})
    return element("label", label, drawn, classes="field")


def document(language: str, title: str, *content: Html, style: str = STYLE) -> str:
    """Return a page."""
    return (
        f'<!doctype html><html lang="{escape(language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(title)}</title><style>{style}</style></head>"
        f"<body><main>{join(content)}</main></body></html>"
    )
