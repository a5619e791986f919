"""Test the repair issue of couriers whose names read the same."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.courier_access.const import DOMAIN
from tests.support.administrator import rename
from tests.support.house import Sender, build, courier, door, resident


def shown(hass: HomeAssistant) -> list[dict[str, str] | None]:
    return [
        issue.translation_placeholders
        for issue in ir.async_get(hass).issues.values()
        if (issue.domain, issue.translation_key) == (DOMAIN, "courier_names_alike")
    ]


async def test_couriers_with_names_that_read_the_same_work_and_have_an_issue(
    hass: HomeAssistant, sender: Sender
) -> None:
    other = courier("Night Owl")
    house = await build(hass, door(), courier(), other, resident())
    assert shown(hass) == []

    await rename(house, "courier-night-owl", "PARCEL-Post")

    names = {"courier": "PARCEL-Post", "other": "Parcel Post"}
    assert shown(hass) == [{"building": "12 Elm Street", **names}]
    for webhook_id in ("webhook-of-parcel-post", "webhook-of-night-owl"):
        each = Sender(sender.client, webhook_id)
        assert (await each.grant()).body["decision"] == "accepted"

    await rename(house, "courier-night-owl", "Night Owl")
    assert shown(hass) == []


async def test_each_courier_with_the_name_of_an_earlier_one_has_an_issue(
    hass: HomeAssistant,
) -> None:
    couriers = (courier(), courier("Night Owl"), courier("Day Owl"), courier("Swift"))
    house = await build(hass, door(), *couriers, resident())
    for part, name in (("night", "PARCEL-Post"), ("day", "Parcel post")):
        await rename(house, f"courier-{part}-owl", name)

    other = {"building": "12 Elm Street", "other": "Parcel Post"}
    assert shown(hass) == [
        other | {"courier": "PARCEL-Post"},
        other | {"courier": "Parcel post"},
    ]
