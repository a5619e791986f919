"""Options flow of a building: hours, zone, retention, residents, printed sheets, fleet."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from homeassistant.config_entries import (
    ConfigFlowContext,
    ConfigFlowResult,
    OptionsFlow,
)
from homeassistant.const import CONF_ADDRESS, CONF_TOKEN
from homeassistant.helpers.selector import (
    BooleanSelector,
    SelectSelectorMode,
    TextSelector,
    TextSelectorConfig,
    TextSelectorType,
)
from homeassistant.util import dt as dt_util
import voluptuous as vol

from ..access.hours import read_hours, same_offsets, write_form_hours
from ..access.names import in_markdown
from ..api.consent import async_text_codes
from ..building.building import async_today
from ..building.fleet import (
    FleetError,
    FleetSettings,
    async_report,
    is_token,
    read_address,
)
from ..const import (
    CONF_AUTHORITY,
    CONF_DOOR_PAGES,
    CONF_DOORS,
    CONF_FLEET,
    CONF_LANGUAGE,
    CONF_LOBBY,
    CONF_LOG_MONTHS,
    CONF_NAME,
    CONF_OWNER_CONTACT,
    CONF_PAGE,
    CONF_PROOF_DAYS,
    CONF_PURPOSE,
    CONF_RESPONSIBLE,
    CONF_RETENTION_DAYS,
    CONF_TIME_ZONE,
    CONF_VISITS_DAYS,
    DEFAULT_LOG_MONTHS,
    DEFAULT_PROOF_DAYS,
    DEFAULT_RETENTION_DAYS,
    DEFAULT_VISITS_DAYS,
    DOMAIN,
    DRIVERS_LANGUAGES,
    MAX_LOG_MONTHS,
    MAX_PROOF_DAYS,
    MAX_RETENTION_DAYS,
    MAX_VISITS_DAYS,
    MIN_LOG_MONTHS,
    MIN_PROOF_DAYS,
    MIN_RETENTION_DAYS,
    SubentryType,
)
from ..doors.doors import Sheet, sheets_of
from ..notifications.times import write_for_issue
from ..residents.directory import (
    hours_of,
    is_one_household,
    log_months,
    retention_days,
    with_hours,
)
from ..web.building_pages import FORM_PATH, SHEET_PATH, lobby_token, new_lobby_token
from ..web.frontend import visits_path
from ..web.pages import LIST_PATH, NOTICE_PATH, async_signed_path
from .forms import (
    Answers,
    Fields,
    FormFlow,
    choice,
    chosen_language,
    hours_errors,
    hours_fields,
    languages,
    link_tags,
    loaded,
    names_of_doors,
    whole_number,
)
from .residents_list import (
    FIELD_LEAVING,
    FIELD_LIST,
    FIELD_MOVE_OUT,
    InvalidTable,
    ListWords,
    Plan,
    Planning,
    Row,
    async_read_list,
    carry_out,
    leaving_fields,
    lines_by_problem,
    list_fields,
    named_residents,
    summary,
)

FLEET_GUIDE: Final = (
    "https://github.com/courier-access/courier-access/blob/main/docs/how-to/fleet.md"
)
FIELD_CODE: Final = "code"
FIELD_DELETE: Final = "delete"
FIELD_REPLACE: Final = "replace"
FIELD_SEND: Final = "send"
MOST_WRITTEN: Final = 120
MOST_CONTACT_LINES: Final = 4
_OF_RESPONSIBLE: Final = (CONF_NAME, CONF_OWNER_CONTACT, CONF_AUTHORITY, CONF_PURPOSE)


class BuildingOptionsFlow(FormFlow[ConfigFlowContext, ConfigFlowResult], OptionsFlow):
    """Changes a building's options and residents."""

    _rows: Sequence[Row]
    _words: ListWords
    _planned: Plan = Plan()
    _zone: ZoneInfo
    _leaving: Sequence[str]

    async def async_step_init(self, user_input: Answers) -> ConfigFlowResult:
        """Show the menu."""
        options = ["hours", "time_zone", "retention", "residents"]
        if not is_one_household(self.config_entry):
            options.insert(0, "responsible")
        if self.config_entry.get_subentries_of_type(SubentryType.RESIDENT):
            options.append("move_out")
        options += ["lobby", "consent_form"]
        if self.config_entry.get_subentries_of_type(SubentryType.DOOR):
            options.append("door_pages")
        options.append("fleet")
        return self._menu("init", *options, "remove")

    async def async_step_responsible(self, user_input: Answers) -> ConfigFlowResult:
        """Ask who is responsible for the data of a house of several homes."""
        errors: dict[str, str] = {}
        if user_input is not None:
            written = {
                name: [line.strip() for line in user_input.get(name, "").splitlines()]
                for name in _OF_RESPONSIBLE
            }
            stored = {
                name: "\n".join(filter(None, lines)) for name, lines in written.items()
            }
            errors = {
                name: "contact_long"
                for name, text in stored.items()
                if len(text) > MOST_WRITTEN or text.count("\n") >= MOST_CONTACT_LINES
            } | {
                name: "contact_missing"
                for name in (CONF_NAME, CONF_OWNER_CONTACT)
                if not stored[name]
            }
            if not errors:
                return self._finish({CONF_RESPONSIBLE: stored})
        stored = self.config_entry.options.get(CONF_RESPONSIBLE, {})
        options = self.config_entry.options
        kept = {
            "days": str(retention_days(options)),
            "months": str(log_months(options)),
        }
        suggestions = stored if user_input is None else user_input
        return self._form(
            "responsible",
            _responsible_fields(),
            suggestions,
            errors,
            placeholders=kept,
        )

    async def async_step_hours(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for the building's hours, which only restrict (docs/how-to/set-up.md)."""
        options = self.config_entry.options
        errors: dict[str, str] = {}
        suggestions: Mapping[str, Any] | None = user_input
        if user_input is None:
            suggestions = write_form_hours(hours_of(options))
        elif not (errors := hours_errors(user_input)):
            week = read_hours(user_input)
            return self.async_create_entry(data=with_hours(options, week))
        return self._form("hours", hours_fields(), suggestions, errors)

    async def async_step_time_zone(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for the time zone of the building's wall clock."""
        if (building := loaded(self.config_entry)) is None:
            return self.async_abort(reason="not_loaded")
        now_in = building.zone()
        if user_input is not None:
            self._zone = await self.hass.async_add_executor_job(
                ZoneInfo, user_input[CONF_TIME_ZONE]
            )
            if not same_offsets(now_in, self._zone, dt_util.utcnow()):
                return await self.async_step_time_zone_confirm(None)
            return self._finish({CONF_TIME_ZONE: self._zone.key})
        names = await self.hass.async_add_executor_job(available_timezones)
        zones = choice(sorted({*names, now_in.key}), mode=SelectSelectorMode.DROPDOWN)
        return self._form(
            "time_zone",
            {vol.Required(CONF_TIME_ZONE, default=now_in.key): zones},
            placeholders={"zone": now_in.key},
            last_step=False,
        )

    async def async_step_time_zone_confirm(
        self, user_input: Answers
    ) -> ConfigFlowResult:
        """Say how many consents a time zone that moves hours ends."""
        if (building := loaded(self.config_entry)) is None:
            return self.async_abort(reason="not_loaded")
        if user_input is not None:
            return self._finish({CONF_TIME_ZONE: self._zone.key})
        placeholders = {
            "zone": self._zone.key,
            "earlier_zone": building.zone().key,
            "count": str(building.rulebook.consents),
        }
        return self._form("time_zone_confirm", {}, placeholders=placeholders)

    async def async_step_retention(self, user_input: Answers) -> ConfigFlowResult:
        """Ask how long personal details, and the access log, are kept (promises 5 and 7)."""
        if user_input is not None:
            return self._finish(user_input)
        days = whole_number(MIN_RETENTION_DAYS, MAX_RETENTION_DAYS, "d")
        months = whole_number(MIN_LOG_MONTHS, MAX_LOG_MONTHS, "m")
        proof = whole_number(MIN_PROOF_DAYS, MAX_PROOF_DAYS, "d")
        fields = {
            vol.Required(CONF_RETENTION_DAYS, default=DEFAULT_RETENTION_DAYS): days,
            vol.Required(CONF_LOG_MONTHS, default=DEFAULT_LOG_MONTHS): months,
            vol.Required(CONF_PROOF_DAYS, default=DEFAULT_PROOF_DAYS): proof,
        }
        return self._form("retention", fields, self.config_entry.options)

    async def async_step_residents(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for a list of residents; it is validated as a whole."""
        errors: dict[str, str] = {}
        where = ""
        if user_input is not None:
            file_id = user_input[FIELD_LIST]
            try:
                self._rows, self._words = await async_read_list(self.hass, file_id)
            except InvalidTable as invalid:
                errors[FIELD_LIST], where = invalid.problem, invalid.where
            else:
                return await self.async_step_summary(None)
        return self._form(
            "residents",
            list_fields(),
            errors=errors,
            placeholders={**self._link(LIST_PATH), "where": where},
            last_step=False,
        )

    async def async_step_faults(self, user_input: Answers) -> ConfigFlowResult:
        """Show the errors in the list and ask for another one."""
        if user_input is not None:
            return await self.async_step_residents(user_input)
        errors = self._planned.errors
        return self._form(
            "faults",
            list_fields(errors),
            placeholders={"count": str(len(errors)), **lines_by_problem(errors)},
            last_step=False,
        )

    async def async_step_summary(self, user_input: Answers) -> ConfigFlowResult:
        """Show what the list changes, and apply it if it is confirmed and current."""
        building = self.config_entry
        today = await async_today(self.hass, building)
        codes = await async_text_codes(building, None)
        planning = Planning(self.hass, building, self._words, codes, today)
        planned = planning.plan(self._rows)
        is_confirmed = planned.outline == self._planned.outline
        self._planned = planned
        if planned.errors:
            return await self.async_step_faults(None)
        if not (planned.new or planned.changed or planned.missing):
            return self.async_abort(reason="nothing_new")
        if user_input is None or not is_confirmed:
            described = summary(building, planned)
            fields: Fields = {}
            if planned.missing:
                fields[vol.Required(FIELD_MOVE_OUT, default=False)] = BooleanSelector()
            return self._form("summary", fields, placeholders=described)
        move_out = user_input.get(FIELD_MOVE_OUT, False)
        if not (planned.new or planned.changed or move_out):
            return self.async_abort(reason="nothing_new")
        carry_out(self.hass, building, planned, move_out=move_out)
        return self._finish()

    async def async_step_move_out(self, user_input: Answers) -> ConfigFlowResult:
        """Ask who moves out."""
        errors: dict[str, str] = {}
        if user_input is not None:
            self._leaving = user_input[FIELD_LEAVING]
            if self._leaving:
                return await self.async_step_move_out_confirm(None)
            errors[FIELD_LEAVING] = "nobody_chosen"
        fields = leaving_fields(self.config_entry)
        return self._form("move_out", fields, errors=errors, last_step=False)

    async def async_step_move_out_confirm(
        self, user_input: Answers
    ) -> ConfigFlowResult:
        """Say what happens to decisions and the access log, then remove them."""
        building = self.config_entry
        leaving = [each for each in self._leaving if each in building.subentries]
        if user_input is not None:
            for resident_id in leaving:
                self.hass.config_entries.async_remove_subentry(building, resident_id)
            return self._finish()
        placeholders = {
            "names": named_residents(building, leaving),
            "days": str(retention_days(building.options)),
        }
        return self._form("move_out_confirm", {}, placeholders=placeholders)

    async def async_step_fleet(self, user_input: Answers) -> ConfigFlowResult:
        """Ask what changes about the fleet; without one, connect to it."""
        settings = FleetSettings.read(self.config_entry.options)
        if settings is None:
            return await self.async_step_fleet_connect(None)
        building = loaded(self.config_entry)
        at = building and building.fleet.status.reported_at
        return self._menu(
            "fleet",
            "fleet_visits",
            "fleet_connect",
            "fleet_disconnect",
            address=in_markdown(settings.address),
            at=write_for_issue(at, building.zone()) if building and at else "-",
        )

    async def async_step_fleet_connect(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for a fleet's address and token, and check them before they are saved."""
        stored: Mapping[str, Any] = self.config_entry.options.get(CONF_FLEET, {})
        errors: dict[str, str] = {}
        if user_input is not None:
            address = read_address(user_input[CONF_ADDRESS])
            token = user_input[CONF_TOKEN].strip()
            if address is None:
                errors[CONF_ADDRESS] = "fleet_address"
            if not is_token(token):
                errors[CONF_TOKEN] = "fleet_token"
            if address is not None and not errors:
                try:
                    # It changes nothing: the fleet only says how far it has the log.
                    await async_report(self.hass, FleetSettings(address, token), {})
                except FleetError as err:
                    errors["base"] = f"fleet_{err.problem}"
                else:
                    fleet = {CONF_ADDRESS: address, CONF_TOKEN: token}
                    if stored.get(CONF_ADDRESS) == address:
                        # To another fleet, visits are sent only if that is chosen.
                        fleet = {**stored, **fleet}
                    return self._finish({CONF_FLEET: fleet})
        # The token isn't shown again, not even to who just typed it.
        shown = {CONF_ADDRESS: (user_input or stored).get(CONF_ADDRESS, "")}
        return self._form(
            "fleet_connect",
            _fleet_fields(),
            shown,
            errors,
            placeholders={
                "https": "https://",
                # As code: the frontend would make a link of it, which leads nowhere.
                "local": "`http://127.0.0.1`",
                "learn_more": FLEET_GUIDE,
            },
        )

    async def async_step_fleet_visits(self, user_input: Answers) -> ConfigFlowResult:
        """Ask whether visits go to the fleet, and how long they are kept there."""
        fleet = dict(self.config_entry.options.get(CONF_FLEET, {}))
        if not fleet:
            return self._finish()
        days = fleet.pop(CONF_VISITS_DAYS, None)
        if user_input is not None:
            if user_input[FIELD_SEND]:
                fleet[CONF_VISITS_DAYS] = user_input[CONF_VISITS_DAYS]
            return self._finish({CONF_FLEET: fleet})
        shown = {FIELD_SEND: days is not None, CONF_VISITS_DAYS: days}
        return self._form(
            "fleet_visits",
            _visits_fields(),
            {name: each for name, each in shown.items() if each is not None},
            placeholders={"learn_more": FLEET_GUIDE},
        )

    async def async_step_fleet_disconnect(
        self, user_input: Answers
    ) -> ConfigFlowResult:
        """Say what disconnecting means, then forget the address and the token."""
        options = dict(self.config_entry.options)
        stored = options.pop(CONF_FLEET, None)
        if user_input is not None or stored is None:
            return self.async_create_entry(data=options)
        address = in_markdown(stored[CONF_ADDRESS])
        return self._form("fleet_disconnect", {}, placeholders={"address": address})

    async def async_step_remove(self, user_input: Answers) -> ConfigFlowResult:
        """Say what is deleted with the building, then delete it.

        Home Assistant's own dialog can't say it.
        """
        building = self.config_entry
        errors: dict[str, str] = {}
        if user_input is not None:
            if user_input[FIELD_DELETE]:
                # This flow ends first: the removal aborts the building's flows.
                self.hass.async_create_task(
                    self.hass.config_entries.async_remove(building.entry_id),
                    f"{DOMAIN} removal",
                    eager_start=False,
                )
                return self.async_abort(reason="removed")
            errors[FIELD_DELETE] = "not_confirmed"
        residents = building.get_subentries_of_type(SubentryType.RESIDENT)
        placeholders = {
            **link_tags(visits_path(building.entry_id)),
            "building": in_markdown(building.title),
            "count": str(len(list(residents))),
        }
        field = {vol.Required(FIELD_DELETE, default=False): BooleanSelector()}
        return self._form("remove", field, errors=errors, placeholders=placeholders)

    async def async_step_lobby(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for the lobby notice's settings and save them."""
        if user_input is None:
            return self._form("lobby", self._lobby_fields())
        is_kept = not user_input.get(FIELD_REPLACE)
        token = lobby_token(self.config_entry) if is_kept else None
        # Without a code, the page's address is deleted.
        page = (token or new_lobby_token()) if user_input[FIELD_CODE] else None
        settings = {CONF_LANGUAGE: user_input[CONF_LANGUAGE], CONF_PAGE: page}
        return self._save_and_link({CONF_LOBBY: settings}, "lobby_ready", NOTICE_PATH)

    def _lobby_fields(self) -> Fields:
        current: Mapping[str, Any] = self.config_entry.options.get(CONF_LOBBY, {})
        language = chosen_language(self.hass, current)
        has_page = lobby_token(self.config_entry) is not None
        has_code = has_page or not current
        fields: Fields = {
            vol.Required(CONF_LANGUAGE, default=language): languages(),
            vol.Required(FIELD_CODE, default=has_code): BooleanSelector(),
        }
        if has_page:
            fields[vol.Required(FIELD_REPLACE, default=False)] = BooleanSelector()
        return fields

    async def async_step_consent_form(self, user_input: Answers) -> ConfigFlowResult:
        """Ask for the language of the form for residents who decide on paper."""
        if user_input is None:
            language = chosen_language(self.hass, {})
            fields: Fields = {
                vol.Required(CONF_LANGUAGE, default=language): languages()
            }
            return self._form("consent_form", fields)
        form = f"{self.config_entry.entry_id}/{user_input[CONF_LANGUAGE]}"
        link = link_tags(async_signed_path(self.hass, FORM_PATH, form))
        return self.async_abort(
            reason="consent_form_ready", description_placeholders=link
        )

    async def async_step_door_pages(self, user_input: Answers) -> ConfigFlowResult:
        """Ask which doors have a page for drivers, and save it."""
        building = self.config_entry
        if user_input is None:
            return self._form("door_pages", self._door_pages_fields())
        # A door that isn't chosen loses its page for good.
        kept = {} if user_input.get(FIELD_REPLACE) else sheets_of(building)
        doors = {
            door_id: (kept.get(door_id) or Sheet.new()).to_mapping()
            for door_id in user_input[CONF_DOORS]
            if door_id in building.subentries
        }
        settings = {CONF_LANGUAGE: user_input[CONF_LANGUAGE], CONF_DOORS: doors}
        changes = {CONF_DOOR_PAGES: settings}
        if not doors:
            return self._finish(changes)
        return self._save_and_link(changes, "door_pages_ready", SHEET_PATH)

    def _door_pages_fields(self) -> Fields:
        """Return the fields with the current settings; at first, every door has a page."""
        current: Mapping[str, Any] = self.config_entry.options.get(CONF_DOOR_PAGES, {})
        doors, sheets = names_of_doors(self.config_entry), sheets_of(self.config_entry)
        chosen = vol.Required(CONF_DOORS, default=list(sheets if current else doors))
        language = chosen_language(self.hass, current, DRIVERS_LANGUAGES)
        fields: Fields = {
            chosen: choice(doors, multiple=True),
            vol.Required(CONF_LANGUAGE, default=language): languages(DRIVERS_LANGUAGES),
        }
        if sheets:
            fields[vol.Required(FIELD_REPLACE, default=False)] = BooleanSelector()
        return fields

    def _save_and_link(
        self, changes: Mapping[str, Any], reason: str, path: str
    ) -> ConfigFlowResult:
        """Save options, and end with a link to what they make.

        When options are saved otherwise, the frontend shows only its own text.
        """
        options = {**self.config_entry.options, **changes}
        self.hass.config_entries.async_update_entry(self.config_entry, options=options)
        return self.async_abort(
            reason=reason, description_placeholders=self._link(path)
        )

    def _finish(self, changes: Mapping[str, Any] | None = None) -> ConfigFlowResult:
        return self.async_create_entry(
            data={**self.config_entry.options, **(changes or {})}
        )

    def _link(self, path: str) -> dict[str, str]:
        building = self.config_entry.entry_id
        return link_tags(async_signed_path(self.hass, path, building))


def _responsible_fields() -> Fields:
    return {
        vol.Required(CONF_NAME): TextSelector(),
        vol.Required(CONF_OWNER_CONTACT): TextSelector(
            TextSelectorConfig(multiline=True)
        ),
        vol.Optional(CONF_AUTHORITY): TextSelector(),
        vol.Optional(CONF_PURPOSE): TextSelector(),
    }


def _visits_fields() -> Fields:
    days = whole_number(1, MAX_VISITS_DAYS, "d")
    return {
        vol.Required(FIELD_SEND, default=False): BooleanSelector(),
        vol.Required(CONF_VISITS_DAYS, default=DEFAULT_VISITS_DAYS): days,
    }


def _fleet_fields() -> Fields:
    secret = TextSelectorConfig(type=TextSelectorType.PASSWORD)
    return {
        vol.Required(CONF_ADDRESS): TextSelector(),
        vol.Required(CONF_TOKEN): TextSelector(secret),
    }
