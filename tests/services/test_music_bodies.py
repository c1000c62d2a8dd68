"""The bytes of a create request: nothing more than was asked for, equal each time."""

import json
from typing import Any

import pytest

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ProfileId, TaskId, UploadId
from beatra_desktop.domain.music import (
    MinimaxOptions,
    MusicPrompt,
    MusicTask,
    Reference,
    SunoOptions,
    TaskStatus,
)
from beatra_desktop.services.music_bodies import encode


def _task(**fields: Any) -> MusicTask:
    return MusicTask(
        id=TaskId("task-1"),
        profile_id=ProfileId("sandbox"),
        prompt=MusicPrompt(prompt="rain", **fields),
        status=TaskStatus.SUBMITTING,
        created_at=utc_now(),
    )


def test_the_plainest_prompt_gives_exactly_these_bytes() -> None:
    expected = b'{"model":"auto","prompt":"rain","metadata":{"local_job":"task-1"}}'
    assert encode(_task()) == expected
    assert encode(_task(lyrics="", title="", instrumental=False)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"lyrics": "[verse]\nla"}, {"lyrics": "[verse]\nla"}),
        ({"instrumental": True, "title": "Lamps"}, {"instrumental": True, "title": "Lamps"}),
        (
            {"reference": Reference(upload_id=UploadId("u"), name="a.wav", artifact_id="art_1")},
            {"reference_audio": {"type": "artifact", "artifact_id": "art_1"}},
        ),
        (
            {"suno": SunoOptions(custom_mode=False, style_weight=0.0)},
            {"model_options": {"suno": {"custom_mode": False, "style_weight": 0.0}}},
        ),
        (
            {
                "suno": SunoOptions(
                    custom_mode=True,
                    negative_tags="drums",
                    vocal_gender="f",
                    style_weight=0.1,
                    weirdness_constraint=0.2,
                    audio_weight=0.3,
                )
            },
            {
                "model_options": {
                    "suno": {
                        "custom_mode": True,
                        "negative_tags": "drums",
                        "vocal_gender": "f",
                        "style_weight": 0.1,
                        "weirdness_constraint": 0.2,
                        "audio_weight": 0.3,
                    }
                }
            },
        ),
        (
            {"minimax": MinimaxOptions(lyrics_optimizer=True)},
            {"model_options": {"minimax": {"lyrics_optimizer": True}}},
        ),
        (
            {"suno": SunoOptions(custom_mode=True), "minimax": MinimaxOptions()},
            {"model_options": {"suno": {"custom_mode": True}}},
        ),
    ],
)
def test_what_was_chosen_is_sent_and_nothing_else(
    fields: dict[str, Any], expected: dict[str, Any]
) -> None:
    body = json.loads(encode(_task(**fields)))
    plain = json.loads(encode(_task()))
    assert body == plain | expected
