"""Which part of a conversation is being read, independent of widths and heights."""

from msgspec import Struct
from PySide6.QtCore import QPointF

from beatra_desktop.ui.chat.message_view import MessageView


class Place(Struct, frozen=True):
    """`offset` pixels below the line that holds `position`, or below the message's top."""

    message_id: str
    position: int | None
    offset: int
    is_following: bool


def place_in(view: MessageView, offset: int, *, is_following: bool) -> Place:
    """The place `offset` pixels below the top of a message."""
    body_top = view.layout.body.y()
    if not body_top <= offset <= body_top + view.body.height:
        return Place(view.message.id, None, offset, is_following)
    position = view.position_at(QPointF(view.layout.body.x(), offset))
    inside = offset - round(view.y_of(position))
    return Place(view.message.id, position, inside, is_following)


def offset_of(place: Place, view: MessageView) -> int:
    """Where the place is now, in pixels below the message's top."""
    if place.position is None:
        return place.offset
    return round(view.y_of(place.position)) + place.offset
