"""Five stars to click, or to set by keys."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatra_desktop.ui import mirroring, theme
from beatra_desktop.ui.access.widgets import Ranged, Scale
from beatra_desktop.ui.library.songs.pictures import STAR_PX
from beatra_desktop.ui.library.songs.song_paint import STARS, STARS_PX, paint_stars


class StarRow(QWidget, Ranged):
    """`rated(stars)`, 0 to 5; a click on the rating it has takes it back."""

    rated = Signal(int)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rating = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Rate it by a click or the keys 0 to 5"))
        theme.notifier().changed.connect(self.update)
        self.show_rating(0)

    def show_rating(self, rating: int) -> None:
        self._rating = rating
        self.setAccessibleName(self.tr("Rating: {n} of 5 stars").format(n=rating))
        self.tell_value()
        self.update()

    def scale(self) -> Scale:
        return Scale(value=self._rating, top=STARS, step=1, words=self.accessibleName())

    def move_to(self, value: float) -> None:
        self.rated.emit(round(value))

    def sizeHint(self) -> QSize:
        return QSize(STARS_PX + 8, STAR_PX + 12)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        number = event.key() - Qt.Key.Key_0
        steps = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}
        if 0 <= number <= STARS:
            self.rated.emit(number)
        elif event.key() in steps:
            self.rated.emit(max(0, min(STARS, self._rating + steps[event.key()])))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            place = mirroring.reflected(event.position().toPoint(), self.rect())
            stars = max(1, min(STARS, (place.x() - 4) // STAR_PX + 1))
            self.rated.emit(0 if stars == self._rating else stars)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(theme.current().focus)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        place = QRect(4, 0, STARS_PX, self.height())
        paint_stars(painter, place, self._rating, shows_empty=True)
