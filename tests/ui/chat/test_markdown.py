import pytest

from beatra_desktop.ui.chat.blocks import (
    Block,
    Code,
    Formula,
    Place,
    Rule,
    Span,
    Style,
    Table,
    Text,
)
from beatra_desktop.ui.chat.markdown import Reader, verbatim_blocks


def blocks(text: str) -> list[Block]:
    return Reader().blocks(text)


def spans(text: str) -> tuple[Span, ...]:
    (block,) = blocks(text)
    assert isinstance(block, Text)
    return block.spans


def test_headings_paragraphs_and_rules() -> None:
    assert blocks("## Two\n\ntext\n\n---") == [
        Text(Place(), (Span("Two"),), level=2),
        Text(Place(), (Span("text"),)),
        Rule(Place()),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**b**", Span("b", Style.BOLD)),
        ("*i*", Span("i", Style.ITALIC)),
        ("~~s~~", Span("s", Style.STRIKE)),
        ("***bi***", Span("bi", Style.BOLD | Style.ITALIC)),
        ("`c*d*`", Span("c*d*", Style.CODE)),
        ("$x^2$", Span("x^2", Style.MATH)),
        ("\\(x^2\\)", Span("x^2", Style.MATH)),
        ("a $$x$$ b", Span("x", Style.MATH | Style.DISPLAY)),
        ("[^7]", Span("7", Style.NOTE_MARK)),
        ("[t](https://a.b)", Span("t", href="https://a.b")),
        ("https://a.b/c", Span("https://a.b/c", href="https://a.b/c")),
        ("![alt](https://a.b/i.png)", Span("alt", Style.IMAGE, "https://a.b/i.png")),
        ("<b>bold</b>", Span("<b>bold</b>")),
        ("<script>alert(1)</script>", Span("<script>alert(1)</script>")),
        ("a\nb", Span("a\u2028b")),
        ("$5 and $10", Span("$5 and $10")),
    ],
)
def test_text_styles(text: str, expected: Span) -> None:
    plain = {Span("a "), Span(" b")}
    assert [span for span in spans(text) if span not in plain] == [expected]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "ftp://a.b", "/etc"]
)
def test_only_web_and_mail_links_can_be_opened(target: str) -> None:
    found = spans(f"[click]({target})")
    assert all(not span.href for span in found)
    assert target in "".join(span.text for span in found)


def test_a_bare_link_ends_before_the_sentence_does() -> None:
    assert spans("See https://a.b/c.") == (
        Span("See "),
        Span("https://a.b/c", href="https://a.b/c"),
        Span("."),
    )


def test_lists_know_their_depth_and_signs() -> None:
    found = blocks("3. a\n4. b\n   - c\n     - d\n- [ ] e\n- [x] f")
    assert [(block.place.nest, block.place.marker) for block in found] == [
        ("i", "3."),
        ("i", "4."),
        ("ii", "◦"),
        ("iii", "▪"),
        ("i", "☐"),
        ("i", "☑"),
    ]


def test_a_quote_says_where_it_begins() -> None:
    found = blocks("> a\n>\n> b\n>\n> > c\n\n> d")
    assert [block.place.nest for block in found] == ["Q", "q", "qQ", "Q"]


def test_code_keeps_its_text_and_first_word_of_its_info() -> None:
    assert blocks("```python title=x\na\n\n  b\n```") == [Code(Place(), "python", "a\n\n  b")]
    assert blocks("    indented") == [Code(Place(), "", "indented")]


def test_tables_keep_alignment_and_short_rows() -> None:
    (table,) = blocks("| a | b |\n|:-:|--:|\n| 1 |\n| 2 | 3 |")
    assert isinstance(table, Table)
    assert table.alignments == ("center", "right")
    assert table.rows[1] == ((Span("2"),), (Span("3"),))


@pytest.mark.parametrize("text", ["$$\nx\n$$", "\\[\nx\n\\]", "$$x$$", "\\[ x \\]"])
def test_display_formulas(text: str) -> None:
    assert blocks(f"before\n{text}\nafter")[1] == Formula(Place(), "x")


@pytest.mark.parametrize("text", ["$$\nx", "\\[\nx", "$$"])
def test_an_unclosed_formula_shows_its_source(text: str) -> None:
    shown = "\u2028".join(text.split("\n"))
    assert blocks(text + "\n\nafter") == [
        Text(Place(), (Span(shown),)),
        Text(Place(), (Span("after"),)),
    ]


def test_a_footnote_stays_where_it_is_written() -> None:
    found = blocks("a[^n]\n\n[^n]: the note\n\nb")
    assert found[1] == Text(Place("n", "n"), (Span("the note"),))


def test_what_a_person_typed_stays_as_it_is() -> None:
    assert verbatim_blocks("# no heading\n*no* list\n```js\ncode\n```") == [
        Text(Place(), (Span("# no heading\u2028*no* list"),)),
        Code(Place(), "js", "code"),
    ]


def test_html_for_the_clipboard_fetches_nothing_and_leads_only_to_the_web() -> None:
    html = Reader().html(
        "![a *cat*](http://x.y/p.png) ![](smb://e/s) [b](smb://e/s) [c](http://d.e)"
    )
    assert "<img" not in html
    assert "a *cat*" in html
    assert "<a>b</a>" in html
    assert '<a href="http://d.e">c</a>' in html


def test_html_for_the_clipboard_escapes_html() -> None:
    html = Reader().html("**b** <i>x</i> [^1]\n\n$$\n<i>\n")
    assert "<strong>b</strong>" in html
    assert "<i>" not in html
