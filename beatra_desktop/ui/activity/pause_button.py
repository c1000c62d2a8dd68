"""Pauses everything new, and goes on with it."""

from PySide6.QtWidgets import QWidget

from beatra_desktop.services.traffic import Traffic
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.subscriptions import subscribe


class PauseButton(Button):
    def __init__(self, traffic: Traffic, *, parent: QWidget | None = None) -> None:
        super().__init__("", icon=Icon.PAUSE, parent=parent)
        self._traffic = traffic
        self.clicked.connect(self._on_clicked)
        subscribe(self, traffic.is_paused.changed, self._refresh)
        self._refresh()

    def _refresh(self, _is_paused: object = None) -> None:
        is_paused = self._traffic.is_paused.value
        words = self.tr("Resume all") if is_paused else self.tr("Pause all")
        what = self.tr("Nothing new leaves this computer until you resume; what runs goes on.")
        self.set_icon(Icon.PLAY if is_paused else Icon.PAUSE)
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip("" if is_paused else what)

    def _on_clicked(self) -> None:
        if self._traffic.is_paused.value:
            self._traffic.resume_all()
        else:
            self._traffic.pause_all()
