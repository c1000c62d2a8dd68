"""What can be done with all chosen songs at once."""

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.music.queue_row import QueueRow
from beatra_desktop.ui.music.song_deeds import Deed, SongDeeds
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

DEEDS: Final[Mapping[Deed, tuple[str, Icon]]] = MappingProxyType(
    {
        Deed.SEND_NOW: (QT_TRANSLATE_NOOP("BulkBar", "Send now"), Icon.SEND),
        Deed.SEND_FIRST: (QT_TRANSLATE_NOOP("BulkBar", "Send first"), Icon.ARROW_TO_TOP),
        Deed.CANCEL: (QT_TRANSLATE_NOOP("BulkBar", "Cancel"), Icon.CANCELED),
        Deed.RETRY: (QT_TRANSLATE_NOOP("BulkBar", "Try again"), Icon.RETRY),
        Deed.DOWNLOAD: (QT_TRANSLATE_NOOP("BulkBar", "Download again"), Icon.DOWNLOAD),
        Deed.REMOVE: (QT_TRANSLATE_NOOP("BulkBar", "Remove"), Icon.DELETE),
    }
)


class BulkBar(Pane):
    """Hidden until more than one row is chosen; each button says how many it is for."""

    requested = Signal(str, list)
    """The value of a `Deed`, and the ids to do it with."""
    cleared = Signal()

    def __init__(self, deeds: SongDeeds, *, parent: QWidget | None = None) -> None:
        margin = theme.GRID + theme.GRID // 2
        super().__init__(Ground.RAISED, margin_px=margin, spacing_px=theme.GRID, parent=parent)
        self._deeds = deeds
        self._ids: Mapping[Deed, tuple[str, ...]] = {}
        self.words = ElidedLabel(weight="strong")
        self.buttons: dict[Deed, Button] = {}
        self._lay_out()
        self.hide()

    def show_rows(self, rows: Sequence[QueueRow]) -> None:
        self.setVisible(len(rows) > 1)
        if len(rows) <= 1:
            return
        self._ids = self._deeds.offers(rows)
        self.words.setText(self.tr("{n} chosen").format(n=format.count(len(rows))))
        self.setAccessibleName(self.words.text())
        for deed, button in self.buttons.items():
            count = len(self._ids.get(deed, ()))
            button.setVisible(count > 0)
            button.setText(f"{self.tr(DEEDS[deed][0])} ({format.count(count)})")

    def _lay_out(self) -> None:
        close = IconButton(Icon.CLOSE, self.tr("Choose none"))
        close.clicked.connect(self.cleared)
        head = QHBoxLayout()
        head.addWidget(self.words, stretch=1)
        head.addWidget(close)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for deed, (text, icon) in DEEDS.items():
            button = Button(self.tr(text), icon=icon)
            button.clicked.connect(partial(self._on_clicked, deed))
            self.buttons[deed] = button
            flow.addWidget(button)
        self.add(head, buttons)

    def _on_clicked(self, deed: Deed) -> None:
        self.requested.emit(deed.value, list(self._ids.get(deed, ())))
