"""The user's choices: read once, changed one by one, effective at once."""

from typing import Any

from beatra_desktop.domain.observable import ReadOnlyValue, Value
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.settings import Settings
from beatra_desktop.storage.settings import SettingsRepository


class SettingsService:
    def __init__(self, repository: SettingsRepository) -> None:
        self._repository = repository
        self._settings = Value(repository.load().within_limits())

    @property
    def settings(self) -> ReadOnlyValue[Settings]:
        return self._settings

    def change(self, **fields: Any) -> None:
        """Change the named fields of `Settings`; TypeError for a name it does not have."""
        settings = replace(self._settings.value, **fields).within_limits()
        self._settings.set(settings)
        self._repository.save(settings)

    def ui_state(self, name: str) -> str:
        """What the window remembered under `name`; empty when nothing."""
        return self._repository.get_text(name)

    def set_ui_state(self, name: str, text: str) -> None:
        self._repository.set_text(name, text)
