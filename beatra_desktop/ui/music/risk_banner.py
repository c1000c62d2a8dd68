"""A warning above the song list while songs are not saved that should be."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.observable import ReadOnlyValue
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe


class RiskBanner(Pane):
    """Takes no room while all is well."""

    save_requested = Signal()

    def __init__(self, at_risk: ReadOnlyValue[int], *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self.words = Text(size="small")
        self.save = Button(self.tr("Save now"), variant=Variant.LINK, icon=Icon.DOWNLOAD)
        self.save.clicked.connect(self.save_requested)
        self.add(IconLabel(Icon.WARNING, "", tone=Tone.WARNING))
        self.box.addWidget(self.words, stretch=1)
        self.add(self.save)
        subscribe(self, at_risk.changed, self._show_count)
        self._show_count(at_risk.value)

    def _show_count(self, count: int) -> None:
        one = count == 1
        self.words.setText(
            self.tr("One song is not saved yet, and the service may not keep it for long.")
            if one
            else self.tr("%n songs are not saved yet; the service may not keep them.", "", count)
        )
        self.setAccessibleName(self.words.text())
        self.setVisible(count > 0)
