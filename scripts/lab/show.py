"""Prints what happens, for people to read."""

from collections.abc import Mapping
from datetime import datetime
import json

from .answers import UnexpectedAnswerError, parsed
from .courier import Answer, Message

SHOWN_ANSWER_HEADERS = ("Retry-After", "Idempotency-Replayed")


def say(text: str) -> None:
    """Print a line with the time."""
    print(f"{datetime.now().astimezone():%H:%M:%S} {text}", flush=True)


def head(text: str) -> None:
    """Print a heading."""
    print(f"\n== {text}", flush=True)


class Shown:
    """Prints a courier's requests and their answers as they come and go."""

    def asked(self, name: str, message: Message, headers: Mapping[str, str]) -> None:
        """Print a request."""
        say(f"{name} → POST")
        for key, value in headers.items():
            if key.startswith("webhook-"):
                print(f"    {key}: {value}")
        print(_indented(message.body.decode()), flush=True)

    def answered(self, name: str, answer: Answer) -> None:
        """Print an answer."""
        say(f"{name} ← {answer.status}")
        for key in SHOWN_ANSWER_HEADERS:
            if key in answer.headers:
                print(f"    {key}: {answer.headers[key]}")
        print(_indented(answer.source), flush=True)


def _indented(source: str) -> str:
    try:
        pretty = json.dumps(parsed(source), indent=2, ensure_ascii=False)
    except UnexpectedAnswerError:
        pretty = source or "(empty)"
    return "\n".join(f"    {line}" for line in pretty.splitlines())
