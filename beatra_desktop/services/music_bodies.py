"""The exact body of a create request (contract §3.5)."""

from beatra_desktop.api import requests as wire
from beatra_desktop.domain.music import LOCAL_JOB, MusicPrompt, MusicTask


def encode(task: MusicTask) -> bytes:
    """The bytes to store and send; carries our own task id as metadata."""
    return encode_prompt(task.prompt, local_job=task.id)


def encode_prompt(prompt: MusicPrompt, *, local_job: str) -> bytes:
    """The bytes of a request for a song; `local_job` is what it is found by again."""
    return wire.encode_music(
        wire.MusicRequest(
            model=prompt.model,
            prompt=prompt.prompt,
            lyrics=prompt.lyrics or None,
            instrumental=prompt.instrumental or None,
            title=prompt.title or None,
            reference_audio=_reference(prompt),
            model_options=_options(prompt),
            metadata={LOCAL_JOB: local_job},
        )
    )


def _reference(prompt: MusicPrompt) -> wire.ArtifactReference | None:
    if prompt.reference is None:
        return None
    assert prompt.reference.artifact_id is not None, "problems() lets only uploaded ones pass"
    return wire.ArtifactReference(artifact_id=prompt.reference.artifact_id)


def _options(prompt: MusicPrompt) -> wire.ModelOptions | None:
    """The options of one family; those of the other are never sent along."""
    if prompt.suno is not None:
        suno = prompt.suno
        return wire.ModelOptions(
            suno=wire.SunoOptions(
                custom_mode=suno.custom_mode,
                negative_tags=suno.negative_tags,
                vocal_gender=suno.vocal_gender,
                style_weight=suno.style_weight,
                weirdness_constraint=suno.weirdness_constraint,
                audio_weight=suno.audio_weight,
            )
        )
    if prompt.minimax is not None:
        optimizer = prompt.minimax.lyrics_optimizer
        return wire.ModelOptions(minimax=wire.MinimaxOptions(lyrics_optimizer=optimizer))
    return None
