"""The choice of the model that answers."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.catalog import Catalog, Label, Model, Reading
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.actions import Command
from beatra_desktop.ui.chat.model_picker import ModelPicker

CATALOG = Catalog(
    models=(
        Model(
            id="drum",
            name="Drum & Bass",
            label=Label.PREVIEW,
            takes=("text", "image", "smell"),
            unit="1k_tokens",
            unit_credits="1.2500",
        ),
        Model(id="long", name="A model whose makers could not find a shorter name for it"),
        Model(id="plain", name="plain", label=Label.AVAILABLE),
        Model(id="suno-5.5", name="Suno", capabilities=("text_to_music",)),
    )
)
MANY = Catalog(models=tuple(Model(id=f"v/model-{n:03}", name=f"Model {n:03}") for n in range(300)))
DOWN, UP, ENTER, ESCAPE = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return, Qt.Key.Key_Escape


@pytest.fixture
def picker(qtbot: QtBot) -> Iterator[ModelPicker]:
    holder = QWidget()
    qtbot.addWidget(holder)
    made = ModelPicker(command=Command.MODEL)
    row = QHBoxLayout(holder)
    row.addWidget(made)
    row.addStretch(1)
    holder.resize(600, 60)
    holder.show()
    qtbot.waitExposed(holder)
    made.set_catalog(CATALOG)
    yield made
    made.models.close()
    holder.close()


def _ids(picker: ModelPicker) -> list[str]:
    return [entry.id for entry in picker.models.shown]


def _current(picker: ModelPicker) -> str:
    entry = picker.models.current
    return entry.id if entry is not None else ""


def test_chat_models_are_listed_with_what_is_known_of_them(picker: ModelPicker) -> None:
    picker.open_models()
    auto, drum, long, plain = picker.models.shown
    assert (auto.name, auto.detail) == ("Auto", "The service chooses a model for each message.")
    assert (drum.name, drum.badge) == ("Drum & Bass", "Preview")
    assert drum.detail == "1.25 credits per 1k tokens · takes text, images, smell · drum"
    assert (long.detail, long.badge) == ("long", "")
    assert (plain.detail, plain.badge) == ("", "Available")
    assert picker.models.list.model().index(1, 0).data() == drum.spoken


def test_ids_alone_need_one_line_each(picker: ModelPicker) -> None:
    picker.open_models()
    two_lines = picker.models.list.rowHeight(0)
    picker.models.close()
    picker.set_catalog(Catalog(models=(Model(id="llama", name="llama"),)))
    picker.open_models()
    assert [entry.detail for entry in picker.models.shown] == ["", ""]
    assert picker.models.list.rowHeight(0) < two_lines


def test_the_model_in_use_is_named_and_marked(picker: ModelPicker) -> None:
    assert picker.accessibleName() == "Model: Auto"
    picker.set_model("drum")
    assert picker.text() == "Drum && Bass"
    assert picker.accessibleName() == "Model: Drum & Bass"
    assert picker.toolTip() == "Drum & Bass\nThe model that answers (Ctrl+Shift+M)"
    picker.open_models()
    assert _current(picker) == "drum"


def test_a_model_nobody_lists_stays_chosen_and_is_said_to_be_gone(picker: ModelPicker) -> None:
    picker.set_model("retired-1")
    assert picker.text() == "retired-1"
    picker.open_models()
    last = picker.models.shown[-1]
    assert (last.id, last.badge) == ("retired-1", "Not listed now")
    assert _current(picker) == "retired-1"
    picker.set_catalog(Catalog(models=(Model(id="retired-1", name="Back Again"),)))
    assert [entry.badge for entry in picker.models.shown] == ["", ""]
    assert picker.text() == "Back Again"


def test_keys_pick_a_model(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.setFocus()
    QTest.keyClick(picker, Qt.Key.Key_Space)
    assert picker.models.isVisible()
    assert picker.models.field.isHidden(), "four entries need no filter"
    with qtbot.waitSignal(picker.picked) as told:
        for key in (DOWN, DOWN, UP, ENTER):
            QTest.keyClick(picker.models.list, key)
    assert told.args == ["drum"]
    assert not picker.models.isVisible()


def test_hundreds_are_filtered_by_typing(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.set_catalog(MANY)
    picker.open_models()
    assert len(picker.models.shown) == 301
    assert picker.models.field.hasFocus()
    QTest.keyClicks(picker.models.field, "MODEL 12")
    assert _ids(picker)[:3] == ["v/model-012", "v/model-112", "v/model-120"]
    with qtbot.waitSignal(picker.picked) as told:
        for key in (DOWN, DOWN, ENTER):
            QTest.keyClick(picker.models.field, key)
    assert told.args == ["v/model-120"]
    picker.open_models()
    assert len(picker.models.shown) == 301, "the next time all are there again"


def test_a_click_picks_the_row_below_it(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.open_models()
    listed = picker.models.list
    place = listed.visualRect(listed.model().index(2, 0)).center()
    with qtbot.waitSignal(picker.picked) as told:
        QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told.args == ["long"]


def test_a_model_is_named_by_its_id(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.open_models()
    QTest.mouseClick(picker.models.other, Qt.MouseButton.LeftButton)
    assert picker.models.field.hasFocus()
    QTest.keyClicks(picker.models.field, " My/Own-7b ")
    assert [entry.name for entry in picker.models.shown] == ["Use “My/Own-7b”"]
    with qtbot.waitSignal(picker.picked) as told:
        QTest.keyClick(picker.models.field, ENTER)
    assert told.args == ["My/Own-7b"]


def test_typing_begins_anywhere(picker: ModelPicker) -> None:
    picker.open_models()
    QTest.keyClicks(picker.models.list, "Lon")
    assert picker.models.field.text() == "Lon"
    assert _ids(picker) == ["long", "Lon"]
    assert _current(picker) == "long"


def test_escape_takes_the_filter_away_then_closes(picker: ModelPicker, qtbot: QtBot) -> None:
    picker.set_catalog(MANY)
    picker.open_models()
    with qtbot.assertNotEmitted(picker.picked):
        QTest.keyClicks(picker.models.field, "7")
        QTest.keyClick(picker.models.field, ESCAPE)
        assert len(picker.models.shown) == 301
        assert picker.models.isVisible()
        QTest.keyClick(picker.models.field, ESCAPE)
    assert not picker.models.isVisible()


def test_a_list_that_comes_meanwhile_moves_neither_mark_nor_filter(picker: ModelPicker) -> None:
    picker.open_models()
    QTest.keyClick(picker.models.list, DOWN)
    QTest.keyClick(picker.models.list, DOWN)
    assert _current(picker) == "long"
    more = (Model(id="new", name="New"), *CATALOG.models)
    picker.set_catalog(replace(CATALOG, models=more))
    assert _current(picker) == "long"
    QTest.keyClicks(picker.models.list, "ne")
    picker.set_catalog(CATALOG)
    assert picker.models.field.text() == "ne"
    assert _ids(picker) == ["ne"]


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading.GOING_ON, "Reading"),
        (Reading.FAILED, "this is the last one"),
        (Reading.DONE, "3 models"),
    ],
)
def test_how_the_list_stands_is_said_quietly(
    picker: ModelPicker, reading: Reading, words: str
) -> None:
    picker.open_models()
    picker.set_reading(reading)
    status = picker.models.status.text()
    assert words in status
    assert len(picker.models.shown) == 4


def test_a_service_that_told_no_models_is_said_so(picker: ModelPicker) -> None:
    picker.set_catalog(Catalog())
    picker.open_models()
    assert _ids(picker) == ["auto"]
    assert "not told its models" in picker.models.status.text()


def test_no_model_can_be_a_choice_too(qtbot: QtBot) -> None:
    picker = ModelPicker(nothing="Leave the model as it is")
    qtbot.addWidget(picker)
    picker.set_catalog(CATALOG)
    assert picker.text() == "Leave the model as it is"
    picker.set_model("drum")
    picker.open_models()
    with qtbot.waitSignal(picker.picked) as told:
        for key in (UP, UP, ENTER):
            QTest.keyClick(picker.models.list, key)
    assert told.args == [""]


def test_a_click_opens_the_list_above(picker: ModelPicker) -> None:
    picker.window().move(0, 500)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    assert picker.models.isVisible()
    bottom = picker.models.geometry().bottom()
    assert bottom <= picker.mapToGlobal(picker.rect().topLeft()).y()


def test_where_there_is_little_room_above_fewer_rows_are_shown(picker: ModelPicker) -> None:
    picker.set_catalog(MANY)
    picker.window().move(0, 700)
    picker.open_models()
    high = picker.models.height()
    picker.models.close()
    picker.window().move(0, 300)
    picker.open_models()
    assert picker.models.height() < high
    assert picker.models.geometry().bottom() <= picker.mapToGlobal(picker.rect().topLeft()).y()


def test_a_long_name_gives_way_and_stays_readable_elsewhere(picker: ModelPicker) -> None:
    picker.set_model("long")
    window = picker.window()
    window.resize(200, 60)
    assert window.width() == 200
    assert picker.width() < picker.sizeHint().width()
    assert not picker.grab().isNull()
    assert "shorter name" in picker.toolTip()
    assert "shorter name" in picker.accessibleName()
    picker.open_models()
    tip = picker.models.list.model().index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "shorter name for it" in tip


def test_icon_and_text_have_a_gap_from_the_start(picker: ModelPicker) -> None:
    assert picker.iconSize().width() > picker.iconSize().height()


def test_opening_the_list_has_an_old_one_read_again(
    picker: ModelPicker, run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            profiles = bench.services.profiles
            picker.follow(profiles)
            assert len(picker.models.shown) == 0
            seen: list[Reading] = []
            profiles.reading.changed.connect(seen.append)
            profiles._read_at -= 3600  # as if an hour had passed
            picker.open_models()
            assert "sandbox-echo" in _ids(picker), "what is known is there at once"
            assert picker.models.status.text() == "Reading the list…"
            await bench.until(lambda: seen == [Reading.GOING_ON, Reading.DONE])
            assert picker.models.status.text() == "3 models"

    run_on_qt(work)
