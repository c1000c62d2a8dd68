"""What a campaign against a promise is: numbered cases, each drawn from a seed and on its own.

A case is known by campaign, seed and number, so one that broke a promise can be run again alone:
`./run.py faults network --seed 7 --case 1812`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest


@dataclass(frozen=True, kw_only=True)
class Case:
    """One try. `folder` is empty, its own, and gone afterwards."""

    seed: int
    number: int
    folder: Path

    @property
    def random(self) -> Random:
        """Draws the same for the same seed and number, each time anew."""
        return Random(f"{self.seed}/{self.number}")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one case says of one promise; `problem` is empty where it was kept.

    `kind` names what was tried (such as "reset after the work, POST /uploads") for the tables.
    """

    promise: str
    kind: str
    problem: str = ""


@dataclass(frozen=True, kw_only=True)
class Campaign:
    """`run` carries out one case and yields a verdict for each promise it tried.

    It must also work in a process that has no Qt application and no event loop of its own.
    `side_by_side` says whether cases may run in several processes at once.
    """

    name: str
    run: Callable[[Case], Iterator[Verdict]]
    large: int
    small: int
    side_by_side: bool = True

    @property
    def numbers(self) -> range:
        """The cases that are also part of the tests."""
        return range(self.small)


def parametrize(campaign: Campaign) -> pytest.MarkDecorator:
    """Gives a test the numbers of the small run."""
    return pytest.mark.parametrize("number", campaign.numbers)


def assert_kept(campaign: Campaign, number: int, folder: Path, seed: int = 1) -> None:
    """Run one case in a test: no promise may be broken, and at least one must be tried."""
    case = Case(seed=seed, number=number, folder=folder)
    verdicts = list(campaign.run(case))
    assert verdicts, "nothing was tried"
    broken = [f"{each.promise} ({each.kind}): {each.problem}" for each in verdicts if each.problem]
    assert not broken, "\n".join(["", *broken])
