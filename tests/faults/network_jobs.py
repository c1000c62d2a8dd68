"""What the user wants in a case, and what they press when something failed."""

import math
import struct
import time
import wave
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, TaskId
from beatra_desktop.domain.music import (
    Clip,
    Delivery,
    MusicPrompt,
    MusicTask,
    Reference,
    TaskStatus,
)
from beatra_desktop.domain.uploads import Purpose, Upload, UploadStatus
from beatra_desktop.ui.error_text import Kept
from tests.faults.network_world import World
from tests.faults.proxy import Endpoint, Pressed
from tests.faults.proxy_plan import Fault, Kind
from tests.running import Bench

MODEL: Final = "minimax-music-2.6"
"""One clip for each task."""
WORDS: Final = "echo: " + " ".join(f"word{number} of the “answer” – ok" for number in range(12))
RATE: Final = 8000
LONG_SILENCE: Final = 25 * 3600.0
A_MINUTE: Final = 60.0
_SENT: Final = (TaskStatus.UNKNOWN, TaskStatus.QUEUED, TaskStatus.RUNNING)
_BROKEN_OFF: Final = (MessageStatus.FAILED, MessageStatus.INCOMPLETE, MessageStatus.UNKNOWN)


@dataclass
class Job(ABC):
    """`is_done` when all is as the user wants it; `failures` are those on show now."""

    bench: Bench
    world: World
    folder: Path
    kept = Kept.NOTHING
    endpoints: tuple[Endpoint, ...] = ()
    skew = 0.0

    async def prepare(self) -> None:
        """Before anything goes wrong."""
        return

    @abstractmethod
    async def begin(self) -> None: ...

    @abstractmethod
    def is_done(self) -> bool: ...

    @abstractmethod
    def is_at_rest(self) -> bool:
        """Nothing goes on by itself any more."""

    @abstractmethod
    def press(self) -> None:
        """What the user presses when it is at rest and not done."""

    @property
    def state(self) -> str:
        """For a report about a job that came to no end."""
        return repr([each for each in self.failures() if each])

    @abstractmethod
    def failures(self) -> Iterator[Failure | None]: ...

    def note(self, what: str) -> None:
        self.world.proxy.seen.append(Pressed(what=what))


class Ask(Job):
    kept = Kept.MESSAGE
    endpoints = (Endpoint.CHAT,)

    async def begin(self) -> None:
        chat = self.bench.services.chat
        self.conversation_id: ConversationId = chat.new_conversation().id
        chat.set_model(self.conversation_id, "sandbox-echo")
        assert chat.send(self.conversation_id, WORDS)

    @property
    def answer(self) -> Message:
        return self.bench.services.chat.open(self.conversation_id)[-1]

    def is_done(self) -> bool:
        is_lost = self.answer.status is MessageStatus.UNKNOWN and self.world.is_aged
        return self.is_at_rest() and (is_lost or self.answer.status is MessageStatus.COMPLETE)

    def is_at_rest(self) -> bool:
        return not self.bench.services.chat.is_answering(self.conversation_id)

    def press(self) -> None:
        if self.answer.status in _BROKEN_OFF:
            self.note("retry the answer")
            self.bench.services.chat.retry(self.answer.id)

    def failures(self) -> Iterator[Failure | None]:
        yield self.answer.failure


class Send(Job):
    """Upload a file."""

    kept = Kept.FILE
    endpoints = (Endpoint.UPLOAD,)
    purpose = Purpose.MEDIA_INPUT

    async def begin(self) -> None:
        path = self.folder / "tone.wav"
        path.write_bytes(tone())
        [self.upload_id] = self.bench.services.uploads.add([path], purpose=self.purpose)

    @property
    def upload(self) -> Upload:
        found = self.bench.services.uploads.uploads.get(self.upload_id)
        assert found is not None
        return found

    def is_done(self) -> bool:
        is_lost = self.upload.status is UploadStatus.UNKNOWN and self.world.is_aged
        return is_lost or self.upload.status is UploadStatus.UPLOADED

    def is_at_rest(self) -> bool:
        return not self.upload.status.is_live or self.upload.status is UploadStatus.ASKING

    def press(self) -> None:
        if self.upload.status is UploadStatus.ASKING:
            self.bench.services.uploads.confirm_rights(self.upload_id)
        elif self.upload.status in (UploadStatus.FAILED, UploadStatus.UNKNOWN):
            self.note("retry the upload")
            self.bench.services.uploads.retry(self.upload_id)

    def failures(self) -> Iterator[Failure | None]:
        yield self.upload.failure


class Sing(Job):
    """Make a song and have it on this disk."""

    kept = Kept.PROMPT
    endpoints: tuple[Endpoint, ...] = (Endpoint.SONG, Endpoint.TASK, Endpoint.CLIP)
    task_id: TaskId | None = None

    async def begin(self) -> None:
        self.create()

    def create(self, reference: Reference | None = None) -> None:
        prompt = "slow piano waltz in the rain"
        asked = MusicPrompt(
            prompt=prompt, title="Waltz", model=MODEL, instrumental=True, reference=reference
        )
        if reference is not None:
            asked = MusicPrompt(prompt=prompt, title="Waltz", model="auto", reference=reference)
        made = self.bench.services.music.create(asked)
        assert isinstance(made, MusicTask)
        self.task_id = made.id

    @property
    def task(self) -> MusicTask:
        assert self.task_id is not None
        found = self.bench.services.music.tasks.get(self.task_id)
        assert found is not None
        return found

    @property
    def clips(self) -> list[Clip]:
        return [] if self.task_id is None else self.bench.services.music.clips_of(self.task_id)

    def is_done(self) -> bool:
        if self.task_id is None:
            return False
        if self.task.status is TaskStatus.REFUSED and self._is_settled():
            return True
        saved = [clip.delivery is Delivery.SAVED for clip in self.clips]
        return self.task.status is TaskStatus.SUCCEEDED and bool(saved) and all(saved)

    def _is_settled(self) -> bool:
        """Whether only a new song would help, which is another intent."""
        failure = self.task.failure
        if failure is not None and failure.code is FailureCode.NOT_CREATED:
            return True
        return failure is not None and failure.status in (400, 422)

    def is_at_rest(self) -> bool:
        if self.task_id is None:
            return False
        status = self.task.status
        if status is TaskStatus.SUCCEEDED:
            moving = (Delivery.WAITING, Delivery.DOWNLOADING, Delivery.VERIFYING)
            return not any(clip.delivery in moving for clip in self.clips)
        is_reconciled = status is TaskStatus.UNKNOWN and self.task.failure is not None
        return (
            status.is_terminal
            or status in (TaskStatus.REFUSED, TaskStatus.DRAFT)
            or (is_reconciled)
        )

    @property
    def state(self) -> str:
        told = [str(self.task), *map(str, self.clips)] if self.task_id else []
        return " ".join([*told, super().state])

    def press(self) -> None:
        music = self.bench.services.music
        if self.task.status is TaskStatus.DRAFT:
            music.send_now(self.task.id)
        elif self.task.status in (TaskStatus.REFUSED, TaskStatus.UNKNOWN):
            self.note("retry the song")
            music.retry(self.task.id)
        for clip in self.clips:
            if clip.delivery is Delivery.UNSAVED:
                music.download_again(clip.id)

    def failures(self) -> Iterator[Failure | None]:
        if self.task_id is not None:
            yield self.task.failure
        yield from (clip.failure for clip in self.clips)


class Cover(Sing):
    """A song after a recording, which is uploaded first."""

    endpoints = (Endpoint.UPLOAD, Endpoint.COVER, Endpoint.TASK, Endpoint.CLIP)

    async def begin(self) -> None:
        self.sending = _Recording(self.bench, self.world, self.folder)
        await self.sending.begin()

    def is_done(self) -> bool:
        upload = self.sending.upload
        if self.task_id is None and upload.status is UploadStatus.UPLOADED:
            assert upload.artifact_id is not None
            self.create(
                Reference(upload_id=upload.id, name=upload.name, artifact_id=upload.artifact_id)
            )
        if upload.status is UploadStatus.UNKNOWN and self.world.is_aged:
            return True
        return super().is_done()

    def is_at_rest(self) -> bool:
        return self.sending.is_at_rest() if self.task_id is None else super().is_at_rest()

    def press(self) -> None:
        if self.task_id is None:
            self.sending.press()
        else:
            super().press()

    def failures(self) -> Iterator[Failure | None]:
        yield from self.sending.failures()
        yield from super().failures()


class _Recording(Send):
    purpose = Purpose.REFERENCE_AUDIO


class Cancel(Sing):
    """End a song that would go on for ever."""

    endpoints = (Endpoint.SONG, Endpoint.TASK, Endpoint.CANCEL)
    is_asked = False

    async def prepare(self) -> None:
        await self.world.sandbox.admin("POST", "settings", {"task_outcome": "never_ends"})

    def is_done(self) -> bool:
        if self.task.status is TaskStatus.REFUSED and self._is_settled():
            return True
        return self.task.status is TaskStatus.CANCELED and not self._is_asking()

    def _is_asking(self) -> bool:
        """The task may have been seen to end while the request to end it is still tried again."""
        names = self.bench.services.profiles._supervisor.names
        return f"cancel {self.task_id}" in names

    def is_at_rest(self) -> bool:
        if self.task.status.is_at_service:
            return self.task.cancel_requested_at is None
        return not self._is_asking() and super().is_at_rest()

    def press(self) -> None:
        if self.task.status.is_at_service:
            self.note("cancel the song")
            self.bench.services.music.cancel(self.task.id)
        else:
            super().press()


class Reconcile(Sing):
    """A song whose every answer is lost, looked for a day later."""

    endpoints = (Endpoint.TASKS, Endpoint.TASK)
    is_lost = False

    async def begin(self) -> None:
        lost = Fault(kind=Kind.RESET_AFTER, at=Endpoint.SONG, times=1000)
        wanted, self.world.plan.faults = self.world.plan.faults, (lost,)
        await self.world.jump(self.skew, 0.0)
        self.create()
        # By its own clocks the app may think at once that a day has passed, and look for it.
        await self.bench.until(lambda: self.task.status in _SENT or self.is_done())
        self.world.plan.faults = wanted
        await self.world.jump(LONG_SILENCE - self.skew, LONG_SILENCE)
        self.world.is_aged = True
        await self.bench.until(self._is_awake)
        if self.is_at_rest():
            self.press()

    def _is_awake(self) -> bool:
        """The app noticed that its clock jumped, and looked at the service again."""
        told = self.bench.services.profiles._clients.service_clock(self.task.profile_id).earliest
        now = time.time() + self.world.service_ahead
        return told is not None and abs(told.timestamp() - now) < A_MINUTE


@cache
def tone() -> bytes:
    """Eight seconds of a quiet tone, long enough for a reference."""
    samples = (int(8000 * math.sin(2 * math.pi * 440 * n / RATE)) for n in range(RATE * 8))
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
    return written.getvalue()
