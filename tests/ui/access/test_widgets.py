"""Painted widgets through the interfaces a screen reader asks."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleValueChangeEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from beatra_desktop.domain.playing import Side
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.fields import SearchField, SecretField, Segmented, Select, Toggle
from beatra_desktop.ui.library.songs.star_row import StarRow
from beatra_desktop.ui.player.side_card import SideCard
from beatra_desktop.ui.player.stars import Stars
from beatra_desktop.ui.player.waveform import Waveform

ROLE = QAccessible.Role


def seen(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def name_of(widget: QWidget) -> str:
    return seen(widget).text(QAccessible.Text.Name)


def test_a_waveform_is_a_slider_whose_place_is_told_and_can_be_set(qtbot: QtBot) -> None:
    waveform = Waveform()
    qtbot.addWidget(waveform)
    waveform.set_position(0.3, words="0:18 / 1:00")
    part = seen(waveform)
    value = part.valueInterface()
    assert (part.role(), value.currentValue(), value.maximumValue()) == (ROLE.Slider, 30, 100)
    assert part.text(QAccessible.Text.Value) == "0:18 / 1:00"
    assert (value.minimumValue(), value.minimumStepSize()) == (0, 2)
    with qtbot.waitSignal(waveform.seeked) as told:
        value.setCurrentValue(50)
    assert told.args == [0.5]


def test_a_seek_by_keys_is_heard_and_what_plays_is_not(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    waveform = Waveform()
    qtbot.addWidget(waveform)
    told: list[float] = []

    def note(event: object) -> None:
        if isinstance(event, QAccessibleValueChangeEvent):
            told.append(event.value())

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    waveform.set_position(0.5, words="0:30 / 1:00")
    QTest.keyClick(waveform, Qt.Key.Key_Right)
    assert told == [52]


@pytest.mark.parametrize("kind", [Stars, StarRow])
def test_stars_say_how_many_and_can_be_set(qtbot: QtBot, kind: type[Stars | StarRow]) -> None:
    stars = kind()
    qtbot.addWidget(stars)
    with qtbot.waitSignal(stars.rated) as told:
        seen(stars).valueInterface().setCurrentValue(4)
    assert told.args == [4]
    if isinstance(stars, StarRow):
        stars.show_rating(4)
    assert seen(stars).valueInterface().currentValue() == 4
    assert "4 of 5 stars" in name_of(stars)


def test_a_card_is_pressed_as_a_button(qtbot: QtBot) -> None:
    card = SideCard(Side.FIRST)
    qtbot.addWidget(card)
    card.show()
    part = seen(card)
    assert part.role() is ROLE.Button
    with qtbot.waitSignal(card.chosen):
        part.actionInterface().doAction("Press")
    part.actionInterface().doAction("SetFocus")
    assert card.hasFocus()


def test_what_is_checked_by_a_screen_reader_is_clicked(qtbot: QtBot) -> None:
    choice = Segmented("Colours", [("light", "Light"), ("dark", "Dark")])
    toggle = Toggle("On")
    for widget in (choice, toggle):
        qtbot.addWidget(widget)
        widget.show()
    dark = seen(choice.findChildren(Button)[1])
    assert (dark.role(), dark.text(QAccessible.Text.Name)) == (ROLE.RadioButton, "Colours: Dark")
    assert not dark.state().checked
    with qtbot.waitSignal(choice.chosen) as told:
        dark.actionInterface().doAction("Toggle")
    assert told.args == ["dark"]
    assert dark.state().checked
    assert (seen(toggle).role(), name_of(toggle)) == (ROLE.CheckBox, "On")
    with qtbot.waitSignal(toggle.clicked):
        seen(toggle).actionInterface().doAction("Toggle")


def test_a_button_that_says_something_else_is_called_so(qtbot: QtBot) -> None:
    button, named = Button("Test"), Button("Yes", name="Yes, it is mine")
    for each in (button, named):
        qtbot.addWidget(each)
        each.setText("Testing…")
    assert (name_of(button), name_of(named)) == ("Testing…", "Yes, it is mine")
    assert seen(button).role() is ROLE.Button


def test_a_choice_is_called_by_its_name_beside_what_is_chosen(qtbot: QtBot) -> None:
    holder, select = QWidget(), Select("Language")
    qtbot.addWidget(holder)
    QHBoxLayout(holder).addWidget(select)
    select.addItem("English")
    labels = [
        part for part, kind in seen(select).relations() if kind & QAccessible.RelationFlag.Label
    ]
    assert [part.text(QAccessible.Text.Name) for part in labels] == ["Language"]


def test_signs_in_fields_have_names(qtbot: QtBot) -> None:
    search, secret = SearchField("Find songs"), SecretField("Key")
    for field in (search, secret):
        qtbot.addWidget(field)
    search.setText("blues")
    signs = [sign for sign in search.findChildren(QWidget) if seen(sign).role() is ROLE.Button]
    assert [name_of(sign) for sign in signs] == ["Find songs", "Clear the search"]
    [reveal] = [sign for sign in secret.findChildren(QWidget) if name_of(sign)]
    assert name_of(reveal) == "Show the key"


def test_nothing_is_asked_of_a_widget_that_is_gone(qapp: object) -> None:
    waveform, card, toggle = Waveform(), SideCard(Side.FIRST), Toggle("On")
    parts = [seen(widget) for widget in (waveform, card, toggle)]
    for widget in (waveform, card, toggle):
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    assert not any(isValid(part) for part in parts)


def test_what_it_is_asked_for_and_has_not_is_nothing(qtbot: QtBot) -> None:
    """Anything else PySide hands on to Qt as an address, which is the end of the app."""
    for widget in (Waveform(), Stars(), SideCard(Side.FIRST), Toggle("On"), Button("Test")):
        qtbot.addWidget(widget)
        part = seen(widget)
        assert part.textInterface() is None
        assert part.selectionInterface() is None
        assert part.tableCellInterface() is None
        assert (part.valueInterface() is not None) is isinstance(widget, Waveform | Stars)
        assert part.actionInterface() is not None
