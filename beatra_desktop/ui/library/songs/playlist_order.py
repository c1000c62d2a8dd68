"""Where songs go when they are moved within a playlist."""

from collections.abc import Sequence

from msgspec import Struct

from beatra_desktop.domain.ids import ClipId


class Step(Struct, frozen=True):
    """These songs, to stand before another one, or at the end."""

    moved: list[ClipId]
    before: ClipId | None


def stepped(order: Sequence[ClipId], moved: list[ClipId], *, by: int) -> Step | None:
    """One place up (-1) or down (1); None where there is no such place."""
    if not moved:
        return None
    others = [clip_id for clip_id in order if clip_id not in set(moved)]
    first = order.index(moved[0])
    at = sum(clip_id in others for clip_id in order[:first]) + by
    if not 0 <= at <= len(others):
        return None
    return Step(moved, others[at] if at < len(others) else None)


def dropped(order: Sequence[ClipId], moved: list[ClipId], *, before: ClipId) -> Step:
    """Dropped before a song; before one of themselves means before what follows them there."""
    rest = list(order[order.index(before) :]) if before in order else []
    return Step(moved, next((clip_id for clip_id in rest if clip_id not in moved), None))
