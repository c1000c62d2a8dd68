"""What nobody honest sends: texts, files, names, sockets and words that are made to break things.

Each case is one attack; by its number it is known which. A crash is whatever is raised that the
attacked part does not promise to raise. Time is measured as this thread's, and judged by how it
grows with the size.
"""

import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Final

from tests.faults import (
    hostile_files,
    hostile_markdown,
    hostile_names,
    hostile_window,
    hostile_wire,
)
from tests.faults.campaign import Campaign, Case, Verdict

CRASHES: Final = "nothing crashes"
Attack = Callable[[Case], Iterator[Verdict]]
ATTACKS: Final[Mapping[str, Attack]] = {
    **hostile_wire.ATTACKS,
    **hostile_markdown.ATTACKS,
    **hostile_files.ATTACKS,
    **hostile_names.ATTACKS,
    **hostile_window.ATTACKS,
}
FETCHED: Final[list[str]] = []
"""What this process asked of other machines."""


def run(case: Case) -> Iterator[Verdict]:
    _watch_the_network()
    names = list(ATTACKS)
    kind = names[case.number % len(names)]
    FETCHED.clear()
    try:
        yield from ATTACKS[kind](case)
    except Exception:  # noqa: BLE001  # what an attack raises is what the campaign is for
        yield Verdict(promise=CRASHES, kind=kind, problem=traceback.format_exc())
    else:
        yield Verdict(promise=CRASHES, kind=kind)
    asked = ", ".join(FETCHED)
    yield Verdict(promise="nothing is fetched", kind=kind, problem=asked)


@cache
def _watch_the_network() -> None:
    """A hook can't be taken away again, so that there is one for each process."""
    sys.addaudithook(_on_event)


def _on_event(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "urllib.Request"):
        FETCHED.append(f"{event} {arguments[-1]!r}")


CAMPAIGN: Final = Campaign(name="hostile", run=run, large=3_000, small=2 * len(ATTACKS))
