"""Where sentences end, and where a full stop ends none."""

import pytest

from beatra_desktop.ui.chat.sentences import LONGEST, cut, sentences_of


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("It costs 3.50 dollars. Cheap.", ["It costs 3.50 dollars.", "Cheap."]),
        ("Dr. Ruth is, e.g. in St. Paul's. Now", ["Dr. Ruth is, e.g. in St. Paul's.", "Now"]),
        ("J. R. R. Tolkien. So do I. Yes.", ["J. R. R. Tolkien.", "So do I.", "Yes."]),
        ("1. The first. It is short.", ["1. The first.", "It is short."]),
        ("Wait … no. “Go!” she said.", ["Wait … no.", "“Go!” she said."]),
        ("approx. five of them", ["approx. five of them"]),
        ("你好。这是“测试。”对吗？好", ["你好。", "这是“测试。”", "对吗？", "好"]),
        ("مرحبا؟ نعم.", ["مرحبا؟", "نعم."]),
        ("नमस्ते। हाँ।", ["नमस्ते।", "हाँ।"]),
        ("A line\u2028and another", ["A line", "and another"]),
        ("See beatra.ai/docs for more.", ["See beatra.ai/docs for more."]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_pause(text: str, sentences: list[str]) -> None:
    assert sentences_of(text) == sentences


@pytest.mark.parametrize("text", ["It is 3.", "It is over.", "Really? ", "在这里。"])
def test_what_may_still_go_on_is_waited_for(text: str) -> None:
    assert cut(text) == ([], text)


def test_a_sentence_without_an_end_is_cut_at_a_pause() -> None:
    ended, rest = cut("word, " * (LONGEST // 4))
    assert len(ended) == 1
    assert ended[0].endswith("word,")
    assert len(ended[0]) <= LONGEST
    assert rest.startswith("word")
