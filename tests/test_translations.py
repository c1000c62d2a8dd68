"""The translations are whole, fit the sources, and are what the app loads."""

import ast
import re
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import translations
from tests.translations import CHINESE, ENGLISH, FOLDER, Misplaced, Text, texts_of

REPAIR = "run .venv/bin/python -m tests.translations and translate what it lists"
_PARTS = re.compile(r"\{[^}]*\}|%n|\n")


def test_the_files_hold_the_texts_of_the_sources_and_the_app_loads_them(tmp_path: Path) -> None:
    folder = tmp_path / "translations"
    shutil.copytree(FOLDER, folder)
    translations.update(folder)
    translations.compile_into(folder)
    stale = [path.name for path in FOLDER.iterdir() if _differs(path, folder / path.name)]
    assert not stale, REPAIR


def _differs(path: Path, other: Path) -> bool:
    return path.read_bytes() != other.read_bytes()


@pytest.mark.parametrize("name", [CHINESE, ENGLISH])
def test_every_text_is_translated(name: str) -> None:
    assert not translations.unfinished(name), REPAIR


@pytest.mark.parametrize("name", [CHINESE, ENGLISH])
def test_what_is_filled_in_is_filled_in_everywhere(name: str) -> None:
    """An English singular may say "one" instead of its number; nothing else may differ."""
    wrong = [pair for pair in _pairs(name) if _parts(pair[0]) != _parts(pair[1])]
    assert not wrong


def _pairs(name: str) -> Iterator[tuple[str, str]]:
    for message in ElementTree.parse(FOLDER / name).getroot().iter("message"):
        translation = message.find("translation")
        assert translation is not None
        for form in translation.findall("numerusform") or [translation]:
            yield message.findtext("source") or "", form.text or ""


def _parts(text: str) -> list[str]:
    return sorted(_PARTS.findall(text))


def test_texts_are_found_with_the_context_they_are_looked_up_in() -> None:
    source = """
CONTEXT: Final = "tables"
WORDS = {1: QT_TRANSLATE_NOOP("tables", "one")}
class Outer(QObject):
    def speak(self):
        self.tr("a " "b"); self.tr("%n c", "", 3); self.tr(WORDS[1]); _tr("d")
        QCoreApplication.translate("Other", "e")
def _tr(text):
    return QCoreApplication.translate(CONTEXT, text)
"""
    assert list(texts_of(ast.parse(source), "a.py")) == [
        Text("tables", "one"),
        Text("Outer", "a b"),
        Text("Outer", "%n c", is_plural=True),
        Text("tables", "d"),
        Text("Other", "e"),
    ]


def test_a_text_of_another_object_is_refused_because_its_context_is_not_known() -> None:
    with pytest.raises(Misplaced, match=r"a\.py:1.*'words'"):
        list(texts_of(ast.parse('button.tr("words")'), "a.py"))
