"""The help in Chinese says what the English one says, in the words of the window."""

import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from beatra_desktop.domain.choices import Language
from beatra_desktop.ui import language
from beatra_desktop.ui.help.topics import find, folder, topics
from tests.translations import CHINESE, FOLDER

NAMES = sorted(path.name for path in folder().glob("*.md"))
TRANSLATED = folder() / Language.CHINESE
PARSER = MarkdownIt("commonmark").enable("table")
PARTS = {"list_item_open", "tr_open", "th_open", "td_open"}
SERVICES_OWN = {"length", "running"}
"""Words of the service that the window has for something else."""
HAN = "[\u4e00-\u9fff]"


@pytest.fixture
def _in_chinese(_dressed: None) -> Iterator[None]:
    language.use(Language.CHINESE)
    yield
    language.use(Language.ENGLISH)


@pytest.fixture(scope="module")
def words() -> Mapping[str, set[str]]:
    """What the window calls a thing in Chinese, by its English name."""
    found: dict[str, set[str]] = {}
    for message in ElementTree.parse(FOLDER / CHINESE).getroot().iter("message"):
        translation = message.findtext("translation") or ""
        found.setdefault(_plain(message.findtext("source") or ""), set()).add(_plain(translation))
    return found


def test_every_page_is_there_in_chinese() -> None:
    assert sorted(path.name for path in TRANSLATED.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_same_parts_in_both_languages(name: str) -> None:
    assert Counter(_parts(TRANSLATED / name)) == Counter(_parts(folder() / name))


@pytest.mark.parametrize("name", NAMES)
def test_a_page_names_things_as_the_window_does(name: str, words: Mapping[str, set[str]]) -> None:
    said = set(_stressed(TRANSLATED / name))
    wrong = [
        (term, words[term])
        for term in _stressed(folder() / name)
        if term in words and term not in SERVICES_OWN and not words[term] & said
    ]
    assert not wrong


@pytest.mark.parametrize("name", NAMES)
def test_chinese_is_set_as_chinese(name: str) -> None:
    """Nothing slanted, no star left over, full-width marks, and spaces beside Latin letters."""
    page = (TRANSLATED / name).read_text("utf-8")
    html = str(PARSER.render(page))
    text = re.sub(r"<[^>]*>", "", html)
    assert "**" not in text
    assert not re.search(f"<em>[^<]*{HAN}", html)
    assert not re.search(f"{HAN}[,;:!?.()]|[,;!?(]{HAN}", text)
    assert not re.search(f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}", text)


@pytest.mark.usefixtures("_in_chinese")
def test_topics_are_in_the_language_in_use() -> None:
    chinese = topics()
    language.use(Language.ENGLISH)
    assert [topic.name for topic in topics()] == [topic.name for topic in chinese] == NAMES
    assert (chinese[0].title, topics()[0].title) == ("beatra 是什么", "What beatra is")


@pytest.mark.usefixtures("_in_chinese")
def test_a_page_that_is_missing_in_a_language_is_there_in_english() -> None:
    language.use(language.PSEUDO)
    pseudo = topics()
    language.use(Language.ENGLISH)
    assert pseudo == topics()


def test_a_page_does_not_say_its_title_twice() -> None:
    first = topics()[0]
    assert first.html.startswith("<h1>What beatra is</h1>\n<p>")
    assert first.html.count(first.title) == 1


@pytest.mark.usefixtures("_in_chinese")
def test_chinese_words_are_found_without_spaces_between_them() -> None:
    assert find("播放器")[0].title == "播放器"
    assert find("播放器速度")[0].title == "播放器"
    assert find("导出pdf 备份")[0].title == "导出和导入"
    assert find("斑马线") == []


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    """What both languages share: headings, lists, tables, code, keys, pictures and links."""
    for token in _tokens(path):
        if token.type == "heading_open" or token.type in PARTS:
            yield token.type, token.tag
        elif token.type in ("code_inline", "fence"):
            yield token.type, token.info or token.content
        elif token.type in ("image", "link_open"):
            yield token.type, str(token.attrs.get("src") or token.attrs.get("href"))


def _stressed(path: Path) -> Iterator[str]:
    """Names in bold, slanted or quoted; a way through menus is several."""
    text = path.read_text("utf-8")
    for found in re.findall(r"\*+([^*\n]+)\*+|“([^”]+)”", text):
        yield from (_plain(name) for name in "".join(found).split("→"))


def _plain(name: str) -> str:
    return name.replace("&", "").strip(" ….:：。“”").casefold()


def _tokens(path: Path) -> Iterator[Token]:
    for token in PARSER.parse(path.read_text("utf-8")):
        yield token
        yield from token.children or ()
