"""Counts verdicts and lays them out: promise, cases tried, broken."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from tests.faults.campaign import Verdict

COLUMNS: Final = ("campaign", "promise", "cases", "broken", "seed")


@dataclass(kw_only=True)
class Tally:
    """The verdicts of one campaign."""

    campaign: str
    seed: int
    tried: Counter[str] = field(default_factory=Counter)
    broken: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def add(self, verdicts: Iterable[Verdict]) -> None:
        for verdict in verdicts:
            self.tried[verdict.promise] += 1
            self.broken[verdict.promise] += bool(verdict.problem)
            self.kinds[verdict.kind] += 1

    @property
    def lines(self) -> Iterator[tuple[str, ...]]:
        for promise, tried in sorted(self.tried.items()):
            yield self.campaign, promise, str(tried), str(self.broken[promise]), str(self.seed)


def table(tallies: Iterable[Tally]) -> str:
    """Markdown, aligned for a terminal."""
    rows = [COLUMNS, *(line for tally in tallies for line in tally.lines)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(_row(row, widths) for row in (rows[0], rule, *rows[1:]))


def _row(row: tuple[str, ...], widths: list[int]) -> str:
    cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
    return f"| {' | '.join(cells)} |"
