"""Home Assistant's repairs for tests, over HTTP, as the front end reads and fixes them."""

from http import HTTPStatus
from typing import Any

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir

from custom_components.courier_access.const import DOMAIN

FIX = "/api/repairs/issues/fix"
PART = "/api/config/config_entries/subentries/flow"


def shown(hass: HomeAssistant, kind: str) -> ir.IssueEntry | None:
    """Return the issue of that kind that is shown, if there is one."""
    issues = ir.async_get(hass).issues.values()
    return next(
        (i for i in issues if i.domain == DOMAIN and i.translation_key == kind), None
    )


async def _shown(response: ClientResponse) -> dict[str, Any]:
    assert response.status == HTTPStatus.OK, await response.text()
    screen: dict[str, Any] = await response.json()
    return screen


async def begin(client: TestClient[Any, Any], issue_id: str) -> dict[str, Any]:
    """Press *Fix* and return the form that is shown."""
    response = await client.post(FIX, json={"handler": DOMAIN, "issue_id": issue_id})
    return await _shown(response)


async def again(client: TestClient[Any, Any], form: dict[str, Any]) -> dict[str, Any]:
    """Return the form as it is shown to somebody who reloads the page."""
    response = await client.get(f"{FIX}/{form['flow_id']}")
    return await _shown(response)


async def answer(
    client: TestClient[Any, Any], form: dict[str, Any], **data: object
) -> dict[str, Any]:
    """Send what was entered, or what was picked from a menu as `next_step_id`; return what comes of it."""
    response = await client.post(f"{FIX}/{form['flow_id']}", json=data)
    return await _shown(response)


async def confirm(client: TestClient[Any, Any], form: dict[str, Any]) -> dict[str, Any]:
    """Confirm the form and return what comes of it."""
    return await answer(client, form)


async def hand_over(
    client: TestClient[Any, Any], form: dict[str, Any]
) -> dict[str, Any]:
    """Confirm the form and return what the part's own flow shows, as the front end opens it."""
    done = await confirm(client, form)
    assert (done["type"], done["reason"]) == ("abort", "handed_over")
    kind, flow_id = done["next_flow"]
    assert kind == "config_subentries_flow"
    assert done["result"]["domain"] == DOMAIN
    response = await client.get(f"{PART}/{flow_id}")
    return await _shown(response)


async def go_on(
    client: TestClient[Any, Any], form: dict[str, Any], **data: object
) -> dict[str, Any]:
    """Send what was entered or picked in the part's own flow; return what comes of it."""
    response = await client.post(f"{PART}/{form['flow_id']}", json=data)
    return await _shown(response)
