"""The picture the desktop knows the app by; apart from `icons`, which a start needs only later."""

from typing import Final

from PySide6.QtGui import QIcon

from beatra_desktop.paths import resources

SMALL_PX: Final = (16, 22, 24)


def app_icon() -> QIcon:
    """Small sizes have a picture of their own, whose lines lie on whole pixels."""
    folder = resources() / "icons"
    icon = QIcon(str(folder / "app.svg"))
    for size_px in SMALL_PX:
        icon.addPixmap(QIcon(str(folder / "app-small.svg")).pixmap(size_px))
    return icon
