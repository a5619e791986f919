"""Links in a step's text to what is opened beside Home Assistant's own pages."""

from html import escape


def link_tags(path: str) -> dict[str, str]:
    """Return the placeholders around the words of a link.

    The front end takes a link of its own host for a page of its own, unless it is to be opened in a tab of its own;
    which only markup can say, and that no translation may hold.
    """
    return {"open": f'<a href="{escape(path)}" target="_blank">', "close": "</a>"}
