"""What the driven app's user does in the crash campaign, and what is seen of it meanwhile.

Each act is over at once, or ends early where there is nothing to do it with: what an earlier kill
left decides what is there. `Scene` tells the witness of everything that must survive.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.converting import AudioFormat
from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.domain.music import Clip, Delivery, MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.services import Services
from beatra_desktop.ui.main_window import MainWindow
from tests.e2e import actions
from tests.e2e.actions import Stage
from tests.faults.crash_witness import TICK_SECONDS, Witness

KEYS_AT_A_TIME: Final = 6
PATIENCE_SECONDS: Final = 90.0
"""For what must come to rest by itself, on a machine that has other work."""
_AT_REST: Final = (Delivery.SAVED, Delivery.UNSAVED)


@dataclass(slots=True)
class Scene:
    """The app's window and services, and who watches; `files` holds what the user uploads."""

    window: MainWindow
    services: Services
    witness: Witness
    files: Path
    _shown: dict[str, int] = field(default_factory=dict)

    @property
    def stage(self) -> Stage:
        return Stage(self.window, self.services)

    @property
    def conversation_id(self) -> ConversationId:
        return ConversationId(self.window.interior.chat.conversation_id)

    @property
    def messages(self) -> list[Message]:
        return self.stage.messages

    def look(self) -> None:
        """Tell of the text that has come since the last look."""
        for conversation_id in self.services.chat.answering.value:
            for message in self.services.chat.open(conversation_id):
                length = self._shown.get(message.id, 0)
                if message.role is Role.ASSISTANT and len(message.text) > length:
                    self._shown[message.id] = len(message.text)
                    self.witness.see("shown", message=message.id, more=message.text[length:])

    def intend(self, kind: str, text: str = "") -> None:
        """Tell that the user is about to ask for something that may cost money."""
        self.witness.see("intent", kind=kind, text=text)

    def change(self, subject: str, value: Any) -> None:
        """Tell that something that is stored was just changed by the user."""
        self.witness.see("changed", subject=subject, value=value)


Act = Callable[..., Coroutine[Any, Any, None]]
ACTS: Final[dict[str, Act]] = {}


def act(function: Act) -> Act:
    ACTS[function.__name__] = function
    return function


@act
async def connect(scene: Scene) -> None:
    await actions.connect(scene.stage)


@act
async def adjust(scene: Scene, **settings: Any) -> None:
    """Change the sandbox's settings."""
    await actions.admin(scene.stage, "POST", "settings", settings)


@act
async def rest(scene: Scene, seconds: float) -> None:
    await asyncio.sleep(seconds)


@act
async def write(scene: Scene, text: str) -> None:
    """Type in a new conversation and leave it there."""
    scene.window.interior.chat.new_conversation()
    await _type(scene, text)


@act
async def ask(scene: Scene, text: str, model: str = "") -> None:
    """Type a question in a new conversation and send it."""
    scene.window.interior.chat.new_conversation()
    await _type(scene, text)
    if model:
        await asyncio.sleep(10 * TICK_SECONDS)  # the conversation begins with its draft
        scene.services.chat.set_model(scene.conversation_id, model)
    await _send(scene, text)


@act
async def add(scene: Scene, text: str) -> None:
    """Type below the answer that is coming, or that came last, and send it."""
    await _type(scene, text)
    await _send(scene, text)


@act
async def read(scene: Scene, characters: int) -> None:
    """Wait until so much of the answer is on show, or all of it."""
    await _end_pause(scene)
    await _until(
        lambda: (
            not scene.services.chat.answering.value
            or (scene.messages and len(scene.messages[-1].text) >= characters)
        )
    )


@act
async def hear(scene: Scene) -> None:
    """Wait until no answer is coming."""
    await _end_pause(scene)
    await _until(lambda: not scene.services.chat.answering.value)


@act
async def stop(scene: Scene) -> None:
    scene.intend("stop")
    scene.services.chat.stop(scene.conversation_id)


@act
async def edit(scene: Scene, text: str) -> None:
    """Ask the last question in other words."""
    await hear(scene)
    questions = [message for message in scene.messages if message.role is Role.USER]
    if questions:
        scene.intend("chat", text)
        scene.services.chat.edit(questions[-1].id, text)


@act
async def half_edit(scene: Scene, text: str) -> None:
    """Begin to ask the last question in other words."""
    questions = [message for message in scene.messages if message.role is Role.USER]
    if questions:
        scene.window.interior.chat.composer.begin_edit(questions[-1].id, "")
        await _type(scene, text)


@act
async def retry(scene: Scene) -> None:
    """Ask again for the last answer."""
    answers = [message for message in scene.messages if message.role is Role.ASSISTANT]
    if answers and answers[-1].status is not MessageStatus.COMPLETE:
        scene.intend("chat")
        scene.services.chat.retry(answers[-1].id)


@act
async def rename_chat(scene: Scene, title: str) -> None:
    conversations = scene.services.chat.conversations
    if len(conversations):
        scene.services.history.rename(conversations[0].id, title)
        scene.change(f"title of {conversations[0].id}", title)


@act
async def delete_chat(scene: Scene) -> None:
    conversations = scene.services.chat.conversations
    idle = [each for each in conversations if not scene.services.chat.is_answering(each.id)]
    if idle:
        scene.services.history.delete(idle[-1].id)
        scene.change(f"deletion of {idle[-1].id}", True)


@act
async def upload(scene: Scene, name: str, kilobytes: int, times: int = 1) -> None:
    """Take in a new file, the same bytes under as many names as wanted."""
    content = Random(name).randbytes(kilobytes * 1024)
    paths = [scene.files / f"{name} {number}.bin" for number in range(times)]
    for path in paths:
        path.write_bytes(content)
    scene.intend("upload", name)
    scene.services.uploads.add(paths, purpose=Purpose.MEDIA_INPUT)


@act
async def paste(scene: Scene, name: str, kilobytes: int) -> None:
    """Take in what was never a file of the user's."""
    content = Random(name).randbytes(kilobytes * 1024)
    scene.intend("paste", f"{name}.bin")
    scene.services.uploads.add_made(f"{name}.bin", lambda: content, purpose=Purpose.MEDIA_INPUT)


@act
async def cancel_upload(scene: Scene) -> None:
    live = [each for each in scene.services.uploads.uploads if each.status.is_live]
    if live:
        scene.intend("cancel upload", live[0].id)
        scene.services.uploads.cancel(live[0].id)


@act
async def first_upload(scene: Scene) -> None:
    """Send what came last before everything else."""
    waiting = _waiting(scene.services.uploads.uploads)
    if waiting:
        scene.services.uploads.send_first(waiting[0].id)


@act
async def pause(scene: Scene) -> None:
    scene.services.activity.pause_all()
    scene.change("settings.is_paused", 1)


@act
async def go_on(scene: Scene) -> None:
    scene.services.activity.resume_all()
    scene.change("settings.is_paused", 0)


@act
async def set_up(scene: Scene, uploads: int, songs: int) -> None:
    scene.services.settings.change(parallel_uploads=uploads, parallel_songs=songs)
    scene.change("settings.parallel_uploads", uploads)
    scene.change("settings.parallel_songs", songs)


@act
async def order(scene: Scene, prompt: str, model: str, copies: int = 1) -> None:
    """Order a song, or variations of it."""
    wanted = MusicPrompt(prompt=prompt, model=model, instrumental=True)
    for _ in range(copies):
        scene.intend("music", prompt)
    made = scene.services.music.create_batch(wanted, copies=copies)
    for task in made:
        assert isinstance(task, MusicTask), f"not taken: {task}"
        scene.change(f"prompt of {task.id}", prompt)


@act
async def cancel_song(scene: Scene) -> None:
    tasks = [task for task in scene.services.music.tasks if _goes_on(task)]
    if tasks:
        scene.intend("cancel", tasks[0].id)
        scene.services.music.cancel(tasks[0].id)


@act
async def first_song(scene: Scene) -> None:
    waiting = [t.id for t in scene.services.music.tasks if t.status is TaskStatus.WAITING]
    scene.services.music.send_first(*waiting[:1])


@act
async def collect(scene: Scene) -> None:
    """Wait until all songs are made and saved."""
    await _end_pause(scene)
    music = scene.services.music
    await _until(lambda: not any(_goes_on(task) for task in music.tasks))
    await _until(lambda: all(clip.delivery in _AT_REST for clip in music.clips))


@act
async def rate(scene: Scene, stars: int) -> None:
    for clip in _saved(scene)[:1]:
        scene.services.collection.rate(clip.id, stars)
        scene.change(f"rating of {clip.id}", stars)


@act
async def list_songs(scene: Scene, name: str) -> None:
    """Make a playlist of what is there."""
    playlist = scene.services.playlists.create(name, [clip.id for clip in _saved(scene)])
    if playlist is not None:
        scene.change(f"playlist {playlist.id}", name)


@act
async def throw_away(scene: Scene) -> None:
    for clip in _saved(scene)[:1]:
        scene.services.collection.delete([clip.id])
        scene.change(f"trash of {clip.id}", True)


@act
async def take_back(scene: Scene) -> None:
    for clip in [clip for clip in scene.services.collection.clips if clip.deleted_at][:1]:
        scene.services.collection.restore([clip.id])
        scene.change(f"trash of {clip.id}", False)


@act
async def fetch_again(scene: Scene) -> None:
    """Lose a song's file and download it again."""
    for clip in _saved(scene)[:1]:
        assert clip.path is not None, "saved"
        scene.intend("fetch again", clip.id)
        clip.path.unlink(missing_ok=True)  # an earlier try may have ended here
        scene.services.music.download_again(clip.id)


@act
async def convert(scene: Scene, form: str) -> None:
    folder = scene.files / "converted"
    folder.mkdir(exist_ok=True)
    clip_ids = [clip.id for clip in _saved(scene)[:1]]
    scene.services.conversions.convert(clip_ids, format=AudioFormat(form), folder=folder)


@act
async def export(scene: Scene) -> None:
    scene.services.transfer.export_all(scene.files / "export.zip")


@act
async def take_in(scene: Scene) -> None:
    """Import what was exported; all of it is here already."""
    path = scene.files / "export.zip"
    if path.exists():
        scene.services.transfer.import_file(path)


@act
async def settle(scene: Scene) -> None:
    """Let everything that was left come to its end; whoever has to be asked says yes."""
    services = scene.services
    await go_on(scene)
    await collect(scene)
    await hear(scene)
    await _until(lambda: not any(each.status.is_live for each in services.uploads.uploads))
    await _until(lambda: not len(services.transfer.running))
    await _until(lambda: _is_converted(services))


async def _type(scene: Scene, text: str) -> None:
    composer = scene.window.interior.chat.composer
    for start in range(0, len(text), KEYS_AT_A_TIME):
        QTest.keyClicks(composer.text_area, text[start : start + KEYS_AT_A_TIME])
        scene.witness.see("typed", text=composer.text)
        await asyncio.sleep(TICK_SECONDS / 2)


async def _send(scene: Scene, text: str) -> None:
    scene.intend("chat", text)
    QTest.keyClick(scene.window.interior.chat.composer.text_area, Qt.Key.Key_Return)


async def _end_pause(scene: Scene) -> None:
    """A pause in which an earlier life ended holds back what is waited for: who waits goes on."""
    if scene.services.settings.settings.value.is_paused:
        await go_on(scene)


async def _until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110  # any condition: there is no event to await
            await asyncio.sleep(actions.GLANCE_SECONDS)


def _waiting(uploads: Iterable[Upload]) -> list[Upload]:
    return [each for each in uploads if each.status is UploadStatus.WAITING]


def _goes_on(task: MusicTask) -> bool:
    return task.status.is_at_service or task.status in (TaskStatus.WAITING, TaskStatus.SUBMITTING)


def _saved(scene: Scene) -> list[Clip]:
    clips = scene.services.collection.clips
    return [c for c in clips if c.delivery is Delivery.SAVED and c.deleted_at is None and c.path]


def _is_converted(services: Services) -> bool:
    return not any(each.state.is_live for each in services.conversions.conversions)
