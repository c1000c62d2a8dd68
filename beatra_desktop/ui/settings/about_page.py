"""What this app is, and whose work is in it."""

from typing import Final

from PySide6.QtCore import QCoreApplication, qVersion
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from beatra_desktop.ui import theme
from beatra_desktop.ui.app_icon import app_icon
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.licences_window import LicencesWindow
from beatra_desktop.ui.settings.page import SettingRow, SettingsPage
from beatra_desktop.ui.styling import Tone

LOGO_PX: Final = 64


class AboutPage(SettingsPage):
    def __init__(self, version: str, *, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("AboutPage", "About"), parent=parent)
        card = self.add_group(self.tr("About"))
        card.add(self._head(version))
        card.add(
            Text(
                self.tr(
                    "An independent desktop app for the beatra API: chat, uploads and a music "
                    "studio. Your chats, files and songs stay on this computer; keys live in the "
                    "system's key store or in memory, nowhere else."
                )
            )
        )
        licences = self.add_group(self.tr("Licences"))
        sentence = self.tr(
            "Beatra Desktop is under the MIT licence, Qt {version} and PySide6 under the LGPL 3. "
            "FFmpeg, inside the PyAV library, makes packages fall under the GPL as a whole."
        )
        self.licences = Button(self.tr("All licences…"))
        self.licences.clicked.connect(lambda: LicencesWindow(parent=self.window()).open())
        licences.add(
            SettingRow(
                self.tr("Work of others"), sentence.format(version=qVersion()), self.licences
            )
        )
        self.finish()

    def _head(self, version: str) -> QHBoxLayout:
        logo = QLabel()
        logo.setPixmap(app_icon().pixmap(LOGO_PX, LOGO_PX))
        logo.setAccessibleName(self.tr("The app's icon"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Text("Beatra Desktop", size="title"))
        words.addWidget(Text(self.tr("Version {n}").format(n=version), tone=Tone.SECONDARY))
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(logo)
        row.addLayout(words, stretch=1)
        return row
