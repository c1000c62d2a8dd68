"""The order of what waits: ranks between which others fit."""

from collections.abc import Mapping
from typing import TypeVar

KeyT = TypeVar("KeyT")


def moved(ranks: Mapping[KeyT, float], key: KeyT, *, before: KeyT | None) -> dict[KeyT, float]:
    """The ranks that change when `key` goes before another one, or with None after all.

    Nothing changes for keys that do not wait. Mostly one rank does; where no number fits in
    between, all are given out anew.
    """
    if key not in ranks or before == key or not (before is None or before in ranks):
        return {}
    line = sorted((each for each in ranks if each != key), key=lambda each: ranks[each])
    place = len(line) if before is None else line.index(before)
    above = ranks[line[place - 1]] if place else None
    below = ranks[line[place]] if place < len(line) else None
    rank = _between(above, below)
    if rank is not None:
        return {key: rank}
    line.insert(place, key)
    first = min(ranks.values())
    return {each: first + number for number, each in enumerate(line)}


def _between(above: float | None, below: float | None) -> float | None:
    if above is None or below is None:
        return (above or 0.0) + 1 if below is None else below - 1
    middle = (above + below) / 2
    return middle if above < middle < below else None
