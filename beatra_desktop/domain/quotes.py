"""What songs will cost, as far as the catalogue says: an estimate, the service's bill decides."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from beatra_desktop.domain.catalog import Model

COPIES: Final = range(1, 9)
"""How many songs one click may ask for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """`each` is credits a song, `clips_each` clips a song; None where the service names none."""

    copies: int
    each: Decimal | None = None
    clips_each: int | None = None

    @property
    def total(self) -> Decimal | None:
        """Credits for all songs; unknown is not zero (contract §4)."""
        return None if self.each is None else self.each * self.copies

    @property
    def clips(self) -> int | None:
        return None if self.clips_each is None else self.clips_each * self.copies


def quote(model: Model | None, copies: int) -> Quote:
    """The estimate for so many songs of a model; None is `auto`, or a model nobody lists."""
    if model is None:
        return Quote(copies=copies)
    each = _credits(model.unit_credits)
    return Quote(copies=copies, each=each, clips_each=model.clips_per_task)


def _credits(amount: str | None) -> Decimal | None:
    """The server's decimal string; None for what is no amount."""
    try:
        credits = Decimal(amount or "")
    except InvalidOperation:
        return None
    return credits if credits.is_finite() else None
