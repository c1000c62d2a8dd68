"""Making music: lifecycle, money, every model's rules (contract §3.5, §4, §6)."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.sandbox.conftest import Sandbox

LYRICS = "[Verse]\nLamps along the river\n\n[Chorus]\nStay until it snows"
SUNO = "suno-5.5"
MINIMAX = "minimax-music-3.0"
CUSTOM = {"suno": {"custom_mode": True}}


def options(**suno: Any) -> dict[str, Any]:
    return {"suno": {"custom_mode": True, **suno}}


def test_task_is_queued_and_paid_at_once(sandbox: Sandbox) -> None:
    sandbox.set(speed=0.01)
    answer = sandbox.music(model=SUNO, title="Lamps", metadata={"local_job": "job-17"})
    task = answer.json()
    assert answer.status_code == 202
    assert task["object"] == "task"
    assert task["status"] == "queued"
    assert task["resolved_model"] == SUNO
    assert task["metadata"] == {"local_job": "job-17"}
    assert task["input"]["title"] == "Lamps"
    assert task["billing"]["charged_credits"] == "80.0000"
    assert task["links"]["self"] == f"/v1/tasks/{task['task_id']}"
    assert task["deadline_at"] > task["created_at"]
    assert sandbox.balance() == "9920.0000"
    assert sandbox.journal()[-1]["task_id"] == task["task_id"]


@pytest.mark.parametrize(
    ("model", "clips", "price"), [(SUNO, 2, "80.0000"), (MINIMAX, 1, "50.0000")]
)
def test_task_succeeds_with_clips(sandbox: Sandbox, model: str, clips: int, price: str) -> None:
    task = sandbox.finished(sandbox.music(model=model, title="Lamps").json()["task_id"])
    assert task["status"] == "succeeded"
    assert task["progress"] == {"percent": 100, "stage": "completed", "message": ""}
    found = task["output"]["clips"]
    assert len(found) == clips
    assert len({clip["audio"]["artifact_id"] for clip in found}) == clips
    for clip in found:
        audio = sandbox.http.get(clip["audio"]["url"])
        assert clip["title"] == "Lamps"
        assert clip["tags"]
        assert audio.headers["content-type"] == clip["audio"]["mime_type"] == "audio/mpeg"
        assert len(audio.content) == clip["audio"]["size_bytes"]
        assert clip["audio"]["duration_seconds"] > 0
    assert task["usage"]["credits"] == price
    assert task["billing"]["net_charged_credits"] == price
    assert task["completed_at"] >= task["started_at"] >= task["created_at"]


def test_clips_of_a_task_differ(sandbox: Sandbox) -> None:
    task = sandbox.finished(sandbox.music(model=SUNO).json()["task_id"])
    first, second = (sandbox.http.get(c["audio"]["url"]).content for c in task["output"]["clips"])
    assert first != second


def test_stages_come_in_order(sandbox: Sandbox) -> None:
    sandbox.set(speed=10.0)
    task_id = sandbox.music(model=MINIMAX).json()["task_id"]
    seen: list[tuple[float, str]] = []

    def ended() -> bool:
        task = sandbox.task(task_id)
        seen.append((task["progress"]["percent"], task["progress"]["stage"]))
        return bool(task["status"] == "succeeded")

    sandbox.until(ended)
    stages = list(dict.fromkeys(stage for _, stage in seen))
    assert stages == ["queued", "preparing", "generating", "finalizing", "completed"]
    assert [percent for percent, _ in seen] == sorted(percent for percent, _ in seen)


def test_at_most_two_run_at_once(sandbox: Sandbox) -> None:
    sandbox.set(task_outcome="never_ends")
    ids = [sandbox.music(model=MINIMAX).json()["task_id"] for _ in range(4)]
    for task_id in ids[:2]:
        sandbox.in_status(task_id, "running")
    assert [sandbox.task(task_id)["status"] for task_id in ids[2:]] == ["queued", "queued"]
    sandbox.call("POST", f"/tasks/{ids[0]}/cancel")
    sandbox.in_status(ids[2], "running")
    assert sandbox.task(ids[3])["status"] == "queued"


@pytest.mark.parametrize("field", ["prompt", "title", "lyrics"])
def test_refused_content_fails_the_task_and_is_refunded(sandbox: Sandbox, field: str) -> None:
    text = "a song like VELVET comet would make"
    fields: dict[str, Any] = {"title": "T", "lyrics": LYRICS, "instrumental": False, field: text}
    answer = sandbox.music(model=SUNO, model_options=CUSTOM, **fields)
    assert answer.status_code == 202
    task = sandbox.finished(answer.json()["task_id"])
    assert task["status"] == "failed"
    assert task["error"]["code"] == "safety_rejected"
    assert task["error"]["retryable"] is False
    assert task["billing"]["refunded_credits"] == "80.0000"
    assert task["billing"]["net_charged_credits"] == "0.0000"
    assert sandbox.balance() == "10000.0000"


@pytest.mark.parametrize("outcome", ["provider_error", "provider_timeout"])
def test_provider_trouble_fails_the_task_and_is_refunded(sandbox: Sandbox, outcome: str) -> None:
    sandbox.set(task_outcome=outcome)
    task = sandbox.finished(sandbox.music().json()["task_id"])
    assert task["status"] == "failed"
    assert task["error"]["code"] == outcome
    assert task["error"]["retryable"] is True
    assert sandbox.balance() == "10000.0000"


def test_fewer_clips_than_usual_is_still_success(sandbox: Sandbox) -> None:
    sandbox.set(task_outcome="fewer_clips")
    task = sandbox.finished(sandbox.music(model=SUNO).json()["task_id"])
    assert task["status"] == "succeeded"
    assert len(task["output"]["clips"]) == 1


def test_too_little_balance_is_refused_with_a_way_out(sandbox: Sandbox) -> None:
    sandbox.set(balance="79.9999")
    answer = sandbox.music(model=SUNO)
    error = answer.json()["error"]
    assert answer.status_code == 402
    assert error["code"] == "insufficient_balance"
    assert f"{sandbox.origin}/topup" in error["message"]
    assert sandbox.balance() == "79.9999"
    assert sandbox.call("GET", "/tasks").json()["data"] == []
    page = sandbox.http.post(f"{sandbox.origin}/topup", follow_redirects=True)
    assert "1079.9999" in page.text
    assert sandbox.music(model=SUNO).status_code == 202


@pytest.mark.parametrize("model", ["suno-9", "sandbox-guide", ""])
def test_unknown_model(sandbox: Sandbox, model: str) -> None:
    answer = sandbox.music(model=model)
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "unsupported_model"


ACCEPTED = [
    ({"model": SUNO, "prompt": "x" * 500}, SUNO),
    ({"model": SUNO, "prompt": "x" * 1000, "model_options": CUSTOM}, SUNO),
    ({"model": SUNO, "lyrics": "x" * 5000, "model_options": CUSTOM, "instrumental": False}, SUNO),
    ({"model": SUNO, "title": "x" * 80}, SUNO),
    ({"model": SUNO, "model_options": options(vocal_gender="f", style_weight=0.29)}, SUNO),
    (
        {"model": SUNO, "model_options": options(weirdness_constraint=1, negative_tags="n" * 200)},
        SUNO,
    ),
    ({"model": MINIMAX, "prompt": "x" * 2000}, MINIMAX),
    ({"model": MINIMAX, "lyrics": "x" * 3500, "instrumental": False}, MINIMAX),
    (
        {
            "model": MINIMAX,
            "instrumental": False,
            "model_options": {"minimax": {"lyrics_optimizer": True}},
        },
        MINIMAX,
    ),
    ({"model": "auto"}, SUNO),
    ({}, SUNO),
    ({"lyrics": LYRICS, "instrumental": False}, MINIMAX),
    ({"prompt": "x" * 501}, MINIMAX),
    ({"model_options": {"minimax": {"lyrics_optimizer": False}}}, MINIMAX),
    ({"model_options": CUSTOM}, SUNO),
    ({"model_options": {"suno": None, "minimax": None}, "title": None, "lyrics": None}, SUNO),
    ({"colour": "blue"}, SUNO),
]


@pytest.mark.parametrize(("request_", "resolved"), ACCEPTED)
def test_accepted(sandbox: Sandbox, request_: dict[str, Any], resolved: str) -> None:
    answer = sandbox.music(**request_)
    assert answer.status_code == 202, answer.text
    assert answer.json()["resolved_model"] == resolved


INVALID = [
    ({"prompt": ""}, "/prompt"),
    ({"prompt": "   "}, "/prompt"),
    ({"prompt": None}, "/prompt"),
    ({"prompt": "x" * 2001}, "/prompt"),
    ({"lyrics": "x" * 5001}, "/lyrics"),
    ({"title": "x" * 101}, "/title"),
    ({"instrumental": "yes"}, "/instrumental"),
    ({"metadata": {"a": 1}}, "/metadata"),
    ({"model_options": []}, "/model_options"),
    ({"model": SUNO, "prompt": "x" * 501}, "/prompt"),
    ({"model": SUNO, "prompt": "x" * 1001, "model_options": CUSTOM}, "/prompt"),
    ({"model": SUNO, "title": "x" * 81}, "/title"),
    ({"model": SUNO, "lyrics": LYRICS, "instrumental": False}, "/lyrics"),
    ({"model": SUNO, "instrumental": False, "model_options": CUSTOM}, "/lyrics"),
    (
        {"model": SUNO, "model_options": {"suno": {"vocal_gender": "f"}}},
        "/model_options/suno/vocal_gender",
    ),
    (
        {"model": SUNO, "model_options": options(vocal_gender="x")},
        "/model_options/suno/vocal_gender",
    ),
    (
        {"model": SUNO, "model_options": options(style_weight=1.01)},
        "/model_options/suno/style_weight",
    ),
    (
        {"model": SUNO, "model_options": options(style_weight=0.333)},
        "/model_options/suno/style_weight",
    ),
    (
        {"model": SUNO, "model_options": options(negative_tags="n" * 201)},
        "/model_options/suno/negative_tags",
    ),
    ({"model": MINIMAX, "instrumental": False}, "/lyrics"),
    ({"model": MINIMAX, "lyrics": "x" * 3501}, "/lyrics"),
]


@pytest.mark.parametrize(("request_", "pointer"), INVALID)
def test_invalid(sandbox: Sandbox, request_: dict[str, Any], pointer: str) -> None:
    answer = sandbox.music(**request_)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "invalid_request")
    assert error["param"] == pointer
    assert pointer in [each["field"] for each in error["details"]["errors"]]
    assert sandbox.balance() == "10000.0000"


UNSUPPORTED = [
    ({"model": SUNO, "model_options": {"minimax": {}}}, "/model_options/minimax"),
    ({"model": MINIMAX, "model_options": {"suno": {}}}, "/model_options/suno"),
    ({"model_options": {"suno": {}, "minimax": {}}}, "/model_options/minimax"),
    ({"model": SUNO, "model_options": options(tempo=90)}, "/model_options/suno/tempo"),
    ({"model_options": {"udio": {}}}, "/model_options/udio"),
    (
        {"model": SUNO, "model_options": options(audio_weight=0.5)},
        "/model_options/suno/audio_weight",
    ),
]


@pytest.mark.parametrize(("request_", "pointer"), UNSUPPORTED)
def test_unsupported_option(sandbox: Sandbox, request_: dict[str, Any], pointer: str) -> None:
    answer = sandbox.music(**request_)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, "unsupported_option")
    assert error["param"] == pointer
    assert error["details"]["unsupported_fields"] == [pointer.rsplit("/", 1)[-1]]


def test_strict_mode_wants_a_title_and_known_fields(sandbox: Sandbox) -> None:
    sandbox.set(strict=True)
    untitled = sandbox.music(model=SUNO, model_options=CUSTOM)
    assert untitled.json()["error"]["param"] == "/title"
    unknown = sandbox.music(colour="blue")
    assert unknown.json()["error"]["param"] == "/colour"


def test_warnings_say_what_was_left_out(sandbox: Sandbox) -> None:
    task = sandbox.music(lyrics=LYRICS, callback_url="https://example.org/hook").json()
    assert {w["code"] for w in task["warnings"]} == {"callback_not_active", "lyrics_not_used"}
    assert task["callback"] is None


def test_reference_by_artifact(sandbox: Sandbox, wav: Callable[[float], bytes]) -> None:
    uploaded = sandbox.upload(wav(8), purpose="reference_audio").json()
    reference = {"type": "artifact", "artifact_id": uploaded["artifact_id"]}
    answer = sandbox.music(reference_audio=reference, instrumental=False)
    assert answer.status_code == 202, answer.text
    assert answer.json()["capability"] == "reference_audio_to_music"
    assert answer.json()["resolved_model"] == MINIMAX
    task = sandbox.finished(answer.json()["task_id"])
    assert task["status"] == "succeeded"
    assert task["input"]["reference_audio"] == reference


def test_reference_by_data_uri(sandbox: Sandbox, wav: Callable[[float], bytes]) -> None:
    data = "data:audio/wav;base64," + base64.b64encode(wav(8)).decode()
    answer = sandbox.music(
        model=SUNO, reference_audio={"type": "data_uri", "data": data},
        model_options=options(audio_weight=0.5), title="T",
    )  # fmt: skip
    assert answer.status_code == 202, answer.text
    assert answer.json()["input"]["reference_audio"]["type"] == "artifact"


def test_reference_by_url(sandbox: Sandbox, wav: Callable[[float], bytes]) -> None:
    url = sandbox.upload(wav(8)).json()["url"]
    answer = sandbox.music(model=SUNO, reference_audio={"type": "url", "url": url})
    assert answer.status_code == 202, answer.text


BAD_REFERENCES = [
    ({"type": "url", "url": "http://example.org/a.mp3"}, "/reference_audio/url"),
    ({"type": "url", "url": "file:///etc/passwd"}, "/reference_audio/url"),
    ({"type": "url", "url": "http://127.0.0.1:1/a.mp3"}, "/reference_audio/url"),
    ({"type": "data_uri", "data": "data:audio/wav;base64,@@"}, "/reference_audio/data"),
    ({"type": "data_uri", "data": "hello"}, "/reference_audio/data"),
    ({"type": "data_uri", "data": "data:audio/wav;base64,aGVsbG8="}, "/reference_audio"),
    ({"type": "data_uri", "data_uri": "data:audio/wav;base64,aGVsbG8="}, "/reference_audio/data"),
    ({"type": "tape"}, "/reference_audio/type"),
    (None, "/reference_audio"),
]


@pytest.mark.parametrize(("reference", "pointer"), BAD_REFERENCES)
def test_bad_reference(sandbox: Sandbox, reference: Any, pointer: str) -> None:
    answer = sandbox.music(model=SUNO, reference_audio=reference)
    assert answer.status_code == 422
    assert answer.json()["error"]["param"] == pointer


def test_unknown_artifact(sandbox: Sandbox) -> None:
    answer = sandbox.music(reference_audio={"type": "artifact", "artifact_id": "art_none"},
                           instrumental=False)  # fmt: skip
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "artifact_not_found"


REFERENCE_RULES = [
    ({"prompt": "short one", "instrumental": False}, "/prompt", "invalid_request"),
    ({"prompt": "x" * 301, "instrumental": False}, "/prompt", "invalid_request"),
    ({"lyrics": "la la", "title": "T", "instrumental": False}, "/lyrics", "invalid_request"),
    ({"lyrics": "x" * 1001, "title": "T", "instrumental": False}, "/lyrics", "invalid_request"),
    ({"lyrics": LYRICS, "instrumental": False}, "/title", "invalid_request"),
    ({"instrumental": True}, "/instrumental", "unsupported_option"),
    (
        {"model_options": {"minimax": {"lyrics_optimizer": False}}, "instrumental": False},
        "/model_options/minimax/lyrics_optimizer",
        "unsupported_option",
    ),
    ({"model_options": CUSTOM, "instrumental": False}, "/model_options/suno", "unsupported_option"),
]


@pytest.mark.parametrize(("fields", "pointer", "code"), REFERENCE_RULES)
def test_auto_over_a_reference_follows_minimax(
    sandbox: Sandbox, wav: Callable[[float], bytes], fields: dict[str, Any], pointer: str, code: str
) -> None:
    artifact_id = sandbox.upload(wav(8)).json()["artifact_id"]
    reference = {"type": "artifact", "artifact_id": artifact_id}
    error = sandbox.music(reference_audio=reference, **fields).json()["error"]
    assert (error["param"], error["code"]) == (pointer, code)


def test_reference_length_is_checked(sandbox: Sandbox, wav: Callable[[float], bytes]) -> None:
    artifact_id = sandbox.upload(wav(4)).json()["artifact_id"]
    reference = {"type": "artifact", "artifact_id": artifact_id}
    answer = sandbox.music(model=MINIMAX, reference_audio=reference, instrumental=False)
    assert answer.json()["error"]["param"] == "/reference_audio"
    assert "4 s" in answer.json()["error"]["message"]
    assert sandbox.music(model=SUNO, reference_audio=reference).status_code == 202


def test_reference_does_not_belong_to_the_text_route(sandbox: Sandbox) -> None:
    body = {"prompt": "x", "reference_audio": {"type": "artifact", "artifact_id": "art_1"}}
    answer = sandbox.call("POST", "/music/text-to-music", body)
    assert answer.json()["error"]["code"] == "unsupported_option"
