"""asyncio on Qt's loop: both worlds run, and nothing stays behind."""

import asyncio
import contextlib
import contextvars
import gc
import os
import socket
import threading

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import (
    QAbstractEventDispatcher,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QObject,
    QTimer,
)
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from beatra_desktop import eventloop

LOOP_MODULES = ("qasync", "beatra_desktop.eventloop")
NAME: contextvars.ContextVar[str] = contextvars.ContextVar("NAME", default="unset")


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """The class the rest of the tests may need in this process, where there is one already."""
    from beatra_desktop.ui.application import Application

    return Application


def test_coroutines_and_qt_take_turns(qapp: QApplication) -> None:
    async def main() -> list[str]:
        turns: list[str] = []
        fired = asyncio.Event()

        def on_timeout() -> None:
            turns.append("qt")
            fired.set()

        QTimer.singleShot(0, on_timeout)
        await fired.wait()
        await asyncio.sleep(0)
        turns.append("asyncio")
        return turns

    assert eventloop.run(main(), qapp) == ["qt", "asyncio"]


def test_blocking_work_runs_beside_the_loop_with_its_context(qapp: QApplication) -> None:
    async def main() -> tuple[str, str]:
        NAME.set("beatra")
        return await asyncio.to_thread(lambda: (threading.current_thread().name, NAME.get()))

    thread, name = eventloop.run(main(), qapp)
    assert thread.startswith("worker")
    assert name == "beatra"


def test_an_error_comes_out_and_what_still_ran_is_canceled(qapp: QApplication) -> None:
    ended: list[str] = []

    async def background() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("background")

    async def main() -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(background())
            await asyncio.sleep(0)
            raise KeyError("out")

    with pytest.raises(ExceptionGroup) as caught:
        eventloop.run(main(), qapp)
    assert caught.group_contains(KeyError)
    assert ended == ["background"]


def test_what_is_canceled_leaves_no_timer(qapp: QApplication) -> None:
    async def main() -> tuple[int, list[str]]:
        loop, happened = asyncio.get_running_loop(), list[str]()
        for _ in range(50):
            async with asyncio.timeout(60):
                await asyncio.sleep(0)
        ended = asyncio.Event()
        loop.call_later(0.002, happened.append, "second")
        loop.call_later(0.001, happened.append, "first")
        loop.call_later(0.003, ended.set)
        loop.call_later(0.001, happened.append, "canceled").cancel()
        await ended.wait()
        return len(_timers_of_the_loop()), happened

    assert eventloop.run(main(), qapp) == (0, ["first", "second"])


def test_what_is_to_happen_soon_happens_in_order_and_not_if_canceled(qapp: QApplication) -> None:
    async def main() -> list[str]:
        loop, happened = asyncio.get_running_loop(), list[str]()
        ended = asyncio.Event()
        loop.set_exception_handler(lambda _, context: happened.append(context["message"]))

        def first() -> None:
            happened.append("first")
            loop.call_soon(happened.append, "in the next turn")
            loop.call_soon(ended.set)
            canceled.cancel()

        loop.call_soon(first)
        canceled = loop.call_soon(happened.append, "canceled")
        loop.call_soon(happened.append, "second")
        await ended.wait()
        return happened

    assert eventloop.run(main(), qapp) == ["first", "second", "in the next turn"]


def test_calls_that_lead_to_calls_leave_qt_its_turns(qapp: QApplication) -> None:
    async def main() -> None:
        loop, fired = asyncio.get_running_loop(), asyncio.Event()

        def go_on() -> None:
            if not fired.is_set():
                loop.call_soon(go_on)

        go_on()
        QTimer.singleShot(0, fired.set)
        await fired.wait()

    eventloop.run(main(), qapp)


def test_a_loop_within_a_call_serves_the_calls_that_wait_behind_it(qapp: QApplication) -> None:
    async def main() -> list[str]:
        loop, happened = asyncio.get_running_loop(), list[str]()
        ended, inner = asyncio.Event(), QEventLoop()

        def show_dialog() -> None:
            inner.exec()
            happened.append("closed")
            loop.call_soon(ended.set)

        loop.call_soon(show_dialog)
        loop.call_soon(happened.append, "waited behind it")
        loop.call_soon(lambda: loop.call_soon(inner.quit))
        await ended.wait()
        return happened

    assert eventloop.run(main(), qapp) == ["waited behind it", "closed"]


def test_a_closed_loop_takes_nothing_on(qapp: QApplication) -> None:
    loop = eventloop.EventLoop(qapp)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon(print)


def _timers_of_the_loop() -> list[QAbstractEventDispatcher.TimerInfo]:
    """Those of qasync's objects too, but for what is due now."""
    dispatcher = QAbstractEventDispatcher.instance()
    owners = [each for each in gc.get_objects() if issubclass(type(each), QObject)]
    loops = [each for each in owners if isValid(each) and type(each).__module__ in LOOP_MODULES]
    timers = [timer for owner in loops for timer in dispatcher.registeredTimers(owner)]
    return [timer for timer in timers if timer.interval]


def test_it_can_run_again_and_leaves_no_threads(qapp: QApplication) -> None:
    async def main() -> int:
        return await asyncio.to_thread(lambda: 7)

    assert [eventloop.run(main(), qapp) for _ in range(3)] == [7, 7, 7]
    assert not [t.name for t in threading.enumerate() if t.name.startswith("worker")]


def test_a_socket_is_served_while_qt_runs(qapp: QApplication) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    async def main() -> bytes:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"over here\n")
        line = await reader.readline()
        writer.close()
        server.close()
        await server.wait_closed()
        return line

    assert eventloop.run(main(), qapp) == b"over here\n"


def test_a_socket_is_waited_for_again_and_by_another_of_its_number(qapp: QApplication) -> None:
    async def main() -> list[str]:
        loop, heard = asyncio.get_running_loop(), list[str]()
        for turn in ("first", "second"):
            ours, theirs = socket.socketpair()  # the second time with the numbers of the first
            with ours, theirs:
                for word in ("one", "two"):
                    came = asyncio.Event()
                    loop.add_reader(ours.fileno(), came.set)
                    theirs.send(b"x")
                    await came.wait()
                    assert loop.remove_reader(ours.fileno())
                    assert not loop.remove_reader(ours.fileno())
                    ours.recv(1)
                    heard.append(f"{turn} {word}")
        return heard

    expected = ["first one", "first two", "second one", "second two"]
    assert eventloop.run(main(), qapp) == expected


def test_the_notifier_of_an_open_connection_is_kept_and_no_other(qapp: QApplication) -> None:
    def idle() -> int:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        found = (each for each in gc.get_objects() if type(each) is eventloop._Notifier)
        return sum(isValid(each) and not each.isEnabled() for each in found)

    async def main() -> tuple[int, int]:
        loop = asyncio.get_running_loop()
        with contextlib.ExitStack() as stack:
            connected, peer = map(stack.enter_context, socket.socketpair())
            connected.setblocking(False)
            reader, writer = await asyncio.open_connection(sock=connected)
            peer.send(b"x")
            await reader.readexactly(1)
            assert isinstance(writer.transport, asyncio.ReadTransport)
            writer.transport.pause_reading()
            for _ in range(4):  # open at once, so each has another number
                ours, _ = map(stack.enter_context, socket.socketpair())
                loop.add_reader(ours.fileno(), print)
                loop.remove_reader(ours.fileno())
            while_open = idle()
            writer.close()
            return while_open, idle()

    gc.collect()
    assert eventloop.run(main(), qapp) == (1, 0)


def test_a_closed_loop_keeps_no_notifier(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    gc.collect()
    loop = eventloop.EventLoop(qapp)
    monkeypatch.setattr(loop._readers, "_is_open", lambda _fd: True)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        loop.add_reader(ours.fileno(), print)
        loop.remove_reader(ours.fileno())
        loop.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    known = [each for each in gc.get_objects() if type(each) is eventloop._Notifier]
    assert not [each for each in known if isValid(each)]
