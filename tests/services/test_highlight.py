"""Code in kinds, line by line, for the transcript and the exports."""

import time

import pytest
from pygments.util import ClassNotFound

from beatra_desktop.services.highlight import MAX_SECONDS, CodeKey, Range, highlight


def test_each_line_has_its_ranges_in_the_units_of_qt() -> None:
    first, second = highlight(CodeKey("python", "# 🎵 a\nreturn 12"))
    assert first == (Range(0, 6, "comment"),)
    assert second == (Range(0, 6, "keyword"), Range(7, 2, "number"))


def test_a_language_nobody_knows_is_said() -> None:
    with pytest.raises(ClassNotFound):
        highlight(CodeKey("no such language", "x"))


@pytest.mark.parametrize(
    ("language", "text"), [("c", "int x;\n" + "\n" * 14_000), ("java", "int x;\n" + "a " * 8_000)]
)
def test_what_a_lexer_takes_long_for_stays_plain_behind_a_second(language: str, text: str) -> None:
    started = time.thread_time()
    found = highlight(CodeKey(language, text))
    assert time.thread_time() - started < 4 * MAX_SECONDS
    assert found[0]
