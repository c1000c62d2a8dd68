"""What a screen reader is told while an answer arrives and when it ends."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible

from beatra_desktop.domain.chat import Message, MessageStatus
from beatra_desktop.domain.observable import Records
from beatra_desktop.domain.records import replace

MakeReader = Callable[[int, int], Any]
STREAMING = MessageStatus.STREAMING


@pytest.fixture
def small(reader: MakeReader) -> Any:
    return reader(560, 420)


@pytest.fixture
def grow(small: Any) -> Callable[..., None]:
    """Gives the answer on show another text, and a state."""

    def to(
        records: Records[Message], text: str, status: MessageStatus = STREAMING, **more: Any
    ) -> None:
        records.replace(replace(records[len(records) - 1], text=text, status=status, **more))
        small.settle()

    return to


def _pass_the_pause(small: Any) -> None:
    [pause] = [
        timer
        for timer in small.transcript.findChildren(QTimer)
        if timer.isActive() and timer.interval() > 1000
    ]
    pause.timeout.emit()


def _answer(message: Any) -> Message:
    made: Message = message("", status=STREAMING, model="echo", model_asked="echo")
    return made


def test_sentences_are_told_at_a_pace_and_then_how_it_ended(
    small: Any, message: Any, grow: Any, heard: list[str]
) -> None:
    records = small.show(_answer(message))
    grow(records, "One **word**. ")
    assert heard == []
    grow(records, "One **word**. Two. Thr")
    assert heard == ["echo. One word. Two."]
    grow(records, "One **word**. Two. Three. Four. Fi")
    assert len(heard) == 1, "what follows at once waits for a pause"
    _pass_the_pause(small)
    assert heard[1:] == ["Three. Four."]
    grow(records, "One **word**. Two. Three. Four. Five.", MessageStatus.COMPLETE)
    assert heard[2:] == ["Five. Answer complete."]


def test_code_is_counted_and_a_cut_answer_says_so(
    small: Any, message: Any, grow: Any, heard: list[str]
) -> None:
    records = small.show(_answer(message))
    grow(records, "```\na\nb\n```\nThen")
    assert heard == ["echo. Code, 2 lines."]
    grow(records, "```\na\nb\n```\nThen", MessageStatus.STOPPED)
    assert heard[1].startswith("Then Answer incomplete. You stopped this answer.")


def test_who_does_not_want_it_hears_only_how_it_ended(
    small: Any, message: Any, grow: Any, heard: list[str]
) -> None:
    small.transcript.read_along(is_wanted=False)
    records = small.show(_answer(message))
    grow(records, "One. Two. Three")
    grow(records, "One. Two. Three", MessageStatus.COMPLETE)
    assert heard == ["echo. Answer complete."]


def test_an_answer_that_is_left_is_not_told_on(
    small: Any, message: Any, grow: Any, heard: list[str]
) -> None:
    records = small.show(_answer(message))
    grow(records, "One. Two. Three. F")
    grow(records, "One. Two. Three. Four. F")
    small.show(message("Another conversation."))
    _pass_the_pause(small)
    assert heard == ["echo. One. Two. Three."]


@pytest.fixture
def stop_listening(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Nobody does when the reader is made; called once what is heard is noted."""

    def stop() -> None:
        monkeypatch.setattr(QAccessible, "isActive", lambda: False)

    stop()
    return stop


def test_where_nobody_listens_nothing_is_read(
    stop_listening: Callable[[], None], small: Any, message: Any, grow: Any, heard: list[str]
) -> None:
    stop_listening()
    records = small.show(_answer(message))
    grow(records, "One. Two. Three")
    assert small.transcript._announcer._live is None
    assert heard == []
