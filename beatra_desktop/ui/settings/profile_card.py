"""One profile in the settings: where it leads, how it stands, its key."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.connection_text import describe_connection
from beatra_desktop.ui.error_text import describe
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import StateDot
from beatra_desktop.ui.labels import Badge, Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.settings.key_entry import KeyEntry
from beatra_desktop.ui.settings.page import WORDS_PX
from beatra_desktop.ui.stacking_row import StackingRow
from beatra_desktop.ui.styling import Tone, Variant
from beatra_desktop.ui.subscriptions import subscribe


class ProfileCard(Card):
    def __init__(
        self, profiles: ProfilesService, profile: Profile, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(profile_name(profile), parent=parent)
        self.profile = profile
        self._profiles = profiles
        self._active = Badge(self.tr("In use"), tone=Tone.ACCENT)
        self._address = Text(tone=Tone.SECONDARY, size="small")
        self._dot = StateDot()
        self._state = Text(size="small")
        self._problem = Text(tone=Tone.DANGER, size="small")
        self.use = Button(self.tr("Use this profile"))
        self.test = Button(self.tr("Test"), icon=Icon.RETRY)
        self.add(self._head(), self._standing(), self._problem)
        takes_key = profile.kind is not ProfileKind.SANDBOX
        self.key_entry = KeyEntry(profiles, profile) if takes_key else None
        if self.key_entry is not None:
            self.add(self.key_entry)
        self._connect()
        self._refresh()

    def _head(self) -> QWidget:
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        name = QHBoxLayout()
        name.setSpacing(theme.GRID)
        title = Text(profile_name(self.profile), weight="strong")
        title.setWordWrap(False)
        name.addWidget(title)
        name.addWidget(self._active)
        name.addStretch(1)
        column.addLayout(name)
        column.addWidget(self._address)
        return StackingRow(words, self._deeds(), words_px=WORDS_PX)

    def _deeds(self) -> QWidget:
        deeds = QWidget()
        row = QHBoxLayout(deeds)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.use)
        row.addWidget(self.test)
        if self.profile.kind is ProfileKind.CUSTOM:
            remove = Button(self.tr("Remove"), variant=Variant.DANGER)
            remove.clicked.connect(self._on_remove_clicked)
            row.addWidget(remove)
        row.addStretch(1)
        return deeds

    def _standing(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self._dot)
        row.addWidget(self._state, stretch=1)
        return row

    def _connect(self) -> None:
        self.use.clicked.connect(self._on_use_clicked)
        self.test.clicked.connect(self._on_test_clicked)
        subscribe(self, self._profiles.active.changed, self._refresh)
        subscribe(self, self._profiles.connection.changed, self._refresh)

    def _refresh(self, _value: object = None) -> None:
        is_active = self._profiles.active.value.id == self.profile.id
        for widget in (self._active, self._dot, self._state, self.test):
            widget.setVisible(is_active)
        self.use.setVisible(not is_active)
        self._address.setText(self._address_words())
        connection = self._profiles.connection.value
        standing = describe_connection(connection)
        hint = connection.key_hint
        words = self.tr("{state} · key {hint}").format(state=standing.words, hint=hint)
        self._state.setText(words if hint else standing.words)
        self._dot.set_tone(standing.tone)
        problem = describe(connection.failure).sentence if connection.failure else ""
        self._problem.setText(problem)
        self._problem.setVisible(is_active and bool(problem))

    def _address_words(self) -> str:
        if self.profile.kind is ProfileKind.SANDBOX:
            return self.tr("A complete practice service on this computer. Nothing costs anything.")
        return self.profile.base_url

    def _on_use_clicked(self) -> None:
        self._profiles.activate(self.profile.id)

    def _on_test_clicked(self) -> None:
        self._profiles.check()

    def _on_remove_clicked(self) -> None:
        self._profiles.remove(self.profile.id)
