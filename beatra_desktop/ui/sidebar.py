"""The left of the window: profile, new chat, search, conversations, archive, trash, settings."""

from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QStackedWidget, QWidget

from beatra_desktop.domain.activity import ActivityCounts, ActivityState
from beatra_desktop.domain.search import Hit
from beatra_desktop.services import Services
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.conversation_list import ConversationList
from beatra_desktop.ui.counted_link import CountedLink
from beatra_desktop.ui.fields import SearchField
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.link_grid import LinkGrid
from beatra_desktop.ui.panes import EmptyState, Pane
from beatra_desktop.ui.profile_switch import ProfileSwitch
from beatra_desktop.ui.styling import Ground, Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tab_order import put_behind
from beatra_desktop.ui.traffic_strips import OfflineStrip

if TYPE_CHECKING:
    from beatra_desktop.ui.archive_page import ArchivePage
    from beatra_desktop.ui.search_results import SearchResults
    from beatra_desktop.ui.shelf_page import ShelfPage
    from beatra_desktop.ui.trash_page import TrashPage

SEARCH_PAUSE_MS: Final = 120
LOW_PX: Final = 440
"""Below this height only what is found nowhere else keeps its place."""
_MOVES: Final = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class Sidebar(Pane):
    new_chat_requested = Signal()
    opened = Signal(str)
    """A conversation was picked."""
    found = Signal(str, str, str)
    """A search result was picked: conversation, message, and the words that were found in it.

    The latter two are empty where the title was found.
    """
    song_found = Signal(str)
    """A song was picked among the search results, by its task's id."""
    export_requested = Signal(str)
    """Of a conversation, by its id."""
    library_requested = Signal()
    activity_requested = Signal()
    profiles_requested = Signal()
    settings_requested = Signal()
    labels_requested = Signal()

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(Ground.WINDOW, margin_px=0, parent=parent)
        self._services = services
        self._shown_for = ""
        self._chooses = False
        self.setAccessibleName(self.tr("Sidebar"))
        self.profile_switch = ProfileSwitch(services.profiles, services.traffic)
        self.offline = OfflineStrip(services.traffic)
        self.search = SearchField(self.tr("Search"), placeholder=self.tr("Search everything"))
        self.conversations = ConversationList(services.chat, services.history, services.settings)
        self._shelf: ShelfPage | None = None
        self._pause = QTimer(self, singleShot=True, interval=SEARCH_PAUSE_MS)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.conversations)
        self._lay_out()
        self._connect_widgets()
        self._connect_services()
        self._on_activity(services.activity.counts.value)
        self._refresh()

    @cached_property
    def results(self) -> "SearchResults":
        """Made when something is looked for."""
        from beatra_desktop.ui.search_results import SearchResults

        results = SearchResults()
        results.chosen.connect(self.found)
        results.song_chosen.connect(self.song_found)
        results.installEventFilter(self)
        self._pages.addWidget(results)
        put_behind(self.conversations, results)
        return results

    @cached_property
    def _none_found(self) -> EmptyState:
        words = self.tr(
            "Titles and messages of every chat, archived ones too, and titles, prompts and "
            "lyrics of every song were searched. Try fewer or other words."
        )
        page = EmptyState(Icon.SEARCH, self.tr("Nothing found"), words)
        self._pages.addWidget(page)
        return page

    @cached_property
    def _none_yet(self) -> EmptyState:
        words = self.tr("What you write is kept on this computer and listed here.")
        page = EmptyState(Icon.CHAT, self.tr("No chats yet"), words)
        self._pages.addWidget(page)
        return page

    @cached_property
    def archive(self) -> "ArchivePage":
        """Made when somebody looks for it, as the trash is."""
        from beatra_desktop.ui.archive_page import ArchivePage

        page = ArchivePage(self._services.history)
        page.opened.connect(self.opened)
        page.export_requested.connect(self.export_requested)
        self._add_shelf(page)
        return page

    @cached_property
    def trash(self) -> "TrashPage":
        from beatra_desktop.ui.trash_page import TrashPage

        page = TrashPage(self._services.history)
        self._add_shelf(page)
        return page

    def focus_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        if self.search.text().strip():
            self._look()  # what was found before may be old

    def show_chats(self) -> None:
        """Leave the archive or the trash."""
        any_chat = self._any_chat()
        self._pages.setCurrentWidget(self.conversations if any_chat else self._none_yet)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_low = self.height() < theme.scaled(LOW_PX)
        for link in (self._labels, self._settings):  # both are in the menus too
            link.setVisible(not is_low)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field into the list below it, and with Esc back to the chats."""
        if not isinstance(event, QKeyEvent):
            return False
        if watched is not self.search:
            return self._leaves_results(event)
        is_move = event.type() is QEvent.Type.KeyPress and event.key() in _MOVES
        return is_move and self._move_below(event)

    def _move_below(self, event: QKeyEvent) -> bool:
        """Results are moved through while the words are still being typed."""
        page = self._pages.currentWidget()
        if self._shown_for and page is self.results:
            QApplication.sendEvent(self.results, event)
        elif event.key() == Qt.Key.Key_Down and isinstance(page, ConversationList):
            page.focus_first()
        elif event.key() == Qt.Key.Key_Down and self._shelf is not None and page is self._shelf:
            self._shelf.take_focus()
        else:
            return False
        return True

    def _leaves_results(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape:
            return False
        event.accept()
        if event.type() is QEvent.Type.KeyPress:
            self.search.clear()
            self.conversations.focus_first()
        return True

    def _lay_out(self) -> None:
        margin = theme.GRID + theme.GRID // 2
        top = Pane(Ground.WINDOW, margin_px=margin)
        self.new_chat = Button(self.tr("New chat"), icon=Icon.NEW_CHAT)
        top.add(self.profile_switch, self.offline, self.new_chat, self.search)
        bottom = Pane(Ground.WINDOW, margin_px=theme.GRID, spacing_px=0)
        self.library_link = self._link(Icon.LIBRARY, self.tr("Library"))
        self.activity_link = CountedLink(Icon.ACTIVITY, self.tr("Activity"))
        self.archive_link = self._link(Icon.ARCHIVE, self.tr("Archive"))
        self.trash_link = self._link(Icon.DELETE, self.tr("Trash"))
        self._labels = self._link(Icon.WHAT_WORKS, self.tr("What works today"))
        self._settings = self._link(Icon.SETTINGS, self.tr("Settings"))
        shelves = (self.archive_link, self.trash_link)
        bottom.add(LinkGrid(self.library_link, self.activity_link, *shelves))
        bottom.add(self._labels, self._settings)
        for pane in (top, bottom, self.profile_switch):  # the lists give way first
            pane.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._pages.setMinimumHeight(1)
        self.box.setSpacing(0)
        self.add(top)
        self.box.addWidget(self._pages, stretch=1)
        self.add(bottom)

    def _link(self, icon: Icon, text: str) -> Button:
        button = Button(text, variant=Variant.GHOST, icon=icon)
        button.setProperty("align", "left")
        return button

    def _connect_widgets(self) -> None:
        self.profile_switch.manage_requested.connect(self.profiles_requested)
        self.new_chat.clicked.connect(self._on_new_chat_clicked)
        self.library_link.clicked.connect(self.library_requested)
        self.activity_link.clicked.connect(self.activity_requested)
        self._labels.clicked.connect(self.labels_requested)
        self._settings.clicked.connect(self.settings_requested)
        self.archive_link.clicked.connect(self._on_archive_clicked)
        self.trash_link.clicked.connect(self._on_trash_clicked)
        self.conversations.opened.connect(self.opened)
        self.conversations.export_requested.connect(self.export_requested)
        self.search.textChanged.connect(self._on_text_changed)
        self.search.returnPressed.connect(self._on_return_pressed)
        self.search.installEventFilter(self)
        self._pause.timeout.connect(self._look)

    def _connect_services(self) -> None:
        chat, history = self._services.chat, self._services.history
        for records in (chat.conversations, history.archive, history.trash):
            for signal in (records.inserted, records.removed, records.reset):
                subscribe(self, signal, self._refresh)
        subscribe(self, self._services.search.found, self._on_found)
        subscribe(self, self._services.activity.counts.changed, self._on_activity)

    def _any_chat(self) -> bool:
        return any(not chat.is_archived for chat in self._services.chat.conversations)

    def _refresh(self, *_rows: int) -> None:
        history = self._services.history
        self._count(self.archive_link, self.tr("Archive"), len(history.archive))
        self._count(self.trash_link, self.tr("Trash"), len(history.trash))
        if self.search.text().strip():
            self._pause.start()  # what was found may be gone
        elif self._pages.currentWidget() is not self._shelf:
            self.show_chats()

    def _count(self, link: Button, name: str, count: int) -> None:
        text = f"{name}  {format.count(count)}" if count else name
        link.setText(text)
        link.setAccessibleName(text)

    def _add_shelf(self, shelf: "ShelfPage") -> None:
        shelf.left.connect(self._on_shelf_left)
        self._pages.addWidget(shelf)
        put_behind(self.conversations, shelf)

    def _show_shelf(self, shelf: "ShelfPage") -> None:
        self._shelf = shelf
        self.search.clear()
        self._pages.setCurrentWidget(shelf)
        shelf.take_focus()

    def _look(self) -> None:
        self._pause.stop()
        self._services.search.look_for(self.search.text())

    def _on_activity(self, counts: ActivityCounts) -> None:
        """What is in flight, and what waits for the user."""
        of = counts.of_states
        needs_you = of.get(ActivityState.NEEDS_YOU, 0)
        flying = of.get(ActivityState.WAITING, 0) + of.get(ActivityState.RUNNING, 0)
        parts = [
            self.tr("%n in flight", "", flying) if flying else "",
            self.tr("%n waiting for you", "", needs_you) if needs_you else "",
        ]
        spoken = format.listed(parts)
        self.activity_link.show_count(flying + needs_you, spoken=spoken, warns=needs_you > 0)

    def _on_new_chat_clicked(self) -> None:
        self.search.clear()
        self.show_chats()
        self.new_chat_requested.emit()

    def _on_archive_clicked(self) -> None:
        self._show_shelf(self.archive)

    def _on_trash_clicked(self) -> None:
        self._show_shelf(self.trash)

    def _on_shelf_left(self) -> None:
        self.show_chats()
        self.conversations.focus_first()

    def _on_text_changed(self, text: str) -> None:
        self._chooses = False
        if text.strip():
            self._pause.start()
        else:
            self._look()
            self._shown_for = ""
            self.show_chats()

    def _on_return_pressed(self) -> None:
        if not self.search.text().strip():
            return
        self._chooses = True
        if self._shown_for == self.search.text():
            self._choose()
        else:
            self._look()

    def _on_found(self, text: str, hits: list[Hit]) -> None:
        if text != self.search.text():
            return
        self._shown_for = text
        self.results.show_hits(hits)
        self._pages.setCurrentWidget(self.results if hits else self._none_found)
        if self._chooses:
            self._choose()

    def _choose(self) -> None:
        self._chooses = False
        self.results.choose_current()
