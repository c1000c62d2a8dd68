"""Quiet bars at the top of the window for what belongs to no other place."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel
from beatra_desktop.services.notices import Notices
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.error_text import ErrorAction
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.notice_text import describe_notice
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe

SHOWN: Final = 3
INFO_STAYS_MS: Final = 12_000
_LOOKS: Final = {
    NoticeLevel.INFO: (Icon.INFO, Tone.ACCENT),
    NoticeLevel.WARNING: (Icon.WARNING, Tone.WARNING),
    NoticeLevel.ERROR: (Icon.ERROR, Tone.DANGER),
}


_STAYING: Final = (NoticeCode.UPDATE_AVAILABLE,)
"""Informs too, but is told once and can wait."""


class NoticeRow(Pane):
    """One notice; an informing one goes by itself, but not while the pointer is on it."""

    action_requested = Signal(str)
    dismissed = Signal()

    def __init__(self, notice: Notice, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.RAISED, horizontal=True, margin_px=theme.GRID, parent=parent)
        self.notice = notice
        words = describe_notice(notice)
        icon, tone = _LOOKS[notice.level]
        self.setAccessibleName(words.title or words.sentence)
        self.add(IconLabel(icon, "", tone=tone))
        self.box.addLayout(_words(words.title, words.sentence), stretch=1)
        self._add_buttons(words.action, words.action_label)
        goes = notice.level is NoticeLevel.INFO and notice.code not in _STAYING
        self.stays_ms = INFO_STAYS_MS if goes else None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self.dismissed)
        self._wait()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._wait()

    def _wait(self) -> None:
        if self.stays_ms is not None:
            self._timer.start(self.stays_ms)

    def _add_buttons(self, action: ErrorAction, label: str) -> None:
        if action not in (ErrorAction.NONE, ErrorAction.SHOW_DETAILS, ErrorAction.RETRY):
            button = Button(label, variant=Variant.LINK)
            button.clicked.connect(lambda: self.action_requested.emit(action.value))
            self.add(button)
        if self.notice.failure is not None:
            details = Button(self.tr("Details"), variant=Variant.LINK)
            details.clicked.connect(
                lambda: self.action_requested.emit(ErrorAction.SHOW_DETAILS.value)
            )
            self.add(details)
        close = IconButton(Icon.CLOSE, self.tr("Dismiss"))
        close.clicked.connect(self.dismissed)
        self.add(close)


class NoticeBar(QWidget):
    """The newest notices, one below the other; takes no room while there are none."""

    action_requested = Signal(object, str)
    """The notice, and the value of the `ErrorAction` its button stands for."""

    def __init__(self, notices: Notices, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._rows: dict[str, NoticeRow] = {}
        self._more = Text(tone=Tone.SECONDARY, size="small")
        self._more.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.GRID, theme.GRID, theme.GRID, 0)
        self._column.setSpacing(theme.GRID // 2)
        self._column.addWidget(self._more)
        for signal in (notices.notices.inserted, notices.notices.removed, notices.notices.reset):
            subscribe(self, signal, self._refresh)
        self._refresh()

    @property
    def rows(self) -> list[NoticeRow]:
        """The rows on show, the oldest first."""
        return list(self._rows.values())

    def _refresh(self, *_rows: int) -> None:
        wanted = list(self._notices.notices)[-SHOWN:]
        for notice_id in set(self._rows) - {notice.id for notice in wanted}:
            row = self._rows.pop(notice_id)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, notice in enumerate(wanted):
            if notice.id not in self._rows:
                self._add(notice, place)
        hidden = len(self._notices.notices) - len(wanted)
        self._more.setText(self.tr("%n more", "", hidden) if hidden else "")
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(wanted))

    def _add(self, notice: Notice, place: int) -> None:
        row = NoticeRow(notice)
        row.action_requested.connect(lambda action: self._on_action_requested(notice, action))
        row.dismissed.connect(lambda: self._notices.dismiss(notice.id))
        self._rows[notice.id] = row
        self._column.insertWidget(place, row)

    def _on_action_requested(self, notice: Notice, action: str) -> None:
        self.action_requested.emit(notice, action)
        if action != ErrorAction.SHOW_DETAILS.value:
            self._notices.dismiss(notice.id)


def _words(title: str, sentence: str) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    if title:
        column.addWidget(Text(title, weight="strong"))
    column.addWidget(Text(sentence, tone=Tone.SECONDARY if title else Tone.NEUTRAL))
    return column
