from datetime import timedelta

from pytestqt.qtbot import QtBot

from beatra_desktop.domain.activity import ActivityKind, ActivityState, Step
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.activity.timeline import Timeline, stops
from beatra_desktop.ui.styling import Tone
from tests.ui.activity.rows import NOW, activity, way


def test_one_in_flight_shows_what_came_and_what_is_to_come() -> None:
    song = activity(
        state=ActivityState.RUNNING,
        ended_at=None,
        timeline=way(NOW, Step.WRITTEN, Step.SENT, Step.ACCEPTED),
    )
    found = stops(song)
    names = [stop.name for stop in found]
    assert names == ["Written", "Sent", "Accepted", "Started", "Done", "Saved"]
    assert [stop.came for stop in found] == [True] * 3 + [False] * 3


def test_a_download_has_a_way_of_its_own() -> None:
    clip = activity(
        kind=ActivityKind.DOWNLOAD,
        state=ActivityState.WAITING,
        timeline=way(NOW, Step.WRITTEN),
    )
    assert [stop.name for stop in stops(clip)] == ["Written", "Saved"]


def test_a_done_one_shows_only_what_is_known() -> None:
    song = activity(timeline=way(NOW, Step.WRITTEN, Step.SENT, Step.DONE))
    assert [stop.name for stop in stops(song)] == ["Written", "Sent", "Done"]


def test_a_failed_one_ends_with_its_failure() -> None:
    ended = NOW + timedelta(seconds=9)
    song = activity(
        state=ActivityState.FAILED,
        ended_at=ended,
        timeline=way(NOW, Step.WRITTEN, Step.SENT, Step.DONE),
    )
    last = stops(song)[-1]
    assert [stop.name for stop in stops(song)] == ["Written", "Sent", "Failed"]
    assert (last.at, last.tone) == (ended, Tone.DANGER)
    assert stops(replace(song, ended_at=None))[-1].came


def test_it_is_read_out_with_its_times_and_keeps_its_height(qtbot: QtBot) -> None:
    timeline = Timeline()
    qtbot.addWidget(timeline)
    height = timeline.sizeHint().height()
    song = activity(timeline=way(NOW, Step.WRITTEN, Step.SENT))
    timeline.show_activity(song)
    assert timeline.accessibleDescription().count(":") >= 2
    assert "Sent" in timeline.accessibleDescription()
    timeline.show_activity(replace(song, state=ActivityState.RUNNING))
    timeline.resize(300, height)
    timeline.grab()
    assert timeline.sizeHint().height() == height
