"""Search over what was said."""

from beatra_desktop.domain.chat import Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import MessageId, ProfileId, new_id
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.search import HITS, SearchService
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database


def _say(conversations: Conversations, text: str) -> None:
    conversation = conversations.create(ProfileId("sandbox"))
    message = Message(
        id=MessageId(new_id()),
        conversation_id=conversation.id,
        parent_id=None,
        role=Role.USER,
        text=text,
        status=MessageStatus.COMPLETE,
        created_at=utc_now(),
    )
    conversations.put(message)
    conversations.touch(conversation, head_id=message.id)


def test_it_finds_words_and_is_silent_on_blanks(database: Database) -> None:
    repository = ConversationRepository(database)
    conversations = Conversations(repository)
    for number in range(HITS + 5):
        _say(conversations, f"The lighthouse number {number}")
    _say(conversations, "Something else")
    database.flush()
    search = SearchService(repository)
    assert len(search.search("  lighthouse ")) == HITS
    [hit] = search.search("else")
    assert "\x02else\x03" in hit.snippet
    assert search.search("   ") == []
    assert search.search('"OR NOT (') == []
