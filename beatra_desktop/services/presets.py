"""Presets: ways of working with a model, kept under a name."""

import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

from beatra_desktop.domain.chat import Parameters, Preset
from beatra_desktop.domain.ids import PresetId, new_id
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.paths import resources
from beatra_desktop.storage.presets import PresetRepository

STARTERS: Final = resources() / "presets.toml"


class PresetService:
    """The single writer of presets. At the first start there are some to begin with."""

    def __init__(self, repository: PresetRepository) -> None:
        self._repository = repository
        stored = repository.all()
        if repository.wants_starters():
            starters = [] if stored else read_starters(STARTERS)
            repository.give_starters(starters)
            stored = [*stored, *starters]
        self._presets: Records[Preset] = Records(_ordered(stored))
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
            name=self.free_name(name),
            system_prompt=system_prompt,
            model=model,
            parameters=parameters,
        )
        return self._put(preset)

    def free_name(self, name: str) -> str:
        """The name, with a number behind it when another preset has it."""
        taken = {preset.name.casefold() for preset in self._presets}
        wanted = free = name.strip()
        number = 1
        while free.casefold() in taken:
            number += 1
            free = f"{wanted} {number}"
        return free

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
        copy = replace(preset, id=PresetId(new_id()), name=self.free_name(preset.name))
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
        known = self._presets.get(preset.id)
        if known == preset:
            return preset
        self._repository.save(preset)
        if known is None:
            others = [other for other in self._presets if _key(other) <= _key(preset)]
            self._presets.insert(len(others), preset)
        elif known.name == preset.name:
            self._presets.replace(preset)
        else:
            others = [other for other in self._presets if other.id != preset.id]
            self._presets.assign(_ordered([*others, preset]))
        return preset


def read_starters(path: Path) -> list[Preset]:
    """The presets that come with the app."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["preset"]
    return [
        Preset(
            id=PresetId(entry["id"]),
            name=entry["name"],
            system_prompt=entry["system_prompt"],
            parameters=Parameters(temperature=entry["temperature"]),
        )
        for entry in entries
    ]


def _ordered(presets: Iterable[Preset]) -> list[Preset]:
    return sorted(presets, key=_key)


def _key(preset: Preset) -> tuple[str, str]:
    return preset.name.casefold(), preset.id
