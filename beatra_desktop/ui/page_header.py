"""The line above what fills the centre: its title, and the switches for the panes beside it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.tab_order import put_behind


class PageHeader(Pane):
    sidebar_toggled = Signal()
    studio_toggled = Signal()

    def __init__(self, title: str, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._sidebar = IconButton(
            Icon.PANEL_LEFT, self.tr("Hide the sidebar"), command=Command.SIDEBAR
        )
        self._studio = IconButton(
            Icon.PANEL_RIGHT, self.tr("Hide the studio"), command=Command.STUDIO
        )
        self._title = ElidedLabel(title, weight="strong")
        self._sidebar.clicked.connect(self.sidebar_toggled)
        self._studio.clicked.connect(self.studio_toggled)
        self.add(self._sidebar)
        self.box.addWidget(self._title, stretch=1)
        self.add(self._studio)

    @property
    def title(self) -> str:
        return self._title.text()

    def put(self, *widgets: QWidget, before: QWidget | None = None) -> None:
        """Place widgets after the title, before `before` or the switch at the end."""
        for widget in widgets:
            self.box.insertWidget(self.box.indexOf(before or self._studio), widget)
        for place in range(self.box.count()):  # Tab goes through them as they stand
            item = self.box.itemAt(place)
            if item is not None and (placed := item.widget()) is not None:
                placed.raise_()
        put_behind(self._sidebar, self)

    def show_sidebar_state(self, *, shown: bool) -> None:
        name = self.tr("Hide the sidebar") if shown else self.tr("Show the sidebar")
        self._sidebar.set_name(name)

    def show_studio_state(self, *, shown: bool) -> None:
        self._studio.set_name(self.tr("Hide the studio") if shown else self.tr("Show the studio"))
