"""The licences of everything the app is made of."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.settings.third_party import Part, parts
from beatra_desktop.ui.styling import Ground, Tone
from beatra_desktop.ui.title_list import TitleList

WIDTH_PX: Final = 880
HEIGHT_PX: Final = 600
NAMES_PX: Final = 272
NAMES_SHARE: Final = 0.42


class LicencesWindow(QDialog):
    """Show it with `open()`; it closes and forgets itself."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog_size.fit(self, width=WIDTH_PX, height=HEIGHT_PX)
        self._parts = parts()
        self.list = TitleList(self.tr("Parts of the app"), small_lines=1)
        self.title = Text("", size="title")
        self.home = Text("", tone=Tone.SECONDARY, size="small")
        self.home.setTextFormat(Qt.TextFormat.PlainText)
        self.home.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(self.tr("Licence text"))
        self.text.setFont(theme.mono_font())
        self.text.setTabChangesFocus(True)
        self._lay_out()
        self.list.chosen.connect(lambda row: self._show(self._parts[row]))
        self.list.show_titles([(_name(part), part.licence) for part in self._parts])
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lay_out(self) -> None:
        names = Pane(Ground.WINDOW, margin_px=0)
        self._names = names
        theme.notifier().changed.connect(self._fit)
        names.add(self.list)
        names.box.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        page = Pane(Ground.SURFACE, margin_px=3 * theme.GRID)
        page.add(self.title, self.home, self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(names)
        row.addWidget(page, stretch=1)

    def _fit(self) -> None:
        """The page keeps most of the window."""
        most = round(self.width() * NAMES_SHARE)
        self._names.setFixedWidth(min(theme.scaled(NAMES_PX), most))

    def _show(self, part: Part) -> None:
        self.title.setText(part.name)
        self.home.setText(part.home)
        missing = self.tr("{licence}. The text of the licence is at {home}.")
        self.text.setPlainText(
            part.text or missing.format(licence=part.licence, home=part.home or part.name)
        )


def _name(part: Part) -> str:
    return f"{part.name} {part.version}".rstrip()
