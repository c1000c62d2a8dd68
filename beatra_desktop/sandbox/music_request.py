"""What the two music routes take, before any model's own rules (contract §3.5)."""

from typing import Annotated, Any, Literal, TypeAlias

import msgspec

from beatra_desktop.sandbox.errors import JsonObject, Problem, refusal
from beatra_desktop.sandbox.wire_types import convert

Weight = Annotated[float, msgspec.Meta(ge=0, le=1)]
Prompt = Annotated[str, msgspec.Meta(min_length=1, max_length=2000)]
Lyrics = Annotated[str, msgspec.Meta(max_length=5000)]
Title = Annotated[str, msgspec.Meta(max_length=100)]


class ArtifactReference(msgspec.Struct, frozen=True, tag="artifact", tag_field="type"):
    artifact_id: str


class UrlReference(msgspec.Struct, frozen=True, tag="url", tag_field="type"):
    url: str


class DataReference(msgspec.Struct, frozen=True, tag="data_uri", tag_field="type"):
    data: str


AudioReference: TypeAlias = ArtifactReference | UrlReference | DataReference


class SunoOptions(msgspec.Struct, frozen=True):
    custom_mode: bool | None = None
    negative_tags: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    vocal_gender: Literal["m", "f"] | None = None
    style_weight: Weight | None = None
    weirdness_constraint: Weight | None = None
    audio_weight: Weight | None = None


class MinimaxOptions(msgspec.Struct, frozen=True):
    lyrics_optimizer: bool | None = None


class ModelOptions(msgspec.Struct, frozen=True):
    suno: SunoOptions | None = None
    minimax: MinimaxOptions | None = None


class MusicRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A request that is well-formed; `music_rules` says whether a model takes it."""

    prompt: Prompt
    model: str = "auto"
    lyrics: Lyrics | None = None
    instrumental: bool | None = None
    title: Title | None = None
    metadata: dict[str, str] | None = None
    model_options: ModelOptions | None = None
    callback_url: str | None = None
    callback_signing_key_id: str | None = None
    reference_audio: AudioReference | None = None

    @property
    def suno(self) -> SunoOptions | None:
        return self.model_options.suno if self.model_options else None

    @property
    def minimax(self) -> MinimaxOptions | None:
        return self.model_options.minimax if self.model_options else None

    @property
    def has_lyrics(self) -> bool:
        return bool(self.lyrics and self.lyrics.strip())


KNOWN_FAMILIES = {"suno": SunoOptions, "minimax": MinimaxOptions}


def read_music_request(document: JsonObject, *, with_reference: bool, strict: bool) -> MusicRequest:
    """Raises `invalid_request` or `unsupported_option`."""
    request = convert(document, MusicRequest)
    problems = [*_shape_problems(request, with_reference=with_reference)]
    problems += _option_problems(document.get("model_options") or {})
    if strict:
        unknown = sorted(document.keys() - set(MusicRequest.__struct_fields__))
        problems += [Problem(f"/{name}", "This field is unknown.") for name in unknown]
    if problems:
        raise refusal(problems)
    return request


def _shape_problems(request: MusicRequest, *, with_reference: bool) -> list[Problem]:
    problems = []
    if not request.prompt.strip():
        problems.append(Problem("/prompt", "Say what the song should sound like."))
    if with_reference and request.reference_audio is None:
        problems.append(Problem("/reference_audio", "This route needs a reference recording."))
    if not with_reference and request.reference_audio is not None:
        message = "A reference belongs to /v1/music/reference-audio-to-music."
        problems.append(Problem("/reference_audio", message, "unsupported_option"))
    return problems


def _option_problems(options: dict[str, Any]) -> list[Problem]:
    """Name every option no family has."""
    problems = []
    for family, values in options.items():
        known = KNOWN_FAMILIES.get(family)
        pointer = f"/model_options/{family}"
        if known is None:
            problems.append(_unsupported(pointer))
            continue
        extra = sorted((values or {}).keys() - set(known.__struct_fields__))
        problems += [_unsupported(f"{pointer}/{name}") for name in extra]
    return problems


def _unsupported(pointer: str) -> Problem:
    return Problem(pointer, "This model does not take that field.", "unsupported_option")
