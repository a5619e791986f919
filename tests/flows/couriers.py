"""Helpers for courier flow tests."""

import base64
from typing import Any

from .front_end import FrontEnd, Screen

PUBLIC_KEY = "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4="
OTHER_PUBLIC_KEY = "whpk_" + base64.b64encode(bytes(range(32))).decode()


async def up_to_signing(flow: FrontEnd, **answers: Any) -> Screen:
    return await flow.submit(await flow.add(), **{"name": "Parcels Ltd"} | answers)
