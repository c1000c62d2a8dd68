"""Models, prices and capabilities (contract §3.2–3.4, §6)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from beatra_desktop.sandbox.errors import JsonObject
from beatra_desktop.sandbox.wallet import credits_text, usd_reference

TEXT_TO_MUSIC: Final = "text_to_music"
REFERENCE_TO_MUSIC: Final = "reference_audio_to_music"
CHAT: Final = "chat"
OWNER: Final = "beatra"


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicModel:
    """`family` is the key of its options in `model_options`."""

    model_id: str
    name: str
    family: str
    price: Decimal
    clip_count: int
    limits: dict[str, Any]
    options: tuple[str, ...]


SUNO_LIMITS: Final = {
    "prompt_characters": 500,
    "custom_prompt_characters": 1000,
    "lyrics_characters": 5000,
    "title_characters": 80,
    "reference_seconds": {"min": 0, "max": 480},
    "reference_formats": ["flac", "mp3", "wav"],
}
MINIMAX_LIMITS: Final = {
    "prompt_characters": 2000,
    "lyrics_characters": 3500,
    "title_characters": 100,
    "reference_prompt_characters": {"min": 10, "max": 300},
    "reference_lyrics_characters": {"min": 10, "max": 1000},
    "reference_seconds": {"min": 6, "max": 360},
    "reference_bytes": 50 * 1024 * 1024,
    "reference_formats": ["flac", "mp3", "wav"],
}
SUNO_OPTIONS: Final = (
    *("custom_mode", "negative_tags", "vocal_gender"),
    *("style_weight", "weirdness_constraint", "audio_weight"),
)


def _minimax(version: str) -> MusicModel:
    return MusicModel(
        model_id=f"minimax-music-{version}",
        name=f"MiniMax Music {version}",
        family="minimax",
        price=Decimal("50"),
        clip_count=1,
        limits=MINIMAX_LIMITS,
        options=("lyrics_optimizer",),
    )


SUNO: Final = MusicModel(
    model_id="suno-5.5",
    name="Suno 5.5",
    family="suno",
    price=Decimal("80"),
    clip_count=2,
    limits=SUNO_LIMITS,
    options=SUNO_OPTIONS,
)
MUSIC_MODELS: Final = {model.model_id: model for model in (SUNO, _minimax("3.0"), _minimax("2.6"))}
CHAT_MODELS: Final = {
    "sandbox-guide": "Sandbox Guide: answers questions about beatra and this app",
    "sandbox-writer": "Sandbox Writer: writes long, richly formatted text",
    "sandbox-echo": "Sandbox Echo: says what you said",
}
ENDPOINTS: Final = {
    CHAT: "/v1/chat/completions",
    TEXT_TO_MUSIC: "/v1/music/text-to-music",
    REFERENCE_TO_MUSIC: "/v1/music/reference-audio-to-music",
}


def model_list(extra: list[str]) -> JsonObject:
    """Return the flat list of contract §3.2; `extra` are chat models of an upstream server."""
    ids = [*CHAT_MODELS, *extra, *MUSIC_MODELS]
    data = [{"id": model_id, "object": "model", "owned_by": OWNER} for model_id in ids]
    return {"object": "list", "data": data}


def model_catalog(extra: list[str], *, capability: str | None) -> JsonObject:
    chats = [_chat_entry(model_id, name) for model_id, name in CHAT_MODELS.items()]
    upstream = [_chat_entry(model_id, model_id) for model_id in extra]
    entries = [*chats, *upstream, *map(_music_entry, MUSIC_MODELS.values())]
    data = [entry for entry in entries if capability in (None, *entry["capabilities"])]
    return {"object": "list", "data": data}


def capability_catalog(extra: list[str]) -> JsonObject:
    music = list(MUSIC_MODELS)
    data = [
        _capability(CHAT, "available", [*CHAT_MODELS, *extra], is_async=False),
        _capability(TEXT_TO_MUSIC, "preview", music, is_async=True),
        _capability(REFERENCE_TO_MUSIC, "preview", music, is_async=True),
    ]
    return {"object": "list", "data": data}


def _chat_entry(model_id: str, name: str) -> JsonObject:
    return {
        "id": model_id,
        "object": "catalog.model",
        "name": name,
        "status": "available",
        "capabilities": [CHAT],
        "modalities": {"input": ["text"], "output": ["text"]},
    }


def _music_entry(model: MusicModel) -> JsonObject:
    return {
        "id": model.model_id,
        "object": "catalog.model",
        "name": model.name,
        "status": "preview",
        "capabilities": [TEXT_TO_MUSIC, REFERENCE_TO_MUSIC],
        "modalities": {"input": ["text", "audio"], "output": ["audio"]},
        "pricing": {
            "unit": "task",
            "unit_credits": credits_text(model.price),
            "unit_credits_usd_reference": usd_reference(model.price),
        },
        "limits": {"clips_per_task": model.clip_count, **model.limits},
        "options": {model.family: list(model.options)},
    }


def _capability(capability: str, status: str, models: list[str], *, is_async: bool) -> JsonObject:
    return {
        "id": capability,
        "object": "catalog.capability",
        "status": status,
        "async": is_async,
        "endpoint": ENDPOINTS[capability],
        "models": models,
    }
