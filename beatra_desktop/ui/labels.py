"""Words and signs that are not buttons."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beatra_desktop.ui import icons, theme
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Tone, set_style, tone_colour
from beatra_desktop.ui.tips import tip


class Text(QLabel):
    """Words on show; wraps unless told otherwise and never reads them as HTML."""

    def __init__(
        self,
        text: str = "",
        *,
        tone: Tone = Tone.NEUTRAL,
        size: str = "body",
        weight: str = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", tone.value)
        self.setProperty("textsize", size)
        self.setProperty("weight", weight)

    def set_tone(self, tone: Tone) -> None:
        set_style(self, "tone", tone.value)


class ElidedLabel(Text):
    """One line that ends in … where it does not fit; the whole text is its tooltip then."""

    def __init__(
        self,
        text: str = "",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        tone: Tone = Tone.NEUTRAL,
        size: str = "body",
        weight: str = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, tone=tone, size=size, weight=weight, parent=parent)
        self._mode = mode
        self.setWordWrap(False)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def shown_text(self) -> str:
        return self.fontMetrics().elidedText(self.text(), self._mode, self.contentsRect().width())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def setText(self, text: str) -> None:
        super().setText(text)
        self._tell_hidden_text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_hidden_text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        vertical = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.contentsRect(), vertical | self.alignment(), self.shown_text())

    def _tell_hidden_text(self) -> None:
        self.setToolTip(tip(self.text()) if self.shown_text() != self.text() else "")


class IconLabel(QLabel):
    """An icon that is not a button; `name` says what it means, empty when the text beside does."""

    def __init__(
        self,
        icon: Icon,
        name: str,
        *,
        tone: Tone = Tone.SECONDARY,
        size_px: int = icons.SIZE_PX,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._tone, self._size_px = icon, tone, size_px
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tint()
        theme.notifier().changed.connect(self._tint)

    def set_icon(self, icon: Icon, name: str, *, tone: Tone) -> None:
        self._icon, self._tone = icon, tone
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self._tint()

    def _tint(self) -> None:
        colour = tone_colour(self._tone, theme.current())
        size_px = theme.scaled_sign(self._size_px)
        self.setPixmap(icons.pixmap(self._icon, colour, size_px=size_px))


class Badge(QLabel):
    """A short word in a pill, such as Preview; colour never says it alone."""

    def __init__(
        self, text: str, *, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("badge", tone.value)

    def set(self, text: str, *, tone: Tone) -> None:
        self.setText(text)
        set_style(self, "badge", tone.value)
