"""The main job by a screen reader alone; no control on the way leaves open what it is."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

import pytest

from beatra_desktop.paths import resources
from tests.e2e.screen_reader import (
    DOWN,
    ENTER,
    RIGHT,
    TAB,
    Node,
    ScreenReader,
    State,
    screen_reader,
)

RECORDING: Final = resources() / "samples" / "riverside-sketch.mp3"
SHORT: Final = {"clip_seconds": 8}
CONTROLS: Final = frozenset(
    {
        "push button", "button menu", "check box", "radio button", "toggle button", "combo box",
        "slider", "spin button", "text", "link", "list item", "cell", "table cell", "tree item",
    }
)  # fmt: skip
GROUPS: Final = frozenset({"panel", "filler", "layered pane", "unknown"})
PAGES: Final = ("Profiles", "Presets", "Notifications", "Shortcuts", "Privacy", "About")


@pytest.fixture
def reader(display: Mapping[str, str]) -> Iterator[ScreenReader]:
    with screen_reader(display) as found:
        yield found


def test_the_main_job_is_done_by_a_screen_reader(
    start: Any, reader: ScreenReader, display: Mapping[str, str]
) -> None:
    app = start(environment={**display, **reader.variables})
    app.expected = ["qt.accessibility.atspi: Could not find"]  # asked for when it has just gone
    root = reader.app()
    app.do("connect")
    app.do("admin", method="POST", path="settings", body=SHORT)
    app.do("come_forward")
    assert unclear(root) == []
    ask(reader, root)
    listen_to_the_answer(reader, root)
    make_a_song(reader, root)
    play_it(reader, root)
    upload(reader, root)
    assert unclear(root) == []
    look_at_the_pages(reader, root)
    look_at_the_settings(reader, root)
    reader.find(root, "File", role="menu item").press()
    reader.find(root, "Quit", role="menu item").press()
    assert app.gone() == 0


def ask(reader: ScreenReader, root: Node) -> None:
    message = reader.find(root, "Message", role="text")
    message.write("How do I write lyrics with structure tags?")
    reader.find(root, "Send message").press()


def listen_to_the_answer(reader: ScreenReader, root: Node) -> None:
    """It says so when it is there, and is gone through with the keyboard."""
    conversation = reader.find(root, "Conversation", role="list")
    reader.until_heard("Answer complete.")
    conversation.take_focus()
    reader.until_heard("Conversation")
    for key, heard in (("k", ""), ("k", "You, "), ("j", "Answer of sandbox-")):
        reader.key(key)
        reader.until_heard(heard)
    answer = reader.until(lambda: _focused(conversation), "the answer in focus")
    assert "being" not in answer.name
    assert len(answer.text) > len("structure tags")
    first, *others = (button.name for button in answer.children)
    assert {"Copy", "Regenerate", "Details"} <= {first, *others}
    reader.key(TAB)
    reader.until_heard(first)
    assert unclear(conversation) == []


def make_a_song(reader: ScreenReader, root: Node) -> None:
    studio = reader.find(root, "Studio")
    reader.find(studio, "Describe the song", role="text").write("slow piano waltz")
    reader.find(studio, "Generate").press()
    reader.find(studio, "slow piano waltz, Done, 2 of 2 saved", role="cell")
    assert unclear(studio) == []


def play_it(reader: ScreenReader, root: Node) -> None:
    """The list is gone through with the keyboard, the wave is a slider."""
    reader.heard()
    reader.find(root, "Songs", role="table").take_focus()
    reader.key(DOWN)
    reader.until_heard("Clip Slow piano waltz 1, 0:08, Saved")
    reader.key(ENTER)
    player = reader.find(root, "Player")
    wave = reader.find(player, "Position in the clip", role="slider")
    assert wave.description.endswith("/ 0:08")
    reader.find(player, "Pause").press()
    before = wave.value
    wave.take_focus()
    reader.key(RIGHT)
    reader.until(lambda: wave.value > before, "a later place in the clip")
    for panel in ("Compare two songs", "Lyrics", "Play queue"):
        reader.find(player, panel, role="check box").press()
        reader.until(partial(_is_checked, player, panel), f"{panel}, open")
        assert unclear(player) == []


def upload(reader: ScreenReader, root: Node) -> None:
    """By the dialog for files, and the question for the rights."""
    reader.find(root, "Part of the studio: Uploads").press()
    reader.find(root, "Add files…", role="push button").press()
    dialog = reader.window(root, "Add files")
    reader.find(dialog, "File name:", role="text").write(str(RECORDING))
    reader.find(dialog, "Open", role="push button").press()
    question = f"Do you have the right to use “{RECORDING.name}”?"
    reader.find(root, f"{question} Yes", role="push button").press()
    reader.find(root, f"{RECORDING.name}, Uploaded", role="cell")


def look_at_the_pages(reader: ScreenReader, root: Node) -> None:
    for name in ("Library", "Activity"):
        reader.find(root, name, role="push button").press()
        page = reader.find(root, name, role="panel")
        assert unclear(page) == []
        parts = [node for node in page.showing() if node.name.startswith(f"Part of the {name}")]
        for part in parts:
            part.press()
            assert unclear(page) == []


def look_at_the_settings(reader: ScreenReader, root: Node) -> None:
    reader.find(root, "Settings", role="push button").press()
    settings = reader.window(root, "Settings")
    assert unclear(settings) == []
    for name in PAGES:
        reader.find(settings, name, role="radio button").press()
        reader.find(settings, name, role="filler")
        assert unclear(settings) == []


def unclear(root: Node) -> list[str]:
    """Controls in sight without a name, or that do not say what they are."""
    return [f"{node} at {node.path}" for node in root.showing() if _is_unclear(node)]


def _is_unclear(node: Node) -> bool:
    role = node.role
    if role not in CONTROLS:
        takes_focus = State.FOCUSABLE in node.states
        return takes_focus and not (node.name.strip() and (role not in GROUPS or _is_group(node)))
    # the name of a choice is what is chosen
    name = " ".join(label.name for label in node.labels) if role == "combo box" else node.name
    return not name.strip()


def _is_group(node: Node) -> bool:
    return any(each.role in CONTROLS for child in node.children for each in child.showing())


def _focused(below: Node) -> Node | None:
    return next((each for each in below.children if State.FOCUSED in each.states), None)


def _is_checked(below: Node, name: str) -> bool:
    return any(n.name == name and State.CHECKED in n.states for n in below.showing())
