import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.settings.cap_field import CapField


def _typed(qtbot: QtBot, text: str) -> tuple[list[str | None], CapField]:
    field = CapField()
    qtbot.addWidget(field)
    told: list[str | None] = []
    field.changed.connect(told.append)
    QTest.keyClicks(field.field, text)
    return told, field


def test_a_number_is_told_as_it_is_typed(qtbot: QtBot) -> None:
    told, field = _typed(qtbot, "250.5")
    assert told[-1] == "250.5"
    assert field.error.isHidden()
    field.field.selectAll()
    QTest.keyClick(field.field, Qt.Key.Key_Backspace)
    assert told[-1] is None


@pytest.mark.parametrize("text", ["-3", "much", "1e99", "NaN"])
def test_nonsense_is_named_beside_the_field_and_not_stored(qtbot: QtBot, text: str) -> None:
    told, field = _typed(qtbot, text)
    assert not field.error.isHidden()
    assert "such as 500" in field.field.accessibleDescription()
    assert text not in told


def test_what_is_stored_is_shown_but_never_over_what_is_typed(qtbot: QtBot) -> None:
    _, field = _typed(qtbot, "12.50")
    field.show_cap("12.50")
    assert field.field.text() == "12.50"
    field.show_cap("80")
    assert field.field.text() == "80"
    field.show_cap(None)
    assert field.field.text() == ""
