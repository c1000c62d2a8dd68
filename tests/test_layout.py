"""House rules that no linter we use can keep: sizes, excepts, nested event loops, test twins."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / "beatra_desktop"
TESTS: Final = ROOT / "tests"
MAX_FUNCTION_LINES: Final = 60
MAX_MODULE_LINES: Final = 400
TWINNED: Final = ("domain", "api", "storage", "services")
BROAD: Final = {"Exception", "BaseException"}
NESTED_LOOPS: Final = {"exec", "exec_", "processEvents"}
FUNCTIONS: Final = (ast.FunctionDef, ast.AsyncFunctionDef)
BLOCKS: Final = ("body", "orelse", "handlers", "finalbody", "cases")

Rule = Callable[[str], Iterator[str]]


def sources(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def assert_kept(rule: Rule, paths: list[Path]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{offence}"
        for path in paths
        for offence in rule(path.read_text("utf-8"))
    ]
    assert not found, "\n".join(["", *found])


def long_modules(text: str) -> Iterator[str]:
    lines = len(text.splitlines())
    if lines > MAX_MODULE_LINES:
        yield f"{lines} lines"


def nodes(text: str, *words: str) -> Iterator[ast.AST]:
    """All there are, if any of the words stands in the text: to parse takes far longer."""
    if any(word in text for word in words):
        yield from ast.walk(ast.parse(text))


def functions(text: str) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All of them; expressions, which hold none, are not walked through."""
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, FUNCTIONS):
            yield node
        waiting += (each for name in BLOCKS for each in getattr(node, name, ()))


def long_functions(text: str) -> Iterator[str]:
    for node in functions(text):
        lines = (node.end_lineno or node.lineno) - node.lineno + 1
        if lines > MAX_FUNCTION_LINES:
            yield f"{node.lineno}: {node.name} has {lines} lines"


def names_in(node: ast.expr | None) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)} if node else BROAD


def broad_excepts(text: str) -> Iterator[str]:
    for node in nodes(text, *BROAD, "except:"):
        if isinstance(node, ast.ExceptHandler) and names_in(node.type) & BROAD:
            yield f"{node.lineno}: broad except"
        elif isinstance(node, ast.Call) and called_name(node) == "suppress":
            yield from (
                f"{node.lineno}: broad suppress" for each in node.args if names_in(each) & BROAD
            )


def called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def nested_loops(text: str) -> Iterator[str]:
    for node in nodes(text, *NESTED_LOOPS):
        if isinstance(node, ast.Call) and called_name(node) in NESTED_LOOPS:
            yield f"{node.lineno}: {called_name(node)}() starts a nested event loop"


def sleeps(text: str) -> Iterator[str]:
    """All but the pauses of a loop that looks at a condition again and again."""
    waits = {"time.sleep", "qtbot.wait", "QTest.qWait"}
    found = list(nodes(text, *waits))
    loops = (node for node in found if isinstance(node, ast.While))
    glances = {id(inner) for loop in loops for inner in ast.walk(loop)}
    for node in found:
        if not isinstance(node, ast.Call) or id(node) in glances:
            continue
        if ast.unparse(node.func) in waits:
            yield f"{node.lineno}: waits for time instead of a condition"


def mocks(text: str) -> Iterator[str]:
    for node in nodes(text, "mock"):
        if isinstance(node, ast.Import | ast.ImportFrom) and "mock" in ast.unparse(node):
            yield f"{node.lineno}: mocks; tests use the real thing"


def silenced_without_reason(text: str) -> Iterator[str]:
    switched_off = re.compile(r"# (?:noqa|type: ignore)(?:: [A-Z0-9, ]+|\[[a-z-, ]+\])?(.*)")
    for number, line in enumerate(text.splitlines(), start=1):
        found = switched_off.search(line)
        if found and not re.search(r"[a-z]{3}", found[1]):
            yield f"{number}: switches a check off without saying why"


def has_behaviour(path: Path) -> bool:
    return any(functions(path.read_text("utf-8")))


@pytest.mark.parametrize("rule", [long_modules, long_functions])
def test_sizes_stay_readable(rule: Rule) -> None:
    assert_kept(rule, [ROOT / "run.py", *sources(PACKAGE, TESTS)])


def test_excepts_name_what_they_catch() -> None:
    assert_kept(broad_excepts, [ROOT / "run.py", *sources(PACKAGE)])


def test_the_ui_starts_no_nested_event_loop() -> None:
    """But for drags: Qt knows no other way to start one."""
    modules = [path for path in sources(PACKAGE / "ui") if path.name != "drag_out.py"]
    assert_kept(nested_loops, modules)


def test_checks_are_switched_off_only_with_a_reason() -> None:
    assert_kept(silenced_without_reason, [ROOT / "run.py", *sources(PACKAGE, TESTS)])


@pytest.mark.parametrize("rule", [sleeps, mocks])
def test_tests_wait_on_conditions_and_use_the_real_thing(rule: Rule) -> None:
    assert_kept(rule, sources(TESTS))


def test_tests_are_no_package() -> None:
    """Import mode "importlib" needs it so; shared helpers are fixtures in conftest.py."""
    assert list(TESTS.rglob("__init__.py")) == []


def test_every_module_below_the_ui_has_its_test_twin() -> None:
    modules = sources(*(PACKAGE / layer for layer in TWINNED))
    behaving = (path for path in modules if path.name != "__init__.py" and has_behaviour(path))
    twins = (
        TESTS / path.relative_to(PACKAGE).with_name(f"test_{path.name.lstrip('_')}")
        for path in behaving
    )
    absent = [str(twin.relative_to(ROOT)) for twin in twins if not twin.exists()]
    assert not absent, "\n".join(["", *absent])


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        (long_modules, "x = 1\n" * 401, "x = 1\n" * 400),
        (long_functions, "def f():" + "\n    g()" * 60, "def f():" + "\n    g()" * 59),
        (
            broad_excepts,
            "try: f()\nexcept (OSError, Exception): g()",
            "try: f()\nexcept OSError: g()",
        ),
        (broad_excepts, "try: f()\nexcept: g()", "with suppress(OSError): f()"),
        (broad_excepts, "with contextlib.suppress(Exception): f()", "raise Exception"),
        (nested_loops, "dialog.exec()", "dialog.open()"),
        (nested_loops, "QApplication.processEvents()", "dialog.executed.connect(f)"),
        (sleeps, "time.sleep(1)", "await asyncio.sleep(0)"),
        (mocks, "from unittest.mock import Mock", "import pytest"),
        (silenced_without_reason, "x = f()  # noqa: BLE001", "x = f()  # noqa: BLE001 - a hook"),
        (silenced_without_reason, "x = f()  # type: ignore[arg-type]", "x = f()  # by hand"),
    ],
)
def test_each_rule_sees_an_offence_and_only_that(rule: Rule, bad: str, good: str) -> None:
    assert list(rule(bad))
    assert not list(rule(good))
