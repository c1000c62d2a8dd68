"""The choice of the model that answers."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.catalog import Catalog, Label, Model
from beatra_desktop.ui.chat.model_picker import ModelPicker

CATALOG = Catalog(
    models=(
        Model(id="drum", name="Drum & Bass", label=Label.PREVIEW),
        Model(id="long", name="A model whose makers could not find a shorter name for it"),
        Model(id="suno-5.5", name="Suno", capabilities=("text_to_music",)),
    )
)


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[ModelPicker]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = ModelPicker()
    row = QHBoxLayout(holder)
    row.addWidget(made)
    row.addStretch(1)
    holder.resize(600, 60)
    holder.show()
    qtbot.waitExposed(holder)
    made.set_catalog(CATALOG)
    yield made
    holder.close()


def _shown(picker: ModelPicker) -> list[tuple[str, bool]]:
    picker.open_menu()
    actions = [action for action in picker.models.actions() if not action.isSeparator()]
    picker.models.close()
    return [(action.text(), action.isChecked()) for action in actions]


def test_chat_models_are_listed_with_what_they_are(picker: ModelPicker) -> None:
    assert _shown(picker) == [
        ("Auto (the service chooses)", True),
        ("Drum && Bass  · Preview", False),
        ("A model whose makers could not find a shorter name for it", False),
    ]


def test_the_model_in_use_is_named_and_marked(picker: ModelPicker) -> None:
    assert picker.accessibleName() == "Model: Auto"
    picker.set_model("drum")
    assert picker.text() == "Drum && Bass"
    assert picker.accessibleName() == "Model: Drum & Bass"
    assert picker.toolTip().startswith("Drum & Bass\n")
    assert [text for text, checked in _shown(picker) if checked] == ["Drum && Bass  · Preview"]


def test_a_model_nobody_lists_stays_chosen_and_listed(picker: ModelPicker) -> None:
    picker.set_model("retired-1")
    picker.set_catalog(Catalog())
    assert picker.text() == "retired-1"
    assert _shown(picker) == [("Auto (the service chooses)", False), ("retired-1", True)]


def test_keys_pick_a_model(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Space)
    assert picker.models.isVisible()
    with qtbot.waitSignal(picker.picked) as told:
        QTest.keyClick(picker.models, Qt.Key.Key_Down)
        QTest.keyClick(picker.models, Qt.Key.Key_Down)
        QTest.keyClick(picker.models, Qt.Key.Key_Return)
    assert told.args == ["drum"]


def test_a_click_opens_the_menu_above(picker: ModelPicker) -> None:
    picker.window().move(0, 500)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    assert picker.models.isVisible()
    bottom = picker.models.geometry().bottom()
    assert bottom <= picker.mapToGlobal(picker.rect().topLeft()).y()
    picker.models.close()


def test_a_long_name_gives_way_and_stays_readable_elsewhere(picker: ModelPicker) -> None:
    picker.set_model("long")
    window = picker.window()
    window.resize(200, 60)
    assert window.width() == 200
    assert picker.width() < picker.sizeHint().width()
    assert not picker.grab().isNull()
    assert "shorter name" in picker.toolTip()
    assert "shorter name" in picker.accessibleName()


def test_icon_and_text_have_a_gap_from_the_start(picker: ModelPicker) -> None:
    assert picker.iconSize().width() > picker.iconSize().height()
