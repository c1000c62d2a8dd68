"""What messages of a ChatGPT export say."""

from typing import Any

import pytest

from beatra_desktop.services.transfer.chatgpt_text import text_of


def _said(**content: Any) -> str:
    return text_of({"content": content}, is_answer=True)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (["one", "two"], "one\n\ntwo"),
        (["", None, 7, "x"], "x"),
        ([{"content_type": "image_asset_pointer"}, "look"], "[picture]\n\nlook"),
        ([{"content_type": "audio_transcription", "text": "spoken"}], "spoken"),
        ([{"content_type": "audio_asset_pointer"}], "[audio]"),
        ([{"content_type": "real_time_user_audio_video_asset_pointer"}], "[audio]"),
        ([{"content_type": "video_container_asset_pointer"}], "[video]"),
        ([{"what": "else"}], "[attachment]"),
        ("not a list", ""),
        ([], ""),
    ],
)
def test_parts_are_text_or_a_short_note(parts: object, text: str) -> None:
    assert _said(content_type="multimodal_text", parts=parts) == text


def test_code_and_its_output_stand_in_fences() -> None:
    assert _said(content_type="code", language="python", text="x = 1\n") == "```python\nx = 1\n```"
    assert _said(content_type="code", language="unknown", text="x") == "```\nx\n```"
    assert _said(content_type="code", language="a\nb", text="x") == "```\nx\n```"
    assert _said(content_type="execution_output", text="a ``` b") == "````\na ``` b\n````"
    assert _said(content_type="code", text="  ") == ""


@pytest.mark.parametrize(
    "message",
    [{}, {"content": None}, {"content": []}, {"content": {}}, {"content": {"parts": {"a": 1}}},
     {"content": {"content_type": "thoughts", "parts": ["hm"]}},
     {"content": {"content_type": ["x"], "text": {}}}],
)  # fmt: skip
def test_what_says_nothing_is_empty(message: dict[str, Any]) -> None:
    assert text_of(message, is_answer=True) == ""


def test_other_shapes_with_a_text_are_read() -> None:
    assert text_of({"content": "bare"}, is_answer=False) == "bare"
    assert _said(content_type="tether_quote", text="quoted") == "quoted"
    assert _said(content_type="tether_browsing_display", result="found") == "found"


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("Rain \ue200cite\ue202turn0search1\ue202turn2news0\ue201.", "Rain."),
        ("Rain【12†source】 falls 【3:0†a.pdf】.", "Rain falls."),
        ("See \ue200url\ue202the page\ue202turn0\ue201 now", "See the page now"),
        ('In \ue200entity\ue202["city","Paris","x"]\ue201 it rains', "In Paris it rains"),
        ("In \ue200entity\ue202broken\ue201it", "In it"),
        ("\ue200cite never closed", "cite never closed"),
        ("kept 【brackets】 †", "kept 【brackets】 †"),
    ],
)
def test_marks_of_citations_are_taken_out(marked: str, text: str) -> None:
    assert _said(content_type="text", parts=[marked]) == text
    assert text_of({"content": {"parts": [marked]}}, is_answer=False) == marked
