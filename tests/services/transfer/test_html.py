"""Conversations as one page."""

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from beatra_desktop.domain.chat import MessageStatus, Role
from beatra_desktop.domain.ids import MessageId
from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.services.transfer.html import body, html
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.services.transfer.wording import Wording
from tests.services.transfer.trees import answered, said, tree

HOSTILE = (
    "<script>alert(1)</script> <img src=https://evil.example/x.png> ![p](https://evil.example/y.png)"
    ' <iframe src="https://evil.example"></iframe> <style>@import "https://evil.example"</style>'
)
_LOADING = {"src", "srcset", "data", "action", "formaction", "poster", "background", "style"}
_VOID = {"meta", "br", "hr"}


class Page(HTMLParser):
    """A page as a browser takes it apart; fails for tags that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.style = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["style"]:
            self.style += data
        else:
            self.text += data

    def meta(self, name: str) -> str:
        found = next(a for tag, a in self.tags if tag == "meta" and name in a.values())
        return found["content"] or ""


def _page(found: Tree, words: ExportWords, *, all_branches: bool = False) -> Page:
    return Page("".join(html(found, Wording(words), all_branches=all_branches)))


@pytest.fixture
def hostile(words: ExportWords) -> Page:
    model = '"><script>'
    answer = answered("b", HOSTILE, after="a", model=model, status=MessageStatus.INCOMPLETE)
    system = said("s", HOSTILE, after="b", role=Role.SYSTEM)
    found = tree(said("a", HOSTILE), answer, system, title=HOSTILE, system_prompt=HOSTILE)
    return _page(found, words)


def test_nothing_in_it_runs_or_is_loaded(hostile: Page) -> None:
    assert not {tag for tag, _ in hostile.tags} & {"script", "img", "iframe", "link", "object"}
    for _, attributes in hostile.tags:
        assert not _LOADING & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
    assert not re.search(r"@import|url\(", hostile.style)
    assert hostile.text.count("<script>") == 7


def test_the_policy_allows_its_own_style_and_nothing_else(hostile: Page) -> None:
    digest = base64.b64encode(hashlib.sha256(hostile.style.encode()).digest()).decode()
    policy = hostile.meta("Content-Security-Policy")
    assert policy.startswith(f"default-src 'none'; style-src 'sha256-{digest}'")
    assert "unsafe" not in policy
    assert hostile.meta("referrer") == "no-referrer"


def test_it_is_made_for_day_night_and_paper(words: ExportWords) -> None:
    style = _page(tree(said("a", "hi")), words).style
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_it_says_what_was_said_by_whom_and_how_it_ended(words: ExportWords) -> None:
    cut = answered("b", "Because **so**.", after="a", model="m-1", status=MessageStatus.STOPPED)
    page = _page(tree(said("a", "Why?"), cut, system_prompt="Be brief."), words)
    order = ["Rain", "Begun", "System prompt", "Be brief.", "You", "Why?", "Answer (m-1)",
             "Because so.", "Stopped.", "Exported from Beatra Desktop"]  # fmt: skip
    places = [page.text.index(part, page.text.index("Begun") - 10) for part in order]
    assert places == sorted(places)
    assert ("html", {"lang": "en"}) in page.tags
    assert [a["dir"] for tag, a in page.tags if a.get("class") == "text"] == ["auto"] * 3


def test_other_branches_come_only_if_wanted(words: ExportWords) -> None:
    forked = tree(
        said("a"), answered("b", "first", after="a"), answered("c", "second", after="a"),
        head_id=MessageId("c"),
    )  # fmt: skip
    assert "first" not in _page(forked, words).text
    assert "Branch 2 of 2, from message 1" in _page(forked, words, all_branches=True).text


def test_each_part_of_the_body_stands_for_itself(words: ExportWords) -> None:
    found = tree(said("a", "- x"), answered("b", "> y\n\n1. z", after="a"), system_prompt="p")
    parts = list(body(found, Wording(words), all_branches=True))
    assert len(parts) == 6
    for part in parts:
        Page(part)
