from datetime import timedelta

import pytest

from beatra_desktop.domain.activity import Activity, ActivityKind, ActivityState, Step
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Hold, Wait
from beatra_desktop.ui.activity import activity_text, cell_text
from beatra_desktop.ui.activity.columns import Column
from beatra_desktop.ui.activity.status_line import status_line
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Tone
from tests.ui.activity.rows import NAMES, NOW, activity, way

RUNNING = activity(state=ActivityState.RUNNING, ended_at=None, timeline=way(NOW, Step.WRITTEN))
WAIT = Wait(attempt=2, of=5, until=NOW + timedelta(seconds=8), reason="the service is busy")


def _cell(row: Activity, column: Column) -> str:
    return cell_text.text(row, column, now=NOW, names=NAMES)


def test_every_state_and_kind_has_words_and_an_icon_of_its_own() -> None:
    looks = [activity_text.state_look(activity(state=state))[0] for state in ActivityState]
    assert len(set(looks)) == len(ActivityState)
    words = [activity_text.state(activity(state=state)) for state in ActivityState]
    assert len(set(words)) == len(ActivityState)
    assert len({activity_text.kind_icon(activity(kind=kind)) for kind in ActivityKind}) == 4


def test_what_is_held_says_so_while_it_lives() -> None:
    held = activity(state=ActivityState.WAITING, hold=Hold.OFFLINE)
    assert (activity_text.state(held), activity_text.state_look(held)[0]) == (
        "Offline", Icon.OFFLINE,
    )  # fmt: skip
    assert activity_text.state(activity(state=ActivityState.WAITING, hold=Hold.PAUSED)) == "Paused"
    assert activity_text.state(activity(state=ActivityState.DONE, hold=Hold.PAUSED)) == "Done"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (RUNNING, "Not sent yet"),
        (activity(state=ActivityState.RUNNING, timeline=way(NOW, Step.SENT)), "Sent"),
        (activity(state=ActivityState.RUNNING, fraction=0.429), "42 %"),
        (activity(state=ActivityState.WAITING, wait=WAIT), "Again in 8 s"),
        (
            activity(kind=ActivityKind.UPLOAD, state=ActivityState.RUNNING, fraction=1.0),
            "Confirming",
        ),
        (activity(state=ActivityState.WAITING, fraction=0.0, timeline=()), "Not sent yet"),
        (activity(timeline=way(NOW, Step.DONE, Step.SAVED)), "Saved"),
        (activity(), ""),
        (
            activity(
                state=ActivityState.FAILED, failure=Failure(code=FailureCode.INSUFFICIENT_BALANCE)
            ),
            "Not enough credits",
        ),
    ],
)
def test_progress_says_how_far_it_is_or_why_it_is_not(row: Activity, words: str) -> None:
    assert _cell(row, Column.PROGRESS) == words


@pytest.mark.parametrize("kind", ActivityKind)
@pytest.mark.parametrize("state", ActivityState)
def test_what_advances_changes_no_cell_but_that_of_its_progress(
    kind: ActivityKind, state: ActivityState
) -> None:
    before = activity(kind=kind, state=state, fraction=0.5, done_bytes=5, total_bytes=10)
    now = replace(before, fraction=1.0, done_bytes=10)
    assert cell_text.has_only_advanced(before, now)
    assert activity_text.state_look(before) == activity_text.state_look(now)
    for column in Column:
        texts = {cell_text.text(each, column, now=NOW, names=NAMES) for each in (before, now)}
        assert len(texts) == 1 or column is Column.PROGRESS


def test_time_counts_from_the_start_and_not_from_the_writing() -> None:
    timeline = way(NOW - timedelta(seconds=70), Step.WRITTEN, Step.STARTED, seconds=60)
    running = activity(state=ActivityState.RUNNING, ended_at=None, timeline=timeline)
    assert _cell(running, Column.ELAPSED) == "0:10"
    assert _cell(RUNNING, Column.ELAPSED) == ""
    sent = activity(kind=ActivityKind.UPLOAD, ended_at=NOW, timeline=way(NOW, Step.WRITTEN))
    assert _cell(sent, Column.ELAPSED) == ""
    ended = activity(ended_at=NOW - timedelta(seconds=5), timeline=timeline)
    assert _cell(ended, Column.ELAPSED) == "0:05"


def test_attempts_are_told_with_their_countdown_or_when_there_were_several() -> None:
    assert _cell(activity(wait=WAIT), Column.ATTEMPT) == "2 of 5 in 8 s"
    assert _cell(activity(attempts=3), Column.ATTEMPT) == "3"
    assert _cell(activity(attempts=1), Column.ATTEMPT) == ""


def test_a_cost_is_the_services_own_figure_or_nothing() -> None:
    assert _cell(activity(credits="80.0000"), Column.COST) == "80 credits"
    assert _cell(activity(credits=None), Column.COST) == ""
    assert _cell(activity(credits="0.0000"), Column.COST) == "0 credits"


def test_names_ids_and_profiles_are_told_and_what_is_missing_is_left_out() -> None:
    row = activity(model="suno-5.5", request_id="req_1", title="")
    cells = [_cell(row, column) for column in (Column.NAME, Column.MODEL, Column.REQUEST)]
    assert cells == ["Song", "suno-5.5", "req_1"]
    assert _cell(row, Column.PROFILE) == "Sandbox"
    assert _cell(activity(), Column.REQUEST) == ""


def test_the_whole_row_is_one_sentence_for_a_screen_reader() -> None:
    row = activity(state=ActivityState.RUNNING, fraction=0.5, done_bytes=1024, total_bytes=2048)
    assert activity_text.spoken(row, NOW).startswith(
        "Song, Song 0, Running, 50 %, 1\u00a0kB of 2\u00a0kB"
    )


def test_the_status_line_says_why_it_waits_and_what_to_do() -> None:
    words, tone = status_line(activity(state=ActivityState.WAITING, wait=WAIT), NOW)
    assert words == "Attempt 2 of 5 in 8 s, as the same request: the service is busy"
    assert tone is Tone.SECONDARY
    held = activity(state=ActivityState.WAITING, hold=Hold.PAUSED)
    assert "when you resume" in status_line(held, NOW)[0]
    offline = activity(state=ActivityState.WAITING, hold=Hold.OFFLINE)
    assert "asks first" in status_line(offline, NOW)[0]
    upload = activity(kind=ActivityKind.UPLOAD, state=ActivityState.WAITING, hold=Hold.OFFLINE)
    assert "by itself" in status_line(upload, NOW)[0]
    failure = Failure(code=FailureCode.INSUFFICIENT_BALANCE)
    failed = activity(state=ActivityState.FAILED, failure=failure)
    words, tone = status_line(failed, NOW)
    assert "Add credits to your account" in words
    assert "Your prompt is kept." in words
    assert tone is Tone.DANGER
    assert status_line(activity(), NOW)[0] == ""
