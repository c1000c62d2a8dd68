"""The other versions of a message: which one is on show, and where its switch stands."""

from msgspec import Struct
from PySide6.QtCore import QRectF


class Versions(Struct, frozen=True):
    """Version `number`, from 1, of `total` is on show; there are at least two."""

    number: int
    total: int

    def has(self, step: int) -> bool:
        """Whether there is a version `step` places on."""
        return 1 <= self.number + step <= self.total


class Switch(Struct, frozen=True):
    """The place of "‹ 2/3 ›" in a message's row; `text_rect` lies between its buttons."""

    versions: Versions
    rect: QRectF
    text_rect: QRectF

    @property
    def text(self) -> str:
        return f"{self.versions.number}/{self.versions.total}"
