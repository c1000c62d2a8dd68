"""Names, pins, the archive and the trash, and what is left of them after a restart."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from beatra_desktop.domain.chat import TRASH_TIME, Conversation, Message, MessageStatus, Role
from beatra_desktop.domain.clock import utc_now
from beatra_desktop.domain.ids import ConversationId, MessageId, ProfileId, new_id
from beatra_desktop.domain.notices import Notice, NoticeCode
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.history import HistoryService
from beatra_desktop.services.notices import Notices
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.search import SearchRepository


class Shelf:
    """History on a database; `later` moves its clock."""

    def __init__(self, database: Database) -> None:
        self.repository = ConversationRepository(database)
        self.conversations = Conversations(self.repository)
        self.notices = Notices()
        self.stopped: list[ConversationId] = []
        self.later = timedelta()
        self.history = HistoryService(
            conversations=self.conversations,
            notices=self.notices,
            stop=self.stopped.append,
            now=lambda: utc_now() + self.later,
        )

    def add(self, title: str) -> Conversation:
        conversation = self.conversations.create(ProfileId("sandbox"))
        message = Message(
            id=MessageId(new_id()),
            conversation_id=conversation.id,
            parent_id=None,
            role=Role.USER,
            text=f"about {title}",
            status=MessageStatus.COMPLETE,
            created_at=utc_now(),
        )
        self.conversations.put(message)
        touched = self.conversations.touch(conversation, head_id=message.id, title=title)
        at = utc_now() + timedelta(seconds=len(self.conversations.records))
        return self.conversations.change(touched, updated_at=at)

    def now(self, conversation: Conversation) -> Conversation:
        found = self.conversations.records.get(conversation.id)
        assert found is not None
        return found


@pytest.fixture
def open_shelf(database: Database) -> Callable[[], Shelf]:
    """Opened again it finds what the last one left."""

    def opened() -> Shelf:
        database.flush()
        return Shelf(database)

    return opened


def test_a_name_is_kept_without_its_blanks_and_never_lost(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain = shelf.add("rain")
    shelf.history.rename(rain.id, "  Rain and wind ")
    shelf.history.rename(rain.id, "   ")
    assert shelf.now(rain).title == "Rain and wind"
    assert open_shelf().now(rain).title == "Rain and wind"


def test_what_is_pinned_is_not_archived_and_the_other_way_round(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    rain = shelf.add("rain")
    shelf.history.set_pinned(rain.id, pinned=True)
    shelf.history.set_archived(rain.id, archived=True)
    assert (shelf.now(rain).is_pinned, shelf.now(rain).is_archived) == (False, True)
    assert open_shelf().now(rain).is_archived
    shelf.history.set_pinned(rain.id, pinned=True)
    assert (shelf.now(rain).is_pinned, shelf.now(rain).is_archived) == (True, False)
    shelf.history.set_pinned(rain.id, pinned=False)
    shelf.history.set_archived(rain.id, archived=False)
    assert (shelf.now(rain).is_pinned, shelf.now(rain).is_archived) == (False, False)


def test_deleting_stops_the_answer_says_so_and_can_be_undone_after_a_restart(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    older, rain, newer = shelf.add("older"), shelf.add("rain"), shelf.add("newer")
    shelf.history.delete(rain.id)
    assert shelf.stopped == [rain.id]
    [notice] = shelf.notices.notices
    assert (notice.code, notice.parameters["id"]) == (NoticeCode.CONVERSATION_DELETED, rain.id)
    later = open_shelf()
    assert [c.id for c in later.history.conversations] == [newer.id, older.id]
    assert [c.id for c in later.history.trash] == [rain.id]
    later.history.restore(rain.id)
    assert [c.id for c in later.history.conversations] == [newer.id, rain.id, older.id]
    last = open_shelf()
    assert last.now(rain).deleted_at is None
    assert len(last.conversations.open(rain.id).shown) == 1


def test_archiving_says_so_once_and_can_be_undone(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain = shelf.add("rain")
    shelf.history.set_archived(rain.id, archived=True)
    shelf.history.set_archived(rain.id, archived=True)
    [notice] = shelf.notices.notices
    assert (notice.code, notice.parameters["title"]) == (NoticeCode.CONVERSATION_ARCHIVED, "rain")
    shelf.history.undo(notice)
    assert not shelf.now(rain).is_archived
    assert list(shelf.notices.notices) == []


@pytest.mark.parametrize("way", ["restore", "undo", "delete_forever", "empty_trash"])
def test_a_notice_of_something_deleted_goes_with_its_undo(
    open_shelf: Callable[[], Shelf], way: str
) -> None:
    shelf = open_shelf()
    rain, snow = shelf.add("rain"), shelf.add("snow")
    shelf.history.set_archived(rain.id, archived=True)
    shelf.history.delete(rain.id)
    shelf.history.set_archived(snow.id, archived=True)
    deleted, archived = shelf.notices.notices
    assert (deleted.code, archived.parameters["id"]) == (NoticeCode.CONVERSATION_DELETED, snow.id)
    arguments = {"undo": (deleted,), "empty_trash": ()}.get(way, (rain.id,))
    getattr(shelf.history, way)(*arguments)
    assert list(shelf.notices.notices) == [archived]


def test_the_trash_shows_how_a_conversation_begins(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain, snow = shelf.add("rain"), shelf.add("snow")
    shelf.history.delete(rain.id)
    later = open_shelf()
    assert later.history.first_words(rain.id) == "about rain"
    assert later.history.first_words(snow.id) == ""


def test_an_archived_conversation_is_not_used_for_a_new_one(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    blank = shelf.conversations.create(ProfileId("sandbox"))
    shelf.history.set_archived(blank.id, archived=True)
    assert shelf.conversations.create(ProfileId("sandbox")).id != blank.id


def test_the_trash_is_kept_for_thirty_days(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain = shelf.add("rain")
    shelf.history.delete(rain.id)
    shelf.later = TRASH_TIME - timedelta(minutes=1)
    shelf.history.resume()
    assert rain.id in shelf.history.trash
    shelf.later = TRASH_TIME + timedelta(minutes=1)
    shelf.history.resume()
    assert rain.id not in shelf.history.trash
    later = open_shelf()
    assert rain.id not in later.history.trash
    assert later.repository.messages(rain.id) == []


def test_deleting_for_good_leaves_nothing_and_nobody_else_is_touched(
    open_shelf: Callable[[], Shelf], database: Database
) -> None:
    shelf = open_shelf()
    rain, snow, sun = shelf.add("rain"), shelf.add("snow"), shelf.add("sun")
    shelf.history.delete_forever(sun.id)  # it is not in the trash
    for gone in (rain, snow):
        shelf.history.delete(gone.id)
    shelf.history.delete_forever(rain.id)
    assert [c.id for c in shelf.history.trash] == [snow.id]
    shelf.history.restore(rain.id)
    shelf.history.empty_trash()
    later = open_shelf()
    assert [c.id for c in later.history.conversations] == [sun.id]
    assert len(later.history.trash) == 0
    assert [hit.conversation_id for hit in SearchRepository(database).find("about")] == [sun.id]


def test_the_last_words_are_stored_before_a_conversation_goes(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    conversation = shelf.add("rain")

    def store(conversation_id: str) -> None:
        assert conversation_id == conversation.id
        shelf.conversations.change(conversation, draft="half a thou")

    shelf.history.deleting.connect(store)
    shelf.history.delete(conversation.id)
    shelf.history.restore(conversation.id)
    assert shelf.now(conversation).draft == "half a thou"


def test_a_folder_is_there_as_long_as_something_is_in_it(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain, snow = shelf.add("rain"), shelf.add("snow")
    shelf.history.set_folder(rain.id, "  Weather \n report ")
    shelf.history.set_folder(snow.id, "weather REPORT")
    assert shelf.history.folders == {"Weather report"}
    assert open_shelf().now(snow).folder == "Weather report"
    shelf.history.set_archived(rain.id, archived=True)
    shelf.history.set_folder(snow.id, " ")
    assert shelf.history.folders == {"Weather report"}
    shelf.history.delete(rain.id)
    assert shelf.history.folders == frozenset()
    shelf.history.restore(rain.id)
    assert (shelf.now(rain).folder, shelf.now(snow).folder) == ("Weather report", "")


def test_a_folder_is_renamed_with_all_that_is_in_it(open_shelf: Callable[[], Shelf]) -> None:
    shelf = open_shelf()
    rain, snow, wind = shelf.add("rain"), shelf.add("snow"), shelf.add("wind")
    for one in (rain, snow, wind):
        shelf.history.set_folder(one.id, "weather")
    shelf.history.set_archived(snow.id, archived=True)
    shelf.history.delete(wind.id)
    shelf.history.rename_folder("weather", "Weather")
    assert shelf.history.archive[0].folder == "Weather"
    later = open_shelf()
    later.history.restore(wind.id)
    assert [later.now(one).folder for one in (rain, snow, wind)] == ["Weather"] * 3


def test_joining_two_folders_is_undone_but_for_what_was_moved_since(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    rain, snow, song = shelf.add("rain"), shelf.add("snow"), shelf.add("song")
    for one, name in ((rain, "Weather"), (snow, "Weather"), (song, "Music")):
        shelf.history.set_folder(one.id, name)
    shelf.history.rename_folder("Weather", "music")
    assert shelf.history.folders == {"Music"}
    shelf.history.set_folder(snow.id, "Winter")
    notice = _folder_notice(shelf)
    assert notice.code is NoticeCode.FOLDER_RENAMED
    shelf.history.undo(notice)
    assert [shelf.now(one).folder for one in (rain, snow, song)] == ["Weather", "Winter", "Music"]
    shelf.history.undo(notice)
    assert open_shelf().now(rain).folder == "Weather"
    assert list(shelf.notices.notices) == []


def test_moving_all_out_of_a_folder_offers_only_the_last_undo(
    open_shelf: Callable[[], Shelf],
) -> None:
    shelf = open_shelf()
    rain, song = shelf.add("rain"), shelf.add("song")
    shelf.history.set_folder(rain.id, "Weather")
    shelf.history.set_folder(song.id, "Music")
    for unchanged in (("Music", "Music"), ("", "Weather"), ("Nowhere", "Weather")):
        shelf.history.rename_folder(*unchanged)
    assert list(shelf.notices.notices) == []
    shelf.history.rename_folder("Weather", "")
    shelf.history.rename_folder("Music", "")
    assert shelf.history.folders == frozenset()
    notice = _folder_notice(shelf)
    assert (notice.code, notice.parameters["title"]) == (NoticeCode.FOLDER_EMPTIED, "Music")
    shelf.history.undo(notice)
    assert (shelf.now(rain).folder, shelf.now(song).folder) == ("", "Music")


def _folder_notice(shelf: Shelf) -> Notice:
    [notice] = shelf.notices.notices
    return notice
