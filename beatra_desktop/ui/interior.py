"""What the window is filled with: puts the panes together, passes on what they ask of each other.

Loaded when the window is on show.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from beatra_desktop.domain.ids import ClipId, ConversationId
from beatra_desktop.domain.profiles import Connection, ConnectionPhase
from beatra_desktop.services import Services
from beatra_desktop.ui import theme
from beatra_desktop.ui.actions import Actions, Command
from beatra_desktop.ui.arrivals import Arrivals
from beatra_desktop.ui.centre import Centre, Screen
from beatra_desktop.ui.chat.chat_pane import ChatPane
from beatra_desktop.ui.chat_header import ChatHeader
from beatra_desktop.ui.deep_links import DeepLinks
from beatra_desktop.ui.desktop.desktop_alerts import DesktopAlerts
from beatra_desktop.ui.desktop.tray import Tray
from beatra_desktop.ui.dialogs import Dialogs
from beatra_desktop.ui.dropping import Dropping
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.navigation import Navigation
from beatra_desktop.ui.notice_actions import NoticeActions
from beatra_desktop.ui.notice_bar import NoticeBar
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.player import media_keys
from beatra_desktop.ui.shortcuts import Shortcuts
from beatra_desktop.ui.sidebar import Sidebar
from beatra_desktop.ui.styling import Ground
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tab_order import put_behind
from beatra_desktop.ui.traffic_desk import TrafficDesk
from beatra_desktop.ui.transfer.transfers import Transfers
from beatra_desktop.ui.window_state import WindowState

if TYPE_CHECKING:
    from beatra_desktop.ui.activity.activity_page import ActivityPage
    from beatra_desktop.ui.chat.chat_options import ChatOptions
    from beatra_desktop.ui.library.library_page import LibraryPage
    from beatra_desktop.ui.music.studio import Studio
    from beatra_desktop.ui.player.player_bar import PlayerBar
    from beatra_desktop.ui.uploads.preflight_card import PreflightCard

FRAME_MS: Final = 16
STUDIO_PATIENCE_MS: Final = 500
"""So long the studio waits at the start for the service to answer."""


class Interior(QObject):
    def __init__(
        self, services: Services, window: MainWindow, state: WindowState, *, version: str
    ) -> None:
        super().__init__(window)
        self._services, self._window, self._state = services, window, state
        self._panes = window.panes
        self.commands = Actions(window)
        shortcuts = Shortcuts(services.settings, self.commands, parent=window)
        self.dialogs = Dialogs(services, shortcuts=shortcuts, version=version, window=window)
        self.sidebar = Sidebar(services)
        self.chat = ChatPane(services)
        self.header = ChatHeader(services.chat)
        self.notice_bar = NoticeBar(services.notices)
        self.centre = self._make_centre()
        self.navigation = Navigation(
            self._panes,
            sidebar=self.sidebar,
            centre=self.centre,
            chat=self.chat,
            studio=lambda: self.studio,
            window=window,
        )
        self.transfers = Transfers(services, self.commands, window=window)
        self.traffic = TrafficDesk(services, self.commands, self.centre, window=window)
        self._lay_out()
        self.dropping = Dropping(
            services,
            window=window,
            panes=self._panes,
            centre=self.centre,
            chat=self.chat,
            studio=lambda: self.studio,
        )
        links = DeepLinks(services, self.navigation)
        self.arrivals = Arrivals(window, dropping=self.dropping, links=links)
        self.alerts = DesktopAlerts(
            services, arrivals=self.arrivals, navigation=self.navigation, play=self._play
        )
        self.tray = Tray(
            services, self.commands, arrivals=self.arrivals, navigation=self.navigation
        )
        self._notice_actions = NoticeActions(
            services.history,
            navigation=self.navigation,
            dialogs=self.dialogs,
            transfers=self.transfers,
            window=window,
        )
        self._connect_commands()
        self._connect_panes()
        self._connect_services()
        self._start()

    @cached_property
    def chat_options(self) -> "ChatOptions":
        from beatra_desktop.ui.chat.chat_options import ChatOptions  # most starts need none

        options = ChatOptions(self._services, self.chat)
        options.toggled.connect(lambda shown: self.header.show_options_state(shown=shown))
        options.manage_requested.connect(self.dialogs.open_presets)
        put_behind(self.chat.composer, options)
        return options

    @cached_property
    def studio(self) -> "Studio":
        """Made when it is shown, or something is meant for it."""
        from beatra_desktop.ui.music.studio import Studio

        studio = Studio(self._services)
        studio.play_requested.connect(self._play)
        studio.table_requested.connect(self.traffic.show_songs)
        self._window.hold_studio(studio)
        put_behind(self.centre, studio)
        return studio

    @cached_property
    def player(self) -> "PlayerBar":
        """Made when something is to be played."""
        from beatra_desktop.ui.player.player_bar import PlayerBar

        player = PlayerBar(self._services)
        player.more_like_requested.connect(self.navigation.edit_song)
        player.song_created.connect(self.navigation.show_song)
        self._window.hold_below(player)
        player.keys.watch_list()
        return player

    @cached_property
    def preflight_card(self) -> "PreflightCard":
        """Made when something was dropped that it may tell of."""
        from beatra_desktop.ui.uploads.preflight_card import PreflightCard

        card = PreflightCard(self._services.uploads, parent=self._window)
        self._window.hold_above(card, below=self.notice_bar)
        put_behind(self.notice_bar, card)
        return card

    def _play(self, clip_id: str) -> None:
        self.player.load(clip_id)

    def _toggle_options(self) -> None:
        self.chat_options.toggle()

    def _chat_column(self) -> Pane:
        column = Pane(Ground.SURFACE, margin_px=0, spacing_px=0)
        column.add(self.header)
        column.box.addWidget(self.chat, stretch=1)
        return column

    def _make_centre(self) -> Centre:
        makers = {Screen.LIBRARY: self._make_library, Screen.ACTIVITY: self._make_activity}
        return Centre(self._chat_column(), self.header, makers)

    def _make_library(self) -> "LibraryPage":
        from beatra_desktop.ui.library.library_page import LibraryPage  # most starts need none

        library = LibraryPage(self._services)
        library.play_requested.connect(self._play)
        library.play_many_requested.connect(self._on_play_many_requested)
        library.clip_reference_requested.connect(self.navigation.follow_clip)
        library.edit_requested.connect(self.navigation.edit_song)
        library.reference_requested.connect(self.navigation.follow_upload)
        library.song_requested.connect(self.navigation.show_song)
        return library

    def _make_activity(self) -> "ActivityPage":
        from beatra_desktop.ui.activity.activity_page import ActivityPage  # most starts need none

        activity = ActivityPage(self._services)
        activity.message_requested.connect(self.navigation.show_message)
        activity.song_requested.connect(self.navigation.show_song)
        activity.upload_requested.connect(self.navigation.show_uploads)
        return activity

    def _lay_out(self) -> None:
        above = (self.notice_bar, self.traffic.strips, self.transfers.bar)
        self._window.hold(self.sidebar, self.centre, above=above)
        self.commands.fill(self._window.menuBar())

    def _connect_commands(self) -> None:
        slots: Mapping[Command, Callable[[], object]] = {
            Command.NEW_CHAT: self.navigation.begin_chat,
            Command.NEW_MUSIC: self.navigation.begin_song,
            Command.ADD_FILES: self.chat.choose_files,
            Command.ADD_FOLDER: lambda: self.studio.drop_zone.area.choose_folder(),
            Command.PASTE_FILES: self.dropping.paste,
            Command.EXPORT_CHAT: self.transfers.export_shown,
            Command.EXPORT_ALL: self.transfers.export_all,
            Command.IMPORT_CHATS: self.transfers.import_chats,
            Command.SETTINGS: self.dialogs.open_settings,
            Command.QUIT: self._window.quit_requested.emit,
            Command.FIND: lambda: self.centre.open_find(self.chat.open_find),
            Command.SEARCH: self.navigation.begin_search,
            Command.MODEL: self.chat.open_models,
            Command.CHAT_OPTIONS: self._toggle_options,
            Command.STOP: self._on_stop_requested,
            Command.COPY_ANSWER: self.chat.copy_last_answer,
            Command.LIBRARY: lambda: self.centre.toggle(Screen.LIBRARY),
            Command.ACTIVITY: lambda: self.centre.toggle(Screen.ACTIVITY),
            Command.SIDEBAR: self.navigation.toggle_sidebar,
            Command.STUDIO: self.navigation.toggle_studio,
            Command.ZOOM_IN: lambda: self._zoom(theme.zoom_percent() + theme.ZOOM_STEP_PERCENT),
            Command.ZOOM_OUT: lambda: self._zoom(theme.zoom_percent() - theme.ZOOM_STEP_PERCENT),
            Command.ZOOM_RESET: lambda: self._zoom(100),
            Command.PLAY: lambda: self.player.toggle(),
            Command.HELP: self.dialogs.open_help,
            Command.LABELS: self.dialogs.open_labels,
            Command.SHORTCUTS: self._on_shortcuts_requested,
            Command.SUPPORT: self.dialogs.open_support,
            Command.ABOUT: self.dialogs.open_about,
        }
        self.commands.connect(slots)

    def _connect_panes(self) -> None:
        self.sidebar.new_chat_requested.connect(self.navigation.begin_chat)
        self.sidebar.library_requested.connect(self.navigation.show_library)
        self.sidebar.activity_requested.connect(self.traffic.show_activity)
        self.sidebar.opened.connect(self.navigation.show_conversation)
        self.sidebar.found.connect(self.navigation.show_found)
        self.sidebar.export_requested.connect(self.transfers.export_conversation)
        self.sidebar.song_found.connect(self.navigation.show_song)
        self.sidebar.profiles_requested.connect(self.dialogs.open_profiles)
        self.sidebar.settings_requested.connect(self.dialogs.open_settings)
        self.sidebar.labels_requested.connect(self.dialogs.open_labels)
        self.centre.sidebar_toggled.connect(self.navigation.toggle_sidebar)
        self.centre.studio_toggled.connect(self.navigation.toggle_studio)
        self.centre.changed.connect(self._on_screen_changed)
        self.header.options_toggled.connect(self._toggle_options)
        self._panes.sidebar_shown.connect(self._on_sidebar_shown)
        self._panes.studio_shown.connect(self._on_studio_shown)
        self._panes.changed.connect(self._state.note_change)
        self.chat.account_requested.connect(self.dialogs.open_profiles)
        self.chat.music_requested.connect(self.navigation.begin_song)
        self.chat.uploads_started.connect(self.navigation.show_uploads)
        self.chat.details_requested.connect(self._on_details_requested)
        self.chat.conversation_shown.connect(self._on_conversation_shown)
        media_keys.listen(self._window, lambda: self.player.player)
        self.notice_bar.action_requested.connect(self._notice_actions.do)
        self.dropping.studio_wanted.connect(self.navigation.show_studio)

    def _connect_services(self) -> None:
        chat = self._services.chat
        subscribe(self, chat.answering.changed, self._refresh_stop)
        subscribe(self, chat.conversations.removed, self._on_conversation_removed)
        subscribe(self, self._services.history.archive.inserted, self._on_archived)
        subscribe(self, self._services.uploads.preflights.inserted, self._on_preflight)

    def _start(self) -> None:
        """Go on where the last run ended."""
        self._on_sidebar_shown(self._panes.is_sidebar_shown)
        self._show_studio_state(shown=self._panes.is_studio_shown)
        subscribe(self, self._services.profiles.connection.changed, self._on_connection)
        self.await_studio()
        self._refresh_stop()
        remembered = self._state.conversation_id
        if remembered in self._services.chat.conversations:
            self.chat.show_conversation(remembered)
        self.chat.focus_composer()
        screen = self._state.screen
        self.centre.show_screen(Screen(screen) if screen in set(Screen) else Screen.CHAT)

    def await_studio(self) -> None:
        """Make it soon: the chat comes first, and nobody has use of it without a service."""
        self._on_connection(self._services.profiles.connection.value)
        QTimer.singleShot(STUDIO_PATIENCE_MS, self, self._fill_studio)

    def _on_connection(self, connection: Connection) -> None:
        if connection.phase not in (ConnectionPhase.STARTING, ConnectionPhase.CHECKING):
            QTimer.singleShot(FRAME_MS, self, self._fill_studio)  # what is new is painted first

    def _fill_studio(self) -> None:
        """A window that is hidden may be one that goes; if not, it asks when it is shown."""
        if self._panes.is_studio_shown and self._window.isVisible():
            self.studio  # noqa: B018  # made by being asked for

    def _zoom(self, percent: int) -> None:
        theme.set_zoom_percent(percent)
        self._state.note_zoom()

    def _refresh_stop(self, _answering: object = None) -> None:
        answering = self._services.chat.answering.value
        self.commands[Command.STOP].setEnabled(self.chat.conversation_id in answering)

    def _on_screen_changed(self, screen: str) -> None:
        self._panes.put_sidebar_away()
        self._state.note_screen(screen)
        for command in (Command.LIBRARY, Command.ACTIVITY):
            self.commands[command].setChecked(command.value == screen)

    def _on_play_many_requested(self, clip_ids: list[ClipId]) -> None:
        self._services.playing.open_these(clip_ids, first=clip_ids[0])
        self._play(clip_ids[0])

    def _on_conversation_shown(self, conversation_id: str) -> None:
        self.header.show_conversation(conversation_id)
        self.sidebar.conversations.show_current(conversation_id)
        self.transfers.show_conversation(conversation_id)
        self._state.note_conversation(conversation_id)
        self._refresh_stop()

    def _on_conversation_removed(self, _first: int, _last: int) -> None:
        QTimer.singleShot(0, self, self._leave_deleted)  # one that moves up is back by then

    def _on_preflight(self, _first: int, _last: int) -> None:
        self.preflight_card  # noqa: B018  # made by being asked for

    def _on_archived(self, first: int, last: int) -> None:
        archive = self._services.history.archive
        if self.chat.conversation_id in {archive[row].id for row in range(first, last + 1)}:
            QTimer.singleShot(0, self, self._leave_archived)  # the list is still changing

    def _leave_archived(self) -> None:
        if self.chat.conversation_id in self._services.history.archive:
            self.chat.new_conversation()

    def _leave_deleted(self) -> None:
        shown = self.chat.conversation_id
        if shown and shown not in self._services.chat.conversations:
            self.chat.new_conversation()

    def _on_stop_requested(self) -> None:
        self._services.chat.stop(ConversationId(self.chat.conversation_id))

    def _on_sidebar_shown(self, shown: bool) -> None:  # a signal's argument
        self.commands[Command.SIDEBAR].setChecked(shown)
        self.centre.show_sidebar_state(shown=shown)

    def _on_studio_shown(self, shown: bool) -> None:  # a signal's argument
        self._fill_studio()
        self._show_studio_state(shown=shown)

    def _show_studio_state(self, *, shown: bool) -> None:
        self.commands[Command.STUDIO].setChecked(shown)
        self.centre.show_studio_state(shown=shown)

    def _on_shortcuts_requested(self) -> None:
        from beatra_desktop.ui.shortcut_list import ShortcutList

        ShortcutList(self.commands.shortcuts(), parent=self._window).open()

    def _on_details_requested(self, message_id: str) -> None:
        shown = self._services.chat.open(ConversationId(self.chat.conversation_id))
        message = shown.get(message_id)
        if message is not None:
            from beatra_desktop.ui.details import DetailsPopover, message_details

            place = self.chat.transcript.place_of(message_id)
            DetailsPopover(message_details(message), parent=self._window).popup(place)
