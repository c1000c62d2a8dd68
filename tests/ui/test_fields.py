from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.choices import Appearance
from beatra_desktop.ui import theme
from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.fields import Field, FieldError, SearchField, SecretField, Segmented, Select
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.indicators import ProgressBar
from beatra_desktop.ui.labels import ElidedLabel
from beatra_desktop.ui.styling import Variant


def test_an_error_marks_its_field_and_goes_away_again(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    field = Field("Base URL")
    error = FieldError(field)
    column = QVBoxLayout(holder)
    column.addWidget(field)
    column.addWidget(error)
    holder.show()
    error.show_error("This is not a web address.")
    assert error.isVisible()
    assert field.property("invalid") == "true"
    assert field.accessibleDescription() == "This is not a web address."
    error.show_error("")
    assert error.isHidden()
    assert field.property("invalid") == "false"


def test_escape_clears_a_search_before_it_means_anything_else(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    field = SearchField("Search")
    QVBoxLayout(holder).addWidget(field)
    field.setText("blues")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_key_is_hidden_until_asked_for(qtbot: QtBot) -> None:
    field = SecretField("Key")
    qtbot.addWidget(field)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.actions()[0].trigger()
    assert field.echoMode() is QLineEdit.EchoMode.Normal


def test_one_segment_is_chosen_and_only_the_user_tells(qtbot: QtBot) -> None:
    choice = Segmented("Colours", [("light", "Light"), ("dark", "Dark")])
    qtbot.addWidget(choice)
    with qtbot.assertNotEmitted(choice.chosen):
        choice.choose("light")
    dark = next(b for b in choice.findChildren(Button) if b.text() == "Dark")
    with qtbot.waitSignal(choice.chosen) as told:
        QTest.mouseClick(dark, Qt.MouseButton.LeftButton)
    assert told.args == ["dark"]
    assert choice.choice == "dark"


def test_a_select_shows_its_entry_by_data(qtbot: QtBot) -> None:
    select = Select("Attempts")
    qtbot.addWidget(select)
    select.addItem("Once", 1)
    select.addItem("Twice", 2)
    select.choose(2)
    assert select.currentText() == "Twice"
    select.choose(99)
    assert select.currentText() == "Twice"


def test_an_icon_button_says_its_name_and_keys(qtbot: QtBot) -> None:
    button = IconButton(Icon.PANEL_LEFT, "Hide the sidebar", shortcut="F9")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Hide the sidebar"
    assert button.toolTip() == "Hide the sidebar (F9)"


def test_icons_change_colour_with_the_theme(qtbot: QtBot) -> None:
    button = Button("Play", icon=Icon.PLAY, variant=Variant.GHOST)
    qtbot.addWidget(button)
    before = button.icon().pixmap(16, 16).toImage()
    theme.set_appearance(Appearance.DARK)
    assert button.icon().pixmap(16, 16).toImage() != before


def test_a_line_too_long_is_cut_and_whole_in_its_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("A title that is much longer than the room there is for it")
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.show()
    assert label.shown_text().endswith("…")
    assert label.toolTip() == label.text()
    label.resize(2000, 20)
    assert label.toolTip() == ""


def test_progress_is_a_share_or_unknown(qtbot: QtBot) -> None:
    bar = ProgressBar("Upload of song.wav")
    qtbot.addWidget(bar)
    bar.set_fraction(0.25)
    assert bar.value() / bar.maximum() == 0.25
    bar.set_fraction(7)
    assert bar.value() == bar.maximum()
    bar.set_fraction(None)
    assert bar.maximum() == 0


def test_words_of_a_choice_are_whole_where_their_padding_would_cut_them(qtbot: QtBot) -> None:
    choice = Segmented("Part", [("a", "Create"), ("b", "Songs 12"), ("c", "Uploads")])
    qtbot.addWidget(choice)
    choice.show()
    width = choice.sizeHint().width()
    theme.set_zoom_percent(130)
    choice.setFixedWidth(width)
    choice.grab()
    roomy = choice.sizeHint().width()
    for button in choice.findChildren(Button):
        assert button.minimumSizeHint().width() <= button.width()
    choice.setFixedWidth(roomy)
    choice.grab()
    assert choice.sizeHint().width() == roomy
    assert {button.property("dense") for button in choice.findChildren(Button)} == {"false"}
