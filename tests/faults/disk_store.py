"""Saving records of all kinds, knowing which of them the disk confirmed, and finding them again."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.collection import Playlist
from beatra_desktop.domain.ids import (
    ConversationId,
    IdempotencyKey,
    MessageId,
    PlaylistId,
    ProfileId,
    TaskId,
)
from beatra_desktop.domain.music import MusicPrompt, MusicTask, TaskStatus
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState
from beatra_desktop.storage.collection import PlaylistRepository
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.music import TOP, MusicRepository
from beatra_desktop.storage.requests import REQUESTS, RequestRepository
from beatra_desktop.storage.settings import SettingsRepository

Key = tuple[str, str]
Records = dict[Key, Any]
PROFILE: Final = ProfileId("sandbox")
WORDS: Final = ("rain", "tin", "海", "🎵", "سلام", "x" * 40, "waltz", "\n")
SIZES: Final = (3, 30, 300, 3_000)
MANY: Final = 100_000
_TEXTS: Final = {"message": "text", "chat": "draft"}


@dataclass
class Store:
    """Writes to one database after the other; `confirmed` is what a barrier was passed for."""

    random: Random
    written: dict[Key, list[Any]] = field(default_factory=dict)
    confirmed: Records = field(default_factory=dict)
    problems: list[StorageError] = field(default_factory=list)
    count: int = 0

    def write(self, database: Database) -> None:
        """Save something new, or anew."""
        self.count += 1
        kind = self.random.choice((*["message"] * 4, "chat", "request", "task", "list", "setting"))
        if kind != "chat" and ("chat", "c0") not in self.written:
            kind = "chat"
        record = getattr(self, f"_{kind}")(database)
        key = (kind, record[0] if kind == "setting" else record.id)
        self.written.setdefault(key, []).append(record)

    def confirm(self, database: Database) -> bool:
        """Pass a barrier; False, and the problem noted, when the disk did not take it."""
        newest = {key: values[-1] for key, values in self.written.items()}
        try:
            database.flush()
        except StorageError as error:
            self.problems.append(error)
            return False
        self.confirmed = newest
        return True

    def missing(self, found: Mapping[Key, Any], wanted: Mapping[Key, Any]) -> Iterator[str]:
        """What of the wanted is not found, as it was or as it became later."""
        for key, value in wanted.items():
            versions = self.written[key]
            later = versions[versions.index(value) :]
            if found.get(key) not in (*later, *map(_as_sent, later)):
                yield f"{' '.join(key)} is {'changed' if key in found else 'gone'}"

    def _text(self) -> str:
        return " ".join(self.random.choices(WORDS, k=self.random.choice(SIZES)))

    def _chat(self, database: Database) -> Conversation:
        name = f"c{self.random.randrange(3) if self.written else 0}"
        now = utc_now()
        chat = Conversation(
            id=ConversationId(name),
            profile_id=PROFILE,
            title=f"About {name}",
            created_at=now,
            updated_at=now,
            draft=self._text(),
        )
        ConversationRepository(database).save(chat)
        return chat

    def _message(self, database: Database) -> Message:
        chats = [name for kind, name in self.written if kind == "chat"]
        message = Message(
            id=MessageId(f"m{self.count}"),
            conversation_id=ConversationId(self.random.choice(chats)),
            parent_id=None,
            role=Role.USER,
            text=self._text(),
            status=MessageStatus.COMPLETE,
            created_at=utc_now(),
        )
        ConversationRepository(database).save_message(message)
        return message

    def _request(self, database: Database) -> Request:
        known = [values[-1] for (kind, _), values in self.written.items() if kind == "request"]
        if known and self.random.random() < 0.5:  # every other time
            request: Request = self.random.choice(known).sent(utc_now())
        else:
            request = Request(
                key=IdempotencyKey(f"r{self.count}"),
                kind=RequestKind.MUSIC,
                profile_id=PROFILE,
                owner_id="t",
                path="/music",
                body=self._text().encode(),
                state=RequestState.WRITTEN,
                written_at=utc_now(),
            )
        RequestRepository(database).save(request)
        return request

    def _task(self, database: Database) -> MusicTask:
        task = MusicTask(
            id=TaskId(f"t{self.count}"),
            profile_id=PROFILE,
            prompt=MusicPrompt(prompt=self._text()),
            status=TaskStatus.SUCCEEDED,
            created_at=utc_now(),
        )
        MusicRepository(database).save_task(task)
        return task

    def _list(self, database: Database) -> Playlist:
        made = Playlist(
            id=PlaylistId(f"p{self.count}"), name=self._text(), created_at=utc_now(), clip_ids=()
        )
        PlaylistRepository(database).save(made)
        return made

    def _setting(self, database: Database) -> tuple[str, str]:
        setting = (f"s{self.random.randrange(6)}", self._text())
        SettingsRepository(database).set_text(*setting)
        return setting


def read_all(database: Database) -> Records:
    """Everything the app would find; raises StorageError."""
    chats = ConversationRepository(database)
    settings = SettingsRepository(database)
    settings.load()
    found: Records = {}
    for chat in chats.list(include_deleted=True):
        found["chat", chat.id] = chat
        found |= {("message", message.id): message for message in chats.messages(chat.id)}
    for request in database.records(REQUESTS.record, REQUESTS.select()):
        found["request", request.key] = request
    page = MusicRepository(database).page(TOP, MANY)
    found |= {("task", task.id): task for task in page.tasks}
    found |= {("list", made.id): made for made in PlaylistRepository(database).all()}
    names = [name for (name,) in database.rows("SELECT name FROM settings")]
    texts = [name.removeprefix("ui.") for name in names if str(name).startswith("ui.")]
    found |= {("setting", name): (name, settings.get_text(name)) for name in texts}
    return found


def opened(path: Path) -> Records:
    """What a start finds; raises StorageError."""
    with closing(Database.open(path, on_error=lambda _: None)) as database:
        return read_all(database)


def _as_sent(record: Any) -> Any:
    """As a copy gives a request back: whatever it knows as not sent may have left since."""
    if isinstance(record, Request) and record.state is RequestState.WRITTEN:
        return replace(record, state=RequestState.SENT, sent_at=record.written_at)
    return record
