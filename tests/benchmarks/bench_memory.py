"""What the app takes while nothing happens, and after much has (goals, section 3)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from beatra_desktop.ui.caret import RESTING_MS
from tests.benchmarks.benches import Bench, Section
from tests.benchmarks.launching import Program, furnished_home, launched
from tests.benchmarks.live import wait
from tests.benchmarks.options import Options
from tests.benchmarks.rows import Goal, Peer, Row

LONG: Final = 10_000
WARM_UP: Final = 2
ANSWERS: Final = 36
"""Of 5,000 tokens: an hour at 50 tokens a second."""
SETTLING_MS: Final = 1_500
COLLECTED_MS: Final = 6_000
"""By then the start is over, also for the collector of garbage."""
CARET_MS: Final = RESTING_MS - COLLECTED_MS + 1_000
"""So long after that the caret has stopped blinking."""
IDLE_MS: Final = 6_000
"""Longer than the pause between two collections of garbage."""


def rows(_options: Options) -> Iterator[Row]:
    """One process each: what they hold hardly differs from one run to the next."""
    with furnished_home() as (home, data), launched(home, "app", data) as program:
        program.until("usable")
        bare = _bare_mb(home)
        wait(COLLECTED_MS - SETTLING_MS)
        idle, data_mb = program.memory_mb(), program.data_mb()
        wait(CARET_MS)
        share = _idle_percent(program)
        program.now(answers=WARM_UP)
        before = _settled_mb(program)
        program.now(answers=ANSWERS)
        after = _settled_mb(program)
    goal = Goal(at_most=2, of_ratio=True)
    yield Row(name="memory, idle", unit="MB", ours=[idle], limit=Peer("bare", [bare]), goal=goal)
    yield Row(name="CPU, idle", unit="%", ours=[share], goal=Goal(at_most=0.2))
    with furnished_home(LONG) as (home, data), launched(home, "app", data) as program:
        program.until("usable")
        added = _settled_mb(program) - data_mb
    name = f"memory added by an open chat of {LONG:,} messages"
    yield Row(name=name, unit="MB", ours=[added], goal=Goal(at_most=10))
    yield Row(name="memory added by an hour of streaming", unit="MB", ours=[after - before])


def _bare_mb(home: Path) -> float:
    with launched(home, "bare", home) as program:
        program.until("painted")
        wait(SETTLING_MS)
        return program.memory_mb()


def _settled_mb(program: Program) -> float:
    """What of it grows with what the app holds."""
    wait(SETTLING_MS)
    return program.data_mb()


def _idle_percent(program: Program) -> float:
    """Of one core, while nobody does anything, nor has for as long as the caret still blinks."""
    before = program.now()
    wait(IDLE_MS)
    after = program.now()
    return (after.cpu_ms - before.cpu_ms) / (after.clock_ms - before.clock_ms) * 100


BENCHES: Final = (Bench(name="memory", section=Section.START, budget_s=38, rows=rows),)
