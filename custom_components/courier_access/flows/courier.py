"""Subentry flow of a courier: its doors, limits, and keys."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, override

from homeassistant.components import webhook
from homeassistant.config_entries import SubentryFlowResult
from homeassistant.const import UnitOfTime
from homeassistant.core import callback
from homeassistant.helpers.selector import BooleanSelector, TextSelector
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
)
from ..contract.signature import new_secret
from ..couriers.addresses import Addresses, forget_cloudhook
from ..couriers.keys import CourierKey, CourierKeys, public_key_fault
from .forms import Answers, Fields, PartFlow, choice, errors_of, whole_number

FIELD_PUBLIC_KEY = "public_key"
FIELD_OLD_KEY = "old_key"

MAX_LONGEST_GRANT_HOURS = 72
MAX_RATE_PER_MINUTE = 6000


class OldKey(StrEnum):
    """What happens to a superseded key."""

    OVERLAP = "overlap"
    END_NOW = "end_now"


class CourierFlow(PartFlow):
    """Adds and changes a courier; nothing is saved before the last step."""

    _details: dict[str, Any]
    _addresses: Addresses | None = None
    """The addresses shown to the administrator."""

    def __init__(self) -> None:
        """Generate the webhook id and secret, which stay the same in every step."""
        self._webhook_id = webhook.async_generate_id()
        self._secret = new_secret()

    async def async_step_user(self, user_input: Answers) -> SubentryFlowResult:
        """Ask for the details of a new or known courier."""
        doors, is_change = self._doors, self._changed is not None
        errors: dict[str, str] = {}
        if user_input is not None:
            errors = self._courier_name_errors(user_input)
            if not user_input[CONF_DOORS]:
                errors[CONF_DOORS] = "doors_none"
            if not errors:
                self._details = user_input
                if is_change:
                    return self._change(user_input)
                return await self.async_step_signing(None)
        if not doors:
            return self.async_abort(reason="no_doors")
        enabled = vol.Required(CONF_ENABLED, default=True)
        fields: Fields = {
            vol.Required(CONF_NAME): TextSelector(),
            **({enabled: BooleanSelector()} if is_change else {}),
            vol.Required(CONF_DOORS): choice(doors, multiple=True),
            vol.Required(
                CONF_LONGEST_GRANT_HOURS, default=DEFAULT_LONGEST_GRANT_HOURS
            ): whole_number(1, MAX_LONGEST_GRANT_HOURS, UnitOfTime.HOURS),
            vol.Required(
                CONF_RATE_PER_MINUTE, default=DEFAULT_RATE_PER_MINUTE
            ): whole_number(1, MAX_RATE_PER_MINUTE, "/min"),
        }
        suggestions = user_input or {**self._current}
        if user_input is None and (is_change or len(doors) == 1):
            kept = self._current.get(CONF_DOORS, doors)
            suggestions[CONF_DOORS] = [id_ for id_ in kept if id_ in doors]
        step_id = "details" if is_change else "user"
        return self._form(step_id, fields, suggestions, errors, last_step=is_change)

    async_step_details = async_step_user

    async def async_step_signing(self, _: Answers) -> SubentryFlowResult:
        return self._menu("signing", "unsigned", "secret", "public_key")

    async def async_step_unsigned(self, _: Answers) -> SubentryFlowResult:
        """Add a courier without a key: nobody can send messages in its name."""
        return self._create(CourierKeys())

    async def async_step_secret(self, user_input: Answers) -> SubentryFlowResult:
        """Show the courier's address and its new shared secret."""
        if user_input is not None:
            return self._sign_with(self._secret, user_input)
        step_id = "secret" if self._changed is None else "new_secret"
        fields = self._old_key_field()
        return await self._show_credentials(step_id, fields, secret=self._secret)

    async_step_new_secret = async_step_secret

    async def async_step_public_key(self, user_input: Answers) -> SubentryFlowResult:
        """Show the courier's address and ask for its new public key."""
        errors: dict[str, str] = {}
        if user_input is not None:
            key = user_input[FIELD_PUBLIC_KEY].strip()
            if (problem := public_key_fault(key, self._keys)) is None:
                return self._sign_with(key, user_input)
            errors[FIELD_PUBLIC_KEY] = problem
        step_id = "public_key" if self._changed is None else "new_public_key"
        field = {vol.Required(FIELD_PUBLIC_KEY): TextSelector()}
        fields = {**field, **self._old_key_field()}
        return await self._show_credentials(step_id, fields, user_input, errors)

    async_step_new_public_key = async_step_public_key

    async def async_step_reconfigure(self, _: Answers) -> SubentryFlowResult:
        """Ask what to change."""
        self._webhook_id = self._current[CONF_WEBHOOK_ID]
        keys = self._keys
        if keys.newest is None:
            return self._menu("reconfigure", "details", "add_key")
        older = [] if keys.old is None else ["end_old_key"]
        return self._menu("reconfigure", "details", "rotate", *older, "address")

    async def async_step_add_key(self, _: Answers) -> SubentryFlowResult:
        return self._menu("add_key", "new_secret", "new_public_key")

    async def async_step_rotate(self, _: Answers) -> SubentryFlowResult:
        """Ask how the courier signs from now on; the older of two keys ends at once."""
        step_id = "rotate" if self._keys.old is None else "rotate_again"
        return self._menu(step_id, "new_secret", "new_public_key")

    async_step_rotate_again = async_step_rotate

    async def async_step_end_old_key(self, user_input: Answers) -> SubentryFlowResult:
        """End the superseded key before its overlap ends."""
        if user_input is not None:
            return self._change(self._keys.end_old().to_data())
        return self._form("end_old_key", {})

    async def async_step_address(self, user_input: Answers) -> SubentryFlowResult:
        """Show the address again; the key is never shown again."""
        if user_input is None:
            return await self._show_credentials("address", {})
        settings = {**self._current, **self._cloudhook_data()}
        addresses = self._addresses
        if addresses is not None and addresses.own and addresses.problem is None:
            settings.pop(CONF_CLOUDHOOK_URL, None)
        return self._save(settings, self._webhook_id, reason="address_shown")

    @callback
    @override
    def async_remove(self) -> None:
        """Delete a cloudhook that was created for a courier who wasn't added."""
        building = self.hass.config_entries.async_get_entry(self._entry_id)
        parts = {} if building is None else building.subentries
        added = {part.unique_id for part in parts.values()}
        if self._addresses is not None and self._webhook_id not in added:
            forget_cloudhook(self.hass, self._webhook_id)

    @property
    def _keys(self) -> CourierKeys:
        """The courier's active keys; none for a new courier."""
        if self._changed is None:
            return CourierKeys()
        return CourierKeys.read(self._current).active(dt_util.utcnow())

    def _old_key_field(self) -> Fields:
        if self._keys.newest is None:
            return {}
        marker = vol.Required(FIELD_OLD_KEY, default=OldKey.OVERLAP.value)
        return {marker: choice(OldKey, FIELD_OLD_KEY)}

    async def _show_credentials(
        self,
        step_id: str,
        fields: Mapping[vol.Marker, object],
        suggestions: Answers = None,
        errors: Mapping[str, str] | None = None,
        secret: str = "",
    ) -> SubentryFlowResult:
        """Show what the courier needs, above the fields.

        As text it can be copied on a phone; the frontend disables read-only fields.
        """
        self._addresses = await Addresses.of_webhook(self.hass, self._webhook_id)
        problem = self._addresses.problem
        errors = {**errors_of({"base": problem}), **(errors or {})}
        to_copy = {
            "addresses": self._addresses.text,
            "webhook_id": self._webhook_id,
            "secret": secret,
        }
        return self._form(step_id, fields, suggestions, errors, placeholders=to_copy)

    def _sign_with(self, key: str, answers: Mapping[str, Any]) -> SubentryFlowResult:
        if self._changed is None:
            return self._create(CourierKeys((CourierKey(key),)))
        keys = CourierKeys.read(self._current)
        overlap = answers.get(FIELD_OLD_KEY) == OldKey.OVERLAP
        rotated = keys.rotate(key, dt_util.utcnow(), overlap=overlap).to_data()
        # With its first key, the courier is also given its address.
        first = self._cloudhook_data() if keys.newest is None else {}
        return self._change({**rotated, **first})

    def _create(self, keys: CourierKeys) -> SubentryFlowResult:
        settings = courier_data(self._details, self._webhook_id, keys)
        return self._save({**settings, **self._cloudhook_data()}, self._webhook_id)

    def _change(self, updates: Mapping[str, Any]) -> SubentryFlowResult:
        return self._save({**self._current, **updates}, self._webhook_id)

    def _cloudhook_data(self) -> dict[str, str]:
        """Return the cloudhook if the courier has no other."""
        addresses = self._addresses
        if addresses is None or addresses.own or addresses.cloud is None:
            return {}
        return {CONF_CLOUDHOOK_URL: addresses.cloud}


def courier_data(
    details: Mapping[str, Any], webhook_id: str, keys: CourierKeys
) -> dict[str, Any]:
    return {
        **details,
        CONF_ENABLED: True,
        CONF_WEBHOOK_ID: webhook_id,
        **keys.to_data(),
    }
