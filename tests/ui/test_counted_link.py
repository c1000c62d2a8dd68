from pytestqt.qtbot import QtBot

from beatra_desktop.ui.counted_link import CountedLink
from beatra_desktop.ui.icons import Icon


def test_the_number_is_spoken_and_nothing_is_said_of_none(qtbot: QtBot) -> None:
    link = CountedLink(Icon.ACTIVITY, "Activity")
    qtbot.addWidget(link)
    link.resize(118, 32)
    plain = link.grab().toImage()
    link.show_count(3, spoken="3 in flight")
    assert link.accessibleName() == "Activity, 3 in flight"
    counted = link.grab().toImage()
    assert counted != plain
    link.show_count(3, spoken="2 in flight, 1 waiting for you", warns=True)
    assert link.warns
    assert link.grab().toImage() != counted
    link.show_count(0, spoken="")
    assert link.accessibleName() == "Activity"
    assert link.grab().toImage() == plain


def test_thousands_do_not_cover_the_name(qtbot: QtBot) -> None:
    link = CountedLink(Icon.ACTIVITY, "Activity")
    qtbot.addWidget(link)
    link.show_count(12_345, spoken="12,345 in flight")
    assert link.number == "999+"
