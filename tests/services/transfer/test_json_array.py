"""Elements of an array, found without decoding it."""

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.services.transfer.json_array import (
    CHUNK_BYTES,
    ElementTooLarge,
    NotAnArray,
    spans,
)

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
_OBJECTS = st.lists(st.dictionaries(st.text(max_size=5), _VALUES, max_size=5), max_size=6)


class Dripping:
    """A file that gives a few bytes at a time, whatever it is asked for."""

    def __init__(self, text: bytes, size: int) -> None:
        self._file = io.BytesIO(text)
        self._size = size

    def read(self, _size: int, /) -> bytes:
        return self._file.read(self._size)


@given(_OBJECTS, st.integers(1, 9), st.sampled_from([None, 1]), st.booleans())
def test_every_element_is_found_wherever_it_is_cut(
    objects: list[object], size: int, indent: int | None, ensure_ascii: bool
) -> None:
    text = json.dumps(objects, indent=indent, ensure_ascii=ensure_ascii).encode()
    found = list(spans(Dripping(text, size)))
    assert [json.loads(text[span.start : span.stop]) for span in found] == objects


def test_a_byte_order_mark_is_no_element() -> None:
    text = b"\xef\xbb\xbf [ {} ]\n"
    assert [text[s.start : s.stop] for s in spans(io.BytesIO(text))] == [b"{}"]


@pytest.mark.parametrize(
    "text",
    [b"", b"{}", b"[", b"[{}", b'[{"a": "', b"[1]", b'["a"]', b"[[]]", b"[{}] x", b"[{}][{}]",
     b"]", b"[{} 1]", b"null", b"[{}]]", b'[{"a":1}, "', b"[}", b"}["],
)  # fmt: skip
def test_anything_else_is_refused(text: bytes) -> None:
    with pytest.raises(NotAnArray):
        list(spans(io.BytesIO(text)))
    with pytest.raises(NotAnArray):
        list(spans(Dripping(text, 1)))


@pytest.mark.parametrize("filling", [b'"' + b"x" * 3000 + b'"', b"[" * 3000, b"1" * 3000])
def test_an_element_that_does_not_end_is_given_up(filling: bytes) -> None:
    with pytest.raises(ElementTooLarge):
        list(spans(Dripping(b'[{"a":' + filling, 100), max_bytes=1000))


class Endless:
    """A file of blanks, as a zip of some kilobytes can hold."""

    def __init__(self, total: int) -> None:
        self._left = total

    def read(self, size: int, /) -> bytes:
        given = min(size, self._left)
        self._left -= given
        return b" " * given


def test_blanks_without_end_take_no_memory() -> None:
    tracemalloc.start()
    with pytest.raises(NotAnArray):
        list(spans(Endless(64 * CHUNK_BYTES)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 8 * CHUNK_BYTES
