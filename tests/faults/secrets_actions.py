"""What the campaign for secrets does in the driven app, and everything it can see of it there.

Keys come and go backwards, so that the driver's own memory does not hold them.
"""

import asyncio
import gc
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FunctionType, ModuleType
from typing import Any, Final, NoReturn

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from beatra_desktop import logs
from beatra_desktop.domain.notices import NoticeCode
from beatra_desktop.domain.uploads import UploadStatus
from beatra_desktop.ui.settings.profiles_page import ProfilesPage
from tests.e2e.actions import Stage, action, plain, until

_CONTAINERS: Final = (dict, list, tuple, set, frozenset, ModuleType, FunctionType, type)
"""What has no repr of its own that could tell more than what it refers to."""
_KEEPER: Final = "beatra_desktop.credentials.key.ApiKey"
LOOKS: Final = 20
LOOK_SECONDS: Final = 0.5
_AT_REST: Final = ("saved", "unsaved")
_TEXTS: Final = ("text", "toPlainText", "placeholderText", "title", "currentText")


@action
async def enter_key(stage: Stage, profile: str, backwards: str, session_only: bool) -> str:
    """Type a key into a profile's field in the settings and save it; returns what stands there."""
    left: str = await begin_entering(stage, profile, backwards, session_only)
    await _until_over("save key")
    return left


@action
async def until_key_saved(_stage: Stage) -> None:
    await _until_over("save key")


@action
async def is_saving_key(_stage: Stage) -> bool:
    return any(task.get_name() == "save key" for task in asyncio.all_tasks())


@action
async def activate(stage: Stage, profile: str) -> None:
    found = stage.services.profiles.named(profile)
    assert found is not None, profile
    stage.services.profiles.activate(found.id)


@action
async def open_profiles(stage: Stage) -> None:
    stage.window.interior.dialogs.open_profiles()


@action
async def begin_entering(
    stage: Stage, profile: str, backwards: str, session_only: bool = False
) -> str:
    """As `enter_key`, but the key store is not waited for."""
    page = stage.window.interior.dialogs.open_profiles().findChild(ProfilesPage)
    found = stage.services.profiles.named(profile)
    assert isinstance(page, ProfilesPage)
    assert found is not None, profile
    entry = page.card(found.id).key_entry
    assert entry is not None, profile
    entry.session_only.setChecked(session_only)
    QTest.keyClicks(entry.key, backwards[::-1])
    entry.save.click()
    return entry.key.text()[::-1]


@action
async def forget_key(stage: Stage, profile: str) -> None:
    found = stage.services.profiles.named(profile)
    assert found is not None, profile
    stage.services.profiles.forget_key(found.id)
    await _until_over("forget key")


@action
async def add_service(stage: Stage, name: str, base_url: str) -> None:
    """Fill in the settings' form for a service of one's own and use it."""
    page = stage.window.interior.dialogs.open_profiles().findChild(ProfilesPage)
    assert isinstance(page, ProfilesPage)
    QTest.keyClicks(page.add_profile.name, name)
    QTest.keyClicks(page.add_profile.base_url, base_url)
    page.add_profile.button.click()
    assert stage.services.profiles.active.value.name == name


@action
async def remove_service(stage: Stage, name: str) -> None:
    found = stage.services.profiles.named(name)
    assert found is not None, name
    stage.services.profiles.remove(found.id)
    await _until_over("forget profile")


@action
async def test_key_store(stage: Stage) -> str:
    """Press Test below "Where keys are kept"; returns the words that stand there then."""
    page = stage.window.interior.dialogs.open_profiles().findChild(ProfilesPage)
    assert isinstance(page, ProfilesPage)
    page.key_store.test.click()
    await _until_over("test key store")
    return page.key_store.words


@action
async def fail(stage: Stage, where: str, backwards: str) -> None:
    """Raise an error nobody catches that has the key in its text and in its frame."""

    def broken() -> NoReturn:
        key = backwards[::-1]
        raise RuntimeError(f"no answer for {{'Authorization': 'Bearer {key}'}} nor {key!r}")

    await _BROKEN[where](broken)


@action
async def cancel_songs(stage: Stage) -> None:
    for task in stage.services.music.tasks:
        stage.services.music.cancel(task.id)


@action
async def settle(stage: Stage, seconds: float) -> bool:
    """Give what goes on some time; what is tried again for longer is no matter here."""
    services = stage.services

    def rests() -> bool:
        return (
            not services.chat.answering.value
            and not any(upload.status.is_live for upload in services.uploads.uploads)
            and all(task.status.is_terminal for task in services.music.tasks)
            and all(clip.delivery.value in _AT_REST for clip in services.music.clips)
        )

    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await until(rests)
    return rests()


@action
async def answer_rights(stage: Stage) -> None:
    for upload in stage.services.uploads.uploads:
        if upload.status is UploadStatus.ASKING:
            stage.services.uploads.confirm_rights(upload.id)


@action
async def told(stage: Stage) -> dict[str, Any]:
    """All that the app would tell: records, reports, command lines, notices, widgets."""
    services, window = stage.services, stage.window
    rows = list(services.activity.rows)
    report = window.interior.dialogs.open_support()
    words = {
        "profiles": list(map(plain, services.profiles.profiles)),
        "connection": plain(services.profiles.connection.value),
        "catalog": str(services.profiles.catalog.value),
        "key store": plain(services.profiles.key_store.value),
        "notices": list(map(plain, services.notices.notices)),
        "messages": list(map(plain, stage.messages)),
        "uploads": list(map(plain, services.uploads.uploads)),
        "tasks": list(map(plain, services.music.tasks)),
        "clips": list(map(plain, services.music.clips)),
        "activity": list(map(plain, rows)),
        "reports": [services.activity.report(row.id, with_text=True) for row in rows],
        "curl": [services.activity.curl(row.id, with_text=True) for row in rows],
        "support": report.text.toPlainText(),
        "clipboard": QGuiApplication.clipboard().text(),
        "widgets": [word for widget in QApplication.allWidgets() for word in _words(widget)],
    }
    report.close()
    QGuiApplication.clipboard().clear()
    return words


@action
async def remembered(stage: Stage, backwards: list[str]) -> list[str]:
    """What in Python's memory keeps on referring to such a text, or shows it, at rest.

    A request that is on its way holds its headers, and so does one that waits to be tried again; so
    those are stopped, and what is not there at each look is no matter.
    """
    for row in list(stage.services.activity.rows):
        stage.services.activity.stop_retrying(row.id)
    found = set(holders(backwards))
    for _ in range(LOOKS):
        if found:
            await asyncio.sleep(LOOK_SECONDS)
            found &= set(holders(backwards))
    return sorted(found)


@action
async def plant(stage: Stage, backwards: str) -> None:
    """Leave the key in many places, to see that it is found there."""
    key = backwards[::-1]
    stage.window.setWindowTitle(key)
    QGuiApplication.clipboard().setText(key)
    stage.services.notices.tell(NoticeCode.KEY_SESSION_ONLY, reason=key)
    stage.services.profiles.add(key, "http://127.0.0.1:9/v1")
    careless = Careless(key)
    careless.socket.bind(b"\0" + key.encode())
    _PLANTED.append(careless)


class Careless:
    """Keeps a key in the open, and gives it to a child."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.socket = socket.socket(socket.AF_UNIX)
        wait, ends = [sys.executable, "-c", "input()"], subprocess.PIPE
        self.children = [
            subprocess.Popen([*wait, *words], env=variables, stdin=ends, stderr=subprocess.DEVNULL)
            for words, variables in (((), {"KEY": key}), ((key,), {}))
        ]


_PLANTED: Final[list[Careless]] = []


def holders(backwards: list[str]) -> list[str]:
    """What in Python's memory refers to such a text or shows it, but the keepers of keys.

    That is every object the interpreter can reach, not only those behind the window.
    """
    gc.unfreeze()  # the app freezes what it starts with, and what is frozen is not listed
    gc.collect()
    keepers = {id(logs._live_secrets), id(backwards)}
    found = (
        f"{kind} holds {_form(text)}"
        for thing in gc.get_objects()
        if id(thing) not in keepers and (kind := _kind(thing)) != _KEEPER
        for text in _texts_of(thing)
        if any(word in text[::-1] for word in backwards)
    )
    return sorted(set(found))


def _kind(thing: object) -> str:
    return f"{type(thing).__module__}.{type(thing).__qualname__}"


def _form(text: str) -> str:
    return f"a text of {len(text)} characters, beginning {text[:24]!r}"


def _texts_of(thing: object) -> Iterator[str]:
    yield from _referred(thing)
    if not isinstance(thing, _CONTAINERS):
        for show in _own_words(type(thing)):
            with suppress(Exception):  # half-made and closed things may refuse
                yield show(thing)


def _referred(thing: object) -> Iterator[str]:
    for inner in gc.get_referents(thing):
        if isinstance(inner, str):
            yield inner
        elif isinstance(inner, bytes | bytearray):
            yield inner.decode("latin-1")
        elif isinstance(inner, dict | tuple) and not gc.is_tracked(inner):
            yield from _referred(inner)  # what holds only plain values is not listed itself


def _own_words(kind: type) -> Iterator[Callable[[object], str]]:
    for name, show in (("__repr__", repr), ("__str__", str)):
        if getattr(kind, name) is not getattr(object, name):
            yield show


def _words(widget: QWidget) -> Iterator[str]:
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    for name in _TEXTS:
        tell = getattr(widget, name, None)
        if callable(tell):
            yield str(tell())
    interface = QAccessible.queryAccessibleInterface(widget)
    if interface is not None:
        yield interface.text(QAccessible.Text.Value)


async def _until_over(name: str) -> None:
    await until(lambda: all(task.get_name() != name for task in asyncio.all_tasks()))


async def _in_a_slot(broken: Callable[[], NoReturn]) -> None:
    QTimer.singleShot(0, broken)
    await asyncio.sleep(0.05)


async def _in_the_loop(broken: Callable[[], NoReturn]) -> None:
    asyncio.get_running_loop().call_soon(broken)
    await asyncio.sleep(0.05)


async def _in_a_thread(broken: Callable[[], NoReturn]) -> None:
    thread = threading.Thread(target=broken, name="broken")
    thread.start()
    await asyncio.to_thread(thread.join)


async def _in_a_task(broken: Callable[[], NoReturn]) -> None:
    async def work() -> None:
        broken()

    task = asyncio.get_running_loop().create_task(work())
    await asyncio.wait([task])


_BROKEN: Final = {
    "slot": _in_a_slot,
    "loop": _in_the_loop,
    "thread": _in_a_thread,
    "task": _in_a_task,
}
