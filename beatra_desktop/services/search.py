"""Finding what was ever said."""

from typing import Final

from beatra_desktop.domain.chat import Hit
from beatra_desktop.storage.conversations import ConversationRepository

HITS: Final = 50


class SearchService:
    def __init__(self, conversations: ConversationRepository) -> None:
        self._conversations = conversations

    def search(self, text: str) -> list[Hit]:
        """The newest hits in titles and messages, at most 50; none for blank text."""
        return self._conversations.search(text.strip(), limit=HITS) if text.strip() else []
