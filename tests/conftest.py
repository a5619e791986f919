"""What every test of the integration shares."""

from collections.abc import AsyncGenerator
import logging
from pathlib import Path

from hypothesis import settings
import pytest

from tests.asked_phones import PushService

# The same examples each time, however long a busy machine takes for one. Loaded before the command line is looked at:
# `--hypothesis-profile=default` explores.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


@pytest.fixture(autouse=True)
def custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant load custom_components in the tests that run one.

    The recorder must be mocked before anything else touches `hass`; pure tests run none at all. Where time is moved, it
    stands still from before a building starts: the building takes it for a clock that was set otherwise.
    """
    if "hass" not in request.fixturenames:
        return
    if "recorder_mock" in request.fixturenames:
        request.getfixturevalue("recorder_mock")
    request.getfixturevalue("enable_custom_integrations")
    if "freezer" in request.fixturenames:
        request.getfixturevalue("freezer")


@pytest.fixture
def hass_config_dir(tmp_path: Path) -> str:
    """Keep each test's ledgers to itself; the harness would put them into its own package."""
    return str(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def quiet_database() -> None:
    """Keep every statement out of the captured log, where the harness would put it."""
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)


@pytest.fixture
async def service() -> AsyncGenerator[PushService]:
    """Run the push service of the phones on which residents are asked."""
    async with PushService.running() as running:
        yield running
