"""The middle of the window: the conversation on show and where the next message is written."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedLayout, QWidget

from beatra_desktop.domain.catalog import Catalog
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.profiles import Connection
from beatra_desktop.domain.settings import Settings
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.composer import Composer
from beatra_desktop.ui.chat.quoting import quoted_file
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.chat.welcome import Welcome
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.find_bar import FindBar
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe

DRAFT_MS: Final = 400
COLUMN_PX: Final = 760


class ChatPane(Pane):
    """One conversation at a time; the others go on answering."""

    account_requested = Signal()
    music_requested = Signal()
    details_requested = Signal(str)
    conversation_shown = Signal(str)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, parent=parent)
        self._services = services
        self._conversation_id: ConversationId | None = None
        self._transcript = Transcript(describe=lambda failure: describe(failure, Kept.MESSAGE))
        self._find = FindBar()
        self._welcome = Welcome()
        self.composer = Composer()
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._lay_out()
        self._connect_widgets()
        self._connect_services()

    @property
    def conversation_id(self) -> str:
        return self._conversation_id or ""

    @property
    def transcript(self) -> Transcript:
        return self._transcript

    def show_conversation(self, conversation_id: str) -> None:
        """Show a conversation's branch and its draft; the old draft is stored first."""
        self._store_draft()
        self._conversation_id = ConversationId(conversation_id)
        conversation = self._services.chat.conversations.get(conversation_id)
        messages = self._services.chat.open(self._conversation_id)
        self._transcript.show_messages(messages)
        self.composer.set_text(conversation.draft if conversation else "")
        self.composer.set_model(conversation.model if conversation else "")
        self._on_answering()
        self._show_page()
        self.conversation_shown.emit(conversation_id)

    def show_message(self, conversation_id: str, message_id: str) -> None:
        """Open the conversation at one of its messages."""
        self.show_conversation(conversation_id)
        self._transcript.scroll_to(message_id)

    def new_conversation(self) -> None:
        self.show_conversation(self._services.chat.new_conversation().id)
        self.focus_composer()

    def focus_composer(self) -> None:
        self.composer.setFocus()

    def open_models(self) -> None:
        self.composer.open_models()

    def open_find(self) -> None:
        self._find.open()

    def copy_last_answer(self) -> None:
        self._transcript.copy_last_answer()

    def insert_files(self, paths: Sequence[Path]) -> None:
        """Text becomes part of the message; other files are uploaded."""
        others = []
        for path in paths:
            quoted = quoted_file(path)
            if quoted is None:
                others.append(path)
            else:
                self.composer.insert(quoted)
        if others:
            self._services.uploads.add(others, purpose=Purpose.MEDIA_INPUT)

    def choose_files(self) -> None:
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.insert_files([Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _lay_out(self) -> None:
        self._pages = QStackedLayout()
        self._pages.addWidget(self._welcome)
        self._pages.addWidget(self._transcript)
        self.composer.setMaximumWidth(COLUMN_PX + 2 * theme.GRID)
        row = QHBoxLayout()
        row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 2 * theme.GRID)
        row.addStretch(1)
        row.addWidget(self.composer, stretch=100)
        row.addStretch(1)
        self.add(self._find)
        self.box.addLayout(self._pages, stretch=1)
        self.box.addLayout(row)

    def _connect_widgets(self) -> None:
        self._draft_timer.timeout.connect(self._store_draft)
        self.composer.submitted.connect(self._on_submitted)
        self.composer.stop_requested.connect(self._on_stop_requested)
        self.composer.edited.connect(lambda _: self._draft_timer.start())
        self.composer.attach_requested.connect(self.choose_files)
        self.composer.files_given.connect(self.insert_files)
        self.composer.model_picked.connect(self._on_model_picked)
        self._welcome.prompt_chosen.connect(self._on_submitted)
        self._welcome.music_requested.connect(self.music_requested)
        self._welcome.files_requested.connect(self.choose_files)
        self._welcome.account_requested.connect(self.account_requested)
        self._connect_find()
        chat = self._services.chat
        transcript = self._transcript
        transcript.retry_requested.connect(lambda i: chat.retry(MessageId(i)))
        transcript.continue_requested.connect(lambda i: chat.continue_answer(MessageId(i)))
        transcript.keep_requested.connect(lambda i: chat.keep(MessageId(i)))
        transcript.details_requested.connect(self.details_requested)
        transcript.link_activated.connect(lambda url: QDesktopServices.openUrl(QUrl(url)))

    def _connect_find(self) -> None:
        find, transcript = self._find, self._transcript
        find.text_changed.connect(transcript.find_text)
        find.next_requested.connect(transcript.find_next)
        find.previous_requested.connect(transcript.find_previous)
        find.closed.connect(transcript.clear_find)
        find.closed.connect(self.focus_composer)
        transcript.find_changed.connect(find.show_count)

    def _connect_services(self) -> None:
        profiles, settings = self._services.profiles, self._services.settings
        subscribe(self, self._services.chat.answering.changed, self._on_answering)
        subscribe(self, profiles.catalog.changed, self._on_catalog)
        subscribe(self, profiles.connection.changed, self._on_connection)
        subscribe(self, settings.settings.changed, self._on_settings)
        self._on_catalog(profiles.catalog.value)
        self._on_connection(profiles.connection.value)
        self._on_settings(settings.settings.value)

    def _show_page(self) -> None:
        empty = self._conversation_id is None or not len(
            self._services.chat.open(self._conversation_id)
        )
        self._pages.setCurrentWidget(self._welcome if empty else self._transcript)

    def _store_draft(self) -> None:
        self._draft_timer.stop()
        if self._conversation_id is not None:
            self._services.chat.set_draft(self._conversation_id, self.composer.text)

    def _on_submitted(self, text: str) -> None:
        chat = self._services.chat
        conversation_id = self._conversation_id or chat.new_conversation().id
        if not chat.send(conversation_id, text):
            return
        self._draft_timer.stop()
        if conversation_id != self._conversation_id:
            self._conversation_id = None
            self.show_conversation(conversation_id)
        self.composer.set_text("")
        self._show_page()
        self._transcript.scroll_to_end()

    def _on_stop_requested(self) -> None:
        if self._conversation_id is not None:
            self._services.chat.stop(self._conversation_id)

    def _on_model_picked(self, model_id: str) -> None:
        conversation_id = self._conversation_id or self._services.chat.new_conversation().id
        self._services.chat.set_model(conversation_id, model_id)
        if self._conversation_id is None:
            self.show_conversation(conversation_id)
        self.composer.set_model(model_id)

    def _on_answering(self, _answering: object = None) -> None:
        answering = self._conversation_id in self._services.chat.answering.value
        self.composer.set_answering(answering=answering)

    def _on_catalog(self, catalog: Catalog) -> None:
        self.composer.set_catalog(catalog)

    def _on_connection(self, connection: Connection) -> None:
        self._welcome.show_profile(self._services.profiles.active.value, connection)

    def _on_settings(self, settings: Settings) -> None:
        self.composer.set_enter_sends(settings.enter_sends)
