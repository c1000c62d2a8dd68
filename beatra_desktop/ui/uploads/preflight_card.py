"""What was dropped and will not be sent, with the reason for each, before anything leaves."""

from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.uploads import Preflight
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.uploads import preflight_text
from beatra_desktop.ui.uploads.refusal_list import RefusalList

PATIENCE_MS: Final = 300
"""A look that takes no longer is not shown."""
INFO_STAYS_MS: Final = 12_000


class PreflightCard(QWidget):
    """The newest drop that has something to tell; takes no room while there is none.

    Good files are on their way meanwhile. A list of refusals stays until it is dismissed.
    """

    def __init__(self, service: UploadService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._service = service
        self._preflights = service.preflights
        self._shown: Preflight | None = None
        self._icon = IconLabel(Icon.UPLOAD, "")
        self._words = Text(weight="strong")
        self.bar = ProgressBar(self.tr("Looking at the files"))
        self.list = RefusalList()
        self.copy = Button(self.tr("Copy list"), variant=Variant.LINK, icon=Icon.COPY)
        self.stop = Button(self.tr("Stop"), variant=Variant.LINK)
        self.close_button = IconButton(Icon.CLOSE, self.tr("Dismiss"))
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._farewell = QTimer(self, singleShot=True, interval=INFO_STAYS_MS)
        self._lay_out()
        self._connect()
        self.hide()
        self._refresh()

    @property
    def words(self) -> str:
        return self._words.text()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._icon)
        head.addWidget(self._words, stretch=1)
        for button in (self.copy, self.stop, self.close_button):
            head.addWidget(button)
        pane = Pane(Ground.RAISED, margin_px=theme.GRID)
        pane.add(head, self.bar, self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, 0)
        column.addWidget(pane)

    def _connect(self) -> None:
        for button in (self.stop, self.close_button):
            button.clicked.connect(self._on_dismissed)
        self._farewell.timeout.connect(self._on_dismissed)
        self._patience.timeout.connect(self.show)
        self.copy.clicked.connect(self._on_copy_clicked)
        told = self._preflights
        for signal in (told.inserted, told.removed, told.changed, told.reset):
            subscribe(self, signal, self._refresh)

    def _refresh(self, *_rows: int) -> None:
        newest = self._preflights[len(self._preflights) - 1] if len(self._preflights) else None
        if newest == self._shown:
            return
        is_other = newest is None or self._shown is None or newest.id != self._shown.id
        self._shown = newest
        self._farewell.stop()
        if newest is None or not newest.is_looking:
            self._patience.stop()
            self.setVisible(newest is not None)
        elif is_other:
            self.hide()
            self._patience.start()
        if newest is not None:
            self._show(newest)

    def _show(self, preflight: Preflight) -> None:
        is_looking = preflight.is_looking
        say = preflight_text.looking if is_looking else preflight_text.summary
        self._words.setText(say(preflight))
        self.setAccessibleName(self.words)
        staying = () if is_looking else preflight.refusals
        tone = Tone.WARNING if staying else Tone.ACCENT
        self._icon.set_icon(Icon.WARNING if staying else Icon.UPLOAD, "", tone=tone)
        self.list.show_refusals(staying)
        self.bar.setVisible(is_looking)
        self.bar.set_fraction(None if is_looking else 1.0)
        self.stop.setVisible(is_looking)
        self.close_button.setVisible(not is_looking)
        self.copy.setVisible(bool(staying))
        if not is_looking and not staying:
            self._farewell.start()

    def _on_dismissed(self) -> None:
        if self._shown is not None:
            self._service.dismiss(self._shown.id)

    def _on_copy_clicked(self) -> None:
        if self._shown is not None:
            QGuiApplication.clipboard().setText(preflight_text.as_text(self._shown))
