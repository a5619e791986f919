"""The panel is in every user's sidebar while there is a building."""

import json
from pathlib import Path
import re

from homeassistant.components.frontend import DATA_EXTRA_MODULE_URL, DATA_PANELS
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Proof,
    Reason,
)
from custom_components.courier_access.access.policy import ClosedReason, Layer
from custom_components.courier_access.access.standing_orders import Fate
from custom_components.courier_access.api.commands import Found
from custom_components.courier_access.contract.replies import Problem
from custom_components.courier_access.couriers.addresses import Reach
from custom_components.courier_access.doors.openers import ContactState
from custom_components.courier_access.ledger.queue import View
from custom_components.courier_access.ledger.verification import RecordStatus
from custom_components.courier_access.residents.fleet_visits import Waits
from tests.support.house import across_the_street, build

PATH = "courier-access"
ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "custom_components" / "courier_access"
BUILT = PACKAGE / "frontend"
CARD = "courier-access-card"
SOURCE = ROOT / "frontend" / "src"
ANSWERS = ("yes", "ask", "no")
LOCK_STATES = [
    "locked",
    "unlocked",
    "unlocking",
    "locking",
    "jammed",
    "open",
    "opening",
]


async def panel_of(
    hass: HomeAssistant, hass_ws_client: WebSocketGenerator, token: str
) -> object:
    """Return the panel that a user's frontend gets, if any."""
    client = await hass_ws_client(hass, token)
    await client.send_json_auto_id({"type": "get_panels"})
    return (await client.receive_json())["result"].get(PATH)


async def test_resident_finds_the_panel_in_the_sidebar(
    hass: HomeAssistant,
    hass_ws_client: WebSocketGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_access_token: str,
) -> None:
    assert await async_setup_component(hass, "frontend", {})
    await build(hass)
    await hass.async_block_till_done(wait_background_tasks=True)

    panel = await panel_of(hass, hass_ws_client, hass_read_only_access_token)

    assert isinstance(panel, dict)
    assert (panel["title"], panel["require_admin"]) == ("Deliveries", False)
    address = panel["config"]["_panel_custom"]["module_url"]
    client = await hass_client_no_auth()
    answer = await client.get(address)
    assert answer.status == 200
    assert "max-age" in answer.headers["Cache-Control"]
    assert panel["config"]["_panel_custom"]["name"] in await answer.text()


async def test_panel_appears_with_the_frontend(hass: HomeAssistant) -> None:
    await build(hass)
    assert DATA_PANELS not in hass.data or PATH not in hass.data[DATA_PANELS]

    assert await async_setup_component(hass, "frontend", {})
    await hass.async_block_till_done(wait_background_tasks=True)

    assert PATH in hass.data[DATA_PANELS]


async def test_panel_and_card_are_there_while_there_is_a_building(
    hass: HomeAssistant, hass_client_no_auth: ClientSessionGenerator
) -> None:
    assert await async_setup_component(hass, "frontend", {})

    def are_there() -> bool:
        has_panel = PATH in hass.data.get(DATA_PANELS, {})
        assert bool(hass.data[DATA_EXTRA_MODULE_URL].urls) is has_panel
        return has_panel

    assert not are_there()
    first = await build(hass)
    second = await build(hass, *across_the_street(), title="14 Elm Street")
    await hass.async_block_till_done(wait_background_tasks=True)
    [address] = hass.data[DATA_EXTRA_MODULE_URL].urls
    client = await hass_client_no_auth()
    answer = await client.get(address)
    assert answer.status == 200
    assert "max-age" in answer.headers["Cache-Control"]
    assert CARD in await answer.text()

    await hass.config_entries.async_remove(first.entry.entry_id)
    assert are_there()
    await hass.config_entries.async_remove(second.entry.entry_id)
    assert not are_there()

    third = await build(hass)
    assert hass.data[DATA_EXTRA_MODULE_URL].urls == {address}
    disable = hass.config_entries.async_set_disabled_by
    for disabler in (ConfigEntryDisabler.USER, None):
        await disable(third.entry.entry_id, disabler)
        assert (PATH in hass.data[DATA_PANELS]) is (disabler is None)


def loaded_by(name: str) -> set[str]:
    """Return the names of the files that a built file loads."""
    return set(re.findall(r"[\"'`]\./([\w.-]+\.js)[\"'`]", (BUILT / name).read_text()))


def test_address_changes_with_its_content() -> None:
    entries, parts = {"panel.js", "card.js"}, set[str]()
    found = entries
    while found:
        found = {name for each in found for name in loaded_by(each)} - parts
        parts |= found

    assert {path.name for path in BUILT.iterdir()} == entries | parts
    assert not entries & parts
    assert all(re.fullmatch(r"[\w-]+-[0-9a-f]{8}\.js", part) for part in parts)


def test_card_loads_little() -> None:
    # The first card loads the rest: the file imports nothing statically.
    assert not re.search(
        r"^import\b|\bfrom *\"", (BUILT / "card.js").read_text(), re.MULTILINE
    )
    assert (BUILT / "card.js").stat().st_size < 16 * 1024


def said_in(source: str) -> set[str]:
    """Return the keys of the texts that the panel's source uses."""
    own = {
        f"panel_{key}"
        for key in re.findall(
            r"this\.say\(\s*\"(?!panel_|notification_)(\w+)\"", source
        )
    }
    shared = re.findall(r"words\??\.say\(\s*\"(\w+)\"", source)
    return (
        own
        | set(shared)
        | set(re.findall(r"\"((?:panel|card)_\w+|notification_all_day)\"", source))
    )


def groups_of_problems() -> set[str]:
    """Return the panel's groups of problems, which cover all problems."""
    source = (SOURCE / "owned.ts").read_text()
    groups = dict(re.findall(r"^  (\w+): \"(\w+)\",$", source, re.MULTILINE))
    # Home Assistant answers a wrong method itself.
    assert groups.keys() == {problem.value for problem in Problem} - {"method"}
    return set(groups.values())


def faults() -> set[str]:
    """Return what is red about doors, couriers, and residents."""
    source = (SOURCE / "required.ts").read_text()
    found = set(re.findall(r'(?:return|\?) "(\w+)"', source))
    assert {"left_open", "unreachable", "courier_cut_off"} <= found
    return found


def steps() -> list[str]:
    """Return the steps of the set-up that are explained."""
    [found] = re.findall(r"EXPLAINED.* = \[(.*)\]", (SOURCE / "setup.ts").read_text())
    return re.findall(r'"(\w+)"', found)


def unsaid_layers() -> set[str]:
    """Return the rules that have a text of their own in a check of access."""
    source = (SOURCE / "deciding.ts").read_text()
    [table] = re.findall(r"^const SAID.*?^};", source, re.MULTILINE | re.DOTALL)
    said = set(re.findall(r'^  (\w+): "(?:notification|page)_', table, re.MULTILINE))
    assert said <= set(Layer)
    return {layer.value for layer in Layer} - said


def test_panel_uses_exactly_its_texts() -> None:
    source = "".join(path.read_text() for path in sorted(SOURCE.glob("*.ts")))
    texts = json.loads((PACKAGE / "translations" / "en.json").read_text())["common"]
    filled_in = {
        *(f"panel_door_{state}" for state in (*LOCK_STATES, "unavailable")),
        *(f"panel_attitude_{attitude}" for attitude in Attitude),
        *(f"panel_proof_{proof}" for proof in Proof if proof is not Proof.RING),
        *(f"csv_{proof}" for proof in Proof),
        *(f"panel_view_{view}" for view in View),
        *("panel_only_while", "panel_never_while"),
        *(
            f"panel_consent_{consent}"
            for consent in (*Consent, "given_on_paper", "refused_on_paper")
        ),
        *(f"panel_reach_{reach}" for reach in Reach),
        *(f"panel_key_{kind}" for kind in ("secret", "public_key")),
        *(f"panel_found_{found}" for found in Found),
        *(f"panel_problem_{group}" for group in groups_of_problems()),
        *(f"panel_contact_{leaf}" for leaf in (*ContactState, "none")),
        *(f"panel_{fault}" for fault in faults()),
        *(f"panel_setup_{step}_says" for step in steps()),
        *(f"panel_check_{answer}" for answer in ANSWERS),
        *(f"panel_rule_{rule}" for rule in ("yes", "no", *unsaid_layers())),
        "panel_view_building",
        *(f"panel_pause_{what}_asks" for what in ("building", "home", "unit")),
        *(
            f"panel_week_{preset}"
            for preset in ("evenings", "daytime", "always", "none")
        ),
        *(
            f"panel_orders_{note}{part}"
            for note in ("only_planned", "strangers")
            for part in ("", "_says")
        ),
        *(f"panel_becomes_{fate}" for fate in Fate),
        *(f"panel_fleet_visits_{waits}" for waits in Waits),
        *(f"page_shut_{why}" for why in ClosedReason),
        *(f"page_consent_{consent}" for consent in Consent),
        *(
            f"notification_reason_{reason}"
            for reason in Reason
            if reason is not Reason.OK
        ),
        *(f"page_standing_{standing}" for standing in RecordStatus),
    }
    said = said_in(source) | filled_in

    assert said <= set(texts)
    assert {key for key in texts if key.startswith(("panel_", "card_"))} <= said


def test_no_text_quotes_its_placeholders() -> None:
    # In ICU messages, an apostrophe before a brace starts literal text.
    for path in (PACKAGE / "translations").glob("*.json"):
        texts = json.loads(path.read_text())["common"]
        assert [key for key, text in texts.items() if "'{" in text] == [], path.name
