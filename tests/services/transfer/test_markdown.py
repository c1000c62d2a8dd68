"""Conversations as Markdown."""

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from beatra_desktop.domain.chat import MessageStatus
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.services.transfer.markdown import markdown, open_fence
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.services.transfer.wording import Wording
from tests.services.transfer.trees import answered, said, tree, trees


def _written(found: Tree, words: ExportWords, *, all_branches: bool = False) -> str:
    return "".join(markdown(found, Wording(words), all_branches=all_branches))


def test_a_conversation_reads_from_top_to_bottom(words: ExportWords) -> None:
    text = _written(
        tree(
            said("a", "Why does it *rain*?"),
            answered("b", "Because.", after="a", model="guide-1", status=MessageStatus.STOPPED),
            title="Rain & *wind*",
            system_prompt="Be brief.",
        ),
        words,
    )
    order = [
        "# Rain & \\*wind\\*\n", "Begun on", "## System prompt\n\nBe brief.\n", "## You\n",
        "Why does it *rain*?\n", "## Answer (guide-1)\n", "Because.\n", "> **Stopped.**\n",
        "Exported from Beatra Desktop on",
    ]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert text.endswith(".\n")


def test_texts_stand_there_exactly_as_they_were_written(words: ExportWords) -> None:
    odd = "  two spaces\n\n\n\ttab  \n<b>&amp;</b> \\* ~~~ 北京 مرحبا"
    assert f"\n{odd}\n" in _written(tree(said("a", odd)), words)


@given(trees())
def test_every_text_is_in_it(found: Tree) -> None:
    words = _words()
    text = _written(found, words, all_branches=True)
    assert all(message.text in text for message in found.messages)


def _words() -> ExportWords:
    fields = {name: name for name in ExportWords.__struct_fields__ if name != "reason"}
    return ExportWords(**fields, reason=lambda failure: failure.code.value)


def test_other_branches_are_written_only_if_wanted_and_marked(words: ExportWords) -> None:
    forked = tree(
        said("a", "ask"),
        answered("b", "first", after="a"),
        answered("c", "second", after="a"),
        head_id=MessageId("c"),
    )
    assert "first" not in _written(forked, words)
    text = _written(forked, words, all_branches=True)
    assert text.index("# Branch 1 of 2\n") < text.index("second")
    assert text.index("# Branch 2 of 2, from message 1\n") < text.index("first")
    assert "## 3. Answer\n" in text


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("plain", ""),
        ("```py\nx = 1", "```"),
        ("```py\nx = 1\n```", ""),
        ("````\n```\nx", "````"),
        ("~~~\n```\n~~~", ""),
        ("~~~~\n~~~\nx", "~~~~"),
        ("``` not `one`\nx", ""),
        ("    ```\nindented", ""),
        ("```\n``` x\nstill open", "```"),
    ],
)
def test_a_code_block_that_was_cut_off_is_closed(text: str, closing: str) -> None:
    assert open_fence(text) == closing


def test_a_cut_code_block_does_not_swallow_what_follows(words: ExportWords) -> None:
    cut = answered("b", "```py\nx = 1", after="a", status=MessageStatus.INCOMPLETE)
    text = _written(tree(said("a", "code"), cut), words)
    code = [token for token in MarkdownIt().parse(text) if token.type == "fence"]
    assert [token.content for token in code] == ["x = 1\n"]
