"""Pictures that are no files yet: from the clipboard, or dragged out of another program."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QDateTime, QIODevice
from PySide6.QtGui import QImage, QImageWriter

from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.services.uploads import UploadService

PNG: Final = QByteArray(b"png")
_TIME_IN_NAMES: Final = "yyyy-MM-dd HH.mm.ss"


def upload_picture(uploads: UploadService, picture: QImage) -> None:
    """Upload it under the time of day."""
    time = QDateTime.currentDateTime().toString(_TIME_IN_NAMES)
    name = QCoreApplication.translate("pictures", "Picture {time}.png").format(time=time)
    uploads.add_made(name, lambda: png(picture), purpose=Purpose.MEDIA_INPUT)


def png(picture: QImage) -> bytes:
    """The picture as a PNG file; blocks for a fraction of a second for a large one."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, PNG).write(picture)
    return bytes(buffer.data().data())
