"""Technical details for whoever asks for help: ids, times, what the service said."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.chat import Message, MessageStatus, Usage
from beatra_desktop.domain.failures import Failure
from beatra_desktop.ui import dialog_size, format, theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel, Text
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground, Tone, Variant

WIDTH_PX: Final = 440


class Detail(Struct, frozen=True):
    """`label` is for people; `value` is copied as it is."""

    label: str
    value: str


class DetailsPopover(QWidget):
    """A small window beside what was asked about; a click elsewhere or Esc closes it."""

    def __init__(self, details: Sequence[Detail], *, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(self.tr("Technical details"))
        self.setFixedWidth(dialog_size.width_px(self, WIDTH_PX))
        self._details = tuple(details)
        pane = Pane(Ground.RAISED)
        pane.add(self._header(), self._grid())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pane)

    @property
    def report(self) -> str:
        """All details as lines of text; they hold no secrets (contract §2)."""
        return "\n".join(f"{detail.label}: {detail.value}" for detail in self._details)

    def popup(self, position: QPoint) -> None:
        """Show it at a place on the screen, moved to where it fits."""
        self.adjustSize()
        screen = QGuiApplication.screenAt(position) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        x = max(room.left(), min(position.x(), room.right() - self.width()))
        y = max(room.top(), min(position.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()

    def _header(self) -> QHBoxLayout:
        copy_all = Button(self.tr("Copy all"), variant=Variant.LINK, icon=Icon.COPY)
        copy_all.clicked.connect(lambda: _copy(self.report))
        row = QHBoxLayout()
        row.addWidget(Text(self.tr("Technical details"), weight="strong"), stretch=1)
        row.addWidget(copy_all)
        return row

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.GRID)
        grid.setColumnStretch(1, 1)
        middle = Qt.AlignmentFlag.AlignVCenter
        for row, detail in enumerate(self._details):
            value = _value(detail.value)
            label = Text(detail.label, tone=Tone.SECONDARY, size="small")
            label.setWordWrap(False)
            grid.addWidget(label, row, 0, middle)
            grid.addWidget(value, row, 1)
            grid.addWidget(self._copy_button(detail), row, 2, middle)
        return grid

    def _copy_button(self, detail: Detail) -> IconButton:
        name = self.tr("Copy {label}").format(label=detail.label)
        button = IconButton(Icon.COPY, name)
        button.clicked.connect(lambda: _copy(detail.value))
        return button


def _value(text: str) -> Text:
    """Sentences wrap; what has no blanks to wrap at, such as an id, shows both its ends."""
    if " " in text:
        value = Text(text)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return value
    return ElidedLabel(text, mode=Qt.TextElideMode.ElideMiddle)


def failure_details(failure: Failure) -> list[Detail]:
    """What is known about a failure, leaving out what is not."""
    status = str(failure.status) if failure.status is not None else ""
    return _known(
        (_tr("What"), failure.code.value),
        (_tr("About"), failure.subject),
        (_tr("Status"), status),
        (_tr("Service code"), failure.server_code),
        (_tr("Service message"), failure.server_message),
        (_tr("Field"), failure.param),
        (_tr("Request id"), failure.request_id),
        (_tr("Detail"), failure.detail),
    )


def message_details(message: Message) -> list[Detail]:
    """How an answer came (contract §2); of what the service may report also that it did not."""
    usage = message.usage or Usage()
    answered = message.model or (_unreported() if message.text else "")
    lines = _known(
        (_tr("State"), _state(message)),
        (_tr("Model asked"), message.model_asked),
        (_tr("Answered by"), answered),
        (_tr("Ended because"), message.finish_reason),
        (_tr("Tokens in"), _number(usage.prompt_tokens)),
        (_tr("Tokens out"), _number(usage.completion_tokens)),
        (_tr("Charge"), _charge(usage)),
        (_tr("Asked"), format.absolute(message.created_at)),
        (_tr("First words after"), _seconds(message.created_at, message.first_delta_at)),
        (_tr("Finished after"), _seconds(message.created_at, message.finished_at)),
        (_tr("Tokens per second"), _speed(message)),
        (_tr("Request id"), message.request_id),
        (_tr("Idempotency key"), message.idempotency_key),
    )
    return lines + (failure_details(message.failure) if message.failure else [])


def _state(message: Message) -> str:
    is_kept = message.failure is None and bool(message.text)
    return {
        MessageStatus.SENDING: _tr("Being sent"),
        MessageStatus.STREAMING: _tr("Coming in"),
        MessageStatus.COMPLETE: _tr("Complete"),
        MessageStatus.INCOMPLETE: _tr("Incomplete, kept") if is_kept else _tr("Incomplete"),
        MessageStatus.STOPPED: _tr("Stopped by you"),
        MessageStatus.FAILED: _tr("Failed"),
        MessageStatus.UNKNOWN: _tr("Not known"),
    }[message.status]


def _charge(usage: Usage) -> str:
    """The service's own figures; the dollars are for orientation only (contract §2)."""
    if usage.credits is None:
        return _unreported()
    charge = format.credits(usage.credits)
    if usage.credits_usd_reference is None:
        return charge
    reference = _tr("{charge} (about ${dollars})")
    return reference.format(charge=charge, dollars=format.localized(usage.credits_usd_reference))


def _speed(message: Message) -> str:
    """Of the time words came in; empty where not all of it is known."""
    tokens = message.usage.completion_tokens if message.usage is not None else None
    first, last = message.first_delta_at, message.finished_at
    if tokens is None or first is None or last is None or last <= first:
        return ""
    return format.decimal(tokens / (last - first).total_seconds(), digits=1)


def _known(*lines: tuple[str, str | None]) -> list[Detail]:
    return [Detail(label, value) for label, value in lines if value]


def _seconds(start: datetime, end: datetime | None) -> str:
    if end is None:
        return ""
    return _tr("{n} s").format(n=format.decimal((end - start).total_seconds(), digits=1))


def _number(number: int | None) -> str:
    return _unreported() if number is None else format.count(number)


def _unreported() -> str:
    return _tr("not reported by the service")


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("details", text)
