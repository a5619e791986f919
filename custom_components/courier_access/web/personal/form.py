"""What the page's own forms send, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from ...access.model import GrantKey
from .markup import AGREE, CHECK, COURIER, DO, GRANT, NOTICE
from .view import Do

_MOST_FIELDS: Final = 4
_VETO_FIELDS: Final = frozenset({DO, COURIER, GRANT})


class NotOurs(Exception):
    """No form of the page sends this."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader wants done; `key` is the grant of a veto, `agreed` whether the box was ticked."""

    do: Do
    key: GrantKey | None = None
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """The reader wants the record checked, and what was entered of an earlier notice."""

    notice: str


def read_form(body: bytes) -> Asked | Check:
    """Read a form that was sent.

    Raises:
        NotOurs: no form of the page sends this.

    """
    fields = _fields(body)
    if fields.get(DO) == CHECK:
        if fields.keys() != {DO, NOTICE}:
            raise NotOurs
        return Check(fields[NOTICE])
    try:
        do = Do(fields.get(DO, ""))
    except ValueError:
        raise NotOurs from None
    if do is Do.VETO:
        if fields.keys() != _VETO_FIELDS:
            raise NotOurs
        return Asked(do, key=GrantKey(fields[COURIER], fields[GRANT]))
    if not fields.keys() <= ({DO, AGREE} if do is Do.GIVE_CONSENT else {DO}):
        raise NotOurs
    return Asked(do, agreed=fields.get(AGREE) == "yes")


def _fields(body: bytes) -> Mapping[str, str]:
    try:
        pairs = parse_qsl(
            body.decode("ascii"),
            keep_blank_values=True,
            strict_parsing=True,
            errors="strict",
            max_num_fields=_MOST_FIELDS,
        )
    except ValueError:
        raise NotOurs from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotOurs
    return fields
