"""The presets a new chat can start from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Preset
from beatra_desktop.domain.ids import PresetId
from beatra_desktop.ui.chat.preset_chips import MOST, PresetChips


def _preset(name: str) -> Preset:
    return Preset(id=PresetId(name), name=name, system_prompt=f"\nI am {name}.\nReally.")


@pytest.fixture
def chips(qtbot: QtBot) -> PresetChips:
    made = PresetChips()
    qtbot.addWidget(made)
    made.resize(300, 200)
    return made


def _checked(chips: PresetChips) -> list[str]:
    return [chip.text() for chip in chips.chips if chip.isChecked()]


def test_without_presets_there_is_nothing(chips: PresetChips) -> None:
    chips.show_presets([])
    assert chips.isHidden()
    chips.show_presets([_preset("A")])
    assert not chips.isHidden()


def test_a_chip_is_taken_and_given_back(chips: PresetChips, qtbot: QtBot) -> None:
    chips.show_presets([_preset("A"), _preset("B")])
    second = chips.chips[1]
    with qtbot.waitSignal(chips.chosen) as told:
        QTest.mouseClick(second, Qt.MouseButton.LeftButton)
    assert told.args == ["B"]
    chips.mark("B")
    with qtbot.waitSignal(chips.chosen) as told:
        QTest.keyClick(second, Qt.Key.Key_Space)
    assert told.args == [""]


def test_the_preset_in_use_is_marked(chips: PresetChips) -> None:
    chips.show_presets([_preset("A"), _preset("B")])
    chips.mark("A")
    assert _checked(chips) == ["A"]
    chips.mark("B")
    assert _checked(chips) == ["B"]
    chips.mark("")
    assert _checked(chips) == []


def test_long_names_and_many_presets_stay_within_bounds(chips: PresetChips) -> None:
    chips.show_presets([_preset("R&D " + "x" * 100), *(_preset(str(n)) for n in range(20))])
    assert len(chips.chips) == MOST
    first = chips.chips[0]
    assert first.text().startswith("R&&D x")
    assert first.text().endswith("…")
    assert first.accessibleName().endswith("x" * 100)
    assert first.toolTip().startswith("I am R&D")
