"""What the buttons on notices do."""

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.notices import Notice
from beatra_desktop.services.history import HistoryService
from beatra_desktop.ui.details import DetailsPopover, failure_details
from beatra_desktop.ui.dialogs import Dialogs
from beatra_desktop.ui.error_text import ErrorAction
from beatra_desktop.ui.navigation import Navigation
from beatra_desktop.ui.transfer.transfers import Transfers


class NoticeActions(QObject):
    def __init__(
        self,
        history: HistoryService,
        *,
        navigation: Navigation,
        dialogs: Dialogs,
        transfers: Transfers,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._history, self._navigation = history, navigation
        self._dialogs, self._transfers, self._window = dialogs, transfers, window

    def do(self, notice: Notice, action: str) -> None:
        """`action` is the value of an `ErrorAction`."""
        match ErrorAction(action):
            case ErrorAction.UNDO:
                self._undo(notice)
            case ErrorAction.SHOW_DETAILS if notice.failure is not None:
                details = failure_details(notice.failure)
                DetailsPopover(details, parent=self._window).popup(QCursor.pos())
            case ErrorAction.SHOW_FOLDER:
                self._transfers.show_in_folder(notice)
            case ErrorAction.SHOW_SONGS:
                self._navigation.show_songs()
            case ErrorAction.SHOW_NOTES:
                QDesktopServices.openUrl(QUrl(notice.parameters["url"]))
            case ErrorAction.CHANGE_FOLDER:
                self._dialogs.open_settings()
            case _:
                self._dialogs.open_profiles()

    def _undo(self, notice: Notice) -> None:
        self._history.undo(notice)
        if "id" in notice.parameters:
            self._navigation.show_conversation(notice.parameters["id"])
