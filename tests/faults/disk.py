"""The disk campaign: everything a disk, and what shares it, can do to what the app keeps."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from tests.faults.campaign import Campaign, Case, Verdict
from tests.faults.disk_damage import RESTING
from tests.faults.disk_faults import RUNNING
from tests.faults.disk_living import LIVING, live
from tests.faults.disk_opening import OPENING, open_it
from tests.faults.disk_rest import rest
from tests.faults.disk_start import STARTING, start
from tests.faults.disk_verdicts import Story
from tests.faults.disk_writing import writing

Play = Callable[[Case], Story]

_PLAYS: Final[tuple[Play, ...]] = (
    *(partial(writing, kind=kind) for kind in RUNNING),
    *(partial(rest, kind=kind) for kind in RESTING),
    *(partial(open_it, kind=kind) for kind in OPENING),
    *(partial(live, kind=kind) for kind in LIVING),
    *(partial(start, kind=kind) for kind in STARTING),
)


def run(case: Case) -> Iterator[Verdict]:
    log = logging.getLogger("beatra_desktop")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield from _PLAYS[case.number % len(_PLAYS)](case).verdicts()
    finally:
        log.setLevel(before)


QUICK: Final = len(RUNNING) + len(RESTING) + len(OPENING) + 1
"""One case of each kind but most of those that need a whole app take less than a second each."""
CAMPAIGN: Final = Campaign(name="disk", run=run, large=6 * len(_PLAYS), small=QUICK)
