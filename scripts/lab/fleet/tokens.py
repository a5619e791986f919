"""Tokens of buildings and managers: JSON Web Tokens, signed as PostgREST checks them."""

from base64 import urlsafe_b64encode
from collections.abc import Mapping
import hashlib
import hmac
import json


def encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def sign(secret: str, **claims: str | float | None) -> str:
    """Return a token with these claims."""
    head = _part({"alg": "HS256", "typ": "JWT"}) + "." + _part(claims)
    digest = hmac.new(secret.encode(), head.encode(), hashlib.sha256).digest()
    return f"{head}.{encode(digest)}"


def unsigned(**claims: str | float | None) -> str:
    """Return a token that says that it needs no signature."""
    return f"{_part({'alg': 'none'})}.{_part(claims)}."


def _part(value: Mapping[str, object]) -> str:
    return encode(json.dumps(value).encode())
