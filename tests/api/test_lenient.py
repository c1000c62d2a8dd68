"""Answers that are not quite what the contract says lose the odd field, not the whole."""

import contextlib
import json
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from beatra_desktop.api import lenient
from beatra_desktop.api.types import Artifact, Capability, Model, Pricing, Task


def task(**fields: object) -> Task:
    return lenient.convert(Task, {"task_id": "tsk_1", "status": "running", **fields})


def test_only_id_and_status_are_needed() -> None:
    assert lenient.decode(Task, b'{"task_id":"a","status":"odd"}') == Task("a", "odd")


@pytest.mark.parametrize(
    "body",
    [b"", b"nonsense", b"[]", b'"x"', b"{}", b'{"task_id":"a"}', b'{"task_id":1,"status":""}'],
)
def test_what_cannot_be_a_task_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        lenient.decode(Task, body)


def test_absurd_nesting_is_an_ordinary_decode_error() -> None:
    with pytest.raises(msgspec.DecodeError):
        lenient.decode(Task, b"[" * 200_000)


def test_wrong_types_count_as_missing_at_every_depth() -> None:
    got = task(
        progress={"percent": "half", "stage": "generating"},
        billing={"charged_credits": 80, "currency": "USD"},
        error="oops",
        warnings=None,
        metadata=None,
        links=[],
        usage={"lines": [{"quantity": "1"}, 7], "credits": None},
    )
    assert got.progress is not None
    assert got.progress.percent is None
    assert got.progress.stage == "generating"
    assert got.billing is not None
    assert got.billing.charged_credits is None
    assert got.billing.currency == "USD"
    assert got.error is None
    assert (got.warnings, got.metadata, got.links) == ([], {}, {})
    assert got.usage is not None
    assert [line.quantity for line in got.usage.lines] == ["1"]


def test_clips_keep_their_order_and_those_without_audio_are_left_out() -> None:
    clips = [{"audio": {"url": "u1"}}, {"title": "no audio"}, None, {"audio": {"url": "u2"}}]
    got = task(output={"clips": clips})
    assert [clip.audio.url for clip in got.clips] == ["u1", "u2"]
    assert task(output={"clips": None}).clips == []
    assert task(output=None).clips == []


@pytest.mark.parametrize("tags", ["a, b", ["a", "b"], None])
def test_tags_may_be_text_or_a_list(tags: object) -> None:
    got = task(output={"clips": [{"audio": {}, "tags": tags}]})
    assert got.clips[0].tags == tags


def test_times_are_aware_and_anything_else_is_missing() -> None:
    got = task(created_at="2026-09-01T10:00:00Z", started_at="2026-09-01T10:00:00", completed_at=7)
    assert got.created_at == datetime(2026, 9, 1, 10, tzinfo=UTC)
    assert got.started_at is None
    assert got.completed_at is None


@pytest.mark.parametrize("body", [b'{"data":[{"id":"a"},{"x":1},7]}', b'[{"id":"a"},null]'])
def test_lists_come_bare_or_wrapped_and_drop_what_has_no_id(body: bytes) -> None:
    assert lenient.decode_list(Model, body) == [Model("a")]


@pytest.mark.parametrize("body", [b"{}", b'{"data":7}', b"null", b"7", b"<html>"])
def test_what_holds_no_list_is_refused(body: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        lenient.decode_list(Model, body)


def test_no_models_at_all_may_be_null() -> None:
    assert lenient.decode_list(Model, b'{"object":"list","data":null}') == []


def test_what_other_services_put_into_a_model_is_passed_over() -> None:
    item = {
        "id": "m",
        "created": 1.5,
        "status": {"value": "loaded"},
        "capabilities": {"completion_chat": True},
        "pricing": {"prompt": "0.1"},
        "meta": {"n_ctx": None},
        "limits": [],
    }
    assert lenient.decode_list(Model, json.dumps([item]).encode()) == [
        Model("m", pricing=Pricing())
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}),
        (b'{"a":NaN,"b":-Infinity,"c":1e999,"d":1.5}', {"a": None, "b": None, "c": None, "d": 1.5}),
        (b'{"a":%b,"b":NaN}' % (b"9" * 5000), {"a": None, "b": None}),
        (b'{"a":-7,"b":NaN}', {"a": -7, "b": None}),
        (b'{"a":"x\xffy"}', {"a": "x\ufffdy"}),
        (b'{"a":"x\ty"}', {"a": "x\ty"}),
        (b'{"\\ud83d":["\\udfb5","\\ud83c\\udfb5"]}', {"\ufffd": ["\ufffd", "🎵"]}),
    ],
)
def test_careless_json_is_read_in_whole_characters(body: bytes, expected: object) -> None:
    assert lenient.parse(body) == expected


@given(st.binary(max_size=40) | st.text(max_size=40).map(lambda text: text.encode()))
@example(b'{"a":"\xff')
@example(b'{"a":"\xff","b":' + b"[" * 100_000)
def test_whatever_is_no_json_is_an_ordinary_decode_error(body: bytes) -> None:
    with contextlib.suppress(msgspec.DecodeError):
        lenient.parse(body)


def test_only_loose_reading_leaves_half_a_character() -> None:
    assert lenient.parse_loosely(b'"\\ud83d"') == "\ud83d"
    assert lenient.whole("\ud83d\ude00 \ud83d") == "😀 \ufffd"


def test_a_field_whose_wire_name_is_a_python_word() -> None:
    got = lenient.decode_list(Capability, b'[{"id":"text_to_music","async":true}]')
    assert got[0].is_async is True


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, None),
        ({"url": 7, "cdn_url": {"x": 1}, "download_url": "d"}, "d"),
        ({"url": "u", "cdn_url": "c"}, "u"),
        ({"url": None, "cdn_url": "c", "download_url": "d"}, "c"),
    ],
)
def test_the_link_of_an_upload_is_the_first_that_is_a_text(
    fields: dict[str, object], expected: str | None
) -> None:
    assert lenient.convert(Artifact, {"artifact_id": "art_1", **fields}).link == expected
