"""What the harness and our tests do again and again, done in less time."""

from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
import gc
import hashlib
import os
import time
from types import ModuleType
from typing import Any

from freezegun import api as frozen
import pytest
from pytest_homeassistant_custom_component import patch_time

_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001  # frozen time is naive, in UTC
_MONOTONIC = time.monotonic
_IS_THOROUGH = "COURIER_ACCESS_LIVES" in os.environ


def glance_at_modules() -> None:
    """Have what freezes time see by its size whether a module has changed since it was last searched for clocks.

    There are 3,000 of them, and it would hash all names in each, in every test that moves time.
    """
    patch_time.ha_get_module_attributes_hash = _glance


def _glance(module: ModuleType) -> str:
    return f"{id(module)}-{len(getattr(module, '__dict__', ()))}"


def collect_less_often() -> None:
    """Look for garbage every 20,000 objects: a building is made of more, and lives as long as its test."""
    gc.set_threshold(20_000, 10, 10)


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
