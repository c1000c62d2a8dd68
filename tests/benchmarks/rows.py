"""What a benchmark reports."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One figure; ratios (unit ×) compare two ways within one run and are the ones to quote."""

    name: str
    value: float
    unit: str
    goal: str = ""
