"""The left of the window: profile, new chat, search, conversations, settings."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.conversation_list import ConversationList
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.profile_switch import ProfileSwitch
from beatra_desktop.ui.search_results import SearchResults
from beatra_desktop.ui.styling import Ground, Variant
from beatra_desktop.ui.subscriptions import subscribe

SEARCH_PAUSE_MS: Final = 120
_MOVES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Sidebar(Pane):
    new_chat_requested = Signal()
    opened = Signal(str)
    """A conversation was picked."""
    found = Signal(str, str)
    """A search result was picked: conversation and message, the latter empty for a title."""
    profiles_requested = Signal()
    settings_requested = Signal()
    labels_requested = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, parent=parent)
        self._services = services
        self.setAccessibleName(self.tr("Sidebar"))
        self.profile_switch = ProfileSwitch(services.profiles)
        self.search = SearchField(self.tr("Search"), placeholder=self.tr("Search everything"))
        self.conversations = ConversationList(services.chat, services.history)
        self.results = SearchResults()
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._pages = self._make_pages()
        self._lay_out()
        self._connect()
        self._show_page()

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move through the results while the words are still being typed."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in _MOVES or self._pages.currentWidget() is not self.results:
            return False
        QApplication.sendEvent(self.results, event)
        return True

    def _make_pages(self) -> QStackedWidget:
        pages = QStackedWidget()
        self._none_found = EmptyState(
            Icon.SEARCH,
            self.tr("Nothing found"),
            self.tr("Every chat was searched, titles and words. Try fewer or other words."),
        )
        self._none_yet = EmptyState(
            Icon.CHAT,
            self.tr("No chats yet"),
            self.tr("What you write is kept on this computer and listed here."),
        )
        for page in (self.conversations, self.results, self._none_found, self._none_yet):
            pages.addWidget(page)
        return pages

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        top = Pane(Ground.WINDOW, margin_px=margin)
        new_chat = Button(self.tr("New chat"), icon=Icon.NEW_CHAT)
        new_chat.clicked.connect(self.new_chat_requested)
        top.add(self.profile_switch, new_chat, self.search)
        bottom = Pane(Ground.WINDOW, margin_px=theme.GRID, spacing_px=0)
        labels = self._link(Icon.WHAT_WORKS, self.tr("What works today"))
        labels.clicked.connect(self.labels_requested)
        settings = self._link(Icon.SETTINGS, self.tr("Settings"))
        settings.clicked.connect(self.settings_requested)
        bottom.add(labels, settings)
        self.box.setSpacing(0)
        self.add(top)
        self.box.addWidget(self._pages, stretch=1)
        self.add(bottom)

    def _link(self, icon: Icon, text: str) -> Button:
        button = Button(text, variant=Variant.GHOST, icon=icon)
        button.setProperty("align", "left")
        return button

    def _connect(self) -> None:
        self.profile_switch.manage_requested.connect(self.profiles_requested)
        self.conversations.opened.connect(self.opened)
        self.results.chosen.connect(self.found)
        self.search.textChanged.connect(self._on_text_changed)
        self.search.returnPressed.connect(self._on_return_pressed)
        self.search.installEventFilter(self)
        self._pause.timeout.connect(self._show_page)
        conversations = self._services.chat.conversations
        for signal in (conversations.inserted, conversations.removed, conversations.reset):
            subscribe(self, signal, self._on_conversations)

    def _show_page(self) -> None:
        self._pause.stop()
        text = self.search.text()
        if not text.strip():
            any_chat = len(self._services.chat.conversations) > 0
            self._pages.setCurrentWidget(self.conversations if any_chat else self._none_yet)
            return
        hits = self._services.search.search(text)
        self.results.show_hits(hits)
        self._pages.setCurrentWidget(self.results if hits else self._none_found)

    def _on_text_changed(self, text: str) -> None:
        if text.strip():
            self._pause.start()
        else:
            self._show_page()

    def _on_return_pressed(self) -> None:
        self._show_page()
        self.results.choose_current()

    def _on_conversations(self, *_rows: int) -> None:
        if not self.search.text().strip():
            self._show_page()
