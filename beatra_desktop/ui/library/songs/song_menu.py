"""The menu of the selected songs."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.domain.collection import Playlist
from beatra_desktop.ui import format
from beatra_desktop.ui.library.songs.song import Song
from beatra_desktop.ui.library.songs.song_actions import SongActions

Play = Callable[[Sequence[Song]], object]


class SongMenu(QMenu):
    """Made anew each time; forgets itself when it is closed.

    `edit` takes a task's id, `follow` a clip's, to make it the reference of the next song.
    """

    def __init__(
        self,
        songs: Sequence[Song],
        actions: SongActions,
        *,
        play: Play,
        edit: Callable[[str], object],
        follow: Callable[[str], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._songs = list(songs)
        self._actions = actions
        self._play = play
        self._edit = edit
        self._follow = follow

    def fill(self, playlists: Sequence[Playlist], *, shelf: str) -> None:
        """For songs of a shelf; `shelf` is the playlist's id if it is one."""
        here = [song for song in self._songs if song.is_playable]
        one = len(self._songs) == 1
        play = _tr("Play") if one else _tr("Play these")
        self._add(play, "Space" if one else "", lambda: self._play(here), on=bool(here))
        if one:
            task_id = self._songs[0].clip.task_id
            self._add(_tr("Use these settings"), "", lambda: self._edit(task_id))
            song_id, is_here = self._songs[0].id, bool(here)
            self._add(_tr("Use as reference"), "", lambda: self._follow(song_id), on=is_here)
        self.addSeparator()
        favourite = all(song.clip.is_favourite for song in self._songs)
        words = _tr("No favourite") if favourite else _tr("Favourite")
        self._add(words, "F", lambda: self._actions.favour(self._songs))
        self.addMenu(self._rating_menu())
        self.addMenu(self._playlist_menu(playlists))
        if any(playlist.id == shelf for playlist in playlists):
            take_out = _tr("Take out of this playlist")
            self._add(take_out, "", lambda: self._actions.take_out(shelf, self._songs))
        self._add_files(here, one=one)
        self.addSeparator()
        self._add(_tr("Delete"), "Del", lambda: self._actions.delete(self._songs))

    def fill_for_trash(self) -> None:
        self._add(_tr("Restore"), "", lambda: self._actions.restore(self._songs))
        erase = _tr("Delete for good…")
        self._add(erase, "Del", lambda: self._actions.ask_to_erase(self._songs))

    def _add_files(self, here: list[Song], *, one: bool) -> None:
        self.addSeparator()
        away = [song for song in self._songs if not song.is_playable]
        if away:
            self._add(_tr("Download again"), "", lambda: self._actions.download(away))
        if away and one:
            self._add(_tr("Locate…"), "", lambda: self._actions.ask_for_file(away[0]))
        if not here:
            return
        copy = _tr("Copy file") if len(here) == 1 else _tr("Copy files")
        path = _tr("Copy path") if len(here) == 1 else _tr("Copy paths")
        self._add(copy, "Ctrl+C", lambda: self._actions.copy_files(here))
        self._add(path, "", lambda: self._actions.copy_paths(here))
        if one:
            self._add(_tr("Show in folder"), "", lambda: self._actions.reveal(here[0]))
        self._add(_tr("Convert…"), "", lambda: self._actions.ask_to_convert(here))

    def _rating_menu(self) -> QMenu:
        menu = QMenu(_tr("Rate"), self)
        ratings = {song.clip.rating for song in self._songs}
        for stars in range(5, -1, -1):
            action = menu.addAction("★" * stars or _tr("No rating"))
            action.setShortcut(str(stars))
            action.setCheckable(True)
            action.setChecked(ratings == {stars})
            action.triggered.connect(
                lambda _on=False, stars=stars: self._actions.rate(self._songs, stars)
            )
        return menu

    def _playlist_menu(self, playlists: Sequence[Playlist]) -> QMenu:
        menu = QMenu(_tr("Add to playlist"), self)
        ids = [song.id for song in self._songs]
        for playlist in playlists:
            action = menu.addAction(format.menu_name(playlist.name))
            action.triggered.connect(
                lambda _on=False, to=playlist.id: self._actions.add_to(to, ids)
            )
        if playlists:
            menu.addSeparator()
        new = menu.addAction(_tr("New playlist…"))
        new.triggered.connect(lambda: self._actions.ask_for_playlist(ids))
        return menu

    def _add(self, words: str, keys: str, do: Callable[[], object], *, on: bool = True) -> None:
        action = self.addAction(words)
        action.setShortcut(keys)
        action.setEnabled(on)
        action.triggered.connect(lambda _on=False: do())


def _tr(text: str) -> str:
    return QCoreApplication.translate("SongMenu", text)
