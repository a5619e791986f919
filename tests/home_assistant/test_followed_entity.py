"""Following an entity through renames and removals."""

from homeassistant.core import Context, HomeAssistant, State
from homeassistant.helpers import entity_registry as er
import pytest

from custom_components.courier_access.home_assistant import callbacks as followed
from custom_components.courier_access.home_assistant.callbacks import (
    FollowedEntity,
    entity_id_of,
)


async def test_only_own_registry_changes_are_handled(
    hass: HomeAssistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str | None] = []
    reports: list[str | None] = []

    def look(hass: HomeAssistant, reference: str | None) -> str | None:
        looked.append(reference)
        return entity_id_of(hass, reference)

    def report(state: State | None, _context: Context) -> None:
        reports.append(None if state is None else state.entity_id)

    monkeypatch.setattr(followed, "entity_id_of", look)
    registry = er.async_get(hass)
    bolt = registry.async_get_or_create(
        "lock", "test", "bolt", suggested_object_id="bolt"
    )
    lamp = registry.async_get_or_create("light", "test", "lamp")
    hass.states.async_set("lock.bolt", "locked")
    stop = FollowedEntity(hass, bolt.id).listen(report)
    looked.clear()

    registry.async_update_entity(
        lamp.entity_id, name="Lamp", new_entity_id="light.hall"
    )
    registry.async_get_or_create("light", "test", "another")
    registry.async_remove("light.hall")
    await hass.async_block_till_done()
    assert looked == []

    registry.async_update_entity("lock.bolt", new_entity_id="lock.front")
    hass.states.async_set("lock.front", "locked")
    hass.states.async_set("lock.bolt", "unlocked")
    await hass.async_block_till_done()
    assert reports == [None, "lock.front"]
    registry.async_remove("lock.front")
    await hass.async_block_till_done()
    assert reports[-1:] == [None]

    looked.clear()
    registry.async_update_entity(
        registry.async_get_or_create("light", "test", "another").entity_id, name="Hall"
    )
    await hass.async_block_till_done()
    assert looked == []
    back = registry.async_get_or_create(
        "lock", "test", "bolt", suggested_object_id="back"
    )
    assert back.id == bolt.id
    hass.states.async_set(back.entity_id, "locked")
    await hass.async_block_till_done()
    assert reports[-1] == back.entity_id

    stop()
    reports.clear()
    hass.states.async_set(back.entity_id, "unlocked")
    registry.async_remove(back.entity_id)
    await hass.async_block_till_done()
    assert reports == []
