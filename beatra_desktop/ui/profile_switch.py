"""Which profile is active, how it stands, and the menu to change it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import ProfileKind
from beatra_desktop.domain.traffic import Network
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.ui import theme
from beatra_desktop.ui.access.widgets import Pressable
from beatra_desktop.ui.connection_text import describe_connection, describe_offline
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import StateDot
from beatra_desktop.ui.labels import ElidedLabel, IconLabel
from beatra_desktop.ui.panes import Pane
from beatra_desktop.ui.profile_name import profile_name
from beatra_desktop.ui.styling import Ground, Tone, below
from beatra_desktop.ui.subscriptions import subscribe


class ProfileSwitch(Pane, Pressable):
    """`manage_requested` when the user wants to see profiles and keys."""

    manage_requested = Signal()
    has_menu = True

    def __init__(
        self, profiles: ProfilesService, traffic: Traffic, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(Ground.CARD, horizontal=True, margin_px=theme.GRID, parent=parent)
        self._profiles = profiles
        self._traffic = traffic
        self._dot = StateDot()
        self._name = ElidedLabel(weight="strong")
        self._state = ElidedLabel(tone=Tone.SECONDARY, size="small")
        self._sandbox = IconLabel(Icon.SANDBOX, self.tr("Sandbox"), tone=Tone.ACCENT)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        subscribe(self, profiles.active.changed, self._refresh)
        subscribe(self, profiles.connection.changed, self._refresh)
        subscribe(self, traffic.network.changed, self._refresh)
        self._refresh()

    def menu(self) -> QMenu:
        """The profiles to choose from, and the way to manage them."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for profile in self._profiles.profiles:
            action = menu.addAction(profile_name(profile))
            action.setCheckable(True)
            action.setChecked(profile.id == self._profiles.active.value.id)
            action.triggered.connect(self._activation(profile.id))
            group.addAction(action)
        menu.addSeparator()
        menu.addAction(self.tr("Profiles and keys…")).triggered.connect(self.manage_requested)
        return menu

    def press(self) -> None:
        self.menu().popup(below(self))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.press()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.press()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._state)
        row = QHBoxLayout()
        row.setContentsMargins(theme.GRID // 2, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self._dot)
        row.addLayout(words, stretch=1)
        row.addWidget(self._sandbox)
        row.addWidget(IconLabel(Icon.EXPAND, ""))
        self.add(row)

    def _activation(self, profile_id: ProfileId) -> Callable[[], None]:
        return lambda: self._profiles.activate(profile_id)

    def _refresh(self, _value: object = None) -> None:
        profile = self._profiles.active.value
        is_offline = self._traffic.network.value is Network.OFFLINE
        connection = self._profiles.connection.value
        standing = describe_offline() if is_offline else describe_connection(connection)
        is_sandbox = profile.kind is ProfileKind.SANDBOX
        here = self.tr("{state} · all is free").format(state=standing.words)
        self._name.setText(profile_name(profile))
        self._state.setText(here if is_sandbox else standing.words)
        self._dot.set_tone(standing.tone)
        self._sandbox.setVisible(is_sandbox)
        spoken = self.tr("Profile {name}, {state}. Opens the list of profiles.")
        self.setAccessibleName(spoken.format(name=profile_name(profile), state=standing.words))
