"""A share from 0 to 1 that may also be left to the service."""

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QWidget

from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone, set_style

STEPS: Final = 100
VALUE_PX: Final = 40
HANDLE_PX: Final = 20
"""Room for the whole handle and its focus ring."""


class WeightField(QWidget):
    """`changed` when the user moves the slider, in steps of 0.01, or gives the choice back."""

    changed = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._words = Text(tone=Tone.SECONDARY, size="small")
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(name)
        self.slider.setRange(0, STEPS)
        self.slider.setMinimumHeight(HANDLE_PX)
        self.reset = IconButton(
            Icon.UNDO, self.tr("Leave it to the service: {name}").format(name=name)
        )
        keeping = self.reset.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keeping)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(0)
        grid.addWidget(Text(name, size="small"), 0, 0)
        grid.addWidget(self._words, 0, 1)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(self.reset, 0, 2, 2, 1)
        self.slider.valueChanged.connect(self._on_moved)
        self.reset.clicked.connect(self._on_reset_clicked)
        self.set_value(None)

    @property
    def value(self) -> float | None:
        """None while the choice is the service's."""
        return self._value

    def set_value(self, value: float | None) -> None:
        self._value = value
        with QSignalBlocker(self.slider):
            self.slider.setValue(round((0.5 if value is None else value) * STEPS))
        words = self.tr("Auto") if value is None else format.decimal(value, digits=2)
        self._words.setText(words)
        self.slider.setAccessibleDescription(words)
        set_style(self.slider, "unset", "true" if value is None else "false")
        self.reset.setVisible(value is not None)

    def _on_moved(self, position: int) -> None:
        self.set_value(position / STEPS)
        self.changed.emit()

    def _on_reset_clicked(self) -> None:
        self.set_value(None)
        self.changed.emit()

    def _fit(self) -> None:
        self._words.setMinimumWidth(theme.scaled(VALUE_PX))
