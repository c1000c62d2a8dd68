"""Messages as HTML nobody need trust."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatra_desktop.services.transfer.rich_text import RichText

ALLOWED = {
    "a", "blockquote", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "s", "span", "strong", "sup", "table", "tbody", "td", "th", "thead", "tr",
    "ul",
}  # fmt: skip


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str | None]:
        return [attributes["href"] for _, attributes in self.tags if "href" in attributes]


def _answer(text: str) -> str:
    return RichText("Picture: {text}").answer(text)


def _typed(text: str) -> str:
    return RichText("Picture: {text}").typed(text)


def test_markup_in_a_message_is_text() -> None:
    hostile = '<script>x</script><img src=x onerror=y><style>*{}</style> &lt; "q"'
    for html in (_answer(hostile), _typed(hostile)):
        assert {tag for tag, _ in Page(html).tags} <= {"p"}
        assert "<script>" in Page(html).text


@pytest.mark.parametrize("target", ["https://a.b/c?d=1&e=2", "http://a.b", "mailto:a@b.c"])
def test_web_and_mail_links_are_kept_and_tell_nothing_of_where_they_stand(target: str) -> None:
    page = Page(_answer(f"[so]({target})"))
    [attributes] = [attributes for tag, attributes in page.tags if tag == "a"]
    assert attributes == {"href": target, "rel": "noopener noreferrer"}


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "JaVaScRiPt:x", "data:text/html,x", "file:///etc/passwd", "page.html",
     "//evil.example", "vbscript:x", "#top", "blob:x"],
)  # fmt: skip
def test_other_links_lead_nowhere(target: str) -> None:
    for text in (f"[so]({target})", f"<{target}>", f"[so]: {target}\n\n[so]", f"![so]({target})"):
        assert Page(_answer(text)).links == []


def test_a_picture_is_a_link_and_is_never_loaded() -> None:
    page = Page(_answer("![a <b>](https://a.b/track.png)"))
    assert page.links == ["https://a.b/track.png"]
    assert page.text.strip() == "Picture: a <b>"
    assert "img" not in dict(page.tags)


def test_code_has_its_colours_and_every_character() -> None:
    code = 'def f():\n    return "🎵 <b>"  # &amp;\n'
    page = Page(_answer(f"```python\n{code}```"))
    assert page.text.strip() == code.strip()
    kinds = {attributes.get("class") for tag, attributes in page.tags if tag == "span"}
    assert {"keyword", "string", "comment"} <= kinds
    assert Page(_answer("```nobody-knows\n<x>\n```")).text.strip() == "<x>"


def test_tables_keep_their_alignment_without_styles() -> None:
    page = Page(_answer("| a | b |\n|--:|---|\n| 1 | 2 |"))
    cells = [attributes for tag, attributes in page.tags if tag in ("th", "td")]
    assert cells == [{"align": "right"}, {}] * 2


def test_formulas_and_notes_are_shown_as_text() -> None:
    page = Page(_answer("$x<y$ and \\[z\\]\n\n$$\na<b\n$$\n\nso[^1]\n\n[^1]: a note"))
    assert [tag for tag, attributes in page.tags if attributes.get("class") == "math"] == [
        "code", "code", "pre",
    ]  # fmt: skip
    assert all(part in page.text for part in ("x<y", "a<b", "a note"))


def test_what_a_person_typed_stays_line_by_line() -> None:
    page = Page(_typed("*not bold*\n  indented\n\n```py\nx = 1\n```\nend"))
    assert [tag for tag, _ in page.tags if tag != "span"] == ["p", "pre", "p"]
    assert "*not bold*\n  indented" in page.text
    assert _typed("\n \n") == ""


@given(st.text(max_size=200) | st.lists(st.sampled_from(
    ["<", ">", "&", '"', "'", "[", "](", ")", "!", "`", "```", "\n", "javascript:", "http://", "|",
     "---", "<img", "<a href=", "onload=", "$$", "\\(", "[^1]", ": ", "    ", "> ", "* "]
)).map("".join))  # fmt: skip
def test_no_text_brings_tags_or_attributes_of_its_own(text: str) -> None:
    for html in (_answer(text), _typed(text)):
        for tag, attributes in Page(html).tags:
            assert tag in ALLOWED
            assert set(attributes) <= {"class", "href", "rel", "align", "start"}
