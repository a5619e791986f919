"""Fix flows of repair issues."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from homeassistant.components import webhook
from homeassistant.components.repairs import RepairsFlow, RepairsFlowResult
from homeassistant.components.repairs.const import FlowType
from homeassistant.components.repairs.models import RepairsFlowContext
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigEntryState,
    ConfigSubentry,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import AbortFlow, FlowResultType
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import issue_registry as ir
from homeassistant.util import dt as dt_util
import voluptuous as vol

from .access.names import in_markdown
from .api.commands import (
    async_accept_clock,
    async_confirm_keys,
    async_invite_again,
    async_retry_notifications,
    async_see_ledger_lost,
)
from .api.permissions import Actor, Permission, async_acting
from .building.building import Building, CourierAccessConfigEntry
from .const import (
    CONF_DOORS,
    CONF_LONGEST_GRANT_HOURS,
    CONF_RATE_PER_MINUTE,
    DEFAULT_LONGEST_GRANT_HOURS,
    DEFAULT_RATE_PER_MINUTE,
    DOMAIN,
    SubentryType,
)
from .couriers.fleet import (
    SEPARATOR,
    FleetCourier,
    Link,
    Proposal,
    ProposalKind,
    linked_couriers,
)
from .couriers.keys import CourierKey, CourierKeys
from .flows.courier import courier_data
from .flows.forms import Answers, Fields, FormFlow, choice, free_name
from .home_assistant.host import requesting_user
from .home_assistant.issues import ENTRY_ID, FIX, SUBJECT, Fix
from .ledger.errors import LedgerUnavailable
from .notifications.targets import routes
from .notifications.times import write_for_issue

type FixAction = Callable[[Building, Actor, str], Awaitable[None]]
"""Fixes a building's issue with that subject as an actor."""


class FixPlan(NamedTuple):
    """A fix that only needs a confirmation.

    `placeholders` returns details for the form, which only its administrator reads. It
    raises AbortFlow if the subject was removed.
    """

    do: FixAction
    placeholders: Callable[[Building, str], Mapping[str, str]] | None = None


class BuildingFix(FormFlow[RepairsFlowContext, RepairsFlowResult], RepairsFlow):
    """Fixes an issue of a building or of its part with the id `subject`."""

    def __init__(self, entry_id: str, subject: str) -> None:
        self._entry_id = entry_id
        self._subject = subject

    async def _acting(self) -> tuple[Building, Actor]:
        """Return the building and the actor.

        Raises AbortFlow if the building isn't loaded or the actor isn't allowed.
        """
        entry: CourierAccessConfigEntry | None = (
            self.hass.config_entries.async_get_entry(self._entry_id)
        )
        if entry is None or entry.state is not ConfigEntryState.LOADED:
            raise AbortFlow("not_loaded")
        building = entry.runtime_data
        # Fix flows don't get a context.
        context = Context(user_id=requesting_user())
        actor = await async_acting(building, context)
        if not actor.may(Permission.REPAIR):
            raise AbortFlow("not_allowed")
        return building, actor

    def _shown(self) -> dict[str, str]:
        """Return the placeholders of the issue, and its link to the documentation.

        The frontend shows the link only for issues that can't be fixed.
        """
        issue = ir.async_get(self.hass).async_get_issue(DOMAIN, self.issue_id)
        if issue is None:
            return {}
        return {
            **(issue.translation_placeholders or {}),
            "learn_more": issue.learn_more_url or "",
        }


class ConfirmedFix(BuildingFix):
    """Runs a fix once it is confirmed."""

    def __init__(self, plan: FixPlan, entry_id: str, subject: str) -> None:
        super().__init__(entry_id, subject)
        self._plan = plan

    async def async_step_init(self, _: Answers) -> RepairsFlowResult:
        return await self.async_step_confirm(None)

    async def async_step_confirm(self, user_input: Answers) -> RepairsFlowResult:
        """Run the fix if it is confirmed."""
        building, actor = await self._acting()
        errors: dict[str, str] = {}
        if user_input is not None:
            try:
                await self._plan.do(building, actor, self._subject)
            except HomeAssistantError as err:
                errors["base"] = err.translation_key or "failed"
            else:
                return self.async_create_entry(data={})
        now = write_for_issue(dt_util.utcnow(), building.zone())
        placeholders = {**self._shown(), "now": now}
        if self._plan.placeholders is not None:
            placeholders |= self._plan.placeholders(building, self._subject)
        return self._form("confirm", {}, errors=errors, placeholders=placeholders)


class KeysFix(BuildingFix):
    """Asks what happens to a courier's old key."""

    async def async_step_init(self, user_input: Answers) -> RepairsFlowResult:
        """Show the menu."""
        await self._keys()
        return self._menu("init", "prolong", "end", **self._shown())

    async def async_step_prolong(self, user_input: Answers) -> RepairsFlowResult:
        return await self._keep((await self._keys()).prolong_old(dt_util.utcnow()))

    async def async_step_end(self, user_input: Answers) -> RepairsFlowResult:
        return await self._keep((await self._keys()).end_old())

    async def _keys(self) -> CourierKeys:
        """Return the courier's two keys; raise AbortFlow if it has no old key."""
        building, _ = await self._acting()
        courier = building.entry.subentries.get(self._subject)
        keys = CourierKeys() if courier is None else CourierKeys.read(courier.data)
        if keys.old is None:
            raise AbortFlow("not_there")
        return keys

    async def _keep(self, keys: CourierKeys) -> RepairsFlowResult:
        building, _ = await self._acting()
        courier = building.entry.subentries[self._subject]
        self.hass.config_entries.async_update_subentry(
            building.entry, courier, data={**courier.data, **keys.to_data()}
        )
        return self.async_create_entry(data={})


class PartFix(BuildingFix):
    """Says what a part has lost, and hands over to the flow that changes the part."""

    async def async_step_init(self, _: Answers) -> RepairsFlowResult:
        return await self.async_step_confirm(None)

    async def async_step_confirm(self, user_input: Answers) -> RepairsFlowResult:
        """Say what happened, then open the part's own flow."""
        building, _ = await self._acting()
        part = building.entry.subentries.get(self._subject)
        if part is None:
            return self.async_abort(reason="not_there")
        if user_input is None:
            return self._form(
                "confirm", {}, placeholders=self._shown(), last_step=False
            )
        flow = await self.hass.config_entries.subentries.async_init(
            (self._entry_id, part.subentry_type),
            context={"source": SOURCE_RECONFIGURE, "subentry_id": self._subject},
        )
        if flow["type"] is FlowResultType.ABORT:
            return self.async_abort(reason="not_there")
        # The issue stays until the part's check finds nothing wrong.
        return self.async_abort(
            reason="handed_over",
            next_flow=(FlowType.CONFIG_SUBENTRIES_FLOW, flow["flow_id"]),
        )


class FleetFix(BuildingFix):
    """Asks what takes effect of what a fleet proposes about couriers."""

    _proposals: Sequence[Proposal] = ()

    async def async_step_init(self, _: Answers) -> RepairsFlowResult:
        return await self.async_step_confirm(None)

    async def async_step_confirm(self, user_input: Answers) -> RepairsFlowResult:
        """Confirm what was shown, whatever the fleet proposes meanwhile."""
        building, _ = await self._acting()
        errors: dict[str, str] = {}
        if user_input is None:
            self._proposals = building.fleet.proposals
        else:
            tokens = {token for each in user_input.values() for token in each}
            chosen = [each for each in self._proposals if each.token in tokens]
            try:
                await building.fleet.async_confirm(self._proposals, chosen)
            except LedgerUnavailable:
                errors["base"] = "ledger_unavailable"
            else:
                for each in chosen:
                    if each.kind is ProposalKind.COURIER:
                        self._add(building, each.courier)
                return self.async_create_entry(data={})
        labels: dict[ProposalKind, dict[str, str]] = {}
        for each in self._proposals:
            labels.setdefault(each.kind, {})[each.token] = _label(building, each)
        fields: Fields = {
            vol.Required(kind.value, default=list(options)): choice(
                options, multiple=True
            )
            for kind, options in labels.items()
        }
        return self._form("confirm", fields, errors=errors, placeholders=self._shown())

    def _add(self, building: Building, courier: FleetCourier) -> None:
        entry, doors = building.entry, courier.doors(building.directory.doors)
        if courier.id in linked_couriers(entry):
            return  # Another form was faster.
        webhook_id = webhook.async_generate_id()
        names = [part.title for part in entry.subentries.values()]
        keys = CourierKeys(tuple(CourierKey(key) for key in courier.keys))
        details = {
            CONF_DOORS: doors,
            CONF_LONGEST_GRANT_HOURS: DEFAULT_LONGEST_GRANT_HOURS,
            CONF_RATE_PER_MINUTE: DEFAULT_RATE_PER_MINUTE,
            **Link(courier.id, courier.keys, tuple(doors)).to_data(),
        }
        self.hass.config_entries.async_add_subentry(
            entry,
            ConfigSubentry(
                data=MappingProxyType(courier_data(details, webhook_id, keys)),
                subentry_type=SubentryType.COURIER,
                title=free_name(courier.name, names),
                unique_id=webhook_id,
            ),
        )


def _label(building: Building, proposal: Proposal) -> str:
    """Return a courier's name with what it gets: doors and public keys."""
    courier, doors = proposal.courier, building.directory.doors
    linked = linked_couriers(building.entry).get(courier.id)
    # The fleet can change its name, and an administrator knows it by its own.
    parts = [courier.name if linked is None else linked[0].title]
    match proposal.kind:
        case ProposalKind.COURIER:
            parts += [doors[each].name for each in courier.doors(doors)]
            parts += courier.keys
        case ProposalKind.KEY:
            parts.append(proposal.value)
        case ProposalKind.DOOR:
            parts.append(doors[proposal.value].name)
        case _:
            pass  # It only gets what it had.
    return SEPARATOR.join(parts)


def _for_building(action: Callable[[Building, Actor], Awaitable[None]]) -> FixAction:
    return lambda building, actor, _subject: action(building, actor)


def _unreachable_view(building: Building, resident_id: str) -> Mapping[str, str]:
    addressee = building.directory.addressees.get(resident_id)
    if addressee is None:
        raise AbortFlow("not_there")
    led_to = [in_markdown(route.name) for route in routes(building.hass, addressee)]
    return {
        "resident": in_markdown(addressee.resident.name),
        "unit": in_markdown(addressee.resident.unit_label),
        "targets": ", ".join(led_to) or "-",
    }


def _undecided_view(building: Building, _subject: str) -> Mapping[str, str]:
    names = [
        building.residents[resident_id].name
        for resident_id in building.rulebook.undecided
    ]
    return {"residents": ", ".join(in_markdown(name) for name in names) or "-"}


REPAIRS: Final[Mapping[Fix, FixPlan]] = {
    Fix.CONFIRM_KEYS: FixPlan(_for_building(async_confirm_keys)),
    Fix.ACCEPT_CLOCK: FixPlan(_for_building(async_accept_clock)),
    Fix.SEE_LEDGER_LOST: FixPlan(_for_building(async_see_ledger_lost)),
    Fix.RETRY_NOTIFICATIONS: FixPlan(async_retry_notifications, _unreachable_view),
    Fix.RESEND_INVITATIONS: FixPlan(_for_building(async_invite_again), _undecided_view),
}
"""Fixes that only need a confirmation; the others have their own flow."""


async def async_create_fix_flow(
    hass: HomeAssistant, issue_id: str, data: dict[str, str | int | float | None] | None
) -> RepairsFlow:
    """Return the flow that fixes an issue."""
    known = data or {}
    entry_id, subject = str(known[ENTRY_ID]), str(known[SUBJECT])
    match fix := Fix(str(known[FIX])):
        case Fix.CHOOSE_OPENER | Fix.CHOOSE_DOORBELL | Fix.CHOOSE_SOURCE:
            return PartFix(entry_id, subject)
        case Fix.MANAGE_OLD_KEY:
            return KeysFix(entry_id, subject)
        case Fix.CONFIRM_COURIERS:
            return FleetFix(entry_id, subject)
        case _:
            return ConfirmedFix(REPAIRS[fix], entry_id, subject)
