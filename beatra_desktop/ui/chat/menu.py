"""The transcript's context menu."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QMenu

from beatra_desktop.ui.chat.actions import Action
from beatra_desktop.ui.chat.clipboard import Form
from beatra_desktop.ui.chat.message_layout import Button
from beatra_desktop.ui.chat.message_view import Link, MessageView

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.transcript import Transcript

_KEYS: Final = {
    Action.EDIT: "F2",
    Action.PREVIOUS_VERSION: "Alt+Left",
    Action.NEXT_VERSION: "Alt+Right",
}
"""Shown beside the command; the transcript itself listens to them."""


def context_menu(transcript: "Transcript", place: QPoint) -> QMenu:
    """What can be done with the text, link or message at a place of the viewport."""
    menu = QMenu(transcript)
    found = transcript.view_at(place)
    keys = QKeySequence.StandardKey.Copy
    copy = menu.addAction(_tr("Copy"), keys, partial(transcript.copy, Form.ANY))
    copy_as = _add_forms(menu, transcript, _tr("Copy as"), transcript.copy)
    for each in (copy, copy_as.menuAction()):
        each.setEnabled(not transcript.selection.is_empty)
    if found is not None:
        view, inside = found
        _add_link_actions(menu, transcript, view.target_at(inside))
        menu.addSeparator()
        _add_message_actions(menu, transcript, view)
    return menu


def _add_forms(
    menu: QMenu, transcript: "Transcript", title: str, copy: Callable[[Form], None]
) -> QMenu:
    forms = {
        Form.MARKDOWN: _tr("Markdown"),
        Form.RICH: _tr("Rich text"),
        Form.PLAIN: _tr("Plain text"),
    }
    choices = menu.addMenu(title)
    for form, name in forms.items():
        choices.addAction(name, partial(copy, form))
    return choices


def _add_link_actions(menu: QMenu, transcript: "Transcript", target: object) -> None:
    if isinstance(target, Link):
        href = target.href
        menu.addAction(_tr("Open link"), lambda: transcript.link_activated.emit(href))
        menu.addAction(_tr("Copy link"), lambda: QGuiApplication.clipboard().setText(href))


def _add_message_actions(menu: QMenu, transcript: "Transcript", view: MessageView) -> None:
    message_id = view.message.id
    menu.addAction(_tr("Copy message"), lambda: transcript.copy_message(message_id))
    title = _tr("Copy message as")
    _add_forms(menu, transcript, title, partial(transcript.copy_message, message_id))
    menu.addAction(_tr("Select message"), lambda: transcript.select_message(message_id))
    menu.addSeparator()
    for button in view.layout.buttons:
        if button.action is not Action.COPY:
            _add_button(menu, transcript, message_id, button)


def _add_button(menu: QMenu, transcript: "Transcript", message_id: str, button: Button) -> None:
    """What a button of the message does."""
    command = menu.addAction(button.label, lambda: transcript.act(message_id, button.action))
    command.setEnabled(button.is_enabled)
    if button.action in _KEYS:
        command.setShortcut(QKeySequence(_KEYS[button.action]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("transcript_menu", text)
