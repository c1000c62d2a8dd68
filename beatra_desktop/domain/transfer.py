"""Chats on their way out of the app and in."""

from collections.abc import Callable
from enum import StrEnum

from msgspec import Struct

from beatra_desktop.domain.failures import Failure


class ExportFormat(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    JSON = "json"

    @property
    def ending(self) -> str:
        return ".md" if self is ExportFormat.MARKDOWN else f".{self.value}"


class TransferKind(StrEnum):
    EXPORT = "export"
    IMPORT = "import"


class Transfer(Struct, frozen=True, kw_only=True):
    """A running export or import; `total` counts conversations and is 0 while nobody knows."""

    id: str
    kind: TransferKind
    name: str
    done: int = 0
    total: int = 0
    is_stopping: bool = False


class ExportWords(Struct, frozen=True, kw_only=True):
    """What an export says beside what was written in the conversation.

    `{…}` stand for what the names say: `exported` and `begun` take `date`, `failed` takes
    `reason`, `branch` takes `number` and `of`, `branch_from` takes `message`, `picture` takes
    `text`. `reason` gives a failure's title and is called from another thread.
    """

    language: str
    untitled: str
    you: str
    answer: str
    instructions: str
    system_prompt: str
    begun: str
    exported: str
    incomplete: str
    stopped: str
    failed: str
    unknown: str
    unfinished: str
    branch: str
    branch_from: str
    picture: str
    reason: Callable[[Failure], str]
