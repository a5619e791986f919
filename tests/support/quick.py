"""What the harness and our tests do again and again, done in less time."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
import gc
import hashlib
import logging
import os
from pathlib import Path
import sys
import time
from types import ModuleType
from typing import Any
from unittest.mock import patch

from freezegun import api as frozen
from homeassistant.helpers import service
from homeassistant.helpers.trigger import descriptions
from homeassistant.loader import Integration
import pytest
from pytest_homeassistant_custom_component import common, patch_time

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # frozen time is naive, in UTC
_MONOTONIC = time.monotonic
_STEP = 1e-6
"""Seconds that can be told apart in a time since 1970; nanoseconds can't."""
_IS_THOROUGH = "COURIER_ACCESS_LIVES" in os.environ


def freeze_clocks_only() -> None:
    """Have what freezes time look only at modules that have a clock, and at those that were imported since.

    There are 3,000 others, and it would look at each in every test that moves time.
    """
    vars(frozen)["sys"] = _Clocks()


class _Clocks:
    """`sys` for what freezes time."""

    def __init__(self) -> None:
        fakes = (value for name, value in vars(frozen).items() if "fake_" in name)
        fake_types = patch_time.HAFakeDate, patch_time.HAFakeDatetime
        reals = frozen._real_time_object_ids
        self._clocks = {*reals, *map(id, (*fakes, *fake_types))}
        self._seen: set[str] = set()
        self._with_clock: list[str] = []

    @property
    def modules(self) -> Mapping[str, ModuleType]:
        """The modules that have a clock, real or frozen."""
        for name in sys.modules.keys() - self._seen:
            module = sys.modules[name]
            if getattr(getattr(module, "__spec__", None), "_initializing", False):
                continue  # A thread is importing it.
            self._seen.add(name)
            if any(id(value) in self._clocks for value in _values(module)):
                self._with_clock.append(name)
        return {
            name: sys.modules[name] for name in self._with_clock if name in sys.modules
        }


def _values(module: ModuleType) -> list[object]:
    return list(getattr(module, "__dict__", {}).values())


def collect_less_often() -> None:
    """Look for garbage every 20,000 objects: a building is made of more, and lives as long as its test."""
    gc.set_threshold(20_000, 10, 10)


@contextmanager
def keeping_garbage() -> Iterator[None]:
    """Look for no garbage meanwhile."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def store_plainly() -> None:
    """Have the harness put its own functions in place of a store's.

    For each test, it would make mocks with their signatures.
    """
    vars(_patch)["object"] = patch.object
    vars(common)["patch"] = _patch


def read_descriptions_once() -> None:
    """Have Home Assistant read each file that describes actions or triggers once for all tests.

    Nobody changes what was read: each Home Assistant keeps it, and gives it to every frontend.
    """
    # Descriptions name features of these integrations. A thread that imports them for the first test may be ended with
    # it, and would never release the lock of the module that it imports.
    logging.disable()  # one of them reports that it has no libturbojpeg
    vars(service)["_base_components"]()
    logging.disable(logging.NOTSET)
    for module, name in (
        (service, "_load_services_file"),
        (descriptions, "_load_triggers_file"),
    ):
        vars(module)[name] = _once_for_each_folder(vars(module)[name])


def _once_for_each_folder[T](
    read: Callable[[Integration], T],
) -> Callable[[Integration], T]:
    known: dict[Path, T] = {}

    def reading(integration: Integration) -> T:
        folder = integration.file_path
        if folder not in known:
            known[folder] = read(integration)
        return known[folder]

    return reading


def _patch(target: str, *new: object, **given: Any) -> Any:
    if given.keys() == {"side_effect", "autospec"}:
        return patch(target, given["side_effect"])
    return patch(target, *new, **given)


def examples(thoroughly: int) -> int:
    """Return how many examples show a property: half as many as where `scripts/test --thorough` looks for more."""
    return thoroughly if _IS_THOROUGH else thoroughly // 2


def lead(loop: AbstractEventLoop) -> None:
    """Have the loop refuse what comes to it from another thread, and read frozen time at once.

    The harness' debug mode does the first, but also notes where each task and each future was made, which takes a
    quarter of all the time. What freezes time would look at each reading through the stack for who must see the real one.
    """
    leading: Any = loop

    def checked(call: Callable[..., object]) -> Callable[..., object]:
        def calling(*args: Any, **more: Any) -> object:
            leading._check_thread()
            return call(*args, **more)

        return calling

    leading.call_soon, leading.call_at = (
        checked(leading.call_soon),
        checked(leading.call_at),
    )
    leading.time = _now
    # It has no nanoseconds: what is due now would wait until time is moved, and the loop would never rest.
    leading._clock_resolution = _STEP


def _now() -> float:
    factories = frozen.freeze_factories
    if not factories:
        return _MONOTONIC()
    return (factories[-1]() - _EPOCH).total_seconds()


@contextmanager
def hashing_at_once() -> Iterator[None]:
    """Hash drivers' codes without the work that is to slow down who guesses them.

    Whole Home Assistants in processes of their own do that work, and a test of the page at the door says how much it is.
    """
    hashed = hashlib.scrypt

    def at_once(password: bytes, **given: Any) -> bytes:
        return hashed(password, **{**given, "n": 2})

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(hashlib, "scrypt", at_once)
        yield
