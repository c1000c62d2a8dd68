"""How the app looks and behaves."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from beatra_desktop.domain.settings import PARALLEL_UPLOADS, RETRY_ATTEMPTS, Settings
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import Segmented, Select, Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.settings.cap_field import CapField
from beatra_desktop.ui.settings.look_settings import LookSettings
from beatra_desktop.ui.settings.page import SettingRow, SettingsPage
from beatra_desktop.ui.settings.song_settings import SongSettings
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe


class GeneralPage(SettingsPage):
    def __init__(self, settings: SettingsService, *, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("GeneralPage", "General"), parent=parent)
        self._settings = settings
        self.looks = LookSettings(settings, self.add_group(self.tr("Appearance")))
        self._add_chat()
        self._add_files()
        self._songs = SongSettings(settings, self.add_group(self.tr("Songs")))
        self._add_requests()
        self._add_charges()
        self.finish()
        subscribe(self, settings.settings.changed, self.show_settings)
        self.show_settings(settings.settings.value)

    def show_settings(self, settings: Settings) -> None:
        self.looks.show_settings(settings)
        self.enter_sends.choose("enter" if settings.enter_sends else "ctrl_enter")
        self.falls_back.setChecked(settings.falls_back_to_auto)
        self.folder.setText(str(settings.clips_folder or self.tr("The app’s own folder")))
        self.default_folder.setVisible(settings.clips_folder is not None)
        self.uploads.choose(str(settings.parallel_uploads))
        self.attempts.choose(settings.retry_attempts)
        self.cap.show_cap(settings.daily_cap_credits)
        self._songs.show_settings(settings)

    def _add_chat(self) -> None:
        card = self.add_group(self.tr("Chat"))
        self.enter_sends = Segmented(
            self.tr("Sending"),
            [("enter", self.tr("Enter")), ("ctrl_enter", self.tr("Ctrl+Enter"))],
        )
        self.enter_sends.chosen.connect(self._on_enter_chosen)
        sentence = self.tr("Ctrl+Enter always sends, Shift+Enter starts a new line.")
        card.add(SettingRow(self.tr("Send a message with"), sentence, self.enter_sends))
        card.box.addSpacing(theme.GRID)
        card.add(self._fallback_row())

    def _fallback_row(self) -> SettingRow:
        title = self.tr("When a chosen model is gone, let beatra choose another")
        self.falls_back = Toggle("")
        self.falls_back.setAccessibleName(title)
        self.falls_back.toggled.connect(
            lambda is_wanted: self._settings.change(falls_back_to_auto=is_wanted)
        )
        sentence = self.tr(
            "The answer says which model gave it. Otherwise you are asked each time."
        )
        return SettingRow(title, sentence, self.falls_back)

    def _add_files(self) -> None:
        card = self.add_group(self.tr("Files"))
        choose = Button(self.tr("Choose…"), icon=Icon.FOLDER)
        choose.clicked.connect(self._on_choose_clicked)
        sentence = self.tr("New songs are saved here. Songs that are already saved stay put.")
        card.add(SettingRow(self.tr("Folder for songs"), sentence, choose))
        self.folder = ElidedLabel(mode=Qt.TextElideMode.ElideMiddle, tone=Tone.SECONDARY)
        self.default_folder = Button(self.tr("Use the default"), variant=Variant.LINK)
        self.default_folder.clicked.connect(self._on_default_clicked)
        row = QHBoxLayout()
        row.addWidget(self.folder, stretch=1)
        row.addWidget(self.default_folder)
        card.add(row)
        card.box.addSpacing(theme.GRID)
        self._add_parallel_uploads(card)

    def _add_parallel_uploads(self, card: Card) -> None:
        numbers = [(str(n), str(n)) for n in PARALLEL_UPLOADS]
        self.uploads = Segmented(self.tr("Uploads at a time"), numbers)
        self.uploads.chosen.connect(lambda n: self._settings.change(parallel_uploads=int(n)))
        sentence = self.tr("More at a time helps with many small files.")
        card.add(SettingRow(self.tr("Uploads at a time"), sentence, self.uploads))

    def _add_requests(self) -> None:
        card = self.add_group(self.tr("Requests"))
        self.attempts = Select(self.tr("Attempts"))
        for number in RETRY_ATTEMPTS:
            words = (
                self.tr("Once, no retries")
                if number == 1
                else self.tr("Up to %n times", "", number)
            )
            self.attempts.addItem(words, number)
        self.attempts.activated.connect(self._on_attempts_chosen)
        sentence = self.tr(
            "Only what can succeed later is tried again, always as the same request: "
            "nothing is charged twice."
        )
        card.add(SettingRow(self.tr("Try a request"), sentence, self.attempts))

    def _add_charges(self) -> None:
        card = self.add_group(self.tr("Charges"))
        self.cap = CapField()
        self.cap.changed.connect(lambda cap: self._settings.change(daily_cap_credits=cap))
        sentence = self.tr(
            "Before a song would take the day over this, you are asked. It counts what the "
            "service charged, and the listed price of what is on its way."
        )
        card.add(SettingRow(self.tr("Daily limit"), sentence, self.cap))

    def _on_enter_chosen(self, choice: str) -> None:
        self._settings.change(enter_sends=choice == "enter")

    def _on_attempts_chosen(self, _row: int) -> None:
        self._settings.change(retry_attempts=self.attempts.currentData())

    def _on_choose_clicked(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for songs"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        folder = self._settings.settings.value.clips_folder
        if folder is not None:
            dialog.setDirectory(str(folder))
        dialog.fileSelected.connect(self._on_folder_selected)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_folder_selected(self, folder: str) -> None:
        self._settings.change(clips_folder=Path(folder))

    def _on_default_clicked(self) -> None:
        self._settings.change(clips_folder=None)
