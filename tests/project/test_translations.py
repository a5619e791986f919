"""English has words for all that is shown outside the flows, and for nothing else; French is set as French is.

That all languages say the same, in a form that can be shown, is tested in `packaging/`.
"""

import ast
from collections.abc import Iterator, Mapping
import json
from pathlib import Path
import re
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.helpers import entity_registry as er
from homeassistant.util.yaml import parse_yaml
import pytest
import voluptuous as vol

from custom_components.courier_access import condition, services, trigger
from custom_components.courier_access.access.hours import ScheduleProblem
from custom_components.courier_access.access.model import (
    IssuerKind,
    Loosening,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.api.permissions import Permission
from custom_components.courier_access.api.schemas import RulesProblem
from custom_components.courier_access.const import RESIDENT_LANGUAGES
from custom_components.courier_access.couriers.fleet import ProposalKind
from custom_components.courier_access.doors.doors import DoorEventType
from custom_components.courier_access.grants.by_residents import IssueFault
from custom_components.courier_access.home_assistant.issues import (
    IssueKind,
    learn_more_url,
)
from custom_components.courier_access.ledger.queue import Family, NotificationKind
from custom_components.courier_access.ledger.state.configured import Change
from custom_components.courier_access.notifications.text import ON_A_PAGE
from custom_components.courier_access.web.command_table import COMMANDS, Of
from tests.support.documents import ROOT, anchors
from tests.support.house import build

PACKAGE = Path(services.__file__).parent
BLOB = "https://github.com/courier-access/courier-access/blob/main/"
OURS = (
    "conditions",
    "device",
    "entity",
    "exceptions",
    "services",
    "system_health",
    "triggers",
)


def read(name: str) -> dict[str, Any]:
    texts: dict[str, Any] = json.loads((PACKAGE / name).read_text("utf-8"))
    return texts


EN, FR = read("translations/en.json"), read("translations/fr.json")
ICONS = read("icons.json")


def leaves(
    texts: Any, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(texts, str):
        yield path, texts
        return
    for key, value in texts.items():
        yield from leaves(value, (*path, key))


def texts(
    language: dict[str, Any], sections: tuple[str, ...]
) -> dict[tuple[str, ...], str]:
    return {path: text for path, text in leaves(language) if path[0] in sections}


def code() -> Iterator[ast.AST]:
    # The texts of flows have a test of their own.
    for path in PACKAGE.rglob("*.py"):
        if "flows" in path.relative_to(PACKAGE).parts:
            continue
        yield from ast.walk(ast.parse(path.read_text("utf-8")))


def arguments_of(function: str) -> set[str]:
    """Return what a function or method of that name is called with, as it is written."""
    return {
        ast.unparse(argument)
        for node in code()
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] == function
        for argument in node.args
    }


def test_french_is_set_as_french_is_in_the_words_that_are_in_use() -> None:
    for path, text in leaves(FR):
        assert "'" not in text, path
        assert not re.search(
            r"[^\u00a0\u202f][;!?»](\s|$)|[^\u00a0]:(\s|$)|« ", text
        ), path
        assert "immeuble" not in text.lower(), path
    # The form of address is formal.
    for path, text in texts(FR, (*OURS, "config", "config_subentries")).items():
        assert not re.search(r"\b(tu|ton|ta|tes|toi)\b", text.lower()), path
    for path, text in texts(FR, OURS).items():
        assert not re.search(r"appartement|coursier|usager", text.lower()), path


OF_VISITS = (
    ("common", "consent_visits"),
    ("common", "consent_visits_asked"),
    ("common", "notification_fleet_visits"),
    ("common", "notification_fleet_visits_asked"),
    ("common", "page_lobby_visits"),
    ("common", "page_visits_what"),
    ("options", "step", "fleet_visits", "description"),
)
"""What residents read of the visits that a fleet gets."""


@pytest.mark.parametrize("language", RESIDENT_LANGUAGES)
def test_visits_for_a_fleet_have_a_courier_and_no_driver(language: str) -> None:
    """A driver's name in place of the company's would read as another consent."""
    translated = read(f"translations/{language}.json")
    english, said = dict(leaves(EN)), dict(leaves(translated))
    columns = translated["common"]
    courier, driver = (columns[f"csv_{who}"].lower() for who in ("courier", "driver"))
    for path in OF_VISITS:
        assert courier in said[path].lower(), path
        named = "driver" in english[path]
        assert (driver in said[path].lower()) == named, path


async def test_every_entity_has_its_name_and_its_icon_and_nothing_is_left_over(
    hass: HomeAssistant,
) -> None:
    house = await build(hass)
    entries = er.async_entries_for_config_entry(
        er.async_get(hass), house.entry.entry_id
    )
    # A door's lock bears the door's own name, and a lock's icons.
    named = {
        (entry.domain, entry.translation_key)
        for entry in entries
        if entry.domain != "lock"
    }

    for known in (EN["entity"], ICONS["entity"]):
        assert {
            (domain, key) for domain, keys in known.items() for key in keys
        } == named
    assert all(EN["entity"][domain][key]["name"] for domain, key in named)
    assert ICONS["entity"].keys() == {domain for domain, _ in named}


def test_every_value_of_the_closed_sets_has_its_words() -> None:
    """All languages have the same keys: one will do."""
    attributes = EN["entity"]["event"]["courier"]["state_attributes"]

    assert attributes["event_type"]["state"].keys() == set(DoorEventType)
    assert attributes["reason"]["state"].keys() == set(Reason)
    assert attributes["outcome"]["state"].keys() == set(Outcome)
    for domain in ("binary_sensor", "calendar", "switch"):
        for name, known in EN["entity"][domain].items():
            assert known["state"].keys() == {"on", "off"}, name


async def test_every_action_takes_the_fields_that_are_described(
    hass: HomeAssistant,
) -> None:
    await build(hass)
    described = parse_yaml((PACKAGE / "services.yaml").read_text("utf-8"))
    assert isinstance(described, dict)

    registered = hass.services.async_services_for_domain("courier_access").keys()
    commands = {each.action: each for each in COMMANDS.values() if each.action}
    assert registered == commands.keys() == described.keys()
    for action, command in commands.items():
        fields = {
            str(marker): isinstance(marker, vol.Required) for marker in command.fields
        }
        if command.of is not Of.SWITCHES:
            fields["device_id"] = True
        shown = described[action]["fields"]
        required = {name: shown[name].get("required", False) for name in shown}
        assert required == fields, action


@pytest.mark.parametrize(
    ("kind", "classes"),
    [("trigger", trigger.TRIGGERS), ("condition", condition.CONDITIONS)],
    ids=["trigger", "condition"],
)
def test_triggers_and_conditions_take_what_is_described(
    kind: str, classes: Mapping[str, type[Any]]
) -> None:
    described = parse_yaml((PACKAGE / f"{kind}s.yaml").read_text("utf-8"))
    assert isinstance(described, dict)
    for name, automated in classes.items():
        target, fields = described[name]["target"], described[name]["fields"]
        assert {target["entity"]["domain"]} == automated._domain_specs.keys()
        assert (
            target.get("primary_entities_only", True)
            == automated._primary_entities_only
        )
        given = {
            field: shown["default"]
            for field, shown in fields.items()
            if "default" in shown
        }
        automated._schema({"target": {"entity_id": []}, "options": given})
        with pytest.raises(vol.Invalid, match="something_else"):
            automated._schema(
                {"target": {"entity_id": []}, "options": {"something_else": ""}}
            )


def test_a_refusal_is_chosen_by_the_words_of_its_event() -> None:
    described = parse_yaml((PACKAGE / "triggers.yaml").read_text("utf-8"))
    assert isinstance(described, dict)
    shown = described["courier_refused"]["fields"]["reason"]["selector"]["select"]

    assert set(shown["options"]) == trigger.REFUSALS
    for language in (EN, FR):
        attributes = language["entity"]["event"]["courier"]["state_attributes"]
        words = attributes["reason"]["state"]
        chosen = language["selector"][shown["translation_key"]]["options"]
        assert chosen == {reason: words[reason] for reason in trigger.REFUSALS}


def test_every_exception_has_its_words_and_none_is_left_over() -> None:
    written = {
        keyword.value.value
        for node in code()
        if isinstance(node, ast.Call) and ast.unparse(node.func) != "DeviceInfo"
        for keyword in node.keywords
        if keyword.arg == "translation_key" and isinstance(keyword.value, ast.Constant)
    } | {
        node.args[0].value
        for node in code()
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "invalid"
        and isinstance(node.args[0], ast.Constant)
    }
    # A permission that is only asked about raises no exception.
    asked_about, insisted_on = arguments_of("may"), arguments_of("check")
    refused = {
        permission
        for permission in Permission
        if f"Permission.{permission.name}" in insisted_on
        or f"Permission.{permission.name}" not in asked_about
    }
    written |= {f"not_allowed_{permission}" for permission in refused}
    written |= {f"schedule_{problem}" for problem in ScheduleProblem}
    written |= {f"grant_{fault}" for fault in IssueFault}
    written |= {f"rules_{problem}" for problem in RulesProblem}

    assert written == EN["exceptions"].keys()


def test_every_issue_has_its_words_and_none_is_left_over() -> None:
    assert set(IssueKind) == EN["issues"].keys()
    for kind, words in EN["issues"].items():
        if "fix_flow" not in words:
            assert words.keys() == {"title", "description"}
            # The panel shows it as plain text.
            assert not set("*`") & set(words["description"]), kind
            continue
        assert words.keys() == {"title", "fix_flow"}
        flow = words["fix_flow"]
        assert any(
            step["description"].endswith("]({learn_more})")
            for step in flow["step"].values()
        ), kind
        steps = {
            name: set(step) - {"title", "description"}
            for name, step in flow["step"].items()
        }
        aborts = {"not_loaded", "not_allowed"}
        match kind:
            case (
                IssueKind.OPENER_REMOVED
                | IssueKind.DOORBELL_LOST
                | IssueKind.DOORBELL_STRAY
                | IssueKind.OBSERVED_LOST
            ):
                assert steps == {"confirm": set()}
                aborts |= {"not_there", "handed_over"}
            case IssueKind.KEY_ENDING:
                assert steps == {"init": {"menu_options"}}
                assert flow["step"]["init"]["menu_options"].keys() == {
                    "prolong",
                    "end",
                }
                aborts |= {"not_there"}
            case IssueKind.FLEET_PROPOSES:
                assert steps == {"confirm": {"data", "data_description"}}
                fields = flow["step"]["confirm"]
                assert fields["data"].keys() == {*ProposalKind}
                assert fields["data_description"].keys() == {*ProposalKind}
                assert flow["error"].keys() == {"ledger_unavailable"}
            case _:
                if kind == IssueKind.RESIDENT_UNREACHABLE:
                    aborts |= {"not_there"}
                assert steps == {"confirm": set()}
                assert "ledger_unavailable" in flow["error"]
        assert flow["abort"].keys() == aborts


def test_issue_leads_to_a_section_that_names_it() -> None:
    for kind in IssueKind:
        url = learn_more_url(kind)
        path, _, anchor = url.removeprefix(BLOB).partition("#")
        assert url.startswith(BLOB)
        assert anchor in anchors(ROOT / path), kind


def test_every_notification_has_its_words_and_none_is_left_over() -> None:
    said = {
        *(f"admitted_{outcome}" for outcome in Outcome),
        *(f"reason_{reason}" for reason in Reason if reason is not Reason.OK),
        *(f"proof_{proof}" for proof in Proof if proof is not Proof.SIGNED),
        *(f"codes_{so}" for so in ("blocked", "off")),
        *(f"digest_{outcome}" for outcome in Outcome),
        "observed",
        "digest_observed",
        *(f"access_{so}" for so in ("paused", "paused_by_you", "resumed")),
        *(
            f"action_{verb}"
            for verb in (
                "veto",
                "veto_all",
                "approve",
                "decline",
                "confirm",
                "withdraw",
                "consent",
                "object",
                "deny",
                "ask",
                "let_in",
                "let_in_all",
                "open_day",
            )
        ),
        *(f"announced{p}" for p in ("", "_many", "_nowhere", "_then", "_then_ask")),
        "paused_then",
        *(
            f"announced_{news}{part}"
            for news in ("again", "changed", "moved")
            for part in ("", "_nowhere")
        ),
        *(f"called_off{part}" for part in ("", "_nowhere", "_many")),
        *(
            f"consent_invited{part}"
            for part in ("", "_account", "_again", "_link", "_paper", "_receipt")
        ),
        "responsible",
        "fleet_differs",
        *("fleet_visits", "fleet_visits_then"),
        *("fleet_visits_asked", "fleet_visits_asked_then"),
        *("fleet_visits_chosen_out", "fleet_visits_chosen_sent"),
        "consent_altered",
        *(f"consent_withdrawn{part}" for part in ("", "_by_you", "_owner")),
        *(f"consent_opted_out{part}" for part in ("", "_by_you", "_owner")),
        *(f"consent_lifted{part}" for part in ("", "_by_you", "_owner")),
        *(f"decided_on_paper_{so}" for so in ("given", "hours", "withdrawn")),
        *(f"grant_refused{part}" for part in ("", "_nowhere")),
        *(f"your_{what}" for what in ("hours", "no_hours", "not_accepting", "vetoed")),
        *(f"your_{what}" for what in ("denied", "home_paused", "paused")),
        *(f"loosened_{each}" for each in Loosening),
        *(f"loosened_by_{way}" for way in ("login", "link")),
        *(f"rules_loosened{part}" for part in ("", "_then")),
        *(f"{then}_page" for then in ON_A_PAGE),
        *(f"ledger_restored_{so}" for so in ("altered", "another", "backup", "then")),
        *(
            f"resident_changed{part}"
            for part in ("", "_person", "_unit", "_then", "_still")
        ),
        *(
            f"resident_changed_{part}"
            for part in ("login", "first_login", "then_login")
        ),
        *(f"login_{so}" for so in ("closed", "linked", "unlinked")),
        *(
            f"many_{part}"
            for part in ("announced_again", "announced_moved", "entries", "parcel")
        ),
        *(f"many_by_{kind}" for kind in IssuerKind),
        *(
            f"title_{kind}"
            for kind in NotificationKind
            if kind.traits.family is not Family.ANNOUNCEMENT
        ),
        *("title_ask", "title_ask_rang", "title_ask_ring", "title_digest"),
        *("title_entry_failed", "title_entry_opened", "title_said_yes"),
        "title_consent_lifted",
        *("said_yes", "said_yes_hours", "said_yes_no_hours", "said_yes_then"),
        "always",
        *(f"title_announced_{news}" for news in ("again", "changed", "moved")),
        *(
            f"title_{what}{many}"
            for what in ("announced", "called_off")
            for many in ("", "_many")
        ),
        *(f"unit{part}" for part in ("", "_paused", "_paused_by_you", "_resumed")),
        "admitted",
        *(f"refused{part}" for part in ("", "_nowhere")),
        *(f"ask{part}" for part in ("", "_rang", "_ring", "_may_return", "_nobody")),
        *("ask_ring_several", "ask_which", "action_approve_courier"),
        "rings_unanswered",
        "digest",
        "digest_more",
        *("all_day", "clock", "date", "day", "day_of_year", "moment", "months"),
        *("span", "time_tomorrow", "today", "tomorrow", "weekdays", "window"),
        "link",
        *(f"link_renewed{part}" for part in ("", "_many", "_nowhere")),
        *("login_lost", "zone_changed"),
        *("note_changed", "erasure_changed"),
        *("source_needed", "limit_reached", "day_closed"),
        "ledger_recreated",
        *("ask_owner", "receipt", "receipts", "test"),
        "courier_admitted",
        *(f"changed_{change}" for change in Change),
        f"changed_{Change.HOME_REPLACED}_private",
        *(f"configuration_changed{part}" for part in ("", "_then")),
        *(f"secure_{owns}" for owns in ("account", "page")),
        *("building_disabled", "building_removed", "building_removed_then"),
        "not_locked_yet",
        *(f"message_passed_on{part}" for part in ("", "_nowhere")),
        *("unlocked_late", "left_unlocked"),
        "resident_added",
        *(f"resident_confirmed{part}" for part in ("", "_by", "_by_you", "_then")),
        "residents_counted",
        "resident_removed",
        "retention_lengthened",
        *("log_lengthened", "log_shortened", "proof_lengthened"),
        "consent_asked",
        "targets_changed",
        "lock_screen_title",
        "for_your_home",
        "parcel",
        "quiet_channel",
    }
    told = {key for key in EN["common"] if key.startswith("notification_")}
    assert {f"notification_{key}" for key in said} == told
    # Those of the residents' page and of the panel are held complete beside them.
    assert all(
        key.startswith(
            ("notification_", "page_", "csv_", "panel_", "card_", "say_", "consent_")
        )
        for key in EN["common"].keys() - {"unit_of_one_household"}
    )
