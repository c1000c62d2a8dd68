"""What songs will cost, as far as the catalogue says: an estimate, the service's bill decides."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Final

from msgspec import Struct

from beatra_desktop.domain.catalog import Model

COPIES: Final = range(1, 9)
"""How many songs one click may ask for."""


class Quote(Struct, frozen=True, kw_only=True):
    """`prices` are what a song may cost in credits, lowest first; none where one is unknown.

    `clips_each` is clips a song, None where the service names no number.
    """

    copies: int
    prices: tuple[Decimal, ...] = ()
    clips_each: int | None = None

    @property
    def least(self) -> Decimal | None:
        """Credits for all songs at the lowest price."""
        return self.prices[0] * self.copies if self.prices else None

    @property
    def total(self) -> Decimal | None:
        """Credits for all songs, at most; unknown is not zero (contract §4)."""
        return self.prices[-1] * self.copies if self.prices else None

    @property
    def clips(self) -> int | None:
        return None if self.clips_each is None else self.clips_each * self.copies


def quote(models: Sequence[Model], copies: int) -> Quote:
    """The estimate for so many songs, each by one of these models; none is known of no model."""
    amounts = {_credits(model.unit_credits) for model in models}
    known = sorted(amount for amount in amounts if amount is not None)
    clips = {model.clips_per_task for model in models}
    return Quote(
        copies=copies,
        prices=() if None in amounts else tuple(known),
        clips_each=clips.pop() if len(clips) == 1 else None,
    )


def _credits(amount: str | None) -> Decimal | None:
    """The server's decimal string; None for what is no amount."""
    try:
        credits = Decimal(amount or "")
    except InvalidOperation:
        return None
    return credits if credits.is_finite() else None
