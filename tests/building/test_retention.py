"""Test that what is old leaves memory and the media folder."""

from datetime import timedelta
import os
from pathlib import Path
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.core import HomeAssistant
from homeassistant.util import dt as dt_util
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.model import GrantKey
from custom_components.courier_access.ledger.state.residents import Author
from tests.support.clocks import Clocks
from tests.support.house import Sender, build

NAMES = ("past", "revoked", "vetoed", "refused", "expected")


async def test_grants_that_are_over_leave_memory_once_a_day(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    grants = house.building.grants
    sender = Sender(await hass_client_no_auth())
    then = dt_util.utcnow() + timedelta(days=20)
    window: dict[str, Any] = {
        "starts_at": then.isoformat(),
        "ends_at": (then + timedelta(hours=2)).isoformat(),
    }

    def key(name: str) -> GrantKey:
        return GrantKey("courier-parcel-post", name)

    def held() -> list[str]:
        return [name for name in NAMES if grants.live(key(name)) is not None]

    await sender.grant("past")
    for name in NAMES[1:]:
        await sender.grant(name, **window)
    await sender.revoke("revoked")
    await grants.veto(key("vetoed"), "3b", Author())
    await sender.grant("refused", ("nobody",), revision=2, **window)
    await house.settle()
    # An entry in progress still sees what has become of its grant.
    await clocks.pass_time(timedelta(hours=1))
    assert held() == list(NAMES)

    await clocks.pass_time(timedelta(hours=25))
    assert held() == ["expected"]
    assert await grants.find(key("past")) is not None
    assert (await sender.enter("revoked")).body["reason"] == "revoked"
    vetoed = await sender.grant("vetoed", revision=2, **window)
    assert vetoed.body["reason"] == "vetoed"
    accepted = await sender.grant("refused", revision=3, **window)
    assert accepted.body["decision"] == "accepted"
    assert held() == ["refused", "expected"]
    await house.settle()


async def test_pictures_of_visits_are_deleted_after_the_retention_time(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    media = {name: tmp_path / name for name in ("local", "empty", "away")}
    hass.config.media_dirs = {name: str(path) for name, path in media.items()}
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)
    now = dt_util.utcnow()

    def save(*path: str, days: int) -> Path:
        file = media["local"].joinpath(*path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"a picture")
        saved_at = (now - timedelta(days=days)).timestamp()
        os.utime(file, (saved_at, saved_at))
        return file

    old = save("courier_access", "old.jpg", days=30)
    kept = [
        save("courier_access", "new.jpg", days=28),
        save("courier_access", "folder", "other.jpg", days=70),
        save("holidays.jpg", days=70),
    ]
    link = media["local"] / "courier_access" / "link.jpg"
    link.symlink_to(kept[-1])
    (media["empty"] / "courier_access").mkdir(parents=True)

    await clocks.pass_time(timedelta(hours=1))
    assert old.exists()  # The clock isn't known to be steady yet.
    await clocks.pass_time(timedelta(hours=25))
    await house.settle()

    assert not old.exists()
    assert all(file.exists() for file in kept)
    assert link.is_symlink()


async def test_picture_that_cannot_be_deleted_keeps_nothing_else(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    hass.config.media_dirs = {
        "broken": str(tmp_path / "broken"),
        "local": str(tmp_path),
    }
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "courier_access").write_text("not a folder")
    picture = tmp_path / "courier_access" / "old.jpg"
    picture.parent.mkdir()
    picture.write_bytes(b"a picture")
    os.utime(picture, (0, 0))
    clocks = Clocks.take_over(hass, freezer, monkeypatch)
    house = await build(hass)

    await clocks.pass_time(timedelta(hours=25))
    await house.settle()

    assert not picture.exists()
    assert "Old pictures can't be deleted" in caplog.text
