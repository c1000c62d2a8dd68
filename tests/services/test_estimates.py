"""How long a song takes is told from songs made before, as a range, or not at all."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beatra_desktop.domain.ids import ProfileId, TaskId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace
from beatra_desktop.services.estimates import NEWEST, Estimate, Estimates

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def _song(number: int, seconds: float | None = None, **fields: Any) -> MusicTask:
    ended = NOON + timedelta(minutes=number)
    prompt = fields.pop("prompt", MusicPrompt(prompt="p", model="auto"))
    given: dict[str, Any] = {"resolved_model": "suno-5.5", **fields}
    if seconds is not None:
        given |= {"started_at": ended - timedelta(seconds=seconds), "completed_at": ended}
    return MusicTask(
        id=TaskId(f"t{number}"),
        profile_id=ProfileId("sandbox"),
        prompt=prompt,
        status=TaskStatus.SUCCEEDED if seconds is not None else TaskStatus.QUEUED,
        created_at=ended,
        **given,
    )


def _made(*seconds: float, **fields: Any) -> Records[MusicTask]:
    return Records([_song(n, s, **fields) for n, s in enumerate(seconds)])


def test_half_and_nine_of_ten_are_told() -> None:
    estimates = Estimates(_made(*range(10, 111, 10)))
    assert estimates.of(_song(99)) == Estimate(usual=60.0, late=100.0)


def test_fewer_than_five_say_nothing() -> None:
    tasks = _made(60, 60, 60, 60)
    estimates = Estimates(tasks)
    assert estimates.of(_song(99)) is None
    tasks.insert(0, _song(50, 60))
    assert estimates.of(_song(99)) == Estimate(usual=60.0, late=60.0)
    tasks.insert(0, _song(51, 600))
    learned = estimates.of(_song(99))
    assert learned is not None
    assert learned.late > 60.0


@pytest.mark.parametrize(
    "other",
    [
        _song(99, resolved_model=None, prompt=MusicPrompt(prompt="p", model="minimax-music-2.6")),
        _song(99, prompt=MusicPrompt(prompt="p", instrumental=True)),
        _song(99, prompt=MusicPrompt(prompt="p", lyrics="la " * 400)),
    ],
)
def test_another_kind_of_song_says_nothing(other: MusicTask) -> None:
    assert Estimates(_made(60, 60, 60, 60, 60)).of(other) is None


def test_while_auto_has_not_chosen_its_own_history_counts() -> None:
    estimates = Estimates(_made(60, 60, 60, 60, 60))
    assert estimates.of(_song(99, resolved_model=None)) is not None


def test_a_song_counts_once_and_only_when_it_succeeded() -> None:
    tasks = _made(60, 60, 60, 60)
    estimates = Estimates(tasks)
    tasks.insert(0, replace(_song(50, 60), status=TaskStatus.FAILED))
    for _ in range(3):
        tasks.replace(tasks[1])
    assert estimates.of(_song(99)) is None
    tasks.replace(replace(tasks[0], status=TaskStatus.SUCCEEDED))
    assert estimates.of(_song(99)) is not None


def test_the_newest_songs_count_in_whatever_order_they_are_read() -> None:
    tasks = _made(*([60.0] * NEWEST))
    estimates = Estimates(tasks)
    tasks.insert(len(tasks), *(_song(-n, 999) for n in range(1, NEWEST)))
    assert estimates.of(_song(99)) == Estimate(usual=60.0, late=60.0)


@pytest.mark.parametrize(
    ("gone", "left"),
    [(0, (60.0, 90.0)), (20, (40.0, 70.0)), (80, (0.0, 10.0)), (90, None), (500, None)],
)
def test_what_is_left_shrinks_and_then_is_not_guessed_any_more(
    gone: float, left: tuple[float, float] | None
) -> None:
    estimate = Estimate(usual=60.0, late=90.0)
    running = replace(_song(1), started_at=NOON)
    assert estimate.left(running, NOON + timedelta(seconds=gone)) == left
    assert estimate.left(_song(1), NOON) is None


def test_songs_that_come_with_the_whole_list_are_learned_from() -> None:
    tasks = _made()
    estimates = Estimates(tasks)
    tasks.assign(_made(60, 60, 60, 60, 60))
    assert estimates.of(_song(99)) == Estimate(usual=60.0, late=60.0)
