"""What the desktop is told of while the window is in the background."""

from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from beatra_desktop.domain.settings import Settings
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Toggle
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.settings.page import SettingRow, SettingsPage
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_KINDS: Final = (
    (
        "notifies_of_songs",
        QT_TRANSLATE_NOOP("NotificationsPage", "Songs"),
        QT_TRANSLATE_NOOP("NotificationsPage", "Saved, or failed."),
    ),
    (
        "notifies_of_answers",
        QT_TRANSLATE_NOOP("NotificationsPage", "Answers"),
        QT_TRANSLATE_NOOP("NotificationsPage", "Complete, or broken off."),
    ),
    (
        "notifies_of_uploads",
        QT_TRANSLATE_NOOP("NotificationsPage", "Uploads"),
        QT_TRANSLATE_NOOP("NotificationsPage", "Failed ones only."),
    ),
    (
        "notifies_of_questions",
        QT_TRANSLATE_NOOP("NotificationsPage", "Questions"),
        QT_TRANSLATE_NOOP("NotificationsPage", "When something would pass your daily limit."),
    ),
)


class NotificationsPage(SettingsPage):
    def __init__(self, settings: SettingsService, *, parent: QWidget | None = None) -> None:
        name = QCoreApplication.translate("NotificationsPage", "Notifications")
        super().__init__(name, parent=parent)
        self._settings = settings
        self.toggles: dict[str, Toggle] = {}
        self._add_kinds()
        self._add_marks()
        self.finish()
        subscribe(self, settings.settings.changed, self.show_settings)
        self.show_settings(settings.settings.value)

    def show_settings(self, settings: Settings) -> None:
        for name, toggle in self.toggles.items():
            toggle.setChecked(getattr(settings, name))

    def _add_kinds(self) -> None:
        sentence = self.tr(
            "Only while the window is in the background. They go by themselves when you come back, "
            "or when they are true no more."
        )
        self.body.add(Text(sentence, tone=Tone.SECONDARY))
        card = self.add_group(self.tr("Tell me of"))
        for place, (name, title, words) in enumerate(_KINDS):
            self._add(card, name, self.tr(title), self.tr(words), is_first=place == 0)

    def _add_marks(self) -> None:
        card = self.add_group(self.tr("Beside the window"))
        counted = self.tr("A count of new results on the app’s icon, where the desktop shows one.")
        self._add(card, "counts_unseen", self.tr("Count on the icon"), counted, is_first=True)
        tray = self.tr("How things stand, and a short menu. Closing the window still quits.")
        if not QSystemTrayIcon.isSystemTrayAvailable():
            tray = self.tr("This desktop has no tray at the moment; one that comes is used.")
        self._add(card, "shows_tray", self.tr("Icon in the tray"), tray, is_first=False)

    def _add(self, card: Card, name: str, title: str, sentence: str, *, is_first: bool) -> None:
        toggle = Toggle("")
        toggle.setAccessibleName(title)
        toggle.toggled.connect(lambda is_on: self._settings.change(**{name: is_on}))
        self.toggles[name] = toggle
        if not is_first:
            card.box.addSpacing(theme.GRID)
        card.add(SettingRow(title, sentence, toggle))
