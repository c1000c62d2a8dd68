"""Links into the app: opening what they name."""

from PySide6.QtCore import QObject

from beatra_desktop.domain.deep_links import DeepLink, LinkTarget, parse_link
from beatra_desktop.domain.ids import TaskId
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.services import Services
from beatra_desktop.ui.navigation import Navigation


class DeepLinks(QObject):
    """Opens what is here; a link never sends, changes or deletes anything."""

    def __init__(self, services: Services, navigation: Navigation) -> None:
        super().__init__(navigation)
        self._services = services
        self._navigation = navigation

    def open(self, text: str) -> None:
        """Show what the link names, or say why that can't be."""
        link = parse_link(text)
        if link is None:
            self._tell(NoticeCode.LINK_REFUSED)
        elif not self._show(link):
            self._tell(NoticeCode.LINK_LEADS_NOWHERE)

    def _show(self, link: DeepLink) -> bool:
        match link.target:
            case LinkTarget.LIBRARY:
                self._navigation.show_library()
                return True
            case LinkTarget.CONVERSATION:
                return self._show_conversation(link.id)
            case LinkTarget.TASK:
                return self._show_task(link.id)
            case LinkTarget.CLIP:
                clip = self._services.music.clips.get(link.id)
                # Ids of clips begin with their task's, which may not have been read yet.
                task_id = clip.task_id if clip is not None else link.id.rpartition("-")[0]
                return self._show_task(task_id)

    def _show_conversation(self, conversation_id: str) -> bool:
        is_here = conversation_id in self._services.chat.conversations
        if is_here:
            self._navigation.show_conversation(conversation_id)
        return is_here

    def _show_task(self, task_id: str) -> bool:
        is_here = self._services.music.find(TaskId(task_id)) is not None
        if is_here:
            self._navigation.show_song(task_id)
        return is_here

    def _tell(self, code: NoticeCode) -> None:
        self._services.notices.tell(code, level=NoticeLevel.WARNING)
