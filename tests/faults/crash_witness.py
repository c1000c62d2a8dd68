"""What a life of the app was seen to do: lines in a file that outlive the app's end.

Written by the driven app, one JSON object a line, without a buffer; a kill cuts nothing off.
"""

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

TICK_SECONDS: Final = 0.05
"""How often the app says that its loop turns. Ages are counted in ticks: where a busy machine
holds up the app's timers, it holds up the ticks as well."""


class Witness:
    """`see` may be called from any thread."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._lock = threading.Lock()
        self.tick = 0

    def see(self, what: str, **facts: Any) -> None:
        line = json.dumps({"what": what, "tick": self.tick, **facts}) + "\n"
        with self._lock:
            os.write(self._file, line.encode())


@dataclass(frozen=True, slots=True)
class Sight:
    """One line of a witness; `life` counts the lives of a case from 0."""

    what: str
    tick: int
    life: int
    facts: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.facts[name]


def read(path: Path, life: int) -> Iterator[Sight]:
    """The sights of a life, in order; none of one that was killed before it saw anything."""
    if not path.exists():
        return
    for line in path.read_text().splitlines():
        facts = json.loads(line)
        yield Sight(facts.pop("what"), facts.pop("tick"), life, facts)
