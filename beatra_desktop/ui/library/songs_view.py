"""All songs that were made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.styling import Ground


class SongsView(Pane):
    play_requested = Signal(str)
    """By the clip's id."""
    edit_requested = Signal(str)
    """By the task's id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self._empty = EmptyState(
            Icon.MUSIC,
            self.tr("No songs yet"),
            self.tr("Every song that was saved on this computer is listed here."),
        )
        self.box.addWidget(self._empty, stretch=1)

    def take_focus(self) -> None:
        self.setFocus()
