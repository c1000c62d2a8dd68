"""What the window says while nothing leaves, and what asks before it goes."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.traffic import Network
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.drafts_strip import DraftsStrip
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.question import Question
from tests.http_service import Handler, serving

ELSEWHERE = "127.0.0.2"
"""An address that counts as another machine's."""


class _Silent(Handler):
    """Answers that there is nothing: enough to be seen as there."""

    def do_GET(self) -> None:
        self.answer(404)

    do_POST = do_GET


@pytest.fixture
def remote() -> Iterator[tuple[Profile, Callable[[], object]]]:
    """A profile on another machine that is not there, and what brings it up."""
    with socket.create_server((ELSEWHERE, 0)) as free:
        port = free.getsockname()[1]
    url = f"http://{ELSEWHERE}:{port}/v1"
    profile = Profile(id=ProfileId("remote"), name="Remote", kind=ProfileKind.CUSTOM, base_url=url)
    with ExitStack() as services:
        yield profile, lambda: services.enter_context(serving(_Silent, host=ELSEWHERE, port=port))


def _create(bench: Any, title: str) -> MusicTask:
    prompt = MusicPrompt(prompt="a slow waltz", title=title, instrumental=True)
    made = bench.services.music.create(prompt)
    assert isinstance(made, MusicTask)
    return made


def test_offline_is_said_at_once_and_taken_back_by_itself(in_window: Any) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        strip, switch = window.interior.sidebar.offline, window.interior.sidebar.profile_switch
        assert not strip.isVisible()
        bench.services.traffic.note_network(Network.OFFLINE)
        assert strip.isVisible()
        assert strip.words == "Offline. All is kept and goes on by itself; new songs ask first."
        assert "Offline" in switch.accessibleName()
        bench.services.traffic.note_network(Network.ONLINE)
        assert not strip.isVisible()
        assert "Offline" not in switch.accessibleName()

    in_window(work)


def test_a_pause_is_said_across_the_window_and_leads_to_what_is_held(in_window: Any) -> None:
    async def work(bench: Any, window: MainWindow) -> None:
        strip = window.interior.traffic.paused
        assert not window.interior.traffic.strips.isVisible()
        window.interior.commands[Command.PAUSE_ALL].trigger()
        assert strip.isVisible()
        QTest.mouseClick(strip.look, Qt.MouseButton.LeftButton)
        assert window.interior.commands[Command.ACTIVITY].isChecked()
        QTest.mouseClick(strip.resume, Qt.MouseButton.LeftButton)
        assert not strip.isVisible()
        assert not bench.services.traffic.is_paused.value

    in_window(work)


def test_songs_written_offline_ask_before_they_go(
    run_on_qt: Any, open_bench: Any, remote: Any
) -> None:
    async def work() -> None:
        profile, come = remote
        async with open_bench(profile=profile, ready=False) as bench:
            traffic, tasks = bench.services.traffic, bench.services.music.tasks
            await bench.until(lambda: traffic.network.value is Network.OFFLINE)
            strip = DraftsStrip(bench.services)
            for title in ("Lamps", "Snow"):
                assert _create(bench, title).status is TaskStatus.DRAFT
            assert strip.isHidden()
            come()
            await bench.until(lambda: not strip.isHidden())
            assert strip.words == "2 songs were written while offline. Send them now?"
            strip.send.click()
            assert strip.isHidden()
            await bench.until(lambda: {task.status for task in tasks} == {TaskStatus.REFUSED})
            strip.deleteLater()

    run_on_qt(work)


def test_sending_them_over_the_daily_limit_is_asked_about(
    run_on_qt: Any, open_bench: Any, remote: Any
) -> None:
    async def work() -> None:
        profile, come = remote
        async with open_bench(profile=profile, ready=False) as bench:
            services = bench.services
            services.settings.change(daily_cap_credits="100")
            await bench.until(lambda: services.traffic.network.value is Network.OFFLINE)
            strip = DraftsStrip(services)
            task = _create(bench, "Lamps")
            estimated = "120.0000"
            services.music._tasks.show(task.id, estimated_credits=estimated)
            come()
            await bench.until(lambda: not strip.isHidden())
            assert strip.words.startswith("One song was written while offline. Send it now")
            assert "for about 120 credits?" in strip.words
            strip.send.click()
            [question] = strip.findChildren(Question)
            assert "120 credits of your 100 credits" in question.accessibleDescription()
            states = [services.music.tasks[0].status]
            question.verb.click()
            await bench.until(lambda: services.music.tasks[0].status is TaskStatus.REFUSED)
            assert states == [TaskStatus.DRAFT]
            strip.deleteLater()

    run_on_qt(work)
