"""Each state of a message in words, with what can be done."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from beatra_desktop.domain.chat import AUTO_MODEL, MessageStatus, Role
from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.requests import Wait
from beatra_desktop.ui.chat.actions import Action, footer_actions
from beatra_desktop.ui.chat.status_text import StatusText
from beatra_desktop.ui.error_text import Kept, describe
from beatra_desktop.ui.styling import Tone

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WAIT = Wait(attempt=2, of=5, until=NOW + timedelta(seconds=8), reason="Busy.")
CUT = Failure(code=FailureCode.INCOMPLETE_ANSWER)
UNKNOWN = Failure(code=FailureCode.OUTCOME_UNKNOWN)
S, A = MessageStatus, Action


@pytest.fixture
def status() -> StatusText:
    return StatusText(
        lambda failure: describe(failure, Kept.MESSAGE), now=lambda: NOW, siblings=lambda _: ()
    )


@pytest.mark.parametrize(
    ("state", "text", "fields", "words", "actions"),
    [
        (S.SENDING, "", {}, "Sending", ()),
        (S.SENDING, "", {"wait": WAIT}, "Trying again in 8 s (attempt 2 of 5). Busy.", ()),
        (S.STREAMING, "", {}, "first words", ()),
        (S.INCOMPLETE, "t", {"failure": CUT}, "cut off", (A.CONTINUE, A.RETRY, A.KEEP)),
        (S.INCOMPLETE, "", {"failure": CUT}, "before the first words", (A.RETRY, A.DETAILS)),
        (S.INCOMPLETE, "t", {}, "kept as it is", ()),
        (S.STOPPED, "t", {}, "What arrived is kept", (A.CONTINUE, A.RETRY)),
        (S.STOPPED, "", {}, "before its first words", (A.RETRY,)),
        (S.FAILED, "", {}, "Your message is kept", (A.RETRY, A.DETAILS)),
        (S.UNKNOWN, "", {"failure": UNKNOWN}, "may have been charged", (A.RETRY, A.DETAILS)),
        (S.UNKNOWN, "", {}, "may have been charged", (A.RETRY, A.DETAILS)),
        (S.COMPLETE, "t", {"finish_reason": "length"}, "length limit", (A.CONTINUE,)),
        (S.COMPLETE, "t", {"finish_reason": "content_filter"}, "content rules", ()),
        (S.COMPLETE, "t", {"finish_reason": "tool_calls"}, "(tool_calls)", ()),
        (S.COMPLETE, "t", {"finish_reason": "function_call"}, "(function_call)", ()),
        (S.COMPLETE, "t", {"finish_reason": "{odd}"}, "of its own: {odd}.", ()),
    ],
)
def test_every_state_is_told_in_words(
    status: StatusText,
    message: Any,
    *,
    state: MessageStatus,
    text: str,
    fields: dict[str, Any],
    words: str,
    actions: tuple[Action, ...],
) -> None:
    strip = status.strip(message(text, status=state, **fields))
    assert strip is not None
    assert words in strip.text
    assert strip.actions == actions


@pytest.mark.parametrize("reason", [None, "", "stop"])
def test_a_whole_answer_needs_no_words(
    status: StatusText, message: Any, reason: str | None
) -> None:
    assert status.strip(message("t", finish_reason=reason)) is None


def test_an_answer_says_that_it_is_coming(status: StatusText, message: Any) -> None:
    coming = message("text", status=MessageStatus.STREAMING)
    assert status.strip(coming) is None
    assert status.footer(coming) == "Answering…"


@pytest.mark.parametrize("code", [FailureCode.MODEL_UNAVAILABLE, FailureCode.UNSUPPORTED_MODEL])
def test_a_chosen_model_that_is_gone_is_named_beside_a_way_on(
    status: StatusText, message: Any, code: FailureCode
) -> None:
    failed = message("", status=MessageStatus.FAILED, failure=Failure(code=code), model_asked="m1")
    strip = status.strip(failed)
    assert strip is not None
    assert "“m1”" in strip.text
    assert (strip.tone, strip.actions[:2]) == (Tone.DANGER, (Action.USE_AUTO, Action.RETRY))


def test_auto_is_no_way_on_from_auto(status: StatusText, message: Any) -> None:
    failure = Failure(code=FailureCode.MODEL_UNAVAILABLE)
    failed = message("", status=MessageStatus.FAILED, failure=failure, model_asked=AUTO_MODEL)
    strip = status.strip(failed)
    assert strip is not None
    assert Action.USE_AUTO not in strip.actions


@pytest.mark.parametrize(
    ("asked", "answered", "author"),
    [
        ("m1", "m1-2026", "m1-2026"),
        ("m1", None, "m1"),
        (AUTO_MODEL, "m2", "m2 (chosen by Auto)"),
        (AUTO_MODEL, None, "Auto"),
        (AUTO_MODEL, AUTO_MODEL, "Auto"),
        (None, None, "Answer"),
    ],
)
def test_the_author_is_who_really_answered(
    status: StatusText, message: Any, *, asked: str | None, answered: str | None, author: str
) -> None:
    assert status.author(message("t", model_asked=asked, model=answered)) == author


def test_versions_are_counted_from_one(message: Any) -> None:
    shown = message("t")
    ids = ["older", shown.id, "newer"]
    status = StatusText(describe, now=lambda: NOW, siblings=lambda _: ids)
    assert status.version(shown) == "Version 2 of 3"
    ids.remove("older")
    ids.remove("newer")
    assert status.version(shown) == ""
    assert status.versions(message("not among them")) is None


def test_what_is_offered_fits_the_message(message: Any) -> None:
    assert footer_actions(message("q", Role.USER)) == (Action.COPY, Action.EDIT)
    whole = (Action.COPY, Action.REGENERATE, Action.DETAILS)
    assert footer_actions(message("a")) == whole
    kept = footer_actions(message("a", status=MessageStatus.INCOMPLETE))
    assert kept == (Action.COPY, Action.CONTINUE, Action.RETRY, Action.DETAILS)
    assert footer_actions(message("a", status=MessageStatus.STREAMING)) == ()
    assert footer_actions(message("", status=MessageStatus.FAILED)) == ()
    assert footer_actions(message("s", Role.SYSTEM)) == (Action.COPY,)
