"""Which part of the transcript's picture is painted again when a frame is drawn."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.chat.message_view import MessageView


def repaint(viewport: QWidget, views: Sequence[MessageView], *, top: int, shift: int) -> None:
    """Scroll the picture up by `shift` pixels and paint only what is new in it, where known.

    `views` are those on screen, the first of which begins at `top`.
    """
    height = viewport.height()
    changes = [view.take_change() for view in views]
    if any(change is not None for change in changes[:-1]) or abs(shift) >= height:
        viewport.update()
        return
    if shift:
        viewport.scroll(0, -shift)
    if changes and changes[-1] is not None:
        begin, end = changes[-1]
        top += sum(view.height for view in views[:-1])
        viewport.update(0, top + begin, viewport.width(), end - begin)
