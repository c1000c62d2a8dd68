"""Files and pictures given to the chat: text becomes part of the message, the rest is uploaded."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.uploads import PurposeRule
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.ui import format
from beatra_desktop.ui.chat.composer import Composer
from beatra_desktop.ui.chat.composer_bars import Hint
from beatra_desktop.ui.chat.quoting import MAX_QUOTED_BYTES, Obstacle, quoted_file
from beatra_desktop.ui.uploads import pictures


class Attaching(QObject):
    uploads_started = Signal()
    """Files that are no text are on their way; their rows are among the uploads."""

    def __init__(self, uploads: UploadService, composer: Composer, *, parent: QObject) -> None:
        super().__init__(parent)
        self._uploads = uploads
        self._composer = composer
        composer.attach_requested.connect(self.choose_files)
        composer.files_given.connect(self.insert_files)
        composer.picture_given.connect(self.upload_picture)

    def choose_files(self) -> None:
        dialog = QFileDialog(self._composer, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(lambda names: self.insert_files([Path(n) for n in names]))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def insert_files(self, paths: Sequence[Path], *, links: Sequence[str] = ()) -> None:
        """Text becomes part of the message while there is room; other files are uploaded.

        `links` came with them and are no files of this computer: they are refused by name.
        """
        quotes: list[str] = []
        others: dict[Path, Obstacle] = {}
        room = MAX_QUOTED_BYTES
        for path in paths:
            quote = quoted_file(path, limit_bytes=room)
            if isinstance(quote, Obstacle):
                others[path] = quote
            else:
                quotes.append(quote)
                room = max(0, room - len(quote.encode()))
        if quotes:
            self._composer.insert("".join(quotes))
        if hint := self._why_uploaded(others):
            self._composer.show_hint(Hint(sentence=hint))
        if others or links:
            rule = PurposeRule.AUDIO_AS_REFERENCE
            self._uploads.take_in(list(others), purpose=rule, links=links)
            self.uploads_started.emit()

    def upload_picture(self, picture: QImage) -> None:
        """A picture from the clipboard, which is no file yet."""
        pictures.upload_picture(self._uploads, picture)
        sentence = self.tr(
            "Chat takes only text today, so the picture is not part of the message. See Uploads "
            "in the studio for what becomes of it."
        )
        self._composer.show_hint(Hint(sentence=sentence))
        self.uploads_started.emit()

    def _why_uploaded(self, others: Mapping[Path, Obstacle]) -> str:
        """One sentence for the files that did not become part of the message.

        Nothing for those that can't be uploaded either: they are listed with their reasons.
        """
        known = {path: why for path, why in others.items() if why is not Obstacle.TOO_LARGE}
        if len(known) > 1:
            return self.tr(
                "{number} files are no text or too long for the message, so they are not part of "
                "it. See Uploads in the studio for what becomes of them."
            ).format(number=len(known))
        for path, obstacle in known.items():
            name = path.name.encode(errors="replace").decode()
            return self._sentence(obstacle).format(name=name, room=format.size(MAX_QUOTED_BYTES))
        return ""

    def _sentence(self, obstacle: Obstacle) -> str:
        if obstacle is Obstacle.NO_ROOM:
            return self.tr(
                "“{name}” is longer than the {room} of text that files may add to a message, "
                "so it is uploaded instead. See Uploads in the studio for what becomes of it."
            )
        return self.tr(
            "Chat takes only text today, so “{name}” is not part of the message. See "
            "Uploads in the studio for what becomes of it."
        )
