"""Profiles and their keys."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import theme
from beatra_desktop.ui.settings.add_profile import AddProfile
from beatra_desktop.ui.settings.key_store_card import KeyStoreCard
from beatra_desktop.ui.settings.page import SettingsPage
from beatra_desktop.ui.settings.profile_card import ProfileCard
from beatra_desktop.ui.subscriptions import subscribe


class ProfilesPage(SettingsPage):
    def __init__(self, profiles: ProfilesService, *, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("ProfilesPage", "Profiles and keys"), parent=parent
        )
        self._profiles = profiles
        self._cards: dict[str, ProfileCard] = {}
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.GRID)
        self.add_profile = AddProfile(profiles)
        self.key_store = KeyStoreCard(profiles)
        self.add_heading(self.tr("Where requests go"))
        self.body.add(self._list)
        self.add_heading(self.tr("Add a service"))
        self.body.add(self.add_profile)
        self.add_heading(self.tr("Where keys are kept"))
        self.body.add(self.key_store)
        self.finish()
        for signal in (
            profiles.profiles.inserted,
            profiles.profiles.removed,
            profiles.profiles.changed,
            profiles.profiles.reset,
        ):
            subscribe(self, signal, self._refresh)
        self._refresh()

    def card(self, profile_id: str) -> ProfileCard:
        return self._cards[profile_id]

    def focus_key(self, profile_id: str) -> None:
        """Lead to the key of a profile; to the top of the page for one that has none."""
        card = self._cards.get(profile_id)
        if card is not None and card.key_entry is not None:
            self.ensureWidgetVisible(card)
            card.key_entry.key.setFocus()

    def _refresh(self, *_rows: int) -> None:
        profiles = self._profiles.profiles
        for profile_id in [i for i, card in self._cards.items() if profiles.get(i) != card.profile]:
            card = self._cards.pop(profile_id)
            self._list.removeWidget(card)
            card.deleteLater()
        for row, profile in enumerate(profiles):
            if profile.id not in self._cards:
                self._cards[profile.id] = ProfileCard(self._profiles, profile)
                self._list.insertWidget(row, self._cards[profile.id])
