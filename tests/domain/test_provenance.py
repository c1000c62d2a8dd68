from datetime import timedelta

from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.provenance import Provenance, provenance_of
from beatra_desktop.domain.records import replace

TASK = MusicTask(
    id=TaskId("t"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="rain", lyrics="as asked"),
    status=TaskStatus.SUCCEEDED,
    created_at=utc_now(),
)

LATER = TASK.created_at + timedelta(minutes=2)


def _clip(lyrics: str | None) -> Clip:
    return Clip(
        id=ClipId("t-0"),
        task_id=TASK.id,
        index=0,
        title="Rain",
        url="",
        delivery=Delivery.SAVED,
        lyrics=lyrics,
    )


def test_the_lyrics_are_those_that_were_sung() -> None:
    assert provenance_of(_clip("as sung"), TASK).lyrics == "as sung"
    assert provenance_of(_clip(None), TASK).lyrics == "as asked"


def test_all_that_is_known_is_kept() -> None:
    clip = replace(_clip("la"), index=1, tags="folk, calm", artifact_id="art_1")
    task = replace(
        TASK, remote_id="tsk_1", request_id="req_1", resolved_model="suno-5.5", completed_at=LATER
    )
    assert provenance_of(clip, task) == Provenance(
        prompt=TASK.prompt,
        title="Rain",
        index=1,
        lyrics="la",
        tags="folk, calm",
        resolved_model="suno-5.5",
        task_id="tsk_1",
        request_id="req_1",
        artifact_id="art_1",
        created_at=TASK.created_at,
        completed_at=LATER,
    )


def test_what_is_not_known_is_empty() -> None:
    found = provenance_of(_clip(None), TASK)
    assert (found.task_id, found.request_id, found.artifact_id) == ("", "", "")
    assert found.resolved_model == ""
    assert found.prompt == TASK.prompt
