"""The fields for the parameters of a request."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from beatra_desktop.domain.chat import Parameters
from beatra_desktop.ui.chat.parameter_fields import ParameterFields

FULL = Parameters(temperature=0.3, max_tokens=200, seed=-7, stop=("END", "\n\n"))


@pytest.fixture
def fields(qtbot: QtBot) -> ParameterFields:
    made = ParameterFields()
    qtbot.addWidget(made)
    made.resize(400, 400)
    made.show()
    return made


def test_empty_fields_leave_everything_to_the_service(fields: ParameterFields) -> None:
    assert fields.parameters == Parameters()
    assert set(fields.texts.values()) == {""}


def test_what_is_typed_is_told_as_often_as_it_means_something_else(
    fields: ParameterFields,
) -> None:
    seen: list[Parameters] = []
    fields.changed.connect(lambda: seen.append(fields.parameters))
    QTest.keyClicks(fields.temperature.editor, "0.70x")
    assert [parameters.temperature for parameters in seen] == [0.0, 0.7, None]
    assert fields.temperature.error.text.startswith("Write a number from 0 to 2.")
    assert fields.temperature.text == "0.70x", "nothing typed is taken away"
    assert fields.temperature.editor.accessibleDescription() == fields.temperature.error.text


def test_of_temperature_and_top_p_the_last_one_counts(fields: ParameterFields) -> None:
    QTest.keyClicks(fields.top_p.editor, "0.9")
    assert fields.parameters == Parameters(top_p=0.9)
    QTest.keyClicks(fields.temperature.editor, "x")
    assert fields.top_p.text == "0.9", "what makes no sense takes nothing away"
    fields.temperature.set_text("")
    QTest.keyClicks(fields.temperature.editor, "0.4")
    assert fields.parameters == Parameters(temperature=0.4)
    assert fields.top_p.text == ""
    assert "So top-p 0.9 was taken out" in fields.pair.text()
    QTest.keyClicks(fields.top_p.editor, "1")
    assert fields.parameters == Parameters(top_p=1.0)
    assert "So temperature 0.4 was taken out" in fields.pair.text()


def test_parameters_are_shown_without_being_told(fields: ParameterFields, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(fields.changed):
        fields.show_parameters(FULL)
    assert fields.parameters == FULL
    assert fields.texts == {
        "temperature": "0.3", "top_p": "", "max_tokens": "200", "seed": "-7", "stop": "END\n\\n\\n",
    }  # fmt: skip
    fields.show_parameters(Parameters())
    assert set(fields.texts.values()) == {""}


def test_what_was_typed_comes_back_while_it_means_the_same(fields: ParameterFields) -> None:
    QTest.keyClicks(fields.temperature.editor, "0,70")
    QTest.keyClicks(fields.seed.editor, "lucky")
    typed, meant = fields.texts, fields.parameters
    fields.show_parameters(FULL, {})
    assert fields.seed.error.text == ""
    fields.show_parameters(meant, typed)
    assert (fields.temperature.text, fields.seed.text) == ("0,70", "lucky")
    assert "whole number" in fields.seed.error.text
    fields.show_parameters(FULL, typed)
    assert (fields.temperature.text, fields.seed.text) == ("0.3", "-7")
