"""Test that residents read their unit as enrolled, and couriers as they wrote it."""

from homeassistant.core import HomeAssistant

from tests.support.house import (
    NEVER,
    Sender,
    build,
    courier,
    door,
    entries_of,
    resident,
)


async def test_unit_is_shown_as_enrolled_whatever_the_courier_wrote(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "Unit 3B"),
        resident("Zoe", "9Z", NEVER),
    )
    written = " UNIT\u00a03\uff42 "

    accepted = await sender.grant(units=(written, "9z"))
    assert accepted.body["units"] == [written]
    await sender.enter()
    await house.settle()
    assert (await sender.enter()).body["reason"] == "entries_exhausted"
    await house.settle()

    [refused, admitted] = await entries_of(house.building, 10)
    assert admitted.personal["unit_labels"] == '{"unit 3b":"Unit 3B"}'
    assert refused.personal["unit_labels"] == '{"unit 3b":"Unit 3B","9z":"9Z"}'
    read = [*house.announced, *house.told]
    named = {(who, text) for who, text in read if "Unit" in text}
    assert {who for who, _ in named} == {"Ada", "Zoe"}
    spelled = {"Ada": "Unit Unit 3B.", "Zoe": "Unit 9Z."}
    assert all(spelled[who] in text for who, text in named)
    assert not any(spelling in text for _, text in read for spelling in (written, "9z"))
