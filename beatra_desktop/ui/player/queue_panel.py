"""The play queue as a list: what plays, what was played, what follows."""

from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from beatra_desktop.domain.ids import ClipId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.playing import QueueEntry
from beatra_desktop.ui import format, icons, mirroring, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.list_model import ListModel, record_of
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player.player import Player
from beatra_desktop.ui.player.queue_modes import QueueModes
from beatra_desktop.ui.row_list import (
    RowList,
    draw_line,
    more_rect,
    paint_ground,
    paint_more,
    row_menu,
    row_rect,
    shows_more,
)
from beatra_desktop.ui.styling import Ground, Variant, below
from beatra_desktop.ui.subscriptions import subscribe

PADDING_PX: Final = 6
INSET_PX: Final = 10
MARK_PX: Final = 24
LENGTH_PX: Final = 48
OFFERED: Final = 30
"""Of the newest songs that are not in the queue."""
Index = QModelIndex | QPersistentModelIndex


class QueueDelegate(QStyledItemDelegate):
    def __init__(self, player: Player, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._player = player

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry = record_of(index, QueueEntry)
        clip = self._player.clip_of(entry.id)
        is_current = entry.id == self._player.queue.current.value
        painter.save()
        painter = mirroring.within(painter, option.rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option, gap_px=1)
        rect = row_rect(option.rect).adjusted(INSET_PX, 0, -INSET_PX, 0)
        self._paint_mark(painter, rect, number=index.row() + 1, is_current=is_current)
        rect.setLeft(rect.left() + theme.scaled(MARK_PX))
        if shows_more(option):
            rect.setRight(more_rect(option.rect).left() - INSET_PX)
        if clip is not None:
            _paint_words(painter, rect, self._player.titles.of(clip), clip)
        paint_more(painter, option, index)
        painter.restore()

    def _paint_mark(self, painter: QPainter, rect: QRect, *, number: int, is_current: bool) -> None:
        shades = theme.current()
        if is_current:
            size = icons.current_px()
            mark = icons.pixmap(Icon.WAVEFORM, shades.accent, size_px=size)
            painter.drawPixmap(rect.left(), rect.center().y() - size // 2 + 1, mark)
            return
        painter.setFont(theme.small_font())
        painter.setPen(shades.text_secondary)
        centre = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, centre, format.count(number))


class QueueList(RowList):
    """Enter plays, Del takes out, Alt with the arrows moves."""

    play_requested = Signal(str)
    removal_requested = Signal(str)
    move_requested = Signal(str, int)

    def __init__(self, player: Player, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Play queue"), padding_px=PADDING_PX, parent=parent)
        self._player = player
        self._model = ListModel(player.queue.queue, describe=self._describe, parent=self)
        self.setModel(self._model)
        self.setItemDelegate(QueueDelegate(player, parent=self))
        self.activated.connect(lambda index: self.play_requested.emit(self._id(index)))

    def show_current(self, clip_id: str) -> None:
        """Bring a clip into view and make it the current row."""
        index = self._model.index_of(clip_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if not index.isValid():
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_requested.emit(self._id(index))
        elif step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_requested.emit(self._id(index), step)
        else:
            super().keyPressEvent(event)

    def _id(self, index: Index) -> str:
        return record_of(index, QueueEntry).id

    def _describe(self, entry: QueueEntry) -> str:
        clip = self._player.clip_of(entry.id)
        title = "" if clip is None else self._player.titles.of(clip)
        if entry.id == self._player.queue.current.value:
            return self.tr("{title}, playing").format(title=title)
        return title


class QueuePanel(Pane):
    def __init__(self, player: Player, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, margin_px=0, spacing_px=theme.GRID // 2, parent=parent)
        self._player = player
        self.setProperty("bare", "true")
        self._name = Text(weight="strong")
        self._name.setWordWrap(False)
        self.modes = QueueModes(player.queue)
        self.add_songs = Button(self.tr("Add songs"), variant=Variant.GHOST, icon=Icon.ADD)
        self.clear = Button(self.tr("Clear what follows"), variant=Variant.GHOST)
        self.list = QueueList(player)
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._name)
        head.addWidget(self.modes)
        head.addStretch(1)
        head.addWidget(self.add_songs)
        head.addWidget(self.clear)
        self.add(head)
        self.box.addWidget(self.list, stretch=1)

    def _connect(self) -> None:
        queue = self._player.queue
        self.list.play_requested.connect(self._on_play_requested)
        self.list.removal_requested.connect(lambda clip_id: queue.remove(ClipId(clip_id)))
        self.list.move_requested.connect(self._on_move_requested)
        self.list.menu_requested.connect(self._on_menu_requested)
        self.add_songs.clicked.connect(self._open_songs)
        self.clear.clicked.connect(queue.clear_upcoming)
        self._player.opened.connect(self._refresh)
        for signal in (queue.queue.inserted, queue.queue.removed, queue.queue.reset):
            subscribe(self, signal, self._refresh)

    def _refresh(self, *_rows: int) -> None:
        queue = self._player.queue
        count = len(queue.queue)
        songs = self.tr("Play queue · {n} songs") if count != 1 else self.tr("Play queue · 1 song")
        self._name.setText(songs.format(n=format.count(count)))
        current = queue.current.value
        last = current in queue.queue and queue.queue.row(current) == count - 1
        self.clear.setEnabled(count > 1 and not last)
        self.list.show_current(current)

    def _open_songs(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(self.tr("Songs that are not in the queue"))
        for clip in self._player.newest(OFFERED, but=self._player.queue.queue):
            action = menu.addAction(format.menu_name(self._player.titles.of(clip)))
            action.triggered.connect(lambda _=False, clip_id=clip.id: self._add(clip_id))
        if menu.isEmpty():
            menu.addAction(self.tr("All saved songs are in the queue")).setEnabled(False)
        menu.popup(below(self.add_songs))

    def _add(self, clip_id: ClipId) -> None:
        self._player.queue.add([clip_id])

    def _on_play_requested(self, clip_id: str) -> None:
        self._player.load(clip_id, play=True)

    def _on_move_requested(self, clip_id: str, by: int) -> None:
        self._player.queue.move(ClipId(clip_id), by=by)
        self.list.show_current(clip_id)

    def _on_menu_requested(self, index: QModelIndex, place: QPoint) -> None:
        clip_id = record_of(index, QueueEntry).id
        queue = self._player.queue
        menu = row_menu(
            self.list,
            (self.tr("Play"), "", lambda: self._on_play_requested(clip_id)),
            (self.tr("Play next"), "", lambda: queue.play_next(clip_id)),
            None,
            (self.tr("Move up"), "Alt+Up", lambda: self._on_move_requested(clip_id, -1)),
            (self.tr("Move down"), "Alt+Down", lambda: self._on_move_requested(clip_id, 1)),
            (self.tr("Take out of the queue"), "Del", lambda: queue.remove(clip_id)),
        )
        menu.popup(place)


def _paint_words(painter: QPainter, rect: QRect, title: str, clip: Clip) -> None:
    shades = theme.current()
    saved = clip.delivery is Delivery.SAVED
    words = QRect(rect)
    if clip.duration_seconds is not None:
        painter.setFont(theme.small_font())
        painter.setPen(shades.text_secondary)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, right, format.duration(clip.duration_seconds))
        words.setRight(words.right() - theme.scaled(LENGTH_PX))
    painter.setFont(theme.body_font())
    painter.setPen(shades.text if saved else shades.text_disabled)
    draw_line(painter, words, title)
