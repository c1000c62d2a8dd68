"""One window per data folder, told by real second processes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from beatra_desktop.ui import instance_server
from beatra_desktop.ui.instance_server import MAX_MESSAGE_BYTES
from beatra_desktop.ui.single_instance import Call, SingleInstance, is_open

PATIENCE_MS = 20_000
SECOND = dedent(
    """
    import json, sys
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from beatra_desktop.ui.single_instance import Call, SingleInstance
    application = QCoreApplication([])
    instance = SingleInstance(Path(sys.argv[1]))
    paths = tuple(Path(p) for p in sys.argv[2:])
    call = Call(paths=paths, links=("beatra:library",), token="leave")
    passed = not instance.is_first and instance.pass_on(call)
    print(json.dumps([instance.is_first, passed]))
    """
)
HOLDER = dedent(
    """
    import sys, time
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from beatra_desktop.ui.single_instance import SingleInstance
    application = QCoreApplication([])
    instance = SingleInstance(Path(sys.argv[1]))
    instance.listen()
    print(instance.is_first, flush=True)
    time.sleep(600)
    """
)


@pytest.fixture
def first(qapp: object, tmp_path: Path) -> Iterator[SingleInstance]:
    with closing(SingleInstance(tmp_path)) as instance:
        assert instance.is_first
        instance.listen()
        instance.tell()
        yield instance


@pytest.fixture
def calls(first: SingleInstance) -> list[list[Path]]:
    found: list[list[Path]] = []
    first.called.connect(lambda call: found.append(list(call.paths)))
    return found


def _start(program: str, *arguments: Path | str | bytes) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _second(qtbot: QtBot, folder: Path, *files: Path | str | bytes) -> list[bool]:
    """What a second start found: whether it is the first, and whether it was understood."""
    process = _start(SECOND, folder, *files)
    qtbot.waitUntil(lambda: process.poll() is not None, timeout=PATIENCE_MS)
    output, _ = process.communicate()
    found: list[bool] = json.loads(output)
    return found


def _send(qtbot: QtBot, name: str, *parts: bytes) -> bytes:
    """Say something over the socket; gives the answer once the other side has hung up."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(PATIENCE_MS)
    for part in parts:
        socket.write(part)
        socket.flush()
    closed = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: socket.state() is closed, timeout=PATIENCE_MS)
    return bytes(socket.readAll().data())


def _name(first: SingleInstance) -> str:
    [server] = first.findChildren(QLocalServer)
    return str(server.serverName())


def test_a_second_start_hands_its_files_over(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    files = [tmp_path / "Ein Lied ♪.mp3", tmp_path / "b.wav"]
    assert _second(qtbot, tmp_path, *files) == [False, True]
    assert calls == [files]


def test_links_and_the_leave_to_come_forward_go_along(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    heard: list[Call] = []
    first.called.connect(heard.append)
    assert _second(qtbot, tmp_path) == [False, True]
    assert heard == [Call(links=("beatra:library",), token="leave")]


def test_relative_names_mean_the_folder_of_the_second_start(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    assert _second(qtbot, tmp_path, "song.mp3") == [False, True]
    assert calls == [[Path.cwd() / "song.mp3"]]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes names that are no text")
def test_a_name_that_is_no_text_arrives(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    name = os.fsencode(tmp_path) + b"/caf\xe9.mp3"
    assert _second(qtbot, tmp_path, name) == [False, True]
    assert os.fsencode(calls[0][0]) == name


def test_many_files_are_more_than_a_socket_takes_at_once(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    files = [tmp_path / f"{'x' * 200}{number}.mp3" for number in range(2000)]
    assert _second(qtbot, tmp_path, *files) == [False, True]
    assert calls == [files]


def test_another_folder_is_another_app(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "other").mkdir()
    assert _second(qtbot, tmp_path / "other") == [True, False]
    assert calls == []


def test_whoever_comes_after_the_first_has_gone_is_the_first(qapp: object, tmp_path: Path) -> None:
    for _ in range(2):
        with closing(SingleInstance(tmp_path)) as instance:
            assert instance.is_first


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(b"\n", id="nothing"),
        pytest.param(b"\xff\xfe\x00\n", id="no text"),
        pytest.param(b"GET / HTTP/1.1\n", id="no JSON"),
        pytest.param(b'{"files": []}\n', id="a word nobody knows"),
        pytest.param(b'{"paths": [1, null]}\n', id="no names"),
        pytest.param(b"[]\n", id="a list"),
        pytest.param(b'{"paths": ["relative.mp3"]}\n', id="no whole path"),
        pytest.param(b'{"paths": ["/a\\u0000b"]}\n', id="a name no system takes"),
        pytest.param(b'{"token": "a\\u0000b"}\n', id="a token that is no word"),
        pytest.param(b"[" * 200_000 + b"\n", id="nested without end"),
        pytest.param(b"x" * (MAX_MESSAGE_BYTES + 1), id="without end"),
    ],
)
def test_garbage_is_not_answered_and_does_no_harm(
    first: SingleInstance, calls: list[list[Path]], tmp_path: Path, qtbot: QtBot, garbage: bytes
) -> None:
    assert _send(qtbot, _name(first), garbage) == b""
    assert calls == []
    assert _send(qtbot, _name(first), b"{}\n") == b"ok\n"
    assert calls == [[]]


def test_a_message_may_come_in_pieces(
    first: SingleInstance, calls: list[list[Path]], qtbot: QtBot
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(_name(first))
    assert socket.waitForConnected(PATIENCE_MS)
    socket.write(b'{"paths": ["/so')
    socket.flush()
    qtbot.waitUntil(lambda: socket.bytesToWrite() == 0)
    assert calls == []
    socket.write(b'ng.mp3"]}\n')
    qtbot.waitUntil(lambda: bool(calls), timeout=PATIENCE_MS)
    assert calls == [[Path("/song.mp3")]]


def test_who_hangs_up_at_once_is_forgotten(first: SingleInstance, qtbot: QtBot) -> None:
    socket = QLocalSocket()
    socket.connectToServer(_name(first))
    assert socket.waitForConnected(PATIENCE_MS)
    socket.abort()
    assert _send(qtbot, _name(first), b"{}\n") == b"ok\n"


def test_a_crash_leaves_nothing_in_the_way(qapp: object, tmp_path: Path) -> None:
    crashed = _start(HOLDER, tmp_path)
    assert crashed.stdout is not None
    assert crashed.stdout.readline() == "True\n"
    crashed.kill()
    crashed.communicate()
    with closing(SingleInstance(tmp_path)) as instance:
        assert instance.is_first


def test_a_lock_file_from_a_machine_of_another_name_is_no_lock(
    qapp: object, tmp_path: Path
) -> None:
    (tmp_path / "instance.lock").write_text(f"{os.getpid()}\npython\nold-name\n\n\n")
    with closing(SingleInstance(tmp_path)) as instance:
        assert instance.is_first


def test_a_first_one_that_hangs_is_not_believed(
    qapp: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_server, "ANSWER_MS", 200)
    hanging = _start(HOLDER, tmp_path)
    assert hanging.stdout is not None
    assert hanging.stdout.readline() == "True\n"
    with closing(SingleInstance(tmp_path)) as second:
        assert (second.is_first, second.pass_on(Call())) == (False, False)
    hanging.kill()
    hanging.communicate()


def test_nobody_there_is_not_an_answer(
    first: SingleInstance, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_server, "ANSWER_MS", 200)
    with closing(SingleInstance(tmp_path)) as second:
        first.close()
        assert second.pass_on(Call()) is False


def test_what_is_asked_for_while_the_first_still_starts_is_kept(
    qapp: object, tmp_path: Path, qtbot: QtBot
) -> None:
    with closing(SingleInstance(tmp_path)) as first:
        second = _start(SECOND, tmp_path)
        heard: list[Call] = []
        first.called.connect(heard.append)
        first.listen()
        qtbot.waitUntil(lambda: second.poll() is not None, timeout=PATIENCE_MS)
        output, _ = second.communicate()
        assert json.loads(output) == [False, True]
        assert heard == []
        first.tell()
        assert heard == [Call(links=("beatra:library",), token="leave")]


def test_a_folder_is_open_as_long_as_somebody_has_it(qapp: object, tmp_path: Path) -> None:
    assert not is_open(tmp_path / "not there")
    assert not is_open(tmp_path)
    with closing(SingleInstance(tmp_path)):
        assert is_open(tmp_path)
    assert not is_open(tmp_path)
