"""The library: songs that were made, and files that were uploaded."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from beatra_desktop.services import Services
from beatra_desktop.ui.fields import Segmented
from beatra_desktop.ui.library.files_view import FilesView
from beatra_desktop.ui.library.songs_view import SongsView
from beatra_desktop.ui.page import Page


class Section(StrEnum):
    SONGS = "songs"
    FILES = "files"


class LibraryPage(Page):
    play_requested = Signal(str)
    """A clip is to be played, by its id."""
    play_many_requested = Signal(list)
    """Clips are to be played one after the other, by their ids."""
    edit_requested = Signal(str)
    """The song of a task is to be asked for again, changed; by the task's id."""
    clip_reference_requested = Signal(str)
    """A song is to be the reference of the next one, by the clip's id."""
    reference_requested = Signal(str)
    """An uploaded recording is to be the reference of a song, by the upload's id."""
    song_requested = Signal(str)
    """The song of a task is to be shown, by the task's id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Library"), parent=parent)
        names = ((Section.SONGS.value, self.tr("Songs")), (Section.FILES.value, self.tr("Files")))
        self.sections = Segmented(self.tr("Part of the library"), names)
        self.put_in_header(self.sections)
        self.songs = SongsView(services)
        self.files = FilesView(services)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.songs)
        self._stack.addWidget(self.files)
        self.box.addWidget(self._stack, stretch=1)
        self.songs.play_requested.connect(self.play_requested)
        self.songs.play_many_requested.connect(self.play_many_requested)
        self.songs.reference_requested.connect(self.clip_reference_requested)
        self.songs.edit_requested.connect(self.edit_requested)
        self.files.reference_requested.connect(self.reference_requested)
        self.files.song_requested.connect(self.song_requested)
        self.sections.chosen.connect(self._on_section_chosen)
        self.show_section(Section.SONGS)

    def show_section(self, section: Section) -> None:
        self.sections.choose(section.value)
        self._stack.setCurrentWidget(self.songs if section is Section.SONGS else self.files)

    def take_focus(self) -> None:
        on_show = self.songs if self._stack.currentWidget() is self.songs else self.files
        on_show.take_focus()

    def _on_section_chosen(self, choice: str) -> None:
        self.show_section(Section(choice))
