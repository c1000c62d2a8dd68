"""The ways through the window: from what one pane tells to where another one shows it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from beatra_desktop.ui.centre import Centre, Screen
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.sidebar import Sidebar
from beatra_desktop.ui.three_panes import ThreePanes

if TYPE_CHECKING:
    from beatra_desktop.ui.music.studio import Studio


class Navigation(QObject):
    """Every way ends where what was asked for can be seen: a pane that is closed is opened.

    `studio` is made when a way leads there.
    """

    def __init__(
        self,
        panes: ThreePanes,
        *,
        sidebar: Sidebar,
        centre: Centre,
        chat: ChatPane,
        studio: "Callable[[], Studio]",
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._panes, self._sidebar, self._centre = panes, sidebar, centre
        self._chat, self._studio = chat, studio

    def begin_chat(self) -> None:
        self._show_chat()
        self._chat.new_conversation()

    def show_conversation(self, conversation_id: str) -> None:
        self._show_chat()
        self._chat.show_conversation(conversation_id)

    def show_message(self, conversation_id: str, message_id: str) -> None:
        self._show_chat()
        self._chat.show_message(conversation_id, message_id)

    def show_found(self, conversation_id: str, message_id: str, words: str) -> None:
        """What a search found: a message with its words marked, or a chat where none is named."""
        if message_id:
            self.show_message(conversation_id, message_id)
            self._chat.find_bar.field.setText(words)
            self._chat.open_find()
        else:
            self.show_conversation(conversation_id)
        self._sidebar.conversations.show_current(conversation_id)

    def begin_search(self) -> None:
        if not self._panes.is_sidebar_shown:
            self._panes.show_sidebar(shown=True)
        self._sidebar.focus_search()

    def show_library(self) -> None:
        self._centre.show_screen(Screen.LIBRARY)

    def begin_song(self) -> None:
        self.show_studio()
        self._studio().focus_prompt()

    def edit_song(self, task_id: str) -> None:
        """Make another song from what one was asked for with."""
        self.show_studio()
        self._studio().edit_song(task_id)

    def follow_clip(self, clip_id: str) -> None:
        """Make a song after another one."""
        self.show_studio()
        self._studio().use_clip(clip_id)

    def follow_upload(self, upload_id: str) -> None:
        """Make a song after a file."""
        self.show_studio()
        self._studio().use_reference(upload_id)

    def show_song(self, task_id: str) -> None:
        self.show_studio()
        self._studio().show_song(task_id)

    def show_songs(self) -> None:
        self.show_studio()
        self._studio().show_queue()

    def show_uploads(self, upload_id: str = "") -> None:
        """What becomes of uploads, and of one that is named."""
        self.show_studio()
        self._studio().show_uploads(upload_id)

    def show_studio(self) -> None:
        if not self._panes.is_studio_shown:
            self._panes.show_studio(shown=True)

    def toggle_sidebar(self) -> None:
        self._panes.show_sidebar(shown=not self._panes.is_sidebar_shown)

    def toggle_studio(self) -> None:
        self._panes.show_studio(shown=not self._panes.is_studio_shown)

    def _show_chat(self) -> None:
        self._panes.put_sidebar_away()
        self._centre.show_chat()
