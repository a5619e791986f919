"""Floods a courier's address with what is refused there: unsigned, forged, oversized and slow requests.

A process of its own, so that it takes no time of the house's beyond what each request costs there. It ends with
SIGTERM and prints how many answers of each status came, as JSON.
"""

import argparse
import asyncio
from base64 import b64encode
from collections import Counter
from collections.abc import Mapping, Sequence
import json
import secrets
import signal
import sys
from time import time
from urllib.parse import urlsplit

import aiohttp

SLOW_CONNECTIONS = 20
SLOW_BYTE_SECONDS = 1
MOST_WAITING = 200
KINDS = ("unsigned", "forged", "oversized")


def refused(kind: str) -> tuple[bytes, Mapping[str, str]]:
    """Return a request of that kind: its body and its headers."""
    body = b'{"type":"ping","timestamp":"2026-01-01T00:00:00Z","data":{}}'
    headers = {"Content-Type": "application/json"}
    match kind:
        case "forged":
            tokens = [
                f"v1,{b64encode(secrets.token_bytes(32)).decode()}",
                f"v1a,{b64encode(secrets.token_bytes(64)).decode()}",
            ]
            signed = {
                "webhook-id": f"msg_{secrets.token_hex(8)}",
                "webhook-timestamp": str(int(time())),
                "webhook-signature": " ".join(tokens),
            }
            return body + b" " * 20_000, headers | signed
        case "oversized":
            return b"x" * 100_000, headers
        case _:
            return body, headers


async def _post(
    http: aiohttp.ClientSession, url: str, kind: str, seen: Counter[str]
) -> None:
    body, headers = refused(kind)
    try:
        async with http.post(url, data=body, headers=headers) as answer:
            await answer.read()
            seen[str(answer.status)] += 1
    except aiohttp.ClientError:
        seen["cut off"] += 1


async def _drip(url: str, seen: Counter[str]) -> None:
    """Keep a connection busy with a body that never comes to its end."""
    parts = urlsplit(url)
    head = (
        f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    )
    while True:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            writer.write(head.encode())
            answering = asyncio.ensure_future(reader.readline())
            while not answering.done():
                writer.write(b" ")
                await asyncio.wait({answering}, timeout=SLOW_BYTE_SECONDS)
            seen[answering.result().decode().split()[1]] += 1
        except OSError, IndexError:
            seen["cut off"] += 1
        finally:
            writer.close()


async def flood(url: str, a_second: int) -> Counter[str]:
    """Flood until the process is asked to end; return how many answers of each status came."""
    seen = Counter[str]()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=50)) as http,
        asyncio.TaskGroup() as tasks,
    ):
        slow = [tasks.create_task(_drip(url, seen)) for _ in range(SLOW_CONNECTIONS)]
        under_way = set[asyncio.Task[None]]()
        sent = 0
        while not stop.is_set():
            if len(under_way) < MOST_WAITING:
                task = tasks.create_task(
                    _post(http, url, KINDS[sent % len(KINDS)], seen)
                )
                under_way.add(task)
                task.add_done_callback(under_way.discard)
                sent += 1
            await asyncio.sleep(1 / a_second)
        for task in (*slow, *under_way):
            task.cancel()
    return seen


def main(given: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(
        prog="flood", description="Flood a courier's address."
    )
    parser.add_argument("url")
    parser.add_argument("a_second", type=int)
    chosen = parser.parse_args(given)
    print(json.dumps(asyncio.run(flood(chosen.url, chosen.a_second))), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
