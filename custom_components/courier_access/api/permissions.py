"""Who may do what: one table (README.md#what-residents-are-promised, promise 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from homeassistant.core import Context, HomeAssistant

from ..access.model import Issuer, Resident
from ..building.building import Building
from ..ledger.state.residents import Author
from .lookup import invalid


class Role(StrEnum):
    """What an actor is to the resident, unit, or grant that a call concerns.

    UNIT is a confirmed resident of the unit, FLATMATE one with an account, RESIDENT a
    resident of the building. SCRIBE is the administrator toward a resident without an
    account, whose paper consent they record. NOBODY is a call without a human user.
    """

    SELF = "self"
    UNIT = "unit"
    FLATMATE = "flatmate"
    RESIDENT = "resident"
    ADMINISTRATOR = "administrator"
    ISSUER = "issuer"
    SCRIBE = "scribe"
    STRANGER = "stranger"
    NOBODY = "nobody"


class Permission(StrEnum):
    """An operation, with the roles that may do it.

    A call without a human user, such as an automation's, can only restrict.
    """

    roles: frozenset[Role]

    def __new__(cls, value: str, *roles: Role) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.roles = frozenset(roles)
        return member

    LOOSEN_RULES = "loosen_rules", Role.SELF
    RESTRICT_RULES = "restrict_rules", Role.SELF, Role.ADMINISTRATOR, Role.NOBODY
    READ_RULES = "read_rules", Role.SELF, Role.SCRIBE
    CHECK_ACCESS = "check_access", Role.RESIDENT, Role.ADMINISTRATOR
    READ_ENTRIES = "read_entries", Role.RESIDENT, Role.ADMINISTRATOR
    READ_GRANTS = "read_grants", Role.RESIDENT, Role.ADMINISTRATOR
    READ_NOTIFICATIONS = "read_notifications", Role.ADMINISTRATOR
    READ_OWN = "read_own", Role.SELF
    READ_DRIVER = "read_driver", Role.ADMINISTRATOR
    EXPORT = "export", Role.RESIDENT, Role.ADMINISTRATOR
    PAUSE = "pause", Role.RESIDENT, Role.ADMINISTRATOR, Role.NOBODY
    RESUME = "resume", Role.RESIDENT, Role.ADMINISTRATOR
    PAUSE_UNIT = "pause_unit", Role.UNIT
    RESUME_UNIT = "resume_unit", Role.UNIT
    VETO_GRANT = "veto_grant", Role.UNIT, Role.ADMINISTRATOR, Role.NOBODY
    ISSUE_GRANT = "issue_grant", Role.UNIT, Role.ADMINISTRATOR
    REVISE_GRANT = "revise_grant", Role.ISSUER
    REVOKE_GRANT = "revoke_grant", Role.ISSUER, Role.ADMINISTRATOR, Role.NOBODY
    NOTIFY_RECIPIENTS = "notify_recipients", Role.ADMINISTRATOR, Role.NOBODY
    CONFIRM_RESIDENT = "confirm_resident", Role.FLATMATE
    RENEW_LINK = "renew_link", Role.SELF, Role.ADMINISTRATOR
    REVOKE_LINK = "revoke_link", Role.SELF, Role.ADMINISTRATOR
    REPAIR = "repair", Role.ADMINISTRATOR
    READ_BUILDING = "read_building", Role.ADMINISTRATOR
    TEST_COURIER = "test_courier", Role.ADMINISTRATOR
    SET_HOURS = "set_hours", Role.ADMINISTRATOR
    MAKE_PASS = "make_pass", Role.UNIT
    REVOKE_PASS = "revoke_pass", Role.UNIT, Role.ADMINISTRATOR, Role.NOBODY
    SET_NOTE = "set_note", Role.UNIT
    CHOOSE_ERASURE = "choose_erasure", Role.SELF
    CHOOSE_FLEET_VISITS = "choose_fleet_visits", Role.SELF
    RENEW_ADDRESS_CODE = "renew_address_code", Role.SELF
    TURN_CODES_ON = "turn_codes_on", Role.RESIDENT, Role.ADMINISTRATOR
    ANSWER_QUESTION = "answer_question", Role.SELF


type About = Resident | Issuer | str | None
"""What a call concerns: a resident, a grant by its issuer, a unit, or the building."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A caller: a user with their residents, a personal link's holder, or nobody."""

    user_id: str | None
    is_administrator: bool
    residents: tuple[Resident, ...]
    by_link: bool = False

    @property
    def author(self) -> Author:
        """The author to record."""
        resident_id = self.residents[0].id if self.by_link else None
        return Author(self.user_id, by_link=self.by_link, resident_id=resident_id)

    @property
    def whose(self) -> str:
        """Identify the person for limits; all calls without one share a limit."""
        return self.user_id or (self.residents[0].id if self.residents else "")

    @property
    def is_person(self) -> bool:
        """Whether it is somebody, and not an automation."""
        return self.user_id is not None or self.by_link

    def is_issuer(self, issuer: Issuer | None) -> bool:
        """Whether they issued a grant, with their account or an earlier link."""
        person = None if issuer is None else issuer.person_id
        return person is not None and person in (
            self.user_id,
            *(resident.id for resident in self.residents),
        )

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(
            dict.fromkeys(
                resident.unit for resident in self.residents if resident.is_confirmed
            )
        )

    def roles(self, of: About = None) -> frozenset[Role]:
        """Return what they are to a resident, a unit, an issuer, or the building."""
        if not self.is_person:
            return frozenset({Role.NOBODY})
        roles: set[Role] = set()
        if self.residents:
            roles.add(Role.RESIDENT)
        if self.is_administrator:
            roles.add(Role.ADMINISTRATOR)
        unit = of if isinstance(of, str) else None
        if isinstance(of, Issuer) and self.is_issuer(of):
            roles.add(Role.ISSUER)
        if isinstance(of, Resident):
            if any(own.id == of.id for own in self.residents):
                roles.add(Role.SELF)
            if self.is_administrator and of.user_id is None:
                roles.add(Role.SCRIBE)
            unit = of.unit
        if unit in self.units:
            roles.add(Role.UNIT)
            if not self.by_link:
                roles.add(Role.FLATMATE)
        return frozenset(roles or {Role.STRANGER})

    def may(self, permission: Permission, of: About = None) -> bool:
        return not permission.roles.isdisjoint(self.roles(of))

    def check(self, permission: Permission, of: About = None) -> None:
        """Raise ServiceValidationError if they don't have a permission."""
        if not self.may(permission, of):
            raise invalid(f"not_allowed_{permission}")


async def async_actor(
    hass: HomeAssistant, context: Context, residents: Iterable[Resident]
) -> Actor:
    """Return the caller; a system user, such as a voice satellite's, is nobody."""
    user_id = context.user_id
    user = None if user_id is None else await hass.auth.async_get_user(user_id)
    if user is None or user.system_generated or not user.is_active:
        return Actor(None, is_administrator=False, residents=())
    own = tuple(resident for resident in residents if resident.user_id == user.id)
    return Actor(user.id, is_administrator=user.is_admin, residents=own)


async def async_acting(building: Building, context: Context | None) -> Actor:
    return await async_actor(
        building.hass, context or Context(), building.residents.values()
    )


def link_holder(resident: Resident) -> Actor:
    """Return the holder of a personal link: that resident, and nothing else."""
    return Actor(None, is_administrator=False, residents=(resident,), by_link=True)
