"""What an export says of a message beside its text."""

import re

import pytest

from beatra_desktop.domain.chat import MessageStatus, Role
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.services.transfer.wording import Wording, moment
from tests.services.transfer.trees import NOON, answered, said, tree


def test_a_title_is_one_line_and_never_empty(words: ExportWords) -> None:
    assert Wording(words).title(tree(title=" Rain\n and wind ")) == "Rain and wind"
    assert Wording(words).title(tree(title=" ")) == "New chat"


def test_dates_are_read_alike_everywhere(words: ExportWords) -> None:
    assert re.fullmatch(r"2026-03-0[12] \d\d:\d\d", moment(NOON))
    assert Wording(words, now=lambda: NOON).exported().endswith(f"on {moment(NOON)}.")
    assert Wording(words).begun(tree()) == f"Begun on {moment(NOON)}."


def test_an_answer_names_the_model_that_gave_it(words: ExportWords) -> None:
    author = Wording(words).author
    asked = answered("b", "x", after="a", model_asked="auto", model="guide-1")
    assert author(asked) == "Answer (guide-1)"
    assert author(answered("b", "x", after="a", model_asked="auto")) == "Answer"
    assert author(answered("b", "x", after="a", model_asked="echo")) == "Answer (echo)"
    assert author(said("a")) == "You"
    assert author(said("a", role=Role.SYSTEM)) == "Instructions"


@pytest.mark.parametrize("status", [s for s in MessageStatus if s is not MessageStatus.COMPLETE])
def test_every_end_but_the_good_one_is_said(words: ExportWords, status: MessageStatus) -> None:
    wording = Wording(words)
    assert wording.note(said("a")) == ""
    assert wording.note(said("a", status=status)).endswith(".")
    failure = Failure(code=FailureCode.OFFLINE)
    failed = said("a", status=MessageStatus.FAILED, failure=failure)
    assert wording.note(failed) == "No answer came. offline"
