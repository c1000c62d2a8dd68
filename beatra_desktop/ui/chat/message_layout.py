"""Where the parts of one message stand, in pixels from the left and top of its row."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QFontMetricsF

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.domain.records import replace
from beatra_desktop.ui import mirroring
from beatra_desktop.ui.chat.actions import VERSION_STEPS, Action, footer_actions
from beatra_desktop.ui.chat.formats import FormatSheet
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.status_text import StatusText, Strip
from beatra_desktop.ui.chat.versions import Switch, Versions

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
_ICON_BUTTON: Final = 28
_ARROW: Final = 24
_SWITCH_GAP: Final = 10
_MAX_TEXT_HEIGHT: Final = 4_000


class Button(Struct, frozen=True):
    """Without `has_label` only its icon is shown; one that is not enabled can't be pressed."""

    action: Action
    label: str
    rect: QRectF
    is_in_strip: bool = False
    has_label: bool = True
    is_enabled: bool = True

    @property
    def is_lasting(self) -> bool:
        """Whether it is shown also while the message is not pointed at."""
        return self.is_in_strip or self.action in VERSION_STEPS


class StripBox(Struct, frozen=True):
    strip: Strip
    rect: QRectF
    title_rect: QRectF
    text_rect: QRectF


class MessageLayout(Struct, frozen=True):
    height: int
    header: QRectF | None
    bubble: QRectF | None
    body: QPointF
    strip: StripBox | None
    footer: QRectF
    footer_text: str
    buttons: tuple[Button, ...]
    switch: Switch | None = None

    def moved_below_text(self, pixels: float) -> "MessageLayout":
        """The same with a longer text, of a message with no buttons below that."""
        footer = self.footer.translated(0, pixels)
        return replace(self, footer=footer, height=math.ceil(footer.bottom()))

    def moves_only_below(self, before: "MessageLayout") -> bool:
        """True when only the height differs, because the text became longer."""
        return (
            (self.header, self.bubble, self.body) == (before.header, before.bubble, before.body)
            and (self.strip is None and before.strip is None)
            and (self.footer_text, self.switch) == (before.footer_text, before.switch)
            and len(self.buttons) == len(before.buttons)
        )


class LayoutMaker:
    """Lays out messages in a column of one width."""

    def __init__(self, look: Look, status: StatusText, width: int) -> None:
        self.look = look
        self.width = width
        self._status = status
        self._half_leading = FormatSheet(look).half_leading(is_code=False)
        self._small = QFontMetricsF(look.small)

    def estimates(self, messages: Iterable[Message]) -> Iterator[int]:
        """Guesses of heights from the lengths alone, quick for many messages."""
        per_line = max(10.0, self.width / (self.look.em * 0.5))
        line = self.look.em * 1.6
        fixed = self.look.px(_ABOVE + AVATAR + _HEADER_GAP + _FOOTER) + line
        factor = 1.35 * line / per_line
        return (int(fixed + factor * len(message.text)) for message in messages)

    def lay_out(self, message: Message, document: MessageDocument) -> MessageLayout:
        is_prompt = message.role is Role.USER
        made = (self._lay_out_prompt if is_prompt else self._lay_out_answer)(message, document)
        if not mirroring.is_mirrored():
            return made
        return _turned(made, self.width, body_px=document.document.textWidth())

    def versions(self, message: Message) -> Versions | None:
        return self._status.versions(message)

    def with_offers(self, layout: MessageLayout) -> MessageLayout:
        """The same layout with buttons that say what can be done now."""
        buttons = (
            button
            if button.action in VERSION_STEPS
            else replace(button, is_enabled=self._status.offers(button.action))
            for button in layout.buttons
        )
        return replace(layout, buttons=tuple(buttons))

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
        switch, arrows = self._switch(message, footer.adjusted(0, px(2), 0, -px(2)))
        if switch is not None:
            footer.setRight(switch.rect.left() - px(_SWITCH_GAP))
        text = self._status.footer(message)
        buttons = self._footer_buttons(footer, text, footer_actions(message), is_right=True)
        return MessageLayout(
            height=math.ceil(footer.bottom()),
            header=None,
            bubble=bubble,
            body=body,
            strip=None,
            footer=footer,
            footer_text=text,
            buttons=buttons + arrows,
            switch=switch,
        )

    def _lay_out_answer(self, message: Message, document: MessageDocument) -> MessageLayout:
        px = self.look.px
        document.set_width(self.width)
        header = QRectF(0, px(_ABOVE), self.width, px(AVATAR))
        switch, arrows = self._switch(message, header)
        body = QPointF(0, header.bottom() + px(_HEADER_GAP))
        bottom = body.y() + (math.ceil(document.height) if message.text else 0)
        strip, buttons = self._strip(message, bottom)
        if strip is not None:
            bottom = strip.rect.bottom()
        footer = QRectF(0, bottom, self.width, px(_FOOTER))
        text = self._status.footer(message)
        actions = [each for each in footer_actions(message) if each not in _actions_of(strip)]
        buttons += self._footer_buttons(footer, text, actions, is_right=False)
        return MessageLayout(
            height=math.ceil(footer.bottom()),
            header=header,
            bubble=None,
            body=body,
            strip=strip,
            footer=footer,
            footer_text=text,
            buttons=arrows + buttons,
            switch=switch,
        )

    def _switch(self, message: Message, row: QRectF) -> tuple[Switch | None, tuple[Button, ...]]:
        """The switch between the message's versions at the right end of a row."""
        versions = self._status.versions(message)
        if versions is None:
            return None, ()
        arrow = self.look.px(_ARROW)
        words = self._width_of(f"{versions.total}/{versions.total}") + self.look.px(4)
        rect = QRectF(row.right() - words - 2 * arrow, row.top(), words + 2 * arrow, row.height())
        places = {
            Action.PREVIOUS_VERSION: rect.left(),
            Action.NEXT_VERSION: rect.right() - arrow,
        }
        buttons = tuple(
            Button(
                action,
                self._status.label(action),
                QRectF(left, row.top(), arrow, row.height()),
                has_label=False,
                is_enabled=versions.has(VERSION_STEPS[action]),
            )
            for action, left in places.items()
        )
        return Switch(versions, rect, rect.adjusted(arrow, 0, -arrow, 0)), buttons

    def _footer_buttons(
        self, footer: QRectF, text: str, actions: Sequence[Action], *, is_right: bool
    ) -> tuple[Button, ...]:
        """Beside the footer's text; without labels where there is no room for them."""
        px = self.look.px
        beside = self._width_of(text) + px(10) if text else 0
        needed = sum(self._button_width(action, has_label=True) for action in actions)
        has_label = needed <= footer.width() - beside
        width = needed if has_label else len(actions) * px(_ICON_BUTTON)
        left = footer.right() - beside - width if is_right else footer.left() + beside
        start = QPointF(left, footer.top() + px(2))
        rect = QRectF(start, QSizeF(0, px(_FOOTER - 4)))
        return self._row_of_buttons(rect, actions, has_label=has_label)

    def _row_of_buttons(
        self,
        first: QRectF,
        actions: Sequence[Action],
        *,
        is_in_strip: bool = False,
        has_label: bool = True,
    ) -> tuple[Button, ...]:
        """Buttons side by side, as high as `first` and from its left edge on."""
        made: list[Button] = []
        left = first.left()
        for action in actions:
            width = self._button_width(action, has_label=has_label)
            made.append(
                Button(
                    action,
                    self._status.label(action),
                    QRectF(left, first.top(), width, first.height()),
                    is_in_strip=is_in_strip,
                    has_label=has_label,
                    is_enabled=self._status.offers(action),
                )
            )
            left += width + (self.look.px(8) if is_in_strip else 0)
        return tuple(made)

    def _button_width(self, action: Action, *, has_label: bool) -> float:
        px = self.look.px
        if not has_label:
            return px(_ICON_BUTTON)
        label = self._status.label(action)
        return self._width_of(label) + px(_ICON_SPACE) + 2 * px(_BUTTON_PADDING) - px(8)

    def _width_of(self, text: str) -> float:
        return math.ceil(self._small.horizontalAdvance(text))

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
        first = QRectF(left, text.bottom() + px(10), 0, px(_BUTTON_HEIGHT))
        buttons = self._row_of_buttons(first, strip.actions, is_in_strip=True)
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


def _turned(made: MessageLayout, width: int, *, body_px: float) -> MessageLayout:
    """The same parts in a mirror; the text keeps its own direction."""

    def turned(rect: QRectF) -> QRectF:
        return QRectF(width - rect.right(), rect.top(), rect.width(), rect.height())

    box, switch = made.strip, made.switch
    return replace(
        made,
        header=made.header and turned(made.header),
        bubble=made.bubble and turned(made.bubble),
        body=QPointF(width - made.body.x() - body_px, made.body.y()),
        strip=box
        and replace(
            box,
            rect=turned(box.rect),
            title_rect=turned(box.title_rect),
            text_rect=turned(box.text_rect),
        ),
        footer=turned(made.footer),
        buttons=tuple(replace(button, rect=turned(button.rect)) for button in made.buttons),
        switch=switch
        and replace(switch, rect=turned(switch.rect), text_rect=turned(switch.text_rect)),
    )


def _actions_of(box: StripBox | None) -> tuple[Action, ...]:
    return () if box is None else box.strip.actions
