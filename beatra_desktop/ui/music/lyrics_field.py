"""Lyrics, with buttons for the parts of a song; none for an instrumental."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.form_field import TextField
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

LINES: Final = range(4, 17)
# The tag is what the service reads, in English whatever the language of the app.
PARTS: Final = (
    ("[Intro]", QT_TRANSLATE_NOOP("LyricsField", "Intro")),
    ("[Verse]", QT_TRANSLATE_NOOP("LyricsField", "Verse")),
    ("[Pre-Chorus]", QT_TRANSLATE_NOOP("LyricsField", "Pre-Chorus")),
    ("[Chorus]", QT_TRANSLATE_NOOP("LyricsField", "Chorus")),
    ("[Bridge]", QT_TRANSLATE_NOOP("LyricsField", "Bridge")),
    ("[Outro]", QT_TRANSLATE_NOOP("LyricsField", "Outro")),
)


class LyricsField(QWidget):
    changed = Signal()
    submitted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrumental = Toggle(self.tr("Instrumental"))
        placeholder = self.tr("Your own words, or nothing to have them written")
        self.box = TextBox(self.tr("Lyrics"), placeholder=placeholder, lines=LINES)
        self.field = TextField(self.tr("Lyrics"), self.box)
        self._note = Text(tone=Tone.WARNING, size="small")
        self._note.hide()
        self._tags = QWidget()
        flow = FlowLayout(spacing_px=theme.GRID // 2, parent=self._tags)
        self.parts = {tag: self._part(tag, name) for tag, name in PARTS}
        for button in self.parts.values():
            flow.addWidget(button)
        self.field.column.insertWidget(1, self._tags)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.instrumental)
        column.addWidget(self._note)
        column.addWidget(self.field)
        self.box.submitted.connect(self.submitted)
        self.field.changed.connect(self.changed)
        self.instrumental.toggled.connect(self._on_toggled)

    @property
    def text(self) -> str:
        """What was typed, also while the song is an instrumental."""
        return self.field.text

    def show_lyrics(self, text: str, *, instrumental: bool) -> None:
        self.field.set_text(text)
        self.instrumental.setChecked(instrumental)
        self._fold()

    def show_instrumental_advice(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))

    def _part(self, tag: str, name: str) -> Button:
        text = self.tr(name)
        button = Button(text, variant=Variant.LINK, name=self.tr("Insert {tag}").format(tag=tag))
        button.clicked.connect(lambda: self._insert(tag))
        return button

    def _insert(self, tag: str) -> None:
        """Put the tag on a line of its own, and go on typing below it."""
        cursor = self.box.textCursor()
        before = "" if cursor.atBlockStart() else "\n"
        cursor.insertText(f"{before}{tag}\n")
        self.box.setTextCursor(cursor)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self) -> None:
        """An instrumental has no lyrics; what was typed is kept."""
        self.field.setVisible(not self.instrumental.isChecked())

    def _on_toggled(self) -> None:
        self._fold()
        self.changed.emit()
