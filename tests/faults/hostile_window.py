"""Attacks on the window: markup in labels, tips, menus and questions, and the local socket."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any, Final

from PySide6.QtCore import QDeadlineTimer, QEventLoop
from PySide6.QtGui import Qt
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel
from beatra_desktop.domain.uploads import Purpose
from beatra_desktop.services.uploading.inspection import look
from beatra_desktop.ui import format
from beatra_desktop.ui.buttons import IconButton
from beatra_desktop.ui.details import Detail, DetailsPopover
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.instance_server import _name
from beatra_desktop.ui.labels import Badge, ElidedLabel, Text
from beatra_desktop.ui.notice_bar import NoticeRow
from beatra_desktop.ui.question import Question
from beatra_desktop.ui.single_instance import Call, SingleInstance
from beatra_desktop.ui.startup_problem import StartupProblem
from tests.faults import hostile_qt
from tests.faults.campaign import Case, Verdict
from tests.faults.hostile_texts import MARKUP, nasty, with_halves

FETCH: Final = "nothing is fetched"
HARMLESS: Final = "nothing is executed"
STUCK: Final = "nothing stuck"
_TAG: Final = re.compile(r"<\s*([a-z]+)")
PATIENCE_MS: Final = 5_000


def words_on_show(case: Case) -> Iterator[Verdict]:
    """What others wrote stands in the window as it is: no label, tip or button reads it as HTML."""
    random = case.random
    hostile_qt.application()
    witness = hostile_qt.Witness()
    lure = random.choice(MARKUP).format(host=witness.host) + nasty(random, 3).replace("\0", "")
    widgets = _widgets(random, lure)
    for widget in widgets:
        widget.resize(120, 80)
        widget.show()
        QApplication.processEvents()
    wrong = [problem for widget in widgets for problem in _misread(widget)]
    yield Verdict(promise=HARMLESS, kind="words on show", problem="; ".join(wrong))
    came = witness.visitors()
    yield Verdict(promise=FETCH, kind="words on show", problem=f"{came} came" if came else "")
    for widget in widgets:
        widget.close()
        widget.deleteLater()
    QApplication.processEvents()
    witness.close()


def menus(case: Case) -> Iterator[Verdict]:
    """A name in a menu keeps its signs: an & marks no letter, and it stays short."""
    name = with_halves(case.random, nasty(case.random, 12)) + "&Rock && Roll\tCtrl+Q"
    shown = format.menu_name(name)
    single = shown.replace("&&", "").count("&")
    long = len(shown.replace("&&", "&")) > format.NAME_CHARACTERS
    problem = f"{name!r} is shown as {shown!r}" if single or long else ""
    yield Verdict(promise=HARMLESS, kind="menus", problem=problem)


def local_socket(case: Case) -> Iterator[Verdict]:
    """Garbage from many clients is not answered, and an honest start is heard after it."""
    random = case.random
    hostile_qt.application()
    with closing(SingleInstance(case.folder)) as first:
        calls: list[Call] = []
        first.called.connect(calls.append)
        first.listen()
        first.tell()
        guests = [_guest(case.folder, _message(random)) for _ in range(random.randint(1, 8))]
        _settle()
        strange = [call for call in calls if not all(path.is_absolute() for path in call.paths)]
        yield Verdict(
            promise=HARMLESS, kind="local socket", problem=str(strange) if strange else ""
        )
        for path in [path for call in calls for path in call.paths]:
            look(path, lambda _: Purpose.REFERENCE_AUDIO)
        calls.clear()
        guests.append(_guest(case.folder, b'{"paths": ["/music/a.mp3"]}\n'))
        _settle(until=lambda: bool(calls))
        heard = [call.paths for call in calls] == [(Path("/music/a.mp3"),)]
        yield Verdict(promise=STUCK, kind="local socket", problem="" if heard else repr(calls))
        for guest in guests:
            guest.abort()
            guest.deleteLater()
        _settle()


def _widgets(random: Random, lure: str) -> list[QWidget]:
    code = random.choice([NoticeCode.IMPORTED, NoticeCode.EXPORTED])
    told = {name: lure for name in ("name", "path", "reason", "title", "detail")}
    told |= {name: "3" for name in ("count", "imported", "here", "failed")} | {"stopped": ""}
    notice = Notice(id="n", level=NoticeLevel.WARNING, code=code, parameters=told)
    return [
        Text(lure), ElidedLabel(lure), Badge(lure), IconButton(Icon.COPY, lure),
        Question(lure, lost=lure, verb="Delete"), NoticeRow(notice), StartupProblem(lure),
        DetailsPopover([Detail("Title", lure), Detail("Id", lure)]),
    ]  # fmt: skip


def _misread(widget: QWidget) -> Iterator[str]:
    for label in [widget, *widget.findChildren(QWidget)]:
        if isinstance(label, QLabel) and label.text() and _is_html(label):
            yield f"{type(widget).__name__} shows HTML: {label.text()!r}"
        tip = label.toolTip()
        if Qt.mightBeRichText(tip) and set(_TAG.findall(tip)) - {"p", "br"}:
            yield f"{type(widget).__name__} has a tip of HTML: {tip!r}"
        if (
            isinstance(label, QAbstractButton)
            and "<" in label.text()
            and "&" in label.text().replace("&&", "")
        ):
            yield f"a button marks a letter: {label.text()!r}"


def _is_html(label: QLabel) -> bool:
    kind = label.textFormat()
    return kind is Qt.TextFormat.RichText or (
        kind is Qt.TextFormat.AutoText and Qt.mightBeRichText(label.text())
    )


def _message(random: Random) -> bytes:
    odd: list[Any] = [
        "x",
        "/a",
        "a/b",
        "/a\0b",
        "/\ud800",
        "//x/y",
        "",
        5,
        None,
        ["/a"],
        "/" * 5_000,
    ]
    odd += ["beatra:task/x", "/\u202e", "/dev/zero", "/proc/self/mem", "/dev/tty", "../../x"]
    if random.random() < 0.5:  # what is understood but for its sense
        odd = [word for word in odd if isinstance(word, str)]
        plain = {"paths": random.choices(odd, k=2), "links": random.choices(odd, k=1)}
        return json.dumps(plain).encode() + b"\n"
    words = [random.choice(odd) for _ in range(random.randint(0, 4))]
    names = random.sample(["paths", "links", "token", "other"], random.randint(1, 3))
    told: Any = {name: random.choice([words, *words, {}]) for name in names}
    line = json.dumps(random.choice([told, told, told, words, None, 7])).encode()
    return random.choice(
        [line + b"\n", line, line[: len(line) // 2] + b"\n", random.randbytes(200) + b"\n",
         b"\n" * 50,
         b"[" * 100_000 + b"\n", b"1" * 100_000 + b"\n", b"x" * 2_000_000, b"\xff\n",
         line * 3 + b"\n"]
    )  # fmt: skip


def _guest(folder: Path, message: bytes) -> QLocalSocket:
    guest = QLocalSocket()
    guest.connectToServer(_name(folder))
    assert guest.waitForConnected(PATIENCE_MS)
    guest.write(message)
    guest.flush()
    return guest


def _settle(until: Any = None) -> None:
    """Let events be heard: some rounds, or until something came."""
    deadline = QDeadlineTimer(PATIENCE_MS)
    rounds = 0
    while not deadline.hasExpired() and (rounds < 20 or (until is not None and not until())):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        rounds += 1


ATTACKS: Final = {"words on show": words_on_show, "menus": menus, "local socket": local_socket}
