"""The middle of the window: the conversation on show and where the next message is written."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from beatra_desktop.domain.chat import AUTO_MODEL, Preset
from beatra_desktop.domain.ids import ConversationId, MessageId, PresetId
from beatra_desktop.domain.profiles import Connection
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.attaching import Attaching
from beatra_desktop.ui.chat.composer import Composer
from beatra_desktop.ui.chat.observed import Observed
from beatra_desktop.ui.chat.transcript import Transcript
from beatra_desktop.ui.chat.writing import Writing
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.find_bar import FindBar
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tab_order import put_behind

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.welcome import Welcome

COLUMN_PX: Final = 760


class ChatPane(Pane):
    """One conversation at a time; the others go on answering."""

    account_requested = Signal()
    music_requested = Signal()
    uploads_started = Signal()
    """Files that are no text are on their way; their rows are among the uploads."""
    details_requested = Signal(str)
    leaving = Signal()
    """Before a new conversation takes the place of the one on show: keep what belongs to it."""
    conversation_shown = Signal(str)

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.SURFACE, margin_px=0, parent=parent)
        self._services = services
        self._conversation_id: ConversationId | None = None
        slots = dict.fromkeys(("inserted", "removed", "reset"), self._show_page)
        self._messages = Observed(slots)
        self._transcript = Transcript(
            describe=lambda failure: describe(failure, Kept.MESSAGE),
            siblings=lambda message_id: services.chat.siblings(MessageId(message_id)),
        )
        self.find_bar = FindBar()
        self.composer = Composer()
        self._writing = Writing(services, self.composer, begun=self._begun, parent=self)
        self._attaching = Attaching(services.uploads, self.composer, parent=self)
        self._lay_out()
        self._connect_widgets()
        self._connect_transcript()
        self._connect_find()
        self._connect_services()
        self.destroyed.connect(self._messages.release)

    @property
    def conversation_id(self) -> str:
        return self._conversation_id or ""

    @property
    def transcript(self) -> Transcript:
        return self._transcript

    @cached_property
    def welcome(self) -> "Welcome":
        """Made when a chat without messages is on show."""
        from beatra_desktop.ui.chat.welcome import Welcome  # most starts go on with a chat

        welcome = Welcome()
        self._pages.addWidget(welcome)
        put_behind(self._transcript, welcome)
        welcome.prompt_chosen.connect(self._on_prompt_chosen)
        welcome.presets.chosen.connect(self._on_preset_chosen)
        welcome.music_requested.connect(self.music_requested)
        welcome.files_requested.connect(self.choose_files)
        welcome.account_requested.connect(self.account_requested)
        profiles, presets = self._services.profiles, self._services.presets.presets
        welcome.show_profile(profiles.active.value, profiles.connection.value)
        subscribe(self, profiles.connection.changed, self._on_connection)
        welcome.presets.show_presets(presets)
        for signal in (presets.inserted, presets.removed, presets.changed, presets.reset):
            subscribe(self, signal, self._show_presets)
        return welcome

    def show_conversation(self, conversation_id: str) -> None:
        """Show a conversation's branch and its draft; the old draft is stored first."""
        if conversation_id != self._conversation_id:
            self._writing.store()
            self._attach(ConversationId(conversation_id))
            self._writing.load()
        self.focus_composer()

    def show_message(self, conversation_id: str, message_id: str) -> None:
        """Open the conversation at one of its messages, whichever branch it is on."""
        self._services.chat.reveal(ConversationId(conversation_id), MessageId(message_id))
        self.show_conversation(conversation_id)
        self._transcript.point_out(message_id)

    def new_conversation(self) -> None:
        self.leaving.emit()
        self._writing.store()  # first: a conversation without a draft would be used again
        self.show_conversation(self._services.chat.new_conversation().id)

    def begin(self) -> ConversationId:
        """The conversation on show, made now where there is none yet."""
        return self._begun()

    def focus_composer(self) -> None:
        self.composer.setFocus()

    def open_models(self) -> None:
        self.composer.open_models()

    def open_find(self) -> None:
        self.find_bar.open()

    def copy_last_answer(self) -> None:
        self._transcript.copy_last_answer()

    def insert_files(self, paths: Sequence[Path], *, links: Sequence[str] = ()) -> None:
        """Text becomes part of the message, other files become uploads; links are refused."""
        self._attaching.insert_files(paths, links=links)

    def upload_picture(self, picture: QImage) -> None:
        self._attaching.upload_picture(picture)

    def choose_files(self) -> None:
        self._attaching.choose_files()

    def edit_message(self, message_id: str) -> None:
        """Begin another version of a question that is on show."""
        self._writing.edit(message_id)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show_page()
        if not event.spontaneous():
            self.focus_composer()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._writing.store()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.composer.set_room(self.height())

    def _lay_out(self) -> None:
        self.add(self.find_bar)
        self._pages = QStackedLayout()
        self.box.addLayout(self._pages, stretch=1)  # first: without, a page is a window when shown
        self._pages.addWidget(self._transcript)
        self._fit_composer()
        theme.notifier().changed.connect(self._fit_composer)
        row = QHBoxLayout()
        row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 2 * theme.GRID)
        row.addStretch(1)
        row.addWidget(self.composer, stretch=100)
        row.addStretch(1)
        self.box.addLayout(row)

    def _fit_composer(self) -> None:
        """As wide as the column of messages above it."""
        self.composer.setMaximumWidth(theme.scaled(COLUMN_PX) + 2 * theme.GRID)

    def _connect_widgets(self) -> None:
        self.composer.model_picked.connect(self._on_model_picked)
        self._writing.sent.connect(self._transcript.scroll_to_end)
        self._attaching.uploads_started.connect(self.uploads_started)

    def _connect_transcript(self) -> None:
        chat, transcript = self._services.chat, self._transcript
        transcript.edit_requested.connect(self.edit_message)
        transcript.version_requested.connect(
            lambda i, step: chat.show_sibling(MessageId(i), step=step)
        )
        transcript.retry_requested.connect(lambda i: chat.retry(MessageId(i)))
        transcript.use_auto_requested.connect(lambda i: chat.use_auto(MessageId(i)))
        transcript.continue_requested.connect(lambda i: chat.continue_answer(MessageId(i)))
        transcript.keep_requested.connect(lambda i: chat.keep(MessageId(i)))
        transcript.details_requested.connect(self.details_requested)
        transcript.link_activated.connect(lambda url: QDesktopServices.openUrl(QUrl(url)))

    def _connect_find(self) -> None:
        find_bar, transcript = self.find_bar, self._transcript
        find_bar.text_changed.connect(transcript.find_text)
        find_bar.next_requested.connect(transcript.find_next)
        find_bar.previous_requested.connect(transcript.find_previous)
        find_bar.closed.connect(transcript.clear_find)
        find_bar.closed.connect(self.focus_composer)
        transcript.find_changed.connect(find_bar.show_count)

    def _connect_services(self) -> None:
        profiles, settings = self._services.profiles, self._services.settings
        subscribe(self, self._services.chat.answering.changed, self._on_answering)
        subscribe(self, self._services.chat.conversations.changed, self._on_conversation)
        subscribe(self, settings.settings.changed, self._on_settings)
        self.composer.model_picker.follow(profiles)
        self._on_settings(settings.settings.value)

    def _begun(self) -> ConversationId:
        """The conversation on show; a new one where there is none yet, with what was typed."""
        if self._conversation_id is not None:
            return self._conversation_id
        conversation_id = self._services.chat.new_conversation().id
        self._attach(conversation_id)
        return conversation_id

    def _attach(self, conversation_id: ConversationId) -> None:
        """Show the conversation's messages; the composer's text is the caller's."""
        self._conversation_id = conversation_id
        if not self.find_bar.isHidden():
            self.find_bar.close_bar()
        conversation = self._services.chat.conversations.get(conversation_id)
        self._messages.observe(self._services.chat.open(conversation_id))
        self._transcript.show_messages(self._services.chat.open(conversation_id))
        self.composer.set_model(conversation.model if conversation else AUTO_MODEL)
        self._writing.attach(conversation_id)
        self._on_answering()
        self._show_page()
        self.conversation_shown.emit(conversation_id)

    def _show_page(self, *_rows: int) -> None:
        is_empty = not len(self._messages)
        self._pages.setCurrentWidget(self.welcome if is_empty else self._transcript)
        if is_empty:
            self._mark_preset()

    def _show_presets(self, *_rows: int) -> None:
        """Where a new chat can start from."""
        self.welcome.presets.show_presets(self._services.presets.presets)
        self._mark_preset()

    def _mark_preset(self) -> None:
        """Where this chat started from, if it still works so."""
        presets = self._services.presets.presets
        conversation = self._services.chat.conversations.get(self._conversation_id or "")
        has_ways = conversation is not None and conversation.has_ways
        same = (p.id for p in presets if conversation is not None and p.is_way_of(conversation))
        self.welcome.presets.mark(next(same, "") if has_ways else "")

    def _on_prompt_chosen(self, text: str) -> None:
        """What was being typed stays, as the draft of the next message."""
        if self._writing.send(text):
            self._writing.store()

    def _on_preset_chosen(self, preset_id: str) -> None:
        preset = self._services.presets.presets.get(preset_id) or Preset(id=PresetId(""), name="")
        self._services.chat.apply_preset(self._begun(), preset)

    def _on_model_picked(self, model_id: str) -> None:
        self._services.chat.set_model(self._begun(), model_id)

    def _on_conversation(self, row: int) -> None:
        conversation = self._services.chat.conversations[row]
        if conversation.id == self._conversation_id:
            self.composer.set_model(conversation.model)
            self._show_page()

    def _on_answering(self, _answering: object = None) -> None:
        answering = self._conversation_id in self._services.chat.answering.value
        self._transcript.set_answering(answering=answering)

    def _on_connection(self, connection: Connection) -> None:
        self.welcome.show_profile(self._services.profiles.active.value, connection)

    def _on_settings(self, settings: Settings) -> None:
        self.composer.set_enter_sends(enter_sends=settings.enter_sends)
        self._transcript.read_along(is_wanted=settings.speaks_answers)
