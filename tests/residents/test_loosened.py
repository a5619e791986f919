"""Test notifications of loosened rules and their *Withdraw* button (promise 4)."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from typing import Any

from freezegun.api import FrozenDateTimeFactory
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import CoreState, HomeAssistant
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.courier_access.access.hours import ALWAYS, WeekSchedule
from custom_components.courier_access.access.model import (
    Attitude,
    Consent,
    Loosening,
    Rules,
)
from custom_components.courier_access.api.orders import async_set_order
from custom_components.courier_access.api.permissions import async_acting, link_holder
from custom_components.courier_access.const import DOMAIN
from custom_components.courier_access.ledger.queue import NotificationKind
from tests.notifications.test_presses_reloaded import foreign, load, unload
from tests.support.enqueued import edit, enqueued, move_in, move_out
from tests.support.house import (
    House,
    Sender,
    build,
    courier,
    decide,
    do,
    door,
    pass_time,
    resident,
)
from tests.support.people import People, acting
from tests.support.phone_app import PhoneApp, push_service
from tests.support.phones import Letters, add_letters
from tests.support.rows import bodies, kept_rows, personal

ADA, BEN = "resident-ada", "resident-ben"
EVERYWHERE = [
    {"kind": "person_apps", "value": None},
    {"kind": "action", "value": "notify.ada_mail"},
]
FIRST = "You said yes."
MORNING = {"saturday": [{"from": "09:00", "to": "12:00"}]}
LOOSENED = ("Your rules for couriers were loosened", FIRST)


@dataclass(slots=True)
class Home:
    """Ada with two phones and mail, Cleo with a phone, Ben with a personal link."""

    house: House
    people: People
    sender: Sender
    mail: Letters
    freezer: FrozenDateTimeFactory
    phones: dict[str, PhoneApp] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """Return Ada's rules."""
        return self.house.building.rulebook.of(ADA)

    async def set_rules(self, user: str = "Ada", **data: Any) -> None:
        """Call the action as a script does that this user started; a yes is said in the panel."""
        await self.call("set_rules", ADA, user, **data)

    async def consent(self) -> None:
        """Consent for the first time, with hours."""
        await self.set_rules(consent=True, windows=MORNING)

    async def call(
        self, action: str, subject: str, user: str = "Ada", **data: Any
    ) -> None:
        """Call an action on a resident as a script does that this user started."""
        await do(self.house, action, acting(self.people[user]), subject, **data)
        await self.house.settle()

    async def wait(self, seconds: float) -> None:
        """Let time pass, and what is due in it be sent."""
        await pass_time(self.house.hass, self.freezer, seconds)
        await self.house.settle()

    def loosened(self, phone: str = "Ada") -> list[str]:
        """Return what a phone, or the mail, says was loosened."""
        texts = (
            [letter["message"] for letter in self.mail.received]
            if phone == "mail"
            else [push["message"] for push in self.phones[phone].pushes]
        )
        return [text for text in texts if text.startswith(LOOSENED)]

    @property
    def counts(self) -> list[int]:
        """How often Ada's phone, tablet, and mail say that something was loosened."""
        return [len(self.loosened(each)) for each in ("Ada", "Tablet", "mail")]

    async def press(self, button: str, phone: str = "Ada") -> Consent:
        """Press a button on a phone, and return Ada's consent then."""
        await self.phones[phone].press(button)
        await self.house.settle()
        return self.rules.consent

    @property
    def button(self) -> str:
        """Return the newest Withdraw button on Ada's first phone."""
        return self.phones["Ada"].buttons["Withdraw"]


@pytest.fixture
async def home(
    hass: HomeAssistant,
    freezer: FrozenDateTimeFactory,
    hass_client_no_auth: ClientSessionGenerator,
) -> AsyncGenerator[Home]:
    people = People(hass)
    await people.move_in("Ada", "Cleo")
    mail = add_letters(hass, "ada_mail")
    house = await build(
        hass,
        door(),
        courier(),
        resident("Ada", "3B", None, person=people.person("Ada"), targets=EVERYWHERE),
        resident(
            "Cleo", "4A", None, person=people.person("Cleo"), targets=EVERYWHERE[:1]
        ),
        resident("Ben", "5C", None),
    )
    async with push_service(hass, hass_client_no_auth) as service:
        home = Home(house, people, Sender(service.client), mail, freezer)
        for name, user in (("Ada", "Ada"), ("Tablet", "Ada"), ("Cleo", "Cleo")):
            home.phones[name] = await service.register(people[user], f"Phone of {name}")
        yield home


async def recorded(house: House, kind: str) -> int:
    return len(await bodies(house.building.ledger, kind))


async def test_consent_is_notified_through_all_targets_and_withdrawn_by_button(
    home: Home,
) -> None:
    await home.set_rules(consent=True, windows=ALWAYS.to_mapping())

    for target in ("Ada", "Tablet", "mail"):
        [message] = home.loosened(target)
        assert message.startswith(
            "You said yes. Couriers may come always. If it wasn't you, withdraw your "
            "consent, then change your password or replace your link. Receipt "
        )
        assert "3B" not in message
    assert home.loosened("Cleo") == []
    assert home.button != home.phones["Tablet"].buttons.get("Veto")
    await home.sender.grant()

    assert await home.press(home.button, "Cleo") is Consent.GIVEN
    assert await home.press(home.button) is Consent.WITHDRAWN
    assert await recorded(home.house, "rules.changed") == 2
    assert home.house.building.grants.expected("3b") == []
    assert len(await enqueued(home.house, NotificationKind.CONSENT_WITHDRAWN)) == 1
    ledger = home.house.building.ledger
    deciders = await personal(ledger, "decided_by", "rules.changed")
    assert deciders == [home.people["Ada"].id] * 2
    assert await home.press(home.button) is Consent.WITHDRAWN
    assert await recorded(home.house, "rules.changed") == 2


async def test_consents_go_out_at_once_and_what_follows_in_a_digest(
    home: Home,
) -> None:
    await home.consent()
    await home.set_rules(consent=False)
    await home.set_rules(consent=True)
    assert len(home.loosened()) == 2

    for hour in range(10, 20):
        monday = [{"from": "09:00", "to": f"{hour}:00"}]
        await home.set_rules(windows=MORNING | {"monday": monday})
    await home.set_rules(share_hours=True)
    await home.set_rules(digest_at="18:00")
    assert len(home.loosened()) == 2
    await home.wait(300)

    [first, again, gathered] = home.loosened()
    assert first.startswith(FIRST)
    assert "loosened with your account, " in again
    assert ": consent given. Not you?" in again
    assert (
        "more hours, hours shared with couriers, other time for the digest. Not"
        in gathered
    )
    assert len(home.loosened("mail")) == 3
    # A rule that only restricts is not notified.
    await home.set_rules(share_hours=False, couriers={"Parcel Post": "deny"})
    await home.wait(600)
    assert len(home.loosened()) == 3


async def test_first_yes_comes_as_one_with_the_first_hours_as_soon_as_these_are_there(
    home: Home,
) -> None:
    await home.set_rules(consent=True)
    await home.wait(240)
    # Without hours, it lets nobody in.
    assert home.counts == [0, 0, 0]
    await home.set_rules(windows=MORNING)
    assert home.counts == [1, 1, 1]
    assert home.phones["Ada"].pushes[-1]["title"] == "Courier Access"
    assert home.loosened()[0].startswith(
        f"{FIRST} Couriers may come Sat 9 AM \u2013 12 PM. If it "
    )
    # What is chosen after it comes as one, as it is then.
    for hour in (20, 21):
        evenings = [{"from": "17:00", "to": f"{hour}:00"}]
        week = ("monday", "tuesday", "wednesday", "thursday", "friday")
        await home.set_rules(windows=MORNING | dict.fromkeys(week, evenings))
    assert home.counts == [1, 1, 1]
    await home.wait(300)
    assert home.counts == [2, 2, 2]
    assert ": more hours. Not you?" in home.loosened()[-1]
    assert await home.press(home.button) is Consent.WITHDRAWN


async def test_first_yes_without_hours_is_notified_after_five_minutes(
    home: Home,
) -> None:
    await home.set_rules(consent=True)
    await home.wait(300)
    assert home.counts == [1, 1, 1]
    [first] = home.loosened()
    assert first.startswith(f"{FIRST} You have no hours yet, so no courier comes in. ")


async def test_first_hours_long_after_the_yes_are_notified_at_once_and_undone(
    home: Home,
) -> None:
    await home.set_rules(consent=True)
    for seconds in (300, 86_400):
        await home.wait(seconds)
    await home.set_rules(windows=ALWAYS.to_mapping())
    assert home.counts == [2, 2, 2]
    assert "If it wasn't you, withdraw" in home.loosened()[-1]
    assert await home.press(home.button) is Consent.WITHDRAWN
    # The first yes is given once.
    await home.set_rules(consent=True)
    assert "consent given. Not you?" in home.loosened()[-1]


async def test_first_yes_is_an_alarm_if_more_than_hours_follow(home: Home) -> None:
    await home.set_rules(consent=True)
    await home.set_rules(share_hours=True)
    [alarm] = home.loosened()
    assert "consent given, hours shared with couriers. Not you?" in alarm
    await home.set_rules(windows=ALWAYS.to_mapping())
    await home.wait(300)
    assert ": more hours. Not you?" in home.loosened()[-1]


async def test_standing_order_is_notified_through_all_targets_and_withdraw_ends_it(
    home: Home,
) -> None:
    building = home.house.building
    await home.set_rules(consent=True, windows=ALWAYS.to_mapping())
    home.house.hass.states.async_set("sensor.parcels", "0", {"trackings": []})
    given = {"sensors": ["sensor.parcels"], "courier": "Parcel Post"}
    ada = await async_acting(building, acting(home.people["Ada"]))
    await async_set_order(building, ada, building.residents[ADA], given)
    await home.house.settle()
    await home.wait(300)

    for target in ("Ada", "Tablet", "mail"):
        assert (
            ": parcels announced automatically. Not you?" in home.loosened(target)[-1]
        )
    assert home.loosened("Cleo") == []
    [order] = building.standing_orders.all()
    assert await home.press(home.button, "Cleo") is Consent.GIVEN
    assert building.standing_orders.all() == (order,)
    assert await home.press(home.button) is Consent.WITHDRAWN
    assert building.standing_orders.all() == ()


async def test_confirmation_by_script_is_notified_through_all_targets_and_withdraw_closes_the_unit(
    home: Home,
) -> None:
    house = home.house
    ben = resident(
        "Ben B.", "3B", None, targets=[{"kind": "action", "value": "notify.ben"}]
    )
    await move_in(house, ben, resident("Mia", "3B"))
    house.told.clear()
    for _ in range(2):
        await home.call("confirm_resident", "resident-mia")
    await home.sender.grant()
    await house.settle()

    confirmed = "Mia was confirmed in your home with "
    texts = [letter["message"] for letter in home.mail.received]
    assert sum(confirmed in text for text in texts) == 1
    for phone in ("Ada", "Tablet", "Cleo"):
        pushes = home.phones[phone].pushes
        count = sum(confirmed in push["message"] for push in pushes)
        assert count == (phone != "Cleo"), phone
    assert not any(confirmed in text for _, text in house.told), "Ben is still pending"
    assert house.building.grants.expected("3b") != []

    assert await home.press(home.button) is Consent.WITHDRAWN
    assert house.building.grants.expected("3b") == []
    assert (await home.sender.grant("G2")).body["reason"] == "not_accepting"


async def test_loosening_through_the_webhook_of_a_phone_is_notified(home: Home) -> None:
    service_data = {
        "device_id": home.house.device(ADA).id,
        "consent": True,
        "windows": MORNING,
    }
    call = {"domain": DOMAIN, "service": "set_rules", "service_data": service_data}
    phone = home.phones["Ada"]
    answer = await phone.client.post(
        f"/api/webhook/{phone.webhook_id}", json={"type": "call_service", "data": call}
    )
    await home.house.settle()

    assert answer.status == 200
    assert home.counts == [1, 1, 1]


async def test_target_that_fails_does_not_keep_loosening_from_others_and_gets_it_later(
    home: Home,
) -> None:
    home.mail.error = OSError()
    await home.consent()
    [push] = [
        each for each in home.phones["Ada"].pushes if each["message"] in home.loosened()
    ]
    await home.phones["Ada"].fire(
        "mobile_app_notification_received", {"tag": push["data"]["tag"]}
    )
    await home.house.settle()
    assert len(home.loosened("Ada")) == len(home.loosened("Tablet")) == 1
    home.mail.error = None

    await home.wait(10)
    assert len(home.loosened("mail")) == 1
    for _ in range(3):
        await home.wait(600)
    assert home.counts == [1, 1, 1]


async def test_phone_that_loads_late_is_notified_too(home: Home) -> None:
    hass = home.house.hass
    hass.set_state(CoreState.starting)
    tablet = hass.config_entries.async_entries("mobile_app")[1]
    assert await hass.config_entries.async_unload(tablet.entry_id)
    await home.consent()
    assert home.counts == [1, 0, 1]
    assert await hass.config_entries.async_setup(tablet.entry_id)

    for _ in range(2):
        await home.wait(120)
    assert home.counts == [1, 1, 1]


async def test_loosening_reaches_the_phones_of_the_account(home: Home) -> None:
    home.house.listen("Owner")
    owners = [{"kind": "action", "value": "notify.owner"}]
    await edit(home.house, ADA, targets=owners)
    await home.consent()
    await edit(home.house, ADA, targets=EVERYWHERE)

    assert len(home.loosened("Ada")) == len(home.loosened("Tablet")) == 1
    assert "Owner" in [
        name for name, text in home.house.told if text in home.loosened()
    ]
    assert home.loosened("Cleo") == home.loosened("mail") == []


async def test_disabled_phone_is_notified_once_enabled(home: Home) -> None:
    hass = home.house.hass
    home.house.listen("Owner")
    targets = [*EVERYWHERE, {"kind": "action", "value": "notify.owner"}]
    await edit(home.house, ADA, targets=targets)
    phone = hass.config_entries.async_entries("mobile_app")[0]
    await hass.config_entries.async_set_disabled_by(
        phone.entry_id, ConfigEntryDisabler.USER
    )
    await home.consent()
    await home.wait(3600)
    assert home.counts == [0, 1, 1]

    await hass.config_entries.async_set_disabled_by(phone.entry_id, None)
    await home.wait(3600)
    assert home.counts == [1, 1, 1]


async def test_loosening_by_link_names_the_link_and_has_no_button(home: Home) -> None:
    ben = home.house.building.residents[BEN]
    open_all_week = Rules(consent=Consent.GIVEN, schedule=ALWAYS)
    for rules in (open_all_week, replace(open_all_week, share_hours=True)):

        def chosen(_: Rules, new: Rules = rules) -> Rules:
            return new

        await decide(home.house.building, link_holder(ben), ben, chosen)
        await home.wait(300)

    [first, message] = [
        text for name, text in home.house.told if text.startswith(LOOSENED)
    ]
    assert first.startswith(f"{FIRST} Couriers may come always. ")
    assert "through your personal link" in message


async def test_consent_on_paper_is_notified_through_all_targets(
    hass: HomeAssistant, home: Home
) -> None:
    mail = add_letters(hass, "dora_mail")
    targets = [
        {"kind": "action", "value": f"notify.{name}"} for name in ("dora", "dora_mail")
    ]
    home.house.listen("Dora")
    await move_in(home.house, resident("Dora", "6D", targets=targets))

    on_paper = "recorded that you consented on paper on Jan 2, 2026"
    assert (
        sum(on_paper in text for name, text in home.house.told if name == "Dora") == 1
    )
    assert sum(on_paper in letter["message"] for letter in mail.received) == 1


async def test_withdrawal_survives_locked_ledger_and_reload(home: Home) -> None:
    house = home.house
    await home.set_rules(consent=True, windows=ALWAYS.to_mapping())
    await home.sender.grant()
    await kept_rows(house.building.ledger, "PRAGMA busy_timeout = 50", int)
    with foreign(house, "BEGIN IMMEDIATE"):
        assert await home.press(home.button) is Consent.GIVEN
        assert house.building._late_writes.may_overlook
        # Nobody is admitted while it isn't written.
        assert (await home.sender.enter(message_id="meanwhile")).status == 503
    await unload(house)
    await load(house)

    assert home.rules.consent is Consent.WITHDRAWN
    assert (await home.sender.enter()).body["decision"] == "refused"


@pytest.mark.parametrize("change", ["replaced", "moved", "removed"])
async def test_button_from_before_resident_was_replaced_or_removed_does_nothing(
    home: Home, change: str
) -> None:
    await home.consent()
    button = home.button
    ada = resident(
        "Ada", "3B", None, person=home.people.person("Ada"), targets=EVERYWHERE
    )
    if change == "replaced":
        await edit(home.house, ADA, person=home.people.person("Cleo"))
        await edit(home.house, ADA, person=home.people.person("Ada"))
    elif change == "moved":
        await edit(home.house, ADA, unit="7E")
    else:
        await move_out(home.house, ADA)
        await home.press(button)
        await move_in(home.house, ada)
    await home.consent()

    assert await home.press(button) is Consent.GIVEN
    assert await home.press(home.button) is Consent.WITHDRAWN


async def test_made_up_token_and_other_buttons_withdraw_nothing(home: Home) -> None:
    await home.set_rules(consent=True, windows=ALWAYS.to_mapping())
    await home.sender.grant()
    await home.house.settle()
    veto = home.phones["Ada"].buttons["Veto"]

    for token in (veto.rpartition("_")[2], "0" * 32):
        assert await home.press(f"courier_access_withdraw_{token}") is Consent.GIVEN


async def test_pending_loosening_reaches_its_own_resident(home: Home) -> None:
    await home.set_rules(digest_at="18:00")
    await home.set_rules(digest_at="19:00")
    await edit(
        home.house, ADA, person=home.people.person("Cleo"), targets=EVERYWHERE[:1]
    )
    await home.set_rules("Cleo", digest_at="20:00")

    assert len(home.loosened("Cleo")) == 1
    await home.wait(300)
    assert len(home.loosened("Ada")) == len(home.loosened("mail")) == 2
    assert len(home.loosened("Cleo")) == 1


async def test_notification_names_what_was_loosened(home: Home) -> None:
    ada = await async_acting(home.house.building, acting(home.people["Ada"]))
    strict = Rules(
        only_while=("schedule.porter",), couriers={"courier-parcel-post": Attitude.DENY}
    )
    await decide(home.house.building, ada, ada.residents[0], lambda _: strict)
    await home.house.settle()
    assert home.loosened() == []

    loose = replace(Rules(), schedule=WeekSchedule())
    await decide(home.house.building, ada, ada.residents[0], lambda _: loose)
    await home.house.settle()
    [message] = home.loosened()
    assert "couriers let in more easily, fewer conditions." in message
    assert loose.loosened(strict) == (Loosening.COURIERS, Loosening.CONDITIONS)
