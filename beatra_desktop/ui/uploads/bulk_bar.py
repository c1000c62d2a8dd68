"""What can be done with all uploads at once, and how far they are together."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.uploads.upload_order import ENDED_BADLY

_DONE: Final = (UploadStatus.UPLOADED, UploadStatus.CANCELED)


def is_done(upload: Upload) -> bool:
    return upload.status in _DONE


@dataclass(slots=True, kw_only=True)
class Tally:
    """How many uploads are where; bytes are of those that are live."""

    live: int = 0
    failed: int = 0
    done: int = 0
    sent_bytes: int = 0
    all_bytes: int = 0

    @staticmethod
    def of(uploads: Iterable[Upload]) -> "Tally":
        tally = Tally()
        for upload in uploads:
            if upload.status.is_live:
                tally.live += 1
                tally.sent_bytes += upload.sent_bytes
                tally.all_bytes += upload.size
            tally.failed += upload.status in ENDED_BADLY
            tally.done += is_done(upload)
        return tally


class BulkBar(QWidget):
    retry_requested = Signal()
    """Of all that failed."""
    cancel_requested = Signal()
    """Of all that is under way."""
    clearing_requested = Signal()
    """Of all that is done."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.words.setFont(theme.figures_font())
        self.retry = Button("", variant=Variant.LINK, icon=Icon.RETRY)
        self.cancel = Button(self.tr("Cancel all"), variant=Variant.LINK, icon=Icon.CLOSE)
        self.clear = Button("", variant=Variant.LINK, icon=Icon.CHECK)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in (self.retry, self.cancel, self.clear):
            flow.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(self.words)
        column.addWidget(buttons)
        self.retry.clicked.connect(self.retry_requested)
        self.cancel.clicked.connect(self.cancel_requested)
        self.clear.clicked.connect(self.clearing_requested)

    def show_tally(self, tally: Tally) -> None:
        self.setVisible(bool(tally.live or tally.failed or tally.done))
        self.words.setText(self._sentence(tally))
        self.retry.setText(self.tr("Retry {n} failed").format(n=format.count(tally.failed)))
        self.clear.setText(self.tr("Clear {n} done").format(n=format.count(tally.done)))
        for button, number in (
            (self.retry, tally.failed),
            (self.cancel, tally.live),
            (self.clear, tally.done),
        ):
            button.setAccessibleName(button.text())
            button.setVisible(number > 0)

    def _sentence(self, tally: Tally) -> str:
        if not tally.live:
            return self.tr("Nothing is on its way")
        number = format.count(tally.live)
        if not tally.all_bytes:
            return self.tr("{n} on the way").format(n=number)
        return self.tr("{n} on the way · {sent} of {size}").format(
            n=number, sent=format.size(tally.sent_bytes), size=format.size(tally.all_bytes)
        )
