"""The disk campaign: everything a disk, and what shares it, can do to what the app keeps."""

import logging
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from tests.faults.campaign import Campaign, Case, Verdict
from tests.faults.disk_damage import RESTING
from tests.faults.disk_faults import RUNNING
from tests.faults.disk_opening import OPENING, open_it
from tests.faults.disk_rest import rest
from tests.faults.disk_verdicts import Story
from tests.faults.disk_writing import writing

Play = Callable[[Case], Story]

_PLAYS: Final[tuple[Play, ...]] = (
    *(partial(writing, kind=kind) for kind in RUNNING),
    *(partial(rest, kind=kind) for kind in RESTING),
    *(partial(open_it, kind=kind) for kind in OPENING),
)


def run(case: Case) -> Iterator[Verdict]:
    logging.getLogger("beatra_desktop").setLevel(logging.CRITICAL)
    yield from _PLAYS[case.number % len(_PLAYS)](case).verdicts()


CAMPAIGN: Final = Campaign(name="disk", run=run, large=400, small=len(_PLAYS))
