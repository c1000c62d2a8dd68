"""The transcript's context menu."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from beatra_desktop.ui.chat.message_view import Link, MessageView

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.transcript import Transcript


def context_menu(transcript: "Transcript", place: QPoint) -> QMenu:
    """What can be done with the text, link or message at a place of the viewport."""
    menu = QMenu(transcript)
    found = transcript.view_at(place)
    copy = menu.addAction(transcript.tr("Copy"), QKeySequence.StandardKey.Copy, transcript.copy)
    copy.setEnabled(not transcript.selection.is_empty)
    if found is not None:
        view, inside = found
        _add_link_action(menu, transcript, view.target_at(inside))
        _add_message_actions(menu, transcript, view)
    return menu


def _add_link_action(menu: QMenu, transcript: "Transcript", target: object) -> None:
    if isinstance(target, Link):
        href = target.href
        menu.addAction(
            transcript.tr("Copy link"), lambda: QGuiApplication.clipboard().setText(href)
        )


def _add_message_actions(menu: QMenu, transcript: "Transcript", view: MessageView) -> None:
    message_id = view.message.id
    menu.addAction(transcript.tr("Copy message"), lambda: transcript.copy_message(message_id))
    menu.addSeparator()
    menu.addAction(transcript.tr("Select message"), lambda: transcript.select_message(message_id))
