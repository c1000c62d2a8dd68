"""From stream bytes to chat events, without a socket."""

import itertools
import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.api.chat_events import (
    ChatEvent,
    Delta,
    Finished,
    ModelResolved,
    UsageReported,
)
from beatra_desktop.api.errors import CutReason
from beatra_desktop.api.types import Usage
from tests.api.chunks import DONE, decoder, event, fault_of, joined, text

FULL = b"".join(
    [
        event({"id": "c1", "model": "qwen", "choices": [{"delta": {"role": "assistant"}}]}),
        text("Good "),
        text("day \u2028\u0085 🎵"),
        b": ping\r\n\r\n",
        event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}),
        event({"choices": [], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}),
        DONE,
    ]
)  # fmt: skip
FULL_EVENTS: list[ChatEvent] = [
    ModelResolved("c1", "qwen"),
    Delta("Good day \u2028\u0085 🎵"),
    Finished("stop"),
    UsageReported(Usage(prompt_tokens=9, completion_tokens=2)),
]


def test_one_read_gives_one_delta() -> None:
    got = decoder()
    assert got.feed(FULL) == FULL_EVENTS
    assert got.done
    assert got.fault is None


@given(st.lists(st.integers(0, len(FULL)), max_size=12))
def test_cutting_anywhere_changes_nothing(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(FULL)]
    got = decoder()
    events = [e for a, b in itertools.pairwise(edges) for e in got.feed(FULL[a:b])]
    assert joined(events) == FULL_EVENTS
    assert got.done


def test_the_sparse_form_of_the_documents() -> None:
    got = decoder()
    events = got.feed(b'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n' + DONE)
    assert events == [Delta("Hi")]
    assert got.done


def test_the_model_is_told_again_when_more_is_known() -> None:
    events = decoder().feed(text("a", id="c1") + text("b", id="c1", model="m") + text("c"))
    assert events == [ModelResolved("c1", None), Delta("a"), ModelResolved("c1", "m"), Delta("bc")]


@pytest.mark.parametrize(
    "chunk",
    [
        {},
        {"choices": None},
        {"choices": [{"delta": None}]},
        {"choices": [{"delta": {"content": None}, "finish_reason": None}]},
        {"choices": [{"index": 1, "delta": {"content": "another choice"}}]},
        {"choices": [{"delta": {"content": [1]}}]},
        {"choices": []},
        {"choices": [{"delta": {"content": ""}, "finish_reason": ""}]},
        {"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0, "function": {}}]}}]},
        {"choices": [{"delta": {"content": None, "reasoning_content": "Hm, "}}]},
        {"choices": [{"delta": {"reasoning": "Hm, ", "reasoning_details": [{"text": "Hm"}]}}]},
        {"choices": [{"delta": {"content": [{"type": "thinking", "text": "Hm, "}]}}]},
        {"choices": [{"delta": {"content": [{"type": "image_url", "image_url": {}}, None]}}]},
        {"choices": "?", "created": "yesterday"},
        {"usage": None, "error": None},
    ],
)
def test_empty_and_surprising_chunks_are_passed_over(chunk: dict[str, object]) -> None:
    got = decoder()
    assert got.feed(text("a") + event(chunk) + text("b") + DONE) == [Delta("ab")]
    assert got.done


def test_a_field_of_another_type_does_not_cost_the_text() -> None:
    assert decoder().feed(text("a", id=7, usage="?")) == [Delta("a")]


@pytest.mark.parametrize(
    "raw",
    [
        event({"error": {"code": "provider_error", "message": "Gone: sk-secret", "retryable": True,
                         "request_id": "req_9"}}),
        event({"code": "provider_error", "message": "Gone: sk-secret", "retryable": True,
               "request_id": "req_9"}, kind="error"),
    ],
)  # fmt: skip
def test_an_error_inside_the_stream_ends_it_and_keeps_the_text(raw: bytes) -> None:
    got = decoder()
    assert got.feed(text("part") + raw + text("never") + DONE) == [Delta("part")]
    fault = fault_of(got)
    assert not got.done
    assert fault.reason is CutReason.ERROR_EVENT
    assert (fault.code, fault.retryable, fault.request_id) == ("provider_error", True, "req_9")
    assert fault.message == "Gone: [key]"


@pytest.mark.parametrize(
    "raw", [b"event: error\ndata: boom\n\n", event({"error": {}}), event({"error": "boom"})]
)
def test_errors_of_any_form_are_errors(raw: bytes) -> None:
    got = decoder()
    got.feed(raw)
    assert fault_of(got).reason is CutReason.ERROR_EVENT


@pytest.mark.parametrize(
    "raw",
    [b"data: {oops\n\n", b"data: [1]\n\n", b'data: "x"\n\n', b"data: \xff\n\n",
     b"data: " + b"[" * 200_000 + b"\n\n"],
)  # fmt: skip
def test_an_unreadable_event_ends_the_stream(raw: bytes) -> None:
    got = decoder()
    assert got.feed(text("part") + raw) == [Delta("part")]
    assert fault_of(got).reason is CutReason.MALFORMED


def test_an_oversized_event_ends_the_stream() -> None:
    got = decoder()
    got.feed(b"data: ")
    while got.fault is None:
        assert got.feed(b"x" * 1_000_000) == []
    assert got.fault.reason is CutReason.MALFORMED


def test_named_events_of_others_are_passed_over() -> None:
    got = decoder()
    assert got.feed(b"event: ping\ndata: now\n\n" + text("a") + DONE) == [Delta("a")]
    assert got.done


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", []),
        (text("a"), [Delta("a")]),
        (text("a").rstrip(b"\n"), [Delta("a")]),
        (text("a")[:-4], []),
        (event({"choices": [{"delta": {}, "finish_reason": "stop"}]}), [Finished("stop")]),
    ],
)
def test_a_close_without_done_is_incomplete(raw: bytes, expected: list[ChatEvent]) -> None:
    got = decoder()
    assert [*got.feed(raw), *got.finish()] == expected
    assert not got.done
    assert fault_of(got).reason is CutReason.CLOSED


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r\n"])
def test_done_counts_without_its_blank_line(tail: bytes) -> None:
    got = decoder()
    got.feed(text("a") + b"data: [DONE]" + tail)
    got.finish()
    assert got.done
    assert got.fault is None


def test_a_whole_answer_in_json() -> None:
    body = {
        "id": "c1",
        "model": "m",
        "choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}],
        "usage": {"total_tokens": 3},
    }
    got = decoder()
    assert got.whole(json.dumps(body).encode()) == [
        ModelResolved("c1", "m"),
        Delta("Hi"),
        Finished("stop"),
        UsageReported(Usage(total_tokens=3)),
    ]
    assert got.done


@pytest.mark.parametrize("body", [b"{}", b'{"choices":[]}', b"<html>", b"", b"[]", b"null"])
def test_json_without_an_answer_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decoder().whole(body)
