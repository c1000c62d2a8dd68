"""Answers about a task may come in any order, twice, late or in brief: what is known in the end
is the same. So polling needs no turn-taking, and a receiver of callbacks could bring them too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beatra_desktop.api import lenient
from beatra_desktop.api.types import Answer, Task
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ClipId, ProfileId, TaskId, new_id
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.music import MusicRepository

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENDS = st.sampled_from(["succeeded", "failed", "canceled"])
Envelope = dict[str, Any]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tasks]:
    database = Database.open(tmp_path_factory.mktemp("apply") / "beatra.db")
    yield Tasks(MusicRepository(database))
    database.close()


def _clips(count: int, moment: int) -> list[Envelope]:
    """The same clips with the links of one moment, which end a while after it."""
    ends = int((utc_now() + timedelta(hours=1)).timestamp()) // 3600 * 3600 + moment
    return [
        {
            "title": f"Part {n}",
            "audio": {
                "url": f"https://cdn.example/{n}.mp3?expires={ends}",
                "artifact_id": f"art_{n}",
                "mime_type": "audio/mpeg",
            },
        }
        for n in range(count)
    ]


@st.composite
def _histories(draw: st.DrawFn) -> list[Envelope]:
    """What a service says of one task, from its start to the last word on its bill."""
    base: Envelope = {"task_id": "tsk_1", "created_at": "2026-03-01T12:00:00Z"}
    charged = {"charged_credits": "80.0000", "refunded_credits": "0.0000"}
    told: list[Envelope] = [{**base, "status": "queued", "billing": charged}]
    running = {**base, "status": "running", "started_at": "2026-03-01T12:00:03Z"}
    for moment in range(draw(st.integers(0, 3))):
        progress = {"percent": 20.0 * moment, "stage": f"stage {moment}"}
        some = {"clips": _clips(moment // 2, moment)}
        told.append({**running, "progress": progress, "billing": charged, "output": some})
    if draw(st.booleans()):
        told.append({**running, "status": "reviewing"})
    end = draw(ENDS)
    ended = {**running, "status": end, "completed_at": "2026-03-01T12:01:00Z"}
    if end == "succeeded":
        ended["output"] = {"clips": _clips(2, 10)}
    elif end == "failed":
        ended["error"] = {"code": "safety_rejected", "message": "No", "retryable": False}
    warnings = draw(st.lists(st.sampled_from(["shortened", "slow", "odd"]), unique=True))
    for number, refunded in enumerate(("0.0000", "80.0000") if end != "succeeded" else ("0.0000",)):
        bill = {**charged, "refunded_credits": refunded, "net_charged_credits": "0.0000"}
        remarks = [{"code": code, "message": code} for code in warnings[number:]]
        told.append({**ended, "billing": bill, "warnings": remarks})
    brief = [{key: e[key] for key in ("task_id", "status")} for e in told if draw(st.booleans())]
    return told + brief


def _outcome(tasks: Tasks, envelopes: list[Envelope]) -> tuple[MusicTask, list[Clip]]:
    """What is known after these answers; ids and the time of looking are left out."""
    task = tasks.add(
        MusicTask(
            id=TaskId(new_id()),
            profile_id=ProfileId("sandbox"),
            prompt=MusicPrompt(prompt="rain"),
            status=TaskStatus.SUBMITTING,
            created_at=NOON,
        )
    )
    for envelope in envelopes:
        tasks.apply(task.id, _answer(envelope))
    known = replace(tasks.get(task.id), id=TaskId("t"), checked_at=None)
    clips = tasks.clips_of(task.id)
    return known, [
        replace(c, id=ClipId(c.id.removeprefix(task.id)), task_id=known.id) for c in clips
    ]


def _answer(envelope: Envelope) -> Answer[Task]:
    task = lenient.decode(Task, msgspec.json.encode(envelope))
    return Answer(value=task, status=200, request_id="req", seconds=0.1, retry_after=None)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=_histories(), data=st.data())
def test_shuffled_doubled_and_stale_answers_end_the_same(
    shared: Tasks, history: list[Envelope], data: st.DataObject
) -> None:
    doubled = history + data.draw(st.lists(st.sampled_from(history)))
    in_order = _outcome(shared, history)
    assert _outcome(shared, data.draw(st.permutations(doubled))) == in_order
    assert in_order[0].status.is_terminal


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=_histories())
def test_an_answer_twice_is_as_good_as_once(shared: Tasks, history: list[Envelope]) -> None:
    twice = [envelope for envelope in history for _ in range(2)]
    assert _outcome(shared, twice) == _outcome(shared, history)


def test_the_refund_that_is_booked_late_is_the_one_that_counts(shared: Tasks) -> None:
    ended = {"task_id": "tsk_1", "status": "failed"}
    paid_back = {**ended, "billing": {"charged_credits": "80", "refunded_credits": "80.0000"}}
    not_yet = {**ended, "billing": {"charged_credits": "80", "refunded_credits": "0.0000"}}
    for order in ([not_yet, paid_back], [paid_back, not_yet]):
        task, _ = _outcome(shared, order)
        assert task.billing is not None
        assert task.billing.refunded_credits == "80.0000"


def test_what_was_saved_stays_saved_whatever_is_said_later(shared: Tasks) -> None:
    ended = {"task_id": "tsk_1", "status": "succeeded", "output": {"clips": _clips(1, 5)}}
    task, _ = _outcome(shared, [ended])
    newest = shared.tasks[0]
    [clip] = shared.clips_of(newest.id)
    home = replace(clip, delivery=Delivery.SAVED, path=Path("/music/a.mp3"))
    shared.put_clip(home)
    stale = {**ended, "status": "running", "output": {"clips": _clips(1, 1)}}
    shared.apply(newest.id, _answer(stale))
    assert shared.clips_of(newest.id) == [home]
    assert task.status is TaskStatus.SUCCEEDED
