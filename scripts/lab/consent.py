"""Reads the text of a resident's consent before a yes, as the panel does."""

from collections.abc import Mapping

from .answers import record, text
from .building import DOMAIN
from .client import Channel

LANGUAGE = "en"


async def with_text(
    channel: Channel, building: str, resident: str, rules: Mapping[str, object]
) -> dict[str, object]:
    """Return rules to set with the text that they say yes to, read by the resident whose connection it is."""
    if rules.get("consent") is not True:
        return dict(rules)
    shown = record(
        await channel.command(
            f"{DOMAIN}/consent/text",
            building=building,
            resident=resident,
            language=LANGUAGE,
        )
    )
    read = {name: text(shown, name) for name in ("hash", "language")}
    return {**rules, "text": read}


async def set_rules(
    channel: Channel, building: str, resident: str, **rules: object
) -> object:
    """Set a resident's rules in the panel."""
    return await channel.command(
        f"{DOMAIN}/rules/set",
        building=building,
        resident=resident,
        **await with_text(channel, building, resident, rules),
    )
