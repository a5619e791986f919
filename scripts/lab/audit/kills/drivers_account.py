"""Holds the building's record against what drivers showed, residents answered, and others let in."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from .account import Entry, Findings
from .killer import Life
from .neighbours import Neighbour, Yes
from .visits import PASSES, Visit, Way

YES_LASTS = timedelta(minutes=6)
"""A yes waits five minutes for who rings again."""
SEEN_WITHIN = timedelta(seconds=5)
"""A use is recorded by then, on a busy machine, too."""
KEYPAD = frozenset({Way.PIN, Way.PARCEL})


def passes_agree(
    entries: Iterable[Entry],
    visits: Iterable[Visit],
    neighbours: Sequence[Neighbour],
    found: Findings,
) -> None:
    """Each entry on a pass was shown for by its driver, once; and who read *come in* has one."""
    of_grant: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.proof == "pass":
            of_grant.setdefault(entry.grant_id, []).append(entry)
    for visit in visits:
        if visit.way in PASSES:
            _one_at_most(visit, of_grant.pop(visit.grant_id, []), found)
            _not_lost(visit, neighbours, found)
    for others in of_grant.values():
        _of_nobody(others, found)


def parcels_agree(
    entries: Iterable[Entry],
    visits: Iterable[Visit],
    neighbours: Sequence[Neighbour],
    found: Findings,
) -> None:
    """Each entry on a parcel's number was typed for, once.

    If a resident withdrew their consent, and so their standing orders, new orders expect the parcel again.
    """
    closed_at = [at for each in neighbours for at in each.closed_at]
    by_number: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.proof == "parcel_number":
            by_number.setdefault(entry.number, []).append(entry)
    for visit in visits:
        if visit.way is Way.PARCEL:
            theirs = sorted(by_number.pop(visit.number, []), key=lambda each: each.at)
            for earlier, later in pairwise(list(theirs)):
                if any(earlier.at < at < later.at for at in closed_at):
                    theirs.remove(earlier)
            _one_at_most(visit, theirs, found)
    for others in by_number.values():
        _of_nobody(others, found)


def rings_agree(
    entries: Iterable[Entry],
    visits: Iterable[Visit],
    neighbours: Sequence[Neighbour],
    found: Findings,
) -> None:
    """Each ring that was let in had a yes of its own, and somebody who rang; who read *come in* has an entry."""
    rung = sorted(
        (entry for entry in entries if entry.proof == "ring"), key=lambda one: one.at
    )
    yeses = sorted(
        (yes for each in neighbours for yes in each.yeses.values()),
        key=lambda yes: yes.at,
    )
    ringing = [visit for visit in visits if visit.way is Way.RING]
    for entry in rung:
        yes = _first(yeses, entry.at)
        if yes is None:
            found.opened_twice += 1
            found.wrong.append(f"nobody said yes to the ring of entry {entry.entry_id}")
        else:
            yeses.remove(yes)
        if not any(visit.covers(entry.at) for visit in ringing):
            found.opened_twice += 1
            found.wrong.append(f"nobody rang for entry {entry.entry_id}")
    for visit in ringing:
        for tried in visit.tries:
            if tried.is_in and not any(tried.covers(entry.at) for entry in rung):
                found.unrecorded += 1
                found.wrong.append(
                    f"who rang at {tried.began} was told to come in, without a record"
                )


def uses_agree(
    entries: Iterable[Entry],
    uses: Iterable[datetime],
    lives: Sequence[Life],
    cool_down: timedelta,
    found: Findings,
) -> None:
    """Each observed entry was one use; and each use of a time at which the building surely saw it is recorded."""
    observed = sorted(entry.at for entry in entries if entry.proof is None)
    last: datetime | None = None
    for at in sorted(uses):
        seen = [each for each in observed if at <= each <= at + SEEN_WITHIN]
        if seen:
            observed.remove(seen[0])
        is_sure = any(
            life.up + SEEN_WITHIN < at < life.down - SEEN_WITHIN for life in lives
        ) and (last is None or at - last > cool_down + SEEN_WITHIN)
        last = at
        if is_sure and not seen:
            found.unrecorded += 1
            found.wrong.append(f"the use by others at {at} isn't recorded")
    for at in observed:
        found.opened_twice += 1
        found.wrong.append(f"the entry of others at {at} was no use, or is there twice")


def _one_at_most(visit: Visit, theirs: list[Entry], found: Findings) -> None:
    for entry in theirs:
        if not visit.covers(entry.at):
            found.wrong.append(
                f"entry {entry.entry_id} is of a time when nobody showed {visit.way}"
            )
    if sum(not entry.is_returned for entry in theirs) > 1:
        found.opened_twice += len(theirs) - 1
        found.wrong.append(f"{len(theirs)} entries of one driver: {visit}")
    if visit.is_in and not theirs:
        found.unrecorded += 1
        found.wrong.append(f"told to come in, without a record: {visit}")
    told = {each.entry_id for each in visit.tries if each.entry_id is not None}
    if told - {entry.entry_id for entry in theirs}:
        found.unrecorded += 1
        found.wrong.append(f"notified of an entry that isn't recorded: {visit}")


def _not_lost(visit: Visit, neighbours: Sequence[Neighbour], found: Findings) -> None:
    """Find a pass that a resident was given and the door doesn't know, though nobody of the unit was against it."""
    if visit.unknown_at is None:
        return
    for neighbour in neighbours:
        if visit.grant_id in neighbour.vetoing:
            return
        if any(visit.made_at - SEEN_WITHIN <= at for at in neighbour.closed_at):
            return
    found.wrong.append(f"a pass isn't known anymore: {visit}")


def _first(yeses: Sequence[Yes], at: datetime) -> Yes | None:
    return next((yes for yes in yeses if yes.at <= at <= yes.at + YES_LASTS), None)


def _of_nobody(entries: Sequence[Entry], found: Findings) -> None:
    for entry in entries:
        found.opened_twice += 1
        found.wrong.append(f"entry {entry.entry_id} is of nobody at the door")
