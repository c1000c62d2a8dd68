"""Links tell where they lead, open nothing else and load nothing."""

from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtNetwork import QHostAddress, QTcpServer
from PySide6.QtTest import QTest

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat.blocks import Text
from beatra_desktop.ui.chat.link_bar import tip_of
from beatra_desktop.ui.chat.links import hidden_target
from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.message_view import Link

EVIL = "https://evil.example/login"


@pytest.mark.parametrize(
    ("shown", "target", "told"),
    [
        ("the docs", EVIL, ""),
        ("evil.example", EVIL, ""),
        ("https://www.evil.example/other", EVIL, ""),
        ("paypal.com", EVIL, "evil.example"),
        ("https://paypal.com/login", EVIL, "evil.example"),
        ("HTTP://PayPal.com", EVIL, "evil.example"),
        ("log in at (paypal.com).", EVIL, "evil.example"),
        ("evil.example", "https://login.evil.example/", ""),
        ("login.evil.example", EVIL, "evil.example"),
        ("example", EVIL, ""),
        ("Node.js", "https://nodejs.org", ""),
        ("pages/index.html", "https://a.example", ""),
        ("https://bank.com@evil.example", "https://bank.com@evil.example", "evil.example"),
        ("münchen.de", "https://xn--mnchen-3ya.de", "xn--mnchen-3ya.de"),
        ("b\u0430nk.com", "https://b\u0430nk.com/", "xn--bnk-6cd.com"),  # a Cyrillic a
        ("go", "https://b\u0430nk.com/", "xn--bnk-6cd.com"),
        ("б\u0430нк.рф", "https://б\u0430нк.рф/", ""),
        ("help@bank.com", "mailto:help@bank.com?subject=x", ""),
        ("help@bank.com", "mailto:thief@evil.example", "thief@evil.example"),
        ("write to us", "mailto:thief@evil.example", ""),
        ("bank.com", "https://[::1", ""),
    ],
)
def test_a_text_that_names_another_host_is_found_out(shown: str, target: str, told: str) -> None:
    assert hidden_target(shown, target) == told


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (f"[paypal.com]({EVIL}) now", "paypal.com (evil.example) now"),
        (f"[x]({EVIL})[paypal.com]({EVIL})", "xpaypal.com (evil.example)"),
        (f"![paypal.com]({EVIL})", "paypal.com (evil.example)"),
        (f"[**pay**pal.com]({EVIL})", "paypal.com (evil.example)"),
        ("see https://bank.com@evil.example", "see https://bank.com@evil.example (evil.example)"),
        ("see https://bank.com/x", "see https://bank.com/x"),
        ("[paypal.com](javascript:x)", "[paypal.com](javascript:x)"),
        ("[a](ftp://a.example)", "a (ftp://a.example)"),
    ],
)
def test_the_host_stands_beside_a_misleading_link(markdown: str, text: str) -> None:
    [block] = Reader().blocks(markdown)
    assert isinstance(block, Text)
    assert "".join(span.text for span in block.spans) == text
    notes = [span for span in block.spans if "(" in span.text]
    assert all(span.href == "" for span in notes), "only the link itself can be pressed"


def test_a_tip_shows_all_of_a_target_and_is_never_markup() -> None:
    target = "https://a.example/<img src=x>" + "y" * 300
    tip = tip_of(target)
    assert "<" not in tip
    assert tip.replace("\n", "") == target.replace("<", "%3C").replace(">", "%3E")
    assert max(map(len, tip.split("\n"))) <= 80


@pytest.fixture
def shown(reader: Any, message: Any) -> Any:
    """A transcript with a long link in it."""
    small = reader(640, 400)
    small.href = "https://docs.example/" + "/".join(f"part{n}" for n in range(40))
    small.message = message(f"[the guide]({small.href}) and text")
    small.show(small.message)
    return small


def test_pointing_at_a_link_shows_where_it_leads(shown: Any) -> None:
    viewport, bar = shown.transcript.viewport(), shown.transcript._link_bar
    assert not bar.isVisible()
    inside = shown.view(shown.message).layout.body
    QTest.mouseMove(viewport, shown.place(shown.message, inside + QPointF(20, 14)))
    assert bar.isVisible()
    start, _, end = bar.text.partition("…")
    assert shown.href.startswith(start)
    assert end
    assert shown.href.endswith(end)
    assert bar.geometry().left() == 0
    assert bar.geometry().bottom() == shown.transcript.rect().bottom()
    assert viewport.toolTip().replace("\n", "") == shown.href
    QTest.mouseMove(viewport, shown.place(shown.message, inside + QPointF(500, 14)))
    assert not bar.isVisible()


def test_a_link_in_focus_shows_where_it_leads(shown: Any) -> None:
    transcript, bar = shown.transcript, shown.transcript._link_bar
    transcript.activateWindow()
    transcript.setFocus()
    shown.qtbot.waitUntil(transcript.hasFocus)
    QTest.keyClick(transcript, Qt.Key.Key_J)
    assert not bar.isVisible()
    QTest.keyClick(transcript, Qt.Key.Key_Tab)
    assert isinstance(transcript._keyboard.target, Link)
    assert bar.isVisible()
    QTest.keyClick(transcript, Qt.Key.Key_Tab)
    assert not bar.isVisible()
    QTest.keyClick(transcript, Qt.Key.Key_Backtab)
    assert bar.isVisible()
    transcript.clearFocus()
    assert not bar.isVisible()


def test_the_bar_does_not_hide_the_link_it_tells_of(reader: Any, message: Any) -> None:
    small = reader(640, 400)
    answer = message("\n\n".join([*(f"Line {n}" for n in range(40)), f"[end]({EVIL})"]))
    records = small.show(answer, message("below\n\n" * 40))
    transcript = small.transcript
    transcript.activateWindow()
    transcript.setFocus()
    small.qtbot.waitUntil(transcript.hasFocus)
    transcript.scroll_to(records[0].id)
    transcript.focus_message(answer.id, is_by_keyboard=True)
    QTest.keyClick(transcript, Qt.Key.Key_Tab)
    link = transcript._keyboard.target
    assert isinstance(link, Link)
    line = small.place(answer, QPointF(0, small.view(answer).y_of(link.start)))
    assert transcript._link_bar.isVisible()
    assert line.y() + 20 < transcript._link_bar.geometry().top()


def test_the_bar_follows_the_theme(shown: Any) -> None:
    viewport, bar = shown.transcript.viewport(), shown.transcript._link_bar
    inside = shown.view(shown.message).layout.body + QPointF(20, 14)
    QTest.mouseMove(viewport, shown.place(shown.message, inside))
    light = bar.grab().toImage().pixelColor(3, 5).lightness()
    theme.set_appearance(Appearance.DARK)
    dark = bar.grab().toImage().pixelColor(3, 5).lightness()
    assert light > 200 > 90 > dark


def test_nothing_is_loaded_from_anywhere(reader: Any, message: Any) -> None:
    server = QTcpServer()
    assert server.listen(QHostAddress(QHostAddress.SpecialAddress.LocalHost))
    url = f"http://127.0.0.1:{server.serverPort()}/x.png"
    called: list[str] = []
    server.newConnection.connect(lambda: called.append("somebody came"))
    small = reader(640, 400)
    answer = message(f'![spy]({url})\n\n<img src="{url}"> <script>x</script>\n\n[![a]({url})](x)')
    small.show(answer)
    small.transcript.grab()
    assert f'<img src="{url}"> <script>x</script>' in small.text(answer)
    QTest.mouseMove(
        small.transcript.viewport(),
        small.place(answer, small.view(answer).layout.body + QPointF(10, 14)),
    )
    came, _ = server.waitForNewConnection(50)
    assert not came
    assert called == []
    server.close()
