"""Presets of the music form: how songs should sound, kept under a name."""

from typing import Final

from beatra_desktop.domain.ids import PresetId, new_id
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.music_presets import MusicPreset, kept
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace
from beatra_desktop.paths import resources
from beatra_desktop.services.naming import by_name, put
from beatra_desktop.services.starters import read_starters
from beatra_desktop.storage.music_presets import MusicPresetRepository

STARTERS: Final = resources() / "music_presets.toml"


class MusicPresetService:
    """The single writer of music presets. At the first start there are some to begin with.

    Those have their texts in `language`.
    """

    def __init__(self, repository: MusicPresetRepository, *, language: str) -> None:
        self._repository = repository
        stored = repository.begin(lambda: read_starters(STARTERS, MusicPreset, language=language))
        self._presets: Records[MusicPreset] = Records(by_name(stored))

    @property
    def presets(self) -> ReadOnlyRecords[MusicPreset]:
        """In the order of their names."""
        return self._presets

    def save(self, name: str, draft: MusicPrompt) -> MusicPreset | None:
        """Keep how a draft should sound; None, and nothing done, for a blank name.

        A name that is taken takes the preset's place: that is how one is changed.
        """
        name = name.strip()
        if not name:
            return None
        taken = self.named(name)
        preset_id = taken.id if taken else PresetId(new_id())
        return self._put(MusicPreset(id=preset_id, name=name, prompt=kept(draft)))

    def named(self, name: str) -> MusicPreset | None:
        """The preset of that name, however it is capitalised."""
        wanted = name.strip().casefold()
        return next((known for known in self._presets if known.name.casefold() == wanted), None)

    def rename(self, preset_id: PresetId, name: str) -> bool:
        """Give another name; False, and nothing done, for a blank one or another preset's."""
        preset, taken = self._presets.get(preset_id), self.named(name)
        if preset is None or not name.strip() or (taken is not None and taken.id != preset_id):
            return False
        self._put(replace(preset, name=name.strip()))
        return True

    def delete(self, preset_id: PresetId) -> None:
        """Take a preset away; `restore` brings it back."""
        if preset_id in self._presets:
            self._presets.remove(preset_id)
            self._repository.delete(preset_id)

    def restore(self, preset: MusicPreset) -> None:
        """Bring a preset back as it was, deleted or replaced."""
        self._put(preset)

    def _put(self, preset: MusicPreset) -> MusicPreset:
        """Store it, and show it in its place."""
        self._repository.save(preset)
        put(self._presets, preset)
        return preset
