import contextlib
import sqlite3
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from beatra_desktop.domain.chat import Conversation, Message, MessageStatus
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, MessageId, ProfileId
from beatra_desktop.domain.records import replace
from beatra_desktop.domain.requests import Request, RequestKind, RequestState, Wait
from beatra_desktop.domain.storage_problems import StorageProblem
from beatra_desktop.storage.conversations import PAGE_MESSAGES, TROUBLED, ConversationRepository
from beatra_desktop.storage.database import Database, StorageError
from beatra_desktop.storage.requests import RequestRepository

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
C = ConversationId("c")
MakeConversation = Callable[..., Conversation]
MakeMessage = Callable[..., Message]


@pytest.fixture
def repository(database: Database, conversation: MakeConversation) -> ConversationRepository:
    repository = ConversationRepository(database)
    repository.save(conversation("c"))
    return repository


def names(conversations: list[Conversation]) -> list[str]:
    return [conversation.id for conversation in conversations]


def test_conversations_are_listed_the_last_changed_first(
    database: Database, repository: ConversationRepository, conversation: MakeConversation
) -> None:
    repository.save(conversation("a", minute=2))
    repository.save(conversation("b", minute=1))
    database.flush()
    assert names(repository.list()) == ["a", "b", "c"]


def test_conversations_of_one_profile_can_be_listed(
    database: Database, repository: ConversationRepository, conversation: MakeConversation
) -> None:
    home = ProfileId("home")
    repository.save(replace(conversation("d"), profile_id=home))
    database.flush()
    assert names(repository.list(home)) == ["d"]


def test_deleted_conversations_are_listed_on_request(
    database: Database, repository: ConversationRepository, conversation: MakeConversation
) -> None:
    repository.save(conversation("c", deleted_at=NOW))
    database.flush()
    assert repository.list() == []
    assert names(repository.list(include_deleted=True)) == ["c"]


def test_a_saved_conversation_replaces_the_one_before(
    database: Database, repository: ConversationRepository, conversation: MakeConversation
) -> None:
    changed = conversation("c", draft="half a thou", is_pinned=True, head_id=MessageId("m"))
    repository.save(changed)
    database.flush()
    assert repository.list() == [changed]


def test_the_whole_tree_is_read_in_the_order_it_was_written(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    tree = [
        message("z", "question"),
        message("y", "answer", parent_id=MessageId("z")),
        message("x", "other answer", parent_id=MessageId("z")),
    ]
    for each in tree:
        repository.save_message(each)
    repository.save_message(tree[0])
    database.flush()
    assert repository.messages(C) == tree
    assert repository.messages(ConversationId("other")) == []


def test_a_message_is_found_wherever_it_is(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    repository.save_message(message("z", "question"))
    database.flush()
    assert repository.message(MessageId("z")) == message("z", "question")
    assert repository.message(MessageId("y")) is None


def test_a_back_off_is_not_remembered(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    wait = Wait(attempt=2, of=5, until=NOW, reason="busy")
    repository.save_message(message("m", wait=wait))
    database.flush()
    assert repository.messages(C) == [message("m")]


def test_growing_text_is_journaled(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    streaming = message("m", "one", status=MessageStatus.STREAMING)
    repository.save_message(streaming)
    repository.save_text(streaming.id, "one two")
    database.flush()
    assert repository.messages(C) == [replace(streaming, text="one two")]


@pytest.fixture
def held_writer(database: Database) -> Iterator[threading.Event]:
    """What is written waits until the event is set."""
    is_held, go_on = threading.Event(), threading.Event()

    def hold(_connection: sqlite3.Connection) -> None:
        is_held.set()
        go_on.wait()

    database.write(hold)
    is_held.wait()
    yield go_on
    go_on.set()


def test_of_a_text_that_grows_faster_than_it_is_saved_only_the_newest_waits(
    database: Database,
    repository: ConversationRepository,
    message: MakeMessage,
    held_writer: threading.Event,
) -> None:
    growing = [message(name, status=MessageStatus.STREAMING) for name in ("m", "n")]
    for each in growing:
        repository.save_message(each)
    tracemalloc.start()
    try:
        for length in range(100):
            for each in growing:
                repository.save_text(each.id, each.id * (100_000 + length))
        left, _peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    held_writer.set()
    database.flush()
    assert left < 5 * 100_000
    assert [len(stored.text) for stored in repository.messages(C)] == [100_099] * 2


@pytest.mark.parametrize("last", ["one two", "one two three"])
def test_a_text_that_could_not_be_saved_is_saved_later(
    database: Database,
    repository: ConversationRepository,
    message: MakeMessage,
    held_writer: threading.Event,
    last: str,
) -> None:
    streaming = message("m", "one", status=MessageStatus.STREAMING)
    is_full = True

    def fill(_connection: sqlite3.Connection) -> None:
        nonlocal is_full
        if is_full:
            is_full = False
            if last != "one two":
                repository.save_text(streaming.id, last)
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            error.sqlite_errorname = "SQLITE_FULL"
            raise error

    repository.save_message(streaming)
    repository.save_text(streaming.id, "one two")
    database.write(fill)
    held_writer.set()
    with contextlib.suppress(StorageError):
        database.flush()
    database.flush()
    assert [stored.text for stored in repository.messages(C)] == [last]
    assert not is_full


def test_the_journal_does_not_touch_a_message_that_has_ended(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    repository.save_message(message("m", "final"))
    repository.save_text(MessageId("m"), "fin")
    database.flush()
    assert [stored.text for stored in repository.messages(C)] == ["final"]


def test_messages_an_earlier_run_left_behind_are_found(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    for status in MessageStatus:
        repository.save_message(message(status.value, status=status))
    database.flush()
    assert [m.id for m in repository.unfinished_messages()] == ["sending", "streaming"]


def test_first_words_are_those_of_the_first_message(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    repository.save_message(message("m1", "rain " * 100))
    repository.save_message(message("m2", "snow"))
    database.flush()
    assert repository.first_words(C) == "rain " * 40
    assert repository.first_words(ConversationId("other")) == ""


def test_a_conversation_is_troubled_while_its_newest_message_is(
    database: Database,
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
) -> None:
    failure = Failure(code=FailureCode.OFFLINE)
    broken = message("m1", status=MessageStatus.INCOMPLETE, failure=failure)
    repository.save_message(broken)
    repository.save(conversation("c", head_id=broken.id))
    database.flush()
    assert repository.troubled() == {C}
    repository.save_message(message("m2"))
    repository.save(conversation("c", head_id=MessageId("m2")))
    database.flush()
    assert repository.troubled() == set()


def test_who_is_troubled_is_told_without_a_look_at_all_messages(database: Database) -> None:
    plan = [row[-1] for row in database.rows(f"EXPLAIN QUERY PLAN {TROUBLED}")]
    assert plan[0].endswith("USING INDEX messages_failed")
    assert plan[1].startswith("SEARCH c USING INDEX")


def test_a_message_of_no_conversation_is_refused(
    database: Database, message: MakeMessage, problems: list[StorageError]
) -> None:
    ConversationRepository(database).save_message(message("m"))
    with pytest.raises(StorageError):
        database.flush()
    assert [problem.reason for problem in problems] == [StorageProblem.BUG]


def ledger_entry(name: str, owner: str, state: RequestState) -> Request:
    return Request(
        key=IdempotencyKey(name),
        kind=RequestKind.CHAT,
        profile_id=ProfileId("sandbox"),
        owner_id=owner,
        path="/chat/completions",
        body=b"what was said",
        state=state,
        written_at=NOW,
    )


def test_deleting_forever_erases_what_was_said_everywhere(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    requests = RequestRepository(database)
    repository.save_message(message("m"))
    requests.save(ledger_entry("unknown", "m", RequestState.UNKNOWN))
    requests.save(ledger_entry("sent", "m", RequestState.SENT))
    requests.save(ledger_entry("other", "n", RequestState.UNKNOWN))
    repository.delete_forever(C)
    database.flush()
    assert repository.list(include_deleted=True) == []
    assert repository.messages(C) == []
    bodies = database.rows("SELECT key, length(body) > 0 FROM requests ORDER BY key")
    assert bodies == [("other", 1), ("sent", 1), ("unknown", 0)]


def _chain(message: MakeMessage, names: str) -> list[Message]:
    """Messages that answer each other."""
    parents = [None, *(MessageId(name) for name in names)]
    pairs = zip(names, parents, strict=False)
    return [message(name, minute=n, parent_id=p) for n, (name, p) in enumerate(pairs)]


def test_the_newest_of_a_branch_come_with_their_siblings_only(
    database: Database,
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
) -> None:
    chain = _chain(message, "abcdef")
    other_e = message("E", minute=7, parent_id=MessageId("d"))
    other_a = message("A", minute=8)
    below_other_e = message("F", minute=9, parent_id=MessageId("E"))
    for each in (*chain, other_e, other_a, below_other_e):
        repository.save_message(each)
    repository.save(conversation("d"))
    repository.save_message(message("z", conversation_id=ConversationId("d")))
    database.flush()
    newest = repository.newest(C, MessageId("f"), 3)
    assert newest == [*chain[3:], other_e]
    assert repository.newest(C, MessageId("f"), 9) == [*chain, other_e, other_a]
    assert repository.newest(C, MessageId("gone"), 3) == []


def test_a_circle_in_broken_data_is_read_to_its_limit(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    one, two = (message(n, parent_id=MessageId(p)) for n, p in ("ab", "ba"))
    repository.save_message(one)
    repository.save_message(two)
    database.flush()
    assert set(repository.newest(C, MessageId("a"), 50)) == {one, two}


def test_pages_hold_the_whole_tree_in_order(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    written = [
        message(f"m{n}", parent_id=f"m{n - 1}", model="a model") for n in range(PAGE_MESSAGES + 3)
    ]
    for each in written:
        repository.save_message(each)
    database.flush()
    first, second = repository.pages(C)
    assert (len(first), [*first, *second]) == (PAGE_MESSAGES, written)
    assert first[1].parent_id is first[0].id  # kept once
    assert first[1].model is first[0].model
    assert repository.message_count(C) == len(written)
    assert list(repository.pages(ConversationId("nobody"))) == []


def test_whole_conversations_are_stored_at_once_and_can_be_found(
    database: Database,
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
    found: Callable[[str], list[str]],
) -> None:
    trees = [
        (conversation(name), [message(f"m-{name}", f"said {name}", conversation_id=name)])
        for name in ("rain", "snow")
    ]
    repository.add_all(trees)
    database.flush()
    assert repository.messages(ConversationId("snow")) == trees[1][1]
    assert found("said snow") == ["m-snow"]
    assert found("About rain") == ["title of rain"]


def test_what_is_stored_already_is_never_replaced_and_nothing_comes_in_half(
    database: Database,
    repository: ConversationRepository,
    conversation: MakeConversation,
    message: MakeMessage,
    problems: list[StorageError],
    caplog: pytest.LogCaptureFixture,
) -> None:
    repository.save_message(message("m", "the first"))
    new = conversation("new")
    taken = [message("n", conversation_id="new"), message("m", "other", conversation_id="new")]
    nothing: list[Message] = []
    for tree in ((new, taken), (conversation("c", title="other"), nothing)):
        repository.add_all([tree])
        with pytest.raises(StorageError):
            database.flush()
    assert [problem.reason for problem in problems] == [StorageProblem.BUG] * 2
    assert repository.list()[0].title == "About c"
    assert names(repository.list()) == ["c"]
    assert [found.text for found in repository.messages(C)] == ["the first"]
    caplog.clear()


def test_messages_can_be_read_in_another_thread(
    database: Database, repository: ConversationRepository, message: MakeMessage
) -> None:
    repository.save_message(message("m", "hi"))
    database.flush()

    def read() -> tuple[list[Message], set[str]]:
        many = [MessageId(f"x{number}") for number in range(1200)]
        with repository.reading() as reader:
            return reader.messages(C), reader.known([*many, MessageId("m")])

    with ThreadPoolExecutor(1) as thread:
        found, known = thread.submit(read).result()
    assert [each.text for each in found] == ["hi"]
    assert known == {"m"}


def test_a_folder_is_kept_and_changed_for_many_at_once(
    database: Database, repository: ConversationRepository, conversation: MakeConversation
) -> None:
    moment = conversation("b", minute=3).updated_at
    repository.save(replace(conversation("b", minute=3), folder="Work", deleted_at=moment))
    repository.set_folder([C, ConversationId("b"), ConversationId("gone")], "Work and \ud83d")
    database.flush()
    found = repository.list(include_deleted=True)
    assert [(c.id, c.folder) for c in found] == [("b", "Work and \ufffd"), ("c", "Work and \ufffd")]
