"""All files that were uploaded, and the artifacts they became."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.styling import Ground


class FilesView(Pane):
    reference_requested = Signal(str)
    """An uploaded recording is to be the reference of a song, by the upload's id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, spacing_px=0, parent=parent)
        self._services = services
        self._empty = EmptyState(
            Icon.UPLOAD,
            self.tr("No uploads yet"),
            self.tr("Every file that was uploaded is listed here, with what it became."),
        )
        self.box.addWidget(self._empty, stretch=1)

    def take_focus(self) -> None:
        self.setFocus()
