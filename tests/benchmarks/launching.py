"""Starts programs that tell what they do (see `start_worker.py`), and what of it took how long."""

import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId
from beatra_desktop.domain.profiles import SANDBOX_PROFILE_ID
from beatra_desktop.paths import Paths
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.settings import SettingsRepository
from beatra_desktop.ui.window_state import CONVERSATION
from tests.benchmarks.texts import markdown
from tests.e2e.app_process import home_environment

WORKER: Final = Path(__file__).with_name("start_worker.py")
CONVERSATIONS: Final = 1_000
MESSAGES_EACH: Final = 4
KILOBYTES_PER_MB: Final = 1000
SYSTEM_FOLDERS: Final = ("/usr/", "/lib")
SCREEN: Final = {
    "synchronousWindowSystemEvents": False,
    "windowFrameMargins": False,
    "screens": [
        {
            **{"name": "screen", "x": 0, "y": 0, "width": 1920, "height": 1080},
            **{"logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1},
        }
    ],
}
"""Qt's own is 800 pixels wide, where the window shows less of itself."""


@dataclass(frozen=True)
class Moment:
    """Since the program was started: milliseconds of the clock, and of CPU in all its threads."""

    clock_ms: float
    cpu_ms: float


class Program:
    """A running program of `start_worker.py`."""

    def __init__(self, process: "subprocess.Popen[str]", began: float) -> None:
        self._process, self._began = process, began

    def until(self, what: str) -> Moment:
        """Wait until it tells of something."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            if told["at"] == what:
                return Moment((told["clock"] - self._began) * 1000, told["cpu"] * 1000)
        raise ChildProcessError(f"it ended before it was {what}")

    def now(self, *, answers: int = 0) -> Moment:
        """What it took by now, or when so many long answers have been streamed (app only)."""
        assert self._process.stdin is not None
        self._process.stdin.write(f"{answers}\n")
        self._process.stdin.flush()
        return self.until("asked")

    def memory_mb(self) -> float:
        """Its own memory and its share of what it has in common with others (PSS).

        Python's and Qt's files count in full, as long as they are not the system's: no other
        program of a user has them open, but here the benchmark has, and any run beside it.
        """
        kilobytes = 0
        for mapping in self._mappings():
            is_shared = mapping.file.startswith(SYSTEM_FOLDERS)
            kilobytes += mapping.pss if is_shared else mapping.rss
        return kilobytes / KILOBYTES_PER_MB

    def data_mb(self) -> float:
        """Without libraries and files, which cost less whenever another program has them too."""
        return sum(mapping.anonymous for mapping in self._mappings()) / KILOBYTES_PER_MB

    def _mappings(self) -> Iterator["_Mapping"]:
        text = Path(f"/proc/{self._process.pid}/smaps").read_text(encoding="utf-8")
        # Each begins with its addresses, what it may, an offset, a device, an inode and a file.
        for part in re.split(r"^(?=[0-9a-f]+-[0-9a-f]+ )", text, flags=re.MULTILINE)[1:]:
            head, *lines = part.splitlines()
            sizes = {name: size.split()[0] for name, size in (line.split(":") for line in lines)}
            yield _Mapping(
                file="".join(head.split(maxsplit=5)[5:]),
                rss=int(sizes["Rss"]),
                pss=int(sizes["Pss"]),
                anonymous=int(sizes["Anonymous"]),
            )


@dataclass(frozen=True)
class _Mapping:
    """A stretch of memory, in kilobytes; `file` is empty where it is of none."""

    file: str
    rss: int
    pss: int
    anonymous: int


@contextmanager
def launched(
    home: Path, way: str, data: Path, *, bytecode: Path | None = None
) -> Iterator[Program]:
    """The program of that way; `bytecode` is where it looks for compiled modules instead."""
    screen = home / "screen.json"
    screen.write_text(json.dumps(SCREEN), encoding="ascii")
    environment = {"QT_QPA_PLATFORM": f"offscreen:configfile={screen}"}
    if bytecode:
        environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, str(WORKER), way, str(data)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**home_environment(home), **environment},
    ) as process:
        yield Program(process, began)
        assert process.stdin is not None
        process.stdin.close()


@contextmanager
def furnished_home(messages: int = MESSAGES_EACH) -> Iterator[tuple[Path, Path]]:
    """A home, and in it a data folder of 1,000 conversations; one of `messages` was on show."""
    with tempfile.TemporaryDirectory() as folder:
        home, data = Path(folder), Path(folder) / "data"
        paths = Paths.of(data)
        paths.ensure()
        database = Database.open(paths.database)
        counts = [messages, *[MESSAGES_EACH] * (CONVERSATIONS - 1)]
        trees = (_tree(number, count) for number, count in enumerate(counts))
        ConversationRepository(database).add_all(trees)
        SettingsRepository(database).set_text(CONVERSATION, "c0")
        database.close()
        yield home, data


def _tree(number: int, messages: int) -> tuple[Conversation, list[Message]]:
    now = utc_now() - timedelta(minutes=number)
    conversation = Conversation(
        id=ConversationId(f"c{number}"),
        profile_id=SANDBOX_PROFILE_ID,
        title=f"Conversation {number}",
        created_at=now,
        updated_at=now,
        head_id=MessageId(f"c{number}-{messages - 1}"),
    )
    return conversation, [_message(conversation, place) for place in range(messages)]


def _message(conversation: Conversation, place: int) -> Message:
    is_question = place % 2 == 0
    return Message(
        id=MessageId(f"{conversation.id}-{place}"),
        conversation_id=conversation.id,
        parent_id=MessageId(f"{conversation.id}-{place - 1}") if place else None,
        role=Role.USER if is_question else Role.ASSISTANT,
        text="Please explain" if is_question else markdown(150, seed=place % 50),
        status=MessageStatus.COMPLETE,
        created_at=conversation.created_at,
    )
