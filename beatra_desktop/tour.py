"""The main job, played through the real window: what `--tour` does.

A chat streams, a file is dropped and uploads, a song is made from it, saved and loaded in the
player. Every step is checked, pictured and reported; nothing of it touches the user's own data.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from msgspec import Struct, field, to_builtins
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop import __version__, app
from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.choices import Appearance
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import Delivery, MusicPrompt, Reference
from beatra_desktop.domain.profiles import ConnectionPhase
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.uploads import Upload, UploadStatus
from beatra_desktop.options import REFUSED, Options
from beatra_desktop.paths import resources
from beatra_desktop.services import Services
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.main_window import MainWindow
from beatra_desktop.ui.refusal_text import describe_unwritable_tour

PATIENCE_SECONDS: Final = 120.0
GLANCE_SECONDS: Final = 0.02
SETTLE_SECONDS: Final = 0.4
LARGE_PX: Final = (1280, 800)
SMALL_PX: Final = (900, 600)
ROWS_OF_A_TOUR: Final = 5
"""An answer, an upload, a song and its two downloads."""
SANDBOX_ARGUMENTS: Final = ("--speed", "3", "--seed", "1")
QUESTION: Final = "How do I use a recording of mine as the reference for a song?"
SONG: Final = MusicPrompt(
    prompt="warm indie folk, fingerpicked guitar, soft brushes, 96 bpm, a calm clear ending",
    title="Riverside",
    model="suno-5.5",
    instrumental=True,
)


class Step(Struct, frozen=True, kw_only=True):
    """One line of the report; `seconds` is how long the step took."""

    name: str
    is_done: bool
    seconds: float
    detail: str = ""


class Report(Struct, kw_only=True):
    """What really happened; `platform` is Qt's name for where the window was shown."""

    version: str = __version__
    platform: str = ""
    steps: list[Step] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    is_complete: bool = False

    def write(self, folder: Path) -> None:
        text = json.dumps(to_builtins(self), indent=2)
        (folder / "report.json").write_text(f"{text}\n", encoding="utf-8")


def run(folder: Path) -> int:
    """Play the tour, write pictures and `report.json` to `folder`; 0 only if every step worked."""
    if not app.has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    tour = Tour(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tour.report.write(folder)
    except OSError as error:
        sys.stderr.write(f"{describe_unwritable_tour(folder, error.strerror or '')}\n")
        return REFUSED
    with tempfile.TemporaryDirectory(prefix="beatra-tour-") as data_dir:
        options = Options(data_dir=Path(data_dir))
        app.run(options, play=tour.play, sandbox_arguments=SANDBOX_ARGUMENTS)
    tour.report.write(folder)
    for step in tour.report.steps:
        mark = "done  " if step.is_done else "FAILED"
        sys.stdout.write(f"{mark} {step.name} ({step.seconds:.1f} s) {step.detail}\n")
    return 0 if tour.report.is_complete else 1


class StepFailed(Exception):
    """A step did not lead to what it promises."""


class Tour:
    """Plays one step after the other and stops at the first that fails."""

    def __init__(self, folder: Path) -> None:
        self.report = Report()
        self._folder = folder

    async def play(self, window: MainWindow, services: Services) -> None:
        self.report.platform = QApplication.platformName()
        scene = Scene(window, services, self._folder, self.report)
        steps: tuple[Callable[[], Awaitable[str]], ...] = (
            scene.connect_to_sandbox,
            scene.stream_an_answer,
            scene.drop_and_upload_a_file,
            scene.make_a_song_from_it,
            scene.load_it_in_the_player,
            scene.look_at_library_and_activity,
            scene.look_dark_and_small,
        )
        for step in steps:
            if not await self._take(step):
                return
        self.report.is_complete = True

    async def _take(self, step: Callable[[], Awaitable[str]]) -> bool:
        begun = time.monotonic()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                detail, is_done = await step(), True
        except StepFailed as error:
            detail, is_done = str(error), False
        except TimeoutError:
            detail, is_done = f"nothing came of it in {PATIENCE_SECONDS:.0f} s", False
        name = getattr(step, "__name__", "step").replace("_", " ")
        seconds = round(time.monotonic() - begun, 2)
        self.report.steps.append(Step(name=name, is_done=is_done, seconds=seconds, detail=detail))
        return is_done


class Scene:
    """The steps. Each does what a user does, waits for what it must lead to, and pictures it."""

    def __init__(
        self, window: MainWindow, services: Services, folder: Path, report: Report
    ) -> None:
        self._window = window
        self._services = services
        self._folder = folder
        self._report = report
        self._reference: Upload | None = None
        self._clip_id = ""

    async def connect_to_sandbox(self) -> str:
        self._window.resize(*LARGE_PX)
        self._services.settings.change(appearance=Appearance.LIGHT)
        connection = self._services.profiles.connection
        await _until(lambda: connection.value.phase is ConnectionPhase.READY)
        await self._picture("1-first-start")
        return connection.value.base_url

    async def stream_an_answer(self) -> str:
        self._window.interior.chat.new_conversation()
        area = self._window.interior.chat.composer.text_area
        QTest.keyClicks(area, QUESTION)
        QTest.keyClick(area, Qt.Key.Key_Return)
        conversation_id = ConversationId(self._window.interior.chat.conversation_id)
        messages = self._services.chat.open(conversation_id)
        await _until(lambda: len(messages) == 2 and bool(messages[1].text))
        lengths = [len(messages[1].text)]
        await _until(lambda: _grown(lengths, len(messages[1].text)) or not self._answering())
        await self._picture("2-streaming")
        await _until(lambda: not self._answering())
        answer = messages[1]
        if answer.status is not MessageStatus.COMPLETE or len(lengths) < 2:
            raise StepFailed(f"the answer is {answer.status.value} after {len(lengths)} parts")
        await self._picture("3-answer")
        return f"{len(answer.text)} characters by {answer.model}, request {answer.request_id}"

    async def drop_and_upload_a_file(self) -> str:
        self._window.interior.studio.show_music()
        source = resources() / "samples" / "riverside-sketch.mp3"
        drop(self._window, self._window.interior.studio, source)
        uploads = self._services.uploads.uploads
        await _until(lambda: len(uploads) == 1 and uploads[0].status is UploadStatus.ASKING)
        await self._picture("4-rights")
        self._services.uploads.confirm_rights(uploads[0].id)
        await _until(lambda: not uploads[0].status.is_live)
        self._reference = uploads[0]
        if self._reference.artifact_id is None:
            raise StepFailed(f"the upload is {self._reference.status.value}")
        return f"{self._reference.size} bytes became {self._reference.artifact_id}"

    async def make_a_song_from_it(self) -> str:
        upload = self._reference
        if upload is None:
            raise StepFailed("there is no reference")
        reference = Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
        form = self._window.interior.studio.form
        form.fill(replace(SONG, reference=reference))
        await self._picture("5-music-form")
        form.submit()
        tasks = self._services.music.tasks
        await _until(lambda: len(tasks) == 1 and tasks[0].started_at is not None)
        self._window.interior.studio.show_queue()
        await self._picture("6-song-in-the-making")
        await _until(lambda: tasks[0].status.is_terminal and self._is_delivered())
        clips = self._services.music.clips_of(tasks[0].id)
        if not clips or any(clip.delivery is not Delivery.SAVED for clip in clips):
            raise StepFailed(f"the task {tasks[0].status.value} with {len(clips)} clips")
        self._clip_id = clips[0].id
        return ", ".join(clip.path.name for clip in clips if clip.path is not None)

    async def load_it_in_the_player(self) -> str:
        player = self._window.interior.player
        player.load(self._clip_id)
        await _until(lambda: player.is_loaded and player.loaded_clip_id == self._clip_id)
        await self._picture("7-player")
        player.pause()
        return f"clip {self._clip_id}"

    async def look_at_library_and_activity(self) -> str:
        """What was made and what went on, by the keys that lead there."""
        for command, name in (
            (Command.LIBRARY, "8-library"),
            (Command.ACTIVITY, "9-activity"),
        ):
            self._window.interior.commands[command].trigger()
            await self._picture(name)
        rows = len(self._services.activity.rows)
        self._window.interior.centre.show_chat()
        if rows < ROWS_OF_A_TOUR:
            raise StepFailed(f"the activity lists {rows} rows")
        return f"{rows} rows"

    async def look_dark_and_small(self) -> str:
        self._services.settings.change(appearance=Appearance.DARK)
        await self._picture("10-dark")
        self._window.resize(*SMALL_PX)
        await self._picture("11-dark-small")
        self._services.settings.change(appearance=Appearance.LIGHT)
        await self._picture("12-light-small")
        return f"{len(self._report.pictures)} pictures"

    def _answering(self) -> bool:
        return bool(self._services.chat.answering.value)

    def _is_delivered(self) -> bool:
        at_rest = (Delivery.SAVED, Delivery.UNSAVED)
        return all(clip.delivery in at_rest for clip in self._services.music.clips)

    async def _picture(self, name: str) -> None:
        await asyncio.sleep(SETTLE_SECONDS)  # pictures show what has come to rest
        path = self._folder / f"{name}.png"
        if not self._window.grab().save(str(path)):
            raise StepFailed(f"{path} can't be written")
        self._report.pictures.append(path.name)


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110  # looks at what a user sees, not at events
        await asyncio.sleep(GLANCE_SECONDS)


def _grown(lengths: list[int], length: int) -> bool:
    """Note a text's length; True once it was seen growing."""
    if length > lengths[-1]:
        lengths.append(length)
    return len(lengths) > 1


def drop(window: QWidget, target: QWidget, path: Path) -> None:
    """Drop a file on a place in the window, through the events a real drag causes."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = target.mapTo(window, QPoint(target.width() // 2, target.height() // 2))
    drag = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0))
    # What the platform tells; Qt itself finds the widget below the pointer for each of them.
    screen_side = window.windowHandle()
    for event in (
        QDragEnterEvent(place, *drag),
        QDragMoveEvent(place, *drag),
        QDropEvent(place, *drag),
    ):
        QApplication.sendEvent(screen_side, event)
