"""Asks for the rights to several recordings at once."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.uploads import Upload
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone, Variant


class RightsBar(Card):
    """On show while recordings wait for an answer: about the first of them, or about all."""

    answered = Signal(list, bool)
    """Ids of uploads, and whether they may be used."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self._asking: list[str] = []
        self._name = Text(weight="strong")
        one = self.tr("A reference is sent only when you have it. Your answer is kept with it.")
        self._words = Text(one, tone=Tone.SECONDARY, size="small")
        self.yes = Button("", variant=Variant.PRIMARY)
        self.no = Button(self.tr("No"))
        self.all = Button("", variant=Variant.LINK)
        self.none = Button(self.tr("No to all"), variant=Variant.LINK)
        self._lay_out()
        self.yes.clicked.connect(lambda: self.answered.emit(self._asking[:1], True))
        self.no.clicked.connect(lambda: self.answered.emit(self._asking[:1], False))
        self.all.clicked.connect(lambda: self.answered.emit(self._asking, True))
        self.none.clicked.connect(lambda: self.answered.emit(self._asking, False))
        self.hide()

    def ask_about(self, uploads: Sequence[Upload]) -> None:
        """The recordings without an answer, the first one first; none hides the bar."""
        self._asking = [upload.id for upload in uploads]
        self.setVisible(bool(uploads))
        if not uploads:
            return
        name = format.isolated(format.short_name(uploads[0].name))
        question = self.tr("Do you have the right to use “{name}”?").format(name=name)
        several, number = len(uploads) > 1, format.count(len(uploads))
        self.setAccessibleName(question)
        self._name.setText(question)
        self._words.setVisible(not several)
        self.yes.setText(self.tr("Yes, this one") if several else self.tr("Yes, upload"))
        self.all.setText(self.tr("Yes, for all {n} recordings").format(n=number))
        self.all.setAccessibleName(self.all.text())
        self.yes.setAccessibleName(f"{question} {self.yes.text()}")
        self.no.setAccessibleName(f"{question} {self.no.text()}")
        for button in (self.all, self.none):
            button.setVisible(several)
        self._keep_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._keep_room()

    def _keep_room(self) -> None:
        """The question is read whole in a low window too: lists below it give way."""
        self.setMinimumHeight(self.box.totalMinimumHeightForWidth(self.width()))

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        self.box.setContentsMargins(margin, margin, margin, margin)
        buttons = QWidget()
        flow = FlowLayout(parent=buttons)
        for button in (self.yes, self.no, self.all, self.none):
            flow.addWidget(button)
        self.add(self._name, self._words, buttons)
