"""Asks for the format and the folder songs are converted into."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.converting import AudioFormat
from beatra_desktop.ui import dialog_size, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Select
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

WIDTH_PX: Final = 440
_FORMATS: Final = {
    AudioFormat.WAV: QT_TRANSLATE_NOOP("ConvertDialog", "WAV, lossless and large"),
    AudioFormat.FLAC: QT_TRANSLATE_NOOP("ConvertDialog", "FLAC, lossless and smaller"),
    AudioFormat.MP3: QT_TRANSLATE_NOOP("ConvertDialog", "MP3, plays everywhere"),
    AudioFormat.M4A: QT_TRANSLATE_NOOP("ConvertDialog", "M4A (AAC), for Apple devices"),
    AudioFormat.OPUS: QT_TRANSLATE_NOOP("ConvertDialog", "Opus, best for its size"),
}


class ConvertDialog(QDialog):
    """`confirmed(format, folder)`; show it with `open()`."""

    confirmed = Signal(AudioFormat, Path)

    def __init__(
        self, words: str, *, format: AudioFormat, folder: Path, parent: QWidget | None = None
    ) -> None:
        """`words` say what is converted."""
        super().__init__(parent)
        self._folder_path = folder
        self.setWindowTitle(words)
        self.setFixedWidth(dialog_size.width_px(self, WIDTH_PX))
        self.formats = Select(self.tr("Format"))
        for choice, text in _FORMATS.items():
            self.formats.addItem(self.tr(text), choice)
        self.formats.choose(format)
        self._folder = ElidedLabel(str(folder), mode=Qt.TextElideMode.ElideMiddle)
        self.choose = Button(self.tr("Choose folder…"), icon=Icon.FOLDER)
        self.cancel = Button(self.tr("Cancel"))
        self.verb = Button(self.tr("Convert"), variant=Variant.PRIMARY)
        self.verb.setDefault(True)
        self._lay_out(words)
        self.choose.clicked.connect(self._on_choose_clicked)
        self.cancel.clicked.connect(self.reject)
        self.verb.clicked.connect(self._on_verb_clicked)
        self.finished.connect(self.deleteLater)

    @property
    def folder(self) -> Path:
        return self._folder_path

    def set_folder(self, folder: str) -> None:
        if folder:
            self._folder_path = Path(folder)
            self._folder.setText(folder)

    def _lay_out(self, words: str) -> None:
        place = QHBoxLayout()
        place.setSpacing(theme.GRID)
        place.addWidget(self._folder, stretch=1)
        place.addWidget(self.choose)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.verb)
        note = self.tr("The songs stay as they are; no file there is overwritten.")
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addWidget(Text(words, size="title"))
        column.addWidget(self.formats)
        column.addLayout(place)
        column.addWidget(Text(note, tone=Tone.SECONDARY, size="small"))
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the converted songs"), str(self.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.set_folder)
        dialog.open()

    def _on_verb_clicked(self) -> None:
        self.accept()
        self.confirmed.emit(AudioFormat(self.formats.currentData()), self._folder_path)
