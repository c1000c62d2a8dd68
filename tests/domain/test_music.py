from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ProfileId, TaskId, UploadId
from beatra_desktop.domain.music import (
    LYRICS_CHARACTERS,
    PROMPT_CHARACTERS,
    TITLE_CHARACTERS,
    Billing,
    MusicPrompt,
    MusicTask,
    Progress,
    PromptProblem,
    Reference,
    Report,
    Route,
    TaskStatus,
    apply,
    problems,
    status_of,
)
from beatra_desktop.domain.records import replace

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ENDS = ["succeeded", "failed", "canceled"]
TASK = MusicTask(
    id=TaskId("t"),
    profile_id=ProfileId("sandbox"),
    prompt=MusicPrompt(prompt="rain"),
    status=TaskStatus.SUBMITTING,
    created_at=NOON,
    request_id="req_create",
)
QUEUED = Report(remote_id="tsk_1", server_status="queued", created_at=NOON)
RUNNING = replace(
    QUEUED,
    server_status="running",
    resolved_model="suno-5.5",
    progress=Progress(percent=20.0, stage="composing"),
    billing=Billing(charged_credits="80"),
    started_at=NOON + timedelta(seconds=3),
)
SUCCEEDED = replace(
    RUNNING,
    server_status="succeeded",
    progress=Progress(percent=100.0, stage="completed"),
    billing=Billing(charged_credits="80", net_charged_credits="79"),
    completed_at=NOON + timedelta(seconds=80),
)
FAILED = replace(SUCCEEDED, server_status="failed", failure=Failure(code=FailureCode.TASK_FAILED))


def summary(report: Report) -> Report:
    """What a list says of a task unless it is asked for more (contract §3.7)."""
    return replace(report, progress=None, billing=None, failure=None)


@st.composite
def histories(draw: st.DrawFn) -> list[Report]:
    """What a service says of one task from its start to its end, each in full or in brief."""
    end = replace(
        draw(st.sampled_from([SUCCEEDED, FAILED])), server_status=draw(st.sampled_from(ENDS))
    )
    percents = sorted(draw(st.lists(st.floats(0, 99))))
    steps = [replace(RUNNING, progress=Progress(percent=percent)) for percent in percents]
    odd = replace(RUNNING, server_status=draw(st.sampled_from(["paused", "reviewing"])))
    told = [QUEUED, *steps, *draw(st.sampled_from([[], [odd]])), end]
    return told + [summary(report) for report in told if draw(st.booleans())]


def after(reports: list[Report], task: MusicTask = TASK) -> MusicTask:
    for report in reports:
        task = apply(task, report)
    return task


@given(history=histories(), data=st.data())
def test_shuffled_doubled_and_stale_reports_end_in_the_same_record(
    history: list[Report], data: st.DataObject
) -> None:
    doubled = history + data.draw(st.lists(st.sampled_from(history)))
    assert after(data.draw(st.permutations(doubled))) == after(history)


@given(history=histories(), data=st.data())
def test_what_ended_never_changes(history: list[Report], data: st.DataObject) -> None:
    ended = after(history)
    assert ended.status.is_terminal
    other_ends = [replace(SUCCEEDED, server_status=end) for end in ENDS]
    for report in data.draw(st.lists(st.sampled_from(history + other_ends))):
        later = apply(ended, report)
        assert (later.status, later.failure) == (ended.status, ended.failure)
        assert (later.progress, later.server_status) == (ended.progress, ended.server_status)
        if status_of(report.server_status) is not ended.status or report in history:
            assert later == ended


@given(history=histories())
def test_the_same_report_twice_is_as_good_as_once(history: list[Report]) -> None:
    task = TASK
    for report in history:
        task = apply(task, report)
        assert apply(task, report) == task


def test_a_stale_report_does_not_move_a_task_backwards() -> None:
    running = after([RUNNING])
    stale = replace(QUEUED, progress=Progress(percent=0.0), billing=Billing(charged_credits="1"))
    assert apply(running, stale) == running


def test_a_report_that_goes_on_is_taken_over_whole() -> None:
    running = after([RUNNING])
    assert (running.status, running.server_status) == (TaskStatus.RUNNING, "running")
    assert (running.remote_id, running.resolved_model) == ("tsk_1", "suno-5.5")
    assert (running.progress, running.billing) == (RUNNING.progress, RUNNING.billing)
    assert (running.submitted_at, running.started_at) == (NOON, RUNNING.started_at)
    failed = after([FAILED], running)
    assert (failed.status, failed.failure) == (TaskStatus.FAILED, FAILED.failure)
    assert (failed.progress, failed.completed_at) == (FAILED.progress, FAILED.completed_at)


def test_the_model_that_answers_may_change_until_the_end() -> None:
    told = after([RUNNING, replace(SUCCEEDED, resolved_model="suno-6")])
    assert told.resolved_model == "suno-6"
    assert after([RUNNING, replace(SUCCEEDED, resolved_model=None)]).resolved_model == "suno-5.5"
    assert after([replace(RUNNING, resolved_model=None), SUCCEEDED]).resolved_model == "suno-5.5"
    ended = after([replace(SUCCEEDED, resolved_model=None)])
    assert apply(ended, RUNNING).resolved_model == "suno-5.5"


@pytest.mark.parametrize(
    "field", ["created_at", "started_at", "completed_at", "cancel_requested_at", "deadline_at"]
)
def test_a_stale_report_fills_gaps_and_changes_no_time_that_is_known(field: str) -> None:
    ours = "submitted_at" if field == "created_at" else field
    moment, other = NOON + timedelta(minutes=30), NOON + timedelta(minutes=31)
    ended = after([Report(remote_id="tsk_1", server_status="succeeded")])
    told = apply(ended, _told(field, moment))
    assert getattr(told, ours) == moment
    assert getattr(apply(told, _told(field, other)), ours) == moment


def _told(field: str, moment: datetime) -> Report:
    times: dict[str, Any] = {field: moment}
    return replace(RUNNING, **times)


def test_remarks_add_up_and_none_is_told_twice() -> None:
    told = after([replace(RUNNING, remarks="slow\nodd"), replace(SUCCEEDED, remarks="odd\nshort")])
    assert told.remarks == "odd\nshort\nslow"


@pytest.mark.parametrize(
    ("known", "reported", "shown"),
    [
        (Progress(percent=40.0), Progress(percent=30.0), Progress(percent=40.0)),
        (Progress(percent=40.0), Progress(percent=50.0), Progress(percent=50.0)),
        (
            Progress(percent=40.0),
            Progress(percent=40.0, stage="b"),
            Progress(percent=40.0, stage="b"),
        ),
        (Progress(percent=40.0), None, Progress(percent=40.0)),
        (None, Progress(percent=0.5), Progress(percent=0.5)),
        (Progress(percent=0.5), Progress(stage="odd"), Progress(percent=0.5)),
        (Progress(stage="odd"), Progress(percent=0.5), Progress(percent=0.5)),
        (Progress(stage="odd"), Progress(stage="later"), Progress(stage="later")),
    ],
)
def test_a_bar_goes_on_and_never_back(
    known: Progress | None, reported: Progress | None, shown: Progress
) -> None:
    before = replace(RUNNING, progress=known)
    assert after([before, replace(RUNNING, progress=reported)]).progress == shown


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (Billing(charged_credits="80"), Billing(charged_credits="1", is_final=True)),
        (Billing(charged_credits="80"), Billing(charged_credits="9", refunded_credits="0.5")),
        (Billing(refunded_credits="9"), Billing(refunded_credits="80")),
        (Billing(refunded_credits="NaN"), Billing(refunded_credits="0.5")),
        (Billing(refunded_credits="much"), Billing(refunded_credits="0.5")),
        (Billing(refunded_credits="Infinity"), Billing(refunded_credits="0.5")),
        (Billing(charged_credits="80"), Billing(charged_credits="8", net_charged_credits="8")),
        (Billing(charged_credits="8"), Billing(charged_credits="80")),
    ],
)
def test_of_two_bills_the_later_one_counts_whichever_is_read_first(
    earlier: Billing, later: Billing
) -> None:
    for bills in ((earlier, later), (later, earlier)):
        reports = [replace(RUNNING, billing=bill) for bill in bills]
        assert after(reports).billing == later
    assert after([replace(RUNNING, billing=later), summary(RUNNING)]).billing == later


def test_only_an_end_says_why_a_task_failed() -> None:
    odd = replace(RUNNING, failure=Failure(code=FailureCode.TASK_FAILED))
    assert after([odd]).failure is None


def test_a_status_the_app_does_not_know_is_shown_and_does_not_end_the_task() -> None:
    odd = after([RUNNING, replace(RUNNING, server_status="reviewing")])
    assert (odd.status, odd.server_status) == (TaskStatus.OTHER, "reviewing")
    assert odd.status.is_at_service
    assert after([SUCCEEDED], odd).status is TaskStatus.SUCCEEDED


@pytest.mark.parametrize("status", [TaskStatus.UNKNOWN, TaskStatus.REFUSED, TaskStatus.DRAFT])
def test_the_services_word_wins_over_what_the_app_believed(status: TaskStatus) -> None:
    believed = replace(TASK, status=status, failure=Failure(code=FailureCode.OUTCOME_UNKNOWN))
    found = after([QUEUED], believed)
    assert (found.status, found.failure) == (TaskStatus.QUEUED, None)


def test_how_a_task_failed_is_filled_in_when_a_list_told_first_that_it_did() -> None:
    told = after([summary(FAILED)])
    assert (told.status, told.failure) == (TaskStatus.FAILED, None)
    assert after([FAILED], told) == after([FAILED])


def test_the_app_keeps_its_own_ids() -> None:
    task = after([QUEUED, replace(RUNNING, remote_id="tsk_2", request_id="req_poll")])
    assert (task.id, task.remote_id, task.request_id) == ("t", "tsk_1", "req_create")
    found = after([replace(RUNNING, request_id="req_poll")], replace(TASK, request_id=None))
    assert found.request_id == "req_poll", "a song found again is traced by the answer that told"


@pytest.mark.parametrize(
    "text", ["queued", "running", *ENDS, "submitting", "unknown", "draft", "QUEUED", "", "odd"]
)
def test_only_the_services_own_words_are_understood(text: str) -> None:
    understood = text in ("queued", "running", *ENDS)
    assert status_of(text) == (text if understood else TaskStatus.OTHER)


def test_terminal_and_polled_states_have_nothing_in_common() -> None:
    terminal = {status for status in TaskStatus if status.is_terminal}
    assert terminal == {TaskStatus.SUCCEEDED, TaskStatus.FAILED, TaskStatus.CANCELED}
    assert not any(status.is_at_service for status in terminal)


def test_the_route_follows_from_the_reference() -> None:
    plain = MusicPrompt(prompt="rain")
    reference = Reference(upload_id=UploadId("u"), name="voice.wav")
    assert (plain.route, plain.route.capability) == (Route.TEXT_TO_MUSIC, "text_to_music")
    following = replace(plain, reference=reference).route
    assert following is Route.REFERENCE_AUDIO_TO_MUSIC
    assert following.capability == "reference_audio_to_music"


def test_a_text_of_any_length_can_be_sent() -> None:
    prompt = MusicPrompt(
        prompt="p" * (PROMPT_CHARACTERS + 1),
        lyrics="l" * (LYRICS_CHARACTERS + 1),
        title="t" * (TITLE_CHARACTERS + 1),
    )
    assert problems(prompt) == []


@pytest.mark.parametrize(
    ("prompt", "problem"),
    [
        (MusicPrompt(prompt=" \n"), PromptProblem(field="prompt", reason="empty")),
        (
            MusicPrompt(prompt="p", reference=Reference(upload_id=UploadId("u"), name="a.wav")),
            PromptProblem(field="reference", reason="not_uploaded"),
        ),
    ],
)
def test_a_field_that_can_not_be_sent_says_why(prompt: MusicPrompt, problem: PromptProblem) -> None:
    assert problems(prompt) == [problem]


def test_why_it_could_not_be_canceled_stays_until_it_ends() -> None:
    failure = Failure(code=FailureCode.TIMED_OUT)
    going_on = replace(after([QUEUED]), cancel_failure=failure)
    assert after([RUNNING, QUEUED], going_on).cancel_failure == failure
    assert after([RUNNING, SUCCEEDED], going_on).cancel_failure is None


def test_a_cancel_that_arrived_after_all_did_not_fail() -> None:
    failure = Failure(code=FailureCode.TIMED_OUT)
    going_on = replace(after([QUEUED]), cancel_failure=failure)
    asked = replace(RUNNING, cancel_requested_at=NOON)
    assert after([asked], going_on).cancel_failure is None
