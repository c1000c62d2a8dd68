"""Databases damaged as a failing disk would, and what is left in them."""

from pathlib import Path
from typing import Final

from beatra_desktop.domain.ids import ConversationId
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database

MESSAGES: Final = 2000
PAGE: Final = 4096
LOG_HEADER: Final = 32
FRAME: Final = 24
"""Of the log, what stands before each page."""
FIXTURES: Final = Path(__file__).parent / "fixtures"


def page_with(path: Path, text: str) -> int:
    """The number of the page that holds this text, counted from 0."""
    return path.read_bytes().index(text.encode()) // PAGE


def spoil(path: Path, *pages: int) -> None:
    with path.open("r+b") as file:
        for number in pages:
            file.seek(number * PAGE)
            file.write(b"\xff" * PAGE)


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def frame(number: int) -> int:
    """Where a frame of the log begins."""
    return LOG_HEADER + number * (FRAME + PAGE)


def flip(log: Path, at: int) -> None:
    content = bytearray(log.read_bytes())
    content[at] ^= 0x55
    log.write_bytes(content)


def texts(path: Path) -> list[str]:
    database = Database.open(path)
    messages = ConversationRepository(database).messages(ConversationId("c"))
    database.close()
    return [message.text for message in messages]
