"""Files and pictures given to the chat: text becomes part of the message, the rest is uploaded."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QDateTime, QIODevice, QObject, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog

from beatra_desktop.domain.uploads import MAX_UPLOAD_BYTES, Purpose
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.ui import format
from beatra_desktop.ui.chat.composer import Composer
from beatra_desktop.ui.chat.composer_bars import Hint
from beatra_desktop.ui.chat.quoting import MAX_QUOTED_BYTES, Obstacle, quoted_file
from beatra_desktop.ui.uploads.drop_zone import is_audio

PNG: Final = QByteArray(b"png")
_TIME_IN_NAMES: Final = "yyyy-MM-dd HH.mm.ss"


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

    def insert_files(self, paths: Sequence[Path]) -> None:
        """Text becomes part of the message while there is room; other files are uploaded."""
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
        if others:
            self._composer.show_hint(Hint(sentence=self._why_uploaded(others)))
            self._upload(others)

    def upload_picture(self, picture: QImage) -> None:
        """A picture from the clipboard, which is no file yet."""
        time = QDateTime.currentDateTime().toString(_TIME_IN_NAMES)
        name = self.tr("Picture {time}.png").format(time=time)
        self._uploads.add_made(name, lambda: png(picture), purpose=Purpose.MEDIA_INPUT)
        sentence = self.tr(
            "Chat takes only text today, so the picture is not part of the message. See Uploads "
            "in the studio for what becomes of it."
        )
        self._composer.show_hint(Hint(sentence=sentence))
        self.uploads_started.emit()

    def _upload(self, paths: Iterable[Path]) -> None:
        for path in paths:
            purpose = Purpose.REFERENCE_AUDIO if is_audio(path) else Purpose.MEDIA_INPUT
            self._uploads.add([path], purpose=purpose)
        self.uploads_started.emit()

    def _why_uploaded(self, others: dict[Path, Obstacle]) -> str:
        """One sentence for the files that did not become part of the message."""
        if len(others) > 1:
            return self.tr(
                "{number} files are no text or too long for the message, so they are not part of "
                "it. See Uploads in the studio for what becomes of them."
            ).format(number=len(others))
        [(path, obstacle)] = others.items()
        name = path.name.encode(errors="replace").decode()
        return self._sentence(obstacle).format(
            name=name,
            room=format.size(MAX_QUOTED_BYTES),
            limit=format.size(MAX_UPLOAD_BYTES),
        )

    def _sentence(self, obstacle: Obstacle) -> str:
        match obstacle:
            case Obstacle.NO_TEXT:
                return self.tr(
                    "Chat takes only text today, so “{name}” is not part of the message. See "
                    "Uploads in the studio for what becomes of it."
                )
            case Obstacle.NO_ROOM:
                return self.tr(
                    "“{name}” is longer than the {room} of text that files may add to a message, "
                    "so it is uploaded instead. See Uploads in the studio for what becomes of it."
                )
            case Obstacle.TOO_LARGE:
                return self.tr(
                    "“{name}” is larger than {limit}, the most the service takes, so it can't "
                    "be uploaded. Nothing was sent."
                )


def png(picture: QImage) -> bytes:
    """The picture as a PNG file; blocks for a fraction of a second for a large one."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, PNG).write(picture)
    return bytes(buffer.data().data())
