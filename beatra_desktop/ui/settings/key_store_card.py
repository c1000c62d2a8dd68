"""Where keys are kept: the store by its own name, whether it works, and what to do if not."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.domain.profiles import KeyStore, KeyStoreState
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import IconLabel, Text
from beatra_desktop.ui.panes import Card
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.translation import QT_TRANSLATE_NOOP

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
        KeyStoreState.NO_SERVICE: (
            QT_TRANSLATE_NOOP(
                "KeyStoreCard",
                "This computer offers no safe key store, so keys work until you quit.",
            ),
            Icon.WARNING,
            Tone.WARNING,
        ),
        KeyStoreState.LOCKED: (
            QT_TRANSLATE_NOOP("KeyStoreCard", "The key store is locked or waits for an answer."),
            Icon.WARNING,
            Tone.WARNING,
        ),
        KeyStoreState.REFUSED: (
            QT_TRANSLATE_NOOP("KeyStoreCard", "The key store refused the app."),
            Icon.ERROR,
            Tone.DANGER,
        ),
    }
)
_ADVICE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "install_keyring": QT_TRANSLATE_NOOP(
            "KeyStoreCard", "Install GNOME Keyring or KWallet to keep them, then test again."
        ),
        "unlock_keyring": QT_TRANSLATE_NOOP("KeyStoreCard", "Unlock it, then test again."),
        "allow_access": QT_TRANSLATE_NOOP(
            "KeyStoreCard", "Allow Beatra Desktop in the key store's settings, then test again."
        ),
        "answer_prompt": QT_TRANSLATE_NOOP(
            "KeyStoreCard", "Answer its password prompt, then test again."
        ),
        "replace_unsafe_keyring": QT_TRANSLATE_NOOP(
            "KeyStoreCard",
            "The one that is set up would write keys to a plain file. Set up GNOME Keyring or "
            "KWallet instead, then test again.",
        ),
        "fix_keyring_settings": QT_TRANSLATE_NOOP(
            "KeyStoreCard", "Its settings can't be read. Correct them, then test again."
        ),
    }
)
"""By the advice codes of `KeyStore.detail`."""


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
        self._name.setText(store.name or self.tr("Memory, until you quit"))
        self._icon.set_icon(icon, "", tone=tone)
        parts = [self.tr(sentence)]
        if store.detail in _ADVICE:
            parts.append(self.tr(_ADVICE[store.detail]))
        self._state.setText(" ".join(parts))
