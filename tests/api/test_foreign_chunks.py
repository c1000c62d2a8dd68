"""Chunks as OpenAI-compatible services of all kinds send them: no text is lost, none is added."""

import contextlib
import itertools
import json
import tracemalloc

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.api.chat_events import Delta, Finished, ModelResolved, UsageReported
from beatra_desktop.api.errors import CutReason
from beatra_desktop.api.types import Usage
from tests.api.chunks import DONE, decoder, event, fault_of, joined, text


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([{"type": "text", "text": "a"}, {"type": "output_text", "text": "b"}], "ab"),
        ([{"text": "a"}, "b", {"type": "thinking", "thinking": [{"text": "no"}]}], "ab"),
        ([{"type": "text", "text": 7}, {"type": ["odd"], "text": "a"}, "b"], "ab"),
        (["a\u2028", "b\x85\x00"], "a\u2028b\x85\x00"),
    ],
)
def test_content_in_parts(content: object, expected: str) -> None:
    assert decoder().feed(text(content)) == [Delta(expected)]
    message = {"choices": [{"message": {"content": content}}]}
    assert decoder().whole(json.dumps(message).encode()) == [Delta(expected)]


def test_reasoning_beside_the_text_is_not_mixed_into_it() -> None:
    delta = {"content": "Yes.", "reasoning_content": "Hm", "reasoning": "Hm", "thinking": "Hm"}
    assert decoder().feed(event({"choices": [{"delta": delta}]})) == [Delta("Yes.")]


def test_tool_calls_end_an_answer_like_any_other_reason() -> None:
    call = {"index": 0, "id": "c", "function": {"name": "f", "arguments": "{}"}}
    got = decoder()
    sent = event({"choices": [{"delta": {"content": "Let me see.", "tool_calls": [call]}}]})
    end = event({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]})
    assert got.feed(sent + end + DONE) == [Delta("Let me see."), Finished("tool_calls")]
    assert got.done


def test_the_last_chunk_may_bring_text_reason_and_usage_at_once() -> None:
    last = {
        "choices": [
            {"index": 0, "delta": {"content": "b"}, "finish_reason": "stop"},
            {"index": 1, "delta": {"content": "another"}, "finish_reason": "length"},
        ],
        "usage": {"total_tokens": 2},
    }
    assert decoder().feed(text("a") + event(last) + DONE) == [
        Delta("ab"),
        Finished("stop"),
        UsageReported(Usage(total_tokens=2)),
    ]


def test_usage_with_every_chunk_does_not_cut_the_text_up() -> None:
    sent = b"".join(text("x", usage={"completion_tokens": n}) for n in range(1, 100))
    assert decoder().feed(sent) == [
        Delta("x" * 99),
        UsageReported(Usage(completion_tokens=99)),
    ]


def test_credits_are_taken_where_a_service_tells_them() -> None:
    usage = {"total_tokens": 3, "credits": "0.1250", "credits_usd_reference": "0.000125"}
    assert decoder().feed(event({"choices": [], "usage": usage})) == [
        UsageReported(Usage(total_tokens=3, credits="0.1250", credits_usd_reference="0.000125"))
    ]


@pytest.mark.parametrize("credits", [0.125, None, "", "free", "1\n", "\ud83d", {"amount": "1"}])
def test_credits_that_are_no_decimal_string_are_missing(credits: object) -> None:
    chunk = {"choices": [], "usage": {"total_tokens": 3, "credits": credits}}
    raw = f"data: {json.dumps(chunk)}\n\n".encode()
    assert decoder().feed(raw) == [UsageReported(Usage(total_tokens=3))]


@pytest.mark.parametrize("count", [-1, 2**60, 10**400, 1.5, True, "9"])
def test_counts_that_are_none_are_missing(count: object) -> None:
    chunk = {"choices": [], "usage": {"prompt_tokens": count, "total_tokens": 3}}
    assert decoder().feed(event(chunk)) == [UsageReported(Usage(total_tokens=3))]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b'{"choices":[{"delta":{"content":"a"},"logprobs":NaN}]}', "a"),
        (b'{"created":-1e999,"choices":[{"delta":{"content":"a"}}]}', "a"),
        (b'{"created":%b,"choices":[{"delta":{"content":"a"}}]}' % (b"9" * 5000), "a"),
        (b'{"choices":[{"delta":{"content":"a\xff\xc3b"}}]}', "a\ufffd\ufffdb"),
        (b'{"choices":[{"delta":{"content":"a\tb\x00"}}]}', "a\tb\x00"),
        (b'{"choices":[{"delta":{"content":"a\\ud83dzb\\udfb5"}}]}', "a\ufffdzb\ufffd"),
        (b'\xef\xbb\xbf{"choices":[{"delta":{"content":"a"}}]}', "a"),
    ],
)
def test_careless_json_does_not_cost_the_text(raw: bytes, expected: str) -> None:
    got = decoder()
    assert got.feed(b"data: " + raw + b"\n\n" + DONE) == [Delta(expected)]
    assert got.done


def escaped(content: str) -> bytes:
    return f"data: {json.dumps({'choices': [{'delta': {'content': content}}]})}\n\n".encode()


def test_a_character_cut_in_half_between_two_chunks_is_joined() -> None:
    high, low = "\ud83c", "\udfb5"
    assert decoder().feed(escaped(f"a{high}") + escaped(f"{low}b")) == [Delta("a🎵b")]
    got = decoder()
    assert got.feed(escaped(f"a{high}")) == [Delta("a")]
    assert got.feed(event({"choices": [], "usage": None})) == []
    assert got.feed(escaped(f"{low}b")) == [Delta("🎵b")]


@pytest.mark.parametrize("end", [DONE, b"", event({"error": "boom"})])
def test_half_a_character_at_the_very_end_is_shown_as_missing(end: bytes) -> None:
    got = decoder()
    events = [*got.feed(escaped("a\ud83c")), *got.feed(end), *got.finish()]
    assert joined(events) == [Delta("a\ufffd")]


def test_half_characters_do_not_leave_in_names_either() -> None:
    chunk = {"id": "\ud83d", "model": "m\ud83d", "choices": [{"finish_reason": "\udfb5"}]}
    raw = f"data: {json.dumps(chunk)}\n\n".encode()
    assert decoder().feed(raw) == [ModelResolved("\ufffd", "m\ufffd"), Finished("\ufffd")]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["content", "text", "delta", "message", "index", "type", "usage", "code"]),
        inner, max_size=4,
    ),
    max_leaves=8,
)  # fmt: skip
CHUNKS = st.dictionaries(
    st.sampled_from(["id", "model", "usage", "object", "created", "x"]) | st.text(max_size=4),
    VALUES, max_size=5,
)  # fmt: skip
TEXTS = st.text(st.sampled_from("\ud83c\udfb5aé🎵") | st.characters(codec=None), max_size=6)


@given(
    st.dictionaries(st.sampled_from(["choices", "error", "usage", "id", "model"]), VALUES)
    | st.fixed_dictionaries({"choices": st.lists(VALUES, max_size=3)}),
    st.sampled_from(["", "error", "message", "odd"]),
)
def test_whatever_object_comes_it_ends_in_events_or_a_fault(chunk: object, kind: str) -> None:
    head = f"event: {kind}\n" if kind else ""
    got = decoder()
    events = got.feed(f"{head}data: {json.dumps(chunk)}\n\n".encode())
    assert got.fault is None or got.fault.reason is CutReason.ERROR_EVENT
    assert msgspec.json.encode([repr(event) for event in events])
    with contextlib.suppress(msgspec.DecodeError):
        decoder().whole(json.dumps(chunk).encode())


@given(st.lists(st.tuples(TEXTS, CHUNKS), max_size=8), st.data())
def test_no_text_is_lost_whatever_stands_beside_it(
    sent: list[tuple[str, dict[str, object]]], data: st.DataObject
) -> None:
    chunks = [{**beside, "choices": [{"delta": {"content": said}}]} for said, beside in sent]
    for chunk in chunks:
        chunk.pop("error", None)
    raw = b"".join(f"data: {json.dumps(chunk)}\n\n".encode() for chunk in chunks) + DONE
    cuts = data.draw(st.lists(st.integers(0, len(raw)), max_size=8))
    got = decoder()
    events = [
        e for a, b in itertools.pairwise([0, *sorted(cuts), len(raw)]) for e in got.feed(raw[a:b])
    ]
    assert got.done
    units = "".join(said for said, _ in sent).encode("utf-16-le", "surrogatepass")
    assert "".join(e.text for e in events if isinstance(e, Delta)) == units.decode(
        "utf-16-le", "replace"
    )


def test_text_in_the_chunk_that_holds_the_error_is_kept() -> None:
    got = decoder()
    error = {"code": 502, "message": "Provider gone", "type": "provider_error"}
    assert got.feed(text("part", error=error) + DONE) == [Delta("part")]
    fault = fault_of(got)
    assert (fault.message, fault.code) == ("Provider gone", "provider_error")


def test_a_whole_answer_may_be_an_error() -> None:
    got = decoder()
    assert got.whole(b'{"error":{"message":"Gone: sk-secret","type":"t"}}') == []
    assert not got.done
    fault = fault_of(got)
    assert (fault.reason, fault.code) == (CutReason.ERROR_EVENT, "t")
    assert fault.message == "Gone: [key]"


def test_a_long_answer_is_not_held() -> None:
    chunk = text("x" * 1000)
    got = decoder()
    got.feed(chunk)
    tracemalloc.start()
    try:
        length = sum(
            len(e.text) for _ in range(10_000) for e in got.feed(chunk) if isinstance(e, Delta)
        )
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length == 10_000_000
    assert peak < 100_000
