"""Lyrics, with buttons for the parts of a song; none for an instrumental."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.flow_layout import FlowLayout
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.form_field import FormField, TextField
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
    ("[Instrumental]", QT_TRANSLATE_NOOP("LyricsField", "Break")),
    ("[Solo]", QT_TRANSLATE_NOOP("LyricsField", "Solo")),
    ("[Outro]", QT_TRANSLATE_NOOP("LyricsField", "Outro")),
)


class LyricsField(QWidget):
    changed = Signal()
    submitted = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.instrumental = Toggle(self.tr("Instrumental"))
        self.instrumental_field = FormField("", self.instrumental)
        placeholder = self.tr("Your own words, or nothing to have them written")
        self.box = TextBox(self.tr("Lyrics"), placeholder=placeholder, lines=LINES)
        self.field = TextField(self.tr("Words"), self.box)
        self._unsung = Text(
            self.tr("Your lyrics stay here; an instrumental is made without them."),
            tone=Tone.SECONDARY,
            size="small",
        )
        tags = QWidget()
        flow = FlowLayout(spacing_px=theme.GRID // 2, parent=tags)
        self.parts = {tag: self._part(tag, name) for tag, name in PARTS}
        for button in self.parts.values():
            flow.addWidget(button)
        self.field.column.insertWidget(2, tags)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for widget in (self.instrumental_field, self._unsung, self.field):
            column.addWidget(widget)
        self.box.submitted.connect(self.submitted)
        self.field.changed.connect(self.changed)
        self.instrumental.toggled.connect(self._on_toggled)
        self._fold()

    @property
    def text(self) -> str:
        """What was typed, also while the song is an instrumental."""
        return self.field.text

    @property
    def summary(self) -> str:
        """In a few words, while all of it is folded away."""
        if self.instrumental.isChecked():
            return self.tr("Instrumental")
        lines = sum(1 for line in self.text.splitlines() if line.strip())
        return self.tr("%n lines", "", lines) if lines else self.tr("none of your own")

    def show_lyrics(self, text: str, *, instrumental: bool) -> None:
        self.field.set_text(text)
        self.instrumental.setChecked(instrumental)
        self._fold()

    def _part(self, tag: str, name: str) -> Button:
        text = self.tr(name)
        button = Button(text, variant=Variant.TAG, name=self.tr("Insert {tag}").format(tag=tag))
        button.setToolTip(tag)
        button.clicked.connect(lambda: self._insert(tag))
        return button

    def _insert(self, tag: str) -> None:
        """Put the tag on a line of its own at the cursor, as one step, and go on typing below."""
        cursor = self.box.textCursor()
        cursor.setPosition(cursor.selectionStart())  # what is selected stays
        if cursor.block().text()[: cursor.positionInBlock()].strip():
            lead = "\n\n"
        else:
            lead = "\n" if cursor.block().previous().text().strip() else ""
        cursor.insertText(f"{lead}{tag}\n")
        self.box.setTextCursor(cursor)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fold(self) -> None:
        """An instrumental has no lyrics; what was typed is kept."""
        instrumental = self.instrumental.isChecked()
        self.field.setVisible(not instrumental)
        self._unsung.setVisible(instrumental and bool(self.text.strip()))

    def _on_toggled(self) -> None:
        self._fold()
        self.changed.emit()
