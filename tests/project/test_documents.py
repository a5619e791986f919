"""The documents are true: what they link to, name, show, and say to type is there, and their YAML works."""

import ast
from collections.abc import Iterator
from io import BytesIO
import json
import os
from pathlib import Path
import re
import tokenize
from typing import Any

from homeassistant.components import websocket_api
from homeassistant.core import HomeAssistant, SupportsResponse
from PIL import Image
import yaml

from custom_components.courier_access.access.model import Rules
from custom_components.courier_access.api.schemas import (
    RULES_FIELDS,
    read_rules,
    rules_view,
)
from custom_components.courier_access.const import (
    DEFAULT_LOG_MONTHS,
    DEFAULT_RETENTION_DAYS,
    DOMAIN,
    MAX_LOG_MONTHS,
    MAX_RETENTION_DAYS,
    MIN_LOG_MONTHS,
    MIN_RETENTION_DAYS,
)
from custom_components.courier_access.ledger import structure
from custom_components.courier_access.ledger.chain import BOUND
from custom_components.courier_access.notifications.actions import EVENT_ACTION
from custom_components.courier_access.notifications.dispatcher import EVENT_RECEIVED
from custom_components.courier_access.services import async_setup_services
from custom_components.courier_access.web.websocket import async_setup_websocket_api
from scripts.lab.bench.performance import PLOT
from scripts.lab.pictures import (
    DEMO,
    FOLDER,
    PREVIEW,
    PREVIEW_SIZE,
    SCREENS,
    shrunk,
)
from tests.support.documents import (
    ACTIONS,
    ARCHITECTURE,
    DASHBOARDS,
    DOCUMENTS,
    DOOR_FAULTS,
    DRIVERS,
    HOW_TO,
    MECHANISMS,
    PACKAGE,
    README,
    REFERENCE,
    ROOT,
    SECURITY,
    WEBSOCKET,
    anchors,
    blocks,
    described,
    rows,
    section,
    text,
)
from tests.support.house import build, courier, door, resident

MOST_BYTES_AN_IMAGE = 200_000
KEYPADS = ("zha_event", "zwave_js_notification")
"""Events of other integrations with the codes that are typed at keypads."""
MOST_BYTES_OF_THE_DEMO = 3_000_000
SHARP = 1.5
"""Pixels that an image has at least for each one that it is shown with."""
PLATFORMS = ("binary_sensor", "calendar", "event", "lock", "sensor", "switch")
# A door's lock is named by its device, and a building's title comes before the name of its switch.
FOLLOWED = {"lock.nuki_front_door", "binary_sensor.front_door_contact"}
"""What documents show of other integrations: an opener, and a contact sensor."""

NAMES = {
    "lock.front_door",
    "event.front_door_courier",
    "binary_sensor.front_door_delivery_expected",
    "binary_sensor.12_linden_court_problem",
    "calendar.12_linden_court_delivery_calendar",
    "switch.12_linden_court_courier_access",
    "switch.ada_deliveries",
    "binary_sensor.ada_accepting_deliveries",
}

type Target = tuple[Path, str]


def targets() -> Iterator[Target]:
    """Return what the documents link to and show, but for addresses on the web."""
    for document in DOCUMENTS:
        prose = re.sub(r"```.*?```", "", text(document), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"", prose):
            link = "".join(target)
            if not link.startswith("https://"):
                yield document, link


def sources() -> Iterator[Path]:
    """Yield our code: Python, TypeScript, and shell scripts."""
    yield ROOT / "conftest.py"
    for folder in (PACKAGE, ROOT / "tests", ROOT / "scripts"):
        yield from folder.rglob("*.py")
    for folder in (ROOT / "frontend" / "src", ROOT / "frontend" / "test"):
        yield from folder.rglob("*.ts")
    yield from (path for path in (ROOT / "scripts").iterdir() if path.is_file())


def remarks(source: Path) -> list[str]:
    """Return the comments and docstrings of a file."""
    if source.suffix == ".ts":
        return re.findall(r"/\*.*?\*/|//[^\n]*", text(source), re.DOTALL)
    if source.suffix != ".py":
        return re.findall(r"(?m)^\s*#.*$", text(source))
    with source.open("rb") as file:
        comments = [
            token.string
            for token in tokenize.tokenize(file.readline)
            if token.type == tokenize.COMMENT
        ]
    docstrings = [
        node.value.value
        for node in ast.walk(ast.parse(text(source)))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    ]
    return comments + docstrings


def shown_entities() -> set[str]:
    pattern = rf"\b(?:{'|'.join(PLATFORMS)})\.[a-z0-9_]+"
    others = {
        "switch.turn_off",
        "event.received",
        "event.front_door_ding",
        "lock.unlock",
        "sensor.parcel",
        "binary_sensor.alarm_armed",
    }
    shown = "".join(
        text(document)
        for document in DOCUMENTS
        if document == README
        or document.is_relative_to(HOW_TO)
        or document.is_relative_to(REFERENCE)
    )
    return set(re.findall(pattern, shown)) - others


def test_what_is_linked_to_or_shown_is_there() -> None:
    def is_there(document: Path, link: str) -> bool:
        path, _, anchor = link.partition("#")
        target = (document.parent / path).resolve() if path else document
        return (
            target.exists()
            and target.is_relative_to(ROOT)
            and (not anchor or anchor in anchors(target))
        )

    missing = [
        (document.name, link)
        for document, link in targets()
        if not is_there(document, link)
    ]

    assert not missing, f"{missing}"


def test_documents_cited_in_code_exist() -> None:
    citation = re.compile(r"\b((?:docs/[\w./-]+|README)\.md)(?:#([\w-]+))?")
    cited = {
        match.groups()
        for source in sources()
        for match in citation.finditer(text(source))
    }
    assert ("docs/how-to/residents.md", "pending-residents") in cited

    missing = {
        (path, anchor)
        for path, anchor in cited
        if not (ROOT / path).is_file()
        or (anchor and anchor not in anchors(ROOT / path))
    }

    assert not missing, f"{missing}"


def test_code_cites_no_unpublished_document() -> None:
    # Folders are written with a slash: `contract/`.
    unpublished = re.compile(r"(?<!by )\b(?:design|contract)\b(?!/)", re.IGNORECASE)

    citing = {
        f"{source.relative_to(ROOT)}: {remark}"
        for source in sources()
        if source != Path(__file__) and unpublished.search(text(source))
        for remark in remarks(source)
        if unpublished.search(remark)
    }

    assert not citing, f"{citing}"


def width_of(image: Path, content: bytes) -> int:
    """Return how wide a PNG or a GIF is, or an SVG that a measurement drew."""
    if image.suffix == ".svg":
        drawn = re.match(rb'<svg [^>]*viewBox="0 0 (\d+) \d+"', content)
        assert drawn, image
        return int(drawn[1])
    with Image.open(BytesIO(content)) as opened:
        assert f".{opened.format}".lower() == image.suffix, image
        return opened.width


def test_every_image_is_shown_and_small() -> None:
    shown = {(document.parent / link).resolve() for document, link in targets()}
    images = sorted(FOLDER.iterdir())
    assert images
    for image in images:
        content = image.read_bytes()
        most = MOST_BYTES_OF_THE_DEMO if image.name == DEMO else MOST_BYTES_AN_IMAGE
        assert len(content) < most, image
        assert width_of(image, content) <= 1600, image
        assert image in shown or image.name == PREVIEW, image


def test_every_image_is_one_that_a_command_draws() -> None:
    taken = {f"{name}.png" for name in SCREENS}
    there = {image.name for image in FOLDER.iterdir()}
    assert there == taken | {DEMO, PREVIEW, PLOT.name}
    for name, screen in SCREENS.items():
        with Image.open(FOLDER / f"{name}.png") as opened:
            assert opened.size == screen.scaled(), name
    with Image.open(FOLDER / DEMO) as opened:
        assert 5 <= getattr(opened, "n_frames", 1) <= 8
    with Image.open(FOLDER / PREVIEW) as opened:
        assert opened.size == (PREVIEW_SIZE.width, PREVIEW_SIZE.height)


def test_every_picture_is_sharp_where_it_is_shown() -> None:
    found = [
        (FOLDER / name, int(width))
        for document in DOCUMENTS
        for name, width in re.findall(
            r'<img src="[^"]*images/([\w.-]+)" width="(\d+)"', text(document)
        )
    ]
    assert {image.name for image, _ in found} >= {DEMO, "card.png"}
    for image, width in found:
        assert width_of(image, image.read_bytes()) >= width * SHARP, image


def test_a_shrunk_picture_looks_the_same() -> None:
    """Few colors are kept as they are; more than a palette has aren't mixed up."""
    few, many = Image.new("RGB", (64, 64), "#d96b1d"), Image.new("RGB", (64, 64))
    many.putdata([(x * 4, y * 4, (x ^ y) * 4) for x in range(64) for y in range(64)])
    for picture in (few, many):
        written = BytesIO()
        picture.save(written, "PNG", compress_level=0)
        small = shrunk(written.getvalue())
        assert len(small) < len(written.getvalue())
        with Image.open(BytesIO(small)) as opened:
            assert opened.convert("RGB").tobytes() == picture.tobytes()


def test_every_image_has_an_alternative_text() -> None:
    for document in DOCUMENTS:
        for tag in re.findall(r"<img [^>]*>", text(document)):
            assert re.search(r'alt="[^"]{20,}"', tag)
        for alternative in re.findall(r"!\[([^\]]*)\]", text(document)):
            assert len(alternative) >= 20


def test_the_commands_to_type_are_there() -> None:
    for document in DOCUMENTS:
        named = re.findall(r"\bscripts/[a-z]+\b", text(document))
        for command in named:
            assert os.access(ROOT / command, os.X_OK), command
    assert blocks(README, "sh") == ["scripts/demo\n", "scripts/test\n"]


def test_the_readme_names_the_versions_that_are_asked_for() -> None:
    asked = json.loads(text(ROOT / "hacs.json"))["homeassistant"]
    assert asked.endswith(".0")
    assert f"Home Assistant **{asked.removesuffix('.0')} or newer**" in text(README)
    manifest = json.loads(text(PACKAGE / "manifest.json"))
    assert f"`{manifest['documentation']}`" in text(README)
    [(name, _)] = (requirement.split("==") for requirement in manifest["requirements"])
    assert f"one Python package, `{name}`" in text(README)


def test_the_actions_that_are_named_exist_and_are_documented() -> None:
    named = set()
    for document in DOCUMENTS:
        named |= set(re.findall(rf"\b{DOMAIN}\.[a-z_]+\b", text(document))) - {
            f"{DOMAIN}.db",
            f"{DOMAIN}.zip",
        }
    actions = described("services").keys()
    assert (
        named == actions | described("triggers").keys() | described("conditions").keys()
    )
    assert actions <= set(re.findall(rf"{DOMAIN}\.[a-z_]+", text(ACTIONS)))


async def test_each_action_is_documented_with_its_fields_and_its_response(
    hass: HomeAssistant,
) -> None:
    says = {
        SupportsResponse.NONE: "It returns no response.",
        SupportsResponse.OPTIONAL: "It can return a response",
        SupportsResponse.ONLY: "It returns a response",
    }
    async_setup_services(hass)
    actions = hass.services.async_services_for_domain(DOMAIN)
    assert len(actions) == len(described("services"))
    for name, action in actions.items():
        heading = f"`{DOMAIN}.{name}`"
        fields = [field.strip("`") for field, _ in rows(ACTIONS, heading)]
        assert fields == list(described("services")[f"{DOMAIN}.{name}"]["fields"]), name
        told = section(ACTIONS, heading)
        assert [each for each in says.values() if each in told] == [
            says[action.supports_response]
        ], name


def test_every_websocket_command_is_shown_with_a_message_that_it_takes(
    hass: HomeAssistant,
) -> None:
    async_setup_websocket_api(hass)
    schemas = {
        name: schema
        for name, (_, schema) in hass.data[websocket_api.DOMAIN].items()
        if name.startswith(f"{DOMAIN}/")
    }
    shown = re.findall(
        r"^### (.+)\n\n```json\n(.*)\n```", text(WEBSOCKET), re.MULTILINE
    )

    assert sorted(f"{DOMAIN}/{name}" for name, _ in shown) == sorted(schemas)
    for name, example in shown:
        message = json.loads(example)
        assert message["type"] == f"{DOMAIN}/{name}"
        if schema := schemas[message["type"]]:
            schema({**message, "id": 1})
        else:
            assert message.keys() == {"type"}


def functions(path: Path) -> set[str]:
    """Return the names of a file's functions and methods."""
    return {
        node.name
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_the_tests_that_are_named_are_there() -> None:
    named: dict[str, set[str]] = {}
    for document in (SECURITY, DOOR_FAULTS):
        found = re.findall(r"`([\w/]+\.py)::(?:\w+::)?(\w+)`", text(document))
        assert found, document
        for path, name in found:
            named.setdefault(path, set()).add(name)

    missing = {
        (path, name)
        for path, names in named.items()
        for name in names - functions(ROOT / "tests" / path)
    }

    assert not missing, f"{missing}"


def test_the_files_of_tests_that_are_named_are_there() -> None:
    there = {
        f"/{path.relative_to(ROOT)}" for path in (ROOT / "tests").rglob("test_*.py")
    }
    named = {
        (document.name, path)
        for document in DOCUMENTS
        for path in re.findall(r"\b(?:\w+/)*test_\w+\.py\b", text(document))
    }
    assert ("README.md", "tests/promises/test_8_safe.py") in named

    missing = {
        (document, path)
        for document, path in named
        if not any(each.endswith(f"/{path}") for each in there)
    }

    assert not missing, f"{missing}"


def test_every_fault_of_a_door_has_its_test() -> None:
    faults = re.findall(r"^- \*\*.*", text(DOOR_FAULTS), re.MULTILINE)
    assert len(faults) > 20
    for fault in faults:
        assert re.fullmatch(r"- \*\*.+\*\*: .+\. (`[\w/]+\.py::\w+`(, )?)+", fault), (
            fault
        )


def test_every_promise_with_tests_is_linked_to() -> None:
    tests = {path.name for path in (ROOT / "tests" / "promises").glob("test_*.py")}
    assert tests == set(re.findall(r"tests/promises/(\w+\.py)", text(README)))


def test_architecture_names_every_folder() -> None:
    tree = text(ARCHITECTURE).partition("```text")[2].partition("```")[0]
    named = set(re.findall(r"^ +(\w+)/", tree, re.MULTILINE))
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders <= named


def test_architecture_names_files_that_exist() -> None:
    files = re.findall(r"`((?:\w+/)+\w+\.py)`", text(ARCHITECTURE))
    assert len(files) > 20
    assert not [
        file
        for file in files
        if not any((top / file).exists() for top in (PACKAGE, ROOT))
    ]


def test_mechanisms_names_what_the_chain_covers_and_what_it_does_not() -> None:
    tables = set(structure.tables())

    def named(topic: str) -> set[str]:
        paragraph = text(MECHANISMS).partition(f"- **{topic}**")[2].split("\n- **")[0]
        return set(re.findall(r"`(\w+)`", paragraph)) & tables

    bound = set(BOUND)
    chained = {"records", "personal", "entries"}

    assert named("State is bound to its records") == bound
    assert named("What the chain doesn't cover") == tables - bound - chained


async def test_the_entities_that_are_named_are_there(hass: HomeAssistant) -> None:
    """Among neighbors, a resident's entities are named by unit; in one household by the resident."""
    await build(
        hass,
        door("Front door", "front"),
        courier(doors=("door-front",)),
        resident("Ada", "3B"),
        household="one",
        title="12 Linden Court",
    )
    there = {state.entity_id for state in hass.states.async_all(PLATFORMS)}
    assert there == NAMES
    named = {name.replace("unit_3b", "ada") for name in shown_entities()}
    assert named == NAMES | FOLLOWED


def test_the_recorder_excludes_entities_that_exist() -> None:
    """A configuration has one key of this name, so that it is shown once, with all that it excludes."""
    (shown,) = (
        block
        for document in DOCUMENTS
        for block in blocks(document, "yaml")
        if re.search(r"^recorder:", block, re.MULTILINE)
    )
    excluded = yaml.safe_load(shown)["recorder"]["exclude"]
    assert set(excluded["event_types"]) == {
        "call_service",
        EVENT_ACTION,
        EVENT_RECEIVED,
        *KEYPADS,
    }
    assert all(f"`{each}`" in text(DRIVERS) for each in KEYPADS)
    assert FOLLOWED < set(excluded["entities"]) < NAMES | FOLLOWED


async def test_the_rules_that_are_shown_can_be_set(hass: HomeAssistant) -> None:
    (shown,) = (
        read
        for read in (yaml.safe_load(block) for block in blocks(ACTIONS, "yaml"))
        if read.get("action") == f"{DOMAIN}.set_rules"
    )
    house = await build(
        hass,
        door("Front door", "front"),
        courier(doors=("door-front",)),
        courier("Fast Food", doors=("door-front",)),
        resident(),
    )
    for entity in (*shown["data"]["only_while"], *shown["data"]["never_while"]):
        hass.states.async_set(entity, "off")
    given = {key: value for key, value in shown["data"].items() if key != "device_id"}

    (ada,) = house.building.residents.values()
    rules = read_rules(house.building, ada, given)(Rules())

    assert given.keys() == {str(field) for field in RULES_FIELDS} - {"revision"}
    told = rules_view(house.building, ada, rules)
    for same in ("default", "only_while", "never_while", "share_hours", "digest_at"):
        assert told[same] == given[same]


def test_the_dashboard_calls_what_is_there_with_hours_that_are_read() -> None:
    (dashboard,) = (
        read
        for read in (yaml.safe_load(block) for block in blocks(DASHBOARDS, "yaml"))
        if "views" in read
    )
    cards = dashboard["views"][0]["sections"][0]["cards"]
    taps = [card["tap_action"] for card in cards if "tap_action" in card]
    assert {tap["perform_action"] for tap in taps} <= described("services").keys()
    fields = described("services")[f"{DOMAIN}.set_rules"]["fields"]
    for tap in taps:
        assert tap["data"].keys() <= fields.keys()


PRIVACY = {
    "en": HOW_TO / "privacy.md",
    "de": HOW_TO / "privacy.de.md",
    "fr": HOW_TO / "privacy.fr.md",
}
NAMED_BY_PRIVACY = (
    "common.page_about_open",
    "common.page_opt_out",
    "common.page_data",
    "common.page_take_entries_link",
    "common.page_take_link",
    "common.page_withdraw_consent",
    "common.panel_attitude_ask",
    "common.panel_view_entries",
    "common.panel_view_hours",
    "config_subentries.resident.step.targets.data.private_notifications",
    "entity.switch.deliveries.name",
    "options.step.init.menu_options.lobby",
    "options.step.init.menu_options.responsible",
    "options.step.init.menu_options.retention",
    "services.check_access.name",
)
"""What a reader of the page looks for on the screen."""


def texts_of(language: str) -> dict[str, str]:
    """Return the texts of a language by the path of their key."""

    def leaves(within: dict[str, Any], path: str) -> Iterator[tuple[str, str]]:
        for key, value in within.items():
            if isinstance(value, dict):
                yield from leaves(value, f"{path}{key}.")
            else:
                yield f"{path}{key}", value

    file = PACKAGE / "translations" / f"{language}.json"
    return dict(leaves(json.loads(text(file)), ""))


def test_privacy_names_buttons_as_they_are_on_the_screen_in_each_language() -> None:
    for language, document in PRIVACY.items():
        texts, written = texts_of(language), text(document)
        missing = [
            texts[key] for key in NAMED_BY_PRIVACY if f"**{texts[key]}**" not in written
        ]
        assert not missing, language


def test_privacy_has_the_same_parts_articles_and_rows_in_each_language() -> None:
    def parts(document: Path) -> list[str]:
        return re.findall(
            r"^(?:#+ |> \d|\d\. |- |\| \d+ \||\|)", text(document), re.MULTILINE
        )

    for document in PRIVACY.values():
        assert parts(document) == parts(PRIVACY["en"]), document.name


def test_privacy_names_the_periods_that_can_be_set() -> None:
    days = (DEFAULT_RETENTION_DAYS, MIN_RETENTION_DAYS, MAX_RETENTION_DAYS)
    months = (DEFAULT_LOG_MONTHS, MIN_LOG_MONTHS, MAX_LOG_MONTHS)
    for document in PRIVACY.values():
        (line,) = re.findall(
            r"^- \*\*(?:How long|Wie lange|Combien).*", text(document), re.MULTILINE
        )
        named = [int(each) for each in re.findall(r"\b\d+\b", line)]
        assert named == [days[0], months[0], *days[1:], *months[1:]], document.name
