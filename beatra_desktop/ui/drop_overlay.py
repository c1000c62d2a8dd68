"""A whole window as a place to drop things on; says what will happen where the pointer is."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.dragged import Dragged, read
from beatra_desktop.ui.drop_text import Outlook, Place
from beatra_desktop.ui.icons import Icon

INSET_PX: Final = 12
RADIUS_PX: Final = 16
ICON_PX: Final = 32
WORDS_PX: Final = 340
MARGIN_PX: Final = 28
GLOW_ALPHA: Final = 40
_CENTRED: Final = (
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
)


class DropOverlay(QWidget):
    """Lies over its window while something but text is dragged above it.

    It listens to the window itself, so that it is there before any field or list below the pointer
    takes what is dragged for its own.
    """

    entered = Signal(object)
    """A `Dragged` came over the window."""
    dropped = Signal(str, object)
    """The `Place`, and the data, which lives no longer than the signal."""

    def __init__(
        self,
        window: QWidget,
        *,
        place_at: Callable[[QPoint], Place],
        area_of: Callable[[Place], QRect],
        outlook: Callable[[Dragged, Place], Outlook],
    ) -> None:
        """`place_at` and `area_of` are in the window's coordinates."""
        super().__init__(window)
        self._window = window
        self._place_at = place_at
        self._area_of = area_of
        self._look_out = outlook
        self._dragged = Dragged()
        self._place = Place.WINDOW
        self._outlook = Outlook("")
        self.setAcceptDrops(True)
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        self._watch_handle()

    @property
    def sentence(self) -> str:
        """What a drop would do now, or why it can't be."""
        return self._outlook.sentence

    @property
    def outlook(self) -> Outlook:
        return self._outlook

    def refresh(self) -> None:
        """Say it anew: more is known."""
        if self.isVisible():
            self._aim(self._place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and watched is self._window:
            self._watch_handle()
        elif isinstance(event, QDragMoveEvent) and watched is self._window.windowHandle():
            self._cover(event.mimeData(), event.position().toPoint())
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Always taken: Qt tells nothing more of a drag whose entering was refused."""
        event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        place = self._place_at(event.position().toPoint())
        if place is not self._place:
            self._aim(place)
        self._answer(event)
        self.setVisible(_is_ours(self._dragged, place))

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        self._aim(self._place_at(event.position().toPoint()))
        self._answer(event)
        if self._outlook.is_possible:
            self.dropped.emit(self._place.value, event.mimeData())

    def paintEvent(self, _event: QPaintEvent) -> None:
        shades = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), shades.scrim)
        area = self._area_of(self._place).adjusted(INSET_PX, INSET_PX, -INSET_PX, -INSET_PX)
        possible = self._outlook.is_possible
        colour = shades.accent if possible else shades.text_secondary
        glow = QColor(colour)
        glow.setAlpha(GLOW_ALPHA)
        painter.setBrush(glow)
        painter.setPen(QPen(colour, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(area), RADIUS_PX, RADIUS_PX)
        self._paint_card(painter, area, colour)

    def _watch_handle(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None:
            handle.removeEventFilter(self)
            handle.installEventFilter(self)

    def _cover(self, data: QMimeData, position: QPoint) -> None:
        if self.isVisible():
            return
        dragged, place = read(data), self._place_at(position)
        if _is_ours(dragged, place):
            self._dragged = dragged
            self._aim(place)
            self.setGeometry(self._window.rect())
            self.raise_()
            self.show()
            self.entered.emit(dragged)

    def _aim(self, place: Place) -> None:
        self._place = place
        self._outlook = self._look_out(self._dragged, place)
        self.update()

    def _answer(self, event: QDropEvent) -> None:
        """Take it, always as a copy, or show the pointer that can't drop."""
        if self._outlook.is_possible:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def _paint_card(self, painter: QPainter, area: QRect, colour: QColor) -> None:
        """An icon and the words, on a ground of their own in the middle of the area."""
        shades, words = theme.current(), self._outlook
        width = min(WORDS_PX, area.width() - 2 * (INSET_PX + MARGIN_PX))
        title = _Words(words.sentence, theme.title_font(), width)
        more = _Words(words.more, theme.body_font(), width)
        height = ICON_PX + 2 * theme.GRID + title.height + more.height
        height += theme.GRID if words.more else 0
        inner = QRect(0, 0, width, height)
        inner.moveCenter(area.center())
        painter.setPen(shades.border)
        painter.setBrush(shades.raised)
        card = QRectF(inner).adjusted(-MARGIN_PX, -MARGIN_PX, MARGIN_PX, MARGIN_PX)
        painter.drawRoundedRect(card, RADIUS_PX, RADIUS_PX)
        icon = Icon.UPLOAD if words.is_possible else Icon.CANCELED
        drawn = icons.pixmap(icon, colour, size_px=ICON_PX)
        painter.drawPixmap(inner.center().x() - ICON_PX // 2, inner.top(), drawn)
        top = inner.top() + ICON_PX + 2 * theme.GRID
        title.paint(painter, QPoint(inner.left(), top), shades.text)
        below = QPoint(inner.left(), top + title.height + theme.GRID)
        more.paint(painter, below, shades.text_secondary)


def _is_ours(dragged: Dragged, place: Place) -> bool:
    """Text is for the fields; a song of the app's own is for the studio, or for a playlist."""
    return dragged.is_for_us and (place is Place.STUDIO or not dragged.clip_ids)


class _Words:
    """Centred lines of at most `width` pixels."""

    def __init__(self, text: str, font: QFont, width: int) -> None:
        self._text, self._font, self._width = text, font, width
        room = QRect(0, 0, width, 10_000)
        lines = QFontMetrics(font).boundingRect(room, int(_CENTRED), text)
        self.height = lines.height() if text else 0

    def paint(self, painter: QPainter, corner: QPoint, colour: QColor) -> None:
        painter.setFont(self._font)
        painter.setPen(colour)
        painter.drawText(
            QRect(corner.x(), corner.y(), self._width, self.height), _CENTRED, self._text
        )
