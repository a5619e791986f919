"""A door's contact sensor."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.courier_access.doors.contact import Contact, Leaf

type Moves = list[tuple[Leaf, Leaf]]


def moves_of(contact: Contact) -> Moves:
    moves: Moves = []
    contact.listen(lambda was, leaf: moves.append((was, leaf)))
    return moves


async def test_only_a_change_is_a_move(hass: HomeAssistant) -> None:
    contact = Contact(hass, "binary_sensor.leaf")
    moves = moves_of(contact)
    assert contact.leaf is Leaf.UNKNOWN
    for state, battery in (
        ("off", 90),
        ("off", 89),
        ("off", 89),
        ("on", 89),
        ("unknown", 89),
    ):
        hass.states.async_set("binary_sensor.leaf", state, {"battery": battery})
    hass.states.async_set("binary_sensor.leaf", "unavailable")
    assert moves == [
        (Leaf.UNKNOWN, Leaf.SHUT),
        (Leaf.SHUT, Leaf.STANDING_OPEN),
        (Leaf.STANDING_OPEN, Leaf.UNKNOWN),
    ]
    assert contact.leaf is Leaf.UNKNOWN


async def test_a_renamed_sensor_is_followed(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "test", "leaf")
    hass.states.async_set(entry.entity_id, "off")
    contact = Contact(hass, entry.id)
    moves = moves_of(contact)
    assert moves == []
    hass.states.async_remove(entry.entity_id)
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.hall")
    hass.states.async_set("binary_sensor.hall", "on")
    assert contact.leaf is Leaf.STANDING_OPEN
    assert moves[-1][1] is Leaf.STANDING_OPEN


async def test_a_door_without_a_sensor_never_moves(hass: HomeAssistant) -> None:
    contact = Contact(hass, None)
    stop = contact.listen(lambda was, leaf: None)
    assert contact.leaf is Leaf.UNKNOWN
    stop()
