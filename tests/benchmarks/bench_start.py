"""From the start of the program to its first paint, and until it can be used (goals, section 3).

Each program is one of its own, in the environment of a user without a display, beside a bare
`QMainWindow` of the same round. Warm: bytecode and page cache are there, as after the first start.
Cold: the first start after an update, of which no module is compiled yet, PySide's and Python's
own included; the page cache can't be emptied by a program without rights.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.launching import Moment, furnished_home, launched
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

Start = tuple[Moment, Moment, Moment]
"""The first paint, usable (the profile known, the list filled, the sandbox ready), and the studio
there as well."""
GOALS: Final[dict[str, float | None]] = {
    "first paint": 1.5,
    "usable": 4.0,
    "usable with the studio": None,
}


def rows(options: Options) -> Iterator[Row]:
    with furnished_home() as (home, data):
        _started(home, data)  # for bytecode and page cache
        rounds = [(_bare(home), _started(home, data)) for _ in range(options.rounds)]
        naive = [_started(home, data, way="eager")] if options.peers else []
        with tempfile.TemporaryDirectory() as empty:
            cold = _started(home, data, bytecode=Path(empty, "app"))
            cold_bare = _bare(home, bytecode=Path(empty, "bare"))
    bare, ours = [each for each, _ in rounds], [each for _, each in rounds]
    for place, (name, most) in enumerate(GOALS.items()):
        yield Row(
            name=f"start → {name}",
            unit="ms",
            ours=[each[place].clock_ms for each in ours],
            naive=Peer("eager", [each[place].clock_ms for each in naive]) if naive else None,
            limit=Peer("bare", [each.clock_ms for each in bare]),
            goal=None if most is None else Goal(at_most=most, of_ratio=True),
            needs_quiet=True,
        )
        yield Row(
            name=f"start → {name}, CPU",
            unit="ms",
            ours=[each[place].cpu_ms for each in ours],
            naive=Peer("eager", [each[place].cpu_ms for each in naive]) if naive else None,
            limit=Peer("bare", [each.cpu_ms for each in bare]),
        )
        yield Row(
            name=f"start → {name}, cold, CPU",
            unit="ms",
            ours=[cold[place].cpu_ms],
            limit=Peer("bare", [cold_bare.cpu_ms]),
        )


def _bare(home: Path, *, bytecode: Path | None = None) -> Moment:
    with launched(home, "bare", home, bytecode=bytecode) as program:
        return program.until("painted")


def _started(home: Path, data: Path, *, way: str = "app", bytecode: Path | None = None) -> Start:
    with launched(home, way, data, bytecode=bytecode) as program:
        return program.until("painted"), program.until("usable"), program.until("whole")


BENCHES: Final = (Bench(name="start", section=Section.START, budget_s=18, rows=rows),)
