"""Test that residents read their unit as enrolled, and couriers as they wrote it."""

from homeassistant.core import HomeAssistant

from tests.support.enqueued import move_in
from tests.support.house import Sender, build, courier, door, entries_of, resident


async def test_unit_is_shown_as_enrolled_whatever_the_courier_wrote(
    hass: HomeAssistant, sender: Sender
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "Unit 3B"))
    written = " UNIT\u00a03\uff42 "

    accepted = await sender.grant(units=(written, "9z"))
    assert accepted.body["units"] == [written]
    await sender.enter()
    await house.settle()
    house.listen("Zoe")
    await move_in(house, resident("Zoe", "9Z"))
    assert (await sender.enter()).body["reason"] == "entries_exhausted"
    await house.settle()

    [refused, admitted] = await entries_of(house.building, 10)
    assert admitted.personal["unit_labels"] == '{"unit 3b":"Unit 3B"}'
    assert refused.personal["unit_labels"] == '{"unit 3b":"Unit 3B","9z":"9Z"}'
    [(_, announced)] = house.announced
    texts = [text for _, text in house.told if "Unit" in text]
    assert all("Unit Unit 3B." in text for text in (announced, texts[0]))
    assert [name for name, text in house.told if "Unit 9Z." in text] == ["Zoe"]
    assert not any(
        spelling in text for text in (announced, *texts) for spelling in (written, "9z")
    )
