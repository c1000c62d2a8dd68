"""The event decoder gives the same events however the bytes are cut."""

import itertools
import sys
import tracemalloc
from collections.abc import Callable
from functools import partial
from types import FrameType

import httpx
import pytest
from httpx_sse import EventSource
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.api.sse import (
    MAX_EVENT_BYTES,
    TELLING_BYTES,
    EventTooLargeError,
    ServerSentEvent,
    SSEDecoder,
    begins_stream,
    without_blanks,
)

LINES = st.sampled_from(
    ["data: one", "data:two", "data", "data:  spaced", ": note", "event: error", "event:x",
     "id: 7", "retry: 5", "data: a\u2028b\u2029c\u0085d", "data: 🎵é", "data: \x0b\x0c\x1c\0",
     "", "", "unknown: x", ":", "data : x", " data: x", "Data: x", "event", "data: a: b"]
)  # fmt: skip
STREAMS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\r\n", "\r"])), max_size=20).map(
    lambda parts: "".join(line + end for line, end in parts)
)


BYTES = st.lists(
    st.one_of(st.sampled_from([b"data:", b"event:", b"\n", b"\r", b"\n\n", b"\xef\xbb\xbf", b" "]),
              st.binary(max_size=4)),
    max_size=30,
).map(b"".join)  # fmt: skip


def decoded(*pieces: bytes) -> list[ServerSentEvent]:
    decoder = SSEDecoder()
    return [event for piece in pieces for event in decoder.feed(piece)]


def data_of(*pieces: bytes) -> list[bytes]:
    return [event.data for event in decoded(*pieces)]


@given(STREAMS, st.data())
def test_cutting_anywhere_changes_nothing(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(raw)), max_size=8)))
    edges = [0, *cuts, len(raw)]
    pieces = [raw[a:b] for a, b in itertools.pairwise(edges)]
    assert decoded(*pieces) == decoded(raw)


@given(BYTES, st.lists(st.integers(0, 80), max_size=12))
def test_cutting_any_bytes_anywhere_changes_nothing(raw: bytes, cuts: list[int]) -> None:
    edges = [0, *sorted(min(cut, len(raw)) for cut in cuts), len(raw)]
    whole, split = SSEDecoder(), SSEDecoder()
    expected = [*whole.feed(raw), *whole.finish()]
    pieces = [raw[a:b] for a, b in itertools.pairwise(edges)]
    assert [
        *(event for piece in pieces for event in split.feed(piece)),
        *split.finish(),
    ] == expected


@given(STREAMS)
def test_agrees_with_httpx_sse(text: str) -> None:
    headers = {"content-type": "text/event-stream"}
    response = httpx.Response(200, headers=headers, content=text.encode())
    theirs = [(event.event, event.data) for event in EventSource(response).iter_sse()]
    ours = [(event.kind, event.data.decode()) for event in decoded(text.encode())]
    assert [event for event in ours if event[1]] == [
        # the standard's default name; events without data are not dispatched there either
        ("" if kind == "message" else kind, data) for kind, data in theirs if data
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"\xef\xbb\xbfdata: x\n\n", [b"x"]),
        (b"data: a\ndata: b\n\n", [b"a\nb"]),
        (b"data: a\r\ndata: b\r\n\r\n", [b"a\nb"]),
        (b"data: a\r\rdata: b\r\r", [b"a", b"b"]),
        (b"data: a\r\n\r\n", [b"a"]),
        (b": ping\n\n", []),
        (b"event: lonely\n\n", []),
        (b"data: a\n", []),
    ],
)
def test_line_forms(raw: bytes, expected: list[bytes]) -> None:
    assert data_of(raw) == expected
    assert data_of(*(raw[i : i + 1] for i in range(len(raw)))) == expected


def test_a_lone_carriage_return_ends_an_event_at_once() -> None:
    decoder = SSEDecoder()
    assert [event.data for event in decoder.feed(b"data: a\r\r")] == [b"a"]
    assert decoder.feed(b"\n") == []


@pytest.mark.parametrize("tail", [b"", b"\n", b"\r", b"\r\n"])
def test_finish_gives_what_lacked_its_blank_line(tail: bytes) -> None:
    decoder = SSEDecoder()
    assert decoder.feed(b"data: [DONE]" + tail) == []
    assert decoder.finish() == [ServerSentEvent("", b"[DONE]")]


def test_a_line_of_four_megabytes_in_small_pieces() -> None:
    payload = b"x" * (4 * 1024 * 1024)
    raw = b"data: " + payload + b"\n\n"
    assert data_of(*(raw[i : i + 1024] for i in range(0, len(raw), 1024))) == [payload]


@pytest.mark.parametrize("piece", [b"x" * 65536, b"data: x\n" * 8192])
def test_an_endless_event_is_refused(piece: bytes) -> None:
    pieces = itertools.repeat(piece, MAX_EVENT_BYTES // len(piece) + 1)
    with pytest.raises(EventTooLargeError):
        decoded(b"data: ", *pieces)


def test_many_events_are_not_one_large_one() -> None:
    decoder = SSEDecoder()
    event = b"data: " + b"x" * 65536 + b"\n\n"
    for _ in range(MAX_EVENT_BYTES // len(event) + 10):
        assert len(decoder.feed(event)) == 1


@pytest.mark.parametrize(
    ("head", "is_stream"),
    [
        (b"data: {}", True), (b"data:{}", True), (b": ping", True), (b"event: x", True),
        (b"id: 1\n", True), (b"retry: 1", True), (b"\xef\xbb\xbf\r\n\n data:", True),
        (b'{"data": 1}', False), (b"<html>", False), (b"dated: x", False), (b"Bad gateway", False),
        (b"", False), (b"\n", False), (b"data", False),
    ],
)  # fmt: skip
def test_a_stream_is_known_by_its_first_bytes(head: bytes, is_stream: bool) -> None:
    assert begins_stream(head) is is_stream
    telling = head[: len(head) - len(without_blanks(head)) + TELLING_BYTES]
    assert begins_stream(telling) is is_stream


def calls(work: Callable[[], object]) -> int:
    """How many functions, of Python and of C, the work calls: steps, whatever time they take."""
    count = 0

    def step(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("end", [b"\n\n", b"\n", b""])
@pytest.mark.parametrize("size", [1, 1024])
def test_twice_the_bytes_take_twice_the_steps(size: int, end: bytes) -> None:
    piece = b"data: " + b"x" * size + end
    once, twice = (calls(partial(decoded, *[piece] * n, b"\n\n")) for n in (1000, 2000))
    assert twice < 2.1 * once


def test_a_long_line_is_held_about_once_and_let_go_of() -> None:
    pieces = [b"data: ", *[bytes([65 + n]) * 65536 for n in range(64)], b"\n\n"]
    decoder = SSEDecoder()
    tracemalloc.start()
    try:
        length = sum(len(e.data) for piece in pieces for e in decoder.feed(piece))
        left, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert length == 64 * 65536
    # its pieces, the line, its value, and the event made of it
    assert peak < 4.5 * length
    assert left < length / 100
