"""The words of messages that begin alike, as the index spells them."""

from collections.abc import Callable

import pytest

from beatra_desktop.domain.chat import Conversation, Message
from beatra_desktop.storage.beginnings import MOST_WORDS, words_of_messages
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database

Say = Callable[..., None]


@pytest.fixture
def say(
    database: Database, conversation: Callable[..., Conversation], message: Callable[..., Message]
) -> Say:
    repository = ConversationRepository(database)
    repository.save(conversation("c"))

    def save(*texts: str) -> None:
        for number, text in enumerate(texts):
            repository.save_message(message(f"m{number}", text))
        database.flush()

    return save


def test_each_word_is_told_once(database: Database, say: Say) -> None:
    say("Understand, understandings!", "understand it", "undersea, underwater", "unders")
    assert words_of_messages(database, "understa") == ["understand", "understandings"]
    assert words_of_messages(database, "unders")[0] == "unders"
    assert words_of_messages(database, "understandings") == ["understandings"]
    assert words_of_messages(database, "understanding's") == []


def test_too_many_words_are_none(database: Database, say: Say) -> None:
    words = [f"version{number:03}" for number in range(MOST_WORDS)]
    say(" ".join(words))
    assert words_of_messages(database, "version") == words
    say(" ".join([*words, "versions"]))
    assert words_of_messages(database, "version") == []
