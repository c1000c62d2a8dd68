"""The parser that the transcript and the exports share."""

from html.parser import HTMLParser

import pytest

from beatra_desktop.services.markdown import MAX_DEPTH, make_parser


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)


def test_html_is_text() -> None:
    html = make_parser().render('<script>alert(1)</script>\n\n<b onclick="x">b</b>')
    assert set(_Tags(html).seen) == {"p"}
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("$$\nx^2\n$$", "math_block"),
        ("\\[ x^2 \\]", "math_block"),
        ("$$ x^2", "math_source"),
        ("[^1]: a note", "footnote_reference_open"),
    ],
)
def test_blocks_that_commonmark_does_not_know(text: str, kind: str) -> None:
    assert kind in [token.type for token in make_parser().parse(text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("so \\(x^2\\) is", "math_inline"),
        ("so \\[x^2\\] is", "math_inline_double"),
        ("as said[^1]", "note_mark"),
        ("above<br>below", "hardbreak"),
        ("above <BR />\nbelow", "hardbreak"),
    ],
)
def test_marks_inside_a_line_that_commonmark_does_not_know(text: str, kind: str) -> None:
    inline = make_parser().parse(text)[1]
    assert kind in [token.type for token in inline.children or ()]


def test_a_cell_has_lines_and_a_written_break_is_one() -> None:
    html = make_parser().render("| a |\n|---|\n| 1<br>2 |\n\nabove<br/>\nbelow, `<br>`")
    assert _Tags(html).seen.count("br") == 2
    assert "&lt;br&gt;" in html


def test_what_is_nested_too_deeply_is_kept_as_a_paragraph() -> None:
    html = make_parser().render("> " * (MAX_DEPTH + 20) + "deep down")
    assert "deep down" in html
