"""What an empty conversation shows: what can be done here, and one line to go live."""

from typing import Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from beatra_desktop.domain.profiles import Connection, ConnectionPhase, Profile, ProfileKind
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.preset_chips import PresetChips
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Tone, Variant

WIDTH_PX: Final = 560


class Welcome(QScrollArea):
    """`prompt_chosen(text)` sends a first message; the others lead to their place."""

    prompt_chosen = Signal(str)
    music_requested = Signal()
    files_requested = Signal()
    account_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Welcome"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = Text(self.tr("What shall we make?"), size="title")
        self._sentence = Text(tone=Tone.SECONDARY)
        # A long address must not make the window wider.
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.presets = PresetChips()
        self._account = Button("", variant=Variant.LINK, icon=Icon.KEY)
        self._account.clicked.connect(self.account_requested)
        self._lay_out()

    def show_profile(self, profile: Profile, connection: Connection) -> None:
        """Say where messages go, truthfully."""
        sandbox = profile.kind is ProfileKind.SANDBOX
        self._sentence.setText(self._sandbox_place() if sandbox else self._place(profile))
        wanted = self._wanted_account(profile, connection)
        self._account.setText(wanted)
        self._account.setAccessibleName(wanted)
        self._account.setVisible(bool(wanted))

    def _wanted_account(self, profile: Profile, connection: Connection) -> str:
        """What the user could do about the account; empty where there is nothing to do."""
        if profile.kind is ProfileKind.SANDBOX:
            return self.tr("Connect your beatra account")
        if connection.phase is ConnectionPhase.NEEDS_KEY:
            return self.tr("Enter your API key")
        if connection.phase is ConnectionPhase.BAD_KEY:
            return self.tr("Check your API key")
        return ""

    def _sandbox_place(self) -> str:
        return self.tr(
            "You are in the sandbox: a complete beatra service on this computer. "
            "It streams, uploads and makes real audio, and nothing costs anything."
        )

    def _place(self, profile: Profile) -> str:
        place = QUrl(profile.base_url).authority() or profile_name(profile)
        return self.tr("Messages go to {place}.").format(place=place)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(theme.GRID)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        column.addSpacing(theme.GRID)
        for button in self._suggestions():
            column.addWidget(button)
        column.addSpacing(theme.GRID)
        column.addWidget(self.presets)
        column.addSpacing(theme.GRID)
        column.addWidget(self._account, alignment=Qt.AlignmentFlag.AlignLeft)
        holder = QWidget()
        holder.setLayout(column)
        self._holder = holder
        self._fit()
        theme.notifier().changed.connect(self._fit)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(holder, stretch=8)
        row.addStretch(1)
        page = QWidget()
        page.setProperty("plain", "true")
        outer = QVBoxLayout(page)
        outer.addStretch(2)
        outer.addLayout(row)
        outer.addStretch(3)
        self.setWidgetResizable(True)
        self.setWidget(page)

    def _fit(self) -> None:
        self._holder.setMaximumWidth(theme.scaled(WIDTH_PX))

    def _suggestions(self) -> list[Button]:
        ask = Button(self.tr("Ask what beatra can do today"), icon=Icon.CHAT)
        question = self.tr("What can I do with beatra today, and what is still in preview?")
        ask.clicked.connect(lambda: self.prompt_chosen.emit(question))
        song = Button(self.tr("Make a song from a few words"), icon=Icon.MUSIC)
        song.clicked.connect(self.music_requested)
        files = Button(self.tr("Upload a recording to work from"), icon=Icon.UPLOAD)
        files.clicked.connect(self.files_requested)
        for button in (ask, song, files):
            button.setProperty("suggestion", "true")
        return [ask, song, files]
