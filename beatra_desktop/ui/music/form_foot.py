"""The foot of the music form: how many songs, what they cost, and the button that spends it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.quotes import Quote
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music import price_text
from beatra_desktop.ui.music.copies_field import CopiesField
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant

MARGINS_PX: Final = (16, 10, 16, 12)


class FormFoot(Pane):
    """`generate_requested` on the button; `waiting_ended` when the user no longer wants to wait."""

    generate_requested = Signal()
    waiting_ended = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, parent=parent)
        self.box.setContentsMargins(*MARGINS_PX)
        self.copies = CopiesField()
        self.generate = Button(self.tr("Generate"), variant=Variant.PRIMARY, icon=Icon.SPARKLES)
        self.generate.setToolTip(self.tr("Make this song (Ctrl+Enter)"))
        self.stop_waiting = Button(self.tr("Don't wait"))
        self.price = Text(tone=Tone.SECONDARY, size="small")
        self.notice = Text(size="small")
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.copies)
        row.addStretch(1)
        row.addWidget(self.stop_waiting)
        row.addWidget(self.generate)
        self.add(self.notice, self.price, row)
        self.generate.clicked.connect(self.generate_requested)
        self.stop_waiting.clicked.connect(self.waiting_ended)
        self.say("")
        self.set_waiting(is_waiting=False)

    def show_quote(self, quote: Quote, *, is_auto: bool) -> None:
        self.price.setText(price_text.price(quote, is_auto=is_auto))

    def say(self, words: str, *, tone: Tone = Tone.NEUTRAL) -> None:
        """What concerns the whole form; an empty text takes it away."""
        self.notice.setText(words)
        self.notice.set_tone(tone)
        self.notice.setVisible(bool(words))

    def set_waiting(self, *, is_waiting: bool) -> None:
        """While the form waits for the recording, the button would only say so again."""
        self.generate.setVisible(not is_waiting)
        self.stop_waiting.setVisible(is_waiting)
        self.copies.setEnabled(not is_waiting)
