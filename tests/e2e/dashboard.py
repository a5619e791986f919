"""A dashboard with our cards, as the front end keeps it."""

from scripts.lab.answers import Record, record, records

from .running import Running

CARD = "courier-access-card"
BOARD = "our-house"


async def make_board(running: Running) -> None:
    """Have a dashboard that everybody sees, with one card."""
    async with running.site.owner.channel() as channel:
        made = records(await channel.command("lovelace/dashboards/list"))
        if all(each["url_path"] != BOARD for each in made):
            await channel.command(
                "lovelace/dashboards/create",
                url_path=BOARD,
                title="Our house",
                mode="storage",
            )
    await keep(running, [{"type": f"custom:{CARD}"}])


async def keep(running: Running, cards: list[Record]) -> None:
    """Have these cards on the dashboard."""
    async with running.site.owner.channel() as channel:
        await channel.command(
            "lovelace/config/save",
            url_path=BOARD,
            config={"views": [{"title": "Home", "cards": cards}]},
        )


async def kept(running: Running) -> list[Record]:
    """Return the cards that are on the dashboard."""
    async with running.site.owner.channel() as channel:
        config = record(
            await channel.command("lovelace/config", url_path=BOARD, force=True)
        )
    [view] = records(config["views"])
    return records(view["cards"])
