"""Models and capabilities a profile offers, and the release labels of contract §8."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from msgspec import Struct, field

_MUSIC_FAMILIES: Final = ("suno-", "minimax-music-")


class Label(StrEnum):
    """The release labels of contract §8, and what a service of others has no place for."""

    AVAILABLE = "available"
    PREVIEW = "preview"
    PLANNED = "planned"
    NOT_OFFERED = "not_offered"


class Feature(StrEnum):
    CHAT = "chat"
    HEALTH = "health"
    MODELS = "models"
    TEXT_TO_MUSIC = "text_to_music"
    REFERENCE_AUDIO_TO_MUSIC = "reference_audio_to_music"
    UPLOADS = "uploads"
    TASKS = "tasks"
    IMAGES = "images"
    VIDEO = "video"
    SPEECH = "speech"
    TRANSCRIPTION = "transcription"
    VOICES = "voices"
    RESUMABLE_UPLOADS = "resumable_uploads"
    CALLBACKS = "callbacks"


BUILT_IN_LABELS: Final[Mapping[Feature, Label]] = MappingProxyType(
    {
        Feature.CHAT: Label.AVAILABLE,
        Feature.HEALTH: Label.AVAILABLE,
        Feature.MODELS: Label.PREVIEW,
        Feature.TEXT_TO_MUSIC: Label.PREVIEW,
        Feature.REFERENCE_AUDIO_TO_MUSIC: Label.PREVIEW,
        Feature.UPLOADS: Label.PREVIEW,
        Feature.TASKS: Label.PREVIEW,
        Feature.IMAGES: Label.PLANNED,
        Feature.VIDEO: Label.PLANNED,
        Feature.SPEECH: Label.PLANNED,
        Feature.TRANSCRIPTION: Label.PLANNED,
        Feature.VOICES: Label.PLANNED,
        Feature.RESUMABLE_UPLOADS: Label.PLANNED,
        Feature.CALLBACKS: Label.PLANNED,
    }
)
CHAT_ONLY_LABELS: Final[Mapping[Feature, Label]] = MappingProxyType(
    dict.fromkeys(Feature, Label.NOT_OFFERED) | {Feature.CHAT: Label.AVAILABLE}
)


class Reading(StrEnum):
    """How the last reading of the catalogue stands; what was known stays in use all the while."""

    DONE = "done"
    GOING_ON = "going_on"
    FAILED = "failed"


class Model(Struct, frozen=True, kw_only=True):
    """One model; prices are the server's decimal strings in credits, never computed here.

    `takes` and `makes` are modalities such as text or image, empty where the service names none.
    """

    id: str
    name: str
    label: Label | None = None
    capabilities: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    makes: tuple[str, ...] = ()
    unit: str | None = None
    unit_credits: str | None = None
    unit_usd_reference: str | None = None
    clips_per_task: int | None = None

    @property
    def makes_music(self) -> bool:
        """By its capabilities, or by its name where the service names none (contract §6)."""
        if self.capabilities:
            return any(capability.endswith("to_music") for capability in self.capabilities)
        return self.id.startswith(_MUSIC_FAMILIES)

    @property
    def answers(self) -> bool:
        """Whether it may be asked in a chat, as far as is known."""
        return not self.makes_music and (not self.makes or "text" in self.makes)


class Catalog(Struct, frozen=True, kw_only=True):
    """What the active profile offers; empty until it was read."""

    models: tuple[Model, ...] = ()
    labels: Mapping[Feature, Label] = field(default_factory=lambda: BUILT_IN_LABELS)
    offers_music: bool = True
    offers_uploads: bool = True

    @property
    def chat_models(self) -> tuple[Model, ...]:
        return tuple(model for model in self.models if model.answers)

    @property
    def music_models(self) -> tuple[Model, ...]:
        return tuple(model for model in self.models if model.makes_music)

    def model(self, model_id: str) -> Model | None:
        return next((model for model in self.models if model.id == model_id), None)
