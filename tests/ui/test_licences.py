"""The licences: everything that is locked for the app is named, with its licence's own words."""

import json
import runpy
from pathlib import Path
from typing import Any, Final

import pytest
from pytestqt.qtbot import QtBot

from beatra_desktop.ui.settings.about_page import AboutPage
from beatra_desktop.ui.settings.licences_window import LicencesWindow
from beatra_desktop.ui.settings.third_party import Part, parts

SCRIPT: Final = Path(__file__).resolve().parents[2] / "packaging" / "third_party.py"
NO_TEXT: Final = {"latex2mathml"}
"""Comes without one."""


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(SCRIPT))


def test_the_list_is_that_of_the_locked_packages(script: dict[str, Any]) -> None:
    fresh = [script["described"](name) for name in script["locked"]()]
    assert json.loads(script["TARGET"].read_text("utf-8")) == fresh, (
        "make it anew by packaging/third_party.py"
    )


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.name)
def test_each_part_has_a_licence_and_its_words(part: Part) -> None:
    assert part.licence
    installed = part.version or part.name in ("FFmpeg", "Inter", "Lucide")
    assert part.text or not installed or part.name in NO_TEXT


def test_they_are_read_from_the_about_page(qtbot: QtBot) -> None:
    page = AboutPage("1.2.3")
    qtbot.addWidget(page)
    page.show()
    page.licences.click()
    [window] = page.findChildren(LicencesWindow)
    names = [part.name for part in parts()]
    window.list.choose(names.index("PySide6_Essentials"))
    assert window.title.text() == "PySide6_Essentials"
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in window.text.toPlainText()
    window.list.choose(names.index("latex2mathml"))
    assert window.text.toPlainText().startswith("MIT. The text of the licence is at https://")
    window.close()
