"""Presets: ways of working with a model, kept under a name."""

from typing import Final

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.ids import PresetId, new_id
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.paths import resources
from beatra_desktop.services.naming import by_name, free_name, put
from beatra_desktop.services.starters import read_starters
from beatra_desktop.storage.presets import PresetRepository

STARTERS: Final = resources() / "presets.toml"


class PresetService:
    """The single writer of presets. At the first start there are some to begin with.

    Those have their texts in `language`.
    """

    def __init__(self, repository: PresetRepository, *, language: str) -> None:
        self._repository = repository
        stored = repository.begin(lambda: read_starters(STARTERS, Preset, language=language))
        self._presets: Records[Preset] = Records(by_name(stored))
        self._deleted: dict[PresetId, Preset] = {}

    @property
    def presets(self) -> ReadOnlyRecords[Preset]:
        """In the order of their names."""
        return self._presets

    def save(
        self,
        name: str,
        *,
        system_prompt: str = "",
        model: str = "",
        parameters: Parameters | None = None,
    ) -> Preset | None:
        """A new preset, under a name nobody else has; None, and nothing done, for a blank name."""
        if not name.strip():
            return None
        preset = Preset(
            id=PresetId(new_id()),
            name=free_name(name, self._presets),
            system_prompt=system_prompt,
            model=model,
            parameters=parameters,
        )
        return self._put(preset)

    def change(self, preset: Preset) -> None:
        """Keep what is in a preset; its name is changed by `rename`."""
        known = self._presets.get(preset.id)
        if known is not None:
            limited = preset.parameters.within_limits() if preset.parameters else None
            kept = None if limited == Parameters() else limited
            self._put(replace(preset, name=known.name, parameters=kept))

    def rename(self, preset_id: PresetId, name: str) -> None:
        """Give another name, also one that is taken; a blank one changes nothing."""
        preset = self._presets.get(preset_id)
        if preset is not None and name.strip():
            self._put(replace(preset, name=name.strip()))

    def duplicate(self, preset_id: PresetId) -> Preset | None:
        """The same once more, under a name of its own."""
        preset = self._presets.get(preset_id)
        if preset is None:
            return None
        copy = replace(preset, id=PresetId(new_id()), name=free_name(preset.name, self._presets))
        return self._put(copy)

    def delete(self, preset_id: PresetId) -> None:
        """Take a preset away; `restore` brings it back until the app ends."""
        preset = self._presets.get(preset_id)
        if preset is not None:
            self._deleted[preset_id] = preset
            self._presets.remove(preset_id)
            self._repository.delete(preset_id)

    def restore(self, preset_id: PresetId) -> None:
        preset = self._deleted.pop(preset_id, None)
        if preset is not None:
            self._put(preset)

    def _put(self, preset: Preset) -> Preset:
        """Store it, and show it in its place."""
        if self._presets.get(preset.id) != preset:
            self._repository.save(preset)
            put(self._presets, preset)
        return preset
