"""Songs on their way to other programs: as files, as addresses and as text."""

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDrag, QFontMetrics, QGuiApplication, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.library.songs.song import Song, song_count

CLIPS: Final = "application/x-beatra-clips"
"""The ids of songs, a line each, for playlists."""
WIDTH_PX: Final = 220
HEIGHT_PX: Final = 40
GRIP: Final = QPoint(20, 20)


def mime_data(songs: Iterable[Song]) -> QMimeData:
    """Their files as copies for other programs, their titles where only text goes.

    Songs without a file on this disk are left out of the files; all can go into a playlist.
    """
    songs = list(songs)
    data = QMimeData()
    data.setData(CLIPS, "\n".join(song.id for song in songs).encode())
    files = [song for song in songs if song.is_playable]
    if files:
        data.setUrls([file_url(song) for song in files])
        data.setText("\n".join(song.title for song in files))
    return data


def file_url(song: Song) -> QUrl:
    assert song.clip.path is not None, "on this disk"
    return QUrl.fromLocalFile(str(song.clip.path))


def clip_ids(data: QMimeData) -> list[str]:
    """The songs that are dragged within the app; none for anything else."""
    if not data.hasFormat(CLIPS):
        return []
    return data.data(CLIPS).toStdString().splitlines()


def copy_files(songs: Sequence[Song]) -> None:
    """Put files on the clipboard, to be pasted in a file manager or a mail."""
    QGuiApplication.clipboard().setMimeData(mime_data(songs))


def start(view: QWidget, songs: Sequence[Song]) -> None:
    """Let the user drag songs; comes back when they were let go.

    Qt runs a loop of its own meanwhile: this is the only place that lets it.
    """
    if not songs:
        return
    drag = QDrag(view)
    drag.setMimeData(mime_data(songs))
    drag.setPixmap(picture(songs))
    drag.setHotSpot(GRIP)
    drag.exec(Qt.DropAction.CopyAction)


def picture(songs: Sequence[Song]) -> QPixmap:
    """What hangs on the pointer: the first title, and how many there are."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = QPixmap(round(WIDTH_PX * ratio), round(HEIGHT_PX * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, songs)
    painter.end()
    return made


def _paint(painter: QPainter, songs: Sequence[Song]) -> None:
    shades = theme.current()
    painter.setPen(shades.border)
    painter.setBrush(shades.raised)
    painter.drawRoundedRect(0, 0, WIDTH_PX - 1, HEIGHT_PX - 1, theme.GRID, theme.GRID)
    top = (HEIGHT_PX - icons.SIZE_PX) // 2
    painter.drawPixmap(12, top, icons.pixmap(Icon.FILE_AUDIO, shades.accent))
    painter.setFont(theme.body_font())
    painter.setPen(shades.text)
    words = songs[0].title if len(songs) == 1 else song_count(len(songs))
    room = QRect(36, 0, WIDTH_PX - 48, HEIGHT_PX)
    elided = QFontMetrics(painter.font()).elidedText(
        words, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided)
