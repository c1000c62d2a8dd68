"""What can be done with all uploads at once, and how far they are together."""

from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.uploads.upload_order import ENDED_BADLY

_DONE: Final = (UploadStatus.UPLOADED, UploadStatus.CANCELED)


def is_done(upload: Upload) -> bool:
    return upload.status in _DONE


class Tally(Struct, kw_only=True):
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
                # What waits for another attempt is sent from its beginning.
                tally.sent_bytes += upload.sent_bytes if upload.wait is None else 0
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
        self.retry = Button("", variant=Variant.LINK)
        self.cancel = Button(self.tr("Cancel all"), variant=Variant.LINK)
        self.clear = Button("", variant=Variant.LINK)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.words, stretch=1)
        for button in (self.retry, self.cancel, self.clear):
            row.addWidget(button)
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
            return self.tr("Nothing on its way")
        words = self.tr("{n} on the way").format(n=format.count(tally.live))
        if tally.sent_bytes:
            share = format.percent(tally.sent_bytes / max(1, tally.all_bytes))
            words = f"{words} · {share}"
        self.words.setToolTip(self._amount(tally))
        return words

    def _amount(self, tally: Tally) -> str:
        sent, size = format.size(tally.sent_bytes), format.size(tally.all_bytes)
        return self.tr("{sent} of {size}").format(sent=sent, size=size)
