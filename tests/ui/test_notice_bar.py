from pytestqt.qtbot import QtBot

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.notices import NoticeCode, NoticeLevel
from beatra_desktop.services.notices import Notices
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.error_text import ErrorAction
from beatra_desktop.ui.notice_bar import INFO_STAYS_MS, SHOWN, NoticeBar


def _button(bar: NoticeBar, name: str) -> Button:
    buttons = [b for row in bar.rows for b in row.findChildren(Button)]
    return next(button for button in buttons if button.accessibleName() == name)


def test_there_is_no_bar_without_notices(qtbot: QtBot) -> None:
    notices = Notices()
    bar = NoticeBar(notices)
    qtbot.addWidget(bar)
    assert bar.isHidden()
    notices.warn(Failure(code=FailureCode.KEY_STORE))
    assert not bar.isHidden()
    _button(bar, "Dismiss").click()
    assert len(notices.notices) == 0
    assert bar.isHidden()


def test_undo_is_asked_for_once_and_the_notice_goes(qtbot: QtBot) -> None:
    notices = Notices()
    bar = NoticeBar(notices)
    qtbot.addWidget(bar)
    notices.tell(NoticeCode.CONVERSATION_DELETED, id="c1", title="Blues")
    with qtbot.waitSignal(bar.action_requested) as asked:
        _button(bar, "Undo").click()
    notice, action = asked.args
    assert notice.parameters["id"] == "c1"
    assert action == ErrorAction.UNDO.value
    assert bar.rows == []


def test_details_leave_the_notice_where_it_is(qtbot: QtBot) -> None:
    notices = Notices()
    bar = NoticeBar(notices)
    qtbot.addWidget(bar)
    notices.warn(Failure(code=FailureCode.OFFLINE, request_id="req_1"))
    with qtbot.waitSignal(bar.action_requested):
        _button(bar, "Details").click()
    assert len(bar.rows) == 1


def test_only_the_newest_are_shown_in_their_order(qtbot: QtBot) -> None:
    notices = Notices()
    bar = NoticeBar(notices)
    qtbot.addWidget(bar)
    for number in range(SHOWN + 2):
        notices.tell(NoticeCode.CONVERSATION_DELETED, title=f"song {number}")
    shown = [row.notice.parameters["title"] for row in bar.rows]
    assert shown == [f"song {number}" for number in range(2, SHOWN + 2)]


def test_news_go_by_themselves_and_warnings_stay(qtbot: QtBot) -> None:
    notices = Notices()
    bar = NoticeBar(notices)
    qtbot.addWidget(bar)
    notices.tell(NoticeCode.CONVERSATION_DELETED, title="song")
    notices.tell(NoticeCode.KEY_SESSION_ONLY, level=NoticeLevel.WARNING, reason="unlock_keyring")
    news, warning = bar.rows
    assert news.stays_ms == INFO_STAYS_MS
    assert warning.stays_ms is None
    news.dismissed.emit()
    assert bar.rows == [warning]
