"""The buttons that say how the play queue goes on."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.playing import Repeat
from beatra_desktop.services.playing import PlayingService
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_REPEATS: Final[Mapping[Repeat, tuple[Icon, str]]] = MappingProxyType(
    {
        Repeat.OFF: (Icon.REPEAT, QT_TRANSLATE_NOOP("QueueModes", "Repeat: off")),
        Repeat.ALL: (Icon.REPEAT, QT_TRANSLATE_NOOP("QueueModes", "Repeat: the whole queue")),
        Repeat.ONE: (Icon.REPEAT_ONE, QT_TRANSLATE_NOOP("QueueModes", "Repeat: this song")),
    }
)


class QueueModes(QWidget):
    """Shuffle, and repeat, which a click takes from off to all to one."""

    def __init__(self, playing: PlayingService, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playing = playing
        self.shuffle = IconButton(Icon.SHUFFLE, self.tr("Shuffle"))
        self.repeat = IconButton(Icon.REPEAT, "")
        self.shuffle.setCheckable(True)
        self.repeat.setCheckable(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.shuffle)
        row.addWidget(self.repeat)
        self.shuffle.clicked.connect(self._on_shuffle_clicked)
        self.repeat.clicked.connect(self._on_repeat_clicked)
        subscribe(self, playing.repeat.changed, self._show_repeat)
        subscribe(self, playing.shuffles.changed, self._show_shuffle)
        self._show_repeat(playing.repeat.value)
        self._show_shuffle(playing.shuffles.value)

    def _show_repeat(self, repeat: Repeat) -> None:
        icon, name = _REPEATS[repeat]
        self.repeat.setChecked(repeat is not Repeat.OFF)
        self.repeat.set_icon(icon)
        self.repeat.set_name(self.tr(name))

    def _show_shuffle(self, shuffles: bool) -> None:  # an observable's argument
        self.shuffle.setChecked(shuffles)

    def _on_shuffle_clicked(self) -> None:
        self._playing.set_shuffle(on=self.shuffle.isChecked())

    def _on_repeat_clicked(self) -> None:
        modes = list(Repeat)
        row = modes.index(self._playing.repeat.value)
        self._playing.set_repeat(modes[(row + 1) % len(modes)])
        self._show_repeat(self._playing.repeat.value)
