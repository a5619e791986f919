"""Run the newest published test harness on a newer Home Assistant than it was made for: `pytest -p tests.next_release`.

pytest loads this before the harness. Remove it once a published harness carries that release.
"""

# Home Assistant aliases httpx when it is imported first; the harness would import httpx itself.
from homeassistant.components import logger
from homeassistant.components.logger import helpers

# The harness imports this from where Home Assistant 2026.10 has it.
vars(logger).setdefault("_clear_logger_overwrites", helpers._clear_logger_overwrites)
