"""Presets of the music form: how songs should sound, kept under a name."""

from msgspec import Struct

from beatra_desktop.domain.ids import PresetId
from beatra_desktop.domain.music import MusicPrompt
from beatra_desktop.domain.records import replace


class MusicPreset(Struct, frozen=True, kw_only=True):
    """`prompt` has no title, lyrics or reference: those belong to one song."""

    id: PresetId
    name: str
    prompt: MusicPrompt


def kept(draft: MusicPrompt) -> MusicPrompt:
    """What a preset keeps of a draft."""
    return replace(draft, prompt=draft.prompt.strip(), title="", lyrics="", reference=None)


def applied(preset: MusicPrompt, draft: MusicPrompt) -> MusicPrompt:
    """A draft in the way of a preset; what belongs to the song stays, words too if it has none."""
    return replace(
        preset,
        prompt=preset.prompt or draft.prompt,
        title=draft.title,
        lyrics=draft.lyrics,
        reference=draft.reference,
    )
