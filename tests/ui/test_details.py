from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Message, MessageStatus, Role, Usage
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, MessageId
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.details import Detail, DetailsPopover, failure_details, message_details

START = datetime(2026, 5, 13, 12, tzinfo=UTC)


def test_an_answer_tells_how_it_came() -> None:
    message = Message(
        id=MessageId("m"),
        conversation_id=ConversationId("c"),
        parent_id=None,
        role=Role.ASSISTANT,
        text="Hello",
        status=MessageStatus.COMPLETE,
        created_at=START,
        model_asked="auto",
        model="sandbox-guide",
        usage=Usage(prompt_tokens=12, completion_tokens=0),
        request_id="req_1",
        idempotency_key=IdempotencyKey("key_1"),
        first_delta_at=START + timedelta(seconds=0.42),
    )
    details = {detail.label: detail.value for detail in message_details(message)}
    assert details["Model"] == "sandbox-guide"
    assert details["First words after"] == "0.4 s"
    assert details["Tokens out"] == "0"
    assert details["Request id"] == "req_1"
    assert "Finished after" not in details


def test_a_failure_tells_what_is_known_and_nothing_else() -> None:
    failure = Failure(code=FailureCode.RATE_LIMITED, status=429, request_id="req_2")
    assert failure_details(failure) == [
        Detail("What", "rate_limited"),
        Detail("Status", "429"),
        Detail("Request id", "req_2"),
    ]


def test_everything_can_be_copied_at_once(qtbot: QtBot) -> None:
    popover = DetailsPopover([Detail("Request id", "req_3"), Detail("Status", "500")])
    popover.popup(QPoint(10, 10))
    copy_all = next(b for b in popover.findChildren(Button) if b.text() == "Copy all")
    copy_all.click()
    assert QGuiApplication.clipboard().text() == "Request id: req_3\nStatus: 500"
    with qtbot.waitSignal(popover.destroyed):
        popover.close()
