"""The help: found by words, read with its pictures, and never fetching anything."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.help.help_window import HelpWindow
from beatra_desktop.ui.help.topics import find, folder, topics

PRICES = "13-prices-and-credits.md"
WITH_PICTURE = "25-the-library.md"


@pytest.fixture
def window(qtbot: QtBot) -> HelpWindow:
    made = HelpWindow()
    qtbot.addWidget(made)
    made.come_forward()
    return made


def titles(window: HelpWindow) -> list[str]:
    model = window.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def test_it_opens_on_the_first_of_all_topics(window: HelpWindow) -> None:
    assert titles(window) == [topic.title for topic in topics()]
    assert window.page.toPlainText().startswith(topics()[0].title)


def test_typing_finds_pages_by_all_their_words(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "Refund balance")
    assert titles(window)[0] == "Prices and credits"
    assert "Music is prepaid" in window.page.toPlainText()


def test_a_word_in_the_title_counts_more_than_one_in_the_text() -> None:
    assert find("player")[0].title == "The player"
    assert len(find("player")) > 1


def test_words_that_are_nowhere_say_so_and_the_page_stays(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "zebra crossing")
    assert titles(window) == []
    assert window.page.toPlainText()
    said = [label for label in window.findChildren(type(window._nothing)) if label.isVisible()]
    assert [label.text() for label in said] == ["No page holds all these words."]


def test_arrows_in_the_search_walk_through_what_was_found(window: HelpWindow) -> None:
    QTest.keyClick(window.search, Qt.Key.Key_Down)
    assert window.page.toPlainText().startswith(topics()[1].title)
    QTest.keyClick(window.search, Qt.Key.Key_Up)
    QTest.keyClick(window.search, Qt.Key.Key_Up)
    assert window.page.toPlainText().startswith(topics()[0].title)


def test_a_link_to_a_page_opens_it_whatever_was_searched(window: HelpWindow) -> None:
    QTest.keyClicks(window.search, "clip")
    window.page.anchorClicked.emit(QUrl(PRICES))
    assert window.search.text() == ""
    assert window.page.toPlainText().startswith("Prices and credits")
    window.page.anchorClicked.emit(QUrl("no-such-page.md"))
    assert window.page.toPlainText().startswith("Prices and credits")


def test_pictures_fit_into_the_page(window: HelpWindow, qtbot: QtBot) -> None:
    window.show_topic(WITH_PICTURE)
    window.resize(640, 480)
    page = window.page
    qtbot.waitUntil(lambda: page.document().idealWidth() <= page.viewport().width())
    picture = page.loadResource(QTextDocument.ResourceType.ImageResource.value, "pictures/main.png")
    assert 0 < picture.width() <= page.viewport().width()


@pytest.mark.parametrize(
    "address", ["../../README.md", "https://beatra.invalid/x.png", "/etc/hostname", "nowhere.png"]
)
def test_nothing_but_the_helps_own_pictures_is_loaded(window: HelpWindow, address: str) -> None:
    kind = QTextDocument.ResourceType.ImageResource.value
    found = window.page.loadResource(kind, QUrl(address))
    assert not isinstance(found, QImage) or found.isNull()


def test_a_change_of_colours_keeps_the_place(window: HelpWindow) -> None:
    window.show_topic(PRICES)
    bar = window.page.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    place, before = bar.value(), window.page.toHtml()
    theme.set_appearance(Appearance.DARK)
    assert window.page.toHtml() != before
    assert bar.value() == place > 0


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.name)
def test_each_page_has_a_title_and_links_that_lead_somewhere(topic: object) -> None:
    page = (folder() / getattr(topic, "name", "")).read_text("utf-8")
    assert page.startswith("# ")
    for target in re.findall(r"\]\(([^)#]+)", page):
        assert "://" in target or (folder() / target).exists(), target


def test_every_picture_is_shown_in_the_help_or_the_readme() -> None:
    root = Path(__file__).resolve().parents[3]
    pages = [root / "README.md", *folder().glob("*.md")]
    text = "".join(page.read_text("utf-8") for page in pages)
    unused = [p.name for p in (folder() / "pictures").iterdir() if f"pictures/{p.name}" not in text]
    assert not unused
