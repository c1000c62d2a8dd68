"""A pane that leaves its row where there is no room, and slides over the rest when asked for."""

from PySide6.QtCore import QEasingCurve, QObject, QPoint, QPropertyAnimation, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui import motion, theme


class Scrim(QWidget):
    """Dims what lies behind; `clicked` when the user points past what lies in front."""

    clicked = Signal()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.current().scrim)


class SlidingPane(QObject):
    """`at_end` of what it lies over, or else at its beginning, as one reads."""

    def __init__(self, pane: QWidget, *, scrim: Scrim, at_end: bool, host: QWidget) -> None:
        super().__init__(host)
        self._pane, self._scrim, self._host = pane, scrim, host
        self._at_end = at_end
        self.is_lifted = False
        self._is_leaving = False
        self._slide = QPropertyAnimation(pane, b"pos", self)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.finished.connect(self._on_finished)

    @property
    def is_shown(self) -> bool:
        return not self._pane.isHidden() and not (self._is_sliding and self._is_leaving)

    def lift(self) -> None:
        """Take the pane out of its row, hidden until it is asked for."""
        self.is_lifted = True
        self._pane.setParent(self._host)
        self._pane.hide()

    def lower(self) -> None:
        """What has been lifted may go back into its row."""
        self.is_lifted = False
        self._slide.stop()
        self._scrim.hide()

    def place(self, width: int) -> None:
        """Give the lifted pane this width, and all the height; a slide goes to its new place."""
        self._pane.resize(width, self._host.height())
        position = self._position(shown=self.is_shown)
        if self._is_sliding:
            self._slide.setEndValue(position)
        else:
            self._pane.move(position)

    def show(self, *, shown: bool) -> None:
        """Let the lifted pane slide in or out."""
        if self._pane.isHidden():
            self._pane.move(self._position(shown=False))
        self._scrim.setVisible(shown)
        self._scrim.raise_()
        self._pane.show()
        self._pane.raise_()
        self._is_leaving = not shown
        self._slide.setDuration(motion.duration_ms())
        self._slide.setEndValue(self._position(shown=shown))
        self._slide.start()

    def _position(self, *, shown: bool) -> QPoint:
        is_at_right = self._at_end is not self._host.isRightToLeft()
        if is_at_right:
            return QPoint(self._host.width() - (self._pane.width() if shown else 0), 0)
        return QPoint(0 if shown else -self._pane.width(), 0)

    @property
    def _is_sliding(self) -> bool:
        return self._slide.state() is QPropertyAnimation.State.Running

    def _on_finished(self) -> None:
        if self._is_leaving:
            self._pane.hide()
