"""Which songs were asked for with which artifact."""

from datetime import UTC, datetime
from typing import Any

import pytest

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId, TaskId, UploadId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, Reference, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.uploading.uses import Uses


def _task(name: str, *, artifact_id: str | None = "art", title: str = "") -> MusicTask:
    reference = Reference(upload_id=UploadId("u"), name="a.wav", artifact_id=artifact_id)
    return MusicTask(
        id=TaskId(name),
        profile_id=ProfileId("home"),
        prompt=MusicPrompt(prompt="slow piano " * 20, title=title, reference=reference),
        status=TaskStatus.SUBMITTING,
        created_at=datetime(2026, 3, 1, tzinfo=UTC),
    )


def _refused(task: MusicTask, **fields: Any) -> MusicTask:
    failure = Failure(code=FailureCode.INVALID_REQUEST, **fields)
    return replace(task, status=TaskStatus.REFUSED, failure=failure)


def test_songs_of_before_and_of_now_by_artifact_newest_first() -> None:
    tasks = Records([_task("1", title="Lamps")])
    uses = Uses(tasks)
    told: list[str] = []
    uses.used.connect(told.append)
    tasks.insert(0, _task("2"), _task("3", artifact_id="other"), _task("4", artifact_id=None))
    assert told == ["art", "other"]
    titles = [use.title for use in uses.of(["art"])]
    assert titles == [("slow piano " * 20)[:60], "Lamps"]
    assert [use.task_id for use in uses.of(["art", "other"])] == ["3", "2", "1"]
    assert uses.of(["unknown"]) == ()


@pytest.mark.parametrize(
    ("fields", "missed", "doubted"),
    [
        ({"status": 404, "server_code": "artifact_not_found"}, 1, 0),
        ({"status": 404, "param": "/reference_audio/artifact_id"}, 1, 0),
        ({"status": 410, "param": "/reference_audio"}, 1, 0),
        ({"status": 422, "param": "/reference_audio"}, 0, 1),
        ({"status": 400, "param": "/reference_audio/artifact_id"}, 0, 1),
        ({"status": 422, "param": "/prompt"}, 0, 0),
        ({"status": 404}, 0, 0),
        ({"status": 500, "param": "/reference_audio"}, 0, 0),
    ],
)
def test_a_refusal_may_tell_that_the_artifact_is_gone(
    fields: dict[str, Any], missed: int, doubted: int
) -> None:
    tasks = Records([_task("1")])
    uses = Uses(tasks)
    gone: list[str] = []
    unsure: list[str] = []
    uses.missed.connect(gone.append)
    uses.doubted.connect(unsure.append)
    tasks.replace(_refused(tasks[0], **fields))
    assert (len(gone), len(unsure)) == (missed, doubted)
    assert set(gone + unsure) <= {"art"}


def test_songs_that_come_with_the_whole_list_count_too() -> None:
    tasks = Records([_task("2")])
    uses = Uses(tasks)
    told: list[str] = []
    uses.used.connect(told.append)
    tasks.assign([_task("3", artifact_id="other"), _task("2"), _task("1", title="Lamps")])
    assert sorted(told) == ["art", "other"]
    assert [use.task_id for use in uses.of(["art"])] == ["2", "1"]
