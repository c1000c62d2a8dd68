"""Rows that were cleared away, for as long as it takes to change one's mind."""

from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, QTimer

UNDO_MS: Final = 12_000
AT_ONCE: Final = 20
"""So many are let go before the loop turns."""


class Clearing(QObject):
    """Hidden at once, gone for good a while later; `undo` brings all of them back till then.

    When the app ends before that, they are still there at the next start.
    """

    def __init__(
        self,
        *,
        let_go: Callable[[str], None],
        over: Callable[[], None],
        parent: QObject,
    ) -> None:
        """`let_go` takes an id for good; `over` is called when nothing can be undone any more."""
        super().__init__(parent)
        self._let_go, self._over = let_go, over
        self._hidden: set[str] = set()
        self._leaving: list[str] = []
        self._undo_time = QTimer(self, singleShot=True, interval=UNDO_MS)
        self._undo_time.timeout.connect(self.finish)
        self._steps = QTimer(self, interval=0)
        self._steps.timeout.connect(self._on_step)

    def __contains__(self, record_id: object) -> bool:
        return record_id in self._hidden

    def hide(self, record_ids: Iterable[str]) -> None:
        """Hide more of them; those before can't be brought back any more."""
        self.finish()
        self._hidden |= set(record_ids)
        self._undo_time.start()

    def undo(self) -> None:
        self._undo_time.stop()
        self._hidden &= set(self._leaving)

    def finish(self) -> None:
        """Let go of what is hidden, a few at a time."""
        self._undo_time.stop()
        self._leaving += self._hidden.difference(self._leaving)
        if self._leaving:
            self._steps.start()
        self._over()

    def _on_step(self) -> None:
        leaving, self._leaving = self._leaving[:AT_ONCE], self._leaving[AT_ONCE:]
        for record_id in leaving:
            self._let_go(record_id)
            self._hidden.discard(record_id)
        if not self._leaving:
            self._steps.stop()
