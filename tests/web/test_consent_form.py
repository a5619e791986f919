"""Test the printable form for residents who decide on paper."""

from html import unescape
import re

from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from tests.flows.front_end import FrontEnd
from tests.support.house import build, courier, door, resident
from tests.support.pages import Reader


async def test_form_has_the_text_both_answers_and_a_slip(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
) -> None:
    house = await build(hass, door(), courier(), resident("Ada", "3B"))
    client, stranger = await hass_client(), await hass_client_no_auth()
    flow = FrontEnd(hass, None, "")
    await flow.configure(house.entry)
    screen = await flow.submit(await flow.choose("consent_form"), language="de")
    assert (screen.type, screen.reason) == (FlowResultType.ABORT, "consent_form_ready")
    shown = screen.shown["description_placeholders"]["open"]
    opened = re.fullmatch(r'<a href="([^"]+)" target="_blank">', shown)
    assert opened is not None

    response = await client.get(unescape(opened[1]))
    form = Reader()
    form.feed(await response.text())
    assert (response.status, form.lang) == (200, "de")
    for said in (
        "Mit deinem Ja dürfen Zustelldienste",
        "Verantwortlich für deine Daten",
        "Ja. Ich habe diesen Text gelesen.",
        "Nein. Zustelldienste sollen",
        "Montag",
        "Ich nehme mein Ja zurück",
    ):
        assert said in form.text
    assert form.text.count("Unterschrift") == 2

    # Only administrators open it, and only in a language that there is.
    path = f"/api/courier_access/consent_form/{house.entry.entry_id}"
    assert (await stranger.get(f"{path}/de")).status == 401
    assert (await client.get(f"{path}/tlh")).status == 404
    assert (await client.get("/api/courier_access/consent_form/none/de")).status == 404
