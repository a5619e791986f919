"""A door's contact sensor."""

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er

from custom_components.courier_access.doors.openers import Contact, ContactState

type Moves = list[tuple[ContactState, ContactState]]


def moves_of(contact: Contact) -> Moves:
    moves: Moves = []
    contact.listen(lambda was, state: moves.append((was, state)))
    return moves


async def test_only_state_changes_are_reported(hass: HomeAssistant) -> None:
    contact = Contact(hass, "binary_sensor.contact")
    moves = moves_of(contact)
    assert contact.state is ContactState.UNKNOWN
    for state, battery in (
        ("off", 90),
        ("off", 89),
        ("off", 89),
        ("on", 89),
        ("unknown", 89),
    ):
        hass.states.async_set("binary_sensor.contact", state, {"battery": battery})
    hass.states.async_set("binary_sensor.contact", "unavailable")
    assert moves == [
        (ContactState.UNKNOWN, ContactState.CLOSED),
        (ContactState.CLOSED, ContactState.OPEN),
        (ContactState.OPEN, ContactState.UNKNOWN),
    ]
    assert contact.state is ContactState.UNKNOWN


async def test_renamed_sensor_is_followed(hass: HomeAssistant) -> None:
    registry = er.async_get(hass)
    entry = registry.async_get_or_create("binary_sensor", "test", "contact")
    hass.states.async_set(entry.entity_id, "off")
    contact = Contact(hass, entry.id)
    moves = moves_of(contact)
    assert moves == []
    hass.states.async_remove(entry.entity_id)
    registry.async_update_entity(entry.entity_id, new_entity_id="binary_sensor.hall")
    hass.states.async_set("binary_sensor.hall", "on")
    assert contact.state is ContactState.OPEN
    assert moves[-1][1] is ContactState.OPEN


async def test_door_without_sensor_reports_no_changes(hass: HomeAssistant) -> None:
    contact = Contact(hass, None)
    stop = contact.listen(lambda was, state: None)
    assert contact.state is ContactState.UNKNOWN
    stop()
