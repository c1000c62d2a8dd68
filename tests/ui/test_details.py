from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Message, MessageStatus, Role, Usage
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import ConversationId, IdempotencyKey, MessageId
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.details import Detail, DetailsPopover, failure_details, message_details
from beatra_desktop.ui.labels import ElidedLabel

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
    assert details["State"] == "Complete"
    assert details["Model asked"] == "auto"
    assert details["Answered by"] == "sandbox-guide"
    assert details["First words after"] == "0.4 s"
    assert details["Tokens out"] == "0"
    assert details["Request id"] == "req_1"
    assert details["Charge"] == "not reported by the service"
    assert "Finished after" not in details
    assert "Tokens per second" not in details


def answer(**fields: Any) -> Message:
    return Message(
        id=MessageId("m"),
        conversation_id=ConversationId("c"),
        parent_id=None,
        role=Role.ASSISTANT,
        created_at=START,
        **fields,
    )


def test_the_charge_and_the_speed_are_told_where_they_are_known() -> None:
    known = answer(
        text="Hello",
        status=MessageStatus.COMPLETE,
        finish_reason="length",
        usage=Usage(completion_tokens=90, credits="1.2500", credits_usd_reference="0.00125"),
        first_delta_at=START + timedelta(seconds=1),
        finished_at=START + timedelta(seconds=5),
    )
    details = {detail.label: detail.value for detail in message_details(known)}
    assert details["Charge"] == "1.25 credits (about $0.00125)"
    assert details["Tokens per second"] == "22.5"
    assert details["Tokens in"] == "not reported by the service"
    assert details["Ended because"] == "length"
    assert details["Finished after"] == "5.0 s"


@pytest.mark.parametrize(
    ("status", "text", "failure", "words"),
    [
        (MessageStatus.SENDING, "", None, "Being sent"),
        (MessageStatus.STREAMING, "a", None, "Coming in"),
        (MessageStatus.INCOMPLETE, "a", Failure(code=FailureCode.OFFLINE), "Incomplete"),
        (MessageStatus.INCOMPLETE, "a", None, "Incomplete, kept"),
        (MessageStatus.STOPPED, "a", None, "Stopped by you"),
        (MessageStatus.FAILED, "", Failure(code=FailureCode.OFFLINE), "Failed"),
        (MessageStatus.UNKNOWN, "", None, "Not known"),
    ],
)
def test_the_state_is_told_in_words(
    status: MessageStatus, text: str, failure: Failure | None, words: str
) -> None:
    details = message_details(answer(text=text, status=status, failure=failure))
    assert details[0] == Detail("State", words)


def test_each_line_can_be_copied_and_long_ids_keep_both_ends(qtbot: QtBot) -> None:
    long_id = "req_" + "0123456789abcdef" * 6
    popover = DetailsPopover([Detail("Request id", long_id), Detail("Status", "500")])
    popover.popup(QPoint(10, 10))
    qtbot.waitExposed(popover)
    [copy] = [b for b in popover.findChildren(IconButton) if "Request id" in b.accessibleName()]
    QTest.mouseClick(copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == long_id
    [shown] = [label for label in popover.findChildren(ElidedLabel) if label.text() == long_id]
    assert shown.shown_text().startswith("req_0123")
    assert shown.shown_text().endswith("cdef")
    assert shown.toolTip() == long_id
    with qtbot.waitSignal(popover.destroyed):
        popover.close()


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
