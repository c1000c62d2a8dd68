"""Songs on their way to other programs: as files, as addresses and as text."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, Qt, QUrl
from PySide6.QtGui import QDrag, QFontMetrics, QGuiApplication, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.ui import format, icons, theme
from beatra_desktop.ui.icons import Icon

CLIPS: Final = "application/x-beatra-clips"
"""The ids of songs, a line each, for playlists."""
WIDTH_PX: Final = 220
HEIGHT_PX: Final = 40
GRIP: Final = QPoint(20, 20)


class Piece(Struct, frozen=True):
    """One song to give away; `path` is None where its file is not on this disk."""

    clip_id: str
    title: str
    path: Path | None


def piece_of(clip: Clip, title: str) -> Piece:
    return Piece(clip.id, title, clip.path if clip.delivery is Delivery.SAVED else None)


def mime_data(pieces: Iterable[Piece]) -> QMimeData:
    """Their files as copies for other programs, their titles where only text goes.

    Songs without a file are left out of both; all can go into a playlist.
    """
    pieces = list(pieces)
    data = QMimeData()
    data.setData(CLIPS, "\n".join(piece.clip_id for piece in pieces).encode())
    files = [(piece.title, piece.path) for piece in pieces if piece.path is not None]
    if files:
        data.setUrls([QUrl.fromLocalFile(str(path)) for _, path in files])
        data.setText("\n".join(title for title, _ in files))
    return data


def clip_ids(data: QMimeData) -> list[str]:
    """The songs that are dragged within the app; none for anything else."""
    if not data.hasFormat(CLIPS):
        return []
    return data.data(CLIPS).toStdString().splitlines()


def copy_files(pieces: Iterable[Piece]) -> None:
    """Put files on the clipboard, to be pasted in a file manager or a mail."""
    QGuiApplication.clipboard().setMimeData(mime_data(pieces))


def start(view: QWidget, pieces: Sequence[Piece]) -> None:
    """Let the user drag songs; comes back when they were let go.

    Qt runs a loop of its own meanwhile: this is the only place that lets it.
    """
    if not pieces:
        return
    drag = QDrag(view)
    drag.setMimeData(mime_data(pieces))
    drag.setPixmap(picture(pieces))
    drag.setHotSpot(GRIP)
    drag.exec(Qt.DropAction.CopyAction)


class DragHandle(QObject):
    """Makes a widget something to drag a song by; `piece` gives the song, None for none."""

    def __init__(self, widget: QWidget, piece: Callable[[], Piece | None]) -> None:
        super().__init__(widget)
        self._widget = widget
        self._piece = piece
        self._pressed: QPoint | None = None
        widget.setCursor(Qt.CursorShape.OpenHandCursor)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            self._on_mouse(event)
        return False

    def _on_mouse(self, event: QMouseEvent) -> None:
        place = event.position().toPoint()
        if event.type() is QEvent.Type.MouseButtonPress:
            is_left = event.button() is Qt.MouseButton.LeftButton
            self._pressed = place if is_left else None
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif self._pressed is not None and self._is_far(place):
            self._pressed = None
            piece = self._piece()
            start(self._widget, [piece] if piece is not None and piece.path is not None else [])

    def _is_far(self, place: QPoint) -> bool:
        moved = place - (self._pressed or place)
        return moved.manhattanLength() >= QApplication.startDragDistance()


def picture(pieces: Sequence[Piece]) -> QPixmap:
    """What hangs on the pointer: the first title, and how many others there are."""
    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    made = QPixmap(round(WIDTH_PX * ratio), round(HEIGHT_PX * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint(painter, pieces)
    painter.end()
    return made


def _paint(painter: QPainter, pieces: Sequence[Piece]) -> None:
    shades = theme.current()
    painter.setPen(shades.border)
    painter.setBrush(shades.raised)
    painter.drawRoundedRect(0, 0, WIDTH_PX - 1, HEIGHT_PX - 1, theme.GRID, theme.GRID)
    top = (HEIGHT_PX - icons.SIZE_PX) // 2
    painter.drawPixmap(12, top, icons.pixmap(Icon.FILE_AUDIO, shades.accent))
    painter.setFont(theme.body_font())
    more = f"+ {format.count(len(pieces) - 1)}" if len(pieces) > 1 else ""
    room = QRect(36, 0, WIDTH_PX - 48, HEIGHT_PX)
    painter.setPen(shades.text_secondary)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, more)
    metrics = QFontMetrics(painter.font())
    width = room.width() - metrics.horizontalAdvance(more) - (theme.GRID if more else 0)
    painter.setPen(shades.text)
    words = metrics.elidedText(pieces[0].title, Qt.TextElideMode.ElideRight, width)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
