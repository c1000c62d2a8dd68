"""Where a link leads, in full at the bottom of the transcript, as browsers show it."""

from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import mirroring
from beatra_desktop.ui.chat.look import Look

_WIDEST_SHARE: Final = 0.8
_PADDING_X: Final = 10
_PADDING_Y: Final = 5
_RADIUS: Final = 6
TIP_CHARACTERS: Final = 80


class LinkBar(QWidget):
    """Lies over the bottom left corner of its parent; shown while it has something to tell."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._target = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What is shown: the whole target, or its two ends where it is too long."""
        room = int(self._room().width() * _WIDEST_SHARE) - 2 * self._look.px(_PADDING_X)
        middle = Qt.TextElideMode.ElideMiddle
        return self._metrics().elidedText(self._target, middle, room)

    def show_target(self, target: str, look: Look) -> None:
        """Show a link's target; an empty one hides the bar."""
        self._target, self._look = target, look
        self.place()
        self.setVisible(bool(target))
        self.raise_()
        self.update()

    def place(self) -> None:
        """Fit the bar to its text and into the corner."""
        room, px = self._room(), self._look.px
        metrics = self._metrics()
        width = metrics.horizontalAdvance(self.text) + 2 * px(_PADDING_X) + 2
        height = metrics.height() + 2 * px(_PADDING_Y)
        self.setGeometry(0, room.height() - height, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours, px = self._look.colours, self._look.px
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.raised)
        beyond = px(_RADIUS)  # the corners at the window's edge stay square
        ground = QRectF(self.rect()).adjusted(-beyond, 0.5, -0.5, beyond)
        painter.drawRoundedRect(ground, beyond, beyond)
        painter.setFont(self._look.small)
        painter.setPen(colours.text)
        inside = self.rect().adjusted(px(_PADDING_X), 0, 0, 0)
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter, self.text)

    def _metrics(self) -> QFontMetrics:
        """Of the look's font: the widget's own is the style sheet's to change."""
        return QFontMetrics(self._look.small)

    def _room(self) -> QRect:
        parent = self.parentWidget()
        assert parent is not None, "a bar lies over its transcript"
        return parent.rect()


def tip_of(target: str) -> str:
    """The whole target in lines for a tooltip, which takes nothing in it for markup."""
    target = target.replace("<", "%3C").replace(">", "%3E")
    starts = range(0, len(target), TIP_CHARACTERS)
    return "\n".join(target[start : start + TIP_CHARACTERS] for start in starts)
