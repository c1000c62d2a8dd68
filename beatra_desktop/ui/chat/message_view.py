"""One message that is on screen, or was a moment ago: its document and where its parts stand."""

import math
from operator import attrgetter
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextCursor

from beatra_desktop.domain.chat import Message, Role
from beatra_desktop.ui.chat.decorations import CodeHeader, Decorations
from beatra_desktop.ui.chat.formulas import FormulaKey
from beatra_desktop.ui.chat.fragments import fragments
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.message_layout import Button, LayoutMaker, MessageLayout
from beatra_desktop.ui.chat.typesetter import Typesetter
from beatra_desktop.ui.chat.versions import Versions

_beside_text: Final = attrgetter(*(name for name in Message.__struct_fields__ if name != "text"))
_SMOOTHING_PX: Final = 2
"""How far the smoothed edges of what is painted reach out of it."""


class Link(Struct, frozen=True):
    href: str
    start: int
    end: int


class Change(Struct, frozen=True):
    """From where to where a message looks different, in pixels of its row.

    What stands below its text, from `rest` on, has only moved down by `moved`, or is not the same
    if that is None.
    """

    top: int
    bottom: int
    rest: int
    moved: int | None


Target = Button | CodeHeader | Link
"""What can be pressed in a message."""


class MessageView:
    """`update` and `work` may change `height`; points are in the row's coordinates."""

    def __init__(self, message: Message, typesetter: Typesetter, maker: LayoutMaker) -> None:
        self._typesetter = typesetter
        self.message = message
        is_verbatim = message.role is not Role.ASSISTANT
        self.body = MessageDocument(typesetter, is_verbatim=is_verbatim)
        self.decorations = Decorations(self.body.document, typesetter.sheet)
        self.maker = maker
        self._has_other_parts = True
        self._moved: float | None = None
        self.body.set_width(maker.width)  # else all of it would be laid out twice
        self.body.update(message.text, is_final=not message.status.is_live)
        self.layout: MessageLayout = maker.lay_out(message, self.body)

    def update(self, message: Message, maker: LayoutMaker) -> None:
        before, self.message = self.message, message
        self.body.update(message.text, is_final=not message.status.is_live)
        if maker is not self.maker or not self._only_grows(before):
            self.lay_out(maker)
            return
        further = self.layout.body.y() + math.ceil(self.body.height) - self.layout.footer.top()
        if further:
            self.layout = self.layout.moved_below_text(further)
            self._moved = None if self._moved is None else self._moved + further

    def work(self, maker: LayoutMaker) -> bool:
        """Do one slice of unfinished work; True when there is more."""
        if not self.body.has_work:
            return False
        if self.body.advance():
            self.lay_out(maker)
        return self.body.has_work

    def formula_ready(self, key: FormulaKey, maker: LayoutMaker) -> bool:
        changed = self.body.formula_ready(key)
        if changed:
            self.lay_out(maker)
        return changed

    def lay_out(self, maker: LayoutMaker) -> None:
        self.maker = maker
        before = self.layout
        self.layout = maker.lay_out(self.message, self.body)
        self._moved = None
        if not self.layout.moves_only_below(before):
            self._has_other_parts = True

    def _only_grows(self, before: Message) -> bool:
        """Whether nothing but the text differs, of an answer that still arrives."""
        layout, message = self.layout, self.message
        if layout.strip is not None or layout.bubble is not None or not before.text:
            return False
        return message.status.is_live and _beside_text(before) == _beside_text(message)

    def refresh_offers(self) -> None:
        """Let its buttons know what can be done now; nothing moves."""
        self.layout = self.maker.with_offers(self.layout)

    def refresh_versions(self) -> None:
        """Lay it out again if a version was added."""
        if self.maker.versions(self.message) != self._versions:
            self.lay_out(self.maker)

    @property
    def _versions(self) -> Versions | None:
        return None if self.layout.switch is None else self.layout.switch.versions

    def take_change(self) -> Change | None:
        """What looks different since last asked."""
        has_other_parts, moved = self._has_other_parts, self._moved
        self._has_other_parts, self._moved = False, 0.0
        top = self.layout.body.y() + self.body.take_changed_top() - _SMOOTHING_PX
        if has_other_parts:
            return Change(0, self.height, self.height, None)
        if top >= self.height:
            return None
        rest = self.layout.footer.top()
        # what stands around the text reaches half its extra height below it
        below = math.ceil(rest + self._typesetter.sheet.half_leading(is_code=False))
        if moved is None:
            return Change(int(top), self.height, int(rest), None)
        return Change(int(top), below, int(rest), int(moved))

    @property
    def height(self) -> int:
        return self.layout.height

    @property
    def buttons(self) -> list[Button]:
        """Those that can be pressed."""
        return [button for button in self.layout.buttons if button.is_enabled]

    def target_at(self, point: QPointF) -> Target | None:
        for button in self.buttons:
            if button.rect.contains(point):
                return button
        inside = point - self.layout.body
        for header in self.decorations.code_headers(QRectF(inside, inside)):
            if header.copy_rect.contains(inside):
                return header
        href = self.body.document.documentLayout().anchorAt(inside)
        return Link(href, -1, -1) if href else None

    def is_text_at(self, point: QPointF) -> bool:
        hit = self.body.document.documentLayout().hitTest(
            point - self.layout.body, Qt.HitTestAccuracy.ExactHit
        )
        return hit >= 0

    def position_at(self, point: QPointF) -> int:
        """The place in the text nearest to the point."""
        inside = point - self.layout.body
        if inside.y() < 0:
            return 0
        if inside.y() > self.body.height:
            return self.length
        return self.body.document.documentLayout().hitTest(inside, Qt.HitTestAccuracy.FuzzyHit)

    def y_of(self, position: int) -> float:
        """The top of the line that holds a place in the text."""
        block = self.body.document.findBlock(min(position, self.length))
        line = block.layout().lineForTextPosition(max(0, position - block.position()))
        inside = self.body.place_of(block).y() + (line.y() if line.isValid() else 0.0)
        return self.layout.body.y() + inside

    @property
    def length(self) -> int:
        return self.body.document.characterCount() - 1

    def word_at(self, position: int) -> tuple[int, int]:
        cursor = QTextCursor(self.body.document)
        cursor.setPosition(min(position, self.length))
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        return cursor.selectionStart(), cursor.selectionEnd()

    def targets(self) -> list[Target]:
        """Everything that can be pressed, in reading order."""
        whole = QRectF(0, 0, 1, self.body.height)
        headers = list(self.decorations.code_headers(whole))
        found: list[tuple[int, Target]] = [(self._line_position(h), h) for h in headers]
        found += [(link.start, link) for link in self._links()]
        inside = [target for _, target in sorted(found, key=lambda each: each[0])]
        top = self.layout.body.y()
        above = [button for button in self.buttons if button.rect.top() < top]
        below = [button for button in self.buttons if button.rect.top() >= top]
        return [*above, *inside, *below]

    def _line_position(self, header: CodeHeader) -> int:
        return self.body.document.findBlockByNumber(header.first_line).position()

    def _links(self) -> list[Link]:
        links: list[Link] = []
        block = self.body.document.begin()
        while block.isValid():
            for fragment in fragments(block):
                if href := fragment.charFormat().anchorHref():
                    start = fragment.position()
                    _add_link(links, Link(href, start, start + fragment.length()))
            block = block.next()
        return links


def _add_link(links: list[Link], link: Link) -> None:
    """Join the pieces of one link that differ in style."""
    last = links[-1] if links else None
    if last is not None and last.href == link.href and last.end == link.start:
        links[-1] = Link(link.href, last.start, link.end)
    else:
        links.append(link)
