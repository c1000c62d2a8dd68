"""Which part of the transcript's picture is painted again when a frame is drawn."""

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.chat.message_view import MessageView


def repaint(viewport: QWidget, views: Sequence[MessageView], *, top: int, shift: int) -> None:
    """Scroll the picture up by `shift` pixels and paint only what is new in it, where known.

    `views` are those on screen, the first of which begins at `top`.
    """
    width, height = viewport.width(), viewport.height()
    changes = [view.take_change() for view in views]
    last = changes.pop() if changes else None
    if changes.count(None) < len(changes) or abs(shift) >= height:
        viewport.update()
        return
    if last is None:
        viewport.scroll(0, -shift)
        return
    for view in views[:-1]:
        top += view.height
    stays = last.moved == shift
    if shift:
        # what stands below an answer that is followed stays; whole lines of pixels move quickest
        viewport.scroll(0, -shift, QRect(0, 0, width, top + last.rest if stays else height))
    bottom = last.bottom if stays or last.moved == 0 else views[-1].height
    viewport.update(0, top + last.top, width, bottom - last.top)
