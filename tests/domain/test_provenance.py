from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.provenance import provenance_of

TASK = MusicTask(
    id=TaskId("t"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="rain", lyrics="as asked"),
    status=TaskStatus.SUCCEEDED,
    created_at=utc_now(),
)


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


def test_what_is_not_known_is_empty() -> None:
    found = provenance_of(_clip(None), TASK)
    assert (found.task_id, found.request_id, found.artifact_id) == ("", "", "")
    assert found.prompt == TASK.prompt
