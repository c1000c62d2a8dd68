"""Brings the translations up to date: `.venv/bin/python -m tests.translations`.

lupdate reads Python by rough rules: it knows no wrapper around `translate`, and takes what a call
is made on for the context. So it is handed the texts alone, found in the syntax tree.
"""

import ast
import json
import subprocess
import sys
import sysconfig
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
SOURCES: Final = ROOT / "beatra_desktop" / "ui"
FOLDER: Final = ROOT / "resources" / "translations"
CHINESE: Final = "beatra_zh_CN.ts"
ENGLISH: Final = "beatra_en.ts"
"""Holds only what has plural forms: the other texts are English already."""
TRANSLATE_ARGUMENTS: Final = 2


@dataclass(frozen=True, slots=True)
class Text:
    context: str
    source: str
    is_plural: bool = False

    def as_call(self) -> str:
        """The one form that lupdate can't misread."""
        words = f"{json.dumps(self.context)}, {json.dumps(self.source, ensure_ascii=False)}"
        return f"QCoreApplication.translate({words}{', None, 1' if self.is_plural else ''})\n"


class Misplaced(Exception):
    """A text stands where its context can't be told; says the file and line."""


def main() -> int:
    """Update the .ts files, compile them, and list what has no translation yet."""
    update(FOLDER)
    compile_into(FOLDER)
    missing = [f"{name}: {text}" for name in (CHINESE, ENGLISH) for text in unfinished(name)]
    sys.stdout.writelines(f"{line}\n" for line in missing)
    sys.stdout.write(f"{len(missing)} texts without a translation\n")
    return 1 if missing else 0


def all_texts() -> Iterator[Text]:
    """Every text of the window; raises Misplaced."""
    for path in sorted(SOURCES.rglob("*.py")):
        yield from texts_of(ast.parse(path.read_text(encoding="utf-8")), str(path))


def texts_of(tree: ast.Module, name: str) -> list[Text]:
    """The texts of one module; raises Misplaced."""
    return _Finder(name, tree).found


def update(folder: Path) -> None:
    """Bring the .ts files in `folder` in line with the sources; raises Misplaced."""
    with tempfile.TemporaryDirectory() as scratch:
        calls = Path(scratch) / "texts.py"
        calls.write_text("".join(text.as_call() for text in all_texts()), encoding="utf-8")
        options = ["-silent", "-locations", "none", "-no-obsolete"]
        _run("lupdate", *options, str(calls), "-ts", str(folder / CHINESE))
        _run("lupdate", *options, "-pluralonly", str(calls), "-ts", str(folder / ENGLISH))


def compile_into(folder: Path) -> None:
    """Make the .qm files that the app loads of the .ts files beside them."""
    for name in (CHINESE, ENGLISH):
        _run("lrelease", "-silent", str(folder / name))


def unfinished(name: str, folder: Path = FOLDER) -> list[str]:
    """Texts whose translation is missing, partly missing or marked as unfinished."""
    return [
        f"{context.findtext('name')}: {message.findtext('source')}"
        for context in ElementTree.parse(folder / name).getroot().iter("context")
        for message in context.iter("message")
        if _is_unfinished(message)
    ]


def _is_unfinished(message: ElementTree.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return True
    forms = translation.findall("numerusform") or [translation]
    return not all(form.text for form in forms)


def _run(tool: str, *arguments: str) -> None:
    program = Path(sysconfig.get_path("scripts")) / f"pyside6-{tool}"
    subprocess.run([program, *arguments], check=True)


class _Finder(ast.NodeVisitor):
    """Finds the texts of one module with the contexts they are looked up in at run time."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.found: list[Text] = []
        self._name = name
        self._class = ""
        self._constants = dict(_string_constants(tree))
        self._wrapped = self._context_of_wrapper(tree)
        self.visit(tree)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        outer, self._class = self._class, node.name
        self.generic_visit(node)
        self._class = outer

    def visit_Call(self, node: ast.Call) -> None:
        name = ast.unparse(node.func)
        if name.endswith((".translate", "QT_TRANSLATE_NOOP")) and len(node.args) > 1:
            self._note(node, self._text(node.args[0]), node.args[1])
        elif name == "_tr":
            self._note(node, self._wrapped, node.args[0])
        elif name == "tr" or name.endswith(".tr"):
            self._note(node, self._class if name == "self.tr" else "", node.args[0])
        self.generic_visit(node)

    def _note(self, call: ast.Call, context: str, words: ast.expr) -> None:
        source = self._text(words)
        if not source:
            return
        if not context:
            raise Misplaced(f"{self._name}:{call.lineno}: no context for {source!r}")
        plural = ast.unparse(call.func).endswith("tr") and len(call.args) > TRANSLATE_ARGUMENTS
        self.found.append(Text(context, source, plural))

    def _text(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return self._constants.get(node.id, "")
        value = node.value if isinstance(node, ast.Constant) else ""
        return value if isinstance(value, str) else ""

    def _context_of_wrapper(self, tree: ast.Module) -> str:
        """The context that the module's own `_tr` asks for."""
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and node.name == "_tr":
                asked = next(call for call in ast.walk(node) if isinstance(call, ast.Call))
                return self._text(asked.args[0])
        return ""


def _string_constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        match node:
            case ast.AnnAssign(ast.Name(name), value=ast.Constant(str(words))):
                yield name, words


if __name__ == "__main__":
    sys.exit(main())
