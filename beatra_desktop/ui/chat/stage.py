"""The messages that have a document: those on screen and some seen lately."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Final

from beatra_desktop.domain.chat import Message
from beatra_desktop.services.highlight import CodeKey, LineRanges, highlight
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.formulas import Drawing, FormulaKey, typeset
from beatra_desktop.ui.chat.look import Look
from beatra_desktop.ui.chat.message_layout import LayoutMaker
from beatra_desktop.ui.chat.message_painter import MessagePainter
from beatra_desktop.ui.chat.message_view import MessageView
from beatra_desktop.ui.chat.status_text import StatusText
from beatra_desktop.ui.chat.typesetter import Typesetter

KEPT_CHARACTERS: Final = 80_000
"""Of all views together: some 8 MB, and more than twice what fills the tallest screen."""
VIEW_CHARACTERS: Final = 500
"""What a view costs beside its text, which takes about 95 bytes a character."""
MOST_CHARACTERS: Final = 10_000
"""What one view counts for at most.

A message longer than that is taller than the screen, so that four of them may be needed at once:
two that reach into it, and the two beyond. These and all between them must have room, or they
would push each other out and be made again in every frame.
"""

CODE_REST_SECONDS: Final = 0.4
"""From the start: to load Pygments takes turns with what fills the window, 60 ms of it."""


class Stage:
    """`on_ready` is called when a formula or the colours of some code have become known."""

    def __init__(
        self, look: Look, status: StatusText, *, width: int, on_ready: Callable[[], None]
    ) -> None:
        self._status = status
        self._on_ready = on_ready
        self._views: OrderedDict[str, MessageView] = OrderedDict()
        self._drawings: BackgroundCache[FormulaKey, Drawing] = BackgroundCache(
            typeset, self._on_drawing
        )
        self._highlights: BackgroundCache[CodeKey, LineRanges] = BackgroundCache(
            highlight, lambda _: self._on_ready(), rest_seconds=CODE_REST_SECONDS
        )
        self.set_look(look, width=width)

    def set_look(self, look: Look, *, width: int) -> None:
        self.look = look
        self.painter = MessagePainter(look, self._status)
        self._typesetter = Typesetter(look, self._drawings, self._highlights)
        self.maker = LayoutMaker(look, self._status, width)
        self._views.clear()

    def set_width(self, width: int) -> None:
        self.maker = LayoutMaker(self.look, self._status, width)

    def view(self, message: Message) -> MessageView:
        """The message's view, up to date with it and with the width."""
        view = self._views.get(message.id)
        if view is None:
            view = MessageView(message, self._typesetter, self.maker)
            self._views[message.id] = view
            self._forget_oldest()
            return view
        self._views.move_to_end(message.id)
        if view.message is not message:
            view.update(message, self.maker)
        elif view.maker is not self.maker:
            view.lay_out(self.maker)
        return view

    def shown(self, message: Message) -> MessageView:
        """The message's view as it was drawn last; text that came since waits for its frame."""
        return self._views.get(message.id) or self.view(message)

    def known(self, message_id: str) -> MessageView | None:
        return self._views.get(message_id)

    def forget(self, message_id: str) -> None:
        self._views.pop(message_id, None)

    def clear(self) -> None:
        self._views.clear()

    def close(self) -> None:
        self._drawings.close()
        self._highlights.close()

    @property
    def is_idle(self) -> bool:
        """True when nothing is being made in the background."""
        return self._drawings.is_idle and self._highlights.is_idle

    def __iter__(self) -> Iterator[MessageView]:
        return iter(list(self._views.values()))

    def _forget_oldest(self) -> None:
        surplus = sum(map(_cost, self._views.values())) - KEPT_CHARACTERS
        while surplus > 0:
            surplus -= _cost(self._views.popitem(last=False)[1])

    def _on_drawing(self, key: FormulaKey) -> None:
        for view in self:
            view.formula_ready(key, self.maker)
        self._on_ready()


def _cost(view: MessageView) -> int:
    """In characters."""
    return VIEW_CHARACTERS + min(len(view.message.text), MOST_CHARACTERS)
