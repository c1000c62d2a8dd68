"""The middle of the window: the chat, or one of the pages that take its place."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from beatra_desktop.ui.page import Page
from beatra_desktop.ui.page_header import PageHeader
from beatra_desktop.ui.tab_order import put_behind


class Screen(StrEnum):
    CHAT = "chat"
    LIBRARY = "library"
    ACTIVITY = "activity"


class Centre(QStackedWidget):
    """Pages are made when they are first asked for: most starts need none."""

    changed = Signal(str)
    """Another one is on show."""
    sidebar_toggled = Signal()
    studio_toggled = Signal()

    def __init__(
        self,
        chat: QWidget,
        header: PageHeader,
        makers: Mapping[Screen, Callable[[], Page]],
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`header` is the chat's own."""
        super().__init__(parent)
        self._makers = makers
        self._pages: dict[Screen, Page] = {}
        self._headers: list[PageHeader] = []
        self._is_sidebar_shown = self._is_studio_shown = True
        self._screen = Screen.CHAT
        self._chat = chat
        self.addWidget(chat)
        self._adopt(header)

    @property
    def current(self) -> Screen:
        return self._screen

    def page(self, screen: Screen) -> Page:
        """The page of a screen other than the chat; made now if it never was on show."""
        if screen not in self._pages:
            page = self._makers[screen]()
            page.left.connect(self.show_chat)
            self._pages[screen] = page
            self.addWidget(page)
            put_behind(self._chat, page)
            self._adopt(page.header)
        return self._pages[screen]

    def show_screen(self, screen: Screen) -> None:
        """Go there; the keyboard goes along, unless it is the chat."""
        widget = self._chat if screen is Screen.CHAT else self.page(screen)
        self.setCurrentWidget(widget)
        if isinstance(widget, Page):
            widget.take_focus()
        if screen is not self._screen:
            self._screen = screen
            self.changed.emit(screen.value)

    def show_chat(self) -> None:
        self.show_screen(Screen.CHAT)

    def toggle(self, screen: Screen) -> None:
        """Go there, or back to the chat from there."""
        self.show_screen(Screen.CHAT if screen is self._screen else screen)

    def open_find(self, in_chat: Callable[[], object]) -> None:
        """Search what is on show; `in_chat` does it where that is the chat."""
        widget = self.currentWidget()
        widget.open_find() if isinstance(widget, Page) else in_chat()

    def show_sidebar_state(self, *, shown: bool) -> None:
        self._is_sidebar_shown = shown
        for header in self._headers:
            header.show_sidebar_state(shown=shown)

    def show_studio_state(self, *, shown: bool) -> None:
        self._is_studio_shown = shown
        for header in self._headers:
            header.show_studio_state(shown=shown)

    def _adopt(self, header: PageHeader) -> None:
        self._headers.append(header)
        header.sidebar_toggled.connect(self.sidebar_toggled)
        header.studio_toggled.connect(self.studio_toggled)
        header.show_sidebar_state(shown=self._is_sidebar_shown)
        header.show_studio_state(shown=self._is_studio_shown)
