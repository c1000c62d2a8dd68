"""The activity centre: answers, uploads, songs and downloads in one table, and what they cost."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState
from beatra_desktop.services import Services
from beatra_desktop.ui.activity.activity_view import ActivityView
from beatra_desktop.ui.activity.charges_view import ChargesView
from beatra_desktop.ui.activity.pause_button import PauseButton
from beatra_desktop.ui.fields import Segmented
from beatra_desktop.ui.page import Page


class Section(StrEnum):
    LIST = "list"
    CHARGES = "charges"


class ActivityPage(Page):
    message_requested = Signal(str, str)
    """The user wants to an answer: its conversation and message."""
    song_requested = Signal(str)
    """To a song, by its task's id."""
    upload_requested = Signal(str)
    """To an upload, by its id."""

    def __init__(self, services: Services, *, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Activity"), parent=parent)
        self._services = services
        names = (
            (Section.LIST.value, self.tr("List")),
            (Section.CHARGES.value, self.tr("Charges")),
        )
        self.sections = Segmented(self.tr("Part of the activity"), names)
        self.pause = PauseButton(services.traffic)
        self.put_in_header(self.sections, self.pause)
        self.list = ActivityView(services)
        self.charges = ChargesView(services)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.charges)
        self.box.addWidget(self._stack, stretch=1)
        self.list.opened.connect(self._on_opened)
        self.sections.chosen.connect(self._on_section_chosen)
        self.show_section(Section.LIST)

    def show_section(self, section: Section) -> None:
        self.sections.choose(section.value)
        is_list = section is Section.LIST
        self._stack.setCurrentWidget(self.list if is_list else self.charges)

    def show_kind(self, kind: ActivityKind, state: ActivityState | None = None) -> None:
        """Go to the list, with the rows of one kind, and of one state where one is named."""
        self.show_section(Section.LIST)
        self.list.show_kind(kind, state)

    def take_focus(self) -> None:
        if not self._is_list():
            self.charges.take_focus()
        elif self.list.is_empty:
            super().take_focus()
        else:
            self.list.take_focus()

    def open_find(self) -> None:
        self.show_section(Section.LIST)
        self.list.open_find()

    def _is_list(self) -> bool:
        return self._stack.currentWidget() is self.list

    def _on_opened(self, activity: Activity) -> None:
        match activity.kind:
            case ActivityKind.ANSWER if activity.conversation_id is not None:
                self.message_requested.emit(activity.conversation_id, activity.owner_id)
            case ActivityKind.UPLOAD:
                self.upload_requested.emit(activity.owner_id)
            case ActivityKind.SONG:
                self.song_requested.emit(activity.owner_id)
            case ActivityKind.DOWNLOAD:
                clip = self._services.music.clips.get(activity.owner_id)
                if clip is not None:
                    self.song_requested.emit(clip.task_id)

    def _on_section_chosen(self, choice: str) -> None:
        self.show_section(Section(choice))
        self.take_focus()
