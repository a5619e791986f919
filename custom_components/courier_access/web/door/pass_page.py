"""The page behind a pass link: it opens with the characters on the sheet at the door."""

from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from typing import override

from ...api.passes import (
    OpenedPass,
    PageAnswer,
    async_open_pass,
    async_request_by_link,
)
from ...entries.request import Waiting
from ...grants.passes import PATH
from .drivers_page import DriversPage, Place
from .forms import SIGN, Sent


@dataclass(frozen=True, slots=True)
class PassPlace(Place):
    """The door that a pass is for."""

    opened: OpenedPass


class PassPage(DriversPage[PassPlace]):
    """The pages of all passes whose doors have a sheet."""

    url = f"{PATH}/{{token}}"
    name = "api:courier_access:pass"
    asks = (SIGN,)
    template = "pass.html.j2"

    @override
    async def _find(self, token: str) -> PassPlace:
        buildings, missing = self._buildings()
        for building in buildings:
            if (opened := await async_open_pass(building, token)) is not None:
                return PassPlace(building, opened.door, opened)
        raise missing

    @override
    def _shown(self, place: PassPlace) -> Mapping[str, object]:
        return {"opened": place.opened}

    @override
    def _ask(
        self, place: PassPlace, sent: Sent, waiting: Waiting, language: str
    ) -> Coroutine[object, object, PageAnswer]:
        return async_request_by_link(
            place.building, place.opened, sent.typed, waiting, language
        )
