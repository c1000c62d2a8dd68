"""What leaves this computer, and looking for a newer version, which is off unless wanted."""

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.profiles import BaseUrlProblem, normalise_base_url
from beatra_desktop.domain.settings import Settings
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.updates import UpdateService, UpdateState
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.error_text import describe, describe_base_url
from beatra_desktop.ui.fields import Field, FieldError, Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.settings.page import SettingRow, SettingsPage
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe


class PrivacyPage(SettingsPage):
    def __init__(
        self, settings: SettingsService, updates: UpdateService, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("PrivacyPage", "Privacy"), parent=parent)
        self._settings = settings
        self._updates = updates
        self._add_promises()
        self._add_updates()
        self.finish()
        subscribe(self, settings.settings.changed, self.show_settings)
        subscribe(self, updates.state.changed, self.show_state)
        self.show_settings(settings.settings.value)
        self.show_state(updates.state.value)

    def show_settings(self, settings: Settings) -> None:
        self.checks.setChecked(settings.checks_for_updates)
        if not self.address.hasFocus() and not self.error.text:
            self.address.setText(settings.update_url)
        is_usable = not isinstance(normalise_base_url(settings.update_url), BaseUrlProblem)
        self.check_now.setEnabled(is_usable and not self._updates.state.value.is_checking)

    def show_state(self, state: UpdateState) -> None:
        self.state.setText(self._words(state))
        self.state.setVisible(bool(self.state.text()))
        self.notes.setVisible(bool(state.url))
        self.show_settings(self._settings.settings.value)

    def _add_promises(self) -> None:
        card = self.add_group(self.tr("What leaves this computer"))
        for sentence in (
            self.tr("What you write and upload goes to the service you chose, and nowhere else."),
            self.tr("There are no statistics, no crash reports and no advertising."),
            self.tr("Keys go only to the address they are for, and into no log, report or export."),
        ):
            card.add(Text(sentence))

    def _add_updates(self) -> None:
        card = self.add_group(self.tr("New versions"))
        self.checks = Toggle("")
        self.checks.setAccessibleName(self.tr("Look for a new version once a day"))
        self.checks.toggled.connect(self._on_toggled)
        sentence = self.tr(
            "One request for the file below, at most once a day. It says “beatra-desktop” and "
            "nothing else: no version, no key, no id, no cookie. As always, the server sees your "
            "network address. Nothing is downloaded or installed."
        )
        card.add(SettingRow(self.checks.accessibleName(), sentence, self.checks))
        card.box.addSpacing(theme.GRID)
        self.address = Field(
            self.tr("Address of the file"), placeholder="https://example.com/latest.json"
        )
        self.error = FieldError(self.address)
        self.address.editingFinished.connect(self._on_address_edited)
        hint = self.tr('A JSON file such as {"version": "1.2.0", "url": "https://…"}.')
        card.add(Text(self.address.accessibleName(), weight="strong"))
        card.add(self.address, self.error, Text(hint, tone=Tone.SECONDARY, size="small"))
        card.add(self._state_row())

    def _state_row(self) -> QHBoxLayout:
        self.state = Text(tone=Tone.SECONDARY)
        self.notes = Button(self.tr("Show release notes"), variant=Variant.LINK, icon=Icon.EXTERNAL)
        self.check_now = Button(self.tr("Check now"), icon=Icon.CHECK_AGAIN)
        self.check_now.clicked.connect(self._updates.check)
        self.notes.clicked.connect(self._on_notes_clicked)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.check_now, alignment=Qt.AlignmentFlag.AlignLeft)
        row.addWidget(self.state, stretch=1)
        row.addWidget(self.notes)
        return row

    def _on_toggled(self, is_on: bool) -> None:  # Qt's signal
        self._settings.change(checks_for_updates=is_on)
        if is_on:
            self._judge_address()

    def _on_address_edited(self) -> None:
        """What can't be asked is named, and nothing changes."""
        text = self.address.text().strip()
        if not text or self._judge_address():
            self.error.show_error("")
            self._settings.change(update_url=text)

    def _judge_address(self) -> bool:
        url = normalise_base_url(self.address.text())
        problem = url if isinstance(url, BaseUrlProblem) else None
        self.error.show_error(self._complaint(problem) if problem is not None else "")
        return problem is None

    def _complaint(self, problem: BaseUrlProblem) -> str:
        if problem is BaseUrlProblem.EMPTY:
            return self.tr("Enter the address of the file, else nothing is looked for.")
        if problem is BaseUrlProblem.NOT_ENCRYPTED:
            return self.tr("The address must start with https://, or http:// on this computer.")
        if problem is BaseUrlProblem.HAS_CREDENTIALS:
            return self.tr("Take the name and password out of the address.")
        return describe_base_url(problem)

    def _on_notes_clicked(self) -> None:
        QDesktopServices.openUrl(QUrl(self._updates.state.value.url))

    def _words(self, state: UpdateState) -> str:
        if state.is_checking:
            return self.tr("Looking…")
        if state.failure is not None:
            return describe(state.failure).sentence
        if state.version:
            return self.tr("Version {version} is there.").format(version=state.version)
        if state.checked_at is None:
            return ""
        when = format.day_and_time(state.checked_at, utc_now())
        return self.tr("Looked {when}; there is nothing newer.").format(when=when)
