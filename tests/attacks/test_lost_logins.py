"""An administrator takes a resident's account away for a while, to decide in their place or to confirm somebody."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.auth.models import User
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.helpers import entity_registry as er
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.courier_access.access.hours import ALWAYS as ALWAYS_OPEN
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Proof,
    Rules,
)
from custom_components.courier_access.const import SubentryType
from custom_components.courier_access.ledger.queue import NotificationKind
from custom_components.courier_access.ledger.state.residents import Author
from tests.flows.front_end import FrontEnd
from tests.support.door_parts import Bolt, install_bolt
from tests.support.enqueued import edit, enqueued, move_in
from tests.support.held_entry import hold_second_entry
from tests.support.house import (
    ALWAYS,
    House,
    Sender,
    ask,
    build,
    courier,
    door,
    resident,
)
from tests.support.people import user
from tests.support.phone_app import PhoneApp, push_service
from tests.support.rows import kept_rows
from tests.support.wires import Wire, connect

ADA = "resident-ada"
TARGETS = [{"kind": "person_apps"}, {"kind": "action", "value": "notify.ada"}]
PAPER = {"id": "paper", "decided_on": "2026-01-02", "consent": True, "windows": ALWAYS}


@dataclass(slots=True)
class Elm:
    """A building where Ada lives alone in 3B, notified by the app on her phone, or else by `notify.ada`."""

    house: House
    bolt: Bolt
    sender: Sender
    ada: User
    owner: Wire
    phone: PhoneApp
    person: str

    async def link(self, someone: User | None) -> None:
        """Let the administrator give Ada's person another user, or none, and let everything come to rest."""
        await self.update(someone)
        await self.house.settle()

    async def update(self, someone: User | None) -> None:
        """Let the administrator give Ada's person another user, or none."""
        await self.owner.client.send_json_auto_id(
            {
                "type": "person/update",
                "person_id": self.person,
                "user_id": None if someone is None else someone.id,
            }
        )
        answer = await self.owner.client.receive_json()
        assert answer["success"], answer

    async def decide(self, **changes: Any) -> None:
        """Let Ada consent to deliveries at any time."""
        rules = Rules(consent=Consent.GIVEN, schedule=ALWAYS_OPEN, **changes)
        ada = self.house.building.residents[ADA]
        await self.house.building.rulebook.change(
            ada, rules, Author(user_id=self.ada.id)
        )

    async def enter(self, grant_id: str = "G1") -> str:
        """Let the courier ask to enter, and return why they may or may not."""
        answer = await self.sender.enter(grant_id)
        await self.house.settle()
        reason: str = answer.body["reason"]
        return reason

    @property
    def pushed(self) -> str:
        """Everything that Ada's phone was sent."""
        return "\n".join(push["message"] for push in self.phone.pushes)


@pytest.fixture
async def elm(
    hass: HomeAssistant,
    hass_client_no_auth: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
) -> AsyncGenerator[Elm]:
    bolt = Bolt()
    admin, ada = await user(hass, "Owner", admin=True), await user(hass, "Ada")
    assert await async_setup_component(hass, "person", {})
    house = await build(hass, door(opener=await install_bolt(hass, bolt)), courier())
    async with push_service(hass, hass_client_no_auth) as service:
        owner = await connect(hass, house, hass_ws_client, admin)
        await owner.client.send_json_auto_id(
            {"type": "person/create", "name": "Ada", "user_id": ada.id}
        )
        person = (await owner.client.receive_json())["result"]["id"]
        await house.settle()
        entry = er.async_get(hass).async_get("person.ada")
        assert entry is not None
        house.listen("Ada")
        await move_in(
            house, resident("Ada", "3B", None, person=entry.id, targets=TARGETS)
        )
        phone = await service.register(ada, "Phone")
        yield Elm(house, bolt, Sender(service.client), ada, owner, phone, person)


async def login_changes(house: House) -> list[str]:
    """Return what is recorded of residents' accounts, the oldest first."""
    return await kept_rows(
        house.building.ledger,
        """
        SELECT value FROM personal JOIN records USING (seq)
        WHERE kind = 'resident.login_changed' AND field = 'login' ORDER BY seq
        """,
        str,
    )


async def test_residents_veto_pause_and_withdraw_while_their_person_has_no_user(
    hass: HomeAssistant, elm: Elm, hass_ws_client: WebSocketGenerator
) -> None:
    await elm.decide()
    await elm.sender.grant("G1")
    await elm.sender.grant("G2")
    await elm.house.settle()
    button = elm.phone.buttons["Veto"]
    ada = await connect(hass, elm.house, hass_ws_client, elm.ada)

    await elm.link(None)

    assert "has no account anymore" in elm.pushed
    assert await login_changes(elm.house) == ["unlinked"]
    assert (await elm.owner.refusal("rules/get", resident=ADA))[
        1
    ] == "not_allowed_read_rules"
    assert (await elm.owner.refusal("link/renew", resident=ADA))[
        1
    ] == "link_needs_no_login"
    assert elm.house.building.links.link_of(ADA) is None
    assert (await ada.result("rules/get", resident=ADA))["consent"] == "given"

    await elm.phone.press(button)
    await elm.house.settle()
    reasons = [await elm.enter("G1"), await elm.enter("G2")]
    assert sorted(reasons) == ["ok", "vetoed"], "the button is one delivery's"
    assert "was let in" in elm.pushed, "entries are still notified by the app"

    await elm.sender.grant("G3")
    await ada.result("pause", unit="3B")
    assert await elm.enter("G3") == "paused"
    await ada.result("resume", unit="3B")
    await ada.result(
        "veto_grant", courier="courier-parcel-post", grant_id="G3", unit="3B"
    )
    assert await elm.enter("G3") == "vetoed"
    await elm.sender.grant("G4")
    await ada.result("rules/set", resident=ADA, consent=False)
    assert await elm.enter("G4") == "not_accepting"

    await elm.link(elm.ada)
    assert "has your account again" in elm.pushed
    assert await login_changes(elm.house) == ["unlinked", "linked"]
    assert elm.house.building.rulebook.of(ADA).consent is Consent.WITHDRAWN
    await hass.config_entries.async_reload(elm.house.entry.entry_id)
    assert await login_changes(elm.house) == ["unlinked", "linked"], (
        "each change only once"
    )


async def test_a_lost_account_is_notified_through_former_targets_too(
    hass: HomeAssistant, elm: Elm
) -> None:
    entry = elm.house.entry
    assert await hass.config_entries.async_unload(entry.entry_id)
    await elm.link(None)
    await edit(elm.house, ADA, targets=[{"kind": "action", "value": "notify.mallory"}])
    assert await hass.config_entries.async_setup(entry.entry_id)
    await elm.house.settle()

    now, former = await enqueued(elm.house, NotificationKind.LOGIN_CHANGED)
    assert (now.addressed, now.details) == (None, {"what": "unlinked"})
    assert former.addressed is not None
    assert former.addressed["user_id"] == elm.ada.id
    assert "has no account anymore" in elm.pushed


async def test_deleted_account_is_notified_through_other_targets_and_to_the_home(
    hass: HomeAssistant, elm: Elm
) -> None:
    """Home Assistant deletes the phone's registration with the user."""
    for name in ("Ben", "Cleo"):
        elm.house.listen(name)
    await move_in(elm.house, resident("Ben", "3B"), resident("Cleo", "4A"))
    await elm.house.building.rulebook.confirm(
        elm.house.building.residents["resident-ben"], Author(user_id=elm.ada.id)
    )
    await elm.house.settle()
    elm.house.told.clear()

    await hass.auth.async_remove_user(elm.ada)
    await elm.house.settle()

    assert hass.config_entries.async_entries("mobile_app") == []
    told = dict(elm.house.told)
    assert told.keys() == {"Ada", "Ben"}
    assert "Your account in Home Assistant was disabled or deleted" in told["Ada"]
    assert "The account of Ada in Home Assistant was disabled or deleted" in told["Ben"]
    assert "no courier is let in on the consent of Ada" in told["Ben"]


async def test_a_lost_account_confirms_no_pending_flatmate(elm: Elm) -> None:
    await move_in(elm.house, resident("Mallory", "3B"))
    assert not elm.house.building.residents["resident-mallory"].is_confirmed
    await elm.sender.grant()

    await elm.link(None)
    assert not elm.house.building.residents["resident-mallory"].is_confirmed
    assert (await elm.sender.grant("G2")).body["reason"] == "not_accepting"
    await elm.link(elm.ada)

    assert not elm.house.building.residents["resident-mallory"].is_confirmed
    assert elm.house.building.residents[ADA].is_confirmed


@pytest.mark.parametrize("has_login", [True, False])
async def test_resident_moved_out_and_back_leaves_flatmate_pending_and_keeps_their_say(
    hass: HomeAssistant, elm: Elm, hass_ws_client: WebSocketGenerator, has_login: bool
) -> None:
    person = None
    if has_login:
        await elm.owner.client.send_json_auto_id(
            {
                "type": "person/create",
                "name": "Mallory",
                "user_id": (await user(hass, "Mallory")).id,
            }
        )
        await elm.owner.client.receive_json()
        person = "person.mallory"
    await move_in(
        elm.house,
        resident("Mallory", "3B", None if has_login else ALWAYS, person=person),
    )
    flow = FrontEnd(hass, elm.house.entry, SubentryType.RESIDENT)
    for unit in ("9Z", "3B"):
        targets = await flow.submit(
            await flow.change(ADA), name="Ada", unit=unit, person="person.ada"
        )
        await flow.submit(targets)
        await elm.house.settle()
        assert not elm.house.building.residents["resident-mallory"].is_confirmed
        assert elm.house.building.residents[ADA].is_confirmed
        assert (await elm.sender.grant(unit)).body["reason"] == "not_accepting"

    await elm.decide()
    await elm.sender.grant()
    ada = await connect(hass, elm.house, hass_ws_client, elm.ada)
    await ada.result(
        "veto_grant", courier="courier-parcel-post", grant_id="G1", unit="3B"
    )
    assert await elm.enter() == "vetoed"
    await ada.result("pause", unit="3B")
    await ada.result("residents/confirm", resident="resident-mallory")
    assert elm.house.building.residents["resident-mallory"].is_confirmed


@pytest.mark.parametrize("is_loaded", [True, False])
async def test_no_paper_consent_takes_the_place_of_a_lost_account(
    hass: HomeAssistant, elm: Elm, is_loaded: bool
) -> None:
    await elm.link(None)
    entry = elm.house.entry
    if not is_loaded:
        assert await hass.config_entries.async_unload(entry.entry_id)
    flow = FrontEnd(hass, entry, SubentryType.RESIDENT)

    screen = await flow.submit(
        await flow.change(ADA), name="Ada", unit="3B", person="person.ada"
    )
    assert screen.step == "targets"
    assert (await flow.submit(screen)).type is FlowResultType.ABORT, (
        "no paper is offered"
    )
    if not is_loaded:
        assert await hass.config_entries.async_setup(entry.entry_id)
    await edit(elm.house, ADA, paper=PAPER)
    assert elm.house.building.rulebook.of(ADA) == Rules()
    await edit(elm.house, ADA, unit="4A", paper=PAPER)
    assert elm.house.building.residents[ADA].user_id == elm.ada.id, (
        "whatever unit they live in"
    )
    assert elm.house.building.rulebook.of(ADA) == Rules()

    await elm.link(elm.ada)
    assert elm.house.building.rulebook.of(ADA) == Rules()
    assert await enqueued(elm.house, NotificationKind.DECIDED_ON_PAPER) == []


async def test_paper_is_offered_only_after_a_cleared_person_is_recorded(
    hass: HomeAssistant, elm: Elm
) -> None:
    await elm.decide()
    flow = FrontEnd(hass, elm.house.entry, SubentryType.RESIDENT)
    targets = await flow.submit(
        await flow.change(ADA), name="Ada", unit="3B", person=None
    )
    done = await flow.submit(targets, notify_actions=["notify.ada"])
    assert done.type is FlowResultType.ABORT, "no paper that would be dropped"
    await elm.house.settle()

    targets = await flow.submit(await flow.change(ADA), name="Ada", unit="3B")
    assert (await flow.submit(targets)).step == "decision"
    await flow.submit(await flow.choose("paper"), decided_on="2026-01-02", consent="no")
    await elm.house.settle()
    assert elm.house.building.rulebook.of(ADA).consent is Consent.WITHDRAWN


@pytest.mark.parametrize("change", ["unit", "targets too"])
async def test_other_unit_is_notified_once_through_each_target(
    elm: Elm, change: str
) -> None:
    other = [{"kind": "action", "value": "notify.elsewhere"}]
    changed = {} if change == "unit" else {"targets": other}
    await edit(elm.house, ADA, unit="9Z", **changed)

    assert elm.pushed.count("which home is yours") == 1
    told = await enqueued(elm.house, NotificationKind.RESIDENT_CHANGED)
    assert len(told) == (1 if change == "unit" else 2)


async def test_another_user_inherits_nothing_and_the_former_phone_hears_of_it(
    hass: HomeAssistant, elm: Elm
) -> None:
    await elm.decide()
    await elm.sender.grant()
    await elm.link(None)
    await elm.house.settle()
    elm.phone.pushes.clear()

    await elm.link(await user(hass, "Mallory"))

    assert elm.house.building.rulebook.of(ADA) == Rules()
    assert await elm.enter() == "not_accepting"
    assert "linked another account to your person in Home Assistant" in elm.pushed
    assert "through a personal link, or on paper" in elm.pushed


async def test_a_consent_admits_nobody_from_the_moment_its_person_has_another_user(
    hass: HomeAssistant, elm: Elm, freezer: FrozenDateTimeFactory
) -> None:
    await elm.decide()
    entering = await hold_second_entry(
        elm.house, elm.bolt, elm.sender, freezer, "msg_2"
    )

    await elm.update(await user(hass, "Mallory"))
    assert elm.bolt.hangs is not None
    elm.bolt.hangs.set()

    assert (await entering).body["reason"] == "not_accepting"
    await elm.house.settle()
    assert elm.bolt.names.count("unlock") == 1


@pytest.mark.parametrize("is_deleted", [True, False])
async def test_nobody_is_admitted_on_the_consent_of_a_disabled_or_deleted_account(
    hass: HomeAssistant, elm: Elm, freezer: FrozenDateTimeFactory, is_deleted: bool
) -> None:
    await elm.decide()
    entering = await hold_second_entry(
        elm.house, elm.bolt, elm.sender, freezer, "msg_2"
    )

    if is_deleted:
        await hass.auth.async_remove_user(elm.ada)
    else:
        await hass.auth.async_update_user(elm.ada, is_active=False)
    has_consent = elm.house.building.rulebook.has_consent
    assert elm.bolt.hangs is not None
    elm.bolt.hangs.set()
    assert not has_consent, "at once, before anything is loaded again"
    assert (await entering).body["reason"] == "not_accepting"
    await elm.house.settle()
    assert elm.bolt.names.count("unlock") == 1

    assert await elm.enter() == "not_accepting"
    assert elm.house.building.rulebook.of(ADA).consent is Consent.GIVEN, (
        "it isn't ended"
    )
    # Home Assistant removes the app of a deleted user.
    told = " ".join(text for _, text in elm.house.told) if is_deleted else elm.pushed
    assert "was disabled or deleted" in told
    assert await login_changes(elm.house) == ["closed"]
    if not is_deleted:
        await hass.auth.async_update_user(elm.ada, is_active=True)
        await elm.house.settle()
        assert await elm.enter() == "ok"
        assert await login_changes(elm.house) == ["closed", "linked"]


async def test_what_a_resident_with_a_disabled_account_denies_binds_their_unit(
    hass: HomeAssistant, elm: Elm
) -> None:
    await move_in(elm.house, resident("Ben", "3B"))
    ben = elm.house.building.residents["resident-ben"]
    await elm.house.building.rulebook.confirm(ben, Author(user_id=elm.ada.id))
    await elm.decide()
    await elm.sender.grant()
    await hass.auth.async_update_user(elm.ada, is_active=False)
    await elm.house.settle()
    assert await elm.enter() == "ok", "on Ben's consent"

    await elm.decide(default=Attitude.DENY)
    await elm.sender.grant("G2")
    assert await elm.enter("G2") == "not_accepting"


async def test_address_code_ends_with_its_residents_account(
    hass: HomeAssistant,
    elm: Elm,
) -> None:
    house, author = elm.house, Author(user_id=elm.ada.id)
    await elm.decide()
    building = house.building
    resident = building.residents[ADA]
    code = await building.passes.renew_address_code(resident, author)
    withdrawn = replace(building.rulebook.of(ADA), consent=Consent.WITHDRAWN)
    await building.rulebook.change(resident, withdrawn, author)
    mallory = await user(hass, "Mallory")
    await elm.link(mallory)
    await house.settle()
    building = house.building
    weak = replace(withdrawn, consent=Consent.GIVEN, default_proof=Proof.PARCEL_NUMBER)
    await building.rulebook.change(
        building.residents[ADA], weak, Author(user_id=mallory.id)
    )
    await elm.sender.grant("G1")
    answer = await ask(
        house, "request_entry", "door-lobby", Context(), address_code=code
    )
    assert answer["reason"] == "unknown_grant"
