"""What a copy gives to other programs, in each form."""

import pytest

from beatra_desktop.ui.chat.clipboard import Form, Part, Source, content
from beatra_desktop.ui.chat.plain_text import plain_text


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Title\n\n**Bold**, *italic* and `code`", "Title\n\nBold, italic and code"),
        ("- a\n- b\n    - c\n      more\n- [x] d", "• a\n• b\n    ◦ c\n        more\n☑ d"),
        ("1. a\n\n    b\n2. c", "1. a\n\n    b\n\n2. c"),
        ("```py\na = 1\n\nb = 2\n```\n\nend", "a = 1\n\nb = 2\n\nend"),
        ("| a | b |\n|---|---|\n| 1 | **2** |", "a\tb\n1\t2"),
        ("| a | b |\n|---|---|\n| 1<br>2 | 3 |", "a\tb\n1 2\t3"),
        (
            "> said\n\n---\n\nSo $x^2$[^1]\n\n$$\ny\n$$\n\n[^1]: Note",
            "said\n\nSo x^2[1]\n\ny\n\n[1] Note",
        ),
        ("one  \ntwo", "one\ntwo"),
        ("", ""),
    ],
)
def test_plain_text_reads_like_the_message(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text


def test_a_long_table_is_copied_row_by_row() -> None:
    rows = [f"| {n} | x |" for n in range(50)]
    lines = plain_text("\n".join(["| n | x |", "|---|---|", *rows])).split("\n")
    assert lines == ["n\tx", *(f"{n}\tx" for n in range(50))]


def test_any_program_finds_a_form_it_takes() -> None:
    made = content([Part("**b** <i>")])
    assert made.text() == "**b** <i>"
    assert bytes(made.data("text/markdown").data()) == b"**b** <i>"
    assert "<strong>b</strong> &lt;i&gt;" in made.html()


def test_each_form_gives_nothing_else() -> None:
    part = Part("**b**")
    markdown, rich, plain = (content([part], form) for form in list(Form)[1:])
    assert (markdown.text(), markdown.hasHtml()) == ("**b**", False)
    assert (rich.text(), rich.hasFormat("text/markdown")) == ("b", False)
    assert "<strong>b</strong>" in rich.html()
    assert (plain.text(), plain.hasHtml(), plain.hasFormat("text/markdown")) == ("b", False, False)


def test_what_a_person_typed_and_code_are_not_read_as_markdown() -> None:
    typed = Part("a *b*\n<c>\n```py\n*x*\n```", Source.TYPED)
    assert content([typed], Form.PLAIN).text() == typed.text
    html = content([typed]).html()
    assert "a *b*<br>&lt;c&gt;" in html
    assert "<pre>*x*</pre>" in html
    code = Part("__init__ = '<x>'", Source.CODE)
    assert "<pre>__init__ = &#x27;&lt;x&gt;&#x27;</pre>" in content([code]).html()


def test_several_speakers_are_named() -> None:
    parts = [Part("What?", Source.TYPED, "You"), Part("*That*", speaker="m<1>")]
    assert content(parts).text() == "**You:**\n\nWhat?\n\n**m<1>:**\n\n*That*"
    assert content(parts, Form.PLAIN).text() == "You:\n\nWhat?\n\nm<1>:\n\nThat"
    assert "<strong>m&lt;1&gt;:</strong>" in content(parts, Form.RICH).html()
