"""The play queue: its order, what follows, and what is remembered."""

import random
from collections.abc import Sequence

import pytest

from beatra_desktop.domain.ids import ClipId, TaskId
from beatra_desktop.domain.music import Clip, Delivery
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.playing import Repeat
from beatra_desktop.domain.records import replace
from beatra_desktop.services.playing import KEPT, PlayingService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository

A, B, C, D = (ClipId(name) for name in "abcd")


@pytest.fixture
def settings(database: Database) -> SettingsService:
    return SettingsService(SettingsRepository(database))


@pytest.fixture
def clips() -> Records[Clip]:
    """a, b and d are saved; c is not."""
    saved = {A: Delivery.SAVED, B: Delivery.SAVED, C: Delivery.UNSAVED, D: Delivery.SAVED}
    return Records(
        Clip(id=clip_id, task_id=TaskId("t"), index=0, title="", url="", delivery=delivery)
        for clip_id, delivery in saved.items()
    )


@pytest.fixture
def playing(clips: Records[Clip], settings: SettingsService) -> PlayingService:
    return PlayingService(clips=clips, settings=settings, chance=random.Random(1))


def _order(playing: PlayingService) -> list[str]:
    return [entry.id for entry in playing.queue]


def _walk(playing: PlayingService, by: int) -> Sequence[str]:
    """All clips that come one after the other, at most fifty."""
    found: list[str] = []
    while (clip_id := playing.neighbour(by)) and len(found) < 50:
        playing.open(clip_id)
        found.append(clip_id)
    return found


def test_a_song_brings_all_saved_ones_after_it(playing: PlayingService) -> None:
    playing.open(A)
    assert (playing.current.value, _order(playing)) == (A, [A, B, D])
    assert _walk(playing, 1) == [B, D]
    assert _walk(playing, -1) == [B, A]


def test_a_song_that_is_not_saved_stands_alone(playing: PlayingService) -> None:
    playing.open(C)
    assert _order(playing) == [C]
    assert (playing.neighbour(1), playing.neighbour(-1), playing.after_end()) == ("", "", "")


def test_another_song_of_the_queue_leaves_the_queue(playing: PlayingService) -> None:
    playing.open_these([D, A, D], first=D)
    playing.open(A)
    assert _order(playing) == [D, A]


def test_what_can_not_be_played_is_passed_over(
    playing: PlayingService, clips: Records[Clip]
) -> None:
    playing.open(A)
    clips.replace(replace(clips[1], delivery=Delivery.WAITING))
    assert playing.neighbour(1) == D


def test_repeating_all_joins_the_ends(playing: PlayingService) -> None:
    playing.open(D)
    assert playing.after_end() == ""
    playing.set_repeat(Repeat.ALL)
    assert (playing.after_end(), playing.neighbour(1)) == (A, A)
    playing.open(A)
    assert playing.neighbour(-1) == D


def test_repeating_one_is_for_the_end_only(playing: PlayingService) -> None:
    playing.open(A)
    playing.set_repeat(Repeat.ONE)
    assert (playing.after_end(), playing.neighbour(1)) == (A, B)


def test_all_of_one_song_is_that_song(playing: PlayingService) -> None:
    playing.open_these([A], first=A)
    playing.set_repeat(Repeat.ALL)
    assert playing.after_end() == A


def test_shuffling_keeps_what_plays_first_and_gives_the_order_back(
    clips: Records[Clip], settings: SettingsService
) -> None:
    for number in range(20):
        clips.append(replace(clips[0], id=ClipId(f"more {number}")))
    playing = PlayingService(clips=clips, settings=settings, chance=random.Random(1))
    playing.open(B)
    straight = _order(playing)
    playing.set_shuffle(on=True)
    mixed = _order(playing)
    assert mixed[0] == B
    assert sorted(mixed) == sorted(straight)
    assert mixed[1:] != [clip_id for clip_id in straight if clip_id != B]
    assert sorted([B, *_walk(playing, 1)]) == sorted(straight)
    playing.set_shuffle(on=False)
    assert _order(playing) == straight


def test_repeat_and_shuffle_are_remembered(
    clips: Records[Clip], settings: SettingsService, database: Database
) -> None:
    playing = PlayingService(clips=clips, settings=settings)
    playing.set_repeat(Repeat.ONE)
    playing.set_shuffle(on=True)
    database.flush()
    later = PlayingService(clips=clips, settings=settings)
    assert (later.repeat.value, later.shuffles.value) == (Repeat.ONE, True)
    settings.set_ui_state("repeat", "nonsense")
    database.flush()
    assert PlayingService(clips=clips, settings=settings).repeat.value is Repeat.OFF


def test_songs_are_added_at_the_end_or_next(playing: PlayingService) -> None:
    playing.open_these([A], first=A)
    playing.add([B, C, D, B, A])
    assert _order(playing) == [A, B, D]
    playing.play_next(D)
    playing.play_next(A)
    playing.play_next(C)
    assert _order(playing) == [A, D, B]
    playing.set_shuffle(on=True)
    playing.set_shuffle(on=False)
    assert _order(playing) == [A, D, B]


@pytest.mark.parametrize(
    ("by", "order"), [(-1, [A, D, B]), (1, [A, B, D]), (-9, [D, A, B]), (0, [A, B, D])]
)
def test_entries_move_as_far_as_the_queue_goes(
    playing: PlayingService, by: int, order: list[ClipId]
) -> None:
    playing.open(A)
    playing.move(D, by=by)
    assert _order(playing) == order
    assert playing.current.value == A


def test_entries_are_removed_but_not_the_one_that_plays(playing: PlayingService) -> None:
    playing.open(B)
    playing.remove(A)
    playing.remove(B)
    playing.remove(A)
    assert _order(playing) == [B, D]
    playing.clear_upcoming()
    assert _order(playing) == [B]
    playing.set_shuffle(on=False)
    assert _order(playing) == [B]


def test_a_clip_that_is_gone_leaves_the_queue(
    playing: PlayingService, clips: Records[Clip]
) -> None:
    playing.open(A)
    clips.remove(B)
    assert _order(playing) == [A, D]
    clips.assign([clips[0]])
    assert _order(playing) == [A]


def test_closing_forgets_the_queue(playing: PlayingService) -> None:
    playing.open(A)
    playing.close()
    assert (_order(playing), playing.current.value, playing.neighbour(1)) == ([], "", "")


def test_the_queue_is_there_again_at_the_next_start(
    playing: PlayingService, clips: Records[Clip], settings: SettingsService, database: Database
) -> None:
    def start_again() -> PlayingService:
        database.flush()
        return PlayingService(clips=clips, settings=settings)

    playing.open_these([D, A, B], first=A)
    playing.add([D])
    again = start_again()
    assert (_order(again), again.current.value) == (["a", "b", "d"], A)
    again.open(B)
    assert start_again().current.value == B
    again.close()
    closed = start_again()
    assert (_order(closed), closed.current.value) == ([], "")


def test_of_a_huge_queue_only_what_is_near_is_remembered(
    clips: Records[Clip], settings: SettingsService, database: Database
) -> None:
    many = [ClipId(f"c{number}") for number in range(10 * KEPT)]
    PlayingService(clips=clips, settings=settings).open_these(many, first=many[1000])
    database.flush()
    again = PlayingService(clips=clips, settings=settings)
    assert len(again.queue) == KEPT
    assert again.current.value == many[1000]
