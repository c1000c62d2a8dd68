"""What a search finds."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from beatra_desktop.domain.ids import ConversationId, MessageId, TaskId


class HitKind(StrEnum):
    TITLE = "title"
    MESSAGE = "message"
    SONG = "song"


class Hit(Struct, frozen=True, kw_only=True):
    """One place where the words were found; `snippet` marks them between \\x02 and \\x03.

    A song has a `task_id` only; everything else a `conversation_id`, and a message its id too.
    """

    title: str
    snippet: str
    created_at: datetime
    conversation_id: ConversationId | None = None
    message_id: MessageId | None = None
    task_id: TaskId | None = None
    is_archived: bool = False

    @property
    def kind(self) -> HitKind:
        if self.task_id is not None:
            return HitKind.SONG
        return HitKind.TITLE if self.message_id is None else HitKind.MESSAGE
