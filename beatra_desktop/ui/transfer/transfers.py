"""Exporting and importing chats from the window."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.notices import Notice
from beatra_desktop.services import Services
from beatra_desktop.ui.actions import Actions, Command
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.transfer.progress import TransferBar
from beatra_desktop.ui.transfer.words import export_words

if TYPE_CHECKING:
    from beatra_desktop.ui.transfer.export_dialog import Choice

FOLDER_STATE: Final = "export_folder"


class Transfers(QObject):
    """Owns the dialogs and the bar of what runs; enables the commands that have something to do."""

    def __init__(self, services: Services, commands: Actions, *, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._commands = commands
        self._window = window
        self._shown_id = ConversationId("")
        self.bar = TransferBar(services.transfer)
        services.transfer.printer = _print
        listed = services.history.conversations
        for signal in (listed.changed, listed.inserted, listed.removed, listed.reset):
            subscribe(self, signal, self._refresh)
        self._refresh()

    def show_conversation(self, conversation_id: str) -> None:
        """The one that “Export chat…” is about."""
        self._shown_id = ConversationId(conversation_id)
        self._refresh()

    def export_shown(self) -> None:
        self.export_conversation(self._shown_id)

    def export_conversation(self, conversation_id: str) -> None:
        """Ask where a conversation goes, then write it there."""
        conversation = self._services.history.conversations.get(conversation_id)
        if conversation is None:
            return
        from beatra_desktop.ui.transfer.export_dialog import ExportDialog  # and below: seldom

        dialog = ExportDialog(
            conversation.title or export_words().untitled,
            folder=self._folder(),
            has_branches=self._services.transfer.has_branches(conversation.id),
            parent=self._window,
        )
        dialog.chosen.connect(lambda path, choice: self._export(conversation.id, path, choice))
        dialog.open()

    def export_all(self) -> None:
        from beatra_desktop.ui.transfer.export_dialog import ArchiveDialog

        dialog = ArchiveDialog(folder=self._folder(), parent=self._window)
        dialog.chosen.connect(self._on_archive_chosen)
        dialog.open()

    def import_chats(self) -> None:
        from beatra_desktop.ui.transfer.export_dialog import ImportDialog

        dialog = ImportDialog(folder=self._folder(), parent=self._window)
        dialog.chosen.connect(self._on_import_chosen)
        dialog.open()

    def show_in_folder(self, notice: Notice) -> None:
        """Open the folder of the file that a notice tells of."""
        folder = Path(notice.parameters["path"]).parent
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _export(self, conversation_id: ConversationId, path: Path, choice: "Choice") -> None:
        self._note_folder(path)
        self._services.transfer.export(
            conversation_id,
            path,
            format=choice.format,
            words=export_words(),
            all_branches=choice.all_branches,
        )

    def _on_archive_chosen(self, path: Path) -> None:
        self._note_folder(path)
        self._services.transfer.export_all(path)

    def _on_import_chosen(self, path: Path) -> None:
        self._note_folder(path)
        self._services.transfer.import_file(path)

    def _folder(self) -> Path:
        """Where the last file went or came from, as long as it is there."""
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        known = self._services.settings.ui_state(FOLDER_STATE)
        folders = [Path(known)] if known else []
        folders.append(Path(QStandardPaths.writableLocation(documents)))
        return next((folder for folder in folders if folder.is_dir()), Path.home())

    def _note_folder(self, path: Path) -> None:
        self._services.settings.set_ui_state(FOLDER_STATE, str(path.parent))

    def _refresh(self, *_rows: int) -> None:
        listed = self._services.history.conversations
        shown = listed.get(self._shown_id)
        is_said = shown is not None and shown.head_id is not None
        self._commands[Command.EXPORT_CHAT].setEnabled(is_said)
        is_any = any(conversation.head_id is not None for conversation in listed)
        self._commands[Command.EXPORT_ALL].setEnabled(is_any)


def _print(parts: Iterable[str]) -> bytes:
    from beatra_desktop.ui.transfer.pdf import print_pdf

    return print_pdf(parts)
