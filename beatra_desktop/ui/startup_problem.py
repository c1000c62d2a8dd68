"""What keeps the app from starting, in a window of its own, and the ways out of it."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QPushButton

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.ui import format

_SELECTABLE: Final = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class WayOut(StrEnum):
    """What a user can do about it."""

    QUIT = "quit"
    TRY_AGAIN = "try_again"
    RECOVER = "recover"
    RESTORE = "restore"


class StartupProblem(QMessageBox):
    """`decided(way)` once, when the user has read it; show it with `open()`.

    The first of `ways` is the default; quitting always is one. `copy_made_at` is the time of the
    copy that `RESTORE` means.
    """

    decided = Signal(object)

    def __init__(
        self, sentence: str, *, ways: Sequence[WayOut] = (), copy_made_at: datetime | None = None
    ) -> None:
        super().__init__()
        self._when = "" if copy_made_at is None else format.day_and_time(copy_made_at, utc_now())
        self.setWindowTitle(self.tr("Beatra Desktop can't start"))
        self.setIcon(QMessageBox.Icon.Warning)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(_SELECTABLE)
        self.setText(sentence)
        if WayOut.RECOVER in ways:
            self.setInformativeText(self._what_mending_does())
        roles = QMessageBox.ButtonRole
        self._buttons: dict[QPushButton, WayOut] = {}
        for way in (*ways, WayOut.QUIT):
            role = roles.RejectRole if way is WayOut.QUIT else roles.AcceptRole
            self._buttons[self.addButton(self._verb(way), role)] = way
        self.setDefaultButton(next(iter(self._buttons)))
        self.finished.connect(self._on_finished)

    def _what_mending_does(self) -> str:
        if not self._when:
            return self.tr(
                "What can be read of it is saved into a new file. There is no copy to fill gaps "
                "from. The damaged file is kept."
            )
        return self.tr(
            "Saving what can be read keeps what is new, and fills gaps from the copy of {when}. "
            "Going back to the copy brings everything back as it was then. The damaged file is "
            "kept either way."
        ).format(when=self._when)

    def _verb(self, way: WayOut) -> str:
        match way:
            case WayOut.TRY_AGAIN:
                return self.tr("Try again")
            case WayOut.RECOVER:
                return self.tr("Save what can be read")
            case WayOut.RESTORE:
                return self.tr("Go back to the copy of {when}").format(when=self._when)
            case WayOut.QUIT:
                return self.tr("Quit")

    def _on_finished(self) -> None:
        self.finished.disconnect(self._on_finished)  # closing a window again is no new decision
        clicked = self.clickedButton()
        way = next((way for button, way in self._buttons.items() if button is clicked), WayOut.QUIT)
        self.decided.emit(way)


class MendingProgress(QProgressDialog):
    """Shown while a large file is mended; it can't be broken off."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(self.tr("Beatra Desktop"))
        self.setLabelText(self.tr("Mending the app's data…"))
        self.setRange(0, 0)
        self.setCancelButton(None)
        self.setMinimumDuration(0)
