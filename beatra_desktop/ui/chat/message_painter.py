"""Paints one message: header, bubble, text, note and actions."""

from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QGuiApplication,
    QPainter,
    QPalette,
    QPen,
    QTextCharFormat,
    QTextCursor,
    QTextLayout,
    QTextOption,
)

from beatra_desktop.domain.chat import MessageStatus, Role
from beatra_desktop.ui import mirroring
from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.chat.decorations import NO_PEN, CodeHeader, Seen
from beatra_desktop.ui.chat.fragments import x_in_line
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.message_layout import AVATAR, STRIP_ICON, Button, StripBox
from beatra_desktop.ui.chat.message_view import Link, MessageView, Target
from beatra_desktop.ui.chat.status_text import StatusText
from beatra_desktop.ui.icons import Icon, pixmap
from beatra_desktop.ui.styling import Tone, tone_colour

_BUBBLE_RADIUS: Final = 14
_FOOTER_EDGE: Final = 4
"""What is free of words at its top and bottom; painting an answer's last line reaches into it."""
_MARK_STRENGTH: Final = 0.16
_ORIGIN: Final = QPointF()
_ICONS: Final = {
    Action.COPY: Icon.COPY,
    Action.EDIT: Icon.EDIT,
    Action.RETRY: Icon.RETRY,
    Action.REGENERATE: Icon.RETRY,
    Action.USE_AUTO: Icon.SPARKLES,
    Action.CONTINUE: Icon.CONTINUE,
    Action.KEEP: Icon.CHECK,
    Action.DETAILS: Icon.INFO,
    Action.PREVIOUS_VERSION: Icon.BACK,
    Action.NEXT_VERSION: Icon.FORWARD,
}
_TONE_ICONS: Final = {Tone.DANGER: Icon.ERROR, Tone.WARNING: Icon.WARNING}

Span = tuple[int, int]


class PaintState(Struct, frozen=True):
    """What of a message is selected, found, pointed at or just copied."""

    selected: Span | None = None
    found: tuple[Span, ...] = ()
    found_current: Span | None = None
    shows_actions: bool = False
    hovered: Target | None = None
    focused: Target | None = None
    copied_line: int | None = None
    is_copied: bool = False
    has_focus_ring: bool = False
    is_pointed_out: bool = False

    @property
    def has_marks(self) -> bool:
        return self.selected is not None or bool(self.found) or self.found_current is not None


class MessagePainter:
    def __init__(self, look: Look, status: StatusText) -> None:
        self._look = look
        self._status = status
        self._context = QAbstractTextDocumentLayout.PaintContext()
        self._context.palette.setColor(QPalette.ColorRole.Text, look.colours.text)

    def paint(
        self, painter: QPainter, view: MessageView, clip: QRectF, *, state: PaintState
    ) -> None:
        """Paint what of the message lies in `clip`; both in the row's coordinates."""
        layout = view.layout
        if state.is_pointed_out:
            self._paint_mark(painter, view)
        if layout.header is not None and layout.header.bottom() > clip.top():
            self._paint_header(painter, view, layout.header)
        if layout.bubble is not None:
            painter.setPen(NO_PEN)
            painter.setBrush(self._look.colours.accent_soft)
            radius = self._look.px(_BUBBLE_RADIUS)
            painter.drawRoundedRect(layout.bubble, radius, radius)
        if view.message.text:
            self._paint_body(painter, view, clip, state)
        if layout.strip is not None:
            self._paint_strip(painter, layout.strip)
        self._paint_footer(painter, view, clip, state)
        if state.has_focus_ring:
            self._paint_ring(painter, view)

    def _paint_header(self, painter: QPainter, view: MessageView, rect: QRectF) -> None:
        px, colours = self._look.px, self._look.colours
        painter = mirroring.within(painter, rect)
        size = px(AVATAR)
        circle = QRectF(rect.left(), rect.top(), size, size)
        is_answer = view.message.role is Role.ASSISTANT
        painter.setPen(NO_PEN)
        painter.setBrush(colours.accent_soft if is_answer else colours.hover)
        painter.drawEllipse(circle)
        colour = colours.accent if is_answer else colours.text_secondary
        name = Icon.SPARKLES if is_answer else Icon.SETTINGS
        inset = (size - px(14)) / 2
        painter.drawPixmap(
            circle.topLeft() + QPointF(inset, inset), pixmap(name, colour, size_px=px(14))
        )
        font = QFont(self._look.body)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(colours.text)
        text_rect = rect.adjusted(size + px(10), 0, 0, 0)
        if view.layout.switch is not None:
            text_rect.setRight(rect.right() - view.layout.switch.rect.width() - px(10))
        author = self._status.author(view.message)
        shown = painter.fontMetrics().elidedText(
            author, Qt.TextElideMode.ElideMiddle, int(text_rect.width())
        )
        painter.drawText(text_rect, shown, _one_line())

    def _paint_body(
        self, painter: QPainter, view: MessageView, clip: QRectF, state: PaintState
    ) -> None:
        origin = view.layout.body
        inside = clip.translated(-origin)
        painter.save()
        painter.translate(origin)
        blocks = view.decorations.blocks_in(inside)
        view.decorations.paint(painter, blocks, inside, copied_line=state.copied_line)
        self._paint_hovered(painter, state)
        shown = view.decorations.from_top_of(inside, blocks)
        if state.has_marks:
            self._draw_all(painter, view, inside, self._selections(view, state))
        else:
            for each in shown:
                layout = each.block.layout()
                layout.draw(painter, _offset(each, layout), [], inside)
        self._paint_focused(painter, view, state)
        if view.message.status is MessageStatus.STREAMING:
            self._paint_caret(painter, view)
        painter.restore()

    def _draw_all(
        self,
        painter: QPainter,
        view: MessageView,
        clip: QRectF,
        marks: list[QAbstractTextDocumentLayout.Selection],
    ) -> None:
        """What Qt draws of a document; it looks for it from two thousand pixels above."""
        context = self._context
        context.clip, context.selections = clip, marks
        view.body.document.documentLayout().draw(painter, context)

    def _selections(
        self, view: MessageView, state: PaintState
    ) -> list[QAbstractTextDocumentLayout.Selection]:
        colours = self._look.colours
        found = QColor(colours.warning)
        found.setAlphaF(0.28)
        marks = [_marked(view, span, found) for span in state.found]
        if state.found_current is not None:
            current = _marked(view, state.found_current, colours.warning)
            current.format.setForeground(colours.surface)
            marks.append(current)
        if state.selected is not None:
            marks.append(_marked(view, state.selected, colours.selection))
        return marks

    def _paint_caret(self, painter: QPainter, view: MessageView) -> None:
        block = view.body.document.lastBlock()
        layout = block.layout()
        line = layout.lineAt(layout.lineCount() - 1)
        if not line.isValid():
            return
        look, place, ascent = self._look, layout.position(), line.ascent()
        height = max(ascent, look.em * 0.9)
        left = place.x() + x_in_line(line, block.length() - 1) + look.px(3)
        top = place.y() + line.y() + ascent - height + 1
        painter.setPen(NO_PEN)
        painter.setBrush(look.colours.accent)
        painter.drawRoundedRect(QRectF(left, top, look.px(7), height), 2, 2)

    def _paint_hovered(self, painter: QPainter, state: PaintState) -> None:
        """The ground behind a copy sign that is pointed at."""
        if isinstance(state.hovered, CodeHeader):
            painter.setPen(NO_PEN)
            painter.setBrush(self._look.colours.hover)
            painter.drawRoundedRect(_sign_rect(state.hovered), 6, 6)

    def _paint_focused(self, painter: QPainter, view: MessageView, state: PaintState) -> None:
        """The frame around a link or copy sign that has the focus."""
        if isinstance(state.focused, CodeHeader):
            rect = _sign_rect(state.focused)
        elif isinstance(state.focused, Link):
            rect = self._link_rect(view, state.focused)
        else:
            return
        painter.setPen(QPen(self._look.colours.focus, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect, 6, 6)

    def _link_rect(self, view: MessageView, link: Link) -> QRectF:
        """Around the link, as far as its first line goes."""
        top = view.y_of(link.start) - view.layout.body.y()
        left, right = self._x_of(view, link.start), self._x_of(view, link.end)
        width = right - left if right > left else self._look.px(60)
        return QRectF(left - 3, top, width + 6, self._look.em * 1.5)

    def _x_of(self, view: MessageView, position: int) -> float:
        block = view.body.document.findBlock(position)
        inside = position - block.position()
        line = block.layout().lineForTextPosition(inside)
        if not line.isValid():
            return 0.0
        return view.body.place_of(block).x() + x_in_line(line, inside)

    def _paint_strip(self, painter: QPainter, box: StripBox) -> None:
        px, colours = self._look.px, self._look.colours
        strip = box.strip
        painter.setFont(self._look.body)
        if strip.tone is None:
            painter.setPen(colours.text_secondary)
            painter.drawText(box.text_rect, strip.text, _wrapped())
            return
        soft = {Tone.DANGER: colours.danger_soft, Tone.WARNING: colours.warning_soft}
        painter.setPen(NO_PEN)
        painter.setBrush(soft.get(strip.tone, colours.hover))
        painter.drawRoundedRect(box.rect, px(10), px(10))
        shade = tone_colour(strip.tone, colours)
        colour = colours.text_secondary if strip.tone is Tone.NEUTRAL else shade
        name = _TONE_ICONS.get(strip.tone, Icon.INFO)
        first = box.title_rect if strip.title else box.text_rect
        place = QPointF(box.rect.left() + px(12), first.top() + 1)
        mirroring.within(painter, box.rect).drawPixmap(
            place, pixmap(name, colour, size_px=px(STRIP_ICON))
        )
        painter.setPen(colours.text)
        painter.drawText(box.text_rect, strip.text, _wrapped())
        if strip.title:
            font = QFont(self._look.body)
            font.setWeight(QFont.Weight.DemiBold)
            painter.setFont(font)
            painter.drawText(box.title_rect, strip.title, _wrapped())

    def _paint_footer(
        self, painter: QPainter, view: MessageView, clip: QRectF, state: PaintState
    ) -> None:
        layout, colours = view.layout, self._look.colours
        is_prompt = layout.bubble is not None
        has_text = layout.footer_text and (state.shows_actions or not is_prompt)
        if has_text and self._reaches_words(clip, layout.footer):
            painter.setFont(self._look.small)
            painter.setPen(colours.text_secondary)
            side = Qt.AlignmentFlag.AlignRight if is_prompt else Qt.AlignmentFlag.AlignLeft
            painter.drawText(layout.footer, layout.footer_text, _one_line(side))
        if layout.switch is not None:
            painter.setFont(self._look.small)
            painter.setPen(colours.text_secondary)
            centre = Qt.AlignmentFlag.AlignHCenter
            painter.drawText(layout.switch.text_rect, layout.switch.text, _one_line(centre))
        for button in layout.buttons:
            if button.is_lasting or state.shows_actions:
                self._paint_button(painter, button, state)

    def _reaches_words(self, clip: QRectF, footer: QRectF) -> bool:
        edge = self._look.px(_FOOTER_EDGE)
        return clip.bottom() > footer.top() + edge and clip.top() < footer.bottom() - edge

    def _paint_button(self, painter: QPainter, button: Button, state: PaintState) -> None:
        px, colours = self._look.px, self._look.colours
        painter = mirroring.within(painter, button.rect)
        is_hovered = state.hovered == button
        painter.setPen(QPen(colours.outline, 1) if button.is_in_strip else NO_PEN)
        ground = colours.raised if button.is_in_strip else QColor(Qt.GlobalColor.transparent)
        painter.setBrush(colours.hover if is_hovered else ground)
        rect = button.rect.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(rect, px(6), px(6))
        if state.focused == button:
            painter.setPen(QPen(colours.focus, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, px(6), px(6))
        is_copied = button.action is Action.COPY and state.is_copied
        name = Icon.CHECK if is_copied else _ICONS[button.action]
        colour = self._button_colour(button, state, is_copied=is_copied)
        left = rect.left() + px(8) if button.has_label else rect.center().x() - px(7)
        place = QPointF(left, rect.center().y() - px(7))
        painter.drawPixmap(place, pixmap(name, colour, size_px=px(14)))
        if button.has_label:
            painter.setFont(self._look.small)
            painter.setPen(colour)
            label = self._status.copied() if is_copied else button.label
            painter.drawText(rect.adjusted(px(28), 0, px(20), 0), label, _one_line())

    def _button_colour(self, button: Button, state: PaintState, *, is_copied: bool) -> QColor:
        colours = self._look.colours
        if not button.is_enabled:
            return colours.text_disabled
        if is_copied:
            return colours.success
        is_strong = button.is_in_strip or state.hovered == button
        return colours.text if is_strong else colours.text_secondary

    def _paint_mark(self, painter: QPainter, view: MessageView) -> None:
        """The ground of a message that was looked for."""
        px = self._look.px
        top = view.layout.bubble or view.layout.header
        if top is None:
            return
        rect = QRectF(-px(14), top.top() - px(8), 0, 0)
        rect.setRight(view.maker.width + px(14))
        rect.setBottom(view.layout.footer.bottom())
        ground = QColor(self._look.colours.warning)
        ground.setAlphaF(_MARK_STRENGTH)
        painter.setPen(NO_PEN)
        painter.setBrush(ground)
        painter.drawRoundedRect(rect, px(10), px(10))

    def _paint_ring(self, painter: QPainter, view: MessageView) -> None:
        top = view.layout.bubble or view.layout.header
        if top is None:
            return
        bar = QRectF(-self._look.px(14), top.top(), self._look.px(3), 0)
        bar.setBottom(view.layout.footer.top())
        painter = mirroring.within(painter, QRectF(0, 0, view.maker.width, 1))
        painter.setPen(NO_PEN)
        painter.setBrush(self._look.colours.accent)
        painter.drawRoundedRect(bar, 1.5, 1.5)


def _offset(seen: Seen, layout: QTextLayout) -> QPointF:
    """Where the coordinates of a block's layout begin: in a table they are its cell's."""
    return seen.rect.topLeft() - layout.position() if seen.is_cell else _ORIGIN


def _sign_rect(header: CodeHeader) -> QRectF:
    return header.copy_rect.adjusted(-2, 5, -6, -5)


def _marked(view: MessageView, span: Span, colour: QColor) -> QAbstractTextDocumentLayout.Selection:
    made = QAbstractTextDocumentLayout.Selection()
    cursor = QTextCursor(view.body.document)
    cursor.setPosition(min(span[0], view.length))
    cursor.setPosition(min(span[1], view.length), QTextCursor.MoveMode.KeepAnchor)
    made.cursor = cursor
    ground = QTextCharFormat()
    ground.setBackground(colour)
    made.format = ground
    return made


def _one_line(side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> QTextOption:
    option = QTextOption(side | Qt.AlignmentFlag.AlignVCenter)
    option.setTextDirection(QGuiApplication.layoutDirection())
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    return option


def _wrapped() -> QTextOption:
    option = QTextOption(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    return option
