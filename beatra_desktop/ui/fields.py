"""Fields and choices: what the user fills in."""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from beatra_desktop.ui import icons, mirroring, theme
from beatra_desktop.ui.access.widgets import Clickable
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, Variant, set_style

TRACK_WIDTH_PX: Final = 32
TRACK_HEIGHT_PX: Final = 18
KNOB_INSET_PX: Final = 3
RING_PX: Final = 3
"""Around the track, for the ring of the keyboard."""
CHEVRON_RIGHT_PX: Final = 24
SEGMENT_AIR_PX: Final = 34
"""Around the text of one of a few: padding, border, the gap to the next, and bold letters."""
SEGMENT_GIVES_PX: Final = 20
"""What of that the padding can do without."""


class Field(QLineEdit):
    """A line to type in; `name` is what a screen reader says."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)


class SearchField(Field):
    """A field with a magnifier and a clear button; Esc clears it."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=placeholder, parent=parent)
        leading = QLineEdit.ActionPosition.LeadingPosition
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._magnifier = self.addAction(icons.icon(Icon.SEARCH), leading)
        self._magnifier.setText(name)
        self._magnifier.triggered.connect(self.setFocus)
        self._clear = self.addAction(icons.icon(Icon.CLOSE), trailing)
        self._clear.setText(self.tr("Clear the search"))
        self._clear.triggered.connect(self.clear)
        self._clear.setVisible(False)
        self.textChanged.connect(self._on_text_changed)
        theme.notifier().changed.connect(self._tint)

    def event(self, event: QEvent) -> bool:
        """Esc is for this field before it is anybody's shortcut."""
        if event.type() is QEvent.Type.ShortcutOverride and self._is_clearing(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_clearing(event):
            self.clear()
            return
        super().keyPressEvent(event)

    def _is_clearing(self, event: QEvent) -> bool:
        is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        return is_escape and bool(self.text())

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def _tint(self) -> None:
        self._magnifier.setIcon(icons.icon(Icon.SEARCH))
        self._clear.setIcon(icons.icon(Icon.CLOSE))


class SecretField(Field):
    """A field that hides what is typed until asked to show it."""

    def __init__(self, name: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, placeholder=placeholder, parent=parent)
        self._reveal = QAction(self)
        self._reveal.setCheckable(True)
        self._reveal.toggled.connect(self._on_toggled)
        self.addAction(self._reveal, QLineEdit.ActionPosition.TrailingPosition)
        theme.notifier().changed.connect(self._tint)
        self._on_toggled()

    def _on_toggled(self) -> None:
        shown = self._reveal.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.setEchoMode(mode)
        self._reveal.setText(self.tr("Hide the key") if shown else self.tr("Show the key"))
        self._tint()

    def _tint(self) -> None:
        self._reveal.setIcon(icons.icon(Icon.HIDE if self._reveal.isChecked() else Icon.SHOW))


class FieldError(QWidget):
    """What is wrong with the field above it; takes no room while all is well."""

    def __init__(self, field: QWidget, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self._field = field
        self.hide()

    @cached_property
    def _label(self) -> Text:
        """Made for the first problem: few fields have any."""
        label = Text(tone=Tone.DANGER, size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        return label

    def show_error(self, text: str) -> None:
        """Show `text` and mark the field; an empty text takes both away."""
        self.text = text
        if text:
            self._label.setText(text)
        self._field.setAccessibleDescription(text)
        set_style(self._field, "invalid", "true" if text else "false")
        self.setVisible(bool(text))


class Segmented(QWidget):
    """A choice of a few, all on show; `chosen` tells the id of the one the user picked."""

    chosen = Signal(str)

    def __init__(
        self, name: str, options: Sequence[tuple[str, str]], *, parent: QWidget | None = None
    ) -> None:
        """`options` are pairs of an id and the words for it."""
        super().__init__(parent)
        self.setObjectName("segmented")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, Button] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        for option, text in options:
            button = Button(text, variant=Variant.SEGMENT, name=f"{name}: {text}")
            button.setCheckable(True)
            self._group.addButton(button)
            self._buttons[option] = button
            row.addWidget(button, stretch=1)
        self._group.buttonClicked.connect(self._on_button_clicked)
        theme.notifier().changed.connect(self._fit)

    @property
    def choice(self) -> str:
        """The id of the checked option; empty while none is."""
        pairs = self._buttons.items()
        return next((option for option, button in pairs if button.isChecked()), "")

    def choose(self, option: str) -> None:
        """Check an option without telling `chosen`."""
        self._buttons[option].setChecked(True)

    def set_text(self, option: str, text: str) -> None:
        self._buttons[option].setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """With all its air, also while it has to do without."""
        return QSize(self._roomy_px(), super().sizeHint().height())

    def _roomy_px(self) -> int:
        buttons = self._buttons.values()
        metrics = QFontMetrics(theme.body_font())  # not theirs, which are smaller at times
        words = sum(metrics.horizontalAdvance(each.text()) for each in buttons)
        return words + len(buttons) * SEGMENT_AIR_PX

    def _fit(self) -> None:
        """Where room is scarce the sides come closer to the text; then the text is smaller."""
        missing = self._roomy_px() - self.width()
        dense = "true" if missing > 0 else "false"
        if missing > len(self._buttons) * SEGMENT_GIVES_PX:
            dense = "small"
        for button in self._buttons.values():
            if button.property("dense") != dense:
                set_style(button, "dense", dense)
                button.updateGeometry()  # polishing alone leaves the layout its old sizes

    def _on_button_clicked(self) -> None:
        self.chosen.emit(self.choice)


class Select(QComboBox):
    """A choice from a list, in the app's own look; the wheel never changes it by accident."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._label = QLabel()
        self._label.setBuddy(self)
        self._label.hide()

    def choose(self, data: object) -> None:
        """Show the entry with that data; nothing changes when there is none."""
        row = self.findData(data)
        if row >= 0:
            self.setCurrentIndex(row)

    def event(self, event: QEvent) -> bool:
        """On Linux Qt tells what is chosen as the name, and the name by a label at its side."""
        if event.type() is QEvent.Type.ParentChange:
            self._label.setText(self.accessibleName())
            self._label.setParent(self.parentWidget())
        return super().event(event)

    def showPopup(self) -> None:
        """Around the list Qt draws the ground of fields."""
        around = self.view().window()
        palette = around.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.current().raised)
        around.setPalette(palette)
        super().showPopup()

    def sizeHint(self) -> QSize:
        """Qt's falls a pixel short of large letters."""
        return super().sizeHint() + QSize(2, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        shades = theme.current()
        colour = shades.text_secondary if self.isEnabled() else shades.text_disabled
        chevron = icons.pixmap(Icon.EXPAND, colour)
        top = (self.height() - icons.SIZE_PX) // 2
        painter = mirroring.within(QPainter(self), self.rect())
        painter.drawPixmap(self.width() - CHEVRON_RIGHT_PX, top, chevron)


class Toggle(QCheckBox, Clickable):
    """A switch that acts at once."""

    def __init__(self, text: str, *, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.notifier().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        words, track = self.fontMetrics().size(0, self.text()), self._track_size()
        beside = theme.GRID + words.width() if self.text() else 0
        width = track.width() + beside + 2 * RING_PX
        return QSize(width, max(track.height(), words.height()) + 2 * RING_PX)

    def hitButton(self, _pos: QPoint) -> bool:
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = mirroring.within(QPainter(self), self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = self._track_size()
        top = (self.height() - size.height()) / 2
        track = QRectF(RING_PX, top, size.width(), size.height())
        self._paint_track(painter, track)
        shades = theme.current()
        painter.setPen(shades.text if self.isEnabled() else shades.text_disabled)
        left = int(track.right()) + RING_PX + theme.GRID
        words = self.rect().adjusted(left, 0, 0, 0)
        end = Qt.TextElideMode.ElideRight
        shown = painter.fontMetrics().elidedText(self.text(), end, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, shown)

    def _track_size(self) -> QSize:
        return QSize(theme.scaled_sign(TRACK_WIDTH_PX), theme.scaled_sign(TRACK_HEIGHT_PX))

    def _paint_track(self, painter: QPainter, track: QRectF) -> None:
        shades = theme.current()
        on = shades.accent if self.isEnabled() else shades.text_disabled
        off = shades.outline if self.isEnabled() else shades.text_disabled
        painter.setBrush(on if self.isChecked() else shades.field)
        painter.setPen(on if self.isChecked() else off)
        radius = track.height() / 2
        edge = track.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(edge, radius - 0.5, radius - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        size = track.height() - 2 * KNOB_INSET_PX
        knob = QRectF(track.left() + KNOB_INSET_PX, track.top() + KNOB_INSET_PX, size, size)
        if self.isChecked():
            knob.moveRight(track.right() - KNOB_INSET_PX)
        painter.setBrush(shades.raised if self.isChecked() else off)
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(shades.focus, 2))
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
