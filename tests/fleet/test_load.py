"""A small run of `scripts/fleet --load`."""

from scripts.lab.fleet.load import load


async def test_load_loses_doubles_and_forges_nothing() -> None:
    figures = await load(30, 50, at_once=16, seed=27, durable=False)

    assert figures.is_ok, figures
    assert figures.stored == 30 * 50
    assert {*figures.sent} == {
        "another building's token",
        "asked",
        "beyond the head",
        "hash guessed",
        "reordered",
        "repeated",
        "reply lost",
        "reported",
        "revoked token",
    }
    assert "lost 0, double 0, forged 0" in f"{figures}"
