"""The activity centre: answers, uploads, songs and downloads in one table."""

from PySide6.QtWidgets import QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.page import Page
from beatra_desktop.ui.panes import EmptyState


class ActivityPage(Page):
    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Activity"), parent=parent)
        self._services = services
        self._empty = EmptyState(
            Icon.ACTIVITY,
            self.tr("Nothing yet"),
            self.tr("Answers, uploads, songs and downloads are listed here, with what they cost."),
        )
        self.box.addWidget(self._empty, stretch=1)
