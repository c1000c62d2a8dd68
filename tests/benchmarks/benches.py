"""Which benches there are: every `bench_*.py` names its own in `BENCHES`."""

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.benchmarks.options import Options
from tests.benchmarks.rows import Row


class Section(Enum):
    """The sections of the goals that have figures."""

    STREAMING = "Streaming into the view"
    CONVERSATIONS = "Long conversations"
    START = "Start, memory, stop"
    TRANSFERS = "Uploads and downloads"
    LISTS = "Queue and library"
    STORAGE = "Search and storage"


@dataclass(frozen=True, kw_only=True)
class Bench:
    """`rows` measures in a process with an application; `budget_s` is what it may take."""

    name: str
    section: Section
    budget_s: float
    rows: Callable[[Options], Iterator[Row]]


def all_benches() -> list[Bench]:
    """In the order of the sections, with everything imported that they measure."""
    order = list(Section)
    return sorted(_found(), key=lambda bench: order.index(bench.section))


def _found() -> Iterator[Bench]:
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        yield from importlib.import_module(f"tests.benchmarks.{path.stem}").BENCHES
