"""What the wire types work out for their readers."""

import pytest

from beatra_desktop.api.types import (
    Artifact,
    Audio,
    ChatText,
    Clip,
    ContentPart,
    Health,
    Task,
    TaskOutput,
)


def test_a_task_without_output_has_no_clips() -> None:
    clip = Clip(Audio(url="u"))
    assert Task("tsk_1", "running").clips == []
    assert Task("tsk_1", "succeeded", output=TaskOutput([clip])).clips == [clip]


@pytest.mark.parametrize(
    ("artifact", "link"),
    [
        (Artifact("a"), None),
        (Artifact("a", url="u", cdn_url="c", download_url="d"), "u"),
        (Artifact("a", cdn_url="c", download_url="d"), "c"),
        (Artifact("a", download_url="d"), "d"),
    ],
)
def test_the_first_link_wins(artifact: Artifact, link: str | None) -> None:
    assert artifact.link == link


@pytest.mark.parametrize(("status", "is_up"), [("ok", True), ("degraded", False), (None, False)])
def test_only_ok_means_up(status: str | None, is_up: bool) -> None:
    assert Health(status).is_up is is_up


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (None, ""),
        ("a", "a"),
        ([], ""),
        (["a", ContentPart(text="b"), ContentPart("text", "c"), ContentPart("text")], "abc"),
        ([ContentPart("output_text", "a"), ContentPart("thinking", "b")], "a"),
    ],
)
def test_the_text_of_a_message_is_that_of_its_parts(
    content: str | list[str | ContentPart] | None, text: str
) -> None:
    assert ChatText(content=content).text == text
