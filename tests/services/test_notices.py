"""Notices: shown once, kept until dismissed."""

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.services.notices import Notices


def test_the_same_notice_is_not_shown_twice() -> None:
    notices = Notices()
    failure = Failure(code=FailureCode.DISK_FULL)
    notices.warn(failure)
    notices.warn(failure)
    notices.warn(Failure(code=FailureCode.STORAGE_ERROR))
    assert [notice.failure and notice.failure.code for notice in notices.notices] == [
        FailureCode.DISK_FULL,
        FailureCode.STORAGE_ERROR,
    ]
    notices.tell(NoticeCode.DATABASE_RESTORED, rows="2")
    notices.tell(NoticeCode.DATABASE_RESTORED, rows="3")
    assert [notice.parameters for notice in notices.notices][2:] == [{"rows": "2"}, {"rows": "3"}]


def test_a_dismissed_notice_is_gone_and_may_come_again() -> None:
    notices = Notices()
    notices.tell(NoticeCode.CONVERSATION_DELETED)
    [notice] = notices.notices
    notices.dismiss(notice.id)
    notices.dismiss(notice.id)
    assert len(notices.notices) == 0
    notices.tell(NoticeCode.CONVERSATION_DELETED)
    assert len(notices.notices) == 1


def test_a_bug_says_where_and_never_what_was_in_it() -> None:
    notices = Notices()
    notices.bug(ValueError("sk-secret"), "upload 7")
    [notice] = notices.notices
    assert notice.level is NoticeLevel.ERROR
    assert notice.failure is not None
    assert (notice.failure.subject, notice.failure.detail) == ("upload 7", "ValueError")
    assert "sk-secret" not in repr(notice)


def test_what_no_longer_holds_is_withdrawn() -> None:
    notices = Notices()
    notices.tell(NoticeCode.CONVERSATION_DELETED, id="c1", title="Rain")
    notices.tell(NoticeCode.CONVERSATION_DELETED, id="c2", title="Rain")
    notices.tell(NoticeCode.CONVERSATION_ARCHIVED, id="c1", title="Rain")
    notices.withdraw(NoticeCode.CONVERSATION_DELETED, id="c1")
    left = [(notice.code, notice.parameters["id"]) for notice in notices.notices]
    assert left == [
        (NoticeCode.CONVERSATION_DELETED, "c2"),
        (NoticeCode.CONVERSATION_ARCHIVED, "c1"),
    ]
