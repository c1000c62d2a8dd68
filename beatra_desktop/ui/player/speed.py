"""How fast the player plays, remembered."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.styling import Variant

SPEEDS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_STATE: Final = "speed"


class SpeedButton(Button):
    """Shows the speed and opens a menu of others; `changed(factor)`."""

    changed = Signal(float)

    def __init__(self, settings: SettingsService, *, parent: QWidget | None = None) -> None:
        super().__init__("", variant=Variant.GHOST, parent=parent)
        self._settings = settings
        stored = settings.ui_state(_STATE)
        known = {_words(speed): speed for speed in SPEEDS}
        self._speed = known.get(stored, 1.0)
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Speed"))
        self._group = QActionGroup(self._menu)
        self._fill()
        self._group.triggered.connect(self._on_triggered)
        self.clicked.connect(self._open)
        self._show()

    @property
    def speed(self) -> float:
        return self._speed

    def set_speed(self, factor: float) -> None:
        """The nearest speed there is."""
        self._speed = min(SPEEDS, key=lambda speed: abs(speed - factor))
        self._settings.set_ui_state(_STATE, _words(self._speed))
        self._show()
        self.changed.emit(self._speed)

    def _fill(self) -> None:
        for speed in SPEEDS:
            action = QAction(_words(speed), self._group)
            action.setCheckable(True)
            action.setData(speed)
            self._menu.addAction(action)

    def _open(self) -> None:
        corner = self.mapToGlobal(self.rect().topLeft())
        corner.setY(corner.y() - self._menu.sizeHint().height())
        self._menu.popup(corner)

    def _show(self) -> None:
        self.setText(_words(self._speed))
        name = self.tr("Speed: {speed}").format(speed=_words(self._speed))
        self.setAccessibleName(name)
        self.setToolTip(name)
        for action in self._group.actions():
            action.setChecked(action.data() == self._speed)

    def _on_triggered(self, action: QAction) -> None:
        self.set_speed(float(action.data()))


def _words(speed: float) -> str:
    return f"{speed:g}×"
