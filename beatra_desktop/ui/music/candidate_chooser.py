"""Which task at the service a lost one is, where several could be it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.services.reconciling import Candidate
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button


class CandidateChooser(QWidget):
    """A button for each, and one for none of them; hidden while there is nothing to choose."""

    chosen = Signal(str)
    none_chosen = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._candidates: tuple[Candidate, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID // 2)
        self.hide()

    @property
    def buttons(self) -> list[Button]:
        return [b for b in self.findChildren(Button) if b.parentWidget() is self]

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        if tuple(candidates) != self._candidates:
            self._candidates = tuple(candidates)
            self._fill()
        self.setVisible(bool(candidates))

    def _fill(self) -> None:
        for button in self.buttons:
            self._column.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        if not self._candidates:
            return
        for candidate in self._candidates:
            button = Button(self._words(candidate))
            button.clicked.connect(partial(self.chosen.emit, candidate.remote_id))
            self._column.addWidget(button)
        none = Button(self.tr("None of these"))
        none.clicked.connect(self.none_chosen)
        self._column.addWidget(none)

    def _words(self, candidate: Candidate) -> str:
        made = format.absolute(candidate.created_at) if candidate.created_at is not None else ""
        return " · ".join(filter(None, (made, candidate.status, candidate.remote_id)))
