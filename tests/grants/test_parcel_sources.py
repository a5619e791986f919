"""Each vector is a state as the code of that integration makes it, which it names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
import json
from typing import Any, Final
from zoneinfo import ZoneInfo

from homeassistant.core import HomeAssistant, State
from homeassistant.helpers import entity_registry as er
from homeassistant.helpers.entity import Entity
from hypothesis import given, strategies as st
import pytest
from pytest_homeassistant_custom_component.common import MockEntityPlatform

from custom_components.courier_access.access.parcels import (
    MOST_LIST_BYTES,
    MOST_PARCELS,
    MOST_VISITS,
    Listing,
    Parcel,
    Progress,
)
from custom_components.courier_access.grants.parcel_sources import (
    READERS,
    SourceReport,
    reader_of,
)
from tests.support.real_lists import VECTORS

ZONE: Final = ZoneInfo("Europe/Amsterdam")
NOW: Final = datetime(2026, 11, 29, 12, tzinfo=UTC)
ALL: Final = {reader.name: reader for reader in READERS}
CARRIERS: Final = 8


def vectors() -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted(VECTORS.glob("*.json")):
        yield path.stem, json.loads(path.read_text())


STATES: Final = [
    pytest.param(source | shown, id=f"{name}-{state}")
    for name, source in vectors()
    for state, shown in source["states"].items()
]


def state_of(vector: dict[str, Any]) -> State:
    at = datetime.fromisoformat(vector.get("reported_at", NOW.isoformat()))
    return State(
        vector["entity_id"],
        vector["state"],
        vector["attributes"],
        last_changed=at,
        last_reported=at,
        last_updated=at,
    )


def expected(vector: dict[str, Any]) -> Listing | None:
    if vector["reads"] is None:
        return None
    times = ("planned_from", "planned_to")
    return Listing(
        tuple(
            Parcel(
                **each
                | {"progress": Progress(each["progress"])}
                | {
                    name: each[name] and datetime.fromisoformat(each[name])
                    for name in times
                }
            )
            for each in vector["reads"]
        ),
        vector.get("visits"),
    )


@pytest.mark.parametrize("vector", STATES)
def test_state_of_a_real_integration_is_read(vector: dict[str, Any]) -> None:
    assert ALL[vector["reader"]].read(state_of(vector), ZONE) == expected(vector)


def registered(hass: HomeAssistant, platform: str, unique_id: str) -> str:
    """Return the entity ID of a registered sensor, which has no state yet."""
    entry = er.async_get(hass).async_get_or_create("sensor", platform, unique_id)
    return entry.entity_id


class Trackings(Entity):
    """A sensor without a unique ID, so that it isn't registered."""

    _attr_should_poll = False
    _attr_state = "0"

    @property
    def extra_state_attributes(self) -> dict[str, list[str]]:
        """Return an empty list of trackings."""
        return {"trackings": []}


def name_of_reader(hass: HomeAssistant, entity_id: str) -> str | None:
    reader = reader_of(hass, entity_id)
    return reader and reader.name


@pytest.mark.parametrize(("name", "source"), vectors())
async def test_sensor_of_a_real_integration_is_recognized_in_each_state(
    hass: HomeAssistant, name: str, source: dict[str, Any]
) -> None:
    for state, shown in source["states"].items():
        vector = source | shown
        entity_id = vector["entity_id"]
        if vector["unique_id"]:
            entity_id = registered(hass, vector["platform"], vector["unique_id"])
        hass.states.async_set(entity_id, vector["state"], vector["attributes"])
        assert name_of_reader(hass, entity_id) == vector["reader"], state


@pytest.mark.parametrize(
    ("platform", "unique_id", "reader"),
    [
        ("dhl_nl", "account_incoming_parcels", "parcel_list"),
        ("parcel_aggregator", "parcel_aggregator_incoming", "parcel_aggregator"),
        ("mail_and_packages", "sensor_host_ups_delivering_entry", "mail_and_packages"),
        ("parcelapp", "entry_raw_shipment_data", "parcelapp"),
        ("postnl", "account_delivery", "postnl"),
    ],
)
async def test_registered_sensor_is_recognized_while_it_is_unavailable(
    hass: HomeAssistant, platform: str, unique_id: str, reader: str
) -> None:
    entity_id = registered(hass, platform, unique_id)
    assert name_of_reader(hass, entity_id) == reader
    for silent in ("unavailable", "unknown"):
        hass.states.async_set(entity_id, silent, {"restored": True})
        assert name_of_reader(hass, entity_id) == reader


@pytest.mark.parametrize(
    ("platform", "unique_id"),
    [
        ("mobile_app", "account_incoming_parcels"),
        ("courier_access", "account_incoming_parcels"),
        ("dhl_nl", "account_delivered_parcels"),
        ("dhl_nl", "account_outgoing_parcels"),
        ("parcel_aggregator", "parcel_aggregator_delivered"),
        ("mail_and_packages", "sensor_host_ups_delivered_entry"),
        ("mail_and_packages", "sensor_host_zpackages_delivering_entry"),
        ("template", "sensor_host_ups_delivering_entry"),
        ("parcelapp", "entry_recent_shipment"),
        ("postnl", "account_next_delivery"),
        ("postnl", "account_distribution"),
    ],
)
async def test_phones_and_lists_of_other_parcels_are_not_recognized(
    hass: HomeAssistant, platform: str, unique_id: str
) -> None:
    entity_id = registered(hass, platform, unique_id)
    hass.states.async_set(entity_id, "1", {"parcels": [], "enroute": []})
    assert reader_of(hass, entity_id) is None


async def test_only_sensors_with_a_list_are_recognized(hass: HomeAssistant) -> None:
    count = registered(hass, "anything", "account_incoming_parcels")
    hass.states.async_set(count, "1")
    hass.states.async_set("binary_sensor.aftership", "on", {"trackings": []})
    assert reader_of(hass, count) is None
    assert reader_of(hass, "binary_sensor.aftership") is None
    for nothing in ("sensor.nowhere", "sensor.", "sensor", "", "no entity"):
        assert reader_of(hass, nothing) is None


def test_vectors_are_of_eight_carriers_and_name_their_code() -> None:
    sources = dict(vectors())
    family = [each for each in sources.values() if each["reader"] == "parcel_list"]
    assert len({each["platform"] for each in family}) >= CARRIERS
    assert {each["reader"] for each in sources.values()} == set(ALL)
    for name, source in sources.items():
        assert all(
            source[key] for key in ("repository", "commit", "file", "function")
        ), name


@pytest.mark.parametrize(
    ("platform", "unique_id"),
    [
        ("dhl_nl", "account_incoming_parcels"),
        ("dpd", "account_incoming_parcels"),
        ("postnl", "account_incoming_parcels"),
        ("vinted_go", "entry_incoming_parcels"),
        ("postnl", "account_delivery"),
    ],
)
async def test_only_the_carrier_writes_the_list_of_its_account(
    hass: HomeAssistant, platform: str, unique_id: str
) -> None:
    reader = reader_of(hass, registered(hass, platform, unique_id))
    assert reader is not None
    assert not reader.strangers_write


@pytest.mark.parametrize(
    ("platform", "unique_id"),
    [
        # Anything can be published, or written in a template.
        ("mqtt", "account_incoming_parcels"),
        ("template", "account_incoming_parcels"),
        # Actions add any parcel's number.
        ("gls", "entry_incoming_parcels"),
        ("dhl", "entry_incoming_parcels"),
        # It adds the lists of all carriers.
        ("parcel_aggregator", "parcel_aggregator_incoming"),
        ("mail_and_packages", "sensor_host_ups_delivering_entry"),
        ("parcelapp", "entry_raw_shipment_data"),
    ],
)
async def test_others_than_the_carrier_write_any_other_list(
    hass: HomeAssistant, platform: str, unique_id: str
) -> None:
    reader = reader_of(hass, registered(hass, platform, unique_id))
    assert reader is not None
    assert reader.strangers_write


async def test_others_than_the_carrier_write_a_list_that_is_not_registered(
    hass: HomeAssistant,
) -> None:
    hass.states.async_set("sensor.aftership", "1", {"trackings": []})
    reader = reader_of(hass, "sensor.aftership")
    assert reader is not None
    assert reader.strangers_write


async def test_phones_are_not_recognized_without_being_registered(
    hass: HomeAssistant,
) -> None:
    for platform, is_recognized in (("mobile_app", False), ("aftership", True)):
        sensor = Trackings()
        sensor.entity_id = f"sensor.{platform}_parcels"
        made = MockEntityPlatform(hass, domain="sensor", platform_name=platform)
        await made.async_add_entities([sensor])
        assert (reader_of(hass, sensor.entity_id) is not None) == is_recognized


def test_source_that_is_silent_has_no_visits() -> None:
    counted = Listing(visits=2)
    assert SourceReport(None, None, counted, is_old=False).visits == 2
    assert SourceReport(None, None, counted, is_old=True).visits == 0


# How a list is read, by the lists of the parcel integrations.

GOOD: Final = {"barcode": "3SABCD1234567", "status": "out_for_delivery"}


def read(*parcels: object, state: str = "1") -> Listing | None:
    listed = State("sensor.parcels", state, {"parcels": list(parcels)})
    return ALL["parcel_list"].read(listed, ZONE)


def read_one(**more: object) -> Parcel:
    listing = read(GOOD | more)
    assert listing is not None
    [parcel] = listing.parcels
    return parcel


@pytest.mark.parametrize("state", ["unavailable", "unknown"])
def test_silent_sensor_lists_nothing(state: str) -> None:
    assert read(GOOD, state=state) is None


@pytest.mark.parametrize("state", ["unavailable", "unknown", "", "-1", "1.5", "many"])
def test_count_of_emails_that_is_no_number_is_not_read(state: str) -> None:
    attributes = {"tracking_#": ["1Z999AA10123456784"]}
    listed = State("sensor.mail_ups_delivering", state, attributes)
    assert ALL["mail_and_packages"].read(listed, ZONE) is None


def test_emails_announce_at_most_ten_visits() -> None:
    listed = State("sensor.mail_ups_delivering", "9" * 255)
    assert ALL["mail_and_packages"].read(listed, ZONE) == Listing(visits=MOST_VISITS)


def test_emails_without_a_parcels_number_are_visits() -> None:
    listed = State("sensor.amazon", "2", {"order": ["302-1234567-1234567"]})
    assert ALL["mail_and_packages"].read(listed, ZONE) == Listing(visits=2)


def test_numbers_beyond_the_limit_are_not_visits_as_well() -> None:
    numbers = [f"1Z999AA1{number:010}" for number in range(MOST_PARCELS + 5)]
    attributes = {"tracking_#": numbers}
    listed = State("sensor.mail_ups_delivering", str(len(numbers) + 1), attributes)
    listing = ALL["mail_and_packages"].read(listed, ZONE)
    assert listing is not None
    assert (listing.visits, listing.left_out) == (1, 5)


@pytest.mark.parametrize(
    "spelling", ["3sabcd 123 4567", " 3SABCD1234567\n", "3SABCD1234567"]
)
def test_spellings_of_a_number_are_one(spelling: str) -> None:
    assert read_one(barcode=spelling).barcode == "3SABCD1234567"


def test_time_without_a_zone_is_the_buildings() -> None:
    parcel = read_one(planned_from="2026-11-30T13:25:00", planned_to="2026-07-30T13:25")
    assert parcel.planned_from == datetime(2026, 11, 30, 12, 25, tzinfo=UTC)
    assert parcel.planned_to == datetime(2026, 7, 30, 11, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    "time",
    [
        *("2026-02-30T10:00:00Z", "2026-11-30T25:00:00Z", "13-15 Uhr", "", "\ud800"),
        *("9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", 1.5, True, 10**30),
        *(float("nan"), float("inf"), [], {}, None, NOW.replace(year=9999)),
    ],
)
def test_parcel_with_an_unreadable_time_has_none(time: object) -> None:
    assert read_one(planned_from=time).planned_from is None


@pytest.mark.parametrize(
    "bad",
    [
        *({}, [], None, "3SABCD1234567", 3, GOOD | {"barcode": None}),
        *(GOOD | {"barcode": 3}, GOOD | {"barcode": " "}, GOOD | {"barcode": "\ud800"}),
        *(
            GOOD | {"barcode": "x" * 65},
            GOOD | {"status": []},
            GOOD | {"status": "new"},
        ),
    ],
)
def test_unreadable_parcel_is_passed_over(bad: object) -> None:
    assert read(bad, GOOD, bad) == read(GOOD)


@pytest.mark.parametrize("carrier", [None, 7, [], {}, True, "x" * 65, "x" * 10_000])
def test_parcel_with_an_unreadable_carrier_has_none(carrier: object) -> None:
    assert read_one(carrier=carrier) == read_one()


@pytest.mark.parametrize("carrier", ["DHL", "", "\ud800", "\x00", "x" * 64])
def test_any_short_text_is_a_carrier(carrier: str) -> None:
    assert read_one(carrier=carrier).carrier == carrier


@pytest.mark.parametrize(
    ("reader", "state", "attributes"),
    [
        ("parcelapp", "2026-11-29 12:00:00.0", {"deliveries": [{"status_code": 4}]}),
        ("aftership", "1", {"trackings": [{"status": "OutForDelivery"}]}),
        ("postnl", "1", {"enroute": [{"planned_from": "2026-11-29T12:00:00Z"}]}),
        ("mail_and_packages", "1", {"tracking_#": [None]}),
    ],
)
def test_entry_without_a_number_is_passed_over(
    reader: str, state: str, attributes: dict[str, object]
) -> None:
    listing = ALL[reader].read(State("sensor.parcels", state, attributes), ZONE)
    assert listing is not None
    assert not listing.parcels


@pytest.mark.parametrize(
    "more", [{"pickup": True}, {"pickup_point": "Kiosk"}, {"pickup": None}, {}]
)
def test_parcel_is_for_pickup_by_either_field(more: dict[str, object]) -> None:
    assert read_one(**more).is_for_pickup == any(more.values())


def test_parcel_that_was_delivered_does_not_come_whatever_its_status() -> None:
    assert read_one().progress is Progress.OUT
    assert read_one(delivered=True).progress is Progress.OVER


def test_tracking_that_waits_at_a_pickup_point_is_for_pickup() -> None:
    def read_tag(tag: str) -> bool:
        tracking = {"tracking_number": "1Z1", "status": tag}
        listed = State("sensor.aftership", "1", {"trackings": [tracking]})
        listing = ALL["aftership"].read(listed, ZONE)
        assert listing is not None
        return listing.parcels[0].is_for_pickup

    assert read_tag("AvailableForPickup")
    assert not read_tag("OutForDelivery")


def test_times_of_the_parcel_app_are_those_of_its_clock() -> None:
    start, end = NOW.timestamp(), (NOW + timedelta(hours=2)).timestamp()
    delivery = {
        "tracking_number": "1Z1",
        "status_code": 4,
        "timestamp_expected": int(start),
        "timestamp_expected_end": int(end),
    }
    state = str(NOW.astimezone(ZONE).replace(tzinfo=None))
    listed = State("sensor.raw", state, {"deliveries": [delivery]}, last_reported=NOW)
    listing = ALL["parcelapp"].read(listed, ZONE)
    assert listing is not None
    [parcel] = listing.parcels
    assert (parcel.planned_from, parcel.planned_to) == (NOW, NOW + timedelta(hours=2))


def test_parcels_beyond_two_hundred_are_left_out() -> None:
    parcels = [GOOD | {"barcode": f"3S{number}"} for number in range(MOST_PARCELS)]
    listing = read(*parcels)
    assert listing is not None
    assert (len(listing.parcels), listing.left_out) == (MOST_PARCELS, 0)
    longer = read(*parcels, *parcels[:3])
    assert longer is not None
    assert (longer.parcels, longer.left_out) == (listing.parcels, 3)


def test_parcels_beyond_64_kb_are_left_out() -> None:
    long = GOOD | {"planned_from": "x" * (MOST_LIST_BYTES // 4)}
    listing = read(*[long] * 5)
    assert listing is not None
    assert (len(listing.parcels), listing.left_out) == (3, 2)


def test_carriers_whole_reply_does_not_count() -> None:
    listing = read(*[GOOD | {"raw": {"events": "x" * MOST_LIST_BYTES}}] * 5)
    assert listing is not None
    assert listing.left_out == 0


def test_answer_of_the_parcel_app_is_read_for_a_day() -> None:
    attributes = {"deliveries": [{"tracking_number": "1Z1", "status_code": 4}]}

    def read_after(age: timedelta) -> Listing | None:
        answered_at = (NOW - age).astimezone(ZONE).replace(tzinfo=None)
        listed = State("sensor.raw", str(answered_at), attributes, last_reported=NOW)
        return ALL["parcelapp"].read(listed, ZONE)

    assert read_after(timedelta(hours=24)) is not None
    assert read_after(timedelta(hours=24, seconds=1)) is None


FIELDS: Final = (
    *("parcels", "tracking_#", "deliveries", "trackings", "enroute"),
    *("by_carrier", "barcode", "status"),
    *("planned_from", "planned_to", "delivered", "pickup", "pickup_point"),
    *("tracking_number", "status_code", "timestamp_expected", "date_expected"),
    *("expected_delivery", "key", "delivery_address_type"),
    *("carrier", "carrier_code", "slug"),
)
ANYTHING: Final = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(categories=None), max_size=70)
    | st.datetimes()
    | st.datetimes(timezones=st.timezones())
    | st.sampled_from(
        ["out_for_delivery", "OutForDelivery", 4, "2026-02-30", "3SABCD-NL", 10**400]
    ),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=8)
    ),
    max_leaves=20,
)
STATE_TEXTS: Final = (
    st.sampled_from(["0", "1", "5", "2026-11-29 11:40:03.5", "9999-12-31 23:59:59"])
    | st.text(max_size=255)
    | st.datetimes().map(str)
)


@given(STATE_TEXTS, st.dictionaries(st.sampled_from(FIELDS), ANYTHING))
def test_hostile_states_are_read_or_passed_over(
    state: str, attributes: dict[str, object]
) -> None:
    listed = State("sensor.hostile", state, attributes)
    for reader in READERS:
        listing = reader.read(listed, ZONE)
        assert listing is None or not listing.left_out


@given(st.lists(ANYTHING, max_size=5), st.lists(ANYTHING, max_size=5))
def test_hostile_parcels_never_hide_others(
    before: list[object], after: list[object]
) -> None:
    listing = read(*before, GOOD, *after)
    assert listing is not None
    assert read_one() in listing.parcels
