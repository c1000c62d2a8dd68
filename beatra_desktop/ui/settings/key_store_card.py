"""Where keys are kept: the store by its own name, whether it works, and what to do if not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.profiles import KeyStore, KeyStoreState
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.key_store_text import advice, happened
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

_UNTIL_QUIT: Final = QT_TRANSLATE_NOOP("KeyStoreCard", "Until then, new keys work until you quit.")
_STATES: Final[Mapping[KeyStoreState, tuple[str, Icon, Tone]]] = MappingProxyType(
    {
        KeyStoreState.UNTESTED: (
            QT_TRANSLATE_NOOP("KeyStoreCard", "Not tested yet."),
            Icon.KEY,
            Tone.SECONDARY,
        ),
        KeyStoreState.READY: (
            QT_TRANSLATE_NOOP("KeyStoreCard", "Works: keys are kept here and in no file."),
            Icon.SUCCESS,
            Tone.SUCCESS,
        ),
        KeyStoreState.NO_SERVICE: (_UNTIL_QUIT, Icon.WARNING, Tone.WARNING),
        KeyStoreState.LOCKED: (_UNTIL_QUIT, Icon.WARNING, Tone.WARNING),
        KeyStoreState.REFUSED: (_UNTIL_QUIT, Icon.ERROR, Tone.DANGER),
    }
)


class KeyStoreCard(Card):
    def __init__(self, profiles: ProfilesService, *, parent: QWidget | None = None) -> None:
        super().__init__("", parent=parent)
        self.setAccessibleName(self.tr("Key store"))
        self._icon = IconLabel(Icon.KEY, "")
        self._name = Text(weight="strong")
        self._state = Text(tone=Tone.SECONDARY, size="small")
        self.test = Button(self.tr("Test"), icon=Icon.RETRY)
        self.test.clicked.connect(lambda: profiles.test_key_store())
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._icon)
        head.addWidget(self._name, stretch=1)
        head.addWidget(self.test)
        self.add(head, self._state)
        subscribe(self, profiles.key_store.changed, self.show_store)
        self.show_store(profiles.key_store.value)

    @property
    def words(self) -> str:
        return f"{self._name.text()}. {self._state.text()}"

    def show_store(self, store: KeyStore) -> None:
        sentence, icon, tone = _STATES[store.state]
        is_missing = store.state is KeyStoreState.NO_SERVICE
        unnamed = self.tr("Memory, until you quit") if is_missing else self.tr("Key store")
        self._name.setText(store.name or unnamed)
        self._icon.set_icon(icon, "", tone=tone)
        code = store.detail
        trouble = [happened(code), advice(code)] if advice(code) else []
        self._state.setText(format.sentences([*trouble, self.tr(sentence)]))
