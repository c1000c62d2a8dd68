"""How loud the player is, remembered."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSlider, QWidget

from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon

SLIDER_PX: Final = 80
VOLUME_PERCENT: Final = 80
VOLUME_STEP_PERCENT: Final = 5
_STATE: Final = "volume"


class VolumeControl(QWidget):
    """`changed(share)`: 0 to 1, as loudness is perceived; 0 while muted."""

    changed = Signal(float)

    def __init__(self, settings: SettingsService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.mute = IconButton(Icon.VOLUME, self.tr("Mute"))
        self.mute.setCheckable(True)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self._dress()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID // 2)
        row.addWidget(self.mute)
        row.addWidget(self.slider)
        self.slider.valueChanged.connect(self._on_moved)
        self.mute.toggled.connect(self._on_muted)

    @property
    def share(self) -> float:
        return 0.0 if self.mute.isChecked() else self.slider.value() / 100

    def set_share(self, share: float) -> None:
        """Move the slider, as the user does."""
        self.slider.setValue(round(max(0.0, min(1.0, share)) * 100))

    def show_slider(self, *, shown: bool) -> None:
        """Where there is no room, the button is enough."""
        self.slider.setVisible(shown)

    def _dress(self) -> None:
        self.slider.setRange(0, 100)
        self.slider.setSingleStep(VOLUME_STEP_PERCENT)
        self.slider.setPageStep(2 * VOLUME_STEP_PERCENT)
        self.slider.setFixedWidth(SLIDER_PX)
        self.slider.setAccessibleName(self.tr("Volume"))
        self.slider.setToolTip(self.tr("Volume"))
        stored = self._settings.ui_state(_STATE)
        self.slider.setValue(int(stored) if stored.isdecimal() else VOLUME_PERCENT)

    def _on_moved(self, value: int) -> None:
        self._settings.set_ui_state(_STATE, str(value))
        self.mute.setChecked(False)
        self.changed.emit(self.share)

    def _on_muted(self, muted: bool) -> None:  # Qt's signal
        self.mute.set_icon(Icon.VOLUME_OFF if muted else Icon.VOLUME)
        self.mute.set_name(self.tr("Unmute") if muted else self.tr("Mute"))
        self.changed.emit(self.share)
