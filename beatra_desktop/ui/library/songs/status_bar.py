"""What is on show in figures, and what can be done with several selected songs at once."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.observable import ReadOnlyRecords
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.library.songs.song import Song, song_count
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant


class StatusBar(Pane):
    clear_requested = Signal()
    play_requested = Signal()
    favour_requested = Signal()
    convert_requested = Signal()
    copy_requested = Signal()
    deletion_requested = Signal()
    restore_requested = Signal()
    empty_requested = Signal()
    more_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(
            Ground.SURFACE, horizontal=True, margin_px=theme.GRID,
            spacing_px=theme.GRID // 2, parent=parent,
        )  # fmt: skip
        self._words = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self.clear = Button(self.tr("Clear filters"), variant=Variant.LINK)
        self.play = IconButton(Icon.PLAY, self.tr("Play these"))
        self.favour = IconButton(Icon.HEART, self.tr("Favourite"), shortcut="F")
        self.convert = IconButton(Icon.WAVEFORM, self.tr("Convert…"))
        self.copy = IconButton(Icon.COPY, self.tr("Copy files"), shortcut="Ctrl+C")
        self.delete = IconButton(Icon.DELETE, self.tr("Delete"), shortcut="Del")
        self.more = IconButton(Icon.MORE, self.tr("More"))
        self.restore = Button(self.tr("Restore"), icon=Icon.UNDO)
        self.empty = Button(self.tr("Empty trash…"), variant=Variant.LINK)
        self.box.addWidget(self._words, stretch=1)
        self._buttons = {
            self.clear: self.clear_requested,
            self.play: self.play_requested,
            self.favour: self.favour_requested,
            self.convert: self.convert_requested,
            self.copy: self.copy_requested,
            self.delete: self.deletion_requested,
            self.more: self.more_requested,
            self.restore: self.restore_requested,
            self.empty: self.empty_requested,
        }
        for button, signal in self._buttons.items():
            self.add(button)
            button.clicked.connect(signal)

    @property
    def words(self) -> str:
        return self._words.text()

    def show_songs(
        self, songs: ReadOnlyRecords[Song], selected: Sequence[Song], *, is_filtered: bool
    ) -> None:
        """What is on show, or how many are selected."""
        several = len(selected) > 1
        counted: Sequence[Song] | ReadOnlyRecords[Song] = selected if several else songs
        words = song_count(len(counted)) if len(counted) else self.tr("No songs")
        if several:
            words = self.tr("{songs} selected").format(songs=words)
        self._words.setText(" · ".join(filter(None, (words, _length(counted)))))
        bulk = (self.play, self.favour, self.convert, self.copy, self.delete, self.more)
        self._show(*(bulk if several else ()), *((self.clear,) if is_filtered else ()))

    def show_trash(
        self, songs: ReadOnlyRecords[Song], selected: Sequence[Song], *, size_bytes: int
    ) -> None:
        words = self.tr("{songs}, {size} · erased after 30 days")
        count = song_count(len(songs)) if len(songs) else self.tr("No songs")
        self._words.setText(words.format(songs=count, size=format.size(size_bytes)))
        chosen = (self.restore, self.delete) if selected else ()
        self._show(*chosen, *((self.empty,) if len(songs) else ()))

    def _show(self, *shown: Button) -> None:
        for button in self._buttons:
            button.setVisible(button in shown)


def _length(songs: Iterable[Song]) -> str:
    seconds = sum(song.clip.duration_seconds or 0.0 for song in songs)
    return format.duration(seconds) if seconds else ""
