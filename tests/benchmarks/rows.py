"""What a benchmark reports: figures with all their samples, beside a naive way and a limit."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median


class Verdict(StrEnum):
    REACHED = "reached"
    MISSED = "missed"
    NOISY = "too noisy to judge"
    TOLD = "told only"


@dataclass(frozen=True, kw_only=True)
class Goal:
    """Bounds for the median, in the row's unit; `of_ratio`: for ours ÷ the limit instead."""

    at_most: float | None = None
    at_least: float | None = None
    of_ratio: bool = False

    def __post_init__(self) -> None:
        if self.at_most is None and self.at_least is None:
            raise ValueError("a goal has a bound")

    def holds(self, value: float) -> bool:
        return (self.at_most is None or value <= self.at_most) and (
            self.at_least is None or value >= self.at_least
        )

    def __str__(self) -> str:
        if self.at_least is None:
            return f"≤ {self.at_most:g}"
        return f"≥ {self.at_least:g}" if self.at_most is None else self._between()

    def _between(self) -> str:
        return f"{self.at_least:g} to {self.at_most:g}"


@dataclass(frozen=True)
class Peer:
    """Another way of doing the same: what it is called, and its samples in the row's unit."""

    way: str
    samples: Sequence[float]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One figure of several rounds.

    Sample n of `limit` comes from the same round as sample n of `ours`, so that each ratio
    compares what the machine was like at one time. `needs_quiet` marks what says something of a
    quiet machine only: lateness, stalls and other wall-clock times that no ratio sets right.
    """

    name: str
    unit: str
    ours: Sequence[float]
    naive: Peer | None = None
    limit: Peer | None = None
    goal: Goal | None = None
    needs_quiet: bool = False

    def __post_init__(self) -> None:
        if not self.ours:
            raise ValueError(f"{self.name}: a row has samples")
        if self.limit and len(self.limit.samples) != len(self.ours):
            raise ValueError(f"{self.name}: the limit is measured once in each round")
        if self.goal and self.goal.of_ratio and not self.ratio:
            raise ValueError(f"{self.name}: there is no ratio to judge")

    @property
    def ratio(self) -> list[float]:
        """Ours ÷ the limit of each round; empty without a limit, or with one of nothing."""
        below = self.limit.samples if self.limit else ()
        return [mine / least for mine, least in zip(self.ours, below, strict=False) if least > 0]

    def verdict(self, *, is_noisy: bool) -> Verdict:
        """On a noisy machine a goal can be reached, but what needs quiet cannot be missed."""
        if self.goal is None:
            return Verdict.TOLD
        if self.goal.holds(median(self.ratio if self.goal.of_ratio else self.ours)):
            return Verdict.REACHED
        return Verdict.NOISY if is_noisy and self.needs_quiet else Verdict.MISSED
