"""Keys, clicks and drops on a list of songs, whichever way they are shown."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame

from beatra_desktop.ui import drag_out, mirroring
from beatra_desktop.ui.library.songs.song_model import song_at
from beatra_desktop.ui.library.songs.song_paint import Part, Places
from beatra_desktop.ui.styling import Ground

LINE_PX: Final = 2
_RATING_KEYS: Final = {getattr(Qt.Key, f"Key_{number}"): number for number in range(6)}
_PLAIN: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_PLAY_KEYS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_MOVES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_DRAGS: Final = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)


class SongInput(QObject):
    """Watches `view`; `places(cell)` says where the parts of a song are.

    Keys are about the selected songs, clicks on a part about the one song below the pointer.
    """

    play_requested = Signal(str)
    rated = Signal(int)
    """The selected songs, by key."""
    star_clicked = Signal(str, int)
    heart_clicked = Signal(str)
    favour_requested = Signal()
    deletion_requested = Signal()
    copy_requested = Signal()
    menu_requested = Signal(QPoint)
    """For the selected songs; a place on the screen."""
    step_requested = Signal(int)
    """The selected songs are to go up (-1) or down (1) in their playlist."""
    dropped_before = Signal(list, str)
    """Songs are to stand before another; before none, at the end."""

    def __init__(self, view: QAbstractItemView, places: Callable[[QRect], Places]) -> None:
        super().__init__(view)
        self._view = view
        self._viewport = view.viewport()
        self._places = places
        self._pressed: tuple[str, Part] | None = None
        self._reorders = False
        self._line = QFrame(view.viewport())
        self._line.setProperty("ground", Ground.LINE.value)
        self._line.hide()
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    def set_reordering(self, *, on: bool) -> None:
        """Whether songs can be dropped between others."""
        self._reorders = on
        self._view.viewport().setAcceptDrops(on)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._viewport:  # asked for anew it would be gone while the view goes
            return self._on_viewport(event)
        if isinstance(event, QKeyEvent) and watched is self._view:
            return self._on_key(event)
        return False

    def _on_key(self, event: QKeyEvent) -> bool:
        do = self._command(event)
        if do is None:
            return False
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
        elif event.type() is QEvent.Type.KeyPress:
            do()
        return True

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, modifiers = Qt.Key(event.key()), event.modifiers()
        if modifiers == Qt.KeyboardModifier.AltModifier and self._reorders and key in _MOVES:
            return lambda: self.step_requested.emit(_MOVES[key])
        if modifiers == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_C:
            return self.copy_requested.emit
        if modifiers not in _PLAIN or not self._view.currentIndex().isValid():
            return None
        if key in _RATING_KEYS:
            return lambda: self.rated.emit(_RATING_KEYS[key])
        if key in _PLAY_KEYS:
            return lambda: self.play_requested.emit(song_at(self._view.currentIndex()).id)
        if key == Qt.Key.Key_F:
            return self.favour_requested.emit
        return self.deletion_requested.emit if key == Qt.Key.Key_Delete else None

    def _on_viewport(self, event: QEvent) -> bool:
        kind = event.type()
        if kind is QEvent.Type.MouseButtonDblClick and isinstance(event, QMouseEvent):
            return self._on_double_click(event)
        if kind is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            return self._on_press(event)
        if kind is QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            return self._on_release(event)
        if isinstance(event, QContextMenuEvent):
            return self._on_menu(event)
        if self._reorders and kind in _DRAGS and isinstance(event, QDropEvent):
            return self._on_drag(event)
        if kind is QEvent.Type.DragLeave:
            self._line.hide()
        return False

    def _hit(self, event: QMouseEvent) -> tuple[QModelIndex, Part]:
        position = event.position().toPoint()
        index = self._view.indexAt(position)
        if not index.isValid() or event.button() is not Qt.MouseButton.LeftButton:
            return QModelIndex(), Part.BODY
        rect = self._view.visualRect(index)
        return index, self._places(rect).part_at(mirroring.reflected(position, rect))

    def _on_press(self, event: QMouseEvent) -> bool:
        index, part = self._hit(event)
        self._pressed = None if part is Part.BODY else (song_at(index).id, part)
        return self._pressed is not None

    def _on_release(self, event: QMouseEvent) -> bool:
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return False
        index, part = self._hit(event)
        if index.isValid() and (song_at(index).id, part) == pressed:
            self._act(index, part, event.position().toPoint())
        return True

    def _act(self, index: QModelIndex, part: Part, position: QPoint) -> None:
        song = song_at(index)
        if part is Part.PLAY:
            self.play_requested.emit(song.id)
        elif part is Part.HEART:
            self.heart_clicked.emit(song.id)
        else:
            rect = self._view.visualRect(index)
            stars = self._places(rect).stars_at(mirroring.reflected(position, rect))
            self.star_clicked.emit(song.id, 0 if stars == song.clip.rating else stars)

    def _on_double_click(self, event: QMouseEvent) -> bool:
        index, part = self._hit(event)
        if part is not Part.BODY:
            return self._on_press(event)
        if index.isValid():
            self.play_requested.emit(song_at(index).id)
        return index.isValid()

    def _on_menu(self, event: QContextMenuEvent) -> bool:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self._view.currentIndex() if by_key else self._view.indexAt(event.pos())
        if not index.isValid():
            return True
        if not self._view.selectionModel().isSelected(index):
            self._view.setCurrentIndex(index)
        middle = self._view.viewport().mapToGlobal(self._view.visualRect(index).center())
        self.menu_requested.emit(middle if by_key else event.globalPos())
        return True

    def _on_drag(self, event: QDropEvent) -> bool:
        ids = drag_out.clip_ids(event.mimeData())
        if not ids:
            event.ignore()
            return True
        before, line = self._gap_at(event.position().toPoint())
        self._line.setGeometry(line)
        self._line.setVisible(event.type() is not QEvent.Type.Drop)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() is QEvent.Type.Drop:
            self.dropped_before.emit(ids, before)
        return True

    def _gap_at(self, position: QPoint) -> tuple[str, QRect]:
        """The song behind a gap, empty at the end, and the line that shows the gap."""
        index = self._view.indexAt(position)
        model = self._view.model()
        if not index.isValid():
            last = self._view.visualRect(model.index(model.rowCount() - 1, 0))
            return "", self._edge(last, ends=True)
        cell = self._view.visualRect(index)
        ends = (
            position.y() > cell.center().y()
            if self._is_column(cell)
            else (position.x() > cell.center().x())
        )
        behind = model.index(index.row() + 1, 0) if ends else index
        return (song_at(behind).id if behind.isValid() else ""), self._edge(cell, ends=ends)

    def _is_column(self, cell: QRect) -> bool:
        return cell.width() > self._view.viewport().width() // 2 and cell.height() < cell.width()

    def _edge(self, cell: QRect, *, ends: bool) -> QRect:
        if self._is_column(cell):
            top = cell.bottom() if ends else cell.top()
            return QRect(cell.left(), top - LINE_PX // 2, cell.width(), LINE_PX)
        left = cell.right() if ends else cell.left()
        return QRect(left - LINE_PX // 2, cell.top(), LINE_PX, cell.height())
