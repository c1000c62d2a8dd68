"""What can be done with songs of the library, whoever asks for it."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from beatra_desktop.domain.collection import is_in_trash
from beatra_desktop.domain.converting import AudioFormat
from beatra_desktop.domain.ids import ClipId, PlaylistId
from beatra_desktop.services import Services
from beatra_desktop.services.naming import free_name
from beatra_desktop.ui import drag_out, format
from beatra_desktop.ui.library.songs.convert_dialog import ConvertDialog
from beatra_desktop.ui.library.songs.name_dialog import NameDialog
from beatra_desktop.ui.library.songs.song import Song, song_count
from beatra_desktop.ui.library.songs.system_trash import throw_away
from beatra_desktop.ui.question import Question
from beatra_desktop.ui.reveal import reveal
from beatra_desktop.ui.undo_line import UndoLine

FOLDER_STATE: Final = "convert_folder"
FORMAT_STATE: Final = "convert_format"


class SongActions(QObject):
    """Tells `undo` what was done and how it is taken back."""

    playlist_made = Signal(str)

    def __init__(self, services: Services, undo: UndoLine, *, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._undo = undo
        self._widget = window

    def rate(self, songs: Iterable[Song], stars: int) -> None:
        for song in songs:
            self._services.collection.rate(song.clip.id, stars)

    def favour(self, songs: Sequence[Song]) -> None:
        """Make all of them favourites; if they all are, none of them."""
        wanted = not all(song.clip.is_favourite for song in songs)
        for song in songs:
            self._services.collection.favour(song.clip.id, is_favourite=wanted)

    def delete(self, songs: Sequence[Song]) -> None:
        """Move songs to the trash, and offer to bring them back."""
        if not songs:
            return
        ids = [song.clip.id for song in songs]
        self._services.collection.delete(ids)
        title = format.isolated(format.short_name(songs[0].title))
        one = self.tr("“{title}” is in the trash.").format(title=title)
        several = self.tr("{songs} are in the trash.").format(songs=song_count(len(songs)))
        words = one if len(songs) == 1 else several
        self._undo.offer(words, lambda: self._services.collection.restore(ids))

    def restore(self, songs: Iterable[Song]) -> None:
        self._services.collection.restore([song.clip.id for song in songs])

    def ask_to_erase(self, songs: Sequence[Song]) -> None:
        """Hand songs of the trash to the trash of this computer, once the user agrees."""
        ids = [song.clip.id for song in songs if is_in_trash(song.clip)]
        if not ids:
            return
        question = Question(
            self.tr("Delete {songs} for good?").format(songs=song_count(len(ids))),
            lost=self.tr(
                "The files go to the trash of this computer. Ratings and places in playlists are "
                "lost; what the service still keeps stays there."
            ),
            verb=self.tr("Delete for good"),
            parent=self._widget.window(),
        )
        question.confirmed.connect(lambda: self._services.collection.erase(ids, throw_away))
        question.open()

    def download(self, songs: Iterable[Song]) -> None:
        for song in songs:
            if not song.is_playable:
                self._services.music.download_again(song.clip.id)

    def ask_for_file(self, song: Song) -> None:
        """Let the user say where the file of a song is."""
        folder = song.clip.path.parent if song.clip.path is not None else Path.home()
        dialog = QFileDialog(
            self._widget.window(),
            self.tr("Where is “{title}”?").format(title=song.title),
            str(folder),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        clip_id = song.clip.id
        dialog.fileSelected.connect(
            lambda path: self._services.collection.locate(clip_id, Path(path))
        )
        dialog.open()

    def ask_to_convert(self, songs: Sequence[Song]) -> None:
        ids = [song.clip.id for song in songs if song.is_playable]
        if not ids:
            return
        title = format.isolated(format.short_name(songs[0].title))
        one = self.tr("Convert “{title}”").format(title=title)
        several = self.tr("Convert {songs}").format(songs=song_count(len(ids)))
        dialog = ConvertDialog(
            one if len(ids) == 1 else several,
            format=self._format(),
            folder=self._folder(),
            parent=self._widget.window(),
        )
        dialog.confirmed.connect(lambda kind, folder: self._convert(ids, kind, folder))
        dialog.open()

    def copy_files(self, songs: Sequence[Song]) -> None:
        if any(song.is_playable for song in songs):
            drag_out.copy_files(song.piece for song in songs)

    def copy_paths(self, songs: Iterable[Song]) -> None:
        paths = [str(song.clip.path) for song in songs if song.is_playable]
        if paths:
            QGuiApplication.clipboard().setText("\n".join(paths))

    def reveal(self, song: Song) -> None:
        if song.clip.path is not None:
            reveal(song.clip.path)

    def ask_for_playlist(self, clip_ids: Iterable[str]) -> None:
        """A new playlist with these songs, once it has a name."""
        ids = [ClipId(clip_id) for clip_id in clip_ids]
        name = free_name(self.tr("New playlist"), self._services.playlists.playlists)
        dialog = NameDialog(
            self.tr("New playlist"),
            verb=self.tr("Create"),
            name=name,
            parent=self._widget.window(),
        )
        dialog.named.connect(lambda name: self._make_playlist(name, ids))
        dialog.open()

    def ask_for_name(self, playlist_id: str) -> None:
        playlist = self._services.playlists.playlists.get(playlist_id)
        if playlist is None:
            return
        dialog = NameDialog(
            self.tr("Rename playlist"),
            verb=self.tr("Rename"),
            name=playlist.name,
            parent=self._widget.window(),
        )
        dialog.named.connect(lambda name: self._services.playlists.rename(playlist.id, name))
        dialog.open()

    def delete_playlist(self, playlist_id: str) -> None:
        playlists = self._services.playlists
        playlist = playlists.playlists.get(playlist_id)
        if playlist is not None:
            playlists.delete(playlist.id)
            name = format.isolated(format.short_name(playlist.name))
            words = self.tr("The playlist “{name}” is deleted, its songs are not.")
            self._undo.offer(words.format(name=name), lambda: playlists.restore(playlist.id))

    def add_to(self, playlist_id: str, clip_ids: Iterable[str]) -> None:
        ids = [ClipId(clip_id) for clip_id in clip_ids]
        self._services.playlists.add(PlaylistId(playlist_id), ids)

    def take_out(self, playlist_id: str, songs: Iterable[Song]) -> None:
        ids = [song.clip.id for song in songs]
        self._services.playlists.take_out(PlaylistId(playlist_id), ids)

    def _make_playlist(self, name: str, ids: list[ClipId]) -> None:
        playlist = self._services.playlists.create(name, ids)
        if playlist is not None:
            self.playlist_made.emit(playlist.id)

    def _convert(self, ids: list[ClipId], kind: AudioFormat, folder: Path) -> None:
        self._services.settings.set_ui_state(FOLDER_STATE, str(folder))
        self._services.settings.set_ui_state(FORMAT_STATE, kind.value)
        self._services.conversions.clear()
        self._services.conversions.convert(ids, format=kind, folder=folder)

    def _folder(self) -> Path:
        """Where the last songs went, else where music belongs."""
        kept = self._services.settings.ui_state(FOLDER_STATE)
        usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        return Path(kept or usual or Path.home())

    def _format(self) -> AudioFormat:
        kept = self._services.settings.ui_state(FORMAT_STATE)
        known = [choice for choice in AudioFormat if choice.value == kept]
        return known[0] if known else AudioFormat.WAV
