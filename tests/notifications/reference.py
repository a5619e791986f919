"""The texts of all notifications as `docs/reference/notifications.md` shows them.

After a change of the texts, write the document again:

    .venv-harness/bin/pytest -q tests/notifications/renew_reference.py
"""

from collections.abc import Iterator, Mapping
from copy import replace
from pathlib import Path

from custom_components.courier_access.access.model import (
    DeliveryDetails,
    Outcome,
    Proof,
    Reason,
)
from custom_components.courier_access.ledger.outbox.due import Notification
from custom_components.courier_access.ledger.queue import (
    FIRST,
    LIFTED,
    Audience,
    NotificationKind,
)
from custom_components.courier_access.notifications.text import (
    NOBODY,
    Reader,
    actions,
    write,
)
from custom_components.courier_access.residents.directory import Responsible

from .test_entry_texts import ENTRY, NOON, NOTIFICATION, RECEIPT, bundled
from .test_notification_texts import EARLIER, HOURS, NEEDED, OF_ENTRIES

DOCUMENT = Path(__file__).parents[2] / "docs" / "reference" / "notifications.md"
HEADING = ("Kind", "Recipient", "Other resident", "Administrator", "Button")

_COURIER = "DHL"
_WITHOUT_UNIT = frozenset({Audience.ONE, Audience.ALL})
_RESPONSIBLE = Responsible("Elm Street Owners", "elm@example.org")
_READER = Reader(has_account=True, responsible=_RESPONSIBLE, hours=HOURS)
_MESSAGE = {"title": "Porch", "message": "A picture of the porch."}


def document() -> str:
    """Return the document with its table written from the translations."""
    written = DOCUMENT.read_text("utf-8").splitlines()
    places = [number for number, line in enumerate(written) if line.startswith("|")]
    table = ["| " + " | ".join(row) + " |" for row in (HEADING, ["---"] * 5, *_rows())]
    return "\n".join([*written[: places[0]], *table, *written[places[-1] + 1 :]]) + "\n"


def _rows() -> Iterator[tuple[str, ...]]:
    texts = bundled("en")
    for name, notification in _samples():
        yield f"`{name}`", *_cells(texts, notification)


def _samples() -> Iterator[tuple[str, Notification]]:
    for kind in NotificationKind:
        sample = _sample(kind)
        yield kind, sample
        if kind is NotificationKind.ENTRY_ADMITTED:
            yield f"{kind}, {Outcome.FAILED}", _of_entry(sample, outcome=Outcome.FAILED)
            yield f"{kind}, {Proof.RING}", _of_entry(sample, proof=Proof.RING)
            yield f"{kind}, several", replace(sample, others=(replace(sample, seq=43),))
        if kind is NotificationKind.CONSENT_GIVEN:
            first = {**sample.details, FIRST: "yes"}
            yield f"{kind}, first", replace(sample, details=first)
        if kind is NotificationKind.FLEET_VISITS_CHOSEN:
            sent = {**sample.details, "what": "sent"}
            yield f"{kind}, sent", replace(sample, details=sent)
        if kind is NotificationKind.CONSENT_OPTED_OUT:
            lifted = {**sample.details, LIFTED: "yes"}
            yield f"{kind}, lifted", replace(sample, details=lifted)
        if kind is NotificationKind.DELIVERY_ANNOUNCED:
            for what, earlier in EARLIER.items():
                yield f"{kind}, {what}", replace(sample, earlier=earlier)
            yield f"{kind}, several", replace(sample, others=(replace(sample, seq=43),))


def _sample(kind: NotificationKind) -> Notification:
    details = {
        name: _COURIER if name == "courier" else value
        for name, value in NEEDED.get(kind, {}).items()
    }
    sample = replace(NOTIFICATION, kind=kind, details=details)
    if kind not in OF_ENTRIES:
        return replace(sample, entry=None)
    sample = _of_entry(sample, courier_name=_COURIER)
    if kind is NotificationKind.ENTRY_REFUSED:
        return _of_entry(sample, reason=Reason.OUTSIDE_SCHEDULE, at=NOON)
    if kind is NotificationKind.ENTRY_OBSERVED:
        # It has no units, so no resident is a recipient.
        observed = replace(sample, unit=None, delivery=DeliveryDetails())
        return _of_entry(observed, courier_name="Amazon Key", proof=None)
    if kind is NotificationKind.MESSAGE_PASSED_ON:
        return replace(sample, details=_MESSAGE)
    return sample


def _of_entry(notification: Notification, **changes: object) -> Notification:
    entry = replace(ENTRY if notification.entry is None else notification.entry)
    return replace(notification, entry=replace(entry, **changes))  # type: ignore[arg-type]  # fields by their names


def _cells(texts: Mapping[str, str], notification: Notification) -> Iterator[str]:
    kind, traits = notification.kind, notification.kind.traits
    is_to_others = traits.audience is Audience.ALL
    if traits.audience in _WITHOUT_UNIT and kind not in OF_ENTRIES:
        notification = replace(notification, unit=None, delivery=DeliveryDetails())
    if kind not in OF_ENTRIES and "starts_at" not in notification.details:
        notification = replace(notification, delivery=DeliveryDetails())
    other = replace(
        notification,
        recipient=False,
        unit=None,
        delivery=DeliveryDetails(),
        others=tuple(
            replace(one, recipient=False, unit=None, delivery=DeliveryDetails())
            for one in notification.others
        ),
    )
    own, others = _cell(texts, notification, _READER), _cell(texts, other)
    yield "" if traits.audience is Audience.NO_RESIDENT else own
    yield "" if not is_to_others else "the same" if others == own else others
    yield _cell(texts, other, on_board=True) if traits.administrator_too else ""
    yield ", ".join(str(each["title"]) for each in actions(texts, notification))


def _cell(
    texts: Mapping[str, str],
    notification: Notification,
    reader: Reader = NOBODY,
    *,
    on_board: bool = False,
) -> str:
    """Return title and message, without the receipt that ends each."""
    text = write(texts, notification, "Elm House", NOON, reader, on_board=on_board)
    message = text.message.removesuffix(RECEIPT).partition(" Receipts ")[0]
    return f"**{text.title}**<br>{message}".replace("\n", "<br>")
