"""Subentry flow of a courier: its doors, limits, and keys."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, override

from homeassistant.components import webhook
from homeassistant.config_entries import (
    SOURCE_RECONFIGURE,
    ConfigSubentryFlow,
    SubentryFlowResult,
)
from homeassistant.const import UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.selector import (
    BooleanSelector,
    NumberSelector,
    NumberSelectorConfig,
    NumberSelectorMode,
    SelectOptionDict,
    SelectSelector,
    SelectSelectorConfig,
    SelectSelectorMode,
    TextSelector,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..const import (
    CONF_CLOUDHOOK_URL,
    CONF_DOORS,
    CONF_ENABLED,
    CONF_LONGEST_GRANT_HOURS,
    CONF_NAME,
    CONF_RATE_PER_MINUTE,
    CONF_WEBHOOK_ID,
    DEFAULT_LONGEST_GRANT_HOURS,
    DEFAULT_RATE_PER_MINUTE,
    SubentryType,
)
from ..contract.signature import new_secret
from ..couriers.addresses import Addresses, forget_cloudhook
from ..couriers.keys import CourierKey, CourierKeys, public_key_fault
from .forms import courier_name_problem

FIELD_PUBLIC_KEY = "public_key"
FIELD_OLD_KEY = "old_key"

MAX_LONGEST_GRANT_HOURS = 72
MAX_RATE_PER_MINUTE = 6000


class OldKey(StrEnum):
    """What happens to a superseded key."""

    OVERLAP = "overlap"
    END_NOW = "end_now"


class CourierProblem(StrEnum):
    """Problems with a courier's details; the error keys."""

    NO_DOOR = "doors_none"


class CourierFlow(ConfigSubentryFlow):
    """Adds and changes a courier; nothing is saved before the last step."""

    _name: str
    _details: dict[str, Any]
    _addresses: Addresses | None = None
    """The addresses shown to the owner."""

    def __init__(self) -> None:
        """Generate the webhook id and secret, which stay the same in every step."""
        self._webhook_id = webhook.async_generate_id()
        self._secret = new_secret()

    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for a new courier's details."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._take_details(user_input)
            if not errors:
                return await self.async_step_signing()
        return self._ask_for_details("user", user_input, errors)

    async def async_step_signing(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask whether the courier sends signed messages, and how it signs."""
        return self.async_show_menu(
            step_id="signing", menu_options=["unsigned", "secret", "public_key"]
        )

    async def async_step_unsigned(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Add a courier without a key: nobody can send messages in its name."""
        return self._create(CourierKeys())

    async def async_step_secret(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the address and the shared secret."""
        if user_input is not None:
            return self._create(CourierKeys((CourierKey(self._secret),)))
        return await self._show_credentials("secret", {}, with_secret=True)

    async def async_step_public_key(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the address and ask for the courier's public key."""
        errors: dict[str, str] = {}
        if user_input is not None:
            key = user_input[FIELD_PUBLIC_KEY].strip()
            problem = public_key_fault(key, CourierKeys())
            if problem is None:
                return self._create(CourierKeys((CourierKey(key),)))
            errors[FIELD_PUBLIC_KEY] = problem
        return await self._show_credentials(
            "public_key", _public_key_field(), user_input, errors
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask what to change."""
        data = self._get_reconfigure_subentry().data
        self._webhook_id = data[CONF_WEBHOOK_ID]
        keys = self._active_keys()
        if keys.newest is None:
            options = ["details", "add_key"]
        elif keys.old is None:
            options = ["details", "rotate", "address"]
        else:
            options = ["details", "rotate", "end_old_key", "address"]
        return self.async_show_menu(step_id="reconfigure", menu_options=options)

    async def async_step_details(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Change the courier's details."""
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._take_details(user_input)
            if not errors:
                return self._update(self._details, title=self._name)
        return self._ask_for_details("details", user_input, errors)

    async def async_step_rotate(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask how the courier signs from now on."""
        step_id = "rotate" if self._active_keys().old is None else "rotate_again"
        return self.async_show_menu(
            step_id=step_id, menu_options=["new_secret", "new_public_key"]
        )

    async def async_step_add_key(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask how a courier signs that sent no messages until now."""
        return self.async_show_menu(
            step_id="add_key", menu_options=["new_secret", "new_public_key"]
        )

    async def async_step_rotate_again(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask the same while two keys are active; the older one ends at once."""
        return await self.async_step_rotate()

    async def async_step_new_secret(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show a new shared secret."""
        if user_input is not None:
            return self._rotate(self._secret, user_input)
        return await self._show_credentials(
            "new_secret", self._old_key_field(), with_secret=True
        )

    async def async_step_new_public_key(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Ask for a new public key."""
        errors: dict[str, str] = {}
        if user_input is not None:
            key = user_input[FIELD_PUBLIC_KEY].strip()
            problem = public_key_fault(key, self._active_keys())
            if problem is None:
                return self._rotate(key, user_input)
            errors[FIELD_PUBLIC_KEY] = problem
        fields = {**_public_key_field(), **self._old_key_field()}
        return await self._show_credentials(
            "new_public_key", fields, user_input, errors
        )

    async def async_step_end_old_key(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """End the superseded key before its overlap ends."""
        if user_input is not None:
            return self._update(self._active_keys().end_old().to_data())
        return self._form("end_old_key", {})

    async def async_step_address(
        self, user_input: dict[str, Any] | None = None
    ) -> SubentryFlowResult:
        """Show the address again; the key is never shown again."""
        if user_input is not None:
            return self._save_address()
        return await self._show_credentials("address", {})

    @callback
    @override
    def async_remove(self) -> None:
        """Delete a cloudhook that was created for a courier who wasn't added."""
        if self._addresses is None:
            return
        building = self.hass.config_entries.async_get_entry(self._entry_id)
        couriers = (
            ()
            if building is None
            else building.get_subentries_of_type(SubentryType.COURIER)
        )
        if all(
            courier.data[CONF_WEBHOOK_ID] != self._webhook_id for courier in couriers
        ):
            forget_cloudhook(self.hass, self._webhook_id)

    def _ask_for_details(
        self, step_id: str, user_input: dict[str, Any] | None, errors: dict[str, str]
    ) -> SubentryFlowResult:
        if not (doors := self._doors()):
            return self.async_abort(reason="no_doors")
        suggestions: Mapping[str, Any]
        if user_input is not None:
            suggestions = user_input
        elif self.source == SOURCE_RECONFIGURE:
            data = self._get_reconfigure_subentry().data
            suggestions = {
                **data,
                CONF_NAME: self._get_reconfigure_subentry().title,
                CONF_DOORS: [id_ for id_ in data[CONF_DOORS] if id_ in doors],
            }
        else:
            suggestions = {CONF_DOORS: list(doors)} if len(doors) == 1 else {}
        return self._form(
            step_id,
            _details_fields(doors, with_enabled=self.source == SOURCE_RECONFIGURE),
            suggestions,
            errors,
            last_step=self.source == SOURCE_RECONFIGURE,
        )

    def _take_details(self, details: dict[str, Any]) -> dict[str, str]:
        """Keep the details, or return the errors."""
        details[CONF_NAME] = details[CONF_NAME].strip()
        own_id = (
            self._reconfigure_subentry_id if self.source == SOURCE_RECONFIGURE else None
        )
        # Events show the names of other courier access as couriers', too.
        others = (
            part.title
            for kind in (SubentryType.COURIER, SubentryType.OBSERVED)
            for part in self._get_entry().get_subentries_of_type(kind)
            if part.subentry_id != own_id
        )
        errors: dict[str, str] = {}
        if problem := courier_name_problem(details[CONF_NAME], others):
            errors[CONF_NAME] = problem
        if not details[CONF_DOORS]:
            errors[CONF_DOORS] = CourierProblem.NO_DOOR
        if not errors:
            self._details = dict(details)
            self._name = self._details.pop(CONF_NAME)
        return errors

    def _doors(self) -> dict[str, str]:
        """Return the building's door names by subentry id."""
        return {
            door.subentry_id: door.title
            for door in self._get_entry().get_subentries_of_type(SubentryType.DOOR)
        }

    def _active_keys(self) -> CourierKeys:
        data = self._get_reconfigure_subentry().data
        return CourierKeys.read(data).active(dt_util.utcnow())

    def _old_key_field(self) -> dict[vol.Marker, object]:
        """Return the choice of what becomes of the present key, if there is one."""
        return {} if self._active_keys().newest is None else _old_key_field()

    async def _show_credentials(
        self,
        step_id: str,
        fields: dict[vol.Marker, object],
        suggestions: Mapping[str, Any] | None = None,
        errors: dict[str, str] | None = None,
        *,
        with_secret: bool = False,
    ) -> SubentryFlowResult:
        """Show what the courier needs, above the fields.

        As text it can be copied on a phone; the frontend disables read-only fields.
        """
        self._addresses = await Addresses.of_webhook(self.hass, self._webhook_id)
        if (problem := self._addresses.problem) is not None:
            errors = {"base": problem} | (errors or {})
        return self._form(
            step_id,
            fields,
            suggestions,
            errors,
            to_copy={
                "addresses": self._addresses.text,
                "webhook_id": self._webhook_id,
                "secret": self._secret if with_secret else "",
            },
        )

    def _form(
        self,
        step_id: str,
        fields: dict[vol.Marker, object],
        suggestions: Mapping[str, Any] | None = None,
        errors: dict[str, str] | None = None,
        *,
        to_copy: Mapping[str, str] | None = None,
        last_step: bool = True,
    ) -> SubentryFlowResult:
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                vol.Schema(fields), suggestions
            ),
            errors=errors,
            description_placeholders=to_copy,
            last_step=last_step,
        )

    def _create(self, keys: CourierKeys) -> SubentryFlowResult:
        return self.async_create_entry(
            title=self._name,
            data={
                **courier_data(self._details, self._webhook_id, keys),
                **self._cloudhook_data(),
            },
            unique_id=self._webhook_id,
        )

    def _cloudhook_data(self) -> dict[str, str]:
        """Return the cloudhook if the courier has no other."""
        url = None if self._addresses is None else self._addresses.only_through_cloud
        return {} if url is None else {CONF_CLOUDHOOK_URL: url}

    def _save_address(self) -> SubentryFlowResult:
        """Save which address the courier was given, if it changed."""
        subentry = self._get_reconfigure_subentry()
        data = {**subentry.data, **self._cloudhook_data()}
        if self._addresses is not None and self._addresses.has_own:
            data.pop(CONF_CLOUDHOOK_URL, None)
        reason = "address_shown"
        if data == subentry.data:
            return self.async_abort(reason=reason)
        return self.async_update_and_abort(
            self._get_entry(), subentry, data=data, reason=reason
        )

    def _rotate(self, key: str, answers: Mapping[str, Any]) -> SubentryFlowResult:
        keys = CourierKeys.read(self._get_reconfigure_subentry().data)
        overlap = answers.get(FIELD_OLD_KEY) == OldKey.OVERLAP
        rotated = keys.rotate(key, dt_util.utcnow(), overlap=overlap).to_data()
        # With its first key, the courier is also given its address.
        first = self._cloudhook_data() if keys.newest is None else {}
        return self._update({**rotated, **first})

    def _update(
        self, updates: Mapping[str, Any], title: str | None = None
    ) -> SubentryFlowResult:
        subentry = self._get_reconfigure_subentry()
        return self.async_update_and_abort(
            self._get_entry(),
            subentry,
            title=title or subentry.title,
            data_updates=updates,
        )


def courier_data(
    details: Mapping[str, Any], webhook_id: str, keys: CourierKeys
) -> dict[str, Any]:
    """Return a new courier's data."""
    return {
        **details,
        CONF_ENABLED: True,
        CONF_WEBHOOK_ID: webhook_id,
        **keys.to_data(),
    }


def _details_fields(
    doors: Mapping[str, str], *, with_enabled: bool
) -> dict[vol.Marker, object]:
    fields: dict[vol.Marker, object] = {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_DOORS): SelectSelector(
            SelectSelectorConfig(
                options=[
                    SelectOptionDict(value=id_, label=name)
                    for id_, name in doors.items()
                ],
                multiple=True,
                mode=SelectSelectorMode.LIST,
            )
        ),
        vol.Required(
            CONF_LONGEST_GRANT_HOURS, default=DEFAULT_LONGEST_GRANT_HOURS
        ): _whole_number(MAX_LONGEST_GRANT_HOURS, UnitOfTime.HOURS),
        vol.Required(
            CONF_RATE_PER_MINUTE, default=DEFAULT_RATE_PER_MINUTE
        ): _whole_number(MAX_RATE_PER_MINUTE, "/min"),
    }
    if with_enabled:
        fields[vol.Required(CONF_ENABLED, default=True)] = BooleanSelector()
    return fields


def _whole_number(maximum: int, unit: str) -> vol.All:
    return vol.All(
        NumberSelector(
            NumberSelectorConfig(
                min=1,
                max=maximum,
                mode=NumberSelectorMode.BOX,
                unit_of_measurement=unit,
            )
        ),
        vol.Coerce(int),
    )


def _public_key_field() -> dict[vol.Marker, object]:
    return {vol.Required(FIELD_PUBLIC_KEY): TextSelector()}


def _old_key_field() -> dict[vol.Marker, object]:
    return {
        vol.Required(FIELD_OLD_KEY, default=OldKey.OVERLAP.value): SelectSelector(
            SelectSelectorConfig(
                options=[choice.value for choice in OldKey],
                mode=SelectSelectorMode.LIST,
                translation_key=FIELD_OLD_KEY,
            )
        )
    }
