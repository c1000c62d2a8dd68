"""Where the parts of one message stand, in pixels from the left and top of its row."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.ui.chat.formats import FormatSheet
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.status_text import Action, StatusText, Strip

AVATAR: Final = 24
STRIP_ICON: Final = 16
_ABOVE: Final = 14
_HEADER_GAP: Final = 8
_BUBBLE_X: Final = 16
_BUBBLE_Y: Final = 10
_BUBBLE_SHARE: Final = 0.86
_FOOTER: Final = 28
_PADDING: Final = 12
_BUTTON_HEIGHT: Final = 28
_BUTTON_PADDING: Final = 12
_ICON_SPACE: Final = 22
_MAX_TEXT_HEIGHT: Final = 4_000


@dataclass(frozen=True, slots=True)
class Button:
    action: Action
    label: str
    rect: QRectF
    is_in_strip: bool


@dataclass(frozen=True, slots=True)
class StripBox:
    strip: Strip
    rect: QRectF
    title_rect: QRectF
    text_rect: QRectF


@dataclass(frozen=True, slots=True)
class MessageLayout:
    height: int
    header: QRectF | None
    bubble: QRectF | None
    body: QPointF
    strip: StripBox | None
    footer: QRectF
    footer_text: str
    buttons: tuple[Button, ...]

    def moves_only_below(self, before: "MessageLayout") -> bool:
        """True when only the height differs, because the text became longer."""
        return (
            (self.header, self.bubble, self.body) == (before.header, before.bubble, before.body)
            and (self.strip is None and before.strip is None)
            and (self.footer_text, len(self.buttons)) == (before.footer_text, len(before.buttons))
        )


class LayoutMaker:
    """Lays out messages in a column of one width."""

    def __init__(self, look: Look, status: StatusText, width: int) -> None:
        self.look = look
        self.width = width
        self._status = status
        self._half_leading = FormatSheet(look).half_leading(is_code=False)

    def estimates(self, messages: Iterable[Message]) -> list[int]:
        """Guesses of heights from the lengths alone, quick for many messages."""
        per_line = max(10.0, self.width / (self.look.em * 0.5))
        line = self.look.em * 1.6
        fixed = self.look.px(_ABOVE + AVATAR + _HEADER_GAP + _FOOTER) + line
        factor = 1.35 * line / per_line
        return [int(fixed + factor * len(message.text)) for message in messages]

    def lay_out(self, message: Message, document: MessageDocument) -> MessageLayout:
        if message.role is Role.USER:
            return self._lay_out_prompt(message, document)
        return self._lay_out_answer(message, document)

    def _lay_out_prompt(self, message: Message, document: MessageDocument) -> MessageLayout:
        px = self.look.px
        widest = int(self.width * _BUBBLE_SHARE) - 2 * px(_BUBBLE_X)
        document.set_width(widest)
        inner = min(widest, math.ceil(document.document.idealWidth()))
        document.set_width(inner)
        width = inner + 2 * px(_BUBBLE_X)
        top = px(_ABOVE)
        height = math.ceil(document.height) + 2 * px(_BUBBLE_Y)
        bubble = QRectF(self.width - width, top, width, height)
        # Qt puts a line's extra height above its text
        body_top = top + px(_BUBBLE_Y) - self._half_leading
        body = QPointF(bubble.left() + px(_BUBBLE_X), body_top)
        footer = QRectF(0, bubble.bottom(), self.width, px(_FOOTER))
        text = self._status.footer(message)
        buttons = self._footer_buttons(footer, text, (Action.COPY,), is_right=True)
        return MessageLayout(
            height=math.ceil(footer.bottom()),
            header=None,
            bubble=bubble,
            body=body,
            strip=None,
            footer=footer,
            footer_text=text,
            buttons=buttons,
        )

    def _lay_out_answer(self, message: Message, document: MessageDocument) -> MessageLayout:
        px = self.look.px
        document.set_width(self.width)
        header = QRectF(0, px(_ABOVE), self.width, px(AVATAR))
        body = QPointF(0, header.bottom() + px(_HEADER_GAP))
        bottom = body.y() + (math.ceil(document.height) if message.text else 0)
        strip, buttons = self._strip(message, bottom)
        if strip is not None:
            bottom = strip.rect.bottom()
        footer = QRectF(0, bottom, self.width, px(_FOOTER))
        text = "" if message.status.is_live else self._status.footer(message)
        buttons += self._footer_buttons(footer, text, _footer_actions(message), is_right=False)
        return MessageLayout(
            height=math.ceil(footer.bottom()),
            header=header,
            bubble=None,
            body=body,
            strip=strip,
            footer=footer,
            footer_text=text,
            buttons=buttons,
        )

    def _footer_buttons(
        self, footer: QRectF, text: str, actions: tuple[Action, ...], *, is_right: bool
    ) -> tuple[Button, ...]:
        px = self.look.px
        widths = [self._button_width(action) for action in actions]
        left = footer.left() + self._width_of(text) + px(10) if text else footer.left()
        if is_right:
            left = footer.right() - self._width_of(text) - px(10) - sum(widths)
        return self._row_of_buttons(
            QPointF(left, footer.top() + px(2)), actions, px(_FOOTER - 4), is_in_strip=False
        )

    def _row_of_buttons(
        self, start: QPointF, actions: tuple[Action, ...], height: float, *, is_in_strip: bool
    ) -> tuple[Button, ...]:
        made: list[Button] = []
        left = start.x()
        for action in actions:
            width = self._button_width(action)
            rect = QRectF(left, start.y(), width, height)
            made.append(Button(action, self._status.label(action), rect, is_in_strip))
            left += width + (self.look.px(8) if is_in_strip else 0)
        return tuple(made)

    def _button_width(self, action: Action) -> float:
        px = self.look.px
        label = self._status.label(action)
        return self._width_of(label) + px(_ICON_SPACE) + 2 * px(_BUTTON_PADDING) - px(8)

    def _width_of(self, text: str) -> float:
        return math.ceil(QFontMetricsF(self.look.small).horizontalAdvance(text))

    def _strip(self, message: Message, top: float) -> tuple[StripBox | None, tuple[Button, ...]]:
        strip = self._status.strip(message)
        if strip is None:
            return None, ()
        if strip.tone is None:
            return self._quiet_strip(strip, top), ()
        px = self.look.px
        left = px(_PADDING + STRIP_ICON + 10)
        inner = self.width - left - px(_PADDING)
        top += px(12) if message.text else 0
        title = self._text_rect(strip.title, QPointF(left, top + px(_PADDING)), inner, is_bold=True)
        gap = px(4) if strip.title else 0
        text = self._text_rect(strip.text, QPointF(left, title.bottom() + gap), inner)
        start = QPointF(left, text.bottom() + px(10))
        buttons = self._row_of_buttons(start, strip.actions, px(_BUTTON_HEIGHT), is_in_strip=True)
        bottom = buttons[0].rect.bottom() if buttons else text.bottom()
        rect = QRectF(0, top, self.width, bottom + px(_PADDING) - top)
        return StripBox(strip, rect, title, text), buttons

    def _quiet_strip(self, strip: Strip, top: float) -> StripBox:
        text = self._text_rect(strip.text, QPointF(0, top), self.width)
        return StripBox(strip, text, QRectF(text.topLeft(), text.topLeft()), text)

    def _text_rect(
        self, text: str, start: QPointF, width: float, *, is_bold: bool = False
    ) -> QRectF:
        if not text:
            return QRectF(start.x(), start.y(), width, 0)
        font = QFont(self.look.body)
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
        limits = QRect(0, 0, int(width), _MAX_TEXT_HEIGHT)
        bounds = QFontMetrics(font).boundingRect(limits, Qt.TextFlag.TextWordWrap.value, text)
        return QRectF(start.x(), start.y(), width, bounds.height())


def _footer_actions(message: Message) -> tuple[Action, ...]:
    """Actions below an answer; those its strip offers are not repeated."""
    if message.status.is_live or not message.text:
        return ()
    if message.role is Role.SYSTEM:
        return (Action.COPY,)
    return (Action.COPY, Action.RETRY, Action.DETAILS)
