"""Where a key is entered; it leaves this field only for the key store."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.profiles import Profile
from beatra_desktop.services.profiles import InvalidKeyText, ProfilesService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.error_text import describe_api_key
from beatra_desktop.ui.fields import FieldError, SecretField, Toggle
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Variant


class KeyEntry(QWidget):
    """Key field, save and forget for one profile."""

    def __init__(
        self, profiles: ProfilesService, profile: Profile, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._profiles = profiles
        self._profile = profile
        name = self.tr("API key for {profile}").format(profile=profile_name(profile))
        self.key = SecretField(name, placeholder=self.tr("API key"))
        self.error = FieldError(self.key)
        self.session_only = Toggle(self.tr("Only until I quit"))
        self.save = Button(self.tr("Save key"), variant=Variant.PRIMARY)
        self.forget = Button(self.tr("Forget key"), variant=Variant.LINK)
        self._lay_out()
        self.key.returnPressed.connect(self._on_save_clicked)
        self.key.textChanged.connect(self._on_text_changed)
        self.save.clicked.connect(self._on_save_clicked)
        self.forget.clicked.connect(self._on_forget_clicked)
        self._on_text_changed("")

    def _lay_out(self) -> None:
        paste = IconButton(Icon.PASTE, self.tr("Paste the key"))
        paste.clicked.connect(self._on_paste_clicked)
        entry = QHBoxLayout()
        entry.setSpacing(theme.GRID)
        entry.addWidget(self.key, stretch=1)
        entry.addWidget(paste)
        entry.addWidget(self.save)
        choices = QHBoxLayout()
        choices.addWidget(self.session_only)
        choices.addStretch(1)
        choices.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(entry)
        column.addWidget(self.error)
        column.addLayout(choices)

    def _on_text_changed(self, text: str) -> None:
        self.save.setEnabled(bool(text.strip()))
        self.error.show_error("")

    def _on_paste_clicked(self) -> None:
        self.key.setText(QGuiApplication.clipboard().text().strip())
        self.key.setFocus()

    def _on_save_clicked(self) -> None:
        session_only = self.session_only.isChecked()
        try:
            self._profiles.save_key(self._profile.id, self.key.text(), session_only=session_only)
        except InvalidKeyText as error:
            self.error.show_error(describe_api_key(error.problem))
            return
        self.key.setText("")  # unlike clear(), this also empties the field's undo history

    def _on_forget_clicked(self) -> None:
        self._profiles.forget_key(self._profile.id)
