"""The command `scripts/bench redact`: what it costs to look for tokens in hostile addresses.

Anybody can send a request for a long address that Home Assistant logs, and the event loop redacts it. Each address is
made to cost as much as it can. The line has the CPU time of the worst of them, each the median of several times.
"""

import argparse
from collections.abc import Mapping
from statistics import median
from time import thread_time
from typing import Final

from custom_components.courier_access.hass.log_redaction import redact

KILOBYTES: Final = 8
TIMES: Final = 25

_OURS: Final = "/api/courier_access/personal/"

REPEATED: Final[Mapping[str, tuple[str, str]]] = {
    "long segment": ("/api/", "c"),
    "slashes": ("/api", "/"),
    "encoded slashes": ("/api", "%2f"),
    "backslashes": ("/api", "\\"),
    "dot segments": ("/api/", "../"),
    "detours": ("/api/", "x/../"),
    "current segments": ("/api/", "./"),
    "many api": ("", "/api"),
    "encoded api": ("", "%2f%61%70%69"),
    "nearly our name": ("/api/", "/courier_acces"),
    "no slash after our name": ("/api/", "/courier_access-"),
    "no slash after webhook": ("/api/", "/webhook-"),
    "nearly our name, encoded": (
        "/api/",
        "%2f%63%6f%75%72%69%65%72%5f%61%63%63%65%73",
    ),
    "percent signs": ("", "%"),
    "nested percent signs": ("/api/", "%25"),
    "one nested percent sign": ("/api/%", "25"),
    "nested letters": ("/api/", "%252525252563"),
    "encoded letters": ("/api/", "%63"),
    "nearly encoded digits": ("/api/", "%6%"),
    "encoded digits": ("/api/", "%%36%33"),
    "deeply encoded letter": ("/api/", "/c%" + "25" * 20 + "6e"),
    "our address again and again": ("", _OURS),
    "our address, encoded": ("", "".join(f"%25{ord(each):02x}" for each in _OURS)),
}
"""How each kind of hostile address begins, and what is repeated in it."""


def hostile(kind: str, length: int) -> str:
    """Return an address that is made to cost time, of a length in characters."""
    begins, repeated = REPEATED[kind]
    return (begins + repeated * (length // len(repeated) + 1))[:length]


async def bench(chosen: argparse.Namespace) -> None:
    """Measure and print the result."""
    for kind in REPEATED:
        if chosen.all:
            print(f"{kind:32} {_milliseconds(kind, chosen.times):.2f} ms")
    print_worst(chosen.times)


def print_worst(times: int = TIMES) -> None:
    """Print the CPU time of the address that costs most."""
    cost, kind = max((_milliseconds(kind, times), kind) for kind in REPEATED)
    print(
        f"redact: at most {cost:.2f} ms of CPU for an address of {KILOBYTES} KB ({kind})",
        flush=True,
    )


def _milliseconds(kind: str, times: int) -> float:
    address = hostile(kind, KILOBYTES * 1024)
    taken = []
    for _ in range(times):
        began = thread_time()
        redact(f"Filtered a potential harmful request to: {address}")
        taken.append(thread_time() - began)
    return median(taken) * 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the command's options."""
    parser.add_argument(
        "--times", type=int, default=TIMES, help=f"each address (default: {TIMES})"
    )
    parser.add_argument("--all", action="store_true", help="print each kind of address")
