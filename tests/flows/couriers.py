"""Helpers for courier flow tests."""

import base64
from collections.abc import Mapping
from typing import Any

from pytest_homeassistant_custom_component.common import MockConfigEntry

from .front_end import FrontEnd, Screen

PUBLIC_KEY = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
OTHER_PUBLIC_KEY = "whpk_" + base64.b64encode(bytes(range(32))).decode()


def only_courier(
    building: MockConfigEntry,
) -> tuple[str, str | None, Mapping[str, Any]]:
    (courier,) = building.get_subentries_of_type("courier")
    return courier.title, courier.unique_id, courier.data


async def up_to_signing(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(await flow.add(), **{"name": "Parcels Ltd"} | answers)
