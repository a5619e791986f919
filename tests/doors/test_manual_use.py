"""Manual use of a door."""

from homeassistant.core import Context
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
import pytest

from custom_components.courier_access.access.model import Outcome
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.doors.openers import OpenerUnavailable, Position
from tests.support.door_parts import Bolt, FrontDoor


@pytest.mark.parametrize("command", ["unlock", "unlatch"])
async def test_manual_use_passes_through_and_ends_deadline(
    door: FrontDoor, bolt: Bolt, command: str
) -> None:
    await door.enter()
    context = Context()
    await getattr(door.driver, f"{command}_manually")(context)
    assert bolt.commands[1] == (command.replace("unlatch", "open"), context)
    assert door.driver.changed_by is None
    assert door.done == ["e1"]
    assert door.steps() == ["completed"]
    await door.pass_time(600)
    assert "lock" not in bolt.names


async def test_manual_lock_ends_deadline(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    context = Context()
    await door.driver.lock_manually(context)
    assert bolt.commands[1] == ("lock", context)
    assert door.driver.changed_by is None
    assert door.done == ["e1"]
    assert door.steps() == ["relocked", "never_opened", "completed"]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_failed_manual_use_keeps_deadline(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    bolt.raises = HomeAssistantError("no power")
    for command in (door.driver.unlock_manually, door.driver.lock_manually):
        with pytest.raises(HomeAssistantError, match="no power"):
            await command(Context())
    bolt.raises = None
    await door.pass_time(5)
    assert bolt.names == ["unlock", "unlock", "lock", "lock"]
    assert door.steps()[0] == "relocked"


async def test_manual_use_alone_emits_no_events(door: FrontDoor, bolt: Bolt) -> None:
    await door.driver.unlock_manually(Context())
    door.set_contact("on")
    door.set_contact("off")
    await door.driver.lock_manually(Context())
    await door.pass_time(600)
    assert door.events == []
    assert door.done == []
    assert bolt.names == ["unlock", "lock"]


async def test_unavailable_door_refuses_manual_use(door: FrontDoor, bolt: Bolt) -> None:
    bolt.reachable(False)
    for command in (
        door.driver.lock_manually,
        door.driver.unlock_manually,
        door.driver.unlatch_manually,
    ):
        with pytest.raises(OpenerUnavailable) as error:
            await command(Context())
        assert error.value.translation_key == "opener_unavailable"


async def test_unlock_after_manual_use_may_be_a_couriers(
    door: FrontDoor, bolt: Bolt
) -> None:
    await door.driver.unlock_manually(Context())
    await door.driver.lock_manually(Context())
    bolt.obeys = False
    await door.enter_unconfirmed()
    bolt.move(locked=False)
    assert door.steps() == ["late_unlock"]
    assert door.driver.changed_by == "UPS"


async def test_unlock_at_opener_is_manual_use(door: FrontDoor, bolt: Bolt) -> None:
    await door.enter()
    updates: list[str | None] = []
    door.driver.listen(lambda _context: updates.append(door.driver.changed_by))
    await door.pass_time(5)
    assert set(updates) == {"UPS"}
    updates.clear()
    bolt.move(locked=False, context=Context())
    assert updates == [None]
    await door.pass_time(600)
    assert bolt.names == ["unlock", "lock"]


async def test_manual_button_press_shows_unlocked(button_door: FrontDoor) -> None:
    door, context = button_door, Context()
    contexts: list[Context] = []
    door.driver.listen(contexts.append)
    await door.driver.unlock_manually(context)
    assert door.shows(Position.UNLOCKED)
    assert door.driver.changed_by is None
    contexts.clear()
    await door.pass_time(5)
    assert door.shows(Position.LOCKED)
    # The end of the unlock time is whose use it was.
    assert contexts == [context]
    assert door.events == []


async def test_manual_lock_of_button_door_raises(button_door: FrontDoor) -> None:
    door = button_door
    with pytest.raises(ServiceValidationError) as error:
        await door.driver.lock_manually(Context())
    assert error.value.translation_domain == DOMAIN
    assert error.value.translation_key == "cannot_lock"


async def test_manual_use_confirms_no_command(door: FrontDoor, bolt: Bolt) -> None:
    bolt.obeys = False
    entering = door.start_entering()
    await door.settle()
    await door.driver.unlock_manually(Context())
    await door.pass_time(8)
    assert (await entering).outcome is Outcome.UNCONFIRMED
    await door.pass_time(60)
    assert door.steps() == ["never_opened", "completed"]
