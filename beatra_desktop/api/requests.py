"""What goes out: request bodies, encoded once to bytes that can be stored and sent again.

Unset fields are left out, and equal requests give equal bytes.
"""

from typing import Any

import msgspec


class _Body(msgspec.Struct, omit_defaults=True):
    pass


class ChatMessage(_Body):
    """`role` is system, user or assistant (contract §3.1)."""

    role: str
    content: str
    name: str | None = None


class StreamOptions(_Body):
    include_usage: bool


class ChatRequest(_Body):
    """Contract §3.1; `encode_chat` sets `stream` and `stream_options`."""

    model: str
    messages: list[ChatMessage]
    stream: bool = False
    stream_options: StreamOptions | None = None
    temperature: float | None = None
    top_p: float | None = None
    max_tokens: int | None = None
    max_completion_tokens: int | None = None
    seed: int | None = None
    stop: list[str] | None = None
    frequency_penalty: float | None = None
    presence_penalty: float | None = None
    reasoning_effort: str | None = None
    metadata: dict[str, str] | None = None
    model_options: dict[str, Any] | None = None


class SunoOptions(_Body):
    """Contract §6."""

    custom_mode: bool | None = None
    negative_tags: str | None = None
    vocal_gender: str | None = None
    style_weight: float | None = None
    weirdness_constraint: float | None = None
    audio_weight: float | None = None


class MinimaxOptions(_Body):
    """Contract §6."""

    lyrics_optimizer: bool | None = None


class ModelOptions(_Body):
    """Options of one model family; never both (contract §3.5)."""

    suno: SunoOptions | None = None
    minimax: MinimaxOptions | None = None


class ArtifactReference(_Body, tag_field="type", tag="artifact"):
    artifact_id: str


class UrlReference(_Body, tag_field="type", tag="url"):
    url: str


class DataReference(_Body, tag_field="type", tag="data_uri"):
    data: str


class MusicRequest(_Body):
    """Contract §3.5; `reference_audio` belongs to the reference route and is required there."""

    model: str
    prompt: str
    lyrics: str | None = None
    instrumental: bool | None = None
    title: str | None = None
    reference_audio: ArtifactReference | UrlReference | DataReference | None = None
    model_options: ModelOptions | None = None
    metadata: dict[str, str] | None = None


class CancelRequest(_Body):
    """Contract §3.8."""

    reason: str | None = None


def encode_chat(request: ChatRequest) -> bytes:
    """The body of a streaming request that also asks for token counts."""
    streaming = msgspec.structs.replace(
        request, stream=True, stream_options=StreamOptions(include_usage=True)
    )
    return _encode(streaming)


def encode_music(request: MusicRequest) -> bytes:
    return _encode(request)


def encode_cancel(reason: str | None = None) -> bytes:
    return _encode(CancelRequest(reason=reason))


def _encode(body: _Body) -> bytes:
    return msgspec.json.encode(body, order="deterministic")
