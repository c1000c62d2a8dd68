"""The archived among the conversations, as a list that follows them."""

from beatra_desktop.domain.chat import Conversation
from beatra_desktop.domain.observable import ReadOnlyRecords, Records


class Archive:
    """`records` holds the archived ones, the last changed first."""

    def __init__(self, conversations: ReadOnlyRecords[Conversation]) -> None:
        self._conversations = conversations
        self._records: Records[Conversation] = Records(self._archived())
        conversations.inserted.connect(self._on_inserted)
        conversations.removing.connect(self._on_removing)
        conversations.changed.connect(self._on_changed)
        conversations.reset.connect(self._on_reset)

    @property
    def records(self) -> ReadOnlyRecords[Conversation]:
        return self._records

    def _archived(self) -> list[Conversation]:
        return [conversation for conversation in self._conversations if conversation.is_archived]

    def _put(self, conversation: Conversation) -> None:
        if conversation.id in self._records:
            self._records.replace(conversation)
        else:
            newer = (c.updated_at > conversation.updated_at for c in self._records)
            self._records.insert(sum(newer), conversation)

    def _take_out(self, conversation: Conversation) -> None:
        if conversation.id in self._records:
            self._records.remove(conversation.id)

    def _on_inserted(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            if self._conversations[row].is_archived:
                self._put(self._conversations[row])

    def _on_removing(self, first: int, last: int) -> None:
        for row in range(first, last + 1):
            self._take_out(self._conversations[row])

    def _on_changed(self, row: int) -> None:
        conversation = self._conversations[row]
        if conversation.is_archived:
            self._put(conversation)
        else:
            self._take_out(conversation)

    def _on_reset(self) -> None:
        archived = self._archived()
        if archived != list(self._records):
            self._records.assign(archived)
